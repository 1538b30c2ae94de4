"""The change model: one block matrix of what leads to what, counted from claims.

Rows are mechanisms, rival explanations and process outcomes; columns process and downstream outcomes. Arrows come from
claims only. Codes that stand over the same words are "said together"; in one answer, or somewhere in a document, a
person's words or a case, "both mentioned": laid out in the same way, never called an arrow.
(Powell, Copestake & Remnant on causal mapping; the tiers after Gillard et al. 2015.)
"""

from typing import Literal, get_args

import numpy as np

from qualcode.analysis import comparing, said
from qualcode.analysis.blocks import Block, matrix
from qualcode.analysis.cells import Cells
from qualcode.analysis.claims import Claims, Telling, asked_for, counted_claims, in_whole_layer
from qualcode.analysis.code_tree import CodeTree
from qualcode.analysis.comparing import Group
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.marks import itself, marks_of_claims
from qualcode.analysis.mentions import Mentions, in_same_answer, mentioned
from qualcode.analysis.tiers import COLUMNS, ROWS, branches, lost, unshown
from qualcode.analysis.together import said_together
from qualcode.errors import RefusedError, must_be_one_of
from qualcode.project import Project
from qualcode.project.columns import DIRECTIONS
from qualcode.sweep import Integers, once
from qualcode.table import Table

__all__ = ["COLUMNS", "ROWS", "branches", "change_model"]

Ground = Literal[
    "claims", "said together", "same answer", "mentioned in document", "mentioned by person", "mentioned in case"
]

_MENTIONED: dict[str, Literal["people", "sources", "cases"]] = {
    "mentioned in document": "sources",
    "mentioned by person": "people",
    "mentioned in case": "cases",
}


def change_model(
    project: Project,
    *,
    evidence: Ground = "claims",
    unit: Unit | None = None,
    scope: Scope | None = None,
    own_only: bool = False,
    telling: Telling | None = None,
    split: str | None = None,
    compare: tuple[tuple[str, str], ...] = (),
) -> Table:
    """Which mechanisms, rival explanations and outcomes are said to lead to which outcomes, and by how many.

    A cell counts claims of any direction: "no effect" is evidence about an arrow too. Hoped-for change is not change:
    such claims are told in a note, not counted, unless asked for. The last column, "any", counts a row over all
    columns.

    Args:
        project: the study.
        evidence: claims; or codes of the layer that stand over the same words of the same speaker ("said together"),
            in one answer of the same speaker ("same answer"), or somewhere in the same document, person's words or
            case ("mentioned in document" and so on), these with the number expected by chance (`Table.chance`).
        unit: what is counted, people unless said; references are maximal passages, or answers. What is mentioned in a
            document is counted in documents, by a person in people, in a case in cases.
        scope: which part of the study, and whose coding.
        own_only: only claims from own experience (standing lived).
        telling: which claims, by how they are told.
        split: a row below each for every "role", "wave", "case" or value of an attribute.
        compare: or for two groups, each a pair as in ("role", "SU").

    Raises:
        NotFoundError: the scope or a group names a role, wave, case, attribute or coder that is not there.
        RefusedError: what is asked of claims only is asked of segments, or another unit than the evidence has, or a
            comparison that is none.
    """
    asked = asked_for(telling, own_only=own_only)
    must_be_one_of("evidence", evidence, get_args(Ground))
    must_be_one_of("unit", unit or "people", get_args(Unit))
    if evidence != "claims" and asked != asked_for(None):
        raise RefusedError("own experience, direction, standing and tense are known of claims only")
    counted_in = _MENTIONED.get(evidence, unit or "people")
    if unit not in {None, counted_in}:
        raise RefusedError(f"what is {evidence} is counted in {counted_in}", remedy="Leave out the unit.")
    corpus = Corpus(project, scope)
    groups = _groups(corpus, split, compare)
    if evidence == "claims":
        return _claims_table(corpus, groups, counted_in, asked)
    return _mentions_table(corpus, groups, counted_in, evidence)


def _groups(corpus: Corpus, split: str | None, compare: tuple[tuple[str, str], ...]) -> tuple[Group, ...]:
    if split and compare:
        raise RefusedError("a table is split or compares two groups, not both")
    if compare:
        return comparing.compared(corpus, compare)
    return comparing.split(corpus, split) if split else ()


# -- tables ----------------------------------------------------------------------------------------------------------


