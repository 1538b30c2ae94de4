"""Co-occurrence: 100 x 100 codes, 20,000 segments in 40 interviews of 50,000 characters (4,000 answers)."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import qualcode
from qualcode.analysis import co_occurrence, saturation
from qualcode.analysis.answers import answers
from qualcode.analysis.counting import Corpus
from qualcode.analysis.meetings import Within, meetings
from qualcode.model import Turn
from qualcode.project import Project
from qualcode.project.segments import NewSegment
from tests.benchmarks.bench import Row, row

SEGMENTS, CODES, DOCUMENTS, LENGTH, TURN = 20_000, 100, 40, 50_000, 250


def rows() -> list[Row]:
    with TemporaryDirectory() as folder, qualcode.new(Path(folder) / "study.qualcode", "AK") as project:
        with project.action("fill"):
            _fill(project)
        corpus = Corpus(project)
        told, codes = answers(corpus), corpus.tree.branches
        len(corpus.columns.segments)  # read now: not timed below
        member = np.random.default_rng(1).random((CODES, DOCUMENTS * LENGTH // (2 * TURN))) < SEGMENTS / CODES / 4_000
        floor = member.astype(np.float32)

        def counted(within: Within) -> object:
            return meetings(corpus, codes, within, told)

        kinds: tuple[Within, ...] = ("answer", "document", "overlap")
        return [
            *(
                row(
                    f"within {within}, after loading",
                    lambda within=within: counted(within),
                    "membership matrix product",
                    lambda: floor @ floor.T,
                )
                for within in kinds
            ),
            row("the whole table within answers", lambda: co_occurrence(project), "reading", lambda: _read(project)),
            row("the same as pairs", lambda: co_occurrence(project, form="pairs"), "reading", lambda: _read(project)),
            row("opening a cell", lambda: meetings(corpus, codes[:2], "answer", told).opens(0, 1)),
            row("saturation with 1,000 random orders", lambda: saturation(project), "reading", lambda: _read(project)),
        ]


def _read(project: Project) -> object:
    corpus = Corpus(project)
    return corpus.columns.segments, answers(corpus)


def _fill(project: Project) -> None:
    chance = np.random.default_rng(1)
    for number in range(CODES):
        project.codes.add(f"K{number}", f"Code {number}")
    ids = np.array([code.id for code in project.codes])
    body = "a word " * (LENGTH // 7 + 1)
    turns = [
        Turn(start, start + TURN, start, ("INT", "P")[number % 2])
        for number, start in enumerate(range(0, LENGTH, TURN))
    ]
    documents = []
    for number in range(DOCUMENTS):
        person = project.people.add(f"P{number}", f"case {number % 10}", {"-": ("SU", "PW")[number % 2]})
        document = project.documents.add(f"D{number}", body[:LENGTH], turns, parts={"INT": "interviewer"})
        project.documents.set_speaker(document, "P", "participant", person.id)
        documents.append(document.id)
    length = np.minimum(chance.geometric(1 / 300, SEGMENTS), 1_000)
    start = chance.integers(0, LENGTH - length)
    numbers = (chance.choice(documents, SEGMENTS), start, start + length, chance.choice(ids, SEGMENTS))
    project.segments.add_many(
        [NewSegment(*each) for each in zip(*(part.tolist() for part in numbers), strict=True)]
    )  # fmt: skip
