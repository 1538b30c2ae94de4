"""Who speaks in a document: as the attribute sheet says, as the researcher says, else as is guessed and told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.model import Document, Part, Person
from qualcode.project import Project
from qualcode.project.naming import folded
from qualcode.project.voices import role_at
from qualcode.visible import visible_line
from qualcode.work.face_sheet import FaceRow
from qualcode.work.generic_labels import names_nobody, role_of
from qualcode.work.sheet_check import without_speaker


@dataclass(slots=True)
class Told:
    """What is to be told of naming people.

    Attributes:
        notes: guesses made, and what the sheet changes in people who were there already.
        guesses: those of the notes that only say whom a speaker is taken for.
        wrong_rows: the sheet's rows that could not be used.
        by_label: person's name -> names of the documents in which a label alone says that it is they.
    """

    notes: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    wrong_rows: list[str] = field(default_factory=list)
    by_label: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Naming:
    """One document whose speakers are being named, inside an action.

    Attributes:
        rows: the sheet's on this document.
        names: speaker's label -> person's name, where the researcher or the project has it.
        case: of people for whom the sheet names none.
        guid: makes a new person's guid from the name.
    """

    project: Project
    document: Document
    rows: Sequence[FaceRow]
    names: Mapping[str, str]
    told: Told
    case: str = ""
    guid: Callable[[str], bytes] | None = None


def name_new(naming: Naming) -> None:
    """Say who speaks in a document that was just brought in: by the sheet, else by its labels."""
    named = _by_sheet(naming)
    labels = _participants(naming)
    for label in labels:
        if label in named:
            continue
        if naming.rows and label not in naming.names:
            naming.told.notes.append(f"{naming.document.name}: nobody is named for the speaker {visible_line(label)}")
            continue
        row = FaceRow(person=naming.names.get(label) or person_name(naming, label, labels), speaker=label)
        if label not in naming.names:
            row = replace(row, role=_role_by_label(naming, label, row.person))
            _tell_guess(naming, label, row)
        _write(naming, label, row)


def name_known(naming: Naming) -> None:
    """Bring what a sheet says to a document that is in the project already; nothing is guessed."""
    wave = next((row.wave for row in naming.rows if row.wave), naming.document.wave)
    if wave != naming.document.wave:
        naming.told.notes.append(f"{naming.document.name}: the sheet changes its wave to {wave}")
        naming.project.documents.place(naming.document, wave=wave)
    _by_sheet(replace(naming, document=naming.project.documents.get(naming.document.id)))


def _participants(naming: Naming) -> list[str]:
    speakers = naming.project.documents.speakers(naming.document)
    labels = {each.label for each in speakers if each.part == "participant" and each.label}
    if len(labels) < 2:  # most interviews: no need to read the turns for an order
        return list(labels)
    spoken = dict.fromkeys(turn.speaker for turn in naming.project.documents.turns(naming.document))
    return [label for label in spoken if label in labels]


def _by_sheet(naming: Naming) -> set[str]:
    """Name those whom the sheet names; returns their labels."""
    usable = _usable(naming)
    for row in usable:
        if row.speaker and row.part in ("interviewer", "other"):
            part: Part = "interviewer" if row.part == "interviewer" else "other"
            naming.project.documents.set_speaker(naming.document, row.speaker, part)
    labels = _participants(naming)
    rows = [row for row in usable if row.part in ("", "participant")]
    named = list(_whose(naming, labels, rows))
    for label, row in named:
        name = row.person or naming.names.get(label) or person_name(naming, label, labels)
        if not row.person and label not in naming.names:
            _tell_guess(naming, label, replace(row, person=name))
        _write(naming, label, replace(row, person=name))
    return {label for label, _ in named}


def _usable(naming: Naming) -> list[FaceRow]:
    """The rows but those whose speaker the document does not have: these are told."""
    labels = [each.label for each in naming.project.documents.speakers(naming.document) if each.label]
    wrong = dict(without_speaker(naming.rows, labels, naming.document.name))
    naming.told.wrong_rows += wrong.values()
    return [row for row in naming.rows if row not in wrong]


def _whose(naming: Naming, labels: Sequence[str], rows: Iterable[FaceRow]) -> Iterable[tuple[str, FaceRow]]:
    """(speaker's label, the row that is about them); rows that do not tell it are noted."""
    free = list(labels)
    for row in rows:
        label = next((each for each in labels if folded(each) == folded(row.speaker)), row.speaker)
        if not label:
            names = {each: folded(naming.names.get(each, each)) for each in free}
            label = next((each for each in free if names[each] == folded(row.person)), "")
        if not label and len(free) > 1:
            who = visible_line(row.person or row.file)
            naming.told.notes.append(
                f"{naming.document.name}: the sheet does not say which speaker is {who} "
                f"({', '.join(map(visible_line, free))}): add a column 'speaker', or say it with: qualcode speakers"
            )
            continue
        label = label or (free[0] if free else "")
        if label in free:
            free.remove(label)
        yield label, row


def _write(naming: Naming, label: str, row: FaceRow) -> None:
    """Write one speaker's person with all that is said of them, and tell what it changes."""
    project, wave = naming.project, naming.document.wave
    row = replace(row, case=row.case or naming.case)
    there = project.people.find(row.person)
    guid = naming.guid(row.person) if naming.guid else None
    person = there or project.people.add(row.person, guid=guid)
    if there:
        naming.told.notes += _changes(naming, there, row)
    if row.case:
        project.people.set_case(person.id, row.case)
    if row.role:
        project.people.set_role(person.id, row.role, wave)
    if row.attributes:
        project.attributes.set("person", person.id, row.attributes, wave)
    project.documents.set_speaker(naming.document, label, "participant", person.id)


def _changes(naming: Naming, person: Person, row: FaceRow) -> Iterable[str]:
    """What a row says otherwise than the project has it."""
    project, wave = naming.project, naming.document.wave
    where = f"row {row.number}: " if row.number else ""
    if row.number and row.person != person.name:
        yield f"{where}{row.person} is taken to be {person.name}"
    case = next((case.name for case in project.cases.all() if case.id == person.case), "")
    before = {
        "case": (case, row.case, folded(case) == folded(row.case)),
        "role": (role := dict(person.roles).get(wave, ""), row.role, folded(role) == folded(row.role)),
    }
    values = project.attributes.at("person", person.id, wave)
    before |= {name: (values.get(name, ""), value, values.get(name) == value) for name, value in row.attributes}
    for what, (old, new, is_same) in before.items():
        if old and new and not is_same:
            yield f"{where}{what} of {person.name} was {old} and is now {new}"


def _tell_guess(naming: Naming, label: str, row: FaceRow) -> None:
    """What to tell about a person named after a label: new, or taken for somebody who is there already."""
    document, there = naming.document, naming.project.people.find(row.person)
    speaker = f"{document.name}: the speaker {visible_line(label)}" if label else document.name
    elsewhere = naming.project.people.first_document(there) if there else None
    role = f", in the role {row.role}" if row.role and not row.number else ""
    if folded(row.person) == folded(label):
        naming.told.by_label.setdefault(there.name if there else row.person, []).append(document.name)
    if there and elsewhere:
        naming.told.guesses.append(
            f"{speaker} is taken to be the same person as {there.name} in {elsewhere}{role}. If not, say who it is: "
            f'qualcode speakers "{document.name}" "{label}=NAME", or --speaker "{label}=NAME" when importing'
        )
    elif not row.file:
        naming.told.guesses.append(f"{speaker} is taken to be a person called {row.person}{role}")
    else:
        return
    naming.told.notes.append(naming.told.guesses[-1])


def person_name(naming: Naming, label: str, labels: Sequence[str]) -> str:
    """A participant's name where nobody says it: the label, or the document's name where the label says nothing."""
    document = naming.document
    if not names_nobody(label, naming.project.roles.all()):
        return label
    return document.name if len(labels) <= 1 else f"{document.name} {label}"


def _role_by_label(naming: Naming, label: str, name: str) -> str:
    """The role that a label is the name of, for somebody who has none yet."""
    role, there = role_of(label, naming.project.roles.all()), naming.project.people.find(name)
    return "" if role is None or (there and role_at(there, naming.document.wave)) else role.short
