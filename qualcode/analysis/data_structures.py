"""The data structure after Gioia, Corley & Hamilton (2013): 1st-order concepts, 2nd-order themes, aggregate dimensions.

A code's level is what its stage or else its kind says ("1st-order concept", "theme", "aggregate dimension"); where
neither says, it is one below the code above it: dimensions on top, themes below them, concepts below those.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.cells import Cells
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.pinned import in_order
from qualcode.analysis.pins import NONE_CHOSEN, NOT_SHOWN
from qualcode.analysis.tallies import opened, tallied
from qualcode.analysis.theme_tables import own_note
from qualcode.model import Quotation
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table

LEVELS = ("aggregate dimension", "2nd-order theme", "1st-order concept")
"""From the top of the tree down."""

_CONCEPT = LEVELS.index("1st-order concept")
_SAYING = (
    re.compile(r"(aggregate[ -])?dimension|aggregate|(3rd|third)[ -]order.*", re.IGNORECASE),
    re.compile(r"(2nd|second)[ -]order.*|theme", re.IGNORECASE),
    re.compile(r"(1st|first)[ -]order.*|concept", re.IGNORECASE),
)


def gioia(project: Project, *, scope: Scope | None = None) -> Table:
    """Dimensions with their themes and these with their concepts: people, references, and the quotes chosen for them.

    A dimension or theme counts all that stands under it, each person once. A concept's quote is the passage that its
    coder pinned as an exemplar, or "none chosen": it is never picked by machine.

    Args:
        project: the study.
        scope: which part of it, and whose coding; its codes choose the branches shown.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    corpus = Corpus(project, scope)
    structure = _structure(corpus)
    cells = {unit: tallied(corpus, structure.rows, unit) for unit in _UNITS}
    counts = {unit: found.counts()[:, 0].tolist() for unit, found in cells.items()}
    pinned = _pinned(structure, cells["references"])
    quotes = {
        short: project.quotations(in_order(project, project.segments.by_ids(ids))) for short, ids in pinned.items()
    }
    place = {branch.code.short: number for number, branch in enumerate(structure.rows)}

    def opens(row: str, column: str) -> Evidence:
        ids = pinned.get(row, ()) if column == "quote" else ()
        unit = next((each for each in _UNITS if each == column), None)
        if unit and counts[unit][place[row]]:
            ids = opened(cells[unit], structure.rows[place[row]])
        return Evidence("segment", ids) if ids else NOTHING

    def reads(evidence: Evidence) -> tuple[Quotation, ...]:
        return project.quotations(project.segments.by_ids(evidence.ids))

    columns = (
        Heading("level", "Level"),
        Heading("people", "People", "people", corpus.denominator("people")),
        Heading("references", "References", "references"),
        Heading("quote", "Pinned quote"),
    )
    values = [
        [
            LEVELS[level],
            *(counts[unit][number] for unit in _UNITS),
            _printed(quotes.get(branch.code.short, ()), is_concept=level == _CONCEPT),
        ]
        for number, (branch, level) in enumerate(zip(structure.rows, structure.levels, strict=True))
    ]
    title = "Data structure: 1st-order concepts, 2nd-order themes, aggregate dimensions"
    own = _own_denominators(corpus, structure)
    notes = (*own_note(own), *_notes(corpus, structure, cells["references"]))
    return Table("gioia", title, "Code", _heads(structure), columns, values, notes, {}, opens, reads, own)


_UNITS: tuple[Unit, ...] = ("people", "references")
"""What is counted; also the columns' keys."""


# -- which code is what ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Structure:
    """The codes shown, and those that do not fit three levels.

    Attributes:
        rows: in the order of the tree.
        levels: of each row, its place in `LEVELS`.
        deeper: short names of codes below a concept: counted in it, not shown.
        loose: of rows that stand elsewhere than a level below the code above.
        barren: of dimensions and themes with nothing shown below.
    """

    rows: tuple[Branch, ...]
    levels: tuple[int, ...]
    deeper: tuple[str, ...]
    loose: tuple[str, ...]
    barren: tuple[str, ...]


