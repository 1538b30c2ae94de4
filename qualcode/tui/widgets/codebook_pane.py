"""`CodebookPane`: the tree of codes beside the text, with how often each was used here and with all below it."""

from collections.abc import Mapping

from rich.segment import Segment as Piece

from qualcode.model import Code
from qualcode.tui.columns import cell
from qualcode.tui.desk import Frame
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows


class CodebookPane(Rows):
    """The codes, indented, each with its count in the open document; parents with all below them."""

    def __init__(self, ink: Ink, frame: Frame, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(ink, id=id)
        self._frame = frame
        self._counts: Mapping[int, int] = {}
        self._all: dict[int, int] = {}
        self._depth: dict[int, int] = {}
        self._told: dict[int, tuple[int, int]] = {}

    def show(self, frame: Frame, counts: Mapping[int, int]) -> None:
        """Draw the codebook with the counts of a document: code's id -> passages."""
        told, is_same = self._told, frame is self._frame and bool(self.count)
        self._frame, self._counts = frame, counts
        if not is_same:
            self._depth = {}
            for code in frame.codes:
                self._depth[code.id] = self._depth.get(code.parent, -1) + 1 if code.parent is not None else 0
        self._all = dict(counts)
        for code in reversed(frame.codes):
            if code.parent is not None:
                self._all[code.parent] = self._all.get(code.parent, 0) + self._all.get(code.id, 0)
        self._told = {code.id: (counts.get(code.id, 0), self._all.get(code.id, 0)) for code in frame.codes}
        if is_same:
            for row, code in enumerate(frame.codes):
                if self._told[code.id] != told[code.id]:
                    self.refresh_lines(row)
        else:
            self.fill(len(frame.codes), self._drawn, current=self.current)

    @property
    def code(self) -> Code | None:
        """The current code."""
        return self._frame.codes[self.current] if self.count else None

    def _drawn(self, row: int, width: int) -> list[Piece]:
        code = self._frame.codes[row]
        branch = self._frame.branch(code.id)
        here, below = self._counts.get(code.id, 0), self._all.get(code.id, 0)
        count = "" if not below else str(here) if here == below else f"{here or '·'}/{below}"
        key = code.key and f" {code.key}"
        left = "  " * self._depth[code.id]
        room = max(4, width - 3 - len(left) - 7)
        words = cell(f"{code.short} {code.name}{key}", room)
        return [
            Piece(f" {left}┃ ", self._ink.style() + self._ink.code(branch.colour, branch.position)),
            Piece(words, self._ink.style("text" if below else "asked")),
            Piece(count.rjust(6) + " ", self._ink.style("accent" if here else "quiet")),
        ]
