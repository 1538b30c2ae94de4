"""Blind coding: what one coder may see of another's until all have finished; and what does not count as an action."""

import pytest

import qualcode
from qualcode.errors import RefusedError
from qualcode.project.segments import NewSegment

BODY = "If she can do it, so can I. I went home and slept.\n"


@pytest.fixture
def path(tmp_path):
    """A study in which AK and BX code one document blind, and AK has coded."""
    made = tmp_path / "study.qualcode"
    with qualcode.new(made, "AK") as study:
        person = study.people.add("P1", case="A", roles={"-": "SU"})
        document = study.documents.add("D", BODY, [])
        study.documents.set_speaker(document, "", "participant", person.id)
        study.codes.add("M", "mechanism", kind="mechanism")
        study.codes.add("P", "outcome", kind="process outcome")
        study.coders.add("BX", "Bo Xu")
        for short in ("AK", "BX"):
            study.coders.assign(document, study.coders.get(short), blind=True)
        segment = study.segments.add("D", "M", quote="If she can")
        claim = study.claims.add("D", "M", "P", quote="so can I")
        study.claims.add_evidence(claim, "D", "supports", quote="slept")
        study.memos.add("seen at last", segment=segment.id)
        study.summaries.write("She hopes.", "P", person=person.id, segments=[segment.id])
    return made


def seen_by(path, coder):
    """How much of AK's work somebody sees, by every door."""
    with qualcode.open(path, coder) as study:
        document = study.documents.get("D")
        columns = study.columns()
        return {
            len(study.segments.find()),
            len(study.segments.of(document)),
            len(study.segments.in_round(document, "AK", 1)),
            len(study.claims.find()),
            len(study.memos.find()),
            len(study.summaries.find()),
            len(columns.segments),
            len(columns.claims),
            len(columns.evidence),
        }


def test_another_coder_and_a_bystander_see_nothing_until_all_have_finished(path):
    assert seen_by(path, "AK") == {1}
    assert seen_by(path, "BX") == {0}
    assert seen_by(path, None) == {0}


def test_one_who_has_finished_still_waits_for_the_other(path):
    for coder, expected in (("BX", {0}), ("AK", {1})):
        with qualcode.open(path, coder) as study:
            study.coders.finish(study.documents.get("D"))
        assert seen_by(path, "BX") == expected


def test_the_change_model_counts_nothing_that_may_not_be_seen(path):
    with qualcode.open(path, "BX") as study:
        assert qualcode.analysis.change_model(study).value("M", "P") in (0, None)
    with qualcode.open(path, "AK") as study:
        assert qualcode.analysis.change_model(study).value("M", "P") == 1


def test_a_coder_who_came_by_their_work_can_give_a_full_name_once(tmp_path):
    with qualcode.new(tmp_path / "a.qualcode", "AK") as study:
        assert study.coders.add("AK", "Anna Kaye").name == "Anna Kaye"
        with pytest.raises(RefusedError, match="already"):
            study.coders.add("AK", "Somebody Else")


def test_what_changed_nothing_is_no_action_and_keeps_redo(path):
    with qualcode.open(path, "AK") as study:
        again = study.segments.add("D", "P", quote="so can I")
        study.history.undo()
        before = study.history.actions()
        study.segments.add("D", "M", quote="If she can")  # coded so already
        assert study.history.actions() == before
        study.history.redo()
        assert again in study.segments.find()


def test_positions_read_from_a_text_that_was_corrected_since_are_refused(path):
    with qualcode.open(path, "AK") as study:
        opened = study.documents.get("D")
        study.documents.revise(opened, [(0, 2, "When")], "heard again")
        new = NewSegment(opened.id, 3, 6, study.codes.get("P").id, text=opened.text)
        with pytest.raises(RefusedError, match="corrected since"):
            study.segments.add_many([new])
        with pytest.raises(RefusedError, match="as it stands now"):
            study.documents.mark_read(opened, 0, 3)


def test_a_summary_is_removed_by_its_writer_only(path):
    for coder in ("AK", "BX"):
        with qualcode.open(path, coder) as study:
            study.coders.finish(study.documents.get("D"))
    with qualcode.open(path, "BX") as study, pytest.raises(RefusedError, match="the one who wrote it"):
        study.summaries.remove(study.summaries.find()[0])
