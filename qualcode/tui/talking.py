"""What the browser of disagreements shows: which of them, their rows, both sides in words. No Textual in here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from qualcode.agreement.matters import Agenda, Disagreement, Matter
from qualcode.agreement.minutes import Telling
from qualcode.lines import answer_of
from qualcode.model import Claim, Document, Segment
from qualcode.project import Project
from qualcode.tui.desk import Frame, Page, Stripe
from qualcode.tui.passages import Passages
from qualcode.visible import visible_line
from qualcode.work.remarks import remarks

WHICH = ("all", "undecided", "decided")
KINDS = ("passages and claims", "passages", "claims")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which disagreements are listed.

    Attributes:
        codes: ids; none = all. Of claims, either end.
        document: id; None = all.
        which, kind: one of `WHICH` and `KINDS`.
        edges: with what differs in its edges alone.
    """

    codes: frozenset[int] = frozenset()
    document: int | None = None
    which: str = "all"
    kind: str = KINDS[0]
    edges: bool = False

    def among(self, agenda: Agenda) -> list[Disagreement]:
        """Those listed, by document and place."""
        return [each for each in agenda.disagreements if self._fits(each) and self._is_of_which(agenda, each)]

    def folded(self, agenda: Agenda) -> int:
        """How many are not listed because they differ in their edges alone."""
        with_them = replace(self, edges=True, which="all").among(agenda)
        return 0 if self.edges else len(with_them) - len(replace(self, which="all").among(agenda))

    def progress(self, agenda: Agenda) -> tuple[int, int]:
        """How many of those to be decided are decided; by hand is neither."""
        some = [each for each in agenda.disagreements if self._fits(each) and not each.is_edges]
        some = [each for each in some if not agenda.is_by_hand(each)]
        return sum(not each.is_open for each in some), len(some)

    def by_hand(self, agenda: Agenda) -> int:
        """How many lie in documents in which the consensus was coded by hand."""
        some = (each for each in agenda.disagreements if self._fits(each) and not each.is_edges)
        return sum(agenda.is_by_hand(each) for each in some)

    def _fits(self, each: Disagreement) -> bool:
        codes = {code for one in each.matters for code in (one.code, one.to_code)}
        return (
            (not self.codes or bool(codes & self.codes))
            and (self.document is None or each.document.id == self.document)
            and (self.kind == KINDS[0] or each.is_claim == (self.kind == "claims"))
            and (self.edges or not each.is_edges or each.decision is not None)
        )

    def _is_of_which(self, agenda: Agenda, each: Disagreement) -> bool:
        if self.which == "undecided":
            return is_undecided(agenda, each)
        return self.which == "all" or each.decision is not None

    def told(self, project: Project) -> Iterator[str]:
        """What is listed other than usual."""
        if self.document is not None:
            yield project.documents.get(self.document).name
        if self.which != "all":
            yield self.which
        if self.kind != KINDS[0]:
            yield self.kind


def is_undecided(agenda: Agenda, each: Disagreement) -> bool:
    """Whether it is still to be decided here."""
    return each.is_open and not agenda.is_by_hand(each)


