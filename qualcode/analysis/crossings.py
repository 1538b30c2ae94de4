"""Codes by groups: how many people, documents, cases and passages of each group stand behind each code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.cells import Crossed
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Unit
from qualcode.analysis.groups import Group, Grouping
from qualcode.analysis.speech import Mask, Passages
from qualcode.errors import must_be_one_of
from qualcode.model import Quotation
from qualcode.sweep import Integers, once
from qualcode.table import NOTHING, Evidence

ACROSS: dict[Unit, str] = {
    "people": "people",
    "sources": "documents",
    "cases": "cases",
    "references": "passages",
}
"""What each unit counts, in words."""


@dataclass(frozen=True)
class Crossing:
    """Some codes by some groups, counted in one unit; the last group is all of them together.

    Attributes:
        cells: a row for each code, a column for each of `groups`.
        grouping: what is grouped by.
        groups: those shown, and all of them together.
    """

    cells: Crossed
    grouping: Grouping
    groups: tuple[Group, ...]

    @property
    def corpus(self) -> Corpus:
        """The study under its scope."""
        return self.cells.corpus

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The codes shown."""
        return self.cells.rows

    def in_unit(self, unit: Unit) -> "Crossing":
        """The same, counted in another unit."""
        return replace(self, cells=replace(self.cells, unit=unit))

    @cached_property
    def counts(self) -> Integers:
        """A row for each code, a column for each of `groups`."""
        return self.cells.counts()[:, :-1]

    @cached_property
    def denominators(self) -> Integers | None:
        """In the shape of `counts`: those in the group to whom at least one code of the branch applies.

        None for references, of which there is no N.
        """
        if self.cells.unit == "references":
            return None
        tree, known = self.corpus.tree, dict[bytes, list[int]]()  # many codes apply to the same roles and waves
        rows = []
        for branch in self.branches:
            to_some = self.corpus.to_some(tree.marked([branch]))
            key = to_some.tobytes()
            if key not in known:
                known[key] = self._sizes(to_some)
            rows.append(known[key])
        return np.array(rows, dtype=np.int64).reshape(len(rows), len(self.groups))

    @cached_property
    def sizes(self) -> Sequence[int | None]:
        """By group: those to whom at least one of the codes applies; None for references."""
        if self.cells.unit == "references":
            return [None] * len(self.groups)
        return self._sizes(self.corpus.to_some(self.corpus.tree.marked(self.branches)))

    def _sizes(self, to_some: Mask) -> list[int]:
        visits, silent = self.corpus.are_among(to_some)
        members = [self.grouping.among(group) for group in self.groups]
        return [len(self.corpus.interviewed(self.cells.unit, visits & here, silent & alone)) for here, alone in members]

    def evidence(self, row: int, column: int) -> Evidence:
        """The segments that a cell counts; by places of the code and the group."""
        ids = self.cells.opened(self.branches[row], (self.groups[column],)) if self.counts[row, column] else ()
        return Evidence("segment", ids) if ids else NOTHING

    def read(self, evidence: Evidence) -> tuple[Quotation, ...]:
        """The passages behind a cell."""
        project = self.corpus.project
        return project.quotations(project.segments.by_ids(evidence.ids))


def crossing(corpus: Corpus, branches: tuple[Branch, ...], grouping: Grouping, unit: Unit) -> Crossing:
    """The layer's segments of some codes by the groups of those who speak in them.

    A passage in which people of two groups speak stands in both, and once in all groups together. Words of nobody
    known are in the group that their document is in, if it is in any.
    """
    must_be_one_of("unit", unit, get_args(Unit))
    tree = corpus.tree
    shown = tree.marked(branches)
    segments = corpus.in_layer(corpus.columns.segments)
    code = tree.numbers(segments.code)
    segments, code = segments.where(shown[code]), code[shown[code]]
    document, start, end = corpus.axis(segments)
    passages = corpus.passages(document, start, end, corpus.turns(start, end), (code,))
    passage, group, passages = _by_group(grouping, passages)
    groups = (*grouping.met, grouping.everyone)
    cells = Crossed(
        corpus, unit, branches, groups, code[passage], group, passages, (segments.id[passage],), grouping.size + 1
    )
    return Crossing(cells, grouping, groups)


