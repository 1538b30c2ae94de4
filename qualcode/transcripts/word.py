"""Word documents (.docx): every word that stands in the text, as an author would see it with changes accepted.

The walk goes over the elements themselves. `python-docx` gives paragraphs only: it loses tables, tracked
insertions and content controls, which any text that passed through Google Docs has.
"""

import posixpath
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InputError
from qualcode.transcripts import speakers
from qualcode.transcripts.reading import Options, Reading, Transcript, document_name, normalise, require_words
from qualcode.transcripts.word_walk import Notes, Walk, attribute, children, local_name
from qualcode.untrusted import Archive, open_archive, parse_xml
from qualcode.visible import counted, visible_line

_SAVE = "Open it in Word or LibreOffice and save it as .docx."
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_WORD = "this is a zip archive, but no Word document"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a document, by what they are to it: "footnotes", "header", ..."""

    main: str
    by_kind: dict[str, tuple[str, ...]]


def transcribe(path: Path, data: bytes, options: Options) -> Reading:
    """The transcript in a Word document.

    Tables give one line a row with tabs between cells. Tracked insertions are taken, deletions left out.
    Footnotes and endnotes stand after the text, in no turn. Headers, footers and comments are left out.

    Raises:
        InputError: not a Word document, an old or a protected one, a damaged one, or one without words.
    """
    where = visible_line(path.name)
    _refuse_other_kinds(data, where)
    archive = open_archive(data, where)
    parts = _parts(archive)
    walk = Walk(where)
    walk.go(parse_xml(archive.read(parts.main), where))
    body, replaced = normalise(walk.text())
    if walk.has_embedded() and not body.strip():
        what = "its words stand in an embedded document, which is not read"
        raise InputError(what, where=where, remedy="Open it in Word and save it anew.")
    require_words(body, path)
    found = speakers.find(body, options, walk.bold_heads)
    appendix, count = _appendix(archive, parts, walk.notes)
    transcript = Transcript(document_name(path), body + appendix, found.turns, found.speakers, found.cues)
    told = (*walk.warnings(), *_about_notes(count), *_about_furniture(archive, parts))
    return Reading(path, "docx", "", data, (transcript,), replaced + told + found.warnings)


def _refuse_other_kinds(data: bytes, where: str) -> None:
    if data.startswith(b"PK"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _ENCRYPTED in data:
            what, remedy = "the document is protected by a password", "Open it in Word and save it without a password."
        else:
            what, remedy = "this is an old Word document (.doc) under a new name", _SAVE
    elif data.startswith(b"{\\rtf"):
        what, remedy = "this is an RTF file, not a Word document", _SAVE
    elif not data:
        what, remedy = "the file is empty", "Ask for it again."
    else:
        what, remedy = "this is not a Word document", "If it is plain text, call it .txt; else save it as .docx."
    raise InputError(what, where=where, remedy=remedy)


def _parts(archive: Archive) -> _Parts:
    main = _related(archive, "").get("officeDocument", ("word/document.xml",))[0]
    if main not in archive:
        raise InputError(_NOT_WORD, where=archive.where, remedy=_SAVE)
    return _Parts(main, _related(archive, main))


def _related(archive: Archive, part: str) -> dict[str, tuple[str, ...]]:
    """The parts that a part refers to, by the last word of the relation's type."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for relation in parse_xml(archive.read(relations), archive.where):
        if relation.get("TargetMode") != "External":
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target", "")))).lstrip("/")
            found[kind] = (*found.get(kind, ()), target)
    return found


def _appendix(archive: Archive, parts: _Parts, referred: Notes) -> tuple[str, int]:
    """The footnotes and endnotes as text to stand after the body, and how many there are."""
    text = ""
    total = 0
    for kind in ("footnotes", "endnotes"):
        notes = [note for part in parts.by_kind.get(kind, ()) for note in _notes(archive, part, referred.of(kind))]
        if notes:
            lines = "".join(f"[{number}] {note}\n" for number, note in enumerate(notes, start=1))
            text += f"\n[{kind.capitalize()}]\n{lines}"
            total += len(notes)
    return text, total


def _notes(archive: Archive, part: str, order: tuple[str, ...]) -> list[str]:
    """The words of a part's notes, in the order the text refers to them."""
    if part not in archive:
        return []
    found: dict[str, str] = {}
    for note in children(parse_xml(archive.read(part), archive.where)):
        walk = Walk(archive.where)
        walk.go(note)
        words = normalise(walk.text())[0].strip()
        if words and local_name(note) in ("footnote", "endnote"):
            found[attribute(note, "id")] = words
    return [found[number] for number in order if number in found] + [
        words for number, words in found.items() if number not in order
    ]


def _about_notes(count: int) -> tuple[str, ...]:
    one, many = "footnote or endnote stands", "footnotes or endnotes stand"
    return (f"{counted(count, one, many)} at the end of the text, in nobody's turn",) if count else ()


def _about_furniture(archive: Archive, parts: _Parts) -> tuple[str, ...]:
    names = [name for kind in ("header", "footer") for name in parts.by_kind.get(kind, ()) if name in archive]
    count = sum(_has_words(archive, name) for name in names)
    return (counted(count, "header or footer was left out", "headers or footers were left out"),) if count else ()


def _has_words(archive: Archive, part: str) -> bool:
    walk = Walk(archive.where)
    walk.go(parse_xml(archive.read(part), archive.where))
    return any(character.isalpha() for character in walk.text())
