"""`StartScreen`: where no project is open yet: open one, make one, or look at the sample study."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.suggester import Suggester
from textual.widgets import Input, Static

import qualcode.project
from qualcode import __version__, settings
from qualcode.errors import LockedError, QualcodeError, RefusedError
from qualcode.project import file
from qualcode.project.engine import must_be_installed
from qualcode.project.keys import refuse_short
from qualcode.tui.actions import bindings
from qualcode.tui.columns import Column
from qualcode.tui.messages import OpenStudy
from qualcode.tui.recent import completed, in_folder, recent
from qualcode.tui.screens.working import WorkingScreen
from qualcode.tui.themes import Ink
from qualcode.tui.typed_path import here, typed_path
from qualcode.tui.widgets.asking import AskLine
from qualcode.tui.widgets.sheet import Sheet
from qualcode.visible import counted

_BEGIN = (
    ("new", "New project", "one file that holds the whole study"),
    ("new_encrypted", "New encrypted project", "it opens with a passphrase only"),
    ("open_path", "Open a project by its path", "→ completes what is typed"),
    ("sample", "Make the sample study", "invented interviews, really coded"),
)


_TRIES = 3
"""So often a passphrase may be typed before one is back at the start."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: an action, or a project file."""

    group: str
    name: str
    told: str
    action: str = ""
    path: Path | None = None
    is_there: bool = True


class ProjectFiles(Suggester):
    """Completes a path to a project file."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The path that begins so."""
        return completed(value) if value else None


