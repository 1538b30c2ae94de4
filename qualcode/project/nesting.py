"""Cases inside cases: a site in a region, a region in a country."""

from collections.abc import Collection, Iterator, Mapping

Parents = Mapping[int, int | None]
"""Id of a case -> id of the case it is inside, or None."""


def around(parents: Parents, case: int | None) -> Iterator[int]:
    """A case and those around it, from the inside out; a circle, as only another program can make, is gone once."""
    seen = set[int]()
    while case is not None and case not in seen:
        seen.add(case)
        yield case
        case = parents[case]


def inside(parents: Parents, chosen: Collection[int]) -> list[int]:
    """Ids of the chosen cases and of all inside them."""
    return [case for case in parents if any(each in chosen for each in around(parents, case))]
