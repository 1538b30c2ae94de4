"""On any small study every number of the matrix is what plain Python finds by the rules, and so is its evidence."""

from contextlib import closing
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import Scope, change_model
from qualcode.analysis.change_models import COLUMNS, ROWS
from qualcode.project.voices import role_at
from tests.plans import built, made_template, plans, scopes

UNITS = ("people", "sources", "cases", "references")
SOME = settings(max_examples=30, deadline=None)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    return made_template(tmp_path_factory.mktemp("template"))


class Plain:
    """The rules of counting over the API's objects, one at a time."""

    def __init__(self, project, scope: Scope) -> None:
        self.project, self.scope = project, scope
        self.codes = {code.id: code for code in project.codes.all(retired=True)}
        self.standing = project.codes.standing()
        self.layer = project.coders.layer(scope.coder)
        self.documents = {document.id: document for document in project.documents}
        self.people = {person.id: person for person in project.people.all()}
        self.cases = {case.id: case.name for case in project.cases.all()}

    def speakers(self, document, start, end):
        document = self.documents[document]
        who = {each.label: each for each in self.project.documents.speakers(document)}
        return {
            self.people[who[turn.speaker].person]
            for turn in self.project.documents.turns(document)
            if max(turn.speech, start) < min(turn.end, end)
            and who[turn.speaker].part == "participant"
            and who[turn.speaker].person is not None
        }

    def in_scope(self, document, start, end, codes):
        """(whether the passage counts, the people it counts for)."""
        wave, case = self.documents[document].wave, self.cases.get
        everybody = self.speakers(document, start, end)
        if not everybody:
            is_open = not self.scope.roles and not self.scope.cases and self.applies(codes, "", wave)
            return is_open, set()
        people = {
            person
            for person in everybody
            if (not self.scope.roles or role_at(person, wave) in self.scope.roles)
            and (not self.scope.cases or case(person.case) in self.scope.cases)
            and self.applies(codes, role_at(person, wave), wave)
        }
        return bool(people), people

    def applies(self, codes, role, wave):
        waves = {each.name for each in self.project.waves.all()}
        for code in codes:
            to_waves = waves & set(code.applies_to)
            to_roles = {"SU", "MG"} & set(code.applies_to)
            if (to_waves and wave not in to_waves) or (to_roles and role not in to_roles):
                return False
        return True

    def counts_here(self, each):
        wave = self.documents[each.document].wave
        return self.layer[each.document] == each.coder and (not self.scope.waves or wave in self.scope.waves)

    def claims(self):
        """(ids, from, to, document, start, end) of what counts."""
        for each in self.project.claims.find():
            ends = self.standing[each.from_code], self.standing[each.to_code]
            if self.counts_here(each) and ends[0] != ends[1] and each.tense != "hoped for":
                yield {each.id}, *ends, each.document, each.start, each.end

    def together(self):
        segments = [each for each in self.project.segments.find() if self.counts_here(each)]
        for one, other in product(segments, segments):
            codes = self.standing[one.code], self.standing[other.code]
            start, end = max(one.start, other.start), min(one.end, other.end)
            if one.document == other.document and start < end and codes[0] != codes[1]:
                yield {one.id, other.id}, *codes, one.document, start, end

    def within(self, code, short):
        while code is not None:
            code = self.standing[code]
            if self.codes[code].short == short:
                return True
            code = self.codes[code].parent
        return False

    def borne(self, made_of, source, target, document, start, end):
        """(ids, from, to, what it counts for in each unit)."""
        counts, people = self.in_scope(document, start, end, (self.codes[source], self.codes[target]))
        return (
            made_of,
            source,
            target,
            {
                "people": {person.id for person in people},
                "cases": {person.case for person in people} - {None},
                "sources": {document} if counts else set(),
                "references": {(document, place) for place in range(start, end)} if counts else set(),
            },
        )

    def cell(self, found, row, columns, unit):
        """The cell's number and the ids behind it."""
        units, ids = set(), set()
        for made_of, source, target, borne in found:
            if self.within(source, row) and any(self.within(target, column) for column in columns):
                units |= borne[unit]
                ids |= made_of if borne[unit] else set()
        if unit == "references":
            return sum((document, place - 1) not in units for document, place in units), tuple(sorted(ids))
        return len(units), tuple(sorted(ids))


@given(plan=plans(is_claim=True), scope=scopes)
@SOME
def test_every_number_of_claims_is_what_plain_python_finds_and_so_is_its_evidence(template, plan, scope):
    same_as_plain(template, plan, scope, "claims")


@given(plan=plans(is_claim=False), scope=scopes)
@SOME
def test_every_number_of_codes_said_together_is_what_plain_python_finds(template, plan, scope):
    same_as_plain(template, plan, scope, "said together")


def same_as_plain(template, plan, scope, evidence):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        plain = Plain(project, scope)
        found = [plain.borne(*each) for each in (plain.claims() if evidence == "claims" else plain.together())]
        for unit in UNITS:
            table = change_model(project, evidence=evidence, unit=unit, scope=scope)
            cells_are_plain(table, plain, found, unit)


def cells_are_plain(table, plain, found, unit):
    shown = [column.key for column in table.columns[:-1]]
    for row, column in product(table.rows, table.columns):
        columns = shown if column.key == "any" else [column.key]
        count, ids = plain.cell(found, row.key, columns, unit)
        assert (table.value(row.key, column.key) or 0, table.evidence(row.key, column.key).ids) == (count, ids)
        assert column.of is None or count <= column.of


@given(plan=plans(), scope=scopes)
@settings(SOME, max_examples=20)
def test_no_cell_names_another_coder_than_the_layers(template, plan, scope):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        layer = project.coders.layer(scope.coder)
        for evidence in ("claims", "said together"):
            table = change_model(project, evidence=evidence, unit="references", scope=scope)
            ids = {each for row in table.rows for each in table.evidence(row.key, "any").ids}
            read = project.claims if evidence == "claims" else project.segments
            assert all(layer[each.document] == each.coder for each in read.by_ids(ids))


@given(plan=plans(), unit=st.sampled_from(UNITS))
@settings(SOME, max_examples=15)
def test_the_order_in_which_things_came_changes_nothing(template, plan, unit):
    with (
        TemporaryDirectory() as folder,
        closing(built(template, Path(folder), plan)) as one,
        closing(built(template, Path(folder), plan, backwards=True)) as other,
    ):
        for evidence in ("claims", "said together"):
            tables = [change_model(project, evidence=evidence, unit=unit) for project in (one, other)]
            assert tables[0].frame.equals(tables[1].frame)
            assert tables[0].marks == tables[1].marks
            assert tables[0].notes[:-1] == tables[1].notes[:-1]
            cells = list(product([row.key for row in tables[0].rows], [head.key for head in tables[0].columns]))
            read = [{cell: sorted(map(str, table.quotations(*cell))) for cell in cells} for table in tables]
            assert read[0] == read[1]


def test_the_tiers_of_the_matrix_are_kinds_of_the_field():
    from qualcode.model import KINDS

    assert {kind for kind, _ in (*ROWS, *COLUMNS)} <= set(KINDS)
