"""What a screen asks its user for, on its last lines: a line of words, one key of several, or a longer text.

Each waits in a coroutine: `words = await screen.query_one(AskLine).ask("Why unsure?")`; None = the user left it.
"""

import asyncio
from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from qualcode.tui.widgets.typed_line import TypedLine
from qualcode.tui.widgets.typed_text import TypedText
from qualcode.visible import visible, visible_line

T = TypeVar("T")

_BESIDE = ("leave_anywhere", "help", "command_palette")
"""Actions that work while one key of several is asked for."""

NOT_KEPT = "This is not kept yet: f2 keeps it   {} again leaves without it"
"""What is said to who leaves words that were written."""


class Asking(Container, Generic[T]):
    """Something hidden that comes up with a question, and goes with the answer. The focus goes back where it was.

    Attributes:
        came_from: what had the focus before the question.
    """

    DEFAULT_CSS = "Asking { display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=True)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._answer: asyncio.Future[T | None] | None = None
        self._was_asked = False
        self.came_from: Widget | None = None

    def parts(self) -> ComposeResult:
        """What it consists of."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Nothing until it is first asked: a screen opens the sooner."""
        if self._was_asked:
            yield from self.parts()

    async def furnish(self) -> None:
        """Have all parts; to be waited for before a question is put into them."""
        if not self._was_asked:
            self._was_asked = True
            await self.recompose()

    async def wait_for_answer(self, focused: Widget) -> T | None:
        """Show, focus, wait; hidden again in any case."""
        self._give(None)
        self.came_from = self._place_to_go_back_to()
        answer: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
        self._answer = answer
        self.display = True
        self.screen.set_focus(focused)
        try:
            return await answer
        finally:
            if self._answer is answer:  # else another question has come up here meanwhile
                self._put_away()

    def _place_to_go_back_to(self) -> Widget | None:
        """What has the focus; where that is another question, what had it before that."""
        focused = self.screen.focused
        above = focused.ancestors_with_self if focused else ()
        return next((each.came_from for each in above if isinstance(each, Asking)), focused)

    def _put_away(self) -> None:
        """The focus goes back at once, not with a later message: a question that follows must find it there."""
        self._answer = None
        if not self.is_attached:  # the program was left with a question open
            return
        back, focused = self.came_from, self.screen.focused
        is_here = focused is not None and self in focused.ancestors_with_self
        if is_here and back is not None and back.focusable:
            self.screen.set_focus(back)
        self.display = False
        if is_here and back is None:
            self.screen.focus_next()

    def _give(self, answer: T | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def action_leave(self) -> None:
        """Leave without an answer."""
        if self.may_leave("esc"):
            self._give(None)

    def may_leave(self, key: str) -> bool:
        """Whether no written words are lost by leaving with a key; where some are, says so: its second press may."""
        del key
        return True

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self._answer is not None and not self._answer.done()


class AskLine(Asking[str]):
    """Asks for one line of words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", "OK", show=True, priority=True)]

    def parts(self) -> ComposeResult:
        """Question and line."""
        yield Static(id="ask-question", markup=False)
        yield TypedLine(compact=True, id="ask-input")

    async def ask(self, question: str, answer: str = "") -> str | None:
        """The line typed, stripped; `answer` is what stands there at first."""
        await self.furnish()
        self.query_one("#ask-question", Static).update(Text(visible_line(question)))
        line = self.query_one(Input)
        line.value = visible_line(answer)
        line.cursor_position = len(line.value)
        return await self.wait_for_answer(line)

    async def ask_secret(self, question: str) -> str | None:
        """What is typed, its letters hidden; just as it is, since blanks count."""
        await self.furnish()
        line = self.query_one(Input)
        line.password = True
        try:
            return await self.ask(question)
        finally:
            line.value = ""
            line.password = False

    def action_take(self) -> None:
        """The answer."""
        line = self.query_one(Input)
        self._give(line.value if line.password else line.value.strip())


class AskKey(Asking[str], can_focus=True):
    """Asks for one key of several."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._question = ""
        self._choices: Mapping[str, str] = {}
        self._wrong = ""

    def parts(self) -> ComposeResult:
        """The question with its keys."""
        yield Static(id="ask-keys", markup=False)

    async def ask(self, question: str, choices: Mapping[str, str]) -> str | None:
        """The key pressed, of `choices`: key -> what it means. Enter takes the first."""
        await self.furnish()
        self._question, self._choices, self._wrong = visible_line(question), choices, ""
        self._tell()
        return await self.wait_for_answer(self)

    def on_resize(self) -> None:
        """Other choices fit into a line."""
        if self.is_open:
            self._tell()

    def _tell(self) -> None:
        """Question and choices, none of them torn apart at the end of a line."""
        line, width = Text(self._question + "  ", style="bold"), self.screen.size.width - 2
        room = width - line.cell_len
        for key, meaning in self._choices.items():
            choice = Text.assemble((f" {key} ", "bold reverse"), (f" {visible_line(meaning)}  ", "not bold"))
            choice.apply_meta({"choice": key})
            if choice.cell_len - 2 > room:
                line.append("\n")
                room = width
            room -= choice.cell_len
            line.append_text(choice)
        if self._wrong:
            line.append(f"\n{self._wrong} is none of these keys; esc leaves the question.", style="not bold")
        self.query_one(Static).update(line)

    def on_click(self, event: events.Click) -> None:
        """The choice that is clicked."""
        event.stop()
        key = event.style.meta.get("choice")
        if key in self._choices:
            self._give(key)

    @property
    def _first(self) -> str | None:
        return next(iter(self._choices), None)

    def on_key(self, event: events.Key) -> None:
        """One of the keys, Enter for the first, Escape leaves; any other is told, and changes nothing.

        But for keys that are no letters and show help or leave the program.
        """
        pressed = event.character if event.character in self._choices else event.key
        bound = self.app.active_bindings.get(event.key)
        if pressed in self._choices or pressed in ("enter", "escape"):
            self._give(pressed if pressed in self._choices else self._first if pressed == "enter" else None)
        elif bound is not None and bound.binding.action in _BESIDE and not event.is_printable:
            return
        else:
            self._wrong = visible(event.character or "") if event.is_printable else event.key
            self._tell()
        event.stop()
        event.prevent_default()


class AskText(Asking[str]):
    """Asks for a longer text; what was written is left with a second press of the same key only.

    Attributes:
        given: the answer to the last question, beside what was asked and stood there at first.
    """

    given: tuple[tuple[str, str], str] | None = None
    _unwritten: tuple[tuple[str, str], str] | None = None
    _KEYS = "ctrl+s keeps it   esc leaves it"
    _written = ""
    _warned: tuple[str, ...] = ()

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "keep", "Keep", show=True, priority=True),
        Binding("escape", "leave", "Leave", show=True, priority=True),
    ]

    def parts(self) -> ComposeResult:
        """Question, text and what to press."""
        yield Static(id="ask-title", markup=False)
        yield TypedText(id="ask-text")
        yield Static(Text(self._KEYS), id="ask-hint")

    async def ask(self, question: str, text: str = "") -> str | None:
        """The text written; `text` is what stands there at first, or what came of it when it could not be kept."""
        await self.furnish()
        self.query_one("#ask-title", Static).update(Text(visible_line(question)))
        area, asked = self.query_one(TextArea), (question, text)
        self._written, self._warned = visible(text), ()
        area.load_text(self._unwritten[1] if self._unwritten and self._unwritten[0] == asked else self._written)
        area.move_cursor(area.document.end)
        self.query_one("#ask-hint", Static).update(Text(self._KEYS))
        answer = await self.wait_for_answer(area)
        self.given, self._unwritten = None if answer is None else (asked, answer), None
        return answer

    def bring_back(self) -> bool:
        """The words given could not be kept: they stand there when the same is asked again. Whether there are any."""
        self._unwritten = self.given
        return self.given is not None

    def may_leave(self, key: str) -> bool:
        """Where something was written, only when it is said twice."""
        if not self.is_open or key in self._warned or self.query_one(TextArea).text == self._written:
            return True
        self._warned += (key,)
        self.query_one("#ask-hint", Static).update(Text(NOT_KEPT.format(key)))
        return False

    def keep_what_was_written(self) -> None:
        """The answer, where it is asked for and something was written."""
        if self.is_open and self.query_one(TextArea).text != self._written:
            self.action_keep()

    def action_keep(self) -> None:
        """The answer."""
        self._give(self.query_one(TextArea).text)
