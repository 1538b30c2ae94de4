"""What became of the segments that a summary rests on, read from the log: a chart cell is stale when these changed.

Changed is a segment whose words, code, sign (negative case) or colouring (whose, standing, tense) are others now, or
that is gone. A word corrected elsewhere in the document, a flag "unsure" and a pinned quote change nothing.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.project.actions import Store
from qualcode.project.visibility import coding_seen

_MEANING = "segment.code, segment.negative, segment.whose, segment.standing, segment.tense"
_PLACE = "segment.text, segment.start, segment.end"

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """When a summary was written (or checked) as it stands, and how many of its segments have changed since.

    Attributes:
        action: id of that action.
        changed: its segments that have changed or gone since.
    """

    action: int
    changed: int


def written(store: Store) -> dict[int, Written]:
    """Of every summary, by id."""
    actions = _written_by(store)
    links: dict[int, list[Row]] = {}
    for row in store.rows("SELECT summary, action, sign, id, segment FROM log_summary_segment ORDER BY seq"):
        links.setdefault(row[0], []).append(row[1:])
    then = {summary: _rested(links.get(summary, ()), action) for summary, action in actions.items()}
    now = dict(store.rows("SELECT id, segment FROM summary_segment"))
    involved = {segment for rested in then.values() for segment in rested.values()}
    past, present = _past(store, involved), _present(store)
    return {
        summary: Written(
            action,
            sum(_changed(store, past.get(segment, ()), action, present, now.get(link)) for link, segment in rested),
        )
        for summary, action in actions.items()
        for rested in [then[summary].items()]
    }


class Codes:
    """Which codes some segments had, and when.

    Args:
        store: the project.
        segments: their ids.
    """

    def __init__(self, store: Store, segments: Iterable[int]) -> None:
        self._past = _past(store, segments)

    def at(self, segment: int, action: int) -> int | None:
        """Id of the code that a segment had after an action, None where it was not there yet."""
        row = _row_at(self._past.get(segment, ()), action)
        return None if row is None else int(row[2][0])


def _written_by(store: Store) -> dict[int, int]:
    """The action that wrote each summary as it stands: what undo and redo bring back was written before."""
    actions: dict[int, list[int]] = {}
    for summary, action in store.rows(
        "SELECT log_summary.id, action FROM log_summary JOIN summary ON summary.id = log_summary.id "
        "JOIN action ON action.id = action WHERE sign = 1 ORDER BY seq"
    ):
        actions.setdefault(summary, []).append(action)
    reverses = dict(store.rows("SELECT id, reverses FROM action WHERE reverses IS NOT NULL"))
    return {summary: _origin(done, reverses) for summary, done in actions.items()}


def _origin(actions: Sequence[int], reverses: Mapping[int, int]) -> int:
    place = len(actions) - 1
    while actions[place] in reverses:
        before = [number for number in range(place) if actions[number] < reverses[actions[place]]]
        if not before:
            break
        place = before[-1]
    return actions[place]


def _rested(links: Iterable[Row], action: int) -> dict[int, int]:
    """The links (id -> segment) that stood after an action."""
    standing: dict[int, int] = {}
    for at, sign, link, segment in links:
        if at <= action:
            if sign > 0:
                standing[link] = segment
            else:
                standing.pop(link, None)
    return standing


def _past(store: Store, segments: Iterable[int]) -> dict[int, list[Row]]:
    """What some segments were, by id: (action, place, meaning), the oldest first."""
    chosen = json.dumps(sorted(segments))
    past: dict[int, list[Row]] = {}
    sql = f"SELECT id, action, {_PLACE}, {_MEANING} FROM log_segment AS segment WHERE sign = 1 AND id IN "
    for row in store.rows(f"{sql} (SELECT value FROM json_each(?)) ORDER BY seq", (chosen,)):
        past.setdefault(row[0], []).append((row[1], row[2:5], row[5:]))
    return past


def _present(store: Store) -> dict[int, Row]:
    """The segments that summaries rest on as they are: (place, meaning), or () where they may not be seen."""
    rows = store.rows(
        f"SELECT DISTINCT segment.id, {coding_seen(store, 'segment')}, {_PLACE}, {_MEANING} FROM summary_segment "
        "JOIN segment ON segment.id = summary_segment.segment"
    )
    return {row[0]: (row[2:5], row[5:]) if row[1] else () for row in rows}


def _row_at(past: Sequence[Row], action: int) -> Row | None:
    place = bisect_right(past, action, key=lambda row: row[0])
    return past[place - 1] if place else None


def _changed(store: Store, past: Sequence[Row], action: int, present: Mapping[int, Row], now: int | None) -> bool:
    if now is None:
        return True
    before, after = _row_at(past, action), present[now]
    if before is None or not after:
        return False
    return before[2] != after[1] or (before[1] != after[0] and _words(store, before[1]) != _words(store, after[0]))


def _words(store: Store, place: Row) -> str:
    text, start, end = place
    return str(store.value("SELECT substr(body, ?, ?) FROM text WHERE id = ?", (start + 1, end - start, text)))
