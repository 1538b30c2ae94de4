"""`DocumentsScreen`: all transcripts with how far one has come in each."""

from rich.cells import set_cell_size
from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from qualcode.model import Document
from qualcode.project.progress import NOT_BEGUN, DocumentProgress
from qualcode.project.voices import role_at
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line

_COUNTS = 5 + 5 * 8 + 10
"""Cells for wave, five numbers and the state."""


class DocumentsScreen(StudyScreen):
    """The documents of the study."""

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink)
        self._documents: list[Document] = []
        self._progress: dict[int, DocumentProgress] = {}
        self._who: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """Head and list."""
        yield Static(id="head", markup=False)
        yield Rows(self.ink, id="documents")
        yield from self.foot()

    def on_mount(self) -> None:
        """Read the list."""
        self.catch_up()
        self.query_one("#documents").focus()

    def catch_up(self) -> None:
        """Read the list anew."""
        project = self.study.project
        self._documents = project.documents.all()
        self._progress = dict(project.progress.by_document())
        self._who = self._people()
        rows = self.query_one("#documents", Rows)
        rows.fill(len(self._documents), self._drawn, self._titles, rows.current)
        self.query_one("#head", Static).update(self._head())

    def _people(self) -> dict[int, str]:
        project = self.study.project
        people = {person.id: person for person in project.people.all()}
        cases = {case.id: case.name for case in project.cases.all()}
        told = {}
        for document in self._documents:
            known = [people[each.person] for each in project.documents.speakers(document) if each.person is not None]
            told[document.id] = " + ".join(
                " ".join(
                    part for part in (each.name, role_at(each, document.wave), cases.get(each.case or 0, "")) if part
                )
                for each in known
            )
        return told

    def _head(self) -> Text:
        coded = sum(1 for each in self._progress.values() if each.passages)
        finished = sum(1 for each in self._progress.values() if each.finished)
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(visible_line(self.study.path.stem), self.ink.words("head"))
        line.append(
            f"   {len(self._documents)} documents · {coded} coded by you · {finished} finished", self.ink.words("asked")
        )
        return line

    def _titles(self, _row: int, width: int) -> list[Piece]:
        return self._row(
            width, " document", "who", "wave", "read", "coded", "unsure", "claims", "memos", "state", ink="quiet"
        )

    def _drawn(self, row: int, width: int) -> list[Piece]:
        document = self._documents[row]
        done = self._progress.get(document.id, NOT_BEGUN)
        state = f"done, r{done.finished}" if done.finished else "begun" if done.passages or done.read else "–"
        read = f"{round(100 * done.read / max(1, document.length))} %" if done.read else "·"
        counts = [str(each) if each else "·" for each in (done.passages, done.unsure, done.claims, done.memos)]
        return self._row(width, f" {document.name}", self._who[document.id], document.wave, read, *counts, state)

    def _row(self, width: int, name: str, who: str, wave: str, *others: str, ink: str = "text") -> list[Piece]:
        room = max(16, width - _COUNTS)
        first = min(30, room // 2)
        cells = [set_cell_size(visible_line(name), first - 1), set_cell_size(visible_line(who), room - first - 1)]
        tail = [set_cell_size(visible_line(wave), 5), *(each.rjust(8) for each in others[:-1]), f"  {others[-1]}"]
        return [
            Piece(f"{cells[0]} ", self.ink.style("label" if ink == "text" else ink)),
            Piece(f"{cells[1]} {''.join(tail)}", self.ink.style(ink)),
        ]

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        self.post_message(OpenDocument(self._documents[event.row]))