def _claims_table(corpus: Corpus, groups: tuple[Group, ...], unit: Unit, asked: Telling) -> Table:
    whole = _claims(corpus, unit, asked)
    everywhere = in_whole_layer(whole).cells.counts()
    block = _claims_block(whole, everywhere)
    parts = tuple((group, _claims_block(_claims(group.corpus, unit, asked), everywhere)) for group in groups)
    notes = (
        *said.layer_notes(corpus, corpus.columns.claims, "made claims"),
        said.filter_note(corpus, *asked.parts()),
        _CLAIMS_OF_ANY if not asked.directions else "Evidence: claims; codes that only stand together do not count.",
        *said.left_out(whole.hoped, "claim is hoped for and does not count", "claims are hoped for and do not count"),
        *said.left_out(whole.merged, "claim leads from a code to itself since codes were merged, and does not count",
                       "claims lead from a code to itself since codes were merged, and do not count"),
        *_mixed_note(whole),
        *_lost_claims_note(whole),
        *_common_notes(whole.cells, "claim"),
        *_group_notes(block, parts),
        *_last_notes(corpus),
    )  # fmt: skip
    return matrix(block, parts, _TITLES[unit], notes, "claim")


_CLAIMS_OF_ANY = "Evidence: claims of any direction; codes that only stand together do not count."
_TITLES: dict[Unit, str] = {
    "people": "Change model: people with at least one claim",
    "sources": "Change model: documents with at least one claim",
    "cases": "Change model: cases with at least one claim",
    "references": "Change model: passages that make a claim",
}


def _claims(corpus: Corpus, unit: Unit, asked: Telling) -> Claims:
    rows, columns = (corpus.shown(branches(corpus.tree, tiers)) for tiers in (ROWS, COLUMNS))
    return counted_claims(corpus, rows, columns, unit, telling=asked, lost=unshown(corpus.tree))


def _claims_block(claims: Claims, everywhere: Integers) -> Block:
    return Block(claims.cells, marks_of_claims(claims, claims.cells.counts(), everywhere))


def _mentions_table(corpus: Corpus, groups: tuple[Group, ...], unit: Unit, evidence: Ground) -> Table:
    block = _mentions_block(corpus, unit, evidence)
    parts = tuple((group, _mentions_block(group.corpus, unit, evidence)) for group in groups)
    cells = block.cells
    title, told, where = _TOLD[evidence]
    notes = (
        *said.layer_notes(corpus, corpus.columns.segments, "coded"),
        said.filter_note(corpus),
        f"Evidence: {told}; nobody says that one leads to the other.",
        *(_chance_notes(cells) if isinstance(cells, Mentions) and cells.is_by_unit else ()),
        *(_unanswered_note(cells) if isinstance(cells, Mentions) and evidence == "same answer" else ()),
        *_lost_passages_note(corpus.tree, *_lost_passages(cells)),
        *_common_notes(cells, "passage"),
        *_group_notes(block, parts),
        *_last_notes(corpus),
    )
    title = f"{title}: mechanisms, rival explanations and outcomes {where} (not a change model)"
    return matrix(block, parts, title, notes, "segment")


_TOLD: dict[str, tuple[str, str, str]] = {
    "said together": ("Said together", "both codes stand over the same words of a speaker", "over the same words"),
    "same answer": ("Same answer", "both codes stand in one answer of the same speaker", "in the same answer"),
    "mentioned in document": ("Both mentioned", "both codes stand somewhere in the document", "in the same document"),
    "mentioned by person": ("Both mentioned", "the person mentions both codes somewhere", "by the same person"),
    "mentioned in case": ("Both mentioned", "both codes stand somewhere in the case", "in the same case"),
}


def _mentions_block(corpus: Corpus, unit: Unit, evidence: Ground) -> Block:
    rows, columns = (corpus.shown(branches(corpus.tree, tiers)) for tiers in (ROWS, COLUMNS))
    cells: Cells | Mentions
    if evidence in _MENTIONED:
        cells = mentioned(corpus, rows, columns, _MENTIONED[evidence])
    elif evidence == "same answer":
        cells = in_same_answer(corpus, rows, columns, unit)
    else:
        cells = said_together(corpus, rows, columns, unit)
    return Block(cells, itself(cells, cells.counts()))


# -- notes -----------------------------------------------------------------------------------------------------------


def _chance_notes(cells: Mentions) -> tuple[str, ...]:
    uncoded = (cells.corpus.denominator(cells.unit) or 0) - (cells.denominator() or 0)
    return (
        "In brackets what chance would give, N1 x N2 / N: of N to whom both codes apply N1 mention one, N2 the other.",
        "Chance is not told where a code stands with itself or with one below it.",
        *said.left_out(uncoded, f"of the {cells.unit} is not coded yet, and not in N",
                       f"of the {cells.unit} are not coded yet, and not in N"),
    )  # fmt: skip


