"""Brings transcripts into a project: what is there to read, who speaks, who they are.

Everything that is guessed is told: `look` shows it before anything is written, `bring_in` says what it did.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

from qualcode import transcripts
from qualcode.errors import RefusedError, UserError
from qualcode.model import Document, Part
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.project.forgetting import forgotten_on
from qualcode.project.guessed_names import GUESSED, IMPORT_VERB
from qualcode.project.naming import folded
from qualcode.project.texts import Source
from qualcode.transcripts import Reading, Transcript
from qualcode.transcripts.reading import NO_INTERVIEWER, storable
from qualcode.visible import visible_line
from qualcode.work.casting import names_an_interviewer, numbered_labels, said_of
from qualcode.work.face_sheet import FaceRow, folder_of, in_folder, read_face_sheet
from qualcode.work.files_meant import find
from qualcode.work.guesses import in_many, met_again, one_in_many, told_of
from qualcode.work.renumbering import renumber
from qualcode.work.sheet_check import faults, refuse, rows_on, unmatched
from qualcode.work.who_is_who import Naming, Told, name_known, name_new


@dataclass(frozen=True, slots=True)
class Voice:
    """Who one speaker of one file is: the part, and for a participant the person's name ("" = as it is guessed)."""

    path: Path
    label: str
    part: Part
    person: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What the researcher says about the files, over what would be found out.

    Attributes:
        encoding: of text files.
        interviewers: labels that ask.
        people: (speaker's label, person's name), in all files.
        voices: speakers of single files; they count over `people` and over what the sheet says of the same label.
        no_speakers: labels that only look like speakers.
        sheet: path of an attribute sheet, or None.
        wave, case: of all the documents, where the sheet does not say.
        again: files that were forgotten come in all the same.
        name: makes guids from names, for what is shipped; else they are new each time.
    """

    encoding: str | None = None
    interviewers: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    voices: tuple[Voice, ...] = ()
    no_speakers: tuple[str, ...] = ()
    sheet: Path | None = None
    wave: str = NO_WAVE
    case: str = ""
    again: bool = False
    name: Callable[..., bytes] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was looked at: its reading, or the error that it gave."""

    path: Path
    reading: Reading | None
    error: UserError | None


@dataclass(slots=True)
class BroughtIn(Told):
    """What came of bringing files in, or would come of it.

    Attributes:
        added: the new documents.
        read_from: id of each new document -> its file.
        known: (path, document) of files whose very bytes the project had already.
        failed: (path, error) of those that could not be read or stored.
        warnings: file -> what its reader says, but for what the sheet answers.
        notes: sentences to show: guesses made, warnings of the readers, what the sheet changes.
        on_documents: (name, warning) of each new document and what its reader says of it.
        wrong_rows: the sheet's rows that could not be used, each with the reason.
        unmatched_rows: names in the sheet that no document has.
        unmatched_documents: names of new documents that the sheet does not have.
    """

    added: list[Document] = field(default_factory=list)
    read_from: dict[int, Path] = field(default_factory=dict)
    known: list[tuple[Path, Document]] = field(default_factory=list)
    failed: list[tuple[Path, UserError]] = field(default_factory=list)
    warnings: dict[Path, list[str]] = field(default_factory=dict)
    on_documents: list[tuple[str, str]] = field(default_factory=list)
    unmatched_rows: list[str] = field(default_factory=list)
    unmatched_documents: list[str] = field(default_factory=list)


Sheet = tuple[list[FaceRow], tuple[str, ...]]
"""The rows of an attribute sheet, and what to tell about it."""


def look(
    files: Sequence[Path], options: Options, progress: Callable[[int, int], None] = lambda _n, _of: None
) -> list[Candidate]:
    """Read files without writing anything; one that cannot be read becomes a candidate with its error."""
    said = transcripts.Options(
        encoding=options.encoding, interviewers=options.interviewers, no_speakers=options.no_speakers
    )
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
    paths: Iterable[str | Path],
    options: Options | None = None,
    progress: Callable[[int, int], None] = lambda _n, _of: None,
) -> BroughtIn:
    """Bring transcripts into a project, in one action.

    A file that cannot be used does not stop the others; one whose very bytes are there already is passed over.

    What a sheet says is also brought to documents that are there already.

    Raises:
        InputError: the attribute sheet cannot be used, or a folder holds no transcript; nothing is written.
    """
    options = options or Options()
    sheet = _sheet_of(project, options)  # refused before any file is read
    found = find(paths, project, options.sheet)
    rows, notes = sheet
    return _take(project, look(found.files, options, progress), options, (rows, (*found.notes(), *notes)))


