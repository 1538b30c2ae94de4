"""The one way to write: one user action is one transaction, logged, committed and durable before anything says so."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from threading import RLock
from typing import Any, NoReturn

from qualcode.errors import NoCoderError, QualcodeError, RefusedError, TroubleError
from qualcode.project import twins
from qualcode.project.engine import WAIT, draw_in, is_in_place
from qualcode.project.guids import new_guid
from qualcode.project.write_once import digest_of

_VALUES = 999
"""Values that any SQLite takes in one statement."""


@dataclass(slots=True)
class OpenAction:
    """The action that is open: its row in the log, and who acts."""

    id: int
    coder: int


def now() -> str:
    """The moment, UTC, as the log writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Store:
    """One connection to one project file: reads with `rows`, writes inside `action`.

    Args:
        connection: opened by `file.open_file`.
        coder: short name of the one who acts, or None for reading only.
        announce: told of what the user should know (a new coder).

    Attributes:
        patience: seconds that one waits for another program's action to end, or, to write the file anew, for its
            reading; a screen stands still so long.
        kept: the backup of a file that was replaced while it was open (`backups.keep_replaced`).
    """

    def __init__(
        self, connection: sqlite3.Connection, coder: str | None, announce: Callable[[str], None] = lambda _note: None
    ) -> None:
        self.connection = connection
        self.coder_short = coder
        self.announce = announce
        self.patience = WAIT
        self.kept: Path | None = None
        self._open: OpenAction | None = None
        self._turn = RLock()  # another thread's action waits for its turn, it does not join this one

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query (TroubleError where the file is damaged)."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except sqlite3.DatabaseError as trouble:
            raise explained(trouble) from trouble

    def row(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None (TroubleError where the file is damaged)."""
        try:
            found: tuple[Any, ...] | None = self.connection.execute(sql, parameters).fetchone()
        except sqlite3.DatabaseError as trouble:
            raise explained(trouble) from trouble
        return found

    def value(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The first value of the first row, or None."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def insert(self, into: str, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows inside an action; `into` is the statement up to VALUES.

        As many a statement as it takes: SQLite looks up the last id (AUTOINCREMENT) and writes it back once for each
        statement, not for each row, and a million segments come a quarter faster so.
        """
        at_once = _VALUES // len(rows[0]) if rows else 1
        for first in range(0, len(rows), at_once):
            some = rows[first : first + at_once]
            row = f"({', '.join('?' * len(some[0]))})"
            self.connection.execute(f"{into} VALUES {', '.join([row] * len(some))}", tuple(chain.from_iterable(some)))

    @property
    def path(self) -> Path:
        """The file, as SQLite has it open: absolute, links followed."""
        return Path(self.value("SELECT file FROM pragma_database_list WHERE name = 'main'"))

    @property
    def is_read_only(self) -> bool:
        """Whether the file can be read and not written."""
        return bool(self.value("PRAGMA query_only"))

    @property
    def viewer(self) -> int:
        """Id of the coder who looks, 0 for nobody in particular."""
        return self._coder_id() or 0

    def state(self) -> tuple[int, int, int]:
        """Another value once this or another process has written something, or somebody else looks."""
        return int(self.value("PRAGMA data_version")), self.connection.total_changes, self.viewer

    @contextmanager
    def telling_at(self, where: str) -> Iterator[None]:
        """What is announced inside is told with its place in a file: `a.yaml:12: ...`."""
        announce = self.announce
        self.announce = lambda note: announce(f"{where}: {note}")
        try:
            yield
        finally:
            self.announce = announce

    def _coder_id(self) -> int | None:
        if self.coder_short is None:
            return None
        found = self.value("SELECT id FROM coder WHERE short = ?", (self.coder_short,))
        return None if found is None else int(found)

    @contextmanager
    def action(self, verb: str, reverses: int | None = None, /, **arguments: object) -> Iterator[OpenAction]:
        """Everything written inside is one action of the acting coder: all of it happens, or none.

        Inside another action it joins that one; what fails inside must then not be caught there, since the outer action
        would keep its half. An action that changed nothing leaves no trace. `arguments` name things by id or short
        code; they never hold transcript text, which would outlive a withdrawal.

        Raises:
            NoCoderError: nobody acts.
            TroubleError: the disk is full or the file busy; nothing was written.
        """
        with self._turn, self.transaction():
            if self._open is not None:
                yield self._open
                return
            coder = self._acting_coder()
            self._open = opened = OpenAction(self._log(coder, verb, reverses, arguments), coder)
            before = self.connection.total_changes
            try:
                yield opened
                if self.connection.total_changes == before or self._changed_nothing(opened.id):
                    self.connection.execute("DELETE FROM action WHERE id = ?", (opened.id,))  # no step of undo
                self.connection.execute("DELETE FROM open_action")
            finally:
                self._open = None

    def _changed_nothing(self, action: int) -> bool:
        """Whether what an action wrote cancels out, and nothing else rests on it; its rows then leave the log."""
        rests = (
            "SELECT 1 FROM action WHERE id = :action AND reverses IS NOT NULL UNION ALL "
            "SELECT 1 FROM codebook_version WHERE action = :action UNION ALL "
            "SELECT 1 FROM barrier WHERE action = :action"
        )
        if self.value(rests, {"action": action}) or not twins.cancels_out(self.connection, action):
            return False
        twins.drop(self.connection, action)
        return True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the file for writing: look first, then act on what was seen. Inside another it joins that one."""
        with self._turn:
            if self.connection.in_transaction:
                yield
                return
            if not is_in_place(self.connection):
                self._refuse_elsewhere()
            try:
                self._begin()
                yield
                self.connection.execute("COMMIT")
            except BaseException as trouble:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                if isinstance(trouble, sqlite3.Error):
                    raise explained(trouble) from trouble
                raise

    def _refuse_elsewhere(self) -> NoReturn:
        from qualcode.project.backups import keep_replaced

        draw_in(self.connection)
        what = "the project file is no longer where it was opened: it was moved or replaced. Nothing was changed"
        try:
            kept = keep_replaced(self)
        except QualcodeError as trouble:
            remedy = f"Leave this open, mend what kept a copy from being made, and try again: {trouble}"
            raise TroubleError(what, remedy=remedy) from trouble
        raise TroubleError(
            what,
            remedy=f"Open it anew. What was done here is kept (qualcode restore {kept} --to FILE brings it back)."
            if kept
            else "Put it back, or open it where it is now; what was done before went with it.",
        )

    def _begin(self) -> None:
        """Take the file for writing."""
        with self.patient():
            self.connection.execute("BEGIN IMMEDIATE")

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Inside, wait no longer for another program than there is patience; reading is never given up so early."""
        self.connection.execute(f"PRAGMA busy_timeout = {self.patience * 1000:.0f}")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {WAIT * 1000:.0f}")

    @contextmanager
    def glance(self) -> Iterator[None]:
        """Look at one moment with the help of passing tables; nothing stays: it works where one may only read."""
        with self._turn:
            if self.connection.in_transaction:
                yield
                return
            is_read_only = self.is_read_only
            self.connection.execute("PRAGMA query_only = OFF")  # it forbids passing tables too; mode=ro guards the file
            self.connection.execute("BEGIN")
            try:
                yield
            except sqlite3.Error as trouble:
                raise explained(trouble) from trouble
            finally:
                self.connection.execute("ROLLBACK")
                self.connection.execute(f"PRAGMA query_only = {'ON' if is_read_only else 'OFF'}")

    def _log(self, coder: int, verb: str, reverses: int | None, arguments: dict[str, object]) -> int:
        guid, *said = new_guid(), coder, now(), verb, json.dumps(arguments, sort_keys=True), reverses
        action = self.connection.execute(
            "INSERT INTO action(guid, coder, at, verb, arguments, reverses, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (guid, *said, digest_of(guid.hex(), *said)),
        ).lastrowid
        self.connection.execute("INSERT INTO open_action VALUES (1, ?)", (action,))
        return int(action or 0)

    def _acting_coder(self) -> int:
        if not self.coder_short:
            raise NoCoderError(
                "nobody is named as the coder, and nothing is written without one",
                remedy="Say who you are: --coder AK, or set QUALCODE_CODER=AK.",
            )
        known = self._coder_id()
        if known is not None and self.value("SELECT kind FROM coder WHERE id = ?", (known,)) == "rules":
            raise NoCoderError(
                f"{self.coder_short} is what rules propose as, and rules decide nothing", remedy="Say who you are."
            )
        return known if known is not None else self.add_coder(self.coder_short, self.coder_short)

    def add_coder(self, short: str, name: str, kind: str = "person") -> int:
        """Write a new coder's row (coders are write-once) and return its id. Only inside a transaction."""
        added = self.connection.execute(
            "INSERT INTO coder(guid, short, name, kind) VALUES (?, ?, ?, ?)", (new_guid(), short, name, kind)
        ).lastrowid
        if kind != "rules":
            self.announce(f"{short} is a new coder in this project.")
        return int(added or 0)

    def new_codebook_version(self, action: OpenAction) -> int:
        """The codebook version that this action makes: one higher than before, once an action."""
        made = self.value("SELECT number FROM codebook_version WHERE action = ?", (action.id,))
        if made is None:
            made = self.codebook_version() + 1
            self.connection.execute("INSERT INTO codebook_version VALUES (?, ?)", (made, action.id))
        return int(made)

    def codebook_version(self) -> int:
        """The codebook's present version; 0 before there is a code."""
        return int(self.value("SELECT coalesce(max(number), 0) FROM codebook_version"))


_TROUBLES: tuple[tuple[str, type[QualcodeError], str, str], ...] = (
    ("full", TroubleError, "the disk is full: nothing was lost, this action was not written", "Free some space."),
    ("disk I/O", TroubleError, "the disk does not take more: this action was not written", "Look at the disk."),
    (
        "locked",
        TroubleError,
        "another program is writing to this project, and goes on writing: nothing was changed",
        "Try again in a moment, or close it.",
    ),
    (
        "readonly",
        TroubleError,
        "the project file can be read here, but it cannot be written: nothing was changed",
        "Look at the permissions of the file and its folder, or copy it to a folder of your own.",
    ),
    ("FOREIGN KEY", RefusedError, "something else still rests on this", "Remove or undo what uses it first."),
    ("UNIQUE", RefusedError, "there is one of that name already", "Choose another name."),
    ("Could not decode", TroubleError, "the project file is damaged: a text in it is no text", "Look: qualcode check."),
    ("malformed", TroubleError, "the project file is damaged", "Look: qualcode check; then qualcode restore."),
    ("unable to open", TroubleError, "the project file cannot be opened", "Look at the folder's permissions."),
    ("not a database", TroubleError, "the project file is damaged", "Bring back a backup: qualcode restore."),
)
"""What SQLite says, the error it becomes, and what to do."""


def explained(trouble: sqlite3.Error) -> QualcodeError:
    """SQLite's word for it, as an error that says what to do."""
    text = str(trouble)
    for sign, kind, what, remedy in _TROUBLES:
        if sign in text:
            return kind(what, remedy=remedy)
    return TroubleError(f"the project file could not be used ({text})")
