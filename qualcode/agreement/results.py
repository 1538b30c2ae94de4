"""What `compare` gives back: design facts, results by code and over codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.agreement.estimate import Estimate
from qualcode.agreement.intervals import Interval, Resampling
from qualcode.agreement.material import Material
from qualcode.agreement.rounds import Compared, SetAside
from qualcode.agreement.tallying import Partial, Weight
from qualcode.agreement.units import Unit, Words


@dataclass(frozen=True, slots=True)
class Measured:
    """A statistic with its interval; `value` and `reason` as in `Estimate`."""

    value: float | None
    reason: str | None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Design:
    """What was compared and how: all that a reader needs to judge or repeat the numbers.

    Attributes:
        coders: short names.
        compared: the documents with each coder's round and codebook version.
        set_aside: the documents that were not compared, each with the reason.
        documents: how many documents the project has (of which `compared` are n of N).
        characters: of the documents compared; `rated` of them are rated, `project_characters` has the whole project.
        units: how many units are rated by two coders; characters for the unit "character".
        unit, partial, weight: as asked for, or by default; partial and weight are None where they do not apply.
        threshold: at which passages match, for the unit "match".
        kappa: whose: "Cohen" for two coders, "Conger" for more.
        words: whose words are rated.
        descendants: whether a code counts what stands under the codes below it.
        codebook_versions: under which the rounds compared were finished.
        splitter: version of the rules for sentences and words, where they matter; else None.
        without_turns: documents without turns, whose paragraphs stand for answers and turns.
        empty: of the documents compared, those in which nothing is rated.
        resampling: confidence level, bootstrap resamples and seed.
        groups: of codes compared as one: the name, and the short names it is made of.
    """

    coders: tuple[str, ...]
    compared: tuple[Compared, ...]
    set_aside: tuple[SetAside, ...]
    documents: int
    characters: int
    rated: int
    project_characters: int
    units: int
    unit: Unit
    partial: Partial | None
    weight: Weight | None
    threshold: float | None
    kappa: str
    words: Words
    descendants: bool
    codebook_versions: tuple[int, ...]
    splitter: str | None
    without_turns: tuple[str, ...]
    empty: tuple[str, ...]
    resampling: Resampling
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class CodeResult:
    """One code (or group of codes).

    Attributes:
        code: short name.
        passages: how many each coder made, after uniting.
        coded: how much each coder coded: characters, or units by their weight.
        units: how many units at least one coder gave the code (passages by character and match).
        percent, kappa, alpha, f1, prevalence: with intervals. Kappa is Cohen's for two coders, Conger's for more; f1 is
            positive agreement; prevalence is the mean of the coders' shares of what is rated.
        others: fleiss, gwet_ac1, brennan_prediger, light, negative_agreement, and for two coders scott, kappa_max,
            pabak, prevalence_index, bias_index; for the unit "match" agreements, disagreements and holsti.
        status: what weakens the numbers: "too rare", "undefined", "prevalence paradox", "disagreement" or "bias"; ""
            where none of these does, which says nothing of how high they are.
        pairs: kappa and F1 of each pair of coders.
        wilson: Wilson's interval of the prevalence, which takes the units as independent (that of `prevalence` does
            not); None where what is rated is no whole number of units.
    """

    code: str
    passages: tuple[int, ...]
    coded: tuple[float, ...]
    units: int
    percent: Measured
    kappa: Measured
    alpha: Measured
    f1: Measured
    prevalence: Measured
    others: Mapping[str, Estimate]
    status: str
    pairs: tuple["Pair", ...] = ()
    wilson: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two coders: Cohen's kappa and F1, of one code or over all (then kappa is pooled)."""

    first: str
    second: str
    kappa: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One coder left out: what is told of the others, and of all coders on the same ground.

    Attributes:
        coder: short name.
        alpha: mean alpha of the others.
        whole: mean alpha of all coders, over the same codes and the same documents.
        codes: over how many codes both means are: those for which alpha is defined with and without the coder.
        documents: in how many documents: those that two of the others have finished.
    """

    coder: str
    alpha: Estimate
    whole: Estimate
    codes: int
    documents: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far coders agree.

    Attributes:
        design: what was compared and how.
        codes: one result a code, in the order asked for.
        pooled_kappa: (mean po - mean pe) / (1 - mean pe) over all codes (De Vries et al. 2008).
        mean_kappa, mean_alpha: the plain means over the codes for which they are defined; `defined` of them have a
            kappa.
        pairs: each pair of coders over all codes.
        left_out: for three coders and more.
        caveats: what weakens the numbers, in sentences.
        material: what they were computed from.
    """

    design: Design
    codes: tuple[CodeResult, ...]
    pooled_kappa: Measured
    mean_kappa: Measured
    mean_alpha: Measured
    defined: int
    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]
    caveats: tuple[str, ...]
    material: Material = field(repr=False, compare=False)