def take(
    project: Project,
    candidates: Iterable[Candidate],
    options: Options,
    progress: Callable[[int, int], None] = lambda _n, _of: None,
    sheet: Sheet | None = None,
) -> BroughtIn:
    """As `bring_in`, of files that were looked at before; what `progress` raises takes all of it back.

    Args:
        project: opened by a coder.
        candidates: as `look` gives them.
        options: what the researcher says.
        progress: told of each file that is stored.
        sheet: what the attribute sheet says, where it was read and looked at before.

    Raises:
        InputError: the attribute sheet cannot be used; nothing is written.
    """
    return _take(project, list(candidates), options, sheet or _sheet_of(project, options), progress)


def _sheet_of(project: Project, options: Options) -> Sheet:
    if options.sheet is None:
        return [], ()
    rows, notes = read_face_sheet(options.sheet)
    roles = [role.short for role in project.roles.all()]
    refuse(faults(rows, roles, options.wave), visible_line(options.sheet.name))
    return rows, notes


def _take(
    project: Project,
    candidates: Sequence[Candidate],
    options: Options,
    sheet: Sheet,
    progress: Callable[[int, int], None] = lambda _n, _of: None,
) -> BroughtIn:
    rows, sheet_notes = sheet
    result = BroughtIn(notes=list(sheet_notes))
    result.failed = [(each.path, each.error) for each in candidates if each.error]
    readings = [each.reading for each in candidates if each.reading]
    if not readings:
        return result
    names = {} if _names_people(options) else {"names": GUESSED}
    with project.action(IMPORT_VERB, files=len(readings), **names):
        numbered = numbered_labels(project, readings)
        result.notes += renumber(project, numbered)
        for number, reading in enumerate(readings, start=1):
            _store(project, reading, rows, options, numbered, result)
            progress(number, len(readings))
    failed = {path for path, _ in result.failed}
    read = [reading for reading in readings if reading.path not in failed]
    result.unmatched_rows = unmatched(rows, [document.name for document in project.documents.all()], read)
    result.notes += in_many(result.on_documents)
    result.notes += labels_not_met(options, readings)
    result.notes += told_of(result.guesses)
    in_many_files = {} if options.sheet else result.by_label
    result.notes += met_again(result.same, in_many_files, {document.name for document in result.added})
    result.notes += one_in_many(in_many_files)
    return result


def _names_people(options: Options) -> bool:
    """Whether the researcher says of anybody who they are."""
    return bool(options.sheet or options.people or any(each.person for each in options.voices))


def labels_not_met(options: Options, readings: Iterable[Reading]) -> Iterator[str]:
    """What to tell of labels that the researcher names and nobody has: slips of the pen."""
    met = {folded(each.label) for reading in readings for text in reading.transcripts for each in text.speakers}
    for label in dict.fromkeys((*options.interviewers, *(label for label, _ in options.people))):
        if folded(label) not in met:
            yield f"none of these documents has a speaker called {visible_line(label)}"


def warnings_on(reading: Reading, rows: Sequence[FaceRow]) -> list[str]:
    """A reading's warnings, but for what the sheet's rows on it answer: who asks."""
    labels = [each.label for transcript in reading.transcripts for each in transcript.speakers]
    answered = names_an_interviewer(rows, labels)
    return [each for each in reading.warnings if not (answered and each.startswith(NO_INTERVIEWER))]


