"""`Workbench`: opens a study and routes between its screens. What is done there stands in the screens."""

import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.binding import BindingType
from textual.command import Provider
from textual.filter import LineFilter, NoColor

import qualcode.project
from qualcode import settings
from qualcode.errors import QualcodeError
from qualcode.model import Action
from qualcode.project import Project
from qualcode.project.history import History
from qualcode.project.keys import is_locked
from qualcode.tui import hang_up, themes
from qualcode.tui.actions import KEYMAPS, Keymap, bindings, by_name, keymap, lost, taken, unknown
from qualcode.tui.going import Going
from qualcode.tui.messages import (
    Copy,
    OpenStudy,
)
from qualcode.tui.palette import Palette, places
from qualcode.tui.recent import opened
from qualcode.tui.remembered import Remembered
from qualcode.tui.screens.documents import DocumentsScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.screens.study_screen import AskingScreen, StudyScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.visible import visible

_LOOK_SECONDS = 1.0
"""How often it is looked whether another program has written to the project."""

_PATIENCE = 1.0
"""Seconds that the screen stands still, at most, while another program writes."""

_NO_COLOUR = NoColor()

_WRITING = "\u200e\u200f\u061c"
"""Marks of direction that belong to the writing of Hebrew and Arabic."""

_WIDTHS = [(0, "-narrow"), (108, "-wide")]
"""From so many columns on: the class a screen has. Wide ones show the codebook beside the text."""


class Workbench(Going):
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
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Palette}
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
        self._own_keys = by_name(own_keys)
        for each in themes.textual_themes():
            self.register_theme(each)
        self.theme = theme or themes.DEFAULT
        self.ink = Ink(self.theme)

    async def on_mount(self) -> None:
        """Open the study at the place where it was left."""
        self.animation_level = "none"
        hang_up.heed(self)
        self.set_keymap(self.changed_keys)
        if self._file is None:
            await self._begin()
        else:
            await self.open_study(self._file)
        self.set_interval(_LOOK_SECONDS, self._look)

    def on_ready(self) -> None:
        """Collect garbage again, if `starting` has put it off; what is there now stays and is not looked through."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    # -- opening -----------------------------------------------------------------------------------------------------

    @on(OpenStudy)
    def _open_another(self, message: OpenStudy) -> None:
        """Another project: this one is closed once that is open."""
        self.run_worker(self.open_study(message.path, message.coder), group="open", exclusive=True)

    async def open_study(self, path: Path, coder: str | None = None) -> None:
        """Open a project where it was left; what stands against it is told, or asked for, on the start screen."""
        self.keep_place()
        if is_locked(path):
            await self._begin()
            self._unlock(path, coder)
            return
        try:
            # in a thread: another program may hold the file, and waiting must not stop the screen
            project = await asyncio.to_thread(qualcode.project.open, path, coder or self._coder)
            project.store.patience = _PATIENCE
            study = Study(project)
        except QualcodeError as error:
            await self._begin(error)
            return
        await self._close_study()
        self.study, self.remembered = study, Remembered(project.path)
        opened(project.path)
        place = self.remembered.place(project)
        if place is None:
            await self.push_screen(DocumentsScreen(study, self.ink))
        else:
            await self.push_screen(ReadingScreen(study, self.ink, project.documents.get(place.document), place.offset))
        self._greet(project, coder)

    async def _begin(self, trouble: QualcodeError | None = None) -> None:
        """The start screen, perhaps with what went wrong."""
        from qualcode.tui.screens.start import StartScreen

        if isinstance(self.screen, StartScreen):
            if trouble is not None:
                self.screen.messages.warn(trouble)
            return
        may_leave = isinstance(self.screen, StudyScreen)
        await self.push_screen(StartScreen(self.ink, self._coder, trouble, may_leave=may_leave))

    def _unlock(self, path: Path, coder: str | None) -> None:
        from qualcode.tui.screens.start import StartScreen

        if isinstance(self.screen, StartScreen):
            self.screen.call_after_refresh(self.screen.unlock, path, coder)  # once its list has the focus

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
        notes += [f"Your own keys take {each}." for each in taken(self._keys, self._own_keys)]
        notes += [f"Nothing comes of your own key {each}." for each in lost(self._keys, self._own_keys)]
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
        """The start screen, from which another project may be opened: this one is closed then, with all its screens."""
        if self.may_drop(reversed(self.screen_stack)):
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
        self.keep_place()
        if self.screen_stack and isinstance(self.screen, StudyScreen):  # none while the program is being left
            self.screen.follow()

    def action_help(self) -> None:
        """All keys of this place."""
        from qualcode.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen([*places(self.screen), "everywhere"], self.changed_keys, self.ink))

    def is_turning(self) -> bool:
        """Whether an action is about to ask something: keys typed ahead wait for it."""
        return isinstance(self.screen, AskingScreen) and self.screen.is_turning

    # -- what is done everywhere -------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Undo this coder's last action."""
        self._turn_back("Undone", History.undo)

    def action_redo(self) -> None:
        """Redo it."""
        self._turn_back("Done again", History.redo)

    def _turn_back(self, word: str, turn: Callable[[History], Action]) -> None:
        """Undo or redo, tell what it was, and show the place where it is not in sight."""
        if not isinstance(self.screen, StudyScreen):
            return
        from qualcode.work.deeds import Deeds

        done = None
        with self.screen.told():
            done = turn(self.study.project.history)
            self.screen.messages.say(f"{word}: {Deeds(self.study.project).brief(done)}")
        if done is not None:
            self.screen.show_done(done)

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

    @property
    def changed_keys(self) -> dict[str, str]:
        """The keys that are other than the standard ones: of the keymap chosen, and the user's own."""
        return keymap(self._keys, self._own_keys)

    def action_keymap(self) -> None:
        """The other keymap."""
        self._keys = KEYMAPS[(KEYMAPS.index(self._keys) + 1) % len(KEYMAPS)]
        self.set_keymap(self.changed_keys)
        self._remember(keymap=self._keys)
        if isinstance(self.screen, AskingScreen):
            self.screen.messages.say(f"Keys: {self._keys}. ? shows them.")

    def action_leave(self) -> None:
        """Leave: everything is saved already, but for words one is writing: they come up and are left twice only."""
        if not self.may_drop(reversed(self.screen_stack), "ctrl+q"):
            return
        self.keep_place()
        self.exit()

    def action_leave_anywhere(self) -> None:
        """Leave."""
        self.action_leave()

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
