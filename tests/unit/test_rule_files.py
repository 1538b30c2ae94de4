"""Files of rules: what they may say, and every mistake named with its line and what to write instead."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError, QualcodeError
from qualcode.language.rule_files import load, loads
from qualcode.shipped import folder

WHOLE = r"""
title = "Ours"
about = '''
[not-a-rule]
'''

[hope]
code = "P3"
words = ["hope", "light at  the end"]
lemma = true
roles = ["SU"]
note = "kept for people"

[give]   # as she gives it
code = "P3"
pattern = [{LEMMA = "give"}, {LOWER = {IN = ["me", "you"]}, OP = "?"}]
covers = "words"

[either]
code = "M1"
pattern = [[{LOWER = "trust"}], [{LOWER = "rely"}, {LOWER = "on"}]]

[ward]
code = "D4"
regex = '\bwards?\b'
asked = true
covers = "turn"

[start]
code = "C"
question = "how did it start"

[coping]
code = "P7"
heading = ["Coping", "Getting by"]

[keyworker]
code = "C1"
speaker = "KW"
covers = "answer"

[staff]
code = "C1"
role = ["ST", "MG"]
"""


def test_every_kind_of_rule_is_read():
    rules = {each.name: each for each in loads(WHOLE, "ours.toml").rules}
    assert {each.kind for each in rules.values()} == {
        "words", "pattern", "regex", "question", "heading", "speaker", "role",
    }  # fmt: skip
    hope = rules["hope"]
    assert (hope.sought, hope.lemma, hope.roles) == (("hope", "light at the end"), True, ("SU",))
    assert [each.covers for each in rules.values()] == [
        "sentence", "words", "sentence", "turn", "answer", "words", "answer", "turn",
    ]  # fmt: skip
    assert len(rules["either"].sought) == 2
    assert WHOLE.split("\n")[hope.line - 1] == "[hope]"
    assert WHOLE.split("\n")[rules["give"].line - 1].startswith("[give]")


def test_what_a_rule_says_makes_it_the_same_rule_whatever_it_is_called():
    def digest(text):
        return loads(text, "a.toml").rules[0].digest

    said = '[a]\ncode = "P3"\nwords = "hope"\n'
    assert digest(said) == digest(said.replace("[a]", "\n[b]") + 'note = "why"\n')
    assert digest(said) != digest(said.replace("hope", "trust"))
    assert digest(said) != digest(said + "lemma = true\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "has no rules"),
        ("[hope\n", "is not TOML"),
        ('[hope]\ncode = "P3"\nword = "hope"\n', "a.toml:3:1: [hope] `word` is not a part of a rule"),
        ('[hope]\ncode = "P3"\n', "looks for nothing"),
        ('[hope]\nwords = "hope"\n', "has no `code`"),
        ('[hope]\ncode = "P3"\nwords = "a"\nregex = "b"\n', "looks for `words` and `regex`"),
        ('[hope]\ncode = "P3"\nwords = ["!"]\n', "`words` must be a text with a letter"),
        ('[hope]\ncode = "P3"\nwords = [1]\n', "`words` must be a text with a letter"),
        ('[hope]\ncode = "P3"\nregex = "(hope"\n', "a.toml:3:1: [hope] this is no regular expression"),
        ('[hope]\ncode = "P3"\nregex = "h*"\n', "so it fits everywhere"),
        ('[hope]\ncode = "P3"\nwords = "a"\ncovers = "page"\n', "cannot cover 'page'"),
        ('[hope]\ncode = "P3"\nquestion = "a"\ncovers = "turn"\n', "cannot cover 'turn'"),
        ('[hope]\ncode = "P3"\nwords = "a"\nlemma = "yes"\n', "`lemma` is yes or no"),
        ('[hope]\ncode = "P3"\nheading = "a"\nlemma = true\n', "`lemma` says nothing beside `heading`"),
        ('[hope]\ncode = "P3"\npattern = "hope"\n', "a pattern is a list of tables"),
        ('[hope]\ncode = "P3"\npattern = [{LEMA = "hope"}]\n', "LEMA is nothing that a word has"),
        ('[hope]\ncode = "P3"\npattern = [{DEP = "nsubj"}]\n', "DEP of a word is not kept"),
        ('[hope]\ncode = "P3"\npattern = [{LOWER = "Hope"}]\n', 'Write LOWER = "hope"'),
        ('[hope]\ncode = "P3"\npattern = [{LOWER = "a", OP = "maybe"}]\n', "OP cannot be 'maybe'"),
        ('[hope]\ncode = "P3"\npattern = [{LOWER = "a", OP = "?"}]\n', "every word may be missing"),
        ('[hope]\ncode = "P3"\npattern = [{LOWER = {REGEX = "("}}]\n', "the REGEX of LOWER"),
        ('[hope]\ncode = "P3"\npattern = [{IS_ALPHA = "yes"}]\n', "IS_ALPHA is yes or no"),
        ('["hope and trust"]\ncode = "P3"\nwords = "a"\n', "a rule cannot be called 'hope and trust'"),
        ('code = "P3"\n[hope]\ncode = "P3"\nwords = "a"\n', "a.toml:1:1: `code` stands before any rule"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_to_do(text, told):
    with pytest.raises(InputError) as caught:
        loads(text, "a.toml")
    assert told in str(caught.value)
    assert caught.value.remedy


def test_all_mistakes_of_a_file_are_told_at_once():
    with pytest.raises(InputError) as caught:
        loads('[a]\nwords = "a"\n[b]\ncode = "X"\n[c]\ncode = "X"\nregex = "("\n', "a.toml")
    assert [line.split(": ")[0].strip() for line in str(caught.value).split("\n")[1:4]] == [
        "a.toml:1:1", "a.toml:3:1", "a.toml:7:1",
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    for name, data in (("folder", None), ("latin.toml", b'[a]\ncode = "\xe9"'), ("long.toml", b"#" * 1_000_001)):
        path = tmp_path / name
        path.mkdir() if data is None else path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            load(path)
        assert str(path) in str(caught.value)
    with pytest.raises(InputError, match="cannot be opened"):
        load(tmp_path / "none.toml")


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = 1" + "0" * 10_000, "\x00", "[a]\n" * 2, "\ufeff"])
def test_strange_toml_is_an_error_and_no_accident(text):
    with pytest.raises(InputError):
        loads(text, "a.toml")


@given(st.text(alphabet="[]{}=\"'\n,# abcODELEMAwordspatern\\*?0.", max_size=80))
def test_whatever_is_typed_is_rules_or_an_error_of_ours(text):
    with suppress(QualcodeError):
        loads('[a]\ncode = "P3"\n' + text, "a.toml")


def test_the_shipped_rules_are_rules_of_their_codebook():
    from qualcode import codebook

    codes = {each.id for each in codebook.load(folder("codebooks") / "peer_worker_change_model.yaml").codes}
    rules = load(folder("codebooks") / "peer_worker_rules.toml").rules
    assert {each.code for each in rules} <= codes
