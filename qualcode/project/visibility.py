"""One lens: whose coding a coder may see. Every read of coding goes through here.

While a document is being coded blind, each coder assigned to it sees only their own coding there, until all have
finished the round. Private memos are their writer's.
"""

from qualcode.project.actions import Store

_BLIND = """SELECT DISTINCT assignment.document FROM assignment WHERE assignment.blind = 1 AND EXISTS (
    SELECT 1 FROM assignment AS other WHERE other.document = assignment.document AND other.round = assignment.round
    AND other.blind = 1 AND NOT EXISTS (SELECT 1 FROM round WHERE round.document = other.document
    AND round.coder = other.coder AND round.number = other.round AND round.state = 'finished'))"""


def blind_documents(store: Store) -> list[int]:
    """Ids of the documents being coded blind by somebody who has not finished, sorted."""
    return sorted(row[0] for row in store.rows(_BLIND))


def coding_seen(store: Store, table: str) -> str:
    """SQL condition on a table with `document` and `coder`: the rows this viewer may see."""
    hidden = blind_documents(store)
    if not hidden:
        return "1"
    return f"({table}.coder = {store.viewer} OR {table}.document NOT IN ({_listed(hidden)}))"


def memo_seen(store: Store) -> str:
    """SQL condition on memo: one's own, and everybody's that are not private nor on a blind document's coding."""
    return (
        f"(memo.coder = {store.viewer} OR (memo.private = 0 AND coalesce(memo.document, "
        "(SELECT document FROM segment WHERE segment.id = memo.segment), "
        f"(SELECT document FROM claim WHERE claim.id = memo.claim), 0) NOT IN ({_listed(blind_documents(store))})))"
    )


def summary_seen(store: Store) -> str:
    """SQL condition on summary: one's own, and those of nobody who speaks in a document being coded blind."""
    spoken = f"SELECT person FROM document_person WHERE document IN ({_listed(blind_documents(store))})"
    return (
        f"(summary.coder = {store.viewer} OR coalesce(summary.person, 0) NOT IN ({spoken} AND person IS NOT NULL) "
        f'AND coalesce(summary."case", 0) NOT IN (SELECT "case" FROM person WHERE "case" IS NOT NULL '
        f"AND id IN ({spoken} AND person IS NOT NULL)))"
    )


def _listed(documents: list[int]) -> str:
    return ", ".join(str(number) for number in documents) or "-1"
