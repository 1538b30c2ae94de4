"""What holds of every table on the list, whoever adds it: numbers are what their evidence says, and so on."""

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from qualcode.analysis import TABLES, Scope
from qualcode.errors import UserError
from qualcode.model import Claim, Segment
from qualcode.project import Project
from qualcode.report import SUFFIXES, render, write
from qualcode.report.widths import cell_width
from qualcode.table import Heading, Table
from tests.plans import built, made_template, plans, scopes
from tests.recounting import UNITS, Passage, Recount
from tests.studies import whole_study

OTHER_UNITS = frozenset[str]()
"""Units of numbers that are no counts of people, sources, cases or references; whoever adds one tests it."""

CHOICES = {
    "unit": UNITS,
    "evidence": ("claims", "said together"),
    "by": ("case", "role", "wave", "person", "site", "age", "sector"),
    "show": ("count", "presence", "percent", "summary", "quote"),
    "levels": (1,),
    "own_only": (True,),
    "sort": ("M2", "sector"),
}
"""Option -> what may be asked for; options that a table does not take are left out."""

SCOPES = (
    Scope(roles=("SU",)),
    Scope(waves=("2",)),
    Scope(roles=("SU",), waves=("2",)),
    Scope(cases=("North A",)),
    Scope(attributes=(("age", "30s"),)),
    Scope(coder="KB"),
)


def maker(name: str):
    module, _, function = TABLES[name].home.partition(":")
    return getattr(import_module(module), function)


def variations(name: str) -> Iterator[dict[str, object]]:
    """Options of a table: none, each choice by itself, and the units of every kind of evidence and group."""
    taken = signature(maker(name)).parameters
    yield {}
    for option, values in CHOICES.items():
        if option in taken:
            yield from ({option: value} for value in values)
    for option in ("evidence", "by"):
        if option in taken and "unit" in taken:
            yield from ({option: value, "unit": unit} for value in CHOICES[option][1:] for unit in UNITS)


def made(project: Project, name: str, scope: Scope | None = None) -> Iterator[tuple[dict[str, object], Table]]:
    """The table in each of its variations; those that it refuses are left out, but never the plain one."""
    function = maker(name)
    scoped = {} if scope is None or "scope" not in signature(function).parameters else {"scope": scope}
    for options in variations(name):
        try:
            table = function(project, **options, **scoped)
        except UserError:
            assert options
            continue
        yield options, table


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Iterator[Project]:
    with whole_study(tmp_path_factory.mktemp("whole")) as project:
        yield project


@pytest.fixture(scope="module")
def reversed_study(tmp_path_factory) -> Iterator[Project]:
    with whole_study(tmp_path_factory.mktemp("reversed"), backwards=True) as project:
        yield project


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    return made_template(tmp_path_factory.mktemp("template"))


every_table = pytest.mark.parametrize("name", TABLES)
SOME = settings(max_examples=6, deadline=None)


# -- counting again --------------------------------------------------------------------------------------------------


class Cells:
    """A table's counting cells, counted again."""

    def __init__(self, table: Table, recount: Recount) -> None:
        self.table, self.recount = table, recount
        codes = {code.short for code in recount.codes.values()}
        self.row_codes = {row.key for row in table.rows} & codes
        self.column_codes = {column.key for column in table.columns} & codes

    def __iter__(self) -> Iterator[tuple[Heading, Heading, int]]:
        """Rows, columns and numbers of the cells that count something."""
        for row in self.table.rows:
            for column in self.table.columns:
                value = self.table.value(row.key, column.key)
                if isinstance(value, int) and column.unit in UNITS:
                    yield row, column, value

    def codes(self, row: Heading, column: Heading) -> list[set[int]]:
        """The codes that stand behind a cell, by side; "any" column of codes is all of them."""
        sides = []
        if row.key in self.row_codes:
            sides.append(self.recount.branch(row.key))
        if column.key in self.column_codes:
            sides.append(self.recount.branch(column.key))
        elif self.column_codes:
            sides.append(set().union(*map(self.recount.branch, self.column_codes)))
        elif self.row_codes and row.key not in self.row_codes:
            sides.append(set().union(*map(self.recount.branch, self.row_codes)))
        return sides

    def counted(self, row: Heading, column: Heading) -> int:
        """What the evidence of a cell comes to."""
        evidence = self.table.evidence(row.key, column.key)
        if evidence.kind in {"none", "person", "document"}:
            assert evidence.kind != "person" or column.unit == "people"
            assert evidence.kind != "document" or column.unit == "sources"
            return len(evidence.ids)
        passages = self.recount.passages(evidence.kind, evidence.ids)
        if evidence.kind == "segment" and self.row_codes and self.column_codes:
            passages = self.recount.overlaps(passages, *self.codes(row, column))
        return len(self.recount.bearers(passages, column.unit, (*row.who, *column.who)))