def _unanswered_note(cells: Mentions) -> list[str]:
    return said.left_out(cells.unanswered, "passage stands in no answer, and does not count",
                         "passages stand in no answer, and do not count")  # fmt: skip


def _group_notes(whole: Block, parts: tuple[tuple[Group, Block], ...]) -> list[str]:
    if not parts:
        return []
    of = {
        column.code.short: [block.cells.denominator((column,)) for _, block in parts] for column in whole.cells.columns
    }
    everyone = [block.cells.denominator() for _, block in parts]
    columns = [
        f"{short}: {', '.join(f'{group.text} {n}' for (group, _), n in zip(parts, numbers, strict=True))}"
        for short, numbers in of.items()
        if numbers != everyone
    ]
    unplaced = comparing.outside(whole.cells.corpus, (group for group, _ in parts))
    named = [f"{group.name}{'' if n is None else f' (of {n})'}" for (group, _), n in zip(parts, everyone, strict=True)]
    return [
        f"Rows in which something stands are followed by: {', '.join(named)}.",
        "Somebody who is in two of them counts in both, and once in the row above.",
        *said.left_out(unplaced, "person is in none of them", "people are in none of them"),
        *([f"Columns that apply to some only, of: {'; '.join(columns)}."] if columns else []),
    ]


def _mixed_note(claims: Claims) -> list[str]:
    mixed = claims.cells.bearing & (claims.direction == DIRECTIONS.index("mixed"))
    return said.left_out(int(np.count_nonzero(mixed)), "claim is mixed: it counts, and is neither for nor against",
                         "claims are mixed: they count, and are neither for nor against")  # fmt: skip


def _lost_claims_note(claims: Claims) -> list[str]:
    """A claim needs a row to come from and a column to lead to; which of the two is missing is said code by code."""
    cells, tree = claims.cells, claims.cells.corpus.tree
    sources, targets = unshown(tree)
    row, column = cells.row[claims.lost], cells.column[claims.lost]
    ends = {"row": row[sources[row]], "column": column[targets[column]]}
    why = "; ".join(f"not shown as a {end}: {_named(tree, codes)}" for end, codes in ends.items() if codes.size)
    number = int(np.count_nonzero(claims.lost))
    return said.left_out(number, f"claim stands in no cell ({why})", f"claims stand in no cell ({why})")


def _named(tree: CodeTree, codes: Integers) -> str:
    return ", ".join(tree.branches[code].code.short for code in once(codes).tolist())


def _lost_passages(cells: Cells | Mentions) -> tuple[int, Integers]:
    """How many segments of the layer stand in no row and no column since codes were retired, and those codes."""
    corpus, tree = cells.corpus, cells.corpus.tree
    gone = np.logical_or(*lost(tree, cells.rows, cells.columns)) & ~tree.marked((*cells.rows, *cells.columns))
    if not gone.any():
        return 0, np.empty(0, dtype=np.int64)
    segments = corpus.in_layer(corpus.columns.segments)
    segments = segments.where(gone[tree.numbers(segments.code)])
    code, (document, start, end) = tree.numbers(segments.code), corpus.axis(segments)
    counted = corpus.passages(document, start, end, corpus.turns(start, end), (code,)).counted
    return int(np.count_nonzero(counted)), code[counted]


def _lost_passages_note(tree: CodeTree, number: int, codes: Integers) -> list[str]:
    why = f"of retired codes not shown: {_named(tree, codes)}"
    return said.left_out(number, f"passage stands in no row or column ({why})",
                         f"passages stand in no row or column ({why})")  # fmt: skip


def _common_notes(cells: Cells | Mentions, thing: str) -> tuple[str, ...]:
    return (
        *said.unborne_note(cells.unborne, thing, cells.unit),
        *said.left_out(cells.beyond, f"{thing} does not count: a code in it applies to none of its speakers",
                       f"{thing}s do not count: a code in them applies to none of their speakers"),
        *said.unknown_notes(cells.corpus, cells.corpus.tree.marked((*cells.rows, *cells.columns))),
    )  # fmt: skip


def _last_notes(corpus: Corpus) -> tuple[str, ...]:
    return (
        "A code counts what stands under it and under the codes below it, each once.",
        "The numbers show the spread of accounts, not how common or how strong a change is.",
        *said.standing_notes(corpus),
    )
