"""The roles of the study, and what the words of each count as."""

from qualcode.errors import RefusedError
from qualcode.model import Role, Whose
from qualcode.model import Standing as StandingName
from qualcode.project.actions import Store
from qualcode.project.guids import new_guid
from qualcode.project.naming import get_named, must_be_free
from qualcode.project.wording import must_be_words
from qualcode.visible import visible_line

_LONGEST_ROLE = 20


class Roles:
    """The roles of the study; a new project knows PW, SU, ST and MG."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Role]:
        """In the order they are shown."""
        rows = self._store.rows("SELECT id, short, name, whose, standing FROM role ORDER BY position")
        return [Role(*row) for row in rows]

    def get(self, short: str) -> Role:
        """The role of that short name, in any case (NotFoundError otherwise)."""
        return get_named("role", short, {role.short: role for role in self.all()})

    def add(
        self, short: str, name: str, whose: Whose = "supported person", standing: StandingName = "witnessed"
    ) -> Role:
        """A new role, with what its words count as unless a coder says otherwise.

        Raises:
            RefusedError: the short name is taken or no short name, or there is no such word for whose or standing.
        """
        _must_be_short(short)
        must_be_free(short, {each.short: each.id for each in self.all()}, 0, "role")
        must_be_words(whose=whose, standing=standing)
        with self._store.action("add role", role=short):
            position = self._store.value("SELECT coalesce(max(position), -1) + 1 FROM role")
            self._store.connection.execute(
                "INSERT INTO role(guid, short, name, position, whose, standing) VALUES (?, ?, ?, ?, ?, ?)",
                (new_guid(), short, name, position, whose, standing),
            )
        return self.get(short)

    def change(
        self,
        role: Role,
        *,
        short: str | None = None,
        name: str | None = None,
        whose: Whose | None = None,
        standing: StandingName | None = None,
    ) -> Role:
        """Rename a role, or say otherwise what its words count as; what is None stays.

        Codes that are meant for the role are then meant for it under its new short name.

        Raises:
            RefusedError: the short name is taken or no short name, or there is no such word for whose or standing.
        """
        wanted = Role(role.id, short or role.short, name or role.name, whose or role.whose, standing or role.standing)
        _must_be_short(wanted.short)
        must_be_free(wanted.short, {each.short: each.id for each in self.all()}, role.id, "role")
        must_be_words(whose=wanted.whose, standing=wanted.standing)
        if wanted == role:
            return role
        with self._store.action("change role", role=wanted.short):
            self._store.connection.execute(
                "UPDATE role SET short = ?, name = ?, whose = ?, standing = ? WHERE id = ?",
                (wanted.short, wanted.name, wanted.whose, wanted.standing, role.id),
            )
            self._rename_in_codes(role.short, wanted.short)
        return self.get(wanted.short)

    def _rename_in_codes(self, short: str, new: str) -> None:
        for code, applies_to in self._store.rows("SELECT id, applies_to FROM code WHERE applies_to <> ''"):
            renamed = " ".join(new if each == short else each for each in applies_to.split())
            if renamed != applies_to:
                self._store.connection.execute("UPDATE code SET applies_to = ? WHERE id = ?", (renamed, code))


def _must_be_short(short: str) -> None:
    """Refuse what cannot stand in a list of roles."""
    if not short or len(short.split()) != 1 or len(short) > _LONGEST_ROLE or visible_line(short) != short:
        raise RefusedError(
            f"{short!r} is not a short name for a role", remedy=f"Use up to {_LONGEST_ROLE} letters without blanks: VO"
        )
