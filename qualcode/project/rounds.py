"""Coding under rounds: a coder's own row in a finished round is closed and a new one opened; in an open one it changes.

Segments, claims and claim evidence have a `round`, the first in which they stood, and `until`, the first in which they
did not. Rounds are a coder's on a document. Evidence counts by the rounds of the one who added it, on the document of
the claim: finishing that document freezes what a coder says about its claims, wherever the passage stands.

What hangs on a row goes with it to the new one. Memos, edited quotes and the links from summaries are no part of the
frozen coding: they are moved. Evidence is, so it is rewritten by the same rule.
"""

from collections.abc import Mapping

from qualcode.errors import RefusedError
from qualcode.project import twins
from qualcode.project.actions import Store
from qualcode.project.coders import Coders
from qualcode.project.finishing import HOMES
from qualcode.project.guids import new_guid

IN_ROUND = "round <= ? AND (until IS NULL OR until > ?)"
"""SQL condition, the round's number twice: the rows that stood in a round."""

_NOUNS = {"segment": "passage", "claim": "claim", "claim_evidence": "evidence"}
_SAME = {
    "segment": ("document", "start", "end", "code", "coder"),
    "claim": ("document", "start", "end", "from_code", "to_code", "coder"),
}
"""What a row and the one that came in its place mostly have in common."""

_WITH_MEMOS = ("segment", "claim")
_OF_SUMMARIES = "SELECT coder FROM summary JOIN summary_segment ON summary = summary.id WHERE segment = ?"
_OTHERS = {
    "segment": (
        (_OF_SUMMARIES, "a summary of {owner}'s rests on this passage"),
        ("SELECT coder FROM quote WHERE segment = ?", "{owner} has edited this quote for print"),
    ),
    "claim": (
        (
            "SELECT coder FROM claim_evidence WHERE claim = ? AND until IS NULL",
            "{owner} has added evidence to this claim",
        ),
    ),
    "claim_evidence": (),
}
"""Who has built on a row, and how to say so."""


def must_stand(store: Store, table: str, row: int) -> None:
    """Refuse what only a finished round keeps."""
    if store.value(f"SELECT until FROM {table} WHERE id = ?", (row,)) is not None:
        now = _successor(store, table, row)
        raise RefusedError(
            f"this {_NOUNS[table]} no longer stands: it was changed after its round was finished",
            remedy="" if now is None else f"{row} is now {now}.",
        )


def _successor(store: Store, table: str, row: int) -> int | None:
    """The row that stands at the same place in the place of one that only a finished round keeps, if it is but one."""
    same = " AND ".join(f"new.{column} = old.{column}" for column in _SAME.get(table, ()))
    if not same:
        return None
    sql = f"SELECT new.id FROM {table} old JOIN {table} new ON {same} AND new.until IS NULL WHERE old.id = ?"
    found = store.rows(sql, (row,))
    return int(found[0][0]) if len(found) == 1 else None


def change(store: Store, table: str, row: int, coder: int, changes: Mapping[str, object]) -> int:
    """Change a coder's own segment or claim, with what hangs on it; only inside an action.

    Returns:
        Id of the row that stands now: the same in an open round, a new one where a finished round keeps the old.

    Raises:
        RefusedError: it is another coder's, or no longer stands.
    """
    _must_be_own(store, table, row, coder)
    return _rewrite(store, table, row, changes)


def remove(store: Store, table: str, row: int, coder: int) -> None:
    """Take away a coder's own segment, claim or evidence, with what they have hung on it; only inside an action.

    A finished round keeps the row, and the memos on it.

    Raises:
        RefusedError: it is another coder's, no longer stands, or somebody else's work would go with it.
    """
    _must_be_own(store, table, row, coder)
    others = [*_OTHERS[table]]
    if table in _WITH_MEMOS and not _is_finished(store, table, row):
        memos = f"SELECT coder FROM memo WHERE {table} = ?"
        others.append((memos, f"{{owner}} has written a memo on this {_NOUNS[table]}"))
    for sql, what in others:
        for (other,) in store.rows(sql, (row,)):
            if other != coder:
                owner = Coders(store).get(other).short
                raise RefusedError(what.format(owner=owner), remedy=f"It would go too: {owner} must remove it first.")
    _take_away(store, table, row)


def _must_be_own(store: Store, table: str, row: int, coder: int) -> None:
    must_stand(store, table, row)
    other = store.value(f"SELECT coder FROM {table} WHERE id = ?", (row,))
    if other != coder:
        owner, how = Coders(store).get(other).short, "added" if table == "claim_evidence" else "coded"
        raise RefusedError(
            f"this {_NOUNS[table]} was {how} by {owner}", remedy="A coder changes only their own coding."
        )


def _round_now(store: Store, table: str, row: int) -> int:
    """The round that the row's coder is in."""
    found = store.rows(f"SELECT {HOMES[table]}, coder FROM {table} WHERE id = ?", (row,))
    return Coders(store).round_of(*found[0])


def _is_finished(store: Store, table: str, row: int) -> bool:
    begun = int(store.value(f"SELECT round FROM {table} WHERE id = ?", (row,)))
    return begun < _round_now(store, table, row)


def _rewrite(store: Store, table: str, row: int, changes: Mapping[str, object]) -> int:
    if not _is_finished(store, table, row):
        sets = ", ".join(f"{column} = ?" for column in changes)
        store.connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*changes.values(), row))
        return row
    new = _copy(store, table, row, {**changes, "guid": new_guid(), "round": _round_now(store, table, row)})
    _close(store, table, row)
    if table == "segment":
        for links in ("summary_segment", "quote"):
            store.connection.execute(f"UPDATE {links} SET segment = ? WHERE segment = ?", (new, row))
    if table == "claim":
        for each in _evidence(store, row):
            _rewrite(store, "claim_evidence", each, {"claim": new})
    if table in _WITH_MEMOS:
        store.connection.execute(f"UPDATE memo SET {table} = ? WHERE {table} = ?", (new, row))
    return new


def _copy(store: Store, table: str, row: int, changes: Mapping[str, object]) -> int:
    columns = [each.strip('"') for each in twins.columns_of(store.connection, table)]
    kept = [column for column in columns if column != "id" and column not in changes]
    listed, marks = ", ".join([*changes, *kept]), ", ".join("?" * len(changes))
    made = store.connection.execute(
        f"INSERT INTO {table}({listed}) SELECT {marks}, {', '.join(kept)} FROM {table} WHERE id = ?",
        (*changes.values(), row),
    )
    return int(made.lastrowid or 0)


def _take_away(store: Store, table: str, row: int) -> None:
    if table == "segment":
        for links in ("summary_segment", "quote"):
            store.connection.execute(f"DELETE FROM {links} WHERE segment = ?", (row,))
    if table == "claim":
        for each in _evidence(store, row):
            _take_away(store, "claim_evidence", each)
    if _is_finished(store, table, row):
        _close(store, table, row)
        return
    if table in _WITH_MEMOS:
        store.connection.execute(f"DELETE FROM memo WHERE {table} = ?", (row,))
    store.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))


def _close(store: Store, table: str, row: int) -> None:
    until = _round_now(store, table, row)
    store.connection.execute(f"UPDATE {table} SET until = ? WHERE id = ?", (until, row))


def _evidence(store: Store, claim: int) -> list[int]:
    """Everybody's, seen or not: what hangs on a claim goes with it."""
    found = store.rows("SELECT id FROM claim_evidence WHERE claim = ? AND until IS NULL ORDER BY id", (claim,))
    return [row[0] for row in found]
