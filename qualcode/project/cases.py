"""Who and what is compared: roles, waves, cases, people, and their attributes."""

from collections.abc import Iterable, Mapping
from typing import Literal

from qualcode.errors import RefusedError, not_found
from qualcode.model import Case, Person, Wave
from qualcode.project import merging, nesting
from qualcode.project.actions import Store
from qualcode.project.consent_words import doubtful
from qualcode.project.guids import new_guid
from qualcode.project.naming import find_named, get_named, must_be_free
from qualcode.project.roles import Roles

__all__ = ["NO_WAVE", "Attributes", "Cases", "Holder", "People", "Roles", "Waves"]

Holder = Literal["person", "case", "document"]
NO_WAVE = "-"


class Waves:
    """The rounds of interviews, in order; "-" is always there."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Wave]:
        """In order of their position."""
        return [Wave(*row) for row in self._store.rows("SELECT id, name, position FROM wave ORDER BY position, name")]

    def get(self, name: str) -> Wave:
        """The wave of that name, in any case where only one can be meant (NotFoundError otherwise)."""
        return get_named("wave", name, {wave.name: wave for wave in self.all()})

    def ensure(self, name: str) -> int:
        """Id of the wave of that name, made at the end if it is new."""
        found = find_named("wave", name, {wave.name: wave.id for wave in self.all()})
        if found is not None:
            return found
        with self._store.action("add wave"):
            position = self._store.value("SELECT max(position) + 1 FROM wave")
            made = self._store.connection.execute(
                "INSERT INTO wave(guid, name, position) VALUES (?, ?, ?)", (new_guid(), name, position)
            )
        return int(made.lastrowid or 0)


class Cases:
    """What is compared: initiatives, sites, trials; `project.cases`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Case]:
        """By name."""
        return [Case(*row) for row in self._store.rows('SELECT id, guid, name, kind, parent FROM "case" ORDER BY name')]

    def get(self, name: str) -> Case:
        """The case of that name, in any case where only one can be meant (NotFoundError otherwise)."""
        return get_named("case", name, self._named())

    def parents(self) -> dict[int, int | None]:
        """Id of each case -> id of the case it is inside, or None; see `nesting`."""
        return {case.id: case.parent for case in self.all()}

    def _named(self) -> dict[str, Case]:
        return {case.name: case for case in self.all()}

    def add(self, name: str, kind: str = "case", parent: int | None = None, guid: bytes | None = None) -> Case:
        """A new case."""
        with self._store.action("add case"):
            self._store.connection.execute(
                'INSERT INTO "case"(guid, name, kind, parent) VALUES (?, ?, ?, ?)',
                (guid or new_guid(), name, kind, parent),
            )
        return self.get(name)

    def rename(self, case: Case, name: str) -> Case:
        """Give a case another name (RefusedError if it is empty, or another has it)."""
        must_be_free(name, {each.name: each.id for each in self.all()}, case.id, "case")
        with self._store.action("rename case", case=case.id):
            self._store.connection.execute(
                'UPDATE "case" SET name = :name WHERE id = :id AND name <> :name', {"name": name, "id": case.id}
            )
        return self.get(name)

    def change(self, case: Case, *, inside: str | None = None, kind: str | None = None) -> Case:
        """Say which case a case is inside (made if it is new; "" = none), and what kind of case it is; None stays.

        Raises:
            RefusedError: it would be inside itself, or the kind is empty.
        """
        if kind is not None and not kind.strip():
            raise RefusedError("a kind of case needs a name", remedy="Say what it is: site, region, trial.")
        with self._store.action("change case", case=case.id):
            now = self.get(case.name)
            parent = now.parent if inside is None else self.ensure(inside).id if inside else None
            if case.id in nesting.around(self.parents(), parent):
                raise RefusedError(f"{case.name} cannot be inside {inside}, which is inside {case.name} or is the same")
            self._store.connection.execute(
                'UPDATE "case" SET parent = :parent, kind = :kind '
                "WHERE id = :id AND (parent, kind) IS NOT (:parent, :kind)",
                {"parent": parent, "kind": now.kind if kind is None else kind.strip(), "id": case.id},
            )
        return self.get(case.name)

    def ensure(self, name: str) -> Case:
        """The case of that name, made if it is new."""
        return find_named("case", name, self._named()) or self.add(name)


