"""What holds of every table on the list, whoever adds it: numbers are what their evidence says, and so on."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import cache
from importlib import import_module
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qualcode.analysis import TABLES, Scope, Telling
from qualcode.errors import UserError
from qualcode.model import Claim, Segment
from qualcode.project import Project
from qualcode.project.columns import DIRECTIONS
from qualcode.report import SUFFIXES, render, write
from qualcode.report.widths import cell_width
from qualcode.table import Heading, Table
from tests.plans import built, made_template, plans, scopes
from tests.recounting import UNITS, Passage, Recount, Who
from tests.studies import whole_study

OTHER_UNITS = frozenset({"answers", "documents", "passages", "codes", "claims", "words"})
"""What else is counted, and counted again here; whoever adds a unit adds how."""

DERIVED = {
    ("saturation", "codes"): "a running total of what is opened row by row",
    ("co-occurrence", "n1"): "n of a code is opened in the matrix",
    ("co-occurrence", "n2"): "n of a code is opened in the matrix",
    ("paths", "whole"): "people who claim both arrows, from the claims of either",
}
"""Numbers (table, column) that their evidence alone does not give, with the reason."""

CHOICES = {
    "unit": UNITS,
    "evidence": (
        "claims",
        "said together",
        "same answer",
        "mentioned in document",
        "mentioned by person",
        "mentioned in case",
    ),
    "by": ("role", "case", "wave", "person", "site", "age", "sector"),
    "show": ("count", "presence", "percent", "summary", "quote"),
    "levels": (1,),
    "own_only": (True,),
    "sort": ("M2", "sector"),
    "within": ("answer", "document", "overlap"),
    "form": ("matrix", "pairs"),
    "use": (True,),
    "split": ("role", "case", "wave", "age"),
    "telling": (
        *(Telling(tense=tense) for tense in ("happened", "hoped for", "any")),
        Telling(standings=("lived",)),
        Telling(directions=("raises",)),
    ),
    "compare": ((("role", "SU"), ("role", "PW")),),
}
"""Option -> what may be asked for; options that a table does not take are left out."""

SCOPES = {
    "all": None,
    "a role": Scope(roles=("SU",)),
    "a wave": Scope(waves=("2",)),
    "a role at a wave": Scope(roles=("SU",), waves=("2",)),
    "a case": Scope(cases=("North A",)),
    "an attribute": Scope(attributes=(("age", "30s"),)),
    "another coder": Scope(coder="KB"),
}


def maker(name: str):
    module, _, function = TABLES[name].home.partition(":")
    return getattr(import_module(module), function)


def variations(name: str, *, few: bool = False) -> Iterator[dict[str, object]]:
    """Options of a table: none, each choice by itself, and the units of every kind of evidence and group.

    Few: none, and the units.
    """
    taken = signature(maker(name)).parameters
    yield {}
    for option, values in CHOICES.items():
        if option in taken and (option == "unit" or not few):
            yield from ({option: value} for value in values)
    if few:
        return
    for option in ("evidence", "by"):
        if option in taken and "unit" in taken:
            yield from ({option: value, "unit": unit} for value in CHOICES[option][1:] for unit in UNITS)


@cache
def made(project: Project, name: str, scope: Scope | None = None) -> list[tuple[dict[str, object], Table]]:
    """The table in each of its variations; those that it refuses are left out, never the plain one.

    Nobody writes to the project, and many tests look at the same tables.
    """
    tables = []
    function = maker(name)
    scoped = {} if scope is None or "scope" not in signature(function).parameters else {"scope": scope}
    for options in variations(name, few=scope is not None):
        try:
            table = function(project, **options, **scoped)
        except UserError:
            assert options or scope
            continue
        tables.append((options, table))
    return tables


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
SOME = settings(max_examples=15, deadline=None, phases=(Phase.generate,))  # a finding is small enough unshrunk


# -- counting again --------------------------------------------------------------------------------------------------


class Cells:
    """A table's counting cells, counted again."""

    def __init__(self, table: Table, recount: Recount, ground: object = "claims") -> None:
        self.table, self.recount, self.ground = table, recount, str(ground)
        codes = {code.short for code in recount.codes.values()}
        self.row_codes = {row.key for row in table.rows} & codes
        self.column_codes = {column.key for column in table.columns} & codes

    def __iter__(self) -> Iterator[tuple[Heading, Heading, int]]:
        """Rows, columns and numbers of the cells that count something."""
        for row in self.table.rows:
            for column in self.table.columns:
                value = self.table.value(row.key, column.key)
                if isinstance(value, int) and column.unit and (self.table.name, column.key) not in DERIVED:
                    yield row, column, value

    def codes(self, row: Heading, column: Heading) -> tuple[frozenset[int], ...]:
        """The codes that stand behind a cell, by side; a column "any" of columns that are codes is all of them."""
        branch = self.recount.branch
        if "," in row.key:  # two codes in a row: n12 is of both, n1 and n2 are of one
            ends = row.key.split(",")
            return tuple(branch(short) for short in {"n1": ends[:1], "n2": ends[1:]}.get(column.key, ends))
        short = row.key.split(" ")[0]  # "M2a role=SU": a part of a code's row
        rows = {short} if short in self.row_codes else self.row_codes
        columns = {column.key} if column.key in self.column_codes else self.column_codes
        if self.table.name == "co-occurrence" and column.key not in self.column_codes:
            columns = set()
        return tuple(frozenset().union(*map(branch, side)) for side in (rows, columns) if side)

    def counted(self, row: Heading, column: Heading) -> int:
        """What the evidence of a cell comes to."""
        evidence, recount = self.table.evidence(row.key, column.key), self.recount
        if column.unit == "claims" or evidence.kind in {"none", "person", "document", "claim evidence", "word"}:
            assert evidence.kind != "person" or column.unit == "people"
            assert evidence.kind != "document" or column.unit in {"sources", "documents"}
            assert evidence.kind != "word" or column.unit == "words"
            return len(evidence.ids)
        passages, sides = recount.passages(evidence.kind, evidence.ids), self.codes(row, column)
        unit = {"passages": "references", "documents": "sources"}.get(column.unit, column.unit)
        return len(self._behind(passages, sides, unit, (*row.who, *column.who), evidence.kind))

    def _behind(
        self, passages: list[Passage], sides: tuple[frozenset[int], ...], unit: str, who: Who, kind: str
    ) -> set[object]:
        """Who or what passages of codes, by side, come to."""
        recount, are_of_two = self.recount, len(sides) == 2 and kind == "segment"
        if self.ground == "same answer":
            found = recount.units_of(recount.in_one_answer(passages, sides, who), unit)
        elif self.ground.startswith("mentioned"):
            found = recount.mention_both(passages, sides, unit, who)
        elif unit == "codes":
            found = {recount.in_use(each.codes[0]) for each in passages}
        elif unit == "answers":
            found = set.intersection(*(recount.answers(_under(passages, side)) for side in sides))
        elif unit == "sources" and are_of_two:
            found = set.intersection(*({each.document for each in _under(passages, side)} for side in sides))
        else:
            found = recount.bearers(recount.overlaps(passages, *sides) if are_of_two else passages, unit, who)
        return found


