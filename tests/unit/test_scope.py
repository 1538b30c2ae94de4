"""Which part of a study is counted: by attribute and by code, as by role, wave and case."""

import pytest

from qualcode.analysis import Scope, change_model
from qualcode.errors import NotFoundError
from tests.studies import codebook, interview, new_study


@pytest.fixture
def study(tmp_path):
    """Two people of case A (sector NHS) and one of B; Ann is 20-29 at wave 1 and 30-39 at wave 2."""
    with new_study(tmp_path) as project:
        codebook(project)
        people = {}
        for name, case in (("Ann", "A"), ("Bob", "A"), ("Cy", "B")):
            people[name] = project.people.add(name, case=case, roles={"-": "SU"})
        project.attributes.set("case", project.cases.get("A").id, [("sector", "NHS")])
        project.attributes.set("person", people["Ann"].id, [("age", "20-29")], "1")
        project.attributes.set("person", people["Ann"].id, [("age", "30-39")], "2")
        project.attributes.set("person", people["Bob"].id, [("age", "30-39")])
        for name, person, wave in (("a1", "Ann", "1"), ("a2", "Ann", "2"), ("b", "Bob", "1"), ("c", "Cy", "1")):
            document = interview(
                project, name, [("INT", "And?"), ("R", "She got up so I got up.")], {"R": person}, wave
            )
            start = project.documents.body(document).index("She")
            project.claims.add(document.name, "M2a", "P3", span=(start, start + 9))
            project.claims.add(document.name, "P3", "D1", span=(start, start + 9))
        yield project


def people(study, row, column, **scope):
    table = change_model(study, scope=Scope(**scope))
    return table.value(row, column), next(head.of for head in table.columns if head.key == column)


def test_an_attribute_of_the_person_holds_at_its_wave(study):
    assert people(study, "M2a", "P3") == (3, 3)
    assert people(study, "M2a", "P3", attributes=(("age", "20-29"),)) == (1, 1)
    assert people(study, "M2a", "P3", attributes=(("age", "30-39"),)) == (2, 2)
    assert people(study, "M2a", "P3", attributes=(("age", "30-39"),), waves=("1",)) == (1, 1)


def test_several_values_of_one_attribute_are_any_of_them_and_several_attributes_all(study):
    both = (("age", "20-29"), ("age", "30-39"))
    assert people(study, "M2a", "P3", attributes=both) == (2, 2)
    assert people(study, "M2a", "P3", attributes=(("age", "20-29"), ("sector", "NHS"))) == (1, 1)


def test_a_case_gives_its_attributes_to_its_people(study):
    assert people(study, "M2a", "P3", attributes=(("sector", "NHS"),)) == (2, 2)


def test_the_filter_is_said(study):
    notes = change_model(study, scope=Scope(attributes=(("age", "20-29"), ("age", "30-39")), codes=("M2",))).notes
    assert "Filter: age 20-29 or 30-39; codes M2." in notes


def test_an_unknown_attribute_or_value_is_said_with_those_there_are(study):
    with pytest.raises(NotFoundError, match="agee"):
        change_model(study, scope=Scope(attributes=(("agee", "20-29"),)))
    with pytest.raises(NotFoundError, match="value of age"):
        change_model(study, scope=Scope(attributes=(("age", "50"),)))


def test_codes_restrict_the_side_that_shows_them(study):
    table = change_model(study, scope=Scope(codes=("M2a", "D1")))
    assert [row.key for row in table.rows] == ["M2a"]
    assert [column.key for column in table.columns] == ["D1", "any"]
    table = change_model(study, scope=Scope(codes=("M2",)))
    assert [row.key for row in table.rows] == ["M2", "M2a", "M2b"]
    assert "P3" in [column.key for column in table.columns]
    assert not [note for note in table.notes if "not shown" in note]
