"""`NamesScreen`: what may be a name, each name once with its places; accepted, ignored, and replaced in all documents.

To look for names takes seconds, with the entity recogniser minutes: another thread does it, and may be stopped. What is
not found stays in the texts, and the screen says how much was found where it was measured.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, TypeVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from qualcode.language.parsing import Progress
from qualcode.project import Project
from qualcode.tui.actions import bindings
from qualcode.tui.beside import beside
from qualcode.tui.filters import Narrowing, set_field
from qualcode.tui.messages import OpenDocument
from qualcode.tui.name_rows import Shown, by_state, in_full, name_row, place_row, statement
from qualcode.tui.retrieved import Listing
from qualcode.tui.screens.name_deciding import DecidingScreen
from qualcode.tui.screens.naming import ReplacingScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.prose import Prose
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible_line
from qualcode.work import elsewhere, name_recall, pseudonymise
from qualcode.work.name_proposals import PROPOSERS, Proposer
from qualcode.work.name_review import STATES, Entry, Place, Review, scan, texts_now
from qualcode.work.parse_texts import pipeline_for

Found = TypeVar("Found")
_FILTERS: Mapping[str, str] = {
    "s": "what was decided", "p": "who proposes it", "k": "kind", "w": "words", "x": "take all away",
}  # fmt: skip
_FIELDS: Mapping[str, str] = {"s": "state", "p": "source", "k": "kind", "w": "words"}


class NamesScreen(DecidingScreen):
    """Names: proposed, accepted, replaced, ignored."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("names")]
    called: ClassVar[tuple[str, str]] = ("name", "names")

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink, "Names", Shown())
        self._entries: list[Entry] = []
        self._places: tuple[Place, ...] = ()

    # -- what is shown -----------------------------------------------------------------------------------------------

    def above_list(self) -> Iterator[Widget]:
        """How much is found, as it was measured."""
        yield Static(id="recall", markup=False)

    def beside_list(self) -> Iterator[Widget]:
        """What is known of a name, and its places."""
        with Vertical(id="name"):
            yield Prose(id="passage")
            yield Rows(self.ink, id="places")

    def on_mount(self) -> None:
        """Look for names."""
        super().on_mount()
        self.action_look()

    def reader_now(self) -> Callable[[Project], Listing[Entry]]:
        """What was found beside what was decided since."""
        review, wanted = self.review, self.state

        def read(project: Project) -> Listing[Entry]:
            self._entries = review.entries(project) if review is not None else []
            return by_state([each for each in self._entries if wanted.has(each)])

        return read

    def catch_up(self) -> None:
        """Show what was decided; where the texts are others by now look anew, without the recogniser."""
        if self.review is None:
            return
        super().catch_up()
        if not self.is_working and texts_now(self.study.project) != self.review.scan.texts:
            self.action_look()

    def key(self, item: Entry) -> int:
        """Its words, whatever their case."""
        return hash(item.key)

    @property
    def narrowed(self) -> str:
        """By what the list is narrowed down."""
        return self.state.told or "all, the most often said first"

    @property
    def told_of_all(self) -> str:
        """How many are to be decided, and how many are accepted and still stand."""
        undecided, standing = (sum(each.state == state for each in self._entries) for state in ("open", "listed"))
        return f"   {undecided:,} to decide" + (f"   {standing:,} accepted and still standing" if standing else "")

    @property
    def told_if_empty(self) -> str:
        """What stands where no name does."""
        if self.review is None:
            return "Looking for names …" if self.is_working else "l looks for names."
        return super().told_if_empty

    def drawn(self, item: Entry, width: int) -> list[Piece]:
        """Its row."""
        return name_row(item, width, self.ink)

    def in_full(self, item: Entry) -> Text:
        """What is known of it; the places stand below."""
        return in_full(item, self.ink)

    @on(Rows.Highlighted, "#passages")
    def _show_places(self) -> None:
        item = self.current
        self._places = item.places if item is not None else ()
        self.places.fill(len(self._places), self._place)

    @property
    def places(self) -> Rows:
        """Where the current name stands."""
        return self.query_one("#places", Rows)

    def _place(self, row: int, width: int) -> list[Piece]:
        return place_row(self._places[row], width, self.ink)

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell_recall()

    def _tell_recall(self) -> None:
        found = name_recall.told(self.review.scan.pipeline if self.review else "")
        self.query_one("#recall", Static).update(Text(visible_line(found), self.ink.words("asked")))

    # -- looking for names -------------------------------------------------------------------------------------------

    def action_look(self) -> None:
        """Look for names by their form."""
        if not self.is_working:
            self.work(self._look())

    async def _look(self) -> None:
        await self._look_with(PROPOSERS, "")
        self.messages.say("y accepts a name, n says it is none; r asks the entity recogniser, too.")

    def action_recognise(self) -> None:
        """Ask the entity recogniser, too: the first time it parses all texts."""
        if not self.is_working:
            self.work(self._recognise())

    async def _recognise(self) -> None:
        from qualcode.work.name_recogniser import recogniser

        pipeline = pipeline_for(self.study.project)

        def tell(progress: Progress) -> None:
            self.progress("parsing, once; what is done is kept:", ())(progress.done, progress.of)

        await self._look_with((*PROPOSERS, recogniser(pipeline, tell)), pipeline.told)
        self.messages.say(f"The entity recogniser of {pipeline.told} was asked, too.")

    async def _look_with(self, proposers: Sequence[Proposer], pipeline: str) -> None:
        """In another thread: look, and where what was accepted stands."""
        project = self.study.project
        is_first = self.review is None

        def look() -> Review:
            heed = self.progress("looking for names", ())
            with beside(project) as own:
                review = Review(scan(own, proposers, pipeline=pipeline, heed=heed))
                review.entries(own)
            return review

        review = await self.in_thread(look)
        if self.is_here:
            self.review = review
            self._tell_recall()
            self.reload()
            if is_first:
                self.rows.go_to(0)

    def action_stop(self) -> None:
        """Stop looking; else leave."""
        if self.is_working:
            self.stop()
        else:
            self.app.call_later(self.app.run_action, "go_back")

    # -- replacing ---------------------------------------------------------------------------------------------------

    def action_replace_all(self) -> None:
        """Write the pseudonyms wherever accepted names stand, in all documents."""
        if not self.is_working:
            self.work(self._replace_all())

    async def _replace_all(self) -> None:
        project = self.study.project
        self.messages.say("Looking what would change …")
        foreseen = await self.in_thread(lambda: _beside(project, pseudonymise.rehearsed))
        if not foreseen.revisions:
            self.messages.say("No accepted name stands in a text: there is nothing to replace.")
            return
        sheet = statement(project.names.all(), foreseen, pseudonymise.one_for_two(project))
        if await self.app.push_screen_wait(ReplacingScreen(sheet, self.ink, is_of_list=True)) != "all":
            self.messages.say("No name was replaced.")
            return
        self.messages.say("Replacing …")
        done = await self.in_thread(lambda: _beside(project, pseudonymise.replace_listed))
        replaced = f"{counted(sum(done.places.values()), 'place')} in {counted(len(done.revisions), 'document')}"
        await self._look_with(PROPOSERS, "")
        self.messages.say(f"{replaced} replaced; u brings all back.")
        left = await self.in_thread(lambda: _beside(project, elsewhere.left))
        if left:
            self.messages.add(f"Names still stand in: {', '.join(elsewhere.by_sort(left).values())}.")

    # -- going -------------------------------------------------------------------------------------------------------

    @on(Rows.Chosen, "#passages")
    def _go(self) -> None:
        if self._places:
            self._open(self._places[0])

    @on(Rows.Chosen, "#places")
    def _go_to_place(self, event: Rows.Chosen) -> None:
        if event.row < len(self._places):
            self._open(self._places[event.row])

    def _open(self, place: Place) -> None:
        with self.told():
            self.post_message(OpenDocument(self.study.project.documents.get(place.document.id), place.start))

    def action_other_side(self) -> None:
        """From the names to the places, and back."""
        self.set_focus(self.rows if self.focused is self.places else self.places)

    # -- narrowing down ----------------------------------------------------------------------------------------------

    def action_narrow(self) -> None:
        """Narrow down."""
        self.converse(self._narrow())

    async def _narrow(self) -> None:
        key = await self.ask_key("Show only names by", _FILTERS)
        if key == "x":
            self.ask_for(Shown())
        elif key is not None:
            values = self._values(key)
            of_these = (lambda _project: values) if values else None
            narrowing = Narrowing(_FIELDS[key], _FILTERS[key], of_these)
            typed = await self.ask_value(narrowing, str(getattr(self.state, narrowing.field)))
            if typed is not None:
                self.ask_for(set_field(self.state, Narrowing(narrowing.field, ""), typed))

    def _values(self, key: str) -> list[str]:
        """What there is to choose from; none = words are typed."""
        if key == "s":
            return list(STATES.values())
        if key == "p":
            return list(dict.fromkeys(source for each in self._entries for source in each.sources))
        return list(dict.fromkeys(each.kind for each in self._entries)) if key == "k" else []


def _beside(project: Project, do: Callable[[Project], Found]) -> Found:
    with beside(project) as own:
        return do(own)
