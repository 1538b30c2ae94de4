"""`CodeTree`: the codebook as a tree to walk, fold and move codes in; drawn row by row, whatever its size."""

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment as Piece
from rich.style import Style
from textual import events
from textual.message import Message

from qualcode.model import Code
from qualcode.tui.columns import cell
from qualcode.tui.desk import Frame
from qualcode.tui.outline import Node, Outline
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line

_KINDS = {"process outcome": "process", "downstream outcome": "downstream", "rival explanation": "rival"}
"""Kinds that have no room, in a word; their own word stands beside, in the form."""

_KIND_CELLS, _KEY_CELLS = 11, 3
_WITH_KINDS = 52  # cells from which there is room for a column of kinds


class CodeTree(Rows):
    """The codes that an outline shows.

    Attributes:
        cut: id of the code that is to be put elsewhere, or None.
    """

    @dataclass
    class Dragged(Message):
        """A code was dragged onto another."""

        code: Code
        onto: Code

    @dataclass
    class Folded(Message):
        """The sign before a code was clicked."""

        code: Code

    def __init__(self, ink: Ink, frame: Frame, outline: Outline, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(ink, id=id)
        self._frame = frame
        self._outline = outline
        self._pressed: int | None = None
        self._count_cells = self._key_cells = 0
        self.cut: int | None = None

    def show(self, frame: Frame, code: int | None = None) -> None:
        """Draw what the outline shows now; the current row is that code's, else the one of the code before."""
        self._frame = frame
        nodes = self._outline.nodes
        self._count_cells = 2 + max((len(_count(node)) for node in nodes), default=0)
        self._key_cells = _KEY_CELLS if any(node.code.key for node in nodes) else 0
        row = self._outline.row_of(code)
        self.fill(len(nodes), self._drawn, current=self.current if row is None else row)

    @property
    def node(self) -> Node | None:
        """The current node."""
        return self._outline.nodes[self.current] if self.current < len(self._outline.nodes) else None

    def _drawn(self, row: int, width: int) -> list[Piece]:
        node = self._outline.nodes[row]
        code, branch = node.code, self._frame.branch(node.code.id)
        kind = self._kind(code) if width >= _WITH_KINDS else ""
        left = f" {'  ' * node.depth}{self._sign(node)}"
        room = max(4, width - cell_len(left) - 2 - cell_len(kind) - self._key_cells - self._count_cells)
        return [
            Piece(left, self._ink.style("quiet")),
            Piece("┃ ", self._ink.style() + self._ink.code(branch.colour, branch.position)),
            Piece(cell(self._words(code), room), self._style(node)),
            Piece(kind, self._ink.style("quiet")),
            Piece(set_cell_size(visible_line(f" {code.key}"), self._key_cells), self._ink.style("accent")),
            Piece(_count(node).rjust(self._count_cells - 1) + " ", self._ink.style("text" if node.here else "quiet")),
        ]

    def _sign(self, node: Node) -> str:
        if node.code.id == self.cut:
            return "» "
        return ("▾ " if node.is_open else "▸ ") if node.is_parent else "  "

    def _words(self, code: Code) -> str:
        words = visible_line(f"{code.short} {code.name}")
        if code.merged_into is not None:
            return f"{words} → {visible_line(self._frame.code(code.id).short)}"
        return f"{words} (retired)" if code.status == "retired" else words

    def _style(self, node: Node) -> Style:
        if node.code.status == "retired" or not node.is_sought:
            return self._ink.style("quiet")
        return self._ink.style("label" if node.is_parent and node.depth == 0 else "text")

    def _kind(self, code: Code) -> str:
        words = " ".join(part for part in (_KINDS.get(code.kind, code.kind), code.stage) if part != "code")
        return " " + set_cell_size(visible_line(words), _KIND_CELLS - 1)

    # -- mouse ---------------------------------------------------------------------------------------------------------

    def _row_at(self, y: int) -> int | None:
        row = y + self.scroll_offset.y
        return row if 0 <= row < self.count else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A code is taken hold of."""
        self._pressed = self._row_at(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go over another code: it is to be moved there."""
        pressed, row = self._pressed, self._row_at(event.y)
        self._pressed = None
        if pressed is not None and row is not None and pressed != row and pressed < self.count:
            nodes = self._outline.nodes
            self.post_message(self.Dragged(nodes[pressed].code, nodes[row].code))

    def on_click(self, event: events.Click) -> None:
        """On the sign: fold or unfold; elsewhere as in every list."""
        row = self._row_at(event.y)
        if row is not None and self._outline.nodes[row].is_parent:
            sign = 1 + 2 * self._outline.nodes[row].depth
            if sign <= event.x <= sign + 1:
                event.prevent_default()
                self.go_to(row)
                self.post_message(self.Folded(self._outline.nodes[row].code))


def _count(node: Node) -> str:
    if node.here == node.below:
        return str(node.here) if node.here else "·"
    return f"{node.here or '·'}/{node.below}"
