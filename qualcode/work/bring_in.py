"""Brings transcripts into a project: what is there to read, who speaks, who they are.

Everything that is guessed is told: `look` shows it before anything is written, `bring_in` says what it did.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcode import transcripts
from qualcode.errors import InputError, UserError
from qualcode.model import Document, Person
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.project.texts import Source
from qualcode.transcripts import FORMATS, Reading, Transcript
from qualcode.transcripts.reading import storable
from qualcode.visible import visible_line
from qualcode.work.face_sheet import FaceRow, in_folder, matching_name, names_in_a_sheet, read_face_sheet

_GENERIC = {
    *("participant", "respondent", "interviewee", "speaker", "informant", "person", "client", "patient", "unknown"),
    *(
        "answer",
        "unknown speaker",
        "interviewe",
        "interviewee",
        "enquete",
        "enquetee",
        "repondant",
        "participante",
        "befragte",
        "befragter",
    ),
    *("entrevistado", "entrevistada", "intervistato", "intervistata", "geinterviewde", "respondente"),
}
"""Labels that name nobody, without accents; a single letter names nobody either."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the researcher says about the files, over what would be found out.

    Attributes:
        encoding: of text files.
        interviewers: labels that ask.
        people: (speaker's label, person's name).
        sheet: path of an attribute sheet, or None.
        wave, case: of all the documents, where the sheet does not say.
        name: makes guids from names, for what is shipped; else they are new each time.
    """

    encoding: str | None = None
    interviewers: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    sheet: Path | None = None
    wave: str = NO_WAVE
    case: str = ""
    name: Callable[..., bytes] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was looked at: its reading, or the error that it gave."""

    path: Path
    reading: Reading | None
    error: UserError | None


