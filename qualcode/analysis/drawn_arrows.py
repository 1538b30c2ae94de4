"""Which arrows a change-model figure draws: cells of the matrix, and of moderators counted in the same way."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.change_models import change_model
from qualcode.analysis.claims import Claims, counted_claims, in_whole_layer
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.marks import marks_of_claims
from qualcode.figure import Against, Look
from qualcode.model import Kind
from qualcode.project import Project
from qualcode.project.columns import STANDINGS
from qualcode.table import Evidence, Mark, Table

Cell = tuple[str, str]
"""Short codes of both ends: keys of a row and a column."""

TIERS: tuple[tuple[Kind, str], ...] = (
    ("mechanism", "Mechanisms"),
    ("process outcome", "Process outcomes"),
    ("downstream outcome", "Downstream outcomes"),
)
BANDS: tuple[tuple[Kind, str], ...] = (("rival explanation", "Rival explanations"), ("moderator", "Moderators"))


@dataclass(frozen=True, slots=True)
class Counted:
    """What a cell says: as the matrix has it, and what opens it."""

    number: int
    look: Look
    against: Against
    opens: Callable[[], Evidence]


class Cells:
    """The cells that say something.

    Attributes:
        matrix: the change model.
        corpus: the project under the scope.
        counted: by cell; those with evidence or an expected arrow.
    """

    def __init__(self, project: Project, unit: Unit, scope: Scope | None, *, own_only: bool) -> None:
        self.unit = unit
        self.corpus = Corpus(project, scope)
        self.matrix = change_model(project, unit=unit, scope=scope, own_only=own_only)
        lived = self.matrix if own_only else change_model(project, unit=unit, scope=scope, own_only=True)
        self.counted: dict[Cell, Counted] = {
            **dict(_of_matrix(self.matrix, lived)),
            **dict(_of_claims(_moderating(self.corpus, unit, own_only=own_only))),
        }
        heads = (*self.matrix.rows, *self.matrix.columns[:-1])
        self._shown = {head.key for head in heads}.union(source for source, _ in self.counted)

    def branch(self, key: str) -> Branch:
        """A code with all below it."""
        return self.corpus.tree.branch(key)

    def above(self, key: str, shown: Collection[str] | None = None) -> str:
        """The nearest code of the same kind above one, among those shown (else: of the matrix); or ""."""
        code = self.branch(key).code
        over = (each.short for each in self.corpus.tree.above(code) if each.kind == code.kind)
        return next((short for short in over if short in (self._shown if shown is None else shown)), "")

    def of_levels(self, levels: int | None) -> list[Cell]:
        """The cells of codes of the uppermost levels; of all for None."""
        return [cell for cell in self.counted if levels is None or all(self._depth(key) < levels for key in cell)]

    def _depth(self, key: str) -> int:
        above = self.above(key)
        return 1 + self._depth(above) if above else 0

    def denominator(self, cell: Cell) -> int | None:
        """N of an arrow: those to whom both its codes apply."""
        return self.corpus.denominator(self.unit, *(self.corpus.tree.marked([self.branch(key)]) for key in cell))

    def needed(self, offered: Iterable[Cell]) -> list[Cell]:
        """Of cells with evidence those to draw: a cell whose claims all stand in drawn cells within it is not.

        So each claim is in an arrow, in the one of its own codes if that is offered, and no arrow says less than the
        matrix.
        """
        drawn: dict[Cell, frozenset[int]] = {}
        for cell in sorted(offered, key=self._breadth):
            within = (ids for other, ids in drawn.items() if self._is_within(other, cell))
            ids = frozenset(self.counted[cell].opens().ids)
            if ids.difference(*within):
                drawn[cell] = ids
        return list(drawn)

    def finest(self, offered: Sequence[Cell]) -> list[Cell]:
        """Those cells that no other is within: an expected arrow of a code is also its whole's."""
        return [cell for cell in offered if not any(self._is_within(other, cell) for other in offered)]

    def _breadth(self, cell: Cell) -> tuple[int, Cell]:
        ends = [self.branch(key) for key in cell]
        return sum(end.last - end.first for end in ends), cell

    def _is_within(self, cell: Cell, other: Cell) -> bool:
        pairs = [(self.branch(own), self.branch(wide)) for own, wide in zip(cell, other, strict=True)]
        return cell != other and all(wide.first <= own.first and own.last <= wide.last for own, wide in pairs)


def _of_matrix(matrix: Table, lived: Table) -> Iterator[tuple[Cell, Counted]]:
    """The matrix's cells but those of its last column, which is of all together."""
    for row, line in zip(matrix.rows, matrix.values(), strict=True):
        for column, value in zip(matrix.columns[:-1], line, strict=False):
            cell = row.key, column.key
            marks = matrix.marks.get(cell, ())
            number = value if isinstance(value, int) else 0
            if number or "expected" in marks:
                look = _look(marks, is_lived=bool(lived.value(*cell)))
                yield cell, Counted(number, look, _against(marks), _opening(matrix, cell))


def _against(marks: Sequence[Mark]) -> Against:
    if "all contradicted" in marks:
        return "all"
    return "some" if "contradicted" in marks else "none"


def _opening(matrix: Table, cell: Cell) -> Callable[[], Evidence]:
    return lambda: matrix.evidence(*cell)


def _moderating(corpus: Corpus, unit: Unit, *, own_only: bool) -> Claims:
    """The claims from moderators to what stands in the tiers."""
    live = [branch for branch in corpus.tree.branches if branch.code.status == "live"]
    rows = corpus.shown(branch for branch in live if branch.code.kind == "moderator")
    columns = corpus.shown(branch for kind, _ in TIERS for branch in live if branch.code.kind == kind)
    return counted_claims(corpus, rows, columns, unit, own_only=own_only)


def _of_claims(claims: Claims) -> Iterator[tuple[Cell, Counted]]:
    cells, counts = claims.cells, claims.cells.counts()
    lived = cells.having(claims.standing == STANDINGS.index("lived"))
    marks = marks_of_claims(claims, counts, in_whole_layer(claims).cells.counts())
    for r, row in enumerate(cells.rows):
        for c, column in enumerate(cells.columns):
            cell = row.code.short, column.code.short
            found = marks.get(cell, ())
            if counts[r, c] or "expected" in found:
                number, look = int(counts[r, c]), _look(found, is_lived=bool(lived[r, c]))
                yield cell, Counted(number, look, _against(found), _claims_of(claims, row, column))


def _look(marks: Sequence[Mark], *, is_lived: bool) -> Look:
    if "expected" in marks:
        return "expected"
    if is_lived:
        return "lived"
    return "hearsay" if "hearsay" in marks else "witnessed"


def _claims_of(claims: Claims, row: Branch, column: Branch) -> Callable[[], Evidence]:
    return lambda: Evidence("claim", claims.cells.opened(row, (column,)))
