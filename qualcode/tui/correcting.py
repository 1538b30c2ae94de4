"""What of a text is corrected at the cursor, and what an editor's words change in it. No Textual in here.

An editor shows pictures for control characters; what was not touched there keeps its own characters.
"""

from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher

from qualcode.spans import edits_between
from qualcode.tui.desk import Page
from qualcode.visible import visible

_LONGEST = 6_000
"""Characters of a turn that are edited at once; of a longer one, the paragraph at the cursor."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is corrected at once: a turn's words, of a very long one or outside turns a paragraph.

    Attributes:
        turn: number of the turn from 1, 0 outside turns.
        speaker: its label.
        start, end: the words, without blanks at their ends.
    """

    turn: int
    speaker: str
    start: int
    end: int


def piece_at(page: Page, at: int) -> Piece | None:
    """What there is to correct at a place; None on an empty line outside turns."""
    index = bisect_right(page.turns, at, key=lambda turn: turn.end)
    turn = page.turns[index] if index < len(page.turns) and page.turns[index].start <= at else None
    left, right = (turn.speech, turn.end) if turn else (0, len(page.body))
    if turn is None or right - left > _LONGEST:
        at = max(at, left)
        left = max(left, page.body.rfind("\n", left, at) + 1)
        found = page.body.find("\n", at, right)
        right = right if found < 0 else found
    words = page.body[left:right]
    start, end = left + len(words) - len(words.lstrip()), left + len(words.rstrip())
    if start >= end:
        return None
    return Piece(index + 1 if turn else 0, turn.speaker if turn else "", start, end)


def replacements(words: str, edited: str, at: int) -> list[tuple[int, int, str]]:
    """What changed, as `documents.revise` wants it.

    Args:
        words: as they are stored.
        edited: as they came out of an editor that was given `visible(words)`.
        at: where the words begin in the text.
    """
    shown, edited = visible(words), edited.strip("\n")
    found, shift = [], 0
    for edit in edits_between(shown, edited):
        new = edited[edit.start + shift : edit.start + shift + edit.length]
        shift += edit.length - (edit.end - edit.start)
        restored = _restored(words[edit.start : edit.end], shown[edit.start : edit.end], new)
        if restored != words[edit.start : edit.end]:
            found.append((at + edit.start, at + edit.end, restored))
    return found


def _restored(stored: str, shown: str, new: str) -> str:
    """The new words with the stored characters wherever they still stand, and not their pictures."""
    if stored == shown:
        return new
    blocks = SequenceMatcher(None, shown, new, autojunk=False).get_opcodes()
    return "".join(stored[a:b] if tag == "equal" else new[c:d] for tag, a, b, c, d in blocks)
