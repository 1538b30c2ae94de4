"""A claim while it is being written down, a key at a time. No Textual in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from qualcode.model import Direction

_DIRECTIONS: Mapping[str, Direction] = {"r": "raises", "l": "lowers", "0": "no effect", "m": "mixed"}
_MORE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "w": ("whose", {"s": "self", "o": "supported person", "p": "people in general", "t": "team"}),
    "s": ("standing", {"l": "lived", "w": "witnessed", "h": "hearsay"}),
    "t": ("tense", {"h": "happened", "f": "hoped for"}),
}
_SWITCHES = {"i": "inferred", "p": "prompted"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been said of a claim so far; it is complete once it has a direction.

    Attributes:
        source, target: short codes.
        direction: "" until it is chosen.
        colouring: whose, standing, tense, inferred, prompted, where they were said.
    """

    source: str
    target: str
    direction: Direction | str = ""
    colouring: Mapping[str, Any] = field(default_factory=dict)

    @property
    def chosen(self) -> dict[str, Any]:
        """All that was said, as `Claims.add` takes it."""
        return {"direction": self.direction, **self.colouring}

    @property
    def told(self) -> str:
        """The claim in one line."""
        said = [name if value is True else str(value) for name, value in self.colouring.items() if value]
        return " ".join([f"{self.source} → {self.target}", self.direction, *(f"({each})" for each in said)]).strip()

    @property
    def choices(self) -> Mapping[str, str]:
        """Keys that go on from here; the first is the usual one."""
        return {**_DIRECTIONS, **{key: f"{name} …" for key, (name, _) in _MORE.items()}, **_SWITCHES}

    def asks(self, key: str) -> tuple[str, Mapping[str, str]] | None:
        """The question that a key leads to, with its keys; None where it leads to none."""
        return _MORE.get(key)

    def after(self, key: str, answer: str | None) -> "Draft":
        """The claim after a key, and after the answer to its question."""
        if key in _DIRECTIONS:
            return replace(self, direction=_DIRECTIONS[key])
        if key in _SWITCHES:
            name = _SWITCHES[key]
            return replace(self, colouring={**self.colouring, name: not self.colouring.get(name)})
        name, meanings = _MORE[key]
        return replace(self, colouring={**self.colouring, name: meanings[answer]}) if answer else self
