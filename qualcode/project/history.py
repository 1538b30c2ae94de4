"""What was done, by whom and when; undo and redo.

Undo is personal: it takes back the acting coder's own last live action, and refuses where a later action touched the
same rows. An undo is an action too, so it stands in the log, survives a restart and can be redone until that coder
does something else.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from qualcode.errors import RefusedError
from qualcode.model import Action
from qualcode.project import nesting, twins
from qualcode.project.actions import Store
from qualcode.project.care import LEFT_BEHIND, STRAY_PASSAGES
from qualcode.project.cases import Cases
from qualcode.project.codes import Codes, circling
from qualcode.project.documents import Documents
from qualcode.project.past import as_it_was
from qualcode.project.schema import LOGGED, PASSAGES
from qualcode.project.visibility import BEGUN_BY_ANOTHER, BLIND_VERB, action_hidden, blind_rounds, coding_seen

_SELECT = """SELECT action.id, action.guid, coder.short, action.at, action.verb, action.arguments, action.reverses,
    {hidden} FROM action JOIN coder ON coder.id = action.coder"""

_OF_DOCUMENT = " UNION ".join(
    [
        *(
            f"SELECT action FROM log_{table} WHERE document = :document"
            for table in (*PASSAGES, "document_person", "memo")
        ),
        "SELECT action FROM log_document WHERE id = :document",
        *(f"SELECT action FROM log_{table} WHERE document = :document" for table in ("round", "assignment")),
    ]
)
_OF_CODE = " UNION ".join(
    [
        *(
            f"SELECT action FROM log_{table} WHERE code = :code"
            for table in ("segment", "definition", "memo", "summary", "proposal")
        ),
        "SELECT action FROM log_code WHERE id = :code",
        "SELECT action FROM log_claim WHERE :code IN (from_code, to_code)",
        "SELECT action FROM log_code_relation WHERE :code IN (code, target)",
    ]
)
"""What touched a document, or a code: ids of actions."""

_OWNERS = (("code", "short"), ("person", "name"), ("case", "name"), ("document", "name"))
"""Columns that tell whose a row is, and how that is called."""


class History:
    """The change log as people read it; `project.history`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def actions(
        self,
        limit: int | None = None,
        coder: str | None = None,
        *,
        document: str | None = None,
        code: str | None = None,
    ) -> list[Action]:
        """The actions, newest first.

        Of another coder's blind coding only the last is told, who and when, and not how much there is, until all have
        finished; asked for what was done to a document or code, nothing at all.

        Args:
            limit: at most so many.
            coder: only theirs, by short name.
            document: only what touched this document, its coding or memos, by name.
            code: only what touched this code, what is coded with it, or memos on it, by short name.
        """
        undone, hidden = self._reversed(), action_hidden(self._store)
        last = f"SELECT max(action.id) FROM action WHERE {hidden} GROUP BY action.coder"
        conditions = ["(:coder IS NULL OR coder.short = :coder)", f"(NOT {hidden} OR action.id IN ({last}))"]
        asked: dict[str, object] = {"coder": coder, "limit": limit or -1}
        for name, value, touching in (("document", document, _OF_DOCUMENT), ("code", code, _OF_CODE)):
            if value is not None:
                asked[name] = (Documents if name == "document" else Codes)(self._store).get(value).id
                conditions.append(f"action.id IN ({touching}) AND NOT {hidden}")
        rows = self._store.rows(
            f"{_SELECT.format(hidden=hidden)} WHERE {' AND '.join(conditions)} ORDER BY action.id DESC LIMIT :limit",
            asked,
        )
        return [self._made(row, undone) for row in rows]

    def count(self) -> int:
        """How many actions there are."""
        return int(self._store.value("SELECT count(*) FROM action"))

    def changed(self, action: Action) -> dict[str, tuple[int, int]]:
        """What an action wrote: table -> rows taken away, rows put there (a change is both)."""
        if action.verb == BLIND_VERB:
            return {}
        found = {}
        for table in twins.touched(self._store.connection, action.id):
            counts = dict(
                self._store.rows(f"SELECT sign, count(*) FROM log_{table} WHERE action = ? GROUP BY sign", (action.id,))
            )
            found[table.replace("_", " ")] = (int(counts.get(-1, 0)), int(counts.get(1, 0)))
        return found

    def passages(self, action: Action) -> list[tuple[int, int, int]]:
        """(document, start, end) of the coding and claims that an action wrote or took away, sorted.

        Only those in the texts that documents have now; nothing of what somebody else codes blind.
        """
        if action.verb == BLIND_VERB:
            return []
        union = " UNION ".join(
            f"SELECT log.document, start, end FROM log_{table} AS log JOIN document ON document.text = log.text "
            "WHERE action = :action"
            for table in PASSAGES
            if table != "read_mark"
        )
        return sorted(self._store.rows(union, {"action": action.id}))

    def _made(self, row: tuple[Any, ...], undone: set[int]) -> Action:
        moment, arguments = datetime.fromisoformat(row[3]), json.loads(row[5])
        if row[7]:
            return Action(row[0], row[1], row[2], moment, BLIND_VERB, {}, None, undone=False)
        return Action(row[0], row[1], row[2], moment, row[4], arguments, row[6], row[0] in undone)

    def _reversed(self) -> set[int]:
        """Ids of the actions whose effect does not stand: reversed by one that itself stands."""
        standing_reversals: set[int] = set()
        for action, target in self._store.rows(
            "SELECT id, reverses FROM action WHERE reverses IS NOT NULL ORDER BY id DESC"
        ):
            if action not in standing_reversals:
                standing_reversals.add(target)
        return standing_reversals

    def at(self, action: int) -> AbstractContextManager[None]:
        """The project as it stood once an action (by id) was done: inside, all that is read is from then.

        Nothing can be written inside, and the project must not be used by another thread meanwhile. See `past.py` for
        what blind coding and forgetting mean for it.
        """
        return as_it_was(self._store, action)

    def last_change(self) -> str:
        """The moment of the last action in the project, ISO in UTC; "" if there is none."""
        return str(self._store.value("SELECT at FROM action ORDER BY id DESC LIMIT 1") or "")

    def codes_before_coding(self) -> set[int]:
        """Ids of the codes that were made before the first passage was coded; all of them, if none was yet."""
        rows = self._store.rows(
            "SELECT id FROM log_code GROUP BY id HAVING min(action) < "
            "(SELECT coalesce(min(action), 9223372036854775807) FROM log_segment WHERE sign = 1)"
        )
        return {row[0] for row in rows}

    def undo(self) -> Action:
        """Take back the acting coder's last live action.

        Returns:
            The action that was taken back.

        Raises:
            RefusedError: there is none, a later action touched the same things, or something was forgotten since.
        """
        with self._named("undo", self._undoable), self._store.transaction():
            target = self._undoable()
            if target is None:
                raise RefusedError("there is nothing of yours to undo")
            self._reverse("undo", target)
        return self._action(self._origin(target))

    def redo(self) -> Action:
        """Bring back what the acting coder undid last; possible until they do something else.

        Returns:
            The action that stands again.

        Raises:
            RefusedError: there is nothing to redo, or a later action touched the same things.
        """
        with self._named("redo", self._redoable), self._store.transaction():
            target = self._redoable()
            if target is None:
                raise RefusedError("there is nothing to redo")
            self._reverse("redo", target)
        return self._action(self._origin(target))

    def _own(self) -> Iterator[tuple[int, str, int | None]]:
        """The acting coder's actions (id, verb, reverses), newest first, back to the barrier."""
        barrier = int(self._store.value("SELECT coalesce(max(action), 0) FROM barrier"))
        yield from self._store.connection.execute(
            "SELECT id, verb, reverses FROM action WHERE coder = ? AND id > ? ORDER BY id DESC",
            (self._store.viewer, barrier),
        )

    def _undoable(self) -> int | None:
        gone: set[int] = set()
        for action, verb, target in self._own():
            if action in gone:
                continue
            if verb == "undo":
                gone.add(int(target or 0))
            elif twins.touched(self._store.connection, action):
                return action
        return None

    def _redoable(self) -> int | None:
        gone: set[int] = set()
        for action, verb, target in self._own():
            if verb == "redo":
                gone.add(int(target or 0))
            elif verb != "undo":
                return None
            elif action not in gone:
                return action
        return None

    def _origin(self, action: int) -> int:
        """The action that a chain of undo and redo began with."""
        while (target := self._store.value("SELECT reverses FROM action WHERE id = ?", (action,))) is not None:
            action = target
        return action

    def _action(self, number: int) -> Action:
        row = self._store.row(f"{_SELECT.format(hidden=action_hidden(self._store))} WHERE action.id = ?", (number,))
        if row is None:
            raise RefusedError(f"there is no action {number}")
        return self._made(row, self._reversed())

    @contextmanager
    def _named(self, verb: str, chosen: Callable[[], int | None]) -> Iterator[None]:
        """Where SQLite says that rows rest on what would go, say whose they are: looked up then only, it takes long."""
        try:
            yield
        except RefusedError as refused:
            if isinstance(refused.__cause__, sqlite3.IntegrityError):
                with self._store.glance():
                    self._look_who_rests(verb, chosen() or 0)
            raise

    def _look_who_rests(self, verb: str, target: int) -> None:
        self._reverse(verb, target)
        for parent in twins.touched(self._store.connection, target):
            gone = f"SELECT id FROM log_{parent} WHERE action = ? EXCEPT SELECT id FROM {twins.quoted(parent)}"
            for child, column in self._referring(parent):
                condition = f"{twins.quoted(column)} IN ({gone})"
                row = self._store.value(f"SELECT id FROM {twins.quoted(child)} WHERE {condition} LIMIT 1", (target,))
                if row is not None:
                    raise self._resting(child, row)

    def _referring(self, parent: str) -> list[tuple[str, str]]:
        """(table, column) of what points at a table."""
        return [
            (table, column)
            for table in LOGGED
            for _, _, other, column, *_ in self._store.rows(f"PRAGMA foreign_key_list({twins.quoted(table)})")
            if other == parent
        ]

    def _resting(self, table: str, row: int) -> RefusedError:
        last = self._store.value(f"SELECT action FROM log_{table} WHERE id = ? ORDER BY seq DESC", (row,))
        later = self._action(last)
        return RefusedError(
            f"{later.coder}'s {table.replace('_', ' ')} {row} rests on what would go "
            f"({later.verb}, {later.at:%d %b %H:%M} UTC)",
            remedy=f"It has to be undone or removed first, by {later.coder}.",
        )

    def _reverse(self, verb: str, target: int) -> None:
        connection = self._store.connection
        touched = twins.touched(connection, target)
        for table in touched:
            if twins.changed_since(connection, table, target):
                raise self._refusal(verb, table, target)
        blind = blind_rounds(self._store)
        with self._store.action(verb, target) as action:
            for table in touched:
                twins.reverse(connection, table, target)
            self._must_be_sound(verb, target, touched)
            self._must_stay_finished(target, blind)
            self._must_stay_blind(target)
            if self._store.value("SELECT 1 FROM codebook_version WHERE action = ?", (target,)):
                self._store.new_codebook_version(action)

    def _must_be_sound(self, verb: str, target: int, touched: list[str]) -> None:
        """Refuse what no single row shows: stray passages, evidence left behind, a code or case inside itself."""
        if any(self._store.rows(sql) for table, sql in LEFT_BEHIND.items() if table in touched):
            raise RefusedError(f"to {verb} this rests on a passage or claim that its coder has changed since")
        if "code" in touched and circling(self._store):
            raise RefusedError(f"to {verb} this would put a code below itself, since others were moved or merged")
        if "case" in touched and any(nesting.endless(Cases(self._store).parents())):
            raise RefusedError(f"to {verb} this would put a case inside itself, since others were moved")
        for table in touched:
            if table == "document":  # its text may be another one: everything that stands in it
                where = "AND document.id IN (SELECT id FROM log_document WHERE action = ?)"
                for each in PASSAGES:
                    self._must_not_stray(verb, each, where, target)
            elif table in PASSAGES:
                self._must_not_stray(
                    verb, table, f"AND passage.id IN (SELECT id FROM log_{table} WHERE action = ?)", target
                )

    def _must_not_stray(self, verb: str, table: str, where: str, target: int) -> None:
        if row := self._store.value(f"{STRAY_PASSAGES.format(table=table)} {where} ORDER BY 1", (target,)):
            raise self._stray(verb, table, row)

    def _stray(self, verb: str, table: str, row: int) -> RefusedError:
        """Whose passage would not stand in the text, as far as one may know."""
        seen = self._store.row(
            f"SELECT coder.short, document.name FROM {table} JOIN document ON document.id = {table}.document "
            f"JOIN coder ON coder.id = {table}.coder WHERE {table}.id = ? AND {coding_seen(self._store, table)}",
            (row,),
        )
        which = "a passage in it" if seen is None else f"{seen[0]}'s {table.replace('_', ' ')} {row} in {seen[1]}"
        return RefusedError(
            f"to {verb} this does not fit the text: it was corrected, or coded further, since ({which})",
            remedy="What was done there since must be undone or removed first, by whoever did it.",
        )

    def _must_stay_finished(self, target: int, blind: set[tuple[int, int]]) -> None:
        """Refuse to take back the finish of a blind round that was over: each may have read the others' coding."""
        finished = self._store.rows(
            "SELECT document, number FROM log_round WHERE action = ? AND sign = 1 AND state = 'finished'", (target,)
        )
        if set(finished) & (blind_rounds(self._store) - blind):
            raise RefusedError(
                "all who coded blind have finished, and may have read each other's coding: the round stays finished",
                remedy="Code on: what you change now belongs to your next round.",
            )

    def _must_stay_blind(self, target: int) -> None:
        """Refuse to take back that a document be coded blind once another has begun: it would lay their coding open."""
        taken = self._store.rows(
            "SELECT DISTINCT document.id, document.name FROM log_assignment AS asked "
            "JOIN document ON document.id = asked.document WHERE action = ? AND sign = 1 AND blind = 1 "
            "AND asked.id NOT IN (SELECT id FROM assignment)",
            (target,),
        )
        for document, name in taken:
            if begun := self._store.value(BEGUN_BY_ANOTHER, (target, document, self._store.viewer)):
                raise RefusedError(
                    f"{begun} has begun to code {name} since, blind: what was asked for blind stays so",
                    remedy="All is seen once everybody who was asked has finished: qualcode assign --list",
                )

    def _refusal(self, verb: str, table: str, target: int) -> RefusedError:
        later = self._action(twins.last_change(self._store.connection, table, target))
        return RefusedError(
            f"{later.coder} has changed {self._what(table, target)} since ({later.verb}, {later.at:%d %b %H:%M} UTC)",
            remedy=f"What was done later must be undone first, by {later.coder}." if verb == "undo" else "",
        )

    def _what(self, table: str, target: int) -> str:
        """What an action touched in a table: "the definition of P3", else "the same segment"."""
        noun = table.replace("_", " ")
        for column, name in _OWNERS if table in twins.PLACES else ():
            if twins.quoted(column) in twins.columns_of(self._store.connection, table):
                owners = f"SELECT {twins.quoted(column)} FROM log_{table} WHERE action = ?"
                sql = f"SELECT {name} FROM {twins.quoted(column)} WHERE id IN ({owners}) ORDER BY {name} LIMIT 1"
                if owner := self._store.value(sql, (target,)):
                    return f"the {noun} of {owner}"
        return f"the same {noun}"
