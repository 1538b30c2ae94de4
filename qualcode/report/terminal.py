"""A table as lines of text that fit a terminal: narrower columns, then blocks of columns, nothing cut silently."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest

from qualcode.report.printed import NONE, Cell, Column, Printed, Row, bands, printed
from qualcode.report.widths import (
    cell_width,
    cut,
    longest_line,
    longest_word,
    padded,
    screen_width,
    shared_room,
    shortened,
    wrapped,
)
from qualcode.table import Table

_LEAST_WIDTH = 24
_RULE = "│"
_NAME_LINES = 2
_LEAST_NAME = 4  # letters of a name that stand below its code
_LONGEST_WORD = 24  # cells of a word that no column is too narrow for, if the screen is not

Paint = Callable[[str, str], str]


def terminal_width() -> int:
    """The screen's width in cells, or 100 where the output goes elsewhere."""
    return screen_width() or 100


def rendered(table: Table, width: int, *, colour: bool) -> str:
    """Title, blocks of columns and notes, each line at most `width` cells; ends with a newline."""
    width = max(width, _LEAST_WIDTH)
    sheet = printed(table)
    paint = _coloured if colour else _plain
    blocks = _blocks(sheet, width)
    lines = [paint(line, "bold") for line in wrapped(sheet.title, width)]
    for block in blocks:
        lines += ["", *_block_lines(sheet, block, paint)]
    notes = [*_cut_names(sheet, blocks), *sheet.notes]
    if notes:
        lines += ["", *(paint(line, "dim") for note in notes for line in wrapped(note, width))]
    return "\n".join(lines) + "\n"


