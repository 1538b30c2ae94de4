"""A table as JSON: exact and complete, for programs and for checking a published number later."""

import json
from typing import Any

from qualcode.table import Evidence, Heading, Table
from qualcode.visible import visible


def content(table: Table) -> bytes:
    """UTF-8, one row, column or cell a line; values, marks and evidence ids as the table holds them.

    A cell whose denominator is not its column's, nor else its row's, has an "of" of its own. One whose number is not
    defined has the code of the "reason".
    An infinite value is the word "inf" or "-inf", for JSON has no number for it. Characters that could
    drive a terminal are written as escapes: the text read back is the same.
    """
    parts = {
        "name": table.name,
        "title": table.title,
        "corner": table.corner,
        "notes": list(table.notes),
        "columns": [_heading(column) for column in table.columns],
        "rows": [_heading(row) for row in table.rows],
    }
    written = {name: _lines(part) for name, part in parts.items()} | {"cells": _listed(_cells(table))}
    body = ",\n".join(f" {encoded(name)}: {part}" for name, part in written.items())
    return f"{{\n{body}\n}}\n".encode()


def _lines(part: Any) -> str:
    return _listed([encoded(item) for item in part]) if isinstance(part, list) else encoded(part)


def _listed(items: list[str]) -> str:
    return "[\n  " + ",\n  ".join(items) + "\n ]" if items else "[]"


def encoded(part: Any) -> str:
    """As JSON that drives no terminal: the text read back is the same."""
    text = json.dumps(part, ensure_ascii=False, allow_nan=False)
    if visible(text) == text:
        return text
    return "".join(character if visible(character) == character else _escape(character) for character in text)


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def _heading(heading: Heading) -> dict[str, Any]:
    return {
        "key": heading.key,
        "text": heading.text,
        "unit": heading.unit,
        "of": heading.of,
        "group": heading.group,
        "depth": heading.depth,
        "decimals": heading.decimals,
        "percent": heading.percent,
        "presence": heading.presence,
    }


def _cells(table: Table) -> list[str]:
    """Each cell as JSON, put together from parts: there may be a million, and nearly all are small numbers."""
    columns = [(column.key, encoded(column.key)) for column in table.columns]
    cells = []
    for row, line in zip(table.rows, table.values(), strict=True):
        start = f'{{"row": {encoded(row.key)}, "column": '
        for (key, column), value in zip(columns, line, strict=True):
            place = row.key, key
            own = f'"of": {table.of[place]}, ' if place in table.of else ""
            marks = encoded(list(table.marks[place])) if place in table.marks else "[]"
            said = f', "chance": {encoded(table.chance[place])}' if place in table.chance else ""
            said += f', "reason": {encoded(table.why[place])}' if place in table.why else ""
            cells.append(
                f'{start}{column}, "value": {_value(value)}, {own}"marks": {marks}{said}, '
                f'"evidence": {_evidence(table.evidence(row.key, key))}}}'
            )
    return cells


def _evidence(evidence: Evidence) -> str:
    ids = ", ".join(map(str, map(int, evidence.ids))) if evidence.ids else ""
    return f'{{"kind": "{evidence.kind}", "ids": [{ids}]}}'


def _value(value: float | str | None) -> str:
    if type(value) is int:
        return str(value)
    return encoded(str(value) if value in (float("inf"), float("-inf")) else value)
