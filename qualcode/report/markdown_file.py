"""A table as Markdown, as GitHub and Pandoc read it."""

import re

from qualcode.report.printed import Cell, Column, Printed, bands, printed
from qualcode.table import Table

_INDENT = "&emsp;"  # blanks at the start of a cell are dropped
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&])")


def content(table: Table) -> bytes:
    """Title, table and notes; column bands stand in the head of their first column, row bands as rows of their own."""
    return ("\n\n".join(block for block in table_blocks(table) if block) + "\n").encode()


def table_blocks(table: Table, number: str = "") -> list[str]:
    """Title, table and notes, each a block; `number` stands before the title."""
    sheet = printed(table)
    notes = [f"- {escaped(note)}" for note in sheet.notes]
    return [f"**{number}{escaped(sheet.title)}**", "\n".join(_table(sheet)), "\n".join(notes)]


def _table(sheet: Printed) -> list[str]:
    heads = [escaped(sheet.corner), *_heads(sheet)]
    rules = [":--", *("--:" if column.is_number else ":--" for column in sheet.columns)]
    lines = [_line(heads), _line(rules)]
    group = ""
    for row in sheet.rows:
        if row.group != group:
            lines.append(_line([f"*{escaped(row.group)}*" if row.group else "", *[""] * len(sheet.columns)]))
        group = row.group
        lines.append(_line([_INDENT * row.depth + escaped(row.text), *map(_cell, row.cells)]))
    return lines


def _heads(sheet: Printed) -> list[str]:
    bandings = [
        name if number == 0 else ""
        for name, size in bands([column.group for column in sheet.columns])
        for number in range(size)
    ]
    return [_head(column, band) for column, band in zip(sheet.columns, bandings, strict=True)]


def _head(column: Column, band: str) -> str:
    parts = [f"*{escaped(band)}*" if band else "", escaped(column.text), escaped(column.below)]
    return "<br>".join(part for part in parts if part)


def _cell(cell: Cell) -> str:
    return escaped(cell.text) + cell.marks


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def escaped(text: str) -> str:
    """Text in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", text.replace("\t", " ")).replace("\n", "<br>")
