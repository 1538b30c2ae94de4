"""Agreement as tables: every number is one of a `Comparison`, and opens to the passages that the coders made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.agreement import wording
from qualcode.agreement.comparison import compare
from qualcode.agreement.estimate import Estimate
from qualcode.agreement.results import CodeResult, Comparison, Measured
from qualcode.agreement.sheet import Cell, Line, below, code_names, passages, sheet, value_of
from qualcode.agreement.sums import Sums
from qualcode.agreement.two_coders import FourCells
from qualcode.analysis.said import project_notes
from qualcode.errors import RefusedError, not_found
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table

TITLE = "Inter-coder agreement by code"

_OTHERS = {
    "fleiss": "Fleiss' kappa", "scott": "Scott's pi", "light": "Light's kappa", "gwet_ac1": "Gwet's AC1",
    "brennan_prediger": "Brennan-Prediger", "negative_agreement": "Negative agreement", "kappa_max": "Greatest kappa",
    "pabak": "PABAK", "prevalence_index": "Prevalence index", "bias_index": "Bias index",
}  # fmt: skip
_MATCHED = {"agreements": "Matched", "disagreements": "Not matched", "holsti": "Holsti"}


def agreement(
    project: Project,
    *,
    codes: Sequence[str] = (),
    roles: Sequence[str] = (),
    attributes: Sequence[tuple[str, str]] = (),
) -> Table:
    """How far coders agree, code by code; where no two have finished a document, a table without rows that says so.

    Args:
        project: an open study.
        roles, attributes: as `compare` takes them.
        codes: short names, each with those below it; none = all in use.

    Raises:
        NotFoundError: a code, role or attribute is asked for that is not there.
    """
    try:
        found = compare(project, codes=below(project, codes), roles=roles, attributes=attributes)
    except RefusedError as error:
        notes = (f"{error.what[:1].upper()}{error.what[1:]}.", *project_notes(project))
        return sheet(project, TITLE, "Code", (), (), notes)
    return code_table(project, found)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table by code: its head, and where its values stand in a result, and in the rows over all."""

    head: Heading
    values: tuple[Cell, ...]
    mean: Cell = None
    pooled: Cell = None


def code_table(project: Project, found: Comparison, *, every: bool = False, gold: str = "") -> Table:
    """A row a code, with two rows over all codes below.

    Args:
        project: the study.
        found: what was compared.
        every: all other statistics and intervals too.
        gold: short name of the coder whose coding is taken as right: precision and recall of each other coder too.

    Raises:
        NotFoundError: the gold coder was not compared.
        RefusedError: there is neither precision nor recall by this unit.
    """
    columns = [
        *(_matched(found) if found.design.unit == "match" else _usual(found, every=every)),
        *(_others(found) if every else ()),
        *(_against(found, gold) if gold else ()),
        Column(Heading("status", "Status"), tuple(wording.status(each, found) for each in found.codes)),
    ]
    names = code_names(project, found)
    lines = [
        Line(Heading(each.code, names[each.code]), tuple(column.values[place] for column in columns))
        for place, each in enumerate(found.codes)
    ]
    over = lines and found.design.unit != "match"
    lines += _over_all(found, columns) if over else ()
    place = {each.code: number for number, each in enumerate(found.codes)}
    coders = {f"passages {short}": [number] for number, short in enumerate(found.design.coders)}

    def opens(row: str, column: str) -> Evidence:
        if row not in place or column == "status" or column.endswith((" lower", " upper")):  # the number itself opens
            return NOTHING
        return passages(found, [place[row]], coders.get(column, range(len(found.design.coders))))

    return sheet(
        project, TITLE, "Code", [column.head for column in columns], lines, [*_notes(found), *project_notes(project)],
        opens=opens,
    )  # fmt: skip


def _usual(found: Comparison, *, every: bool) -> Iterator[Column]:
    yield from _passages(found)
    codes = found.codes
    if every:
        yield Column(Heading("units", "Units with it"), tuple(each.units for each in codes))
    yield _exact(_one("percent", "Observed", [each.percent for each in codes]))
    kappa = [each.kappa for each in codes], found.mean_kappa, found.pooled_kappa
    yield from _ranged(found, "kappa", "Kappa", *kappa) if every else [_one("kappa", "Kappa", *kappa)]
    yield from _ranged(found, "alpha", "Alpha", [each.alpha for each in codes], found.mean_alpha)
    for key, text, measured in (
        ("f1", "F1", [each.f1 for each in codes]),
        ("prevalence", "Prevalence", [each.prevalence for each in codes]),
    ):
        columns = [*_ranged(found, key, text, measured)] if every else [_one(key, text, measured)]
        yield from map(_exact, columns) if key == "prevalence" else columns


def _passages(found: Comparison) -> Iterator[Column]:
    for number, short in enumerate(found.design.coders):
        head, is_there = Heading(f"passages {short}", f"{short} passages"), found.material.rounds.seen[:, number].any()
        yield Column(head, tuple(each.passages[number] if is_there else None for each in found.codes))


