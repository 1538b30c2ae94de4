"""What people and their words are put together by: role, wave, case, person, or any attribute.

Somebody who is a service user at wave 1 and a peer worker at wave 2 is in both groups, and counts once in all of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from qualcode.analysis.counting import Corpus
from qualcode.analysis.speech import Mask
from qualcode.errors import not_found
from qualcode.model import Case
from qualcode.project.cases import NO_WAVE
from qualcode.sweep import Integers, once


@dataclass(frozen=True, slots=True)
class Group:
    """All numbers of a grouping from `first` up to, not including, `last`: a case holds the cases inside it.

    Attributes:
        key: its name, unique in its grouping.
        text: as printed.
        first, last: its numbers.
        depth: how many groups it stands in.
        case, person: id of the case or person that it is, else None.
        band: what stands above its head where its own name does not say what it is; else "".
        who: what holds of whoever is in it, as in `table.Heading`.
        is_rest: whether it is those without a role, wave, case or value.
    """

    key: str
    text: str
    first: int
    last: int
    depth: int = 0
    case: int | None = None
    person: int | None = None
    band: str = ""
    is_rest: bool = False
    who: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Grouping:
    """Groups by number from 0, and who is in which.

    Attributes:
        corpus: the study under its scope.
        by: what is grouped by, as the user named it.
        groups: in the order shown; together they hold all people.
        size: one past the last group's number; it stands for words that are in no group.
        at: numbers of the groups of people (their numbers) in documents (theirs).
        alone: numbers of the groups of words of nobody known in documents: the group that the document itself is in.
            Those without a case or a value are people and documents without people: words that are nobody's in a
            document where people are known are not among them.
    """

    corpus: Corpus
    by: str
    groups: tuple[Group, ...]
    size: int
    at: Callable[[Integers, Integers], Integers]
    alone: Callable[[Integers], Integers]

    @property
    def everyone(self) -> Group:
        """All groups together, with the words that are in none."""
        return Group(free_key("all", (group.key for group in self.groups)), "All", 0, self.size + 1)

    @cached_property
    def met(self) -> tuple[Group, ...]:
        """The groups of which somebody was interviewed within the scope, or words of nobody known count."""
        return tuple(group for group in self.groups if any(mask.any() for mask in self.among(group)))

    def among(self, group: Group) -> tuple[Mask, Mask]:
        """Which of the corpus's visits, and which of its documents in `silent`, are in a group."""
        visits, silent = self._numbers
        return (
            (visits >= group.first) & (visits < group.last),
            (silent >= group.first) & (silent < group.last),
        )

    @cached_property
    def _numbers(self) -> tuple[Integers, Integers]:
        visits = self.corpus.visits
        return self.at(visits.document, visits.person), self.alone(self.corpus.silent)

    def in_several(self) -> int:
        """How many people are in several groups of which none is inside another."""
        people = max(len(self.corpus.person_ids), 1)
        pairs = once(self._numbers[0] * people + self.corpus.visits.person)
        return sum(count > 1 for count in Counter((pairs % people).tolist()).values())


def grouping(corpus: Corpus, by: str) -> Grouping:
    """The groups of a study.

    Args:
        corpus: the study under its scope.
        by: role, wave, person; case (each with those inside it), a kind of case, site (unless it is a kind: cases
            that are inside no other);
            or an attribute's name.

    Raises:
        NotFoundError: there is nothing of that name to group by.
    """
    made = {"role": _by_role, "wave": _by_wave, "person": _by_person}
    if by in made:
        return made[by](corpus)
    cases = corpus.project.cases.all()
    kinds = {case.kind for case in cases}
    if by in {"case", "site"} | kinds:
        return _by_case(corpus, by, cases)
    attributes = {
        name: None for holder in ("person", "document", "case") for name in corpus.project.attributes.names(holder)
    }
    if by not in attributes:
        raise not_found("role, wave, case or attribute", by, [*made, "case", "site", *sorted(kinds), *attributes])
    return _by_attribute(corpus, by)


def everybody(corpus: Corpus) -> Grouping:
    """No groups: everybody and all words together."""

    def all_alike(document: Integers, _person: Integers | None = None) -> Integers:
        return np.zeros(len(document), dtype=np.int64)

    return Grouping(corpus, "", (), 0, all_alike, all_alike)


def _by_role(corpus: Corpus) -> Grouping:
    roles = corpus.project.roles.all()
    groups = [
        Group(role.short, f"{role.short} {role.name}", place, place + 1, who=(("role", role.short),))
        for place, role in enumerate(roles)
    ]
    groups.append(_rest("no role", groups, "role"))
    return Grouping(corpus, "role", tuple(groups), len(groups), corpus.role, _nobodys(len(groups)))


