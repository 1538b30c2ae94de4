"""Charting: how a cell of a framework is drawn, what it rests on, and writing it. No Textual in here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis import chart_notes
from qualcode.analysis.charts import Cell, State
from qualcode.analysis.frameworks import Framework, Place
from qualcode.errors import InputError
from qualcode.model import Quotation, Summary, SummaryState
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.report.widths import cell_width, folded
from qualcode.visible import visible, visible_line

SIGNS: Mapping[State, tuple[str, str]] = {
    "charted": ("●", "text"),
    "checked": ("✔", "good"),
    "draft": ("✎", "accent"),
    "not charted": ("▸", "accent"),
    "nothing said": ("○", "quiet"),
    "not asked": ("–", "quiet"),
    "not interviewed": ("", "quiet"),
}
"""Sign and style of each state; a stale cell has an exclamation mark more."""

_SIGNS_OF: Mapping[str, str] = {
    **{words: sign for words, (sign, _) in SIGNS.items()},
    "charted and checked": "✔", "asked, nothing said": "○", "not interviewed": "absent",
}  # fmt: skip
"""A state as progress tells it -> its sign, where it has one."""
_LEGENDS = (
    "● charted  ✔ checked  ✎ draft  ! stale  ▸ waits  ○ nothing said  – not asked  blank not interviewed",
    "● charted ✔ checked ✎ draft ! stale ▸ waits ○ silent – unasked blank: absent",
)
"""What the signs mean, and the same in fewer words."""

Pieces = list[tuple[str, str]]
Key = tuple[str, str]


def dressed(cell: Cell) -> tuple[str, str]:
    """What stands in a cell of the grid, and its style."""
    sign, style = SIGNS[cell.state]
    if cell.state == "not charted" and not cell.segments:
        return "·", "quiet"
    words = str(len(cell.segments)) if cell.state == "not charted" else visible_line(" ".join(cell.words.split()))
    if cell.is_stale:
        return f"!{sign} {words}".rstrip(), "warn"
    return f"{sign} {words}".rstrip(), style


def told(cell: Cell) -> str:
    """The cell's state in words."""
    parts: list[str] = [{"nothing said": "asked, nothing said"}.get(cell.state, cell.state)]
    if cell.segments:
        waits = "waiting" if cell.state == "not charted" else "that it rests on"
        parts.append(f"{len(cell.segments)} passage{'s' * (len(cell.segments) != 1)} {waits}")
    if cell.is_stale:
        parts.append(f"stale: {cell.changed} changed, {cell.added} added since")
    return " · ".join(parts)


def legend(width: int) -> str:
    """What the signs mean, in as many words as there is room for."""
    return next((words for words in _LEGENDS if cell_width(words) <= width), _LEGENDS[-1])


def progress(chart: Framework, width: int) -> str:
    """How far charting has come; where there is no room for the states' words, by their signs."""
    states = [
        (words.removesuffix(" by a second analyst").removesuffix(" at this wave"), n) for words, n in chart.states
    ]
    first = f"{len(chart.open)} open of {len(chart.cells)} cells"
    whole = " · ".join([first, *(f"{words} {n}" for words, n in states)])
    if cell_width(whole) <= width:
        return whole
    return " · ".join([first, *(f"{_SIGNS_OF.get(words, words)} {n}" for words, n in states)])


def next_open(chart: Framework, here: Key | None, done: set[Key], step: int = 1) -> Key | None:
    """The next open cell after one, row by row, round the end; None where all is done."""
    keys = [(row.key, column.key) for row in chart.table.rows for column in chart.table.columns]
    wanted = {key for key in chart.open if key not in done}
    start = keys.index(here) if here in keys else (-1 if step > 0 else 0)
    ring = (keys[(start + step * number) % len(keys)] for number in range(1, len(keys) + 1))
    return next((key for key in ring if key in wanted), None)


# -- a cell ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Open:
    """A cell opened for writing.

    Attributes:
        place: where its summary belongs.
        quotations: the passages that stand there, by id of their segment.
        own: one's own summary, if there is one.
        others: those of other coders, with the coders' short names.
        rests: ids of the segments that it rests on; of all that wait where nothing was written.
    """

    place: Place
    quotations: Mapping[int, Quotation]
    own: Summary | None
    others: tuple[tuple[str, Summary], ...]
    rests: frozenset[int]


def opened(project: Project, chart: Framework, key: Key) -> Open:
    """A cell with its passages and what was written in it."""
    place = chart.places[key]
    charts = chart.charts
    theme = charts.corpus.tree.branch(place.theme)
    ids = charts.passages(charts.line(place.bearer, place.wave), theme)
    standing = project.codes.standing()
    code = project.codes.get(place.theme).id
    here = [
        each
        for each in project.summaries.find()
        if (each.person if place.by == "person" else each.case) == place.bearer
        and each.wave == place.wave
        and standing[each.code] == code
    ]
    rested = {segment for each in here for segment in each.segments}
    segments = project.segments.by_ids({*ids, *rested})
    stands = {(each.document, each.start, each.end, each.code): each.id for each in segments if each.id in set(ids)}
    # the same passage in another layer, on which the words rest, is shown once: as the one that counts
    same = {each.id: stands.get((each.document, each.start, each.end, each.code), each.id) for each in segments}
    segments = [each for each in segments if same[each.id] == each.id]
    quotations = dict(zip((each.id for each in segments), project.quotations(segments), strict=True))
    coders = {coder.id: coder.short for coder in project.coders.all()}
    own = next((each for each in here if coders[each.coder] == project.coder), None)
    others = tuple((coders[each.coder], each) for each in here if each is not own)
    is_written = own is not None and own.state in {"charted", "checked", "draft"}
    rests = {same[each] for each in own.segments if each in same} if own and is_written else set(ids)
    return Open(place, quotations, own, others, frozenset(rests))


