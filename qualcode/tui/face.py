"""The face-sheet line above a transcript: who speaks, as what, where, when. No Textual in here."""

from qualcode.model import Document
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.project.voices import role_at


def face(project: Project, document: Document) -> str:
    """`P03 · SU · A · wave 1 · 61 · ...`: people with role and case, the wave, then what is known of them."""
    people = {person.id: person for person in project.people.all()}
    cases = {case.id: case.name for case in project.cases.all()}
    told: list[str] = []
    known: dict[str, str] = dict(project.attributes.of("document", document.id, document.wave))
    speakers = [each for each in project.documents.speakers(document) if each.person is not None]
    for speaker in speakers:
        person = people[speaker.person or 0]
        told += [person.name, role_at(person, document.wave), cases.get(person.case or 0, "")]
        if len(speakers) == 1:
            known = dict(project.attributes.of("person", person.id, document.wave)) | known
    if document.wave != NO_WAVE:
        told.append(f"wave {document.wave}")
    return " · ".join([part for part in told if part] + [f"{name} {value}" for name, value in known.items()])
