"""The other tables of a comparison: design, headline, coders in pairs, each coder left out, rounds, consensus."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from qualcode.agreement import wording
from qualcode.agreement.courses import Course
from qualcode.agreement.differences import set_alpha
from qualcode.agreement.intervals import LINES
from qualcode.agreement.results import Comparison, Design, Measured
from qualcode.agreement.sheet import Line, Value, sheet
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


def _design(design: Design) -> Iterator[tuple[str, str]]:
    finished = sorted(moment for each in design.compared for moment in each.finished)
    yield "Coders", wording.listed(design.coders)
    yield "Documents", f"{wording.share(len(design.compared), design.documents)}"
    yield "Characters", f"{wording.share(design.characters, design.project_characters)} of the project"
    yield "Rated", f"{design.rated:,} characters: {wording.rated(design)}"
    yield "Units", wording.units_of(design)
    yield "Who cut the units", _who_cut(design)
    yield "Rounds", _rounds(design)
    yield "Codebook", f"version {', '.join(map(str, design.codebook_versions)) or '-'}"
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
    below = [Heading(f"below {line}", f"below {line:.3f}", group="Probability that it is") for line in LINES]
    columns = [Heading("value", "value"), *_ENDS, *below]
    kappa = found.design.kappa
    lines = [
        _measured("mean alpha", "Mean of alpha over codes (Krippendorff)", found.mean_alpha, below=True),
        _measured("pooled kappa", f"Pooled kappa ({kappa}; De Vries et al. 2008)", found.pooled_kappa),
        _measured(
            "mean kappa", f"Mean of the kappas defined ({found.defined} of {len(found.codes)})", found.mean_kappa
        ),
    ]
    if found.design.unit not in ("match", "character"):
        for metric, name in _SETS.items():
            value = set_alpha(found.material, metric).value
            head = Heading(
                "set alpha" if metric == "masi" else f"set alpha {metric}", f"Alpha of whole sets of codes ({name})"
            )
            lines.append(Line(head, (value, *[None] * 4)))
    rule = wording.interval_rule(found)
    notes = [*[rule] * bool(rule), wording.CONVENTION]
    return sheet(project, "Agreement over all codes", "", columns, lines, notes)


def _measured(key: str, text: str, measured: Measured, *, below: bool = False) -> Line:
    interval = measured.interval
    if interval is not None and interval.lower is None:
        interval = interval.fallback
    lines: Sequence[Value] = (interval.below if interval and below else None) or (None, None)
    return Line(Heading(key, text), (measured.value, *wording.shown(measured.interval), *lines))


def pair_table(project: Project, found: Comparison) -> Table:
    """Every two coders over all codes: kappa above the diagonal, F1 below."""
    coders = found.design.coders
    values: dict[tuple[str, str], Value] = {}
    for pair in found.pairs:
        values[pair.first, pair.second], values[pair.second, pair.first] = pair.kappa.value, pair.f1.value
    lines = [Line(Heading(one, one), tuple(values.get((one, other)) for other in coders)) for one in coders]

    notes = ["Above the diagonal Cohen's kappa, pooled over codes; below it F1 over codes."]
    columns = [Heading(short, short) for short in coders]
    return sheet(project, "Agreement of coders in pairs", "Coder", columns, lines, notes)


def left_out_table(project: Project, found: Comparison) -> Table:
    """Mean alpha of all others where one coder is left out."""
    lines = [
        Line(Heading(each.coder, each.coder), (each.alpha.value, _change(each.alpha.value, found.mean_alpha.value)))
        for each in found.left_out
    ]
    columns = [Heading("alpha", "Mean alpha of the others"), Heading("change", "Change")]
    notes = ["Where alpha rises without a coder, that coder stands apart from the rest."]
    return sheet(project, "Agreement with each coder left out", "Without", columns, lines, notes)


def _change(without: float | None, whole: float | None) -> float | None:
    return None if without is None or whole is None else without - whole


def course_table(project: Project, courses: Sequence[Course], title: str, notes: Sequence[str] = ()) -> Table:
    """Several comparisons one below the other: rounds, or first pass beside consensus."""
    group = "Alpha, interval"
    columns = [
        Heading("documents", "Documents"), Heading("units", "Units"), Heading("codebook", "Codebook version"),
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
                    len(design.compared), design.units, ", ".join(map(str, design.codebook_versions)),
                    found.mean_alpha.value, *wording.shown(found.mean_alpha.interval), found.pooled_kappa.value,
                    found.pairs[0].f1.value if len(found.pairs) == 1 else None,
                ),
            )
        )  # fmt: skip

    return sheet(project, title, "", columns, lines, notes)
