"""The project as agreement reads it: coders, documents, rounds, rated text, units and coding, ready to be counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qualcode.agreement.coding import Coding, Mask, Rated, Spans
from qualcode.agreement.rounds import Rounds, coders_of, rounds_of
from qualcode.agreement.tallying import Partial, Tally, Weight, by_character, by_unit
from qualcode.agreement.units import Text, Unit, Words, text_of
from qualcode.model import Code, Coder
from qualcode.project import Project
from qualcode.project.frozen import frozen_segments
from qualcode.sweep import Integers


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What is compared.

    Attributes:
        coders: in the order of the coding.
        codes: short names (or names of groups), in the order of the coding.
        rounds: documents and rounds.
        text: what is rated, in code points of the documents.
        placed: the coding, united, in code points of the documents: for showing passages.
        coding: the coding of the rated text alone: for counting.
        rated: from the one to the other.
        unit, partial, weight: as asked for, or by default.
    """

    coders: tuple[Coder, ...]
    codes: tuple[str, ...]
    rounds: Rounds
    text: Text
    placed: Coding
    coding: Coding
    rated: Rated
    unit: Unit
    partial: Partial
    weight: Weight

    def units(self) -> Spans | None:
        """The units in the rated text."""
        return None if self.text.units is None else self.rated.spans(self.text.units)

    def tally(self, blocks: Spans | None = None) -> Tally:
        """How much was coded so, by document, or by blocks of the rated text."""
        units = self.units()
        if units is None:
            return by_character(self.coding, blocks)
        words = None if self.text.words is None else self.rated.spans(self.text.words)
        return by_unit(self.coding, units, self.partial, self.weight, words, blocks)

    def blocks(self) -> tuple[Spans, str]:
        """What stands in for documents where these are too few, and what it is called."""
        units = self.units()
        if units is None or self.unit in ("sentence", "token"):
            return self.rated.spans(self.text.paragraphs), "paragraphs"
        return units, f"{self.unit}s"


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
    chosen = coders_of(project, coders)
    taken = rounds_of(project, chosen, rounds, documents)
    names, members, ids = _codes(project, codes, descendants=descendants)
    whole_words = unit not in ("character", "match") and partial != "majority"
    text = text_of(project, taken.documents, unit, words, whole_words=whole_words)
    placed = _coding(project, chosen, taken, ids).for_codes(members).united()
    rated = Rated(text.stretches, placed.lengths)
    return Material(chosen, names, taken, text, placed, rated.only(placed), rated, unit, partial, weight)


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


def _coding(project: Project, coders: Sequence[Coder], rounds: Rounds, codes: Integers) -> Coding:
    """The passages as they stood in the rounds taken, with numbers for ids."""
    found = frozen_segments(project.store, [each.id for each in coders])
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
    return replace(
        coding, **{name: getattr(coding, name)[stood] for name in ("document", "coder", "code", "start", "end")}
    )


def _places(values: Integers, known: Sequence[int] | Integers) -> Integers:
    """The place of each value in `known`, which holds it."""
    listed = np.asarray(known, dtype=np.int64)
    order = np.argsort(listed)
    return order[np.searchsorted(listed[order], values)].astype(np.int64)
