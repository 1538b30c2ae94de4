"""Search finds words in all texts, whatever their case, accents and quotes, at their exact places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode.errors import InputError, NotFoundError
from qualcode.work import matching
from qualcode.work.matching import fold
from qualcode.work.search import Search, code_hits, search
from tests.builders import a_study, add_interview
from tests.command_line import HOSTILE, Shell


@pytest.fixture
def study(tmp_path):
    with a_study(tmp_path / "study.qualcode") as project:
        add_interview(
            project,
            "B-PW1",
            ("INT", "Did you go to the cafe\u0301, or the Café?"),
            ("Bea", "I don\u2019t know. The o\ufb03ce, I thought, hopeful I was\u2026 “Hope” is a word."),
        )
        for name, label, role in (("A-SU1", "Ann", "SU"), ("B-PW1", "Bea", "PW")):
            person = project.people.add(label, case=name[0], roles={"-": role})
            project.documents.set_speaker(project.documents.get(name), label, "participant", person.id)
        yield project


def found(project, *words, **how):
    return [quotation.words for quotation in project.quotations(search(project, Search(*words, **how)).hits)]


@pytest.mark.parametrize(
    ("sought", "places"),
    [
        ("CAFE", ["cafe\u0301", "Café"]),
        ("office", ["o\ufb03ce"]),
        ("dont", ["don\u2019t"]),
        ("don't KNOW", ["don\u2019t know"]),
        ("so can i", ["so can I"]),
        ("know the office", ["know. The o\ufb03ce"]),
        ("hope", ["hope", "Hope"]),
        ("the moon", []),
    ],
)
def test_case_accents_and_quotes_make_no_difference_and_the_places_are_exact(study, sought, places):
    assert found(study, sought) == places


def test_whole_words_and_any_of_several(study):
    assert found(study, "hope", whole=True) == ["Hope"]
    assert found(study, "word home", how="any") == ["home", "word"]


def test_a_pattern_is_a_regular_expression(study):
    assert found(study, r"\bI \w+t\b", how="regex") == ["I thought", "I went", "I thought"]
    assert found(study, "don't", how="regex") == ["don\u2019t"]
    with pytest.raises(InputError, match="no regular expression"):
        found(study, "(", how="regex")


def test_a_pattern_that_takes_for_ever_is_stopped(study, monkeypatch):
    monkeypatch.setattr(matching, "SECONDS", 0.2)
    with pytest.raises(InputError, match="takes more than"):
        found(study, r"(\w*\W*)*\d\d\d", how="regex")


def test_a_search_can_be_stopped(study):
    assert search(study, Search("I"), lambda: True).hits == ()
    assert search(study, Search("I", how="regex"), lambda: True).hits == ()


def test_it_looks_where_it_is_told(study):
    assert found(study, "thought", roles=("PW",)) == found(study, "thought", people=("Bea",)) == ["thought"]
    assert found(study, "thought", cases=("A",), said=True) == ["thought"]
    assert found(study, "how was it") == ["How was it"]
    assert found(study, "how was it", said=True) == []
    with pytest.raises(NotFoundError):
        found(study, "thought", roles=("XX",))


def test_what_is_coded_and_what_is_not_coded_yet(study):
    study.segments.add("A-SU1", "P3", quote="if she can do it, so can I")
    assert found(study, "can", codes=("P3",)) == ["can", "can"]
    assert found(study, "can", codes=("X",)) == found(study, "can", uncoded=True) == []
    assert found(study, "thought", uncoded=True, documents=("A-SU1",)) == ["thought"]


def test_hits_are_coded_in_one_action_that_undo_takes_back(study):
    hits = search(study, Search("can")).hits
    assert code_hits(study, hits, "M2a", "sentence") == 1
    assert [each.words for each in study.quotations(study.segments.find())] == [
        "Well, if she can do it, so can I, I thought."
    ]
    study.history.undo()
    assert study.segments.find() == []
    assert code_hits(study, hits, "M2a", "words") == 2
    assert code_hits(study, search(study, Search("slept")).hits, "P3", "answer") == 1


@settings(max_examples=150)
@given(st.text(alphabet="aàe\u0301ßﬁ'’“ \nI\u0130漢\u200d", max_size=30), st.data())
def test_whatever_stands_in_a_text_is_found_there(text, data):
    folded, place = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, len(folded)))
    first, last = place(start), max(place(end), place(end - 1) + 1) if end else 0
    assert 0 <= first <= len(text)
    assert folded[start:end] in fold(text[first : max(first, last)])[0]


def test_the_command_line_says_the_same_as_python(tmp_path, monkeypatch):
    shell = Shell(tmp_path, monkeypatch)
    with a_study(tmp_path / "study.qualcode") as project:
        add_interview(project, f"x{HOSTILE}", ("Ann", f"so{HOSTILE} can I"))
    told = shell.json("search", "can")
    with qualcode.open(tmp_path / "study.qualcode") as project:
        hits = search(project, Search("can")).hits
    assert told["count"] == len(told["hits"]) == len(hits) == 3
    assert [(each["start"], each["end"]) for each in told["hits"]] == [(hit.start, hit.end) for hit in hits]
    assert sum(each["count"] for each in told["documents"]) == 3
    printed = shell.done("search", "can", "--context")
    assert "so can I, I thought." in printed
    assert "\x1b" not in printed
    assert "A-SU1" in shell.done("search", "can", "--counts")
    assert "any" in shell.refused("search", "can", "--any", "--regex")


@pytest.mark.parametrize("sought", ["CAFE", "office", "don't know", "“hope”", "the office  i"])
def test_one_text_is_searched_by_the_same_rule_as_all(study, sought):
    body = study.documents.body(study.documents.get("B-PW1"))
    there = [(hit.start, hit.end) for hit in search(study, Search(sought)).hits if hit.document != 1]
    assert matching.places(sought, body) == there != []


@pytest.mark.parametrize(("sought", "words"), [("?", ["?"]), ("…", ["\u2026"]), ('"', ["“", "”"]), (", ", [","] * 3)])
def test_signs_alone_are_found(study, sought, words):
    body = study.documents.body(study.documents.get("B-PW1"))
    assert [body[start:end] for start, end in matching.places(sought, body)] == words


def test_blanks_alone_are_nothing_to_look_for():
    with pytest.raises(InputError, match="nothing in"):
        matching.places(" \t", "a b")


def test_what_is_to_be_known_of_hits_that_are_coded_is_told_once(study):
    told = []
    study.store.announce = told.append
    asked = search(study, Search("you")).hits
    assert asked
    code_hits(study, asked, "M2a", "words")
    assert [note for note in told if "no person is counted through them" in note] == [
        f"{len(asked)} of {len(asked)}: these are the interviewer's words alone: no person is counted through them"
    ]
