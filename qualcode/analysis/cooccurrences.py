"""Which codes stand together, as a matrix of counts or a list of pairs with the c-coefficient.

c = n12 / (n1 + n2 - n12): of the units in which either of two codes stands, the share in which both do. Where one code
is far more frequent than the other, c is small whatever they have in common, so that such pairs are flagged. Standing
together is not leading to: arrows of a change model come from claims.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.meetings import Meetings, Within, meetings
from qualcode.errors import must_be_one_of
from qualcode.model import Quotation
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Mark, Table

Form = Literal["matrix", "pairs"]

UNEQUAL = 5
"""Pairs of which one code is more than so many times as frequent as the other are flagged."""

_TITLES: dict[Within, str] = {
    "answer": "answers in which both stand",
    "document": "documents in which both stand",
    "overlap": "passages over which both stand",
}


def c_coefficient(one: int, other: int, both: int) -> float:
    """n12 / (n1 + n2 - n12); 0 where neither code stands anywhere."""
    either = one + other - both
    return both / either if either else 0.0


def is_unequal(one: int, other: int) -> bool:
    """Whether n1/n2 is above 5 or below 1/5."""
    return max(one, other) > UNEQUAL * min(one, other)


def co_occurrence(
    project: Project,
    *,
    within: Within = "answer",
    form: Form = "matrix",
    scope: Scope | None = None,
) -> Table:
    """How often codes stand together in an answer, a document, or over the same words.

    A code counts what stands under it and under the codes below it; so it is not paired with these. Interviewers' words
    belong to no answer. Codes that stand nowhere are left out, and told.

    Args:
        project: the study.
        within: "answer", "document", or "overlap": passages that share words of the same speaker.
        form: "matrix" of counts, or "pairs": one row for each two codes that meet, the highest c first.
        scope: which part of the study, and whose coding; its codes restrict the codes shown.

    Raises:
        NotFoundError: the scope names something that is not there.
        RefusedError: there is no such `within` or `form`.
    """
    must_be_one_of("within", within, get_args(Within))
    must_be_one_of("form", form, get_args(Form))
    corpus = Corpus(project, scope)
    offered = corpus.shown(branch for branch in corpus.tree.branches if branch.code.status == "live")
    shown = _Shown(corpus, offered, meetings(corpus, offered, within), within)
    return _matrix(shown) if form == "matrix" else _pairs(shown)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The codes offered, and what was found of them."""

    corpus: Corpus
    codes: tuple[Branch, ...]
    found: Meetings
    within: Within

    @property
    def used(self) -> list[int]:
        """Places of the codes that stand somewhere."""
        return np.flatnonzero(self.found.alone).tolist()

    def text(self, place: int) -> str:
        """A code as printed."""
        return f"{self.codes[place].code.short} {self.codes[place].code.name}"

    def is_nested(self, one: int, other: int) -> bool:
        """Whether two codes are one, or one stands above the other."""
        first, second = self.codes[one], self.codes[other]
        return first.first <= second.first < first.last or second.first <= first.first < second.last

    def evidence(self, one: int, other: int, count: int | None) -> Evidence:
        """The segments behind a count."""
        return Evidence("segment", self.found.opens(one, other)) if count else NOTHING

    def reads(self, evidence: Evidence) -> tuple[Quotation, ...]:
        """The words of segments."""
        project = self.corpus.project
        return project.quotations(project.segments.by_ids(evidence.ids))


# -- the two forms ---------------------------------------------------------------------------------------------------


def _matrix(shown: _Shown) -> Table:
    """Symmetrical; the first column is how often a code stands anywhere."""
    found, used, of = shown.found, shown.used, _eligible(shown)
    places = {shown.codes[each].code.short: each for each in used}
    total = "n of the code" if "n" in {short.casefold() for short in places} else "n"
    rows = tuple(_row_head(shown, each, of) for each in used)
    heads = [Heading(short, shown.text(place), found.unit, of) for short, place in places.items()]
    columns = (Heading(total, "n", found.unit, of), *heads)
    counts = {(short, total): int(found.alone[place]) for short, place in places.items()}
    blank: dict[tuple[str, str], tuple[Mark, ...]] = {}
    for row, one in places.items():
        for column, other in places.items():
            if shown.is_nested(one, other):
                blank[row, column] = ("itself" if one == other else "nested",)
            else:
                counts[row, column] = int(found.both[one, other])

    def opens(row: str, column: str) -> Evidence:
        return shown.evidence(places[row], places.get(column, places[row]), counts.get((row, column)))

    values = [[counts.get((row, column.key)) for column in columns] for row in places]
    notes = _notes(shown, [])
    title = f"Co-occurrence of codes: {_TITLES[shown.within]}"
    return Table("co-occurrence", title, "and", rows, columns, values, notes, blank, opens, shown.reads)


