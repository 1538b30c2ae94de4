"""Correcting a text: words, speakers, what is carried along and what cannot be."""

from itertools import pairwise

import pytest

import qualcode
from qualcode.errors import RefusedError
from qualcode.model import Turn
from tests import ways
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS

BODY = "INT: How was it?\nMaureen: If she can do it, so can I.\nINT: mm\nMaureen: I went home.\n"
STARTS = [0, 17, BODY.index("INT: mm"), BODY.index("Maureen: I went"), len(BODY)]
TURNS = [
    Turn(start, end, start + len(label) + 2, label)
    for start, end, label in zip(STARTS, STARTS[1:], ["INT", "Maureen", "INT", "Maureen"], strict=False)
]


@pytest.fixture
def study(tmp_path):
    with ways.new(tmp_path / "study.qualcode", "AK") as project:
        project.codes.add("C", "code")
        project.documents.add("A1", BODY, TURNS, parts={"INT": "interviewer"})
        yield project


def words(study, turn):
    document = study.documents.get("A1")
    body = study.documents.body(document)
    return body[turn.speech : turn.end].strip()


def replaced(study, old, new):
    document = study.documents.get("A1")
    at = study.documents.body(document).index(old)
    return study.documents.revise(document, [(at, at + len(old), new)], "test")


def test_a_segment_on_a_name_stays_on_its_pseudonym(study):
    segment = study.segments.add("A1", "C", quote="she")
    replaced(study, "she", "[peer worker]")
    moved = study.segments.get(segment.id)
    body = study.documents.body(study.documents.get("A1"))
    assert body[moved.start : moved.end] == "[peer worker]"


def test_a_passage_whose_words_all_went_is_listed_and_comes_back_with_undo(study):
    segment = study.segments.add("A1", "C", quote="so can I")
    revision = replaced(study, " so can I.", "")
    assert [(lost.table, lost.words) for lost in revision.lost] == [("segment", "so can I")]
    study.history.undo()
    assert study.segments.get(segment.id) == segment
    assert study.documents.body(study.documents.get("A1")) == BODY


def test_a_passage_of_which_only_a_blank_is_left_is_lost(study):
    at = BODY.index(" mm")
    study.segments.add("A1", "C", span=(at, at + 3))
    assert len(replaced(study, "mm", "").lost) == 1


def test_what_is_added_at_either_edge_of_a_turn_belongs_to_a_turn(study):
    at = BODY.index("If she")
    study.documents.revise(study.documents.get("A1"), [(at, at, "Well. "), (len(BODY), len(BODY), "Bye.\n")], "heard")
    turns = study.documents.turns(study.documents.get("A1"))
    assert words(study, turns[1]) == "Well. If she can do it, so can I."
    assert words(study, turns[3]) == "I went home.\nBye."
    assert all(turn.end == after.start for turn, after in pairwise(turns))


def test_a_turn_given_to_another_speaker_keeps_words_and_segments(study):
    segment = study.segments.add("A1", "C", quote="I went home")
    study.documents.relabel(study.documents.get("A1"), 4, "Dean", "wrong label")
    document = study.documents.get("A1")
    assert [turn.speaker for turn in study.documents.turns(document)] == ["INT", "Maureen", "INT", "Dean"]
    assert study.segments.get(segment.id).start == segment.start
    assert document.version == 2


def test_nothing_changed_is_refused(study):
    with pytest.raises(RefusedError, match="nothing would change"):
        replaced(study, "she", "she")


def test_claims_and_read_marks_are_carried_too(study):
    study.codes.add("D", "other")
    claim = study.claims.add("A1", "C", "D", quote="If she can do it")
    study.documents.mark_read(study.documents.get("A1"), 0, len(BODY))
    assert replaced(study, "How was it?", "How was that, then?").carried == 2
    moved = study.claims.get(claim.id)
    assert study.documents.body(study.documents.get("A1"))[moved.start : moved.end] == "If she can do it"


def test_a_revision_that_another_has_coded_in_since_is_not_taken_back_and_the_passage_is_named(study):
    replaced(study, "she", "[peer worker]")
    with qualcode.open(study.path, "JB") as other:
        segment = other.segments.add("A1", "C", quote="I went home")
    with pytest.raises(RefusedError, match=rf"does not fit the text.*JB's segment {segment.id} in A1") as refused:
        study.history.undo()
    assert "by whoever did it" in refused.value.remedy
    study.coders.assign(study.documents.get("A1"), study.coders.get("JB"), blind=True)
    study.history.undo()
    with qualcode.open(study.path, "CY") as third:
        third.coders.assign(third.documents.get("A1"), third.coders.get("JB"), blind=True)
    with pytest.raises(RefusedError, match=r"does not fit the text.*\(a passage in it\)"):
        study.history.undo()
