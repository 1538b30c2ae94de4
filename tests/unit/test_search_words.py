"""Search for words in whatever form, near one another, and by speaker; in the order of the words beside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode import cache
from qualcode.errors import InputError, NotFoundError
from qualcode.folding import word_key
from qualcode.sentences import bare_words
from qualcode.work.concordance import concordance
from qualcode.work.search import Search, search
from tests.builders import a_study, add_interview, bytes_on_disk
from tests.command_line import HOSTILE, Shell
from tests.linguistic import BOTH, DICTIONARY, parsed


@pytest.fixture(autouse=True)
def _own_places(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "settings"))


@pytest.fixture
def study(tmp_path):
    with a_study(tmp_path / "study.qualcode") as project:
        add_interview(
            project,
            "B-PW1",
            ("INT", "Did you hope?"),
            ("Bea", "I hoped 👩‍👩‍👧 and hoped. Hoping is all, she hopes\u2026 The mice found the cafe\u0301."),
            ("INT", "And the peer worker?"),
            ("Bea", "My peer worker gave me hope, and later another kind of hope for my recovery."),
        )
        for name, label, role in (("A-SU1", "Ann", "SU"), ("B-PW1", "Bea", "PW")):
            person = project.people.add(label, case=name[0], roles={"-": role})
            project.documents.set_speaker(project.documents.get(name), label, "participant", person.id)
        yield project


def words_of(project, found):
    return [quotation.words for quotation in project.quotations(found.hits)]


def found(project, words, how="phrase", **more):
    return words_of(project, search(project, Search(words, how, **more)))


# -- base forms ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", BOTH)
def test_a_word_is_found_in_whatever_form_and_which_fitted_is_said(study, choice):
    parsed(study, choice)
    told = search(study, Search("hope", lemma=True, documents=("B-PW1",)))
    assert words_of(study, told) == ["hope", "hoped", "hoped", "Hoping", "hopes", "hope", "hope"]
    assert [hit.matched for hit in told.hits] == [
        "form", "lemma hope", "lemma hope", "lemma hope", "lemma hope", "form", "form",
    ]  # fmt: skip
    assert ("hope", ("hope",)) in [
        (word, tuple(each for each in lemmas if each == "hope")) for word, lemmas in told.taken
    ]
    assert told.pipeline
    assert found(study, "mouse", lemma=True) == ["mice"]
    assert found(study, "CAFE", lemma=True) == ["cafe\u0301"]
    assert found(study, "hop", lemma=True, documents=("A-SU1",)) == []


def test_a_form_that_is_looked_for_is_taken_with_its_base_form(study):
    parsed(study)
    assert found(study, "hopes", lemma=True, said=True, cases=("B",))[:2] == ["hoped", "hoped"]
    assert found(study, "sleep", lemma=True) == ["slept"]
    assert found(study, "sleeping", lemma=True) == ["slept"]  # it stands nowhere: the dictionary knows


def test_phrases_and_any_of_several_in_whatever_form(study):
    parsed(study)
    assert found(study, "mouse find the", lemma=True) == ["mice found the"]
    assert found(study, "go sleep", "any", lemma=True) == ["went", "slept"]
    assert found(study, "hope 👩‍👩‍👧 and hope", lemma=True) == ["hoped 👩‍👩‍👧 and hoped"]
    with pytest.raises(InputError, match="no base form"):
        found(study, "hop(e)", "regex", lemma=True)
    with pytest.raises(InputError, match="no word"):
        found(study, "...", lemma=True)


def test_texts_are_parsed_when_first_needed_and_again_after_a_correction(study):
    told = []
    search(study, Search("hope", lemma=True), tell=told.append)
    assert [each.done for each in told] == [0, 1, 2]
    document = study.documents.get("A-SU1")
    place = study.documents.body(document).index("slept")
    study.documents.revise(document, [(place, place + 5, "hoped")], "misheard")
    told.clear()
    assert found(study, "hope", lemma=True, documents=("A-SU1",)) == ["hoped"]
    search(study, Search("hope", lemma=True), tell=told.append)
    assert told == []


def test_stopping_the_parsing_stops_the_search_and_keeps_what_is_done(study):
    assert search(study, Search("hope", lemma=True), should_stop=lambda: True).hits == ()
    parsed(study)
    for file in cache.folder().rglob("*.lemmas"):
        file.write_bytes(b"spoilt")
    assert found(study, "mouse", lemma=True) == ["mice"]


# -- near, by speaker ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lemma", [False, True])
def test_words_within_so_many_words_in_any_order(study, lemma):
    parsed(study)
    near = {"how": "near", "lemma": lemma, "whole": True}
    assert found(study, "hope recovery", within=3, **near) == ["hope for my recovery"]
    assert found(study, "recovery hope", within=2, **near) == []
    assert found(study, '"peer worker" hope', within=4, **near) == ["peer worker gave me hope"]
    with pytest.raises(InputError, match="near nothing"):
        found(study, "hope", within=3, **near)


@pytest.mark.parametrize("lemma", [False, True])
def test_words_in_one_answer_are_each_a_place(study, lemma):
    parsed(study)
    assert found(study, "later gave", "near", lemma=lemma) == ["gave", "later"]
    assert found(study, "later mice", "near", lemma=lemma) == []


def test_only_in_turns_of_a_speaker(study):
    assert found(study, "hope", speakers=("int",), whole=True) == ["hope"]
    assert found(study, "hope", speakers=("BEA",), whole=True) == ["hope", "hope"]
    with pytest.raises(NotFoundError, match="no speaker"):
        found(study, "hope", speakers=("Zoe",))


# -- the order of the words beside -----------------------------------------------------------------------------------


def test_places_are_sorted_by_the_words_before_or_after(study):
    hits = search(study, Search("hope", whole=True, documents=("B-PW1",))).hits
    assert [line.before.split()[-1] for line in concordance(study, hits, "left")] == ["me", "of", "you"]
    assert [line.after.split()[0] for line in concordance(study, hits, "right")] == ["?", ",", "for"]
    line = concordance(study, hits, "left")[0]
    assert (line.words, line.hit.matched) == ("hope", "")


# -- wherever words stand --------------------------------------------------------------------------------------------

WORDS = ("hoped", "HOPES", "don’t", "cafe\u0301", "👩‍👩‍👧", "Straße", "x")
TEXTS = st.lists(st.sampled_from([*WORDS, " ", "\r\n", "\n", ", ", "… ", "-"]), min_size=1, max_size=25).map(" ".join)


@pytest.fixture(scope="module")
def growing(tmp_path_factory):
    with a_study(tmp_path_factory.mktemp("growing") / "study.qualcode") as project:
        yield project


@given(TEXTS, st.sampled_from(["hope", "dont", "CAFÉ", "strasse"]), st.sampled_from(["x", "hoped"]))
@settings(max_examples=20)
def test_a_place_is_exactly_what_it_says(growing, body, word, other):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALCODE_CACHE", str(growing.path.parent / "cache"))
        patch.setenv("QUALCODE_CONFIG", str(growing.path.parent / "settings"))
        parsed(growing)
        growing.documents.add(f"T{len(growing.documents.all())}", body, [])
        name = f"T{len(growing.documents.all()) - 1}"
        asked = [(word, "phrase", 0), (f"{word} {other}", "any", 0), (f"{word} {other}", "near", 4)]
        for words, how, within in asked:
            for hit in search(growing, Search(words, how, lemma=True, within=within, documents=(name,))).hits:
                span = hit.start, hit.end
                assert {hit.start, hit.end} <= {place for each in bare_words(body) for place in each}
                keys = {word_key(body[slice(*each)]) for each in bare_words(body) if span[0] <= each[0] < span[1]}
                assert {word_key(word), word_key(other), "hoped", "hopes"} & keys
                assert hit.matched
        plain = search(growing, Search(word, whole=True, documents=(name,))).hits
        lemma = search(growing, Search(word, lemma=True, documents=(name,))).hits
        assert {(hit.start, hit.end) for hit in plain} <= {(hit.start, hit.end) for hit in lemma} or "-" in body


# -- forgetting ------------------------------------------------------------------------------------------------------


def test_what_is_forgotten_leaves_the_cache_too(study):
    document = study.documents.get("B-PW1")
    parsed(study)
    study.documents.revise(document, [(0, 3, "GUY")], "misheard")
    parsed(study)

    def scanned() -> bytes:
        kept = b"".join(file.read_bytes() for file in cache.folder().rglob("*.lemmas"))
        return bytes_on_disk(study.path) + kept

    assert cache.size().texts == 3  # with the version before the correction
    assert b"mice" in scanned()
    done = study.forget(document="B-PW1")
    assert done.uncleared == ()
    assert b"mice" not in scanned()
    assert b"slept" in scanned()
    assert cache.size().texts == 1


def test_what_one_person_said_in_a_shared_document_leaves_it_too(study):
    add_interview(study, "both", ("INT", "So?"), ("Ann", "A zebra."), ("Bea", "A heron."))
    for label in ("Ann", "Bea"):
        person = study.people.get(label)
        study.documents.set_speaker(study.documents.get("both"), label, "participant", person.id)
    parsed(study)
    study.forget(person="Ann")
    kept = b"".join(file.read_bytes() for file in cache.folder().rglob("*.lemmas"))
    assert b"zebra" not in kept
    parsed(study)
    kept = b"".join(file.read_bytes() for file in cache.folder().rglob("*.lemmas"))
    assert b"zebra" not in kept
    assert b"heron" in kept


# -- the command line ------------------------------------------------------------------------------------------------


@pytest.fixture
def shell(study, tmp_path, monkeypatch):
    parsed(study, DICTIONARY)
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def test_base_forms_on_the_command_line(shell):
    told = shell.json("search", "hopes", "--lemma")
    assert told["count"] == 7
    assert {hit["matched"] for hit in told["hits"]} == {"form", "lemma hope"}
    assert told["base_forms"] == {"hopes": ["hope"]}
    assert "simplemma" in told["pipeline"]
    answer = shell("search", "hopes", "--lemma")
    assert "lemma hope" in answer.stdout
    assert "hopes is looked for with the base form hope" in answer.stderr


def test_near_and_the_concordance_on_the_command_line(shell):
    assert shell.json("search", "peer worker", "hope", "--near", "4")["count"] == 1
    assert shell.json("search", "later", "gave", "--near", "answer")["count"] == 2
    assert "no number" in shell.refused("search", "later", "gave", "--near", "0")
    assert "name one" in shell.refused("search", "a", "b", "--near", "3", "--any")
    lines = shell.done("search", "hope", "--whole", "--kwic", "left", "--width", "100").splitlines()
    assert len(lines) == 3
    assert {line.index("  hope  ") for line in lines} == {lines[0].index("  hope  ")}
    assert max(map(len, lines)) <= 100
    after = [hit["after"].split()[0] for hit in shell.json("search", "hope", "--whole", "--kwic", "right")["hits"]]
    assert after == ["?", ",", "for"]


def test_what_is_found_is_coded_in_one_action(shell):
    assert "P3: 4 new passages" in shell.done("search", "hope", "--lemma", "--apply", "P3")
    assert shell.json("search", "hope", "--lemma", "--apply", "P3")["coded"] == 0
    assert len(shell.json("segments")) == 4
    shell.done("undo")
    assert shell.json("segments") == []
    assert "no code" in shell.refused("search", "hope", "--apply", "ZZ")


def test_nothing_that_drives_a_terminal_is_printed(tmp_path, monkeypatch):
    shell = Shell(tmp_path, monkeypatch)
    with a_study(tmp_path / "hostile.qualcode") as project:
        add_interview(project, f"x{HOSTILE}", (f"Ann{HOSTILE}", f"so{HOSTILE} hoped {HOSTILE}so"))
        parsed(project)
    for order in ("left", "right"):
        assert "\x1b" not in shell.done("search", "hope", "--lemma", "--kwic", order)
    with qualcode.open(tmp_path / "hostile.qualcode") as project:
        assert len(search(project, Search("hope", lemma=True)).hits) == 1
