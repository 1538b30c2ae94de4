"""`CodebookScreen`: the codebook: what is done to the code at the cursor."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import BindingType

from qualcode.errors import RefusedError
from qualcode.model import Code
from qualcode.table import Evidence
from qualcode.tui.actions import bindings
from qualcode.tui.messages import OpenPassages
from qualcode.tui.screens.applying import ApplyScreen
from qualcode.tui.screens.codebook_tree import CodebookTreeScreen
from qualcode.tui.screens.coded_before import CodedBeforeScreen
from qualcode.tui.screens.exporting import written
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.screens.merging import MergeScreen
from qualcode.tui.screens.splitting import SplitScreen
from qualcode.tui.sorting_cards import Sorting
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.code_tree import CodeTree
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible, visible_line
from qualcode.work import split_code


class CodebookScreen(CodebookTreeScreen):
    """The codebook of the study."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook")]

    def __init__(self, study: Study, ink: Ink, code: int | None = None) -> None:
        super().__init__(study, ink, code)
        self._sortings: dict[int, Sorting] = {}

    # -- the code ------------------------------------------------------------------------------------------------------

    @on(Rows.Chosen, "#codes")
    def _to_form(self) -> None:
        self.set_focus(self.form)

    @on(Rows.Chosen, "#code-form")
    def _open_field(self) -> None:
        field = self.form.field
        if field is None:
            return
        if field.key == "passages":
            self.action_passages()
        elif field.key.startswith("version "):
            self._show_version(int(field.key.removeprefix("version ")))
        elif field.is_fixed:
            self.messages.say(f"“{field.label}” is said elsewhere, and only shown here.")
        else:
            self.converse(self.edit(self.code, field.key))

    def _show_version(self, number: int) -> None:
        text = Text(visible_line(f"{self.code.short} {self.code.name}, version {number}\n"), self.ink.words("head"))
        for version, _, definition in self.study.project.codes.history(self.code):
            if version == number:
                for label in ("brief", "full", "include", "exclude", "example"):
                    words = visible(getattr(definition, label)) or "–"
                    text.append(f"\n{label}  ", self.ink.words("accent")).append(f"{words}\n", self.ink.words("text"))
        self.app.push_screen(MeaningScreen(text))

    def action_rename(self) -> None:
        """Give the code another name."""
        self._ask("name")

    def action_renumber(self) -> None:
        """Give the code another id."""
        self._ask("short")

    def action_arrows(self) -> None:
        """What the code is expected to lead to."""
        self._ask("leads_to")

    def action_axial(self) -> None:
        """What the code is to a phenomenon."""
        self._ask("axial")

    def _ask(self, field: str) -> None:
        with self.told():
            self.converse(self.edit(self.code, field))

    def action_new(self) -> None:
        """A new code after this one."""
        self.converse(self._make(inside=False))

    def action_new_inside(self) -> None:
        """A new code below this one."""
        self.converse(self._make(inside=True))

    async def _make(self, *, inside: bool) -> None:
        node = self.codes.node
        made = await self.make(node.code if node else None, inside=inside)
        if made is not None:
            self.follow()
            self.go_to(made.id)

    def action_retire(self) -> None:
        """Take the code out of use, or bring it back."""
        with self.told():
            self.retire_or_bring_back(self.code)

    # -- moving --------------------------------------------------------------------------------------------------------

    def action_cut(self) -> None:
        """Take hold of the code, to put it elsewhere."""
        with self.told():
            code = self.code
            self.codes.cut = code.id
            self.codes.refresh()
            self.messages.say(f"{code.short} is held: p puts it below the code at the cursor, b before, a after it.")

    def action_put(self, how: str) -> None:
        """Put what is held below, before or after the current code."""
        if self.codes.cut is None:
            self.messages.say("No code is held yet: x takes hold of one.")
            return
        self._put(self.study.frame.by_id[self.codes.cut], how)

    def _put(self, code: Code, how: str, beside: Code | None = None) -> None:
        with self.told():
            self.put(code, beside or self.code, how)
            self.codes.cut = None
        self.go_to(code.id)

    @on(CodeTree.Dragged)
    def _drag(self, event: CodeTree.Dragged) -> None:
        self.converse(self._dragged(event.code, event.onto))

    async def _dragged(self, code: Code, onto: Code) -> None:
        choices = {"p": "below it", "b": "before it", "a": "after it"}
        how = await self.ask_key(f"Put {code.short}, relative to {onto.short} {onto.name}:", choices)
        if how:
            self._put(code, how, onto)

    def action_shift(self, step: int) -> None:
        """One place up or down among the codes beside it."""
        with self.told():
            code = self.code
            beside = self._outline.siblings(code)
            place = [each.id for each in beside].index(code.id) + step
            if 0 <= place < len(beside):
                self._put(code, "b" if step < 0 else "a", beside[place])

    # -- passages ------------------------------------------------------------------------------------------------------

    def action_passages(self) -> None:
        """Read the passages of the code."""
        with self.told():
            code = self.code
            found = split_code.passages(self.study.project, self.study.frame.code(code.id))
            title = f"{code.short} {code.name}"
            self.post_message(OpenPassages(title, Evidence("segment", tuple(sorted(each.id for each in found)))))

    def action_merge(self) -> None:
        """Merge the code with another."""
        self.converse(self._merge())

    async def _merge(self) -> None:
        code = self.code
        other = await self.pick(f"Merge {code.short} {code.name} with")
        if other is not None:
            if other.id == code.id:
                raise RefusedError(f"{code.short} cannot be merged with itself")
            self.app.push_screen(MergeScreen(self.study, self.ink, code, other))

    def action_split(self) -> None:
        """Split the code by its passages."""
        self.converse(self._split())

    async def _split(self) -> None:
        code = self.code
        below = self._outline.children(code)
        is_branch = False
        if below:
            choices = {"o": f"only those of {code.short} itself", "w": "with those of the codes below it"}
            chosen = await self.ask_key(f"Which passages of {code.short}?", choices)
            if chosen is None:
                return
            is_branch = chosen == "w"
        sorting = self._sortings.setdefault(code.id, Sorting(self.study.project, code, is_branch=is_branch))
        sorting.lay(code, is_branch=is_branch)
        if not sorting.cards:
            raise RefusedError(f"you have no passages of {code.short} to split", remedy="c shows those of others.")
        self.app.push_screen(SplitScreen(self.study, self.ink, sorting))

    def action_older(self) -> None:
        """What was coded before the definition in force."""
        with self.told():
            self.app.push_screen(CodedBeforeScreen(self.study, self.ink, self.code))

    # -- files ---------------------------------------------------------------------------------------------------------

    def action_apply(self) -> None:
        """Apply a codebook file, its differences shown first."""
        self.app.push_screen(ApplyScreen(self.study, self.ink, folder=Path.cwd()))

    def action_export(self) -> None:
        """Write the codebook to a file."""
        self.converse(self._export())

    async def _export(self) -> None:
        path = await self.ask_line("Write the codebook to (.yaml)", str(Path.cwd() / f"{self.study.path.stem}.yaml"))
        if not path:
            return
        from qualcode.codebook import dump
        from qualcode.report.exporting import write_out
        from qualcode.report.saving import save
        from qualcode.work.apply_codebook import codebook_of

        chosen, is_there = _place(path)
        if is_there and await self.ask_key(f"{path} is there already.", {"r": "replace it"}) != "r":
            return
        text = dump(codebook_of(self.study.project))
        write = partial(save, chosen, text.encode())
        if await written(self, lambda scan: write_out(self.study.project, text, chosen, write, scan=scan)):
            self.messages.say(f"Written: {chosen}")


def _place(typed: str) -> tuple[Path, bool]:
    """The file that was typed, and whether it is there already."""
    path = Path(typed).expanduser()
    return path, path.exists()
