"""`EditingPeople`: what is changed of people and cases, asked on the last lines of the screen."""

from abc import abstractmethod
from collections.abc import Sequence

from rich.cells import cell_len

from qualcode.errors import RefusedError
from qualcode.model import Case, Person
from qualcode.project.cases import NO_WAVE, Holder
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.visible import visible_line


class EditingPeople(StudyScreen):
    """A screen on which a person or a case is at hand."""

    @abstractmethod
    def person_at_hand(self) -> Person | None:
        """The current person; says so where there is none."""

    @abstractmethod
    def case_at_hand(self) -> Case | None:
        """The current case; says so where there is none."""

    @property
    @abstractmethod
    def is_among_cases(self) -> bool:
        """Whether it is a case that is at hand."""

    @property
    @abstractmethod
    def attribute_in_sight(self) -> str:
        """The first attribute of people that is shown, "" where there are none."""

    def action_rename(self) -> None:
        """Give the person, or the case, another name."""
        what = self.case_at_hand() if self.is_among_cases else self.person_at_hand()
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
        person = self.person_at_hand()
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
        person = self.person_at_hand()
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
        person = self.person_at_hand()
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
        case = self.case_at_hand()
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
        if self.is_among_cases:
            case = self.case_at_hand()
            if case is not None:
                self.converse(self._set_attribute("case", case))
            return
        person = self.person_at_hand()
        if person is not None:
            self.converse(self._set_attribute("person", person))

    async def _set_attribute(self, holder: Holder, what: Person | Case) -> None:
        attributes = self.study.project.attributes
        names = attributes.names(holder)
        known = _listed(names)
        name = await self.ask_line(
            f"Which attribute of {what.name}?{known}",
            self.attribute_in_sight if holder == "person" else next(iter(names), ""),
        )
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
        person = self.person_at_hand()
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
