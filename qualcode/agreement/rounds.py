"""Which documents are compared, and in which round each coder's coding of them is taken.

The rule, the same for numbers, disagreements, the meeting and the consensus: each coder's last finished round of a
document stands beside the others' last finished rounds, also where one has finished more rounds than another; what
anybody has finished counts, and where rounds differ it is said. Where a round is asked for by number, only those who
have finished that round of a document are compared there; the others are missing, and named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from qualcode.agreement.coding import Mask
from qualcode.errors import RefusedError
from qualcode.model import Coder, Document
from qualcode.project import Project
from qualcode.project.finishing import FinishedRound
from qualcode.sweep import Integers


@dataclass(frozen=True, slots=True)
class Compared:
    """A document that is compared.

    Attributes:
        name: of the document.
        rounds: for each coder who has finished it: short name, number of the round, codebook version then.
        finished: when each did, in the order of `rounds`.
        was_blind: of each, whether they were asked to code it blind before they began.
    """

    name: str
    rounds: tuple[tuple[str, int, int], ...]
    finished: tuple[datetime, ...] = ()
    was_blind: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that is not compared, and why in words."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """What is compared.

    Attributes:
        documents: those compared, by name.
        compared: the same, with their rounds.
        set_aside: the others.
        number: documents by coders: of the round taken; 0 = not finished.
        asked: the round asked for; None = each coder's last.
        remarks: what must be said of it, in sentences: where rounds differ, who is missing.
    """

    documents: tuple[Document, ...]
    compared: tuple[Compared, ...]
    set_aside: tuple[SetAside, ...]
    number: Integers
    asked: int | None = None
    remarks: tuple[str, ...] = ()

    @property
    def seen(self) -> Mask:
        """Documents by coders: whether the coder has finished it."""
        return np.asarray(self.number > 0)


def coders_of(
    project: Project, finished: Sequence[FinishedRound], names: Sequence[str] | None, number: int | None
) -> tuple[Coder, ...]:
    """The coders to compare: those named, or all people who have finished a document (or that round of one).

    Args:
        project: an open study.
        finished: all finished rounds of it.
        names: short names; None = all people.
        number: of the round.

    Raises:
        NotFoundError: there is no such coder.
        RefusedError: they are fewer than two.
    """
    if names is not None:
        chosen = tuple(dict.fromkeys(project.coders.get(name) for name in names))
    else:
        people = [each for each in project.coders.all() if each.kind == "person"]
        chosen = tuple(each for each in people if each.short in {one.coder for one in finished if one.number == number})
        if len(chosen) < 2:  # no round is asked for, or no two have finished it
            chosen = tuple(each for each in people if each.short in {one.coder for one in finished})
    if names is not None and len(chosen) == 1:
        raise RefusedError(
            f"agreement compares two coders or more, and only {chosen[0].short} is named",
            remedy=f"Name another too: --coder {chosen[0].short} --coder JB. Or name none: all who have finished.",
        )
    if len(chosen) < 2:
        raise RefusedError(
            "agreement compares two coders or more, each of whom has finished a document",
            remedy="Finish a document as each of them: qualcode documents finish DOCUMENT --coder AK",
        )
    return chosen


def rounds_of(
    project: Project,
    finished: Sequence[FinishedRound],
    coders: Sequence[Coder],
    number: int | None,
    names: Sequence[str] | None,
) -> Rounds:
    """Choose documents and rounds.

    Each coder's last finished round is taken; of a round asked for by number, whoever has not finished that very round
    is missing. A consensus has rounds of its own; its last is taken in any case.

    Args:
        project: an open study.
        finished: all finished rounds of it.
        coders: to compare.
        number: this round of every document; None = each coder's last.
        names: of documents; None = all.
    """
    known = project.documents.all() if names is None else [project.documents.get(name) for name in names]
    by_document: dict[str, list[FinishedRound]] = {}
    for each in finished:
        by_document.setdefault(each.document, []).append(each)
    documents, compared, aside, numbers = [], [], [], []
    for document in sorted(known, key=lambda each: each.name):
        of_it = by_document.get(document.name, [])
        taken = _taken(of_it, coders, number)
        why = _why_not(of_it, coders, taken, number)
        if why:
            aside.append(SetAside(document.name, why))
            continue
        documents.append(document)
        chosen = [taken[each.short] for each in coders if each.short in taken]
        rounds = tuple((each.coder, each.number, each.codebook_version) for each in chosen)
        finishing = tuple(each.at for each in chosen)
        compared.append(Compared(document.name, rounds, finishing, tuple(each.was_blind for each in chosen)))
        numbers.append([taken[each.short].number if each.short in taken else 0 for each in coders])
    table = np.array(numbers, dtype=np.int64).reshape(-1, len(coders))
    made = Rounds(tuple(documents), tuple(compared), tuple(aside), table, number)
    told = [*_differing(made, coders), *_missing(made, coders)]
    if number is not None:
        told += _absent(
            made, {each.short for each in project.coders.all() if each.kind == "person"}, coders, by_document
        )
    return replace(made, remarks=tuple(told))


def _taken(finished: list[FinishedRound], coders: Sequence[Coder], number: int | None) -> dict[str, FinishedRound]:
    """Each coder's round of a document, by short name."""
    kinds = {each.short: each.kind for each in coders}
    return {
        each.coder: each  # they come by number, so that the last stays
        for each in finished
        if each.coder in kinds and (number in (None, each.number) or kinds[each.coder] == "consensus")
    }


