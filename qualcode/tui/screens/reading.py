"""`ReadingScreen`: one transcript, the codebook beside it, and what is at the cursor below. Here weeks are spent."""

from collections.abc import Sequence

from rich.segment import Segment as Piece
from textual.app import ComposeResult
from textual.containers import Horizontal

from qualcode import spans
from qualcode.errors import NotFoundError
from qualcode.lines import answer_of
from qualcode.model import Action, Document, Segment
from qualcode.tui.desk import Stripe, Whose
from qualcode.tui.face import face
from qualcode.tui.jumps import coded_elsewhere, nearest
from qualcode.tui.messages import Gone, OpenCoded, OpenDocument
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.study import Place, Study
from qualcode.tui.themes import Ink
from qualcode.tui.waves import counterparts
from qualcode.tui.widgets.codebook_pane import CodebookPane
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.picker import CodePicker
from qualcode.tui.widgets.reader import Reader
from qualcode.tui.widgets.turn_editor import AskTurn
from qualcode.visible import counted, visible_line

_WAY_TOLD = 3
"""Places on the way back that are told in the head."""
_WHOSE: tuple[Whose, ...] = ("mine", "everybody's", "the layer's")


class ReadingScreen(CodingScreen):
    """One document to be read and coded."""

    def __init__(self, study: Study, ink: Ink, document: Document, at: int) -> None:
        super().__init__(study, ink)
        self._whose: Whose = "mine"
        self._page = study.page(document, self._whose)
        self._at = at
        self._rewritten: Sequence[tuple[int, int]] = ()

    def compose(self) -> ComposeResult:
        """Head, text beside the codebook, what is here, and the lines that answer and ask."""
        yield Line(id="head")
        yield Line(id="face")
        with Horizontal(id="desk"):
            yield Reader(self.ink, self._page, self._at, id="reader")
            yield CodebookPane(self.ink, self.study.frame, id="codebook")
        yield Line(id="here")
        yield CodePicker(self.ink, self.study.frame, self.explained)
        yield AskTurn()
        yield from self.foot()

    def on_mount(self) -> None:
        """Open the document."""
        self._tell_face()
        self.query_one(CodebookPane).show(self.study.frame, self._page.counts)
        self.set_focus(self.reader)
        self._tell()
        for reader in self.query(Reader):
            self.watch(reader, "moved", self._tell, init=False)

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one("#reader", Reader)

    @property
    def place(self) -> Place:
        """Where one is."""
        return Place(self._page.document.id, self._at)

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell_face()
        self._tell()

    # -- what is in the project now ----------------------------------------------------------------------------------

    def open(self, document: Document, at: int) -> None:
        """Show another document."""
        self._page = self.study.page(document, self._whose)
        self._tell_face()
        self.reader.open(self._page, at)
        self.query_one(CodebookPane).show(self.study.frame, self._page.counts)
        self._tell()

    def catch_up(self) -> None:
        """Read what changed; the cursor stays on its words."""
        self._rewritten = ()
        try:
            document = self.study.project.documents.get(self._page.document.id)
        except NotFoundError:  # its import was undone, or it was removed or forgotten elsewhere
            self.post_message(Gone(self._page.document.name))
            return
        if document.text != self._page.document.text:
            edits = spans.edits_between(self._page.body, self.study.project.documents.body(document))
            at, row = self._carried(edits, document.length), self.reader.row_on_screen
            self.open(document, at)
            self.reader.show_at_row(row)
            self._rewritten = spans.written(edits)
            return
        self._page.frame = self.study.frame
        self._page.document = document
        self._page.recode()
        self.reader.recoded()  # and so what is at the cursor is told anew
        self.query_one(CodebookPane).show(self.study.frame, self._page.counts)

    def _carried(self, edits: Sequence[spans.Edit], length: int) -> int:
        """Where the cursor's character stands in another version of the text, of so many code points."""
        at = self.reader.cursor
        place = spans.carry(edits, (at, at + 1))
        return place[0] if place else min(at, length)

    # -- what is told ------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Head, and what is at the cursor."""
        self._at = self.reader.cursor
        self.query_one("#head", Line).tell(self._head())
        self.query_one("#here", Line).tell(self._here())

    def _tell_face(self) -> None:
        known = visible_line(face(self.study.project, self._page.document))
        self.query_one("#face", Line).tell([Piece(known, self.ink.words("asked"))])

    def _head(self) -> list[Piece]:
        page, quiet = self._page, self.ink.words("quiet")
        answer = answer_of(page.answers, self.reader.looked_at)
        passages = sum(page.counts.values())
        claims = len(page.stripes.items) - passages
        told = counted(passages, "passage") + (f", {counted(claims, 'claim')}" if claims else "")
        return [
            Piece(f"{visible_line(self.study.path.stem)} › ", quiet),
            Piece(visible_line(page.document.name), self.ink.words("head")),
            Piece(f"   ¶{answer or '–'} of {len(page.answers)}", self.ink.words("text")),
            Piece(f"   {self._percent()} % through   {told}, {page.whose}", quiet),
            *self._way_back(),
        ]

    def _way_back(self) -> list[Piece]:
        """The places that going back leads to, the next one first."""
        told = []
        for place in self.study.way_back(_WAY_TOLD):
            if place is None:
                told.append("list")
            elif place.document == self._page.document.id:
                told.append(f"¶{answer_of(self._page.answers, place.offset) or '–'}")
            else:
                told.append(visible_line(self.study.name_of(place.document) or "(gone)"))
        return [Piece(f"   ⌫ {' ‹ '.join(told)}", self.ink.words("accent"))] if told else []

    def _percent(self) -> int:
        return round(100 * self.reader.cursor / max(1, len(self._page.body)))

    def _here(self) -> list[Piece]:
        """What is selected; all codes at the cursor, where there is no room in short; the codes used lately."""
        pieces = []
        chosen = self.reader.selection
        if chosen:
            words, speakers = len(self._page.body[slice(*chosen)].split()), self._page.speakers_in(chosen)
            of = f", of {' and '.join(map(visible_line, speakers))}" if len(speakers) > 1 else ""
            pieces.append(Piece(f" {words} word{'s' * (words != 1)} selected{of} ", self.ink.words("selected")))
        whole = self._coded_here(in_short=False)
        room = self.size.width - sum(piece.cell_length for piece in pieces)
        pieces += whole if sum(piece.cell_length for piece in whole) <= room else self._coded_here(in_short=True)
        gap = [Piece("   ", self.ink.words("quiet"))] if pieces else []
        return [*pieces, *gap, *self._recent()]

    def _coded_here(self, *, in_short: bool) -> list[Piece]:
        """The codes and claims at the cursor, the one at hand marked; `in_short`: only that with its name."""
        pieces, at_hand = [], self.reader.at_hand
        for stripe in self.reader.here:
            is_it = at_hand is not None and stripe.item == at_hand.item
            told = self._told(stripe) if is_it or not in_short else f"{stripe.label}{stripe.signs}"
            pieces.append(Piece(" ┃ ", self.ink.code(stripe.colour, stripe.position)))
            pieces.append(Piece(visible_line(told), self.ink.words("label" if is_it else "asked")))
        return pieces

    def _recent(self) -> list[Piece]:
        """The codes used lately, each with the digit that sets it."""
        pieces = []
        for digit, code in enumerate(self.study.recent_codes(), start=1):
            branch = self.study.frame.branch(code)
            short = visible_line(self.study.frame.by_id[code].short)
            pieces += [
                Piece(f" {digit} ", self.ink.words("quiet")),
                Piece(short, self.ink.code(branch.colour, branch.position)),
            ]
        return pieces

    def _told(self, stripe: Stripe) -> str:
        coder = "" if stripe.is_own else f" ({self.study.project.coders.get(stripe.item.coder).short})"
        doubt = f" ? {stripe.item.unsure}" if stripe.item.unsure else ""
        name = stripe.label if stripe.is_claim else f"{stripe.label} {stripe.name}"
        return f"{name}{stripe.signs}{doubt}{coder}"

    # -- going -------------------------------------------------------------------------------------------------------

    def go_to(self, place: int, step: str = "") -> None:
        """Jump within the document; `back` comes back, of steps of one kind to where they began."""
        self.study.leave(self.place, step)
        self.reader.jump_to(place)

    def show_done(self, action: Action) -> None:
        """Go to what it wrote in this document, or to the words it changed, where none of that is in sight."""
        document, rewritten, self._rewritten = self._page.document.id, self._rewritten, ()
        coded = [each[1:] for each in self.study.project.history.passages(action) if each[0] == document]
        written = rewritten or coded  # where words changed, the passages were but carried along
        if written and not any(self.reader.shows(start, end) for start, end in written):
            self.go_to(min(written, key=lambda span: abs(span[0] - self.reader.cursor))[0])

    def same_code_elsewhere(self, stripe: Stripe, step: int) -> bool:
        """Go to the same code in the next interview by name that has it; back comes back."""
        found = coded_elsewhere(self.study.project, self._page, stripe, step)
        if found is not None:
            self.post_message(OpenDocument(*found))
        return found is not None

    def action_waves(self) -> None:
        """Another interview of the person at the cursor beside this one."""
        self.converse(self._waves())

    async def _waves(self) -> None:
        found = counterparts(self.study.project, self._page, self.reader.cursor)
        if not found:
            self.messages.say("Whoever speaks here speaks in no other document. (Who is who: people and cases.)")
            return
        keys = {str(number): each.told for number, each in enumerate(found[:9], start=1)}
        key = "1" if len(found) == 1 else await self.ask_key("Beside this", keys)
        if key is not None:
            from qualcode.tui.screens.waves import WavesScreen

            self.study.leave_screen()
            document, other, reader = self._page.document, found[int(key) - 1].document, self.reader
            self.app.push_screen(WavesScreen(self.study, self.ink, document, reader.cursor, other, reader.at_hand))

    def action_search(self) -> None:
        """Search in this document."""
        self.converse(self._search())

    async def _search(self) -> None:
        words = await self.ask_line("Find in this document")
        if not words:
            return
        from qualcode.work.matching import places  # only who searches needs it

        self.reader.show_hits(places(words, self._page.body))
        if not self.reader.hits:
            self.messages.say(f"“{words}” does not occur here.")
        else:
            self.study.leave(self.place)
            self._to_hit(1, beyond=False)

    def action_next_hit(self) -> None:
        """The next place found."""
        self._to_hit(1)

    def action_previous_hit(self) -> None:
        """The place found before."""
        self._to_hit(-1)

    def _to_hit(self, step: int, *, beyond: bool = True) -> None:
        starts = [start for start, _ in self.reader.hits]
        if not starts:
            self.messages.say("Nothing is searched for. / searches.")
            return
        at = self.reader.cursor if beyond else self.reader.cursor - 1
        place = nearest(starts, at, step)
        if place is None:
            place = starts[0] if step > 0 else starts[-1]
        self.reader.jump_to(place)
        self.messages.say(f"Place {starts.index(place) + 1} of {len(starts)}")

    def action_codebook(self) -> None:
        """Go to the codebook, which is shown if it was not; from there, back to the text, and it is hidden."""
        pane = self.query_one(CodebookPane)
        if pane.has_focus:
            pane.display = False
            self.set_focus(self.reader)
        else:
            pane.display = True
            self.set_focus(pane)

    def action_same_code(self) -> None:
        """All passages of the code: in the codebook the current one, in the text that at the cursor."""
        pane = self.query_one(CodebookPane)
        if pane.has_focus and pane.code is not None:
            self.post_message(OpenCoded((pane.code.short,)))
        else:
            super().action_same_code()

    def action_whose(self) -> None:
        """Whose coding is shown."""
        self._whose = _WHOSE[(_WHOSE.index(self._whose) + 1) % len(_WHOSE)]
        self._page.whose = self._whose
        self._page.recode()
        self.reader.recoded()
        self.messages.say(f"Shown: {self._whose} coding")
        self._tell()

    @property
    def code_at_hand(self) -> int | None:
        """Id of the code at the cursor, in the codebook the current one; None where there is none."""
        pane, stripe = self.query_one(CodebookPane), self.reader.at_hand
        if pane.has_focus and pane.code is not None:
            return pane.code.id
        if stripe is None or not isinstance(stripe.item, Segment):
            return None
        return self.study.frame.standing[stripe.item.code]

    def action_definition(self) -> None:
        """What the code means: the one at the cursor, or in the codebook the current one."""
        code = self.code_at_hand
        if code is None:
            self.messages.say("There is no coded passage at the cursor.")
            return
        self.app.push_screen(MeaningScreen(self.explained(self.study.frame.by_id[code])))