def _one(key: str, text: str, measured: Sequence[Measured], mean: Measured | None = None,
         pooled: Measured | None = None) -> Column:  # fmt: skip
    return Column(Heading(key, text), tuple(measured), mean, pooled)


_MOST_DECIMALS = 5


def _exact(column: Column) -> Column:
    """With as many places as it takes for no share to read as nothing, or as all, that is neither."""
    some = [each for each in map(value_of, column.values) if isinstance(each, float) and 0 < each < 1]
    places = (number for number in range(2, _MOST_DECIMALS) if all(0 < round(each, number) < 1 for each in some))
    return replace(column, head=replace(column.head, decimals=next(places, _MOST_DECIMALS)))


def _ranged(found: Comparison, key: str, text: str, measured: Sequence[Measured], mean: Measured | None = None,
            pooled: Measured | None = None) -> Iterator[Column]:  # fmt: skip
    """A statistic with the ends of its interval."""
    group = f"{text}, {wording.interval_head(found)}"
    alone = _one(key, text.casefold() if text != "F1" else text, measured, mean, pooled)
    yield replace(alone, head=replace(alone.head, group=group))
    for end, name in enumerate(("lower", "upper")):
        ends = [wording.shown(each.interval if each else None)[end] for each in (*measured, mean, pooled)]
        yield Column(Heading(f"{key} {name}", name, group=group), tuple(ends[:-2]), ends[-2], ends[-1])


def _others(found: Comparison) -> Iterator[Column]:
    if found.design.unit == "match":
        return
    if any(each.wilson for each in found.codes):
        for end, name in enumerate(("lower", "upper")):
            head = Heading(f"wilson {name}", name, group="Prevalence: Wilson's")
            yield _exact(Column(head, tuple(each.wilson[end] if each.wilson else None for each in found.codes)))
    for key, text in _OTHERS.items():
        if any(key in each.others for each in found.codes):
            yield Column(Heading(key, text), tuple(_other(each, key) for each in found.codes))


def _other(result: CodeResult, key: str) -> Estimate:
    return result.others.get(key, Estimate(None, "not_applicable"))


def _against(found: Comparison, gold: str) -> Iterator[Column]:
    """Precision and recall of each other coder, where one is taken as right."""
    if found.design.unit == "match":
        raise RefusedError("precision and recall are not told of passages that match", remedy="Take --unit sentence.")
    shorts = found.design.coders
    if gold not in shorts:
        raise not_found("coder compared", gold, shorts)
    sums = Sums(found.material.tally())
    totals, right = sums.totals(), shorts.index(gold)
    for pair, both in enumerate(sums.pairs):
        if right not in both:
            continue
        other = shorts[both[0] if both[1] == right else both[1]]
        shared, first, second, neither = totals.four(pair)
        missed, added = (first, second) if both[0] == right else (second, first)
        cells = [FourCells(*map(float, each)) for each in zip(shared, missed, added, neither, strict=True)]
        for name, made in (
            ("precision", [each.precision() for each in cells]),
            ("recall", [each.recall() for each in cells]),
        ):
            head = Heading(f"{name} {other}", f"{other} {name}", group=f"{gold} taken as right")
            yield Column(head, tuple(made))


def _matched(found: Comparison) -> Iterator[Column]:
    yield from _passages(found)
    for key, text in _MATCHED.items():
        made = [_other(each, key) for each in found.codes]
        whole = key != "holsti"
        yield Column(
            Heading(key, text), tuple(int(each.value) if whole and each.value is not None else each for each in made)
        )
    yield _one("percent", "Percent agreement", [each.percent for each in found.codes])


def _over_all(found: Comparison, columns: Sequence[Column]) -> Iterator[Line]:
    group = "Over all codes"
    yield Line(
        Heading("(mean)", f"Mean of the {found.defined} defined", group=group), tuple(column.mean for column in columns)
    )
    yield Line(Heading("(pooled)", "Pooled", group=group), tuple(column.pooled for column in columns))


def _united(found: Comparison) -> Iterator[str]:
    """Where a number of passages opens to more than it counts."""
    material = found.material
    made = 0
    for place, result in enumerate(found.codes):
        made += len(material.passages.of([place], range(len(found.design.coders)))) - sum(result.passages)
    if made > 0:
        yield (
            f"Passages of one coder and one code that overlap or touch are counted as one: {made} more "
            f"{'open' if made > 1 else 'opens'} than {'are' if made > 1 else 'is'} counted."
        )


def _notes(found: Comparison) -> Iterator[str]:
    design = found.design
    yield from wording.grounds(design)
    yield from _united(found)
    if design.unit != "match":
        yield (
            f"Observed: share of units on which coders agree. Kappa is {design.kappa}'s, alpha Krippendorff's for "
            "nominal data; pooled: observed and expected agreement averaged over all codes first. What is not defined "
            "is left empty."
        )
        rule = wording.interval_rule(found)
        if rule:
            yield rule
        yield from wording.without_interval(found)
        yield wording.CONVENTION
    yield from wording.status_note(found)
    yield from found.caveats
    yield wording.STANCE
