"""Rolling captions: what live captions and YouTube's automatic ones show again is read once.

YouTube shows each line three times: word by word with a tag at each, whole for ten milliseconds, and above the
next line. Live captions show a line again and again, each time with a few words more.
"""

from collections.abc import Iterator
from itertools import pairwise

_SHARE = 0.3
"""Of cues that begin with the last line of the one before, from which captions are said to roll."""

_FEWEST = 3


def unrolled(shown: list[list[str]]) -> tuple[list[list[str]], int]:
    """What each cue shows for the first time, and how many cues show something again.

    Args:
        shown: the lines of each cue, without tags.

    Returns:
        For each cue its new lines (a line of which only the end is new is cut to it); the lines as they were and
        0 where captions do not roll: whoever says "yes" twice says it twice.
    """
    same = sum(bool(now and before) and now[0] == before[-1] for before, now in pairwise(shown))
    grown = sum(_grows(before, now) for before, now in pairwise(shown))
    enough = max(_FEWEST, _SHARE * len(shown))
    if same < enough and grown < enough:
        return shown, 0
    return [*shown[:1], *_new(shown, grown >= enough)], same + grown


def _new(shown: list[list[str]], may_grow: bool) -> Iterator[list[str]]:
    for before, now in pairwise(shown):
        size = _repeated(before, now)
        if size or not (may_grow and _grows(before, now)):
            yield now[size:]
        else:
            place = len(before) - 1
            yield [now[place][len(before[place]) :].lstrip(), *now[place + 1 :]]


def _repeated(before: list[str], now: list[str]) -> int:
    longest = min(len(before), len(now))
    return next((size for size in range(longest, 0, -1) if before[-size:] == now[:size]), 0)


def _grows(before: list[str], now: list[str]) -> bool:
    """Whether a cue shows all that the one before it did, and goes on in its last line."""
    place = len(before) - 1
    return 0 <= place < len(now) and before[:place] == now[:place] and now[place].startswith(f"{before[place]} ")
