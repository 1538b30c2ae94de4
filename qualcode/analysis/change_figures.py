"""The change model as a figure: the arrows of the matrix from left to right, and nothing that is not in it.

What else may explain a change stands in bands beneath. Arrows come from claims only.
"""

from collections.abc import Iterator, Sequence

from qualcode.analysis import said
from qualcode.analysis.counting import Scope, Unit
from qualcode.analysis.drawn_arrows import BANDS, TIERS, Cell, Cells
from qualcode.analysis.layering import natural
from qualcode.errors import InputError, RefusedError
from qualcode.figure import LOOKS, Against, Band, Edge, Figure, Look, Network, Node
from qualcode.model import Quotation
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Mark, Table

_TITLE = "Change model: what people say leads to what"
_COUNTED: dict[Unit, str] = {
    "people": "people who make at least one such claim",
    "sources": "documents with at least one such claim",
    "cases": "cases with at least one such claim",
    "references": "passages that make such a claim",
}
_KEY: dict[Look, str] = {
    "lived": "dark: someone lived it",
    "witnessed": "grey: nobody who says so lived it",
    "hearsay": "hollow head: hearsay only",
    "expected": "dashed: the codebook expects it and nobody claims it",
}
_AGAINST: dict[Against, str] = {
    "some": "framed number, −: some of the claims contradict it",
    "all": "framed twice as thick, −−: all do",
}
_NAMED = 5  # of the widest arrows, in the words for those who cannot see the picture


def change_model_figure(
    project: Project,
    *,
    unit: Unit = "people",
    scope: Scope | None = None,
    own_only: bool = False,
    threshold: float = 1,
    levels: int | None = 1,
) -> Figure:
    """The change model as a diagram: mechanisms, process outcomes, downstream outcomes, and the arrows between them.

    Args:
        project: the study.
        unit: what is counted.
        scope: which part of the study, and whose coding.
        own_only: only claims from own experience.
        threshold: arrows of fewer are hidden; the caption says how many.
        levels: how many levels of codes, from the top; None = all. Codes of a lower level stand inside the one above;
            an arrow of the one above is then drawn only where theirs do not hold all of its claims.

    Raises:
        NotFoundError: the scope names a role, wave, case or coder that is not there.
        InputError: threshold or levels are below 1.
        RefusedError: there is nothing to draw.
    """
    if threshold < 1 or (levels is not None and levels < 1):
        raise InputError("the threshold and the levels of a figure are at least 1")
    cells = Cells(project, unit, scope, own_only=own_only)
    offered = cells.of_levels(levels)
    evidenced = [cell for cell in offered if cells.counted[cell].number]
    drawn = cells.needed(cell for cell in evidenced if cells.counted[cell].number >= threshold)
    hidden = len(set(cells.needed(evidenced)).difference(drawn))
    expected = cells.finest([cell for cell in offered if not cells.counted[cell].number])
    if not drawn and not expected:
        raise _nothing_to_draw(cells, threshold if evidenced else 0)
    network = _network(cells, [*drawn, *expected])
    said_first = [
        said.layer_notes(cells.corpus, cells.corpus.columns.claims, "made claims")[0],
        _filter_note(cells, own_only),
    ]
    caption = [*_reading(cells, network), _hidden_note(threshold, hidden, unit), _levels_note(levels), *said_first]
    return Figure(
        name="change-model",
        title=_TITLE,
        caption=" ".join(each for each in caption if each),
        notes=tuple(_notes(cells, network, said_first)),
        alternative=_alternative(network),
        table=_table(cells, network),
        drawing=network,
    )


def _nothing_to_draw(cells: Cells, threshold: float) -> RefusedError:
    if threshold:
        return RefusedError(f"no arrow has {threshold:g} {cells.unit} or more", remedy="Ask for a lower threshold.")
    if not cells.matrix.rows or len(cells.matrix.columns) == 1:
        return RefusedError(
            "a change model needs codes that are mechanisms and codes that are outcomes, and there are none",
            remedy="Give codes their kind in the codebook and apply it: qualcode codebook apply FILE",
        )
    return RefusedError(
        "nobody claims that one thing leads to another, and the codebook expects nothing",
        remedy="Write claims down (qualcode claim add), or what is expected as leads_to in the codebook.",
    )


# -- what is drawn ---------------------------------------------------------------------------------------------------


def _network(cells: Cells, arrows: Sequence[Cell]) -> Network:
    ends = {key for cell in arrows for key in cell}
    shown = ends | {above for key in ends for above in _all_above(cells, key)}
    in_order = [branch.code for branch in cells.corpus.tree.branches if branch.code.short in shown]
    tiers = [(kind, head) for kind, head in TIERS if any(code.kind == kind for code in in_order)]
    places = {kind: place for place, (kind, _) in enumerate(tiers)}
    nodes = [Node(code.short, code.name, places.get(code.kind), cells.above(code.short, shown)) for code in in_order]
    kinds = {code.short: code.kind for code in in_order}
    bands = [
        Band(
            head,
            tuple(Node(node.key, node.name, None) for node in nodes if kinds[node.key] == kind and node.key in ends),
        )
        for kind, head in BANDS
    ]
    kind_order = [kind for kind, _ in (*TIERS, *BANDS)]
    in_order.sort(key=lambda code: kind_order.index(code.kind))
    order = {code.short: place for place, code in enumerate(in_order)}
    edges = [_edge(cells, cell) for cell in sorted(arrows, key=lambda cell: (order[cell[0]], order[cell[1]]))]
    in_tiers = tuple(node for node in nodes if node.tier is not None)
    return Network(
        cells.unit,
        tuple(head for _, head in tiers),
        in_tiers,
        tuple(edges),
        tuple(band for band in bands if band.nodes),
    )


