"""Things below one another: a site in a region, a region in a country; a code below another."""

from collections.abc import Collection, Iterator, Mapping

Parents = Mapping[int, int | None]
"""Id of a case or code -> id of the one it is inside or below, or None."""


def around(parents: Parents, case: int | None) -> Iterator[int]:
    """A case and those around it, from the inside out; a circle, as only another program can make, is gone once."""
    seen = set[int]()
    while case is not None and case not in seen:
        seen.add(case)
        yield case
        case = parents.get(case)


def endless(parents: Parents) -> Iterator[int]:
    """Ids from which the way up never ends, as it does in a circle."""
    for each in parents:
        above = list(around(parents, each))
        if parents.get(above[-1]) is not None:
            yield each


def inside(parents: Parents, chosen: Collection[int]) -> list[int]:
    """Ids of the chosen cases and of all inside them."""
    return [case for case in parents if any(each in chosen for each in around(parents, case))]
