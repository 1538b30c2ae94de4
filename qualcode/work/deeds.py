"""What was done, in the words of the study: names for the numbers by which the log knows things."""

from collections.abc import Mapping
from functools import cached_property

from qualcode.model import Action
from qualcode.project import Project
from qualcode.visible import counted

_PLAIN = ("document", "person", "case", "code")
"""What a line calls by its name alone."""
_UNTOLD = ("segment", "claim", "evidence", "memo", "coder")
"""What is known by a number that tells nobody anything."""


class Deeds:
    """Tells actions; the names of documents, people, cases and codes are read once, when the first is told."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def details(self, action: Action) -> list[tuple[str, str]]:
        """What an action was done to: (what it is, its name or number); document, person, case and code first."""
        if action.verb == "forget":
            return self._forgotten(action)
        told = [(name, self._named(name, value)) for name, value in action.arguments.items()]
        return sorted(told, key=lambda each: _PLAIN.index(each[0]) if each[0] in _PLAIN else len(_PLAIN))

    def _forgotten(self, action: Action) -> list[tuple[str, str]]:
        """How much was erased, since nothing names it any more; and what the documents are called that stay."""
        ids = {name: value for name, value in action.arguments.items() if isinstance(value, list)}
        sorts = (("documents", "document", "documents"), ("people", "person", "people"))
        erased = [counted(len(ids[name]), one, many) for name, one, many in sorts if ids.get(name)]
        told = [("erased", " and ".join(erased) or "what was removed before")]
        return told + [("turns in", self._named("documents", ids["shared"]))] * bool(ids.get("shared"))

    def brief(self, action: Action) -> str:
        """An action in a few words: what was done, to which document or code, and to how many where to several."""
        told = [self._short(name, value) for name, value in self.details(action) if name not in _UNTOLD]
        named = ", ".join(filter(None, told))
        return f"{action.verb} ({named})" if named else action.verb

    def _short(self, name: str, value: str) -> str:
        if name in _PLAIN:
            return value
        if name == "count":
            return "" if value == "1" else f"{value} in all"
        return f"{name} {value}"

    def _named(self, name: str, value: object) -> str:
        if isinstance(value, list):
            return " ".join(self._named(name.removesuffix("s"), each) for each in value)
        if isinstance(value, int) and name in _PLAIN:
            return self._names[name].get(value, f"{value}, no longer there")
        return str(value)

    @cached_property
    def _names(self) -> Mapping[str, Mapping[int, str]]:
        project = self._project
        return {
            "document": {each.id: each.name for each in project.documents.all()},
            "person": {each.id: each.name for each in project.people.all()},
            "case": {each.id: each.name for each in project.cases.all()},
            "code": {each.id: each.short for each in project.codes.all()},
        }
