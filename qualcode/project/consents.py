"""What participants agreed to: marks of consent, which are attributes of a person, a document or a case, by wave.

`quote`: that words are printed. `archive`: that the transcript goes into an archive. `share`: that it is given to
people outside the team. A `no` is always obeyed, be it said for one wave or for all, and whatever is written that is
not `yes` (`consent_words.YES`) is one: of "only with changes" no program knows what is meant. To be quoted nobody need
be marked `yes`, as studies ask for it beforehand; for an archive, and for others, everybody who takes part must be.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from qualcode.model import Case, Document
from qualcode.project.actions import Store
from qualcode.project.cases import NO_WAVE, Cases, People
from qualcode.project.consent_words import MARKS, YES, Mark

Holder = tuple[str, int]
"""("person", its id), or of a document or a case."""


class Consents:
    """The marks of a project as they stand, read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._people = {person.id: person for person in People(store).all()}
        self._cases = {case.id: case for case in Cases(store).all()}

    def refuses(self, mark: Mark, people: Iterable[int], document: Document) -> bool:
        """Whether the document, its case, or anybody of these people or their case is marked `no`."""
        holders = self._holders(people, document)
        return any(said not in YES for holder in holders for said in self._said(mark, holder, document.wave))

    def gives(self, mark: Mark, document: Document) -> bool:
        """Whether nobody refuses, and everybody who takes part is marked `yes`, or the document or its case is."""
        people = self._participants.get(document.id, set())
        if self.refuses(mark, people, document):
            return False
        shared = [("document", document.id), *(("case", case.id) for case in self.around(document.case))]
        if any(self._said(mark, holder, document.wave) for holder in shared):  # all say yes: nobody refuses
            return True
        return bool(people) and all(self._says_yes(mark, person, document.wave) for person in people)

    def refused(self, document: Document) -> list[Mark]:
        """The marks that are `no` for somebody who takes part."""
        people = self._participants.get(document.id, set())
        return [mark for mark in MARKS if self.refuses(mark, people, document)]

    def around(self, case: int | None) -> list[Case]:
        """A case and those around it."""
        found = []
        while case is not None:
            found.append(self._cases[case])
            case = self._cases[case].parent
        return found

    def _says_yes(self, mark: Mark, person: int, wave: str) -> bool:
        cases = (("case", case.id) for case in self.around(self._people[person].case))
        return any(self._said(mark, holder, wave) for holder in (("person", person), *cases))

    def _holders(self, people: Iterable[int], document: Document) -> Iterator[Holder]:
        yield "document", document.id
        cases = self.around(document.case)
        for person in people:
            yield "person", person
            cases += self.around(self._people[person].case)
        for case in cases:
            yield "case", case.id

    def _said(self, mark: Mark, holder: Holder, wave: str) -> set[str]:
        """What was said for a wave, and for all."""
        said = self._marks.get((mark, holder), {})
        return {said[at] for at in (wave, NO_WAVE) if said.get(at)}

    @cached_property
    def _marks(self) -> Mapping[tuple[str, Holder], dict[str, str]]:
        """Mark and holder -> wave -> what was said, in small letters."""
        rows = self._store.rows(
            'SELECT lower(attribute.name), holder, coalesce(person, "case", document), wave.name, value '
            "FROM attribute_value JOIN attribute ON attribute.id = attribute "
            "JOIN wave ON wave.id = attribute_value.wave "
            f"WHERE lower(attribute.name) IN ({', '.join('?' * len(MARKS))})",
            MARKS,
        )
        said: dict[tuple[str, Holder], dict[str, str]] = {}
        for mark, holder, row, wave, value in rows:
            said.setdefault((mark, (holder, row)), {})[wave] = value.strip().casefold()
        return said

    @cached_property
    def _participants(self) -> Mapping[int, set[int]]:
        """Document's id -> ids of those who take part; somebody who is not known is none of them."""
        rows = self._store.rows(
            "SELECT document, person FROM document_person WHERE person IS NOT NULL "
            "AND (part = 'participant' OR speaker = '')"
        )
        found: dict[int, set[int]] = {}
        for document, person in rows:
            found.setdefault(document, set()).add(person)
        return found
