"""`Workbench`: opens a study and routes between its screens. What is done there stands in the screens."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

import qualcode.project
from qualcode import settings
from qualcode.errors import QualcodeError
from qualcode.model import Action
from qualcode.project import Project
from qualcode.project.retrieval import Filter
from qualcode.tui import themes
from qualcode.tui.actions import KEYMAPS, Keymap, actions_of, bindings, keymap, unknown
from qualcode.tui.keys_in_order import KeysInOrder
from qualcode.tui.messages import (
    CodeOn,
    Copy,
    Gone,
    OpenCoded,
    OpenDocument,
    OpenHub,
    OpenPassages,
    OpenStudy,
    OpenTable,
    ShowDocuments,
)
from qualcode.tui.recent import opened
from qualcode.tui.remembered import Remembered
from qualcode.tui.retrieved import Asked, evidence_asked
from qualcode.tui.screens.applying import ApplyScreen
from qualcode.tui.screens.charts import ChartScreen
from qualcode.tui.screens.claims import ClaimsScreen
from qualcode.tui.screens.code_on import CodeOnScreen
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.documents import DocumentsScreen
from qualcode.tui.screens.gallery import TablesScreen
from qualcode.tui.screens.help import HelpScreen
from qualcode.tui.screens.history import HistoryScreen
from qualcode.tui.screens.hubs import HubScreen
from qualcode.tui.screens.importing import ImportScreen
from qualcode.tui.screens.ledger import LedgerScreen
from qualcode.tui.screens.memos import MemoBookScreen
from qualcode.tui.screens.passages import PassagesScreen
from qualcode.tui.screens.people import PeopleScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.screens.searching import SearchScreen
from qualcode.tui.screens.start import StartScreen
from qualcode.tui.screens.study_screen import AskingScreen, StudyScreen
from qualcode.tui.screens.tables import TableScreen
from qualcode.tui.study import Place, Study
from qualcode.tui.themes import Ink
from qualcode.visible import visible

_LOOK_SECONDS = 1.0
"""How often it is looked whether another program has written to the project."""

_NO_COLOUR = NoColor()

_WRITING = "\u200e\u200f\u061c"
"""Marks of direction that belong to the writing of Hebrew and Arabic."""

_ONE_AT_A_TIME = (PeopleScreen, ImportScreen, ApplyScreen)
"""Places beside the documents: going to one leaves the other."""

_WIDTHS = [(0, "-narrow"), (108, "-wide")]
"""From so many columns on: the class a screen has. Wide ones show the codebook beside the text."""


class Workbench(KeysInOrder):
    """The program on the screen.

    Args:
        project_file: the study to open; None: begin with the start screen.
        coder: short name of the one who codes; None: it is asked where the project can be written.
        theme: name of a theme; "" = the default.
        keys: the keymap to begin with.
        own_keys: (action, keys) as the user set them, over the keymap's.
    """

    TITLE = "qualcode"
    CSS_PATH = Path(__file__).with_name("workbench.tcss")
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("everywhere")]
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = _WIDTHS  # type: ignore[misc]

    def __init__(
        self,
        project_file: Path | None,
        coder: str | None,
        theme: str = "",
        keys: Keymap = "standard",
        own_keys: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self._file = project_file
        self._coder = coder
        self._keys: Keymap = keys
        self._own_keys = own_keys
        for each in themes.textual_themes():
            self.register_theme(each)
        self.theme = theme or themes.DEFAULT
        self.ink = Ink(self.theme)
        self.study: Study

    async def on_mount(self) -> None:
        """Open the study at the place where it was left."""
        self.animation_level = "none"
        self.set_keymap(keymap(self._keys, self._own_keys))
        if self._file is None:
            await self._begin()
        else:
            await self.open_study(self._file)
        self.set_interval(_LOOK_SECONDS, self._look)

    # -- opening -----------------------------------------------------------------------------------------------------

    @on(OpenStudy)
    def _open_another(self, message: OpenStudy) -> None:
        """Another project: this one is closed once that is open."""
        self.run_worker(self.open_study(message.path, message.coder), group="open", exclusive=True)

    async def open_study(self, path: Path, coder: str | None = None) -> None:
        """Open a project where it was left; what stands against it is told on the start screen."""
        self._keep_place()
        try:
            # in a thread: another program may hold the file, and waiting must not stop the screen
            project = await asyncio.to_thread(qualcode.project.open, path, coder or self._coder)
            study = Study(project)
        except QualcodeError as error:
            await self._begin(error)
            return
        await self._close_study()
        self.study, self.remembered = study, Remembered(project.path)
        opened(project.path)
        await self.push_screen(DocumentsScreen(study, self.ink))
        place = self.remembered.place(project)
        if place is not None:
            await self.push_screen(ReadingScreen(study, self.ink, project.documents.get(place.document), place.offset))
        self._greet(project, coder)

    async def _begin(self, trouble: QualcodeError | None = None) -> None:
        """The start screen, perhaps with what went wrong."""
        if isinstance(self.screen, StartScreen):
            if trouble is not None:
                self.screen.messages.warn(trouble)
            return
        may_leave = isinstance(self.screen, StudyScreen)
        await self.push_screen(StartScreen(self.ink, self._coder, trouble, may_leave=may_leave))

    async def _close_study(self) -> None:
        """Let go of the open project, if there is one, and of its screens."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if hasattr(self, "study"):
            self.study.project.close()

    def _greet(self, project: Project, coder: str | None) -> None:
        """What to know about the file; and who codes is asked, once, where that is not known."""
        screen = self.screen
        if not isinstance(screen, StudyScreen):
            return
        notes = [project.warning, *(f"No action is called {each}." for each in unknown(self._own_keys))]
        if project.store.is_read_only:
            notes.append(f"{project.path.name} can only be read here: nothing can be coded in it.")
        elif coder and coder != self._coder:
            notes.append(f"You look as {coder}, one of its coders.")
        if any(notes):
            screen.messages.say(" ".join(filter(None, notes)))
        if project.coder is None and not project.store.is_read_only:
            screen.call_after_refresh(self._begin_to_ask, screen)  # once the focus is where it belongs

    def _begin_to_ask(self, screen: StudyScreen) -> None:
        screen.converse(self._ask_coder(screen))

    async def _ask_coder(self, screen: AskingScreen) -> None:
        typed = await screen.ask_line("Who is coding? Your short name, for instance AK (Escape: only look)")
        if typed:
            self._coder = settings.checked_coder(typed)
            self.study.project.store.coder_short = self._coder
            settings.remember(coder=self._coder)
            screen.messages.say(f"You are {self._coder} from now on.")

    async def action_open_project(self) -> None:
        """The start screen, from which another project may be opened."""
        await self._begin()

    # -- drawing and typing -----------------------------------------------------------------------------------------

    def get_line_filters(self) -> Sequence[LineFilter]:
        """In the plain theme no colour at all: Textual draws its bars, keys and cursors in some whatever the theme."""
        found = super().get_line_filters()
        return [*found, _NO_COLOUR] if self.ink.is_plain else found

    async def on_event(self, event: events.Event) -> None:
        """What is pasted loses what would drive a terminal: the lines one types in show their letters as they are."""
        if isinstance(event, events.Paste):
            event.text = "".join(sign for sign in event.text if sign in _WRITING or visible(sign) == sign)
        await super().on_event(event)

    def _look(self) -> None:
        """Another program may have written something; and one may be elsewhere than a moment ago."""
        self._keep_place()
        if isinstance(self.screen, StudyScreen):
            self.screen.follow()

    # -- going -------------------------------------------------------------------------------------------------------

    @property
    def reading(self) -> ReadingScreen | None:
        """The topmost screen with an open document, if there is one."""
        return next((each for each in reversed(self.screen_stack) if isinstance(each, ReadingScreen)), None)

    @on(OpenDocument)
    def _open(self, message: OpenDocument) -> None:
        """Show a document; the place one comes from is kept, to come back to."""
        if isinstance(self.screen, ReadingScreen):
            self.study.leave(self.screen.place)
        at = self.remembered.offset(message.document) if message.at is None else message.at
        if self._is_there(message.document.id):
            self._go(Place(message.document.id, at))
        elif isinstance(self.screen, StudyScreen):
            self.screen.messages.say(f"{message.document.name} is no longer in the project.")
            self.screen.follow()

    def _is_there(self, document: int) -> bool:
        """Whether a document is still in the project: another program may have removed it."""
        return any(each.id == document for each in self.study.project.documents.all())

    def _go(self, place: Place) -> None:
        """Show a place; over tables and lists of passages it lies on top, so that one comes back to them."""
        self._keep_place()
        document = self.study.project.documents.get(place.document)
        if isinstance(self.screen, ReadingScreen):
            self.screen.open(document, place.offset)
        else:
            if not isinstance(self.screen, DocumentsScreen):
                self.study.leave_screen()
            self.push_screen(ReadingScreen(self.study, self.ink, document, place.offset))

    @on(ShowDocuments)
    def _show_documents(self, message: ShowDocuments) -> None:
        """The list with the documents of one person."""
        self.action_documents()
        if isinstance(self.screen, DocumentsScreen):
            self.screen.show_person(message.person, message.name)

    @on(Gone)
    def _leave_what_is_gone(self, message: Gone) -> None:
        """Its document is no longer there: back to the list."""
        self.study.leave_all_screens()
        while not isinstance(self.screen, DocumentsScreen):
            self.pop_screen()
        self.screen.messages.say(f"{message.name} is no longer in the project.")

    def _keep_place(self) -> None:
        """Remember where one is, for the next time."""
        if self.reading is not None:
            self.remembered.keep(self.study.project, self.reading.place)

    def action_go_back(self) -> None:
        """Back to where one was: another place in a text, or the table or list below this screen."""
        if isinstance(self.screen, ReadingScreen) and (place := self._travelled(self.study.back)) is not None:
            self._go(place)
        elif isinstance(self.screen, StudyScreen) and not isinstance(self.screen, DocumentsScreen):
            self.pop_screen()

    def action_go_forward(self) -> None:
        """Forward again."""
        if isinstance(self.screen, ReadingScreen):
            place = self._travelled(self.study.forward)
            if place is None:
                self.screen.messages.say("There is no place to go forward to.")
            else:
                self._go(place)

    def _travelled(self, step: Callable[[Place | None], Place | None]) -> Place | None:
        """The next place that way whose document is still there."""
        if not isinstance(self.screen, ReadingScreen):
            return None
        place = step(self.screen.place)
        while place is not None and not self._is_there(place.document):
            place = step(None)
        return place

    @on(OpenTable)
    def _open_table(self, message: OpenTable) -> None:
        is_chart = message.name == "framework"
        screen = ChartScreen(self.study, self.ink) if is_chart else TableScreen(self.study, self.ink, message.name)
        self.push_screen(screen)

    @on(OpenHub)
    def _open_hub(self, message: OpenHub) -> None:
        self.push_screen(HubScreen(self.study, self.ink, message.code, message.options))

    @on(OpenPassages)
    def _open_passages(self, message: OpenPassages) -> None:
        asked = evidence_asked(self.study.project, message.evidence)
        if asked is not None:
            kind = ClaimsScreen if asked.kind == "claim" else PassagesScreen
            self.push_screen(kind(self.study, self.ink, message.title, asked))
        elif isinstance(self.screen, StudyScreen):
            self.screen.messages.say("Behind this cell stand no passages.")

    @on(OpenCoded)
    def _open_coded(self, message: OpenCoded) -> None:
        self.push_screen(PassagesScreen(self.study, self.ink, "Passages", Asked(Filter(codes=message.codes))))

    @on(CodeOn)
    def _code_on(self, message: CodeOn) -> None:
        self.push_screen(CodeOnScreen(self.study, self.ink, message.title, message.narrowed, message.passages))

    def action_passages(self) -> None:
        """All coded passages, to be narrowed down."""
        self._visit(PassagesScreen, "Passages", Asked())

    def action_search_all(self) -> None:
        """Search in all documents."""
        self._visit(SearchScreen)

    def action_memo_book(self) -> None:
        """All memos."""
        self._visit(MemoBookScreen)

    def action_claims(self) -> None:
        """All claims."""
        self._visit(ClaimsScreen)

    def action_history(self) -> None:
        """Who did what, and when."""
        self._visit(HistoryScreen)

    def action_ledger(self) -> None:
        """The quotes chosen for print."""
        self._visit(LedgerScreen)

    def _visit(self, kind: type[StudyScreen], *arguments: Any) -> None:
        """A place upon what is there; the one that is on top already stays, and of some there is only one at a time."""
        if not isinstance(self.screen, StudyScreen) or type(self.screen) is kind:
            return
        while kind in _ONE_AT_A_TIME and isinstance(self.screen, _ONE_AT_A_TIME):
            self.pop_screen()
        self.push_screen(kind(self.study, self.ink, *arguments))

    def action_tables(self) -> None:
        """The gallery of tables."""
        self._visit(TablesScreen)

    def action_codes(self) -> None:
        """The codebook, at the code at hand; the one that is open, if it is."""
        at = self.screen.code_at_hand if isinstance(self.screen, ReadingScreen) else None
        if any(isinstance(each, CodebookScreen) for each in self.screen_stack):
            while not isinstance(self.screen, CodebookScreen):
                self.pop_screen()
            if at is not None:
                self.screen.go_to(at)
        elif isinstance(self.screen, StudyScreen):
            self.push_screen(CodebookScreen(self.study, self.ink, at))

    def action_documents(self) -> None:
        """The list of documents."""
        if not hasattr(self, "study"):
            return
        self._keep_place()
        self.study.leave_all_screens()
        if self.reading is not None:
            self.study.leave(self.reading.place)
        if any(isinstance(each, DocumentsScreen) for each in self.screen_stack):
            while not isinstance(self.screen, DocumentsScreen):
                self.pop_screen()

    def action_people(self) -> None:
        """People and cases."""
        self._visit(PeopleScreen)

    def action_import_files(self) -> None:
        """Transcripts and codebooks are brought in."""
        self._visit(ImportScreen)

    def action_help(self) -> None:
        """All keys of this place."""
        self.push_screen(HelpScreen([*_places(self.screen), "everywhere"], self._keys, self.ink))

    def is_turning(self) -> bool:
        """Whether an action is about to ask something: keys typed ahead wait for it."""
        return isinstance(self.screen, AskingScreen) and self.screen.is_turning

    # -- what is done everywhere -------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Undo this coder's last action."""
        if isinstance(self.screen, StudyScreen):
            with self.screen.told():
                self.screen.messages.say(f"Undone: {_told(self.study.project.history.undo())}")

    def action_redo(self) -> None:
        """Redo it."""
        if isinstance(self.screen, StudyScreen):
            with self.screen.told():
                self.screen.messages.say(f"Done again: {_told(self.study.project.history.redo())}")

    def action_theme(self) -> None:
        """The next theme."""
        names = list(themes.THEMES)
        place = names.index(self.theme) if self.theme in names else -1
        self.use_theme(names[(place + 1) % len(names)])

    def use_theme(self, name: str) -> None:
        """Draw everything with a theme."""
        self.theme = name
        self.ink = Ink(name)
        for screen in self.screen_stack:
            if isinstance(screen, AskingScreen):
                screen.repaint(self.ink)
        self._remember(theme=name)
        if isinstance(self.screen, AskingScreen):
            self.screen.messages.say(f"Theme: {name}")

    def _remember(self, **changes: str) -> None:
        """Keep a choice for the next time; where that does not work it is no reason to stop."""
        with suppress(QualcodeError):
            settings.remember(**changes)

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        """Two actions with one key, by the user's own keys: the first works, and it is said."""
        names = ", ".join(sorted(str(each.id) for each in clashed_bindings))
        if isinstance(self.screen, AskingScreen) and self.screen.is_mounted:
            self.screen.messages.warn(f"Your own keys take the keys of {names}, too.")

    @on(Copy)
    def _copy(self, message: Copy) -> None:
        """To the clipboard, through the terminal (OSC 52)."""
        if not isinstance(self.screen, StudyScreen):
            return
        if not self.remembered.may_copy:
            self.screen.messages.warn("Copying is switched off for this project; f11 switches it on.")
            return
        self.copy_to_clipboard(message.words)
        self.screen.messages.say(f"Copied {message.told}")

    def action_copying(self) -> None:
        """Let words of this project go to the clipboard, or no longer."""
        if isinstance(self.screen, StudyScreen):
            self.remembered.let_copy(may=not self.remembered.may_copy)
            self.screen.messages.say(f"Copying is {'on' if self.remembered.may_copy else 'off'} for this project.")

    def action_keymap(self) -> None:
        """The other keymap."""
        self._keys = KEYMAPS[(KEYMAPS.index(self._keys) + 1) % len(KEYMAPS)]
        self.set_keymap(keymap(self._keys, self._own_keys))
        self._remember(keymap=self._keys)
        if isinstance(self.screen, AskingScreen):
            self.screen.messages.say(f"Keys: {self._keys}. ? shows them.")

    def action_leave(self) -> None:
        """Leave: everything is saved already."""
        self._keep_place()
        self.exit()

    def on_unmount(self) -> None:
        """Let go of the project."""
        if hasattr(self, "study"):
            self.study.project.close()

    def _fatal_error(self) -> None:
        """Our own fault: said in two lines. Textual's own report would print transcripts from what was in memory."""
        error = sys.exception()
        trace = extract_tb(error.__traceback__)[-4:] if error else []
        places = [f"{Path(each.filename).name}:{each.lineno}" for each in trace]
        words = f"qualcode stumbled over itself: {type(error).__name__}. What was done before stands."
        self._exit_renderables.append(Text(f"{words}\nPlease report it with this: {' > '.join(places)}"))
        self._close_messages_no_wait()

    # -- the palette -------------------------------------------------------------------------------------------------

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action that works here, by its words."""
        focused = screen.focused or screen
        for place in [*_places(screen), "everywhere"]:
            for action in actions_of(place):
                if action.name != "command_palette":
                    owner = next((n for n in [*focused.ancestors_with_self, self] if _has(n, place)), self)
                    yield SystemCommand(action.text, f"{place}", _runner(self, owner, action.name))


def _places(screen: Screen[Any]) -> Iterator[str]:
    """Places whose actions work on a screen now, the focused one first."""
    seen: list[str] = []
    for node in screen.focused.ancestors_with_self if screen.focused else (screen,):
        for binding in getattr(node, "BINDINGS", ()):
            place = str(getattr(binding, "id", None) or "").partition(".")[0]
            if place and place != "everywhere" and place not in seen:
                seen.append(place)
    yield from seen


def _has(node: Any, place: str) -> bool:
    return any(str(getattr(each, "id", "") or "").startswith(f"{place}.") for each in getattr(node, "BINDINGS", ()))


def _runner(app: Workbench, owner: Any, action: str) -> Any:
    async def run() -> None:
        await app.run_action(action, owner)

    return run


def _told(action: Action) -> str:
    named = ", ".join(f"{name} {value}" for name, value in action.arguments.items())
    return f"{action.verb} {f'({named})' if named else ''}".strip()
