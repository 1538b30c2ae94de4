"""`PeopleScreen`: who was interviewed, as what and where: the face sheet beside the tree of cases."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from qualcode.errors import RefusedError
from qualcode.model import Case, Person
from qualcode.project.cases import NO_WAVE, Holder
from qualcode.tui.actions import bindings
from qualcode.tui.cast import Branch, Face, faces, tree
from qualcode.tui.columns import Column, cell, of_numbers, of_words
from qualcode.tui.messages import OpenDocument, ShowDocuments
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.shelf import counted
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.filter_line import FilterLine
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.sheet import Sheet
from qualcode.visible import visible_line

_ALWAYS = 4
"""Columns before the attributes: person, role, case, documents."""


class PeopleScreen(StudyScreen):
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
            "Nobody is like that." if self._all else "Nobody is known yet. Who speaks is said when transcripts come in."
        )
        nothing.update(Text(why, self.ink.style("asked")))

    def _hidden(self) -> str:
        """Which attributes are in sight, where not all are."""
        shown = len([each for each in self.sheet.shown() if each >= _ALWAYS])
        if not self._attributes or shown >= len(self._attributes):
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

    # -- changing ----------------------------------------------------------------------------------------------------

    def _person(self) -> Person | None:
        """The current person; says so where there is none."""
        if self.cases.has_focus or not self._rows:
            self.messages.warn("Choose a person on the right first (Tab)." if self._rows else "There is nobody here.")
            return None
        return self._rows[self.sheet.current].person

    def _case(self) -> Case | None:
        """The current case; says so where there is none."""
        case = self._tree[self.cases.current].case if self.cases.has_focus and self._tree else None
        if case is None:
            self.messages.warn("Choose a case on the left first (Tab).")
        return case

    def action_rename(self) -> None:
        """Give the person, or the case, another name."""
        what = self._case() if self.cases.has_focus else self._person()
        if what is not None:
            self.converse(self._rename(what))

    async def _rename(self, what: Person | Case) -> None:
        name = await self.ask_line(f"New name of {what.name}", what.name)
        if not name or name == visible_line(what.name):
            return
        if isinstance(what, Person):
            self.study.project.people.rename(what, name)
        else:
            self.study.project.cases.rename(what, name)
        self.messages.say(f"{what.name} is now {name}")

    def action_merge(self) -> None:
        """Make one person of two."""
        person = self._person()
        if person is not None:
            self.converse(self._merge(person))

    async def _merge(self, gone: Person) -> None:
        name = await self.ask_line(f"{gone.name} is really (name of the person who stays)")
        if not name:
            return
        people = self.study.project.people
        stays = people.get(name)
        try:
            people.merge(gone, stays)
        except RefusedError as error:
            against = [line for line in error.remedy.split("\n") if line and "--keep" not in line]
            if not against:
                raise
            question = f"They contradict each other ({'; '.join(against)}). Keep what {stays.name} has?"
            if await self.ask_key(question, {"y": "merge so", "n": "leave both"}) != "y":
                return
            people.merge(gone, stays, keep=True)
        self.messages.say(f"{gone.name} is now {stays.name}. u takes it back.")

    def action_role(self) -> None:
        """Say what role the person has."""
        person = self._person()
        if person is not None:
            self.converse(self._set_role(person))

    async def _set_role(self, person: Person) -> None:
        project = self.study.project
        roles = ", ".join(each.short for each in project.roles.all())
        role = await self.ask_line(f"Role of {person.name} ({roles})", person.roles[0][1] if person.roles else "")
        wave = await self._ask_wave(f"{role} at which wave?") if role else None
        if role and wave:
            project.people.set_role(person.id, role, wave)
            self.messages.say(f"{person.name}: {by_the_wave(role, wave)}")

    async def _ask_wave(self, question: str) -> str | None:
        """A wave's name; "-" unasked where there are none."""
        waves = [each.name for each in self.study.project.waves.all()]
        if len(waves) < 2:
            return NO_WAVE
        typed = await self.ask_line(f"{question} ({', '.join(waves)}; - = at all of them)", NO_WAVE)
        return None if typed is None else self.study.project.waves.get(typed or NO_WAVE).name

    def action_case(self) -> None:
        """Say which case the person belongs to."""
        person = self._person()
        if person is not None:
            self.converse(self._set_case(person))

    async def _set_case(self, person: Person) -> None:
        project = self.study.project
        before = next((each.name for each in project.cases.all() if each.id == person.case), "")
        name = await self.ask_line(f"Case of {person.name} (a new one is made)", before)
        if name:
            project.people.set_case(person.id, name)
            self.messages.say(f"{person.name}: case {name}")

    def action_inside(self) -> None:
        """Say which case the case is inside."""
        case = self._case()
        if case is not None:
            self.converse(self._put_inside(case))

    async def _put_inside(self, case: Case) -> None:
        around = next((each.name for each in self.study.project.cases.all() if each.id == case.parent), "")
        name = await self.ask_line(f"{case.name} is inside (a new one is made; empty = inside none)", around)
        if name is not None:
            self.study.project.cases.change(case, inside=name)
            self.messages.say(f"{case.name} is inside {name}" if name else f"{case.name} is inside no other")

    def action_attribute(self) -> None:
        """Say what is known of the person, or of the case."""
        if self.cases.has_focus:
            case = self._case()
            if case is not None:
                self.converse(self._set_attribute("case", case))
            return
        person = self._person()
        if person is not None:
            self.converse(self._set_attribute("person", person))

    async def _set_attribute(self, holder: Holder, what: Person | Case) -> None:
        attributes = self.study.project.attributes
        names = attributes.names(holder)
        known = _listed(names)
        name = await self.ask_line(f"Which attribute of {what.name}?{known}", names[self._first] if names else "")
        wave = await self._ask_wave(f"{name} at which wave?") if name else None
        if not name or not wave:
            return
        before = attributes.at(holder, what.id, wave).get(name, "")
        value = await self.ask_line(f"{by_the_wave(name, wave)} of {what.name} (empty = not known)", before)
        if value is not None and value != visible_line(before):
            attributes.set(holder, what.id, [(name, value)], wave)
            self.messages.say(f"{what.name}: {by_the_wave(name, wave)} {value or 'not known'}")

    def action_remove(self) -> None:
        """Take away a person on whom nothing rests."""
        person = self._person()
        if person is not None:
            with self.told():
                self.study.project.people.remove(person)
                self.messages.say(f"Taken away: {person.name}. u brings them back.")


def by_the_wave(words: str, wave: str) -> str:
    """Words, with the wave where there is one."""
    return words if wave == NO_WAVE else f"{words} (wave {wave})"


def _listed(names: Sequence[str]) -> str:
    """Some names of attributes, to choose from."""
    shown = ", ".join(names)
    if cell_len(shown) > 60:
        shown = shown[:60].rpartition(",")[0] + ", ..."
    return f" ({shown}; a new one is made)" if names else " (a new one is made)"


def _is_same(one: Branch, other: Branch) -> bool:
    """Whether two lines of the tree are of one case, or are both of no case and called the same."""
    if one.case is None or other.case is None:
        return one.case is other.case and one.name == other.name
    return one.case.id == other.case.id
