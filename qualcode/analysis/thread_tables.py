"""Threads: who tells a whole path, from mechanism to process outcome to downstream outcome, and when."""

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.citing import CASE_COLUMN
from qualcode.analysis.claims import Telling
from qualcode.analysis.counting import Scope
from qualcode.analysis.listing import Line, listed
from qualcode.analysis.speech import Mask
from qualcode.analysis.strands import Strand, Strands
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.sweep import once
from qualcode.table import Heading, Table

_COLUMNS = (
    Heading("person", "Who"),
    Heading("role", "Role"),
    Heading("case", CASE_COLUMN),
    Heading("told", "Told"),
    Heading("waves", "Waves"),
    Heading("directions", "Directions"),
    Heading("first", "To the process outcome", "claims"),
    Heading("second", "On to the downstream outcome", "claims"),
)


def threads(
    project: Project,
    *,
    scope: Scope | None = None,
    telling: Telling | None = None,
) -> Table:
    """Each path that one person tells whole, by person: in one telling, across waves, or in several documents.

    Told in one telling: at least one document holds claims of both arrows by that person.

    Args:
        project: the study.
        scope: which part of the study, and whose coding.
        telling: which claims, by how they are told; unless directions are asked not those of no effect, which deny the
            arrow.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    strands = Strands(project, scope, telling)
    making = strands.people(strands.passages.counted)
    tellers = [person for person in strands.by_name if person in making]
    lines = [_line(strands, person, strand) for person in tellers for strand in strands.paths(strands.by([person]))]
    told = len({line.cells["person"] for line in lines})
    of = strands.corpus.denominator("people")
    notes = (
        f"{told} of {of} people tell a whole thread.",
        "A thread: the same person claims that a mechanism leads to a process outcome and that this leads downstream.",
        *strands.notes,
        *said.standing_notes(strands.corpus),
    )
    return listed(project, "threads", "Threads: who tells a whole path", "Thread", _COLUMNS, lines, notes)


def _line(strands: Strands, person: int, strand: Strand) -> Line:
    own = strands.by([person])
    first, second = (strands.on(arrow) & own for arrow in strand.ends)
    corpus, passages = strands.corpus, strands.passages
    documents = once(passages.document[first | second])
    documents = documents[np.argsort(corpus.wave_of_document[documents], kind="stable")]
    roles = corpus.role(documents, np.full(len(documents), person)).tolist()
    case = corpus.columns.people["case"][person].item()
    cases = {each.id: each.name for each in corpus.project.cases.all()}
    told, waves = _telling(strands, first, second)
    cells: dict[str, int | str | None] = {
        "person": strands.names[person],
        "role": " + ".join(dict.fromkeys((*corpus.roles, "no role")[role] for role in sorted(roles))),
        "case": cases.get(case, ""),
        "told": told,
        "waves": waves,
        "directions": strands.directions(strand, own),
        "first": int(np.count_nonzero(first)),
        "second": int(np.count_nonzero(second)),
    }
    evidence = {
        name: strands.arrows.evidence(np.flatnonzero(some)) for name, some in (("first", first), ("second", second))
    }
    marks = {name: strands.arrows.marks(some) for name, some in (("first", first), ("second", second))}
    return Line(Heading(f"{strands.names[person]}: {strand.key}", strand.text), cells, evidence, marks)


def _telling(strands: Strands, first: Mask, second: Mask) -> tuple[str, str]:
    """How the two arrows are told, and at which waves: "2" or "1 → 2"."""
    corpus, document = strands.corpus, strands.passages.document
    one, other = (set(document[some].tolist()) for some in (first, second))
    together = sorted(one & other)
    if together:
        return "in one telling", _waves(strands, together)
    waves = {int(corpus.wave_of_document[each]) for each in one | other}
    told = "across waves" if len(waves) > 1 else "in several documents"
    return told, " → ".join(_waves(strands, sorted(some)) for some in (one, other))


def _waves(strands: Strands, documents: list[int]) -> str:
    numbers = sorted({int(strands.corpus.wave_of_document[each]) for each in documents})
    names = [strands.corpus.waves[number] for number in numbers]
    return ", ".join(name for name in names if name != NO_WAVE) or NO_WAVE