def _by_person(corpus: Corpus) -> Grouping:
    people = corpus.project.people.all()
    groups = tuple(
        Group(each.name, each.name, place, place + 1, person=each.id, who=(("person", each.name),))
        for place, each in enumerate(people)
    )
    place_of = np.empty(len(people), dtype=np.int64)
    place_of[np.searchsorted(corpus.person_ids, [each.id for each in people])] = np.arange(len(people))
    return Grouping(corpus, "person", groups, len(groups), lambda _, person: place_of[person], _nobodys(len(groups)))


def _nobodys(size: int) -> Callable[[Integers], Integers]:
    return lambda document: np.full(len(document), size, dtype=np.int64)


def _by_wave(corpus: Corpus) -> Grouping:
    groups = tuple(
        Group(name, wave_text(name), place, place + 1, is_rest=name == NO_WAVE, who=(("wave", name),))
        for place, name in enumerate(corpus.waves)
    )

    def of_document(document: Integers, _person: Integers | None = None) -> Integers:
        return corpus.wave_of_document[document]

    return Grouping(corpus, "wave", groups, len(groups), of_document, of_document)


def wave_text(name: str) -> str:
    """A wave as printed: "wave 1", "baseline", "no wave"."""
    if name == NO_WAVE:
        return "no wave"
    return f"wave {name}" if name.isdigit() else name


def _by_case(corpus: Corpus, by: str, cases: Sequence[Case]) -> Grouping:
    """Cases in the order of their tree; people and documents count in the nearest case shown that is around them."""
    kinds = {case.kind for case in cases}
    if by == "site" and by not in kinds:
        shown = {case.id for case in cases if case.parent is None}
    else:
        shown = {case.id for case in cases if by in {"case", case.kind}}
    groups: list[Group] = []
    number = np.full(len(corpus.case_ids) + 1, -1, dtype=np.int64)  # the last place: no case
    places = {case: place for place, case in enumerate(corpus.case_ids.tolist())}

    def walk(above: int | None, nearest: int, depth: int) -> None:
        for case in (each for each in cases if each.parent == above):
            is_shown = case.id in shown
            own = len(groups) if is_shown else nearest
            if is_shown:
                who = (("case", case.name),)
                groups.append(Group(case.name, case.name, own, own + 1, depth, case=case.id, who=who))
            number[places[case.id]] = own
            walk(case.id, own, depth + is_shown)
            if is_shown:
                groups[own] = replace(groups[own], last=len(groups))

    walk(None, -1, 0)
    groups.append(_rest("no case" if by in {"case", "site"} else f"no {by}", groups, by))
    number[number < 0] = len(groups) - 1
    of_document = number[corpus.case_of_document]
    at_person = number[corpus.case_of_person]
    return Grouping(
        corpus, by, tuple(groups), len(groups), lambda _, person: at_person[person], _alone(corpus, of_document, groups)
    )


def _by_attribute(corpus: Corpus, by: str) -> Grouping:
    trait = corpus.trait(by)
    groups = [
        Group(value, value, place, place + 1, band=by, who=((by, value),)) for place, value in enumerate(trait.values)
    ]
    groups.append(replace(_rest("not known", groups, by), band=by))
    rest = len(groups) - 1

    def at(document: Integers, person: Integers) -> Integers:
        value = trait.at(document, person)
        return np.where(value < 0, rest, value)

    value = trait.alone(np.arange(len(corpus.document_ids)))
    alone = _alone(corpus, np.where(value < 0, rest, value), groups)
    return Grouping(corpus, by, tuple(groups), len(groups), at, alone)


def _alone(corpus: Corpus, of_document: Integers, groups: Sequence[Group]) -> Callable[[Integers], Integers]:
    """By document: words of nobody are in the last group, of those without, only where nobody is known in it."""
    is_nobodys = (of_document == len(groups) - 1) & ~corpus.without_people
    number = np.where(is_nobodys, len(groups), of_document)
    return lambda document: number[document]


def _rest(name: str, groups: Sequence[Group], by: str) -> Group:
    """The last group: those without a role, case or value."""
    key, place = free_key(name, (group.key for group in groups)), len(groups)
    return Group(key, name, place, place + 1, is_rest=True, who=((by, ""),))


def all_of(by: str) -> str:
    """The band in which the row of all groups stands."""
    plurals = {"person": "people"} | {each: f"{each}s" for each in ("role", "wave", "case", "site")}
    return f"All {plurals[by]}" if by in plurals else "All"


def free_key(key: str, taken: Iterable[str]) -> str:
    """The key, with a blank before it if something is called so."""
    names = set(taken)
    while key in names:
        key = f" {key}"
    return key
