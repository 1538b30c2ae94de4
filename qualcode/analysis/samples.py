"""The sample: who was interviewed, by case and role, and by case and wave."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.crossings import ACROSS
from qualcode.analysis.groups import Group, Grouping, all_of, grouping, wave_text
from qualcode.analysis.speech import Mask
from qualcode.errors import InputError
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.sweep import once
from qualcode.table import NOTHING, Evidence, EvidenceKind, Heading, Table


def sample(project: Project, *, scope: Scope | None = None) -> Table:
    """Who was interviewed: people by case and role, counted in the documents in which they speak.

    Somebody who has one role at one wave and another at the next stands in both columns and once in the total.

    Args:
        project: the study.
        scope: which part of the study; whose coding counts makes no difference.

    Raises:
        NotFoundError: the scope names something that is not there.
        InputError: the scope names codes.
    """
    corpus = _interviewed(project, scope)
    cases, roles = grouping(corpus, "case"), grouping(corpus, "role")
    columns = [
        _Column(Heading(group.key, group.text, "people"), *roles.among(group), "people") for group in _shown(roles)
    ]
    notes = (*_notes(corpus), *said.standing_notes(corpus)[1:])
    return _table("sample", "Sample: people interviewed by case and role", cases, columns, notes)


def sample_by_wave(project: Project, *, by: str = "case", scope: Scope | None = None) -> Table:
    """Who was interviewed when: people and documents by case and wave.

    Args:
        project: the study.
        by: what stands in the rows: case, site, role, a kind of case, or an attribute.
        scope: which part of the study; whose coding counts makes no difference.

    Raises:
        NotFoundError: there is nothing of that name to group by, or the scope names something that is not there.
        InputError: the scope names codes.
    """
    corpus = _interviewed(project, scope)
    waves = grouping(corpus, "wave")
    columns = [
        _Column(
            Heading(f"{group.key} {ACROSS[unit]}", ACROSS[unit].capitalize(), ACROSS[unit], group=_band(group)),
            *waves.among(group),
            unit,
        )
        for group in (*waves.met, waves.everyone)
        for unit in _UNITS
    ]
    notes = (*_notes(corpus), *said.standing_notes(corpus)[1:])
    return _table("sample-by-wave", f"Sample by {by} and wave", grouping(corpus, by), columns, notes)


_UNITS: tuple[Unit, ...] = ("people", "sources")


def _band(group: Group) -> str:
    text = "all waves" if group.key.strip() == "all" else group.text
    return text[:1].upper() + text[1:]


def _interviewed(project: Project, scope: Scope | None) -> Corpus:
    if scope and scope.codes:
        raise InputError("a sample counts people and documents, not what is coded", remedy="Leave the codes out.")
    return Corpus(project, scope)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its head, which visits and which documents with words of nobody known it holds, and what it counts."""

    head: Heading
    visits: Mask
    silent: Mask
    unit: Unit


def _shown(groups: Grouping) -> tuple[Group, ...]:
    """All groups of the study, also of which nobody was interviewed; of a part of it those met; and all together."""
    scope = groups.corpus.scope
    is_part = scope.roles or scope.waves or scope.cases or scope.attributes
    kept = (group for group in groups.groups if group in groups.met or not (group.is_rest or is_part))
    return (*kept, groups.everyone)


def _table(name: str, title: str, lines: Grouping, columns: Sequence[_Column], notes: tuple[str, ...]) -> Table:
    corpus, groups = lines.corpus, _shown(lines)
    rows = [Heading(group.key, group.text, depth=group.depth, who=group.who) for group in groups]
    rows[-1] = Heading(rows[-1].key, "All", group=all_of(lines.by))
    members = {
        (group.key, column.head.key): _ids(corpus, column, *lines.among(group))
        for group in groups
        for column in columns
    }
    heads = tuple(column.head for column in columns)
    values = [[len(members[group.key, head.key]) for head in heads] for group in groups]
    kinds: dict[str, EvidenceKind] = {
        column.head.key: "person" if column.unit == "people" else "document" for column in columns
    }

    def opens(row: str, column: str) -> Evidence:
        ids = members[row, column]
        return Evidence(kinds[column], ids) if ids else NOTHING

    return Table(name, title, lines.by.capitalize(), tuple(rows), heads, values, notes, {}, opens)


def _ids(corpus: Corpus, column: _Column, visits: Mask, silent: Mask) -> tuple[int, ...]:
    """Ids of the people or documents of a column that are also in a row."""
    numbers = corpus.interviewed(column.unit, visits & column.visits, silent & column.silent)
    return tuple((corpus.person_ids if column.unit == "people" else corpus.document_ids)[numbers].tolist())


def _notes(corpus: Corpus) -> list[str]:
    visits = corpus.visits
    several = Counter(person for person, _ in set(zip(visits.person.tolist(), visits.role.tolist(), strict=True)))
    twice = sum(count > 1 for count in several.values())
    scope = corpus.scope
    is_part = scope.roles or scope.waves or scope.cases or scope.attributes
    absent = 0 if is_part else len(corpus.person_ids) - len(several)
    nobody = len(corpus.documents) - len(once(visits.document))
    return [
        f"{_several(len(corpus.documents), 'document', 'documents')}{_by_wave(corpus)}.",
        said.filter_note(corpus),
        *said.left_out(nobody, "document has no known person", "documents have no known person"),
        *said.left_out(twice, "person has several roles: counted once in each, and once in the total",
                       "people have several roles: counted once in each, and once in the total"),
        *said.left_out(absent, "person is known but speaks in no document, and is not counted",
                       "people are known but speak in no document, and are not counted"),
    ]  # fmt: skip


def _several(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _by_wave(corpus: Corpus) -> str:
    """Documents and people by wave, where the study has more than one."""
    parts = []
    for number, wave in enumerate(corpus.waves):
        documents = int(np.count_nonzero(corpus.wave_of_document[corpus.documents] == number))
        if documents:
            here = corpus.wave_of_document[corpus.visits.document] == number
            people = len(once(corpus.visits.person[here]))
            named = "without a wave" if wave == NO_WAVE else wave_text(wave)
            counted = f"{_several(documents, 'document', 'documents')}, {_several(people, 'person', 'people')}"
            parts.append(f"{named}: {counted}")
    return f" ({'; '.join(parts)})" if len(parts) > 1 else ""
