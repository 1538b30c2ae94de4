"""`CodebookScreen`: the tree of codes, and beside it what is said of the one at the cursor."""

from pathlib import Path
from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from qualcode.errors import RefusedError
from qualcode.model import Code
from qualcode.project import code_use
from qualcode.tui.actions import bindings
from qualcode.tui.code_fields import fields_of, use
from qualcode.tui.desk import Whose
from qualcode.tui.meaning import meaning
from qualcode.tui.messages import OpenPassages
from qualcode.tui.outline import Outline
from qualcode.tui.screens.code_editing import CodeEditingScreen
from qualcode.tui.screens.coded_before import CodedBeforeScreen
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.screens.merging import MergeScreen
from qualcode.tui.screens.splitting import SplitScreen
from qualcode.tui.sorting_cards import Sorting
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.code_form import CodeForm
from qualcode.tui.widgets.code_tree import CodeTree
from qualcode.tui.widgets.filter_line import FilterLine
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.picker import CodePicker
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible, visible_line
from qualcode.work import split_code

_WHOSE: tuple[Whose, ...] = ("mine", "everybody's", "the layer's")
_COUNTED = {"mine": "your", "everybody's": "everybody's", "the layer's": "the layer's"}


class CodebookScreen(CodeEditingScreen):
    """The codebook of the study.

    Args:
        study, ink: as every screen has them.
        code: id of the code to begin at.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook")]

    def __init__(self, study: Study, ink: Ink, code: int | None = None) -> None:
        super().__init__(study, ink)
        self._outline = Outline()
        self._whose: Whose = "mine"
        self._first = code
        self._own: dict[int, int] = {}
        self._every: dict[int, int] = {}
        self._shown: int | None = None
        self._sortings: dict[int, Sorting] = {}

    def compose(self) -> ComposeResult:
        """Head, tree beside the form, and the lines below."""
        yield Line(id="head")
        yield FilterLine(id="codes-filter")
        with Horizontal(id="codebook-both"):
            yield CodeTree(self.ink, self.study.frame, self._outline, id="codes")
            yield CodeForm(self.ink, id="code-form")
        yield CodePicker(self.ink, self.study.frame, self._explained)
        yield from self.foot()

    def on_mount(self) -> None:
        """Read the codebook."""
        self.catch_up()
        self.codes.focus()

    @property
    def codes(self) -> CodeTree:
        """The tree of codes."""
        return self.query_one("#codes", CodeTree)

    @property
    def form(self) -> CodeForm:
        """What is said of the current code."""
        return self.query_one("#code-form", CodeForm)

    @property
    def code(self) -> Code:
        """The current code.

        Raises:
            RefusedError: there is none.
        """
        if self.codes.node is None:
            raise RefusedError("there is no code here", remedy="n makes one; Esc shows all again.")
        return self.codes.node.code

    def go_to(self, code: int) -> None:
        """Make a code the current one."""
        if self._outline.typed and self._outline.row_of(code) is None:
            self.query_one(FilterLine).value = ""
            self._outline.typed = ""
        self._outline.show(code)
        self._draw(code)

    def _explained(self, code: Code) -> Text:
        return meaning(self.study.project, self.study.frame, code, self.ink)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Read the codebook anew; the cursor stays on its code."""
        store = self.study.project.store
        self._own, self._every = code_use.passages_by_code(store, own=True), code_use.passages_by_code(store)
        self._outline.read(self.study.frame, self._counts())
        here = self.codes.node.code.id if self.codes.node is not None and self._shown is not None else self._first
        self._draw(here)

    def _counts(self) -> dict[int, int]:
        if self._whose == "the layer's":
            return code_use.passages_by_code(self.study.project.store, layer=True)
        return self._own if self._whose == "mine" else self._every

    def _draw(self, code: int | None = None) -> None:
        self.codes.show(self.study.frame, code)
        self._tell_head()
        self._tell_code()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell_head()

    def _tell_head(self) -> None:
        codes, retired = len(self.study.frame.codes), len(self.study.frame.by_id) - len(self.study.frame.codes)
        version = self.study.project.codebook_version
        about = f"   version {version}   {counted(codes, 'code')}"
        if retired:
            about += f", {retired} retired{'' if self._outline.with_retired else ' (t)'}"
        pieces = [
            Piece("Codebook", self.ink.words("head")),
            Piece(about, self.ink.words("text")),
            Piece(f"   {_COUNTED[self._whose]} passages: own/with below", self.ink.words("quiet")),
        ]
        self.query_one("#head", Line).tell(pieces)

    @on(Rows.Highlighted, "#codes")
    def _tell_code(self) -> None:
        node = self.codes.node
        if node is None:
            self._shown = None
            self.form.show([], is_other=True)
            return
        code, frame = node.code, self.study.frame
        stands = frame.standing[code.id]
        used = use(self._every.get(stands, 0), self._own.get(stands, 0))
        fields = fields_of(self.study.project, frame, code, used)
        self.form.show(fields, is_other=self._shown != code.id)
        self._shown = code.id

    # -- the tree ------------------------------------------------------------------------------------------------------

    def action_fold(self) -> None:
        """Fold the code; where it is folded or has none below, go to the one above."""
        node = self.codes.node
        if node is None:
            return
        if node.is_parent and node.is_open and not self._outline.typed:
            self._fold(node.code)
        elif (above := self._outline.row_of(node.code.parent)) is not None:
            self.codes.go_to(above)

    def action_unfold(self) -> None:
        """Unfold the code; where it is open, go to the first below; where none is, to what is said of it."""
        node = self.codes.node
        if node is None:
            return
        if node.is_parent and not node.is_open:
            self._fold(node.code)
        elif node.is_parent:
            self.codes.action_down()
        else:
            self.form.focus()

    @on(CodeTree.Folded)
    def _fold_clicked(self, event: CodeTree.Folded) -> None:
        self._fold(event.code)

    def _fold(self, code: Code) -> None:
        self._outline.folded ^= {code.id}
        self._outline.build()
        self._draw(code.id)

    def action_fold_all(self) -> None:
        """Only the codes on top."""
        here = self.codes.node
        self._outline.fold_all()
        self._draw(here.code.id if here else None)

    def action_unfold_all(self) -> None:
        """Every code."""
        here = self.codes.node
        self._outline.unfold_all()
        self._draw(here.code.id if here else None)

    def action_retired(self) -> None:
        """Show the codes that are not in use, too; or no longer."""
        here = self.codes.node
        self._outline.with_retired = not self._outline.with_retired
        self._outline.build()
        self._draw(here.code.id if here else None)

    def action_whose(self) -> None:
        """Whose passages are counted."""
        self._whose = _WHOSE[(_WHOSE.index(self._whose) + 1) % len(_WHOSE)]
        self._outline.read(self.study.frame, self._counts())
        self._draw()

    def action_other_side(self) -> None:
        """From the tree to what is said of the code, and back."""
        (self.codes if self.form.has_focus else self.form).focus()

    def action_filter(self) -> None:
        """Show only codes that have what is typed."""
        self.query_one(FilterLine).begin()

    @on(Input.Changed, "#codes-filter")
    def _filter(self, event: Input.Changed) -> None:
        here = self.codes.node
        self._outline.typed = event.value
        self._outline.build()
        sought = next((node.code.id for node in self._outline.nodes if node.is_sought), None)
        self._draw(sought if event.value else here.code.id if here else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done: Escape goes back where nothing is to be dropped."""
        return action != "show_all" or bool(self._outline.typed) or self.codes.cut is not None

    def action_show_all(self) -> None:
        """Show all codes again, and leave the one that was cut where it is."""
        self.codes.cut = None
        self.query_one(FilterLine).action_drop()
        self.codes.focus()

    # -- the code ------------------------------------------------------------------------------------------------------

    @on(Rows.Chosen, "#codes")
    def _to_form(self) -> None:
        self.form.focus()

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
            self.post_message(OpenPassages(title, self.study.project.quotations(found)))

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

    def action_export(self) -> None:
        """Write the codebook to a file."""
        self.converse(self._export())

    async def _export(self) -> None:
        path = await self.ask_line("Write the codebook to (.yaml)", str(Path.cwd() / f"{self.study.path.stem}.yaml"))
        if not path:
            return
        from qualcode.codebook import dump
        from qualcode.report.saving import save
        from qualcode.work.apply_codebook import codebook_of

        chosen, is_there = _place(path)
        if is_there and await self.ask_key(f"{path} is there already.", {"r": "replace it"}) != "r":
            return
        save(chosen, dump(codebook_of(self.study.project)).encode())
        self.messages.say(f"Written: {chosen}")


def _place(typed: str) -> tuple[Path, bool]:
    """The file that was typed, and whether it is there already."""
    path = Path(typed).expanduser()
    return path, path.exists()