def numbers_are_what_their_evidence_says(table: Table, recount: Recount, told: object) -> None:
    assert {column.unit for column in table.columns} <= {"", *UNITS, *OTHER_UNITS}, told
    cells = Cells(table, recount)
    for row, column, value in cells:
        assert value == cells.counted(row, column), (told, row.key, column.key)
        of = table.denominator(row, column)
        if of is not None and (cells.row_codes or cells.column_codes):
            everyone = recount.interviewed(column.unit, cells.codes(row, column), (*row.who, *column.who))
            assert of == len(everyone), (told, "of", row.key, column.key)
            assert value <= of


@every_table
@pytest.mark.parametrize("scope", [None, *SCOPES], ids=str)
def test_every_number_is_what_its_evidence_says_of_how_many(study, name, scope):
    recount = Recount(study, scope)
    for options, table in made(study, name, scope):
        numbers_are_what_their_evidence_says(table, recount, options)


@every_table
@given(plan=plans(), scope=scopes)
@SOME
def test_every_number_of_any_study_is_what_its_evidence_says(template, name, plan, scope):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        for options, table in made(project, name, scope):
            took_scope = "scope" in signature(maker(name)).parameters
            numbers_are_what_their_evidence_says(table, Recount(project, scope if took_scope else None), options)


# -- parents ---------------------------------------------------------------------------------------------------------


def families(headings: tuple[Heading, ...]) -> Iterator[tuple[Heading, list[Heading]]]:
    """Each heading that has others below it, with those right below it."""
    for place, parent in enumerate(headings):
        below = []
        for heading in headings[place + 1 :]:
            if heading.depth <= parent.depth:
                break
            below.append(heading)
        if below:
            yield parent, [each for each in below if each.depth == parent.depth + 1]


@every_table
def test_a_parent_is_the_union_of_its_children_and_what_is_its_own(study, name):
    recount = Recount(study)
    for options, table in made(study, name):
        cells = {(row.key, column.key): value for row, column, value in Cells(table, recount)}
        for parent, children in families(table.rows):
            for column in table.columns:
                if (parent.key, column.key) not in cells:
                    continue
                whole = table.evidence(parent.key, column.key)
                parts = [set(table.evidence(child.key, column.key).ids) for child in children]
                assert set().union(*parts) <= set(whole.ids), (options, parent.key, column.key)
                rest = set(whole.ids).difference(*parts)
                assert_is_own(recount, table, parent, whole.kind, rest)


def assert_is_own(recount: Recount, table: Table, parent: Heading, kind: str, rest: set[int]) -> None:
    """What stands in a parent and in no child is of its own code, or of one below that no row shows."""
    rows = {row.key for row in table.rows}
    if kind not in {"segment", "claim"} or parent.key not in recount.by_short:
        return
    if kind == "segment" and any(column.key in recount.by_short for column in table.columns):
        return  # said together: a passage of the column's code stands there too
    for passage in recount.passages(kind, tuple(rest)):
        shown = [short for short in recount.above(passage.codes[0]) if short in rows]
        assert shown[0] == parent.key


# -- scopes, coders, order -------------------------------------------------------------------------------------------


@every_table
def test_filters_compose(study, name):
    """Of a scope of roles and waves a cell rests on what rests under either, and counts what is under both."""
    if "scope" not in signature(maker(name)).parameters:
        pytest.skip("it takes no scope")
    scopes = Scope(roles=("SU",)), Scope(waves=("2",)), Scope(roles=("SU",), waves=("2",))
    for (options, of_roles), (_, of_waves), (_, of_both) in zip(
        *(made(study, name, each) for each in scopes), strict=True
    ):
        for row, column, _ in Cells(of_both, Recount(study, scopes[2])):
            if not all(shows(table, row, column) for table in (of_roles, of_waves)):
                continue
            ids = [set(table.evidence(row.key, column.key).ids) for table in (of_roles, of_waves, of_both)]
            if row.who == column.who == ():
                assert ids[0] & ids[1] == ids[2], (options, row.key, column.key)
            assert ids[2] <= ids[0] & ids[1]


