"""The other tables of a comparison: design, headline, coders in pairs, each coder left out, rounds, consensus."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from qualcode.agreement import cautions, wording
from qualcode.agreement.courses import Course
from qualcode.agreement.differences import set_alpha
from qualcode.agreement.intervals import LINES
from qualcode.agreement.results import Comparison, Design, LeftOut, Measured
from qualcode.agreement.sheet import Cell, Line, Value, sheet
from qualcode.agreement.sums import Sums
from qualcode.project import Project
from qualcode.table import Heading, Table
from qualcode.visible import counted

_SETS: dict[Literal["masi", "jaccard"], str] = {"masi": "MASI", "jaccard": "Jaccard"}
_ENDS = (Heading("lower", "lower"), Heading("upper", "upper"))


def design_table(project: Project, found: Comparison) -> Table:
    """Who coded what, when, and how independently: what a reader asks before any number."""
    lines = [Line(Heading(key, key), (text,)) for key, text in _design(found.design)]
    notes = ["For the team to add: how coders were trained, and how the documents were chosen."]
    return sheet(project, "How the coding was compared", "", [Heading("said", "")], lines, notes)


def coverage_table(project: Project, found: Comparison) -> Table:
    """Who finished what of the documents compared, and how much of it is rated and set beside another's coding."""
    design, material = found.design, found.material
    sums, seen, lengths = Sums(material.tally()), material.rounds.seen, material.coding.lengths
    is_text = design.unit in ("character", "match")
    has_units = lengths > 0 if is_text else sums.total > 0
    amount = lengths if is_text else sums.total
    name = "Characters" if is_text or design.weight == "length" else wording.plural(design.unit).capitalize()
    columns = [
        Heading("finished", "Documents finished"), Heading("rated", "with something rated"),
        Heading("units", f"{name} rated"), Heading("rounds", "Rounds"), Heading("versions", "Codebook versions"),
    ]  # fmt: skip
    lines = []
    for number, short in enumerate(design.coders):
        own = [(coder, taken, version) for each in design.compared for coder, taken, version in each.rounds]
        rounds, versions = (sorted({one[place] for one in own if one[0] == short}) for place in (1, 2))
        mine = seen[:, number]
        lines.append(
            Line(
                Heading(short, short),
                (
                    int(mine.sum()), int((mine & has_units).sum()), int(amount[mine].sum()),
                    ", ".join(map(str, rounds)), ", ".join(map(str, versions)),
                ),
            )
        )  # fmt: skip
    notes = [
        *wording.cut_by(design),
        f"Of the documents compared: those of which two coders have finished {_round_taken(material.rounds.asked)}.",
    ]
    return sheet(project, "Who finished what", "Coder", columns, lines, notes)


def _round_taken(asked: int | None) -> str:
    return "a round, each coder's last" if asked is None else f"round {asked}"


def _design(design: Design) -> Iterator[tuple[str, str]]:
    finished = sorted(moment for each in design.compared for moment in each.finished)
    yield "Coders", wording.listed(design.coders)
    yield "Documents", f"{wording.share(len(design.compared), design.documents)}"
    if design.empty:
        yield "Nothing rated in", ", ".join(design.empty)
    yield "Characters", f"{wording.share(design.characters, design.project_characters)} of the project"
    yield "Rated", f"{design.rated:,} characters: {wording.rated(design)}"
    yield "Units", wording.units_of(design)
    yield "Who cut the units", _who_cut(design)
    yield "Rounds", _rounds(design)
    yield "Codebook", f"version {', '.join(map(str, design.codebook_versions)) or '-'}, when coders finished"
    if finished:
        yield "Finished", f"{finished[0]:%Y-%m-%d} to {finished[-1]:%Y-%m-%d}"
    yield "Independence", _independence(design)
    for why, each in groupby(sorted(design.set_aside, key=lambda each: (each.why, each.name)), lambda each: each.why):
        yield f"Set aside: {why}", ", ".join(one.name for one in each)


def _who_cut(design: Design) -> str:
    if design.unit in ("character", "match"):
        return "the coders, who marked passages freely"
    return "the transcript, before coding; coders marked passages freely, and a passage gives its code to the unit"


def _rounds(design: Design) -> str:
    numbers = sorted(tuple(sorted({number for _, number, _ in each.rounds})) for each in design.compared)
    found = [(known, len(list(same))) for known, same in groupby(numbers)]
    return "; ".join(f"round {' and '.join(map(str, known))} in {counted(times, 'document')}" for known, times in found)


def _independence(design: Design) -> str:
    blind = [each for document in design.compared for each in document.was_blind]
    if not any(blind):
        return "nobody was asked to code blind; whether coders saw each other's coding is not recorded"
    return (
        f"{wording.share(sum(blind), len(blind))} codings of a document were asked for blind before they were begun: "
        "qualcode then shows nobody another's coding until all have finished"
    )


