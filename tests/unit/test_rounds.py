"""Finished rounds: what they keep, what goes along with a change made after them, and what others have built on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import qualcode
from qualcode.analysis import change_model
from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Claim, Segment
from qualcode.project import Project
from tests import ways
from tests.builders import add_interview, rows_of
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def ak(tmp_path: Path) -> Iterator[Project]:
    with ways.new(tmp_path / "study.qualcode", "AK") as made:
        made.codes.add("M", "Living proof", kind="mechanism")
        made.codes.add("P", "Hope", kind="process outcome", valence="good")
        person = made.people.add("P1", case="A", roles={"-": "SU"})
        for name in ("D1", "D2"):
            document = add_interview(made, name, ("INT", "How was it?"), ("P1", "So can I. I went home and slept."))
            made.documents.set_speaker(document, "P1", "participant", person.id)
        yield made


@pytest.fixture
def bk(ak: Project) -> Iterator[Project]:
    with qualcode.open(ak.path, "BK") as opened:
        yield opened


def a_claim(project: Project) -> Claim:
    return project.claims.add("D1", "M", "P", quote="So can I")


def a_segment(project: Project) -> Segment:
    return project.segments.add("D1", "P", quote="So can I")


def finish(project: Project) -> int:
    return project.coders.finish(project.documents.get("D1"))


def frozen(project: Project, number: int = 1) -> list[object]:
    """All that AK's finished round says of D1."""
    document = project.documents.get("D1")
    rooms = (project.segments.in_round, project.claims.in_round, project.claims.evidence_in_round)
    return [each for room in rooms for each in room(document, "AK", number)]


def stances(project: Project, claim: Claim) -> list[str]:
    return [each.stance for each in project.claims.evidence(claim)]


def undone(project: Project, change: Callable[[], object]) -> None:
    """Do it, and see that undo brings back every row, redo too."""
    before = rows_of(project)
    change()
    after = rows_of(project)
    project.history.undo()
    assert rows_of(project) == before
    project.history.redo()
    assert rows_of(project) == after
    assert project.check() == []


def test_a_claim_changed_after_its_round_keeps_its_mark_in_the_change_model(ak: Project) -> None:
    claim = a_claim(ak)
    ak.claims.add_evidence(claim, "D2", "contradicts", quote="went home")
    finish(ak)
    assert change_model(ak).marks["M", "P"] == ("all contradicted",)
    undone(ak, lambda: ak.claims.change(claim, inferred=True))
    assert change_model(ak).marks["M", "P"] == ("all contradicted",)
    (new,) = ak.claims.find()
    assert (new.id != claim.id, new.round, stances(ak, new), stances(ak, claim)) == (True, 2, ["contradicts"], [])


def test_the_finished_round_is_read_as_it_was_and_the_next_as_it_is(ak: Project) -> None:
    claim, segment = a_claim(ak), a_segment(ak)
    old = ak.claims.add_evidence(claim, "D2", "contradicts", quote="went home")
    finish(ak)
    before = frozen(ak)
    assert before == [segment, claim, old]
    changed, recoded = ak.claims.change(claim, direction="lowers"), ak.segments.recode(segment, "M")
    later = ak.claims.add_evidence(changed, "D1", "supports", quote="slept")
    assert frozen(ak) == before
    carried = ak.claims.evidence(changed)[0]
    assert frozen(ak, 2) == [recoded, changed, carried, later]
    assert (carried.claim, carried.stance, carried.start) == (changed.id, old.stance, old.start)
    finish(ak)
    ak.claims.remove(changed)
    ak.segments.remove([recoded])
    assert frozen(ak) == before
    assert frozen(ak, 2) == [recoded, changed, carried, later]
    assert (frozen(ak, 3), len(ak.columns().evidence)) == ([], 0)


def test_evidence_added_after_the_round_leaves_the_round_as_it_was(ak: Project) -> None:
    claim = a_claim(ak)
    finish(ak)
    undone(ak, lambda: ak.claims.add_evidence(claim, "D2", "contradicts", quote="slept"))
    assert frozen(ak) == [claim]
    assert frozen(ak, 2) == [claim, *ak.claims.evidence(claim)]
    undone(ak, lambda: ak.claims.change(claim, prompted=True))
    (new,) = ak.claims.find()
    assert (frozen(ak), stances(ak, new)) == ([claim], ["contradicts"])


def test_columns_read_standing_evidence_only(ak: Project) -> None:
    claim = a_claim(ak)
    ak.claims.add_evidence(claim, "D2", "qualifies", quote="slept")
    finish(ak)
    new = ak.claims.change(claim, prompted=True)
    assert ak.columns().evidence.claim.tolist() == [new.id]


def test_memos_and_summaries_follow_to_what_stands(ak: Project) -> None:
    claim, segment = a_claim(ak), a_segment(ak)
    ak.memos.add("on the claim", claim=claim.id)
    ak.memos.add("on the passage", segment=segment.id)
    ak.summaries.write("They hope.", "P", person=ak.people.get("P1").id, segments=[segment.id])
    finish(ak)
    undone(ak, lambda: ak.segments.change(segment, unsure="hm"))
    undone(ak, lambda: ak.claims.change(claim, unsure="hm"))
    (new_segment,), (new_claim,) = ak.segments.find(), ak.claims.find()
    assert [memo.body for memo in ak.memos.find(claim=new_claim.id)] == ["on the claim"]
    assert [memo.body for memo in ak.memos.find(segment=new_segment.id)] == ["on the passage"]
    assert ak.summaries.find()[0].segments == (new_segment.id,)


