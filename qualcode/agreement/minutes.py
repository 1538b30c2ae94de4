"""What coders differ on, as a list for a meeting; and the minutes of it: what was decided, why, what rules came of it.

write_paper(minutes(project), Path("minutes.docx"))
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from qualcode.agreement import wording
from qualcode.agreement.matters import RULE, Agenda, Disagreement, Matter
from qualcode.agreement.meeting import agenda
from qualcode.agreement.sheet import Line, sheet
from qualcode.analysis.said import project_notes
from qualcode.errors import RefusedError
from qualcode.model import Claim, Code, Coder, Quotation
from qualcode.paper import Chapter, Paper
from qualcode.project import Project
from qualcode.project.decisions import Decision
from qualcode.table import Heading, Table
from qualcode.visible import counted

TITLE = "Minutes of the meeting"
_WHOLE, _HEAD, _TAIL = 300, 180, 100  # a longer passage is shown by its beginning and its end
_PARTS = {"brief": "in a line", "full": "in full", "include": "when", "exclude": "when not", "example": "example"}
_ABOUT = {
    "whether": "whether", "direction": "direction", "whose": "whose", "standing": "how it is known", "tense": "tense",
    "negative": "negative case", "edges": "edges",
}  # fmt: skip


class Telling:
    """Puts disagreements and decisions into words; what is looked up for all is read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._codes: dict[int, Code] = {each.id: each for each in project.codes.all(retired=True)}
        self._coders: dict[int, Coder] = {each.id: each for each in project.coders.all()}

    def code(self, code: int) -> str:
        """Its short name."""
        return self._codes[code].short

    def matter(self, matter: Matter, *, named: bool = False) -> str:
        """The code, or both of a claim: `M2a`, `M2a → P3`."""
        shorts = [matter.code] if matter.to_code is None else [matter.code, matter.to_code]
        return " → ".join(
            f"{self._codes[each].short} {self._codes[each].name}" if named else self.code(each) for each in shorts
        )

    def who(self, matter: Matter) -> str:
        """Who gave it: `AK, not JB`; where all did, in what they differ: `AK raises, JB lowers`."""
        if matter.not_by:
            return f"{', '.join(matter.by)}, not {', '.join(matter.not_by)}"
        if "direction" in matter.about:
            return ", ".join(f"{side.coder} {'/'.join(_directions(side.rows))}" for side in matter.sides)
        return f"{wording.listed(matter.by)}: {', '.join(_ABOUT[each] for each in matter.about)}"

    def quotation(self, disagreement: Disagreement) -> Quotation:
        """Its words, with citation and the question before."""
        row: Any = next(row for side in disagreement.matters[0].sides for row in side.rows)
        return self._project.quotations([row._replace(start=disagreement.start, end=disagreement.end)])[0]

    def outcome(self, decision: Decision) -> str:
        """What was decided: `as AK`, `recoded to M2c`."""
        said = decision.said
        if said.outcome != "recode":
            return said.outcome
        if said.to_code is None:
            return f"recoded to {self.code(said.instead or said.code)}"
        ends = self.code(said.instead or said.code), self.code(said.instead_to or said.to_code)
        return " ".join(["recoded to", " → ".join(ends), *([said.direction] if said.direction else [])])

    def decided(self, disagreement: Disagreement) -> str:
        """What was decided of it: as `outcome`; `as AK: not given` where AK gave nothing; "" where nothing was."""
        decision = disagreement.decision
        if decision is None:
            return ""
        told = self.outcome(decision)
        followed = [side for one in disagreement.matters for side in one.sides if told == f"as {side.coder}"]
        return f"{told}: not given" if followed and not any(side.rows for side in followed) else told

    def by(self, decision: Decision) -> str:
        """Who wrote it down."""
        return self._coders[decision.coder].short


def _directions(rows: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(row.direction for row in rows if isinstance(row, Claim)))


def key_of(telling: Telling, disagreement: Disagreement) -> str:
    """How the command line names a disagreement: `A-SU1:1034:M2a`, of a claim `A-SU1:1034:M2a>P3`."""
    first = disagreement.matters[0]
    codes = telling.matter(first).replace(" → ", ">")
    return f"{first.document.name}:{first.start}:{codes}"


