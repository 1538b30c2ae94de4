"""The attribute sheet: one row a document (or a person in it), matched by the file's name.

Columns are known by their heads, whatever their case: file (or document, transcript, ...), person, role, case, wave,
speaker, part (participant, interviewer or other). Every other column is an attribute: of the document where its head is
`document.minutes`, of the case where it is `case.sector`, else of the person at that wave (`age`, `person.age`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePath

from qualcode.errors import InputError
from qualcode.transcripts import FORMATS, read_sheet
from qualcode.transcripts.reading import storable
from qualcode.visible import visible_line

_HEADS = {
    "file": ("file", "filename", "file name", "document", "document name", "transcript", "transcriptname", "source"),
    "person": ("person", "participant", "participant id", "participant_id", "person id", "pid", "pseudonym"),
    "role": ("role",),
    "case": ("case", "site", "initiative", "service"),
    "wave": ("wave", "time point", "timepoint"),
    "speaker": ("speaker", "label", "speaker label"),
    "part": ("part",),
}
PARTS = ("", "participant", "interviewer", "other")
"""What may stand in the column 'part'; nothing means participant, but for somebody who is known to ask."""

_OF = re.compile(r"(person|case|document)\.(\S.*)", re.IGNORECASE)
"""A head that says whose attribute its column is."""

_FROM_ELSEWHERE = re.compile(r"(?:[A-Za-z]:)?(?:\.{0,2}/)+")


@dataclass(frozen=True, slots=True)
class FaceRow:
    """What a sheet says of one person (or other speaker) in one document. Empty = not said.

    `attributes` are the person's, `of_document` the document's, `of_case` the case's, as (name, value). `number` is the
    row's, as a spreadsheet counts.
    """

    file: str = ""
    person: str = ""
    role: str = ""
    case: str = ""
    wave: str = ""
    speaker: str = ""
    part: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    of_document: tuple[tuple[str, str], ...] = ()
    of_case: tuple[tuple[str, str], ...] = ()
    number: int = 0


def read_face_sheet(path: Path) -> tuple[list[FaceRow], tuple[str, ...]]:
    """The rows of an attribute sheet (CSV or XLSX), and what to tell the user about it.

    Raises:
        InputError: it cannot be read, or no column names the documents.
    """
    sheet = read_sheet(path)
    columns = {part: _column(sheet.headers, names) for part, names in _HEADS.items()}
    if not columns["file"]:
        raise InputError(
            "no column names the documents",
            where=path.name,
            remedy=f"Head one of them 'file'. The heads are: {', '.join(sheet.headers)}",
        )
    rest = [head for head in sheet.headers if head not in columns.values()]
    numbered = zip(sheet.numbers, sheet.rows, strict=True)
    rows = [_row(cells, columns, rest, number) for number, cells in numbered]
    lost = [f"row {row.number} names no document and is passed over" for row in rows if not row.file]
    sentences = (*sheet.warnings, *_taken(columns, rest), *lost)
    told = tuple(f"{visible_line(path.name)}: {sentence}" for sentence in sentences)
    return _each_once(row for row in rows if row.file), told


def _each_once(rows: Iterable[FaceRow]) -> list[FaceRow]:
    """Without the rows that say again what a row before them says."""
    return list({replace(row, number=0): row for row in reversed(list(rows))}.values())[::-1]


def _column(headers: Iterable[str], names: tuple[str, ...]) -> str:
    found = {head.strip().casefold(): head for head in headers}
    return next((found[name] for name in names if name in found), "")


def _taken(columns: Mapping[str, str], rest: Iterable[str]) -> Iterator[str]:
    """Which heads were taken for what, where they are called otherwise; and which were not, though they might be."""
    others = [f"{visible_line(head)} for {part}" for part, head in columns.items() if head.casefold() not in ("", part)]
    if others:
        yield f"heads taken for others: {', '.join(others)}"
    for head in rest:
        part = next((part for part, names in _HEADS.items() if head.strip().casefold() in names), "")
        if part:
            yield f"{visible_line(head)} is taken for an attribute, since {visible_line(columns[part])} is the {part}"


def _row(cells: Mapping[str, str], columns: Mapping[str, str], rest: list[str], number: int) -> FaceRow:
    said = {part: cells.get(head, "").strip() if head else "" for part, head in columns.items()}
    held: dict[str, list[tuple[str, str]]] = {"person": [], "document": [], "case": []}
    for head in rest:
        if value := cells.get(head, "").strip():
            of = _OF.fullmatch(head.strip())
            held[of[1].casefold() if of else "person"].append((of[2] if of else head, value))
    said["part"] = said["part"].casefold()
    of_person, of_document, of_case = (tuple(held[holder]) for holder in ("person", "document", "case"))
    return FaceRow(**said, attributes=of_person, of_document=of_document, of_case=of_case, number=number)


@lru_cache(maxsize=4096)  # every row is held against every document
def matching_name(name: str) -> str:
    """A document's or file's name as it is matched: without a transcript's suffix, composed, in one case.

    A path keeps its folders, with "/" between them, but for what leads to them from elsewhere (`..`, `C:`).
    """
    path = _FROM_ELSEWHERE.sub("", name.strip().replace("\\", "/"))
    suffix = PurePath(path).suffix
    stem = path.removesuffix(suffix) if suffix.lower() in (*FORMATS, ".doc", ".pdf") else path
    return unicodedata.normalize("NFC", stem).casefold().strip()


def folder_of(path: Path) -> str:
    """The name of the folder a file lies in, composed."""
    return unicodedata.normalize("NFC", storable(path.absolute().parent.name))


def in_folder(name: str, path: Path) -> str:
    """A document's name with its file's folder, for a name that another folder has too: `A-SU1 (wave2)`."""
    return f"{name} ({folder_of(path)})"


def names_in_a_sheet(path: Path, document: str) -> frozenset[str]:
    """All that a sheet may call a document, as `matching_name` has it: `A-SU1`, `A-SU1 (wave2)`, `wave2/A-SU1`, ...

    Args:
        path: of the file it was read from.
        document: its name in the project.
    """
    parts = path.absolute().parts[1:]
    paths = ("/".join(parts[start:]) for start in range(len(parts) - 1))
    names = (document, in_folder(path.stem, path), *map(storable, paths))
    return frozenset(map(matching_name, names))