@pytest.mark.parametrize("bk_has_finished", [False, True])
def test_what_others_have_added_follows_a_changed_claim_too(ak: Project, bk: Project, bk_has_finished: bool) -> None:
    claim = a_claim(ak)
    bk.claims.add_evidence(claim, "D2", "contradicts", quote="slept")
    bk.memos.add("mine", private=True, claim=claim.id)
    finish(ak)
    if bk_has_finished:
        finish(bk)
    in_bks_round = bk.claims.evidence_in_round(bk.documents.get("D1"), "BK", 1)
    undone(ak, lambda: ak.claims.change(claim, prompted=True))
    (new,) = ak.claims.find()
    assert stances(bk, new) == ["contradicts"]
    assert [memo.body for memo in bk.memos.find(claim=new.id)] == ["mine"]
    if bk_has_finished:
        assert bk.claims.evidence_in_round(bk.documents.get("D1"), "BK", 1) == in_bks_round


def test_evidence_is_not_added_to_what_a_finished_round_alone_keeps(ak: Project) -> None:
    claim = a_claim(ak)
    finish(ak)
    ak.claims.change(claim, prompted=True)
    with pytest.raises(RefusedError, match="claim no longer stands"):
        ak.claims.add_evidence(claim, "D2", "supports", quote="slept")


def refused(project: Project, change: Callable[[], object]) -> str:
    before = rows_of(project)
    with pytest.raises(RefusedError) as caught:
        change()
    assert rows_of(project) == before
    return caught.value.what


def test_what_others_wrote_on_a_passage_keeps_it(ak: Project, bk: Project) -> None:
    segment = a_segment(ak)
    memo = bk.memos.add("look at this", segment=segment.id)
    assert refused(ak, lambda: ak.segments.remove([segment])) == "BK has written a memo on this passage"
    bk.memos.remove(memo)
    summary = bk.summaries.write("They hope.", "P", person=bk.people.get("P1").id, segments=[segment.id])
    assert refused(ak, lambda: ak.segments.remove([segment])) == "a summary of BK's rests on this passage"
    bk.summaries.remove(summary)
    undone(ak, lambda: ak.segments.remove([segment]))


@pytest.mark.parametrize("finished", [False, True])
def test_what_others_added_to_a_claim_keeps_it(ak: Project, bk: Project, finished: bool) -> None:
    claim = a_claim(ak)
    bk.claims.add_evidence(claim, "D2", "contradicts", quote="slept")
    if finished:
        finish(ak)
    assert refused(ak, lambda: ak.claims.remove(claim)) == "BK has added evidence to this claim"


def test_what_others_wrote_on_a_claim_keeps_it(ak: Project, bk: Project) -> None:
    claim = a_claim(ak)
    bk.memos.add("is it so?", claim=claim.id)
    assert refused(ak, lambda: ak.claims.remove(claim)) == "BK has written a memo on this claim"


def test_ones_own_notes_go_with_what_they_are_on(ak: Project) -> None:
    claim, segment = a_claim(ak), a_segment(ak)
    ak.claims.add_evidence(claim, "D2", "contradicts", quote="slept")
    ak.memos.add("on the claim", claim=claim.id)
    ak.memos.add("on the passage", segment=segment.id)
    ak.summaries.write("They hope.", "P", person=ak.people.get("P1").id, segments=[segment.id])
    undone(ak, lambda: ak.claims.remove(claim))
    undone(ak, lambda: ak.segments.remove([segment]))
    assert (ak.memos.find(), len(ak.columns().evidence), ak.summaries.find()[0].segments) == ([], 0, ())


def test_a_finished_round_keeps_the_notes_on_what_was_removed_later(ak: Project, bk: Project) -> None:
    segment = a_segment(ak)
    bk.memos.add("look at this", segment=segment.id)
    finish(ak)
    undone(ak, lambda: ak.segments.remove([segment]))
    assert [memo.body for memo in ak.memos.find(segment=segment.id)] == ["look at this"]
    assert (ak.segments.find(), frozen(ak)) == ([], [segment])


def test_only_ones_own_coding_is_changed(ak: Project, bk: Project) -> None:
    claim, segment = a_claim(ak), a_segment(ak)
    for change in (
        lambda: bk.segments.change(segment, unsure="hm"),
        lambda: bk.segments.remove([segment]),
        lambda: bk.claims.change(claim, prompted=True),
        lambda: bk.claims.remove(claim),
    ):
        assert refused(bk, change).endswith("was coded by AK")


def test_redo_does_not_put_evidence_on_a_claim_that_was_changed_since(ak: Project, bk: Project) -> None:
    claim = a_claim(ak)
    bk.claims.add_evidence(claim, "D1", "contradicts", quote="slept")
    bk.history.undo()
    finish(ak)
    ak.claims.change(claim, unsure="is it?")
    with pytest.raises(RefusedError, match="changed since"):
        bk.history.redo()
    assert ak.check() == []


def test_redo_does_not_rest_a_summary_on_a_passage_that_was_changed_since(ak: Project, bk: Project) -> None:
    segment = a_segment(ak)
    bk.summaries.write("Hopes.", "P", person=ak.people.get("P1").id, segments=[segment.id])
    bk.history.undo()
    finish(ak)
    ak.segments.change(segment, unsure="is it?")
    with pytest.raises(RefusedError, match="changed since"):
        bk.history.redo()
    assert ak.check() == []


def test_a_document_and_a_code_are_asked_for_by_name_id_or_themselves(ak: Project) -> None:
    one, two, hope = ak.documents.get("D1"), ak.documents.get("D2"), ak.codes.get("P")
    assert ak.segments.add(one, hope, quote="I went home") == ak.segments.add(one.id, "P", quote="I went home")
    assert ak.claims.add(two, "M", "P", quote="So can I").document == two.id
    assert [ak.coders.finish(one), ak.coders.finish("D2")] == [1, 1]
    with pytest.raises(NotFoundError):
        ak.coders.finish("D9")
