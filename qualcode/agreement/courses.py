"""Comparisons beside each other: round after round, and what coders gave at first beside the consensus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.agreement.comparison import compare
from qualcode.agreement.results import Comparison, Measured
from qualcode.agreement.same_codes import defined_codes, mean_alpha_over
from qualcode.project import Project


@dataclass(frozen=True, slots=True)
class Course:
    """One of several comparisons.

    Attributes:
        name: what it is called.
        group: the band it stands in.
        found: what was found.
        alpha: the mean over the codes that have an alpha in each comparison it is set beside.
        codes: over how many codes that is.
    """

    name: str
    group: str
    found: Comparison
    alpha: Measured
    codes: int

    @property
    def coders(self) -> tuple[str, ...]:
        """Short names of those who have finished any of the documents."""
        here = {short for each in self.found.design.compared for short, _, _ in each.rounds}
        return tuple(short for short in self.found.design.coders if short in here)


def _beside(named: Sequence[tuple[str, str, Comparison]]) -> list[Course]:
    """Comparisons by name and band, with their means over the codes that have an alpha in all that have any."""
    defined = [codes for codes in (defined_codes(found) for _, _, found in named) if codes]
    same = frozenset[str].intersection(*defined) if defined else frozenset[str]()
    return [
        Course(
            name, group, found, mean_alpha_over(found, same & defined_codes(found)), len(same & defined_codes(found))
        )
        for name, group, found in named
    ]


def by_round(project: Project, options: Mapping[str, Any]) -> list[Course]:
    """Each round that two of the coders have finished, then the rounds of the documents that were coded again.

    Rounds of different documents cannot be compared, so the second band has the same documents in each.

    Args:
        project: an open study.
        options: of `compare`; its rounds are not looked at.

    Returns:
        Nothing where there is but one round.
    """
    rounds = _rounds(project, options)
    if len(rounds) < 2:
        return []
    found = _beside([(f"Round {number}", "All documents", each) for number, each in rounds])
    names = [{each.name for each in one.design.compared} for _, one in rounds]
    for (number, _), again in zip(rounds[1:], names[1:], strict=True):
        same = tuple(sorted(again & names[0]))
        if same:
            group = f"The same {len(same)} documents" if len(same) > 1 else same[0]
            found += _beside([
                (f"Round {each}", group, compare(project, **{**options, "rounds": each, "documents": same}))
                for each in (rounds[0][0], number)
            ])  # fmt: skip
    return found


def _rounds(project: Project, options: Mapping[str, Any]) -> list[tuple[int, Comparison]]:
    numbers = sorted({each.number for each in project.coders.finished()})
    made = ((number, compare(project, **{**options, "rounds": number})) for number in numbers)
    return [(number, found) for number, found in made if found.design.compared]


def beside_consensus(project: Project, options: Mapping[str, Any]) -> list[Course]:
    """What each person coded in their first round, with the others and with the consensus.

    The consensus is a coding of its own, made after discussion: agreement with it is no measure of reliability.

    Args:
        project: an open study.
        options: of `compare`; its rounds are not looked at.

    Returns:
        Nothing where no consensus has finished a document.
    """
    finished = {each.coder for each in project.coders.finished()}
    agreed = [each.short for each in project.coders.all() if each.kind == "consensus" and each.short in finished]
    first = compare(project, **{**options, "rounds": 1})
    people = [short for short in first.design.coders if short not in agreed]
    if not agreed or len(people) < 2:
        return []
    both = {each.document for each in project.coders.finished() if each.coder == agreed[0]}
    names = tuple(each.name for each in first.design.compared if each.name in both)
    asked = {**options, "rounds": 1, "documents": names}
    found = [(f"{' and '.join(people)}", "First pass", compare(project, **{**asked, "coders": people}))]
    found += [
        (short, f"First pass and {agreed[0]}", compare(project, **{**asked, "coders": (short, agreed[0])}))
        for short in people
    ]
    return _beside([each for each in found if each[2].design.compared])
