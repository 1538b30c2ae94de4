"""Codebook files: what is read is what was typed, what is wrong is named by its place, what is written reads back."""

import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook import Codebook, CodebookCode, diff, dump, load, loads
from qualcode.errors import InputError
from qualcode.model import AXIAL, KINDS, Definition, Valence
from qualcode.visible import visible_line

AWKWARD = (
    *("No", "yes", "on", "~", "null", "0123", "1.0", "1e3", "0x1F", "2024-01-01", "12:30:45", "=", "<<", "-", "?"),
    *("a: b", "a #b", "#b", "- a", "'", '"', "\\", "[a", "{a", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "a:", "—"),
    *("🙂 fine", "e\u0301", "日本語", "שלום", "👩‍👩‍👧", "a  b", 'it\'s "so"'),
)


@pytest.fixture(params=["C reader", "Python reader"])
def either_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML comes with and without libyaml; users have either."""
    if request.param == "Python reader":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")


def one_code(lines: str) -> CodebookCode:
    body = "\n".join(f"    {line}" for line in lines.split("\n"))
    return loads(f"codebook: c\ncodes:\n  - id: A\n    name: a\n{body}\n", "c.yaml").codes[0]


def problem(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        loads(text, "c.yaml")
    return caught.value


# What is typed is what is read


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    "word", ["No", "0123", "on", "~", "null", "1.0", "2024-01-01", "12:30", "0x1F", "🙂", "=", "—"]
)
def test_a_bare_word_stays_the_text_that_was_typed(word: str) -> None:
    code = loads(f"codebook: {word}\ncodes:\n  - id: {word}\n    name: {word}\n    brief: {word}\n", "c.yaml").codes[0]
    assert (code.id, code.name, code.definition.brief) == (word, word, word)


@pytest.mark.usefixtures("either_reader")
def test_every_part_of_a_code_is_read() -> None:
    text = """
codebook: study
title: A study
provenance: |
  Ours.
  All of it.
kinds: [turning point]
codes:
  - id: T1
    name: "It's: \\"all\\" fine"
    kind: turning point
    brief: One line
    definition: >
      Folded over
      two lines.

      Second paragraph.
    include: |
      first
        indented
    exclude: 'single '' quote'
    example: plain over
      two lines
    valence: less is better
    leads_to: [T2]
    applies_to: [SU, PW]
    colour: "#0072b2"
    key: é
    stage: axial
    in_vivo: yes
  - id: T2
    name: other
"""
    codebook = loads(text, "c.yaml")
    assert (codebook.name, codebook.title, codebook.provenance) == ("study", "A study", "Ours.\nAll of it.")
    definition = Definition(
        "One line",
        "Folded over two lines.\nSecond paragraph.",
        "first\n  indented",
        "single ' quote",
        "plain over two lines",
    )
    assert codebook.codes == (
        CodebookCode(
            "T1",
            'It\'s: "all" fine',
            None,
            "turning point",
            definition,
            "less is better",
            ("SU", "PW"),
            ("T2",),
            "#0072b2",
            "é",
            "axial",
            True,
        ),
        CodebookCode("T2", "other"),
    )


def test_a_child_has_its_parents_kind_unless_it_says_otherwise_but_not_its_valence() -> None:
    text = """
codebook: c
codes:
  - {id: M, name: m, kind: mechanism, valence: good, codes: [{id: Ma, name: a}, {id: Mb, name: b, kind: theme}]}
