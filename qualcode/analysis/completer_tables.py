"""Who stayed: people by the pattern of waves at which they were interviewed."""

from collections.abc import Sequence

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.attendance import Attendance, attendance
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.groups import Group, free_key, grouping, wave_text
from qualcode.analysis.speech import Mask
from qualcode.errors import InputError
from qualcode.project import Project
from qualcode.sweep import once
from qualcode.table import NOTHING, Evidence, Heading, Table


def completers(project: Project, *, by: str | None = None, scope: Scope | None = None) -> Table:
    """People by pattern of waves: 111 at every wave, 110 left after the second, 011 joined at the second, ...

    The patterns that occur stand in a fixed order, those interviewed first and longest on top; the pattern of every
    wave always has a row.

    Args:
        project: the study.
        by: also the people of each pattern by role, case, attribute, ...: who left?
        scope: which part of the study; whose coding counts makes no difference.

    Raises:
        NotFoundError: there is nothing of that name to group by, or the scope names something that is not there.
        InputError: the scope names codes.
    """
    if scope and scope.codes:
        raise InputError("completers are counted from interviews, not from coding", remedy="Leave the codes out.")
    corpus = Corpus(project, scope)
    met = attendance(corpus)
    rows, columns = _rows(corpus, met), _columns(corpus, met, by)
    members = {
        (row.key, column.key): tuple(corpus.person_ids[mask & here].tolist())
        for row, mask in rows
        for column, here in columns
    }
    heads = [row for row, _ in rows], [column for column, _ in columns]
    values = [[len(members[row.key, column.key]) for column in heads[1]] for row in heads[0]]

    def opens(row: str, column: str) -> Evidence:
        ids = members[row, column]
        return Evidence("person", ids) if ids else NOTHING

    title = "Completers: people by the waves at which they were interviewed"
    return Table(
        "completers", title, "Pattern", tuple(heads[0]), tuple(heads[1]), values, _notes(corpus, met), {}, opens
    )  # fmt: skip


def _rows(corpus: Corpus, met: Attendance) -> list[tuple[Heading, Mask]]:
    """The patterns with who has each, and all."""
    names = [wave_text(corpus.waves[wave]) for wave in met.waves]
    someone = np.asarray(met.seen.any(axis=1), dtype=np.bool_)
    patterns = {tuple(line) for line in met.seen[someone].tolist()} | ({(True,) * len(names)} if names else set())
    rows = []
    for pattern in sorted(patterns, reverse=True):
        digits = "".join(str(int(each)) for each in pattern)
        mask = (met.seen == np.array(pattern)).all(axis=1)
        rows.append((Heading(digits, f"{digits} {in_words(pattern, names)}"), mask))
    return [*rows, (Heading("all", "All", group="All patterns"), someone)]


def in_words(pattern: Sequence[bool], names: Sequence[str]) -> str:
    """A pattern told: "joined at wave 2, missed wave 3, left after wave 4", or "every wave"."""
    seen = [place for place, is_seen in enumerate(pattern) if is_seen]
    first, last = seen[0], seen[-1]
    missed = [names[place] for place in range(first, last) if not pattern[place]]
    parts = [
        *([f"joined at {names[first]}"] if first else []),
        *([f"missed {' and '.join(missed)}"] if missed else []),
        *([f"left after {names[last]}"] if last < len(names) - 1 else []),
    ]
    return ", ".join(parts) or "every wave"


def _columns(corpus: Corpus, met: Attendance, by: str | None) -> list[tuple[Heading, Mask]]:
    """The waves, the groups if asked for, and people together, with who is in each."""
    someone = np.asarray(met.seen.any(axis=1), dtype=np.bool_)
    waves = [
        (
            Heading(corpus.waves[wave], wave_text(corpus.waves[wave]), "people"),
            np.asarray(met.seen[:, place], dtype=np.bool_),
        )
        for place, wave in enumerate(met.waves)
    ]
    taken = [head.key for head, _ in waves]
    groups = []
    for group, mask in _groups(corpus, by) if by else []:
        key = free_key(group.key, taken)
        taken.append(key)
        groups.append((Heading(key, group.text, "people", group=f"By {by}"), mask & someone))
    total = Heading(free_key("people", taken), "People", "people", int(np.count_nonzero(someone)), percent=True)
    return [*waves, *groups, (total, someone)]


def _groups(corpus: Corpus, by: str) -> list[tuple[Group, Mask]]:
    """The groups of which somebody was interviewed, with who is in each at any wave."""
    groups, found = grouping(corpus, by), []
    for group in groups.met:
        mask = np.zeros(len(corpus.person_ids), dtype=np.bool_)
        mask[corpus.visits.person[groups.among(group)[0]]] = True
        found.append((group, mask))
    return found


def _notes(corpus: Corpus, met: Attendance) -> tuple[str, ...]:
    waves = ", ".join(corpus.waves[wave] for wave in met.waves)
    everybody = len(once(corpus.visits.person))
    elsewhere = everybody - int(np.count_nonzero(met.seen.any(axis=1)))
    return (
        f"A pattern has a digit for each wave ({waves}), in order: 1 interviewed, 0 not.",
        said.filter_note(corpus),
        *said.left_out(elsewhere, "person was interviewed without a wave only, and is not counted",
                       "people were interviewed without a wave only, and are not counted"),
        *said.standing_notes(corpus)[1:],
    )  # fmt: skip
