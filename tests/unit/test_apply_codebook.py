"""A codebook file goes into a project, comes out the same, and is applied again after editing."""

from dataclasses import replace

import pytest

import qualcode
from qualcode import codebook, shipped
from qualcode.model import Definition
from qualcode.work.apply_codebook import apply, codebook_of, plan

FRAME = codebook.loads(
    """
codebook: frame
codes:
  - id: M2
    name: Role-modelling
    kind: mechanism
    leads_to: [P3]
    codes:
      - id: M2a
        name: Living proof
        brief: evidence that change is possible
        applies_to: [SU, PW]
  - id: P3
    name: Hope
    kind: process outcome
    valence: good
""",
    "frame.yaml",
)


@pytest.fixture
def study(tmp_path):
    with qualcode.new(tmp_path / "study.qualcode", "AK") as project:
        yield project


def edited(**changes):
    """The frame with M2a changed."""
    codes = tuple(replace(code, **changes) if code.id == "M2a" else code for code in FRAME.codes)
    return replace(FRAME, codes=codes)


def test_what_was_applied_comes_out_again(study):
    apply(study, FRAME)
    assert codebook_of(study).codes == FRAME.codes


@pytest.mark.parametrize("name", shipped.codebook_names())
def test_every_shipped_codebook_goes_in_and_comes_out(study, name):
    frame = codebook.load(shipped.codebook(name))
    apply(study, frame)
    assert codebook_of(study).codes == frame.codes


def test_applying_is_one_codebook_version_and_one_undo(study):
    apply(study, FRAME)
    assert study.codebook_version == 1
    study.history.undo()
    assert study.codes.all() == []


def test_applying_the_same_again_changes_nothing_and_writes_nothing(study):
    apply(study, FRAME)
    before = study.history.actions()
    assert apply(study, FRAME) == ()
    assert study.history.actions() == before


def test_a_rename_keeps_the_code_and_its_segments(study):
    apply(study, FRAME)
    document = study.documents.add("d", "if she can do it", [])
    segment = study.segments.add(document.name, "M2a", span=(0, 6))
    changes = apply(study, edited(name="Proof that it can be done"))
    assert [change.kind for change in changes] == ["renamed"]
    assert study.codes.get("M2a").name == "Proof that it can be done"
    assert study.segments.of(document) == [segment]


def test_a_new_meaning_is_a_new_version_and_segments_keep_the_one_they_were_made_under(study):
    apply(study, FRAME)
    document = study.documents.add("d", "if she can do it", [])
    old = study.segments.add(document.name, "M2a", span=(0, 6))
    apply(study, edited(definition=Definition(brief="somebody like me got better")))
    new = study.segments.add(document.name, "M2a", span=(7, 10))
    assert study.codes.get("M2a").version == 2
    assert study.segments.get(old.id).definition != new.definition
    assert study.codebook_version == 2


def test_a_code_that_the_file_does_not_name_stays(study):
    study.codes.add("X9", "Our own")
    apply(study, FRAME)
    assert study.codes.get("X9").status == "live"
    assert plan(study, FRAME) == ()


def test_a_move_in_the_file_moves_the_code(study):
    apply(study, FRAME)
    apply(study, edited(parent=None))
    assert study.codes.get("M2a").parent is None