def meeting_table(project: Project, found: Agenda, chosen: Sequence[Disagreement]) -> Table:
    """Disagreements as a list to talk over, each with the key by which it is decided."""
    telling = Telling(project)
    columns = [
        Heading("key", "Key"), Heading("who", "Who gave what"), Heading("where", "Where"),
        Heading("passage", "Passage"), Heading("decided", "Decided"), Heading("reason", "Reason"),
    ]  # fmt: skip
    lines: list[Line] = []
    for number, each in enumerate(chosen, start=1):
        quotation, decision = telling.quotation(each), each.decision
        decided = "by hand" if decision is None and found.is_by_hand(each) else telling.decided(each)
        values = (
            key_of(telling, each), _given(telling, each), quotation.citation, _cut(quotation.words), decided,
            decision.said.reason if decision else "",
        )  # fmt: skip
        lines.append(Line(Heading(str(number), str(number)), values))
    left = sum(each.is_open and not found.is_by_hand(each) for each in found.disagreements)
    notes = [f"{counted(left, 'disagreement')} still to be decided.", *found.remarks, RULE, *project_notes(project)]
    return sheet(project, "What coders differ on", "", columns, lines, notes, name="disagreements")


def _given(telling: Telling, each: Disagreement) -> str:
    return "; ".join(f"{telling.matter(one, named=True)}: {telling.who(one)}" for one in each.matters)


def _cut(words: str) -> str:
    """A long passage by its first and last whole words."""
    if len(words) <= _WHOLE:
        return words
    head, tail = words[:_HEAD].rpartition(" ")[0], words[-_TAIL:].partition(" ")[2]
    return f"{head or words[:_HEAD]} [...] {tail or words[-_TAIL:]}"


# -- the minutes -------------------------------------------------------------------------------------------------------


def days(project: Project) -> list[date]:
    """The days on which something was decided (UTC), the last first."""
    return sorted({each.at.date() for each in project.decisions.all()}, reverse=True)


def minutes(project: Project, *, since: date | None = None) -> Paper:
    """What was decided, why, by whom and when; the rules that came of it; what is complete and what is open.

    Args:
        project: an open study.
        since: only what was decided on this day (UTC) or later; None = everything.

    Raises:
        RefusedError: there are fewer than two coders to compare, or nothing was decided.
    """
    found, telling = agenda(project), Telling(project)
    begin = datetime.combine(since, time.min, UTC) if since else None
    decided = [each for each in found.disagreements if _is_of(each, since)]
    if not decided:
        raise RefusedError("nothing was decided" + (f" since {since}" if since else ""),
                           remedy="Decide: qualcode agreement decide, or in the workbench.")  # fmt: skip
    begin = begin or min(_decision(each).at for each in decided)
    left = [each for each in found.disagreements if each.is_open and not found.is_by_hand(each)]
    chapters = [
        Chapter("The meeting", tuple(_opening(found, telling, decided, left)), points=tuple(_complete(found))),
        Chapter("Decisions", tables=(_decisions(project, telling, decided),)),
        *_rules(project, begin),
        *_open(project, telling, left),
        Chapter("How agreement is carried in", (RULE,), points=tuple(project_notes(project))),
    ]
    return Paper(TITLE, tuple(chapters))


def _is_of(each: Disagreement, since: date | None) -> bool:
    decision = each.decision
    return decision is not None and (since is None or decision.at.date() >= since)


def _decision(each: Disagreement) -> Decision:
    if each.decision is None:
        raise RefusedError("this is not decided yet")
    return each.decision


