"""Archives and XML from elsewhere, opened so that no file can harm the machine or read another file.

Archives are read member by member, by exact name, under caps that are counted while reading because
headers lie. XML is read without entities, and any DOCTYPE is refused.
"""

import io
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from qualcode.errors import InputError
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 200 * 1024**2
LARGEST_ARCHIVE = 1024**3
LARGEST_RATIO = 200
"""Bytes out for one byte in, for members over a megabyte; a Word document's text reaches 30."""

_RATIO_FROM = 1024**2
_CHUNK = 1024**2
_DRIVE = re.compile(r"[A-Za-z]:")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_REMEDY = "Ask for the file again, or open it in its own program and save it anew."


class Archive:
    """A zip archive whose members are read by exact name; `with` closes its file.

    Attributes:
        where: the file's name, for messages.
        names: of the members, in the archive's order; folders and symbolic links left out.
    """

    def __init__(self, zipped: zipfile.ZipFile, where: str) -> None:
        self.where = where
        self._zip = zipped
        self._members = _checked_members(zipped, where)
        self._total = 0
        self.names = tuple(self._members)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The member's bytes.

        Raises:
            InputError: no such member, damaged, or too big.
        """
        if name not in self._members:
            raise InputError(f"the archive has no part {visible_line(name)!r}", where=self.where, remedy=_REMEDY)
        member = self._members[name]
        try:
            with self._zip.open(member) as stream:
                return self._capped(stream, member)
        except _DAMAGED as error:
            raise InputError(
                f"part {visible_line(name)!r} is damaged ({error})", where=self.where, remedy=_REMEDY
            ) from error

    def _capped(self, stream: IO[bytes], member: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := stream.read(_CHUNK):
            size += len(piece)
            self._total += len(piece)
            _refuse_bomb(size, self._total, member.compress_size, self.where)
            pieces.append(piece)
        return b"".join(pieces)


def open_archive(source: Path | bytes, where: str = "") -> Archive:
    """Open a zip archive.

    Args:
        source: a file, or its bytes.
        where: the name for messages; a path's own name if empty.

    Raises:
        InputError: not a zip, encrypted, too many or too big members, or a name that leads out of it.
    """
    name = where or (visible_line(source.name) if isinstance(source, Path) else "")
    try:
        zipped = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except FileNotFoundError:
        raise InputError("there is no such file", where=name, remedy="Check the name and the folder.") from None
    except _DAMAGED as error:
        raise InputError("this is not a zip archive, or a damaged one", where=name, remedy=_REMEDY) from error
    return Archive(zipped, name)


def _checked_members(zipped: zipfile.ZipFile, where: str) -> dict[str, zipfile.ZipInfo]:
    entries = zipped.infolist()
    if len(entries) > MOST_MEMBERS:
        what = f"the archive has {len(entries):,} parts; {MOST_MEMBERS:,} are allowed"
        raise InputError(what, where=where, remedy=_REMEDY)
    members: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for entry in entries:
        _refuse_name(entry, members, where)
        total += entry.file_size
        _refuse_bomb(entry.file_size, total, entry.compress_size, where)
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if not entry.is_dir() and not is_link:
            members[entry.filename] = entry
    return members


def _refuse_name(entry: zipfile.ZipInfo, members: dict[str, zipfile.ZipInfo], where: str) -> None:
    name = entry.orig_filename
    leads_out = name.startswith("/") or ".." in name.split("/") or "\\" in name or "\0" in name or _DRIVE.match(name)
    if leads_out:
        raise InputError(f"the archive holds an unsafe name: {visible_line(name)!r}", where=where, remedy=_REMEDY)
    if entry.filename in members:
        raise InputError(f"the archive holds {visible_line(name)!r} twice", where=where, remedy=_REMEDY)
    if entry.flag_bits & 0x1:
        raise InputError(
            "the archive is protected by a password", where=where, remedy="Save it without a password and try again."
        )


def _refuse_bomb(size: int, total: int, compressed: int, where: str) -> None:
    too_dense = size > _RATIO_FROM and size > LARGEST_RATIO * max(compressed, 1)
    if size > LARGEST_MEMBER or total > LARGEST_ARCHIVE or too_dense:
        raise InputError(
            "the archive unpacks to far more than a document holds (a zip bomb?)",
            where=where,
            remedy="Do not open it elsewhere either, unless you know who made it.",
        )


def parse_xml(data: bytes, where: str) -> "_Element":
    """The root element of an XML document, without comments, entities or anything fetched.

    Raises:
        InputError: not well-formed, or it has a DOCTYPE.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(_why_broken(error), where=where, remedy=_REMEDY) from None
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        raise InputError(_DOCTYPE, where=where, remedy="Open it in its own program and save it anew.")
    return root


_DOCTYPE = "the XML has a DOCTYPE, which can be used to read other files"
_REASONS = (
    ("depth", "the XML is broken: its parts lie in each other more than 256 deep, as in no document"),
    ("' not defined", "the XML is broken: it uses an abbreviation (an entity) that it does not explain"),
    ("ntity", f"{_DOCTYPE}, or to fill the machine's memory"),
    ("Resource limit", "the XML is broken: a single piece of it has more than ten million characters"),
)
"""What libxml2 says (of version 2.14), and what that means for somebody who knows the file and not XML."""


def _why_broken(error: Exception) -> str:
    line, column = getattr(error, "position", (0, 0))
    plain = next((plain for sign, plain in _REASONS if sign in str(error)), "the XML is broken")
    return f"{plain}, at line {line}, column {column}" if plain == "the XML is broken" and line else plain
