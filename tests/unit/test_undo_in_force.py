"""Undo never says "undone" while something else is in force: what was written later in the same place is seen."""

import pytest

import qualcode
from qualcode.errors import RefusedError
from qualcode.model import Definition
from qualcode.project import Project
from tests.builders import a_study
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def project(tmp_path):
    with a_study(tmp_path / "study.qualcode") as made:
        made.people.add("P1")
        yield made


def as_jb(project: Project) -> Project:
    return qualcode.open(project.path, "JB")


def redefine(project: Project, code: str, **changes: str) -> None:
    found = project.codes.get(code)
    words = {name: getattr(found.definition, name) for name in ("brief", "full", "include", "exclude", "example")}
    project.codes.redefine(found, Definition(**(words | changes)))


def test_a_definition_on_which_a_later_one_builds_is_not_taken_back(project):
    redefine(project, "P3", brief="AK's words")
    with as_jb(project) as other:
        redefine(other, "P3", include="JB's words")
    with pytest.raises(RefusedError, match=r"JB has changed the definition of P3 since \(redefine code"):
        project.history.undo()
    with as_jb(project) as other:
        other.history.undo()
    assert project.history.undo().verb == "redefine code"
    assert project.codes.get("P3").definition.brief != "AK's words"


def test_nor_brought_back_once_another_was_written(project):
    redefine(project, "P3", brief="AK's words")
    project.history.undo()
    with as_jb(project) as other:
        redefine(other, "P3", include="JB's words")
    with pytest.raises(RefusedError, match="JB has changed the definition of P3 since"):
        project.history.redo()


def test_another_codes_definition_is_no_hindrance(project):
    redefine(project, "P3", brief="AK's words")
    with as_jb(project) as other:
        redefine(other, "M2a", include="JB's words")
    project.history.undo()
    assert project.codes.get("M2a").definition.include == "JB's words"


def test_a_value_that_was_taken_away_does_not_come_back_beside_a_later_one(project):
    person = project.people.get("P1").id
    project.attributes.set("person", person, [("age", "30")])
    project.attributes.set("person", person, [("age", "")])
    with as_jb(project) as other:
        other.attributes.set("person", person, [("age", "40")])
    with pytest.raises(RefusedError, match="JB has changed the attribute value of"):
        project.history.undo()
    assert project.attributes.of("person", person)["age"] == "40"


def test_expected_arrows_that_were_taken_away_do_not_come_back_beside_later_ones(project):
    code = project.codes.get("M2a")
    project.codes.lead_to(code, ["P3"])
    project.codes.lead_to(code, [])
    with as_jb(project) as other:
        other.codes.lead_to(other.codes.get("M2a"), ["X"])
    with pytest.raises(RefusedError, match="JB has changed the code relation of M2a since"):
        project.history.undo()
    assert project.codes.get("M2a").leads_to == ("X",)


def test_a_role_that_another_gave_since_is_named(project):
    person = project.people.get("P1")
    project.people.set_role(person.id, "ST")
    with as_jb(project) as other:
        other.people.set_role(person.id, "MG")
    with pytest.raises(RefusedError, match=f"JB has changed the person role of {person.name} since"):
        project.history.undo()
