"""Memos: writing one at the cursor, and `MemosScreen`, the list of a document's memos."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.model import Memo
from qualcode.spans import replace
from qualcode.tui.actions import bindings
from qualcode.tui.correcting import replacements
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.key_line import KeyLine
from qualcode.tui.widgets.prose import Prose
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible, visible_line

if TYPE_CHECKING:
    from qualcode.tui.desk import Stripe
    from qualcode.tui.screens.coding import CodingScreen

Wish = Literal["go", "write", "edit", "private", "remove"]


async def write_memo(screen: "CodingScreen", *, on_document: bool = False) -> None:
    """Write a memo on the passage at hand, else on the document."""
    page, stripe = screen.reader.page, screen.reader.at_hand
    document = page.at(screen.reader.cursor)
    target: dict[str, Any] = {"document": document.id}
    about = document.name
    if stripe is not None and not on_document:
        target = {"claim" if stripe.is_claim else "segment": stripe.id}
        about = f"{stripe.label} {screen.shortened((stripe.start, stripe.end))}"
    words = await screen.ask_text(f"Memo on {about}")
    if words and words.strip():
        screen.study.project.memos.add(words.strip(), **target)
        screen.messages.say(f"Memo kept on {about}")


async def memos(screen: "CodingScreen") -> None:
    """The memos of the document; what is done with one leads back to the list, going to one does not."""
    current, before = 0, set[int]()
    while True:
        page = screen.reader.page
        document = page.at(screen.reader.cursor)
        found = screen.study.project.memos.of(document)
        if not found:
            screen.messages.say("There is no memo on this document yet. m writes one.")
            return
        current = next((n for n, each in enumerate(found) if before and each.id not in before), current)
        before = {each.id for each in found}
        stripes = {(each.is_claim, each.id): each for each in page.stripes.items}
        at_hand = screen.reader.at_hand
        if not current and at_hand is not None:
            current = next((n for n, each in enumerate(found) if _stripe(each, stripes) == at_hand), 0)
        sheet = MemosScreen(document.name, found, stripes, _coders(screen), screen.ink, current)
        answer = await screen.app.push_screen_wait(sheet)
        if answer is None:
            return
        wish, current = answer
        if wish == "go":
            _go(screen, found[current], stripes)
            return
        with screen.told():
            await _do(screen, wish, found[current])


def _coders(screen: "CodingScreen") -> dict[int, str]:
    return {each.id: each.short for each in screen.study.project.coders.all()}


def _go(screen: "CodingScreen", memo: Memo, stripes: "Mapping[tuple[bool, int], Stripe]") -> None:
    stripe = _stripe(memo, stripes)
    if stripe is not None:
        screen.go_to(stripe.start)
        screen.reader.hold(stripe.item)
    elif memo.document is None:
        screen.messages.say("Its passage is not shown now. A shows other coding.")


async def _do(screen: "CodingScreen", wish: Wish, memo: Memo) -> None:
    project = screen.study.project
    if wish == "write":
        await write_memo(screen, on_document=True)
    elif wish == "private":
        project.memos.change(memo, private=not memo.private)
    elif wish == "remove":
        project.memos.remove(memo)
        screen.messages.say("Memo removed. u brings it back.")
    elif wish == "edit":
        if memo.coder != project.store.viewer:
            screen.messages.warn("A memo is changed by the one who wrote it.")
            return
        words = await screen.ask_text(f"Memo of {memo.at:%Y-%m-%d %H:%M}", memo.body)
        changed = replacements(memo.body, words, 0) if words and words.strip() else []
        if changed:
            project.memos.change(memo, body=replace(memo.body, changed)[0])


def _stripe(memo: Memo, stripes: "Mapping[tuple[bool, int], Stripe]") -> "Stripe | None":
    if memo.claim is not None:
        return stripes.get((True, memo.claim))
    return None if memo.segment is None else stripes.get((False, memo.segment))


class MemosScreen(ModalScreen[tuple[Wish, int] | None]):
    """A list of memos, the current one in full below; answers with what is wished of which."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("memos")]

    def __init__(
        self,
        called: str,
        found: Sequence[Memo],
        stripes: "Mapping[tuple[bool, int], Stripe]",
        coders: Mapping[int, str],
        ink: Ink,
        current: int,
    ) -> None:
        super().__init__()
        self._called = called
        self._memos = found
        self._stripes = stripes
        self._coders = coders
        self._ink = ink
        self._current = current

    def compose(self) -> ComposeResult:
        """Title, list, the current memo."""
        with Vertical(classes="sheet tall"):
            yield Static(Text(f"Memos in {visible_line(self._called)}", self._ink.style("head")), id="memos-title")
            yield Rows(self._ink, id="memos-list")
            yield Prose(id="memos-words")
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(Rows)
        rows.fill(len(self._memos), self._drawn, current=self._current)
        self.set_focus(rows)

    def _drawn(self, row: int, _width: int) -> list[Piece]:
        memo = self._memos[row]
        told = f" {memo.at:%d %b %Y}  {self._coders[memo.coder]}  "
        about = f"{self._about(memo)}  "
        words = " ".join(memo.body.split())
        return [
            Piece(told, self._ink.style("quiet")),
            Piece(visible_line(about), self._ink.style("label")),
            Piece(visible_line(words), self._ink.style("text")),
        ]

    def _about(self, memo: Memo) -> str:
        stripe = _stripe(memo, self._stripes)
        if stripe is not None:
            return stripe.label
        return "document" if memo.document is not None else "passage"

    @on(Rows.Highlighted)
    def _show(self, event: Rows.Highlighted) -> None:
        memo = self._memos[event.row]
        kind = f"{memo.kind}, private" if memo.private else memo.kind
        text = Text(f"{kind}\n", self._ink.style("quiet"))
        text.append(visible(memo.body), self._ink.style("text"))
        self.query_one(Prose).show(text)

    @on(Rows.Chosen)
    def _go(self, event: Rows.Chosen) -> None:
        self.dismiss(("go", event.row))

    def _wish(self, wish: Wish) -> None:
        self.dismiss((wish, self.query_one(Rows).current))

    def action_read_on(self) -> None:
        """Further down in the memo."""
        self.query_one(Prose).scroll_page_down(animate=False)

    def action_read_back(self) -> None:
        """Further up."""
        self.query_one(Prose).scroll_page_up(animate=False)

    def action_write(self) -> None:
        """Another one."""
        self._wish("write")

    def action_edit(self) -> None:
        """Change its words."""
        self._wish("edit")

    def action_private(self) -> None:
        """Let nobody else see it, or all."""
        self._wish("private")

    def action_remove(self) -> None:
        """Take it away."""
        self._wish("remove")

    def action_leave(self) -> None:
        """Back to the text."""
        self.dismiss(None)
