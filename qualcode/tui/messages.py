"""What screens tell the workbench: it alone goes from one to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.message import Message

from qualcode.model import Claim, ClaimEvidence, Document, Segment
from qualcode.project.citations import Style
from qualcode.table import Evidence


@dataclass
class OpenDocument(Message):
    """A document is to be shown, at a code point, or (None) where it was left."""

    document: Document
    at: int | None = None


@dataclass
class Gone(Message):
    """What was shown is no longer in the project; its name."""

    name: str


@dataclass
class ShowDocuments(Message):
    """The documents in which a person speaks are to be shown: their id and name."""

    person: int
    name: str


@dataclass
class OpenStudy(Message):
    """Another project is to be opened, by a coder (None: the one who is known)."""

    path: Path
    coder: str | None = None


@dataclass
class OpenTable(Message):
    """A table is to be shown, by its name, its passages cited so."""

    name: str
    style: Style = "team"


@dataclass
class OpenHub(Message):
    """A code of the change model is to be shown in the middle of its arrows, counted with some options."""

    code: str
    options: Mapping[str, Any]


@dataclass
class OpenPassages(Message):
    """Passages are to be read, under a title: what a number rests on."""

    title: str
    evidence: Evidence


@dataclass
class Copy(Message):
    """Words are to go to the clipboard, if those of this project may."""

    words: str
    told: str


@dataclass
class OpenCoded(Message):
    """All passages of some codes are to be read side by side (no codes: all passages)."""

    codes: tuple[str, ...]


@dataclass
class CodeOn(Message):
    """Passages are to be read and coded as one document: title, what they were narrowed down by, and they."""

    title: str
    narrowed: str
    passages: tuple[Segment | Claim | ClaimEvidence, ...]


@dataclass
class OpenDisagreements(Message):
    """What coders differ on is to be talked over: on some codes, by id (none: on all), in a round (None: the last)."""

    title: str
    codes: frozenset[int]
    round: int | None = None
