r"""A paper for LaTeX, to be taken in with \input: chapters as sections, each table as it is written alone."""

from collections.abc import Iterator
from itertools import count

from qualcode.figure import Figure
from qualcode.paper import Chapter, Paper
from qualcode.report.tex_file import Laid, escaped, laid, needs
from qualcode.visible import visible_line

_NO_PICTURE = "(To draw it: qualcode figure {} --out FILE.pdf)"


def content(paper: Paper) -> bytes:
    """UTF-8; a fragment without a preamble. Figures are told in words, as each is a file of its own."""
    number = count(1)
    tables = [[laid(table, next(number)) for table in chapter.tables] for chapter in paper.chapters]
    lines = list(needs(paper.title, [each for some in tables for each in some]))
    for chapter, placed in zip(paper.chapters, tables, strict=True):
        lines += _chapter(chapter, placed)
    return ("\n".join(lines) + "\n").encode()


def _chapter(chapter: Chapter, tables: list[Laid]) -> Iterator[str]:
    yield rf"\section{{{escaped(visible_line(chapter.title))}}}"
    for words in chapter.paragraphs:
        yield from [escaped(visible_line(words)), ""]
    for table in tables:
        yield from table.lines
    for figure in chapter.figures:
        yield from ["", *_figure(figure), ""]
    if chapter.points:
        points = (rf"\item {escaped(visible_line(words))}" for words in chapter.points)
        yield from [r"\begin{itemize}", *points, r"\end{itemize}"]


def _figure(figure: Figure) -> Iterator[str]:
    yield rf"\textbf{{{escaped(visible_line(figure.title))}.}} {escaped(visible_line(figure.caption))}"
    yield ""
    yield f"{escaped(visible_line(figure.alternative))} {escaped(_NO_PICTURE.format(figure.name))}"
