"""`CodeOnScreen`: passages of a code, a person, a cell as one document, read and coded in the same reader."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment as Piece
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from qualcode.errors import NotFoundError
from qualcode.model import Segment
from qualcode.tui.actions import bindings
from qualcode.tui.desk import Whose
from qualcode.tui.messages import Gone, OpenDocument
from qualcode.tui.retrieved import Passage
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.stitched import MOST, Stitched, united
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.codebook_pane import CodebookPane
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.picker import CodePicker
from qualcode.tui.widgets.reader import Reader
from qualcode.visible import counted, visible_line

_NOT_HERE = frozenset({"search", "next_hit", "previous_hit", "waves"})

_WHOSE: tuple[Whose, ...] = ("mine", "everybody's", "the layer's")


class CodeOnScreen(CodingScreen):
    """Passages as one document."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("code_on")]

    def __init__(self, study: Study, ink: Ink, title: str, narrowed: str, passages: Sequence[Passage]) -> None:
        super().__init__(study, ink)
        hits = united(passages)
        as_one = f"read as {len(hits):,}: what overlaps is read once · " if len(hits) < len(passages) else ""
        self._title, self._narrowed = title, as_one + narrowed
        self._left_out = max(0, len(hits) - MOST)
        self._page = Stitched(study.project, study.frame, hits[:MOST])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What works on one whole transcript is not offered."""
        return False if action in _NOT_HERE else super().check_action(action, parameters)

    def compose(self) -> ComposeResult:
        """Head, the passages beside the codebook, what is here, and the lines that answer and ask."""
        yield Line(id="head")
        yield Line(id="face")
        with Horizontal(id="desk"):
            yield Reader(self.ink, self._page, self._page.pieces[0].start, id="reader")
            yield CodebookPane(self.ink, self.study.frame, id="codebook")
        yield Line(id="here")
        yield CodePicker(self.ink, self.study.frame, self.explained)
        yield from self.foot()

    def on_mount(self) -> None:
        """Open."""
        self.query_one(CodebookPane).show(self.study.frame, self._page.counts)
        self.query_one("#face", Line).tell([Piece(visible_line(self._narrowed), self.ink.words("accent"))])
        self.set_focus(self.reader)
        self._tell()
        self.watch(self.reader, "moved", self._tell, init=False)
        if self._left_out:
            self.messages.say(
                f"{counted(self._left_out, 'passage')} more did not fit: narrow the list down to read them."
            )

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one("#reader", Reader)

    def catch_up(self) -> None:
        """Read the coding anew; a corrected text is put together anew."""
        try:
            now = [self.study.project.documents.get(piece.document.id) for piece in self._page.pieces]
        except NotFoundError:
            self.post_message(Gone(self._title))
            return
        if any(each.text != piece.document.text for each, piece in zip(now, self._page.pieces, strict=True)):
            self.app.pop_screen()  # what was found may stand elsewhere: the list reads it anew
            return
        self._page.frame = self.study.frame
        self._page.recode()
        self.reader.recoded()
        self.query_one(CodebookPane).show(self.study.frame, self._page.counts)
        self._tell()

    def _tell(self) -> None:
        """Head, and what is at the cursor."""
        quiet = self.ink.words("quiet")
        piece = self._page.piece_at(self.reader.cursor)
        number = self._page.pieces.index(piece) + 1
        head = [
            Piece(visible_line(self._title), self.ink.words("head")),
            Piece(f"   passage {number} of {len(self._page.pieces)}", self.ink.words("text")),
            Piece(f"   {visible_line(piece.document.name)}   coded on: {self._page.whose}", quiet),
        ]
        self.query_one("#head", Line).tell(head)
        at_hand = self.reader.at_hand
        pieces = []
        for stripe in self.reader.here:
            is_it = at_hand is not None and stripe.item == at_hand.item
            pieces.append(Piece(" ┃ ", self.ink.code(stripe.colour, stripe.position)))
            name = stripe.label if stripe.is_claim else f"{stripe.label} {stripe.name}"
            pieces.append(Piece(visible_line(f"{name}{stripe.signs}"), self.ink.words("label" if is_it else "asked")))
        self.query_one("#here", Line).tell(pieces)

    def action_source(self) -> None:
        """To these words in their transcript."""
        piece = self._page.piece_at(self.reader.cursor)
        inside = min(max(self.reader.cursor - piece.start, 0), piece.end - piece.start)
        self.post_message(OpenDocument(piece.document, piece.at + inside))

    def action_correct(self) -> None:
        """Words are corrected where they stand."""
        self.messages.say("Words are corrected in their transcript: S goes there.")

    def action_finish(self) -> None:
        """A document is finished where all of it is seen."""
        self.messages.say("A document is finished in its transcript: S goes there.")

    def action_whose(self) -> None:
        """Whose coding is shown."""
        self._page.whose = _WHOSE[(_WHOSE.index(self._page.whose) + 1) % len(_WHOSE)]
        self._page.recode()
        self.reader.recoded()
        self.messages.say(f"Shown: {self._page.whose} coding")

    def action_codebook(self) -> None:
        """Go to the codebook; from there, back to the text, and it is hidden."""
        pane = self.query_one(CodebookPane)
        is_left = pane.has_focus
        if is_left:
            self.set_focus(self.reader)
        pane.display = not is_left
        if not is_left:
            self.set_focus(pane)

    def action_definition(self) -> None:
        """What the code at the cursor means."""
        stripe = self.reader.at_hand
        if stripe is not None and isinstance(stripe.item, Segment):
            self.app.push_screen(MeaningScreen(self.explained(self.study.frame.code(stripe.item.code))))
