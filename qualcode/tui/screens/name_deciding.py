"""`DecidingScreen`: what one decides of names: that they are names and what stands for them, or that they stay."""

from collections.abc import Sequence
from dataclasses import replace

from qualcode.model import KnownName, NameKind
from qualcode.project.naming import folded
from qualcode.tui.beside import beside
from qualcode.tui.name_rows import Shown
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.screens.naming import KINDS
from qualcode.tui.screens.working import WorkingScreen
from qualcode.visible import counted
from qualcode.work import name_review, pseudonymise
from qualcode.work.name_review import Entry, Review, Wanted

_FEW, _MANY = 5, 40
"""Of so many names it is looked up at once where they stand, and so many are written at once; of more by a thread."""

_DIGITS = 9
"""So many names have a digit each."""


class DecidingScreen(WorkingScreen, ListScreen[Entry, Shown]):
    """A list of names.

    Attributes:
        review: what was found, beside what was decided; None until somebody looked.
    """

    review: Review | None = None

    # -- a name ------------------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """What is marked, else this, is a name: with the pseudonym that is shown."""
        fresh = [each for each in self.chosen if each.state in ("open", "stays")]
        if fresh:
            self.converse(self._accept(fresh))
        else:
            self.messages.say("It is on the list already: e changes what stands for it, R replaces it.")

    async def _accept(self, entries: Sequence[Entry], pseudonym: str = "", kind: NameKind | None = None) -> None:
        listed = [self.study.project.names.get(each.words) for each in entries if each.state in ("listed", "replaced")]
        for known in listed:
            pseudonymise.must_be_changeable(self.study.project, known, pseudonym or known.pseudonym)
        small = await self._words_too([each for each in entries if each.state != "replaced"])
        only_capitalised = False
        if small:
            names = ", ".join(each.words for each in small[:4]) + (" …" if len(small) > 4 else "")
            question = f"{names}: also written small where nobody proposes it, or a code: perhaps a word. Replace it"
            key = await self.ask_key(question, {"c": "only with a capital", "a": "everywhere"})
            if key is None:
                return
            only_capitalised = key == "c"
        capitalised = {each.words for each in small} if only_capitalised else set()
        wanted = [
            replace(
                each,
                pseudonym=pseudonym or each.pseudonym,
                kind=kind or each.kind,
                only_capitalised=each.name in capitalised,
            )
            for each in name_review.wanted_of(entries)
        ]
        following = self._next_open(entries)
        made = await self._written(wanted)
        self._show_decided(following)
        self.messages.say(f"{_told(made)}. R replaces all that is accepted, u takes it back.")

    async def _written(self, wanted: Sequence[Wanted]) -> list[KnownName]:
        """Put them on the list: many by another thread, since each is held against all the others."""
        project = self.study.project
        if len(wanted) <= _MANY or self.is_working:
            return name_review.accept(project, wanted)

        def accept() -> list[KnownName]:
            with beside(project) as own:
                return name_review.accept(own, wanted)

        return await self.in_thread(accept)

    async def _words_too(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those that stand without capitals, too, where nobody proposes it, or that a code is called."""
        project, review = self.study.project, self.review
        if review is None:
            return []
        if len(entries) > _FEW and not self.is_working:

            def look_up() -> None:
                with beside(project) as own:
                    for each in entries:
                        review.places(own, each.words)

            await self.in_thread(look_up)
        codes = {folded(each.name) for each in project.codes.all()}
        return [
            each
            for each in entries
            if each.key in codes or name_review.are_small_unproposed(review.places(project, each.words), each.places)
        ]

    def action_edit(self) -> None:
        """What stands for it, typed."""
        if self.current is not None:
            self.converse(self._edit(self.current))

    async def _edit(self, entry: Entry) -> None:
        question = f"What stands for “{entry.words}”? ([Brackets] tell a pseudonym)"
        typed = await self.ask_line(question, _shown(entry))
        if typed and (typed != entry.pseudonym or entry.state == "open"):
            await self._accept([entry], typed)

    def action_kind(self) -> None:
        """What it is the name of."""
        if self.current is not None:
            self.converse(self._ask_kind(self.current))

    async def _ask_kind(self, entry: Entry) -> None:
        choices = {key: told for key, (_, told) in KINDS.items()}
        key = await self.ask_key(f"“{entry.words}” is the name of a", choices)
        if key is None:
            return
        kind = KINDS[key][0]
        if entry.state == "replaced":
            self.study.project.names.change(self.study.project.names.get(entry.words), kind=kind)
            self._show_decided(None)
        else:
            known = entry.pseudonym if entry.state == "listed" else ""
            await self._accept([entry], known or pseudonymise.proposal(self.study.project, entry.words, kind), kind)

    def action_same(self) -> None:
        """What is marked, else this, is another name of somebody who is accepted."""
        if self.chosen:
            self.converse(self._same(self.chosen))

    async def _same(self, entries: Sequence[Entry]) -> None:
        own = {entry.key for entry in entries}
        others = {each.name: each for each in self.study.project.names.all() if folded(each.name) not in own}
        if not others:
            self.messages.say("No other name is accepted yet: y accepts one.")
            return
        told = entries[0].words if len(entries) == 1 else counted(len(entries), "name")
        typed = await self._asked_which(f"{told}: the same as which accepted name", list(others))
        if not typed:
            return
        found = others.get(typed) or next((each for each in others.values() if _is_meant(each, typed)), None)
        if found is None:
            self.messages.warn(f"No accepted name, and no pseudonym, begins with {typed}.")
        else:
            await self._accept(entries, found.pseudonym, found.kind)

    async def _asked_which(self, question: str, names: Sequence[str]) -> str | None:
        """One of some names; "" and None = none of them, which Enter alone says: two people must not become one so."""
        if len(names) > _DIGITS:
            return await self.ask_line(f"{question}, or pseudonym (nothing = none)")
        choices = {"0": "none of these"} | {str(n): name for n, name in enumerate(names, start=1)}
        key = await self.ask_key(question, choices)
        return None if key in (None, "0") else choices[key]

    # -- no name, or not decided -------------------------------------------------------------------------------------

    def action_ignore(self) -> None:
        """What is marked, else this, is no name, and stays."""
        entries = [each for each in self.chosen if each.state == "open"]
        if not entries:
            self.messages.say("That is decided already: x takes it off the list.")
            return
        with self.told():
            following = self._next_open(entries)
            name_review.ignore(self.study.project, [each.words for each in entries])
            self._show_decided(following)
            said = f"{entries[0].words} is" if len(entries) == 1 else f"{counted(len(entries), 'word')} are"
            self.messages.say(f"{said} no name, and not proposed again. u takes it back.")

    def action_reopen(self) -> None:
        """Off the list: to be decided again."""
        entries = [each for each in self.chosen if each.state != "open"]
        if not entries:
            self.messages.say("It is not on the list.")
            return
        with self.told():
            name_review.reopen(self.study.project, [each.words for each in entries])
            self._show_decided(None)
            self.messages.say(f"{counted(len(entries), 'name')} taken off the list; the texts stay as they are.")

    def action_next_open(self) -> None:
        """Leave it for later: to the next that is to be decided."""
        key = self._next_open([self.current] if self.current else [])
        if key is None:
            self.messages.say("Nothing is to be decided below this.")
        else:
            self.go_to(key)

    # -- going on ----------------------------------------------------------------------------------------------------

    def _show_decided(self, following: int | None) -> None:
        """Show what was decided, and go on to the next that is to be."""
        self.marked = set()
        self.follow()
        if following is not None:
            self.go_to(following)

    def _next_open(self, entries: Sequence[Entry]) -> int | None:
        """Key of the next name to be decided, from the current one on, that is not being decided now."""
        done = {self.key(each) for each in entries}
        rows = (self.listing.items[row] for row in self.listing.rows[self.rows.current :] if isinstance(row, int))
        return next((self.key(each) for each in rows if each.state == "open" and self.key(each) not in done), None)

    def go_to(self, key: int) -> None:
        """Make a name the current one."""
        row = next((n for n, each in enumerate(self.listing.rows) if self._is(each, key)), None)
        if row is not None:
            self.rows.go_to(row)


def _shown(entry: Entry) -> str:
    """The pseudonym that is shown; of a word that was to stay "", for the next that is free."""
    return "" if entry.state == "stays" else entry.pseudonym


def _is_meant(known: KnownName, typed: str) -> bool:
    wanted = folded(typed).strip("[]")
    return folded(known.name).startswith(wanted) or folded(known.pseudonym).strip("[]").startswith(wanted)


def _told(made: Sequence[KnownName]) -> str:
    return f"{made[0].name} → {made[0].pseudonym}" if len(made) == 1 else f"{counted(len(made), 'name')} accepted"
