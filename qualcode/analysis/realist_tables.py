"""The realist view of claims: in which context a mechanism is said to lead to which outcome (Pawson & Tilley)."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.arrow_lists import arrow_head
from qualcode.analysis.claims import Telling, asked_for, counted_claims
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.listing import Line, listed, resting
from qualcode.analysis.mentions import speeches
from qualcode.analysis.said_arrows import SaidArrows
from qualcode.analysis.speech import Mask
from qualcode.analysis.tiers import branches, innermost
from qualcode.model import Kind
from qualcode.project import Project
from qualcode.project.columns import Array
from qualcode.sweep import Integers, once
from qualcode.table import Heading, Table

_CONTEXTS: tuple[tuple[Kind, str], ...] = (("context", ""), ("moderator", ""))
_MECHANISMS: tuple[tuple[Kind, str], ...] = (("mechanism", ""),)
_OUTCOMES: tuple[tuple[Kind, str], ...] = (("process outcome", ""), ("downstream outcome", ""))


def cmo(
    project: Project,
    *,
    scope: Scope | None = None,
    telling: Telling | None = None,
) -> Table:
    """Context + mechanism → outcome: claims from a mechanism to an outcome, with the contexts of the same answer.

    A claim stands in a context where the layer has a segment of a context or moderator code in the same answer, in
    words of the same speaker. How many of these segments share words with the claim is counted beside. Nobody need have
    said that the context makes the difference: that is for the analyst to read.

    Args:
        project: the study.
        scope: which part of the study, and whose coding; codes: of contexts, mechanisms or outcomes.
        telling: which claims, by how they are told.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    corpus = Corpus(project, scope)
    asked = asked_for(telling)
    contexts, rows, columns = (
        corpus.shown(branches(corpus.tree, kinds)) for kinds in (_CONTEXTS, _MECHANISMS, _OUTCOMES)
    )
    arrows = SaidArrows(counted_claims(corpus, rows, columns, "people", telling=asked))
    placed = _placed(arrows, contexts)
    lines = [
        _line(arrows, placed, context, *pair)
        for context in contexts
        for pair in arrows.pairs()
        if placed.is_made_with(arrows, context, *pair)
    ]
    heads = [
        *arrows.columns(),
        Heading("same words", "Over the same words", "claims"),
        Heading("context", "Of the context", "passages"),
    ]
    counted = arrows.claims.cells.passages.counted
    bare = int(np.count_nonzero(counted)) - len(once(placed.claim))
    notes = (
        *said.layer_notes(corpus, corpus.columns.claims, "made claims"),
        said.filter_note(corpus, *asked.parts()),
        "In a context: a context or moderator is coded in the same answer, in words of the same speaker.",
        "Nobody need have said that the context makes the difference.",
        *said.left_out(bare, "claim from a mechanism to an outcome has no context in its answer, and is not shown",
                       "claims from a mechanism to an outcome have no context in their answer, and are not shown"),
        *said.claim_notes(arrows.claims),
        "The numbers show the spread of accounts, not how common or how strong a change is.",
        *said.standing_notes(corpus),
    )  # fmt: skip
    title = "Context, mechanism, outcome: claims with a context in the same answer"
    return listed(project, "cmo", title, "Mechanism → outcome", heads, lines, notes)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Claims in their contexts: pairs of a claim and a segment in one answer, in words of the same speaker.

    Attributes:
        claim: index of the claim.
        person: who speaks; one beyond the last person where nobody known does.
        code: number of the segment's code.
        innermost: by number of a code: place among the contexts shown.
        contexts: those shown.
        segment: id of the segment.
        shares: whether it shares words with the claim.
    """

    claim: Integers
    person: Integers
    code: Integers
    innermost: Integers
    contexts: tuple[Branch, ...]
    segment: Integers
    shares: Mask

    def within(self, context: Branch) -> Mask:
        """Which pairs are of a context or one below it."""
        return np.asarray((context.first <= self.code) & (self.code < context.last), dtype=np.bool_)

    def is_made_with(self, arrows: SaidArrows, context: Branch, source: Branch, target: Branch) -> bool:
        """Whether a pair is of this very context, and of a claim made with these very codes."""
        cells, tree = arrows.claims.cells, arrows.claims.cells.corpus.tree
        own = self.innermost[self.code] == self.contexts.index(context)
        ends = (
            innermost(tree, shown)[code[self.claim]] == shown.index(end)
            for shown, code, end in ((cells.rows, cells.row, source), (cells.columns, cells.column, target))
        )
        return bool(np.logical_and.reduce([own, *ends]).any())


def _placed(arrows: SaidArrows, contexts: tuple[Branch, ...]) -> _Placed:
    cells = arrows.claims.cells
    corpus = cells.corpus
    counted = np.flatnonzero(cells.passages.counted)
    made = corpus.columns.claims
    claims = made.where(np.isin(made.id, cells.ids[0][counted]))  # in the same order
    segments = corpus.in_layer(corpus.columns.segments)
    code = corpus.tree.numbers(segments.code)
    used = corpus.tree.marked(contexts)[code] & np.isin(segments.document, claims.document)
    segments, code = segments.where(used), code[used]
    pairs = _together(corpus, claims, (cells.row[counted], cells.column[counted]), segments, code)
    claim, person, segment = (np.array([pair[part] for pair in pairs], dtype=np.int64) for part in range(3))
    shares = np.maximum(claims.start[claim], segments.start[segment]) < np.minimum(
        claims.end[claim], segments.end[segment]
    )
    places = innermost(corpus.tree, contexts)
    return _Placed(counted[claim], person, code[segment], places, contexts, segments.id[segment], shares)


def _together(
    corpus: Corpus, claims: Array, ends: tuple[Integers, Integers], segments: Array, code: Integers
) -> list[tuple[int, int, int]]:
    """(claim, person, segment) of each claim and segment in one answer of one speaker."""
    found = speeches(corpus, segments, code)
    here = defaultdict(list)
    for segment, answer, person in zip(found.coded.tolist(), found.answer.tolist(), found.person.tolist(), strict=True):
        here[answer, person].append(segment)
    said_so = speeches(corpus, claims, *ends)
    told = zip(said_so.coded.tolist(), said_so.answer.tolist(), said_so.person.tolist(), strict=True)
    return sorted({(claim, person, each) for claim, answer, person in told for each in here[answer, person]})


def _line(arrows: SaidArrows, placed: _Placed, context: Branch, source: Branch, target: Branch) -> Line:
    cells = arrows.claims.cells
    within = placed.within(context) & arrows.under(source, target)[placed.claim]
    among = np.zeros(len(cells.row), dtype=np.bool_)
    among[placed.claim[within]] = True
    told = set(zip(placed.claim[within].tolist(), placed.person[within].tolist(), strict=True))
    spoken = zip(cells.passages.spoken.tolist(), cells.passages.speaker.tolist(), strict=True)
    by = np.array([pair in told for pair in spoken], dtype=np.bool_)
    arrow = arrow_head(source, target, f"{context.code.short} {context.code.name}")
    head = Heading(f"{context.code.short}: {arrow.key}", arrow.text, group=arrow.group)
    line = arrows.line(head, source, target, among, by)
    shared, segments = once(placed.claim[within & placed.shares]), once(placed.segment[within])
    numbers = {"same words": len(shared), "context": len(segments)}
    evidence = {"same words": arrows.evidence(shared), "context": resting("segment", segments.tolist())}
    return Line(head, {**line.cells, **numbers}, {**line.evidence, **evidence}, line.marks, line.of)
