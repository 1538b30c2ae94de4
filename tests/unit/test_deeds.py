"""What was done is told by the names of what it was done to."""

import pytest

from qualcode.project.segments import NewSegment
from qualcode.work.deeds import Deeds
from tests.builders import a_study, add_interview


@pytest.fixture
def study(tmp_path):
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


def last(study):
    return Deeds(study).brief(study.history.actions(1)[0])


def test_coding_is_told_with_its_document_and_code(study):
    made = study.segments.add("A-SU1", "M2a", quote="so can I")
    assert last(study) == "add segments (A-SU1, M2a)"
    made = study.segments.change(made, unsure="who?")
    assert last(study) == "change segment (A-SU1, M2a)"
    made = study.segments.move(made, made.start, made.end - 2)
    assert last(study) == "move segment (A-SU1, M2a)"
    made = study.segments.recode(made, "P3")
    assert last(study) == "recode segment (A-SU1, M2a)"
    study.segments.remove([made])
    assert last(study) == "remove segments (A-SU1, P3)"
    assert Deeds(study).brief(study.history.undo()) == "remove segments (A-SU1, P3)"


def test_of_several_only_what_they_have_in_common_is_named(study):
    add_interview(study, "A-SU2", ("Ann", "One word after another, and so on."))
    one, other = (study.documents.get(name).id for name in ("A-SU1", "A-SU2"))
    m2a, p3 = (study.codes.get(short).id for short in ("M2a", "P3"))
    tries = (
        ([(one, m2a), (one, p3)], "A-SU1, 2 in all"),
        ([(one, m2a), (other, m2a), (other, m2a)], "M2a, 3 in all"),
        ([(one, m2a), (other, p3)], "2 in all"),
    )
    for at, (passages, told) in enumerate(tries):
        new = [NewSegment(document, at + n, at + n + 9, code) for n, (document, code) in enumerate(passages)]
        study.segments.add_many(new)
        assert last(study) == f"add segments ({told})"


def test_a_claim_is_told_with_its_document_and_both_ends(study):
    claim = study.claims.add("A-SU1", "M2a", "P3", quote="so can I")
    evidence = study.claims.add_evidence(claim, "A-SU1", "supports", quote="I went home")
    assert last(study) == "add claim evidence (A-SU1, source M2a, stance supports, target P3)"
    study.claims.remove_evidence(evidence)
    assert last(study) == "remove claim evidence (A-SU1)"
    study.claims.change(claim, direction="lowers")
    assert last(study) == "change claim (A-SU1, source M2a, target P3)"
    study.claims.remove(claim)
    assert last(study) == "remove claim (A-SU1, source M2a, target P3)"
