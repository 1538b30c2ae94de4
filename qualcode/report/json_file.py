"""A table as JSON: exact and complete, for programs and for checking a published number later."""

import json
from typing import Any

from qualcode.table import Heading, Table
from qualcode.visible import visible


def content(table: Table) -> bytes:
    """UTF-8, one row, column or cell a line; values, marks and evidence ids as the table holds them.

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
        "cells": [_cell(table, row, column) for row in table.rows for column in table.columns],
    }
    body = ",\n".join(f" {_encoded(name)}: {_lines(part)}" for name, part in parts.items())
    return f"{{\n{body}\n}}\n".encode()


def _lines(part: Any) -> str:
    if not isinstance(part, list) or not part:
        return _encoded(part)
    return "[\n" + ",\n".join(f"  {_encoded(item)}" for item in part) + "\n ]"


def _encoded(part: Any) -> str:
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
    }


def _cell(table: Table, row: Heading, column: Heading) -> dict[str, Any]:
    value = table.value(row.key, column.key)
    evidence = table.evidence(row.key, column.key)
    return {
        "row": row.key,
        "column": column.key,
        "value": str(value) if value in (float("inf"), float("-inf")) else value,
        "marks": list(table.marks.get((row.key, column.key), ())),
        "evidence": {"kind": evidence.kind, "ids": [int(each) for each in evidence.ids]},
    }
