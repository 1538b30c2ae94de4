"""How passages are cited: inside the team in full, for publication so that nobody is told apart by their labels.

Inside the team: `[case, role, wave, person, line]`. For publication: `[person, role]`, and the case only where enough
people share case and role; in a small study "[C, manager]" is somebody's boss. Marks of consent are kept: an attribute
`quote` with the value `no`, of a person, a document or a case, keeps their passages out of print.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import count
from re import findall
from typing import Literal

from qualcode.model import Claim, ClaimEvidence, Document, Person, Segment
from qualcode.project.actions import Store
from qualcode.project.cases import Cases, People
from qualcode.project.consent_words import Mark
from qualcode.project.consents import Consents
from qualcode.project.documents import Documents
from qualcode.project.roles import Roles
from qualcode.project.texts import body_of, turns_of
from qualcode.project.voices import Voices, role_at

Style = Literal["team", "publication"]

CONSENT: Mark = "quote"
"""The attribute that says whether somebody may be quoted; `no` is obeyed."""

WITHHELD = "[not quoted: no consent]"
"""Stands for the words of a passage that may not be printed."""


@dataclass(frozen=True, slots=True)
class Citations:
    """How passages are cited.

    Attributes:
        style: "team", or "publication".
        small_cell: for publication, how many people must share case and role for the case to be told.
    """

    style: Style = "team"
    small_cell: int = 5


TEAM = Citations()


@dataclass(frozen=True, slots=True)
class Labels:
    """What is told of somebody in one document: role and case, each "" where it is not told."""

    role: str
    case: str


class Publication:
    """Who is called what in print, and who may be quoted."""

    def __init__(self, store: Store, small_cell: int) -> None:
        self._store = store
        self.small_cell = small_cell
        self._people = {person.id: person for person in People(store).all()}
        self._cases = {case.id: case for case in Cases(store).all()}
        self._roles = {role.short: role.name for role in Roles(store).all()}
        self._documents = {document.id: document for document in Documents(store).all()}
        self._voices: dict[int, Voices] = {}

    # -- citing ------------------------------------------------------------------------------------------------------

    def citation(self, people: Sequence[int], document: Document) -> str:
        """`[P417, service user]`; of several who speak in a passage `[P417, service user + P250, peer worker]`.

        A text in which nobody speaks (a paper, a report) is cited by its name.
        """
        if people:
            return f"[{' + '.join(self.described(person, document) for person in people)}]"
        return "[participant not known]" if document.id in self._interviews else f"[{document.name}]"

    def described(self, person: int, document: Document) -> str:
        """Somebody as cited without brackets: `P417, service user`."""
        labels = self.labels(person, document)
        return ", ".join(part for part in (self.names[person], labels.role, labels.case) if part)

    def labels(self, person: int, document: Document) -> Labels:
        """What is told of somebody, by the role they have at the document's wave."""
        known = self._people[person]
        role = role_at(known, document.wave)
        is_told = known.case is not None and len(self._cells.get((known.case, role), ())) >= self.small_cell
        case = self._cases[known.case].name if is_told and known.case is not None else ""
        return Labels(self._roles.get(role, ""), case)

    @cached_property
    def names(self) -> Mapping[int, str]:
        """What each person is called, by id: their name, or a number where anybody's name tells their case.

        The numbers follow no order, so that they do not tell the case either. They stay when people are added.
        """
        if not self.are_numbered:
            return {person.id: person.name for person in self._people.values()}
        room = 900
        while room < 3 * len(self._people):
            room *= 10
        taken: dict[int, int] = {}
        for person in sorted(self._people.values(), key=lambda each: each.id):
            first = int.from_bytes(sha256(person.guid).digest()[:8], "big")
            taken[next(free for step in count() if (free := (first + step) % room) not in taken)] = person.id
        return {person: f"P{room // 9 + number}" for number, person in taken.items()}

    @cached_property
    def are_numbered(self) -> bool:
        """Whether people are called by numbers, since a name such as "A-SU1" tells the case."""
        return any(
            _parts(person.name) & set(findall(r"\d+|[^\W\d_]+", case.name.casefold()))
            for person in self._people.values()
            for case in self._consents.around(person.case)
        )

    @cached_property
    def _interviews(self) -> set[int]:
        """Ids of the documents in which somebody is known to take part, or speaks at all."""
        return {row[0] for row in self._store.rows("SELECT DISTINCT document FROM document_person")}

    @cached_property
    def _visits(self) -> list[tuple[Person, Document]]:
        """Everybody interviewed in every document."""
        rows = self._store.rows(
            "SELECT DISTINCT person, document FROM document_person WHERE person IS NOT NULL "
            "AND (part = 'participant' OR speaker = '')"
        )
        return [(self._people[person], self._documents[document]) for person, document in rows]

    @cached_property
    def _cells(self) -> dict[tuple[int, str], set[int]]:
        """The people interviewed, by case and role."""
        cells: dict[tuple[int, str], set[int]] = {}
        for person, document in self._visits:
            if person.case is not None:
                cells.setdefault((person.case, role_at(person, document.wave)), set()).add(person.id)
        return cells

    # -- consent -----------------------------------------------------------------------------------------------------

    def may_quote(self, people: Iterable[int], document: Document) -> bool:
        """Whether words may be printed: neither the document nor anybody who speaks is marked `quote` = `no`."""
        return not self._consents.refuses(CONSENT, people, document)

    @cached_property
    def said(self) -> tuple[list[str], list[str]]:
        """All that is said: what may not be printed, and the rest."""
        withheld: list[str] = []
        printable: list[str] = []
        for document in self._documents.values():
            body = body_of(self._store, document.text)
            voices = Voices.of(self._store, document.id)
            for turn in turns_of(self._store, document.text):
                may = self.may_quote(voices.between(turn.speech, turn.end), document)
                (printable if may else withheld).append(body[turn.speech : turn.end])
        return withheld, printable

    @cached_property
    def _consents(self) -> Consents:
        return Consents(self._store)

    # -- what a table itself may tell -------------------------------------------------------------------------------

    @cached_property
    def team_names(self) -> set[str]:
        """What people are called in the team and not in print."""
        return {person.name for person in self._people.values()} - set(self.names.values())

    @cached_property
    def small_cases(self) -> set[str]:
        """Names of the cases in which fewer people than a small cell's were interviewed."""
        inside: dict[str, set[int]] = {}
        for person, _ in self._visits:
            for case in self._consents.around(person.case):
                inside.setdefault(case.name, set()).add(person.id)
        return {name for name, people in inside.items() if len(people) < self.small_cell}

    # -- what is shown -----------------------------------------------------------------------------------------------

    def withheld(self, passages: Iterable[Segment | Claim | ClaimEvidence]) -> int:
        """How many of the passages may not be printed."""
        return sum(not self.may_quote(self._speakers(each), self._documents[each.document]) for each in passages)

    def cited_in(self, passages: Iterable[Segment | Claim | ClaimEvidence]) -> set[tuple[int, int]]:
        """Ids of the people cited where the passages are printed, each with the document."""
        return {
            (person, each.document)
            for each in passages
            if self.may_quote(self._speakers(each), self._documents[each.document])
            for person in self._speakers(each)
        }

    def singled_out(self, cited: Iterable[tuple[int, int]]) -> list[str]:
        """The labels that citations show and that fit one person of the study only, with the person.

        All that is shown of somebody is taken together: who is cited as service user and as peer worker is both.

        Args:
            cited: ids of people and of documents that they are cited from.
        """
        shown: dict[int, set[str]] = {}
        for person, document in cited:
            labels = self.labels(person, self._documents[document])
            shown.setdefault(person, set()).update({labels.role, labels.case} - {""})
        alone = [
            (" + ".join(sorted(labels)), self.names[person])
            for person, labels in shown.items()
            if labels and sum(labels <= known for known in self._known.values()) == 1
        ]
        return [f"{labels} ({name})" for labels, name in sorted(alone)]

    @cached_property
    def _known(self) -> dict[int, set[str]]:
        """All labels that fit each person interviewed."""
        known: dict[int, set[str]] = {}
        for person, document in self._visits:
            labels = known.setdefault(person.id, set())
            labels.add(self._roles.get(role_at(person, document.wave), ""))
            labels.update(case.name for case in self._consents.around(person.case)[:1])
        return known

    def _speakers(self, passage: Segment | Claim | ClaimEvidence) -> tuple[int, ...]:
        if passage.document not in self._voices:
            self._voices[passage.document] = Voices.of(self._store, passage.document)
        return self._voices[passage.document].between(passage.start, passage.end)


def _parts(name: str) -> set[str]:
    """The words that a person's name is put together from, A-SU1 of a and su, and the number it begins with, 3-SU1.

    Other numbers count people: P2 need not be of site 2.
    """
    return {number or word for number, word in findall(r"^(\d+)(?=\W)|([^\W\d_]+)", name.casefold())}
