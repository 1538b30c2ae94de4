"""Moderators and rivals: what contexts and moderators are said to do, and what else is given as the cause."""

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.arrow_lists import arrow_head
from qualcode.analysis.claims import Telling, asked_for, counted_claims
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.listing import Line, listed
from qualcode.analysis.said_arrows import SaidArrows
from qualcode.analysis.speech import Mask
from qualcode.analysis.tiers import branches
from qualcode.model import Kind
from qualcode.project import Project
from qualcode.sweep import once
from qualcode.table import Heading, Table

_ACTING: tuple[tuple[Kind, str], ...] = (("context", "Contexts"), ("moderator", "Moderators"))
_COMPETING: tuple[tuple[Kind, str], ...] = (
    ("rival explanation", "Rival explanations"),
    ("mechanism", "Mechanisms"),
    ("process outcome", "Process outcomes"),
)
_OUTCOMES: tuple[tuple[Kind, str], ...] = (("process outcome", ""), ("downstream outcome", ""))


def moderators(
    project: Project,
    *,
    scope: Scope | None = None,
    telling: Telling | None = None,
) -> Table:
    """What contexts and moderators are said to do to mechanisms and outcomes; rivals beside what they compete with.

    For each outcome that a rival explanation is claimed for there is a band: the rivals, and below them the arrows from
    mechanisms and process outcomes to the same outcome or one below it. "Both" counts the people who tell a rival and
    one of these.

    Args:
        project: the study.
        scope: which part of the study, and whose coding.
        telling: which claims, by how they are told.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    corpus = Corpus(project, scope)
    asked = asked_for(telling)
    sources = corpus.shown(branches(corpus.tree, (*_ACTING, *_COMPETING)))
    targets = branches(corpus.tree, (("mechanism", ""), *_OUTCOMES))
    arrows = SaidArrows(counted_claims(corpus, sources, targets, "people", telling=asked))
    pairs = arrows.pairs()
    acting = [
        arrows.line(arrow_head(source, target, band), source, target)
        for kind, band in _ACTING
        for source, target in pairs
        if source.code.kind == kind
    ]
    lines = [*acting, *_rivals(arrows, pairs)]
    heads = [*arrows.columns(), Heading("both", "Both")]
    notes = (
        *said.layer_notes(corpus, corpus.columns.claims, "made claims"),
        said.filter_note(corpus, *asked.parts()),
        "Rivals stand with what else is said to lead to the same outcome or one below it.",
        "Both: people who tell a rival and something else that leads there.",
        "An arrow stands at the codes its claims were made with and counts what is claimed of the codes below them.",
        *said.claim_notes(arrows.claims),
        "The numbers show the spread of accounts, not how common or how strong a change is.",
        *said.standing_notes(corpus),
    )
    title = "Moderators and rivals: what they are said to do"
    return listed(project, "moderators", title, "Arrow", heads, lines, notes)


def _rivals(arrows: SaidArrows, pairs: list[tuple[Branch, Branch]]) -> list[Line]:
    rivals = [pair for pair in pairs if pair[0].code.kind == "rival explanation"]
    targets = {target.code.id: target for _, target in rivals}
    lines = []
    for target in sorted(targets.values(), key=lambda each: each.first):
        band = f"Rivals for {target.code.short} {target.code.name}"
        own = [pair for pair in rivals if pair[1] == target]
        others = [
            pair
            for pair in pairs
            if pair[0].code.kind in {"mechanism", "process outcome"} and target.first <= pair[1].first < target.last
        ]
        for pairs_here, beside in ((own, others), (others, own)):
            among = _any(arrows, beside)
            lines += [_compared(arrows, _head(pair, target, band), pair, among) for pair in pairs_here]
    return lines


def _head(pair: tuple[Branch, Branch], target: Branch, band: str) -> Heading:
    """A row beside a rival has the rival's outcome in its key: it may stand in several bands."""
    head = arrow_head(*pair, band)
    if pair[0].code.kind == "rival explanation":
        return head
    return Heading(f"{target.code.short}: {head.key}", head.text, group=band, depth=1)


def _any(arrows: SaidArrows, pairs: list[tuple[Branch, Branch]]) -> Mask:
    none = np.zeros(len(arrows.claims.cells.passages.counted), dtype=np.bool_)
    return np.asarray(np.logical_or.reduce([none, *(arrows.under(*pair) for pair in pairs)]), dtype=np.bool_)


def _compared(arrows: SaidArrows, head: Heading, pair: tuple[Branch, Branch], among: Mask) -> Line:
    """An arrow's row, with the people who also make one of the claims `among`."""
    line = arrows.line(head, *pair)
    passages = arrows.claims.cells.passages
    here = arrows.under(*pair)
    mine, theirs = (once(passages.speaker[some[passages.spoken]]) for some in (here, among))
    both = np.intersect1d(mine, theirs)
    told = once(passages.spoken[np.isin(passages.speaker, both) & (here | among)[passages.spoken]])
    cells = {**line.cells, "both": len(both)}
    return Line(head, cells, {**line.evidence, "both": arrows.evidence(told)}, line.marks, line.of)
