"""Which rows of an attribute sheet are about which document, and what is wrong with it before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from qualcode.errors import InputError
from qualcode.project.cases import NO_WAVE
from qualcode.project.naming import folded
from qualcode.transcripts import Reading
from qualcode.visible import visible_line
from qualcode.work.face_sheet import PARTS, FaceRow, matching_name, names_in_a_sheet


class _Fact(NamedTuple):
    """One thing a row says: of what (a key), in words, the value, and the value as it is compared."""

    of: tuple[str, ...]
    what: str
    value: str
    compared: str
    row: int


def faults(rows: Sequence[FaceRow], roles: Sequence[str], wave: str = NO_WAVE) -> list[str]:
    """Why a sheet cannot be used: rows that contradict each other, roles and parts nobody knows; a line each.

    Args:
        rows: of the sheet.
        roles: short names of the project's roles.
        wave: of the documents for which the sheet names none.
    """
    return [*_contradictions(rows, wave), *_unknown(rows, roles)]


def with_known_roles(rows: Sequence[FaceRow], roles: Sequence[str]) -> list[FaceRow]:
    """The rows, without the roles that nobody knows: what a sheet would do if that were mended."""
    known = {folded(role) for role in roles}
    return [row if folded(row.role) in known else replace(row, role="") for row in rows]


def rows_on(rows: Sequence[FaceRow], path: Path, document: str) -> list[FaceRow]:
    """The sheet's rows on the document of that name, read from that path."""
    if not rows:
        return []
    names = names_in_a_sheet(path, document)
    return [row for row in rows if matching_name(row.file) in names]


def unmatched(rows: Sequence[FaceRow], documents: Iterable[str], readings: Iterable[Reading]) -> list[str]:
    """What the sheet's rows call documents that are neither in the project nor among the readings, each once."""
    if not rows:
        return []
    names = {matching_name(name) for name in documents}
    for reading in readings:
        names |= names_in_a_sheet(reading.path, reading.path.stem)
    return list(dict.fromkeys(row.file for row in rows if matching_name(row.file) not in names))


def refuse(found: Sequence[str], where: str) -> None:
    """Stop where there are faults.

    Raises:
        InputError: names every one.
    """
    if found:
        several = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
        advice = "Mend the sheet and import again; or import without it, and again with it when it is mended."
        raise InputError(
            f"{several} wrong with the sheet, so nothing was brought in",
            where=where,
            remedy="\n".join([*map(visible_line, found), advice]),
        )


def _contradictions(rows: Sequence[FaceRow], wave: str) -> Iterator[str]:
    first: dict[tuple[str, ...], _Fact] = {}
    for fact in _facts(rows, wave):
        before = first.setdefault(fact.of, fact)
        if before.compared != fact.compared:
            values = f"{before.value} in the one, {fact.value} in the other"
            yield f"rows {before.row} and {fact.row}: {fact.what} is {values}"


def _facts(rows: Sequence[FaceRow], wave: str) -> Iterator[_Fact]:
    waves: dict[str, str] = {}
    for row in rows:
        if row.wave:
            waves.setdefault(matching_name(row.file), row.wave)
    for row in rows:
        document, speaker = matching_name(row.file), folded(row.speaker)
        at = waves.get(document, wave)
        whose = row.person or (f"{row.speaker} in {row.file}" if row.speaker else f"the person in {row.file}")
        person = ("person", folded(row.person)) if row.person else ("speaker", document, speaker)
        then = "" if at == NO_WAVE else f" at wave {at}"
        if row.wave:
            yield _Fact(("wave", document), f"the wave of {row.file}", row.wave, folded(row.wave), row.number)
        if speaker and row.person:
            who = f"who {row.speaker} is in {row.file}"
            yield _Fact(("who", document, speaker), who, row.person, folded(row.person), row.number)
        if row.case:
            yield _Fact(("case", *person), f"the case of {whose}", row.case, folded(row.case), row.number)
        if row.role:
            yield _Fact(("role", at, *person), f"the role of {whose}{then}", row.role, folded(row.role), row.number)
        yield from _facts_of_others(row, document)
        for name, value in row.attributes:
            yield _Fact(("attribute", name, at, *person), f"{name} of {whose}{then}", value, value, row.number)


def _facts_of_others(row: FaceRow, document: str) -> Iterator[_Fact]:
    """What a row says of its document and its case."""
    for name, value in row.of_document:
        yield _Fact(("document's", name, document), f"{name} of the document {row.file}", value, value, row.number)
    for name, value in row.of_case if row.case else ():
        of = ("case's", name, folded(row.case))
        yield _Fact(of, f"{name} of the case {row.case}", value, value, row.number)


def _unknown(rows: Sequence[FaceRow], roles: Sequence[str]) -> Iterator[str]:
    known = {folded(role) for role in roles}
    strange = dict.fromkeys(row.role for row in rows if row.role and folded(row.role) not in known)
    for role in strange:
        where = _numbered(row.number for row in rows if row.role == role)
        yield (
            f"{where}: there is no role {role} (there are {', '.join(roles)}). "
            f'Add it: qualcode roles add "{role}" "ITS NAME"'
        )
    for part in dict.fromkeys(row.part for row in rows if row.part not in PARTS):
        where = _numbered(row.number for row in rows if row.part == part)
        yield f"{where}: {part} is no part: write participant, interviewer, other or nothing"


def _numbered(rows: Iterable[int]) -> str:
    numbers = [str(row) for row in rows]
    return f"row {numbers[0]}" if len(numbers) == 1 else f"rows {', '.join(numbers)}"


def without_speaker(own: Iterable[FaceRow], labels: Sequence[str], document: str) -> Iterator[tuple[FaceRow, str]]:
    """Rows of a document whose speaker it does not have, each with what to say of it."""
    known = {folded(label) for label in labels}
    for row in own:
        if row.speaker and folded(row.speaker) not in known:
            there = ", ".join(map(visible_line, labels)) or "no speakers"
            yield row, f"row {row.number}: {document} has no speaker {visible_line(row.speaker)} (it has {there})"
