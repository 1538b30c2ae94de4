"""A results pack: chosen tables and figures in one Word document or one Excel workbook, with a list of contents.

write_pack([sample(project), change_model(project)], [change_model_figure(project)], Path("results.docx"))

Quotations are left out: a pack is what goes to co-authors; each table written by itself has them.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InputError
from qualcode.figure import Figure
from qualcode.report.saving import save
from qualcode.table import Table

__all__ = ["SUFFIXES", "Picture", "Shown", "checked", "write_pack"]

SUFFIXES = (".docx", ".xlsx")
"""The file formats of a pack."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure made elsewhere, as an image file (.png or .jpg), and its caption."""

    path: Path
    caption: str

    def data(self) -> bytes:
        """The file's bytes.

        Raises:
            InputError: it is not there, or is no PNG or JPEG image.
        """
        try:
            data = self.path.read_bytes()
        except OSError as error:
            what = f"the figure cannot be read: {error.strerror or error}"
            raise InputError(what, where=str(self.path), remedy="Give the path of a .png or .jpg file.") from None
        if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
            what = "this is not a PNG or JPEG image, and no other fits both Word and Excel"
            raise InputError(what, where=str(self.path), remedy="Write the figure as .png first.")
        _refuse_broken(data, self.path)
        return data


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it goes into a pack.

    Attributes:
        data: of the image file.
        title: stands in the contents, and below the picture.
        caption: what else stands below it, or "".
        words: what the picture shows, for those who cannot see it.
        is_to_scale: whether its type was made for the size that the file states.
    """

    data: bytes
    title: str
    caption: str
    words: str
    is_to_scale: bool


def shown(figure: Picture | Figure) -> Shown:
    """A figure, drawn or read from its file."""
    if isinstance(figure, Picture):
        return Shown(figure.data(), figure.caption, "", figure.caption, is_to_scale=False)
    from qualcode.report.drawing import content

    return Shown(content(figure, ".png"), figure.title, figure.caption, figure.alternative, is_to_scale=True)


def _refuse_broken(data: bytes, path: Path) -> None:
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    try:
        image = Image.from_blob(data)
        is_whole = image.px_width > 0 and image.px_height > 0
    except (
        InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, struct.error, KeyError,
        AttributeError,
    ):  # fmt: skip
        is_whole = False
    if not is_whole:
        raise InputError(
            "this image is damaged, or of an unusual kind", where=str(path), remedy="Write it again as .png."
        )


def checked(path: Path) -> str:
    """The path's suffix, in small letters: to be asked before all that goes into the pack is made.

    Raises:
        InputError: packs are not written in that format.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        what = f"a results pack is not written as {suffix or 'a file without an ending'}"
        raise InputError(what, where=str(path), remedy=f"End the name in one of: {', '.join(SUFFIXES)}")
    return suffix


def write_pack(tables: Sequence[Table], figures: Sequence[Picture | Figure], path: Path) -> Path:
    """Writes tables, then figures, each numbered, with caption and notes, into one .docx or .xlsx.

    The same tables and figures give the same bytes.

    Raises:
        InputError: an unknown suffix, nothing to write, a figure that cannot be used, a place that cannot be written.
        RefusedError: a table is larger than a sheet.
        TroubleError: the disk is full or failing.
    """
    suffix = checked(path)
    if not tables and not figures:
        raise InputError("there is nothing to put into the pack", remedy="Name a table or a figure.")
    pictures = [shown(figure) for figure in figures]
    save(path, _docx(tables, pictures) if suffix == ".docx" else _xlsx(tables, pictures))
    return path


def _docx(tables: Sequence[Table], figures: Sequence[Shown]) -> bytes:
    from qualcode.report import pack_docx

    return pack_docx.content(tables, figures)


def _xlsx(tables: Sequence[Table], figures: Sequence[Shown]) -> bytes:
    from qualcode.report import pack_xlsx

    return pack_xlsx.content(tables, figures)
