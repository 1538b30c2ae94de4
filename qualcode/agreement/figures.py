"""Agreement as figures: alpha of each code with its interval, and where in the documents each coder gave a code."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qualcode import sweep
from qualcode.agreement import wording
from qualcode.agreement.coding import Coding
from qualcode.agreement.comparison import compare
from qualcode.agreement.intervals import LINES
from qualcode.agreement.report import code_table
from qualcode.agreement.results import CodeResult, Comparison
from qualcode.agreement.sheet import Line, below, code_names, sheet
from qualcode.agreement.tallying import pieces
from qualcode.analysis.said import project_notes
from qualcode.errors import RefusedError
from qualcode.figure import Barcode, Figure, Forest, Reach, Strip
from qualcode.project import Project
from qualcode.table import Evidence, Heading

_ABOUT_PROJECT = 2  # the last notes of every table: codebook version and last change


def forest(
    project: Project,
    *,
    codes: Sequence[str] = (),
    roles: Sequence[str] = (),
    attributes: Sequence[tuple[str, str]] = (),
) -> Figure:
    """Alpha by code with its interval, the highest first, and the mean below.

    Args:
        project, codes, roles, attributes: as the table takes them.

    Raises:
        NotFoundError: a code, role or attribute is asked for that is not there.
        RefusedError: no two coders have finished a document, or alpha is defined for no code.
    """
    return forest_of(project, compare(project, codes=below(project, codes), roles=roles, attributes=attributes))


def forest_of(project: Project, found: Comparison) -> Figure:
    """The same of a comparison that is there."""
    if all(each.alpha.value is None for each in found.codes):
        raise RefusedError(
            "there is no alpha to draw", remedy="It takes codes that two coders used in documents both have finished."
        )
    by_alpha = sorted(found.codes, key=_rank)
    names = code_names(project, found)
    mean = Reach(f"Mean of the {sum(each.alpha.value is not None for each in found.codes)} defined",
                 found.mean_alpha.value, *wording.shown(found.mean_alpha.interval), is_sum=True)  # fmt: skip
    table = code_table(project, found)
    place = {each.code: number for number, each in enumerate(by_alpha)}
    lines = sorted(zip(table.rows, table.cells, strict=True), key=lambda line: place.get(line[0].key, len(place)))
    defined = [each for each in by_alpha if each.alpha.value is not None]
    told = ", ".join(f"{each.code} {each.alpha.value:.2f}" for each in defined)
    return Figure(
        name="forest",
        title="Agreement by code",
        caption=" ".join(
            [
                f"Krippendorff's alpha and its {wording.interval_head(found)}, the highest first; diamond: mean.",
                "Hollow: fewer than 10 units have the code. Broken lines: .667 and .800, conventions.",
                *wording.grounds(found.design), wording.interval_rule(found),
            ]
        ),
        notes=table.notes[-_ABOUT_PROJECT:],
        alternative=f"Forest plot of alpha by code. {told}. Mean {found.mean_alpha.value:.2f}.",
        table=replace(table, rows=tuple(head for head, _ in lines), cells=[cells for _, cells in lines]),
        drawing=Forest(
            "Krippendorff's alpha", (*(_reach(each, found, names) for each in by_alpha), mean),
            tuple((line, f"{line:.3f}".removeprefix("0")) for line in LINES),
        ),
    )  # fmt: skip


def _rank(result: CodeResult) -> tuple[bool, float]:
    return result.alpha.value is None, -(result.alpha.value or 0)


def _reach(result: CodeResult, found: Comparison, names: dict[str, str]) -> Reach:
    lower, upper = wording.shown(result.alpha.interval)
    remark = "" if result.status in ("", "too rare") else wording.status(result, found)
    return Reach(names[result.code], result.alpha.value, lower, upper, remark, is_thin=result.status == "too rare")


def barcode(
    project: Project,
    *,
    codes: Sequence[str] = (),
    roles: Sequence[str] = (),
    attributes: Sequence[tuple[str, str]] = (),
) -> Figure:
    """Where each coder gave some codes: a strip a document, a lane a coder.

    Args:
        project, roles, attributes: as the table takes them.
        codes: short names, each with those below it; a stretch counts where it has any of them; none = all in use.

    Raises:
        NotFoundError: a code, role or attribute is asked for that is not there.
        RefusedError: no two coders have finished a document.
    """
    return barcode_of(project, compare(project, codes=below(project, codes), roles=roles, attributes=attributes))


def barcode_of(project: Project, found: Comparison) -> Figure:
    """The same of a comparison that is there: of all its codes together."""
    material, design = found.material, found.design
    if not design.compared:
        raise RefusedError("no document was finished by two coders", remedy="Who has finished what: qualcode rounds")
    strips = _strips(found)
    names = code_names(project, found)
    shown = names[material.codes[0]] if len(names) == 1 else f"any of {len(names)} codes"
    coders = range(len(material.coders))
    columns = [Heading(short, short, unit="", group="Characters coded") for short in design.coders]
    columns.append(Heading("shared", "the same code by all", group="Characters coded"))
    lines = [
        Line(Heading(strip.name, strip.name), (*(None if lane is None else _long(lane) for lane in strip.lanes),
                                               _long(strip.shared)))
        for strip in strips
    ]  # fmt: skip
    place = {strip.name: number for number, strip in enumerate(strips)}

    def opens(row: str, column: str) -> Evidence:
        who = coders if column == "shared" else [design.coders.index(column)]
        document = place[row]
        whole = (document, 0, int(material.placed.lengths[document]))
        return Evidence("segment", tuple(material.passages.of(range(len(material.codes)), who, whole)))

    table = sheet(
        project, f"Where coders gave {shown}", "Document", columns, lines,
        [wording.compared(design), f"Rated: {wording.rated(design)}.", *project_notes(project)],
        name="barcode", opens=opens,
    )  # fmt: skip
    told = "; ".join(
        f"{line.head.key}: {', '.join('-' if v is None else str(v) for v in line.cells)}" for line in lines
    )
    unfinished = f"round {material.rounds.asked} not finished" if material.rounds.asked else "not finished"
    return Figure(
        name="barcode",
        title=table.title,
        caption=" ".join(
            [
                "Each strip is a document from its first to its last word that is rated, each lane a coder.",
                f"Dark: the same code by all who have finished the document; warm: else; dotted: {unfinished}.",
                *material.rounds.remarks,
                *table.notes[:-_ABOUT_PROJECT],
            ]
        ),
        notes=table.notes[-_ABOUT_PROJECT:],
        alternative=f"{len(strips)} documents. Characters by {', '.join(design.coders)}, the same by all: {told}.",
        table=table,
        drawing=Barcode(design.coders, strips),
    )


def _long(stretches: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in stretches)


def _strips(found: Comparison) -> tuple[Strip, ...]:
    material = found.material
    whole = np.ones((1, len(material.codes)), dtype=np.bool_)
    coding = material.coding.for_codes(whole).united()
    _, begin, length, mask = pieces(coding)
    document, within = sweep.place(begin, coding.offset)
    shared = _shared(material.coding)

    def stretches(number: int, chosen: "np.typing.NDArray[np.bool_]") -> tuple[tuple[int, int], ...]:
        rows = np.flatnonzero(chosen & (document == number))
        return _joined(list(zip(within[rows].tolist(), (within + length)[rows].tolist(), strict=True)))

    return tuple(
        Strip(
            each.name, int(coding.lengths[number]),
            tuple(stretches(number, (mask >> coder & 1) == 1) if coding.seen[number, coder] else None
                  for coder in range(coding.coders)),
            shared[number],
        )
        for number, each in enumerate(material.rounds.documents)
    )  # fmt: skip


def _shared(coding: Coding) -> list[tuple[tuple[int, int], ...]]:
    """By document: where all who have finished it gave the same code. That all gave some code is no agreement."""
    _, begin, length, mask = pieces(coding)
    document = sweep.place(begin, coding.offset)[0]
    everybody = (coding.seen * (1 << np.arange(coding.coders))).sum(axis=1)[document]
    same = mask == everybody
    _, start, end = sweep.unite(np.zeros_like(begin[same]), begin[same], (begin + length)[same])
    document, within = sweep.place(start, coding.offset)
    found: list[list[tuple[int, int]]] = [[] for _ in coding.lengths]
    for number, first, long in zip(document.tolist(), within.tolist(), (end - start).tolist(), strict=True):
        found[number].append((first, first + long))
    return [tuple(each) for each in found]


def _joined(stretches: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Neighbours that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
