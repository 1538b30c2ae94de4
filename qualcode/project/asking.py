"""Through which passages no person is counted: a question or a cover page may be coded, and it is said."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qualcode.model import Turn
from qualcode.project.actions import Store
from qualcode.project.documents import Documents
from qualcode.project.voices import Voices, is_anybody_heard

WARNING = "these are the interviewer's words alone: no person is counted through them"
"""What is said when such a passage is coded."""
NOBODYS = "nobody who is known speaks in these words: no person is counted through them"
"""What is said of a cover page, field notes or a speaker who is no participant, in a document with participants."""


def wholly_asked(body: str, turns: Sequence[Turn], interviewers: Collection[str], start: int, end: int) -> bool:
    """Whether all words of [start, end) stand in turns of those who ask.

    Args:
        body: the text.
        turns: its turns, in order.
        interviewers: the labels that ask.
        start: of the passage, in code points,
        end: half-open.
    """
    reached = start
    first = bisect_right(turns, start, key=lambda each: each.end)
    for turn in turns[first : bisect_left(turns, end, key=lambda each: each.start)]:
        if turn.speaker in interviewers:
            if body[reached : turn.start].strip():
                return False
            reached = turn.end
    return reached > start and not body[reached:end].strip()


def speakers_in(turns: Sequence[Turn], interviewers: Collection[str], start: int, end: int) -> list[str]:
    """Labels of those who speak in [start, end) and do not ask, in order of first words."""
    first = bisect_right(turns, start, key=lambda each: each.end)
    last = bisect_left(turns, end, key=lambda each: each.start)
    heard = [each.speaker for each in turns[first:last] if each.speech < min(each.end, end) and each.end > start]
    return [each for each in dict.fromkeys(heard) if each and each not in interviewers]


def told_of_several(speakers: Sequence[str]) -> str:
    """What is said when a whole answer is coded in which more than one speaks; "" where only one does."""
    if len(speakers) < 2:
        return ""
    return f"{', '.join(speakers[:-1])} and {speakers[-1]} speak in this answer: the words of all of them are coded"


@dataclass(frozen=True, slots=True)
class Hearing:
    """One document, opened to tell whether a person is counted through its passages."""

    body: str
    turns: tuple[Turn, ...]
    interviewers: frozenset[str]
    voices: Voices

    @classmethod
    def of(cls, store: Store, document: int) -> "Hearing":
        """Read one document as it stands, by its id."""
        documents = Documents(store)
        found = documents.get(document)
        voices = Voices.of(store, found.id)
        return cls(documents.body(found), documents.turns(found), documents.interviewers(found), voices)

    def notice(self, start: int, end: int) -> str:
        """Why no person is counted through [start, end); "" where somebody is, or nobody is known in the document."""
        if self.voices.between(start, end):
            return ""
        if wholly_asked(self.body, self.turns, self.interviewers, start, end):
            return WARNING
        return NOBODYS if self.voices.people else ""


def notice(store: Store, document: int, start: int, end: int) -> str:
    """As `Hearing.notice`, of one passage; turns are read only where no person is counted through it."""
    if is_anybody_heard(store, document, start, end):
        return ""
    return Hearing.of(store, document).notice(start, end)
