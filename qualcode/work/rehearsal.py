"""What an import would meet, looked at without writing: the sheet against the files, and what is there already."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.model import Part
from qualcode.project import Project
from qualcode.project.forgetting import forgotten_on
from qualcode.project.voices import role_at
from qualcode.transcripts import Reading
from qualcode.work.bring_in import BroughtIn, Candidate, Options, rows_on, take, unmatched
from qualcode.work.face_sheet import read_face_sheet
from qualcode.work.sheet_check import faults, without_speaker


@dataclass(slots=True)
class Rehearsal:
    """What would be told.

    Attributes:
        known: (path, name) of files whose very bytes the project has.
        faults: why the sheet could not be used, a line each.
        wrong_rows: the sheet's rows that could not be used, each with the reason.
        unmatched_rows: names in the sheet that no document has.
        unmatched_documents: names of new documents that the sheet does not have.
        notes: files that were forgotten, and what the sheet's reader says.
    """

    known: list[tuple[Path, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    wrong_rows: list[str] = field(default_factory=list)
    unmatched_rows: list[str] = field(default_factory=list)
    unmatched_documents: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rehearse(project: Project | None, readings: Sequence[Reading], options: Options) -> Rehearsal:
    """Look at what `bring_in` would be given; without a project it is looked at as for a new one.

    Raises:
        InputError: the sheet cannot be read.
    """
    found = Rehearsal()
    for reading in readings:
        there = project.documents.with_original(reading.original) if project else None
        if there is not None:
            found.known.append((reading.path, there.name))
        elif project and not options.again and (day := forgotten_on(project.store, reading.original)):
            found.notes.append(f"{reading.path}: this file was forgotten on {day}; it comes in only with --again")
    if options.sheet:
        _hold_against(options.sheet, project, readings, options, found)
    return found


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One speaker as an import would store them.

    Attributes:
        document: the name the document would get.
        person: the person's name, "" for whoever asks or is nobody known.
        role: at the document's wave, "" where none is known.
        is_new: whether the person would be made.
    """

    path: Path
    document: str
    label: str
    part: Part
    person: str
    role: str
    is_new: bool


class _TakenBackError(Exception):
    """Ends what was only to be seen."""


def foresee(
    project: Project,
    candidates: Sequence[Candidate],
    options: Options,
    progress: Callable[[int, int], None] = lambda _n, _of: None,
) -> tuple[BroughtIn, list[Foreseen]]:
    """What bringing files in would give: it is done, looked at, and taken back before it is written down.

    So it can say nothing else than the import itself. It holds the file for writing meanwhile.

    Raises:
        InputError: the attribute sheet cannot be used.
    """
    before = {person.id for person in project.people.all()}
    with suppress(_TakenBackError), project.store.transaction():
        brought = take(project, candidates, options, progress)
        speakers = list(_speakers(project, brought, before))
        raise _TakenBackError
    return brought, speakers


def _speakers(project: Project, brought: BroughtIn, before: set[int]) -> Iterator[Foreseen]:
    people = {person.id: person for person in project.people.all()}
    for document in brought.added:
        now = project.documents.get(document.id)
        for each in project.documents.speakers(now):
            person = people.get(each.person or 0)
            yield Foreseen(
                brought.read_from[document.id],
                now.name,
                each.label,
                each.part,
                person.name if person else "",
                role_at(person, now.wave) if person else "",
                person is not None and person.id not in before,
            )


def _hold_against(
    sheet: Path, project: Project | None, readings: Sequence[Reading], options: Options, found: Rehearsal
) -> None:
    rows, notes = read_face_sheet(sheet)
    found.notes += notes
    found.faults = faults(rows, roles_of(project), options.wave)
    known = dict(found.known)
    for reading in readings:
        for transcript in reading.transcripts:
            name = known.get(reading.path, transcript.name)
            own = rows_on(rows, reading.path, name)
            labels = [each.label for each in transcript.speakers]
            found.wrong_rows += (wrong for _, wrong in without_speaker(own, labels, name))
            if not own and reading.path not in known:
                found.unmatched_documents.append(name)
    documents = [document.name for document in project.documents.all()] if project else []
    found.unmatched_rows = unmatched(rows, documents, readings)


def roles_of(project: Project | None) -> list[str]:
    """Short names of a project's roles, or of those that a new one knows."""
    if project is None:
        from qualcode.project.schema import ROLES

        return [role[0] for role in ROLES]
    return [role.short for role in project.roles.all()]
