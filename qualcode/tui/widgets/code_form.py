"""`CodeForm`: what is said of a code, field by field; Enter opens the one at the cursor."""

from rich.segment import Segment as Piece

from qualcode.tui.code_fields import Field, FormLine, form_lines
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows

_LABELS = 12  # cells


class CodeForm(Rows):
    """The fields of one code. The cursor goes from field to field; long ones take several rows."""

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(ink, id=id)
        self._fields: list[Field] = []
        self._lines: list[FormLine] = []

    def show(self, fields: list[Field], *, is_other: bool) -> None:
        """Draw these fields; of another code from the top, else the cursor stays on its field."""
        at = 0 if is_other or not self._lines else self._lines[self.current].field
        self._fields = fields
        self._wrap(at)

    @property
    def field(self) -> Field | None:
        """The field at the cursor."""
        return self._fields[self._lines[self.current].field] if self._lines else None

    def _wrap(self, field: int) -> None:
        self._lines = form_lines(self._fields, self.size.width - _LABELS - 3)
        self.fill(len(self._lines), self._drawn, current=self._first(field))
        if field == 0:
            self.scroll_to(y=0, animate=False, immediate=True)

    def on_resize(self) -> None:
        """Wrap anew."""
        if self._lines:
            self._wrap(self._lines[self.current].field)

    def _first(self, field: int) -> int:
        return next((row for row, line in enumerate(self._lines) if line.field == field), 0)

    def _drawn(self, row: int, width: int) -> list[Piece]:
        line = self._lines[row]
        field = self._fields[line.field]
        words = line.words or ("–" if line.label else "")
        ink = "quiet" if field.is_fixed or not line.words else "label" if field.key == "name" else "text"
        return [
            Piece(f" {line.label}".ljust(_LABELS), self._ink.style("accent" if not field.is_fixed else "quiet")),
            Piece(words, self._ink.style(ink)),
        ]

    # -- moving from field to field ----------------------------------------------------------------------------------

    def go_to(self, row: int) -> None:
        """The field in that row, all of it in sight where it fits."""
        if not self._lines:
            return
        field = self._lines[max(0, min(row, self.count - 1))].field
        first = self._first(field)
        last = first + sum(1 for line in self._lines if line.field == field) - 1
        super().go_to(last)
        super().go_to(first)

    def action_up(self) -> None:
        """To the field before."""
        self.go_to(self.current - 1)

    def action_down(self) -> None:
        """To the next field."""
        at = self._lines[self.current].field if self._lines else 0
        self.go_to(next((row for row, line in enumerate(self._lines) if line.field > at), self.current))
