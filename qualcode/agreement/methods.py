"""The methods paragraph of a paper, made of nothing but what was done, and the sources that it cites."""

import qualcode
from qualcode.agreement import cautions, wording
from qualcode.agreement.intervals import Interval
from qualcode.agreement.results import Comparison, Design
from qualcode.visible import counted

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


def methods(found: Comparison) -> str:
    """A paragraph for a paper, made of nothing but what was done."""
    design = found.design
    on = f"Agreement was computed on {wording.units_of(design)} ({wording.rated(design)}), code by code"
    when = "from codings as they stood when each coder had finished the document"
    said = [
        _coded(found),
        _empty(design),
        f"{on}, {when}.",
        _mixed(found),
        wording.unit_rule(design),
        *wording.cut_by(design),
    ]
    if design.unit == "match":
        return " ".join(each for each in [*said, "We report the share of passages that match (Holsti 1969)."] if each)
    kappa = f"{design.kappa}'s kappa ({'Cohen 1960' if design.kappa == 'Cohen' else 'Conger 1980'})"
    of_sets = _OF_SETS if wording.has_sets(design) else ""
    said += [
        f"We report {_REPORTED.format(kappa)}{of_sets}.",
        wording.interval_rule(found),
        _found(found),
        f"Computed with qualcode {qualcode.__version__}.",
    ]
    return " ".join(each for each in said if each)


def _coded(found: Comparison) -> str:
    """Who coded how much; where coders finished different documents, each by name."""
    design = found.design
    part = f"{100 * design.characters / max(design.project_characters, 1):.0f}% of the text"
    is_first = max(cautions.rounds_taken(found), default=1) < 2
    how = "independently of each other" if is_first and _all_blind(design) else "each for themselves"
    documents = f"{len(design.compared)} of {counted(design.documents, 'document')} ({part})"
    if not cautions.is_incomplete(found):
        return f"{_number(len(design.coders))} coders coded {documents} {how}."
    each = wording.listed(tuple(f"{short} {times}" for short, times in cautions.finished_by(found).items()))
    few = _number(len(design.coders)).casefold()
    return f"Of {few} coders at least two coded each of {documents}, {how}: {each}."


def _empty(design: Design) -> str:
    """Documents that were coded and have nothing that is rated: a filter left nothing, or they are empty."""
    if not design.empty:
        return ""
    rest = len(design.compared) - len(design.empty)
    return f"In {rest} of these {len(design.compared)} documents something is rated; the rest do not enter."


def _mixed(found: Comparison) -> str:
    """A round that was not the first; rounds and codebook versions that stand beside each other."""
    versions, mixed = found.design.codebook_versions, cautions.mixed_rounds(found)
    said = [f"These were different rounds: {mixed}."] if mixed else []
    later = max(cautions.rounds_taken(found), default=1)
    if not mixed and later > 1:
        said.append(f"This was round {later} of these documents, which had been coded before.")
    if len(versions) > 1:
        said.append(f"They were finished under codebook versions {wording.listed(tuple(map(str, versions)))}.")
    return " ".join(said)


_REPORTED = (
    "Krippendorff's alpha for nominal data (Krippendorff 2004), {}, pooled over codes after De Vries et al. (2008), "
    "and positive agreement, F1 (Hripcsak & Rothschild 2005)"
)
_OF_SETS = "; of whole sets of codes alpha with MASI and Jaccard distances (Passonneau 2006)"


def _found(found: Comparison) -> str:
    alpha, pooled = found.mean_alpha, found.pooled_kappa
    if alpha.value is None:
        return ""
    beside = f" and pooled kappa {_ranged(pooled.value, pooled.interval)}" if pooled.value is not None else ""
    defined, every = sum(each.alpha.value is not None for each in found.codes), counted(len(found.codes), "code")
    over = f"Over {every}" if defined == len(found.codes) else f"Over the {defined} of {every} for which it is defined"
    thin = wording.thinness(found)
    return f"{over} mean alpha was {_ranged(alpha.value, alpha.interval)}{beside}{f'; {thin}' * bool(thin)}."


def sources(found: Comparison) -> list[str]:
    """What the methods paragraph cites."""
    design, interval = found.design, wording.telling(found)
    if design.unit == "match":
        return [SOURCES["holsti"], SOURCES["oconnor"]]
    keys = ["cohen" if design.kappa == "Cohen" else "conger", "vries", "hripcsak", "krippendorff"]
    keys += ["passonneau"] * wording.has_sets(design)
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
    low, high = wording.shown(interval)
    return f"{value:z.2f}" + (f" [{low:z.2f}, {high:z.2f}]" if low is not None and high is not None else "")
