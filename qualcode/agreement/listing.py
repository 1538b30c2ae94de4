"""Where coders differ, as tables: passages in their context, and codes that are taken for one another."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Literal

import numpy as np

from qualcode.agreement import wording
from qualcode.agreement.differences import Difference, confusion, differences
from qualcode.agreement.material import Material
from qualcode.agreement.results import Comparison
from qualcode.agreement.sheet import Line, code_names, sheet
from qualcode.agreement.tallying import by_unit
from qualcode.errors import not_found
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table
from qualcode.visible import counted

_AROUND = 60  # characters of context on either side
_WHOLE, _HEAD, _TAIL = 300, 180, 100  # a longer passage is shown by its beginning and its end


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
        Heading("code", "Code"), Heading("by", "Coded by"), Heading("not by", "Not by"), Heading("where", "Where"),
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

    notes = [
        wording.compared(found.design),
        f"{counted(len(apart), 'passage')} with a code that somebody did not give; {counted(len(edges), 'passage')} to "
        "which all gave it, with other edges.",
        "»...« marks the passage. A passage is all that any coder gave the code, as far as it touches.",
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
    from dataclasses import replace

    segments = project.segments.by_ids(ids)
    quotation = project.quotations([replace(segments[0], start=each.start, end=each.end)])[0]
    coders = {coder.id: coder.short for coder in found.material.coders}
    doubts = [f"{coders[one.coder]}: {one.unsure or 'unsure'}" for one in segments if one.unsure is not None]
    words = _cut(quotation.words)
    if project.citations.style == "team":
        words = _in_context(project.documents.body(project.documents.get(each.document)), each.start, each.end, words)
    values = (
        names[each.code], ", ".join(each.by), ", ".join(each.not_by), quotation.citation, words, _cut(quotation.before),
        "; ".join(doubts), each.differs,
    )  # fmt: skip
    return Line(Heading(str(number), str(number)), values)


def _cut(words: str) -> str:
    return words if len(words) <= _WHOLE else f"{words[:_HEAD].rstrip()} [...] {words[-_TAIL:].lstrip()}"


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
        yield Line(head, (names[code], coders, "", "", words, "", "", apart))


def confusion_table(project: Project, found: Comparison, first: str, second: str,
                    form: Literal["pairs", "matrix"] = "pairs") -> Table:  # fmt: skip
    """Which codes two coders take for one another, and which one of them gives where the other gives nothing.

    Args:
        project: the study.
        found: what was compared.
        first, second: short names of two of its coders.
        form: a list of pairs, the most frequent first; or a matrix, codes of the first by codes of the second.

    Raises:
        NotFoundError: one of them was not compared.
    """
    shared = confusion(found.material, first, second)
    names = {**code_names(project, found), "": "nothing instead"}
    codes = [*found.material.codes, ""]
    behind = _Behind(found, first, second)
    notes = [
        wording.compared(found.design),
        "Numbers are units (characters, by character): where one coder gave several codes that the other did not, each "
        "pair has its share.",
    ]
    if form == "matrix":
        rows, columns = (np.flatnonzero(shared.sum(axis=axis)).tolist() for axis in (1, 0))
        lines = [Line(Heading(codes[row] or "-", names[codes[row]]),
                      tuple(float(shared[row, column]) for column in columns)) for row in rows]  # fmt: skip
        heads = [Heading(codes[each] or "-", names[codes[each]], decimals=1) for each in columns]
        return sheet(project, f"Codes of {first} by codes of {second}, where they differ", first, heads, lines, notes,
                     opens=lambda row, column: behind.cell(row.strip("-"), column.strip("-")))  # fmt: skip
    lines = list(_confused(shared, codes, names))
    heads = [
        Heading("one", f"{first} the first, {second} the second", decimals=1),
        Heading("other", f"{first} the second, {second} the first", decimals=1),
        Heading("both", "Together", decimals=1),
    ]

    def opens(row: str, column: str) -> Evidence:
        left, _, right = row.partition(" / ")
        one, other = behind.cell(left, right), behind.cell(right, left)
        both = tuple(sorted({*one.ids, *other.ids}))
        return {"one": one, "other": other}.get(column, Evidence("segment", both) if both else NOTHING)

    title = f"Codes that {first} and {second} take for one another"
    return sheet(project, title, "Codes", heads, lines, notes, opens=opens)


def _confused(shared: "np.typing.NDArray[np.float64]", codes: Sequence[str], names: dict[str, str]) -> Iterator[Line]:
    """Pairs of codes, most often confused first; then the codes that stand alone."""
    places = [(one, other) for one in range(len(codes)) for other in range(one + 1, len(codes))]
    found = sorted(
        (place for place in places if shared[place] + shared[place[::-1]] > 0),
        key=lambda place: (codes[place[1]] == "", -(shared[place] + shared[place[::-1]]), place),
    )
    for one, other in found:
        values = float(shared[one, other]), float(shared[other, one])
        alone = codes[other] == ""
        text = names[codes[one]] if alone else f"{names[codes[one]]} / {names[codes[other]]}"
        group = "A code, or nothing" if alone else "A code, or another"
        yield Line(Heading(f"{codes[one]} / {codes[other]}", text, group=group), (*values, sum(values)))


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
        material, found = self._material, ({}, {})  # type: tuple[Material, tuple[dict[int, set[int]], dict[int, set[int]]]]
        units = material.units()
        if units is None:
            return found
        words = None if material.text.words is None else material.rated.spans(material.text.words)
        tally = by_unit(material.coding, units, material.partial, material.weight, words, units)
        one, other = (tally.mask >> coder & 1 for coder in self._coders)
        for side, chosen in zip(found, (one > other, other > one), strict=True):
            for unit, code in zip(tally.cluster[chosen].tolist(), tally.code[chosen].tolist(), strict=True):
                side.setdefault(unit, set()).add(code)
        return found

    def cell(self, mine: str, theirs: str) -> Evidence:
        """Of a code of the first (or "" for none) and a code of the second (or "")."""
        material, (first, second) = self._material, self._alone()
        place = {"": -1} | {short: number for number, short in enumerate(material.codes)}
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
        units = material.units()
        if units is None:
            return []
        document, start, end = (np.array([each[unit]]) for each in (units.document, units.start, units.end))
        begin, last = material.rated.original(document, start, end)
        return material.passages.of([code], [coder], (int(document[0]), int(begin[0]), int(last[0])))
