"""Whose words a passage is: the rule by which retrieval, as the tables under a scope, takes it or leaves it.

A passage fits where one person who speaks in it is all that is asked for, at the document's wave. One in which nobody
known speaks fits by the document's case and attributes, and never where a person or a role is asked for.
`analysis/counting.py` says the same over arrays.
"""

from typing import TYPE_CHECKING

from qualcode.errors import not_found
from qualcode.model import Document, Person
from qualcode.project import nesting
from qualcode.project.actions import Store
from qualcode.project.cases import NO_WAVE, Cases, People
from qualcode.project.roles import Roles
from qualcode.project.voices import role_at

if TYPE_CHECKING:
    from qualcode.project.retrieval import Filter

_SAID = """SELECT attribute.holder, coalesce(person, attribute_value."case", document), wave.name, value
    FROM attribute_value JOIN attribute ON attribute.id = attribute JOIN wave ON wave.id = attribute_value.wave
    WHERE attribute.name = ?"""


class Values:
    """One attribute: of the person at the document's wave, else of the document, else of the case.

    A value without a wave holds at every wave that has none of its own. A case without one has that of the case around
    it.

    Raises:
        NotFoundError: nobody and nothing has such an attribute, or it has a value that is asked for nowhere.
    """

    def __init__(self, store: Store, name: str, wanted: set[str], parents: nesting.Parents) -> None:
        self._said = {(holder, row, wave): value for holder, row, wave, value in store.rows(_SAID, (name,))}
        self._wanted, self._parents = wanted, parents
        if not self._said:
            raise not_found("attribute", name, [row[0] for row in store.rows("SELECT DISTINCT name FROM attribute")])
        known = set(self._said.values())
        for value in wanted - known:
            raise not_found(f"value of {name}", value, sorted(known))

    def fit(self, document: Document, person: Person | None) -> bool:
        """Whether somebody, or nobody known, has a wanted value where they speak in a document."""
        holders = [("person", person.id)] if person else []
        holders.append(("document", document.id))
        case = person.case if person else document.case
        holders += [("case", each) for each in nesting.around(self._parents, case)]
        said = (self._at(holder, row, document.wave) for holder, row in holders)
        return next((value for value in said if value is not None), None) in self._wanted

    def _at(self, holder: str, row: int, wave: str) -> str | None:
        return self._said.get((holder, row, wave), self._said.get((holder, row, NO_WAVE)))


class WhoseWords:
    """What a filter asks of people, cases, roles and attributes.

    Raises:
        NotFoundError: it names something that is not there.
    """

    def __init__(self, store: Store, wanted: "Filter") -> None:
        cases, people, roles = Cases(store), People(store), Roles(store)
        parents = cases.parents()
        self._named = {people.get(name).id for name in wanted.people}
        self._cases = set(nesting.inside(parents, {cases.get(name).id for name in wanted.cases}))
        self._roles = {roles.get(short).short if short else "" for short in wanted.roles}
        values: dict[str, set[str]] = {}
        for name, value in wanted.attributes:
            values.setdefault(name, set()).add(value)
        self._attributes = [Values(store, name, some, parents) for name, some in values.items()]
        self.asks = bool(self._named or self._cases or self._roles or self._attributes)

    def fit(self, document: Document, speakers: list[Person]) -> bool:
        """Whether a passage is to be taken, by the document it stands in and the people who speak in it."""
        if not speakers:
            return not self._named and not self._roles and self._is_within(document, document.case, None)
        return any(self._is_of(document, person) for person in speakers)

    def _is_of(self, document: Document, person: Person) -> bool:
        return (
            (not self._named or person.id in self._named)
            and (not self._roles or role_at(person, document.wave) in self._roles)
            and self._is_within(document, person.case, person)
        )

    def _is_within(self, document: Document, case: int | None, person: Person | None) -> bool:
        in_case = not self._cases or case in self._cases
        return in_case and all(values.fit(document, person) for values in self._attributes)
