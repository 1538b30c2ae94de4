"""The project as agreement reads it: coders, documents, rounds, rated text, units and coding, ready to be counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.coding import Coding, Mask, Spans
from qualcode.agreement.intervals import Blocks
from qualcode.agreement.rounds import Rounds, coders_of, rounds_of
from qualcode.agreement.sums import Sums
from qualcode.agreement.tallying import Partial, Tally, Weight, by_character, by_unit
from qualcode.agreement.units import SMALL, Text, Unit, Words, text_of
from qualcode.model import Code, Coder
from qualcode.project import Project
from qualcode.sweep import Integers


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """The passages of rated text that are compared, as they were made: not united, by document and start.

    Attributes:
        id: of each segment.
        coding: the rest of each, its codes numbered as the project's.
        members: codes (or groups) compared by codes of the project, bool: which each is made of.
    """

    id: Integers
    coding: Coding
    members: NDArray[np.bool_]

    def of(self, codes: Sequence[int], coders: Sequence[int], place: tuple[int, int, int] | None = None) -> list[int]:
        """Ids of the segments of some codes and coders (by number), sorted.

        Args:
            codes: of those compared.
            coders: of those compared.
            place: document (by number), start and end, which they overlap; None = anywhere.
        """
        coding = self.coding
        is_coder = np.zeros(coding.coders, dtype=np.bool_)
        is_coder[list(coders)] = True
        is_code: Mask = np.asarray(self.members[list(codes)].any(axis=0))
        wanted = is_code[coding.code] & is_coder[coding.coder]
        if place is not None:
            document, start, end = place
            wanted &= (coding.document == document) & (coding.start < end) & (coding.end > start)
        return sorted(self.id[wanted].tolist())


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What is compared.

    Attributes:
        coders: in the order of the coding.
        codes: short names (or names of groups), in the order of the coding.
        rounds: documents and rounds.
        text: what is rated, cut into units.
        placed: the coding, united, in code points of the documents: for showing passages.
        coding: the coding of the rated text alone: for counting.
        passages: the passages themselves as coders made them, for evidence.
        unit, partial, weight: as asked for, or by default.
    """

    coders: tuple[Coder, ...]
    codes: tuple[str, ...]
    rounds: Rounds
    text: Text
    placed: Coding
    coding: Coding
    passages: "Passages"
    unit: Unit
    partial: Partial
    weight: Weight

    def tally(self, blocks: Spans | None = None) -> Tally:
        """How much was coded so, by document, or by blocks of the rated text."""
        units = self.text.units
        if units is None:
            return by_character(self.coding, blocks)
        return by_unit(self.coding, units, self.partial, self.weight, self.text.words, blocks)

    def fingerprint(self) -> str:
        """SHA-256 of all that is counted: two comparisons of one fingerprint and one design give the same numbers."""
        names = [[each.short for each in self.coders], self.codes, [each.name for each in self.rounds.documents]]
        found = sha256(repr(names).encode())
        units = self.text.units
        spans = () if units is None else (units.document, units.start, units.end)
        coding = self.coding
        columns = (coding.document, coding.coder, coding.code, coding.start, coding.end)
        for each in (*columns, coding.lengths, self.rounds.number, *spans):
            found.update(np.ascontiguousarray(each, dtype="<i8").tobytes() + b"|")
        return found.hexdigest()

    def blocks(self) -> Blocks | None:
        """What stands in for documents where these are too few; None where documents are the units."""
        if self.unit == "document":
            return None
        over = "paragraph" if self.unit in SMALL else self.unit
        return Blocks(Sums(self.tally(self.text.blocks)), f"{over}s")


def read(
    project: Project,
    *,
    coders: Sequence[str] | None,
    codes: Sequence[str] | Mapping[str, Sequence[str]] | None,
    unit: Unit,
    partial: Partial,
    weight: Weight,
    rounds: int | None,
    documents: Sequence[str] | None,
    words: Words,
    descendants: bool,
) -> Material:
    """Read what is compared; see `comparison.compare`."""
    finished = project.coders.finished()
    chosen = coders_of(project, finished, coders, rounds)
    taken = rounds_of(project, finished, chosen, rounds, documents)
    names, members, ids = _codes(project, codes, descendants=descendants)
    whole_words = unit not in ("character", "match") and partial != "majority"
    text = text_of(project, taken.documents, unit, words, whole_words=whole_words)
    number, coding = _coding(project, chosen, taken, ids)
    placed = coding.for_codes(members).united()
    begins, ends = (text.rated.position(coding.document, each) for each in (coding.start, coding.end))
    passages = Passages(number[ends > begins], coding.where(ends > begins), members)
    return Material(chosen, names, taken, text, placed, text.rated.only(placed), passages, unit, partial, weight)


def _codes(
    project: Project, asked: Sequence[str] | Mapping[str, Sequence[str]] | None, *, descendants: bool
) -> tuple[tuple[str, ...], Mask, Integers]:
    """Names, which of the project's codes each is made of, and these codes' ids."""
    every, standing = project.codes.all(retired=True), project.codes.standing()
    ids = np.array(sorted(each.id for each in every), dtype=np.int64)
    if isinstance(asked, Mapping):
        groups = {name: [project.codes.get(short) for short in members] for name, members in asked.items()}
    else:
        live = [each for each in every if each.status == "live" and standing[each.id] == each.id]
        shown = live if asked is None else [project.codes.get(short) for short in asked]
        groups = {each.short: [each] for each in shown}

    def whole(code: Code) -> set[int]:
        if descendants:
            return set(project.codes.branch(code))
        return {each for each, stands in standing.items() if stands == standing[code.id]}

    members = [np.isin(ids, sorted(set[int]().union(*map(whole, group)))) for group in groups.values()]
    return tuple(groups), np.array(members, dtype=np.bool_).reshape(len(groups), len(ids)), ids


def _coding(
    project: Project, coders: Sequence[Coder], rounds: Rounds, codes: Integers
) -> tuple[Integers, Coding]:  # fmt: skip
    """The passages as they stood in the rounds taken: their ids, and the rest of them with numbers for ids."""
    found = project.columns().frozen_segments([each.id for each in coders])
    documents = np.array([each.id for each in rounds.documents], dtype=np.int64)
    found = found.where(np.isin(found.document, documents) & np.isin(found.code, codes))
    document, coder = _places(found.document, documents), _places(found.coder, [each.id for each in coders])
    number = rounds.number[document, coder]
    stood = (found.round <= number) & ((found.until == 0) | (found.until > number))
    lengths = np.array([each.length for each in rounds.documents], dtype=np.int64)
    coding = Coding(
        document, coder, np.searchsorted(codes, found.code).astype(np.int64), found.start, found.end,
        lengths, rounds.seen, len(codes),
    )  # fmt: skip
    return np.asarray(found.id[stood], dtype=np.int64), coding.where(stood)


def _places(values: Integers, known: Sequence[int] | Integers) -> Integers:
    """The place of each value in `known`, which holds it."""
    listed = np.asarray(known, dtype=np.int64)
    order = np.argsort(listed)
    return order[np.searchsorted(listed[order], values)].astype(np.int64)