"""
    assert [(code.id, code.parent, code.kind, code.valence) for code in loads(text, "").codes] == [
        ("M", None, "mechanism", "good"),
        ("Ma", "M", "mechanism", "neutral"),
        ("Mb", "M", "theme", "neutral"),
    ]


def test_a_code_may_name_its_parent_and_then_stands_below_it() -> None:
    codes = "  - {id: b, name: b, parent: A}\n  - {id: C, name: c}\n  - {id: A, name: a, kind: theme}\n"
    read = loads(f"codebook: c\ncodes:\n{codes}", "").codes
    assert [(code.id, code.parent, code.kind) for code in read] == [
        ("C", None, "code"),
        ("A", None, "theme"),
        ("b", "A", "theme"),
    ]


def test_an_empty_codebook_is_one() -> None:
    assert loads("codebook: empty\ncodes: []\n", "") == loads("codebook: empty\ncodes:\n", "") == Codebook("empty")


def test_names_lose_blanks_at_their_ends_and_quoted_texts_keep_theirs() -> None:
    code = one_code('brief: " a "\nstage: " open "')
    assert (code.definition.brief, code.stage) == (" a ", "open")


# What is wrong is named by its place

START = "codebook: c\ncodes:\n  - id: A\n    name: a\n"

WRONG = {
    "empty file": ("", "1:1", "empty", "right file"),
    "not a mapping": ("- a\n", "1:1", "a codebook was expected", "codebook:"),
    "no name": ("codes: []\n", "1:1", "`codebook` is missing", "codebook:"),
    "no codes": ("codebook: c\n", "1:1", "`codes` is missing", "codes:"),
    "codes is a text": ("codebook: c\ncodes: all\n", "2:8", "must be a list", "- id:"),
    "a code is a text": ("codebook: c\ncodes:\n  - A\n", "3:5", "a code was expected", "id:"),
    "unquoted colon": (f"{START}    brief: so: it goes\n", "5:14", "not YAML", "quotes"),
    "tab": (f"{START}\tbrief: b\n", "5:1", "not YAML", "tabs"),
    "open bracket": (f"{START}    leads_to: [A\n    key: a\n", "6:8", "not YAML", "brackets"),
    "at sign": (f"{START}    brief: @home\n", "5:12", "not YAML", "begins with @"),
    "anchor": (f"{START}    brief: &x text\n", "5:12", "&x names this part", "quotes"),
    "alias": (f"{START}    brief: *x\n", "5:12", "*x stands for", "quotes"),
    "merge key": (f"{START}    <<: b\n", "5:5", "`<<` is not a part", "There are: id"),
    "tag": (f"{START}    brief: !!str b\n", "5:12", "!!str says how to read", "every value is text"),
    "own tag": (f"{START}    brief: !b c\n", "5:12", "!b says how to read", "quotes"),
    "two documents": (f"{START}---\na: b\n", "5:1", "second document", "one in each"),
    "duplicate part": (f"{START}    name: b\n", "5:5", "stated twice (see line 4)", "Keep one"),
    "unknown part": (f"{START}    exlude: b\n", "5:5", "`exlude` is not a part of a code", "Did you mean exclude?"),
    "unknown top part": ("codebook: c\ntitel: t\ncodes: []\n", "2:1", "`titel` is not a part", "mean title?"),
    "part without a name": (f"{START}    ? [a]\n    : b\n", "5:7", "this is not a part", "There are"),
    "no id": ("codebook: c\ncodes:\n  - name: a\n", "3:5", "no id", "id: M2a"),
    "empty id": ("codebook: c\ncodes:\n  - id:\n    name: a\n", "3:8", "no id", "id: M2a"),
    "code without name": ("codebook: c\ncodes:\n  - id: a\n", "3:5", "no name", "Living proof"),
    "id with a gap": ("codebook: c\ncodes:\n  - id: M 2\n    name: a\n", "3:9", "has gaps", "without blanks"),
    "long id": (f"codebook: c\ncodes:\n  - id: {'m' * 41}\n    name: a\n", "3:9", "too long", "at most 40"),
    "control in id": (
        'codebook: c\ncodes:\n  - id: "M\\e2"\n    name: a\n',
        "3:9",
        "control character: M␛2",
        "one line",
    ),
    "line end in name": ('codebook: c\ncodes:\n  - id: A\n    name: "a\\nb"\n', "4:11", "line end", "one line"),
    "hidden direction in name": (
        'codebook: c\ncodes:\n  - id: A\n    name: "a\\u202eb"\n',
        "4:11",
        "control",
        "letters",
    ),
    "raw control character": (f"{START}    brief: a\x07b\n", "5:13", "U+0007", "Delete"),
    "NUL by escape": (f'{START}    brief: "a\\0b"\n', "5:12", "no text", "escape"),
    "list for a text": (f"{START}    brief: [a]\n", "5:12", "must be a text", "brief: >"),
    "list for a line": (f"{START}    stage: [a]\n", "5:12", "must be a text", "one line"),
    "text for a list": (f"{START}    leads_to: A, B\n", "5:15", "must be a list", "[first, second]"),
    "double in a list": (f"{START}    applies_to: [SU, SU]\n", "5:22", "stands twice", "Keep one"),
    "gap in a list": (f"{START}    applies_to: ['', SU]\n", "5:18", "empty place", "comma"),
    "role with a gap": (f"{START}    applies_to: [service user]\n", "5:17", "short name", "[SU, PW]"),
    "duplicate id": (f"{START}  - id: a\n    name: b\n", "5:9", "the id a is taken (line 3)", "upper and lower"),
    "unknown parent": (f"{START}    parent: B\n", "5:13", "no code B to be the parent", "There are: A"),
    "two parents": (
        f"{START}    codes:\n      - id: B\n        name: b\n        parent: C\n  - id: C\n    name: c\n",
        "8:17",
        "B stands inside A but names C",
        "Keep one",
    ),
    "unknown arrow": (f"{START}    leads_to: [B1]\n", "5:16", "no code B1 to lead to", "There are: A"),
    "near arrow": (
        f"{START}    leads_to: [p1]\n  - id: P1\n    name: p\n",
        "5:16",
        "no code p1",
        "Did you mean P1?",
    ),
    "no place": (f"{START}    axial: [luck of A]\n", "5:13", "luck of A is no place", "strategy of FACE"),
    "unknown phenomenon": (
        f"{START}    axial: [context of B1]\n",
        "5:13",
        "no code B1 to be a context of",
        "There are: A",
    ),
    "context of itself": (f"{START}    axial: [context of A]\n", "5:13", "A cannot be a context of itself", "Delete"),
    "arrow to itself": (f"{START}    leads_to: [A]\n", "5:16", "lead to itself", "Delete"),
    "unknown kind": (f"{START}    kind: proces outcome\n", "5:11", "no kind", "Did you mean process outcome?"),
    "unknown valence": (f"{START}    valence: nice\n", "5:14", "nice is no valence", "less is better"),
    "unknown yes": (f"{START}    in_vivo: maybe\n", "5:14", "maybe is no in_vivo", "yes"),
    "colour lost in a comment": (f"{START}    colour: #AABBCC\n", "5:12", "begins a comment", '"#2E7D32"'),
    "bad colour": (f"{START}    colour: '#AABBC'\n", "5:13", "no colour", '"#2E7D32"'),
    "long key": (f"{START}    key: ab\n", "5:10", "not one character", "such as `m`"),
    "duplicate key": (
        f"{START}    key: k\n  - id: B\n    name: b\n    key: k\n",
        "8:10",
        "the key k is taken (line 5)",
        "another key",
    ),
    "circle": (
        f"{START}    parent: B\n  - id: B\n    name: b\n    parent: A\n",
        "5:13",
        "circle: A in B in A",
        "another parent",
    ),
    "own parent": (f"{START}    parent: A\n", "5:13", "circle: A in A", "another parent"),
    "deep nesting": ("codebook: c\ncodes: " + "[" * 5000 + "]" * 5000, "2:47", "levels deep", "fewer"),
}


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_line_and_column_and_what_to_do(name: str) -> None:
    text, place, what, remedy = WRONG[name]
    error = problem(text)
    assert error.where == f"c.yaml:{place}"
    assert what in error.what
    assert remedy in error.remedy


def test_all_problems_of_a_file_are_reported_at_once_in_its_order() -> None:
    text = f"{START}    kay: a\n    brief: &x b\n    valence: *x\n  - id: a\n    name: b\n    parent: Q\n    key: kk\n"
    said = str(problem(text))
    places = [f"c.yaml:{place}: " for place in ("5:5", "6:12", "7:14", "8:9", "10:13", "11:10")]
    assert "6 problems" in said
    assert [said.index(place) for place in places] == sorted(said.index(place) for place in places)


def test_after_twenty_problems_the_rest_are_only_counted() -> None:
    said = str(problem("codebook: c\ncodes:\n" + "".join(f"  - id: a{i}\n" for i in range(25))))
    assert said.count("this code has no name") == 20
    assert "... and 5 more" in said


SPOILS = [
    "&a ",
    "*a",
    "!!int ",
    "<<: ",
    "---\n",
    "\t",
    "'",
    '"',
    "[",
    "}",
    ": ",
    "\n",
    "  ",
    "- ",
    "\0",
    "\ufeff",
    "\ud800",
    "é",
]


@settings(max_examples=150, deadline=None)
@given(st.data(), st.booleans())
def test_a_spoilt_file_is_read_or_refused_with_a_place_and_never_worse(data: st.DataObject, has_libyaml: bool) -> None:
    text = dump(OLD)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 4))
        text = text[:start] + data.draw(st.sampled_from(SPOILS) | st.text(max_size=3)) + text[end:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", has_libyaml and yaml.__with_libyaml__)
        try:
            loads(text, "c.yaml")
            said = ("c.yaml", "read")
        except InputError as error:
            said = (error.where, error.remedy)
    assert said[0].startswith("c.yaml")
    assert said[1]


def test_a_hopeless_file_is_given_up_early() -> None:
    said = str(problem("codebook: c\ncodes:\n" + "".join(f"  - id: a{i}\n" for i in range(5000))))
    assert "100 or more problems" in said


def test_what_a_message_quotes_is_safe_to_show_and_short() -> None:
    error = problem(f'{START}    valence: "\\e[2J{"x" * 10_000}"\n')
    assert "␛[2Jxxx" in str(error)
    assert len(str(error)) < 700


def test_too_many_levels_of_named_parents_are_refused() -> None:
    lines = [f"  - {{id: c{i}, name: n, parent: c{i - 1}}}\n" for i in range(1, 13)]
    error = problem("codebook: c\ncodes:\n  - {id: c0, name: n}\n" + "".join(lines))
    assert "c12 is more than 12 deep" in error.what
    assert loads("codebook: c\ncodes:\n  - {id: c0, name: n}\n" + "".join(lines[:-1]), "").codes[-1].id == "c11"


def test_a_file_that_is_far_too_long_is_refused_before_it_is_read() -> None:
    assert "longer than" in problem("#" * 2_000_001).what


def test_a_missing_file_a_folder_and_a_file_that_is_not_utf8_are_errors_with_their_place(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("codebook: c\ntitle: été\n".encode("latin-1"))
    for path, where in ((tmp_path / "none.yaml", "none.yaml"), (tmp_path, tmp_path.name), (latin, "latin.yaml:2:8")):
        with pytest.raises(InputError) as caught:
            load(path)
        assert caught.value.where.endswith(where)
        assert caught.value.remedy


def test_a_file_from_windows_reads_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + START.replace("\n", "\r\n").encode())
    assert load(path) == loads(START, "")


# What is written reads back

words = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(max_size=30).filter(lambda text: visible_line(text) == text and "\t" not in text),
).map(str.strip)
names = words.filter(bool)
ids = names.map(lambda name: "".join(sign for sign in name if not sign.isspace() and sign != ",")[:40]).filter(bool)
prose = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
    st.lists(st.text("ab:# -'\"\n\t>|é🙂", max_size=70), max_size=4).map(" word ".join),
    st.lists(st.sampled_from(["word", "so: it", "", " x", "a #b", "l" * 90, "- y"]), max_size=40).map(" ".join),
    st.lists(st.sampled_from(["word " * 25 + "end", "short", "", "  in", "- y"]), max_size=5).map("\n".join),
)
signs = st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf"])


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Codebooks that a file can state: parents directly before their children."""
    chosen = draw(st.lists(ids, max_size=6, unique_by=str.casefold))
    keys = draw(st.lists(signs, min_size=len(chosen), max_size=len(chosen), unique=True))
    codes: list[CodebookCode] = []
    for short, key in zip(chosen, keys, strict=True):
        above = codes[-1] if codes else None
        line = [None, *([above.id, above.parent] if above else [])]
        others = [other for other in chosen if other != short]
        code = CodebookCode(
            id=short,
            name=draw(names),
            parent=draw(st.sampled_from(line)),
            kind=draw(st.one_of(st.sampled_from(KINDS), names)),
            definition=Definition(*draw(st.tuples(prose, prose, prose, prose, prose))),
            valence=draw(st.sampled_from(["good", "bad", "less is better", "neutral"])),
            applies_to=tuple(draw(st.lists(ids, max_size=2, unique=True))),
            leads_to=tuple(draw(st.lists(st.sampled_from(others), max_size=2, unique=True))) if others else (),
            axial=tuple(f"{draw(st.sampled_from(AXIAL))} of {other}" for other in others[: draw(st.integers(0, 2))]),
            colour=draw(st.sampled_from(["", "#0072B2", "#abcdef"])),
            key=draw(st.sampled_from(["", key])),
            stage=draw(words),
            in_vivo=draw(st.booleans()),
        )
        codes.append(code)
    return Codebook(draw(names), draw(words), draw(prose), tuple(codes))


