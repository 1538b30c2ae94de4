"""`AskTurn`: asks for a turn's words and speaker as they should be."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static, TextArea

from qualcode.tui.actions import bindings
from qualcode.tui.widgets.asking import NOT_KEPT, Asking
from qualcode.tui.widgets.typed_text import TypedText
from qualcode.visible import visible, visible_line

SOMEONE_NEW = "\n"
"""The speaker who is not on the list yet; no label holds a new line. Nobody's words have the label ""."""


class _Speakers(Static):
    """The labels in a row, the chosen one marked; a click takes the next."""

    def on_click(self) -> None:
        """The next one."""
        if isinstance(self.parent, AskTurn):
            self.parent.action_next_speaker()


class AskTurn(Asking[tuple[str, str]]):
    """Asks for words and a label, which may be `SOMEONE_NEW`. Control characters are shown by their pictures."""

    _KEYS = "ctrl+s keeps it   tab: another speaker   esc leaves it"
    _asked = ("", "")
    _warned: tuple[str, ...] = ()

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("turn", is_first=True)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._labels: list[str] = [SOMEONE_NEW]
        self._chosen = 0

    def parts(self) -> ComposeResult:
        """Title, who speaks, the words."""
        yield Static(id="turn-title", markup=False)
        yield _Speakers(id="turn-speakers", markup=False)
        yield TypedText(id="turn-text")
        yield Static(Text(self._KEYS), id="turn-hint")

    async def ask(self, title: str, words: str, at: int, labels: Sequence[str], speaker: str) -> tuple[str, str] | None:
        """Words and label.

        Args:
            title: what is corrected.
            words: as they are stored.
            at: where in them the cursor is to stand.
            labels: the speakers to choose from.
            speaker: who speaks now, "" for nobody.
        """
        await self.furnish()
        self._labels = [*dict.fromkeys([speaker, *labels] if speaker not in labels else labels), SOMEONE_NEW]
        self._chosen = self._labels.index(speaker)
        self.query_one("#turn-title", Static).update(Text(visible_line(title)))
        self._tell()
        area = self.query_one(TextArea)
        area.load_text(visible(words))
        before = words[: max(0, at)]
        area.move_cursor((before.count("\n"), len(before.rpartition("\n")[2])))
        self._asked, self._warned = self._said, ()
        self.query_one("#turn-hint", Static).update(Text(self._KEYS))
        return await self.wait_for_answer(area)

    def _tell(self) -> None:
        line = Text("speaker ", no_wrap=True, overflow="ellipsis")
        for place, label in enumerate(self._labels):
            shown = {SOMEONE_NEW: "someone new …", "": "nobody"}.get(label, visible_line(label))
            line.append(f" {shown} ", style="bold reverse" if place == self._chosen else "")
            line.append(" ")
        self.query_one("#turn-speakers", Static).update(line)

    def may_leave(self, key: str) -> bool:
        """Where words or speaker were changed, only when it is said twice."""
        if not self.is_open or key in self._warned or self._said == self._asked:
            return True
        self._warned += (key,)
        self.query_one("#turn-hint", Static).update(Text(NOT_KEPT.format(key)))
        return False

    @property
    def _said(self) -> tuple[str, str]:
        return self.query_one(TextArea).text, self._labels[self._chosen]

    def action_keep(self) -> None:
        """The answer."""
        self._give(self._said)

    def action_next_speaker(self) -> None:
        """Somebody else speaks."""
        self._choose(1)

    def action_previous_speaker(self) -> None:
        """The one before."""
        self._choose(-1)

    def _choose(self, step: int) -> None:
        self._chosen = (self._chosen + step) % len(self._labels)
        self._tell()
