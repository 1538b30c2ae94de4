"""What stands in a table's cells, heads and notes: the same words on every surface, safe to show.

A `Printed` table is made once from a `Table`; terminal, Word, web page and Markdown only lay it out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter, itemgetter

from qualcode.model import Quotation
from qualcode.table import INSTEAD, MARKS, Heading, Mark, Table
from qualcode.visible import visible, visible_line

NONE = "·"
"""Stands for nothing found where things are counted: easier to read past than a zero."""

PRESENT = "●"
"""Stands for any number where only presence is shown."""

Value = float | int | str | None
Counted = tuple[set[str], set[int | None]]  # units and denominators of the columns that count

_ONE = {
    "people": "person", "sources": "source", "cases": "case", "references": "reference", "claims": "claim",
    "passages": "passage", "answers": "answer", "documents": "document", "codes": "code",
}  # fmt: skip
"""Units of counting, of one."""

_NOT_XML = dict.fromkeys((0xFFFE, 0xFFFF), "�")  # `visible` leaves these two; XML forbids them


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as printed.

    Attributes:
        text: the number (with its part in a hundred), the words, `PRESENT`, `NONE`, what stands instead of a number, or
            "".
        marks: what follows the text: glyphs, and in brackets the number expected by chance.
        value: the raw value.
    """

    text: str
    marks: str
    value: Value


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head and what stands below it.

    Attributes:
        code: the short name that the text began with ("P3"), or "".
        name: the rest of the text ("Hope").
        below: unit and denominator, where columns of the table differ in them; else "".
        group: the band it stands in, or "".
        is_number: whether numbers stand in it.
    """

    code: str
    name: str
    below: str
    group: str
    is_number: bool

    @property
    def text(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row's head and its cells."""

    text: str
    depth: int
    group: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A table ready to be laid out; its rows' cells stand in the order of `columns`."""

    title: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def printed(table: Table) -> Printed:
    """The table as every surface prints it; all text has passed `visible`."""
    values, counted = table.values(), _counted(table)
    rows = tuple(_row(table, row, line) for row, line in zip(table.rows, values, strict=True))
    return Printed(
        title=visible_line(table.title),
        corner=visible_line(table.corner),
        columns=tuple(
            _column(column, [line[place] for line in values], counted) for place, column in enumerate(table.columns)
        ),
        rows=rows,
        notes=tuple(_notes(table, rows)),
    )


def xml_safe(text: str) -> str:
    """Visible text, one character for one, without the two characters that XML still forbids."""
    return text.translate(_NOT_XML)


def bands(groups: Sequence[str]) -> list[tuple[str, int]]:
    """Neighbours of the same group: its name and how many they are."""
    return [(group, len(list(members))) for group, members in groupby(groups)]


def passages(table: Table, row: Heading, column: Heading) -> tuple[Quotation, ...]:
    """The quotations that a cell opens to, safe to show; newlines in the words stay."""
    if not table.evidence(row.key, column.key).ids:
        return ()
    return tuple(_shown(quotation) for quotation in table.quotations(row.key, column.key))


def opened(table: Table) -> Iterator[tuple[int, int, str, tuple[Quotation, ...]]]:
    """Every cell that has quotations: row and column number, what it says, and the quotations."""
    for row_number, row in enumerate(table.rows):
        for column_number, column in enumerate(table.columns):
            quotations = passages(table, row, column)
            if quotations:
                yield row_number, column_number, reading(table, row, column), quotations


_MOST_NAMED = 4
"""So many columns are named beside a passage: a row of statistics has thirty that rest on the same."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Cells of one row, and quotations that each of them opens to.

    Attributes:
        row: its number.
        cells: of each column its number, and what the cell says.
        quotations: in order.
    """

    row: int
    cells: tuple[tuple[int, str], ...]
    quotations: tuple[Quotation, ...]

    def heads(self, sheet: Printed) -> str:
        """The names of the columns; of many the first, and how many more."""
        more = len(self.cells) - len(self._told)
        named = "; ".join(sheet.columns[column].text for column, _ in self._told)
        return f"{named}; and {more} more" if more else named

    def says(self, sheet: Printed) -> str:
        """What these cells say: of one the words alone, of several each behind the name of its column."""
        if len(self.cells) == 1:
            return self.cells[0][1]
        return "; ".join(f"{sheet.columns[column].text}: {words}" for column, words in self._told if words)

    @property
    def _told(self) -> tuple[tuple[int, str], ...]:
        return self.cells if len(self.cells) <= _MOST_NAMED else self.cells[: _MOST_NAMED - 1]


def opened_alike(table: Table) -> Iterator[Opening]:
    """Cells that have quotations; those of a row that open to the same ones together."""
    for row, cells in groupby(opened(table), key=itemgetter(0)):
        alike: dict[tuple[Quotation, ...], list[tuple[int, str]]] = {}
        for _, column, words, quotations in cells:
            alike.setdefault(quotations, []).append((column, words))
        yield from (Opening(row, tuple(same), quotations) for quotations, same in alike.items())


def opened_once(table: Table) -> Iterator[Opening]:
    """Every quotation of a row once, by itself, with all the cells of the row that open to it."""
    for row, openings in groupby(opened_alike(table), key=attrgetter("row")):
        behind: dict[Quotation, list[tuple[int, str]]] = {}
        for each in openings:
            for quotation in each.quotations:
                behind.setdefault(quotation, []).extend(each.cells)
        yield from (Opening(row, tuple(sorted(cells)), (quotation,)) for quotation, cells in behind.items())


