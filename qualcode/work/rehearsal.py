"""What an import would meet, looked at without writing: the sheet against the files, and what is there already."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.model import Part
from qualcode.project import Project
from qualcode.project.forgetting import forgotten_on
from qualcode.project.voices import role_at
from qualcode.transcripts import Reading, Transcript
from qualcode.work.bring_in import BroughtIn, Candidate, Options, labels_not_met, rows_on, take, unmatched, warnings_on
from qualcode.work.casting import Cast, Script, Voice, by_sheet, everybody, numbered_labels, roles_of, said_of
from qualcode.work.face_sheet import FaceRow, read_face_sheet
from qualcode.work.sheet_check import faults

_BEGINNING, _LINE, _LINES = 20_000, 240, 3
"""Code points looked at, and shown of each line, and how many lines are shown."""


@dataclass(slots=True)
class Rehearsal:
    """What would be told.

    Attributes:
        known: (path, name) of files whose very bytes the project has.
        faults: why the sheet could not be used, a line each.
        wrong_rows: the sheet's rows that could not be used, each with the reason.
        unmatched_rows: names in the sheet that no document has.
        unmatched_documents: names of new documents that the sheet does not have.
        notes: files that were forgotten, what the sheet's reader says, and who is left unnamed.
        warnings: path -> what the reader says, but for what the sheet answers.
        voices: (path, transcript's name) -> speaker's label -> what would be made of the speaker.
    """

    known: list[tuple[Path, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    wrong_rows: list[str] = field(default_factory=list)
    unmatched_rows: list[str] = field(default_factory=list)
    unmatched_documents: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: dict[Path, list[str]] = field(default_factory=dict)
    voices: dict[tuple[Path, str], dict[str, Voice]] = field(default_factory=dict)


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
    rows = _sheet(options, project, readings, found)
    known, numbered = dict(found.known), numbered_labels(project, readings)
    for reading in readings:
        name = known.get(reading.path)
        own = rows_on(rows, reading.path, name or reading.transcripts[0].name) if reading.transcripts else []
        found.warnings[reading.path] = warnings_on(reading, own)
        for transcript in reading.transcripts:
            own = rows_on(rows, reading.path, name or transcript.name)
            if options.sheet and not own and name is None:
                found.unmatched_documents.append(transcript.name)
            cast = _cast(project, transcript, name, own, options, numbered)
            found.wrong_rows += cast.wrong_rows
            found.notes += cast.notes
            found.voices[reading.path, transcript.name] = {voice.label: voice for voice in cast.voices}
    found.notes += labels_not_met(options, readings)
    return found


def first_lines(transcript: Transcript) -> list[str]:
    """How a text begins: its first lines that are not empty, of each no more than fits a few lines on a screen."""
    lines = (line.strip() for line in transcript.body[:_BEGINNING].split("\n"))
    return [line[:_LINE] for line in lines if line][:_LINES]


def _sheet(options: Options, project: Project | None, readings: Sequence[Reading], found: Rehearsal) -> list[FaceRow]:
    """The sheet's rows; what is wrong with the sheet itself is put down."""
    if not options.sheet:
        return []
    rows, notes = read_face_sheet(options.sheet)
    found.notes += notes
    found.faults = faults(rows, [role.short for role in roles_of(project)], options.wave)
    documents = [document.name for document in project.documents.all()] if project else []
    found.unmatched_rows = unmatched(rows, documents, readings)
    return rows


def _cast(
    project: Project | None,
    transcript: Transcript,
    known: str | None,
    rows: Sequence[FaceRow],
    options: Options,
    numbered: frozenset[str],
) -> Cast:
    """Who would speak in a transcript; in one that the project knows, who does, and what the sheet would change."""
    if project and known:
        document = project.documents.get(known)
        speakers = project.documents.speakers(document)
        people = {person.id: person.name for person in project.people.all()}
        names = {each.label: people[each.person] for each in speakers if each.person is not None}
        parts: dict[str, Part] = {each.label: each.part for each in speakers}
        cast = by_sheet(Script(known, parts, rows, names, roles_of(project)))
        there = [Voice(each, part, FaceRow(person=names.get(each, ""))) for each, part in parts.items()]
        return Cast([*there, *cast.voices], cast.notes, cast.wrong_rows)
    parts = {each.label: "interviewer" if each.is_interviewer else "participant" for each in transcript.speakers}
    names = said_of(transcript.speakers, options.people)
    return everybody(Script(transcript.name, parts, rows, names, roles_of(project), numbered))


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
