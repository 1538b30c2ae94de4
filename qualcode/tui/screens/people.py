"""`PeopleScreen`: who was interviewed, as what and where: the face sheet beside the tree of cases."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from qualcode.model import Case, Person
from qualcode.tui.actions import bindings
from qualcode.tui.cast import Branch, Face, faces, tree
from qualcode.tui.columns import Column, cell, of_numbers, of_words
from qualcode.tui.messages import OpenDocument, ShowDocuments
from qualcode.tui.screens.people_editing import EditingPeople
from qualcode.tui.shelf import counted
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.filter_line import FilterLine
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.sheet import Sheet
from qualcode.visible import visible_line

_ALWAYS = 4
"""Columns before the attributes: person, role, case, documents."""


class PeopleScreen(EditingPeople):
    """People and cases."""

    is_beside_documents: ClassVar[bool] = True

    AUTO_FOCUS = "#people"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("people")]

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink)
        self._all: list[Face] = []
        self._rows: list[Face] = []
        self._columns: list[Column] = []
        self._tree: list[Branch] = []
        self._attributes: list[str] = []
        self._first = 0
        self._sorted_by = "person"
        self._is_falling = False

    def compose(self) -> ComposeResult:
        """Head; cases on the left, people on the right."""
        yield Static(id="head", markup=False)
        with Horizontal(id="both"):
            yield Rows(self.ink, id="cases")
            with Vertical():
                yield FilterLine()
                yield Static(id="nothing", markup=False)
                yield Sheet(self.ink, id="people")
        yield from self.foot()

    def on_mount(self) -> None:
        """Read the lists."""
        self.catch_up()
        self.set_focus(self.sheet)

    @property
    def sheet(self) -> Sheet:
        """The people."""
        return self.query_one("#people", Sheet)

    @property
    def cases(self) -> Rows:
        """The tree of cases."""
        return self.query_one("#cases", Rows)

    # -- the lists ---------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Read people and cases anew; both lists stay on what was current."""
        before = self._tree[self.cases.current] if self._tree else None
        project = self.study.project
        self._all = faces(project)
        self._tree = tree(project, self._all)
        self._attributes = project.attributes.names("person")
        self._columns = self._measured()
        self._first = min(self._first, max(0, len(self._attributes) - 1))
        place = next((n for n, each in enumerate(self._tree) if before and _is_same(each, before)), 0)
        self.cases.display = len(self._tree) > 1
        self.cases.fill(len(self._tree), self._branch_drawn, self._tree_head, place)
        self._arrange()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell()

    @on(Rows.Highlighted, "#cases")
    def _other_case(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Filter and sort the people; the current row stays on its person."""
        before = self._rows[self.sheet.current].person.id if self._rows else None
        words = self.query_one(FilterLine).value.casefold().split()
        inside = self._tree[self.cases.current].people if self._tree else frozenset()
        found = [each for each in self._all if each.person.id in inside and all(word in each.words for word in words)]
        self._rows = sorted(found, key=self._order, reverse=self._is_falling)
        place = next((n for n, each in enumerate(self._rows) if each.person.id == before), self.sheet.current)
        columns = [*self._columns[:_ALWAYS], *self._columns[_ALWAYS + self._first :]]
        by = next((n for n, column in enumerate(columns) if column.name == self._sorted_by), -1)
        self.sheet.show(columns, len(self._rows), self._cells, current=place, sorted_by=by, is_falling=self._is_falling)
        self._tell()

    def _order(self, face: Face) -> tuple[object, ...]:
        own = {"role": face.roles, "case": face.case, "person": face.person.name}
        if self._sorted_by == "docs":
            return (len(face.documents),)
        return counted(own.get(self._sorted_by, face.values.get(self._sorted_by, "")))

    def _measured(self) -> list[Column]:
        """The columns, wide enough for what is in them."""
        rows = self._all
        return [
            of_words("person", (each.person.name for each in rows), 10, 24),
            of_words("role", (each.roles for each in rows), 6, 24),
            of_words("case", (each.case for each in rows), 4, 16, rank=1),
            of_numbers("docs", (str(len(each.documents)) for each in rows)),
            *(
                of_words(name, (each.values.get(name, "") for each in rows), 12, 30, rank=10 + place)
                for place, name in enumerate(self._attributes)
            ),
        ]

    def _cells(self, row: int) -> Sequence[tuple[str, str]]:
        face = self._rows[row]
        told = [face.values.get(name, "") for name in self._attributes[self._first :]]
        return [
            (face.person.name, "label"),
            (face.roles or "–", "text" if face.roles else "quiet"),
            (face.case or "–", "text" if face.case else "quiet"),
            (str(len(face.documents)) if face.documents else "·", "text" if face.documents else "quiet"),
            *((value or "·", "text" if value else "quiet") for value in told),
        ]

    def _tree_head(self, _row: int, width: int) -> list[Piece]:
        return self._tree_line("case", "people", "docs", width, ("quiet", "quiet"))

    def _branch_drawn(self, row: int, width: int) -> list[Piece]:
        branch = self._tree[row]
        name = "  " * min(branch.depth, 8) + branch.name
        ink = "label" if branch.case else "asked"
        return self._tree_line(name, str(len(branch.people)), str(branch.documents), width, (ink, "text"))

    def _tree_line(self, name: str, people: str, documents: str, width: int, inks: tuple[str, str]) -> list[Piece]:
        room = max(4, width - 15)
        numbers = f"{people.rjust(7)}{documents.rjust(6)} "
        return [
            Piece(f" {cell(name, room)}", self.ink.style(inks[0])),
            Piece(numbers, self.ink.style(inks[1])),
        ]

    def _tell(self) -> None:
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(visible_line(self.study.path.stem), self.ink.style("head"))
        cases = sum(1 for each in self._tree if each.case)
        people = f"{len(self._all)} {'person' if len(self._all) == 1 else 'people'}"
        line.append(f"   {people} · {cases} case{'s' * (cases != 1)}", self.ink.style("asked"))
        if len(self._rows) != len(self._all):
            line.append(f"   {len(self._rows)} shown", self.ink.style("accent"))
        if hidden := self._hidden():
            line.append(f"   {hidden}", self.ink.style("quiet"))
        self.query_one("#head", Static).update(line)
        nothing = self.query_one("#nothing", Static)
        nothing.display = not self._rows
        why = (
            "Nobody is like that. Escape shows everybody."
            if self._all
            else "Nobody is known yet. I brings transcripts in, and there it is said who speaks."
        )
        nothing.update(Text(why, self.ink.style("asked")))

    def _hidden(self) -> str:
        """Which attributes are in sight, where not all are."""
        shown = len([each for each in self.sheet.shown() if each >= _ALWAYS])
        if not self.sheet.size.width or shown >= len(self._attributes):
            return ""
        return f"attributes {self._first + 1} to {self._first + shown} of {len(self._attributes)}: ← →"

    def on_resize(self) -> None:
        """Other columns have room."""
        self.call_after_refresh(self._tell)

    # -- looking -----------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Show only people who have what is typed."""
        self.query_one(FilterLine).begin()

    @on(Input.Changed, "FilterLine")
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self._arrange()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape goes back where everybody is shown."""
        del parameters
        return action != "show_all" or bool(self.query_one(FilterLine).value) or bool(self.cases.current)

    def action_show_all(self) -> None:
        """Everybody again."""
        line = self.query_one(FilterLine)
        line.value, line.display = "", False
        self.cases.go_to(0)
        self._arrange()

    def action_sort(self) -> None:
        """Sort by the next column that is shown."""
        names = [self.sheet.columns[each].name for each in self.sheet.shown()]
        place = names.index(self._sorted_by) if self._sorted_by in names else -1
        self._sort_by(names[(place + 1) % len(names)])

    def action_turn_round(self) -> None:
        """The other way round."""
        self._sort_by(self._sorted_by)

    @on(Sheet.HeadChosen)
    def _head_chosen(self, event: Sheet.HeadChosen) -> None:
        self._sort_by(self.sheet.columns[event.column].name)

    def _sort_by(self, name: str) -> None:
        self._is_falling = not self._is_falling if name == self._sorted_by else name == "docs"
        self._sorted_by = name
        self._arrange()

    def action_columns_right(self) -> None:
        """The next attributes."""
        hidden = len(self._attributes) - len([each for each in self.sheet.shown() if each >= _ALWAYS])
        self._first = min(self._first + 1, max(self._first, hidden))
        self._arrange()

    def action_columns_left(self) -> None:
        """The attributes before."""
        self._first = max(0, self._first - 1)
        self._arrange()

    def action_other_side(self) -> None:
        """From the people to the cases, or back."""
        if self.cases.has_focus or not self.cases.display:
            self.set_focus(self.sheet)
        else:
            self.set_focus(self.cases)

    @on(Rows.Chosen, "#cases")
    def _into_the_people(self) -> None:
        self.set_focus(self.sheet)

    @on(Sheet.Chosen, "#people")
    def _documents_of(self, event: Sheet.Chosen) -> None:
        face = self._rows[event.row]
        if not face.documents:
            self.messages.warn(f"{face.person.name} speaks in no document.")
        elif len(face.documents) == 1:
            self.post_message(OpenDocument(self.study.project.documents.get(face.documents[0])))
        else:
            self.post_message(ShowDocuments(face.person.id, face.person.name))

    # -- at hand, to be changed --------------------------------------------------------------------------------------

    def person_at_hand(self) -> Person | None:
        """The current person; says so where there is none."""
        if self.cases.has_focus or not self._rows:
            self.messages.warn("Choose a person on the right first (Tab)." if self._rows else "There is nobody here.")
            return None
        return self._rows[self.sheet.current].person

    def case_at_hand(self) -> Case | None:
        """The current case; says so where there is none."""
        case = self._tree[self.cases.current].case if self.cases.has_focus and self._tree else None
        if case is None:
            self.messages.warn("Choose a case on the left first (Tab).")
        return case

    @property
    def is_among_cases(self) -> bool:
        """Whether one is on the left."""
        return self.cases.has_focus

    @property
    def attribute_in_sight(self) -> str:
        """The first attribute that is shown, "" where there are none."""
        return self._attributes[self._first] if self._attributes else ""


def _is_same(one: Branch, other: Branch) -> bool:
    """Whether two lines of the tree are of one case, or are both of no case and called the same."""
    if one.case is None or other.case is None:
        return one.case is other.case and one.name == other.name
    return one.case.id == other.case.id
