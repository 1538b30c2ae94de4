"""From rows of values to a `Table` whose cells open to the coders' own passages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from qualcode.agreement.estimate import Estimate
from qualcode.agreement.results import Comparison, Measured
from qualcode.errors import InputError
from qualcode.model import Quotation
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table

Value = float | int | str | None
Cell = Value | Estimate | Measured
Opens = Callable[[str, str], Evidence]


def value_of(cell: Cell) -> Value:
    """The number alone."""
    return cell.value if isinstance(cell, Estimate | Measured) else cell


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its head, and in the order of the columns values, or statistics of which the table tells why they lack."""

    head: Heading
    cells: tuple[Cell, ...]


def sheet(
    project: Project,
    title: str,
    corner: str,
    columns: Sequence[Heading],
    lines: Iterable[Line],
    notes: Sequence[str] = (),
    *,
    name: str = "agreement",
    opens: Opens = lambda _row, _column: NOTHING,
) -> Table:
    """The table; cells that open read who coded each passage beside its code."""
    rows = tuple(lines)
    heads = tuple(line.head for line in rows)
    return Table(
        name, title, corner, heads, tuple(columns),
        [[value_of(cell) for cell in line.cells] for line in rows],
        tuple(notes), opens=opens, reads=cache(lambda evidence: quoted(project, evidence)),
        why={
            (line.head.key, column.key): cell.reason
            for line in rows
            for column, cell in zip(columns, line.cells, strict=True)
            if isinstance(cell, Estimate | Measured) and cell.reason is not None
        },
    )  # fmt: skip


def quoted(project: Project, evidence: Evidence) -> tuple[Quotation, ...]:
    """The passages of a cell, each with its code and its coder."""
    coders = {coder.id: coder.short for coder in project.coders.all()}
    segments = project.segments.by_ids(evidence.ids)
    return tuple(
        replace(quotation, label=f"{quotation.label}, {coders[segment.coder]}")
        for segment, quotation in zip(segments, project.quotations(segments), strict=True)
    )


def passages(found: Comparison, codes: Sequence[int], coders: Sequence[int]) -> Evidence:
    """The segments of some codes and coders, by number."""
    return Evidence("segment", tuple(found.material.passages.of(codes, coders)))


def below(project: Project, codes: Sequence[str]) -> list[str] | None:
    """The codes named and those below them that are in use, in the order of the codebook; None where none is named.

    Raises:
        NotFoundError: there is no such code.
    """
    if not codes:
        return None
    wanted = {each for short in codes for each in project.codes.branch(project.codes.get(short))}
    standing = project.codes.standing()
    every = project.codes.all()
    return [each.short for each in every if each.id in wanted and standing[each.id] == each.id]


Groups = Sequence[tuple[str, Sequence[str]]]
"""Codes that are compared as one: the name, and their short names."""


def with_groups(project: Project, codes: Sequence[str], groups: Groups) -> list[str] | dict[str, list[str]] | None:
    """What `compare` takes as codes: those named with those below them, and groups; None where none is named.

    Raises:
        NotFoundError: there is no such code.
        InputError: a group has no codes, the name of a code, or that of another group.
    """
    alone = below(project, codes)
    if not groups:
        return alone
    found = {short: [short] for short in alone or ()}
    taken = {code.short.casefold(): "a code" for code in project.codes.all(retired=True)}
    for name, members in groups:
        if name.casefold() in taken:
            raise InputError(f"a group cannot be called {name}: that is {taken[name.casefold()]}")
        if not members:
            raise InputError(f"the group {name} has no codes", remedy=f"Name them: {name}=CODE,CODE")
        taken[name.casefold()] = "another group"
        found[name] = [project.codes.get(short).short for short in members]
    return found


def code_names(project: Project, found: Comparison) -> dict[str, str]:
    """Short name -> short name and name; a group has but its name."""
    known = {code.short: code.name for code in project.codes.all(retired=True)}
    return {short: f"{short} {known[short]}" if short in known else short for short in found.material.codes}
