"""Interviews in their order, and which codes come up first in which: what saturation is read from.

The measure is that of Guest, Namey & Chen (2020, PLoS ONE 15(5):e0232076): new codes in a run of interviews, divided by
the different codes in the first ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

import numpy as np

from qualcode.analysis.counting import Corpus
from qualcode.errors import NotFoundError
from qualcode.sweep import Integers

_DATES = ("date", "interview date", "interview_date")


@dataclass(frozen=True, slots=True)
class Rule:
    """When it is enough.

    Attributes:
        base: how many interviews at first.
        run: how many together are looked at for something new; runs slide by one.
        threshold: per cent of the base's codes that a run may add at most.
    """

    base: int = 4
    run: int = 2
    threshold: float = 5.0

    @property
    def least(self) -> int:
        """Fewer interviews cannot be assessed."""
        return self.base + self.run

    def is_reached(self, new: int, of: int) -> bool:
        """Whether a run that adds so many codes to the base's is below the threshold."""
        return new * 100 <= self.threshold * of


@dataclass(frozen=True, slots=True)
class Course:
    """New codes, interview by interview.

    Attributes:
        new: how many each interview adds.
    """

    new: tuple[int, ...]

    def base(self, rule: Rule) -> int:
        """Different codes in the first interviews."""
        return sum(self.new[: rule.base])

    def in_run(self, rule: Rule, last: int) -> int | None:
        """How many codes the run that ends with an interview (place from 0) adds; None where the base is not over."""
        return sum(self.new[last + 1 - rule.run : last + 1]) if last + 1 >= rule.least else None

    def reached(self, rule: Rule) -> int | None:
        """How many interviews came before the first run that is below the threshold (n of n+r), or None."""
        base = self.base(rule)
        for last in range(rule.least - 1, len(self.new)):
            if base and rule.is_reached(self.in_run(rule, last) or 0, base):
                return last + 1 - rule.run
        return None


def course(codes: Sequence[frozenset[int]]) -> Course:
    """What each interview adds, given the codes in each in their order."""
    known: set[int] = set()
    new = []
    for each in codes:
        new.append(len(each - known))
        known |= each
    return Course(tuple(new))


def in_other_orders(codes: Sequence[frozenset[int]], rule: Rule, rounds: int, seed: int) -> list[int | None]:
    """What `Course.reached` says of so many random orders of the same interviews, smallest first, None last.

    The same seed gives the same orders everywhere and always: of the module random, Python promises that for `random()`
    alone, not for `shuffle`.
    """
    chance = Random(seed)  # noqa: S311 (no secret)
    orders = (sorted(codes, key=lambda _: chance.random()) for _ in range(rounds))
    found = [course(order).reached(rule) for order in orders]
    return sorted(found, key=lambda n: (n is None, n or 0))


@dataclass(frozen=True, slots=True)
class Uses:
    """Codes in the interviews that are counted.

    Attributes:
        documents: numbers of the interviews, in order.
        codes: of each, the different codes used there (numbers).
        place, code, id: of each segment, the place of its interview in the order, its code's number, its id.
        uncoded: how many interviews within the scope nobody of the layer has coded yet.
    """

    documents: tuple[int, ...]
    codes: tuple[frozenset[int], ...]
    place: Integers
    code: Integers
    id: Integers
    uncoded: int


def uses(corpus: Corpus, order: dict[int, tuple[object, ...]]) -> Uses:
    """The codes that count in each coded interview; a retired code is the one in use above it.

    Args:
        corpus: the project under its scope; its codes restrict the codes that count.
        order: number of a document -> what sorts it.
    """
    document, layer = corpus.whose(corpus.columns.coded)
    coded = set(document[layer].tolist())
    within = corpus.documents.tolist()
    documents = tuple(sorted((each for each in within if each in coded), key=lambda each: order[each]))
    segments = corpus.in_layer(corpus.columns.segments)
    own = corpus.tree.numbers(segments.code)
    document, start, end = corpus.axis(segments)
    counted = corpus.passages(document, start, end, corpus.turns(start, end), (own,)).counted
    code = _in_use(corpus)[own]
    places = np.full(len(corpus.document_ids), -1, dtype=np.int64)
    places[list(documents)] = np.arange(len(documents))
    mine = counted & (code >= 0) & (places[document] >= 0)
    place, code, ids = places[document[mine]], code[mine], segments.id[mine]
    found: list[set[int]] = [set() for _ in documents]
    for each, number in zip(place.tolist(), code.tolist(), strict=True):
        found[each].add(number)
    return Uses(documents, tuple(map(frozenset, found)), place, code, ids, len(within) - len(documents))


def _in_use(corpus: Corpus) -> Integers:
    """By number of a code: the number of the code in use that it counts as, -1 for none."""
    tree = corpus.tree
    shown = tree.marked(corpus.shown(branch for branch in tree.branches if branch.code.status == "live"))
    number = {branch.code.id: place for place, branch in enumerate(tree.branches)}
    standing = np.full(len(tree), -1, dtype=np.int64)
    for place, branch in enumerate(tree.branches):
        line = (branch.code, *tree.above(branch.code))
        live = next((number[code.id] for code in line if code.status == "live"), -1)
        standing[place] = live if live >= 0 and shown[live] else -1
    return standing


def in_order(corpus: Corpus) -> tuple[dict[int, tuple[object, ...]], str]:
    """What sorts the documents, and a sentence on it: by date if all within the scope have one, else as imported."""
    imported: dict[int, tuple[object, ...]] = {number: (number,) for number in range(len(corpus.document_ids))}
    name = _date_attribute(corpus)
    if name is None:
        return imported, "Interviews stand in the order in which they were imported: they have no attribute date."
    dates = _dates(corpus, name)
    missing = sum(dates[number] is None for number in corpus.documents.tolist())
    if missing:
        several = f"{missing} documents have" if missing > 1 else "1 document has"
        why = f"{several} no {name} of the form 2019-03-14"
        return imported, f"Interviews stand in the order in which they were imported: {why}."
    return {
        number: (dates[number] or "", number) for number in imported
    }, f"Interviews stand in the order of their {name}."


def _date_attribute(corpus: Corpus) -> str | None:
    attributes = corpus.project.attributes
    names = (*attributes.names("document"), *attributes.names("person"))
    return next((name for date in _DATES for name in names if name.casefold() == date), None)


def _dates(corpus: Corpus, name: str) -> list[str | None]:
    """The date of each document: its own, else that of who speaks in it."""
    try:
        trait = corpus.trait(name)
    except NotFoundError:  # the attribute is there, but nobody has a value
        return [None] * len(corpus.document_ids)
    values = trait.alone(np.arange(len(corpus.document_ids))).tolist()
    spoken = trait.at(corpus.visits.document, corpus.visits.person).tolist()
    for document, value in zip(corpus.visits.document.tolist(), spoken, strict=True):
        values[document] = value if values[document] < 0 else values[document]
    return [_date(trait.values[value]) if value >= 0 else None for value in values]


def _date(words: str) -> str | None:
    try:
        return datetime.fromisoformat(words.strip()).replace(tzinfo=None).isoformat()
    except ValueError:
        return None


def middle(found: Sequence[int | None]) -> tuple[int | None, int | None, int | None]:
    """Median and the ends of the middle 95 per cent of sorted values: each is one of them (None: not reached)."""
    last = len(found) - 1
    return found[last // 2], found[round(0.025 * last)], found[round(0.975 * last)]
