"""What can be changed of a table while one looks at it: keys go to an option's next value, lines are asked for others.

No Textual here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import TYPE_CHECKING, Any, Literal

from qualcode.errors import InputError
from qualcode.project import Project

if TYPE_CHECKING:
    from qualcode.analysis import Scope, Telling

Part = Literal["scope", "telling", ""]


@dataclass(frozen=True, slots=True)
class Turn:
    """An option that a key turns.

    Attributes:
        option: the analysis' parameter, or the part of its scope or of its telling.
        called: as told above the table.
        values: what it can be, the usual first; None = as the analysis has it.
        part: of what it is a part.
    """

    option: str
    called: str
    values: Callable[[Project], Sequence[Any]]
    part: Part = ""


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
    "own": Turn("standings", "own experience only", lambda _project: (None, ("lived",)), "telling"),
    "tense": Turn("tense", "tense", lambda _project: (None, "happened", "hoped for", "any"), "telling"),
    "within": Turn("within", "within", lambda _project: ("answer", "document", "overlap")),
    "split": Turn("split", "rows split by", lambda _project: (None, "role", "wave", "case")),
    "by": Turn("by", "by", lambda _project: (None, "role", "wave", "case", "person")),
    "show": Turn("show", "cells show", lambda _project: (None, "count", "percent", "presence", "summary", "quote")),
    "levels": Turn("levels", "levels of codes", lambda _project: (None, 1, 2, 3)),
    "role": Turn("roles", "role", _roles, "scope"),
    "wave": Turn("waves", "wave", _waves, "scope"),
    "case": Turn("cases", "case", _cases, "scope"),
    "layer": Turn("coder", "layer", _layers, "scope"),
}
"""Name of the action -> what it turns."""

_BY: Mapping[str, Sequence[Any]] = {
    "framework": (None, "case"),
    "framework-by-wave": (None, "case"),
    "saturation": (None, "role"),
    "case-ordered": (None, "person"),
}
"""Tables that take only some groups."""

Typed = Literal["attributes", "codes", "sort"]

TYPED: Mapping[Typed, tuple[str, Part]] = {
    "attributes": ("Count only where (NAME=VALUE, ...; nothing: everybody)", "scope"),
    "codes": ("Show only these codes and those below them (short names; nothing: all)", "scope"),
    "sort": ("Sort the rows by an attribute, or a code's strength (nothing: as usual)", ""),
}
"""Options that are typed: what is asked, and of what they are a part."""


class Choices:
    """The options chosen for one table so far.

    Args:
        project: the study.
        name: of the table.
        function: that makes it.
    """

    def __init__(self, project: Project, name: str, function: Callable[..., Any]) -> None:
        self._project = project
        self._name = name
        self._taken = signature(function).parameters
        self._at: dict[str, int] = {}
        self._typed: dict[Typed, Any] = {}

    def takes(self, name: str) -> bool:
        """Whether the table has that option."""
        if name in TYPED:
            part = TYPED[name][1]  # type: ignore[index]
            return (part or name) in self._taken
        return (TURNS[name].part or TURNS[name].option) in self._taken

    def turn(self, name: str) -> None:
        """Go to the option's next value."""
        self._at[name] = (self._at.get(name, 0) + 1) % len(self._values(name))

    def _values(self, name: str) -> Sequence[Any]:
        if name == "by" and self._name in _BY:
            return _BY[self._name]
        return TURNS[name].values(self._project)

    def take(self, name: Typed, words: str) -> None:
        """Take what was typed.

        Raises:
            InputError: a pair is not of the form NAME=VALUE.
        """
        self._typed[name] = _read(name, words)

    def written(self, name: Typed) -> str:
        """What was typed, as it can be typed again."""
        value = self._typed.get(name) or ()
        if name == "attributes":
            return ", ".join(f"{one}={other}" for one, other in value)
        return value if isinstance(value, str) else " ".join(value)

    def kept(self) -> tuple[dict[str, int], dict[Typed, Any]]:
        """What is chosen, to come back to."""
        return dict(self._at), dict(self._typed)

    def restore(self, kept: tuple[dict[str, int], dict[Typed, Any]]) -> None:
        """Choose again what was kept."""
        self._at, self._typed = dict(kept[0]), dict(kept[1])

    def _value(self, name: str) -> Any:
        return self._values(name)[self._at.get(name, 0)]

    def _chosen(self, part: Part) -> dict[str, Any]:
        turned = {
            TURNS[name].option: self._value(name)
            for name, place in self._at.items()
            if place and TURNS[name].part == part
        }
        return turned | {name: value for name, value in self._typed.items() if value and TYPED[name][1] == part}

    @property
    def scope(self) -> "Scope":
        """Which part of the study is chosen."""
        from qualcode.analysis import Scope

        return Scope(**self._chosen("scope"))

    @property
    def telling(self) -> "Telling":
        """Which claims are chosen."""
        from qualcode.analysis import Telling

        return Telling(**self._chosen("telling"))

    @property
    def options(self) -> dict[str, Any]:
        """The keyword arguments for the analysis."""
        scope = {"scope": self.scope} if self._chosen("scope") else {}
        telling = {"telling": self.telling} if self._chosen("telling") else {}
        return self._chosen("") | scope | telling

    def options_for(self, function: Callable[..., Any]) -> dict[str, Any]:
        """The same for another analysis, and only what that takes; own experience by either name."""
        taken = signature(function).parameters
        options = self.options
        if "telling" in options and "telling" not in taken and "own_only" in taken:
            options["own_only"] = options["telling"].standings == ("lived",)
        return {name: value for name, value in options.items() if name in taken}

    @property
    def is_claims(self) -> bool:
        """Whether claims are counted, in a change model."""
        return "evidence" in self._taken and not self._at.get("evidence")

    # -- told --------------------------------------------------------------------------------------------------------

    @property
    def told(self) -> str:
        """What is counted, in words: unit and evidence first, then what is chosen other than usual."""
        return " · ".join([*self._counting(), *self._other()])

    def _counting(self) -> Iterator[str]:
        if self._at.get("unit"):
            yield f"unit {self._value('unit')}"
        if self.takes("evidence"):
            yield f"evidence: {self._value('evidence')}{' only' if self.is_claims else ''}"
        if self.takes("own") and self._at.get("own"):
            yield "own experience only"

    def _other(self) -> Iterator[str]:
        for name, place in self._at.items():
            if place and name not in {"unit", "evidence", "own", "role", "wave", "layer", "case"}:
                yield f"{TURNS[name].called} {_shown(self._value(name))}"
        for name, value in self._typed.items():
            if value:
                yield f"{'sorted by' if name == 'sort' else 'only'} {self.written(name)}"

    @property
    def told_of_part(self) -> str:
        """Of whose coding, roles, cases and waves what is chosen other than usual."""
        names = [name for name in ("layer", "role", "case", "wave") if self._at.get(name)]
        return " · ".join(f"{name} {_shown(self._value(name))}" for name in names)

    @property
    def told_of_layer(self) -> str:
        """Whose coding, which waves and cases, and the codebook's version."""
        parts = [f"codebook v{self._project.codebook_version}"]
        if self.takes("layer"):
            layer = f"layer: {self._value('layer')}" if self._at.get("layer") else "layer: consensus, else lead"
            waves = [_shown(wave) for wave in _waves(self._project) if wave]
            wave = f"wave {_shown(self._value('wave'))}" if self._at.get("wave") else f"waves {'+'.join(waves)}"
            case = [f"case {_shown(self._value('case'))}"] if self._at.get("case") else []
            role = f"role {_shown(self._value('role'))}" if self._at.get("role") else "all roles"
            parts = [layer, role, *case, *([wave] if waves else []), *parts]
        return " · ".join(parts)


def _shown(value: Any) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _read(name: Typed, words: str) -> Any:
    if name == "sort":
        return words.strip()
    if name == "codes":
        return tuple(words.replace(",", " ").split())
    pairs = [each.partition("=") for each in words.split(",") if each.strip()]
    if any(not (one.strip() and other.strip()) for one, _, other in pairs):
        raise InputError("an attribute is typed as NAME=VALUE", remedy="For instance: sector=NHS, age=18-29")
    return tuple((one.strip(), other.strip()) for one, _, other in pairs)
