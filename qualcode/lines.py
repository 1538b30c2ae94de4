"""Citable line and answer numbers of a text: one fixed wrap, the same on screen, in print and in citations.

The rule: each paragraph (ended by a newline) is broken into lines of 68 cells, after blanks where there are
any, trailing blanks hanging over; a word longer than a line is cut. Wide East Asian characters and emoji
take two cells, combining and zero-width characters none, every other character one. Changing this rule
would change every citation ever printed.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from qualcode.errors import NotFoundError
from qualcode.model import Answer, Turn
from qualcode.visible import visible

WIDTH = 68
"""Cells of a citable line."""

BACK_CHANNEL = 4
"""An interviewer's turn of at most so many words without a question mark does not end an answer."""

JOINER = "\u200d"
"""The zero-width joiner: what follows it may be one picture with what stands before."""

_ONE_CELL = re.compile(
    "[\x00-\u02ff\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]+"
)
"""Latin, Greek, Cyrillic, typographic signs: none is odd. They are skipped seven times faster than looked up."""

_ASKED = re.compile("[?\uff1f\u061f\u037e\u055e\u1367]")  # Latin, wide, Arabic, Greek, Armenian, Ethiopic


def line_starts(body: str, width: int = WIDTH) -> "array[int]":
    """Where each line begins, in code points; line n is `body[starts[n - 1]:starts[n]]`.

    An empty paragraph is a line. The pieces joined give the body. An empty body has one empty line.

    Args:
        body: the text.
        width: cells of a line, at least 2; citable lines have `WIDTH`.

    Raises:
        ValueError: the width is less than 2: no wide character would fit.
    """
    return wrap(body, width, odd_characters(body))


def wrap(body: str, width: int, odd: frozenset[str]) -> "array[int]":
    """As `line_starts`, for whoever knows the text's odd characters already."""
    line = _line(width)
    starts = array("I")
    done = 0
    if odd:
        pattern = any_of(odd)
        for start, end in _paragraphs_with(pattern, body):
            starts.extend(match.start() for match in line.finditer(body, done, start))
            starts.extend(_mixed_starts(body, start, end, width, pattern))
            done = end
    starts.extend([match.start() for match in line.finditer(body, done)])
    return starts or array("I", [0])


def odd_characters(body: str) -> frozenset[str]:
    """The characters of a text that do not take one cell of their own: wide ones, marks, joiners, flag letters."""
    return frozenset() if body.isascii() else frozenset(filter(_is_odd, set(_ONE_CELL.sub("", body))))


def any_of(characters: Collection[str]) -> re.Pattern[str]:
    """A pattern that finds one of the characters; there must be some."""
    return re.compile(f"[{re.escape(''.join(sorted(characters)))}]")


@lru_cache(maxsize=8192)
def cells(character: str) -> int:
    """The cells a character takes on the screen, where controls are shown as pictures: 0, 1 or 2."""
    shown = visible(character)
    if unicodedata.category(shown) in ("Mn", "Me", "Cf") or "\u1160" <= shown <= "\u11ff":
        return 1 if shown == "\u00ad" else 0  # terminals show a soft hyphen
    return 2 if unicodedata.east_asian_width(shown) in ("W", "F") else 1


@lru_cache(maxsize=8192)
def attaches(character: str) -> bool:
    """Whether it belongs to the character before it, so that no line begins with it."""
    return unicodedata.category(character)[0] == "M" or (cells(character) == 0 and character != JOINER)


