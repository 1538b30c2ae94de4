"""Parts of a study that stand beside one another in a table: one for each role, or two that are compared."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from qualcode.analysis.counting import Corpus, Scope
from qualcode.errors import RefusedError, not_found
from qualcode.project.cases import NO_WAVE
from qualcode.sweep import once


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the study.

    Attributes:
        key: "role=SU".
        text: as printed, "SU".
        name: in full, "SU service user".
        corpus: the study under the part's scope.
    """

    key: str
    text: str
    name: str
    corpus: Corpus


def split(corpus: Corpus, name: str) -> tuple[Group, ...]:
    """A group for each role, wave, case without another around it, or value of an attribute that is in the scope.

    Only groups in which somebody was interviewed or something stands.

    Raises:
        NotFoundError: `name` is neither role, wave or case nor an attribute.
    """
    groups = [_group(corpus, name, value) for value in _values(corpus, name)]
    return tuple(group for group in groups if len(group.corpus.documents))


def compared(corpus: Corpus, pairs: Iterable[tuple[str, str]]) -> tuple[Group, ...]:
    """Two groups, each said as (name, value): role, wave, case or an attribute, and its value.

    Raises:
        RefusedError: there are not two different groups, or the scope says already which of these are counted.
        NotFoundError: there is no such role, wave, case, attribute or value.
    """
    chosen = tuple(dict.fromkeys(pairs))
    if len(chosen) != 2:
        raise RefusedError("a comparison is of two different groups", remedy="Say both: role=SU and role=PW.")
    for name, value in chosen:
        if name == "wave" and value not in corpus.waves:
            raise not_found("wave", value, corpus.waves)
    return tuple(_group(corpus, name, value) for name, value in chosen)


def outside(corpus: Corpus, groups: Iterable[Group]) -> int:
    """How many people of the scope stand in none of the groups."""
    people = set(once(corpus.visits.person).tolist())
    return len(people.difference(*(group.corpus.visits.person.tolist() for group in groups)))


def _values(corpus: Corpus, name: str) -> tuple[str, ...]:
    scope = corpus.scope
    if name == "role":
        nobody = ("",) if np.any(corpus.visits.role == len(corpus.roles)) else ()
        return tuple(role for role in (*corpus.roles, *nobody) if not scope.roles or role in scope.roles)
    if name == "wave":
        return tuple(wave for wave in corpus.waves if not scope.waves or wave in scope.waves)
    if name == "case":
        return scope.cases or tuple(case.name for case in corpus.project.cases.all() if case.parent is None)
    asked = [value for attribute, value in scope.attributes if attribute == name]
    return tuple(value for value in corpus.trait(name).values if not asked or value in asked)


def _group(corpus: Corpus, name: str, value: str) -> Group:
    text, full = _texts(corpus, name, value)
    return Group(f"{name}={value}", text, full, corpus.within(narrowed(corpus.scope, name, value)))


def narrowed(scope: Scope, name: str, value: str) -> Scope:
    """The scope with this group only.

    Raises:
        RefusedError: the scope leaves the group out, or says it in a way that cannot be narrowed.
    """
    fields = {"role": scope.roles, "wave": scope.waves, "case": scope.cases}
    said = fields.get(name, tuple(each for other, each in scope.attributes if other == name))
    if said and value not in said:
        raise RefusedError(
            f"{name}={value} is left out by the filter on {name}", remedy="Leave out the filter, or choose within it."
        )
    if name == "role":
        return replace(scope, roles=(value,))
    if name == "wave":
        return replace(scope, waves=(value,))
    if name == "case":
        return replace(scope, cases=(value,))
    others = tuple(pair for pair in scope.attributes if pair[0] != name)
    return replace(scope, attributes=(*others, (name, value)))


def _texts(corpus: Corpus, name: str, value: str) -> tuple[str, str]:
    """As printed, and in full."""
    if name == "role" and value:
        role = corpus.project.roles.get(value)
        return role.short, f"{role.short} {role.name}"
    if name == "role":
        text = "no role"
    elif name == "wave":
        text = "no wave" if value == NO_WAVE else f"wave {value}"
    else:
        text = value if name == "case" else f"{name} {value}"
    return text, text
