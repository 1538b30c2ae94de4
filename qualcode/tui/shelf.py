"""The documents as their list shows them: one row each with who speaks and how far one has come. No Textual in here."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.model import Document, Person
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.project.progress import NOT_BEGUN, DocumentProgress
from qualcode.project.voices import role_at

Which = Literal["all", "unfinished", "finished"]
WHICH: tuple[Which, ...] = ("all", "unfinished", "finished")


@dataclass(frozen=True, slots=True)
class Listed:
    """One document in the list.

    Attributes:
        who: people with role and case, "P03 SU A + P07 PW A".
        people: their ids.
    """

    document: Document
    progress: DocumentProgress
    who: str
    people: tuple[int, ...]

    @property
    def percent(self) -> int:
        """How much of it the acting coder has read: who has finished it, all."""
        return 100 if self.progress.finished else percent_read(self.progress, self.document)

    @property
    def wave(self) -> str:
        """The wave's name, "" where there are none."""
        return "" if self.document.wave == NO_WAVE else self.document.wave

    @property
    def state(self) -> str:
        """`done r2`, `begun` or `–`."""
        done = self.progress
        if done.finished:
            return f"done r{done.finished}"
        return "begun" if done.passages or done.read or done.claims else "–"

    @property
    def words(self) -> str:
        """What a filter looks in."""
        return f"{self.document.name} {self.who} {self.document.wave} {self.state}".casefold()


def shelf(project: Project) -> list[Listed]:
    """All documents, in the order of their names as people count (A-2 before A-10)."""
    people = {person.id: person for person in project.people.all()}
    cases = {case.id: case.name for case in project.cases.all()}
    progress, speaking = project.progress.by_document(), project.documents.people()
    rows = []
    for document in project.documents.all():
        known = [people[each] for each in speaking.get(document.id, ()) if each in people]
        who = " + ".join(_told(each, document, cases) for each in known) or cases.get(document.case or 0, "")
        done = progress.get(document.id, NOT_BEGUN)
        rows.append(Listed(document, done, who, tuple(each.id for each in known)))
    return sorted(rows, key=lambda each: counted(each.document.name))


def _told(person: Person, document: Document, cases: Mapping[int, str]) -> str:
    parts = (person.name, role_at(person, document.wave), cases.get(person.case or 0, ""))
    return " ".join(part for part in parts if part)


def counted(name: str) -> tuple[tuple[int, int, str], ...]:
    """A name as people sort it: digits by their number, letters whatever their case."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+|[0-9]+", name.casefold())
    return tuple((0, int(part), "") if part[0] in "0123456789" and len(part) < 19 else (1, 0, part) for part in parts)


def percent_read(done: DocumentProgress, document: Document) -> int:
    """How much of a text is coded or marked as read; only all of it is 100."""
    return 100 if done.read >= document.length > 0 else min(99, round(100 * done.read / max(1, document.length)))


ORDERS: Sequence[tuple[str, Callable[[Listed], object]]] = (
    ("document", lambda each: counted(each.document.name)),
    ("who", lambda each: counted(each.who)),
    ("wave", lambda each: counted(each.wave)),
    ("read", lambda each: each.percent),
    ("coded", lambda each: each.progress.passages),
    ("unsure", lambda each: each.progress.unsure),
    ("claims", lambda each: each.progress.claims),
    ("memos", lambda each: each.progress.memos),
    ("state", lambda each: (each.progress.finished, each.state != "–")),
)
"""Columns of the list with what they sort by."""


def chosen(
    rows: Iterable[Listed], *, typed: str = "", which: Which = "all", only: frozenset[int] | None = None
) -> list[Listed]:
    """Rows that have all the words typed, are (un)finished, and are among `only` (ids of documents)."""
    words = typed.casefold().split()
    return [
        each
        for each in rows
        if (only is None or each.document.id in only)
        and (which == "all" or (which == "finished") == bool(each.progress.finished))
        and all(word in each.words for word in words)
    ]


def ordered(rows: Iterable[Listed], by: int, *, is_falling: bool) -> list[Listed]:
    """By a column of `ORDERS`; rows that are equal in it stay in the order they had."""
    return sorted(rows, key=ORDERS[by][1], reverse=is_falling)  # type: ignore[arg-type]