def shows(table: Table, row: Heading, column: Heading) -> bool:
    return row.key in {each.key for each in table.rows} and column.key in {each.key for each in table.columns}


@every_table
@pytest.mark.parametrize("coder", [None, "AK", "KB"])
def test_no_cell_rests_on_another_coders_work_than_the_layers(study, name, coder):
    layer = study.coders.layer(coder)
    if coder and "scope" not in signature(maker(name)).parameters:
        pytest.skip("it takes no layer")
    for options, table in made(study, name, Scope(coder=coder)):
        for coded in passages_of(study, table):
            assert layer[coded.document] == coded.coder, options


def passages_of(project: Project, table: Table) -> list[Segment | Claim]:
    """All that the table's cells rest on."""
    found = [table.evidence(row.key, column.key) for row in table.rows for column in table.columns]
    segments = {each for evidence in found if evidence.kind == "segment" for each in evidence.ids}
    claims = {each for evidence in found if evidence.kind == "claim" for each in evidence.ids}
    return [*project.segments.by_ids(segments), *project.claims.by_ids(claims)]


def told_of(table: Table) -> dict[str, object]:
    """A table without ids and moments."""
    cells = [(row.key, column.key) for row in table.rows for column in table.columns]
    return {
        "heads": (table.title, table.corner, table.rows, table.columns),
        "values": table.values(),
        "marks": table.marks,
        "of": table.of,
        "notes": [note for note in table.notes if not note.startswith("Last change")],
        "quotations": [sorted(map(str, table.quotations(*cell))) for cell in cells],
        "evidence": [(table.evidence(*cell).kind, len(table.evidence(*cell).ids)) for cell in cells],
    }


@every_table
def test_the_order_in_which_things_came_changes_nothing(study, reversed_study, name):
    for (options, one), (_, other) in zip(made(study, name), made(reversed_study, name), strict=True):
        for part, said in told_of(one).items():
            assert said == told_of(other)[part], (options, part)


@every_table
@given(plan=plans())
@SOME
def test_in_any_study_the_order_in_which_things_came_changes_nothing(template, name, plan):
    with (
        TemporaryDirectory() as folder,
        closing(built(template, Path(folder), plan)) as one,
        closing(built(template, Path(folder), plan, backwards=True)) as other,
    ):
        assert told_of(maker(name)(one)) == told_of(maker(name)(other))


# -- surfaces --------------------------------------------------------------------------------------------------------


@every_table
def test_it_fits_terminals_of_any_width(study, name):
    for options, table in made(study, name):
        for width in range(24, 201, 22):
            widest = max(map(cell_width, render(table, width).split("\n")))
            assert widest <= width, (options, width)


@every_table
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_writer_writes_it_and_twice_the_same_bytes(study, tmp_path, name, suffix):
    table = maker(name)(study)
    for style in ("one", "two"):
        write(table, tmp_path / f"{style}{suffix}")
    first, second = (tmp_path / f"{style}{suffix}" for style in ("one", "two"))
    assert first.stat().st_size > 0
    assert first.read_bytes() == second.read_bytes()


@every_table
def test_it_says_what_it_is_and_knows_its_cells(study, name):
    table = maker(name)(study)
    assert table.name == name
    assert table.title
    assert table.notes
    assert len({row.key for row in table.rows}) == len(table.rows)
    assert len({column.key for column in table.columns}) == len(table.columns)
    assert TABLES[name].shows
    assert TABLES[name].need


@every_table
def test_an_empty_project_has_the_table_without_numbers(tmp_path, name):
    from tests.studies import new_study

    with new_study(tmp_path) as project:
        table = maker(name)(project)
        assert not any(value for line in table.values() for value in line if isinstance(value, int))
        render(table, 80)


def test_the_recount_finds_a_wrong_number():
    """The test of the test: it must fail where a number is not its evidence's."""
    assert Passage(1, 0, 1, ()) != Passage(1, 0, 2, ())
