"""What the lines below a table say of the cell with the cursor: who, of how many, how they know. No Textual in here."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rich.cells import cell_len

from qualcode.analysis.arrows import Arrow, Arrows
from qualcode.report.printed import NONE, reading
from qualcode.table import MARKS, Heading, Mark, Table
from qualcode.visible import counted, visible_line

_GAP = "   "
_IN_SHORT: Mapping[Mark, str] = {
    "contradicted": "some contradict",
    "all contradicted": "all do",
    "hearsay": "hearsay",
    "expected": "expected",
    "unasked": "nobody asked",
}
_BLANK: Mapping[Mark, str] = {"itself": "itself", "nested": "above or below it"}
_NOUNS = {"claim evidence": "passage"}


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of the arrow in a cell of the change model, by short codes (None: any outcome), and whose words."""

    source: str
    target: str | None
    who: tuple[tuple[str, str], ...]


def ends(table: Table, row: Heading, column: Heading) -> Ends:
    """The arrow of a cell; a row of a part of the study stands below its code's."""
    part = "".join(f" {name}={value}" for name, value in row.who)
    target = None if column.key == table.columns[-1].key else column.key
    return Ends(row.key.removesuffix(part) if part else row.key, target, row.who)


def told(arrows: Arrows, cell: Ends) -> Arrow:
    """All that is said of the arrow, counted as the table was."""
    return (arrows.within(cell.who) if cell.who else arrows).told(cell.source, cell.target)


def first_line(table: Table, row: Heading, column: Heading, arrow: Arrow | None, width: int) -> tuple[str, str]:
    """The cell's names, and what its number says; of an arrow the people by role and the cases too.

    Where all of it is too long for the width the names give way: to the codes at both ends.
    """
    joint = " → " if table.corner == "leads to →" else " × "
    full, short = (joint.join(visible_line(each) for each in pair) for pair in (
        (row.text, column.text), (_short(row), _short(column))))  # fmt: skip
    value = _value(table, row, column)
    words = value
    if arrow is not None and arrow.people[0]:
        roles = [f"{role or 'no role'} {n}/{of}" for role, n, of in arrow.roles]
        roles[:1] = [f"{'' if column.unit == 'people' else 'people '}{role}" for role in roles[:1]]
        parts = ["  ".join(roles), f"{arrow.cases[0]} of {counted(arrow.cases[1], 'case')}"]
        words = _GAP.join(part for part in (value, *parts) if part)
        if cell_len(short) + cell_len(words) + 5 > width:
            words = "  ".join(part for part in (value, " ".join(roles), parts[1]) if part)
    names = full if cell_len(full) + cell_len(words) + 5 <= width else short
    return names, words


def second_line(table: Table, row: Heading, column: Heading, arrow: Arrow | None) -> str:
    """How people know, and which way their claims go; of other tables what the cell rests on."""
    if arrow is None:
        evidence = table.evidence(row.key, column.key)
        noun = _NOUNS.get(evidence.kind, evidence.kind)
        rests = counted(len(evidence.ids), noun, "people" if noun == "person" else "")
        return f"rests on {rests}" if evidence.ids else ""
    parts = []
    if arrow.people[0]:
        known = " · ".join(f"{word or 'not known'} {n}" for word, n in arrow.standings if n)
        ways = " · ".join(f"{word} {n}" for word, n in arrow.directions if n)
        parts = [f"people: {known}", f"{counted(sum(n for _, n in arrow.directions), 'claim')}: {ways}"]
    if arrow.against:
        parts.append(f"{arrow.against} against")
    if arrow.hoped:
        parts.append(f"{arrow.hoped} hoped for, not counted")
    return _GAP.join(parts)


def _short(head: Heading) -> str:
    return head.key if head.text.startswith(f"{head.key} ") else head.text


def _value(table: Table, row: Heading, column: Heading) -> str:
    value = table.value(row.key, column.key)
    if isinstance(value, str):
        return visible_line(value)
    marks = table.marks.get((row.key, column.key), ())
    if not value and marks:
        return visible_line(", ".join(MARKS[mark][1] for mark in marks))
    return reading(table, row, column)


def legend(table: Table, left: list[str], right: list[str], width: int) -> str:
    """The columns out of sight, and the signs that stand in the table; in fewer words where there is no room."""
    full = _GAP.join([*_scrolled(left, right), *_signs(table)])
    short = "  ".join([*_scrolled(left, right), *_signs(table, is_short=True)])
    shortest = " ".join([*_scrolled(left, right, is_short=True), *_signs(table, is_short=True)])
    return next((words for words in (full, short) if cell_len(words) < width), shortest)


def _signs(table: Table, *, is_short: bool = False) -> Iterator[str]:
    used = {mark for marks in table.marks.values() for mark in marks}
    for mark, (glyph, meaning) in MARKS.items():
        if mark in used and glyph:
            yield f"{glyph} {_in_short(mark, used) if is_short else meaning}"
    if any(column.unit for column in table.columns):
        yield f"{NONE} none"
    blank = [words for mark, words in _BLANK.items() if mark in used]
    if blank and not is_short:
        yield f"blank = {', '.join(blank)}"


def _in_short(mark: Mark, used: Collection[Mark]) -> str:
    if mark == "all contradicted" and "contradicted" not in used:
        return "all contradict"
    return _IN_SHORT.get(mark, MARKS[mark][1])


def _scrolled(left: list[str], right: list[str], *, is_short: bool = False) -> Iterator[str]:
    for sign, names in (("◂", left), ("▸", right)):
        if names and is_short:
            yield f"{sign}{len(names)}"
        elif names:
            shown = " ".join(names) if len(names) <= 4 else f"{len(names)} columns"
            yield f"{sign} {visible_line(shown)}"
