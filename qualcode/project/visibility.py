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
    listed = ", ".join(str(number) for number in hidden)
    return f"({table}.coder = {store.viewer} OR {table}.document NOT IN ({listed}))"


def memo_seen(store: Store) -> str:
    """SQL condition on memo: one's own, and everybody's that are not private nor on a blind document's coding."""
    hidden = ", ".join(str(number) for number in blind_documents(store)) or "NULL"
    return (
        f"(memo.coder = {store.viewer} OR (memo.private = 0 AND coalesce(memo.document, "
        "(SELECT document FROM segment WHERE segment.id = memo.segment), "
        f"(SELECT document FROM claim WHERE claim.id = memo.claim), 0) NOT IN ({hidden if hidden != 'NULL' else -1})))"
    )