def _under(passages: list[Passage], codes: frozenset[int]) -> tuple[Passage, ...]:
    return tuple(each for each in passages if codes.issuperset(each.codes))


def numbers_are_what_their_evidence_says(table: Table, recount: Recount, options: dict[str, object]) -> None:
    told = table.name, options
    assert {column.unit for column in table.columns} <= {"", *UNITS, *OTHER_UNITS}, told
    cells = Cells(table, recount, options.get("evidence", "claims"))
    for row, column, value in cells:
        assert value == cells.counted(row, column), (told, row.key, column.key)
        of = table.denominator(row, column)
        if of is not None and column.unit in UNITS and (cells.row_codes or cells.column_codes):
            everyone = recount.interviewed(
                column.unit,
                cells.codes(row, column),
                (*row.who, *column.who),
                coded_only=cells.ground.startswith("mentioned"),
            )
            assert of == len(everyone), (told, "of", row.key, column.key)
            assert value <= of


@cache
def recounted(study: Project, scope: Scope | None = None) -> Recount:
    """The study that nobody writes to, counted again; what was counted is remembered."""
    return Recount(study, scope)


@every_table
@pytest.mark.parametrize("scope", SCOPES.values(), ids=list(SCOPES))
def test_every_number_is_what_its_evidence_says_of_how_many(study, name, scope):
    recount = recounted(study, scope)
    for options, table in made(study, name, scope):
        numbers_are_what_their_evidence_says(table, recount, options)


