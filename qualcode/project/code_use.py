"""How often codes are used, and which documents were coded before a version of the codebook."""

from collections.abc import Iterable

from qualcode.model import Segment
from qualcode.project.actions import Store
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.segments import Segments
from qualcode.project.visibility import coding_seen


def passages_by_code(store: Store, *, own: bool = False, layer: bool = False) -> dict[int, int]:
    """Id of a code that stands -> its standing passages that may be seen, those of codes merged into it included.

    Args:
        store: of the open project.
        own: only those of the one who looks,
        layer: or only those of the coder whose coding counts in each document; neither: everybody's.
    """
    standing, whose = Codes(store).standing(), Coders(store).layer() if layer else {}
    found: dict[int, int] = {}
    for code, coder, document, count in store.rows(
        "SELECT code, coder, document, count(*) FROM segment "
        f"WHERE until IS NULL AND {coding_seen(store, 'segment')} GROUP BY code, coder, document"
    ):
        if (own and coder != store.viewer) or (layer and coder != whose[document]):
            continue
        found[standing[code]] = found.get(standing[code], 0) + count
    return found


def passages_with(store: Store, codes: Iterable[int]) -> list[Segment]:
    """The standing passages that may be seen and have one of these codes (ids), by document and place."""
    ids = sorted(codes)
    rows = store.rows(f"SELECT id FROM segment WHERE code IN ({', '.join('?' * len(ids))}) AND until IS NULL", ids)
    return Segments(store).by_ids(segment for (segment,) in rows)


def documents_coded_before(store: Store, version: int) -> list[int]:
    """Ids of the documents that the one who looks has coded before a version of the codebook was made.

    A document is out of the list once a round of theirs was finished under that version or a later one.
    """
    made = store.value("SELECT action FROM codebook_version WHERE number = ?", (version,))
    rows = store.rows(
        "SELECT DISTINCT made.document FROM log_segment AS made JOIN document ON document.id = made.document "
        "WHERE made.coder = :coder AND sign = 1 AND action < :made AND made.document NOT IN (SELECT document "
        "FROM round WHERE coder = :coder AND state = 'finished' AND codebook_version >= :version) "
        "ORDER BY made.document",
        {"coder": store.viewer, "made": made or 0, "version": version},
    )
    return [document for (document,) in rows]