def _plain(text: str, _style: str) -> str:
    return text


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{1 if style == 'bold' else 2}m{text}\x1b[0m" if text else ""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A column's number in the table, the least width it can have, the width it would like, that of its "of 19"."""

    number: int
    narrow: int
    natural: int
    below: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns that stand side by side behind the row heads.

    Attributes:
        numbers, widths: of the columns, in cells without the joint before each.
        joints: what stands before each column: blanks, with a rule where another band begins.
        head: width of the row heads.
        marks: cells kept free behind numbers for their marks.
    """

    numbers: tuple[int, ...]
    widths: tuple[int, ...]
    joints: tuple[str, ...]
    head: int
    marks: int

    @property
    def parts(self) -> list[tuple[str, int, int]]:
        """Joint, width and number of each column."""
        return list(zip(self.joints, self.widths, self.numbers, strict=True))


def _blocks(sheet: Printed, width: int) -> list[_Block]:
    marks = max((cell_width(cell.marks) for row in sheet.rows for cell in row.cells), default=0)
    natural = max(longest_line(sheet.corner), *(2 * row.depth + longest_line(row.text) for row in sheet.rows), 0)
    words = max((2 * row.depth + longest_word(row.text) for row in sheet.rows), default=0)
    head = min(natural, max(10, width // 4, min(words, width // 2)))
    room = width - head
    columns = [_measured(sheet, number, marks, room - 3) for number in range(len(sheet.columns))]
    blocks = []
    for members in _shares(sheet, columns, room):
        joints = _joints(sheet, [column.number for column in members])
        free = room - sum(map(len, joints))
        whole = [max(each.narrow, min(each.below, room)) for each in members]
        narrow = whole if sum(whole) <= free else [each.narrow for each in members]
        widths = shared_room(
            narrow, [max(each.natural, least) for each, least in zip(members, narrow, strict=True)], free
        )
        wider = min(natural, head + free - sum(widths))
        blocks.append(_Block(tuple(each.number for each in members), tuple(widths), joints, wider, marks))
    return blocks or [_Block((), (), (), min(natural, width), 0)]


def _measured(sheet: Printed, number: int, marks: int, room: int) -> _Measured:
    column = sheet.columns[number]
    cells = [row.cells[number] for row in sheet.rows]
    if column.is_number:
        widest = marks + max([cell_width(column.code), *(longest_line(cell.text) for cell in cells)])
        head = max(longest_word(column.name), longest_word(column.below))
        narrow = max(widest, min(head, _LEAST_NAME if column.code else _LONGEST_WORD))
        natural = max(narrow, min(head, 14))
    else:
        texts = [column.text, column.below, *(cell.text + cell.marks for cell in cells)]
        natural = min(max(map(longest_line, texts)), 60)
        narrow = min(natural, max(16, min(max(map(longest_word, texts)), _LONGEST_WORD)))
    below = longest_word(column.below.replace("of ", "of_"))  # "of 19" stays together where there is room for all
    return _Measured(number, min(narrow, room), min(max(natural, narrow), room), below)


def _shares(sheet: Printed, columns: list[_Measured], room: int) -> Iterator[list[_Measured]]:
    """The columns divided into blocks that fit: between bands where a band fits whole, else within."""

    def fits(members: list[_Measured]) -> bool:
        joints = _joints(sheet, [column.number for column in members])
        return sum(map(len, joints)) + sum(column.narrow for column in members) <= room

    share: list[_Measured] = []
    for start, end in _band_edges(sheet.columns):
        band = columns[start:end]
        for members in [band] if fits(band) else [[column] for column in band]:
            if share and not fits([*share, *members]):
                yield share
                share = []
            share = [*share, *members]
    if share:
        yield share


def _band_edges(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    start = 0
    for _, size in bands([column.group for column in columns]):
        yield start, start + size
        start += size


def _joints(sheet: Printed, numbers: Sequence[int]) -> tuple[str, ...]:
    gap = " " if all(column.is_number for column in sheet.columns) else "  "
    later = (
        f" {_RULE}{gap}" if sheet.columns[before].group != sheet.columns[after].group else gap
        for before, after in pairwise(numbers)
    )
    return (gap, *later) if numbers else ()


def _block_lines(sheet: Printed, block: _Block, paint: Paint) -> list[str]:
    lines = [*_band_lines(sheet, block, paint), *_heading_lines(sheet, block, paint)]
    group = None
    rows = [_row_lines(sheet, row, block, paint) for row in sheet.rows]
    is_spaced = any(len(row) > 1 for row in rows) and not all(column.is_number for column in sheet.columns)
    for row, row_lines in zip(sheet.rows, rows, strict=True):
        if row.group != group:
            lines.append(paint(_rule_line(block, row.group), "dim"))
        elif is_spaced:
            lines.append("")
        group = row.group
        lines += row_lines
    return [line.rstrip() for line in lines]


def _band_lines(sheet: Printed, block: _Block, paint: Paint) -> list[str]:
    if not any(sheet.columns[number].group for number in block.numbers):
        return []
    cells: list[list[str]] = []
    joints, widths, start = [], [], 0
    for group, size in bands([sheet.columns[number].group for number in block.numbers]):
        end = start + size
        width = sum(block.widths[start:end]) + sum(map(len, block.joints[start + 1 : end]))
        cells.append([paint(padded(line, width, "^"), "bold") for line in wrapped(group, width)])
        joints.append(block.joints[start])
        widths.append(width)
        start = end
    return _side_by_side([""], cells, _Block((), tuple(widths), tuple(joints), block.head, 0), paint)


def _heading_lines(sheet: Printed, block: _Block, paint: Paint) -> list[str]:
    heads = [_heading(sheet.columns[number], width, block.marks) for _, width, number in block.parts]
    height = max(map(len, heads), default=1)
    corner = wrapped(sheet.corner, block.head)
    corner = [""] * (height - len(corner)) + corner
    height = len(corner)
    has_codes = any(column.code for column in sheet.columns)
    cells = []
    for head, width in zip(heads, block.widths, strict=True):
        blank = [" " * width] * (height - len(head))
        lines = [*head, *blank] if has_codes else [*blank, *head]
        cells.append([paint(line, "bold") for line in lines])
    return _side_by_side(corner, cells, block, paint)


def _heading(column: Column, width: int, marks: int) -> list[str]:
    """A column's head, its code above its name; numbers' heads stand over the last digit where they fit."""
    name = _beginning(column.name, width) if _is_cut(column, width) else wrapped(column.name, width)
    lines = [*([column.code] if column.code else []), *name, *(wrapped(column.below, width) if column.below else [])]
    if not column.is_number:
        return [padded(line, width) for line in lines]
    edges = [width - marks if cell_width(line) <= width - marks else width for line in lines]
    return [padded(padded(line, edge, ">"), width) for line, edge in zip(lines, edges, strict=True)]


def _beginning(name: str, width: int) -> list[str]:
    """The first words of a name that stand whole in two lines, and an ellipsis; a part of the first if it must be."""
    words = name.split()
    whole = list(takewhile(lambda word: cell_width(word) <= width, words))
    lines = wrapped(" ".join(whole), width)[:_NAME_LINES] if whole else []
    while lines and cell_width(lines[-1]) == width:
        lines.pop()
    return [*lines[:-1], f"{lines[-1]}…"] if lines else [shortened(f"{words[0]}…", width)]


def _is_cut(column: Column, width: int) -> bool:
    """Whether only the beginning of the name is shown: never without a code, which the notes then explain."""
    too_long = longest_word(column.name) > width or len(wrapped(column.name, width)) > _NAME_LINES
    return bool(column.code) and column.is_number and too_long


def _cut_names(sheet: Printed, blocks: list[_Block]) -> list[str]:
    names = [
        sheet.columns[number].text
        for block in blocks
        for _, width, number in block.parts
        if _is_cut(sheet.columns[number], width)
    ]
    return ["Columns: " + "; ".join(names) + "."] if names else []


def _rule_line(block: _Block, group: str) -> str:
    line = "─" * block.head + "".join(
        joint.replace(" ", "─").replace(_RULE, "┼") + "─" * width
        for joint, width in zip(block.joints, block.widths, strict=True)
    )
    if not group:
        return line
    label = f"── {cut(group, max(2, cell_width(line) - 6))} "
    return label + line[cell_width(label) :]


def _row_lines(sheet: Printed, row: Row, block: _Block, paint: Paint) -> list[str]:
    indent = "  " * min(row.depth, block.head // 4)
    head = [indent + line for line in wrapped(row.text, block.head - len(indent))]
    cells = [_cell_lines(row.cells[number], sheet.columns[number], width, block.marks, paint)
             for _, width, number in block.parts]  # fmt: skip
    return _side_by_side(head, cells, block, paint)


def _cell_lines(cell: Cell, column: Column, width: int, marks: int, paint: Paint) -> list[str]:
    if not column.is_number:
        words = f"{cell.text} {cell.marks}" if cell.marks else cell.text
        return [padded(line, width) for line in wrapped(words, width)]
    number = padded(cell.text, width - marks, ">") + padded(cell.marks, marks)
    if cell.text == NONE:
        return [paint(number, "dim")]
    return [padded(line, width) for line in ([number] if cell_width(number) <= width else wrapped(number, width))]


def _side_by_side(head: list[str], cells: list[list[str]], block: _Block, paint: Paint) -> list[str]:
    """Row head and cells line by line; a line of a cell may carry colour, its width is that of the column."""
    lines = []
    for first, *rest in zip_longest(head, *cells):
        parts = [padded(first or "", block.head)]
        for joint, width, part in zip(block.joints, block.widths, rest, strict=True):
            parts += [joint.replace(_RULE, paint(_RULE, "dim")), " " * width if part is None else part]
        lines.append("".join(parts))
    return lines
