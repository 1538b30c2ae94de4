"""Who speaks in a document: as the sheet says, as the researcher says, else as is guessed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.model import Part, Role
from qualcode.project import Project
from qualcode.project.naming import folded
from qualcode.transcripts import Reading, SpeakerCount
from qualcode.visible import visible_line
from qualcode.work.face_sheet import FaceRow
from qualcode.work.generic_labels import names_nobody, numbered_on, role_of
from qualcode.work.sheet_check import without_speaker


@dataclass(frozen=True, slots=True)
class Script:
    """What is known of a document's speakers.

    Attributes:
        document: its name.
        speakers: label -> part, in the order in which they first speak.
        rows: the sheet's on this document.
        names: label -> person's name, where the researcher or the project has it.
        roles: the project's.
        numbered: labels whose number is a person's (see `generic_labels.numbered_on`).
    """

    document: str
    speakers: Mapping[str, Part]
    rows: Sequence[FaceRow]
    names: Mapping[str, str]
    roles: Sequence[Role]
    numbered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker: the label, the part, what is said of the person (with a name), and whether the name is guessed."""

    label: str
    part: Part
    row: FaceRow | None = None
    is_guessed: bool = False


@dataclass(slots=True)
class Cast:
    """A document's speakers; what is to be told; the sheet's rows that could not be used."""

    voices: list[Voice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    wrong_rows: list[str] = field(default_factory=list)


def by_sheet(script: Script) -> Cast:
    """The speakers of whom the sheet says something; nothing is guessed but the name of somebody it leaves unnamed."""
    cast = Cast()
    wrong = dict(without_speaker(script.rows, [label for label in script.speakers if label], script.document))
    cast.wrong_rows += wrong.values()
    parts, rows = dict(script.speakers), []
    for row in (row for row in script.rows if row not in wrong):
        label = _as_written(row.speaker, parts)
        if label and row.part in ("interviewer", "other"):
            parts[label] = "interviewer" if row.part == "interviewer" else "other"
            cast.voices.append(Voice(label, parts[label]))
        elif not row.part and script.speakers.get(label) == "interviewer":
            cast.notes += _passed_over(script, label, row)
        elif row.part in ("", "participant"):
            parts |= {label: "participant"} if label else {}
            rows.append(row)
    labels = _participants(parts)
    for label, row in _whose(script, labels, rows, cast.notes):
        name = row.person or script.names.get(label)
        named = replace(row, person=name or person_name(script, label, labels))
        cast.voices.append(Voice(label, "participant", named, is_guessed=not name))
    return cast


def everybody(script: Script) -> Cast:
    """All participants, and whose part the sheet says otherwise; whom the sheet does not name is called as is guessed.

    Where there are rows on a document and none for a speaker, that speaker stays unnamed, which is told.
    """
    cast = by_sheet(script)
    known = {voice.label: voice for voice in cast.voices}
    labels = _participants({**script.speakers, **{label: voice.part for label, voice in known.items()}})
    cast.notes += _asking_yet_named(script, {label for label in script.speakers if label and label not in labels})
    for label in labels:
        if label in known:
            continue
        said = script.names.get(label)
        if script.rows and not said:
            cast.notes.append(f"{script.document}: nobody is named for the speaker {visible_line(label)}")
            continue
        role = None if said else role_of(label, script.roles)
        name = said or person_name(script, label, labels)
        row = FaceRow(person=name, speaker=label, role=role.short if role else "")
        cast.voices.append(Voice(label, "participant", row, is_guessed=not said))
    return cast


def _passed_over(script: Script, label: str, row: FaceRow) -> Iterator[str]:
    """That a row which does not say the part makes nobody a participant of somebody who asks."""
    if row.person or row.role or row.attributes:
        yield (
            f"{script.document}: {visible_line(label)} asks, so row {row.number} of the sheet is passed over; "
            "if that is a participant, write participant in a column 'part'"
        )


def _asking_yet_named(script: Script, labels: set[str]) -> Iterator[str]:
    """That a name which the researcher gives is nobody's, since who bears the label is no participant."""
    for label in sorted(labels & script.names.keys()):
        name, shown = script.names[label], visible_line(label)
        yield (
            f"{script.document}: {shown} is no participant here, so nobody is called {name}; if it is one: "
            f'qualcode speakers "{script.document}" "{shown}={name}"'
        )


def names_an_interviewer(rows: Iterable[FaceRow], labels: Iterable[str]) -> bool:
    """Whether the sheet says of one of these speakers that they ask."""
    known = {folded(label) for label in labels}
    return any(row.part == "interviewer" and folded(row.speaker) in known for row in rows)


def person_name(script: Script, label: str, labels: Sequence[str]) -> str:
    """A participant's name where nobody says it: the label, or the document's name where the label says nothing."""
    if label in script.numbered or not names_nobody(label, script.roles):
        return label
    return script.document if len(labels) <= 1 else f"{script.document} {label}"


def numbered_labels(project: Project, readings: Sequence[Reading]) -> frozenset[str]:
    """The labels whose number is a person's, by the documents that are there and those to come."""
    documents = project.documents
    there = [{each.label for each in documents.speakers(one) if each.part != "interviewer"} for one in documents]
    new = [
        {each.label for each in transcript.speakers if not each.is_interviewer}
        for reading in readings
        if not there or documents.with_original(reading.original) is None
        for transcript in reading.transcripts
    ]
    return numbered_on([*there, *new], project.roles.all())


def said_of(speakers: Iterable[SpeakerCount], people: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Speaker's label -> person's name, of those whom the researcher names (label, name), in any case."""
    said = {folded(label): name for label, name in people}
    return {each.label: said[folded(each.label)] for each in speakers if folded(each.label) in said}


def _participants(parts: Mapping[str, Part]) -> list[str]:
    return [label for label, part in parts.items() if label and part == "participant"]


def _as_written(speaker: str, labels: Iterable[str]) -> str:
    return next((each for each in labels if folded(each) == folded(speaker)), speaker)


def _whose(
    script: Script, labels: Sequence[str], rows: Iterable[FaceRow], notes: list[str]
) -> Iterator[tuple[str, FaceRow]]:
    """(speaker's label, the row that is about them); rows that do not tell it are noted."""
    free = list(labels)
    for row in rows:
        label = _as_written(row.speaker, labels)
        if not label:
            names = {each: folded(script.names.get(each, each)) for each in free}
            label = next((each for each in free if names[each] == folded(row.person)), "")
        if not label and len(free) > 1:
            who = visible_line(row.person or row.file)
            notes.append(
                f"{script.document}: the sheet does not say which speaker is {who} "
                f"({', '.join(map(visible_line, free))}), so nothing of what it says of them is taken: add a column "
                "'speaker' (or say it with: qualcode speakers) and import again with the sheet"
            )
            continue
        label = label or (free[0] if free else "")
        if label in free:
            free.remove(label)
        yield label, row
