"""Proposals: passages that rules would have coded, until a person accepts or rejects them. They are no coding.

They belong to a coder of their own, hold places and no words, and are carried along when a text is corrected. In
documents that are being coded for agreement there are none to be seen, and none are made. What is accepted becomes the
segment of the one who accepts it, in one action with it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Document, Proposal, ProposalState
from qualcode.project.actions import Store
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.guids import new_guid, new_guids
from qualcode.project.segments import NewSegment, Segments
from qualcode.project.visibility import documents_in_agreement, proposals_seen

_SELECT = """SELECT proposal.id, proposal.guid, document, text, start, end, code, state, rule.name, file, digest,
    pipeline FROM proposal JOIN rule ON rule.id = proposal.rule"""
_ORDER = "ORDER BY document, start, end, proposal.id"
_NAMED = 5
"""So many rules are named in the history."""


@dataclass(frozen=True, slots=True)
class RuleRun:
    """A rule as it runs: its name, the name of its file, the digest of what it says, what parsed the texts for it."""

    name: str
    file: str
    digest: bytes
    pipeline: str = ""


@dataclass(frozen=True, slots=True)
class NewProposal:
    """A passage to be proposed: ids of document, its current text and code; half-open code points; by which rule."""

    document: int
    text: int
    start: int
    end: int
    code: int
    rule: RuleRun


class Proposals:
    """What rules propose; `project.proposals`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- finding -----------------------------------------------------------------------------------------------------

    def all(self, state: ProposalState | None = None) -> list[Proposal]:
        """Those that may be seen, by document and place; of one state if named."""
        return self._made("(? IS NULL OR state = ?)", state, state)

    def get(self, proposal: int) -> Proposal:
        """The proposal of that id (NotFoundError otherwise, or while its document is coded for agreement)."""
        found = self._made("proposal.id = ?", proposal)
        if not found:
            raise NotFoundError(f"there is no proposal {proposal}", remedy="List them: qualcode rules list")
        return found[0]

    def count(self, state: ProposalState = "open") -> int:
        """How many of a state may be seen."""
        sql = f"SELECT count(*) FROM proposal WHERE state = ? AND {proposals_seen(self._store)}"
        return int(self._store.value(sql, (state,)))

    def passed_over(self) -> list[Document]:
        """The documents being coded for agreement: nothing is proposed there, and nothing shown."""
        hidden = set(documents_in_agreement(self._store))
        return [each for each in Documents(self._store).all() if each.id in hidden]

    def _made(self, condition: str, *parameters: object) -> list[Proposal]:
        seen = proposals_seen(self._store)
        rows = self._store.rows(f"{_SELECT} WHERE {condition} AND {seen} {_ORDER}", parameters)
        return [Proposal(*row) for row in rows]

    # -- making ------------------------------------------------------------------------------------------------------

    def add_many(self, run: Callable[[], Sequence[NewProposal]]) -> int:
        """Propose passages, in one action.

        Args:
            run: what is to be proposed; asked inside the action, so that it may look at what there is by then.

        Returns:
            How many there are.

        Raises:
            RefusedError: a text was corrected meanwhile, or its document is being coded for agreement.
        """
        with self._store.transaction():
            new = run()
            self._must_fit(new)
            with self._store.action("run rules", count=len(new), rules=_named(each.rule.name for each in new)):
                self._write(new)
        return len(new)

    def _write(self, new: Sequence[NewProposal]) -> None:
        coder = Coders(self._store).of_rules() if new else 0
        rules = {rule: self._rule(rule) for rule in dict.fromkeys(each.rule for each in new)}
        rows = [
            (guid, each.document, each.text, each.start, each.end, each.code, coder, rules[each.rule])
            for each, guid in zip(new, new_guids(len(new)), strict=True)
        ]
        self._store.connection.executemany(
            "INSERT OR ROLLBACK INTO proposal(guid, document, text, start, end, code, coder, rule, state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')",
            rows,
        )

    def _must_fit(self, new: Iterable[NewProposal]) -> None:
        texts = {each.id: each for each in Documents(self._store).all()}
        hidden = set(documents_in_agreement(self._store))
        for document, text in {(each.document, each.text) for each in new}:
            if document not in texts or texts[document].text != text:
                raise RefusedError("a text was corrected while the rules ran", remedy="Run them again.")
            if document in hidden:
                where = texts[document].name
                raise RefusedError("it is being coded for agreement, so nothing is proposed there", where=where)

    def _rule(self, rule: RuleRun) -> int:
        """The row of a rule as it runs now."""
        said = (rule.name, rule.file, rule.digest, rule.pipeline)
        sql = "SELECT id FROM rule WHERE name = ? AND file = ? AND digest = ? AND pipeline = ?"
        known = self._store.value(sql, said)
        if known is not None:
            return int(known)
        made = self._store.connection.execute(
            "INSERT INTO rule(guid, name, file, digest, pipeline) VALUES (?, ?, ?, ?, ?)", (new_guid(), *said)
        )
        return int(made.lastrowid or 0)

    # -- deciding ----------------------------------------------------------------------------------------------------

    def accept(self, proposals: Iterable[Proposal]) -> int:
        """Code what is proposed, as the acting coder, in one action; also what was rejected before.

        Returns:
            How many passages are newly coded: one that this coder had coded so already stays as it is.

        Raises:
            RefusedError: one is accepted already, or its code is no longer in use; nothing is written.
        """
        with self._deciding("accept proposals", proposals) as wanted:
            chosen = self._decide(wanted, "accepted", "open", "rejected")
            standing = Codes(self._store).standing()
            new = [
                NewSegment(each.document, each.start, each.end, standing[each.code], text=each.text) for each in chosen
            ]
            return Segments(self._store).add_many(list(dict.fromkeys(new)))

    def reject(self, proposals: Iterable[Proposal]) -> None:
        """Decide that passages are not to be coded so, in one action: no rule proposes them again.

        Raises:
            RefusedError: one is no longer open; nothing is written.
        """
        with self._deciding("reject proposals", proposals) as wanted:
            self._decide(wanted, "rejected", "open")

    def withdraw(self, proposals: Iterable[Proposal]) -> None:
        """Take open proposals away as if they had never been made: a rule may propose them again.

        Raises:
            RefusedError: one is no longer open; nothing is written.
        """
        with self._deciding("withdraw proposals", proposals) as wanted:
            chosen = self._as_they_are(wanted, "open")
            self._store.connection.executemany("DELETE FROM proposal WHERE id = ?", [(each.id,) for each in chosen])

    def move(self, proposal: Proposal, start: int, end: int) -> Proposal:
        """Give an open proposal other edges; it keeps at least a character of where it was.

        Raises:
            RefusedError: it is no longer open, or the passage is elsewhere or does not fit.
        """
        with self._store.action("edit proposal", proposal=proposal.id):
            (now,) = self._as_they_are([proposal], "open")
            if now.text != proposal.text:
                raise RefusedError("the text was corrected meanwhile", remedy="Look at the passage again.")
            length = Documents(self._store).get(now.document).length
            if not 0 <= start < end <= length:
                raise RefusedError(f"a passage from {start} to {end} does not fit a text of {length} characters")
            if not (start < now.end and now.start < end):
                raise RefusedError("these words are elsewhere", remedy="Reject the proposal, and code them yourself.")
            sql = "UPDATE proposal SET start = ?, end = ? WHERE id = ?"
            self._store.connection.execute(sql, (start, end, now.id))
        return self.get(proposal.id)

    def recode(self, proposals: Iterable[Proposal], code: str) -> None:
        """Let open proposals stand for another code, in one action.

        Raises:
            NotFoundError: no such code.
            RefusedError: one is no longer open, or the code is no longer in use.
        """
        with self._deciding("recode proposals", proposals, code=code) as wanted:
            chosen = self._as_they_are(wanted, "open")
            number = in_use(self._store, code)
            self._store.connection.executemany(
                "UPDATE proposal SET code = ? WHERE id = ?", [(number, each.id) for each in chosen]
            )

    @contextmanager
    def _deciding(self, verb: str, proposals: Iterable[Proposal], **arguments: object) -> Iterator[list[Proposal]]:
        """One action on some proposals; the history tells how many, and by which rules."""
        wanted = list(proposals)
        rules = _named(each.rule for each in wanted)
        with self._store.action(verb, count=len(wanted), rules=rules, **arguments):
            yield wanted

    def _decide(self, proposals: Iterable[Proposal], state: ProposalState, *before: ProposalState) -> list[Proposal]:
        chosen = self._as_they_are(proposals, *before)
        self._store.connection.executemany(
            "UPDATE proposal SET state = ? WHERE id = ?", [(state, each.id) for each in chosen]
        )
        return chosen

    def _as_they_are(self, proposals: Iterable[Proposal], *states: ProposalState) -> list[Proposal]:
        """The proposals as they stand now: others may have decided on them since they were read."""
        wanted = {each.id for each in proposals}
        found = {each.id: each for each in self.all() if each.id in wanted}
        gone = wanted - set(found)
        if gone:
            raise NotFoundError(f"there is no proposal {min(gone)} any more", remedy="Look at the list again.")
        for each in found.values():
            if each.state not in states:
                raise RefusedError(f"proposal {each.id} was {each.state} already", remedy="Look at the list again.")
        return list(found.values())


def in_use(store: Store, code: str) -> int:
    """Id of the code of that short name, or of the one that it was merged into.

    Raises:
        NotFoundError: no such code.
        RefusedError: it is no longer in use.
    """
    codes = Codes(store)
    standing = codes.standing_for(codes.get(code))
    if standing.status == "retired":
        raise RefusedError(f"{standing.short} {standing.name} is no longer in use", remedy="Choose another code.")
    return standing.id


def _named(rules: Iterable[str]) -> str:
    """Names of rules for the history: all of a few, of more the first."""
    names = sorted(set(rules))
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
