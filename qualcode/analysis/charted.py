"""The analyst's summaries in the cells of codes by groups."""

from collections import defaultdict

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.crossings import Crossing
from qualcode.analysis.groups import Group, wave_text
from qualcode.analysis.outlines import nearest
from qualcode.model import Quotation, Summary
from qualcode.project.cases import NO_WAVE
from qualcode.sweep import Integers
from qualcode.table import NOTHING, Evidence


class Charts:
    """The summaries that stand in cells: each in the row of the deepest code shown that it is of.

    A person's summary stands in the groups that the person is in at its wave; a case's in the case itself and, where
    it is of a wave, in that wave. It counts if it is of the coder whose coding counts in the documents it is about.
    """

    def __init__(self, made: Crossing) -> None:
        self._made = made
        corpus = made.corpus
        self._people = {person.id: person.name for person in corpus.project.people.all()}
        self._cases = {case.id: case.name for case in corpus.project.cases.all()}
        self._in_cell: dict[tuple[int, int], list[Summary]] = defaultdict(list)
        self._of_others = self._elsewhere = 0
        place = nearest(corpus, made.branches)
        for summary in corpus.project.summaries.find():
            row = int(place[corpus.tree.numbers(np.array([summary.code]))[0]])
            if row >= 0:
                self._enter(row, summary)

    def _enter(self, row: int, summary: Summary) -> None:
        document, person = self._about(summary)
        if not len(document):  # nobody it is about was interviewed within the scope
            return
        if summary.coder not in self._made.corpus.layer[document]:
            self._of_others += 1
            return
        numbers = self._numbers(summary, document, person)
        places = [
            place
            for place, group in enumerate(self._made.groups[:-1])
            if ((numbers >= group.first) & (numbers < group.last)).any()
        ]
        self._elsewhere += not places
        for place in places:
            self._in_cell[row, place].append(summary)

    def _about(self, summary: Summary) -> tuple[Integers, Integers]:
        """Numbers of the documents within the scope that a summary is about; of a person's, also of the person."""
        corpus = self._made.corpus
        visits, alone = corpus.visits, corpus.silent[corpus.without_people[corpus.silent]]
        if summary.wave != NO_WAVE:
            wave = corpus.waves.index(summary.wave)
            visits = visits.where(corpus.wave_of_document[visits.document] == wave)
            alone = alone[corpus.wave_of_document[alone] == wave]
        if summary.case is None:
            visits = visits.where(corpus.person_ids[visits.person] == summary.person)
            return visits.document, visits.person
        inside = np.flatnonzero(np.isin(corpus.case_ids, corpus.inside({summary.case})))
        met = visits.document[np.isin(visits["case"], inside)]
        return np.concatenate((met, alone[np.isin(corpus.case_of_document[alone], inside)])), alone[:0]

    def _numbers(self, summary: Summary, document: Integers, person: Integers) -> Integers:
        """Numbers of the groups that a summary stands in."""
        grouping, scope = self._made.grouping, self._made.corpus.scope
        nowhere = np.empty(0, dtype=np.int64)
        is_of_no_wave = grouping.by == "wave" and summary.wave == NO_WAVE
        if summary.person is not None:
            numbers = grouping.at(document, person)
            without = self._made.corpus.waves.index(NO_WAVE)
            return numbers[self._made.corpus.wave_of_document[document] == without] if is_of_no_wave else numbers
        if scope.roles or scope.attributes:  # a case's summary is of all that were interviewed there
            return nowhere
        if grouping.by == "wave":
            return nowhere if is_of_no_wave else grouping.alone(document)
        return np.array([group.first for group in grouping.groups if group.case == summary.case], dtype=np.int64)

    def text(self, row: int, column: int) -> str | None:
        """The cell's summaries, a paragraph each: who and which wave before it where the row does not say it."""
        summaries = self._in_cell.get((row, column), [])
        waves = self._made.corpus.waves
        ordered = sorted(summaries, key=lambda each: (*self._whose(each), waves.index(each.wave), each.coder))
        group = self._made.groups[column]
        return "\n".join(self._line(each, group) for each in ordered) or None

    def _line(self, summary: Summary, group: Group) -> str:
        is_own = (summary.case, summary.person) == (group.case, group.person)
        who = self._whose(summary)[1]
        is_said = summary.wave == NO_WAVE or self._made.grouping.by == "wave"
        before = [*([] if is_own else [who]), *([] if is_said else [wave_text(summary.wave)])]
        state = " [draft]" if summary.state == "draft" else ""
        return f"{', '.join(before)}: {summary.body}{state}" if before else summary.body + state

    def _whose(self, summary: Summary) -> tuple[bool, str]:
        """Whether it is a person's, and the name: cases stand before people."""
        if summary.case is not None:
            return False, self._cases[summary.case]
        return True, self._people[summary.person or 0]

    def evidence(self, row: int, column: int) -> Evidence:
        """The summaries that the cell shows."""
        ids = sorted(each.id for each in self._in_cell.get((row, column), ()))
        return Evidence("summary", tuple(ids)) if ids else NOTHING

    def read(self, evidence: Evidence) -> tuple[Quotation, ...]:
        """The passages that summaries rest on."""
        project = self._made.corpus.project
        known = {each.id: each for summaries in self._in_cell.values() for each in summaries}
        rests = {segment for each in evidence.ids for segment in known[each].segments}
        return project.quotations(project.segments.by_ids(rests))

    def notes(self) -> list[str]:
        """Which summaries are in no cell."""
        return [
            *said.left_out(self._of_others, "summary is by another coder than the one whose coding counts",
                           "summaries are by other coders than the one whose coding counts"),
            *said.left_out(self._elsewhere, "summary is of no row or column here",
                           "summaries are of no row or column here"),
        ]  # fmt: skip
