"""A name replaced everywhere: what stands for it is asked, the places are shown, then it is done."""

import re
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.model import NameKind
from qualcode.tui import moves
from qualcode.tui.actions import bindings
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.key_line import KeyLine
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen
    from qualcode.work.pseudonymise import Occurrence

KINDS: dict[str, tuple[NameKind, str]] = {
    "p": ("person", "person"),
    "l": ("place", "place"),
    "o": ("organisation", "organisation"),
    "x": ("other", "other"),
}
"""Key -> what it is the name of, and that in words."""
_SHOWN = 12
"""Places shown in context."""


async def pseudonym(screen: "CodingScreen") -> None:
    """Replace the selected name, or the one at the cursor, in all documents."""
    from qualcode.work import elsewhere, pseudonymise

    project = screen.study.project
    here = name_here(screen)
    name = await screen.ask_line("Replace which name in all documents?", here)
    if not name:
        return
    if name == visible_line(here):  # the line shows pictures of controls, the text has the controls themselves
        name = here
    known = project.names.find(name)
    if known is None:
        key = await screen.ask_key(f"“{name}” is the name of a", {key: told for key, (_, told) in KINDS.items()})
        if key is None:
            return
        kind = KINDS[key][0]
    else:
        kind = known.kind
    stands = await screen.ask_line(
        f"What stands for “{name}”? ([Brackets] tell a pseudonym)", pseudonymise.proposal(project, name, kind)
    )
    if not stands:
        return
    places = pseudonymise.occurrences(project, name)
    left = ", ".join(elsewhere.by_sort(elsewhere.holding(project, name)).values())
    sheet = _told(name, stands, places, pseudonymise.similar(project, name), left)
    chosen = await screen.app.push_screen_wait(ReplacingScreen(sheet, screen.ink))
    if chosen is None:
        screen.messages.say("No name was replaced.")
        return
    done = pseudonymise.replace(project, name, stands, kind=kind, only_capitalised=chosen == "capitalised")
    screen.messages.say(
        f"{name} → {done.known.pseudonym}: {_counted(done.places, 'place')} in "
        f"{_counted(len(done.revisions), 'document')}. u brings all back."
    )


def name_here(screen: "CodingScreen") -> str:
    """What is selected, else the word at the cursor, without punctuation and the 's of a possessive."""
    reader = screen.reader
    words = reader.page.body[slice(*(reader.selection or moves.word_span(reader.page.body, reader.cursor)))]
    bare = re.sub(r"^\W+|\W+$", "", " ".join(words.split()))
    return re.sub(r"['’]s$", "", bare, flags=re.IGNORECASE)


class ReplacingScreen(ModalScreen[str | None]):
    """Where a name stands, or all names of the list; answers with "all", "capitalised" (of one name) or None."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("replacing")]

    def __init__(self, sheet: list[tuple[str, str]], ink: Ink, *, is_of_list: bool = False) -> None:
        super().__init__()
        self._sheet = sheet
        self._ink = ink
        self._is_of_list = is_of_list

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of a whole list it is decided name by name what stays where it is written small."""
        return not (self._is_of_list and action == "capitalised")

    def compose(self) -> ComposeResult:
        """The places."""
        text = Text()
        for words, ink in self._sheet:
            text.append(visible_line(words) if words != "\n" else words, self._ink.style(ink))
        with VerticalScroll(classes="sheet"):
            yield Static(text, markup=False)
        yield KeyLine()

    def action_all(self) -> None:
        """Replace it everywhere."""
        self.dismiss("all")

    def action_capitalised(self) -> None:
        """Only where it has a capital."""
        self.dismiss("capitalised")

    def action_leave(self) -> None:
        """Leave it."""
        self.dismiss(None)


def _told(name: str, stands: str, places: "list[Occurrence]", similar: list[str], left: str) -> list[tuple[str, str]]:
    """What the sheet says: (words, ink), a newline by itself."""
    documents = len({each.document.id for each in places})
    small = sum(each.is_small for each in places)
    told = [(f"{name} → {stands}", "head"), ("\n", "text")]
    told += [(f"{_counted(len(places), 'place')} in {_counted(documents, 'document')}", "label")]
    if small:
        told += [(f", {small} written small: perhaps a word and no name (c leaves these)", "warn")]
    told += [("\n", "text")]
    before = ""
    for each in places[:_SHOWN]:
        if each.document.name != before:
            before = each.document.name
            told += [("\n", "text"), (before, "quiet"), ("\n", "text")]
        told += [(f"  {each.before}", "asked"), (each.words, "hit"), (each.after, "asked"), ("\n", "text")]
    if len(places) > _SHOWN:
        told += [(f"  and {len(places) - _SHOWN} more", "quiet"), ("\n", "text")]
    told += [("\n", "text")]
    if similar:
        told += [(f"Left, as they only begin like it: {', '.join(similar[:12])}", "warn"), ("\n", "text")]
    if left:
        told += [(f"Left, where it also stands: {left}", "warn"), ("\n", "text")]
    told += [("Earlier versions of the texts and the original files keep the name.", "quiet")]
    return told


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
