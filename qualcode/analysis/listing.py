"""Lists as a `Table`: a line for each thing found, each with its own values, marks and evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.model import Quotation
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, EvidenceKind, Heading, Mark, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list.

    Attributes:
        head: the row's.
        cells: by the column's key; a column without one is empty.
        evidence: by the column's key.
        marks: by the column's key.
        of: by the column's key: the denominator where it is not the column's.
    """

    head: Heading
    cells: Mapping[str, float | int | str | None]
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    of: Mapping[str, int] = field(default_factory=dict)


def listed(
    project: Project,
    name: str,
    title: str,
    corner: str,
    columns: Sequence[Heading],
    lines: Sequence[Line],
    notes: Sequence[str],
) -> Table:
    """The table of some lines."""
    values = [[line.cells.get(column.key) for column in columns] for line in lines]
    by_key = {line.head.key: line for line in lines}
    return Table(
        name,
        title,
        corner,
        tuple(line.head for line in lines),
        tuple(columns),
        values,
        tuple(notes),
        {(line.head.key, column): marks for line in lines for column, marks in line.marks.items() if marks},
        lambda row, column: by_key[row].evidence.get(column, NOTHING),
        reader(project),
        {(line.head.key, column): of for line in lines for column, of in line.of.items()},
    )


def reader(project: Project) -> Callable[[Evidence], tuple[Quotation, ...]]:
    """What reads the passages of segments, claims and passages on claims; people have none."""

    def reads(evidence: Evidence) -> tuple[Quotation, ...]:
        if evidence.kind == "segment":
            return project.quotations(project.segments.by_ids(evidence.ids))
        if evidence.kind == "claim":
            return project.quotations(project.claims.by_ids(evidence.ids))
        if evidence.kind == "claim evidence":
            return project.quotations(project.claims.evidence_by_ids(evidence.ids))
        return ()

    return reads


def resting(kind: EvidenceKind, ids: Sequence[int]) -> Evidence:
    """Evidence of sorted ids, or `NOTHING`."""
    return Evidence(kind, tuple(sorted(ids))) if len(ids) else NOTHING
