"""The passages of a code as cards that are thrown on piles: a split in the making. No Textual in here."""

from collections import Counter
from dataclasses import dataclass

from qualcode.model import Code, Segment
from qualcode.project import Project
from qualcode.visible import counted
from qualcode.work.split_code import passages, roles_in

PILES = "abcd"
_AROUND = 700  # code points of an answer that are shown before and after a passage


@dataclass(frozen=True, slots=True)
class Card:
    """A passage in its place.

    Attributes:
        question: the interviewer's words that it answers, or "".
        before, words, after: the answer around it, the passage itself, and the rest of the answer.
        citation: where it stands.
        label: the code it has, where it is not the one that is split.
    """

    question: str
    before: str
    words: str
    after: str
    citation: str
    label: str


class Sorting:
    """The cards of one code, as far as they are sorted.

    Attributes:
        code: the code that is split.
        is_branch: whether passages of the codes below it are among the cards.
        cards: the coder's own passages, by document and place.
        others: short name of another coder -> how many of theirs stay.
        at: number of the current card.
        names: pile -> (id, name, line of when to use it) as said so far.
        rule: the boundary as written so far.
    """

    def __init__(self, project: Project, code: Code, *, is_branch: bool = False) -> None:
        self.project = project
        self.names: dict[str, tuple[str, str, str]] = {}
        self.rule = ""
        self._pile: dict[int, str] = {}
        self.lay(code, is_branch=is_branch)

    def lay(self, code: Code, *, is_branch: bool) -> None:
        """Lay out the cards as the passages are now; what was thrown stays thrown."""
        every = passages(self.project, code, below=is_branch)
        coders = {coder.id: coder.short for coder in self.project.coders.all()}
        self.code = code
        self.is_branch = is_branch
        self.cards: list[Segment] = [each for each in every if each.coder == self.project.store.viewer]
        self.others = Counter(coders[each.coder] for each in every if each.coder != self.project.store.viewer)
        self._roles = roles_in(self.project, self.cards)
        self._role_names = {role.short: role.name for role in self.project.roles.all()}
        self._pile = {each.id: self._pile[each.id] for each in self.cards if each.id in self._pile}
        self.at = next((n for n, each in enumerate(self.cards) if each.id not in self._pile), 0)

    def clear(self) -> None:
        """Take all cards off the piles, once they are split."""
        self._pile, self.names, self.rule = {}, {}, ""

    # -- sorting -------------------------------------------------------------------------------------------------------

    def throw(self, pile: str) -> None:
        """Put the current card on a pile, or, "" = skip it, and go on to the next card."""
        self._pile[self.cards[self.at].id] = pile
        self.go(1)

    def take_off(self) -> None:
        """The current card is not decided."""
        self._pile.pop(self.cards[self.at].id, None)

    def go(self, step: int) -> None:
        """So many cards on or back; the first and last are the ends."""
        self.at = max(0, min(self.at + step, len(self.cards) - 1))

    @property
    def pile(self) -> str | None:
        """The pile of the current card: "" = skipped, None = not decided yet."""
        return self._pile.get(self.cards[self.at].id)

    @property
    def left(self) -> int:
        """How many cards are not decided yet."""
        return len(self.cards) - len(self._pile)

    @property
    def skipped(self) -> int:
        """How many cards stay with the code, on no pile."""
        return sum(1 for pile in self._pile.values() if not pile)

    def on(self, pile: str) -> tuple[int, ...]:
        """Ids of the passages on a pile, in their order."""
        return tuple(each.id for each in self.cards if self._pile.get(each.id) == pile)

    @property
    def piles(self) -> list[str]:
        """The piles that have cards."""
        return [pile for pile in PILES if self.on(pile)]

    def who(self, pile: str) -> str:
        """Who speaks on a pile, the most frequent role first: "19 of 21 staff, 2 manager"."""
        chosen = self.on(pile)
        heard = Counter(role for segment in chosen for role in self._roles[segment])
        unknown = sum(1 for segment in chosen if not self._roles[segment])
        parts = [(count, self._role_names.get(role, role)) for role, count in heard.most_common()]
        parts += [(unknown, "of no known role")] if unknown and parts else []
        told = [f"{count} {name}" for count, name in parts]
        if told:
            told[0] = f"{parts[0][0]} of {len(chosen)} {parts[0][1]}"
        return ", ".join(told)

    def documents(self, pile: str) -> int:
        """In how many documents the passages of a pile stand."""
        chosen = set(self.on(pile))
        return len({each.document for each in self.cards if each.id in chosen})

    # -- the card ------------------------------------------------------------------------------------------------------

    @property
    def card(self) -> Card:
        """The current card."""
        segment = self.cards[self.at]
        (quotation,) = self.project.quotations([segment])
        document = self.project.documents.get(segment.document)
        body = self.project.documents.body(document)
        first, last = max(0, segment.start - _AROUND), min(len(body), segment.end + _AROUND)
        for answer in self.project.documents.answers(document):
            if answer.start < segment.end and answer.end > segment.start:
                first, last = max(first, min(answer.start, segment.start)), min(last, max(answer.end, segment.end))
        before, after = body[first : segment.start], body[segment.end : last]
        label = "" if segment.code == self.code.id else quotation.label
        return Card(
            quotation.before, _shortened(before, at_start=True), quotation.words, _shortened(after, at_start=False),
            quotation.citation, label,
        )  # fmt: skip

    @property
    def told(self) -> str:
        """How far one is: "12 of 63 cards are on piles"."""
        placed = sum(1 for pile in self._pile.values() if pile)
        return f"{placed} of {counted(len(self.cards), 'card')} on piles"


def _shortened(words: str, *, at_start: bool) -> str:
    """The words around a passage, from or to a whole word where they are cut."""
    if len(words) < _AROUND:
        return words
    return f"… {words.partition(' ')[2]}" if at_start else f"{words.rpartition(' ')[0]} …"
