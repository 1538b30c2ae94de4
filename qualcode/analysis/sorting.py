"""In which order the groups of a matrix stand: by name, by an attribute, or by how strong a code is in them."""

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from qualcode.analysis.code_tree import Branch
from qualcode.analysis.crossings import ACROSS, Crossing, crossing
from qualcode.analysis.groups import Group
from qualcode.analysis.traits import by_size
from qualcode.errors import InputError, not_found
from qualcode.project import Project, nesting

Order = list[tuple[int, str]]


def arranged(made: Crossing, sort: str | None = None, *, by_share: bool = False) -> tuple[Order, str]:
    """The places of the groups in the order wanted, each with the band it stands in; and a note on the order.

    Cases inside others stay below them, sorted among themselves; those without a case stand last.

    Args:
        made: codes by groups.
        sort: short name of a code (strongest first), or an attribute of the cases or people (least first, those
            without a value last); None = as the groups come.
        by_share: a code is strongest where its share of those interviewed is greatest, else its number.

    Raises:
        NotFoundError: there is no such code or attribute.
        InputError: the groups are neither cases nor people, and an attribute is asked for.
    """
    groups = made.groups[:-1]
    if sort is None:
        return [(place, "") for place in range(len(groups))], ""
    project, tree = made.corpus.project, made.corpus.tree
    shorts = {code.short.casefold(): code.short for code in project.codes.all(retired=True)}
    names = {name: None for holder in ("case", "person") for name in project.attributes.names(holder)}
    if sort in names:
        return _by_attribute(made, sort)
    if sort.casefold() not in shorts:
        raise not_found("attribute or code", sort, [*names, *shorts.values()])
    return _by_strength(made, tree.branch(sort), by_share=by_share)


def _by_strength(made: Crossing, branch: Branch, *, by_share: bool) -> tuple[Order, str]:
    unit = made.cells.unit
    one = crossing(made.corpus, (branch,), made.grouping, unit)
    counts = one.counts[0].tolist()
    of = [1] * len(counts) if one.denominators is None or not by_share else one.denominators[0].tolist()
    strength = [count / max(whole, 1) for count, whole in zip(counts, of, strict=True)]
    measure = f"share of {ACROSS[unit]}" if by_share else f"number of {ACROSS[unit]}"
    note = f"Rows are sorted by {branch.code.short} {branch.code.name} ({measure}), the strongest first."
    return [(place, "") for place in _sorted(made.groups[:-1], lambda place: -strength[place])], note


def _by_attribute(made: Crossing, name: str) -> tuple[Order, str]:
    groups = made.groups[:-1]
    if not any(group.case or group.person for group in groups):
        raise InputError(f"{made.grouping.by} groups have no {name} to sort by", remedy="Sort cases or people by it.")
    values = [_value(made.corpus.project, group, name) for group in groups]
    bands = [
        f"{name}: {value}" if value else _without(made, group, name)
        for group, value in zip(groups, values, strict=True)
    ]
    unknown = f"{name} not known"
    places = _sorted(
        groups, lambda place: (not values[place], by_size(values[place]), bands[place] == unknown, bands[place])
    )
    order, band = [], ""
    for place in places:
        if groups[place].depth == 0:
            band = bands[place]
        order.append((place, band))
    return order, f"Rows are sorted by {name}."


def _value(project: Project, group: Group, name: str) -> str:
    """The group's own value, of the last wave that has one; of a case without one, that of the case around it."""
    if group.person is not None:
        return project.attributes.of("person", group.person).get(name, "")
    cases = nesting.around(project.cases.parents(), group.case)
    values = (project.attributes.of("case", case).get(name, "") for case in cases)
    return next(filter(None, values), "")


def _without(made: Crossing, group: Group, name: str) -> str:
    """The band of a group without a value of its own: a case, say, whose people have theirs, alike or different."""
    project = made.corpus.project
    inside = set() if group.case is None else set(made.corpus.inside({group.case}))
    people = [person.id for person in project.people.all() if person.case in inside]
    found = {value for person in people if (value := project.attributes.of("person", person).get(name))}
    if len(found) > 1:
        return f"{name}: differs between people of the case"
    return f"{name}: known of people, not of the case" if found else f"{name} not known"


def _sorted(groups: tuple[Group, ...], key: Callable[[int], Any]) -> list[int]:
    """Places of groups by key, each before those inside it; groups without a case or value last."""

    def level(start: int, end: int, depth: int) -> list[int]:
        heads = [place for place in range(start, end) if groups[place].depth == depth]
        ends = dict(zip_longest(heads, heads[1:], fillvalue=end))
        heads.sort(key=lambda place: (groups[place].is_rest, key(place)))
        return [each for head in heads for each in (head, *level(head + 1, ends[head], depth + 1))]

    return level(0, len(groups), 0)
