"""Words near one another: all of several within so many words, in whatever order, or all in one answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from qualcode import spans


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where one of the things looked for stands.

    Attributes:
        which: number of the thing.
        first, last: numbers of its first and last word in the text.
        start, end: in code points, half-open.
        matched: as `Hit.matched`.
    """

    which: int
    first: int
    last: int
    start: int
    end: int
    matched: str = ""


def near(mentions: Iterable[Mention], things: int, within: int) -> Iterator[tuple[Mention, ...]]:
    """Groups in which each thing stands once, and the last word at most `within` words after the first.

    The narrowest there are, in order; none shares a mention with another.
    """
    latest: dict[int, Mention] = {}
    for mention in sorted(mentions, key=attrgetter("first", "last")):
        latest[mention.which] = mention
        if len(latest) == things:
            group = sorted(latest.values(), key=attrgetter("start", "end"))
            if max(each.last for each in group) - group[0].first <= within:
                yield tuple(group)
                latest.clear()


def in_one(mentions: Sequence[Mention], things: int, answers: Iterable[spans.Span]) -> Iterator[Mention]:
    """Each mention in an answer in which all things stand, in order."""
    for start, end in answers:
        inside = [each for each in mentions if start <= each.start and each.end <= end]
        if len({each.which for each in inside}) == things:
            yield from sorted(inside, key=attrgetter("start", "end"))
