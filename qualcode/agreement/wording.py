"""What is said of a comparison in words: how it was made, and what the numbers mean."""

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


def has_sets(design: Design) -> bool:
    """Whether alpha of whole sets of codes is told: by characters it would be the text that nobody coded."""
    return design.unit not in ("match", "character")


def rated(design: Design) -> str:
    """Whose words are rated."""
    words = design.words
    parts = [_ALL_WORDS if words.interviewers else _PARTICIPANTS]
    parts += [f"role {' or '.join(words.roles)}"] * bool(words.roles)
    parts += [f"{name} {value}" for name, value in words.attributes]
    return "; ".join(parts)


_ALL_WORDS = "all words, those of the interviewer and of third voices too"
_PARTICIPANTS = "participants' words, not those of the interviewer or of third voices"


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


def cut_by(design: Design) -> Iterator[str]:
    """By which rules sentences and words were cut, where they are the unit: other rules give other numbers."""
    if design.unit in ("sentence", "token"):
        yield f"Words and sentences by rules, version {design.splitter}."


def grounds(design: Design) -> Iterator[str]:
    """What a table of numbers rests on: who is compared, on what, cut how, and whose words are rated."""
    yield compared(design)
    yield unit_rule(design)
    yield from cut_by(design)
    yield f"Rated: {rated(design)}."
    yield from groups(design)


def groups(design: Design) -> Iterator[str]:
    """Which codes are compared as one."""
    if design.groups:
        told = (f"{name} ({', '.join(codes)})" for name, codes in design.groups)
        yield f"Compared as one: {'; '.join(told)}."


def thinness(found: Comparison) -> str:
    """That means over codes rest on codes too rare for it, as a clause; "" where they do not."""
    rare, every = cautions.rare_among(found)
    if not rare:
        return ""
    if rare == every:
        return f"each of these codes stands in fewer than {cautions.RARE} units, so that these numbers say little"
    stand = "stands" if rare == 1 else "stand"
    return f"{rare} of these {every} codes {stand} in fewer than {cautions.RARE} units, which says little"


def interval_rule(found: Comparison) -> str:
    """How intervals were made; "" where there are none."""
    interval, resampling = telling(found), found.design.resampling
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
    cut = ", ends cut off at 1 and -1 (of shares at 0)" if "jackknife" in interval.method else ""
    return f"{level} intervals: {interval.method} over {counted(interval.clusters, 'document')}{drawn}{cut}."


def telling(found: Comparison) -> Interval | None:
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
    """In words, with the reason where nothing is defined; a dash where nothing weakens the numbers: no praise."""
    reason: Reason | str | None = result.percent.reason if found.design.unit == "match" else result.kappa.reason
    for known, words in WORDS.items():
        if result.status == "undefined" and known == reason:
            return f"undefined: {words}"
    return result.status or _NO_STATUS


def status_note(found: Comparison) -> Iterator[str]:
    """What the statuses mean that occur."""
    used = {each.status for each in found.codes}
    meanings = [words for name, words in _STATUS.items() if name in used]
    if meanings and "" in used:
        meanings.append(_NONE)
    if meanings and len(found.design.coders) > 2:
        meanings.append(_NO_BIAS)
    if meanings:
        yield "; ".join(meanings)[:1].upper() + "; ".join(meanings)[1:] + "."


_NO_STATUS = "–"
_NONE = f"{_NO_STATUS}: none of these, which says nothing of how high agreement is"
_NO_BIAS = "bias is looked at for two coders only"


def definitions(found: Comparison) -> list[str]:
    """Each thing that a reader must know to compute the numbers again, a sentence or two each."""
    design = found.design
    is_matched = design.unit == "match"
    said = [
        unit_rule(design),
        f"Rated: {rated(design)}. {_UNCODED_MATCHED if is_matched else _UNCODED}",
        _UNITED,
        *groups(design),
        *["A code counts what stands under the codes below it too."] * design.descendants,
        *([_MATCHED] if is_matched else [f"Kappa is {design.kappa}'s; {_ALPHA}", _F1, _POOLED]),
        _SETS if has_sets(design) else "",
        "" if is_matched else _statuses(design),
        interval_rule(found),
        f"Words and sentences by rules, version {design.splitter}." if design.splitter else "",
        f"Computed by qualcode {qualcode.__version__}; input SHA-256 {found.material.fingerprint()[:16]}.",
    ]
    return [each for each in said if each]


def _statuses(design: Design) -> str:
    """The rule of every status, whether it occurs or not."""
    rules = [words for name, words in _STATUS.items() if name != "bias" or len(design.coders) == 2]
    return f"Status: {'; '.join([*rules, _NONE, *[_NO_BIAS] * (len(design.coders) > 2)])}."


_UNCODED = "Text that nobody coded counts as agreement that no code applies."
_UNCODED_MATCHED = "Text that nobody coded does not enter."
_UNITED = (
    "Passages of one coder and one code that overlap or touch are one. A document that a coder has not finished is "
    "missing for that coder, not uncoded."
)
_MATCHED = "Percent agreement: passages that match, of all; F1 and Holsti's coefficient are the same here."
_ALPHA = (
    "alpha is Krippendorff's for nominal data: each code is there or not, which are two categories for AC1 and "
    "Brennan-Prediger too."
)
_F1 = "F1 (positive agreement) leaves out what neither coder coded; prevalence is the mean of the coders' shares."
_SETS = (
    "Alpha of whole sets of codes: two sets are 1 - J apart (Jaccard), or 1 - J x M with M = 1, 2/3, 1/3 or 0 where "
    "they are equal, one in the other, overlapping or apart (MASI); two empty sets are the same, an empty one is 1 "
    "apart from any other."
)
_POOLED = (
    "Pooled kappa: (mean observed - mean expected) / (1 - mean expected), over all codes; the mean kappa is over the "
    "codes for which it is defined, and in each replicate of its interval over those defined there, as mean alpha is. "
    "What is not defined (no variation, code not used) is left empty, not 0 or 1."
)
