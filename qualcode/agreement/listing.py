"""Where coders differ, as tables: passages in their context, and codes that are taken for one another."""

from collections import Counter
from collections.abc import Iterator, Sequence

from qualcode.agreement import wording
from qualcode.agreement.differences import Difference, differences
from qualcode.agreement.results import Comparison
from qualcode.agreement.sheet import Line, code_names, sheet
from qualcode.errors import not_found
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table
from qualcode.visible import counted

_AROUND = 60  # characters of context on either side
_ASKED = 160  # characters of a question
_WHOLE, _HEAD, _TAIL = 300, 180, 100  # a longer passage is shown by its beginning and its end

_STRETCHES = (
    "»...« marks the passage: a stretch in which the same coders gave the code. Where all of them gave a part of it, "
    "it is folded, as all that any gave."
)


def difference_table(project: Project, found: Comparison, code: str | None = None) -> Table:
    """Every passage on which coders differ, in its context; differences of edges alone are folded, a row a code.

    Args:
        project: the study.
        found: what was compared.
        code: short name, only this one; None = all.

    Raises:
        NotFoundError: the code was not compared.
    """
    if code is not None and code not in found.material.codes:
        raise not_found("code compared", code, found.material.codes)
    told = [each for each in differences(found.material) if code in (None, each.code)]
    apart = [each for each in told if not each.is_boundary]
    edges = [each for each in told if each.is_boundary]
    names = code_names(project, found)
    columns = [
        Heading("code", "Code"), Heading("who", "Coded by"), Heading("where", "Where"),
        Heading("passage", "Passage in its context"), Heading("question", "Asked"), Heading("doubts", "Doubts noted"),
        Heading("characters", "Characters apart"),
    ]  # fmt: skip
    behind = [_behind(found, each) for each in apart]
    lines = [_passage(project, found, number, each, names, behind[number - 1])
             for number, each in enumerate(apart, start=1)]  # fmt: skip
    lines += _folded(edges, names)

    def opens(row: str, column: str) -> Evidence:
        if column != "characters":
            return NOTHING
        if row.isdigit():
            return Evidence("segment", behind[int(row) - 1])
        ids = {each for one in edges if f"edges {one.code}" == row for each in _behind(found, one)}
        return Evidence("segment", tuple(sorted(ids)))

    many, folded = counted(len(apart), "passage"), counted(len(edges), "passage")
    notes = [
        wording.compared(found.design),
        *wording.cut_by(found.design),
        *wording.groups(found.design),
        f"{many} with a code that somebody did not give; {folded} to which all gave it, with other edges.",
        _STRETCHES,
    ]
    title = f"Where coders differ on {names[code]}" if code else "Where coders differ"
    return sheet(project, title, "", columns, lines, notes, opens=opens)


def _behind(found: Comparison, each: Difference) -> tuple[int, ...]:
    """The segments of a difference."""
    material = found.material
    document = [one.name for one in material.rounds.documents].index(each.document)
    coders = range(len(material.coders))
    return tuple(material.passages.of([material.codes.index(each.code)], coders, (document, each.start, each.end)))


def _passage(project: Project, found: Comparison, number: int, each: Difference, names: dict[str, str],
             ids: tuple[int, ...]) -> Line:  # fmt: skip
    segments = project.segments.by_ids(ids)
    quotation = project.quotations([segments[0]._replace(start=each.start, end=each.end)])[0]
    coders = {coder.id: coder.short for coder in found.material.coders}
    doubts = [f"{coders[one.coder]}: {one.unsure or 'unsure'}" for one in segments if one.unsure is not None]
    words = _cut(quotation.words)
    if project.citations.style == "team":
        words = _in_context(project.documents.body(project.documents.get(each.document)), each.start, each.end, words)
    who = f"{', '.join(each.by)}, not {', '.join(each.not_by)}"
    asked = _last(quotation.before)
    values = (names[each.code], who, quotation.citation, words, asked, "; ".join(doubts), each.differs)
    return Line(Heading(str(number), str(number)), values)


def _cut(words: str) -> str:
    return words if len(words) <= _WHOLE else f"{words[:_HEAD].rstrip()} [...] {words[-_TAIL:].lstrip()}"


def _last(question: str) -> str:
    """What was asked last, of a long question."""
    return question if len(question) <= _ASKED else f"… {question[-_ASKED:].partition(' ')[2]}"


def _in_context(body: str, start: int, end: int, words: str) -> str:
    """The passage between marks with what stands around it on its line, cut at whole words."""
    before = body[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = body[end : end + _AROUND].partition("\n")[0]
    if start > _AROUND and len(before) == _AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + _AROUND < len(body) and len(after) == _AROUND:
        after = f"{after.rpartition(' ')[0]} …"
    return f"{before}»{words}«{after}"


def _folded(edges: Sequence[Difference], names: dict[str, str]) -> Iterator[Line]:
    many = Counter(each.code for each in edges)
    for code in sorted(many, key=list(names).index):
        of_code = [each for each in edges if each.code == code]
        words = counted(many[code], "passage") + " begun or ended elsewhere"
        apart = sum(each.differs for each in of_code)
        coders = ", ".join(sorted({short for each in of_code for short in each.by}))
        head = Heading(f"edges {code}", "", group="Edges alone")
        yield Line(head, (names[code], coders, "", words, "", "", apart))
