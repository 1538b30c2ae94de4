"""One coder's coding of one document as a readable file, and its way into a project.

    document: A-SU1_wave1
    coder: AK
    read: all                       # the whole text has been read
    segments:
      - code: M2a
        quote: if she can get up of a morning [...] I can
        unsure: her, or the job?    # also negative, exemplar, whose, standing, tense
    claims:
      - from: M2a
        to: P3
        quote: ...
        direction: raises           # also inferred, prompted, unsure, whose, standing, tense
        evidence:
          - document: A-PW1
            stance: contradicts
            quote: ...
    memos:
      - kind: analytic
        on: document                # or a code's short name
        text: ...
    nothing_here:
      - quote: ...

Passages stand as their words, so that a person can read and mend the file; they are found as in `places.quote_span`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualcode.errors import InputError, UserError
from qualcode.model import Document, Segment
from qualcode.plain_yaml import Items, Mapping, Node, Page, Place, Text, read
from qualcode.project import Project
from qualcode.project.asking import WARNING, wholly_asked
from qualcode.project.segments import NewSegment

Names = Callable[..., bytes]

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


def store_coding(project: Project, coding: CodingFile, name: Names | None = None) -> int:
    """Write a coding file's content as the acting coder's, in one action.

    A passage that is the interviewer's alone is stored, and the project's `announce` is told.

    Args:
        project: opened by the coder whom the file names.
        coding: all documents and codes it names are in the project.
        name: makes the guid of each thing from its names, so that what is shipped is the same each time.

    Returns:
        How many passages are new; those that the coder has coded so already are left as they are.

    Raises:
        InputError: a quote is not found or not unique, or a code is unknown; the message carries the line.
            Nothing is written.
    """
    document = project.documents.get(coding.document)
    with project.action("store coding", document=document.id):
        new = [_segment(project, coding, entry, name) for entry in coding.segments]
        return _store(project, coding, document, new, name)


def _store(project: Project, coding: CodingFile, document: Document, new: list[NewSegment], name: Names | None) -> int:
    """Inside the action; `new`: the file's passages, found in the text. Returns how many the coder had not yet."""
    added = project.segments.add_many(new)
    _tell_of_questions(project, coding, document, new)
    for entry in coding.claims:
        _store_claim(project, coding, entry, name)
    for entry in coding.memos:
        _store_memo(project, coding, entry)
    if coding.read_all:
        project.documents.mark_read(document, 0, document.length)
    for entry in coding.nothing_here:
        with _at_line(coding, entry):
            project.documents.mark_read(document, *_found(project, coding.document, entry), nothing_here=True)
    return added


def _tell_of_questions(project: Project, coding: CodingFile, document: Document, new: list[NewSegment]) -> None:
    body, turns = project.documents.body(document), project.documents.turns(document)
    asking = project.documents.interviewers(document)
    for entry, each in zip(coding.segments, new, strict=True):
        if wholly_asked(body, turns, asking, each.start, each.end):
            project.store.announce(f"{coding.path.name}:{entry.line}: {WARNING}")


def store_later_round(project: Project, coding: CodingFile, name: Names | None = None) -> None:
    """Write a coding file as all that the acting coder now codes in its document, in one action.

    What they coded there before and the file does not say in just that way goes; a finished round keeps it. Arguments
    and errors are those of `store_coding`.
    """
    document = project.documents.get(coding.document)
    with project.action("store coding of a later round", document=document.id):
        new = [_segment(project, coding, entry, name) for entry in coding.segments]
        said = set(map(_said, new))
        before = project.segments.of(document, coding.coder)
        project.segments.remove([segment for segment in before if _said(segment) not in said])
        for claim in project.claims.find(document=document.name, coder=coding.coder):
            project.claims.remove(claim)
        _store(project, coding, document, new, name)


def _said(each: NewSegment | Segment) -> tuple[object, ...]:
    colouring = (each.unsure, each.negative, each.exemplar, each.whose, each.standing, each.tense)
    return (each.start, each.end, each.code, *colouring)


def _round(project: Project, coding: CodingFile) -> tuple[int, ...]:
    """What tells the names of things made in a later round from those of the first."""
    document, coder = project.documents.get(coding.document), project.coders.get(coding.coder)
    number = project.coders.round_of(document.id, coder.id)
    return (number,) if number > 1 else ()


def _segment(project: Project, coding: CodingFile, entry: Entry, name: Names | None) -> NewSegment:
    with _at_line(coding, entry):
        start, end = _found(project, coding.document, entry)
        code = project.codes.get(entry.fields.get("code", ""))
    named = (coding.coder, coding.document, code.short, start, end)
    guid = name("segment", *named, *_round(project, coding)) if name else None
    document = project.documents.get(coding.document).id
    return NewSegment(document, start, end, code.id, guid=guid, **entry.colouring("segments"))


def _store_claim(project: Project, coding: CodingFile, entry: Entry, name: Names | None) -> None:
    source, target = entry.fields.get("from", ""), entry.fields.get("to", "")
    direction: Any = entry.fields.get("direction", "raises")
    with _at_line(coding, entry):
        span = _found(project, coding.document, entry)
        named = (coding.coder, coding.document, source, target, *span)
        guid = name("claim", *named, *_round(project, coding)) if name else None
        colouring = entry.colouring("claims")
        claim = project.claims.add(
            coding.document, source, target, span=span, direction=direction, guid=guid, **colouring
        )
    for other in project.claims.beside(claim):
        if (other.start, other.end, other.direction) == (claim.start, claim.end, claim.direction):
            project.store.announce(f"{coding.path.name}:{entry.line}: claim {other.id} says the same")
    for each in entry.inside:
        stance: Any = each.fields.get("stance", "supports")
        where = each.fields.get("document", coding.document)
        with _at_line(coding, each):
            project.claims.add_evidence(claim, where, stance, span=_found(project, where, each))


def _store_memo(project: Project, coding: CodingFile, entry: Entry) -> None:
    on = entry.fields.get("on", "document")
    kind: Any = entry.fields.get("kind", "analytic")
    text = entry.fields.get("text", "")
    with _at_line(coding, entry):
        if on == "document":
            target: dict[str, Any] = {"document": project.documents.get(coding.document).id}
        else:
            target = {"code": project.codes.get(on).id}
        same = [each.id for each in project.memos.find(**target) if each.body == text]
        project.memos.add(text, kind=kind, **target)
    if same:
        project.store.announce(f"{coding.path.name}:{entry.line}: memo {same[0]} says the same")


def _found(project: Project, document: str, entry: Entry) -> tuple[int, int]:
    return project.segments.place(project.documents.get(document), quote=entry.fields.get("quote", ""))


@contextmanager
def _at_line(coding: CodingFile, entry: Entry) -> Iterator[None]:
    """What goes wrong inside is told with the entry's line."""
    try:
        yield
    except UserError as error:
        raise InputError(error.what, where=f"{coding.path.name}:{entry.line}", remedy=error.remedy) from None