@settings(max_examples=100, deadline=None)
@given(codebooks())
def test_what_is_written_reads_back_as_it_was(codebook: Codebook) -> None:
    written = dump(codebook)
    assert loads(written, "") == codebook
    assert dump(loads(written, "")) == written


@settings(max_examples=60, deadline=None)
@given(codebooks())
def test_what_is_written_reads_back_without_libyaml_too(codebook: Codebook) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        assert loads(dump(codebook), "") == codebook


def test_other_programs_read_the_texts_as_texts() -> None:
    code = CodebookCode("0123", "No", definition=Definition(brief="on", full="~"))
    read = yaml.safe_load(dump(Codebook("1.0", codes=(code,))))
    assert read == {"codebook": "1.0", "codes": [{"id": "0123", "name": "No", "brief": "on", "definition": "~"}]}


def test_long_texts_are_folded_and_codes_stand_apart() -> None:
    definition = Definition(full="A definition of some length. " * 12 + "End.", include="One.\nTwo.")
    child = CodebookCode("Aa", "First", "A", "theme")
    codes = (CodebookCode("A", "Above", kind="theme", definition=definition, leads_to=("B",)), child)
    text = dump(Codebook("c", codes=(*codes, CodebookCode("B", "Beside"))))
    assert all(len(line) <= 120 for line in text.split("\n"))
    assert "    leads_to: [B]\n    codes:\n      - id: Aa\n        name: First\n\n  - id: B\n    name: Beside\n" in text
    assert "    include: |-\n      One.\n      Two.\n" in text