@dataclass(slots=True)
class BroughtIn:
    """What came of bringing files in.

    Attributes:
        added: the new documents.
        known: (path, document) of files whose very bytes the project had already.
        failed: (path, error) of those that could not be read or stored.
        notes: sentences to show: guesses made, warnings of the readers.
        unmatched_rows: names in the sheet that no document has.
        unmatched_documents: names of new documents that the sheet does not have.
    """

    added: list[Document] = field(default_factory=list)
    known: list[tuple[Path, Document]] = field(default_factory=list)
    failed: list[tuple[Path, UserError]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unmatched_rows: list[str] = field(default_factory=list)
    unmatched_documents: list[str] = field(default_factory=list)


def find(paths: Iterable[Path]) -> list[Path]:
    """The files meant by paths, folders (with all below) and patterns (`interviews/*.docx`), each once.

    From folders only transcripts are taken; hidden files and Word's lock files (~$...) are passed over.

    Raises:
        InputError: a pattern or folder holds no transcript.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            some = [each for each in sorted(path.rglob("*")) if _is_transcript(each)]
        elif not path.exists() and any(sign in str(path) for sign in "*?["):
            fitting = sorted(Path(path.anchor or ".").glob(_below_anchor(path)))
            if not fitting:
                raise InputError("no file fits this pattern", where=str(path), remedy="Check the name and the folder.")
            some = [each for each in fitting if _is_transcript(each)]
        else:
            found.append(path)
            continue
        if not some:
            raise InputError(f"there is no transcript here (known are {', '.join(FORMATS)})", where=str(path))
        found += some
    return list(dict.fromkeys(found))


def _below_anchor(path: Path) -> str:
    return str(path.relative_to(path.anchor)) if path.anchor else str(path)


def _is_transcript(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in FORMATS and not path.name.startswith((".", "~$"))


def look(
    paths: Iterable[Path], options: Options, progress: Callable[[int, int], None] = lambda _n, _of: None
) -> list[Candidate]:
    """Read files without writing anything; one that cannot be read becomes a candidate with its error."""
    files = find(paths)
    said = transcripts.Options(encoding=options.encoding, interviewers=options.interviewers)
    candidates = []
    for number, path in enumerate(files, start=1):
        try:
            candidates.append(Candidate(path, transcripts.read(path, said), None))
        except UserError as error:
            candidates.append(Candidate(path, None, error))
        progress(number, len(files))
    return candidates


def bring_in(
    project: Project,
    paths: Iterable[Path],
    options: Options | None = None,
    progress: Callable[[int, int], None] = lambda _n, _of: None,
) -> BroughtIn:
    """Bring transcripts into a project, in one action.

    A file that cannot be used does not stop the others; one whose very bytes are there already is passed over.

    Raises:
        InputError: the attribute sheet cannot be used, or a folder holds no transcript; nothing is written.
    """
    options = options or Options()
    rows, sheet_notes = read_face_sheet(options.sheet) if options.sheet else ([], ())
    candidates = look(paths, options, progress)
    result = BroughtIn(notes=list(sheet_notes))
    result.failed = [(each.path, each.error) for each in candidates if each.error]
    readings = [each.reading for each in candidates if each.reading]
    if not readings:
        return result
    with project.action("import documents", files=len(readings)):
        for reading in readings:
            _store(project, reading, rows, options, result)
    result.unmatched_rows = _without_document(project, rows, readings, result)
    return result


def _without_document(
    project: Project, rows: Iterable[FaceRow], readings: Iterable[Reading], result: BroughtIn
) -> list[str]:
    """What the sheet's rows call documents that are not in the project, each once."""
    names = {matching_name(document.name) for document in project.documents.all()}
    failed = {path for path, _ in result.failed}
    for reading in readings:
        if reading.path not in failed:
            names |= names_in_a_sheet(reading.path, reading.path.stem)
    return list(dict.fromkeys(row.file for row in rows if matching_name(row.file) not in names))


def _store(project: Project, reading: Reading, rows: Sequence[FaceRow], options: Options, result: BroughtIn) -> None:
    there = project.documents.with_original(reading.original)
    if there is not None:
        result.known.append((reading.path, there))
        return
    for transcript in reading.transcripts:
        name = _free_name(project, transcript.name, reading.path, result.notes)
        result.notes += [f"{name}: {warning}" for warning in reading.warnings]
        names = names_in_a_sheet(reading.path, name)
        own = [row for row in rows if matching_name(row.file) in names]
        if rows and not own:
            result.unmatched_documents.append(name)
        wave = next((row.wave for row in own if row.wave), options.wave)
        try:
            document = project.documents.add(
                name,
                transcript.body,
                transcript.turns,
                source=Source(storable(reading.path.name), reading.format, reading.encoding, reading.original),
                parts={each.label: "interviewer" for each in transcript.speakers if each.is_interviewer},
                cues=transcript.cues,
                wave=wave,
                guid=options.name("document", name) if options.name else None,
            )
        except UserError as error:
            result.failed.append((reading.path, error))
            return
        _name_people(project, document, transcript, own, options, result)
        result.added.append(document)


def _free_name(project: Project, name: str, path: Path, notes: list[str]) -> str:
    """The name a document gets: with its folder where another document has the plain one."""
    if not project.documents.has(name):
        return name
    longer = in_folder(name, path)
    if not project.documents.has(longer):
        notes.append(f"there is a document called {name} already: the one in {path.absolute().parent.name} is {longer}")
    return longer


def _name_people(
    project: Project,
    document: Document,
    transcript: Transcript,
    own: list[FaceRow],
    options: Options,
    result: BroughtIn,
) -> None:
    labels = [each.label for each in transcript.speakers if not each.is_interviewer]
    for row in own:
        if row.speaker and row.part in ("interviewer", "other"):
            project.documents.set_speaker(
                document, row.speaker, "interviewer" if row.part == "interviewer" else "other"
            )
            labels = [label for label in labels if label != row.speaker]
    participants = [row for row in own if row.part in ("", "participant")]
    said = dict(options.people)
    for label, row in _who(document, labels, participants, said, result.notes):
        name = row.person
        there = project.people.find(name)
        if label not in said and row not in participants:
            result.notes += _about_guess(project, document, label, row, there)
        person = there or project.people.add(name, guid=options.name("person", name) if options.name else None)
        if case := row.case or options.case:
            project.people.set_case(person.id, case)
        if row.role:
            project.people.set_role(person.id, row.role, document.wave)
        if row.attributes:
            project.attributes.set("person", person.id, row.attributes, document.wave)
        project.documents.set_speaker(document, label, "participant", person.id)


def _about_guess(project: Project, document: Document, label: str, row: FaceRow, there: Person | None) -> Iterable[str]:
    """What to tell about a person named after a label: new, or taken for somebody who is there already."""
    speaker = f"{document.name}: the speaker {visible_line(label)}" if label else document.name
    elsewhere = project.people.first_document(there) if there else None
    if there and elsewhere:
        yield (
            f"{speaker} is taken to be the same person as {there.name} in {elsewhere}. If not, say who it is: "
            f'qualcode speakers "{document.name}" "{label}=NAME", or --speaker "{label}=NAME" when importing'
        )
    elif not row.file:
        yield f"{speaker} is taken to be a person called {row.person}"


def _who(
    document: Document, labels: list[str], own: list[FaceRow], said: Mapping[str, str], notes: list[str]
) -> list[tuple[str, FaceRow]]:
    """(speaker's label, what is known of the person) for each participant; what cannot be told is noted."""
    found: list[tuple[str, FaceRow]] = []
    free = list(labels)
    for row in own:
        label = row.speaker or next((each for each in free if said.get(each, each) == row.person), "")
        if not label and len(free) <= 1:
            label = free[0] if free else ""
        elif not label:
            notes.append(
                f"{document.name}: the sheet does not say which speaker is {visible_line(row.person or row.file)} "
                f"({_listed(free)}): add a column 'speaker', or say it with: qualcode speakers"
            )
            continue
        if label in free:
            free.remove(label)
        found.append((label, row if row.person else replace(row, person=_person_name(document, label, labels))))
    for label in free:
        if own and label not in said:
            notes.append(f"{document.name}: nobody is named for the speaker {visible_line(label)}")
            continue
        name = said.get(label) or _person_name(document, label, labels)
        found.append((label, FaceRow(person=name, speaker=label)))
    return found


def _person_name(document: Document, label: str, labels: list[str]) -> str:
    """A participant's name where nobody says it: the label, or the document's name where the label says nothing."""
    plain = "".join(each for each in unicodedata.normalize("NFD", label) if not unicodedata.combining(each))
    bare = plain.casefold().rstrip(" 0123456789:.")
    if len(bare) > 1 and bare not in _GENERIC:
        return label
    return document.name if len(labels) <= 1 else f"{document.name} {label}"


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(visible_line(label) for label in labels)
