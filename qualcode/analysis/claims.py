"""The claims that a change model counts, with their standing and what contradicts them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from qualcode.analysis.cells import Cells
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Unit
from qualcode.analysis.speech import Mask
from qualcode.errors import RefusedError, must_be_one_of
from qualcode.model import Direction, Standing
from qualcode.project.columns import DIRECTIONS, STANCES, STANDINGS, TENSES, Array
from qualcode.sweep import Integers

Told = Literal["happened", "hoped for", "any"]

_UNKNOWN = len(STANDINGS)


@dataclass(frozen=True, slots=True)
class Telling:
    """Which claims are counted, by how they are told: the choices of every analysis of claims, beside its `Scope`.

    Attributes:
        directions: any of these; () = all. None = as the analysis has it when nothing is asked: nearly always all.
        standings: any of these; as the coder says, else by the speaker's role. () = all.
        tense: of change that happened, that is hoped for, or of any. None = as the analysis has it: nearly always what
            happened.

    Raises:
        RefusedError: there is no such direction, standing or tense.
    """

    directions: tuple[Direction, ...] | None = None
    standings: tuple[Standing, ...] = ()
    tense: Told | None = None

    def __post_init__(self) -> None:
        for name, given, known in (
            ("direction", self.directions or (), DIRECTIONS),
            ("standing", self.standings, STANDINGS),
            ("tense", (self.tense or "any",), (*TENSES, "any")),
        ):
            for each in given:
                must_be_one_of(name, each, known)

    def parts(self) -> list[str]:
        """What a note says of it."""
        standings = ["own experience only"] if self.standings == ("lived",) else _either("standing", self.standings)
        said: dict[Told, list[str]]
        said = {"happened": [], "hoped for": ["only what is hoped for"], "any": ["what is hoped for too"]}
        return [*_either("direction", self.directions or ()), *standings, *said[self.tense or "happened"]]

    def chosen(self, direction: Integers, standing: Integers, hoped: Mask) -> Mask:
        """Which claims it leaves in."""
        kept = {"happened": ~hoped, "hoped for": hoped, "any": hoped | ~hoped}[self.tense or "happened"]
        if self.directions:
            kept = kept & np.isin(direction, [DIRECTIONS.index(each) for each in self.directions])
        if self.standings:
            kept = kept & np.isin(standing, [STANDINGS.index(each) for each in self.standings])
        return kept


def _either(name: str, values: tuple[str, ...]) -> list[str]:
    return [f"{name} {' or '.join(values)}"] if values else []


def asked_for(
    telling: Telling | None,
    *,
    directions: tuple[Direction, ...] = (),
    tense: Told = "happened",
    own_only: bool = False,
) -> Telling:
    """The claims asked for, and where nothing was asked these directions and this tense.

    `own_only` is the standing lived by another name.

    Raises:
        RefusedError: own experience and another standing are asked.
    """
    asked = telling or Telling()
    if own_only and asked.standings not in {(), ("lived",)}:
        raise RefusedError("own experience only and another standing cannot both be asked")
    return Telling(
        directions if asked.directions is None else asked.directions,
        ("lived",) if own_only else asked.standings,
        asked.tense or tense,
    )


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims between some rows and some columns.

    Attributes:
        cells: the claims of change that happened, in their cells.
        standing: by claim: place in `STANDINGS`, or one beyond where neither the coder nor a speaker's role says.
        direction: by claim: place in `DIRECTIONS`.
        against: by claim: it says no effect or moves the outcome against its valence; a mixed one is neither for nor
            against.
        contradicted: by claim: it is against, or a passage contradicts it, whoever added that and wherever it lies.
        hoped: how many claims of hoped-for change were left out.
        merged: how many claims lead from a code to itself since codes were merged, and were left out.
        lost: by claim: whether it would count if the codes at both its ends were shown.
        telling: which claims were asked for.
    """

    cells: Cells
    standing: Integers
    direction: Integers
    against: Mask
    contradicted: Mask
    hoped: int
    merged: int
    lost: Mask
    telling: Telling


