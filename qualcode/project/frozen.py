"""Passages as they stood in finished rounds, as arrays: `columns.segments` has those that stand now."""

from collections.abc import Iterable
from itertools import chain

import numpy as np

from qualcode.project.actions import Store
from qualcode.project.columns import Array
from qualcode.project.visibility import coding_seen

_NAMES = ("document", "start", "end", "code", "coder", "round", "until")


def frozen_segments(store: Store, coders: Iterable[int]) -> Array:
    """All passages of some coders, of every round, seen through the viewer's lens.

    Args:
        store: of the project.
        coders: ids.

    Returns:
        document, start, end, code, coder (ids), round (the first in which it stood) and until (the first in which it
        did not; 0 = it stands), by document and start.
    """
    chosen = ", ".join(str(int(each)) for each in coders) or "NULL"
    cursor = store.connection.execute(
        "SELECT document, start, end, code, coder, round, coalesce(until, 0) FROM segment "
        f"WHERE coder IN ({chosen}) AND {coding_seen(store, 'segment')} ORDER BY document, start"
    )
    table = np.fromiter(chain.from_iterable(cursor), dtype=np.int64).reshape(-1, len(_NAMES))
    return Array({name: np.ascontiguousarray(table[:, place]) for place, name in enumerate(_NAMES)})
