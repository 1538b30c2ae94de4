"""Both mentioned: codes that stand in the same answer, document, person's words or case, wherever in it.

Nobody says that one leads to the other, and often nothing but length brings them together: the more somebody says, the
more codes they mention. So the number expected by chance stands beside each count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qualcode import sweep
from qualcode.analysis.answers import answer_spans
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Unit
from qualcode.analysis.speech import Mask, Passages
from qualcode.project.columns import Array
from qualcode.sweep import Integers

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mentions:
    """Codes that stand in the same pieces of the study, counted in one unit.

    A cell holds the pieces in which one code of its row's branch and another of its column's branch stand. The items
    are the layer's segments in the pieces that they stand in; an item is known by its place in `code`.

    Attributes:
        corpus: where they come from.
        unit: what is counted.
        rows, columns: the branches shown.
        code, segment, piece: by item: number of its code, id of its segment, number of its piece from 0.
        pieces: how many pieces there are.
        of, bearer: pairs of a piece and somebody or something that is counted for it.
        beyond: how many segments are left out since their code does not apply to any of their speakers.
        is_by_unit: whether the pieces are what is counted; then chance can be told.
        unanswered: how many segments stand in no piece, as on a cover page.
    """

    corpus: Corpus
    unit: Unit
    rows: tuple[Branch, ...]
    columns: tuple[Branch, ...]
    code: Integers
    segment: Integers
    piece: Integers
    pieces: int
    of: Integers
    bearer: Integers
    beyond: int
    is_by_unit: bool
    unanswered: int = 0

    @cached_property
    def _seen(self) -> Mask:
        """By piece and code: whether it stands there; only in pieces that count for somebody."""
        seen = np.zeros((self.pieces, len(self.corpus.tree)), dtype=np.bool_)
        seen[self.piece, self.code] = True
        borne = np.zeros(self.pieces, dtype=np.bool_)
        borne[self.of] = True
        return seen & borne[:, np.newaxis]

    @property
    def unborne(self) -> int:
        """How many segments stand in pieces that count for nobody and nothing."""
        borne = np.zeros(self.pieces, dtype=np.bool_)
        borne[self.of] = True
        within = sweep.once(self.segment[borne[self.piece]])
        return len(sweep.once(self.segment)) - len(within)

    def counts(self) -> Integers:
        """A row for each of `rows`; a column for each of `columns`, and a last one for all of them together."""
        return self._counts

    @cached_property
    def _counts(self) -> Integers:
        found = np.zeros((len(self.rows), len(self._opened)), dtype=np.int64)
        for place, row in enumerate(self.rows):
            found[place] = self._of_row(row)
            for column in np.flatnonzero(self._shared(row)).tolist():
                found[place, column] = self._counted(self._both(row, self._opened[column]))
        return found

    def chance(self) -> Floats | None:
        """In the shape of `counts`: n1 x n2 / N, or NaN where row and column have a code in common or N is 0.

        N are those to whom both codes apply, among those that the layer has coded: where nobody has looked, nothing
        could be found. n1 and n2 are how many of them mention the one, and the other.
        """
        if not self.is_by_unit:
            return None
        found = np.full((len(self.rows), len(self._opened)), np.nan)
        for place, row in enumerate(self.rows):
            for eligible, columns in self._eligible(row):
                n = np.count_nonzero(eligible)
                if n:
                    one = np.count_nonzero(self._mention((row,)) & eligible)
                    other = np.count_nonzero(self._in_columns[eligible], axis=0)
                    found[place, columns] = (one * other / n)[columns]
            found[place, self._shared(row)] = np.nan
        return found

    def denominator(self, *branches: tuple[Branch, ...]) -> int | None:
        """N: of how many; branches as the ends of a cell."""
        masks = [self.corpus.tree.marked(some) for some in branches]
        if self.is_by_unit:
            return len(self.corpus.who(self.unit, self.corpus.coded, *masks))
        return self.corpus.denominator(self.unit, *masks)

    def opened(self, row: Branch, columns: tuple[Branch, ...]) -> tuple[int, ...]:
        """Sorted ids of the segments that a cell rests on."""
        marked = self.corpus.tree.marked((row, *columns))
        here = self._both(row, columns)[self.piece] & marked[self.code]
        return tuple(sweep.once(self.segment[here]).tolist())

    # -- cells -------------------------------------------------------------------------------------------------------

    @cached_property
    def _opened(self) -> tuple[tuple[Branch, ...], ...]:
        """What each column holds, the last one of all of them together."""
        return (*((branch,) for branch in self.columns), self.columns)

    @cached_property
    def _in_columns(self) -> Mask:
        """By piece and column: whether a code of the column stands there."""
        return np.column_stack([self._mention(some) for some in self._opened])

    def _of_row(self, row: Branch) -> Integers:
        """By column: how many are counted for pieces in which a code of the row and one of the column stand.

        Where row and column have a code in common, that code alone is not two: those cells are counted by themselves.
        """
        of, bearer = self._by_bearer
        here = self._mention((row,))[of]
        of, bearer = of[here], bearer[here]
        found = np.zeros(len(self._opened), dtype=np.int64)
        if not len(of):
            return found
        begins = np.flatnonzero(np.concatenate(([True], bearer[1:] != bearer[:-1])))
        for eligible, columns in self._eligible(row):
            both = self._in_columns[of] & eligible[of][:, np.newaxis]
            found[columns] = np.count_nonzero(np.logical_or.reduceat(both, begins, axis=0), axis=0)[columns]
        return found

    @cached_property
    def _by_bearer(self) -> tuple[Integers, Integers]:
        """The pairs of a piece and somebody counted for it, those of one bearer together."""
        order = np.argsort(self.bearer, kind="stable")
        return self.of[order], self.bearer[order]

    def _both(self, row: Branch, columns: tuple[Branch, ...]) -> Mask:
        """The pieces in which a code of the row and another of the columns stand."""
        both = self._mention((row,)) & self._mention(columns)
        in_row, in_columns = self.corpus.tree.marked((row,)), self.corpus.tree.marked(columns)
        if (in_row & in_columns).any():
            number = self._in_any_column if columns == self.columns else self._number(in_columns)
            both &= number + self._number(in_row & ~in_columns) > 1
        return both & self._among(self.corpus.to_some(in_row, in_columns))

    def _number(self, marked: Mask) -> Integers:
        """By piece: how many of the marked codes stand there."""
        return np.asarray(np.count_nonzero(self._seen[:, marked], axis=1), dtype=np.int64)

    @cached_property
    def _in_any_column(self) -> Integers:
        return self._number(self.corpus.tree.marked(self.columns))

    @cached_property
    def _known(self) -> dict[bytes, Mask]:
        return {}

    def _mention(self, branches: tuple[Branch, ...]) -> Mask:
        """The pieces in which a code of some branches stands; each row and column is asked for many times."""
        marked = self.corpus.tree.marked(branches)
        if marked.tobytes() not in self._known:
            self._known[marked.tobytes()] = np.asarray(self._seen[:, marked].any(axis=1), dtype=np.bool_)
        return self._known[marked.tobytes()]

    def _shared(self, row: Branch) -> Mask:
        """By column: whether it has a code in common with a row."""
        first, last = self._runs
        shared = (row.first < last) & (first < row.last)
        return np.append(shared, shared.any())

    @cached_property
    def _runs(self) -> Integers:
        """Where the columns' codes begin and end."""
        return np.array([(column.first, column.last) for column in self.columns], dtype=np.int64).reshape(-1, 2).T

    def _eligible(self, row: Branch) -> Iterator[tuple[Mask, Mask]]:
        """The pieces that may count in a row's cells, and in which columns: few kinds of column, however many codes."""
        to_row = self.corpus.to_some(self.corpus.tree.marked((row,)))
        for to_column, columns in self._kinds_of_column:
            yield self._among(to_row & to_column), columns

    @cached_property
    def _kinds_of_column(self) -> list[tuple[Mask, Mask]]:
        """The roles and waves to whom some of the columns apply, and which columns those are."""
        to_some = np.array([self.corpus.to_some(self.corpus.tree.marked(some)) for some in self._opened])
        kinds, kind = np.unique(to_some, axis=0, return_inverse=True)
        return [(to_column, kind.reshape(-1) == number) for number, to_column in enumerate(kinds)]

    def _among(self, to_some: Mask) -> Mask:
        """The pieces that may count where codes apply to these roles and waves."""
        if not self.is_by_unit:
            return np.ones(self.pieces, dtype=np.bool_)
        if to_some.tobytes() not in self._interviewed:
            mark = np.zeros(self.pieces, dtype=np.bool_)
            mark[self.corpus.who_are(self.unit, self.corpus.coded, to_some)] = True
            self._interviewed[to_some.tobytes()] = mark
        return self._interviewed[to_some.tobytes()]

    @cached_property
    def _interviewed(self) -> dict[bytes, Mask]:
        return {}

    def _counted(self, chosen: Mask) -> int:
        return len(sweep.once(self.bearer[chosen[self.of]]))


