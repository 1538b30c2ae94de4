"""Edited quotes in a project: kept, logged, held against the passage whenever they are read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import qualcode
from qualcode.errors import MisquotedError, NotFoundError, RefusedError
from qualcode.project import Project
from tests.builders import a_study, add_interview, bytes_on_disk, rows_of

PASSAGE = "Well, if she can do it, so can I, I thought."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


@pytest.fixture
def segment(study: Project) -> int:
    return study.segments.add("A-SU1", "M2a", quote=PASSAGE, exemplar=True).id


def printed(project: Project, segment: int) -> str:
    return project.quotations([project.segments.get(segment)])[0].printed


def correct(project: Project, words: str, new: str, document: str = "A-SU1") -> None:
    found = project.documents.get(document)
    place = project.documents.body(found).index(words)
    project.documents.revise(found, [(place, place + len(words), new)], "misheard")


def test_an_edited_quote_is_printed_and_the_passage_stays_as_it_is(study, segment):
    edited = study.quotes.edit(segment, "If she [the peer worker] can do it, so can I […]")
    assert edited.words == "If she [the peer worker] can do it, so can I [...]"
    assert edited.is_true
    assert printed(study, segment) == edited.words
    assert study.quotations([study.segments.get(segment)])[0].words == PASSAGE


def test_words_that_were_not_said_are_refused_and_nothing_is_written(study, segment):
    before = rows_of(study)
    with pytest.raises(MisquotedError, match="must"):
        study.quotes.edit(segment, "If she can do it, so must I [...]")
    with pytest.raises(NotFoundError):
        study.quotes.edit(999, "If")
    assert rows_of(study) == before


def test_editing_is_undone_and_redone_and_the_file_stays_sound(study, segment):
    study.quotes.edit(segment, "[...] so can I [...]")
    study.quotes.edit(segment, "[...] if she can do it [...]")
    study.history.undo()
    assert printed(study, segment) == "[...] so can I [...]"
    study.history.undo()
    assert printed(study, segment) == PASSAGE
    study.history.redo()
    assert printed(study, segment) == "[...] so can I [...]"
    assert study.check() == []


def test_the_same_words_again_are_no_action(study, segment):
    study.quotes.edit(segment, "[...] so can I [...]")
    before = len(study.history.actions())
    study.quotes.edit(segment, "[…]  so can I [...]")
    assert len(study.history.actions()) == before


def test_a_quote_is_printed_whole_again(study, segment):
    study.quotes.edit(segment, "[...] so can I [...]")
    study.quotes.print_whole(segment)
    assert printed(study, segment) == PASSAGE
    with pytest.raises(RefusedError, match="not edited"):
        study.quotes.print_whole(segment)


def test_a_correction_of_words_that_are_cut_out_leaves_the_edited_quote(study, segment):
    study.quotes.edit(segment, "[...] so can I [...]")
    correct(study, "if she can", "if Ruth could")
    assert printed(study, segment) == "[...] so can I [...]"


def test_a_correction_of_words_that_it_says_leaves_the_passage_whole_and_is_told(study, segment):
    study.quotes.edit(segment, "[...] so can I [...]")
    correct(study, "so can I", "so could I")
    assert printed(study, segment) == "Well, if she can do it, so could I, I thought."
    assert not study.quotes.find()[segment].is_true
    study.quotes.edit(segment, "[...] so could I [...]")
    assert study.quotes.find()[segment].is_true


def test_edges_that_are_moved_are_held_against_too(study, segment):
    study.quotes.edit(segment, "[...] I thought.")
    moved = study.segments.get(segment)
    study.segments.move(moved, moved.start, moved.end - 12)
    assert not study.quotes.find()[segment].is_true


def test_it_goes_with_the_passage_and_comes_back_with_it(study, segment):
    study.quotes.edit(segment, "[...] so can I [...]")
    study.segments.remove([study.segments.get(segment)])
    assert study.quotes.find() == {}
    study.history.undo()
    assert printed(study, segment) == "[...] so can I [...]"
    correct(study, PASSAGE, "")
    assert study.quotes.find() == {}
    study.history.undo()
    study.documents.remove(study.documents.get("A-SU1"))
    assert study.quotes.find() == {}
    study.history.undo()
    assert study.check() == []
    assert printed(study, segment) == "[...] so can I [...]"


def test_another_may_edit_a_quote_and_its_passage_is_then_not_taken_away(study, segment):
    with closing(qualcode.open(study.path, "BK")) as other:
        other.quotes.edit(segment, "[...] so can I [...]")
        with pytest.raises(RefusedError, match="BK has edited this quote"):
            study.segments.remove([study.segments.get(segment)])
        study.quotes.edit(segment, "[...] I thought.")
        other.quotes.edit(segment, "[...] so can I [...]")
        with pytest.raises(RefusedError, match="BK has changed the same quote"):
            study.history.undo()


def test_a_change_in_the_next_round_takes_it_along(study, segment):
    study.quotes.edit(segment, "[...] so can I [...]")
    study.coders.finish(study.documents.get("A-SU1"))
    changed = study.segments.change(study.segments.get(segment), unsure="hers?")
    assert changed.id != segment
    assert printed(study, changed.id) == "[...] so can I [...]"
    with pytest.raises(RefusedError, match="no longer stands"):
        study.quotes.edit(segment, "[...] so can I [...]")
    assert study.check() == []


def test_quotes_of_blind_coding_are_not_seen_and_history_does_not_tell(study, segment):
    study.quotes.edit(segment, "[...] so can I [...]")
    with closing(qualcode.open(study.path, "BK")) as other:
        other.coders.add("BK2")
        for coder in ("AK", "BK"):
            study.coders.assign(study.documents.get("A-SU1"), study.coders.get(coder), blind=True)
        assert other.quotes.find() == {}
        assert "edit quote" not in {each.verb for each in other.history.actions()}
        with pytest.raises(NotFoundError):
            other.quotes.edit(segment, "[...] so can I [...]")


def test_forgetting_a_person_erases_what_the_edited_quote_says_of_theirs(study):
    ruth, cal = (study.people.add(name).id for name in ("Ruth", "Callum"))
    add_interview(study, "dyad", ("Ruth", "Zebra crossing."), ("Callum", "We walked."), ("Ruth", "Xylophone."))
    document = study.documents.get("dyad")
    for label, person in (("Ruth", ruth), ("Callum", cal)):
        study.documents.set_speaker(document, label, "participant", person)
    both = study.segments.add("dyad", "M2a", span=(0, document.length))
    study.quotes.edit(both, "[...] Zebra [...]")
    study.quotes.edit(both, "[...] Xylophone [...]")
    hers = study.segments.add("dyad", "P3", quote="We walked")
    study.quotes.edit(hers, "[...] walked")
    study.forget(person="Ruth")
    assert [each.words for each in study.quotes.find().values()] == ["[...] walked"]
    assert study.check() == []
    study.close()
    left = bytes_on_disk(study.path)
    assert b"Zebra" not in left
    assert b"Xylophone" not in left


def test_a_project_of_an_older_schema_is_brought_up_to_date(study, segment):
    study.close()
    with closing(sqlite3.connect(study.path)) as connection:
        connection.executescript(
            "DROP TABLE quote; DROP TABLE log_quote; PRAGMA user_version = 2;"
            "DELETE FROM _sqlite_migrations WHERE name LIKE '003%';"
        )
    with qualcode.open(study.path, "AK") as again:
        assert again.quotes.edit(segment, "[...] so can I [...]").is_true
        assert again.check() == []
