"""What is looked for by a name that nothing has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qualcode.errors import NotFoundError
from qualcode.project import Project
from qualcode.project.retrieval import Filter
from tests.builders import a_study


@pytest.fixture
def ak(tmp_path: Path) -> Iterator[Project]:
    with a_study(tmp_path / "study.qualcode") as made:
        person = made.people.add("Ann", case="A", roles={"-": "SU"})
        document = made.documents.get("A-SU1")
        made.documents.set_speaker(document, "Ann", "participant", person.id)
        made.attributes.set("person", person.id, [("gender", "woman")])
        made.attributes.set("person", made.people.add("Bob").id, [("gender", "man")])
        made.attributes.set("document", document.id, [("mode", "phone")])
        made.segments.add("A-SU1", "P3", quote="I went home")
        yield made


@pytest.mark.parametrize("coded", [True, False])
@pytest.mark.parametrize(
    ("field", "name"),
    [
        *((field, "nobody") for field in ("codes", "documents", "people", "cases", "roles", "waves", "coders")),
        ("attributes", ("height", "tall")),
        ("attributes", ("gender", "wom")),
    ],
)
def test_a_name_that_nothing_has_is_a_mistake_and_no_empty_answer(
    ak: Project, field: str, name: Any, coded: bool
) -> None:
    if not coded:
        ak.segments.remove(ak.segments.find())
    with pytest.raises(NotFoundError, match="there is no"):
        ak.segments.find(Filter(**{field: (name,)}))


@pytest.mark.parametrize(
    ("field", "name", "count"),
    [
        ("roles", "SU", 1),
        ("roles", "PW", 0),
        ("waves", "-", 1),
        ("attributes", ("gender", "woman"), 1),
        ("attributes", ("gender", "man"), 0),
        ("attributes", ("mode", "phone"), 1),
        ("roles", "su", 1),
    ],
)
def test_a_known_name_that_fits_nothing_is_an_empty_answer(ak: Project, field: str, name: Any, count: int) -> None:
    assert len(ak.segments.find(Filter(**{field: (name,)}))) == count