def mentioned(
    corpus: Corpus,
    rows: tuple[Branch, ...],
    columns: tuple[Branch, ...],
    unit: Literal["people", "sources", "cases"],
) -> Mentions:
    """Codes that the same person mentions, or that are mentioned in the same document or case."""
    segments, code = _segments(corpus, rows, columns)
    document, start, end = corpus.axis(segments)
    passages = corpus.passages(document, start, end, corpus.turns(start, end), (code,))
    of, bearer = corpus.bearers(passages, unit)
    each = np.arange(corpus.units(unit))
    return Mentions(corpus, unit, rows, columns, code[of], segments.id[of], bearer, len(each), each, each,
                    passages.beyond, is_by_unit=True)  # fmt: skip


def in_same_answer(corpus: Corpus, rows: tuple[Branch, ...], columns: tuple[Branch, ...], unit: Unit) -> Mentions:
    """Codes that stand in one answer of the same speaker; references are answers."""
    segments, code = _segments(corpus, rows, columns)
    parts = speeches(corpus, segments, code)
    answer, people = parts.answer, corpus.units("people")
    keys = sweep.once(answer * (people + 1) + parts.person)
    piece = np.searchsorted(keys, answer * (people + 1) + parts.person).astype(np.int64)
    answer_of, person_of = np.divmod(keys, people + 1)
    each, known = np.arange(len(keys)), person_of < people
    document = np.zeros(len(keys), dtype=np.int64)
    document[piece] = parts.document
    everyone = np.ones(len(keys), dtype=np.bool_)
    whole = Passages(document, each, each + 1, each[known], person_of[known], everyone, 0)
    of, bearer = corpus.bearers(whole, unit)
    bearer = answer_of if unit == "references" else bearer
    return Mentions(corpus, unit, rows, columns, code[parts.coded], segments.id[parts.coded], piece, len(keys), of,
                    bearer, parts.beyond, is_by_unit=False, unanswered=parts.unanswered)  # fmt: skip