def write(project: Project, place: Place, words: str, segments: Sequence[int], state: SummaryState) -> Summary:
    """Write one's own summary of a cell.

    Raises:
        InputError: it says that something was charted, and has no words.
    """
    is_said = state not in {"not asked", "nothing said"}
    if is_said and not words.strip():
        raise InputError("the summary is empty", remedy="Nothing said: z in the chart. Not asked: -.")
    who = {place.by: place.bearer}
    return project.summaries.write(
        words.strip() if is_said else "",
        place.theme,
        person=who.get("person"),
        case=who.get("case"),
        wave=place.wave,
        segments=segments if is_said else (),
        state=state,
    )


def across(project: Project, place: Place) -> Summary | None:
    """One's own summary of what changed across waves, for the person or case and theme of a cell; None = none yet."""
    standing = project.codes.standing()
    code = standing[project.codes.get(place.theme).id]
    return next(
        (
            each
            for each in project.summaries.find()
            if (each.person if place.by == "person" else each.case) == place.bearer
            and each.wave == NO_WAVE
            and standing[each.code] == code
            and each.coder == project.store.viewer
        ),
        None,
    )


def write_across(project: Project, chart: Framework, place: Place, words: str) -> Summary:
    """Write what changed across waves; it rests on all of theirs on the theme, at every wave.

    Raises:
        InputError: there are no words.
    """
    rows, theme = chart.charts.rows, chart.charts.corpus.tree.branch(place.theme)
    own = [line for line in rows.lines if line.bearer.id == place.bearer]
    segments = sorted({segment for line in own for segment in rows.segments(line, theme)})
    return write(project, replace(place, wave=NO_WAVE), words, segments, "charted")


# -- passages as lines -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a passage on the screen; `segment` 0 = of none."""

    segment: int
    words: str
    style: str
    is_first: bool = False


def lines_of(cell: Open, width: int) -> list[TextLine]:
    """The passages of a cell to be read, each with the question before it; what others wrote comes first."""
    return list(_lines_of(cell, max(20, width - 6)))


def _lines_of(cell: Open, width: int) -> Iterator[TextLine]:
    for coder, summary in cell.others:
        yield TextLine(0, f"{visible_line(coder)} wrote ({summary.state})", "accent")
        yield from (TextLine(0, line, "text") for line in wrapped(summary.body, width))
        yield TextLine(0, "", "text")
    if not cell.quotations:
        yield TextLine(0, "No passage is coded here.", "quiet")
    for segment, quotation in cell.quotations.items():
        answer = f"¶{quotation.answer} " if quotation.answer else ""
        named = f"{answer}{quotation.document}  {quotation.label}  {quotation.citation}"
        yield TextLine(segment, visible_line(named), "label", is_first=True)
        if quotation.before.strip():
            yield from (TextLine(segment, line, "asked") for line in wrapped(quotation.before, width))
        yield from (TextLine(segment, line, "text") for line in wrapped(quotation.words, width))
        yield TextLine(segment, "", "text")


def wrapped(words: str, width: int) -> list[str]:
    """Words of any text, safe to show, in lines."""
    return [piece for line in visible(words.strip()).split("\n") for piece in (folded(line, width) or [""])]


def column_lines(chart: Framework, theme: str, width: int) -> list[TextLine]:
    """All that is written in a column, from top to bottom."""
    found: list[TextLine] = []
    for row in chart.table.rows:
        cell = chart.cells.get((row.key, theme))
        if cell is None or not (cell.words or cell.is_open):
            continue
        band = f"   {row.group}" if row.group else ""
        sign, style = SIGNS[cell.state]
        found.append(TextLine(0, visible_line(f"{sign} {row.text}{band}"), "warn" if cell.is_stale else "label"))
        text = cell.words or f"[{told(cell)}]"
        found += [TextLine(0, f"  {line}", style) for line in wrapped(text, width - 3)]
        found.append(TextLine(0, "", "text"))
    return found or [TextLine(0, "Nothing is charted in this column yet.", "quiet")]


# -- beside and below ------------------------------------------------------------------------------------------------


def beside(chart: Framework, name: str, bearer: int) -> str:
    """What was last written beside the themes, of a person or case."""
    return chart_notes.beside(chart.charts).get((name, bearer), "")


def below(chart: Framework, name: str, theme: str) -> str:
    """What was last written below a column."""
    return chart_notes.below(chart.charts).get((name, chart.charts.corpus.tree.branch(theme).first), "")
