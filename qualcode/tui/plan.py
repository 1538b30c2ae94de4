"""What an import would do, or did, as rows of a list. No Textual in here."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import wrap

from qualcode.errors import QualcodeError
from qualcode.model import Document
from qualcode.transcripts import Reading
from qualcode.work.bring_in import BroughtIn, Candidate, Options
from qualcode.work.guesses import IF_NOT, IF_SEVERAL, told_of
from qualcode.work.rehearsal import Foreseen, Rehearsal

_KEYS = {"--encoding": "e", "--interviewer": "i"}
"""What the command line's advice names, and the key that does it where files are looked at."""
_WAVE = re.compile(r"wave[ _-]?(\d+)", re.IGNORECASE)
_PARTS = {"participant": "person", "interviewer": "interviewer", "other": "other"}


@dataclass(slots=True)
class Coming:
    """What was chosen to be brought in, kept with the open study: who leaves and comes back finds it as it was.

    Attributes:
        folder: the one last shown.
        marked: files, in the order they were marked.
        options: what was said about all of them, and who their speakers are.
    """

    folder: Path
    marked: list[Path] = field(default_factory=list)
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row.

    Attributes:
        name: a file, a speaker's label, or nothing.
        turns, words: of a speaker.
        part: person, interviewer, other.
        told: who it will be, or what to know.
        ink: of what is told.
        path, label: the speaker's, where it is one.
        document: one that was brought in.
        is_more: it goes on with what the row above tells.
    """

    name: str
    turns: str = ""
    words: str = ""
    part: str = ""
    told: str = ""
    ink: str = "text"
    path: Path | None = None
    label: str = ""
    person: str = ""
    document: Document | None = None
    is_more: bool = False

    @property
    def is_speaker(self) -> bool:
        """Whether it is a speaker, who can be named."""
        return self.path is not None


def plan_rows(candidates: Sequence[Candidate], rehearsal: Rehearsal) -> list[PlanRow]:
    """Each file with its speakers and warnings, then what is to be known of the whole."""
    would = rehearsal.would
    rows = [PlanRow("", told=f"the sheet, {each}", ink="warn") for each in rehearsal.faults]
    if rehearsal.faults:
        rows.append(PlanRow("", told="With this sheet nothing can be brought in.", ink="warn"))
    known = {path for path, _ in would.known}
    coming = [each for each in rehearsal.speakers if each.path not in known]
    heard = Counter(person for person, _ in {(each.person, each.document) for each in coming if each.person})
    for candidate in candidates:
        rows += _file_rows(candidate, would, [each for each in coming if each.path == candidate.path], heard)
    rows += _notes(would, map(_here, rehearsal.notes))
    return [replace(row, told=_by_keys(row.told)) for row in rows]


def _by_keys(told: str) -> str:
    """Advice with the keys of this place, where no option is typed."""
    for option, key in _KEYS.items():
        told = told.replace(option, key)
    return told


def _here(note: str) -> str:
    """A note whose remedy is a key of this place: nothing is written yet."""
    for begins in (IF_NOT, IF_SEVERAL):
        told, is_there, _ = note.partition(begins)
        if is_there:
            return f"{told}{begins}go to the speaker above: n says who it is."
    return note


def wrapped(rows: Iterable[PlanRow], width: int) -> list[PlanRow]:
    """Notes that are wider than so many cells in several rows."""
    found = []
    for row in rows:
        lines = [row.told] if row.name else wrap(row.told, max(20, width)) or [""]
        found += [replace(row, told=line, is_more=number > 0) for number, line in enumerate(lines)]
    return found


def _file_rows(
    candidate: Candidate, would: BroughtIn, speakers: Sequence[Foreseen], heard: Mapping[str, int]
) -> Iterator[PlanRow]:
    name, reading = candidate.path.name, candidate.reading
    error: QualcodeError | None = candidate.error or dict(would.failed).get(candidate.path)
    known = {path: document.name for path, document in would.known}
    if error is not None or reading is None:
        yield PlanRow(name, told=said(error) if error else "cannot be read", ink="warn")
        return
    if candidate.path in known:
        yield PlanRow(name, told=f"is in the project already, as {known[candidate.path]}", ink="asked")
        return
    read_as = f"{reading.format}, {reading.encoding}" if reading.encoding else reading.format
    named = list(dict.fromkeys(each.document for each in speakers))
    yield PlanRow(name, told=f"{read_as} → {' + '.join(named) or candidate.path.stem}", ink="asked")
    yield from _speaker_rows(reading, speakers, heard)
    warnings = would.warnings.get(candidate.path, reading.warnings)
    yield from (PlanRow("", told=warning, ink="warn") for warning in warnings)


def _speaker_rows(reading: Reading, speakers: Sequence[Foreseen], heard: Mapping[str, int]) -> Iterator[PlanRow]:
    turns = {each.label: each.turns for transcript in reading.transcripts for each in transcript.speakers}
    words = {label: number for transcript in reading.transcripts for label, number in transcript.words.items()}
    for each in speakers:
        yield PlanRow(
            f"  {each.label or '(nobody is named)'}",
            f"{turns[each.label]:,}" if each.label in turns else "",
            f"{words[each.label]:,}" if each.label in turns else "",
            _PARTS[each.part],
            _who(each, heard[each.person] if each.person else 0),
            path=reading.path,
            label=each.label,
            person=each.person,
        )
    if not speakers:
        yield PlanRow("  (nobody is named)", told="all of it will be nobody's words", ink="warn")


def _who(speaker: Foreseen, documents: int) -> str:
    """`A-SU1 SU (new)`; and in how many of these documents it is one person."""
    if not speaker.person:
        return "nobody known" if speaker.part == "participant" else ""
    here = f", one person in {documents} of these" if documents > 1 else ""
    return f"{speaker.person} {speaker.role}".rstrip() + f" ({'new' if speaker.is_new else 'known already'}{here})"


def _notes(would: BroughtIn, sentences: Iterable[str]) -> Iterator[PlanRow]:
    """What is to be known of the whole."""
    yield from (PlanRow("", told=sentence, ink="warn") for sentence in sentences)
    yield from (
        PlanRow("", told=f"the sheet, {each}: this row is passed over", ink="warn") for each in would.wrong_rows
    )
    if would.unmatched_rows:
        names = ", ".join(would.unmatched_rows)
        yield PlanRow("", told=f"the sheet has rows for documents that are not here: {names}", ink="warn")
    if would.unmatched_documents:
        names = ", ".join(would.unmatched_documents)
        yield PlanRow("", told=f"the sheet has no row for: {names}", ink="warn")


def summary_rows(brought: BroughtIn) -> list[PlanRow]:
    """What came of it: failures first, then what is new, then what is to be known; names that are guessed were seen."""
    guessed = set(told_of(brought.guesses))
    return [
        *(PlanRow(path.name, told=said(error), ink="warn") for path, error in brought.failed),
        *(PlanRow(each.name, told="brought in", ink="good", document=each) for each in brought.added),
        *(PlanRow(path.name, told=f"was here already, as {there.name}", ink="asked") for path, there in brought.known),
        *_notes(brought, [each for each in brought.notes if each not in guessed]),
    ]


def said(error: QualcodeError) -> str:
    """An error in one line, without its place: the row has it."""
    return f"{error.what}. {error.remedy}".strip()


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}{'s' * (number != 1)}"


def waves_named(names: Iterable[str]) -> list[str]:
    """The waves that names of files say: `P01_wave2.docx` says 2."""
    return sorted({match[1] for name in names if (match := _WAVE.search(name))}, key=int)


def labels_of(rows: Iterable[PlanRow], label: str) -> list[Path]:
    """The files in which somebody speaks under that label."""
    return [row.path for row in rows if row.path is not None and row.label == label]
