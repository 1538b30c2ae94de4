"""What can be changed of a table while one looks at it: each key goes to the option's next value. No Textual here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any

from qualcode.project import Project


@dataclass(frozen=True, slots=True)
class Turn:
    """An option that a key turns.

    Attributes:
        option: the analysis' parameter, or the part of its scope.
        called: as told above the table.
        values: what it can be, the usual first; None = as the analysis has it.
        in_scope: whether it is a part of the scope.
    """

    option: str
    called: str
    values: Callable[[Project], Sequence[Any]]
    in_scope: bool = False


_EVIDENCE = (
    "claims", "said together", "same answer", "mentioned in document", "mentioned by person", "mentioned in case",
)  # fmt: skip


def _roles(project: Project) -> Sequence[Any]:
    return [None, *((role.short,) for role in project.roles.all())]


def _waves(project: Project) -> Sequence[Any]:
    return [None, *((wave.name,) for wave in project.waves.all() if wave.name != "-")]


def _cases(project: Project) -> Sequence[Any]:
    return [None, *((case.name,) for case in project.cases.all())]


def _layers(project: Project) -> Sequence[Any]:
    return [None, *(coder.short for coder in project.coders.all())]


TURNS: Mapping[str, Turn] = {
    "unit": Turn("unit", "unit", lambda _project: ("people", "sources", "cases", "references")),
    "evidence": Turn("evidence", "evidence", lambda _project: _EVIDENCE),
    "own": Turn("own_only", "own experience only", lambda _project: (False, True)),
    "tense": Turn("tense", "tense", lambda _project: (None, "happened", "hoped for", "any")),
    "within": Turn("within", "within", lambda _project: ("answer", "document", "overlap")),
    "split": Turn("split", "rows split by", lambda _project: (None, "role", "wave", "case")),
    "by": Turn("by", "by", lambda _project: (None, "role", "wave", "case", "person")),
    "show": Turn("show", "cells show", lambda _project: (None, "count", "percent", "presence", "summary", "quote")),
    "role": Turn("roles", "role", _roles, in_scope=True),
    "wave": Turn("waves", "wave", _waves, in_scope=True),
    "case": Turn("cases", "case", _cases, in_scope=True),
    "layer": Turn("coder", "layer", _layers, in_scope=True),
}
"""Name of the action -> what it turns."""


class Choices:
    """The options chosen for one table so far."""

    def __init__(self, project: Project, function: Callable[..., Any]) -> None:
        self._project = project
        self._taken = signature(function).parameters
        self._at: dict[str, int] = {}

    def takes(self, name: str) -> bool:
        """Whether the table has that option."""
        turn = TURNS[name]
        return ("scope" if turn.in_scope else turn.option) in self._taken

    def turn(self, name: str) -> None:
        """Go to the option's next value."""
        self._at[name] = (self._at.get(name, 0) + 1) % len(TURNS[name].values(self._project))

    def reset(self, name: str) -> None:
        """Go back to the usual."""
        self._at.pop(name, None)

    def _value(self, name: str) -> Any:
        return TURNS[name].values(self._project)[self._at.get(name, 0)]

    @property
    def options(self) -> dict[str, Any]:
        """The keyword arguments for the analysis."""
        from qualcode.analysis import Scope

        chosen = {name: self._value(name) for name, place in self._at.items() if place}
        scope = {TURNS[name].option: value for name, value in chosen.items() if TURNS[name].in_scope}
        options = {TURNS[name].option: value for name, value in chosen.items() if not TURNS[name].in_scope}
        return options | ({"scope": Scope(**scope)} if scope else {})

    @property
    def told(self) -> str:
        """What is chosen other than usual, in words."""
        parts = []
        for name, place in self._at.items():
            value = self._value(name)
            if place:
                shown = "" if value is True else " ".join(value) if isinstance(value, tuple) else str(value)
                parts.append(f"{TURNS[name].called} {shown}".strip())
        return " · ".join(parts)
