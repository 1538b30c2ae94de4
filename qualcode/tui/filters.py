"""By what lists can be narrowed down, key by key. No Textual in here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from qualcode.project import Project

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One thing that a list can be narrowed by.

    Attributes:
        field: of the state (a frozen dataclass) that it sets: a tuple of names, a word, or a switch.
        called: as asked for.
        values: what it can be; None = words are typed.
    """

    field: str
    called: str
    values: Callable[[Project], Sequence[str]] | None = None


def _people(project: Project) -> Sequence[str]:
    return [person.name for person in project.people.all()]


def _cases(project: Project) -> Sequence[str]:
    return [case.name for case in project.cases.all()]


def _roles(project: Project) -> Sequence[str]:
    return [role.short for role in project.roles.all()]


def _waves(project: Project) -> Sequence[str]:
    return [wave.name for wave in project.waves.all()]


def _coders(project: Project) -> Sequence[str]:
    return [coder.short for coder in project.coders.all()]


def _documents(project: Project) -> Sequence[str]:
    return [document.name for document in project.documents.all()]


WHOSE: Mapping[str, Narrowing] = {
    "p": Narrowing("people", "person", _people),
    "r": Narrowing("roles", "role", _roles),
    "s": Narrowing("cases", "case", _cases),
    "w": Narrowing("waves", "wave", _waves),
    "d": Narrowing("documents", "document", _documents),
    "b": Narrowing("coders", "coded by", _coders),
}
"""Key -> who speaks, where and when, and who coded it."""


def set_field(state: State, narrowing: Narrowing, typed: str) -> State:
    """The state with what was typed, several names by comma; nothing typed = no narrowing.

    Names are taken as typed; whoever reads with the state is told of one that is not there.
    """
    if narrowing.values is None:
        value: Any = typed.strip()
    else:
        value = tuple(part.strip() for part in typed.split(",") if part.strip())
    return replace(state, **{narrowing.field: value})  # type: ignore[type-var]