def test_a_code_whose_parent_is_missing_is_not_lost_silently() -> None:
    with pytest.raises(ValueError, match="Q1"):
        dump(Codebook("c", codes=(CodebookCode("Q1", "q", parent="Q"),)))


# What changed

OLD = Codebook(
    "c",
    codes=(
        CodebookCode("M", "Mechanism"),
        CodebookCode("Ma", "First", "M", definition=Definition(brief="b", exclude="e", example="x")),
        CodebookCode("Mb", "Second", "M"),
        CodebookCode("P", "Outcome"),
    ),
)


def changed(short: str, **parts: object) -> Codebook:
    codes = tuple(replace(code, **parts) if code.id == short else code for code in OLD.codes)  # type: ignore[arg-type]
    return replace(OLD, codes=codes)


def seen(after: Codebook) -> list[tuple[str, str, str]]:
    return [(change.kind, change.id, change.what) for change in diff(OLD, after)]


def test_a_code_with_a_new_name_is_renamed_and_not_another() -> None:
    assert seen(changed("Ma", name="Primary")) == [("renamed", "Ma", "Ma renamed: First → Primary")]


def test_a_new_definition_says_which_parts_were_rewritten() -> None:
    new = Definition(brief="b", full="now", exclude="other")
    what = "Ma redefined: definition added, exclude rewritten, example removed"
    assert seen(changed("Ma", definition=new)) == [("redefined", "Ma", what)]


