"""What is said of a comparison in words: how it was made, what the numbers mean, and where that is written."""

from collections.abc import Iterator

import qualcode
from qualcode.agreement import cautions
from qualcode.agreement.estimate import WORDS, Reason
from qualcode.agreement.intervals import FEWEST, LINES, Interval
from qualcode.agreement.results import CodeResult, Comparison, Design
from qualcode.visible import counted

CONVENTION = (
    f"{LINES[0]:.3f} and {LINES[1]:.3f} are conventions of content analysis (Krippendorff 2004), no law: how much "
    "agreement a study needs depends on what is done with the codes."
)

STANCE = (
    "Where analysis is reflexive and coding is one person's reading, no coefficient is asked for; the list of "
    "differences can then be used alone, as matter for discussion."
)

SOURCES: dict[str, str] = {
    "cohen": "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological "
    "Measurement, 20, 37-46.",
    "conger": "Conger, A. J. (1980). Integration and generalization of kappas for multiple raters. Psychological "
    "Bulletin, 88, 322-328.",
    "krippendorff": "Krippendorff, K. (2004). Reliability in content analysis: some common misconceptions and "
    "recommendations. Human Communication Research, 30, 411-433.",
    "vries": "De Vries, H., Elliott, M. N., Kanouse, D. E., & Teleki, S. S. (2008). Using pooled kappa to summarize "
    "interrater agreement across many items. Field Methods, 20, 272-282.",
    "hripcsak": "Hripcsak, G., & Rothschild, A. S. (2005). Agreement, the F-measure, and reliability in information "
    "retrieval. Journal of the American Medical Informatics Association, 12, 296-298.",
    "hughes": "Hughes, J. (2022). Toward improved inference for Krippendorff's alpha agreement coefficient. "
    "arXiv:2210.13265.",
    "zapf": "Zapf, A., Castell, S., Morawietz, L., & Karch, A. (2016). Measuring inter-rater reliability for nominal "
    "data: which coefficients and confidence intervals are appropriate? BMC Medical Research Methodology, 16, 93.",
    "holsti": "Holsti, O. R. (1969). Content analysis for the social sciences and humanities. Addison-Wesley.",
    "passonneau": "Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic "
    "annotation. Proceedings of LREC 2006.",
    "oconnor": "O'Connor, C., & Joffe, H. (2020). Intercoder reliability in qualitative research: debates and "
    "practical guidelines. International Journal of Qualitative Methods, 19.",
}
"""What is cited, by key."""

_UNITS = {
    "answer": "an answer: all that a participant says from one question to the next",
    "turn": "a turn: one speaker's uninterrupted speech",
    "sentence": "a sentence",
    "token": "a word",
    "character": "a character (code point)",
    "paragraph": "a paragraph",
    "document": "a document",
    "match": "a coded passage",
}
_PARTIAL = {
    "any": "A unit has a code if at least one whole word of it is coded.",
    "majority": "A unit has a code if more than half of its characters are coded.",
    "all": "A unit has a code if every word of it is coded.",
}
_STATUS = {
    "too rare": "too rare: fewer than 10 units have the code",
    "prevalence paradox": "prevalence paradox: the code is so rare or so common that kappa is below .60 though "
    "observed agreement is .90 or more, and coders agree by .60 or more on the rarer side (F1; negative agreement "
    "where most units have the code)",
    "disagreement": "disagreement: kappa is below .60, and observed agreement of .90 or more is due to how rare or how "
    "common the code is: on the rarer side coders agree by less than .60 (F1; negative agreement where most units have "
    "the code)",
    "bias": "bias: one coder uses the code more often than the other, by more than a tenth of what is rated",
}


