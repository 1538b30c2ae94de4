"""Finishing a document: a coder's round there is frozen; and the list of the rounds that are."""

from dataclasses import dataclass
from datetime import datetime

from qualcode.errors import RefusedError
from qualcode.model import Document
from qualcode.project.actions import OpenAction, Store
from qualcode.project.guids import new_guid
from qualcode.project.visibility import blind_documents

HOMES = {
    "segment": "document",
    "claim": "document",
    "claim_evidence": "(SELECT document FROM claim WHERE claim.id = claim_evidence.claim)",
}
"""Tables with rounds, and for each the document whose rounds count."""


@dataclass(frozen=True, slots=True)
class FinishedRound:
    """A coder's coding of a document as it was frozen.

    Attributes:
        document, coder: their names.
        number: from 1.
        codebook_version: the one in force then.
        at: when it was finished.
        segments: how many passages stood in it; None while they may not be seen.
        was_blind: whether its coder was asked to code it blind before they had coded anything there, and this was not
            taken back since (that the document was removed, and came back, is no matter).
        action: number of the action that finished it first: actions are numbered in the order of time.
    """

    document: str
    coder: str
    number: int
    codebook_version: int
    at: datetime
    segments: int | None
    was_blind: bool = False
    action: int = 0


def finished_rounds(store: Store, document: Document | None = None) -> list[FinishedRound]:
    """The finished rounds by document, coder and number; of one document if named."""
    rows = store.rows(
        """SELECT document.id, coder.id, document.name, coder.short, round.number, round.codebook_version,
            (SELECT action.at FROM log_round JOIN action ON action.id = log_round.action
                WHERE log_round.id = round.id AND sign = 1 ORDER BY seq DESC LIMIT 1),
            (SELECT count(*) FROM segment WHERE segment.document = round.document AND segment.coder = round.coder
                AND segment.round <= round.number AND (until IS NULL OR until > round.number)),
            EXISTS (SELECT 1 FROM log_assignment AS asked WHERE asked.document = round.document AND sign = 1
                AND asked.coder = round.coder AND asked.round = round.number AND asked.blind = 1 AND asked.action <
                (SELECT coalesce(min(action), 9223372036854775807) FROM log_segment AS made WHERE made.sign = 1
                    AND made.coder = round.coder AND made.document = round.document AND made.round = round.number)
                AND NOT EXISTS (SELECT 1 FROM log_assignment AS lifted WHERE lifted.id = asked.id AND lifted.sign = -1
                    AND lifted.action > asked.action AND lifted.action NOT IN
                    (SELECT action FROM log_document WHERE log_document.id = asked.document AND sign = -1))),
            (SELECT action FROM log_round WHERE log_round.id = round.id AND sign = 1 ORDER BY seq LIMIT 1)
        FROM round JOIN document ON document.id = round.document JOIN coder ON coder.id = round.coder
        WHERE round.state = 'finished' AND (? IS NULL OR document.id = ?) ORDER BY document.name, coder.id, number""",
        (document.id if document else None, document.id if document else None),
    )
    hidden = set(blind_documents(store))
    return [
        FinishedRound(
            name, short, number, version, datetime.fromisoformat(at),
            None if place in hidden and coder != store.viewer else segments, bool(blind), action,
        )
        for place, coder, name, short, number, version, at, segments, blind, action in rows
    ]  # fmt: skip


def finish(store: Store, action: OpenAction, document: Document, number: int) -> None:
    """Write that a round is finished, inside an action.

    Raises:
        RefusedError: the round before holds the very same coding, and nobody asked for another.
    """
    if number > 1 and not is_another(store, document, action.coder, number):
        raise RefusedError(
            f"you have finished it already (round {number - 1}), and have changed nothing there since",
            where=document.name,
            remedy="Code on: what you change now belongs to your next round. The rounds: qualcode rounds",
        )
    store.connection.execute(
        "INSERT INTO round(guid, document, coder, number, codebook_version, state) VALUES (?, ?, ?, ?, ?, 'finished')",
        (new_guid(), document.id, action.coder, number, store.codebook_version()),
    )


def is_another(store: Store, document: Document, coder: int, number: int) -> bool:
    """Whether a round differs from the one before: in its coding, in what was read, in the codebook; or was asked for.

    Whoever was asked to code the document anew may find that nothing is to be changed, and is done all the same.
    """
    before, own = number - 1, (document.id, coder)
    asked = store.value("SELECT 1 FROM assignment WHERE document = ? AND coder = ? AND round = ?", (*own, number))
    then = store.value(
        "SELECT codebook_version FROM round WHERE document = ? AND coder = ? AND number = ?", (*own, before)
    )
    coded = (
        store.value(
            f"SELECT 1 FROM {table} WHERE {home} = ? AND coder = ? AND (round = ? OR until = ?)",
            (*own, number, number),
        )
        for table, home in HOMES.items()
    )
    read = store.value(
        """SELECT 1 FROM log_read_mark WHERE document = ? AND coder = ? AND action >
            (SELECT max(log_round.action) FROM log_round WHERE document = ? AND coder = ? AND number = ? AND sign = 1)
            GROUP BY id HAVING sum(sign) <> 0""",
        (*own, *own, before),
    )
    return bool(asked or then != store.codebook_version() or any(coded) or read)
