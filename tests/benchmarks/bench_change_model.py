"""Change model: 1,000,000 segments of 100 codes and 5,000 claims on 2,000 interviews of 50,000 characters.

The project is made anew in a temporary folder first, which takes about a minute.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import qualcode
from qualcode.analysis import change_model
from qualcode.analysis.change_models import COLUMNS, ROWS, branches
from qualcode.analysis.counting import Corpus, Unit
from qualcode.analysis.together import said_together
from qualcode.model import Turn
from qualcode.project import Project
from qualcode.project.segments import NewSegment
from tests.benchmarks.bench import Row, row

SEGMENTS, CLAIMS, DOCUMENTS, LENGTH, TURN = 1_000_000, 5_000, 2_000, 50_000, 250
TIERS = (("M", "mechanism", 40), ("RV", "rival explanation", 10), ("P", "process outcome", 30),
         ("D", "downstream outcome", 20))  # fmt: skip


def rows() -> list[Row]:
    with TemporaryDirectory() as folder, qualcode.new(Path(folder) / "big.qualcode", "AK") as project:
        with project.action("fill"):
            _fill(project)
        return [_claims(project), *_together(project)]


def _claims(project: Project) -> Row:
    return row(
        f"{CLAIMS:,} claims, with loading",
        lambda: change_model(project),
        "reading the claims",
        lambda: _loaded(project, "claims"),
    )


def _together(project: Project) -> list[Row]:
    corpus = Corpus(project)
    tiers = branches(corpus.tree, ROWS), branches(corpus.tree, COLUMNS)
    code, start = corpus.columns.segments.code, corpus.columns.segments.start  # read now: not timed below

    def counted(unit: Unit) -> object:
        return said_together(corpus, *tiers, unit).counts()

    units: tuple[Unit, ...] = ("people", "sources", "cases", "references")
    cells = said_together(corpus, *tiers, "people")
    return [
        row(
            "said together in people, with loading",
            lambda: change_model(project, evidence="said together"),
            "reading the segments",
            lambda: _loaded(project, "segments"),
            runs=3,
        ),
        *(
            row(
                f"said together in {unit}, after loading ({len(cells.row):,} pairs)",
                lambda unit=unit: counted(unit),
                "lexsort of the segments",
                lambda: np.lexsort((start, code)),
                runs=3,
            )
            for unit in units
        ),
        row("opening a cell", lambda: cells.opened(tiers[0][0], tiers[1][:1])),
    ]


def _loaded(project: Project, table: str) -> object:
    return getattr(project.columns(), table)


def _fill(project: Project) -> None:
    chance = np.random.default_rng(1)
    shorts = _codes(project)
    documents = _interviews(project)
    ids = np.array([project.codes.get(short).id for short in shorts])
    length = np.minimum(chance.geometric(1 / 300, SEGMENTS), 1_000)
    start = chance.integers(0, LENGTH - length)
    numbers = (chance.choice(documents, SEGMENTS), start, start + length, chance.choice(ids, SEGMENTS))
    columns = [column.tolist() for column in numbers]
    project.segments.add_many([NewSegment(*each) for each in zip(*columns, strict=True)])
    sources = [short for short in shorts if short[0] in "MRP"]
    targets = [short for short in shorts if short[0] in "PD"]
    for document, place in zip(chance.choice(documents, CLAIMS).tolist(), start[:CLAIMS].tolist(), strict=True):
        source, target = chance.choice(sources), chance.choice(targets)
        if source != target:
            project.claims.add(
                document, str(source), str(target), span=(min(place, LENGTH - 200), min(place, LENGTH - 200) + 200)
            )


def _codes(project: Project) -> list[str]:
    """The codes, each fifth with the four after it below it."""
    shorts = []
    for tier, kind, count in TIERS:
        for number in range(count):
            parent = f"{tier}{number - number % 5}" if number % 5 else None
            project.codes.add(f"{tier}{number}", f"Code {number}", parent=parent, kind=kind, valence="good")
            shorts.append(f"{tier}{number}")
    return shorts


def _interviews(project: Project) -> list[int]:
    body = "a word " * (LENGTH // 7 + 1)
    turns = [
        Turn(start, start + TURN, start, ("INT", "P")[number % 2])
        for number, start in enumerate(range(0, LENGTH, TURN))
    ]
    made = []
    for number in range(DOCUMENTS):
        name = f"interview {number}"
        person = project.people.add(name, f"case {number % 10}", {"-": ("SU", "PW")[number % 2]})
        document = project.documents.add(name, body[:LENGTH], turns, parts={"INT": "interviewer"})
        project.documents.set_speaker(document, "P", "participant", person.id)
        made.append(document.id)
    return made