class StartScreen(WorkingScreen):
    """What one may begin with.

    Args:
        ink: the styles.
        coder: short name of the one who codes, None where it is not known.
        trouble: why the project that was to be opened is not open.
        may_leave: whether there is an open study to go back to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("start")]

    def __init__(
        self, ink: Ink, coder: str | None, trouble: QualcodeError | None = None, *, may_leave: bool = False
    ) -> None:
        super().__init__(ink)
        self._coder = coder
        self._trouble = trouble
        self._may_leave = may_leave
        self._choices: list[Choice] = []

    def compose(self) -> ComposeResult:
        """Title and choices."""
        yield Static(id="head", markup=False)
        yield Static(id="motto", markup=False)
        yield Sheet(self.ink, id="start")
        yield from self.foot()

    def on_mount(self) -> None:
        """List the choices; say what went wrong."""
        self._list()
        sheet = self.query_one(Sheet)
        sheet.go_to(next((n for n, each in enumerate(self._choices) if each.path and each.is_there), 0))
        self.set_focus(sheet)
        if self._trouble is not None:
            self.messages.warn(self._trouble)

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._list()

    def _list(self) -> None:
        head = Text("qualcode", self.ink.style("head"), no_wrap=True)
        head.append(f" {__version__}", self.ink.style("quiet"))
        self.query_one("#head", Static).update(head)
        motto = "Code interviews, keep the trail, print the table. All stays on this computer."
        self.query_one("#motto", Static).update(Text(motto, self.ink.style("asked")))
        self._choices = self._begin() + self._known()
        columns = (Column("", 6, 6), Column("", 24, 28), Column("", 12, 400))
        sheet = self.query_one(Sheet)
        sheet.show(columns, len(self._choices), self._cells, current=sheet.current)

    @staticmethod
    def _begin() -> list[Choice]:
        return [Choice("Begin", name, told, action=action) for action, name, told in _BEGIN]

    @staticmethod
    def _known() -> list[Choice]:
        """Recent projects, then those of this folder that are not among them."""
        lately = recent()
        listed = {each.path for each in lately}
        here = [path for path in in_folder(Path.cwd()) if path not in listed]
        return [
            *(
                Choice("Recent", each.path.stem, _told(each.path), path=each.path, is_there=each.is_there)
                for each in lately
            ),
            *(Choice("Here", path.stem, "in this folder", path=path) for path in here),
        ]

    def _cells(self, row: int) -> Sequence[tuple[str, str]]:
        each = self._choices[row]
        is_first = row == 0 or self._choices[row - 1].group != each.group
        name = (each.name, "label" if each.is_there else "quiet")
        told = (each.told, "asked") if each.is_there else (f"missing: {each.told}", "warn")
        return (each.group if is_first else "", "quiet"), name, told

    def converse(self, dialogue: Coroutine[Any, Any, None]) -> None:
        """Something new begins: what came of the thing before is no longer told."""
        self.messages.say("")
        super().converse(dialogue)

    # -- what one may do ---------------------------------------------------------------------------------------------

    @on(Sheet.Chosen)
    def _choose(self, event: Sheet.Chosen) -> None:
        each = self._choices[event.row]
        if each.path is None:
            getattr(self, f"action_{each.action}")()
        elif each.is_there:
            self._open(each.path)
        else:
            self.messages.warn(f"{each.path} is no longer there. If it was moved: o opens it by its path.")

    def _open(self, path: Path, coder: str | None = None) -> None:
        self.messages.say(f"Opening {path.name} ...")
        self.post_message(OpenStudy(path, coder))

    def unlock(self, path: Path, coder: str | None) -> None:
        """Ask for the passphrase of an encrypted project, then open it."""
        self.converse(self._unlock(path, coder))

    async def _unlock(self, path: Path, coder: str | None) -> None:
        for left in reversed(range(_TRIES)):
            typed = await self.ask_secret(f"The passphrase of {path.name}")
            if not typed:
                self.messages.say(f"{path.name} is not opened.")
                return
            self.messages.say(f"Opening {path.name} ...")
            try:
                await asyncio.to_thread(file.unlock, path, typed)  # half a second, so that guessing takes long
            except LockedError:
                if not left:
                    raise
                self.messages.say(f"It does not open. {counted(left, 'try', 'tries')} left.")
            else:
                self._open(path, coder)
                return

    def action_open_path(self) -> None:
        """Open a project by its path."""
        self.converse(self._open_path())

    async def _open_path(self) -> None:
        asking = self.query_one(AskLine)
        await asking.furnish()
        line = asking.query_one(Input)
        line.suggester = ProjectFiles()
        try:
            typed = await self.ask_line("Path of the project file (→ completes)", here())
        finally:
            line.suggester = None
        if typed:
            self._open(typed_path(typed))

    def action_new(self) -> None:
        """Make a project."""
        self.converse(self._new())

    def action_new_encrypted(self) -> None:
        """Make a project under a passphrase."""
        self.converse(self._new(is_encrypted=True))

    async def _new(self, *, is_encrypted: bool = False) -> None:
        if is_encrypted:
            must_be_installed()
        typed = await self.ask_line("Name of the new project file", f"{here()}study.qualcode")
        coder = await self._who() if typed else None
        passphrase = await self._new_passphrase() if coder and is_encrypted else None
        if not typed or not coder or (is_encrypted and not passphrase):
            return
        path = typed_path(typed)
        path = path if path.suffix else path.with_name(f"{path.name}.qualcode")
        await asyncio.to_thread(lambda: qualcode.project.new(path, coder, passphrase=passphrase).close())
        self._open(path, coder)

    async def _new_passphrase(self) -> str | None:
        """One typed twice; None if it was left."""
        question = "A passphrase (four or five words; nobody can give it back to you)"
        while typed := await self.ask_secret(question):
            try:
                refuse_short(typed)
            except RefusedError as trouble:
                self.messages.warn(trouble)
                continue
            self.messages.say("")
            again = await self.ask_secret("The same once more")
            if again == typed:
                return typed
            if again is None:
                break
            self.messages.warn("The two differ. Type it anew, twice.")
        self.messages.say("No project was made.")
        return None

    async def _who(self) -> str | None:
        """The coder's short name: known, or asked once and then remembered."""
        if not self._coder:
            typed = await self.ask_line("Who is coding? Your short name, for instance AK")
            if typed:
                self._coder = settings.checked_coder(typed)
                with suppress(QualcodeError):  # that it cannot be remembered is no reason to stop
                    settings.remember(coder=self._coder)
        return self._coder

    def action_sample(self) -> None:
        """Make the sample study."""
        self.converse(self._sample())

    async def _sample(self) -> None:
        typed = await self.ask_line("Folder for the sample study", f"{here()}qualcode-demo")
        if typed:
            self.work(self._make_sample(typed_path(typed)))

    async def _make_sample(self, folder: Path) -> None:
        """As `qualcode demo` makes it; one of its coders looks at it first, and so sees their work."""
        from qualcode.work import sample

        self.messages.say("Making the sample study ...")
        try:
            path = await self.in_thread(lambda: sample.make(folder, self._tell_step_of_sample))
        except OSError as trouble:
            raise RefusedError(f"no folder can be made here ({trouble.strerror})", where=str(folder)) from None
        with qualcode.project.open(path) as project:
            coder = project.coders.all()[0].short
        self._open(path, coder)

    def _tell_step_of_sample(self, words: str) -> None:
        self.post_message(self.Step(f"The sample study: {words}"))

    def action_leave_start(self) -> None:
        """Back to the open study, if there is one."""
        if self._may_leave:
            self.app.pop_screen()
        else:
            self.messages.say("No project is open yet. Q leaves the program.")


def _told(path: Path) -> str:
    """The folder of a project, shorter where it is below the user's own."""
    with suppress(ValueError, RuntimeError):
        return f"~/{path.parent.relative_to(Path.home())}".removesuffix("/.")
    return str(path.parent)
