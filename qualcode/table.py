"""`Table`: what every analysis returns and every surface shows. It knows its evidence.

A table holds raw numbers or text; `report/` formats and never computes.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from qualcode.model import Quotation

if TYPE_CHECKING:
    import pandas as pd

EvidenceKind = Literal["segment", "claim", "claim evidence", "summary", "document", "person", "word", "none"]
Mark = Literal["contradicted", "all contradicted", "hearsay", "expected", "itself", "nested", "unasked"]

MARKS: dict[Mark, tuple[str, str]] = {
    "contradicted": ("−", "some claims contradict"),
    "all contradicted": ("−−", "all claims contradict"),
    "hearsay": ("○", "hearsay only"),
    "expected": ("┄", "expected, no claim"),
    "itself": ("", "row and column are the same"),
    "nested": ("", "one code stands above the other"),
    "unasked": ("n/a", "nobody interviewed to whom it applies"),
}
"""Glyph and meaning of each mark. A mark's glyph follows the number; those of `INSTEAD` stand in its place."""

INSTEAD: tuple[Mark, ...] = ("itself", "nested", "unasked", "expected")
"""Marks that stand where there is no number, the first of several."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a cell rests on: sorted ids of one kind of thing in the project.

    A word has no id: it is known by its document's id times 2 ** 32 and where it begins in the text.
    """

    kind: EvidenceKind
    ids: tuple[int, ...]


NOTHING = Evidence("none", ())


@dataclass(frozen=True, slots=True)
class Heading:
    """A row's or a column's head.

    Attributes:
        key: its label in the frame's index or columns; unique.
        text: as printed.
        unit: what the numbers count ("people", "references", ...), "" for text.
        of: the denominator, printed once below the table or, where columns differ, in each head; or None.
        group: the band it stands in ("Process outcomes"), or "".
        depth: how far a row is indented below its parent.
        decimals: places printed of a column's floats; the frame keeps them raw.
        who: whose words alone count here, pairs of "role", "wave", "case", "person", "interviewed" or an attribute's
            name, and its value ("" = none); all must hold. Empty: everybody's.
        percent: whether a column's counts are printed with what part of their denominator they are: "14 (20%)".
        presence: whether of a column's counts only is printed that there are any: "●".
    """

    key: str
    text: str
    unit: str = ""
    of: int | None = None
    group: str = ""
    depth: int = 0
    decimals: int = 2
    percent: bool = False
    presence: bool = False
    who: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows and columns of cells, each of which can be opened.

    Attributes:
        name: as on the command line, "change-model".
        title: the caption.
        corner: what stands above the row heads.
        rows, columns: in the order printed; their keys are the frame's index and columns.
        cells: a sequence for each of `rows`, in it a value for each of `columns`: int, float or str, of numpy or plain;
            None or NaN where there is none. Read them through `value`, `values` or `frame`.
        notes: layer, filter, codebook version, date of the last change; one sentence each. Unit and N
            stand in the columns and are printed from there.
        marks: (row key, column key) -> marks of that cell.
        of: (row key, column key) -> denominator of a cell that differs from its column's, or else its row's.
        opens: (row key, column key) -> `Evidence`; use `evidence`.
        reads: `Evidence` -> quotations; use `quotations`.
        chance: (row key, column key) -> the number expected by chance, printed in brackets after the cell's own.
        why: (row key, column key) -> reason code of a cell that has no number because it is not defined.
    """

    name: str
    title: str
    corner: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: Sequence[Sequence[object]]
    notes: tuple[str, ...] = ()
    marks: Mapping[tuple[str, str], tuple[Mark, ...]] = field(default_factory=dict)
    opens: Callable[[str, str], Evidence] = field(default=lambda _row, _column: NOTHING, repr=False)
    reads: Callable[[Evidence], tuple[Quotation, ...]] = field(default=lambda _evidence: (), repr=False)
    of: Mapping[tuple[str, str], int] = field(default_factory=dict, repr=False)
    chance: Mapping[tuple[str, str], float] = field(default_factory=dict)
    why: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)

    @cached_property
    def _places(self) -> tuple[dict[str, int], dict[str, int]]:
        rows, columns = ({head.key: place for place, head in enumerate(heads)} for heads in (self.rows, self.columns))
        return rows, columns

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """The values as pandas has them: dtype object, the rows' and the columns' keys as index and columns."""
        import pandas as pd

        rows, columns = map(list, self._places)
        return pd.DataFrame(self.values(), index=rows, columns=columns, dtype=object)

    def value(self, row: str, column: str) -> float | int | str | None:
        """The raw value of a cell: a plain int, float or str, or None where there is none."""
        rows, columns = self._places
        return _plain(self.cells[rows[row]][columns[column]])

    def values(self) -> list[list[float | int | str | None]]:
        """All values, as `value` gives them: a list for each of `rows`, in it one for each of `columns`."""
        return [[_plain(cell) for cell in line] for line in self.cells]

    def denominator(self, row: Heading, column: Heading) -> int | None:
        """What a cell's number is a part of: its own denominator, else the smaller of its column's and its row's."""
        known = [each for each in (row.of, column.of) if each is not None]
        return self.of.get((row.key, column.key), min(known, default=None))

    def evidence(self, row: str, column: str) -> Evidence:
        """Sorted ids of what the cell rests on, from the same arrays as its number.

        Raises:
            KeyError: the table has no such row or column.
        """
        if row not in self._places[0] or column not in self._places[1]:
            raise KeyError(row, column)
        return self.opens(row, column)

    def quotations(self, row: str, column: str) -> tuple[Quotation, ...]:
        """The cell's passages in order of document and place, ready to read."""
        return self.reads(self.evidence(row, column))


def _plain(cell: Any) -> float | int | str | None:
    is_plain = cell is None or type(cell) in (int, str)
    plain: float | int | str | None = cell.item() if not is_plain and hasattr(cell, "item") else cell
    return None if isinstance(plain, float) and math.isnan(plain) else plain