def _all_above(cells: Cells, key: str) -> Iterator[str]:
    while key := cells.above(key):
        yield key


def _edge(cells: Cells, cell: Cell) -> Edge:
    counted = cells.counted[cell]
    return Edge(*cell, counted.number, counted.look, counted.against)


def _table(cells: Cells, network: Network) -> Table:
    """The arrows in the order of the codebook; each number opens to the claims that the matrix counts."""
    names = {node.key: f"{node.key} {node.name}" for node in _everything(network)}
    groups = {node.key: head for tier, head in enumerate(network.tiers) for node in network.nodes if node.tier == tier}
    groups |= {node.key: band.title for band in network.bands for node in band.nodes}
    found = {f"{edge.source} → {edge.target}": edge for edge in network.edges}
    denominators = {key: cells.denominator((edge.source, edge.target)) for key, edge in found.items()}
    everyone = cells.corpus.denominator(cells.unit)
    rows = tuple(
        Heading(key, f"{names[edge.source]} → {names[edge.target]}", group=groups[edge.source],
                of=None if denominators[key] == everyone else denominators[key])
        for key, edge in found.items()
    )  # fmt: skip
    columns = Heading(cells.unit, cells.unit.capitalize(), cells.unit, everyone), Heading("known", "Known how")
    values = [(edge.number, LOOKS[edge.look]) for edge in found.values()]
    marks: dict[tuple[str, str], tuple[Mark, ...]] = {
        (key, cells.unit): _marks(edge) for key, edge in found.items() if _marks(edge)
    }

    def opens(row: str, column: str) -> Evidence:
        edge = found[row]
        return cells.counted[edge.source, edge.target].opens() if column == cells.unit and edge.number else NOTHING

    def reads(evidence: Evidence) -> tuple[Quotation, ...]:
        project = cells.corpus.project
        return project.quotations(project.claims.by_ids(evidence.ids))

    return Table("change-model-arrows", f"{_TITLE}: the arrows of the figure", "arrow", rows, columns, values,
                 (), marks, opens, reads)  # fmt: skip


def _marks(edge: Edge) -> tuple[Mark, ...]:
    found: tuple[tuple[Mark, bool], ...] = (
        ("contradicted", edge.against == "some"),
        ("all contradicted", edge.against == "all"),
        ("hearsay", edge.look == "hearsay"),
        ("expected", edge.look == "expected"),
    )
    return tuple(mark for mark, holds in found if holds)


def _everything(network: Network) -> tuple[Node, ...]:
    return (*network.nodes, *(node for band in network.bands for node in band.nodes))


# -- what is said of it ----------------------------------------------------------------------------------------------


def _reading(cells: Cells, network: Network) -> Iterator[str]:
    number = cells.corpus.denominator(cells.unit)
    of = "" if number is None else f", of {number}"
    yield f"Number and width of an arrow: {_COUNTED[cells.unit]}{of}."
    looks = {edge.look for edge in network.edges}
    legend = [words for look, words in _KEY.items() if look in looks]
    against = {edge.against for edge in network.edges}
    legend += [words for how, words in _AGAINST.items() if how in against]
    yield f"{'; '.join(legend).capitalize()}."


def _hidden_note(threshold: float, hidden: int, unit: Unit) -> str:
    if threshold == 1:
        return "No arrow is hidden (threshold 1)."
    arrows = "1 arrow of fewer is" if hidden == 1 else f"{hidden} arrows of fewer are"
    return f"Threshold {threshold:g} {unit}: {arrows} hidden."


def _levels_note(levels: int | None) -> str:
    if levels == 1:
        return "Each code stands for itself and those below it."
    return "A code's number holds those of the codes below it too; its arrow is drawn where theirs do not say all."


def _filter_note(cells: Cells, own_only: bool) -> str:
    return said.filter_note(cells.corpus, *(["own experience only"] if own_only else []))


def _notes(cells: Cells, network: Network, already_said: Sequence[str]) -> Iterator[str]:
    heads = (*cells.matrix.rows, *cells.matrix.columns[:-1])
    drawn = {node.key for node in _everything(network)}
    alone = sorted({head.key for head in heads if not cells.above(head.key)} - drawn, key=natural)
    if alone:
        yield f"Without an arrow, and not drawn: {', '.join(alone)}."
    for note in cells.matrix.notes:
        if note not in already_said:
            yield note.replace(" in no row or column ", " in no row or column of the matrix ", 1)


def _alternative(network: Network) -> str:
    names = {node.key: f"{node.key} {node.name}" for node in _everything(network)}
    columns = [
        f"{head}: {', '.join(names[node.key] for node in network.nodes if node.tier == tier)}."
        for tier, head in enumerate(network.tiers)
    ]
    beneath = [f"Beneath, {band.title}: {', '.join(names[node.key] for node in band.nodes)}." for band in network.bands]
    widest = sorted((edge for edge in network.edges if edge.number), key=lambda edge: -edge.number)
    told = [f"{names[edge.source]} to {names[edge.target]} ({edge.number})" for edge in widest[:_NAMED]]
    return " ".join([
        f"Diagram of {len(network.tiers)} columns, read from left to right, with {len(network.edges)} arrows.",
        *columns,
        *beneath,
        *([f"The widest arrows, with their {network.unit}: {'; '.join(told)}."] if told else []),
    ])  # fmt: skip
