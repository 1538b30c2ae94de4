"""Passages found and put in order, to be compared: by person, role, case, wave, code, coder. No Textual in here."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Generic, Literal, TypeVar

from qualcode.model import Claim, ClaimEvidence, Person, Segment
from qualcode.project import Project
from qualcode.project.retrieval import Filter
from qualcode.project.voices import Voices, role_at
from qualcode.table import Evidence

Order = Literal["document", "person", "role", "case", "wave", "code", "coder", "day coded"]
ORDERS: Mapping[str, Order] = {
    "d": "document", "p": "person", "r": "role", "s": "case", "w": "wave", "c": "code", "b": "coder", "t": "day coded",
}  # fmt: skip
"""Key -> what passages are grouped by."""

Kind = Literal["segment", "claim", "claim evidence"]
Passage = Segment | Claim | ClaimEvidence
T = TypeVar("T")
_UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """What a list shows.

    Attributes:
        items: in the order shown.
        rows: a place in `items`, or a heading.
        told: what else is told of them, or "".
    """

    items: Sequence[T]
    rows: Sequence[int | str]
    told: str = field(default="", kw_only=True)

    @classmethod
    def plain(cls, items: Sequence[T]) -> "Listing[T]":
        """Items without headings."""
        return cls(items, range(len(items)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a project's passages.

    Attributes:
        wanted: the filter; it does not hold for passages that support or contradict a claim.
        order: what they are grouped by.
        kind: coded passages, claims, or what supports and contradicts claims.
        among: only these ids; None = all.
        directions, standings, stances: of claims; see `Claims.find`.
        own: of claims, only those from own experience, as the coder or else the speaker's role says.
    """

    wanted: Filter = field(default_factory=Filter)
    order: Order = "document"
    kind: Kind = "segment"
    among: frozenset[int] | None = None
    directions: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    own: bool = False

    def read(self, project: Project) -> Listing[Passage]:
        """The passages, in order, with their headings.

        Raises:
            NotFoundError: the filter names something that is not there.
        """
        found = self._found(project)
        if self.among is not None:
            found = [each for each in found if each.id in self.among]
        key = _KEYS[self.order](project)
        keyed = sorted(((key(each), each) for each in found), key=lambda pair: pair[0][0])  # stable: by place within
        return Listing([each for _, each in keyed], list(_rows([name for (_, name), _ in keyed])))

    def _found(self, project: Project) -> Sequence[Passage]:
        if self.kind == "claim":
            claims = project.claims.find(
                wanted=self.wanted, directions=self.directions, standings=self.standings, stances=self.stances
            )
            return _lived(project, claims) if self.own else claims
        if self.kind == "claim evidence":
            return project.claims.evidence_by_ids(self.among or ())
        return project.segments.find(self.wanted)


def _lived(project: Project, claims: Sequence[Claim]) -> list[Claim]:
    """Claims from own experience: said so, or, where nothing is said, made by somebody in a role that counts so."""
    speakers = Speakers(project)
    lived = {role.short for role in project.roles.all() if role.standing == "lived"}
    return [
        claim
        for claim in claims
        if claim.standing == "lived" or (claim.standing is None and lived.intersection(speakers.roles(claim)))
    ]


def evidence_asked(project: Project, evidence: Evidence) -> Asked | None:
    """The passages that a table's cell rests on; None where it rests on none."""
    if evidence.kind in ("segment", "claim", "claim evidence"):
        kind: Any = evidence.kind
        return Asked(kind=kind, among=frozenset(evidence.ids))
    if evidence.kind == "summary":
        return Asked(among=frozenset(each for one in evidence.ids for each in project.summaries.get(one).segments))
    return None


def _rows(names: Sequence[str]) -> Iterator[int | str]:
    """A heading with its count above the items of each name, then their places."""
    place = 0
    for name, some in groupby(names):
        count = len(list(some))
        yield f"{name}   {count:,}"
        yield from range(place, place + count)
        place += count


