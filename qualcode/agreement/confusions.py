"""Codes that two coders take for one another: a list of pairs, or a matrix; cells open to both coders' passages."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from qualcode.agreement import wording
from qualcode.agreement.differences import confusion
from qualcode.agreement.results import Comparison
from qualcode.agreement.sheet import Line, code_names, sheet
from qualcode.agreement.tallying import by_unit
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table
from qualcode.visible import counted

_NOTHING = "(nothing)"
_SHARES = (
    "Numbers are units (characters, by character): where one coder gave several codes that the other did not, each "
    "pair has its share."
)


def confusion_table(project: Project, found: Comparison, first: str, second: str, *, least: float = 0.0) -> Table:
    """Which codes two coders take for one another, most often first, and which one gives where the other gives nothing.

    Args:
        project: the study.
        found: what was compared.
        first, second: short names of two of its coders.
        least: pairs of codes with fewer units together are left out, and counted in a note.

    Raises:
        NotFoundError: one of them was not compared.
    """
    every = _pairs(project, found, first, second)
    pairs = [pair for pair in every if pair.together >= least or pair.is_alone]
    behind = _Behind(found, first, second)
    place = {str(number): pair for number, pair in enumerate(pairs, start=1)}
    heads = [
        Heading("one", f"{first} the first, {second} the second", decimals=1),
        Heading("other", f"{first} the second, {second} the first", decimals=1),
        Heading("both", "Together", decimals=1),
    ]
    lines = [Line(Heading(key, pair.text, group=pair.group), (pair.one, pair.other, pair.together))
             for key, pair in place.items()]  # fmt: skip

    def opens(row: str, column: str) -> Evidence:
        left, right = place[row].codes
        one, other = behind.cell(left, right), behind.cell(right, left)
        both = tuple(sorted({*one.ids, *other.ids}))
        return {"one": one, "other": other}.get(column, Evidence("segment", both) if both else NOTHING)

    notes = [*wording.grounds(found.design), _SHARES]
    if len(pairs) < len(every):
        notes.append(f"Not shown: {counted(len(every) - len(pairs), 'pair')} of less than {least:g} units together.")
    title = f"Codes that {first} and {second} take for one another"
    return sheet(project, title, "Codes", heads, lines, notes, opens=opens)


def confusion_matrix(project: Project, found: Comparison, first: str, second: str) -> Table:
    """The same as a matrix: what the first gave by what the second gave, where they differ.

    Raises:
        NotFoundError: one of them was not compared.
    """
    shared = confusion(found.material, first, second)
    names = {**code_names(project, found), _NOTHING: "nothing"}
    codes = [*found.material.codes, _NOTHING]
    behind = _Behind(found, first, second)
    rows, columns = (np.flatnonzero(shared.sum(axis=axis)).tolist() for axis in (1, 0))
    lines = [
        Line(Heading(codes[row], names[codes[row]]), tuple(float(shared[row, column]) for column in columns))
        for row in rows
    ]
    heads = [Heading(codes[each], names[codes[each]], decimals=1) for each in columns]
    return sheet(
        project, f"Codes of {first} (rows) by codes of {second} (columns), where they differ", first, heads, lines,
        [*wording.grounds(found.design), _SHARES], opens=behind.cell,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two codes, or a code and nothing: how much one coder gave the first and the other the second, and reversed."""

    codes: tuple[str, str]
    text: str
    one: float
    other: float

    @property
    def together(self) -> float:
        return self.one + self.other

    @property
    def is_alone(self) -> bool:
        return self.codes[1] == _NOTHING

    @property
    def group(self) -> str:
        return "A code, or nothing" if self.is_alone else "A code, or another"


def _pairs(project: Project, found: Comparison, first: str, second: str) -> list[_Pair]:
    """Pairs of codes, most often confused first; then the codes that stand alone."""
    shared, names = confusion(found.material, first, second), code_names(project, found)
    codes = [*found.material.codes, _NOTHING]
    made = [
        _Pair(
            (codes[one], codes[other]), " / ".join(names[each] for each in (codes[one], codes[other]) if each in names),
            float(shared[one, other]), float(shared[other, one]),
        )
        for one in range(len(codes))
        for other in range(one + 1, len(codes))
        if shared[one, other] + shared[other, one] > 0
    ]  # fmt: skip
    return sorted(made, key=lambda pair: (pair.is_alone, -pair.together))


class _Behind:
    """The passages behind a confusion: of the two coders, in the units where the one gave one code, the other another.

    Passages are only found where there are units: by character nothing opens.
    """

    def __init__(self, found: Comparison, first: str, second: str) -> None:
        self._material = found.material
        shorts = [each.short for each in found.material.coders]
        self._coders = shorts.index(first), shorts.index(second)
        self._alone = cache(self._given_alone)

    def _given_alone(self) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        """By unit the codes that the first gave and the second did not, and the other way round."""
        material, units = self._material, self._material.text.units
        found: tuple[dict[int, set[int]], dict[int, set[int]]] = {}, {}
        if units is None:
            return found
        tally = by_unit(material.coding, units, material.partial, material.weight, material.text.words, units)
        one, other = (tally.mask >> coder & 1 for coder in self._coders)
        for side, chosen in zip(found, (one > other, other > one), strict=True):
            for unit, code in zip(tally.cluster[chosen].tolist(), tally.code[chosen].tolist(), strict=True):
                side.setdefault(unit, set()).add(code)
        return found

    def cell(self, mine: str, theirs: str) -> Evidence:
        """Of a code of the first and a code of the second; "(nothing)" for none."""
        material, (first, second) = self._material, self._alone()
        place = {_NOTHING: -1} | {short: number for number, short in enumerate(material.codes)}
        wanted = place[mine], place[theirs]

        def holds(unit: int) -> bool:
            sides = first.get(unit, set()), second.get(unit, set())
            return all(each in side if each >= 0 else not side for each, side in zip(wanted, sides, strict=True))

        ids: set[int] = set()
        for unit in sorted(first.keys() | second.keys()):
            if holds(unit):
                for code, coder in zip(wanted, self._coders, strict=True):
                    ids.update(self._in_unit(unit, code, coder) if code >= 0 else ())
        return Evidence("segment", tuple(sorted(ids))) if ids else NOTHING

    def _in_unit(self, unit: int, code: int, coder: int) -> list[int]:
        material = self._material
        units = material.text.units
        if units is None:
            return []
        document, start, end = (np.array([each[unit]]) for each in (units.document, units.start, units.end))
        begin, last = material.text.rated.original(document, start, end)
        return material.passages.of([code], [coder], (int(document[0]), int(begin[0]), int(last[0])))
