"""Two coders on one file: what one has read may be old, and undo must not break what the other did since."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

import qualcode
from qualcode.errors import NotFoundError, RefusedError
from qualcode.project import Project
from tests.builders import a_study, add_interview, rows_of
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def ak(tmp_path: Path) -> Iterator[Project]:
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


@pytest.fixture
def bk(ak: Project) -> Iterator[Project]:
    with qualcode.open(ak.path, "BK") as opened:
        yield opened


def correct(project: Project, words: str, new: str) -> None:
    document = project.documents.get("A-SU1")
    place = project.documents.body(document).index(words)
    project.documents.revise(document, [(place, place + len(words), new)], "misheard")


def refused(project: Project, *, redo: bool = False) -> str:
    before = rows_of(project)
    with pytest.raises(RefusedError) as caught:
        project.history.redo() if redo else project.history.undo()
    assert rows_of(project) == before
    assert project.check() == []
    return caught.value.what


def test_a_correction_is_not_undone_under_coding_made_since(ak: Project, bk: Project) -> None:
    correct(ak, "can do it", "[was able]")
    bk.segments.add("A-SU1", "P3", quote="I went home")
    assert "corrected, or coded further, since" in refused(ak)


def test_a_removed_segment_does_not_come_back_into_an_older_text(ak: Project, bk: Project) -> None:
    segment = ak.segments.add("A-SU1", "P3", quote="I went home")
    ak.segments.remove([segment])
    correct(bk, "can do it", "[was able]")
    assert "corrected, or coded further, since" in refused(ak)


def test_a_correction_is_not_redone_over_coding_made_since(ak: Project, bk: Project) -> None:
    correct(ak, "can do it", "[was able]")
    ak.history.undo()
    bk.segments.add("A-SU1", "P3", quote="I went home")
    assert "corrected, or coded further, since" in refused(ak, redo=True)


def test_undo_does_not_put_a_code_below_itself(ak: Project, bk: Project) -> None:
    ak.codes.move(ak.codes.get("X"), "P3")
    ak.codes.move(ak.codes.get("X"), None)
    bk.codes.move(bk.codes.get("P3"), "X")
    assert "below itself" in refused(ak)


def test_undo_does_not_merge_codes_into_each_other(ak: Project, bk: Project) -> None:
    ak.codes.merge(ak.codes.get("X"), ak.codes.get("P3"))
    ak.codes.unmerge(ak.codes.get("X"))
    bk.codes.merge(bk.codes.get("P3"), bk.codes.get("X"))
    assert "below itself" in refused(ak)


def test_redo_does_not_put_a_case_inside_itself(ak: Project, bk: Project) -> None:
    for name in ("North", "South"):
        ak.cases.add(name)
    ak.cases.change(ak.cases.get("North"), inside="South")
    ak.history.undo()
    bk.cases.change(bk.cases.get("South"), inside="North")
    assert "a case inside itself" in refused(ak, redo=True)


def test_undo_does_not_put_a_case_inside_itself(ak: Project, bk: Project) -> None:
    for name in ("North", "Middle", "South"):
        ak.cases.add(name)
    ak.cases.change(ak.cases.get("North"), inside="South")
    ak.cases.change(ak.cases.get("North"), inside="")
    bk.cases.change(bk.cases.get("Middle"), inside="North")
    bk.cases.change(bk.cases.get("South"), inside="Middle")
    assert "a case inside itself" in refused(ak)


def test_the_reason_names_who_was_in_the_way(ak: Project, bk: Project) -> None:
    ak.segments.add("A-SU1", "P3", quote="I went home")
    correct(bk, "can do it", "[was able]")
    assert refused(ak).startswith("BK has changed the same segment since (revise document")


def test_a_segment_read_before_a_correction_is_changed_where_it_now_stands(ak: Project, bk: Project) -> None:
    segment = ak.segments.add("A-SU1", "P3", quote="I went home")
    correct(bk, "can do it", "[was able to do it]")
    changed = ak.segments.change(segment, unsure="hm")
    recoded = ak.segments.recode(segment, "X")
    assert [each.words for each in ak.quotations([changed, recoded])] == ["I went home"] * 2
    with pytest.raises(RefusedError, match="corrected meanwhile"):
        ak.segments.move(segment, segment.start, segment.end + 1)
    assert ak.check() == []


def test_a_claim_read_before_a_correction_is_changed_where_it_now_stands(ak: Project, bk: Project) -> None:
    claim = ak.claims.add("A-SU1", "M2a", "P3", quote="I went home")
    ak.coders.finish(ak.documents.get("A-SU1"))
    correct(bk, "can do it", "[was able to do it]")
    changed = ak.claims.change(claim, direction="lowers")
    assert ak.quotations([changed])[0].words == "I went home"
    assert ak.check() == []


def test_a_document_read_before_a_correction_is_not_corrected_again(ak: Project, bk: Project) -> None:
    document = ak.documents.get("A-SU1")
    correct(bk, "can do it", "[was able to do it]")
    with pytest.raises(RefusedError, match="corrected meanwhile"):
        ak.documents.revise(document, [(0, 3, "IVR")], "old")
    with pytest.raises(RefusedError, match="corrected meanwhile"):
        ak.documents.relabel(document, 1, "Ann", "old")


def test_what_is_gone_meanwhile_is_not_changed_in_silence(ak: Project) -> None:
    segment = ak.segments.add("A-SU1", "P3", quote="I went home")
    again = qualcode.open(ak.path, "AK")
    again.segments.remove([segment])
    again.close()
    for change in (
        lambda: ak.segments.change(segment, unsure=""),
        lambda: ak.segments.recode(segment, "X"),
        lambda: ak.segments.remove([segment]),
    ):
        with pytest.raises(NotFoundError):
            change()


def test_a_passage_kept_by_a_finished_round_only_is_not_changed(ak: Project) -> None:
    segment = ak.segments.add("A-SU1", "P3", quote="I went home")
    ak.coders.finish(ak.documents.get("A-SU1"))
    ak.segments.recode(segment, "X")
    before = rows_of(ak)
    for change in (lambda: ak.segments.remove([segment]), lambda: ak.segments.recode(segment, "M2a")):
        with pytest.raises(RefusedError, match="no longer stands"):
            change()
    assert rows_of(ak) == before


def test_threads_take_turns(ak: Project) -> None:
    def code(start: int) -> None:
        for each in range(40):
            ak.segments.add("A-SU1", "P3", span=(start, start + 1 + each // 2))
            ak.memos.add("noted")

    before = len(ak.history.actions())
    threads = [Thread(target=code, args=(start,)) for start in (1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verbs = [each.verb for each in ak.history.actions()[: -before or None]]
    assert (verbs.count("add segments"), verbs.count("add memo")) == (40, 80)  # coded twice is coded once
    assert len(ak.segments.find()) == 40
    assert ak.check() == []


def test_a_correction_across_the_border_of_two_turns_leaves_them_apart(ak: Project) -> None:
    document = add_interview(ak, "D2", ("INT", "yes and"), ("P", "no"))
    body = ak.documents.body(document)
    revised = ak.documents.revise(document, [(body.index("and"), body.index("P:") + 1, "Z")], "one word").document
    first, second = ak.documents.turns(revised)
    assert first.end == second.start
    assert ak.check() == []


@pytest.mark.parametrize("span", [(-1, 3), (5, 4), (0, 9999)])
def test_a_correction_outside_the_text_is_refused(ak: Project, span: tuple[int, int]) -> None:
    with pytest.raises(RefusedError, match="is no passage"):
        ak.documents.revise(ak.documents.get("A-SU1"), [(*span, "x")], "why")


def test_what_stands_in_the_way_of_an_undo_is_named_with_whose_it_is(ak: Project, bk: Project) -> None:
    ak.codes.add("M9", "New")
    passage = bk.segments.add("A-SU1", "M9", quote="I went home")
    with pytest.raises(RefusedError, match=f"BK's segment {passage.id} rests on what would go"):
        ak.history.undo()
    assert ak.codes.get("M9")
    assert ak.check() == []
    bk.history.undo()
    ak.history.undo()
