r"""A table for LaTeX, to be taken in with \input: booktabs rules, bands over columns, notes below.

A few rows make a floating `table`; many a `longtable`, which breaks over pages. Quotations are left to the other
formats: in a paper they stand in the text. A table too wide for a page comes in parts, one below the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.report.layout import LETTER, MARGIN, Layout, parts
from qualcode.report.printed import Cell, Column, Printed, Row, bands, printed
from qualcode.report.widths import wrapped
from qualcode.table import Table
from qualcode.visible import visible_line

_LONG = {
    False: 40,
    True: 20,
}  # printed lines on an upright page, on one in landscape: caption and notes stand there too
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    '"': r"\textquotedbl{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "[": "{[}",  # at the beginning of a row it would be an argument of the row before
    "]": "{]}",
    "*": "{*}",  # the same
    "\t": " ",
    **{character: f"\\{character}" for character in "{}$&#_%"},
    # Signs of our own that text fonts often lack.
    "→": r"$\rightarrow$",
    "−": "$-$",
    "○": r"$\circ$",
    "┄": r"$\cdots$",
    "·": r"$\cdot$",
    "●": r"$\bullet$",
}
_ESCAPED = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_LIGATURE = re.compile(r"(?<=[-'`,?!])(?=[-'`,])")  # -- would become a dash, '' a quotation mark, ?` a turned ?


def content(table: Table) -> bytes:
    """UTF-8; a fragment without a preamble, whose first lines say what the preamble needs."""
    made = laid(table)
    return ("\n".join([*needs(table.title, [made]), *made.lines]) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Laid:
    """A table as lines of LaTeX, the packages that they need, and the label by which it is cited."""

    lines: tuple[str, ...]
    packages: tuple[str, ...]
    label: str


def laid(table: Table, number: int = 0) -> Laid:
    """A table; where there are several, each has a number of its own in its label."""
    sheet = printed(table)
    placed = parts(sheet)
    name = _label(table) + (f"-{number}" if number else "")
    lines: list[str] = []
    for place, (part, each) in enumerate(placed, start=1):
        which = f" (part {place} of {len(placed)})" if len(placed) > 1 else ""
        notes = sheet.notes if place == len(placed) else ()
        label = name + (f"-{place}" if place > 1 else "")
        lines += _body(label, replace(part, title=sheet.title + which, notes=notes), each)
    return Laid(tuple(lines), tuple(_packages(placed)), name)


def escaped(text: str) -> str:
    """Text that LaTeX prints as it is; lines of it are divided by blanks."""
    return _one_line(text.replace("\n", " "))


def _one_line(text: str) -> str:
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], _LIGATURE.sub("\0", text)).replace("\0", "{}")


def _comment(text: str) -> str:
    """A comment ends with its line, so the text must be one."""
    return "% " + visible_line(text)


def _is_long(sheet: Printed, placed: Layout) -> bool:
    return (
        sum(_height(row, placed) for row in sheet.rows) + len({row.group for row in sheet.rows})
        > _LONG[placed.is_landscape]
    )


def _height(row: Row, placed: Layout) -> int:
    """The printed lines of a row, about."""
    letters = [max(4, int(width / (placed.points * LETTER)) - 2) for width in placed.widths]
    texts = [row.text, *(cell.text for cell in row.cells)]
    return max(len(wrapped(text, room)) for text, room in zip(texts, letters, strict=True))


def _packages(placed: Sequence[tuple[Printed, Layout]]) -> Iterator[str]:
    yield from ("booktabs", "array")
    yield from ["longtable"] * any(_is_long(part, each) for part, each in placed)
    yield from ["pdflscape"] * any(each.is_landscape for _, each in placed)
    yield from ["graphicx"] * any(each.is_turned for _, each in placed)


def needs(title: str, tables: Sequence[Laid]) -> Iterator[str]:
    """Comments that say what the preamble needs for some tables, and how each is cited."""
    packages = list(dict.fromkeys(name for each in tables for name in each.packages))
    yield _comment(
        f"{visible_line(title)}: take it in with \\input; the preamble needs \\usepackage{{{','.join(packages)}}}."
    )
    yield "% The text is UTF-8 with letters of any language: use lualatex or xelatex with fontspec, and a font that has"
    yield "% them (\\setmainfont{DejaVu Serif} has nearly all); pdflatex prints only what its fonts hold."
    if "pdflscape" in packages:
        yield "% It is wide, so it stands on a page of its own in landscape; where the journal turns pages itself, take"
        yield "% the two lines with {landscape} away."
    yield from ("% Cite it: \\ref{tab:" + each.label + "}" for each in tables)


def _label(table: Table) -> str:
    return re.sub("[^a-z0-9]+", "-", table.name.casefold()).strip("-") or "table"


def _body(label: str, sheet: Printed, placed: Layout) -> Iterator[str]:
    caption = rf"\caption{{{escaped(sheet.title)}}}\label{{tab:{label}}}"
    size = (r"\footnotesize" if placed.points == 8 else r"\small") + r"\setlength{\tabcolsep}{2pt}"
    yield from [r"\begin{landscape}"] * placed.is_landscape
    if _is_long(sheet, placed):
        yield from ["{" + size, rf"\begin{{longtable}}{{{_columns(sheet, placed)}}}", caption + r" \\"]
        yield from [*_heads(sheet, placed), r"\endfirsthead", *_heads(sheet, placed), r"\endhead"]
        yield from [r"\bottomrule", r"\endfoot", *_rows(sheet), r"\end{longtable}"]
        yield from [*_notes(sheet), "}"]
    else:
        yield from [r"\begin{table}[htbp]", r"\centering" + size, caption]
        yield rf"\begin{{tabular}}{{{_columns(sheet, placed)}}}"
        yield from [*_heads(sheet, placed), *_rows(sheet), r"\bottomrule", r"\end{tabular}"]
        yield from [*_notes(sheet), r"\end{table}"]
    yield from [r"\end{landscape}"] * placed.is_landscape


def _columns(sheet: Printed, placed: Layout) -> str:
    """Widths as parts of the line, so that they hold on any paper; no vertical lines."""
    parts = [_width(placed, number, 1) for number in range(len(placed.widths))]
    sides = [r"\raggedright", *(r"\centering" if column.is_number else r"\raggedright" for column in sheet.columns)]
    return "".join(rf">{{{side}\arraybackslash}}{part}" for side, part in zip(sides, parts, strict=True))


def _width(placed: Layout, first: int, size: int) -> str:
    """A column as wide as so many of the table's columns."""
    whole = max((297 if placed.is_landscape else 210) - 2 * MARGIN, sum(placed.widths))
    part = sum(placed.widths[first : first + size]) / whole
    return rf"p{{\dimexpr {part:.3f}\linewidth-2\tabcolsep\relax}}"


