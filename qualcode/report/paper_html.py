"""A paper as one web page: its numbers open to their quotations, its figures stand in it; nothing is fetched."""

import base64
from collections.abc import Iterator
from html import escape
from itertools import count

from qualcode.figure import Figure
from qualcode.paper import Paper
from qualcode.report import drawing
from qualcode.report.html_file import laid, page
from qualcode.visible import visible_line


def content(paper: Paper) -> bytes:
    """UTF-8; the same paper gives the same bytes."""
    body: list[str] = []
    sections: list[str] = []
    tables, figures = count(1), count(1)
    for chapter in paper.chapters:
        body.append(f'<h2 class="chapter" dir="auto">{escape(visible_line(chapter.title))}</h2>')
        body += (f'<p class="words" dir="auto">{escape(visible_line(words))}</p>' for words in chapter.paragraphs)
        for table in chapter.tables:
            number = next(tables)
            ready = laid(table, f"t{number}-")
            body.append(f'<p class="caption" dir="auto">Table {number}. {escape(visible_line(table.title))}</p>')
            body += ready.table
            sections += ready.sections
        for figure in chapter.figures:
            body += _figure(figure, next(figures))
        if chapter.points:
            points = "".join(f'<li dir="auto">{escape(visible_line(words))}</li>' for words in chapter.points)
            body.append(f'<ul class="points">{points}</ul>')
    return page(visible_line(paper.title), body, sections, allowed="; img-src data:")


def _figure(figure: Figure, number: int) -> Iterator[str]:
    image = base64.b64encode(drawing.content(figure, ".svg")).decode()
    words, title = escape(visible_line(figure.alternative)), escape(visible_line(figure.title))
    yield f'<figure><img src="data:image/svg+xml;base64,{image}" alt="{words}">'
    yield f"<figcaption>Figure {number}. {title}. {escape(visible_line(figure.caption))}</figcaption></figure>"
