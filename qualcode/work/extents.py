"""What a place in a text is part of: its sentence, its turn, its answer."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from qualcode.lines import answers
from qualcode.model import Answer, Turn
from qualcode.project import Project
from qualcode.sentences import sentences
from qualcode.spans import Span

Around = Literal["words", "sentence", "turn", "answer"]


class Extents:
    """The sentences, turns and answers of one document.

    Attributes:
        body: its text.
        turns: as the project has them.
        interviewers: labels of those who ask.
    """

    def __init__(self, project: Project, document: int) -> None:
        documents = project.documents
        found = documents.get(document)
        self.body: str = documents.body(found)
        self.turns: tuple[Turn, ...] = documents.turns(found)
        self.interviewers = documents.interviewers(found)
        self._sentences: dict[Span, list[Span]] = {}

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """As the project has them."""
        return answers(self.body, self.turns, self.interviewers)

    @cached_property
    def _spans(self) -> list[Span]:
        return [(each.start, each.end) for each in self.answers]

    def around(self, place: Span, what: Around) -> Span:
        """What a place, half-open, is in; one that goes over two sentences is in both. In none: the place itself."""
        start, end = place
        if what == "words":
            return place
        some = self._spans if what == "answer" else self._of_turns(place, what)
        first = bisect_right(some, start, key=lambda each: each[1])
        last = bisect_left(some, end, key=lambda each: each[0])
        return (min(some[first][0], start), max(some[last - 1][1], end)) if first < last else place

    def speech(self, turn: Turn) -> Span:
        """What is said in a turn, without its label and the blanks at its ends."""
        words = self.body[turn.speech : turn.end]
        start = turn.speech + len(words) - len(words.lstrip())
        return start, max(start, turn.speech + len(words.rstrip()))

    def _of_turns(self, place: Span, what: Around) -> Sequence[Span]:
        """What is said in the turns that a place stands in, or the sentences of it; labels are left out."""
        first = bisect_right(self.turns, place[0], key=lambda each: each.end)
        last = bisect_left(self.turns, place[1], key=lambda each: each.start)
        turns = self.turns[first:last]
        if what == "turn":
            return [self.speech(turn) for turn in turns]
        speeches = [(turn.speech, turn.end) for turn in turns] or [(0, len(self.body))]
        return [each for speech in speeches for each in self._sentences_of(speech)]

    def _sentences_of(self, speech: Span) -> list[Span]:
        if speech not in self._sentences:
            start, end = speech
            cut = sentences(self.body[start:end])
            self._sentences[speech] = [(start + left, start + right) for left, right in cut]
        return self._sentences[speech]