def _by_group(grouping: Grouping, passages: Passages) -> tuple[Integers, Integers, Passages]:
    """Each counted passage once for each group in it: its index, the group's number, and the passages so repeated."""
    group = grouping.at(passages.document[passages.spoken], passages.speaker)
    is_alone = passages.counted.copy()
    is_alone[passages.spoken] = False
    alone = np.flatnonzero(is_alone)
    width = grouping.size + 1
    spoken = passages.spoken * width + group
    pairs = once(np.concatenate((spoken, alone * width + grouping.alone(passages.document[alone]))))
    passage, number = np.divmod(pairs, width)
    repeated = Passages(
        document=passages.document[passage],
        start=passages.start[passage],
        end=passages.end[passage],
        spoken=np.searchsorted(pairs, spoken),
        speaker=passages.speaker,
        counted=np.ones(len(pairs), dtype=np.bool_),
        beyond=passages.beyond,
    )
    return passage, number, repeated


# -- notes -----------------------------------------------------------------------------------------------------------


def notes(made: Crossing) -> tuple[str, ...]:
    """Whose coding, which part of the study, what is left out, and how to read the numbers."""
    corpus = made.corpus
    return (
        *said.layer_notes(corpus, corpus.columns.segments, "coded"),
        said.filter_note(corpus),
        *group_notes(made.grouping),
        *_lost_notes(corpus),
        *_unborne_notes(made),
        *said.unknown_notes(corpus, corpus.tree.marked(made.branches)),
        "A code counts what stands under it and under the codes below it, each once.",
        "The numbers show the spread of accounts, not how common or how strong something is.",
        *said.standing_notes(corpus),
    )


def group_notes(grouping: Grouping) -> list[str]:
    """Who is in several groups, and of which nobody was interviewed."""
    scope = grouping.corpus.scope
    is_filtered = scope.roles or scope.waves or scope.cases or scope.attributes
    met = {group.key for group in grouping.met}
    unmet = [group.key for group in grouping.groups if not (group.key in met or group.is_rest or group.person)]
    return [
        *said.left_out(grouping.in_several(),
                       f"person stands under more than one {grouping.by}: counted under each, and once in all",
                       f"people stand under more than one {grouping.by}: counted under each, and once in all"),
        *([f"Not shown, since nobody was interviewed: {', '.join(unmet)}."] if unmet and not is_filtered else []),
    ]  # fmt: skip


def _lost_notes(corpus: Corpus) -> list[str]:
    """How many passages stand in no row, since their code is no longer in use and below none that is."""
    live = corpus.tree.marked(branch for branch in corpus.tree.branches if branch.code.status == "live")
    if live.all() or corpus.scope.codes:
        return []
    segments = corpus.in_layer(corpus.columns.segments)
    segments = segments.where(~live[corpus.tree.numbers(segments.code)])
    code, (document, start, end) = corpus.tree.numbers(segments.code), corpus.axis(segments)
    counted = corpus.passages(document, start, end, corpus.turns(start, end), (code,)).counted
    named = ", ".join(corpus.tree.branches[each].code.short for each in once(code[counted]).tolist())
    why = f"of retired codes not shown: {named}"
    return said.left_out(int(np.count_nonzero(counted)), f"passage stands in no row ({why})",
                         f"passages stand in no row ({why})")  # fmt: skip


def _unborne_notes(made: Crossing) -> list[str]:
    cells = made.cells
    unborne = once(cells.ids[0][~cells.bearing])
    return [
        *said.unborne_note(len(unborne), "passage", cells.unit),
        *said.left_out(cells.passages.beyond, "passage does not count: its code applies to none of its speakers",
                       "passages do not count: their codes apply to none of their speakers"),
    ]  # fmt: skip
