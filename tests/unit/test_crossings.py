"""On any small study every number of codes by groups is what plain Python finds, and so is its evidence."""

from contextlib import closing
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import Scope, completers, sample, sample_by_wave, themes_by_group, tree
from qualcode.project.voices import role_at
from tests.plans import PEOPLE, SOURCES, TARGETS, built, plans, scopes
from tests.strategies import PROPERTY
from tests.unit.test_counting_properties import UNITS, Plain
from tests.unit.test_counting_properties import template as template  # noqa: PLC0414  a fixture

SOME = settings(PROPERTY, max_examples=30)
GROUPINGS = ("role", "wave", "case", "person")


class Grouped(Plain):
    """Codes by groups, over the API's objects, one at a time."""

    def group(self, by, document, person):
        wave = self.documents[document].wave
        return {
            "role": role_at(person, wave) or "no role",
            "wave": wave,
            "case": self.cases.get(person.case, "no case"),
            "person": person.name,
        }[by]

    def alone(self, by, document):
        """The group of words of nobody known."""
        if by == "wave":
            return self.documents[document].wave
        known = any(each.person for each in self.project.documents.speakers(self.documents[document]))
        return "no case" if by == "case" and not known else None

    def found(self, by):
        """(id, code, group, what it counts for in each unit) of what counts; the group "" is all together."""
        for each in self.project.segments.find():
            code = self.standing[each.code]
            if not self.counts_here(each):
                continue
            counts, people = self.in_scope(each.document, each.start, each.end, (self.codes[code],))
            groups = {self.group(by, each.document, person) for person in people}
            if counts and not people:
                groups = {self.alone(by, each.document)} - {None}
            for group in ({*groups, ""}) if counts else ():
                here = {person for person in people if group in {"", self.group(by, each.document, person)}}
                yield each.id, code, group, {
                    "people": {person.id for person in here},
                    "cases": {person.case for person in here} - {None},
                    "sources": {each.document},
                    "references": {(each.document, place) for place in range(each.start, each.end)},
                }  # fmt: skip

    def number(self, found, row, group, unit):
        units, ids = set(), set()
        for made_of, code, where, borne in found:
            if where == group and self.within(code, row):
                units |= borne[unit]
                ids |= {made_of} if borne[unit] else set()
        if unit == "references":
            return sum((document, place - 1) not in units for document, place in units), tuple(sorted(ids))
        return len(units), tuple(sorted(ids))


@given(plan=plans(is_claim=False), scope=scopes, by=st.sampled_from(GROUPINGS))
@SOME
def test_every_number_and_its_evidence_is_what_plain_python_finds(template, plan, scope, by):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        plain = Grouped(project, scope)
        found = list(plain.found(by))
        for unit in UNITS:
            table = themes_by_group(project, by=by, show="count", unit=unit, scope=scope)
            for row, column in product(table.rows, table.columns):
                group = "" if column.key == "all" else column.key
                count, ids = plain.number(found, row.key, group, unit)
                assert (table.value(row.key, column.key) or 0, table.evidence(row.key, column.key).ids) == (count, ids)
                of = table.denominator(row, column)
                assert of is None or count <= of
            assert {group for _, _, group, _ in found} <= {"", *(column.key for column in table.columns)}


@given(plan=plans(is_claim=False), unit=st.sampled_from(UNITS), by=st.sampled_from(["role", "wave", "case"]))
@SOME
def test_a_column_is_the_total_of_the_study_filtered_to_it(template, plan, unit, by):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        whole = themes_by_group(project, by=by, show="count", unit=unit)
        for column in whole.columns[:-1]:
            if column.key in {"no role", "no case"}:
                continue
            part = themes_by_group(project, by=by, show="count", unit=unit, scope=Scope(**{f"{by}s": (column.key,)}))
            for row, other in zip(whole.rows, part.rows, strict=True):
                assert whole.value(row.key, column.key) == part.value(row.key, "all") == part.value(row.key, column.key)
                assert whole.evidence(row.key, column.key) == part.evidence(row.key, "all")
                assert whole.denominator(row, column) == part.denominator(other, part.columns[-1])


@given(plan=plans(is_claim=False), scope=scopes, chosen=st.sampled_from([("M2",), ("M2b", "P3"), ("D1",)]))
@SOME
def test_codes_chosen_before_are_rows_picked_after(template, plan, scope, chosen):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        picked = Scope(scope.roles, scope.waves, scope.cases, codes=chosen, coder=scope.coder)
        whole, part = (tree(project, scope=each) for each in (scope, picked))
        assert {row.key for row in part.rows} <= {row.key for row in whole.rows}
        for row, column in product(part.rows, part.columns):
            assert whole.value(row.key, column.key) == part.value(row.key, column.key)
            assert whole.evidence(row.key, column.key) == part.evidence(row.key, column.key)


@given(plan=plans(is_claim=False), by=st.sampled_from(GROUPINGS), unit=st.sampled_from(UNITS))
@settings(SOME, max_examples=15)
def test_the_order_in_which_things_came_changes_nothing(template, plan, by, unit):
    with (
        TemporaryDirectory() as folder,
        closing(built(template, Path(folder), plan)) as one,
        closing(built(template, Path(folder), plan, backwards=True)) as other,
    ):
        tables = [themes_by_group(project, by=by, show="count", unit=unit) for project in (one, other)]
        assert tables[0].frame.equals(tables[1].frame)
        assert tables[0].notes[:-1] == tables[1].notes[:-1]
        cells = list(product([row.key for row in tables[0].rows], [head.key for head in tables[0].columns]))
        read = [{cell: sorted(map(str, table.quotations(*cell))) for cell in cells} for table in tables]
        assert read[0] == read[1]


@given(plan=plans(), scope=scopes)
@SOME
def test_patterns_add_up_to_the_people_and_waves_to_those_seen_then(template, plan, scope):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        by_pattern, by_role, by_wave = (make(project, scope=scope) for make in (completers, sample, sample_by_wave))
        for column in by_pattern.columns:
            values = [by_pattern.value(row.key, column.key) for row in by_pattern.rows]
            assert sum(values[:-1]) == values[-1]
        assert by_pattern.value("all", "people") == by_role.value("all", "all") == by_wave.value("all", "all people")
        for column in by_pattern.columns[:-1]:
            assert by_pattern.value("all", column.key) == by_wave.value("all", f"{column.key} people")
        for table in (by_pattern, by_role, by_wave):
            for row, column in product(table.rows, table.columns):
                assert len(table.evidence(row.key, column.key).ids) == table.value(row.key, column.key)


def test_the_plans_have_people_in_two_roles_and_codes_of_every_row():
    assert PEOPLE["A2"][1] == {"1": "SU", "2": "PW"}
    assert {"M2", "M2a", "P3a"} <= {*SOURCES, *TARGETS}


@pytest.mark.parametrize("by", ["no such", "cases"])
def test_an_unknown_grouping_is_said_with_those_there_are(template, by):
    import qualcode
    from qualcode.errors import NotFoundError

    with qualcode.open(template) as project, pytest.raises(NotFoundError, match="there is no role, wave, case"):
        themes_by_group(project, by=by)
