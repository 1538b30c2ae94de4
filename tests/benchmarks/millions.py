"""A project of a million segments, made through the public API, for the benchmarks that need one."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import qualcode
from qualcode.model import Turn
from qualcode.project import Project
from qualcode.project.segments import NewSegment

SEGMENTS, DOCUMENTS, CODES, LENGTH = 1_000_000, 2_000, 100, 50_000
BODY = ("word " * (LENGTH // 5))[:LENGTH]


@contextmanager
def furnished() -> Iterator[Project]:
    """A project with documents, people and codes, still uncoded."""
    with TemporaryDirectory() as folder, qualcode.new(Path(folder) / "big.qualcode", "AK") as project:
        with project.action("furnish"):
            turns = [Turn(at, at + 500, at, "INT" if at % 1000 else "P") for at in range(0, LENGTH, 500)]
            for number in range(DOCUMENTS):
                person = project.people.add(f"P{number}", case=f"S{number % 10}", roles={"-": "SU"})
                document = project.documents.add(f"D{number}", BODY, turns, parts={"INT": "interviewer"})
                project.documents.set_speaker(document, "P", "participant", person.id)
            for number in range(CODES):
                project.codes.add(f"C{number}", f"code {number}", kind="mechanism" if number % 2 else "process outcome")
        yield project


def passages(project: Project, count: int, seed: int) -> list[NewSegment]:
    """Passages to be coded, of 20 to 1,000 characters: evenly over the documents, one document after the other."""
    chance = random.Random(seed)
    documents = [document.id for document in project.documents.all()]
    codes = [code.id for code in project.codes.all()]
    made = []
    for number in range(count):
        start = chance.randrange(LENGTH - 1000)
        length = min(1000, 20 + int(chance.expovariate(1 / 300)))
        document = documents[number * len(documents) // count]
        made.append(NewSegment(document, start, start + length, chance.choice(codes)))
    return made


def fill(project: Project, new: Sequence[NewSegment]) -> None:
    """Code passages, a hundred thousand an action."""
    for first in range(0, len(new), 100_000):
        project.segments.add_many(new[first : first + 100_000])
