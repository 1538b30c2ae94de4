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
Heard = tuple[int, int, int | None]
"""A document, the number of an answer in it, and who speaks: words of one answer."""


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
        self.roles = {role.short for role in project.roles.all()}
        self.waves = {wave.name for wave in project.waves.all()} - self.roles
        self._segments = {each.id: _of_segment(each) for each in project.segments.find()}
        self._claims = {each.id: _of_claim(each) for each in project.claims.find()}
        for slow in ("branch", "applies", "speakers", "value", "fits", "interviewed", "answers", "everybody", "heard"):
            setattr(self, slow, _remembered(getattr(self, slow)))

    # -- codes -------------------------------------------------------------------------------------------------------

    def branch(self, short: str) -> frozenset[int]:
        """Ids of a code, of those below it, and of all that were merged into them."""
        return frozenset(code for code in self.codes if short in self.above(code))

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
        roles, waves = named & self.roles, named & self.waves
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
        if by == "wave":
            return document.wave == wanted
        if by == "role":
            return person is not None and self.role(person, document.wave) == wanted
        if by == "person":
            return person is not None and person.name == wanted
        if by == "interviewed":
            return person is not None and self._at_every_wave(person)
        found = self._cases_or_value(by, document, person)
        nobody = person is None and self.everybody(document)  # words of an interview that are nobody's
        return wanted in found if wanted else not found and not nobody

    def _cases_or_value(self, by: str, document: Document, person: Person | None) -> list[str]:
        """The cases of somebody that a grouping shows, or their value of an attribute; none if not known."""
        kinds = {each.kind for each in self.cases.values()}
        if by not in {"case", "site"} | kinds:
            return [value for value in [self.value(by, document, person)] if value]
        around = self.around(document.case if person is None else person.case)
        if by in kinds and by != "case":
            return [
                name for name in around if any(each.name == name and each.kind == by for each in self.cases.values())
            ]
        return around

    def _at_every_wave(self, person: Person) -> bool:
        met = {
            (who, each.wave)
            for each in self._in_scope
            for who in self.everybody(each)
            if self.fits(each, self.people[who], ())
        }
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

    def interviewed(
        self, unit: str, codes: tuple[frozenset[int], ...], who: Who = (), *, coded_only: bool = False
    ) -> set[object]:
        """N: who could be coded so: some code of each set applies to them."""
        found: set[object] = set()
        for document in self.documents.values():
            if coded_only and document.id not in self.coded:
                continue
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

    def answers(self, passages: tuple[Passage, ...]) -> set[tuple[int, int]]:
        """The answers (document, number) in which a participant's words stand in one of the passages."""
        found = set()
        for each in passages:
            document = self.documents[each.document]
            asking = self.project.documents.interviewers(document)
            turns = [turn for turn in self._turns[document.id] if turn.speaker not in asking]
            for answer in self.project.documents.answers(document):
                start, end = max(each.start, answer.start), min(each.end, answer.end)
                spans = [(max(turn.speech, start), min(turn.end, end)) for turn in turns]
                parts = [Passage(document.id, *span, each.codes) for span in spans if span[0] < span[1]]
                if any(self.speaking(part, ()) for part in parts):
                    found.add((document.id, answer.number))
        return found

    @cached_property
    def coded(self) -> set[int]:
        """The documents in which the layer's coder has coded anything, or finished with nothing found."""
        layer = self.project.coders.layer(self.scope.coder)
        made = [*self.project.segments.find(), *self.project.claims.find()]
        finished = [
            (self.project.documents.get(each.document).id, self.project.coders.get(each.coder).id)
            for each in self.project.coders.finished()
        ]
        done = [*((each.document, each.coder) for each in made), *finished]
        return {document for document, coder in done if layer[document] == coder}

    def in_one_answer(self, passages: list[Passage], sides: tuple[frozenset[int], ...], who: Who) -> set[Heard]:
        """What somebody says in one answer with a code of each side in it, the two not the same."""
        under: dict[Heard, set[int]] = {}
        for each in passages:
            for heard in self.heard(each, who):
                under.setdefault(heard, set()).add(self.standing[each.codes[0]])
        standing = [{self.standing[code] for code in side} for side in sides]
        return {heard for heard, codes in under.items() if is_of_two(codes, *standing)}

    def heard(self, passage: Passage, who: Who) -> set[Heard]:
        """The answers that a passage stands in, with each who speaks there; None is nobody known."""
        document = self.documents[passage.document]
        asking = self.project.documents.interviewers(document)
        told = [turn for turn in self._turns[document.id] if turn.speaker not in asking]
        found = set()
        for answer in self.project.documents.answers(document):
            start, end = max(passage.start, answer.start), min(passage.end, answer.end)
            if not any(max(turn.speech, start) < min(turn.end, end) for turn in told):
                continue
            speaking = self.speaking(Passage(document.id, start, end, passage.codes), who)
            found |= {(document.id, answer.number, person) for person in speaking}
        return found

    def speaking(self, passage: Passage, who: Who) -> set[int | None]:
        """Who speaks in a passage and counts under its codes; None is nobody known."""
        document, found = self.documents[passage.document], set()
        for number in self.speakers(passage) or [None]:
            person = None if number is None else self.people[number]
            role = "" if person is None else self.role(person, document.wave)
            applies = all(self.applies(code, role, document.wave) for code in passage.codes)
            if applies and self.fits(document, person, who):
                found.add(number)
        return found

    def units_of(self, heard: set[Heard], unit: str) -> set[object]:
        """Who or what stands behind such words; references are answers."""
        found: set[object] = set()
        for number, answer, person in heard:
            document = self.documents[number]
            if unit == "people":
                found.add(person)
            elif unit == "sources":
                found.add(number)
            elif unit == "references":
                found.add((number, answer))
            elif person is not None:
                found.add(self.people[person].case)
            elif not self.everybody(document):
                found.add(document.case)
        return found - {None}

    def mention_both(
        self, passages: list[Passage], sides: tuple[frozenset[int], ...], unit: str, who: Who
    ) -> set[object]:
        """Who mentions a code of each side, the two not the same, of those coded to whom both apply."""
        under: dict[object, set[int]] = {}
        for each in passages:
            for bearer in self.bearers([each], unit, who):
                under.setdefault(bearer, set()).add(self.standing[each.codes[0]])
        standing = [{self.standing[code] for code in side} for side in sides]
        both = {bearer for bearer, codes in under.items() if is_of_two(codes, *standing)}
        return both & self.interviewed(unit, sides, who, coded_only=True)

    def in_use(self, code: int) -> str:
        """Short name of a code, or of the nearest above it, that is in use; "" if none is."""
        live = {each.short for each in self.codes.values() if each.status == "live"}
        return next((short for short in self.above(code) if short in live), "")

    # -- evidence ----------------------------------------------------------------------------------------------------

    def passages(self, kind: str, ids: tuple[int, ...]) -> list[Passage]:
        """The segments or claims of some ids."""
        return [(self._segments if kind == "segment" else self._claims)[each] for each in ids]

    def overlaps(self, passages: list[Passage], row: frozenset[int], column: frozenset[int]) -> list[Passage]:
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


def is_of_two(codes: set[int], one: set[int], other: set[int]) -> bool:
    """Whether a code of the one side stands among them, and another code of the other side."""
    return any(first != second for first in codes & one for second in codes & other)


def _remembered(function):
    """The function, each answer kept: a table asks the same of many cells."""
    known: dict[tuple[object, ...], object] = {}

    def remembered(*arguments, **named):
        key = (*arguments, *named.items())
        if key not in known:
            known[key] = function(*arguments, **named)
        return known[key]

    return remembered


def _takes_part(speaker) -> bool:
    return speaker.part == "participant" and speaker.person is not None


def _of_segment(each: Segment) -> Passage:
    return Passage(each.document, each.start, each.end, (each.code,))


def _of_claim(each: Claim) -> Passage:
    return Passage(each.document, each.start, each.end, (each.from_code, each.to_code))
