"""What the agreement screen compares, and its rows: the table by code of the command line. No Textual in here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from rich.cells import cell_len, set_cell_size

from qualcode.agreement import cautions, wording
from qualcode.agreement.comparison import compare
from qualcode.agreement.meeting import agenda
from qualcode.agreement.report import code_table
from qualcode.agreement.results import CodeResult, Comparison
from qualcode.agreement.sheet import with_groups
from qualcode.agreement.units import Unit
from qualcode.project import Project
from qualcode.table import Table
from qualcode.visible import counted, visible_line

UNITS: tuple[Unit, ...] = ("answer", "turn", "sentence", "token", "character", "paragraph", "document", "match")
Order = Literal["alpha", "undecided", "codebook"]
ORDERS: tuple[Order, ...] = ("alpha", "undecided", "codebook")
_TOLD: Mapping[Order, str] = {
    "alpha": "lowest alpha first", "undecided": "most undecided first", "codebook": "in the order of the codebook",
}  # fmt: skip
NONE = "–"
"""What stands for a number that is not defined; the reason stands with the status."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared, as `compare` takes it.

    Attributes:
        codes: short names, each with those below it; none = all.
        groups: codes compared as one: the name, and the short names it is made of.
    """

    unit: Unit = "answer"
    coders: tuple[str, ...] = ()
    round: int | None = None
    roles: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def options(self, project: Project) -> dict[str, Any]:
        """As keyword arguments of `compare`."""
        return {
            "unit": self.unit, "coders": self.coders or None, "rounds": self.round, "roles": self.roles,
            "documents": self.documents or None, "attributes": self.attributes,
            "codes": with_groups(project, self.codes, self.groups),
        }  # fmt: skip

    def told(self) -> Iterator[str]:
        """What is asked for other than usual."""
        for words, values in (("role", self.roles), ("documents", self.documents), ("codes", self.codes)):
            if values:
                yield f"{words} {', '.join(values)}"
        if self.round is not None:
            yield f"round {self.round}"
        yield from (f"{name} {value}" for name, value in self.attributes)
        yield from (f"{name} = {' + '.join(codes)}" for name, codes in self.groups)


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found: the comparison, and its table by code."""

    found: Comparison
    table: Table


def compared(asked: Asked, project: Project) -> Compared:
    """Compare.

    Raises:
        NotFoundError: something is asked for that is not there.
        RefusedError: there are fewer than two coders.
    """
    found = compare(project, **asked.options(project))
    return Compared(found, code_table(project, found))


def undecided(asked: Asked, project: Project) -> Mapping[int, int]:
    """Id of a code -> how many disagreements on it are undecided; of many passages it takes a while."""
    return agenda(project, rounds=asked.round).open_by_code()


@dataclass(frozen=True, slots=True)
class Row:
    """One code or group: ids, its result, how it is called, how many disagreements on it are undecided (if known)."""

    codes: frozenset[int]
    result: CodeResult
    name: str
    undecided: int | None


def rows(made: Compared, undecided: Mapping[int, int] | None, project: Project, order: Order) -> list[Row]:
    """A row a code, in an order; what is not defined comes last."""
    known = {each.short: each for each in project.codes.all(retired=True)}
    groups = dict(made.found.design.groups)
    found = []
    for each in made.found.codes:
        codes = frozenset(known[short].id for short in groups.get(each.code, (each.code,)))
        name = each.code if each.code in groups else f"{each.code} {known[each.code].name}"
        count = None if undecided is None else sum(undecided.get(code, 0) for code in codes)
        found.append(Row(codes, each, name, count))
    if order == "alpha":
        found.sort(key=lambda row: (_measure(row.result) is None, _measure(row.result) or 0.0))
    elif order == "undecided":
        found.sort(key=lambda row: (-(row.undecided or 0), _measure(row.result) is None, _measure(row.result) or 0.0))
    return found


def _measure(result: CodeResult) -> float | None:
    """What is sorted by: alpha; where the unit has none, the share that matches."""
    return result.percent.value if result.alpha.reason == "not_applicable" else result.alpha.value


# -- drawn ------------------------------------------------------------------------------------------------------------

