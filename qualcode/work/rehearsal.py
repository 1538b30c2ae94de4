"""What an import would do: it is done, looked at, and taken back. So what is shown cannot differ from what is done."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qualcode.model import Part
from qualcode.project import Project
from qualcode.project.passing import passing_project
from qualcode.project.voices import role_at
from qualcode.transcripts import Transcript
from qualcode.work.bring_in import BroughtIn, Candidate, Options, Sheet, take
from qualcode.work.face_sheet import read_face_sheet
from qualcode.work.guesses import in_many, told_of
from qualcode.work.sheet_check import faults, with_known_roles
from qualcode.work.taken_back import taken_back

_BEGINNING, _LINE, _LINES = 20_000, 240, 3
"""Code points looked at, and shown of each line, and how many lines are shown."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One speaker as an import would store them, or as they stand in a document that is there already.

    Attributes:
        path: the file.
        document: the name the document would get, or has.
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


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would be done and told.

    Attributes:
        would: what the import would return; its documents do not exist.
        speakers: of all documents that would come in or are there already, in the order of the files.
        faults: why the sheet could not be used, a line each; with any of them nothing would be brought in, and the
            rest is what the sheet would do if it could be used.
        notes: what would be told, but for the files' warnings (`would.warnings`) and the names guessed (`speakers`).
    """

    would: BroughtIn
    speakers: tuple[Foreseen, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    def of(self, path: Path) -> dict[str, dict[str, Foreseen]]:
        """The documents of a file: name -> speaker's label -> speaker. None for a file that would not be taken."""
        names = [each.name for each in self.would.added if self.would.read_from[each.id] == path]
        names += [document.name for known, document in self.would.known if known == path]
        own = [each for each in self.speakers if each.path == path]
        return {name: {each.label: each for each in own if each.document == name} for name in names}


def rehearse(
    project: Project | None,
    candidates: Sequence[Candidate],
    options: Options,
    progress: Callable[[int, int], None] = lambda _n, _of: None,
) -> Rehearsal:
    """What `bring_in` would do with files that were looked at; without a project it is seen as for a new one.

    A project that can be written is held for writing meanwhile; of one that can only be read a copy in memory is used.

    Raises:
        InputError: the sheet cannot be read.
        RefusedError: inside an action, which would keep what is done here.
    """
    with _stage(project) as stage:
        before = {person.id for person in stage.people.all()}
        sheet, wrong = _sheet(stage, options)
        would = take(stage, candidates, options, progress, sheet)
        speakers = tuple(_speakers(stage, would, before))
    elsewhere = {*told_of(would.guesses), *in_many(would.on_documents)}
    return Rehearsal(would, speakers, tuple(wrong), tuple(each for each in would.notes if each not in elsewhere))


@contextmanager
def _stage(project: Project | None) -> Iterator[Project]:
    """The project, or one in memory in its place; what is done there stays no longer than it is looked at."""
    if project is None or project.store.is_read_only:
        with passing_project(project) as passing, taken_back(passing):
            yield passing
    else:
        with taken_back(project):
            yield project


def _sheet(stage: Project, options: Options) -> tuple[Sheet, list[str]]:
    """What the sheet says, as far as it can be used, and why the rest cannot."""
    if options.sheet is None:
        return ([], ()), []
    rows, notes = read_face_sheet(options.sheet)
    roles = [role.short for role in stage.roles.all()]
    wrong = faults(rows, roles, options.wave)
    return (with_known_roles(rows, roles), notes), wrong


def _speakers(stage: Project, would: BroughtIn, before: set[int]) -> Iterator[Foreseen]:
    people = {person.id: person for person in stage.people.all()}
    documents = [(would.read_from[each.id], each) for each in would.added] + would.known
    for path, document in documents:
        now = stage.documents.get(document.id)
        for each in stage.documents.speakers(now):
            person = people.get(each.person or 0)
            yield Foreseen(
                path,
                now.name,
                each.label,
                each.part,
                person.name if person else "",
                role_at(person, now.wave) if person else "",
                person is not None and person.id not in before,
            )


def first_lines(transcript: Transcript) -> list[str]:
    """How a text begins: its first lines that are not empty, of each no more than fits a few lines on a screen."""
    lines = (line.strip() for line in transcript.body[:_BEGINNING].split("\n"))
    return [line[:_LINE] for line in lines if line][:_LINES]
