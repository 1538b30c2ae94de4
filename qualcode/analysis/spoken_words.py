"""Every word that known participants say, over arrays: which word, whose, and where it stands."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

import numpy as np

from qualcode.analysis.counting import Corpus
from qualcode.folding import word_key
from qualcode.language.lemma_index import LemmaIndex
from qualcode.project import Project
from qualcode.sentences import bare_words
from qualcode.sweep import Integers
from qualcode.work.base_forms import BaseForms

_START = 32
"""A place is a document's id times 2 ** 32 and where the word begins in its text: one number to know it by."""


@dataclass(frozen=True)
class SpokenWords:
    """Words by their place in the study; a word that two people say together stands there once for each.

    Attributes:
        vocabulary: the different words, by number from 0.
        word: number in the vocabulary.
        document, person: their ids.
        place: document and start in one number, see `hit`.
        end: half-open, in the document's text.
    """

    vocabulary: tuple[str, ...]
    word: Integers
    document: Integers
    person: Integers
    place: Integers
    end: Integers

    def within(self, corpus: Corpus) -> "SpokenWords":
        """Those that people say where they are within a corpus's scope."""
        visits = corpus.visits
        met = corpus.document_ids[visits.document] << _START | corpus.person_ids[visits.person]
        kept = np.isin(self.document << _START | self.person, met)
        parts = (self.word, self.document, self.person, self.place, self.end)
        return SpokenWords(self.vocabulary, *(each[kept] for each in parts))

    @cached_property
    def _is_first(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        return np.concatenate(([True], self.place[1:] != self.place[:-1]))[: len(self.place)]

    @cached_property
    def counts(self) -> Integers:
        """By word: how often it is said; what two say together is said once."""
        return np.bincount(self.word[self._is_first], minlength=len(self.vocabulary)).astype(np.int64)

    @cached_property
    def _in_order(self) -> tuple[Integers, Integers]:
        order = np.argsort(self.word, kind="stable")
        first = np.searchsorted(self.word[order], np.arange(len(self.vocabulary) + 1))
        return order.astype(np.int64), first.astype(np.int64)

    def _rows(self, word: int) -> Integers:
        order, first = self._in_order
        return order[first[word] : first[word + 1]]

    def places(self, word: int) -> tuple[int, ...]:
        """Where a word is said: sorted places."""
        rows = self._rows(word)
        return tuple(self.place[rows[self._is_first[rows]]].tolist())

    def people(self, word: int) -> tuple[int, ...]:
        """Sorted ids of the people who say a word."""
        return tuple(sorted(set(self.person[self._rows(word)].tolist())))

    @cached_property
    def _everybody(self) -> tuple[Integers, Integers]:
        """Ids of all who say anything, and of how many words."""
        people, count = np.unique(self.person, return_counts=True)
        return people.astype(np.int64), count.astype(np.int64)

    def by_person(self, word: int) -> tuple[Integers, Integers]:
        """For each person who says anything: how often this word, and how many words in all."""
        people, everything = self._everybody
        said = np.searchsorted(people, self.person[self._rows(word)])
        return np.bincount(said, minlength=len(people)).astype(np.int64), everything

    def hit(self, place: int) -> tuple[int, int, int]:
        """Document's id, start and end of a place."""
        end = int(self.end[np.searchsorted(self.place, place)])
        return place >> _START, place & ((1 << _START) - 1), end


def spoken_words(project: Project, corpus: Corpus, forms: BaseForms | None) -> SpokenWords:
    """All words that known participants say, whatever the scope.

    Args:
        project: open.
        corpus: of it.
        forms: count each word under its first base form; None = as it is said, whatever its case and accents.
    """
    voices = corpus.columns.voices
    rows = zip(
        voices.document.tolist(), voices.start.tolist(), voices.end.tolist(), voices.person.tolist(), strict=True
    )
    numbers: dict[str, int] = {}
    columns: tuple[list[int], ...] = ([], [], [], [], [])
    for document, stretches in groupby(rows, key=itemgetter(0)):
        read = _of_index(forms.indexes[document]) if forms else _of_text(_body(project, document))
        for said in _said(document, list(stretches), *read, numbers):
            for column, value in zip(columns, said, strict=True):
                column.extend(value)
    word, of, person, place, end = (np.array(each, dtype=np.int64) for each in columns)
    order = np.lexsort((person, place))
    return SpokenWords(tuple(numbers), word[order], of[order], person[order], place[order], end[order])


def _body(project: Project, document: int) -> str:
    return project.documents.body(project.documents.get(document))


def _said(
    document: int,
    stretches: Sequence[tuple[int, int, int, int]],
    labels: Sequence[str],
    starts: Sequence[int],
    ends: Sequence[int],
    numbers: dict[str, int],
) -> Iterator[tuple[Sequence[int], ...]]:
    """For each stretch of somebody's speech the columns of the words in it."""
    for _, start, end, person in stretches:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        words = [numbers.setdefault(label, len(numbers)) for label in labels[first:last]]
        places = [document << _START | each for each in starts[first:last]]
        yield words, [document] * len(words), [person] * len(words), places, ends[first:last]


Read = tuple[list[str], list[int], list[int]]
"""The words of a text as they are counted, with their starts and ends."""


def _of_text(body: str) -> Read:
    keys: dict[str, str] = {}
    labels, starts, ends = [], [], []
    for start, end in bare_words(body):
        word = body[start:end]
        if word not in keys:
            keys[word] = word_key(word)
        labels.append(keys[word])
        starts.append(start)
        ends.append(end)
    return labels, starts, ends


def _of_index(index: LemmaIndex) -> Read:
    labels = [""] * len(index)
    for _, lemmas, words in index.counts():
        for word in words:
            labels[word] = lemmas[0]
    spans = [index.span(word) for word in range(len(index))]
    return labels, [start for start, _ in spans], [end for _, end in spans]
