"""`FileList`: one folder after the other, in which files are marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.message import Message

from qualcode.tui.actions import bindings
from qualcode.tui.columns import Column, of_numbers, of_words
from qualcode.tui.folder import Entry, entries, told_size
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.sheet import Sheet


class FileList(Sheet):
    """The folders and files one may bring in.

    Attributes:
        folder: the one shown.
        marked: the files marked, in the order they were; they stay marked when another folder is shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("files")]

    @dataclass
    class Marked(Message):
        """Other files are marked, or another folder is shown."""

        rows: "FileList"

    @dataclass
    class CodebookChosen(Message):
        """A codebook file was chosen."""

        path: Path

    def __init__(self, ink: Ink, folder: Path, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(ink, id=id)
        self.folder = folder
        self.marked: list[Path] = []
        self._entries: list[Entry] = []

    def visit(self, folder: Path, at: Path | None = None) -> None:
        """Show a folder, the cursor on one of its entries.

        Raises:
            InputError: it cannot be read; the one before stays.
        """
        self._entries = entries(folder)
        self.folder = folder
        self._draw_again(next((n for n, each in enumerate(self._entries) if each.path == at), 0))
        self.post_message(self.Marked(self))

    @property
    def entry(self) -> Entry | None:
        """The current one."""
        return self._entries[self.current] if self._entries else None

    def mark(self, paths: Sequence[Path]) -> None:
        """Mark files."""
        self.marked += [each for each in paths if each not in self.marked]
        self._draw_again(self.current)
        self.post_message(self.Marked(self))

    def unmark_all(self) -> None:
        """Nothing is marked any more."""
        self.marked.clear()
        self._draw_again(self.current)
        self.post_message(self.Marked(self))

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
        is_marked = each.path in self.marked
        ink = {"transcript": "label", "outside": "accent", "folder": "accent"}.get(each.kind, "asked")
        kind = "" if each.kind in ("outside", "folder") else each.kind
        return ("✓" if is_marked else "", "good"), (each.name, ink), (kind, "quiet"), (told_size(each.size), "quiet")

    # -- what is done ------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the file, or no longer; on to the next row."""
        self._mark_or_not()
        self.action_down()

    def _mark_or_not(self) -> None:
        entry = self.entry
        if entry is None or entry.kind != "transcript":
            return
        if entry.path in self.marked:
            self.marked.remove(entry.path)
        else:
            self.marked.append(entry.path)
        self.refresh()
        self.post_message(self.Marked(self))

    def action_mark_all(self) -> None:
        """Mark all transcripts of this folder; if all are, none."""
        here = [each.path for each in self._entries if each.kind == "transcript"]
        if all(each in self.marked for each in here):
            self.marked = [each for each in self.marked if each not in here]
            self.mark([])
        else:
            self.mark(here)

    def action_outside(self) -> None:
        """To the folder outside."""
        self._enter(Entry(self.folder.parent, "outside"))

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        """A folder is entered, a transcript marked, a codebook handed on."""
        event.stop()
        entry = self._entries[event.row]
        if entry.kind in ("outside", "folder"):
            self._enter(entry)
        elif entry.kind == "codebook":
            self.post_message(self.CodebookChosen(entry.path))
        else:
            self._mark_or_not()

    def _enter(self, entry: Entry) -> None:
        with self.screen.told():  # type: ignore[attr-defined]
            self.visit(entry.path, self.folder if entry.kind == "outside" else None)

    def on_click(self, event: events.Click) -> None:
        """On the sign before a file: it is marked."""
        if event.x <= 2 and event.y > 0 and event.chain == 1:
            self.call_later(self._mark_or_not)
