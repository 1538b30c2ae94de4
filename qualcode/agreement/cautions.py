"""What weakens the numbers: the status of each code, and the caveats of a comparison."""

from collections import Counter
from collections.abc import Sequence

from qualcode.agreement.results import CodeResult, Comparison

RARE = 10
"""A code that fewer units have is too rare for a kappa to be taken seriously."""

OBSERVED, KAPPA, SKEWED = 0.9, 0.6, 0.7
"""Observed agreement from which, kappa below which and prevalence index above which numbers look like the paradox."""

SPECIFIC = 0.6
"""Agreement on the rarer side (F1, or negative agreement of a common code) from which it is one.

At a prevalence of 2 % observed agreement is above .90 however the coders code. What is a paradox is that they agree on
where the code stands and kappa is low all the same. (That their shares leave kappa no room is none: one of them then
uses the code far more often, and F1 is low for that.)
"""

BIASED = 0.1
"""Of what is rated: how much more one coder uses a code than the other."""


def status(result: CodeResult) -> str:
    """The status of a code, of which `wording` tells the meaning; "" where nothing of the kind weakens its numbers."""
    if result.kappa.value is None:
        return "undefined"
    if result.units < RARE:
        return "too rare"
    skewed = result.others.get("prevalence_index")
    index = skewed.value if skewed else abs(2 * (result.prevalence.value or 0) - 1)
    if (result.percent.value or 0) >= OBSERVED and result.kappa.value < KAPPA and (index or 0) > SKEWED:
        return "prevalence paradox" if _is_paradox(result) else "disagreement"
    bias = result.others.get("bias_index")
    return "bias" if bias and (bias.value or 0) > BIASED else ""


def _is_paradox(result: CodeResult) -> bool:
    is_common = (result.prevalence.value or 0) > 0.5
    rarer = result.others["negative_agreement"].value if is_common else result.f1.value
    return (rarer or 0) >= SPECIFIC


def rounds_taken(found: Comparison) -> Counter[int]:
    """In how many documents each round is the latest that is compared. A consensus has rounds of its own."""
    people = {each.short for each in found.material.coders if each.kind == "person"}
    return Counter(
        max((number for short, number, _ in each.rounds if short in people), default=0)
        for each in found.design.compared
    )


def mixed_rounds(found: Comparison) -> str:
    """Which rounds stand beside each other in one number, in words; "" where it is one."""
    numbers = rounds_taken(found)
    if len(numbers) < 2:
        return ""
    told = (f"round {number} in {times}" for number, times in sorted(numbers.items()))
    return f"{', '.join(told)} of {numbers.total()} documents"


def finished_by(found: Comparison) -> dict[str, int]:
    """How many of the documents compared each coder has finished."""
    made = Counter(short for each in found.design.compared for short, _, _ in each.rounds)
    return {short: made[short] for short in found.design.coders}


def is_incomplete(found: Comparison) -> bool:
    """Whether a coder has not finished a document that is compared."""
    return any(times < len(found.design.compared) for times in finished_by(found).values())


def rare_among(found: Comparison) -> tuple[int, int]:
    """Of the codes whose alpha enters the mean: how many are too rare, and how many they are."""
    entering = [each for each in found.codes if each.alpha.value is not None]
    return sum(each.status == "too rare" for each in entering), len(entering)


def caveats(found: Comparison) -> tuple[str, ...]:
    """What weakens the numbers, in sentences."""
    design, interval = found.design, found.mean_alpha.interval
    rounds, mixed = rounds_taken(found), mixed_rounds(found)
    lost = [each.code for each in found.codes if each.kappa.reason in ("code_unused", "no_variation")]
    rare = [each.code for each in found.codes if each.status == "too rare"]
    said = {
        f"At least two coders have finished {len(design.compared)} of {design.documents} documents.": design.set_aside,
        _missing(found): is_incomplete(found),
        f"Nothing is rated in {_some(design.empty)}.": design.empty,
        f"Rounds are mixed in these numbers: {mixed}. {_TALKED_OVER}": mixed,
        f"Round {', '.join(map(str, rounds))} is compared. {_TALKED_OVER}": not mixed and max(rounds, default=1) > 1,
        "No interval can be estimated from so few documents; those given resample parts of them, and tell of these "
        "documents only.": interval is not None and interval.fallback is not None,
        f"Kappa is not defined for {', '.join(lost)}.": lost,
        f"Fewer than {RARE} units have {', '.join(rare)}: their kappa and alpha say little.": rare,
        "The rounds compared were finished under different codebook versions.": len(design.codebook_versions) > 1,
        "A consensus is made of the others' coding: agreement with it is no measure of reliability.": any(
            each.kind == "consensus" for each in found.material.coders
        ),
        "Some documents have no turns: their paragraphs stand for answers and turns.": design.without_turns,
        "Codes count what stands under the codes below them, so that means over codes count some passages more than "
        "once.": design.descendants,
        "Text that nobody coded is most of what is rated: percent agreement and AC1 would be high whatever the coders "
        "did.": design.unit in ("character", "token"),
    }
    return (*found.material.rounds.remarks, *(sentence for sentence, holds in said.items() if holds))


_TALKED_OVER = "A later round may have been coded after the differences of the one before were talked over."


def _missing(found: Comparison) -> str:
    whole = len(found.design.compared)
    fewer = [f"{short} {times}" for short, times in finished_by(found).items() if times < whole]
    said = f"Not every coder has finished each of the {whole} documents compared ({', '.join(fewer)})"
    if found.design.unit == "match":
        return f"{said}: passages are tested against those who have."
    return (
        f"{said}. Kappa then sets what was observed where two or more rated beside shares that rest on other text, so "
        "that it can be above 0 for a code on which nobody agreed, and raise the mean kappa: look at F1 and at coders "
        "in pairs."
    )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) < 6 else f"{', '.join(names[:4])} and {len(names) - 4} more documents"
