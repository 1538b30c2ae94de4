"""`CodedBeforeScreen`: documents that were coded before the definition of a code came into force."""

from typing import ClassVar

from rich.segment import Segment as Piece
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qualcode.errors import RefusedError
from qualcode.model import Code, Document
from qualcode.project import code_use
from qualcode.tui.actions import bindings
from qualcode.tui.columns import cell
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible_line
from qualcode.work import split_code
from qualcode.work.split_code import CodedBefore

_NAME, _OWN = 44, 16  # cells


class CodedBeforeScreen(StudyScreen):
    """What was coded under an earlier definition than the one in force: Enter goes there."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("before")]

    def __init__(self, study: Study, ink: Ink, code: Code) -> None:
        super().__init__(study, ink)
        self._code = code
        self._shows_all = False
        self._listed: list[tuple[Document, CodedBefore | None]] = []

    def compose(self) -> ComposeResult:
        """Head and list."""
        yield Line(id="head")
        yield Rows(self.ink, id="coded-before")
        yield from self.foot()

    def on_mount(self) -> None:
        """Read the list."""
        self.catch_up()
        self.set_focus(self.query_one(Rows))

    def catch_up(self) -> None:
        """Read the list anew."""
        project = self.study.project
        self._code = project.codes.get(self._code.id)
        found = {each.document.id: each for each in split_code.coded_before(project, self._code)}
        wanted = set(found)
        if self._shows_all:
            *_, (_, of_codebook, _) = project.codes.history(self._code)
            wanted |= set(code_use.documents_coded_before(project.store, of_codebook))
        documents = [each for each in project.documents.all() if each.id in wanted]
        self._listed = [(each, found.get(each.id)) for each in documents]
        rows = self.query_one(Rows)
        rows.fill(len(self._listed), self._drawn, self._titles, rows.current)
        self._tell_head()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell_head()

    def _tell_head(self) -> None:
        code = self._code
        words = f"   {counted(len(self._listed), 'document')} coded before version {code.version} of its definition"
        head = [Piece(visible_line(f"{code.short} {code.name}"), self.ink.words("head"))]
        self.query_one("#head", Line).tell([*head, Piece(words, self.ink.words("text"))])
        if not self._listed:
            self.messages.say(
                "Nothing was coded before it." if self._shows_all else "Nothing is left. w: all documents."
            )

    def _titles(self, _row: int, width: int) -> list[Piece]:
        return self._row(width, " document", "your passages", "others'", "quiet", "quiet")

    def _drawn(self, row: int, width: int) -> list[Piece]:
        document, old = self._listed[row]
        own = str(len(old.own)) if old and old.own else "·"
        others = ", ".join(f"{short} {count}" for short, count in old.others.items()) if old else ""
        return self._row(width, f" {document.name}", own, others or "·", "label", "text")

    def _row(self, width: int, name: str, own: str, others: str, name_ink: str, ink: str) -> list[Piece]:
        return [
            Piece(cell(name, min(_NAME, width // 2)), self.ink.style(name_ink)),
            Piece(f"{own.rjust(_OWN)}   {visible_line(others)}", self.ink.style(ink)),
        ]

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        document, old = self._listed[event.row]
        at = old.own[0].start if old and old.own else None
        self.post_message(OpenDocument(document, at))

    def action_all(self) -> None:
        """All documents that one has coded before this definition; or only those with passages of the code."""
        self._shows_all = not self._shows_all
        self.catch_up()

    def action_keep(self) -> None:
        """One's own passages here were looked at again, and are right."""
        with self.told():
            if not self._listed:
                raise RefusedError("there is no document here")
            document, old = self._listed[self.query_one(Rows).current]
            if old is None or not old.own:
                raise RefusedError(f"you have no passages of {self._code.short} in {document.name} from before")
            split_code.keep(self.study.project, old.own)
            self.messages.say(
                f"{counted(len(old.own), 'passage')} in {document.name} kept as {self._code.short}. u takes it back."
            )