def is_flag_letter(character: str) -> bool:
    """Whether it is a regional indicator: two of them are one flag, though each takes a cell."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_odd(character: str) -> bool:
    return cells(character) != 1 or attaches(character) or is_flag_letter(character)


@lru_cache(maxsize=64)
def _line(width: int) -> re.Pattern[str]:
    if width < 2:
        raise ValueError(f"a line has at least 2 cells, not {width}")
    return re.compile(rf"[^\n]{{1,{width}}}(?![^ \n])[ ]*\n?|[^\n]{{{width}}}|\n")


def _paragraphs_with(odd: re.Pattern[str], body: str) -> Iterator[tuple[int, int]]:
    """The paragraphs, newline included, that hold an odd character."""
    end = 0
    while found := odd.search(body, end):
        start = body.rfind("\n", end, found.start()) + 1 or end
        end = body.find("\n", found.start()) + 1 or len(body)
        yield start, end


def _mixed_starts(body: str, start: int, end: int, width: int, odd: re.Pattern[str]) -> Iterator[int]:
    """The lines of one paragraph: by `_line` where no odd character is near, else by true widths."""
    line = _line(width)
    next_odd = start
    while start < end:
        yield start
        if next_odd <= start:
            found = odd.search(body, start, end)
            next_odd = found.start() if found else end + width + 1
        plain = line.match(body, start, end)
        if plain and max(plain.end(), start + width) < next_odd:  # all that the pattern looked at is plain
            start = plain.end()
        else:
            start = _wide_end(body, start, end, width)


def _wide_end(body: str, start: int, end: int, width: int) -> int:
    """Where a line ends by true widths, in a paragraph that ends at `end`: the rule of `_line` by the character."""
    taken = 0
    after_blank = start  # where the line could be broken: behind the last blanks
    for position in range(start, end):
        character = body[position]
        if character in " \n" and not (position + 1 < end and attaches(body[position + 1])):
            taken += 1
            if position > start:
                after_blank = position + 1
            continue
        size = cells(character)
        if size and taken + size > width and position > start:
            cut = after_blank if after_blank > start else _cut(body, start, position)
            if cut > start:
                return cut
        taken += size
    return end


def _cut(body: str, start: int, position: int) -> int:
    """Where a word too long for its line is cut: never between a base and its marks or inside a joined emoji."""
    cut = position
    while cut > start and (attaches(body[cut]) or body[cut] == JOINER or _is_joined(body, cut)):
        cut -= 1
    return cut


def _is_joined(body: str, at: int) -> bool:
    """Whether a picture is joined to the one before: letters that follow a joiner by chance are no picture."""
    return body[at - 1] == JOINER and unicodedata.category(body[at]) == "So"


def line_of(starts: Sequence[int], position: int) -> int:
    """The number, from 1, of the line that a position lies in."""
    return max(1, bisect_right(starts, position))


def lines_of(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The first and the last line of the passage `body[start:end]`."""
    return line_of(starts, start), line_of(starts, max(start, end - 1))


def span_of_lines(starts: Sequence[int], first: int, last: int, body: str) -> tuple[int, int]:
    """The passage that the lines from `first` to `last` hold, without the newline at its end.

    Raises:
        NotFoundError: there are no such lines; the message says which there are.
    """
    if not 1 <= first <= last <= len(starts):
        asked = f"line {first}" if first == last else f"lines {first} to {last}"
        raise NotFoundError(f"there is no {asked}", remedy=f"The text has lines 1 to {len(starts)}.")
    end = starts[last] if last < len(starts) else len(body)
    return starts[first - 1], end - body.endswith("\n", starts[last - 1], end)


def answers(body: str, turns: Sequence[Turn], interviewers: Collection[str]) -> tuple[Answer, ...]:
    """All that participants say from one substantive question to the next, as one answer each.

    An interviewer's turn of at most four words without a question mark is a back-channel and ends nothing.
    Words that nobody is named for count as a participant's, but not before the first question (they are
    the cover page). Where no interviewer speaks, every turn is an answer of its own.
    """
    asking = frozenset(interviewers)
    if not any(turn.speaker in asking for turn in turns):
        return _each_turn(body, turns)
    found: list[Answer] = []
    question: tuple[int, int] | None = None
    is_open = was_asked = False
    for turn in turns:
        words = body[turn.speech : turn.end].rstrip()
        start, end = turn.speech, turn.speech + len(words)
        if not words:
            continue
        if turn.speaker in asking:
            if _is_back_channel(words):
                continue
            question = (question[0] if question and not is_open else start, end)
            is_open, was_asked = False, True
        elif turn.speaker or was_asked:
            if is_open:
                opened = found[-1]
                found[-1] = Answer(opened.number, opened.start, end, opened.question)
            else:
                found.append(Answer(len(found) + 1, start, end, question))
            is_open = True
    return tuple(found)


def _each_turn(body: str, turns: Sequence[Turn]) -> tuple[Answer, ...]:
    """Every turn with words; nobody's words only where nobody is named at all."""
    anybody = any(turn.speaker for turn in turns)
    spans = [(turn.speech, _last_word(body, turn)) for turn in turns if turn.speaker or not anybody]
    filled = [(start, end) for start, end in spans if start < end]
    return tuple(Answer(number, start, end, None) for number, (start, end) in enumerate(filled, start=1))


def _last_word(body: str, turn: Turn) -> int:
    return turn.speech + len(body[turn.speech : turn.end].rstrip())


def _is_back_channel(words: str) -> bool:
    return len(words.split(None, BACK_CHANNEL)) <= BACK_CHANNEL and not _ASKED.search(words)


def answer_of(found: Sequence[Answer], position: int) -> int:
    """The number of the answer that a position lies in, 0 outside any."""
    place = bisect_right(found, position, key=lambda answer: answer.start) - 1
    return found[place].number if place >= 0 and position < found[place].end else 0
