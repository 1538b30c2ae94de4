"""`ApplyScreen`: a codebook is chosen, its differences are shown, and only then it is applied."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from qualcode import shipped
from qualcode.codebook import Change, Codebook, load
from qualcode.codebook.frames import PROSE
from qualcode.errors import QualcodeError
from qualcode.tui.actions import bindings
from qualcode.tui.beside import beside
from qualcode.tui.columns import Column, of_words
from qualcode.tui.folder import entries
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.screens.working import WorkingScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.typed_path import here, typed_path
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.sheet import Sheet
from qualcode.visible import counted, visible, visible_line
from qualcode.work import apply_codebook

_INKS = {"added": "good", "retired": "warn", "left out": "quiet"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A codebook one may choose."""

    path: Path
    name: str
    origin: str


class ApplyScreen(WorkingScreen, StudyScreen):
    """Applying a codebook.

    Args:
        study, ink: as every screen has them.
        path: the codebook; None: it is chosen here.
        folder: where files are looked for beside those that are shipped.
    """

    is_beside_documents: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("applying")]

    def __init__(self, study: Study, ink: Ink, path: Path | None = None, folder: Path | None = None) -> None:
        super().__init__(study, ink)
        self._path = path
        self._folder = folder
        self._offers: list[Offer] = []
        self._codebook: Codebook | None = None
        self._changes: tuple[Change, ...] = ()
        self._done: tuple[Change, ...] = ()
        self._edition: tuple[int, ...] = ()
        self._is_retiring = False

    def compose(self) -> ComposeResult:
        """Head, what to do, and the list."""
        yield Static(id="head", markup=False)
        yield Static(id="told", markup=False)
        yield Sheet(self.ink, id="codebooks")
        yield from self.foot()

    def on_mount(self) -> None:
        """The codebooks, or what the one given would change."""
        self.set_focus(self.sheet)
        self._offer()
        if self._path is not None:
            with self.told():
                self._open(self._path)

    @property
    def sheet(self) -> Sheet:
        """The list."""
        return self.query_one("#codebooks", Sheet)

    def catch_up(self) -> None:
        """The project's codes may be others now."""
        if self._codebook is not None:
            self._compare()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now."""
        return action not in ("apply", "retire_missing") or (self._codebook is not None and not self.is_working)

    # -- choosing ----------------------------------------------------------------------------------------------------

    def _offer(self) -> None:
        """Those that come with qualcode, then those of the folder."""
        self._codebook, self._changes, self._done = None, (), ()
        self._offers = [Offer(shipped.codebook(name), name, "comes with qualcode") for name in shipped.codebook_names()]
        if self._folder is not None:
            with self.told():
                here = [each for each in entries(self._folder) if each.kind == "codebook"]
                self._offers += [Offer(each.path, each.path.name, str(self._folder)) for each in here]
        columns = (of_words("codebook", (each.name for each in self._offers), 24, 60), Column("", 20, 300))
        self.sheet.show(columns, len(self._offers), self._offer_cells)
        self.refresh_bindings()
        self._tell()

    def _offer_cells(self, row: int) -> Sequence[tuple[str, str]]:
        each = self._offers[row]
        return (each.name, "label"), (each.origin, "quiet")

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        if self._codebook is None:
            with self.told():
                self._open(self._offers[event.row].path)
        elif self._changes:
            self.app.push_screen(MeaningScreen(self._before_and_after(self._changes[event.row])))

    def _before_and_after(self, change: Change) -> Text:
        """What a code means here and in the codebook."""
        text = Text(f"{change.what}\n", self.ink.style("head"))
        for title, code in (("In the project", change.before), ("In the codebook", change.after)):
            if code is not None:
                text.append(f"\n{title}: {visible_line(f'{code.id} {code.name}')}\n", self.ink.style("label"))
                parts = {name: getattr(code.definition, part) for name, part in PROSE.items()}
                for name, words in parts.items():
                    if words:
                        text.append(f"{name}: ", self.ink.style("quiet"))
                        text.append(f"{visible(words.strip())}\n", self.ink.style("text"))
        return text

    def action_type_codebook(self) -> None:
        """Type the path of a codebook file."""
        self.converse(self._type_codebook())

    async def _type_codebook(self) -> None:
        typed = await self.ask_line(
            "Path of the codebook (a YAML file)", f"{self._folder}/" if self._folder else here()
        )
        if typed:
            self._open(typed_path(typed, self._folder))

    def _open(self, path: Path) -> None:
        codebook = load(path)
        apply_codebook.compared(self.study.project, codebook)  # refuses what cannot be applied, before it is shown
        self._codebook, self._done = codebook, ()
        self.refresh_bindings()
        self._compare()

    # -- what it would change ----------------------------------------------------------------------------------------

    def _compare(self) -> None:
        """Show the differences between the codebook and the project's codes; once it is applied, what was changed."""
        if self._codebook is None:
            return
        if self.study.project.codes.edition() != self._edition:  # it was taken back, or the codes changed again
            self._done = ()
        try:
            found = apply_codebook.compared(self.study.project, self._codebook)
            gone = {
                each.id: each
                for each in apply_codebook.plan(self.study.project, self._codebook, retire_missing=self._is_retiring)
                if each.kind == "retired"
            }
            would = tuple(gone.get(each.id, each) if each.kind == "left out" else each for each in found)
            self._changes = self._done or would
        except QualcodeError as error:  # a code was retired meanwhile
            self.messages.warn(error)
        columns = (
            Column("change", 9, 9),
            of_words("code", (each.id for each in self._changes), 4, 16),
            Column("", 16, 400),
        )
        self.sheet.show(columns, len(self._changes), self._change_cells, current=self.sheet.current)
        self._tell()

    def _change_cells(self, row: int) -> Sequence[tuple[str, str]]:
        each = self._changes[row]
        ink = _INKS.get(each.kind, "accent")
        told = each.what.removeprefix(f"{each.id} {each.kind}").removeprefix(":").strip()
        return (each.kind, ink), (each.id, "label"), (told, "quiet" if each.kind == "left out" else "text")

    def _tell(self) -> None:
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append("Apply a codebook", self.ink.style("head"))
        if self._codebook is not None:
            line.append(f"   {self._counts()}", self.ink.style("accent"))
            line.append(f"   {visible_line(self._codebook.title or self._codebook.name)}", self.ink.style("asked"))
        self.query_one("#head", Static).update(line)
        told = "Choose one: what it would change is shown first."
        if self._codebook is not None:
            left = any(each.kind == "left out" for each in self._changes)
            told = self._told_of_all() + (" What is left out stays in use." if left else "")
        self.query_one("#told", Static).update(Text(told, self.ink.style("quiet")))

    def _told_of_all(self) -> str:
        """Whether this is what would be changed, or what was."""
        if self._done:
            return "This was changed. u takes it back."
        if all(each.kind == "left out" for each in self._changes):
            return "The project has all of it: nothing is to be applied."
        return "So it would change the project; nothing is written yet."

    def _counts(self) -> str:
        kinds = Counter(each.kind for each in self._changes)
        told = " · ".join(f"{number} {kind}" for kind, number in kinds.items()) or "no difference"
        return f"applied: {told}" if self._done else told

    def action_retire_missing(self) -> None:
        """Retire the codes that it does not name, too; or leave them in use."""
        self._is_retiring = not self._is_retiring
        self._compare()

    def action_apply(self) -> None:
        """Apply it, in one action."""
        if self._codebook is not None:
            self.work(self._apply(self._codebook))

    async def _apply(self, codebook: Codebook) -> None:
        project, is_retiring = self.study.project, self._is_retiring

        def apply() -> tuple[Change, ...]:
            with beside(project) as own:
                return apply_codebook.apply(own, codebook, retire_missing=is_retiring)

        self._done = await self.in_thread(apply)
        self._edition = project.codes.edition()
        done = f"{counted(len(self._done), 'change')}: codebook version {project.codebook_version}."
        self.messages.say(done if self._done else "There is no difference: nothing was written.")
        self._compare()

    def action_step_back(self) -> None:
        """To the choice of codebooks, else back to where one came from."""
        if self._codebook is None or self._path is not None:
            self.app.pop_screen()
        else:
            self._offer()