def _structure(corpus: Corpus) -> _Structure:
    levels: dict[int, int] = {}  # id of a code -> its level, one beyond the last where it is deeper
    over: dict[int, int] = {}  # id of a code -> level of the code in use above it, -1 on top
    above: dict[int, int] = {}
    live = [branch for branch in corpus.tree.branches if branch.code.status == "live"]
    for branch in live:
        code = branch.code
        parent = next((each.id for each in corpus.tree.above(code) if each.status == "live"), 0)
        over[code.id] = levels.get(parent, -1)
        said_level = _said(branch)
        levels[code.id] = min(over[code.id] + 1, len(LEVELS)) if said_level is None else said_level
        above[code.id] = parent
    shown = corpus.shown(live)
    rows = tuple(branch for branch in shown if levels[branch.code.id] < len(LEVELS))
    parents = {above[branch.code.id] for branch in shown}
    return _Structure(
        rows,
        tuple(levels[branch.code.id] for branch in rows),
        tuple(branch.code.short for branch in shown if levels[branch.code.id] == len(LEVELS)),
        tuple(branch.code.short for branch in rows if levels[branch.code.id] != over[branch.code.id] + 1),
        tuple(
            branch.code.short for branch in rows if levels[branch.code.id] != _CONCEPT and branch.code.id not in parents
        ),
    )


def _said(branch: Branch) -> int | None:
    """The level that a code's stage or else its kind names."""
    return next(
        (
            level
            for words in (branch.code.stage, branch.code.kind)
            for level, saying in enumerate(_SAYING)
            if saying.fullmatch(words.strip())
        ),
        None,
    )


# -- counts and quotes -----------------------------------------------------------------------------------------------


def _pinned(structure: _Structure, cells: Cells) -> dict[str, tuple[int, ...]]:
    """Short name -> ids of the counted segments pinned as exemplars; of a concept also those of the codes below it."""
    (ids,) = cells.ids
    mine = np.isin(ids, cells.corpus.columns.exemplars) & cells.bearing
    found = {}
    for branch, level in zip(structure.rows, structure.levels, strict=True):
        last = branch.last if level == _CONCEPT else branch.first + 1
        here = mine & (cells.row >= branch.first) & (cells.row < last)
        if here.any():
            found[branch.code.short] = tuple(sorted(ids[here].tolist()))
    return found


def _printed(quotes: Sequence[Quotation], *, is_concept: bool) -> str | None:
    shown = [quote for quote in quotes if not quote.is_withheld]
    if quotes:
        return "\n".join(f"“{quote.printed.strip()}” {quote.citation}" for quote in shown) or NOT_SHOWN
    return NONE_CHOSEN if is_concept else None


# -- heads and notes -------------------------------------------------------------------------------------------------


def _heads(structure: _Structure) -> tuple[Heading, ...]:
    """A concept in participants' own words stands in quotation marks."""
    heads = []
    for branch, level in zip(structure.rows, structure.levels, strict=True):
        name = f"“{branch.code.name}”" if branch.code.in_vivo else branch.code.name
        heads.append(Heading(branch.code.short, f"{branch.code.short} {name}", depth=level))
    return tuple(heads)


def _own_denominators(corpus: Corpus, structure: _Structure) -> dict[tuple[str, str], int]:
    """Of how many people, by code and column, where a code is meant for some only."""
    everyone = corpus.denominator("people")
    own = {
        (branch.code.short, "people"): corpus.denominator("people", corpus.tree.marked([branch])) or 0
        for branch in structure.rows
    }
    return {cell: of for cell, of in own.items() if of != everyone}


_UNFIT: Mapping[str, str] = {
    "deeper": "Deeper than three levels, counted in the concept above and not shown",
    "loose": "Not a level below the code above",
    "barren": "Without a level below, so not yet part of a structure of three",
}


def _notes(corpus: Corpus, structure: _Structure, cells: Cells) -> list[str]:
    unfit = {name: getattr(structure, name) for name in _UNFIT}
    return [
        *said.layer_notes(corpus, corpus.columns.segments, "coded"),
        said.filter_note(corpus),
        "A code counts what stands under it and under the codes below it, each once.",
        *(f"{words}: {', '.join(unfit[name])}." for name, words in _UNFIT.items() if unfit[name]),
        *said.left_out(cells.passages.beyond, "segment does not count: its code applies to none of its speakers",
                       "segments do not count: their codes apply to none of their speakers"),
        *said.unknown_notes(corpus, corpus.tree.marked(structure.rows)),
        "Quotes are those pinned as exemplars; none is picked by machine.",
        *said.standing_notes(corpus),
    ]  # fmt: skip