class Speakers:
    """Who speaks in passages, looked up once a document."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._people = {person.id: person for person in project.people.all()}
        self._voices: dict[int, Voices] = {}
        self.documents = {document.id: document for document in project.documents.all()}
        self.cases = {case.id: case.name for case in project.cases.all()}

    def of(self, passage: Any) -> list[Person]:
        """The people who speak in it."""
        number = passage.document
        if number not in self._voices:
            self._voices[number] = Voices.of(self._project.store, number)
        return [self._people[each] for each in self._voices[number].between(passage.start, passage.end)]

    def told(self, passage: Any) -> str:
        """Names and roles in one line; "" where nobody is known."""
        wave = self.documents[passage.document].wave
        return " + ".join(f"{each.name} {role_at(each, wave)}".strip() for each in self.of(passage))

    def roles(self, passage: Any) -> list[str]:
        """The roles of those who speak, each once."""
        wave = self.documents[passage.document].wave
        return list(dict.fromkeys(role_at(each, wave) for each in self.of(passage)))

    def case(self, passage: Any) -> str:
        """The case of those who speak, else of the document."""
        names = [self.cases.get(each.case or 0, "") for each in self.of(passage)]
        own = self.documents[passage.document].case
        return " + ".join(dict.fromkeys(filter(None, names))) or self.cases.get(own or 0, "")


_Key = Callable[[Any], tuple[Any, str]]
"""A passage -> what it is sorted by, and the heading it stands under."""


def _by_document(project: Project) -> _Key:
    names = {document.id: document.name for document in project.documents.all()}
    return lambda passage: (names[passage.document], names[passage.document])


def _by_person(project: Project) -> _Key:
    speakers = Speakers(project)

    def key(passage: Any) -> tuple[Any, str]:
        name = " + ".join(each.name for each in speakers.of(passage))
        return (not name, name), name or _UNKNOWN

    return key


def _by_role(project: Project) -> _Key:
    speakers, known = Speakers(project), [role.short for role in project.roles.all()]

    def key(passage: Any) -> tuple[Any, str]:
        roles = [role for role in speakers.roles(passage) if role]
        return [known.index(role) for role in roles] or [len(known)], " + ".join(roles) or _UNKNOWN

    return key


def _by_case(project: Project) -> _Key:
    speakers = Speakers(project)

    def key(passage: Any) -> tuple[Any, str]:
        name = speakers.case(passage)
        return (not name, name), name or _UNKNOWN

    return key


def _by_wave(project: Project) -> _Key:
    waves = {wave.name: wave.position for wave in project.waves.all()}
    of = {document.id: document.wave for document in project.documents.all()}

    def key(passage: Any) -> tuple[Any, str]:
        wave = of[passage.document]
        return waves[wave], "no wave" if wave == "-" else f"wave {wave}"

    return key


def _by_code(project: Project) -> _Key:
    standing = project.codes.standing()
    codes = {
        code.id: (place, f"{code.short} {code.name}") for place, code in enumerate(project.codes.all(retired=True))
    }

    def key(passage: Any) -> tuple[Any, str]:
        if isinstance(passage, Segment):
            return codes[standing[passage.code]]
        if isinstance(passage, Claim):
            source, target = codes[standing[passage.from_code]], codes[standing[passage.to_code]]
            return (source[0], target[0]), f"{source[1]} → {target[1]}"
        return passage.stance, passage.stance

    return key


def _by_coder(project: Project) -> _Key:
    names = {coder.id: coder.short for coder in project.coders.all()}
    return lambda passage: (names[passage.coder], names[passage.coder])


def _by_day(project: Project) -> _Key:
    """Old beside new: by the day they were coded first; what is no coded passage, by its number."""
    moments = project.lately.first_coded()

    def key(passage: Any) -> tuple[Any, str]:
        moment = moments.get(passage.id, "") if isinstance(passage, Segment) else ""
        return (moment, passage.id), f"coded {moment[:10]}" if moment else "oldest first"

    return key


_KEYS: Mapping[Order, Callable[[Project], _Key]] = {
    "document": _by_document, "person": _by_person, "role": _by_role, "case": _by_case, "wave": _by_wave,
    "code": _by_code, "coder": _by_coder, "day coded": _by_day,
}  # fmt: skip


def told(wanted: Filter) -> str:
    """A filter in words; "" where it asks for nothing."""
    parts = [" or ".join(wanted.codes)] if wanted.codes else []
    named: Sequence[tuple[str, Sequence[Hashable]]] = (
        ("document", wanted.documents), ("", wanted.people), ("case", wanted.cases), ("role", wanted.roles),
        ("wave", wanted.waves), ("coded by", wanted.coders),
    )  # fmt: skip
    parts += [f"{name} {' or '.join(map(str, values))}".strip() for name, values in named if values]
    parts += [f"{name} = {value}" for name, value in wanted.attributes]
    return " · ".join([*parts, *([f"“{wanted.words}”"] if wanted.words else []), *["unsure"] * wanted.unsure,
                       *["coding that counts"] * wanted.counting])  # fmt: skip