@given(plan=plans(), scope=scopes, draw=st.data())
@SOME
def test_every_number_of_any_study_is_what_its_evidence_says(template, plan, scope, draw):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        for name in TABLES:
            options = draw.draw(st.sampled_from(list(variations(name))))
            scoped = scope if "scope" in signature(maker(name)).parameters else None
            with suppress(UserError):  # it does not take these options, or this scope
                table = maker(name)(project, **options, **({"scope": scoped} if scoped else {}))
                numbers_are_what_their_evidence_says(table, Recount(project, scoped), options)


def speaks_against(project: Project, claim: Claim) -> bool:
    """By the rules as the guide has them: against the outcome's valence, of no effect, or contradicted by anybody."""
    standing = project.codes.standing()[claim.to_code]
    valence = next(code.valence for code in project.codes.all(retired=True) if code.id == standing)
    wrong = {"good": "lowers", "bad": "raises", "less is better": "raises"}.get(valence)
    contradicting = [each for each in project.claims.evidence(claim) if each.stance == "contradicts"]
    return claim.direction in {"no effect", wrong} or bool(contradicting)


def counter_evidence_follows_its_claim(project: Project, scope: Scope) -> None:
    """Whoever added it, and wherever it lies, and whatever the filter."""
    against = {each.id for each in project.claims.find() if speaks_against(project, each)}
    claims = maker("claims")(project, scope=scope)
    for row in claims.rows:
        found = project.claims.evidence(project.claims.by_ids([int(row.key)])[0])
        for stance in ("supports", "qualifies", "contradicts"):
            places = {(each.document, each.start, each.end) for each in found if each.stance == stance}
            assert claims.value(row.key, stance) == len(places)
        assert ("direction" in {column for key, column in claims.marks if key == row.key}) == (int(row.key) in against)
    matrix, arrows = (maker(name)(project, scope=scope) for name in ("change-model", "arrows"))
    for row in arrows.rows:
        among = {each for word in DIRECTIONS for each in arrows.evidence(row.key, word).ids}
        assert set(arrows.evidence(row.key, "contradicting").ids) == against & among
    for row in matrix.rows:
        for column in matrix.columns[:-1]:
            ids = set(matrix.evidence(row.key, column.key).ids)
            mark = "all contradicted" if ids <= against else "contradicted"
            found = {mark} if ids & against else set()
            marks = set(matrix.marks.get((row.key, column.key), ()))
            assert marks & {"contradicted", "all contradicted"} == found


@pytest.mark.parametrize("scope", SCOPES.values(), ids=list(SCOPES))
def test_counter_evidence_follows_its_claim(study, scope):
    counter_evidence_follows_its_claim(study, scope or Scope())


@given(plan=plans(is_claim=True), scope=scopes)
@SOME
def test_counter_evidence_follows_its_claim_in_any_study(template, plan, scope):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        counter_evidence_follows_its_claim(project, scope)


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
    recount = recounted(study)
    for options, table in made(study, name):
        cells = {(row.key, column.key): value for row, column, value in Cells(table, recount)}
        for parent, children in families(table.rows):
            for column in table.columns:
                if (parent.key, column.key) not in cells:
                    continue
                whole = table.evidence(parent.key, column.key)
                parts = [
                    set(table.evidence(child.key, column.key).ids)
                    for child in children
                    if child.key not in recount.by_short or parent.key in recount.above(recount.by_short[child.key])
                ]
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


COMPOSED = ("a role", "a wave", "a role at a wave")
"""Two scopes, and the scope of both."""


@every_table
def test_filters_compose(study, name):
    """Under a scope of roles and waves a cell rests on what it rests on under each of them."""
    if "scope" not in signature(maker(name)).parameters or name in NOT_BY_PART:
        pytest.skip("it takes no scope, or a part of the study is another course")
    asked = [{str(options): table for options, table in made(study, name, SCOPES[each])} for each in COMPOSED]
    for options, of_both in asked[2].items():
        if not all(options in each for each in asked):
            continue
        cells = Cells(of_both, recounted(study, SCOPES[COMPOSED[2]]))
        for row, column, _ in cells:
            if not all(shows(each[options], row, column) for each in asked):
                continue
            kind = of_both.evidence(row.key, column.key).kind
            ids = [set(each[options].evidence(row.key, column.key).ids) for each in asked]
            assert ids[2] <= ids[0] & ids[1], (options, row.key, column.key)
            is_of_passages = kind in {"segment", "claim"} and len(cells.codes(row, column)) == 1
            if is_of_passages and column.unit in UNITS and not (row.who or column.who):
                assert ids[2] == ids[0] & ids[1], (options, row.key, column.key)


