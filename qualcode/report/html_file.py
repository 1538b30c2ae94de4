"""A table as one web page: nothing is fetched, no script runs, each number opens to its quotations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from qualcode.model import Quotation
from qualcode.report.printed import NONE, Cell, Column, Printed, Row, Value, bands, opened_alike, printed
from qualcode.report.widths import longest_line
from qualcode.table import Table
from qualcode.visible import visible_line

_SHADES = 5
_LONG = 120  # letters from which a text wants a wide column
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # a browser then refuses whatever slipped through


def content(table: Table) -> bytes:
    """UTF-8; the quotations of a cell stand in a section of their own, shown when its number is followed."""
    shown = laid(table)
    return page(visible_line(table.title), shown.table, shown.sections)


Leads = dict[tuple[int, int], tuple[str, int]]
"""By row and column of a cell: where its quotations stand, and how many they are."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A table as parts of a page: itself with its notes, and the sections that its numbers open."""

    table: tuple[str, ...]
    sections: tuple[str, ...]


def laid(table: Table, prefix: str = "") -> Laid:
    """A table for a page; where there are several, each has a prefix of its own before the names of its places."""
    sheet = printed(table)
    leads: Leads = {}
    sections: list[str] = []
    for each in opened_alike(table):
        place = _place(each.row, each.cells[0][0], prefix)
        leads.update(dict.fromkeys(((each.row, column) for column, _ in each.cells), (place, len(each.quotations))))
        heading = f"{visible_line(table.rows[each.row].text)} · {each.heads(sheet)}"
        sections += _section(place, heading, each.says(sheet), each.quotations)
    return Laid((*_table(sheet, leads, _darkest(table), prefix), *_notes(sheet)), tuple(sections))


def page(title: str, body: Iterable[str], sections: Sequence[str], *, allowed: str = "") -> bytes:
    """A whole page: title, what stands in it, then the sections that its numbers open.

    Args:
        title: safe to show.
        body, sections: HTML.
        allowed: what the page needs beside its own style, in words of a Content-Security-Policy.
    """
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY + allowed)}">',
        f"<title>{escape(title)}</title>",
        f"<style>{_style()}</style></head>",
        f'<body><h1 dir="auto">{escape(title)}</h1>',
        *body,
        *_switch(sections),
        *sections,
    ]
    return ("\n".join([*parts, "</body></html>"]) + "\n").encode()


def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _place(row: int, column: int, prefix: str) -> str:
    return f"{prefix}{row + 1}-{column + 1}"


def _table(sheet: Printed, leads: Leads, darkest: list[int], prefix: str) -> Iterator[str]:
    yield '<div class="sheet" tabindex="0" role="region" aria-label="Table">'
    yield f'<table style="--head:{_head_width(sheet)}rem">'
    yield "<thead>"
    yield from _band_heads(sheet)
    kinds = _kinds(sheet)
    heads = "".join(_head(column, kind) for column, kind in zip(sheet.columns, kinds, strict=True))
    yield f'<tr><th class="corner" scope="col"><bdi>{escape(sheet.corner)}</bdi></th>{heads}</tr></thead>'
    yield "<tbody>"
    group = ""
    for number, row in enumerate(sheet.rows):
        if row.group != group:
            rest = f'<td colspan="{len(sheet.columns)}"></td>' if sheet.columns else ""
            yield f'<tr class="band"><th scope="row"><bdi>{escape(row.group)}</bdi></th>{rest}</tr>'
        group = row.group
        places = [_place(number, column, prefix) for column in range(len(sheet.columns))]
        yield _row(sheet, number, row, kinds, leads, darkest, places)
    yield "</tbody></table></div>"


def _band_heads(sheet: Printed) -> Iterator[str]:
    if any(column.group for column in sheet.columns):
        groups = bands([column.group for column in sheet.columns])
        cells = "".join(
            f'<th class="band{" first" if number else ""}" scope="colgroup" colspan="{size}">'
            f"<bdi>{escape(name)}</bdi></th>"
            for number, (name, size) in enumerate(groups)
        )
        yield f'<tr><td class="corner"></td>{cells}</tr>'


def _band_starts(sheet: Printed) -> list[bool]:
    """Which columns begin a band, the table's first column excepted."""
    groups = [column.group for column in sheet.columns]
    return [number > 0 and group != groups[number - 1] for number, group in enumerate(groups)]


