"""`CodePicker`: finds a code by a few letters, shows what it means and how it was used, and makes a new one."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from qualcode.model import Code
from qualcode.tui.desk import Frame
from qualcode.tui.finding_codes import by_key, found, key_of, path
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.asking import Asking
from qualcode.tui.widgets.prose import Prose
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.typed_line import TypedLine
from qualcode.visible import visible_line

Explain = Callable[[Code], Text]
"""A code's definition and examples, as they stand beside the list."""


DIGITS = "123456789"
"""They take the codes that stand on top before anything is typed."""
_NONE = "there is no code yet: type the name of the first; Enter makes it"
_FIND, _BY_KEY = "letters of a code; Enter takes it", "a code's whole key takes it at once; letters of a code: Enter"
_SHORTS = 5, 12
"""Cells of the short names, at least and at most."""


class _Line(TypedLine):
    """The line one types in; arrows move in the list below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "list('down')", show=False),
        Binding("up", "list('up')", show=False),
        Binding("pagedown", "list('page_down')", show=False),
        Binding("pageup", "list('page_up')", show=False),
    ]

    def action_list(self, move: str) -> None:
        """Move in the list."""
        getattr(self.screen.query_one("#picker-list", Rows), f"action_{move}")()


class CodePicker(Asking[Code | str]):
    """Asks for a code. The answer is the code, or the name of a new one that is to be made."""

    def __init__(self, ink: Ink, frame: Frame, explain: Explain, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._ink = ink
        self._frame = frame
        self._explain = explain
        self._first: Sequence[int] = ()
        self._found: list[Code] = []
        self._by_key = False
        self._shorts = _SHORTS[0]

    def parts(self) -> ComposeResult:
        """Line, list, and what the code means."""
        yield Static(id="picker-title", markup=False)
        yield _Line(compact=True, id="picker-line", placeholder=_FIND)
        with Horizontal(id="picker-both"):
            yield Rows(self._ink, id="picker-list")
            yield Prose(id="picker-meaning")

    async def pick(
        self, title: str, frame: Frame, *, first: Sequence[int] = (), by_key: bool = False
    ) -> Code | str | None:
        """The code chosen.

        Args:
            title: what it is for.
            frame: the codebook.
            first: ids of codes to stand on top while nothing is typed.
            by_key: a code's own key takes it at once.
        """
        await self.furnish()
        self._frame, self._first, self._by_key = frame, first, by_key
        self.query_one("#picker-title", Static).update(Text(visible_line(title)))
        line = self.query_one(_Line)
        line.placeholder = _NONE if not frame.codes else _BY_KEY if by_key else _FIND
        with line.prevent(Input.Changed):
            line.value = ""
        self._show("")
        return await self.wait_for_answer(line)

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        self._ink = ink
        for each in self.query(Rows):
            each.repaint(ink)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what may be meant; a whole key takes its code at once."""
        event.stop()
        if not self.is_open:
            return
        meant = self._meant(event.value) if self._by_key else None
        if meant is not None:
            self._give(meant)
        else:
            self._show(event.value)

    def _meant(self, typed: str) -> Code | None:
        """The code whose key was typed; a digit that begins no code's key takes that of the rows first shown."""
        if (row := self._row_of(typed)) is not None:
            return self._found[row]
        return by_key(self._frame.codes, typed)

    def _row_of(self, typed: str) -> int | None:
        favoured = min(9, len(self._first), len(self._found))
        if len(typed) != 1 or typed not in DIGITS[:favoured]:
            return None
        return None if any(key_of(code).startswith(typed) for code in self._frame.codes) else DIGITS.index(typed)

    def _show(self, typed: str) -> None:
        self._found = found(self._frame, typed, self._first)
        widest = max((len(visible_line(code.short)) for code in self._found), default=0)
        self._shorts = max(_SHORTS[0], min(widest, _SHORTS[1]))
        count = len(self._found) + (1 if self._makes(typed) else 0)
        self.query_one("#picker-list", Rows).fill(count, self._drawn)

    def _makes(self, typed: str) -> bool:
        """Whether the letters may become a new code: where no name is just that."""
        typed = typed.strip().casefold()
        return bool(typed) and not any(typed in (code.short.casefold(), code.name.casefold()) for code in self._found)

    def _drawn(self, row: int, width: int) -> list[Piece]:
        if row >= len(self._found):
            typed = visible_line(self.query_one(_Line).value.strip())
            return [Piece(f" + new code “{typed}”", self._ink.style("accent"))]
        code = self._found[row]
        branch = self._frame.branch(code.id)
        mark = self._ink.style() + self._ink.code(branch.colour, branch.position)
        above = path(self._frame, code).rpartition(" › ")[0]
        digit = DIGITS[row : row + 1] if self._by_key and not self.query_one(_Line).value else ""
        shown = digit if digit and self._row_of(digit) is not None else ""
        return [
            Piece(shown.rjust(1), self._ink.style("quiet")),
            Piece("┃ ", mark),
            Piece(visible_line(code.short).ljust(self._shorts) + " ", self._ink.style("label")),
            Piece(visible_line(code.name), self._ink.style("text")),
            Piece(visible_line(f"  {above}") if above else "", self._ink.style("quiet")),
        ]

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show what the code means."""
        event.stop()
        code = self._found[event.row] if event.row < len(self._found) else None
        self.query_one(Prose).show(self._explain(code) if code else Text())

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Take it."""
        event.stop()
        self._take(event.row)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the current row."""
        event.stop()
        self._take(self.query_one("#picker-list", Rows).current)

    def _take(self, row: int) -> None:
        if row < len(self._found):
            self._give(self._found[row])
        elif self.query_one(_Line).value.strip():
            self._give(self.query_one(_Line).value.strip())
