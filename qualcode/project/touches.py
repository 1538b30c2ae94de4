"""What the actions of a stretch of history touched: the material for saying why a number moved."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.model import Action
from qualcode.project.actions import Store
from qualcode.project.history import History
from qualcode.project.visibility import BLIND_VERB


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing that an action wrote, by ids; None = it does not belong to one.

    Attributes:
        action: by whom and how.
        document: of the coding, or the document itself.
        coder: whose coding.
        code: of a passage, or the code itself.
        arrow: both ends of a claim.
    """

    action: Action
    document: int | None = None
    coder: int | None = None
    code: int | None = None
    arrow: tuple[int, int] | None = None


_CODING = "SELECT DISTINCT action, document, coder, code, NULL, NULL FROM log_segment WHERE action > :after"
_CLAIMS = "SELECT DISTINCT action, document, coder, NULL, from_code, to_code FROM log_claim WHERE action > :after"
_CODES = """SELECT action, NULL, NULL, id, NULL, NULL FROM log_code WHERE action > :after
    UNION SELECT action, NULL, NULL, code, NULL, NULL FROM log_definition WHERE action > :after"""
_DOCUMENTS = """SELECT action, id, NULL, NULL, NULL, NULL FROM log_document WHERE action > :after
    UNION SELECT action, document, NULL, NULL, NULL, NULL FROM log_document_person WHERE action > :after
    UNION SELECT action, document, NULL, NULL, NULL, NULL FROM log_round JOIN coder ON coder.id = log_round.coder
        WHERE action > :after AND coder.kind = 'consensus'
    UNION SELECT changed.action, log_document_person.document, NULL, NULL, NULL, NULL
        FROM (SELECT action, person FROM log_person_role UNION SELECT action, id FROM log_person) AS changed
        JOIN log_document_person ON log_document_person.person = changed.person WHERE changed.action > :after"""
"""What can move a number: passages, claims, codes; and who speaks where, in which role, and whose coding counts."""


def standing_actions(store: Store, after: int) -> list[Action]:
    """The actions after one (by id) whose effect stands, the oldest first.

    What was done and undone within that time is left out, and so is its undoing; an undo or redo of something earlier
    is told as such.
    """
    found = [each for each in History(store).actions() if each.id > after]
    return [each for each in reversed(found) if not each.undone and (each.reverses or 0) <= after]


def touches(store: Store, after: int) -> Iterator[Touch]:
    """What the standing actions after one (by id) wrote, as far as the one who looks may know it."""
    actions = {each.id: each for each in standing_actions(store, after) if each.verb != BLIND_VERB}
    for sql in (_CODING, _CLAIMS, _CODES, _DOCUMENTS):
        for action, document, coder, code, start, end in store.rows(sql, {"after": after}):
            if action in actions:
                arrow = None if start is None else (start, end)
                yield Touch(actions[action], document, coder, code, arrow)