def _head(column: Column, kind: str) -> str:
    code = f"<b>{escape(column.code)}</b>" if column.code else ""
    below = f"<small>{escape(column.below)}</small>" if column.below else ""
    name = f"<bdi>{escape(column.name)}</bdi>"
    return f'<th class="{kind}" scope="col">{code}{name if code else f"<b>{name}</b>"}{below}</th>'


def _kinds(sheet: Printed) -> list[str]:
    """The classes of each column's cells."""
    found = []
    for number, (column, is_first) in enumerate(zip(sheet.columns, _band_starts(sheet), strict=True)):
        longest = 0 if column.is_number else max((len(row.cells[number].text) for row in sheet.rows), default=0)
        kind = "number" if column.is_number else "text"
        found.append(kind + " long" * (longest > _LONG) + " first" * is_first)
    return found


def _head_width(sheet: Printed) -> float:
    """Of the row heads, in rem: as wide as they are, within bounds."""
    longest = max([longest_line(sheet.corner), *(longest_line(row.text) + 2 * row.depth for row in sheet.rows)])
    return min(19.0, max(5.0, round(0.55 * longest + 1.5, 1)))


def _row(
    sheet: Printed, number: int, row: Row, kinds: list[str], leads: Leads, darkest: list[int], places: list[str],
) -> str:  # fmt: skip
    depth = f' style="--depth:{row.depth}"' if row.depth else ""
    cells = [f'<tr><th scope="row"{depth}><bdi>{escape(row.text)}</bdi></th>']
    for index, (cell, column) in enumerate(zip(row.cells, sheet.columns, strict=True)):
        kind = kinds[index] + _shade(cell, darkest[index]) + (" none" if cell.text == NONE else "")
        inner = _cell(cell, column, *leads.get((number, index), ("", 0)))
        cells.append(f'<td class="{kind}" id="c{places[index]}">{inner}</td>')
    return "".join([*cells, "</tr>"])


def _cell(cell: Cell, column: Column, place: str, count: int) -> str:
    text = escape(cell.text + cell.marks)
    shown = text if column.is_number else f'<div dir="auto">{text}</div>'
    if not count:
        return shown
    passages = f"{count} quotation{'' if count == 1 else 's'}"
    if column.is_number and cell.text:
        return f'<a class="open" href="#q{place}" title="{passages}">{text}</a>'
    return f'{shown}<a class="open" href="#q{place}">{passages}</a>'


def _darkest(table: Table) -> list[int]:
    """For each column the count shaded darkest: the greatest of its unit; 0 where columns cannot be compared."""
    units = [column.unit for column in table.columns]
    greatest = dict.fromkeys(units, 0)
    for line in table.values():
        for unit, value in zip(units, line, strict=True):
            greatest[unit] = max(greatest[unit], _count(value))
    return [greatest[unit] if unit and units.count(unit) > 1 else 0 for unit in units]


def _count(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _shade(cell: Cell, darkest: int) -> str:
    count = _count(cell.value)
    return f" s{min(_SHADES, 1 + _SHADES * count // (darkest + 1))}" if count > 0 and darkest else ""


def _notes(sheet: Printed) -> Iterator[str]:
    if sheet.notes:
        yield '<ul class="notes">' + "".join(f'<li dir="auto">{escape(note)}</li>' for note in sheet.notes) + "</ul>"


def _switch(sections: Sequence[str]) -> Iterator[str]:
    """A box that lays all quotations below the table, so that the browser's own search finds them."""
    if sections:
        yield '<label class="all" for="all">Follow a number to its quotations, or show them all below:</label>'
        yield '<input type="checkbox" id="all">'


def _section(place: str, heading: str, reading: str, quotations: tuple[Quotation, ...]) -> Iterator[str]:
    yield f'<section class="cell" id="q{place}"><a class="close" href="#c{place}">Close</a>'
    yield f'<h2><bdi>{escape(heading)}</bdi></h2><p class="reading">{escape(reading)}</p>'
    for quotation in quotations:
        yield _passage(quotation)
    yield "</section>"


def _passage(quotation: Quotation) -> str:
    question = f'<p dir="auto">{escape(quotation.before)}</p>' if quotation.before else ""
    label = f" · <bdi>{escape(quotation.label)}</bdi>" if quotation.label else ""
    words = f'<blockquote dir="auto">{escape(quotation.words)}</blockquote>'
    return f'<div class="passage">{question}{words}<cite><bdi>{escape(quotation.citation)}</bdi>{label}</cite></div>'