def _differing(rounds: Rounds, coders: Sequence[Coder]) -> Iterator[str]:
    """Where one coder's last round has another number than the others'."""
    people = {each.short for each in coders if each.kind == "person"}
    alike: dict[str, list[str]] = {}
    for each in rounds.compared:
        taken = [(short, number) for short, number, _ in each.rounds if short in people]
        if len({number for _, number in taken}) > 1:
            alike.setdefault(", ".join(f"{short} in round {number}" for short, number in taken), []).append(each.name)
    if alike:
        told = "; ".join(f"{who}: {_some(names)}" for who, names in alike.items())
        yield f"Each coder's last finished round is compared, and their rounds differ in places. {told}."


def _missing(rounds: Rounds, coders: Sequence[Coder]) -> Iterator[str]:
    """Who has not finished what others are compared on."""
    round_asked = f"round {rounds.asked} of " if rounds.asked else ""
    for place, coder in enumerate(coders):
        names = [each.name for each, number in zip(rounds.compared, rounds.number, strict=True) if not number[place]]
        if names:
            yield f"{coder.short} has not finished {round_asked}{_some(names)}, and is missing there."


def _absent(
    rounds: Rounds, people: set[str], coders: Sequence[Coder], finished: Mapping[str, list[FinishedRound]]
) -> Iterator[str]:
    """Who has finished what is compared, but never in the round asked for."""
    there = [each for document in rounds.compared for each in finished[document.name]]
    done = {each.coder for each in there if each.number == rounds.asked} | {each.short for each in coders}
    gone = sorted({each.coder for each in there} & people - done)
    if gone:
        yield f"Not compared, having finished no round {rounds.asked} of these: {', '.join(gone)}."


def _some(names: Sequence[str]) -> str:
    """The first few of many."""
    more = f" and {len(names) - 4} more" if len(names) > 5 else ""
    return ", ".join(names[:4] if more else names) + more


def _why_not(
    finished: list[FinishedRound], coders: Sequence[Coder], taken: dict[str, FinishedRound], number: int | None
) -> str:
    chosen = {each.short for each in coders}
    if any(each.segments is None for each in finished if each.coder in chosen):
        return "it is being coded blind"
    if len(taken) >= 2:
        return ""
    done = sorted({each.coder for each in finished if each.coder in chosen})
    if len(done) >= 2:
        return f"no two of the coders have finished round {number}"
    return f"only {done[0]} has finished it" if done else "none of the coders has finished it"
