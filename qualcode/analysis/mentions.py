"""Both mentioned: codes that stand in the same answer, document, person's words or case, wherever in it.

Nobody says that one leads to the other, and often nothing but length brings them together: the more somebody says, the
more codes they mention. So the number expected by chance stands beside each count.
"""

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
        opened = [*((branch,) for branch in self.columns), self.columns]
        found = [[self._counted(self._both(row, some)) for some in opened] for row in self.rows]
        return np.array(found, dtype=np.int64).reshape(len(self.rows), len(opened))

    def chance(self) -> Floats | None:
        """In the shape of `counts`: n1 x n2 / N, or NaN where row and column have a code in common or N is 0.

        N are those to whom both codes apply, among those that the layer has coded: where nobody has looked, nothing
        could be found. n1 and n2 are how many of them mention the one, and the other.
        """
        if not self.is_by_unit:
            return None
        opened = [*((branch,) for branch in self.columns), self.columns]
        found = [[self._expected(row, some) for some in opened] for row in self.rows]
        return np.array(found, dtype=np.float64).reshape(len(self.rows), len(opened))

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

    def _both(self, row: Branch, columns: tuple[Branch, ...]) -> Mask:
        """The pieces in which a code of the row and another of the columns stand."""
        both = self._mention((row,)) & self._mention(columns)
        if self._share(row, columns):
            marked = self.corpus.tree.marked((row, *columns))
            both &= np.count_nonzero(self._seen[:, marked], axis=1) > 1
        return np.asarray(both & self._eligible(row, columns), dtype=np.bool_)

    @cached_property
    def _known(self) -> dict[bytes, Mask]:
        return {}

    def _mention(self, branches: tuple[Branch, ...]) -> Mask:
        """The pieces in which a code of some branches stands; each row and column is asked for many times."""
        marked = self.corpus.tree.marked(branches)
        if marked.tobytes() not in self._known:
            self._known[marked.tobytes()] = np.asarray(self._seen[:, marked].any(axis=1), dtype=np.bool_)
        return self._known[marked.tobytes()]

    def _share(self, row: Branch, columns: tuple[Branch, ...]) -> bool:
        return any(row.first < other.last and other.first < row.last for other in columns)

    def _eligible(self, row: Branch, columns: tuple[Branch, ...]) -> Mask:
        mark = np.ones(self.pieces, dtype=np.bool_)
        if self.is_by_unit:
            masks = [self.corpus.tree.marked(some) for some in ((row,), columns)]
            mark[:] = False
            mark[self.corpus.who(self.unit, self.corpus.coded, *masks)] = True
        return mark

    def _counted(self, chosen: Mask) -> int:
        return len(sweep.once(self.bearer[chosen[self.of]]))

    def _expected(self, row: Branch, columns: tuple[Branch, ...]) -> float:
        eligible = self._eligible(row, columns)
        n = int(np.count_nonzero(eligible))
        if not n or self._share(row, columns):
            return float("nan")
        one, other = (int(np.count_nonzero(self._mention(some) & eligible)) for some in ((row,), columns))
        return one * other / n


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
