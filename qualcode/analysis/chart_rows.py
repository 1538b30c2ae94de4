"""The rows of a framework's chart: who could have been interviewed at each wave, and what was coded there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from qualcode.analysis import citing
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope
from qualcode.errors import InputError
from qualcode.model import Case
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.sweep import Integers, once

By = Literal["person", "case"]
Met = set[tuple[int, int]]  # numbers of a person or case, and of a wave


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a row is about.

    Attributes:
        id: of the person or case.
        name: as cited.
        case: name of the person's case, "" if none or not told; of a case its own name.
        members: number of the person, or numbers of the case and the cases inside it.
        depth: how far a case stands below others.
    """

    id: int
    name: str
    case: str
    members: tuple[int, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody at one wave (its number); `met`: whether they were interviewed then."""

    bearer: Bearer
    wave: int
    met: bool


class ChartRows:
    """Who stands in the rows of a chart, at which waves, with the segments counted for them.

    Attributes:
        corpus: the project under the scope.
        everywhere: the same at all waves.
        by: whether people or cases stand in the rows.
        bearers: in order of case, then name; those interviewed within the scope at any wave.
        waves: numbers of the waves of the scope in which there are documents.
        lines: in order of bearer, then wave. Who was not interviewed at a wave has a line there too; not so who was,
            but outside the scope, in another role for instance.

    Raises:
        InputError: rows can be people or cases only.
    """

    def __init__(self, project: Project, scope: Scope | None, by: str) -> None:
        if by not in ("person", "case"):
            raise InputError(f"a framework has people or cases in its rows, not a {by}")
        self.corpus = Corpus(project, scope)
        self.by: By = "person" if by == "person" else "case"
        self.waves = tuple(once(self.corpus.wave_of_document[self.corpus.in_waves]).tolist())
        self.everywhere = self.corpus
        if self.corpus.scope.waves:
            self.everywhere = Corpus(project, replace(self.corpus.scope, waves=()))
        self._met = self._met_in(self.corpus)
        self._ever_met = {bearer for bearer, _ in self._met_in(self.everywhere)}
        self.bearers = tuple(self._people() if self.by == "person" else self._cases())
        self.lines = tuple(line for bearer in self.bearers for line in self._lines(bearer))

    # -- who ---------------------------------------------------------------------------------------------------------

    def _met_in(self, corpus: Corpus) -> Met:
        document, bearer = corpus.visits.document, corpus.visits.person
        if self.by == "case":
            case = corpus.columns.documents["case"][corpus.silent]
            alone = np.where(case < 0, -1, np.searchsorted(corpus.case_ids, case))
            document = np.concatenate((document, corpus.silent))
            bearer = np.concatenate((corpus.visits["case"], alone))
        return _pairs(bearer, corpus.wave_of_document[document])

    @cached_property
    def _met_anyhow(self) -> Met:
        """Who was interviewed at which wave, within the scope or not."""
        return self._met_in(Corpus(self.corpus.project))

    def _people(self) -> Iterator[Bearer]:
        cases, called = citing.told_cases(self.corpus.project), citing.called(self.corpus.project)
        number = {person: place for place, person in enumerate(self.corpus.person_ids.tolist())}
        people = [each for each in self.corpus.project.people.all() if number[each.id] in self._ever_met]
        bearers = (
            Bearer(each.id, called[each.id], cases.get(each.case or 0, ""), (number[each.id],)) for each in people
        )
        yield from sorted(bearers, key=lambda each: (not each.case, each.case, each.name))

    def _cases(self) -> Iterator[Bearer]:
        cases = self.corpus.project.cases.all()
        number = {case: place for place, case in enumerate(self.corpus.case_ids.tolist())}
        for case, depth in in_order(cases):
            members = tuple(number[each.id] for each in (case, *(below for below, _ in in_order(cases, case.id))))
            if self._ever_met.intersection(members):
                yield Bearer(case.id, case.name, case.name, members, depth)

    def _lines(self, bearer: Bearer) -> Iterator[Line]:
        for wave in self.waves:
            met, anyhow = (
                any((member, wave) in found for member in bearer.members) for found in (self._met, self._met_anyhow)
            )
            if met or (not anyhow and self.corpus.waves[wave] != NO_WAVE):
                yield Line(bearer, wave, met)

    # -- what was coded ----------------------------------------------------------------------------------------------

    @cached_property
    def _coded(self) -> dict[tuple[int, int], tuple[Integers, Integers]]:
        """Number of a person or case, and wave -> ids and code numbers of the segments counted for them."""
        corpus = self.corpus
        segments = corpus.in_layer(corpus.columns.segments)
        code = corpus.tree.numbers(segments.code)
        document, start, end = corpus.axis(segments)
        passages = corpus.passages(document, start, end, corpus.turns(start, end), (code,))
        of, bearer = corpus.bearers(passages, "people" if self.by == "person" else "cases")
        key = bearer * len(corpus.waves) + corpus.wave_of_document[document[of]]
        order = np.argsort(key, kind="stable")
        keys, first = np.unique(key[order], return_index=True)
        parts = np.split(of[order], first[1:])
        ends = (divmod(each, len(corpus.waves)) for each in keys.tolist())
        return {end: (segments.id[part], code[part]) for end, part in zip(ends, parts, strict=False)}

    def segments(self, line: Line, theme: Branch) -> tuple[int, ...]:
        """Sorted ids of the segments that stand under a theme and count for somebody at a wave."""
        found = [self._coded[place] for place in _places(line) if place in self._coded]
        parts = [ids[(code >= theme.first) & (code < theme.last)] for ids, code in found]
        return tuple(once(np.concatenate(parts)).tolist()) if parts else ()

    def is_asked(self, line: Line, theme: Branch) -> bool:
        """Whether a theme applies to somebody in their role at a wave; it may apply to texts in which nobody speaks."""
        return not self._speaking.intersection(_places(line)) or bool(self._asked(theme).intersection(_places(line)))

    @cached_property
    def _speaking(self) -> Met:
        return self._asked(None)

    def _asked(self, theme: Branch | None) -> Met:
        """Who speaks at which wave; with a theme those to whom it applies."""
        known = None if theme is None else theme.first
        if known not in self._applying:
            visits = self.corpus.visits if theme is None else self.corpus.eligible(self.corpus.tree.marked([theme]))
            bearer = visits.person if self.by == "person" else visits["case"]
            self._applying[known] = _pairs(bearer, self.corpus.wave_of_document[visits.document])
        return self._applying[known]

    @cached_property
    def _applying(self) -> dict[int | None, Met]:
        return {}


def themes(corpus: Corpus) -> tuple[Branch, ...]:
    """The columns of a chart: the codes that the scope names, else those of kind theme, else those on top.

    A code named is a column itself, not also those below it: it holds what stands under them.
    """
    if corpus.scope.codes:
        named = (corpus.tree.branch(corpus.project.codes.get(short).short) for short in corpus.scope.codes)
        return tuple(sorted(dict.fromkeys(named), key=lambda branch: branch.first))
    live = [branch for branch in corpus.tree.branches if branch.code.status == "live"]
    kind = tuple(branch for branch in live if branch.code.kind == "theme")
    return kind or tuple(branch for branch in live if not corpus.tree.above(branch.code))


def in_order(cases: Sequence[Case], above: int | None = None, depth: int = 0) -> Iterator[tuple[Case, int]]:
    """The cases below one, or all, each before those inside it, with how deep they stand."""
    for case in cases:
        if case.parent == above:
            yield case, depth
            yield from in_order(cases, case.id, depth + 1)


def _places(line: Line) -> list[tuple[int, int]]:
    return [(member, line.wave) for member in line.bearer.members]


def _pairs(bearer: Integers, wave: Integers) -> Met:
    return {pair for pair in set(zip(bearer.tolist(), wave.tolist(), strict=True)) if pair[0] >= 0}
