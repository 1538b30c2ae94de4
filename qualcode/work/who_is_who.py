"""Who speaks in a document: as the attribute sheet says, as the researcher says, else as is guessed and told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.model import Document, Part, Person
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE, Holder
from qualcode.project.naming import folded
from qualcode.project.voices import role_at
from qualcode.visible import visible_line
from qualcode.work.casting import Cast, Script, by_sheet, everybody
from qualcode.work.face_sheet import FaceRow
from qualcode.work.guesses import IF_NOT, Again, Guess


@dataclass(slots=True)
class Told:
    """What is to be told of naming people.

    Attributes:
        notes: guesses made, and what the sheet changes in people who were there already.
        wrong_rows: the sheet's rows that could not be used.
        guesses: people who were called after a label or a file.
        by_label: person's name -> names of the documents in which a label alone says that it is they.
        same: person's name -> each time that a speaker was taken to be they.
    """

    notes: list[str] = field(default_factory=list)
    wrong_rows: list[str] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    by_label: dict[str, list[str]] = field(default_factory=dict)
    same: dict[str, list[Again]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Naming:
    """One document whose speakers are being named, inside an action.

    Attributes:
        rows: the sheet's on this document.
        names: speaker's label -> person's name, where the researcher or the project has it.
        case: of people for whom the sheet names none.
        numbered: labels whose number is a person's.
        guid: makes a new person's guid from the name.
    """

    project: Project
    document: Document
    rows: Sequence[FaceRow]
    names: Mapping[str, str]
    told: Told
    case: str = ""
    numbered: frozenset[str] = frozenset()
    guid: Callable[[str], bytes] | None = None


def name_new(naming: Naming) -> None:
    """Say who speaks in a document that was just brought in: by the sheet, else by its labels."""
    _perform(naming, everybody(_script(naming)))


def name_known(naming: Naming) -> None:
    """Bring what a sheet says to a document that is in the project already; nothing is guessed."""
    wave = next((row.wave for row in naming.rows if row.wave), naming.document.wave)
    if wave != naming.document.wave:
        naming.told.notes.append(f"{naming.document.name}: the sheet changes its wave to {wave}")
        naming.project.documents.place(naming.document, wave=wave)
    here = replace(naming, document=naming.project.documents.get(naming.document.id))
    _perform(here, by_sheet(_script(here)))


def _script(naming: Naming) -> Script:
    roles = naming.project.roles.all()
    return Script(naming.document.name, _speakers(naming), naming.rows, naming.names, roles, naming.numbered)


def _speakers(naming: Naming) -> dict[str, Part]:
    """Label -> part, in the order in which they first speak."""
    parts = {each.label: each.part for each in naming.project.documents.speakers(naming.document)}
    if sum(part == "participant" for part in parts.values()) < 2:  # most interviews: no need to read the turns
        return parts
    spoken = dict.fromkeys(turn.speaker for turn in naming.project.documents.turns(naming.document))
    return {label: parts[label] for label in spoken if label in parts} | parts


def _perform(naming: Naming, cast: Cast) -> None:
    """Write a cast into the project, and tell."""
    naming.told.wrong_rows += cast.wrong_rows
    naming.told.notes += cast.notes
    for voice in cast.voices:
        if voice.row is None:
            naming.project.documents.set_speaker(naming.document, voice.label, voice.part)
            continue
        row, there = voice.row, naming.project.people.find(voice.row.person)
        if voice.is_guessed:
            row = row if row.number else replace(row, role=_role_if_new(naming, row, there))
            _tell_guess(naming, voice.label, row, there)
        _write(naming, voice.label, row, there)
    if naming.rows:
        _write_of_others(naming)


def _write_of_others(naming: Naming) -> None:
    """Write what the sheet says of the document and its cases; rows without their speaker are passed over, as told."""
    labels = {folded(each.label) for each in naming.project.documents.speakers(naming.document)}
    for row in naming.rows:
        if row.speaker and folded(row.speaker) not in labels:
            continue
        if row.of_document:
            document = naming.document
            _write_of(naming, row, "document", document.id, document.name, row.of_document)
        if row.of_case:
            _write_of_case(naming, row)


def _write_of_case(naming: Naming, row: FaceRow) -> None:
    """Write what a row says of a case: the one it names, else the import's, else the person's."""
    project = naming.project
    person = project.people.find(row.person) if row.person else None
    if name := row.case or naming.case:
        case = project.cases.ensure(name)
    elif person and person.case:
        case = next(each for each in project.cases.all() if each.id == person.case)
    else:
        names = ", ".join(name for name, _ in row.of_case)
        who = visible_line(row.person or row.speaker or row.file)
        naming.told.wrong_rows.append(f"row {row.number}: {names} is of a case, and no case is named for {who}")
        return
    _write_of(naming, row, "case", case.id, case.name, row.of_case)


def _write_of(
    naming: Naming, row: FaceRow, holder: Holder, number: int, name: str, values: Sequence[tuple[str, str]]
) -> None:
    """Write attributes of a document or a case, which hold at every wave, and tell what that changes."""
    before = naming.project.attributes.at(holder, number, NO_WAVE)
    for attribute, value in values:
        if before.get(attribute, value) != value:
            was = f"{attribute} of the {holder} {name} was {before[attribute]}"
            naming.told.notes.append(f"row {row.number}: {was} and is now {value}")
    naming.project.attributes.set(holder, number, values)


def _write(naming: Naming, label: str, row: FaceRow, there: Person | None) -> None:
    """Write one speaker's person with all that is said of them, and tell what it changes."""
    project, wave = naming.project, naming.document.wave
    row = replace(row, case=row.case or naming.case)
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


def _tell_guess(naming: Naming, label: str, row: FaceRow, there: Person | None) -> None:
    """What to tell about a person named after a label: new, or taken for somebody who is there already."""
    document = naming.document
    speaker = f"{document.name}: the speaker {visible_line(label)}" if label else document.name
    elsewhere = naming.project.people.first_document(there) if there else None
    role = f", in the role {row.role}" if row.role and not row.number else ""
    if folded(row.person) == folded(label):
        naming.told.by_label.setdefault(there.name if there else row.person, []).append(document.name)
    if there and elsewhere:
        told = (
            f"{speaker} is taken to be the same person as {there.name} in {elsewhere}{role}. {IF_NOT}say who it is: "
            f'qualcode speakers "{document.name}" "{label}=NAME", or --speaker "{label}=NAME" when importing'
        )
        naming.told.same.setdefault(there.name, []).append(Again(elsewhere, told))
    elif not row.file:
        naming.told.guesses.append(Guess(label, document.name, row.person, row.role))


def _role_if_new(naming: Naming, row: FaceRow, there: Person | None) -> str:
    """The role that a label is the name of, for somebody who has none yet."""
    return "" if there and role_at(there, naming.document.wave) else row.role
