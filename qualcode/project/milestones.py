"""Named points in the project's history: "submitted-v1"."""

from datetime import datetime

from qualcode.errors import RefusedError
from qualcode.model import Milestone
from qualcode.project.actions import Store
from qualcode.project.guids import new_guid
from qualcode.project.naming import find_named, get_named, must_be_free

_SELECT = """SELECT milestone.id, milestone.guid, milestone.name, coder.short, action.at, action.id FROM milestone
    JOIN (SELECT id, min(action) AS made FROM log_milestone GROUP BY id) AS first ON first.id = milestone.id
    JOIN action ON action.id = first.made JOIN coder ON coder.id = action.coder ORDER BY action.id"""
"""A milestone stands where it was first made, also where that was undone and done again."""


class Milestones:
    """The project's milestones; `project.milestones`. How it stood at one: `project.history.at(milestone.action)`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Milestone]:
        """Every milestone, the oldest first."""
        return [
            Milestone(row, guid, name, coder, datetime.fromisoformat(at), action)
            for row, guid, name, coder, at, action in self._store.rows(_SELECT)
        ]

    def get(self, name: str) -> Milestone:
        """The milestone of that name, in any case (NotFoundError otherwise)."""
        return get_named("milestone", name, self._by_name())

    def find(self, name: str) -> Milestone | None:
        """The milestone of that name, in any case; None where there is none."""
        return find_named("milestone", name, self._by_name())

    def _by_name(self) -> dict[str, Milestone]:
        return {each.name: each for each in self.all()}

    def add(self, name: str) -> Milestone:
        """Name the project as it stands now.

        Raises:
            RefusedError: the name is empty or taken, in whatever case, or has more than one line.
        """
        name = name.strip()
        if len(name.splitlines()) > 1:
            raise RefusedError("a milestone's name stands on one line")
        with self._store.action("add milestone", milestone=name):
            must_be_free(name, {each.name: each.id for each in self.all()}, 0, "milestone")
            self._store.connection.execute("INSERT INTO milestone(guid, name) VALUES (?, ?)", (new_guid(), name))
        return self.get(name)

    def remove(self, milestone: Milestone) -> None:
        """Take the name away; nothing that was done is touched."""
        with self._store.action("remove milestone", milestone=milestone.id):
            self._store.connection.execute("DELETE FROM milestone WHERE id = ?", (milestone.id,))
