"""A paper as JSON: its words, and its tables and figures' numbers as exact as each written alone."""

from collections.abc import Sequence

from qualcode.figure import Figure
from qualcode.paper import Chapter, Paper
from qualcode.report import json_file
from qualcode.report.json_file import encoded
from qualcode.table import Table


def content(paper: Paper) -> bytes:
    """UTF-8; the same paper gives the same bytes."""
    chapters = ",\n".join(map(_chapter, paper.chapters))
    return f'{{"title": {encoded(paper.title)}, "chapters": [\n{chapters}\n]}}\n'.encode()


def _chapter(chapter: Chapter) -> str:
    parts = {
        "title": encoded(chapter.title),
        "paragraphs": encoded(list(chapter.paragraphs)),
        "tables": _listed([_table(table) for table in chapter.tables]),
        "figures": _listed([_figure(figure) for figure in chapter.figures]),
        "points": encoded(list(chapter.points)),
    }
    return _object(parts)


def _figure(figure: Figure) -> str:
    said = {"name": figure.name, "title": figure.title, "caption": figure.caption, "alternative": figure.alternative}
    parts = {key: encoded(words) for key, words in said.items()}
    return _object({**parts, "notes": encoded(list(figure.notes)), "numbers": _table(figure.table)})


def _table(table: Table) -> str:
    return json_file.content(table).decode().rstrip()


def _listed(parts: Sequence[str]) -> str:
    return f"[{', '.join(parts)}]"


def _object(parts: dict[str, str]) -> str:
    return "{" + ",\n".join(f"{encoded(key)}: {part}" for key, part in parts.items()) + "}"
