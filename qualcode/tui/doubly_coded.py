"""Passages that carry two codes at once: what to look at before two codes are made one. No Textual in here."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from qualcode.model import Segment


def doubly_coded(one: Iterable[Segment], other: Sequence[Segment]) -> list[tuple[Segment, Segment]]:
    """Pairs of passages, one of each code, by one coder in one document, that share a code point; by place."""
    by_place: dict[tuple[int, int], list[Segment]] = {}
    for each in sorted(other, key=attrgetter("start")):
        by_place.setdefault((each.document, each.coder), []).append(each)
    longest = max((each.end - each.start for each in other), default=0)
    found: list[tuple[Segment, Segment]] = []
    for each in one:
        near = _near(by_place.get((each.document, each.coder), []), each, longest)
        found += [(each, second) for second in near if second.end > each.start]
    return sorted(found, key=lambda pair: (pair[0].document, pair[0].start, pair[1].start, pair[0].id))


def _near(passages: list[Segment], each: Segment, longest: int) -> Iterable[Segment]:
    """Those of a document that begin before a passage ends and may reach into it."""
    first = bisect_left(passages, each.start - longest, key=attrgetter("start"))
    last = bisect_left(passages, each.end, key=attrgetter("start"))
    return passages[first:last]
