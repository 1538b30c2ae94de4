"""The other interviews of the person at the cursor. No Textual in here."""

from dataclasses import dataclass

from qualcode.model import Document, Person
from qualcode.project import Project
from qualcode.tui.desk import Page


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Another document in which a person speaks."""

    person: Person
    document: Document

    @property
    def told(self) -> str:
        """Who, in which wave, in which document."""
        wave = "" if self.document.wave == "-" else f"wave {self.document.wave}: "
        return f"{self.person.name}, {wave}{self.document.name}"


def counterparts(project: Project, page: Page, at: int) -> list[Counterpart]:
    """Other documents of whoever speaks at a place; where nobody known speaks there, of all who speak in the document.

    They stand in the order of waves, then of names; two people of a dyad come one after the other.
    """
    people = {person.id: person for person in project.people.all()}
    speakers = [each for each in project.documents.speakers(page.document) if each.person is not None]
    turns = page.turns_between(at, at + 1)
    here = [each for each in speakers if turns and each.label == turns[0].speaker and each.part != "interviewer"]
    meant = here or [each for each in speakers if each.part != "interviewer"]
    waves = {wave.name: wave.position for wave in project.waves.all()}
    found = [
        Counterpart(people[person], document)
        for person in dict.fromkeys(each.person for each in meant if each.person is not None)
        for document in project.documents.all()
        if document.id != page.document.id
        and any(each.person == person for each in project.documents.speakers(document))
    ]
    return sorted(found, key=lambda each: (each.person.name, waves.get(each.document.wave, 0), each.document.name))
