"""Counting again in plain Python: what a cell's evidence comes to, and of how many, one object at a time.

The rules are those of qualcode/analysis/counting.py, written a second time from the guide, without its arrays.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

from qualcode.analysis import Scope
from qualcode.model import Claim, Document, Person, Segment
from qualcode.project import Project
from qualcode.spans import unite

UNITS = ("people", "sources", "cases", "references")
Who = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Passage:
    """Some words of a document that stand under codes: all of them must apply to a speaker."""

    document: int
    start: int
    end: int
    codes: tuple[int, ...]


class Recount:
    """A project under a scope, read through its public objects."""

    def __init__(self, project: Project, scope: Scope | None = None) -> None:
        self.project = project
        self.scope = scope or Scope()
        self.documents = {document.id: document for document in project.documents}
        self.people = {person.id: person for person in project.people.all()}
        self.cases = {case.id: case for case in project.cases.all()}
        self.codes = {code.id: code for code in project.codes.all(retired=True)}
        self.standing = project.codes.standing()
        self.by_short = {code.short: code.id for code in self.codes.values()}

    # -- codes -------------------------------------------------------------------------------------------------------

    def branch(self, short: str) -> set[int]:
        """Ids of a code, of those below it, and of all that were merged into them."""
        return {code for code in self.codes if short in self.above(code)}

    def above(self, code: int | None) -> list[str]:
        """Short names of what a code counts under, itself first."""
        found = []
        while code is not None:
            found.append(self.codes[self.standing[code]].short)
            code = self.codes[self.standing[code]].parent
        return found

    def applies(self, code: int, role: str, wave: str) -> bool:
        """Whether a code applies to somebody in a role ("" = none known) at a wave."""
        named = set(self.codes[self.standing[code]].applies_to)
        roles = named & {role.short for role in self.project.roles.all()}
        waves = (named & {each.name for each in self.project.waves.all()}) - roles
        return (not roles or role in roles) and (not waves or wave in waves)

    # -- people ------------------------------------------------------------------------------------------------------

    def speakers(self, passage: Passage) -> set[int]:
        """Everybody known who speaks in a passage; in a text without speakers, its people."""
        document = self.documents[passage.document]
        rows = self._rows[document.id]
        alone = {each.person for each in rows if each.label == "" and each.person is not None}
        turns = [
            turn
            for turn in self._turns[document.id]
            if turn.speaker and max(turn.speech, passage.start) < min(turn.end, passage.end)
        ]
        heard = {turn.speaker for turn in turns}
        return alone | {each.person for each in rows if each.label in heard and _takes_part(each)}

    @cached_property
    def _rows(self):
        return {number: self.project.documents.speakers(each) for number, each in self.documents.items()}

    @cached_property
    def _turns(self):
        return {number: self.project.documents.turns(each) for number, each in self.documents.items()}

    def everybody(self, document: Document) -> set[int]:
        """All people known to speak in a document."""
        return self.speakers(Passage(document.id, 0, document.length, ()))

    def role(self, person: Person, wave: str) -> str:
        roles = dict(person.roles)
        return roles.get(wave, roles.get("-", ""))

    def around(self, case: int | None) -> list[str]:
        """Names of a case and of those around it."""
        found = []
        while case is not None:
            found.append(self.cases[case].name)
            case = self.cases[case].parent
        return found

    def value(self, name: str, document: Document, person: Person | None) -> str:
        """An attribute's value: the person's at the wave, else the document's, else that of the case."""
        of = self.project.attributes.of
        case = document.case if person is None else person.case
        if person is not None and (found := of("person", person.id, document.wave).get(name)):
            return found
        if found := of("document", document.id, document.wave).get(name):
            return found
        while case is not None:
            if found := of("case", case, document.wave).get(name):
                return found
            case = self.cases[case].parent
        return ""

    def holds(self, pair: tuple[str, str], document: Document, person: Person | None) -> bool:
        """Whether what a heading says of who counts holds of somebody; None = words of nobody known."""
        by, wanted = pair
        case = document.case if person is None else person.case
        if by == "wave":
            return document.wave == wanted
        if by in {"case", "site", "no case"} or by in {each.kind for each in self.cases.values()}:
            nobody = person is None and self.everybody(document)
            return wanted in self.around(case) if wanted else case is None and not nobody
        if person is None and by in {"role", "person", "interviewed"}:
            return False
        if by == "role":
            return self.role(person, document.wave) == wanted
        if by == "person":
            return person.name == wanted
        if by == "interviewed":
            return self._at_every_wave(person)
        nobody = person is None and self.everybody(document)
        found = self.value(by, document, person)
        return found == wanted and not (nobody and not found)

    def _at_every_wave(self, person: Person) -> bool:
        met = {(who, each.wave) for each in self._in_scope for who in self.everybody(each)}
        waves = {wave for _, wave in met} - {"-"} or {"-"}
        return all((person.id, wave) in met for wave in waves)

    @cached_property
    def _in_scope(self) -> list[Document]:
        return [each for each in self.documents.values() if not self.scope.waves or each.wave in self.scope.waves]

    def fits(self, document: Document, person: Person | None, who: Who) -> bool:
        """Whether somebody (None: nobody known) counts within the scope and under a heading."""
        if document not in self._in_scope or not all(self.holds(pair, document, person) for pair in who):
            return False
        if self.scope.roles and (person is None or self.role(person, document.wave) not in self.scope.roles):
            return False
        case = document.case if person is None else person.case
        if self.scope.cases and not set(self.scope.cases) & set(self.around(case)):
            return False
        wanted: dict[str, set[str]] = {}
        for name, value in self.scope.attributes:
            wanted.setdefault(name, set()).add(value)
        return all(self.value(name, document, person) in values for name, values in wanted.items())

    # -- how many ----------------------------------------------------------------------------------------------------

    def bearers(self, passages: list[Passage], unit: str, who: Who = ()) -> set[object]:
        """Who or what stands behind passages that count."""
        found: set[object] = set()
        for each in passages:
            document = self.documents[each.document]
            people = [
                self.people[person]
                for person in self.speakers(each)
                if self.fits(document, self.people[person], who)
                and all(self.applies(code, self.role(self.people[person], document.wave), document.wave)
                        for code in each.codes)
            ]  # fmt: skip
            if unit == "people":
                found |= {person.id for person in people}
            elif unit == "cases":
                found |= {person.case for person in people} - {None}
                if not self.everybody(document) and document.case is not None:
                    found.add(document.case)
            elif unit == "sources":
                found.add(document.id)
        if unit == "references":
            for document in {each.document for each in passages}:
                united = unite([(each.start, each.end) for each in passages if each.document == document])
                found |= {(document, span) for span in united}
        return found

    def interviewed(self, unit: str, codes: list[set[int]], who: Who = ()) -> set[object]:
        """N: who could be coded so: some code of each set applies to them."""
        found: set[object] = set()
        for document in self.documents.values():
            everybody = self.everybody(document)
            for person in [*(self.people[each] for each in sorted(everybody)), None]:
                role = "" if person is None else self.role(person, document.wave)
                to_some = all(any(self.applies(code, role, document.wave) for code in some) for some in codes)
                if not to_some or not self.fits(document, person, who):
                    continue
                if unit == "sources":
                    found.add(document.id)
                elif unit == "people" and person is not None:
                    found.add(person.id)
                elif unit == "cases" and (person is not None or not everybody):
                    found.add(document.case if person is None else person.case)
        return found - {None}

    # -- evidence ----------------------------------------------------------------------------------------------------

    def passages(self, kind: str, ids: tuple[int, ...]) -> list[Passage]:
        """The segments or claims of some ids."""
        if kind == "segment":
            return [_of_segment(each) for each in self.project.segments.by_ids(ids)]
        return [_of_claim(each) for each in self.project.claims.by_ids(ids)]

    def overlaps(self, passages: list[Passage], row: set[int], column: set[int]) -> list[Passage]:
        """The words that passages of a row's codes share with those of a column's."""
        return [
            Passage(one.document, max(one.start, other.start), min(one.end, other.end), (*one.codes, *other.codes))
            for one, other in product(passages, passages)
            if set(one.codes) <= row
            and set(other.codes) <= column
            and self.standing[one.codes[0]] != self.standing[other.codes[0]]
            and one.document == other.document
            and max(one.start, other.start) < min(one.end, other.end)
        ]


def _takes_part(speaker) -> bool:
    return speaker.part == "participant" and speaker.person is not None


def _of_segment(each: Segment) -> Passage:
    return Passage(each.document, each.start, each.end, (each.code,))


def _of_claim(each: Claim) -> Passage:
    return Passage(each.document, each.start, each.end, (each.from_code, each.to_code))
