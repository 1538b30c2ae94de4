"""`Workbench`: opens a study and routes between its screens. What is done there stands in the screens."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from traceback import extract_tb
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

import qualcode.project
from qualcode.model import Action
from qualcode.project.retrieval import Filter
from qualcode.tui import themes
from qualcode.tui.actions import KEYMAPS, Keymap, actions_of, bindings, keymap
from qualcode.tui.messages import CodeOn, Gone, OpenCoded, OpenDocument, OpenPassages, OpenTable
from qualcode.tui.remembered import Remembered
from qualcode.tui.retrieved import Asked, evidence_asked
from qualcode.tui.screens.claims import ClaimsScreen
from qualcode.tui.screens.code_on import CodeOnScreen
from qualcode.tui.screens.documents import DocumentsScreen
from qualcode.tui.screens.help import HelpScreen
from qualcode.tui.screens.history import HistoryScreen
from qualcode.tui.screens.ledger import LedgerScreen
from qualcode.tui.screens.memos import MemoBookScreen
from qualcode.tui.screens.passages import PassagesScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.screens.searching import SearchScreen
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.screens.tables import TableScreen, TablesScreen
from qualcode.tui.study import Place, Study
from qualcode.tui.themes import Ink

_LOOK_SECONDS = 1.0
"""How often it is looked whether another program has written to the project."""

_WIDTHS = [(0, "-narrow"), (108, "-wide")]
"""From so many columns on: the class a screen has. Wide ones show the codebook beside the text."""


class Workbench(App[None]):
    """The program on the screen.

    Args:
        project_file: the study to open.
        coder: short name of the one who codes, None for reading only.
        theme: name of a theme; "" = the default.
        keys: the keymap to begin with.
    """

    TITLE = "qualcode"
    CSS_PATH = Path(__file__).with_name("workbench.tcss")
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("everywhere")]
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = _WIDTHS  # type: ignore[misc]

    def __init__(self, project_file: Path, coder: str | None, theme: str = "", keys: Keymap = "standard") -> None:
        super().__init__()
        self._file = project_file
        self._coder = coder
        self._keys: Keymap = keys
        for each in themes.textual_themes():
            self.register_theme(each)
        self.theme = theme or themes.DEFAULT
        self.ink = Ink(self.theme)
        self.study: Study

    def on_mount(self) -> None:
        """Open the study at the place where it was left."""
        self.animation_level = "none"
        self.set_keymap(keymap(self._keys))
        self.study = Study(qualcode.project.open(self._file, self._coder))
        self.remembered = Remembered(self.study.path)
        self.push_screen(DocumentsScreen(self.study, self.ink))
        place = self.remembered.place(self.study.project)
        if place is not None:
            self._go(place)
        self.set_interval(_LOOK_SECONDS, self._look)

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
        self._go(Place(message.document.id, at))

    def _go(self, place: Place) -> None:
        """Show a place; over tables and lists of passages it lies on top, so that one comes back to them."""
        document = self.study.project.documents.get(place.document)
        if isinstance(self.screen, ReadingScreen):
            self.screen.open(document, place.offset)
        else:
            if not isinstance(self.screen, DocumentsScreen):
                self.study.leave_screen()
            self.push_screen(ReadingScreen(self.study, self.ink, document, place.offset))

    @on(Gone)
    def _leave_what_is_gone(self, message: Gone) -> None:
        """Its document is no longer there: back to the list."""
        while not isinstance(self.screen, DocumentsScreen):
            self.pop_screen()
        self.screen.messages.say(f"{message.name} is no longer in the project.")

    def _keep_place(self) -> None:
        """Remember where one is, for the next time."""
        if self.reading is not None:
            self.remembered.keep(self.study.project, self.reading.place)

    def action_go_back(self) -> None:
        """Back to where one was: another place in a text, or the table or list below this screen."""
        place = self.study.back(self.screen.place) if isinstance(self.screen, ReadingScreen) else None
        if place is not None:
            self._go(place)
        elif not isinstance(self.screen, DocumentsScreen):
            self.pop_screen()

    def action_go_forward(self) -> None:
        """Forward again."""
        if isinstance(self.screen, ReadingScreen):
            place = self.study.forward(self.screen.place)
            if place is None:
                self.screen.messages.say("There is no place to go forward to.")
            else:
                self._go(place)

    @on(OpenTable)
    def _open_table(self, message: OpenTable) -> None:
        self.push_screen(TableScreen(self.study, self.ink, message.name))

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

    def _visit(self, kind: Callable[..., StudyScreen], *arguments: Any) -> None:
        """A list upon what is there; the one that is on top already stays."""
        if isinstance(self.screen, StudyScreen) and type(self.screen) is not kind:
            self.push_screen(kind(self.study, self.ink, *arguments))

    def action_tables(self) -> None:
        """The gallery of tables."""
        self.push_screen(TablesScreen(self.study, self.ink))

    def action_documents(self) -> None:
        """The list of documents."""
        self.study.leave_all_screens()
        while not isinstance(self.screen, DocumentsScreen):
            self.pop_screen()

    def action_help(self) -> None:
        """All keys of this place."""
        self.push_screen(HelpScreen([*self._places(), "everywhere"], self._keys, self.ink))

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
            if isinstance(screen, StudyScreen):
                screen.repaint(self.ink)
        if isinstance(self.screen, StudyScreen):
            self.screen.messages.say(f"Theme: {name}")

    def action_keymap(self) -> None:
        """The other keymap."""
        self._keys = KEYMAPS[(KEYMAPS.index(self._keys) + 1) % len(KEYMAPS)]
        self.set_keymap(keymap(self._keys))
        if isinstance(self.screen, StudyScreen):
            self.screen.messages.say(f"Keys: {self._keys}. ? shows them.")

    def action_leave(self) -> None:
        """Leave: everything is saved already."""
        self._keep_place()
        self.exit()

    def on_unmount(self) -> None:
        """Let go of the project."""
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

    def _places(self) -> Iterator[str]:
        """Places whose actions work now, the focused one first."""
        seen: list[str] = []
        for node in self.screen.focused.ancestors_with_self if self.screen.focused else (self.screen,):
            for binding in getattr(node, "BINDINGS", ()):
                place = str(getattr(binding, "id", None) or "").partition(".")[0]
                if place and place != "everywhere" and place not in seen:
                    seen.append(place)
        yield from seen

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action that works here, by its words."""
        focused = screen.focused or screen
        for place in [*self._places(), "everywhere"]:
            for action in actions_of(place):
                if action.name != "command_palette":
                    owner = next((n for n in [*focused.ancestors_with_self, self] if _has(n, place)), self)
                    yield SystemCommand(action.text, f"{place}", _runner(self, owner, action.name))


def _has(node: Any, place: str) -> bool:
    return any(str(getattr(each, "id", "") or "").startswith(f"{place}.") for each in getattr(node, "BINDINGS", ()))


def _runner(app: Workbench, owner: Any, action: str) -> Any:
    async def run() -> None:
        await app.run_action(action, owner)

    return run


def _told(action: Action) -> str:
    named = ", ".join(f"{name} {value}" for name, value in action.arguments.items())
    return f"{action.verb} {f'({named})' if named else ''}".strip()
