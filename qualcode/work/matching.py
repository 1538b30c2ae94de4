"""Finding words in one text: folded, so that case, accents and the shape of quotes do not matter; or by a pattern.

A pattern can take for ever, and Python's `re` cannot be stopped (nor does it let another thread run): patterns are
tried in a process of their own, with a limit on their time.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import NoReturn

from qualcode.errors import InputError, TroubleError
from qualcode.folding import PLAIN_QUOTES, fold, places_in

Span = tuple[int, int]
Matcher = Callable[[str, str], list[Span]]
"""(a text's name, the text) -> where it matches: half-open code points, in order, not overlapping, none empty."""

SECONDS = 5.0
"""What a pattern may take for one text; a sound one takes a few hundredths of a second for the longest interview."""
_LOOK_SECONDS = 0.05

_WHOLE = r"(?<!\w)(?<!\w'){}(?![\w']*\w)"
_GAP = r"[\W_]+"  # between the words of a phrase: blanks, a comma, the end of a line


@contextmanager
def matcher(words: str, how: str, *, whole: bool, should_stop: Callable[[], bool]) -> Iterator[Matcher]:
    """What finds words in a text; `how` is phrase, any or regex (see `search.Search`).

    Raises:
        InputError: there is nothing in `words`, or it is no regular expression.
    """
    if how == "regex":
        with _own_process(_checked(words, whole=whole), should_stop) as look:
            yield look
        return
    pattern = re.compile(_sought(words, how, whole=whole))
    yield lambda _name, body: places_in(pattern, body)


def places(words: str, body: str) -> list[Span]:
    """Where words, or signs alone, stand in one text: as the search in all documents finds them as a phrase.

    Raises:
        InputError: `words` is blank.
    """
    return places_in(re.compile(_sought(words, "phrase", whole=False)), body)


# -- words -------------------------------------------------------------------------------------------------------------


def _sought(words: str, how: str, *, whole: bool) -> str:
    """The pattern of words, to be looked for in a folded text; where there are only signs, of these, blanks as any."""
    folded = fold(words)[0]
    parts = [_of_word(part) for part in re.findall(r"[^\W_](?:[\w']*\w)?|[^\w\s]+", folded)]
    parts = [part for part in parts if part]
    if not parts and folded.split():
        return r"\s+".join(map(re.escape, folded.split()))
    if not parts:
        raise InputError(f"there is nothing in {words!r} to look for")
    if how == "any":
        longest_first = sorted(dict.fromkeys(parts), key=len, reverse=True)
        return _edged(f"(?:{'|'.join(longest_first)})", whole=whole)
    return _edged(_GAP.join(parts), whole=whole)


def _of_word(word: str) -> str:
    """A word's letters, an apostrophe between any two of them or not: "dont" is "don't"; signs as they are."""
    letters = word.replace("'", "")
    return "'?".join(map(re.escape, letters)) if letters[:1].isalnum() else ""


def _edged(pattern: str, *, whole: bool) -> str:
    return _WHOLE.format(pattern) if whole else pattern


# -- patterns ----------------------------------------------------------------------------------------------------------


def _checked(words: str, *, whole: bool) -> str:
    """A regular expression that is one; its quotes are plain, as those of the texts are for it.

    Raises:
        InputError: it is none.
    """
    pattern = words.translate(PLAIN_QUOTES)
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        remedy = "Look for the words themselves, or write a dot as \\. and a bracket as \\(."
        raise InputError(f"this is no regular expression ({error})", where=words, remedy=remedy) from None
    return f"(?<!\\w)(?:{pattern})(?!\\w)" if whole else pattern


_TRYING = """
import json, re, sys
pattern = re.compile(json.loads(sys.stdin.readline()), re.IGNORECASE)
for line in sys.stdin:
    places = [match.span() for match in pattern.finditer(json.loads(line))]
    print(json.dumps([each for each in places if each[0] < each[1]]), flush=True)
"""
"""What the other process does: a pattern, then a text a line; for each text a line of places."""


@contextmanager
def _own_process(pattern: str, should_stop: Callable[[], bool]) -> Iterator[Matcher]:
    """A matcher that can be stopped: it runs in a process of its own, which ends with it."""
    process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own words)
        [sys.executable, "-I", "-c", _TRYING],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii",
    )  # fmt: skip
    answers: SimpleQueue[str] = SimpleQueue()
    assert process.stdin is not None  # noqa: S101 (as asked for above)
    listening = Thread(target=_listen, args=(process, answers), daemon=True)
    listening.start()

    def look(name: str, body: str) -> list[Span]:
        _tell(process, json.dumps(body.translate(PLAIN_QUOTES)))
        until = monotonic() + SECONDS
        while not should_stop():
            try:
                answer = answers.get(timeout=_LOOK_SECONDS)
            except Empty:
                if monotonic() > until:
                    raise _endless(name) from None
            else:
                return [(start, end) for start, end in json.loads(answer)] if answer else _ended()
        return []

    try:
        _tell(process, json.dumps(pattern))
        yield look
    finally:
        process.kill()
        process.wait()
        listening.join()
        with suppress(OSError):
            process.stdin.close()


def _tell(process: "subprocess.Popen[str]", line: str) -> None:
    try:
        assert process.stdin is not None  # noqa: S101 (as asked for)
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except OSError:
        _ended()


def _ended() -> NoReturn:
    raise TroubleError("the search with a pattern broke off", remedy="Look for plain words.")


def _listen(process: "subprocess.Popen[str]", answers: "SimpleQueue[str]") -> None:
    if process.stdout is not None:
        with process.stdout as lines:
            for line in lines:
                answers.put(line)
    answers.put("")  # it is over


def _endless(name: str) -> InputError:
    return InputError(
        f"this pattern takes more than {SECONDS:.0f} seconds for one text",
        where=name,
        remedy="Repetition inside repetition, as in (a+)+, does that: write it plainer, or look for words.",
    )
