"""`Paper`: several tables and figures with words between them, in one document; `report/` writes it."""

from dataclasses import dataclass

from qualcode.figure import Figure
from qualcode.table import Table


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a paper.

    Attributes:
        title: its head.
        paragraphs: words, before the tables.
        tables, figures: in order, the figures after the tables.
        points: a list of sentences or sources, at the end.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: a title and its chapters. Tables and figures are numbered through."""

    title: str
    chapters: tuple[Chapter, ...]
