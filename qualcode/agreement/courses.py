"""Comparisons beside each other: round after round, and what coders gave at first beside the consensus."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qualcode.agreement.comparison import compare
from qualcode.agreement.results import Comparison
from qualcode.project import Project


@dataclass(frozen=True, slots=True)
class Course:
    """One of several comparisons: what it is called, the band it stands in, and what was found."""

    name: str
    group: str
    found: Comparison


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
    found = [Course(f"Round {number}", "All documents", each) for number, each in rounds]
    names = [{each.name for each in one.design.compared} for _, one in rounds]
    for (number, _), again in zip(rounds[1:], names[1:], strict=True):
        same = tuple(sorted(again & names[0]))
        if same:
            group = f"The same {len(same)} documents" if len(same) > 1 else same[0]
            found += [
                Course(f"Round {each}", group, compare(project, **{**options, "rounds": each, "documents": same}))
                for each in (rounds[0][0], number)
            ]
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
    found = [Course(f"{' and '.join(people)}", "First pass", compare(project, **{**asked, "coders": people}))]
    found += [
        Course(short, f"First pass and {agreed[0]}", compare(project, **{**asked, "coders": (short, agreed[0])}))
        for short in people
    ]
    return [each for each in found if each.found.design.compared]
