"""A table as it may be printed: what publication asks of its citations, told below it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from qualcode.analysis import said
from qualcode.model import Claim, ClaimEvidence, Quotation, Segment
from qualcode.project import Project
from qualcode.project.citations import CONSENT, Publication
from qualcode.project.quoted_words import Names, Redactor
from qualcode.table import Evidence, Table
from qualcode.visible import counted


def cited(table: Table, project: Project) -> Table:
    """The table with passages that may not be printed left out of what its cells open to, and with notes on it.

    Inside the team it is the table as it was. Numbers are never changed: consent is to being quoted, not counted.

    Args:
        table: made from this very `project`.
        project: the study, as `Project.cited` gives it.
    """
    if project.citations.style == "team":
        return table
    return replace(table, notes=(*table.notes, *_notes(table, project)), reads=lambda found: _printable(table, found))


CASE_COLUMN = "Case"
"""Head of a column in which names of cases stand."""
NAMING = "Warning: the table itself names people as the team does; it is not for publication."
SMALL = "Warning: cases of fewer than"
_WITHHELD = f"five or more words in a row of somebody who is marked {CONSENT} = no."


def called(project: Project) -> Mapping[int, str]:
    """What people are called in cells, by id: their names, or for publication what citations call them."""
    if project.citations.style == "team":
        return {person.id: person.name for person in project.people.all()}
    return Publication(project.store, project.citations.small_cell).names


def told_cases(project: Project) -> Mapping[int, str]:
    """What cases are called beside people, by id: their names; for publication "" where too few people are in one."""
    names = {case.id: case.name for case in project.cases.all()}
    if project.citations.style == "team":
        return names
    small = Publication(project.store, project.citations.small_cell).small_cases
    return {case: "" if name in small else name for case, name in names.items()}


def warnings(table: Table) -> list[str]:
    """Those of its notes that say what of it is not for publication."""
    return [note for note in table.notes if note == NAMING or note.startswith(SMALL) or note.endswith(_WITHHELD)]


def _printable(table: Table, evidence: Evidence) -> tuple[Quotation, ...]:
    return tuple(quotation for quotation in table.reads(evidence) if not quotation.is_withheld)


def _notes(table: Table, project: Project) -> list[str]:
    small_cell = project.citations.small_cell
    publication = Publication(project.store, small_cell)
    passages = _passages(table, project)
    notes = [f"Cited by person and role; the case is told where at least {small_cell} people share case and role."]
    if publication.are_numbered:
        notes.append("People are called by numbers (qualcode quotes lists whose), since their names tell the case.")
    notes += said.left_out(publication.withheld(passages), f"passage is not printed: marked {CONSENT} = no",
                           f"passages are not printed: marked {CONSENT} = no")  # fmt: skip
    alone = publication.singled_out(publication.cited_in(passages))
    if alone:
        notes.append(f"Warning: labels that fit one person of the study only: {'; '.join(alone)}.")
    return [*notes, *_naming_notes(table, publication), *_quoting_notes(table, publication)]


def _quoting_notes(table: Table, publication: Publication) -> list[str]:
    """How many cells hold words that may not be printed, as an analyst wrote them down: in a summary, an example."""
    cells = [cell for line in table.values() for cell in line if isinstance(cell, str)]
    if not any(cells):
        return []
    withheld, printable = publication.said
    redactor = Redactor(withheld, Names(), lambda: printable)
    held = sum(bool(redactor.places(cell)) for cell in cells)
    return [f"Warning: in {counted(held, 'cell')} stand {_WITHHELD}"] if held else []


def _passages(table: Table, project: Project) -> list[Segment | Claim | ClaimEvidence]:
    """Every passage that a cell opens to, once."""
    found = [table.evidence(row.key, column.key) for row in table.rows for column in table.columns]
    ids = {kind: {each for evidence in found if evidence.kind == kind for each in evidence.ids} for kind in _READ}
    return [
        *project.segments.by_ids(sorted(ids["segment"])),
        *project.claims.by_ids(sorted(ids["claim"])),
        *project.claims.evidence_by_ids(sorted(ids["claim evidence"])),
    ]


_READ = ("segment", "claim", "claim evidence")


def _naming_notes(table: Table, publication: Publication) -> list[str]:
    """What is told by the table's own heads and cells, which no style of citing changes."""
    heads = (*table.rows, *table.columns)
    notes = []
    if publication.team_names and _names_somebody(table, publication.team_names):
        notes.append(NAMING)
    cases = {value for head in heads for by, value in head.who if by == "case"}
    for column in (column for column in table.columns if column.text == CASE_COLUMN):
        cases |= {str(table.value(row.key, column.key)) for row in table.rows}
    small = sorted(publication.small_cases & cases)
    if small:
        notes.append(f"{SMALL} {publication.small_cell} people are named: {', '.join(small)}.")
    return notes


def _names_somebody(table: Table, names: set[str]) -> bool:
    """Whether anybody's name stands in a head or a cell, alone or among other words."""
    sought = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)")
    heads = (text for head in (*table.rows, *table.columns) for text in (head.key, head.text, head.group))
    cells = (cell for line in table.values() for cell in line if isinstance(cell, str))
    return any(sought.search(text) for text in (*heads, *cells))