class People:
    """Who was interviewed; `project.people`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Person]:
        """By name, each with the roles it has at each wave."""
        return self._made("1")

    def find(self, name: str) -> Person | None:
        """The person of that name, in any case where only one can be meant, or None (AmbiguousError)."""
        exact = self._made("person.name = ?", (name,))
        if exact:
            return exact[0]
        meant = find_named("person", name, {row[0]: row[0] for row in self._store.rows("SELECT name FROM person")})
        return None if meant is None else self._made("person.name = ?", (meant,))[0]

    def get(self, name: str) -> Person:
        """The person of that name, in any case where only one can be meant (NotFoundError otherwise)."""
        found = self.find(name)
        if found is None:
            raise not_found("person", name, [person.name for person in self.all()])
        return found

    def first_document(self, person: Person) -> str | None:
        """The name of the document in which a person was first said to speak, or None."""
        found = self._store.value(
            "SELECT document.name FROM document_person JOIN document ON document.id = document "
            "WHERE person = ? ORDER BY document_person.id LIMIT 1",
            (person.id,),
        )
        return None if found is None else str(found)

    def _made(self, condition: str, parameters: tuple[str, ...] = ()) -> list[Person]:
        people = self._store.rows(
            f'SELECT id, guid, name, "case" FROM person WHERE {condition} ORDER BY name', parameters
        )
        if not people:  # every new name of an import is asked for
            return []
        roles: dict[int, list[tuple[str, str]]] = {}
        rows = self._store.rows(
            "SELECT person_role.person, wave.name, role.short FROM person_role JOIN person ON person.id = person "
            "JOIN wave ON wave.id = person_role.wave JOIN role ON role.id = person_role.role "
            f"WHERE {condition} ORDER BY wave.position",
            parameters,
        )
        for person, wave, role in rows:
            roles.setdefault(person, []).append((wave, role))
        return [Person(*(*row, tuple(roles.get(row[0], ())))) for row in people]

    def add(
        self,
        name: str,
        case: str | None = None,
        roles: Mapping[str, str] | None = None,
        guid: bytes | None = None,
    ) -> Person:
        """A new person.

        Args:
            name: as cited, "A-SU1"; a pseudonym or number, not a real name.
            case: name of the case it belongs to; made if new.
            roles: wave's name -> role's short name; {"-": "SU"} for a study of one wave.
            guid: for shipped samples and imports that bring their own.
        """
        with self._store.action("add person"):
            case_id = Cases(self._store).ensure(case).id if case else None
            person = self._store.connection.execute(
                'INSERT INTO person(guid, name, "case") VALUES (?, ?, ?)', (guid or new_guid(), name, case_id)
            ).lastrowid
            for wave, role in (roles or {}).items():
                self.set_role(int(person or 0), role, wave)
        return self.get(name)

    def rename(self, person: Person, name: str) -> Person:
        """Give a person another name.

        Raises:
            RefusedError: the name is empty, or another has it, in whatever case.
        """
        must_be_free(name, {each.name: each.id for each in self.all()}, person.id, "person")
        with self._store.action("rename person", person=person.id):
            self._store.connection.execute(
                "UPDATE person SET name = :name WHERE id = :id AND name <> :name", {"name": name, "id": person.id}
            )
        return self.get(name)

    def merge(self, gone: Person, stays: Person, *, keep: bool = False) -> Person:
        """Make one person of two: speakers, case, roles, attributes, memos and summaries go over to the one who stays.

        Where a coder has written a summary of both in one cell, the two texts become one draft.

        Args:
            gone: is no more afterwards.
            stays: keeps name and guid.
            keep: where the two have different cases, roles or attribute values, keep those of the one who stays.

        Raises:
            RefusedError: they contradict each other and `keep` is not said; the message lists where.
        """
        merging.merge(self._store, gone, stays, keep=keep)
        return self.get(stays.name)

    def remove(self, person: Person) -> None:
        """Take away a person on whom nothing rests, with their roles and attributes.

        Raises:
            RefusedError: they speak somewhere, or memos or summaries are of them; the message says what.
        """
        merging.remove(self._store, person)

    def set_role(self, person: int, role: str, wave: str = NO_WAVE) -> None:
        """Say what role a person has at a wave."""
        with self._store.action("set role", person=person):
            wave_id, role_id = Waves(self._store).ensure(wave), Roles(self._store).get(role).id
            has = "SELECT 1 FROM person_role WHERE person = ? AND wave = ? AND role = ?"
            if self._store.value(has, (person, wave_id, role_id)):
                return
            self._store.connection.execute("DELETE FROM person_role WHERE person = ? AND wave = ?", (person, wave_id))
            self._store.connection.execute(
                "INSERT INTO person_role(guid, person, wave, role) VALUES (?, ?, ?, ?)",
                (new_guid(), person, wave_id, role_id),
            )

    def set_case(self, person: int, case: str) -> None:
        """Say which case a person belongs to; the case is made if it is new."""
        with self._store.action("set case", person=person):
            self._store.connection.execute(
                'UPDATE person SET "case" = :case WHERE id = :person AND "case" IS NOT :case',
                {"case": Cases(self._store).ensure(case).id, "person": person},
            )


class Attributes:
    """Variables of people, cases and documents, possibly one value a wave; `project.attributes`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def names(self, holder: Holder) -> list[str]:
        """The names of the variables, in the order they were made."""
        rows = self._store.rows("SELECT name FROM attribute WHERE holder = ? ORDER BY id", (holder,))
        return [row[0] for row in rows]

    def values(self, name: str) -> list[tuple[Holder, int, str, str]]:
        """All that is said of one variable: whose kind, id of the person, case or document, wave's name, value."""
        rows = self._store.rows(
            'SELECT attribute.holder, coalesce(person, "case", document), wave.name, value FROM attribute_value '
            "JOIN attribute ON attribute.id = attribute JOIN wave ON wave.id = attribute_value.wave "
            "WHERE attribute.name = ?",
            (name,),
        )
        return [(holder, row, wave, value) for holder, row, wave, value in rows]

    def of(self, holder: Holder, row: int, wave: str | None = None) -> dict[str, str]:
        """A person's, case's or document's values at a wave; values without a wave ("-") count at every wave."""
        rows = self._store.rows(
            f"SELECT attribute.name, attribute_value.value FROM attribute_value JOIN attribute "
            f"ON attribute.id = attribute JOIN wave ON wave.id = attribute_value.wave "
            f'WHERE attribute_value."{holder}" = ? AND (wave.name = ? OR ? IS NULL OR wave.name = ?) '
            f"ORDER BY attribute.id, wave.position",
            (row, NO_WAVE, wave, wave),
        )
        return dict(rows)

    def at(self, holder: Holder, row: int, wave: str) -> dict[str, str]:
        """The values that were said for one wave and no other."""
        rows = self._store.rows(
            "SELECT attribute.name, attribute_value.value FROM attribute_value "
            "JOIN attribute ON attribute.id = attribute JOIN wave ON wave.id = attribute_value.wave "
            f'WHERE attribute_value."{holder}" = ? AND wave.name = ? ORDER BY attribute.id',
            (row, wave),
        )
        return dict(rows)

    def by_wave(self, holder: Holder, row: int) -> dict[str, dict[str, str]]:
        """Wave -> name -> value, as they were said; "-" has the values that were said without a wave."""
        rows = self._store.rows(
            "SELECT wave.name, attribute.name, attribute_value.value FROM attribute_value "
            "JOIN attribute ON attribute.id = attribute JOIN wave ON wave.id = attribute_value.wave "
            f'WHERE attribute_value."{holder}" = ? ORDER BY wave.position, attribute.id',
            (row,),
        )
        found: dict[str, dict[str, str]] = {}
        for wave, name, value in rows:
            found.setdefault(wave, {})[name] = value
        return found

    def set(self, holder: Holder, row: int, values: Iterable[tuple[str, str]], wave: str = NO_WAVE) -> None:
        """Write values (name, value) of one person, case or document at one wave; an empty value takes it away."""
        with self._store.action("set attributes", holder=holder, row=row):
            wave_id = Waves(self._store).ensure(wave)
            before = self.at(holder, row, wave)
            for name, value in values:
                if before.get(name, "") == value:
                    continue
                if told := doubtful(name, value):
                    self._store.announce(told)
                attribute = self._attribute(name, holder)
                self._store.connection.execute(
                    f'DELETE FROM attribute_value WHERE attribute = ? AND "{holder}" = ? AND wave = ?',
                    (attribute, row, wave_id),
                )
                if value:
                    self._store.connection.execute(
                        f'INSERT INTO attribute_value(guid, attribute, "{holder}", wave, value) VALUES (?, ?, ?, ?, ?)',
                        (new_guid(), attribute, row, wave_id, value),
                    )

    def _attribute(self, name: str, holder: Holder) -> int:
        found = self._store.value("SELECT id FROM attribute WHERE name = ? AND holder = ?", (name, holder))
        if found is not None:
            return int(found)
        made = self._store.connection.execute(
            "INSERT INTO attribute(guid, name, holder) VALUES (?, ?, ?)", (new_guid(), name, holder)
        )
        return int(made.lastrowid or 0)