def listed(names: tuple[str, ...]) -> str:
    """AK, JB and MM."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def share(part: int, whole: int) -> str:
    """21 of 22 (95%)."""
    return f"{part:,} of {whole:,}" + (f" ({100 * part / whole:.0f}%)" if whole else "")


def plural(unit: str) -> str:
    """Answers; words; passages."""
    return {"match": "passages", "token": "words"}.get(unit, f"{unit}s")


def units_of(design: Design) -> str:
    """821 answers; for passages that match nothing is counted beforehand."""
    return plural(design.unit) if design.unit == "match" else f"{design.units:,} {plural(design.unit)}"


def compared(design: Design) -> str:
    """Who is compared on what."""
    empty = f" (in {len(design.empty)} of them nothing is rated)" if design.empty else ""
    return (
        f"Compared: {listed(design.coders)}, in {len(design.compared)} of {counted(design.documents, 'document')}"
        f"{empty}, {units_of(design)}; only rounds that coders have finished."
    )


def rated(design: Design) -> str:
    """Whose words are rated."""
    words = design.words
    parts = ["all words, the interviewer's too" if words.interviewers else "participants' words, not the interviewer's"]
    parts += [f"role {' or '.join(words.roles)}"] * bool(words.roles)
    parts += [f"{name} {value}" for name, value in words.attributes]
    return "; ".join(parts)


def unit_rule(design: Design) -> str:
    """What is compared, and when it has a code."""
    said = f"Unit: {_UNITS[design.unit]}."
    if design.unit == "match":
        return (
            f"{said} Two passages of one code match where what they share is at least {design.threshold:g} of what "
            "they cover together; each passage of each coder is tested."
        )
    if design.partial is not None:
        said += f" {_PARTIAL[design.partial]}"
    if design.weight == "length":
        said += " Each unit counts as much as it has characters."
    return said


def interval_rule(found: Comparison) -> str:
    """How intervals were made; "" where there are none."""
    interval, resampling = _telling(found), found.design.resampling
    if interval is None:
        return ""
    level = f"{100 * resampling.level:g}%"
    if shown(interval)[0] is None:
        return f"Intervals are not estimable: {(interval.fallback or interval).why_not}."
    if interval.fallback is not None:
        parts = counted(interval.fallback.clusters, interval.fallback.over.removesuffix("s"))
        return (
            f"No interval over documents can be estimated from fewer than {FEWEST}. The {level} intervals given are "
            f"over {parts} of these documents ({interval.fallback.method}), as if these were independent: they tell of "
            "these documents only."
        )
    drawn = f", {resampling.resamples:,} resamples, seed {resampling.seed}" if "bootstrap" in interval.method else ""
    return f"{level} intervals: {interval.method} over {counted(interval.clusters, 'document')}{drawn}."


def _telling(found: Comparison) -> Interval | None:
    """The interval of the mean alpha; where it has none, one that a code has, since all were made alike."""
    made = [each.interval for each in (found.mean_alpha, *(code.alpha for code in found.codes)) if each.interval]
    return next((each for each in made if shown(each)[0] is not None), found.mean_alpha.interval)


def without_interval(found: Comparison) -> Iterator[str]:
    """Which codes have an alpha but no interval of it, and why."""
    reasons: dict[str, list[str]] = {}
    for each in found.codes:
        interval = each.alpha.interval
        if each.alpha.value is not None and interval is not None and shown(interval)[0] is None:
            reasons.setdefault((interval.fallback or interval).why_not, []).append(each.code)
    if reasons:
        told = "; ".join(f"{', '.join(codes)} ({why})" for why, codes in reasons.items())
        yield f"Alpha without an interval, not estimable: {told}."


def shown(interval: Interval | None) -> tuple[float | None, float | None]:
    """The ends that are shown: over documents, or else over parts of them."""
    if interval is None:
        return None, None
    if interval.lower is None and interval.fallback is not None:
        return interval.fallback.lower, interval.fallback.upper
    return interval.lower, interval.upper


def interval_head(found: Comparison) -> str:
    """What stands over intervals."""
    interval = found.mean_alpha.interval
    level = f"{100 * found.design.resampling.level:g}% interval"
    if interval is not None and interval.fallback is not None:
        return f"{level} over {interval.fallback.over}"
    return level


def status(result: CodeResult, found: Comparison) -> str:
    """In words, with the reason where nothing is defined."""
    reason: Reason | str | None = result.percent.reason if found.design.unit == "match" else result.kappa.reason
    for known, words in WORDS.items():
        if result.status == "undefined" and known == reason:
            return f"undefined: {words}"
    return result.status


def status_note(found: Comparison) -> Iterator[str]:
    """What the statuses mean that occur."""
    used = {each.status for each in found.codes}
    meanings = [words for name, words in _STATUS.items() if name in used]
    if meanings and len(found.design.coders) > 2:
        meanings.append(_NO_BIAS)
    if meanings:
        yield "; ".join(meanings)[:1].upper() + "; ".join(meanings)[1:] + "."


_NO_BIAS = "bias is looked at for two coders only"


def definitions(found: Comparison) -> list[str]:
    """Each thing that a reader must know to compute the numbers again, a sentence or two each."""
    design = found.design
    is_matched = design.unit == "match"
    said = [
        unit_rule(design),
        f"Rated: {rated(design)}. {_UNCODED_MATCHED if is_matched else _UNCODED}",
        _UNITED,
        *["A code counts what stands under the codes below it too."] * design.descendants,
        *([_MATCHED] if is_matched else [f"Kappa is {design.kappa}'s; {_ALPHA}", _F1, _POOLED]),
        "" if is_matched else _statuses(design),
        interval_rule(found),
        f"Words and sentences by rules, version {design.splitter}." if design.splitter else "",
        f"Computed by qualcode {qualcode.__version__}; input SHA-256 {found.material.fingerprint()[:16]}.",
    ]
    return [each for each in said if each]


def _statuses(design: Design) -> str:
    """The rule of every status, whether it occurs or not."""
    rules = [words for name, words in _STATUS.items() if name != "bias" or len(design.coders) == 2]
    return f"Status: {'; '.join([*rules, *[_NO_BIAS] * (len(design.coders) > 2)])}."


_UNCODED = "Text that nobody coded counts as agreement that no code applies."
_UNCODED_MATCHED = "Text that nobody coded does not enter."
_UNITED = (
    "Passages of one coder and one code that overlap or touch are one. A document that a coder has not finished is "
    "missing for that coder, not uncoded."
)
_MATCHED = "Percent agreement: passages that match, of all; F1 and Holsti's coefficient are the same here."
_ALPHA = "alpha is Krippendorff's for nominal data: each code is there or not."
_F1 = "F1 (positive agreement) leaves out what neither coder coded; prevalence is the mean of the coders' shares."
_POOLED = (
    "Pooled kappa: (mean observed - mean expected) / (1 - mean expected), over all codes; the mean kappa is over the "
    "codes for which it is defined. What is not defined (no variation, code not used) is left empty, not 0 or 1."
)


def methods(found: Comparison) -> str:
    """A paragraph for a paper, made of nothing but what was done."""
    design = found.design
    on = f"Agreement was computed on {units_of(design)} ({rated(design)}), code by code, from codings as they stood"
    said = [_coded(found), _empty(design), f"{on} when each coder had finished the document.", _mixed(found)]
    said.append(unit_rule(design))
    if design.unit == "match":
        return " ".join(each for each in [*said, "We report the share of passages that match (Holsti 1969)."] if each)
    kappa = f"{design.kappa}'s kappa ({'Cohen 1960' if design.kappa == 'Cohen' else 'Conger 1980'})"
    said += [
        f"We report {_REPORTED.format(kappa)}",
        interval_rule(found),
        _found(found),
        f"Computed with qualcode {qualcode.__version__}.",
    ]
    return " ".join(each for each in said if each)


def _coded(found: Comparison) -> str:
    """Who coded how much; where coders finished different documents, each by name."""
    design = found.design
    part = f"{100 * design.characters / max(design.project_characters, 1):.0f}% of the text"
    how = "independently of each other" if _all_blind(design) else "each for themselves"
    documents = f"{len(design.compared)} of {counted(design.documents, 'document')} ({part})"
    if not cautions.is_incomplete(found):
        return f"{_number(len(design.coders))} coders coded {documents} {how}."
    each = listed(tuple(f"{short} {times}" for short, times in cautions.finished_by(found).items()))
    few = _number(len(design.coders)).casefold()
    return f"Of {few} coders at least two coded each of {documents}, {how}: {each}."


def _empty(design: Design) -> str:
    """Documents that were coded and have nothing that is rated: a filter left nothing, or they are empty."""
    if not design.empty:
        return ""
    rest = len(design.compared) - len(design.empty)
    return f"In {rest} of these {len(design.compared)} documents something is rated; the rest do not enter."


def _mixed(found: Comparison) -> str:
    """Rounds and codebook versions that stand beside each other."""
    versions, mixed = found.design.codebook_versions, cautions.mixed_rounds(found)
    said = [f"These were different rounds: {mixed}."] if mixed else []
    if len(versions) > 1:
        said.append(f"They were finished under codebook versions {listed(tuple(map(str, versions)))}.")
    return " ".join(said)


_REPORTED = (
    "Krippendorff's alpha for nominal data (Krippendorff 2004), {}, pooled over codes after De Vries et al. (2008), "
    "and positive agreement, F1 (Hripcsak & Rothschild 2005)."
)


def _found(found: Comparison) -> str:
    alpha, pooled = found.mean_alpha, found.pooled_kappa
    if alpha.value is None:
        return ""
    beside = f" and pooled kappa {_ranged(pooled.value, pooled.interval)}" if pooled.value is not None else ""
    defined, every = sum(each.alpha.value is not None for each in found.codes), counted(len(found.codes), "code")
    over = f"Over {every}" if defined == len(found.codes) else f"Over the {defined} of {every} for which it is defined"
    return f"{over} mean alpha was {_ranged(alpha.value, alpha.interval)}{beside}."


def sources(found: Comparison) -> list[str]:
    """What the methods paragraph cites."""
    design, interval = found.design, found.mean_alpha.interval
    if design.unit == "match":
        return [SOURCES["holsti"], SOURCES["oconnor"]]
    keys = ["cohen" if design.kappa == "Cohen" else "conger", "vries", "hripcsak", "krippendorff", "passonneau"]
    used = interval.fallback or interval if interval is not None else None
    if used is not None and used.lower is not None:
        keys.append("zapf" if used.method == "percentile bootstrap" else "hughes")
    return sorted(SOURCES[each] for each in [*keys, "oconnor"])


def _all_blind(design: Design) -> bool:
    return bool(design.compared) and all(all(each.was_blind) for each in design.compared)


def _number(number: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six")
    return words[number] if number < len(words) else str(number)


def _ranged(value: float, interval: Interval | None) -> str:
    low, high = shown(interval)
    return f"{value:z.2f}" + (f" [{low:z.2f}, {high:z.2f}]" if low is not None and high is not None else "")
