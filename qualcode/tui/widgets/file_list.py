"""`FileList`: one folder after the other, in which files are marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.message import Message

from qualcode.tui.actions import bindings
from qualcode.tui.columns import Column, of_numbers, of_words
from qualcode.tui.folder import Entry, entries, told_size
from qualcode.tui.plan import Coming
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.sheet import Sheet


class FileList(Sheet):
    """The folders and files one may bring in.

    Args:
        ink: the styles.
        coming: what is chosen; marks and folder are kept there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("files")]

    @dataclass
    class Marked(Message):
        """Other files are marked, or another folder is shown."""

        rows: "FileList"

    @dataclass
    class OtherChosen(Message):
        """What is no transcript was marked (a folder, a sheet), or chosen (a sheet, a codebook)."""

        entry: Entry

    def __init__(self, ink: Ink, coming: Coming, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(ink, id=id)
        self._coming = coming
        self._entries: list[Entry] = []

    @property
    def folder(self) -> Path:
        """The one shown."""
        return self._coming.folder

    @property
    def marked(self) -> list[Path]:
        """The files marked, in the order they were; they stay marked when another folder is shown."""
        return self._coming.marked

    def visit(self, folder: Path, at: Path | None = None) -> None:
        """Show a folder, the cursor on one of its entries.

        Raises:
            InputError: it cannot be read; the one before stays.
        """
        self._entries = entries(folder)
        self._coming.folder = folder
        self._draw_again(next((n for n, each in enumerate(self._entries) if each.path == at), 0))
        self.post_message(self.Marked(self))

    @property
    def entry(self) -> Entry | None:
        """The current one."""
        return self._entries[self.current] if self._entries else None

    @property
    def sheets(self) -> list[Path]:
        """The attribute sheets of this folder."""
        return [each.path for each in self._entries if each.kind == "sheet"]

    def mark(self, paths: Sequence[Path]) -> None:
        """Mark files."""
        self._coming.marked += [each for each in paths if each not in self.marked]
        self._draw_again(self.current)
        self.post_message(self.Marked(self))

    def unmark(self, paths: Iterable[Path]) -> None:
        """Mark them no longer."""
        gone = set(paths)
        self._coming.marked = [each for each in self.marked if each not in gone]
        self.mark([])

    def marked_in(self, folder: Path) -> list[Path]:
        """The marked files that lie in a folder, or in one below it."""
        return [each for each in self.marked if each.is_relative_to(folder)]

    def _draw_again(self, current: int) -> None:
        columns = (
            Column("", 1, 1),
            of_words("name", (each.name for each in self._entries), 24, 70),
            Column("kind", 10, 10),
            of_numbers("size", (told_size(each.size) for each in self._entries)),
        )
        self.show(columns, len(self._entries), self._entry_cells, current=current)

    def _entry_cells(self, row: int) -> Sequence[tuple[str, str]]:
        each = self._entries[row]
        is_sheet = each.path == self._coming.options.sheet
        inside = len(self.marked_in(each.path)) if each.kind == "folder" else 0
        is_marked = is_sheet or inside or each.path in self.marked
        ink = {"transcript": "label", "outside": "accent", "folder": "accent"}.get(each.kind, "asked")
        is_place = each.kind in ("outside", "folder")
        kind = f"{inside} marked" if inside else "" if is_place else each.kind
        return ("✓" if is_marked else "", "good"), (each.name, ink), (kind, "quiet"), (told_size(each.size), "quiet")

    # -- what is done ------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the file, or no longer; on to the next row."""
        self._mark_or_not()
        self.action_down()

    def _mark_or_not(self) -> None:
        entry = self.entry
        if entry is None or entry.kind == "outside":
            return
        if entry.kind != "transcript":
            self.post_message(self.OtherChosen(entry))
        elif entry.path in self.marked:
            self.unmark([entry.path])
        else:
            self.mark([entry.path])

    def action_mark_all(self) -> None:
        """Mark all transcripts of this folder; if all are, none."""
        here = [each.path for each in self._entries if each.kind == "transcript"]
        if all(each in self.marked for each in here):
            self.unmark(here)
        else:
            self.mark(here)

    def action_outside(self) -> None:
        """To the folder outside."""
        self._enter(Entry(self.folder.parent, "outside"))

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        """A folder is entered, a transcript marked, anything else handed on."""
        event.stop()
        entry = self._entries[event.row]
        if entry.kind in ("outside", "folder"):
            self._enter(entry)
        else:
            self._mark_or_not()

    def _enter(self, entry: Entry) -> None:
        with self.screen.told():  # type: ignore[attr-defined]
            self.visit(entry.path, self.folder if entry.kind == "outside" else None)

    def on_click(self, event: events.Click) -> None:
        """On the sign before a file: it is marked."""
        if event.x <= 2 and event.y > 0 and event.chain == 1:
            self.call_later(self._mark_or_not)