def test_a_new_parent_is_a_move() -> None:
    assert seen(changed("Mb", parent=None)) == [("moved", "Mb", "Mb moved: from M to the top")]


def test_other_parts_are_named_with_old_and_new() -> None:
    after = changed("P", kind="process outcome", leads_to=("M", "Ma"), in_vivo=True)
    what = "P changed: kind code → process outcome, leads_to none → M Ma, in_vivo no → yes"
    assert seen(after) == [("changed", "P", what)]


def test_codes_come_and_go_and_one_code_may_change_in_several_ways() -> None:
    after = replace(
        OLD,
        title="other",
        codes=(CodebookCode("X", "New"), OLD.codes[0], replace(OLD.codes[1], name="Primary", parent=None, key="k")),
    )
    changes = diff(OLD, after)
    kinds = [(change.kind, change.id) for change in changes]
    assert kinds == [
        ("added", "X"),
        ("renamed", "Ma"),
        ("moved", "Ma"),
        ("changed", "Ma"),
        ("left out", "Mb"),
        ("left out", "P"),
    ]
    assert (changes[0].before, changes[0].after) == (None, after.codes[0])
    assert (changes[-1].before, changes[-1].after) == (OLD.codes[3], None)


def test_a_change_is_said_in_one_line_that_is_safe_to_show() -> None:
    assert seen(changed("Ma", name="a\x1b[2Jb\nc"))[0][2] == "Ma renamed: First → a␛[2Jb␊c"


