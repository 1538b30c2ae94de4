"""Every word that known participants say, over arrays: which word, whose, and where it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

import numpy as np

from qualcode.analysis.counting import Corpus
from qualcode.folding import word_key
from qualcode.language.lemma_index import LemmaIndex
from qualcode.project import Project
from qualcode.sentences import around_bare_words
from qualcode.sweep import Integers
from qualcode.work.base_forms import BaseForms

_START = 32
"""A place is a document's id times 2 ** 32 and where the word begins in its text: one number to know it by."""


@dataclass(frozen=True)
class SpokenWords:
    """Words by their place in the study; a word that two people say together stands there once for each.

    Attributes:
        vocabulary: the different words of all texts, by number from 0; also those that only interviewers say.
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
    texts = {each.id: each for each in project.documents.all()}
    numbers = _Numbers(str if forms else word_key)
    found = [np.empty((5, 0), dtype=np.int64)]
    for document, stretches in groupby(rows, key=itemgetter(0)):
        if forms:
            words, spans = _of_index(forms.indexes[document])
        else:
            words, spans = _of_text(project.documents.body(texts[document]))
        word = np.fromiter(map(numbers.__getitem__, words), np.int64, len(words))
        found.append(_said(document, list(stretches), word, spans))
    word, of, person, place, end = np.concatenate(found, axis=1)
    order = np.lexsort((person, place))
    return SpokenWords(tuple(numbers.by_key), word[order], of[order], person[order], place[order], end[order])


class _Numbers(dict[str, int]):
    """The number of each word met, the same for words of one key.

    Args:
        key: of a word.
    """

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key
        self.by_key: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        self[word] = number = self.by_key.setdefault(self._key(word), len(self.by_key))
        return number


def _said(document: int, stretches: Sequence[tuple[int, int, int, int]], word: Integers, spans: Integers) -> Integers:
    """The columns of the words in each stretch of somebody's speech: word, document, person, place and end."""
    _, starts, ends, people = np.array(stretches, dtype=np.int64).T
    first, last = (np.searchsorted(spans[:, 0], each) for each in (starts, ends))
    number = last - first
    rows = np.arange(number.sum()) + np.repeat(first - np.cumsum(number) + number, number)
    start, end = spans[rows].T
    return np.stack(
        (word[rows], np.full(len(rows), document), np.repeat(people, number), document << _START | start, end)
    )


Read = tuple[Sequence[str], Integers]
"""The words of a text as they are counted; a row for each, its start and end."""


def _of_text(body: str) -> Read:
    pieces = around_bare_words(body)
    places = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    return pieces[1::2], places[:-1].reshape(-1, 2)


def _of_index(index: LemmaIndex) -> Read:
    labels = [""] * len(index)
    for _, lemmas, words in index.counts():
        for word in words:
            labels[word] = lemmas[0]
    spans = [index.span(word) for word in range(len(index))]
    return labels, np.array(spans, dtype=np.int64).reshape(-1, 2)