_COLUMNS: Sequence[tuple[str, str, int, int]] = (
    ("alpha", "Alpha", 6, 0), ("interval", "95% interval", 15, 0), ("kappa", "Kappa", 7, 0), ("f1", "F1", 7, 92),
    ("holsti", "Holsti", 8, 0), ("agreements", "Match", 7, 0), ("disagreements", "Not", 7, 0),
    ("percent", "Observed", 10, 98), ("prevalence", "Prevalence", 12, 108), ("passages", "Passages", 12, 128),
    ("undecided", "Open", 6, 0),
)  # fmt: skip
"""Column, its head, its cells, and the width from which it is shown."""
_STATUS = 20
_LEAST = 21


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows as text for so many cells: columns line up."""

    table: Table
    found: Comparison
    width: int

    @property
    def _shown(self) -> list[tuple[str, str, int]]:
        there = {each.key for each in self.table.columns} | {"undecided", "passages"}
        if "alpha" in there:
            there.add("interval")
        return [(key, head, cells) for key, head, cells, least in _COLUMNS if self.width >= least and key in there]

    @property
    def _name(self) -> int:
        return max(_LEAST, self.width - _STATUS - sum(cells for *_, cells in self._shown) - 1)

    def head(self) -> str:
        """The line above."""
        cells = "".join(head.rjust(cells) for _, head, cells in self._shown)
        return f"{_cut(' Code', self._name)}{cells}  Status"

    def row(self, row: Row) -> tuple[str, str, str]:
        """Code, numbers and status of a row."""
        cells = "".join(self._cell(row, key).rjust(cells) for key, _, cells in self._shown)
        status = wording.status(row.result, self.found)
        return _cut(f" {visible_line(row.name)}", self._name), cells, f"  {_cut(status, _STATUS - 2)}"

    def _cell(self, row: Row, key: str) -> str:
        short = row.result.code
        if key == "undecided":
            return "…" if row.undecided is None else str(row.undecided or "·")
        if key == "passages":
            return " / ".join(str(each) for each in row.result.passages)
        if key == "interval":
            ends = [self.table.value(short, f"alpha {end}") for end in ("lower", "upper")]
            return f"[{shown(ends[0])}, {shown(ends[1])}]" if None not in ends else NONE
        return shown(self.table.value(short, key))


def shown(value: Any) -> str:
    """A number with two places, of which none reads as 0 or 1 that is not; what is not defined is neither."""
    if value is None or value != value:  # noqa: PLR0124 (a frame may hold NaN for None)
        return NONE
    if isinstance(value, float) and 0 < value < 1 and round(value, 2) in (0, 1):
        return ">0.99" if value > 0.5 else "<0.01"
    return f"{value:z.2f}" if isinstance(value, float) else str(value)


def _cut(words: str, cells: int) -> str:
    if cell_len(words) <= cells:
        return set_cell_size(words, cells)
    return set_cell_size(set_cell_size(words, cells - 2).rstrip() + "…", cells)


def head_of(made: Compared, asked: Asked) -> tuple[str, str]:
    """Who is compared on what, and what is asked for other than usual."""
    design = made.found.design
    units = wording.units_of(design) + "".join(f" (rules {design.splitter})" for _ in wording.cut_by(design))
    who = f"{' and '.join(design.coders)} · {len(design.compared)} of {counted(design.documents, 'document')} · {units}"
    return who, " · ".join(asked.told())


def over_all(made: Compared, order: Order) -> str:
    """Alpha and kappa over all codes, and how the list is sorted."""
    found = made.found
    if found.design.unit == "match":
        return f"passages that match · {_TOLD[order]}"
    low, high = wording.shown(found.mean_alpha.interval)
    interval = f" [{shown(low)}, {shown(high)}]" if low is not None else ""
    parts = [f"mean alpha {shown(found.mean_alpha.value)}{interval}", f"pooled kappa {shown(found.pooled_kappa.value)}"]
    rare, every = cautions.rare_among(found)
    if rare:
        parts.append(f"{rare} of {every} too rare" if rare < every else "all too rare")
    fallback = found.mean_alpha.interval.fallback if found.mean_alpha.interval else None
    if fallback is not None:
        parts.append(f"intervals over {fallback.over}")
    return " · ".join([*parts, _TOLD[order]])


def in_full(made: Compared, row: Row) -> str:
    """All numbers of a code with what they are, and why one is not defined."""
    table = made.table
    numbers = [
        f"{each.group.partition(',')[0] or each.text} {shown(table.value(row.result.code, each.key))}"
        for each in table.columns
        if each.key != "status" and not each.key.endswith((" lower", " upper"))
    ]
    return f"{row.name}: {', '.join(numbers)}; {wording.status(row.result, made.found)}"


def nothing_told(made: Compared) -> str:
    """Why nothing can be compared, and what to do."""
    reasons: dict[str, list[str]] = {}
    for each in made.found.design.set_aside:
        reasons.setdefault(each.why, []).append(each.name)
    told = [f"{why}: {', '.join(names[:4])}{' …' if len(names) > 4 else ''}" for why, names in reasons.items()]
    remedy = "Agreement compares what two coders have finished: F in a text finishes it."
    return "\n".join(["There is no document to compare.", "", *told, "", remedy])


def turned(asked: Asked) -> Asked:
    """The next unit."""
    return replace(asked, unit=UNITS[(UNITS.index(asked.unit) + 1) % len(UNITS)])