@settings(max_examples=50, deadline=None)
@given(codebooks(), codebooks())
def test_there_is_no_change_exactly_when_the_same_codes_stand_in_both(one: Codebook, other: Codebook) -> None:
    assert diff(one, one) == ()
    assert (diff(one, other) == ()) == (set(one.codes) == set(other.codes))


def test_reading_the_module_does_not_load_yaml() -> None:
    import subprocess

    check = "import sys, qualcode.codebook; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_ids_that_look_alike_but_differ_in_accents_are_two() -> None:
    composed, decomposed = (unicodedata.normalize(form, "é") for form in ("NFC", "NFD"))
    codebook = Codebook("c", codes=(CodebookCode(composed, "a"), CodebookCode(decomposed, "b")))
    assert loads(dump(codebook), "") == codebook


@pytest.mark.parametrize("kinds", ["kinds: [turning point, doubt]", "kinds:\n  - turning point\n  - doubt"])
def test_kinds_of_ones_own_are_a_list_in_brackets_or_with_dashes(kinds):
    text = f"codebook: x\n{kinds}\ncodes:\n  - id: T1\n    name: T\n    kind: turning point\n"
    assert loads(text, "x.yaml").codes[0].kind == "turning point"


@pytest.mark.parametrize("kinds", ["kinds: turning point", "kinds:\n  turning point", "kinds: turning point, doubt"])
def test_kinds_that_are_no_list_are_shown_both_forms(kinds):
    with pytest.raises(InputError) as error:
        loads(f"codebook: x\n{kinds}\ncodes:\n  - id: T1\n    name: T\n", "x.yaml")
    said = str(error.value)
    assert "`kinds` must be a list" in said
    assert "`kinds: [first, second]`" in said
    assert "`- first`" in said


def test_an_unknown_kind_is_shown_the_line_that_makes_it_known():
    with pytest.raises(InputError) as error:
        loads("codebook: x\ncodes:\n  - id: T1\n    name: T\n    kind: turning point\n", "x.yaml")
    assert "`kinds: [turning point]`" in str(error.value)


def test_the_example_of_the_documentation_is_a_codebook():
    page = (Path(__file__).parents[2] / "docs" / "codebooks.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n", 1)[1].split("```", 1)[0]
    codebook = loads(example, "docs/codebooks.md")
    assert loads(dump(codebook), "again") == codebook
    told = "id name parent kind brief definition include exclude example valence leads_to applies_to colour key stage"
    for name in f"{told} axial in_vivo codes kinds provenance".split():
        assert f"`{name}`" in page, name
    for word in (*KINDS, *get_args(Valence), *AXIAL):
        assert word in page, word
