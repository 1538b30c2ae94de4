"""What coders who met decided on passages and claims on which they differed: outcome, reason, by whom and when."""

from dataclasses import dataclass, fields
from datetime import datetime

from qualcode.errors import NotFoundError
from qualcode.model import Document
from qualcode.project.actions import Store
from qualcode.project.guids import new_guid
from qualcode.project.visibility import coding_seen

OUTCOMES = ("as", "both", "neither", "recode")
"""The first words of outcomes; "as" is followed by the short name of the coder whose coding stands."""


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to be written down.

    Attributes:
        document: id.
        start, end: half-open code points of its current text: all that any coder gave the code.
        code: id; of a claim the code it leads from.
        to_code: of a claim the code it leads to; None for a passage.
        outcome: "as AK", "both", "neither" or "recode".
        reason: in the words of those who decided; "" where none was given.
        round: the coders' round that was compared.
        instead, instead_to: with "recode": the code, or the claim's ends, that stand instead; None = as before.
        direction: with "recode" of a claim: its direction; None = as before.
    """

    document: int
    start: int
    end: int
    code: int
    to_code: int | None
    outcome: str
    reason: str
    round: int
    instead: int | None = None
    instead_to: int | None = None
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that stands.

    Attributes:
        id: its number.
        coder: id of the one who wrote it down.
        at: when.
        said: the rest; `text` is the version its place is of.
        action: number of the action that wrote it down: actions are numbered in the order of time.
    """

    id: int
    coder: int
    at: datetime
    text: int
    said: NewDecision
    action: int


@dataclass(frozen=True, slots=True)
class Redefined:
    """A definition that was written: code's id, the version it made, by whom (id) and when."""

    code: int
    version: int
    coder: int
    at: datetime


_COLUMNS = tuple(each.name for each in fields(NewDecision))


class Decisions:
    """What was decided on differences; `project.decisions`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, document: Document | None = None) -> list[Decision]:
        """Those that may be seen, by document and place; of one document if named."""
        rows = self._store.rows(
            f"""SELECT decision.id, decision.coder, action.at, text, action.id, {", ".join(_COLUMNS)}
            FROM decision JOIN action ON action.id = (SELECT action FROM log_decision
                WHERE log_decision.id = decision.id AND sign = 1 ORDER BY seq LIMIT 1)
            WHERE code IS NOT NULL AND (? IS NULL OR document = ?) AND {coding_seen(self._store, "decision")}
            ORDER BY document, start, "end", decision.id""",
            (document.id if document else None, document.id if document else None),
        )
        return [
            Decision(number, coder, datetime.fromisoformat(at), text, NewDecision(*said), action)
            for number, coder, at, text, action, *said in rows
        ]

    def add(self, new: NewDecision) -> None:
        """Write a decision down; only inside an action, with what follows from it.

        Raises:
            NotFoundError: there is no such document.
        """
        with self._store.action("decide") as action:
            text = self._store.value("SELECT text FROM document WHERE id = ?", (new.document,))
            if text is None:
                raise NotFoundError(f"there is no document with id {new.document}")
            said = {name: getattr(new, name) for name in _COLUMNS}
            said |= {"guid": new_guid(), "text": text, "coder": action.coder}
            columns = ", ".join(f'"{name}"' for name in said)
            marks = ", ".join("?" * len(said))
            sql = f"INSERT INTO decision({columns}) VALUES ({marks})"
            self._store.connection.execute(sql, tuple(said.values()))

    def remove(self, decision: Decision) -> None:
        """Take a decision away, whosever hand wrote it: it was all who met who decided; only inside an action."""
        with self._store.action("take back decision"):
            self._store.connection.execute("DELETE FROM decision WHERE id = ?", (decision.id,))

    def redefined_since(self, moment: datetime) -> list[Redefined]:
        """The definitions written after a moment that stand, in the order of time."""
        rows = self._store.rows(
            """SELECT definition.code, definition.version, action.coder, action.at FROM definition
            JOIN log_definition ON log_definition.id = definition.id AND sign = 1
            JOIN action ON action.id = log_definition.action
            GROUP BY definition.id HAVING seq = min(seq) ORDER BY action.id, definition.id"""
        )
        found = [Redefined(code, version, coder, datetime.fromisoformat(at)) for code, version, coder, at in rows]
        return [each for each in found if each.version > 1 and each.at >= moment]
