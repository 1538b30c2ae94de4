"""Reads coding files; `coding_file` says what they hold, and takes them into a project."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualcode.errors import InputError
from qualcode.plain_yaml import Items, Mapping, Node, Page, Place, Text, read

_COLOURING = ("unsure", "whose", "standing", "tense")
FLAGS = {"segments": ("negative", "exemplar"), "claims": ("inferred", "prompted")}
"""What is said of an entry with `yes` or `no`."""
_KNOWN = {
    "": ("document", "coder", "read", "segments", "claims", "memos", "nothing_here"),
    "segments": ("code", "quote", *_COLOURING, "negative", "exemplar"),
    "claims": ("from", "to", "quote", "direction", *_COLOURING, "inferred", "prompted", "evidence"),
    "evidence": ("document", "stance", "quote"),
    "memos": ("kind", "on", "text"),
    "nothing_here": ("quote",),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a coding file: its fields, its line, and the records inside it."""

    line: int
    fields: dict[str, str]
    inside: "tuple[Entry, ...]" = ()

    def colouring(self, part: str) -> dict[str, Any]:
        """The fields that colour a segment or claim, as `Segments.add` and `Claims.add` take them."""
        said: dict[str, Any] = {name: self.fields[name] for name in _COLOURING if name in self.fields}
        return said | {name: True for name in FLAGS[part] if self.fields.get(name) == "yes"}


@dataclass(frozen=True, slots=True)
class CodingFile:
    """A coder's coding of a document, as read."""

    path: Path
    document: str
    coder: str
    read_all: bool
    segments: tuple[Entry, ...]
    claims: tuple[Entry, ...]
    memos: tuple[Entry, ...]
    nothing_here: tuple[Entry, ...]


def read_coding(path: Path) -> CodingFile:
    """Read a coding file.

    Raises:
        InputError: it is not readable or not of this form; the message carries line and column.
    """
    page = Page(path.name)
    try:
        root = read(path.read_text(encoding="utf-8"), page)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read as text: {error}", where=path.name) from None
    fields, lists = _parts(root, "", page)
    page.stop_if_wrong()
    for needed in ("document", "coder"):
        if needed not in fields:
            page.stop(Place(1, 1), f"does not name its {needed}", f"Add a line: {needed}: ...")
    entries = {name: tuple(_entries(node, name, page)) for name, node in lists.items()}
    page.stop_if_wrong()
    parts = [entries.get(name, ()) for name in ("segments", "claims", "memos", "nothing_here")]
    return CodingFile(path, fields["document"], fields["coder"], fields.get("read") == "all", *parts)


def _parts(node: Node, part: str, page: Page) -> tuple[dict[str, str], dict[str, Node]]:
    """The plain fields and the lists of one mapping."""
    fields: dict[str, str] = {}
    lists: dict[str, Node] = {}
    if not isinstance(node, Mapping):
        page.stop(node.place, "names and values are expected here", "Look at the form in the documentation.")
    for name, value in node.pairs:
        key = name.text if isinstance(name, Text) else ""
        if key not in _KNOWN[part]:
            page.wrong(name.place, f"{key!r} is not known here", f"Known are: {', '.join(_KNOWN[part])}.")
        elif isinstance(value, Text):
            fields[key] = value.text.strip()
        else:
            lists[key] = value
    return fields, lists


def _entries(node: Node, part: str, page: Page) -> list[Entry]:
    if not isinstance(node, Items):
        page.stop(node.place, "a list is expected here", "Begin each entry with a dash.")
    made = []
    for item in node.items:
        fields, lists = _parts(item, part, page)
        inside = tuple(_entries(lists["evidence"], "evidence", page)) if "evidence" in lists else ()
        made.append(Entry(item.place.line, fields, inside))
    return made
