"""The change model as a paper prints it: a long table, a row for each arrow that anybody claims."""

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.claims import Telling, asked_for, counted_claims, in_whole_layer
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.listing import Line, listed, resting
from qualcode.analysis.pinned import in_order
from qualcode.analysis.pins import NONE_CHOSEN, NOT_SHOWN
from qualcode.analysis.said_arrows import SaidArrows
from qualcode.analysis.speech import Mask
from qualcode.analysis.tiers import COLUMNS, ROWS, branches
from qualcode.model import Segment
from qualcode.project import Project
from qualcode.project.columns import STANCES
from qualcode.sweep import Integers
from qualcode.table import Heading, Table


def arrow_list(
    project: Project,
    *,
    scope: Scope | None = None,
    telling: Telling | None = None,
) -> Table:
    """Each arrow of the change model that is claimed: by whom, at how many sites, which way, and in which words.

    An arrow stands at the codes that its claims were made with; its numbers are those of the same cell of the change
    model. A quote is one that the analyst has pinned, never one picked by machine: a claim cannot be pinned itself, so
    it is a segment marked as exemplar, of the code at either end of the arrow or one below it, that shares words with
    one of the arrow's claims. A counter-quote shares words with a claim that says no effect or goes against the
    outcome, or with a passage that contradicts one of the arrow's claims.

    Args:
        project: the study.
        scope: which part of the study, and whose coding.
        telling: which claims, by how they are told.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    corpus = Corpus(project, scope)
    asked = asked_for(telling)
    rows, columns = (corpus.shown(branches(corpus.tree, tiers)) for tiers in (ROWS, COLUMNS))
    arrows = SaidArrows(counted_claims(corpus, rows, columns, "people", telling=asked))
    pins = ArrowQuotes(arrows)
    lines = [_line(arrows, pins, source, target) for source, target in arrows.pairs()]
    heads = [
        *arrows.columns(),
        Heading("quote", "Quote"),
        Heading("counter", "Counter-quote"),
    ]
    notes = (
        *said.layer_notes(corpus, corpus.columns.claims, "made claims"),
        said.filter_note(corpus, *asked.parts()),
        "An arrow stands at the codes its claims were made with and counts what is claimed of the codes below them.",
        "Against: claims of no effect or against the outcome's valence, and claims that another passage contradicts.",
        "A mixed claim is neither for nor against. A passage for or against a claim counts, whoever added it.",
        "Quotes are pinned by the analyst, never picked by machine.",
        *_expected_note(arrows),
        *said.claim_notes(arrows.claims),
        "The numbers show the spread of accounts, not how common or how strong a change is.",
        *said.standing_notes(corpus),
    )
    return listed(project, "arrows", "Arrows of the change model, and who claims them", "Arrow", heads, lines, notes)


def _line(arrows: SaidArrows, pins: "ArrowQuotes", source: Branch, target: Branch) -> Line:
    line = arrows.line(arrow_head(source, target, dict(ROWS)[source.code.kind]), source, target)
    here = arrows.under(source, target)
    against = line.cells["contradicting"]
    quotes, counters = pins.quotes(source, target, here), pins.counters(source, target, here)
    words = {"quote": pins.text(quotes), "counter": pins.text(counters) if against else ""}
    if against and not len(counters):
        words["counter"] = f"{NONE_CHOSEN} ({against} against)"
    pinned = {"quote": resting("segment", quotes), "counter": resting("segment", counters)}
    return Line(line.head, {**line.cells, **words}, {**line.evidence, **pinned}, line.marks, line.of)


def arrow_head(source: Branch, target: Branch, group: str) -> Heading:
    """An arrow as a row's head."""
    ends = source.code, target.code
    key = " → ".join(code.short for code in ends)
    return Heading(key, " → ".join(f"{code.short} {code.name}" for code in ends), group=group)


def _expected_note(arrows: SaidArrows) -> list[str]:
    """What nobody in the whole layer claims, whatever the filter."""
    cells = arrows.claims.cells
    tree = cells.corpus.tree
    told = [arrows, SaidArrows(in_whole_layer(arrows.claims))]
    rows, columns = tree.marked(cells.rows), tree.marked(cells.columns)
    missing = [
        f"{tree.branches[source].code.short} → {tree.branches[target].code.short}"
        for source, target in sorted(tree.expected())
        if rows[source]
        and columns[target]
        and not any(
            each.under(tree.branches[source], tree.branches[target])[each.claims.cells.bearing].any() for each in told
        )
    ]
    return [f"Expected by the codebook, and claimed by nobody: {', '.join(missing)}."] if missing else []


class ArrowQuotes:
    """The layer's exemplars, and which of them share words with an arrow's claims."""

    def __init__(self, arrows: SaidArrows) -> None:
        self._arrows = arrows
        self._corpus = corpus = arrows.claims.cells.corpus
        segments = corpus.in_layer(corpus.columns.segments)
        segments = segments.where(np.isin(segments.id, corpus.columns.exemplars))
        self._id, self._code = segments.id, corpus.tree.numbers(segments.code)
        _, self._start, self._end = corpus.axis(segments)
        evidence = corpus.columns.evidence
        evidence = evidence.where(evidence.stance == STANCES.index("contradicts"))
        self._of_claim = evidence.claim
        _, *self._against = corpus.axis(evidence)
        self._by_id = {each.id: each for each in corpus.project.segments.by_ids(self._id.tolist())}

    def quotes(self, source: Branch, target: Branch, here: Mask) -> list[int]:
        """Ids of those pinned for an arrow with these claims, leaving out those that speak against it."""
        counters = self.counters(source, target, here)
        passages = self._arrows.claims.cells.passages
        found = self._sharing(source, target, passages.start[here], passages.end[here])
        return [each for each in found if each not in counters]

    def counters(self, source: Branch, target: Branch, here: Mask) -> list[int]:
        """Ids of those pinned that speak against it."""
        claims = self._arrows.claims
        passages = claims.cells.passages
        against = here & claims.against
        denying = np.isin(self._of_claim, claims.cells.ids[0][here])
        start = np.concatenate((passages.start[against], self._against[0][denying]))
        end = np.concatenate((passages.end[against], self._against[1][denying]))
        return self._sharing(source, target, start, end)

    def _sharing(self, source: Branch, target: Branch, start: Integers, end: Integers) -> list[int]:
        of_ends = self._corpus.tree.marked((source, target))[self._code]
        shared = (self._start[:, np.newaxis] < end) & (start < self._end[:, np.newaxis])
        found = self._id[of_ends & shared.any(axis=1)].tolist()
        return [each.id for each in self._in_order(found)]

    def _in_order(self, ids: list[int]) -> list[Segment]:
        return in_order(self._corpus.project, [self._by_id[each] for each in ids])

    def text(self, ids: list[int]) -> str:
        """Their words with their citations, a line each, or that none was chosen; the same words once."""
        quotations = self._corpus.project.quotations([self._by_id[each] for each in ids])
        shown = [each for each in quotations if not each.is_withheld]
        lines = dict.fromkeys(f"“{each.printed.strip()}” {each.citation}" for each in shown)
        return "\n".join(lines) or (NOT_SHOWN if quotations else NONE_CHOSEN)