class Talk:
    """Disagreements put into words; texts are read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._telling = Telling(project)
        self._coders = {coder.id: coder.short for coder in project.coders.all()}
        self._body = cache(project.documents.body)
        self._answers = cache(project.documents.answers)

    def sign(self, agenda: Agenda, each: Disagreement) -> str:
        """○ undecided, ✓ decided, ≈ edges alone, · by hand."""
        if each.decision is not None:
            return "✓"
        if each.is_edges:
            return "≈"
        return "·" if agenda.is_by_hand(each) else "○"

    def place(self, each: Disagreement) -> str:
        """Document and answer: `A-SU1 ¶12`."""
        number = answer_of(self._answers(each.document), each.start)
        return f"{visible_line(each.document.name)} ¶{number or '–'}"

    def given(self, each: Disagreement) -> str:
        """Who gave what, shortly, the first coder first: `AK M2a │ JB M2b`; `M2a → P3 (AK raises, JB lowers)`."""
        if all(one.not_by for one in each.matters):
            given = {coder: [self._telling.matter(one) for one in each.matters if coder in one.by]
                     for coder in each.coders}  # fmt: skip
            return visible_line(" │ ".join(f"{coder} {', '.join(codes) or '–'}" for coder, codes in given.items()))
        return visible_line(" │ ".join(f"{self._telling.matter(one)} {self._about(one)}" for one in each.matters))

    def _about(self, one: Matter) -> str:
        told = self._telling.who(one)
        return f"({told.partition(': ')[2] or told})"

    def words(self, each: Disagreement) -> str:
        """Its words in one line."""
        return visible_line(" ".join(self._body(each.document)[each.start : each.end].split()))

    def outcome(self, each: Disagreement) -> str:
        """What was decided, shortly; "" where nothing is."""
        return visible_line(self._telling.decided(each))

    def code_of(self, one: Matter) -> str:
        """Its code, with its name."""
        return visible_line(self._telling.matter(one, named=True))

    def sides(self, each: Disagreement) -> Iterator[tuple[str, str, str]]:
        """For each coder: the digit, the short name, what they gave, with what they remarked and noted."""
        for number, coder in enumerate(each.coders, start=1):
            given = [
                (one, row) for one in each.matters for side in one.sides if side.coder == coder for row in side.rows
            ]
            told = "; ".join(dict.fromkeys(self._row(one, row) for one, row in given))
            yield str(number), visible_line(coder), told or "nothing of it"

    def _row(self, one: Matter, row: Segment | Claim) -> str:
        said = remarks(row)
        direction = f": {row.direction}" if isinstance(row, Claim) else ""
        words = "" if (row.start, row.end) == (one.start, one.end) else f" on “{self._short(one.document, row)}”"
        return visible_line(f"{self._telling.matter(one, named=True)}{direction}{words}{f' ({said})' if said else ''}")

    def _short(self, document: Document, row: Segment | Claim) -> str:
        words = " ".join(self._body(document)[row.start : row.end].split())
        return words if len(words) <= 48 else f"{words[:24].rstrip()} … {words[-20:].lstrip()}"

    def memos(self, each: Disagreement) -> Iterator[tuple[str, str]]:
        """The memos on what either gave, that may be seen: whose, and the words."""
        rows = [row for one in each.matters for side in one.sides for row in side.rows]
        segments = {row.id for row in rows if isinstance(row, Segment)}
        claims = {row.id for row in rows if isinstance(row, Claim)}
        for memo in self._project.memos.of(each.document):
            if memo.segment in segments or memo.claim in claims:
                yield visible_line(self._coders[memo.coder]), visible_line(memo.body)

    def decided(self, each: Disagreement) -> str:
        """What was decided, by whom, when and why; "" where nothing is."""
        decision = each.decision
        if decision is None:
            return ""
        why = f": {decision.said.reason}" if decision.said.reason else ""
        by = f"{self._telling.by(decision)}, {decision.at:%d %b %H:%M} UTC"
        return visible_line(f"{self._telling.decided(each)} ({by}){why}")

    def held(self, each: Disagreement) -> str:
        """What the consensus, coded by hand, holds on these words."""
        coder = self._project.consensus.coder
        if coder is None:
            return ""
        rows = [row for row in self._project.segments.of(each.document, coder.short) if not each.is_claim]
        shorts = [self._telling.code(row.code) for row in rows if row.start < each.end and row.end > each.start]
        if each.is_claim:
            claims = self._project.claims.find(document=each.document.name, coder=coder.short)
            shorts = [
                f"{self._telling.code(row.from_code)} → {self._telling.code(row.to_code)}"
                for row in claims
                if row.start < each.end and row.end > each.start
            ]
        return visible_line(", ".join(dict.fromkeys(shorts)))


class SidesPage(Page):
    """A document with what each coder gave in the round compared, around one disagreement."""

    def __init__(self, project: Project, frame: Frame, document: Document, sides: Mapping[str, int]) -> None:
        self._sides = sides
        self._span, self._claims = (0, 0), False
        self._every: list[Stripe] = []
        super().__init__(project, frame, document, "everybody's")

    def recode(self) -> None:
        """Read the coding anew."""
        self.marks = []
        memos = self.project.memos.of(self.document)
        self.memos = [memo for memo in memos if memo.document is not None]
        noted = {(memo.claim is not None, memo.claim or memo.segment) for memo in memos}
        self._every = []
        for place, (coder, number) in enumerate(self._sides.items()):
            rows: list[Segment | Claim] = [*self.project.segments.in_round(self.document, coder, number)]
            rows += self.project.claims.in_round(self.document, coder, number)
            for row in rows:
                stripe = self._stripe(row, 0, noted)
                self._every.append(replace(stripe, label=f"{coder} {stripe.label}", name="", is_own=place == 0))
        self.show(self._span)

    def show(self, span: tuple[int, int], *, claims: bool | None = None) -> None:
        """Show the stripes that share words with a passage: of passages, or of claims (None: as before)."""
        self._span = span
        self._claims = self._claims if claims is None else claims
        there = [each for each in self._every if each.start < span[1] and each.end > span[0]]
        self.stripes = Passages([each for each in there if each.is_claim == self._claims])


def taken_back(before: Agenda | None, now: Agenda) -> tuple[int, int, int, int] | None:
    """The key of the disagreement that was decided and is undecided now, if it is but one."""
    decided = {each.key for each in before.disagreements if each.decision is not None} if before is not None else set()
    found = [each.key for each in now.disagreements if each.is_open and each.key in decided]
    return found[0] if len(found) == 1 else None


def bar(done: int, of: int, cells: int = 10) -> str:
    """How far it has come."""
    full = cells * done // max(1, of)
    return "█" * full + "░" * (cells - full)


def progress_told(agenda: Agenda, wanted: Wanted) -> str:
    """`███░░░ 12 of 43 decided   33 of 76 lie where the consensus was coded by hand   5 in edges alone (e)`."""
    done, of = wanted.progress(agenda)
    folded = wanted.folded(agenda)
    parts = [f"{bar(done, of)} {done} of {of} decided" if of else "nothing to decide"]
    by_hand = wanted.by_hand(agenda)
    if by_hand:
        parts.append(f"{by_hand} of {by_hand + of} lie where the consensus was coded by hand")
    if folded:
        parts.append(f"{folded} in edges alone (e)")
    return "   ".join(parts)
