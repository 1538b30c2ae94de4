"""One lens: whose coding a coder may see. Every read of coding goes through here.

While a document is being coded blind, each coder assigned to it sees only their own coding there, until all have
finished the round. What such a coder writes on codes, people, cases or the project meanwhile could tell of that coding
too, so those memos wait with it. Private memos are their writer's.
"""

from collections.abc import Iterable

from qualcode.project.actions import Store

# `main` is the file as it stands, also where an earlier state is laid before it (`past.py`): today's rounds say who may
# see what, whatever stood then.
_BLIND = """SELECT DISTINCT document, round FROM main.assignment AS assignment WHERE blind = 1
    AND NOT EXISTS (SELECT 1 FROM main.round AS round WHERE round.document = assignment.document
    AND round.coder = assignment.coder AND round.number = assignment.round AND round.state = 'finished')"""
_CODING = ("segment", "claim", "claim_evidence", "read_mark", "decision", "proposal")
_UNFINISHED = """SELECT DISTINCT document FROM main.assignment AS assignment
    WHERE NOT EXISTS (SELECT 1 FROM main.round AS round WHERE round.document = assignment.document
    AND round.coder = assignment.coder AND round.number = assignment.round AND round.state = 'finished')"""
_BEGINNINGS = (*(each for each in _CODING if each != "proposal"), "round")
BEGUN_BY_ANOTHER = f"""SELECT coder.short FROM ({
    " UNION ALL ".join(
        f"SELECT action, coder FROM log_{table} WHERE action > ?1 AND document = ?2 AND coder <> ?3"
        for table in _BEGINNINGS
    )
}) AS made JOIN action ON action.id = made.action AND action.coder = made.coder
    JOIN coder ON coder.id = made.coder ORDER BY made.action LIMIT 1"""
"""Who but a coder (?3) has coded, read or finished in a document (?2) after an action (?1), also if it was undone."""
BLIND_VERB = "coding (blind)"
"""What the history calls an action that may not be seen yet."""
_OF_THE_TEXT = "'revise document', 'relabel turn', 'remove document', 'forget', 'run rules', 'withdraw proposals'"
"""Verbs that touch what all have in a document, coding or proposals, and tell nothing of anybody's coding."""
_OF_CODING = """'add segments', 'change segment', 'move segment', 'recode segment', 'remove segments', 'add claim',
    'change claim', 'remove claim', 'add claim evidence', 'remove claim evidence', 'mark read'"""
"""Verbs of coding in one document, which their arguments name: known as such where a withdrawal took the log."""


def blind_rounds(store: Store) -> set[tuple[int, int]]:
    """(document, number) of the rounds that are coded blind and that somebody assigned has not finished."""
    return {(document, number) for document, number in store.rows(_BLIND)}


def blind_documents(store: Store) -> list[int]:
    """Ids of the documents being coded blind by somebody who has not finished, sorted."""
    return sorted({document for document, _ in blind_rounds(store)})


def documents_in_agreement(store: Store) -> list[int]:
    """Ids of the documents that somebody was asked to code, blind or not, and has not finished, sorted.

    Nothing is proposed there, and no proposal is shown: two coders who see the same offers agree with the offers.
    """
    return sorted(document for (document,) in store.rows(_UNFINISHED))


def proposals_seen(store: Store) -> str:
    """SQL condition on proposal: those outside documents that are being coded for agreement."""
    hidden = _listed(documents_in_agreement(store))
    return f"proposal.document NOT IN ({hidden})" if hidden else "1"


def coding_seen(store: Store, table: str) -> str:
    """SQL condition on a table with `document` and `coder`: the rows this viewer may see.

    A passage added to a claim is seen only where the claim is.
    """
    hidden = _listed(blind_documents(store))
    if not hidden:
        return "1"
    elsewhere = f"{table}.document NOT IN ({hidden})"
    if table == "claim_evidence":
        claims = f"SELECT id FROM claim WHERE document IN ({hidden}) AND coder <> {store.viewer}"
        elsewhere += f" AND claim_evidence.claim NOT IN ({claims})"
    return f"({table}.coder = {store.viewer} OR ({elsewhere}))"


