"""A paper as Markdown: figures as what they show in words, since a text holds no picture."""

from collections.abc import Iterator
from itertools import count

from qualcode.figure import Figure
from qualcode.paper import Chapter, Paper
from qualcode.report.markdown_file import escaped, table_blocks


def content(paper: Paper) -> bytes:
    """UTF-8; the same paper gives the same bytes."""
    tables, figures = count(1), count(1)
    blocks = [f"# {escaped(paper.title)}"]
    for chapter in paper.chapters:
        blocks += _chapter(chapter, tables, figures)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _chapter(chapter: Chapter, tables: "count[int]", figures: "count[int]") -> Iterator[str]:
    yield f"## {escaped(chapter.title)}"
    yield from map(escaped, chapter.paragraphs)
    for table in chapter.tables:
        yield from table_blocks(table, f"Table {next(tables)}. ")
    for figure in chapter.figures:
        yield from _figure(figure, next(figures))
    yield "\n".join(f"- {escaped(words)}" for words in chapter.points)


def _figure(figure: Figure, number: int) -> Iterator[str]:
    yield f"**Figure {number}. {escaped(figure.title)}.** {escaped(figure.caption)}"
    yield f"{escaped(figure.alternative)} (To draw it: qualcode figure {escaped(figure.name)} --out FILE.svg)"