def reading(table: Table, row: Heading, column: Heading) -> str:
    """A number in words, "14 of 71 people", or "" for a cell of text."""
    value = table.value(row.key, column.key)
    if value is None or isinstance(value, str):
        return ""
    denominator = table.denominator(row, column)
    unit = _ONE.get(column.unit, column.unit) if value == 1 and denominator in (None, 1) else column.unit
    parts = [_number(value, column.decimals), "" if denominator is None else f"of {denominator}", unit]
    return visible_line(" ".join(part for part in parts if part))


def _shown(quotation: Quotation) -> Quotation:
    return replace(
        quotation,
        words=visible(quotation.whole),
        plain="",
        before=visible(quotation.before),
        citation=visible_line(quotation.citation),
        label=visible_line(quotation.label),
        speaker=visible_line(quotation.speaker),
        document=visible_line(quotation.document),
    )


def _column(column: Heading, values: list[Value], counted: Counted) -> Column:
    text = visible_line(column.text)
    key = visible_line(column.key)
    has_code = text.startswith(f"{key} ")
    return Column(
        code=key if has_code else "",
        name=text.removeprefix(f"{key} ") if has_code else text,
        below=visible_line(_below(column, counted)),
        group=visible_line(column.group),
        is_number=bool(column.unit) or any(isinstance(value, int | float) for value in values),
    )


def _row(table: Table, row: Heading, values: list[Value]) -> Row:
    denominator = "" if row.of is None else f" (of {row.of})"
    return Row(
        text=visible_line(row.text) + denominator,
        depth=row.depth,
        group=visible_line(row.group),
        cells=tuple(
            _cell(
                table.marks.get((row.key, column.key), ()),
                column,
                value,
                table.denominator(row, column),
                table.chance.get((row.key, column.key)),
            )
            for column, value in zip(table.columns, values, strict=True)
        ),
    )


def _cell(marks: Sequence[Mark], column: Heading, value: Value, denominator: int | None, chance: float | None) -> Cell:
    if chance is not None and value is not None:  # to find nothing where some were expected is news: a plain 0
        return Cell(str(value), f"{_glyphs(marks)} ({chance:.1f})", value)
    if value is None or (isinstance(value, int) and value == 0):
        return Cell(_nothing(value, marks, column), _glyphs(marks), value)
    text = visible(value) if isinstance(value, str) else _number(value, column.decimals)
    if column.percent and denominator and isinstance(value, int):
        text += percentage(value, denominator)
    elif column.presence:
        text = PRESENT
    return Cell(text, _glyphs(marks), value)


def percentage(part: int, whole: int) -> str:
    """(20%), after a blank: rounded to the nearest whole number, halves up."""
    return f" ({(200 * part + whole) // (2 * whole)}%)"


def _nothing(value: int | None, marks: Sequence[Mark], column: Heading) -> str:
    for mark in INSTEAD:
        if mark in marks:
            return MARKS[mark][0]
    if column.unit:
        return NONE
    return "" if value is None else "0"


def _number(value: float, decimals: int) -> str:
    return str(value) if isinstance(value, int) else f"{value:z.{decimals}f}"  # z: never -0.00


def _glyphs(marks: Sequence[Mark]) -> str:
    if not marks:
        return ""
    return "".join(MARKS[mark][0] for mark in MARKS if mark in marks and mark not in INSTEAD)


def _below(column: Heading, counted: Counted) -> str:
    units, denominators = counted
    is_said = column.unit.casefold() in f"{column.group} {column.text}".casefold()
    unit = column.unit if len(units) > 1 and not is_said else ""
    is_noted = column.unit and len(units) == 1 and len(denominators) == 1
    denominator = "" if column.of is None or is_noted else f"of {column.of}"
    return f"{unit} {denominator}".strip()


def _counted(table: Table) -> Counted:
    counted = [column for column in table.columns if column.unit]
    return {column.unit for column in counted}, {column.of for column in counted}


def _notes(table: Table, rows: tuple[Row, ...]) -> Iterator[str]:
    if not table.rows:
        yield "The table has no rows."
    yield from _unit_note(table)
    legend = _legend(table, rows)
    if legend:
        yield "; ".join(legend) + "."
    yield from (visible_line(note) for note in table.notes)


def _unit_note(table: Table) -> Iterator[str]:
    units, denominators = _counted(table)
    if len(units) == 1:
        of = next(iter(denominators)) if len(denominators) == 1 else None
        part = " and their percentage" if any(column.percent for column in table.columns) else ""
        begins = f"{PRESENT} some" if any(column.presence for column in table.columns) else "Numbers are"
        yield visible_line(f"{begins} {units.pop()}{part}" + ("." if of is None else f", of {of}."))


def _legend(table: Table, rows: tuple[Row, ...]) -> list[str]:
    used = {mark for marks in table.marks.values() for mark in marks}
    legend = [f"{glyph} {meaning}" for mark, (glyph, meaning) in MARKS.items() if mark in used and glyph]
    blank = [meaning for mark, (glyph, meaning) in MARKS.items() if mark in used and not glyph]
    legend += [f"blank: {', or '.join(blank)}"] * bool(blank)
    has_none = any(cell.text == NONE for row in rows for cell in row.cells)
    return [*legend, f"{NONE} none"] if has_none else legend
