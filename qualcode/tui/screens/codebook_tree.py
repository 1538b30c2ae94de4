"""`CodebookTreeScreen`: the tree of codes to walk, fold, filter and count in, and beside it what is said of one."""

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from qualcode.errors import RefusedError
from qualcode.model import Code
from qualcode.project import code_use
from qualcode.tui.code_fields import fields_of, use
from qualcode.tui.desk import Whose
from qualcode.tui.finding_codes import found
from qualcode.tui.meaning import meaning
from qualcode.tui.outline import Outline
from qualcode.tui.screens.code_editing import CodeEditingScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.code_form import CodeForm
from qualcode.tui.widgets.code_tree import CodeTree
from qualcode.tui.widgets.filter_line import FilterLine
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.picker import CodePicker
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted

_WHOSE: tuple[Whose, ...] = ("mine", "everybody's", "the layer's")
_COUNTED = {"mine": "your", "everybody's": "everybody's", "the layer's": "the layer's"}


class CodebookTreeScreen(CodeEditingScreen):
    """The tree of codes beside the form.

    Args:
        study, ink: as every screen has them.
        code: id of the code to begin at.
    """

    def __init__(self, study: Study, ink: Ink, code: int | None = None) -> None:
        super().__init__(study, ink)
        self._outline = Outline()
        self._whose: Whose = "mine"
        self._first = code
        self._own: dict[int, int] = {}
        self._every: dict[int, int] = {}
        self._shown: int | None = None

    def compose(self) -> ComposeResult:
        """Head, tree beside the form, and the lines below."""
        yield Line(id="head")
        yield FilterLine(id="codes-filter")
        yield Static(id="nothing", markup=False)
        with Horizontal(id="codebook-both"):
            yield CodeTree(self.ink, self.study.frame, self._outline, id="codes")
            yield CodeForm(self.ink, id="code-form")
        yield CodePicker(self.ink, self.study.frame, self._explained)
        yield from self.foot()

    def on_mount(self) -> None:
        """Read the codebook."""
        self.catch_up()
        self.set_focus(self.codes)

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

    @property
    def code_at_hand(self) -> int | None:
        """Id of the current code; None where there is none."""
        return None if self.codes.node is None else self.codes.node.code.id

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
        codes, gone = len(self.study.frame.codes), len(self.study.frame.by_id) - len(self.study.frame.codes)
        merged = sum(code.merged_into is not None for code in self.study.frame.by_id.values())
        parts = [f"{count} {word}" for count, word in ((merged, "merged"), (gone - merged, "retired")) if count]
        version = self.study.project.codebook_version
        about = f"   version {version}   {counted(codes, 'code')}"
        if gone:
            about += f", {', '.join(parts)}{'' if self._outline.with_retired else ' (t)'}"
        pieces = [
            Piece("Codebook", self.ink.words("head")),
            Piece(about, self.ink.words("text")),
            Piece(f"   {_COUNTED[self._whose]} passages: own/with below", self.ink.words("quiet")),
        ]
        self.query_one("#head", Line).tell(pieces)

    @on(Rows.Highlighted, "#codes")
    def _tell_code(self) -> None:
        node = self.codes.node
        nothing = self.query_one("#nothing", Static)
        nothing.display = node is None
        if node is None:
            nothing.update(Text(self._why_nothing(), self.ink.style("asked")))
            self._shown = None
            self.form.show([], is_other=True)
            return
        code, frame = node.code, self.study.frame
        stands = frame.standing[code.id]
        used = use(self._every.get(stands, 0), self._own.get(stands, 0))
        fields = fields_of(self.study.project, frame, code, used)
        self.form.show(fields, is_other=self._shown != code.id)
        self._shown = code.id

    def _why_nothing(self) -> str:
        if self._outline.typed:
            return "No code is like that. Escape shows all again."
        if self.study.frame.by_id:
            return "No code is in use. t shows those that are retired."
        return "There is no code yet. n makes the first, y applies a codebook file."

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
            self.set_focus(self.form)

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
        self.set_focus(self.codes if self.form.has_focus else self.form)

    def action_filter(self) -> None:
        """Show only codes that have what is typed."""
        self.query_one(FilterLine).begin()

    @on(Input.Changed, "#codes-filter")
    def _filter(self, event: Input.Changed) -> None:
        here = self.codes.node
        self._outline.typed = event.value
        self._outline.build()
        self._draw(self._likeliest(event.value) if event.value else here.code.id if here else None)

    def _likeliest(self, typed: str) -> int | None:
        """Of the codes shown the one most likely meant: whose id or name it is, before one that only mentions it."""
        sought = [node.code.id for node in self._outline.nodes if node.is_sought]
        by_name = (code.id for code in found(self.study.frame, typed) if code.id in sought)
        return next(by_name, sought[0] if sought else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done: Escape goes back where nothing is to be dropped."""
        return action != "show_all" or bool(self._outline.typed) or self.codes.cut is not None

    def action_show_all(self) -> None:
        """Show all codes again, and leave the one that was cut where it is."""
        self.codes.cut = None
        self.query_one(FilterLine).action_drop()
        self.set_focus(self.codes)
