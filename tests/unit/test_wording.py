"""Words that are not the field's, and changes that change nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qualcode.errors import RefusedError
from qualcode.project import Project
from tests.builders import a_study, rows_of


@pytest.fixture
def ak(tmp_path: Path) -> Iterator[Project]:
    with a_study(tmp_path / "study.qualcode") as made:
        made.segments.add("A-SU1", "P3", quote="I went home")
        made.claims.add("A-SU1", "M2a", "P3", quote="I went home")
        yield made


PLACE: dict[str, Any] = {"document": "A-SU1", "quote": "slept"}
WRONG: dict[str, tuple[Callable[[Project], object], str]] = {
    "segment whose": (lambda ak: ak.segments.add(code="P3", whose="nobody", **PLACE), "self, supported person, people"),
    "segment tense": (lambda ak: ak.segments.add(code="P3", tense="soon", **PLACE), "happened, hoped for"),
    "changed segment": (lambda ak: ak.segments.change(ak.segments.find()[0], standing=""), "lived, witnessed, hearsay"),
    "claim whose": (
        lambda ak: ak.claims.add("A-SU1", "M2a", "P3", quote="slept", whose="nobody"),
        "self, supported person, people",
    ),
    "claim direction": (
        lambda ak: ak.claims.add("A-SU1", "M2a", "P3", quote="slept", direction="up"),
        "raises, lowers, no effect, mixed",
    ),
    "changed claim": (lambda ak: ak.claims.change(ak.claims.find()[0], direction=None), "raises, lowers, no effect"),
    "stance": (
        lambda ak: ak.claims.add_evidence(ak.claims.find()[0], "A-SU1", "against", quote="slept"),
        "supports, qualifies, contradicts",
    ),
    "memo": (lambda ak: ak.memos.add("a thought", kind="deep"), "analytic, theoretical, methodological, reflexive"),
    "summary": (
        lambda ak: ak.summaries.write("So.", "P3", person=ak.people.add("P1").id, state="done"),
        "draft, charted, checked, not asked, nothing said",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_word_the_field_does_not_have_is_refused_with_those_it_has(ak: Project, what: str) -> None:
    write, words = WRONG[what]
    with pytest.raises(RefusedError, match="cannot be") as caught:
        write(ak)
    assert words in caught.value.remedy


def test_words_are_taken_away_again(ak: Project) -> None:
    segment = ak.segments.change(ak.segments.find()[0], whose="team", tense="hoped for")
    assert (segment.whose, segment.tense) == ("team", "hoped for")
    assert ak.segments.change(segment, whose=None).whose is None


def test_no_change_is_no_action(ak: Project) -> None:
    (segment,), (claim,) = ak.segments.find(), ak.claims.find()
    rows, actions = rows_of(ak), ak.history.actions()
    assert ak.segments.change(segment) == segment
    assert ak.claims.change(claim) == claim
    assert (rows_of(ak), ak.history.actions()) == (rows, actions)
