"""How far a coder has come: claims count like coded passages."""

import pytest

from tests.builders import a_study


@pytest.fixture
def study(tmp_path):
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


def progress(study):
    return study.progress.by_document()[study.documents.get("A-SU1").id]


def test_an_unsure_claim_is_counted_among_the_unsure(study):
    study.segments.add("A-SU1", "M2a", quote="so can I", unsure="who?")
    claim = study.claims.add("A-SU1", "M2a", "P3", quote="so can I", unsure="leads to?")
    assert progress(study).unsure == 2
    study.claims.change(claim, unsure=None)
    assert progress(study).unsure == 1


def test_words_in_which_something_is_claimed_were_read(study):
    study.claims.add("A-SU1", "M2a", "P3", quote="so can I")
    assert progress(study).read == len("so can I")
    study.segments.add("A-SU1", "M2a", quote="can I")
    assert progress(study).read == len("so can I")


def test_a_code_at_either_end_of_a_claim_is_used(study):
    claim = study.claims.add("A-SU1", "M2a", "P3", quote="so can I")
    assert study.progress.codes_used() == {study.codes.get(short).id for short in ("M2a", "P3")}
    study.claims.remove(claim)
    assert study.progress.codes_used() == set()
