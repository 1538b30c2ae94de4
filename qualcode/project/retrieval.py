"""Retrieval: which coded passages fit what is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.errors import not_found
from qualcode.model import Person, Segment
from qualcode.project.actions import Store
from qualcode.project.cases import Attributes, Cases, People, Roles, Waves
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.voices import Voices, role_at


@dataclass(frozen=True, slots=True)
class Filter:
    """Which coding is wanted; an empty field asks for nothing in particular. All named fields must hold.

    Attributes:
        codes: short names; each with all below it and all merged into it.
        documents, people, cases, roles, waves, coders: by name (roles and coders by short name).
        attributes: name -> value, of the person who speaks (at the document's wave) or the document.
        words: they occur in the passage, whatever their case.
        unsure: only passages marked unsure.
    """

    codes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    words: str = ""
    unsure: bool = False


class Retrieval:
    """One question to the coded passages of a project."""

    def __init__(self, store: Store, wanted: Filter) -> None:
        self._store = store
        self._wanted = wanted

    def among(self, read: Callable[[str, Sequence[Any]], list[Segment]]) -> list[Segment]:
        """The standing segments that fit.

        Args:
            read: the segments under an SQL condition with its parameters, by document and place.

        Raises:
            NotFoundError: a code, coder, person, ... is asked for that is not there.
        """
        wanted = self._wanted
        self._must_be_known()
        conditions, parameters = self._coding_conditions()
        documents = self._documents()
        found = [each for each in read(" AND ".join(conditions), parameters) if each.document in documents]
        if wanted.people or wanted.cases or wanted.roles or wanted.attributes:
            found = self._spoken_by(found)
        return self._holding(found) if wanted.words else found

    def _must_be_known(self) -> None:
        """Roles, waves and attributes are compared by name; all else is looked up, and missed, where it is used."""
        attributes = Attributes(self._store)
        known = {
            "role": [role.short for role in Roles(self._store).all()],
            "wave": [wave.name for wave in Waves(self._store).all()],
            "attribute": sorted({*attributes.names("person"), *attributes.names("document")}),
        }
        named = {
            "role": self._wanted.roles,
            "wave": self._wanted.waves,
            "attribute": [name for name, _ in self._wanted.attributes],
        }
        for noun, names in named.items():
            for name in names:
                if name not in known[noun]:
                    raise not_found(noun, name, known[noun])

    def _coding_conditions(self) -> tuple[list[str], list[Any]]:
        conditions, parameters = ["until IS NULL"], list[Any]()
        if self._wanted.codes:
            codes = Codes(self._store)
            branch = {each for short in self._wanted.codes for each in codes.branch(codes.get(short))}
            conditions.append(f"code IN ({', '.join('?' * len(branch))})")
            parameters += sorted(branch)
        if self._wanted.coders:
            conditions.append(f"coder IN ({', '.join('?' * len(self._wanted.coders))})")
            parameters += [Coders(self._store).get(short).id for short in self._wanted.coders]
        if self._wanted.unsure:
            conditions.append("unsure IS NOT NULL")
        return conditions, parameters

    def _documents(self) -> set[int]:
        documents = Documents(self._store)
        chosen = [documents.get(name) for name in self._wanted.documents] or documents.all()
        return {each.id for each in chosen if not self._wanted.waves or each.wave in self._wanted.waves}

    def _spoken_by(self, found: list[Segment]) -> list[Segment]:
        people = People(self._store)
        named = {people.get(name).id for name in self._wanted.people}
        cases = {Cases(self._store).get(name).id for name in self._wanted.cases}
        known = {person.id: person for person in people.all()}
        waves = {document.id: document.wave for document in Documents(self._store).all()}
        voices = {number: Voices.of(self._store, number) for number in {each.document for each in found}}

        def fits(person: Person, document: int) -> bool:
            wave = waves[document]
            return (
                (not named or person.id in named)
                and (not cases or person.case in cases)
                and (not self._wanted.roles or role_at(person, wave) in self._wanted.roles)
                and self._has(person.id, document, wave)
            )

        return [
            each
            for each in found
            if any(fits(known[person], each.document) for person in voices[each.document].between(each.start, each.end))
        ]

    def _has(self, person: int, document: int, wave: str) -> bool:
        if not self._wanted.attributes:
            return True
        attributes = Attributes(self._store)
        values: Mapping[str, str] = attributes.of("document", document) | attributes.of("person", person, wave)
        return all(values.get(name) == value for name, value in self._wanted.attributes)

    def _holding(self, found: list[Segment]) -> list[Segment]:
        documents = Documents(self._store)
        bodies = {number: documents.body(documents.get(number)) for number in {each.document for each in found}}
        sought = self._wanted.words.casefold()
        return [each for each in found if sought in bodies[each.document][each.start : each.end].casefold()]