def _heads(sheet: Printed, placed: Layout) -> Iterator[str]:
    yield r"\toprule"
    if any(column.group for column in sheet.columns):
        yield from _band_heads(sheet, placed)
    cells = [rf"\textbf{{{escaped(sheet.corner)}}}", *(_head(column, placed) for column in sheet.columns)]
    yield from [" & ".join(cells) + r" \\", r"\midrule"]


def _band_heads(sheet: Printed, placed: Layout) -> Iterator[str]:
    cells, rules, first = [""], [], 2
    for group, size in bands([column.group for column in sheet.columns]):
        column = rf">{{\centering\arraybackslash}}{_width(placed, first - 1, size)}"
        cells.append(rf"\multicolumn{{{size}}}{{{column}}}{{\textit{{{escaped(group)}}}}}")
        if group:
            rules.append(rf"\cmidrule(lr){{{first}-{first + size - 1}}}")
        first += size
    yield " & ".join(cells) + r" \\"
    yield from ["".join(rules)] * bool(rules)


def _head(column: Column, placed: Layout) -> str:
    name = escaped(column.name)
    words = rf"\textbf{{{escaped(column.code)}}} {name}" if column.code else rf"\textbf{{{name}}}"
    words += f" ({escaped(column.below)})".replace("of ", "of~") if column.below else ""
    return rf"\rotatebox{{90}}{{{words}}}" if placed.is_turned and column.is_number else words


def _rows(sheet: Printed) -> Iterator[str]:
    group = ""
    for row in sheet.rows:
        if row.group != group:
            band = rf"p{{\dimexpr\linewidth-2\tabcolsep\relax}}}}{{\textit{{{escaped(row.group)}}}}}"
            yield rf"\multicolumn{{{1 + len(sheet.columns)}}}{{{band} \\"
        group = row.group
        indent = rf"\hspace*{{{row.depth}em}}" if row.depth else ""
        yield " & ".join([indent + escaped(row.text), *map(_cell, row.cells)]) + r" \\"


def _cell(cell: Cell) -> str:
    """A line's end inside a cell; a cell cannot begin with one."""
    lines = [_one_line(line) for line in cell.text.split("\n")]
    return r"\leavevmode " * (not lines[0] and len(lines) > 1) + r"\newline ".join(lines) + _one_line(cell.marks)


def _notes(sheet: Printed) -> Iterator[str]:
    if sheet.notes:
        yield r"\par\smallskip{\footnotesize\raggedright"
        yield from (escaped(note) + r"\par" for note in sheet.notes)
        yield "}"