def memo_seen(store: Store) -> str:
    """SQL condition on memo: one's own, and everybody's that are neither private nor of blind coding.

    Of blind coding are memos on a document coded blind and on the coding in it, and, from whoever is coding blind,
    those that are on no document at all.
    """
    hidden = _memo_hidden("memo", _listed(blind_documents(store)))
    return f"(memo.coder = {store.viewer} OR (memo.private = 0 AND NOT {hidden}))"


def summary_seen(store: Store) -> str:
    """SQL condition on summary: one's own, and those that neither rest on nor are of a document being coded blind."""
    hidden = _summary_hidden("summary", "summary_segment", _listed(blind_documents(store)))
    return f"(summary.coder = {store.viewer} OR NOT {hidden})"


def action_hidden(store: Store) -> str:
    """SQL condition on action: another's coding in a document being coded blind, or removed while it was.

    Of such an action one sees who and when, and neither what was done nor to what.
    """
    removed = store.rows(
        "SELECT DISTINCT document FROM main.log_assignment WHERE blind = 1 "
        "AND document NOT IN (SELECT id FROM main.document)"
    )
    hidden = _listed([*blind_documents(store), *(row[0] for row in removed)])
    if not hidden:
        return "0"
    touches = [(f"log_{table}", f"document IN ({hidden})") for table in _CODING]
    touches.append(("log_claim_evidence", f"{_document_of('claim', 'log_claim_evidence')} IN ({hidden})"))
    touches.append(("log_quote", f"{_document_of('segment', 'log_quote')} IN ({hidden})"))
    touches.append(("log_memo", _memo_hidden("log_memo", hidden)))
    touches.append(("log_summary", _summary_hidden("log_summary", "log_summary_segment", hidden)))
    some = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {table}.action = action.id AND {condition})"
        for table, condition in touches
    )
    named = f"action.verb IN ({_OF_CODING}) AND json_extract(action.arguments, '$.document') IN ({hidden})"
    return f"(action.coder <> {store.viewer} AND action.verb NOT IN ({_OF_THE_TEXT}) AND ({named} OR {some}))"


def _memo_hidden(table: str, hidden: str) -> str:
    """SQL condition on memo or its twin: of coding in the hidden documents, or loose and by one who codes blind."""
    if not hidden:
        return "0"
    document = f"coalesce({table}.document, {_document_of('segment', table)}, {_document_of('claim', table)})"
    coding = f"SELECT coder FROM main.assignment WHERE blind = 1 AND (document, round) IN ({_BLIND})"
    loose = " AND ".join(f"{table}.{target} IS NULL" for target in ("document", "segment", "claim"))
    return f"CASE WHEN {loose} THEN {table}.coder IN ({coding}) ELSE {document} IN ({hidden}) END"


def _summary_hidden(table: str, links: str, hidden: str) -> str:
    """SQL condition on summary or its twin: of who speaks in the hidden documents, or resting on segments of them."""
    if not hidden:
        return "0"
    people = f"SELECT person FROM document_person WHERE document IN ({hidden}) AND person IS NOT NULL"
    cases = (
        f'SELECT "case" FROM person WHERE "case" IS NOT NULL AND id IN ({people}) '
        f'UNION SELECT "case" FROM document WHERE "case" IS NOT NULL AND id IN ({hidden})'
    )
    resting = f"SELECT summary FROM {links} WHERE {_document_of('segment', links)} IN ({hidden})"
    return (
        f'(coalesce({table}.person, 0) IN ({people}) OR coalesce({table}."case", 0) IN ({cases}) '
        f"OR {table}.id IN ({resting}))"
    )


def _document_of(passage: str, table: str) -> str:
    """SQL for the document of the segment or claim that a row names; of one removed since, the log knows."""
    wanted = f"WHERE id = {table}.{passage}"
    return (
        f"CASE WHEN {table}.{passage} IS NOT NULL THEN coalesce((SELECT document FROM {passage} {wanted}), "
        f"(SELECT document FROM log_{passage} {wanted})) END"
    )


def _listed(documents: Iterable[int]) -> str:
    return ", ".join(str(number) for number in documents)
