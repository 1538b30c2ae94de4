"""How few people must be set aside before no path is left: a smallest hitting set over people.

An arrow falls when nobody is left who claims it, and a path when one of its arrows falls. That is no minimum cut of a
graph: one person carries many arrows, and an arrow that five people claim falls only with all five.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

LOOKS = 200_000
"""How many times a path is looked at before bounds are given instead of the exact number (a second or two)."""

Path = tuple[frozenset[int], ...]  # the people of each of its arrows


@dataclass(frozen=True, slots=True)
class SetAside:
    """The fewest people to be set aside.

    Attributes:
        at_least: no fewer will do.
        people: some with whom no path is left, sorted; so many are enough.
    """

    at_least: int
    people: tuple[int, ...]

    @property
    def is_exact(self) -> bool:
        """Whether fewer than `people` will not do."""
        return self.at_least == len(self.people)


def fewest(paths: Iterable[Sequence[frozenset[int]]], looks: int | None = None) -> SetAside:
    """The fewest people without whom no path is left, by branch and bound.

    Args:
        paths: of each path the people who claim its arrows, an item an arrow, each of at least one person.
        looks: after looking at paths so often (`LOOKS`) the best found and a lower bound are given. Of several sets the
            same is found whatever the order of the paths.
    """
    reduced = _reduced(paths)
    if len(reduced) == 1:  # the usual row: nothing to search for
        best = min(reduced[0], key=lambda arrow: (arrow.bit_count(), arrow))
        return SetAside(best.bit_count(), _people(best))
    search = _Search(reduced, LOOKS if looks is None else looks)
    best = search.best()
    return SetAside(search.bound, _people(best))


def _people(bits: int) -> tuple[int, ...]:
    return tuple(number for number in range(bits.bit_length()) if bits >> number & 1)


def _reduced(paths: Iterable[Sequence[frozenset[int]]]) -> list[tuple[int, ...]]:
    """Each path as the arrows worth felling, people as bits; without paths that fall with another."""
    masks = {_worth_felling({sum(1 << person for person in arrow) for arrow in path}) for path in paths}
    kept: dict[tuple[int, ...], None] = {}
    for arrows in sorted(masks, key=lambda arrows: (len(arrows), arrows)):
        parts = (part for size in range(1, len(arrows) + 1) for part in combinations(arrows, size))
        if not any(part in kept for part in parts):
            kept[arrows] = None
    return list(kept)


def _worth_felling(arrows: set[int]) -> tuple[int, ...]:
    """Without arrows whose people are more than another's of the same path: to fell the other is never dearer."""
    return tuple(sorted(each for each in arrows if not any(other & each == other != each for other in arrows)))


class _Search:
    """People as bits of a number; a state is who was set aside already."""

    def __init__(self, paths: list[tuple[int, ...]], looks: int) -> None:
        self._paths = paths
        self._looks = looks
        self._best = self._greedy()
        self.bound = self._lower(0, self._paths, self._needs(0, self._paths))

    def best(self) -> int:
        """A smallest set, or the best found; `bound` is then what it must at least be."""
        self._try(0, (), self._paths)
        if self._looks > 0:
            self.bound = self._best.bit_count()
        return self._best

    def _needs(self, aside: int, paths: Iterable[tuple[int, ...]]) -> dict[int, int]:
        """How many more people must go for each arrow of some paths to fall; arrows that fell are left out."""
        arrows = set(chain.from_iterable(paths))
        return {arrow: need for arrow in arrows if (need := (arrow & ~aside).bit_count())}

    def _left(self, needs: dict[int, int], paths: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """The paths all of whose arrows still stand."""
        return [path for path in paths if needs.keys() >= set(path)]

    def _greedy(self) -> int:
        """At each step the arrow that breaks the most paths for each person."""
        aside, left, needs = 0, self._paths, self._needs(0, self._paths)
        while left:
            breaks = Counter(chain.from_iterable(left))
            aside |= min(breaks, key=lambda arrow: (needs[arrow] / breaks[arrow], arrow))
            needs = self._needs(aside, left)
            left = self._left(needs, left)
        return aside

    def _lower(self, aside: int, left: Sequence[tuple[int, ...]], needs: dict[int, int]) -> int:
        """Paths that have nobody in common need each a set of their own."""
        taken = total = 0
        for need, path in sorted(((min(map(needs.__getitem__, path)), path) for path in left), reverse=True):
            people = 0
            for arrow in path:
                people |= arrow
            if not people & ~aside & taken:
                taken |= people
                total += need
        return total

    def _try(self, aside: int, kept: tuple[int, ...], paths: Sequence[tuple[int, ...]]) -> None:
        """Fell one arrow of a path left, then, with that arrow kept, the next; `kept` must not fall any more."""
        if self._looks <= 0 or any(not arrow & ~aside for arrow in kept):
            return
        self._looks -= len(self._paths) or 1
        needs = self._needs(aside, paths)
        left = self._left(needs, paths)
        if not left:
            self._best = min(self._best, aside, key=lambda each: (each.bit_count(), each))
            return
        if aside.bit_count() + self._lower(aside, left, needs) >= self._best.bit_count():
            return
        path = min(left, key=lambda arrows: (len(arrows), -min(map(needs.__getitem__, arrows))))
        for arrow in sorted(path, key=lambda each: (needs[each], each)):
            self._try(aside | arrow, kept, left)
            kept = (*kept, arrow)
