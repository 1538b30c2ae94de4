"""What has to be settled before a consensus is complete: every passage and claim that any coder gave, with who gave it.

A *matter* is all that any coder gave one code (or said of one pair of codes), as far as it touches. Where all gave it
and mean the same, nothing is to be decided: it is carried into the consensus by `RULE`. Two matters that stand against
each other on the same words, one coder's each, make one *disagreement*: M2a here, M2b there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from qualcode.agreement.rounds import SetAside
from qualcode.model import Claim, Document, Segment
from qualcode.project.decisions import Decision

RULE = (
    "What all coders gave alike is in the consensus without a decision. Where they differ on where a passage begins or "
    "ends alone, it holds all the words that any of them gave. A claim is alike where both ends, direction, whose, "
    "standing and tense are, and the passages overlap; it is inferred or prompted if one of them says so."
)
"""How agreement is carried into the consensus."""

About = Literal["whether", "direction", "whose", "standing", "tense", "negative", "edges"]
_EDGES: tuple[About, ...] = ("edges",)
_AGAINST = 0.5
"""How much of the shorter of two passages the other must cover for them to stand against each other."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder gave: short name, and the passages or claims as they stood in the round."""

    coder: str
    rows: tuple[Segment | Claim, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One code on the words where any coder gave it, or one pair of codes where any said that one leads to the other.

    Attributes:
        document: where.
        start, end: half-open code points: all that any coder gave.
        code: id of the code that stands; of a claim, where it leads from.
        to_code: of a claim, where it leads to; None for a passage.
        sides: every coder compared, those who did not give it too.
        about: in what they differ; empty = in nothing.
        round: the last that is compared.
        decision: what was decided on it; None = nothing yet.
    """

    document: Document
    start: int
    end: int
    code: int
    to_code: int | None
    sides: tuple[Side, ...]
    about: tuple[About, ...]
    round: int
    decision: Decision | None = None

    @property
    def is_claim(self) -> bool:
        """Whether it is on claims."""
        return self.to_code is not None

    @property
    def by(self) -> tuple[str, ...]:
        """Short names of those who gave it."""
        return tuple(side.coder for side in self.sides if side.rows)

    @property
    def not_by(self) -> tuple[str, ...]:
        """Short names of those who did not."""
        return tuple(side.coder for side in self.sides if not side.rows)

    @property
    def is_carried(self) -> bool:
        """Whether it is in the consensus without a decision."""
        return self.about in ((), _EDGES)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return not self.is_carried and self.decision is None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is decided at once: one matter, or two that stand against each other; the longer passage's comes first."""

    matters: tuple[Matter, ...]

    @property
    def document(self) -> Document:
        """Where."""
        return self.matters[0].document

    @property
    def start(self) -> int:
        """Where its words begin."""
        return min(each.start for each in self.matters)

    @property
    def end(self) -> int:
        """Where they end."""
        return max(each.end for each in self.matters)

    @property
    def is_claim(self) -> bool:
        """Whether it is on claims."""
        return self.matters[0].is_claim

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be decided."""
        return any(each.is_open for each in self.matters)

    @property
    def is_edges(self) -> bool:
        """Whether coders differ on the edges alone."""
        return all(each.about == _EDGES for each in self.matters)

    @property
    def coders(self) -> tuple[str, ...]:
        """All who are compared on it."""
        return tuple(side.coder for side in self.matters[0].sides)

    @property
    def decision(self) -> Decision | None:
        """What was decided."""
        return self.matters[0].decision

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What it is known by, also after it was read anew: document, code, other code or 0, place."""
        first = self.matters[0]
        return first.document.id, first.code, first.to_code or 0, first.start


@dataclass(frozen=True)
class Sheet:
    """One document: all its matters, and the disagreements among them.

    Attributes:
        document: it.
        rounds: for each coder who has finished it: short name and the round that is compared.
        matters: by place.
        is_by_hand: the consensus was coded there by hand, and leaves something undecided.
        is_complete: the consensus is finished there.
    """

    document: Document
    rounds: tuple[tuple[str, int], ...]
    matters: tuple[Matter, ...]
    is_by_hand: bool
    is_complete: bool

    @property
    def coders(self) -> tuple[str, ...]:
        """Short names of those who have finished it."""
        return tuple(short for short, _ in self.rounds)

    @property
    def round(self) -> int:
        """The last round that is compared."""
        return max(number for _, number in self.rounds)

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """By place; those on edges alone among them."""
        return tuple(_paired([each for each in self.matters if each.about]))

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be decided."""
        return not any(each.is_open for each in self.matters)


@dataclass(frozen=True)
class Agenda:
    """All that those who meet have to talk about.

    Attributes:
        coders: short names.
        sheets: the documents that two have finished, by name.
        set_aside: the others, each with the reason.
        remarks: what must be said of it: where coders' rounds differ, who is missing.
    """

    coders: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    set_aside: tuple[SetAside, ...]
    remarks: tuple[str, ...] = ()

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Of all documents."""
        return tuple(each for sheet in self.sheets for each in sheet.disagreements)

    def sheet(self, document: int) -> Sheet | None:
        """That of a document, by id; None where it is not compared."""
        return self._by_document.get(document)

    @cached_property
    def _by_document(self) -> Mapping[int, Sheet]:
        return {each.document.id: each for each in self.sheets}

    def open_by_code(self) -> dict[int, int]:
        """Id of a code -> how many disagreements on it are still to be decided (on claims: at either end)."""
        found: dict[int, int] = {}
        for each in self.disagreements:
            if each.is_open and not self.is_by_hand(each):
                codes = {code for one in each.matters for code in (one.code, one.to_code) if code is not None}
                for code in codes:
                    found[code] = found.get(code, 0) + 1
        return found

    def is_by_hand(self, each: Disagreement) -> bool:
        """Whether the consensus was coded by hand where it stands."""
        sheet = self.sheet(each.document.id)
        return sheet is not None and sheet.is_by_hand


def shared(one: Any, other: Any) -> int:
    """How many characters two passages of one text share; not positive where they share none."""
    return int(min(one.end, other.end) - max(one.start, other.start))


def _paired(matters: Sequence[Matter]) -> Iterator[Disagreement]:
    """Disagreements by place: those that are each other's nearest rival are one."""
    nearest = {number: _rival(matters, number) for number in range(len(matters))}
    for number, matter in enumerate(matters):
        rival = nearest[number]
        if rival is None or nearest[rival] != number:
            yield Disagreement((matter,))
        elif number < rival:
            yield Disagreement((matter, matters[rival]))


def _rival(matters: Sequence[Matter], number: int) -> int | None:
    """Another matter that other coders alone gave, on most of the same words; None where there is none."""
    one = matters[number]
    if one.about != ("whether",):
        return None
    best, most = None, 0
    for place in _near(matters, number):
        other = matters[place]
        if other.about != ("whether",) or set(one.by) & set(other.by) or not _is_alike(one, other):
            continue
        common = shared(one, other)
        if common > most and common >= _AGAINST * min(one.end - one.start, other.end - other.start):
            best, most = place, common
    return best


def _near(matters: Sequence[Matter], number: int) -> Iterator[int]:
    """Places of the other matters that may overlap; they are in order of start."""
    one = matters[number]
    yield from (place for place in range(number) if matters[place].end > one.start)
    for place in range(number + 1, len(matters)):
        if matters[place].start >= one.end:
            return
        yield place


def _is_alike(one: Matter, other: Matter) -> bool:
    """Both passages, or claims that have a code in common."""
    if one.is_claim != other.is_claim:
        return False
    return not one.is_claim or bool({one.code, one.to_code} & {other.code, other.to_code})