def headline_table(project: Project, found: Comparison) -> Table:
    """What is told first: alpha and kappa over all codes, with intervals and where they stand to the two lines."""
    below = [Heading(f"below {line}", f"below {line:.3f}", group="Share of its distribution") for line in LINES]
    columns = [Heading("value", "value"), *_ENDS, *below]
    kappa = found.design.kappa
    lines = [
        _measured("mean alpha", "Mean of alpha over codes (Krippendorff)", found.mean_alpha, below=True),
        _measured("pooled kappa", f"Pooled kappa ({kappa}; De Vries et al. 2008)", found.pooled_kappa),
        _measured(
            "mean kappa", f"Mean of the kappas defined ({found.defined} of {len(found.codes)})", found.mean_kappa
        ),
    ]
    if wording.has_sets(found.design):
        for metric, name in _SETS.items():
            value = set_alpha(found.material, metric)
            head = Heading(
                "set alpha" if metric == "masi" else f"set alpha {metric}", f"Alpha of whole sets of codes ({name})"
            )
            lines.append(Line(head, (value, *[None] * 4)))
    rule, thin = wording.interval_rule(found), wording.thinness(found)
    mixed = cautions.mixed_rounds(found)
    notes = [
        *wording.cut_by(found.design),
        *[f"Rounds are mixed: {mixed}."] * bool(mixed),
        *[f"{thin[:1].upper()}{thin[1:]}."] * bool(thin),
        *[rule] * bool(rule),
        *[_DISTRIBUTION] * (found.mean_alpha.value is not None),
        wording.CONVENTION,
    ]
    return sheet(project, "Agreement over all codes", "", columns, lines, notes)


def _measured(key: str, text: str, measured: Measured, *, below: bool = False) -> Line:
    interval = measured.interval
    if interval is not None and interval.lower is None:
        interval = interval.fallback
    lines = [_share_below(each) for each in (interval.below if interval and below else None) or (None, None)]
    return Line(Heading(key, text), (measured, *wording.shown(measured.interval), *lines))


_DISTRIBUTION = (
    "Share of its distribution: how much of the estimated sampling distribution of mean alpha lies below the line, as "
    "the interval was made. It reads like a one-sided p value, and is not the probability that alpha lies there."
)


def _share_below(share: float | None) -> Value:
    """As printed: an estimate that rests on so few documents is never sure."""
    if share is None or 0.01 <= share <= 0.99:
        return share
    return "> 0.99" if share > 0.99 else "< 0.01"


def pair_table(project: Project, found: Comparison) -> Table:
    """Every two coders over all codes: kappa above the diagonal, F1 below."""
    coders = found.design.coders
    values: dict[tuple[str, str], Cell] = {}
    for pair in found.pairs:
        values[pair.first, pair.second], values[pair.second, pair.first] = pair.kappa, pair.f1
    lines = [Line(Heading(one, one), tuple(values.get((one, other)) for other in coders)) for one in coders]

    notes = [
        *wording.cut_by(found.design),
        "Above the diagonal Cohen's kappa, pooled over codes; below it F1 over codes.",
    ]
    columns = [Heading(short, short) for short in coders]
    return sheet(project, "Agreement of coders in pairs", "Coder", columns, lines, notes)


def left_out_table(project: Project, found: Comparison) -> Table:
    """Mean alpha of all others where one coder is left out, beside that of all on the same codes and documents."""
    lines = [
        Line(
            Heading(each.coder, each.coder),
            (each.alpha, each.whole, _change(each), each.codes, each.documents),
        )
        for each in found.left_out
    ]  # fmt: skip
    columns = [
        Heading("alpha", "Mean alpha of others"), Heading("whole", "Of all coders"), Heading("change", "Change"),
        Heading("codes", "Codes"), Heading("documents", "Documents"),
    ]  # fmt: skip
    notes = [*wording.cut_by(found.design), _SAME_GROUND, _APART]
    return sheet(project, "Agreement with each coder left out", "Without", columns, lines, notes)


_SAME_GROUND = (
    "Both means are over the codes for which alpha is defined with and without the coder, in the documents that two of "
    "the others have finished; so they can differ from the mean over all codes."
)
_APART = (
    "A rise without a coder says that the others code more like each other than like that coder, not who is right; a "
    "change well inside the interval of the mean alpha says nothing."
)


def _change(each: LeftOut) -> float | None:
    without, whole = each.alpha.value, each.whole.value
    return None if without is None or whole is None else without - whole


def course_table(project: Project, courses: Sequence[Course], title: str, notes: Sequence[str] = ()) -> Table:
    """Several comparisons one below the other: rounds, or first pass beside consensus."""
    group = "Alpha, interval"
    columns = [
        Heading("coders", "Coders"), Heading("documents", "Documents"), Heading("units", "Units"),
        Heading("codebook", "Codebook version"), Heading("codes", "Codes in the mean"),
        Heading("alpha", "mean alpha", group=group), Heading("lower", "lower", group=group),
        Heading("upper", "upper", group=group), Heading("kappa", "Pooled kappa"), Heading("f1", "F1"),
    ]  # fmt: skip
    lines = []
    for number, each in enumerate(courses):
        design, found = each.found.design, each.found
        lines.append(
            Line(
                Heading(str(number), each.name, group=each.group),
                (
                    ", ".join(each.coders), len(design.compared), design.units,
                    ", ".join(map(str, design.codebook_versions)), each.codes,
                    each.alpha, *wording.shown(each.alpha.interval), found.pooled_kappa,
                    found.pairs[0].f1 if len(found.pairs) == 1 else None,
                ),
            )
        )  # fmt: skip

    return sheet(project, title, "", columns, lines, [*notes, *_course_notes(courses)])


def _course_notes(courses: Sequence[Course]) -> Iterator[str]:
    yield from wording.cut_by(courses[0].found.design)
    yield (
        "Mean alpha is over the codes for which it is defined in every row it is set beside; pooled kappa and F1 are "
        "over all codes."
    )
    bands: dict[str, set[tuple[str, ...]]] = {}
    for each in courses:
        bands.setdefault(each.group, set()).add(each.coders)
    if any(len(coders) > 1 for coders in bands.values()):
        yield "Coders differ between rows: a change between these is of who coded, too."