def _store(
    project: Project,
    reading: Reading,
    rows: Sequence[FaceRow],
    options: Options,
    numbered: frozenset[str],
    result: BroughtIn,
) -> None:
    there = project.documents.with_original(reading.original)
    if there is not None:
        result.known.append((reading.path, there))
        result.warnings[reading.path] = warnings_on(reading, rows_on(rows, reading.path, there.name))
        _name_speakers_of_known(project, reading, there, rows, result)
        return
    if not options.again and (day := forgotten_on(project.store, reading.original)):
        advice = "Erased for good, perhaps since somebody withdrew. To bring it in anyway: qualcode import --again"
        result.failed.append((reading.path, RefusedError(f"this file was forgotten on {day}", remedy=advice)))
        return
    for transcript in reading.transcripts:
        name = _free_name(project, transcript.name, reading.path, result.notes)
        own = rows_on(rows, reading.path, name)
        result.warnings[reading.path] = warnings_on(reading, own)
        result.on_documents += [(name, warning) for warning in result.warnings[reading.path]]
        if rows and not own:
            result.unmatched_documents.append(name)
        wave = next((row.wave for row in own if row.wave), options.wave)
        try:
            document = project.documents.add(
                name,
                transcript.body,
                transcript.turns,
                source=_source(reading),
                parts=_parts(reading, transcript, options),
                cues=transcript.cues,
                wave=wave,
                guid=options.name("document", name) if options.name else None,
            )
        except UserError as error:
            result.failed.append((reading.path, error))
            return
        guid = partial(options.name, "person") if options.name else None
        names = said_of(transcript.speakers, options.people)
        names |= {each.label: each.person for each in options.voices if each.path == reading.path and each.person}
        name_new(Naming(project, document, own, names, result, options.case, numbered, guid))
        _insist(project, document, [each for each in options.voices if each.path == reading.path])
        result.added.append(document)
        result.read_from[document.id] = reading.path


def _parts(reading: Reading, transcript: Transcript, options: Options) -> dict[str, Part]:
    """Speaker's label -> part, as it was found or as the researcher says."""
    found: dict[str, Part] = {each.label: "interviewer" for each in transcript.speakers if each.is_interviewer}
    return found | {each.label: each.part for each in options.voices if each.path == reading.path}


def _insist(project: Project, document: Document, voices: Iterable[Voice]) -> None:
    """What the researcher says of single speakers, where a sheet had it otherwise."""
    there = {each.label: each for each in project.documents.speakers(document)}
    for voice in voices:
        if voice.label in there and voice.part != "participant":
            project.documents.set_speaker(document, voice.label, voice.part)
        elif voice.label in there and voice.person:
            person = project.people.find(voice.person) or project.people.add(voice.person)
            project.documents.set_speaker(document, voice.label, "participant", person.id)


def _source(reading: Reading) -> Source:
    name, folder = storable(reading.path.name), folder_of(reading.path)
    return Source(name, reading.format, reading.encoding, reading.original, folder)


def _name_speakers_of_known(
    project: Project, reading: Reading, document: Document, rows: Sequence[FaceRow], result: BroughtIn
) -> None:
    own = rows_on(rows, reading.path, document.name)
    if own:
        people = {person.id: person.name for person in project.people.all()}
        speakers = project.documents.speakers(document)
        names = {each.label: people[each.person] for each in speakers if each.person is not None}
        before = project.store.connection.total_changes
        name_known(Naming(project, document, own, names, result))
        if project.store.connection.total_changes > before:
            result.notes.append(f"what the sheet says was brought to {document.name}")


def _free_name(project: Project, name: str, path: Path, notes: list[str]) -> str:
    """The name a document gets: with its folder where the plain one is taken from another, else with a number."""
    if not project.documents.has(name):
        return name
    longer, other = in_folder(name, path), project.documents.folder(project.documents.get(name))
    if other and other != folder_of(path) and not project.documents.has(longer):
        notes.append(f"there is a document called {name} already: the one in {folder_of(path)} is {longer}")
        return longer
    longer = next(free for n in count(2) if not project.documents.has(free := f"{name} ({n})"))
    notes.append(
        f"there is a document called {name} already, and {path.name} differs from its file: it is brought in as "
        f'{longer}. To correct the words of {name} and keep its coding: qualcode revise "{name}" --help. '
        f'To call the new one otherwise: qualcode documents rename "{longer}" NAME'
    )
    return longer