def _pairs(shown: _Shown) -> Table:
    """A row for each two codes that meet."""
    found, of = shown.found, _eligible(shown)
    lines = []
    for one, other in np.argwhere(np.triu(found.both, 1)).tolist():
        if not shown.is_nested(one, other):
            both, n1, n2 = int(found.both[one, other]), int(found.alone[one]), int(found.alone[other])
            lines.append(_Pair(one, other, both, n1, n2, c_coefficient(n1, n2, both)))
    lines.sort(key=lambda pair: (-pair.c, -pair.both, pair.one, pair.other))
    shorts = [branch.code.short for branch in shown.codes]
    pairs = {f"{shorts[pair.one]},{shorts[pair.other]}": pair for pair in lines}  # short names have no commas
    rows = tuple(Heading(key, shown.text(pair.one)) for key, pair in pairs.items())
    columns = (
        Heading("with", "and"),
        Heading("n12", "n12 both", found.unit, of),
        Heading("n1", "n1 first", found.unit, of),
        Heading("n2", "n2 second", found.unit, of),
        Heading("c", "c", decimals=4),
        Heading("flag", "Flag"),
    )

    def opens(row: str, column: str) -> Evidence:
        pair = pairs[row]
        return shown.evidence(pair.one, pair.other, pair.both if column == "n12" else None)

    values = [[shown.text(pair.other), pair.both, pair.n1, pair.n2, pair.c, pair.flag] for pair in lines]
    flags = {pair.flag for pair in lines}
    notes = _notes(
        shown,
        [
            "c = n12 / (n1 + n2 - n12). Pairs that never meet are left out; no code is paired with one above or below.",
            "n12 opens here; n1 and n2 open in the matrix, where each stands once.",
            *(meaning for flag, meaning in _FLAGS.items() if any(flag in each for each in flags)),
        ],
    )
    title = f"Co-occurrence of two codes: {_TITLES[shown.within]}"
    return Table("co-occurrence", title, "Code", rows, columns, values, notes, {}, opens, shown.reads)


_FLAGS = {
    "unequal": f"unequal: one code is more than {UNEQUAL} times as frequent as the other, so that c says little.",
    "above 1": "above 1: a passage meets several of the other code, so that c is no share.",
}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two codes (places) that meet."""

    one: int
    other: int
    both: int
    n1: int
    n2: int
    c: float

    @property
    def flag(self) -> str:
        """What to beware of."""
        unequal = ["unequal"] if is_unequal(self.n1, self.n2) else []
        return ", ".join([*unequal, *(["above 1"] if self.c > 1 else [])])


# -- heads and notes -------------------------------------------------------------------------------------------------


def _eligible(shown: _Shown) -> int | None:
    """In how many units any of the codes could stand."""
    return shown.found.eligible(shown.corpus.tree.marked(shown.codes))


def _row_head(shown: _Shown, place: int, everything: int | None) -> Heading:
    branch = shown.codes[place]
    of = shown.found.eligible(shown.corpus.tree.marked([branch]))
    depth = sum(above.status == "live" for above in shown.corpus.tree.above(branch.code))
    return Heading(branch.code.short, shown.text(place), of=None if of == everything else of, depth=depth)


def _notes(shown: _Shown, more: Sequence[str]) -> tuple[str, ...]:
    corpus, found = shown.corpus, shown.found
    unused = len(shown.codes) - len(shown.used)
    return (
        *said.layer_notes(corpus, corpus.columns.segments, "coded"),
        said.filter_note(corpus),
        *more,
        *said.left_out(found.outside, "segment stands in no answer (an interviewer's words, or a text without turns)",
                       "segments stand in no answer (an interviewer's words, or a text without turns)"),
        *said.left_out(found.without, "document has no turns and so no answers",
                       "documents have no turns and so no answers"),
        *said.left_out(unused, f"code stands in none of the {found.unit} and is left out",
                       f"codes stand in none of the {found.unit} and are left out"),
        *said.unknown_notes(corpus, corpus.tree.marked(shown.codes)),
        "A code counts what stands under it and under the codes below it, each once.",
        "Standing together is not leading to: nobody says here that one thing brings about another.",
        *said.standing_notes(corpus),
    )  # fmt: skip
