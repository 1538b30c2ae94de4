"""Saturation: new codes by interview, and after how many hardly any come (Guest, Namey & Chen 2020).

The first `base` interviews have so many different codes; each run of the next `run` interviews, sliding by one, adds so
many new ones. The first run that adds at most `threshold` per cent of the base's is reported as n+r: n interviews
before it, r in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.first_uses import Course, Rule, Uses, course, in_order, in_other_orders, middle, uses
from qualcode.errors import InputError, RefusedError
from qualcode.model import Quotation
from qualcode.project import Project
from qualcode.sweep import once
from qualcode.table import NOTHING, Evidence, Heading, Table

_ROUNDS = 1000


def saturation(
    project: Project,
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 5.0,
    rounds: int = _ROUNDS,
    seed: int = 1,
    by: str | None = None,
    scope: Scope | None = None,
) -> Table:
    """New codes by interview in their order, each run's share of the base, and when it is enough.

    Codes are those of the codebook as it is now, after merges; a retired code counts as the one above it.
    A row is an interview (a document) that was coded; the columns are the points of the curve.

    Args:
        project: the study.
        base: how many interviews at first.
        run: how many together are looked at for something new.
        threshold: per cent of the base's codes.
        rounds: how many random orders of the same interviews are tried; 0 = none.
        seed: of the random orders.
        by: "role": the same again for each role, counting what its people say; None = all together.
        scope: which part of the study, and whose coding; its codes restrict the codes that count.

    Raises:
        InputError: base or run is below 1, threshold or rounds below 0, or it is not by role.
        RefusedError: there are interviews enough, but no code in the first ones.
        NotFoundError: the scope names something that is not there.
    """
    if min(base, run) < 1 or min(threshold, rounds) < 0:
        raise InputError("base and run are at least 1, threshold and rounds at least 0")
    if by not in (None, "role"):
        raise InputError(f"saturation is told for all together or by role, not by {by}")
    rule = Rule(base, run, threshold)
    corpus = Corpus(project, scope)
    order, in_which = in_order(corpus)
    everybody = _Band.of(corpus, order, rule, "", rounds, seed)
    if everybody.is_assessed and not everybody.course.base(rule):
        raise RefusedError(
            f"there is no code in the first {base} interviews, and new codes cannot be a share of none",
            remedy="Code them first, or choose a larger --base.",
        )
    bands = [everybody, *(_bands_by_role(corpus, order, rule, rounds, seed) if by else ())]
    return _table(corpus, rule, bands, [in_which, *_codebook_note(corpus, everybody.uses)], rounds, seed)


@dataclass(frozen=True, slots=True)
class _Band:
    """The interviews of everybody or of one role (its short name)."""

    role: str
    uses: Uses
    course: Course
    rule: Rule
    orders: tuple[int | None, ...]

    @classmethod
    def of(
        cls, corpus: Corpus, order: dict[int, tuple[object, ...]], rule: Rule, role: str, rounds: int, seed: int
    ) -> "_Band":
        """Read from a corpus."""
        found = uses(corpus, order)
        run = course(found.codes)
        is_assessed = len(found.documents) >= rule.least and run.base(rule) > 0
        orders = tuple(in_other_orders(found.codes, rule, rounds, seed)) if is_assessed else ()
        return cls(role, found, run, rule, orders)

    @property
    def is_assessed(self) -> bool:
        """Whether there are interviews enough."""
        return len(self.uses.documents) >= self.rule.least

    def key(self, document: str) -> str:
        """Of a row."""
        return f"{self.role}:{document}" if self.role else document

    def opened(self, place: int) -> tuple[int, ...]:
        """Sorted ids of the segments in an interview (its place) of the codes that come up there for the first time."""
        known = frozenset().union(*self.uses.codes[:place])
        here = (self.uses.place == place) & ~np.isin(self.uses.code, sorted(known))
        return tuple(once(self.uses.id[here]).tolist())


def _bands_by_role(
    corpus: Corpus, order: dict[int, tuple[object, ...]], rule: Rule, rounds: int, seed: int
) -> Iterator[_Band]:
    """The roles with coded interviews."""
    for role in corpus.scope.roles or corpus.roles:
        one = Corpus(corpus.project, replace(corpus.scope, roles=(role,)))
        band = _Band.of(one, order, rule, role, rounds, seed)
        if band.uses.documents:
            yield band


# -- the table -------------------------------------------------------------------------------------------------------


def _table(corpus: Corpus, rule: Rule, bands: list[_Band], more: list[str], rounds: int, seed: int) -> Table:
    names = {document.id: document.name for document in corpus.project.documents.all()}
    rows: list[Heading] = []
    values: list[list[object]] = []
    places: dict[str, tuple[_Band, int]] = {}
    for band in bands:
        group = "All interviews" if len(bands) > 1 else ""
        for place, document in enumerate(band.uses.documents):
            name = names[int(corpus.document_ids[document])]
            key = band.key(name)
            while key in places:
                key = f" {key}"
            places[key] = (band, place)
            rows.append(Heading(key, f"{place + 1}. {name}", group=_role_name(corpus, band.role) or group))
            values.append(_numbers(band, place))
    columns = (
        Heading("new", "New codes", "codes"),
        Heading("codes", "Codes so far", "codes"),
        Heading("run", f"New in a run of {rule.run}"),
        Heading("share", f"% of the first {rule.base}", decimals=1),
        Heading("orders", "% of random orders that have reached it", decimals=1),
        Heading("reached", f"At most {rule.threshold:g} %"),
    )

    def opens(row: str, column: str) -> Evidence:
        band, place = places[row]
        ids = band.opened(place) if column == "new" else ()
        return Evidence("segment", ids) if ids else NOTHING

    def reads(evidence: Evidence) -> tuple[Quotation, ...]:
        return corpus.project.quotations(corpus.project.segments.by_ids(evidence.ids))

    notes = tuple(_notes(corpus, rule, bands, more, rounds, seed))
    return Table("saturation", "Saturation: new codes by interview", "Interview", tuple(rows), columns, values, notes,
                 {}, opens, reads)  # fmt: skip


def _numbers(band: _Band, place: int) -> list[object]:
    """New, so far, new in the run, its share, the share of random orders that are there, and whether it is reached."""
    rule, base = band.rule, band.course.base(band.rule)
    in_run = band.course.in_run(rule, place)
    is_run = in_run is not None and base > 0
    there = sum(n is not None and n + rule.run <= place + 1 for n in band.orders)
    reached = band.course.reached(rule)
    is_reached = reached is not None and reached + rule.run == place + 1
    return [
        band.course.new[place],
        sum(band.course.new[: place + 1]),
        in_run,
        100 * in_run / base if in_run is not None and is_run else None,
        100 * there / len(band.orders) if band.orders and is_run else None,
        f"reached: {reached}+{rule.run}" if is_reached else None,
    ]


# -- notes -----------------------------------------------------------------------------------------------------------


def _notes(corpus: Corpus, rule: Rule, bands: list[_Band], more: list[str], rounds: int, seed: int) -> Iterator[str]:
    yield from said.layer_notes(corpus, corpus.columns.segments, "coded")
    yield said.filter_note(corpus)
    yield (
        f"A run is {_in_a_row(rule.run)}, and its share is of the different codes in "
        f"{_first(rule)}. Saturation is reported as n+r: n interviews before the first run of r that adds at most "
        f"{rule.threshold:g} % (Guest, Namey & Chen 2020)."
    )
    for band in bands:
        yield _verdict(band)
        if band.orders:
            yield _spread(band, rounds, seed)
    yield from more
    yield from said.left_out(bands[0].uses.uncoded, "interview is not coded yet and not counted",
                             "interviews are not coded yet and not counted")  # fmt: skip
    yield "Of the numbers those of new codes open; the others are sums and shares of them."
    yield "Codes are those of the codebook as it stands, after merges; a code and one above it are two codes."
    yield from said.standing_notes(corpus)


def _role_name(corpus: Corpus, role: str) -> str:
    return f"{role} {corpus.project.roles.get(role).name}" if role else ""


def _whose(band: _Band) -> str:
    return f"{band.role}: " if band.role else ""


def _verdict(band: _Band) -> str:
    rule, documents = band.rule, len(band.uses.documents)
    whose, reached = _whose(band), band.course.reached(band.rule)
    if not band.is_assessed:
        return f"{whose}Cannot assess: {_interviews(documents)}, and {rule.base}+{rule.run} are needed."
    if not band.course.base(rule):
        return f"{whose}Cannot assess: there is no code in {_first(rule)}."
    base = f"{_several(band.course.base(rule), 'code')} in {_first(rule)}"
    if reached is None:
        return f"{whose}Not reached in {_interviews(documents)}; {base}."
    return f"{whose}Reached at {reached}+{rule.run} interviews; {base}."


def _spread(band: _Band, rounds: int, seed: int) -> str:
    if set(band.orders) == {None}:
        return f"{_whose(band)}In {rounds:,} random orders of the same interviews (seed {seed}): never reached."
    median, low, high = (_n_and_r(n, band.rule) for n in middle(band.orders))
    never = sum(n is None for n in band.orders)
    lacking = f"; not reached in {never:,}" if never else ""
    return (
        f"{_whose(band)}In {rounds:,} random orders of the same interviews (seed {seed}): median {median}, the "
        f"middle 95 % from {low} to {high}{lacking}."
    )


def _n_and_r(n: int | None, rule: Rule) -> str:
    return "not reached" if n is None else f"{n}+{rule.run}"


def _first(rule: Rule) -> str:
    return "the first interview" if rule.base == 1 else f"the first {rule.base} interviews"


def _in_a_row(number: int) -> str:
    return "one interview" if number == 1 else f"{number} interviews in a row"


def _interviews(number: int) -> str:
    return _several(number, "coded interview")


def _several(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _codebook_note(corpus: Corpus, found: Uses) -> list[str]:
    """Whether "new" is a discovery or only a first use."""
    before = corpus.project.history.codes_before_coding()
    used = {corpus.tree.branches[number].code.id for each in found.codes for number in each}
    fixed = len(used & before)
    if not used:
        return []
    if fixed == len(used):
        return ["The codebook was fixed before coding began: new means used for the first time."]
    if fixed:
        return [
            f"{fixed} of {len(used)} codes were made before coding began: of these new means used for the first time."
        ]
    return []
