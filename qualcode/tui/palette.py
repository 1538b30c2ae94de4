"""The palette: every action of this place by its words, once something is typed those of other places, too.

What only the command line does is found as well, and leads to the command.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.keys import format_key
from textual.screen import Screen

from qualcode.tui.actions import COMMANDS, LEADS, Action, actions_of, keys_now
from qualcode.tui.screens.study_screen import AskingScreen, StudyScreen
from qualcode.tui.widgets.asking import Asking

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

_BY_WORDS = 10_000.0
"""What is found by whole words comes first, then by how words begin; what is done here before what is elsewhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    Attributes:
        title: what is done.
        help: where, and by which key.
        run: does it, or leads to where it is done.
        also: other words by which people look for it.
        is_here: it is listed before anything is typed.
    """

    title: str
    help: str
    run: Callable[[], Awaitable[None]]
    also: str
    is_here: bool = True


def places(screen: Screen[Any]) -> Iterator[str]:
    """Places whose actions work on a screen now: what is asked, the screen's own, then those of the list or text."""
    seen: list[str] = []
    nodes = screen.focused.ancestors_with_self if screen.focused else (screen,)
    for node in sorted(nodes, key=lambda each: (not isinstance(each, Asking), not isinstance(each, Screen))):
        for binding in getattr(node, "BINDINGS", ()):
            place = str(getattr(binding, "id", None) or "").partition(".")[0]
            if place and place != "everywhere" and place not in seen:
                seen.append(place)
    yield from seen


def entries(app: "Workbench", screen: Screen[Any]) -> Iterator[Entry]:
    """All that can be found from a screen."""
    focused = screen.focused or screen
    here = [*places(screen), "everywhere"]
    for place in here:
        owner = next((each for each in [*focused.ancestors_with_self, app] if _has(each, place)), app)
        for action in actions_of(place):
            if action.name != "command_palette":
                yield Entry(action.text, place, _does(app, owner, action.name), action.also)
    for place in LEADS if isinstance(screen, StudyScreen) else ():
        for action in actions_of(place) if place not in here else ():
            yield _elsewhere(app, place, action)
    for name, (text, also) in COMMANDS.items() if isinstance(screen, AskingScreen) else ():
        told = f"on the command line: qualcode {name} --help"
        yield Entry(text, told, _tells(app, f"{text}: {told}"), also, is_here=False)


def _elsewhere(app: "Workbench", place: str, action: Action) -> Entry:
    """An action of another place: it leads to there, and tells the key."""
    where, leads = LEADS[place]
    lead, changed = next(each for each in actions_of("everywhere") if each.name == leads), app.changed_keys
    keys = keys_now("everywhere", lead, changed), keys_now(place, action, changed)
    way, key = (format_key(each.split(",")[0]) for each in keys)

    async def go() -> None:
        await app.run_action(leads, app)
        await _tells(app, f"{key} {where}: {action.text}")()

    return Entry(action.text, f"{where} ({way}): {key}", go, action.also, is_here=False)


def _does(app: "Workbench", owner: Any, action: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await app.run_action(action, owner)

    return run


def _tells(app: "Workbench", words: str) -> Callable[[], Awaitable[None]]:
    async def tell() -> None:
        if isinstance(there := app.screen, AskingScreen):
            there.call_after_refresh(lambda: there.messages.say(words))  # once it is made

    return tell


def _has(node: Any, place: str) -> bool:
    return any(str(getattr(each, "id", "") or "").startswith(f"{place}.") for each in getattr(node, "BINDINGS", ()))


class Palette(Provider):
    """What the palette offers."""

    async def discover(self) -> Hits:
        """Everything of this place, by name."""
        here = (each for each in entries(self.app, self.screen) if each.is_here)  # type: ignore[arg-type]
        for each in sorted(here, key=lambda entry: entry.title):
            yield DiscoveryHit(each.title, each.run, help=each.help)

    async def search(self, query: str) -> Hits:
        """What has words that begin as those typed; else what has the letters in that order."""
        matcher, typed = self.matcher(query), query.casefold().split()
        for number, each in enumerate(entries(self.app, self.screen)):  # type: ignore[arg-type]
            words = re.findall(r"\w+", f"{each.title} {each.also}".casefold())
            is_begun = all(any(word.startswith(begin) for word in words) for begin in typed)
            is_found = is_begun and set(typed) <= set(words)
            score = _BY_WORDS * (is_begun + is_found) - number if is_begun else matcher.match(each.title)
            if score > 0:
                yield Hit(score, matcher.highlight(each.title), each.run, help=each.help)
