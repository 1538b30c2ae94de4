"""Which numbers moved between two points of a project's history, and what was done in between that touched them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace

import numpy as np

from qualcode.analysis.claims import counted_claims
from qualcode.analysis.counting import Corpus, Unit
from qualcode.analysis.said_arrows import SaidArrows
from qualcode.analysis.tallies import tallied
from qualcode.model import Action, Code, Milestone
from qualcode.project import Project
from qualcode.project.touches import Touch, standing_actions, touches
from qualcode.sweep import once

Numbers = Mapping[str, int]
"""What is counted -> how many."""

_UNITS: tuple[Unit, ...] = ("people", "sources", "references")


@dataclass(frozen=True, slots=True)
class Cause:
    """So many actions of one sort, by one coder."""

    verb: str
    coder: str
    count: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A code or an arrow whose numbers are not what they were, or to which something happened.

    Attributes:
        id: of the code, or of both ends of the arrow.
        name: "M2a Living proof", or "M2a → P3", as it is called now, else as it was.
        happened: what became of it: "added", "renamed from M2", "merged into M1".
        then, now: its numbers; None where it was not there, or another code stands for it.
        because: what was done that touched it.
    """

    id: tuple[int, ...]
    name: str
    happened: tuple[str, ...]
    then: Numbers | None
    now: Numbers | None
    because: tuple[Cause, ...]

    @property
    def changes(self) -> dict[str, tuple[int, int]]:
        """What is counted -> then and now, where they differ; nothing counts 0."""
        then, now = self.then or {}, self.now or {}
        pairs = {name: (then.get(name, 0), now.get(name, 0)) for name in (then or now)}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from a milestone to another, or to now.

    Attributes:
        since, until: the milestones, the earlier first; None = now.
        then, now: the project's own numbers at both.
        documents: what became of documents: "B-SU1 added".
        codes: those that moved, in the order of the tree now, then those that are gone.
        arrows: likewise.
        actions: all that was done in between and stands.
        notes: what must be known to read the numbers.
    """

    since: Milestone
    until: Milestone | None
    then: Numbers
    now: Numbers
    documents: tuple[str, ...]
    codes: tuple[Moved, ...]
    arrows: tuple[Moved, ...]
    actions: tuple[Cause, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stand:
    """The numbers of a project at one point, by id.

    Attributes:
        whole: the project's own.
        documents: names.
        codes: every code; `standing`: what stands for it.
        tree: ids of the codes that stand, in the order of the tree.
        branches: id of a code that stands -> ids of it and all below it, with what was merged into them.
        counts, found_in: id of a code that stands -> its numbers, and in which documents it was counted.
        arrows: ids of both ends -> numbers.
        layer: document -> coder whose coding counts.
    """

    whole: Numbers
    documents: Mapping[int, str]
    codes: Mapping[int, Code]
    standing: Mapping[int, int]
    tree: tuple[int, ...]
    branches: Mapping[int, frozenset[int]]
    counts: Mapping[int, Numbers]
    found_in: Mapping[int, frozenset[int]]
    arrows: Mapping[tuple[int, int], Numbers]
    layer: Mapping[int, int]


def compare(project: Project, since: Milestone, until: Milestone | None = None) -> Difference:
    """Which numbers moved from a milestone to another, or to now, and why.

    Numbers are those of the tables: one layer a document, a code with all below it. `segments` are the layer's
    passages before they are united to references. An arrow's numbers are those of the change model's cell. A number
    that nobody's coding touched may have moved with who speaks in a document, in which role, or whose coding counts.

    Raises:
        RefusedError: inside an action.
    """
    if until is not None and until.action < since.action:
        since, until = until, since
    with project.history.at(since.action):
        then = _stand(project)
    with nullcontext() if until is None else project.history.at(until.action):
        now = _stand(project)
        done = standing_actions(project.store, since.action)
        touched = list(touches(project.store, since.action))
    return Difference(
        since,
        until,
        then.whole,
        now.whole,
        tuple(_documents(then, now)),
        tuple(_codes(then, now, touched)),
        tuple(_arrows(then, now, touched)),
        _causes(done),
        tuple(_notes(done)),
    )


# -- one point ---------------------------------------------------------------------------------------------------------


def _stand(project: Project) -> _Stand:
    corpus = Corpus(project)
    codes = {code.id: code for code in project.codes.all(retired=True)}
    standing = project.codes.standing()
    branches = corpus.tree.branches
    ids = np.array(sorted(codes), dtype=np.int64)
    number = corpus.tree.numbers(ids)
    inside = {each.code.id: frozenset(ids[(number >= each.first) & (number < each.last)].tolist()) for each in branches}
    counts, found_in = _counts(corpus)
    arrows = _said(corpus)
    documents = {each.id: each.name for each in project.documents.all()}
    whole = {
        "documents": len(documents),
        "people interviewed": corpus.denominator("people") or 0,
        "codes in use": sum(branch.code.status == "live" for branch in branches),
        "segments": len(corpus.in_layer(corpus.columns.segments)),
        "claims": len(corpus.in_layer(corpus.columns.claims)),
        "codebook version": project.codebook_version,
    }
    return _Stand(
        whole,
        documents,
        codes,
        standing,
        tuple(branch.code.id for branch in branches),
        inside,
        counts,
        found_in,
        arrows,
        project.coders.layer(),
    )


def _counts(corpus: Corpus) -> tuple[dict[int, Numbers], dict[int, frozenset[int]]]:
    branches = corpus.tree.branches
    if not branches:
        return {}, {}
    by_code = tallied(corpus, branches, "references")
    everything = replace(branches[0], first=0, last=1)  # one column: what is asked is who, not with which codes
    made = replace(by_code, columns=(everything,), column=np.zeros_like(by_code.row), breadth=1)
    counted = {str(unit): replace(made, unit=unit).counts()[:, -1].tolist() for unit in _UNITS}
    row, document = made.row[made.passages.counted], made.passages.document[made.passages.counted]
    order = np.argsort(row, kind="stable")
    first = np.searchsorted(row[order], np.arange(len(corpus.tree) + 1)).tolist()
    counts: dict[int, Numbers] = {}
    found_in: dict[int, frozenset[int]] = {}
    for place, branch in enumerate(branches):
        here = document[order[first[branch.first] : first[branch.last]]]
        counts[branch.code.id] = {"segments": len(here), **{unit: counted[unit][place] for unit in counted}}
        found_in[branch.code.id] = frozenset(corpus.document_ids[once(here)].tolist())
    return counts, found_in


def _said(corpus: Corpus) -> dict[tuple[int, int], Numbers]:
    """Each arrow that is claimed: claims and people."""
    branches = corpus.tree.branches
    arrows = SaidArrows(counted_claims(corpus, branches, branches, "people"))
    passages = arrows.claims.cells.passages
    found: dict[tuple[int, int], Numbers] = {}
    for source, target in arrows.pairs():
        here = arrows.under(source, target)
        people = len(once(passages.speaker[here[passages.spoken]]))
        found[source.code.id, target.code.id] = {"claims": int(np.count_nonzero(here)), "people": people}
    return found


# -- two points --------------------------------------------------------------------------------------------------------


def _documents(then: _Stand, now: _Stand) -> Iterable[str]:
    for document in sorted(then.documents.keys() | now.documents.keys()):
        before, after = then.documents.get(document), now.documents.get(document)
        if before is None:
            yield f"{after} added"
        elif after is None:
            yield f"{before} removed"
        elif before != after:
            yield f"{after} renamed from {before}"


def _codes(then: _Stand, now: _Stand, touched: list[Touch]) -> Iterable[Moved]:
    for code in dict.fromkeys((*now.tree, *then.tree)):
        happened = tuple(_happened(code, then, now))
        before, after = then.counts.get(code), now.counts.get(code)
        if happened or before != after:
            known = now.codes.get(code) or then.codes[code]
            inside = then.branches.get(code, frozenset()) | now.branches.get(code, frozenset()) | {code}
            found_in = then.found_in.get(code, frozenset()) | now.found_in.get(code, frozenset())
            causes = (each for each in touched if _touches_code(each, inside, found_in, then, now))
            name = f"{known.short} {known.name}"
            yield Moved((code,), name, happened, before, after, _causes(each.action for each in causes))


def _happened(code: int, then: _Stand, now: _Stand) -> Iterable[str]:
    """What became of a code, in words."""
    before, after = then.codes.get(code), now.codes.get(code)
    if before is None or after is None:
        yield "added" if before is None else "removed"
        return
    if before.short != after.short or before.name != after.name:
        yield f"renamed from {before.short} {before.name}"
    if before.parent != after.parent:
        above = now.codes.get(after.parent or 0)
        yield f"moved below {above.short}" if above else "moved to the top"
    if before.definition != after.definition:
        yield "redefined"
    into, was = now.standing[code], then.standing[code]
    if into != was:
        yield f"merged into {now.codes[into].short}" if into != code else "no longer merged"
    elif before.status != after.status:
        yield "retired" if after.status == "retired" else "in use again"


def _touches_code(touch: Touch, inside: frozenset[int], found_in: frozenset[int], then: _Stand, now: _Stand) -> bool:
    if touch.arrow is not None:
        return False
    if touch.code is None:
        return touch.document in found_in
    return touch.code in inside and _counts_there(touch, then, now)


def _counts_there(touch: Touch, then: _Stand, now: _Stand) -> bool:
    """Whether it is no coding, or the coding that counts in its document at either point."""
    document = touch.document or 0
    return touch.coder is None or touch.coder in {then.layer.get(document), now.layer.get(document)}


def _arrows(then: _Stand, now: _Stand, touched: list[Touch]) -> Iterable[Moved]:
    for arrow in dict.fromkeys((*now.arrows, *then.arrows)):
        before, after = then.arrows.get(arrow), now.arrows.get(arrow)
        if before != after:
            known = [now.codes.get(code) or then.codes[code] for code in arrow]
            ends = [then.branches.get(code, frozenset()) | now.branches.get(code, frozenset()) for code in arrow]
            causes = (each for each in touched if _touches_arrow(each, ends, then, now))
            name = " → ".join(code.short for code in known)
            yield Moved(arrow, name, (), before, after, _causes(each.action for each in causes))


def _touches_arrow(touch: Touch, ends: list[frozenset[int]], then: _Stand, now: _Stand) -> bool:
    if touch.arrow is None:
        return touch.coder is None and touch.code is not None and touch.code in ends[0] | ends[1]
    is_between = touch.arrow[0] in ends[0] and touch.arrow[1] in ends[1]
    return is_between and _counts_there(touch, then, now)


def _causes(actions: Iterable[Action]) -> tuple[Cause, ...]:
    """By verb and coder, each action once, the most frequent first."""
    found = Counter((each.verb, each.coder) for each in {each.id: each for each in actions}.values())
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Cause(verb, coder, count) for (verb, coder), count in ranked)


def _notes(done: list[Action]) -> Iterable[str]:
    yield "Numbers as in the tables: the consensus where it is complete, else the document's lead coder."
    if any(each.verb == "forget" for each in done):
        yield (
            "Something was forgotten since: what was erased counts at neither point, and a document from which a "
            "person was erased counts at the later point alone."
        )
