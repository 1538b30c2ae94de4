"""How people point at a passage in a few letters, and pencil work: codes noted beside line numbers, typed in as noted.

34-36 m2a p3
48 – 50, m2a, p3   # blanks, commas and long dashes as one writes them
¶12 m1b  ? she may mean the nurse
a15-16 x2          # a15 is ¶15 for keyboards without it
@120:180 p5        # characters, half-open, as programs count
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypedDict

from qualcode.errors import InputError, UserError
from qualcode.model import Document
from qualcode.project import Project
from qualcode.project.segments import NewSegment
from qualcode.visible import visible_line


class Pointed(TypedDict, total=False):
    """One of the ways to say where, as `Segments.place` takes it."""

    lines: tuple[int, int]
    answers: tuple[int, int]
    span: tuple[int, int]
    quote: str


_NUMBER = r"([0-9]{1,9})"
_TO = r" *[-–—−] *"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[int, int], Pointed]], ...] = (
    (re.compile(rf"{_NUMBER}(?:{_TO}{_NUMBER})?"), lambda first, last: {"lines": (first, last)}),
    (re.compile(rf"[¶aA]{_NUMBER}(?:{_TO}[¶aA]?{_NUMBER})?"), lambda first, last: {"answers": (first, last)}),
    (re.compile(rf"@{_NUMBER}:{_NUMBER}"), lambda first, last: {"span": (first, last)}),
)
_PLACE = re.compile(rf"\s*((?:{'|'.join(form.pattern for form, _ in _FORMS)})(?=[\s,;:]|$)|[^\s,;]+)[\s,;:]*")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def place_and_codes(words: str) -> tuple[str, tuple[str, ...]]:
    """What stands before the codes, and the codes: `109 - 112 , M2a` is `109 - 112` and M2a; no codes have commas."""
    found = _PLACE.match(words)
    if found is None:
        return "", ()
    return found[1], tuple(code for code in re.split(r"[\s,;]+", words[found.end() :]) if code)


def pointed(words: str) -> Pointed:
    """What is meant by `34`, `34-36` (lines), `¶12`, `a12-14` (answers) or `@120:180` (characters).

    Raises:
        InputError: it is none of these, or ends before it begins.
    """
    for form, meaning in _FORMS:
        found = form.fullmatch(words)
        if found:
            first = int(found[1])
            last = int(found[2] or found[1])
            if last < first:
                raise InputError(f"{words!r} ends before it begins", remedy="Write the smaller number first.")
            return meaning(first, last)
    raise InputError(
        f"{words!r} does not say where",
        remedy="Lines: 34 or 34-36. Answers: ¶12 or a12-14. Characters: @120:180.",
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of pencil work, as typed.

    Attributes:
        number: of the line, from 1.
        place: as `pointed` reads it.
        codes: short names, in any case.
        unsure: None, or the words after the question mark.
    """

    number: int
    place: str
    codes: tuple[str, ...]
    unsure: str | None


def entries(text: str) -> Iterator[Entry]:
    """The lines that say something: a place, codes and, after a question mark, why one is unsure."""
    for number, line in enumerate(text.split("\n"), start=1):
        noted, mark, doubt = _COMMENT.sub("", line).partition("?")
        if noted.strip() or mark:
            yield Entry(number, *place_and_codes(noted), doubt.strip() if mark else None)


def read(project: Project, document: Document, text: str, where: str) -> list[NewSegment]:
    """Pencil work as passages to be coded; nothing is written.

    Args:
        project: its codes and texts.
        document: the one that was coded on paper.
        text: one entry a line.
        where: what to call the text in messages.

    Raises:
        InputError: some lines cannot be used (the message names every one), or there is no entry at all.
    """
    new: list[NewSegment] = []
    wrong: list[str] = []
    for entry in entries(text):
        try:
            new += _coded(project, document, entry)
        except UserError as error:
            wrong.append(_told(entry.number, error))
    if wrong:
        lines = "1 line" if len(wrong) == 1 else f"{len(wrong)} lines"
        raise InputError(f"{lines} cannot be used, so nothing was written", where=where, remedy="\n".join(wrong))
    if not new:
        raise InputError("there is no entry here", where=where, remedy="Write one a line: 34-36 m2a p3")
    return new


def _told(number: int, error: UserError) -> str:
    """One line of the message, ended once."""
    sentence = f"line {number}: {error.what}. {error.remedy}".rstrip(". ")
    return visible_line(sentence if sentence.endswith("?") else f"{sentence}.")


def _coded(project: Project, document: Document, entry: Entry) -> list[NewSegment]:
    if not entry.codes:
        raise InputError("no code is named", remedy="Write a place, then codes: 34-36 m2a p3")
    start, end = project.segments.place(document, **pointed(entry.place))
    if not 0 <= start < end <= document.length:
        raise InputError(f"{entry.place} does not fit a text of {document.length} characters")
    codes = [project.codes.get(short) for short in entry.codes]
    for code in codes:
        if code.status == "retired":
            raise InputError(f"{code.short} is no longer in use")
    return [NewSegment(document.id, start, end, code.id, unsure=entry.unsure) for code in codes]
