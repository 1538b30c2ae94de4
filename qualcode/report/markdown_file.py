"""A table as Markdown, as GitHub and Pandoc read it."""

import re

from qualcode.report.printed import Cell, Column, Printed, bands, printed
from qualcode.table import Table

_INDENT = "&emsp;"  # blanks at the start of a cell are dropped
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&])")


def content(table: Table) -> bytes:
    """Title, table and notes; column bands stand in the head of their first column, row bands as rows of their own."""
    sheet = printed(table)
    notes = [f"- {_escaped(note)}" for note in sheet.notes]
    blocks = [f"**{_escaped(sheet.title)}**", "\n".join(_table(sheet)), "\n".join(notes)]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _table(sheet: Printed) -> list[str]:
    heads = [_escaped(sheet.corner), *_heads(sheet)]
    rules = [":--", *("--:" if column.is_number else ":--" for column in sheet.columns)]
    lines = [_line(heads), _line(rules)]
    group = ""
    for row in sheet.rows:
        if row.group != group:
            lines.append(_line([f"*{_escaped(row.group)}*" if row.group else "", *[""] * len(sheet.columns)]))
        group = row.group
        lines.append(_line([_INDENT * row.depth + _escaped(row.text), *map(_cell, row.cells)]))
    return lines


def _heads(sheet: Printed) -> list[str]:
    bandings = [
        name if number == 0 else ""
        for name, size in bands([column.group for column in sheet.columns])
        for number in range(size)
    ]
    return [_head(column, band) for column, band in zip(sheet.columns, bandings, strict=True)]


def _head(column: Column, band: str) -> str:
    parts = [f"*{_escaped(band)}*" if band else "", _escaped(column.text), _escaped(column.below)]
    return "<br>".join(part for part in parts if part)


def _cell(cell: Cell) -> str:
    return _escaped(cell.text) + cell.marks


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text.replace("\t", " ")).replace("\n", "<br>")