def _opening(
    found: Agenda, telling: Telling, decided: Sequence[Disagreement], left: Sequence[Disagreement]
) -> Iterator[str]:
    made = [_decision(each) for each in decided]
    documents = {each.document.name for each in decided}
    first, last = min(each.at for each in made), max(each.at for each in made)
    when = f"on {first:%Y-%m-%d}" if first.date() == last.date() else f"from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
    hands = wording.listed(tuple(dict.fromkeys(telling.by(each) for each in made)))
    yield (
        f"Compared: {wording.listed(found.coders)}. Decided by: {hands}, {when}. "
        f"{counted(len(made), 'decision')} in {counted(len(documents), 'document')}; "
        f"{counted(len(left), 'disagreement is', 'disagreements are')} still open."
    )
    yield from found.remarks
    nameless = sum(not each.said.reason for each in made)
    if nameless:
        yield f"{counted(nameless, 'decision has', 'decisions have')} no reason."


def _complete(found: Agenda) -> Iterator[str]:
    names = [each.document.name for each in found.sheets if each.is_complete and each.is_settled]
    if names:
        yield f"The consensus is complete in {', '.join(names)}: tables count it there."
    by_hand = [each.document.name for each in found.sheets if each.is_by_hand]
    if by_hand:
        yield f"It was coded by hand, and nothing was decided here, in {', '.join(by_hand)}."


def _decisions(project: Project, telling: Telling, decided: Sequence[Disagreement]) -> Table:
    columns = [
        Heading("given", "Who gave what"), Heading("where", "Where"), Heading("passage", "Passage"),
        Heading("decided", "Decided"), Heading("reason", "Reason"), Heading("by", "By, when (UTC)"),
    ]  # fmt: skip
    lines: list[Line] = []
    for number, each in enumerate(decided, start=1):
        decision, quotation = _decision(each), telling.quotation(each)
        values = (
            _given(telling, each), quotation.citation, _cut(quotation.words), telling.decided(each),
            decision.said.reason or "(none given)", f"{telling.by(decision)}, {decision.at:%Y-%m-%d %H:%M}",
        )  # fmt: skip
        lines.append(Line(Heading(str(number), str(number)), values))
    return sheet(project, "What was decided", "", columns, lines, name="minutes")


def _rules(project: Project, begin: datetime) -> Iterator[Chapter]:
    """What was added to definitions since."""
    columns = [
        Heading("code", "Code"), Heading("version", "Version"), Heading("now", "What it says now"),
        Heading("by", "By, when (UTC)"),
    ]  # fmt: skip
    coders = {each.id: each.short for each in project.coders.all()}
    lines: list[Line] = []
    for each in project.decisions.redefined_since(begin):
        code = project.codes.get(each.code)
        said = {version: definition for version, _, definition in project.codes.history(code)}
        now, before = said[each.version], said[each.version - 1]
        told = [f"{words}: {_added(getattr(before, part), getattr(now, part))}" for part, words in _PARTS.items()
                if getattr(before, part) != getattr(now, part)]  # fmt: skip
        by = f"{coders[each.coder]}, {each.at:%Y-%m-%d %H:%M}"
        values = (f"{code.short} {code.name}", each.version, "\n".join(told), by)
        lines.append(Line(Heading(str(len(lines) + 1), str(len(lines) + 1)), values))
    if lines:
        table = sheet(project, "Definitions written since the first decision", "", columns, lines, name="minutes")
        yield Chapter("Rules added", tables=(table,))
    else:
        yield Chapter("Rules added", ("No definition was changed.",))


def _added(before: str, now: str) -> str:
    """What is new, where lines were added; else all of it."""
    lines = before.splitlines()
    fresh = [line for line in now.splitlines() if line not in lines]
    return "\n".join(fresh) if fresh and all(line in now.splitlines() for line in lines) else now


def _open(project: Project, telling: Telling, left: Sequence[Disagreement]) -> Iterator[Chapter]:
    if not left:
        yield Chapter("Still open", ("Nothing.",))
        return
    columns = [Heading("given", "Who gave what"), Heading("where", "Where"), Heading("passage", "Passage")]
    lines: list[Line] = []
    for number, each in enumerate(left, start=1):
        quotation = telling.quotation(each)
        values = (_given(telling, each), quotation.citation, _cut(quotation.words))
        lines.append(Line(Heading(str(number), str(number)), values))
    yield Chapter("Still open", tables=(sheet(project, "To be talked over", "", columns, lines, name="minutes"),))
