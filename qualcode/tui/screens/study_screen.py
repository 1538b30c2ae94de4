"""`AskingScreen`: how every screen answers, asks and fails; `StudyScreen`: and follows what is written in a study."""

from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from qualcode.errors import QualcodeError
from qualcode.model import Action
from qualcode.tui.study import Place, Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.asking import Asking, AskKey, AskLine, AskText
from qualcode.tui.widgets.key_line import KeyLine
from qualcode.tui.widgets.message import MessageLine


class AskingScreen(Screen[None]):
    """A place in the program.

    Attributes:
        ink: the styles of the present theme.
        messages: the line in which the program answers; what is said there while the screen is being left is lost.
    """

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self.ink = ink
        self.messages = MessageLine(id="message", markup=False)
        self._dialogue: Worker[None] | None = None

    def foot(self) -> Iterator[Widget]:
        """The lines below every screen: the answer, what asks, and the keys."""
        yield self.messages
        yield AskLine()
        yield AskKey()
        yield AskText()
        yield KeyLine()

    def compose(self) -> ComposeResult:
        """The lines below; a screen puts its own above them."""
        yield from self.foot()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        self.ink = ink
        for widget in self.query("*"):
            if hasattr(widget, "repaint"):
                widget.repaint(ink)

    def follow(self) -> None:
        """Show what was written since."""

    def may_leave(self, key: str) -> bool:
        """Whether no written words are lost by leaving the program; where some are, says so: a second press may."""
        return all(each.may_leave(key) for each in self.query(Asking))

    # -- how actions run ---------------------------------------------------------------------------------------------

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong inside is told, and the screen goes on; what was written is shown."""
        try:
            yield
        except QualcodeError as error:
            self.messages.warn(error)
        finally:
            self.follow()

    def converse(self, dialogue: Coroutine[Any, Any, None]) -> None:
        """Run something that asks; a new one puts an end to the one before."""
        self._dialogue = self.run_worker(self._conversed(dialogue), group="dialogue", exclusive=True)

    @property
    def is_turning(self) -> bool:
        """Whether something that asks is between two questions, or before its first."""
        if self._dialogue is None or self._dialogue.is_finished:
            return False
        return not any(each.is_open for each in self.query(Asking))

    async def _conversed(self, dialogue: Coroutine[Any, Any, None]) -> None:
        text = self.query_one(AskText)
        text.given = None
        with self.told():
            try:
                await dialogue
            except QualcodeError as error:
                if text.bring_back():
                    error.remedy = f"{error.remedy} Then write again: your words are still there.".strip()
                raise

    async def ask_line(self, question: str, answer: str = "") -> str | None:
        """A line of words, None if it was left."""
        return await self.query_one(AskLine).ask(question, answer)

    async def ask_secret(self, question: str) -> str | None:
        """A line whose letters are hidden, None if it was left."""
        return await self.query_one(AskLine).ask_secret(question)

    async def ask_key(self, question: str, choices: Mapping[str, str]) -> str | None:
        """One key of several, None if it was left."""
        return await self.query_one(AskKey).ask(question, choices)

    async def ask_text(self, question: str, text: str = "") -> str | None:
        """A longer text, None if it was left."""
        return await self.query_one(AskText).ask(question, text)


class StudyScreen(AskingScreen):
    """A place in an open study.

    Attributes:
        study: the open study.
        is_beside_documents: of such places there is one at a time; going to one leaves the other.
    """

    is_beside_documents: ClassVar[bool] = False

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(ink)
        self.study = study
        self._drawn_with = study.changes

    @contextmanager
    def told(self) -> Iterator[None]:
        """As in every screen; and what the project tells of what was done, beside the answer."""
        with super().told():
            yield
        notices = self.study.heard()
        if notices and self.is_here:
            self.messages.add(notices)

    @property
    def is_here(self) -> bool:
        """Whether it can still be written on; what is being left loses its parts while still attached."""
        return self.is_attached and self.app.is_running and self in self.app.screen_stack

    # -- following what is written -----------------------------------------------------------------------------------

    @property
    def place(self) -> Place | None:
        """Where one is, to come back to; None where that is nowhere in particular."""
        return None

    def follow(self) -> None:
        """Show what was written since, by this or another program; nothing where the screen was left meanwhile."""
        if not self.is_here:
            return
        changes = self.study.catch_up()
        if changes != self._drawn_with:
            self._drawn_with = changes
            self.catch_up()

    def catch_up(self) -> None:
        """Read anew what is shown."""

    def show_done(self, action: Action) -> None:
        """Where an action that was just undone or redone can be seen, show it."""

    def on_screen_resume(self) -> None:
        """Come back to: show what was written meanwhile."""
        if self.is_mounted:
            self.follow()