def counted_claims(
    corpus: Corpus,
    rows: tuple[Branch, ...],
    columns: tuple[Branch, ...],
    unit: Unit,
    *,
    own_only: bool = False,
    telling: Telling | None = None,
    lost: tuple[Mask, Mask] | None = None,
) -> Claims:
    """The layer's claims from the rows' codes to the columns' codes, under the corpus's scope.

    Args:
        corpus: the project under its scope.
        rows: the branches that claims lead from.
        columns: the branches that they lead to.
        unit: what is counted.
        own_only: only claims from own experience.
        telling: or, in full, which claims.
        lost: codes beside the rows' and the columns' whose claims are told apart, as `CodeTree.lost` gives them.
    """
    shown = corpus.tree.marked(rows), corpus.tree.marked(columns)
    wanted = shown if lost is None else (shown[0] | lost[0], shown[1] | lost[1])
    claims, merged = _between(corpus, *wanted)
    document, start, end = corpus.axis(claims)
    turns = corpus.turns(start, end)
    standing = _standing(corpus, claims, *corpus.speakers(document, turns))
    row, column = corpus.tree.numbers(claims.from_code), corpus.tree.numbers(claims.to_code)
    passages = corpus.passages(document, start, end, turns, (row, column))
    cells = Cells(corpus, unit, rows, columns, row, column, passages, (claims.id,))
    hoped = (claims.tense == TENSES.index("hoped for")) & passages.counted
    asked = asked_for(telling, own_only=own_only)
    kept = passages.counted & asked.chosen(claims.direction, standing, hoped)
    against = _against(corpus, claims, column)
    placed = shown[0][row] & shown[1][column]
    return Claims(
        cells.only(kept & placed),
        standing,
        claims.direction,
        against,
        against | _denied(corpus, claims),
        int(np.count_nonzero(hoped)) if asked.tense == "happened" else 0,
        merged,
        kept & ~placed,
        asked,
    )


def in_whole_layer(claims: Claims) -> Claims:
    """The layer's claims of change that happened between the same rows and columns, whatever the filter."""
    cells = claims.cells
    whole = cells.corpus.unfiltered
    if whole is cells.corpus and claims.telling == asked_for(None):
        return claims
    return counted_claims(whole, cells.rows, cells.columns, cells.unit)


def _between(corpus: Corpus, sources: Mask, targets: Mask) -> tuple[Array, int]:
    """The layer's claims from some codes to others, and how many fell together by merging codes."""
    claims = corpus.in_layer(corpus.columns.claims)
    row, column = corpus.tree.numbers(claims.from_code), corpus.tree.numbers(claims.to_code)
    shown = sources[row] & targets[column]
    return claims.where(shown & (row != column)), int(np.count_nonzero(shown & (row == column)))


def _standing(corpus: Corpus, claims: Array, spoken: Integers, speaker: Integers) -> Integers:
    """As the coder says, else by the speaker's role; of several speakers the strongest: lived, witnessed, hearsay."""
    usual = [STANDINGS.index(role.standing) for role in corpus.project.roles.all()]
    by_role = np.array([*usual, _UNKNOWN], dtype=np.int64)
    document = corpus.whose(claims)[0]
    strongest = np.full(len(claims), _UNKNOWN, dtype=np.int64)
    np.minimum.at(strongest, spoken, by_role[corpus.role(document[spoken], speaker)])
    return np.where(claims.standing >= 0, claims.standing, strongest)


def _against(corpus: Corpus, claims: Array, column: Integers) -> Mask:
    valence = [branch.code.valence for branch in corpus.tree.branches]
    good = np.array([each == "good" for each in valence], dtype=np.bool_)[column]
    bad = np.array([each in {"bad", "less is better"} for each in valence], dtype=np.bool_)[column]
    raises, lowers, none = (claims.direction == DIRECTIONS.index(word) for word in ("raises", "lowers", "no effect"))
    return np.asarray(none | (good & lowers) | (bad & raises), dtype=np.bool_)


def _denied(corpus: Corpus, claims: Array) -> Mask:
    passages = corpus.columns.evidence  # follows its claim: no layer of its own, whoever added it and wherever it lies
    contradicting = passages.claim[passages.stance == STANCES.index("contradicts")]
    return np.asarray(np.isin(claims.id, contradicting), dtype=np.bool_)
