"""`compare`: how far coders agree, code by code, with everything that must be told beside the numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from qualcode import sentences, sweep
from qualcode.agreement import cautions
from qualcode.agreement import sums as statistics
from qualcode.agreement.estimate import Estimate, Reason, undefined
from qualcode.agreement.intervals import Interval, Resampling, resampled, wilson
from qualcode.agreement.matching import THRESHOLD, matches
from qualcode.agreement.material import Material, read
from qualcode.agreement.ratings import Floats
from qualcode.agreement.results import CodeResult, Comparison, Design, Measured, Pair
from qualcode.agreement.same_codes import left_out
from qualcode.agreement.sums import Statistic, Sums, told
from qualcode.agreement.tallying import Partial, Weight
from qualcode.agreement.two_coders import FourCells, holsti
from qualcode.agreement.units import PARTIAL, Words, known_unit
from qualcode.project import Project

_PER_CODE: dict[str, Statistic] = {
    "percent": statistics.percent, "kappa": statistics.kappa, "alpha": statistics.alpha,
    "f1": statistics.positive_agreement, "prevalence": statistics.prevalence,
}  # fmt: skip
_OVER_CODES: dict[str, Statistic] = {
    "pooled_kappa": statistics.pooled_kappa, "mean_kappa": statistics.mean_kappa, "mean_alpha": statistics.mean_alpha,
}  # fmt: skip

_CORRECTED = ("gwet_ac1", "brennan_prediger", "pabak")
"""For chance: these alone have a number where everybody gave one value everywhere."""


def compare(
    project: Project,
    *,
    coders: Sequence[str] | None = None,
    codes: Sequence[str] | Mapping[str, Sequence[str]] | None = None,
    unit: str = "answer",
    partial: Partial | None = None,
    weight: Weight = "one",
    rounds: int | None = None,
    documents: Sequence[str] | None = None,
    roles: Sequence[str] = (),
    attributes: Sequence[tuple[str, str]] = (),
    descendants: bool = False,
    interviewers: bool = False,
    threshold: float = THRESHOLD,
    resampling: Resampling | None = None,
) -> Comparison:
    """How far coders agree on what each has finished, code by code, with intervals over documents.

    Only finished rounds count: where a coder has not finished a document, their coding of it is missing, not empty.
    What is being coded blind is left out, whoever looks.

    Args:
        project: an open study.
        coders: short names, two or more (the consensus too); None = all people who have finished a document.
        codes: short names; or groups, as names with the short names each is made of; None = all codes in use.
        unit: "answer", "turn", "sentence", "token", "character", "paragraph", "document" or "match".
        partial: how much of a unit must be coded: "any" (one whole word), "majority" (more than half of its
            characters) or "all" (every word); None = any for answers, turns, paragraphs and documents, majority for
            sentences and tokens.
        weight: each unit counts "one", or its "length" in characters.
        rounds: number of the round, and only who has finished it is compared; None = each coder's last finished round
            of a document beside the others' last (`agreement.rounds`).
        documents: names; None = all.
        roles: short names; only what people say in these roles is rated.
        attributes: pairs of an attribute's name and a value; only what people with these say is rated.
        descendants: a code counts what stands under the codes below it too.
        interviewers: rate the interviewer's words too, and those of speakers who take no part.
        threshold: for the unit "match": how far two passages must overlap.
        resampling: level, resamples and seed of the intervals.

    Raises:
        NotFoundError: a coder, code, document, role or attribute is asked for that is not there.
        InputError: there is no such unit.
        RefusedError: there are fewer than two coders to compare.
    """
    chosen = known_unit(unit)
    words = Words(interviewers, tuple(roles), tuple(attributes))
    how = resampling or Resampling()
    material = read(
        project, coders=coders, codes=codes, unit=chosen, partial=partial or PARTIAL.get(chosen, "any"), weight=weight,
        rounds=rounds, documents=documents, words=words, descendants=descendants,
    )  # fmt: skip
    sums = Sums(material.tally())
    design = _design(project, material, words, how, sums, threshold, descendants=descendants)
    if isinstance(codes, Mapping):
        design = replace(design, groups=tuple((name, tuple(of)) for name, of in codes.items() if [name] != [*of]))
    if chosen == "match":
        return _matched(material, design, threshold)
    made = resampled(sums, {**_PER_CODE, **_OVER_CODES}, how, blocks=material.blocks)
    measured = {name: _measured(sums, statistic, made[name]) for name, statistic in (_PER_CODE | _OVER_CODES).items()}
    results = _results(material, sums, measured, how)
    result = Comparison(
        design, results, measured["pooled_kappa"][0], measured["mean_kappa"][0], measured["mean_alpha"][0],
        sum(each.kappa.value is not None for each in results), _pairs(material, sums), left_out(material), (),
        material,
    )  # fmt: skip
    return replace(result, caveats=cautions.caveats(result))


def _measured(sums: Sums, statistic: Statistic, made: list[Interval]) -> list[Measured]:
    estimates = told(statistic(sums.totals()), sums)
    return [Measured(each.value, each.reason, interval) for each, interval in zip(estimates, made, strict=True)]


def _design(
    project: Project, material: Material, words: Words, how: Resampling, sums: Sums, threshold: float,
    *, descendants: bool,
) -> Design:  # fmt: skip
    every, unit, compared = project.documents.all(), material.unit, material.rounds.compared
    by_words = unit in ("sentence", "token") or material.text.words is not None
    has_units = unit not in ("character", "match")
    return Design(
        coders=tuple(each.short for each in material.coders), compared=compared,
        set_aside=material.rounds.set_aside, documents=len(every),
        characters=int(material.placed.lengths.sum()), rated=int(material.coding.lengths.sum()),
        project_characters=sum(each.length for each in every), units=_units(material, sums),
        unit=unit, partial=material.partial if has_units else None, weight=material.weight if has_units else None,
        threshold=threshold if unit == "match" else None,
        kappa="Cohen" if len(material.coders) == 2 else "Conger", words=words, descendants=descendants,
        codebook_versions=tuple(sorted({version for each in compared for _, _, version in each.rounds})),
        splitter=sentences.VERSION if by_words else None, without_turns=material.text.without_turns,
        empty=_empty(material, sums), resampling=how,
    )  # fmt: skip


def _empty(material: Material, sums: Sums) -> tuple[str, ...]:
    """The documents in which nothing is rated, though two have finished them."""
    rated = material.coding.lengths > 0 if material.unit in ("character", "match") else sums.comparable
    return tuple(each.name for each, some in zip(material.rounds.documents, rated.tolist(), strict=True) if not some)


def _units(material: Material, sums: Sums) -> int:
    if material.unit in ("character", "match") or material.weight == "one":
        return int(sums.total[sums.comparable].sum())
    return len(material.text.units or ())


def _results(
    material: Material, sums: Sums, measured: dict[str, list[Measured]], how: Resampling
) -> tuple[CodeResult, ...]:
    totals, names = sums.totals(), [each.short for each in material.coders]
    others = {
        "fleiss": told(statistics.fleiss(totals), sums), "gwet_ac1": told(statistics.gwet(totals), sums),
        "brennan_prediger": told(statistics.brennan_prediger(totals), sums),
        "light": told(statistics.light(totals), sums),
        "negative_agreement": told(statistics.negative_agreement(totals), sums),
    }  # fmt: skip
    if len(names) == 2:
        others["scott"] = told(statistics.scott(totals), sums)
    by_pair = [
        (one, other, told(statistics.cohen_of(pair)(totals), sums), told(statistics.f1_of(pair)(totals), sums))
        for pair, (one, other) in enumerate(sums.pairs)
    ]
    coded = [totals.coded_by(coder)[0] for coder in range(len(names))]
    passages = sweep.tally(material.placed.code, material.placed.coder, (len(material.codes), len(names)))
    units = _passages(material) if material.unit == "character" else sums.units
    found = []
    for place, code in enumerate(material.codes):
        one = {name: measured[name][place] for name in _PER_CODE}
        extra = {name: each[place] for name, each in others.items()}
        if len(names) == 2:
            extra |= _of_two(sums, totals, place)
        one["percent"], extra = _of_constant(one, extra)
        pairs = tuple(Pair(names[a], names[b], kappa[place], f1[place]) for a, b, kappa, f1 in by_pair)
        result = CodeResult(
            code, tuple(passages[place].tolist()), tuple(float(each[place]) for each in coded), int(units[place]),
            **one, others=extra, status="", pairs=pairs,
            wilson=_wilson(material, one["prevalence"].value, float(sums.total.sum()), how),
        )  # fmt: skip
        found.append(replace(result, status=cautions.status(result)))
    return tuple(found)


def _wilson(material: Material, share: float | None, rated: float, how: Resampling) -> tuple[float, float] | None:
    is_of_units = material.unit not in ("character", "token") and material.weight == "one"
    return wilson(share, int(rated), how.level) if share is not None and is_of_units else None


def _passages(material: Material) -> Floats:
    """By code: how many maximal passages at least one coder gave it."""
    coding = material.coding
    start, end = (sweep.axis(coding.document, each, coding.offset) for each in (coding.start, coding.end))
    code, _, _ = sweep.unite(coding.code, start, end)
    return np.bincount(code, minlength=coding.codes).astype(np.float64)


def _of_constant(one: dict[str, Measured], others: dict[str, Estimate]) -> tuple[Measured, dict[str, Estimate]]:
    """Observed agreement and the other statistics of a code; where everybody gave one value everywhere, no number.

    Perfect agreement without variation is not 1 but not defined, whatever a formula gives; and of a code that nobody
    used nothing was observed.
    """
    if one["alpha"].reason not in ("code_unused", "no_variation"):
        return one["percent"], others
    reason: Reason = "code_unused" if one["alpha"].reason == "code_unused" else "no_variation"
    lost = {name: undefined(reason) for name in (*_CORRECTED, "negative_agreement") if name in others}
    percent = Measured(None, reason) if reason == "code_unused" else one["percent"]
    return percent, others | lost


def _of_two(sums: Sums, totals: statistics.Totals, place: int) -> dict[str, Estimate]:
    lacking = statistics.lacking(sums)
    names = ("kappa_max", "pabak", "prevalence_index", "bias_index")
    if lacking:
        return dict.fromkeys(names, undefined(lacking))
    cells = FourCells(*(float(each[place]) for each in totals.four(0)))
    return {name: getattr(cells, name)() for name in names}


def _pairs(material: Material, sums: Sums) -> tuple[Pair, ...]:
    totals, names = sums.totals(), [each.short for each in material.coders]
    return tuple(
        Pair(
            names[one], names[other],
            told(statistics.pooled_of(pair)(totals), sums)[0], told(statistics.f1_over_codes(pair)(totals), sums)[0],
        )
        for pair, (one, other) in enumerate(sums.pairs)
    )  # fmt: skip


def _matched(material: Material, design: Design, threshold: float) -> Comparison:
    """By segment match there is nothing that nobody coded, so that only shares of passages can be told."""
    found = matches(material.coding, threshold)
    nothing = Measured(None, "not_applicable")
    results = []
    for place, code in enumerate(material.codes):
        agreed, missed = float(found.agreements[place]), float(found.disagreements[place])
        share = holsti(agreed / 2, agreed, missed)  # a matched passage is counted from both sides: M is half of them
        percent = Measured(share.value, None) if share.value is not None else Measured(None, "code_unused")
        passages = tuple(found.passages[place].tolist())
        counted = {"agreements": Estimate(agreed), "disagreements": Estimate(missed), "holsti": share}
        status = "undefined" if percent.value is None else "too rare" if sum(passages) < cautions.RARE else ""
        results.append(
            CodeResult(
                code, passages, tuple(map(float, passages)), sum(passages), percent, nothing, nothing, percent,
                nothing, counted, status,
            )
        )  # fmt: skip
    result = Comparison(design, tuple(results), nothing, nothing, nothing, 0, (), (), (), material)
    return replace(result, caveats=cautions.caveats(result))