def _segments(corpus: Corpus, rows: tuple[Branch, ...], columns: tuple[Branch, ...]) -> tuple[Array, Integers]:
    """The layer's segments of the codes shown, and the numbers of their codes."""
    segments = corpus.in_layer(corpus.columns.segments)
    code = corpus.tree.numbers(segments.code)
    used = corpus.tree.marked((*rows, *columns))[code]
    return segments.where(used), code[used]


# -- answers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Speeches:
    """What coded passages have of each answer and each speaker in it.

    Attributes:
        coded: index of the passage.
        answer: where the answer begins on the axis.
        person: number of the person who speaks; one beyond the last where nobody known does.
        document: number of the document.
        beyond: how many parts are left out since a code does not apply to any of their speakers.
        unanswered: how many passages of the scope stand in no answer.
    """

    coded: Integers
    answer: Integers
    person: Integers
    document: Integers
    beyond: int
    unanswered: int


def speeches(corpus: Corpus, coded: Array, *codes: Integers) -> Speeches:
    """Which answers passages of the layer stand in, and whose words they have there, under the corpus's scope.

    Args:
        corpus: the project under its scope.
        coded: rows with document, start and end.
        codes: numbers of the codes they stand under, as `Corpus.passages` takes them.
    """
    document, start, end = corpus.axis(coded)
    counted = corpus.passages(document, start, end, corpus.turns(start, end), codes).counted
    answer_start, answer_end = answer_spans(corpus, sweep.once(document))
    passage, answer = sweep.pieces_under(start, end, answer_start, answer_end)
    counted[passage] = False
    start, end = np.maximum(start[passage], answer_start[answer]), np.minimum(end[passage], answer_end[answer])
    there = tuple(code[passage] for code in codes)
    parts = corpus.passages(document[passage], start, end, corpus.turns(start, end), there)
    heard = np.zeros(len(passage), dtype=np.bool_)
    heard[parts.spoken] = True
    silent = np.flatnonzero(parts.counted & ~heard)
    part = np.concatenate((parts.spoken, silent))
    nobody = np.full(len(silent), corpus.units("people"), dtype=np.int64)
    person, unanswered = np.concatenate((parts.speaker, nobody)), int(np.count_nonzero(counted))
    document, answer = document[passage[part]], answer_start[answer[part]]
    return Speeches(passage[part], answer, person, document, parts.beyond, unanswered)
