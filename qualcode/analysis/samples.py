"""The sample: who was interviewed, by case and role."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.counting import Corpus
from qualcode.analysis.speech import Mask
from qualcode.model import Case
from qualcode.project import Project
from qualcode.sweep import once
from qualcode.table import NOTHING, Evidence, Heading, Table


def sample(project: Project) -> Table:
    """Who was interviewed: people by case and role, counted in the documents in which they speak.

    Somebody who has one role at one wave and another at the next stands in both columns and once in the total.
    """
    import pandas as pd

    corpus = Corpus(project)
    lines, columns = _lines(corpus), _columns(corpus)
    members = {
        (line.head.key, column.key): _people(corpus, line.visits & mask)
        for line in lines
        for column, mask in columns.items()
    }
    values = [[len(members[line.head.key, column.key]) for column in columns] for line in lines]
    keys, heads = [line.head.key for line in lines], tuple(columns)
    frame = pd.DataFrame(values, index=keys, columns=[head.key for head in heads], dtype=object)

    def opens(row: str, column: str) -> Evidence:
        ids = members[row, column]
        return Evidence("person", ids) if ids else NOTHING

    rows = tuple(line.head for line in lines)
    notes = tuple(_notes(corpus))
    return Table("sample", "Sample: people interviewed by case and role", "Case", rows, heads, frame, notes, {}, opens)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: its head, and which visits it holds."""

    head: Heading
    visits: Mask


def _people(corpus: Corpus, visits: Mask) -> tuple[int, ...]:
    return tuple(corpus.person_ids[once(corpus.visits.person[visits])].tolist())


def _lines(corpus: Corpus) -> list[_Line]:
    """A case holds the cases inside it; last, if there are any, people without a case; then all."""
    number = {case: place for place, case in enumerate(corpus.case_ids.tolist())}
    cases = corpus.project.cases.all()
    lines = [
        _Line(
            Heading(case.name, case.name, depth=depth),
            np.isin(corpus.visits["case"], [number[each] for each in _inside(cases, case)]),
        )
        for case, depth in _in_order(cases)
    ]
    homeless = corpus.visits["case"] < 0
    if homeless.any():
        lines.append(_Line(Heading(_free("no case", lines), "no case"), homeless))
    return [*lines, _Line(Heading(_free("all", lines), "All", group="All cases"), homeless | ~homeless)]


def _free(key: str, lines: Sequence[_Line]) -> str:
    """The key, with a blank before it if a case is called so."""
    return f" {key}" if any(line.head.key == key for line in lines) else key


def _in_order(cases: Sequence[Case], above: int | None = None, depth: int = 0) -> list[tuple[Case, int]]:
    return [
        each
        for case in cases
        if case.parent == above
        for each in ((case, depth), *_in_order(cases, case.id, depth + 1))
    ]


def _inside(cases: Sequence[Case], case: Case) -> list[int]:
    return [case.id, *(each.id for each, _ in _in_order(cases, case.id))]


def _columns(corpus: Corpus) -> dict[Heading, Mask]:
    role = corpus.visits.role
    columns = {
        Heading(each.short, f"{each.short} {each.name}", "people"): role == place
        for place, each in enumerate(corpus.project.roles.all())
    }
    unknown = role == len(corpus.roles)
    if unknown.any():
        columns[Heading("no role", "no role", "people")] = unknown
    return columns | {Heading("all", "All", "people"): unknown | ~unknown}


def _notes(corpus: Corpus) -> list[str]:
    visits = corpus.visits
    several = Counter(person for person, _ in set(zip(visits.person.tolist(), visits.role.tolist(), strict=True)))
    twice = sum(count > 1 for count in several.values())
    absent = len(corpus.person_ids) - len(several)
    nobody = len(corpus.document_ids) - len(once(visits.document))
    return [
        f"{_several(len(corpus.document_ids), 'document', 'documents')}{_by_wave(corpus)}.",
        *said.left_out(nobody, "document has no known person", "documents have no known person"),
        *said.left_out(twice, "person has several roles: counted once in each, and once in the total",
                       "people have several roles: counted once in each, and once in the total"),
        *said.left_out(absent, "person is known but speaks in no document, and is not counted",
                       "people are known but speak in no document, and are not counted"),
        *said.standing_notes(corpus)[1:],
    ]  # fmt: skip


def _several(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _by_wave(corpus: Corpus) -> str:
    """Documents and people by wave, where the study has more than one."""
    parts = []
    for number, wave in enumerate(corpus.waves):
        here = corpus.wave_of_document == number
        if here.any():
            people = len(once(corpus.visits.person[here[corpus.visits.document]]))
            named = "without a wave" if wave == "-" else f"wave {wave}"
            documents = _several(int(here.sum()), "document", "documents")
            parts.append(f"{named}: {documents}, {_several(people, 'person', 'people')}")
    return f" ({'; '.join(parts)})" if len(parts) > 1 else ""
