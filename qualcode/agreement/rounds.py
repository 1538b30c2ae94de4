"""Which documents are compared, and in which round each coder's coding of them is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """

    documents: tuple[Document, ...]
    compared: tuple[Compared, ...]
    set_aside: tuple[SetAside, ...]
    number: Integers

    @property
    def seen(self) -> Mask:
        """Documents by coders: whether the coder has finished it."""
        return np.asarray(self.number > 0)


def coders_of(project: Project, names: Sequence[str] | None) -> tuple[Coder, ...]:
    """The coders to compare: those named, or all people who have finished a document.

    Raises:
        NotFoundError: there is no such coder.
        RefusedError: they are fewer than two.
    """
    if names is not None:
        chosen = tuple(dict.fromkeys(project.coders.get(name) for name in names))
    else:
        finished = {each.coder for each in project.coders.finished()}
        chosen = tuple(each for each in project.coders.all() if each.kind == "person" and each.short in finished)
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
    project: Project, coders: Sequence[Coder], number: int | None, names: Sequence[str] | None
) -> Rounds:  # fmt: skip
    """Choose documents and rounds.

    A document's round is the last that two of the people have finished (one, where a single one is compared with the
    consensus). Whoever has not finished that very round is missing there. A consensus has rounds of its own; its last
    is taken.

    Args:
        project: an open study.
        coders: to compare.
        number: this round of every document; None = each document's last.
        names: of documents; None = all.
    """
    known = project.documents.all() if names is None else [project.documents.get(name) for name in names]
    finished: dict[str, list[FinishedRound]] = {}
    for each in project.coders.finished():
        finished.setdefault(each.document, []).append(each)
    documents, compared, aside, numbers = [], [], [], []
    for document in sorted(known, key=lambda each: each.name):
        of_it = finished.get(document.name, [])
        taken = _taken(of_it, coders, number)
        why = _why_not(of_it, coders, taken)
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
    return Rounds(tuple(documents), tuple(compared), tuple(aside), table)


def _taken(finished: list[FinishedRound], coders: Sequence[Coder], number: int | None) -> dict[str, FinishedRound]:
    """Each coder's round of a document, by short name."""
    people = {each.short for each in coders if each.kind == "person"}
    wanted = number or _last_common([each for each in finished if each.coder in people], min(2, len(people)))
    taken = {each.coder: each for each in finished if each.coder in people and each.number == wanted}
    for each in finished:  # by number, so that the last stays
        if each.coder in {other.short for other in coders} - people:
            taken[each.coder] = each
    return taken


def _last_common(finished: list[FinishedRound], enough: int) -> int:
    """The last round that enough people have finished; 0 = none."""
    numbers = [each.number for each in finished]
    return max((number for number in numbers if numbers.count(number) >= enough), default=0)


def _why_not(finished: list[FinishedRound], coders: Sequence[Coder], taken: dict[str, FinishedRound]) -> str:
    chosen = {each.short for each in coders}
    if any(each.segments is None for each in finished if each.coder in chosen):
        return "it is being coded blind"
    if len(taken) >= 2:
        return ""
    done = sorted({each.coder for each in finished if each.coder in chosen})
    if len(done) >= 2:
        return "no two of the coders have finished the same round"
    return f"only {done[0]} has finished it" if done else "none of the coders has finished it"
