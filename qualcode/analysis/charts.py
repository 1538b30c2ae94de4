"""Chart cells of framework analysis: what the analyst wrote of somebody and a theme, and in which state it is.

The states are those of the field (Gale et al. 2013 on charting): not interviewed, not asked, asked and nothing said,
not charted, charted (or a draft, or checked by a second analyst). A charted cell is stale where its segments are others
now than when it was written.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from qualcode.analysis.chart_rows import Bearer, ChartRows, Line, themes
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Scope
from qualcode.model import Segment, Summary
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.project.charting import Codes, Written

State = Literal["not interviewed", "not asked", "nothing said", "not charted", "draft", "charted", "checked"]

Key = tuple[int, int, str]  # id of a person or case, number of a code, name of a wave


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the chart.

    Attributes:
        state: what it is.
        words: the analyst's, "" where there are none.
        segments: sorted ids of those that the words rest on; uncharted, of those that wait to be charted.
        changed: how many segments it rests on have changed or gone since it was written.
        added: how many were coded since.
        written: ids of the summaries that the words are of; several only where codes were merged since.
    """

    state: State
    words: str = ""
    segments: tuple[int, ...] = ()
    changed: int = 0
    added: int = 0
    written: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there is something to do: segments wait to be charted, or it is a draft or stale."""
        waits = self.state == "not charted" and bool(self.segments)
        return waits or self.state == "draft" or self.is_stale

    @property
    def is_stale(self) -> bool:
        """Whether the segments are others than when it was written."""
        return bool(self.changed or self.added)


class Charts:
    """The chart of a project under a scope.

    Attributes:
        rows: who stands in it.
        themes: the branches in its columns.

    Args:
        project: the study.
        scope: which part of it. Its coder is who charted; None = where several wrote a cell, the consensus, else the
            coder whose coding counts there, else who wrote last.
        by: "person" or "case".

    Raises:
        InputError: rows can be people or cases only.
        NotFoundError: the scope names something that is not there.
    """

    def __init__(self, project: Project, scope: Scope | None = None, by: str = "person") -> None:
        self.project = project
        self.rows = ChartRows(project, scope, by)
        self.corpus = self.rows.corpus
        self.themes = themes(self.corpus)

    def cell(self, line: Line, theme: Branch) -> Cell:
        """What stands where somebody at a wave and a theme meet."""
        written = self._summaries.get((line.bearer.id, theme.first, self.corpus.waves[line.wave]))
        if written:
            return self._charted(written, line, theme)
        if not line.met:
            return Cell("not interviewed")
        if not self.rows.is_asked(line, theme):
            return Cell("not asked")
        return Cell("not charted", segments=self.rows.segments(line, theme))

    def passages(self, line: Line, theme: Branch) -> tuple[int, ...]:
        """Sorted ids of the segments that stand in a cell, whether its words rest on them or not."""
        written = self._summaries.get((line.bearer.id, theme.first, self.corpus.waves[line.wave]), ())
        rests = {segment for each in written for segment in each.segments}
        return tuple(sorted({*self.rows.segments(line, theme), *(rests & self._seen)}))

    def line(self, bearer: int, wave: str) -> Line:
        """The row of somebody (id) at a wave (its name)."""
        return self._lines[bearer, wave]

    def across(self, bearer: Bearer, theme: Branch) -> Cell | None:
        """What was written of somebody and of no one wave, in a study of several: what changed. None if nothing was."""
        written = (
            None if (bearer.id, NO_WAVE) in self._lines else self._summaries.get((bearer.id, theme.first, NO_WAVE))
        )
        return self._charted(written, None, theme) if written else None

    def alone(self, summary: Summary) -> Cell:
        """One summary as a cell, whoever wrote it; of a code and a row in the chart."""
        bearer = summary.person if self.rows.by == "person" else summary.case
        theme = self.corpus.tree.branches[int(self.corpus.tree.numbers(np.array(summary.code)))]
        return self._charted((summary,), self._lines.get((bearer or 0, summary.wave)), theme)

    def _charted(self, written: tuple[Summary, ...], line: Line | None, theme: Branch) -> Cell:
        rests = {segment for each in written for segment in each.segments}
        later = self._not_known(set(self.rows.segments(line, theme)) - rests, rests) if line else set()
        return Cell(
            written[0].state,
            "\n".join(each.body for each in written if each.body),
            tuple(sorted(rests & self._seen)),
            sum(self._written[each.id].changed for each in written),
            sum(self._came(segment, theme, self._written[written[0].id].action) for segment in later),
            tuple(each.id for each in written),
        )

    def _not_known(self, segments: set[int], rests: set[int]) -> set[int]:
        """Without those of another coder's, as the consensus's, whose words and code a cell rests on already."""
        known = [self._segments[each] for each in rests if each in self._segments]
        return {each for each in segments if not any(_says_the_same(self._segments[each], one) for one in known)}

    def _came(self, segment: int, theme: Branch, action: int) -> bool:
        """Whether a segment that stands under a theme did not after an action."""
        before = self._codes.at(segment, action)
        return before is None or not theme.first <= self.corpus.tree.numbers(np.array(before)) < theme.last

    # -- reading -----------------------------------------------------------------------------------------------------

    @cached_property
    def _lines(self) -> dict[tuple[int, str], Line]:
        """By id of a person or case, and name of a wave."""
        return {(line.bearer.id, self.corpus.waves[line.wave]): line for line in self.rows.lines}

    @cached_property
    def _written(self) -> dict[int, Written]:
        return self.project.summaries.written()

    @cached_property
    def _seen(self) -> set[int]:
        """Segments that summaries rest on and that may be seen."""
        return {segment for each in self.summaries for segment in each.segments} & self._segments.keys()

    @cached_property
    def _segments(self) -> dict[int, Segment]:
        """By id, those that summaries rest on and those in cells that were written; as far as they may be seen."""
        rests = {segment for each in self.summaries for segment in each.segments}
        return {each.id: each for each in self.project.segments.by_ids(rests | self._in_written)}

    @cached_property
    def _codes(self) -> Codes:
        """The past of all segments in cells that were written."""
        return Codes(self.project.store, self._in_written)

    @cached_property
    def _in_written(self) -> set[int]:
        """Ids of all segments in cells that were written."""
        shown = {theme.first: theme for theme in self.themes}
        charted = [(self._lines.get((bearer, wave)), shown.get(code)) for bearer, code, wave in self._summaries]
        return {each for line, theme in charted if line and theme for each in self.rows.segments(line, theme)}

    @cached_property
    def summaries(self) -> list[Summary]:
        """All of people, or of cases, as stand in the rows; of the scope's coder only, if it names one."""
        coder = self.corpus.scope.coder
        wanted = self.project.coders.get(coder).id if coder else None
        found = [each for each in self.project.summaries.find() if wanted in (None, each.coder)]
        return [each for each in found if (each.person if self.rows.by == "person" else each.case) is not None]

    @cached_property
    def by_cell(self) -> dict[Key, list[Summary]]:
        """Everybody's by cell, also those of cells that are not shown."""
        found: dict[Key, list[Summary]] = {}
        for each in self.summaries:
            bearer = each.person if self.rows.by == "person" else each.case
            code = int(self.corpus.tree.numbers(np.array(each.code)))
            found.setdefault((bearer or 0, code, each.wave), []).append(each)
        return found

    @cached_property
    def _summaries(self) -> dict[Key, tuple[Summary, ...]]:
        """One coder's for each cell; several only where codes were merged since."""
        return {key: self._chosen(key, several) for key, several in self.by_cell.items()}

    def _chosen(self, key: Key, several: list[Summary]) -> tuple[Summary, ...]:
        bearer, code, wave = key
        own = self.corpus.tree.branches[code].code.id
        leading = self._leading.get((bearer, wave), set())
        last = max(
            several,
            key=lambda each: (each.coder in self._consensus, each.coder in leading, self._written[each.id].action),
        )
        chosen = [each for each in several if each.coder == last.coder]
        return tuple(sorted(chosen, key=lambda each: (each.code != own, each.id)))

    @cached_property
    def _consensus(self) -> set[int]:
        return {coder.id for coder in self.project.coders.all() if coder.kind == "consensus"}

    @cached_property
    def _leading(self) -> dict[tuple[int, str], set[int]]:
        """Whose coding counts in the interviews of somebody (id) at a wave (name)."""
        found: dict[tuple[int, str], set[int]] = {}
        visits, corpus = self.corpus.visits, self.corpus
        numbers = visits.person if self.rows.by == "person" else visits["case"]
        ids = corpus.person_ids if self.rows.by == "person" else corpus.case_ids
        for document, number in zip(visits.document.tolist(), numbers.tolist(), strict=True):
            if number >= 0:
                wave = corpus.waves[corpus.wave_of_document[document]]
                found.setdefault((int(ids[number]), wave), set()).add(int(corpus.layer[document]))
        return found


def _says_the_same(segment: Segment, known: Segment) -> bool:
    """Whether a passage is another coder's of the same code on some of the same words."""
    is_over = segment.document == known.document and segment.start < known.end and known.start < segment.end
    return is_over and segment.code == known.code and segment.coder != known.coder
