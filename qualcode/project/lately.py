"""What was coded lately, for those who go on coding: the codes used last, and fresh examples of a code."""

from qualcode.model import Code, Segment
from qualcode.project.actions import Store
from qualcode.project.codes import Codes
from qualcode.project.segments import Segments
from qualcode.project.visibility import coding_seen

_LOOKED_AT = 500
"""So many of the last passages are looked at: who has not used a code for so long does not have it at hand."""


class Lately:
    """The last of what was coded; `project.lately`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def codes(self, limit: int) -> list[int]:
        """Ids of the codes that the acting coder used last, the last one first."""
        rows = self._store.rows(
            "SELECT code FROM segment WHERE id IN (SELECT id FROM segment WHERE coder = ? ORDER BY id DESC LIMIT ?) "
            "GROUP BY code ORDER BY max(id) DESC LIMIT ?",
            (self._store.viewer, _LOOKED_AT, limit),
        )
        return [code for (code,) in rows]

    def first_coded(self) -> dict[int, str]:
        """Id of each segment -> when it was coded: the moment of its first action, ISO in UTC."""
        first = "SELECT id, min(action) AS action FROM log_segment WHERE sign = 1 GROUP BY id"
        rows = self._store.rows(f"SELECT first.id, at FROM ({first}) AS first JOIN action ON action.id = first.action")
        return dict(rows)

    def examples(self, code: Code, limit: int) -> list[Segment]:
        """So many passages of a code that may be seen: pinned exemplars first, then the latest."""
        standing = Codes(self._store).standing()
        same = ", ".join(str(each) for each, for_it in standing.items() if for_it == code.id)
        rows = self._store.rows(
            f"SELECT id FROM (SELECT id, exemplar FROM segment WHERE code IN ({same}) AND until IS NULL AND "
            f"{coding_seen(self._store, 'segment')} ORDER BY id DESC LIMIT ?) ORDER BY exemplar DESC, id DESC LIMIT ?",
            (_LOOKED_AT, limit),
        )
        return Segments(self._store).by_ids(segment for (segment,) in rows)