NOT_BY_PART = {"saturation", "completers"}
"""Tables that tell of a course: what is new, or who is complete, is another thing in a part of the study."""


def shows(table: Table, row: Heading, column: Heading) -> bool:
    return row.key in {each.key for each in table.rows} and column.key in {each.key for each in table.columns}


@every_table
@pytest.mark.parametrize("coder", [None, "AK", "KB"])
def test_no_cell_rests_on_another_coders_work_than_the_layers(study, name, coder):
    if name in COMPARING:
        pytest.skip("it shows coders side by side")
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


COMPARING = {"agreement"}
"""Tables of no layer: they compare what coders did."""

BY_IMPORT = {"saturation"}
"""Tables in which the order of import is told, and counts."""


class Named:
    """What evidence is, without ids: by names and places."""

    def __init__(self, project: Project) -> None:
        names = {document.id: document.name for document in project.documents}
        shorts = {code.id: code.short for code in project.codes.all(retired=True)}
        coded = [*project.segments.find(), *project.claims.find()]
        against = [each for claim in project.claims.find() for each in project.claims.evidence(claim)]
        self._against = {each.id: (names[each.document], each.start, each.end, each.stance) for each in against}
        self._people = {person.id: person.name for person in project.people.all()}
        self._documents = names
        self._summaries = {each.id: each.body for each in project.summaries.find()}
        self._coded = {
            (type(each).__name__.casefold(), each.id): (
                names[each.document],
                each.start,
                each.end,
                each.coder,
                *(
                    (shorts[each.code],)
                    if isinstance(each, Segment)
                    else (shorts[each.from_code], shorts[each.to_code])
                ),
            )
            for each in coded
        }

    def told(self, table: Table, row: str, column: str) -> list[object]:
        """The evidence of a cell, sorted."""
        evidence = table.evidence(row, column)
        if evidence.kind == "word":
            return sorted((self._documents[each >> 32], each & 0xFFFF_FFFF) for each in evidence.ids)
        known = {
            "person": self._people,
            "document": self._documents,
            "summary": self._summaries,
            "claim evidence": self._against,
        }.get(evidence.kind)
        return sorted(self._coded[evidence.kind, each] if known is None else known[each] for each in evidence.ids)


def told_of(table: Table, named: Named) -> dict[str, object]:
    """A table without ids and moments."""
    cells = [(row.key, column.key) for row in table.rows for column in table.columns]
    return {
        "heads": (table.title, table.corner, [*map(without_id, table.rows)], [*map(without_id, table.columns)]),
        "values": table.values(),
        "marks": [table.marks.get(cell) for cell in cells],
        "of": [table.of.get(cell) for cell in cells],
        "notes": [note for note in table.notes if not note.startswith("Last change")],
        "evidence": [named.told(table, *cell) for cell in cells],
    }


def without_id(heading: Heading) -> Heading:
    """Where a row is a claim, its head is the claim's id."""
    return replace(heading, key="", text="") if heading.key.isdigit() and heading.key == heading.text else heading


def quoted(table: Table) -> list[list[str]]:
    """What the cells open to."""
    cells = [(row.key, column.key) for row in table.rows for column in table.columns]
    return [sorted(map(str, table.quotations(*cell))) for cell in cells]


@every_table
def test_the_order_in_which_things_came_changes_nothing(study, reversed_study, name):
    if name in BY_IMPORT:
        pytest.skip("interviews without dates stand in the order in which they were imported")
    names = Named(study), Named(reversed_study)
    for (options, one), (others, other) in zip(made(study, name), made(reversed_study, name), strict=True):
        assert options == others
        for part, said in told_of(one, names[0]).items():
            assert said == told_of(other, names[1])[part], (options, part)
    assert quoted(maker(name)(study)) == quoted(maker(name)(reversed_study))


@given(plan=plans())
@SOME
def test_in_any_study_the_order_in_which_things_came_changes_nothing(template, plan):
    with (
        TemporaryDirectory() as folder,
        closing(built(template, Path(folder), plan)) as one,
        closing(built(template, Path(folder), plan, backwards=True)) as other,
    ):
        names = Named(one), Named(other)
        for name in TABLES.keys() - BY_IMPORT:
            with suppress(UserError):
                tables = maker(name)(one), maker(name)(other)
                for part, said in told_of(tables[0], names[0]).items():
                    assert said == told_of(tables[1], names[1])[part], (name, part)


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
