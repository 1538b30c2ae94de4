"""Who speaks in passages, over arrays: `project/voices.py` says by which rule."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qualcode import sweep
from qualcode.sweep import Integers

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages and who speaks in them.

    Attributes:
        document: number of each passage's document.
        start, end: on the axis.
        spoken, speaker: a pair for each person counted in a passage: the passage's index, the person's number.
        counted: by passage.
        beyond: how many are left out since a code does not apply to any of their speakers.
    """

    document: Integers
    start: Integers
    end: Integers
    spoken: Integers
    speaker: Integers
    counted: Mask
    beyond: int

    def only(self, chosen: Mask) -> "Passages":
        """The same passages of which only the chosen count."""
        still = chosen[self.spoken]
        return replace(self, spoken=self.spoken[still], speaker=self.speaker[still], counted=self.counted & chosen)


class Speech:
    """Known participants' speech on the axis that holds all documents.

    Attributes:
        without_people: by number of a document: whether nobody is known in it.

    Args:
        document, start, end, person: each stretch of speech, in order of document and start, with numbers from 0 and
            places in the document. One that is a document's whole text is that of a document without speakers.
        length: of the documents, in code points.
        offset: where they begin on the axis.
    """

    def __init__(
        self, document: Integers, start: Integers, end: Integers, person: Integers, length: Integers, offset: Integers
    ) -> None:
        whole = (start == 0) & (end == length[document])
        start, end = (sweep.axis(document, place, offset)[~whole] for place in (start, end))
        begins = np.concatenate(([True], start[1:] != start[:-1]))[: len(start)]  # a speaker may be several people
        self._start, self._end = start[begins], end[begins]
        self._people = person[~whole]
        self._first = np.flatnonzero(begins)
        self._count = np.diff(np.append(self._first, len(start)))
        self._whole_people = person[whole]
        self._whole_count = np.bincount(document[whole], minlength=len(length))
        self._whole_first = np.cumsum(self._whole_count) - self._whole_count
        self.without_people: Mask = np.bincount(document, minlength=len(length)) == 0

    def turns(self, start: Integers, end: Integers) -> tuple[Integers, Integers]:
        """The run of known turns that each passage on the axis overlaps: number of the first, and one past the last.

        The words that two passages share overlap the turns from the later first to the earlier last, so that pairs
        of passages need not be looked up one by one.
        """
        first = np.searchsorted(self._end, start, side="right").astype(np.int64)
        return first, np.searchsorted(self._start, end).astype(np.int64)

    def speakers(self, document: Integers, turns: tuple[Integers, Integers]) -> tuple[Integers, Integers]:
        """The people whose speech passages overlap.

        Args:
            document: number of each passage's document.
            turns: of each passage, as `turns` gives them.

        Returns:
            Pairs of a passage's index and a person's number; a pair may stand there more than once.
        """
        first, last = turns
        each = np.arange(len(document))
        passage, piece = _expanded(each, first, np.maximum(last - first, 0), None)
        passage, speaker = _expanded(passage, self._first[piece], self._count[piece], self._people)
        changes = (passage[1:] != passage[:-1]) | (speaker[1:] != speaker[:-1])
        anew = np.concatenate(([True], changes))[: len(passage)]
        passage, speaker = passage[anew], speaker[anew]
        if not len(self._whole_people):
            return passage, speaker
        everywhere = _expanded(each, self._whole_first[document], self._whole_count[document], self._whole_people)
        return np.concatenate((passage, everywhere[0])), np.concatenate((speaker, everywhere[1]))


def _expanded(of: Integers, first: Integers, count: Integers, among: Integers | None) -> tuple[Integers, Integers]:
    """Each of `of` with the numbers from `first` on, `count` of them, or with what stands there in `among`."""
    if len(count) and count.min() == count.max() == 1:
        return of, first if among is None else among[first]
    before = np.cumsum(count) - count
    place = np.repeat(first - before, count)
    place += np.arange(len(place))
    return np.repeat(of, count), place if among is None else among[place]
