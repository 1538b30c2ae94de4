"""Small studies to try things on, built through the project's own door."""

from pathlib import Path

from hypothesis import strategies as st

from qualcode.model import Document, Turn
from qualcode.project import Project
from qualcode.project.schema import LOGGED
from tests import ways


def told(*speeches: tuple[str, str]) -> tuple[str, list[Turn]]:
    """The text and turns of speeches (speaker, words), one a line: "INT: How was it?"."""
    body, turns = "", []
    for speaker, words in speeches:
        start = len(body)
        body += f"{speaker}: {words}\n"
        turns.append(Turn(start, len(body), start + len(speaker) + 2, speaker))
    return body, turns


def add_interview(project: Project, name: str, *speeches: tuple[str, str], **options: object) -> Document:
    """Bring in a document made of speeches; INT asks."""
    body, turns = told(*speeches)
    return project.documents.add(name, body, turns, parts={"INT": "interviewer"}, **options)


def a_study(path: Path, coder: str = "AK") -> Project:
    """A project with three codes and an interview of two answers."""
    project = ways.new(path, coder)
    for short, name in (("M2a", "Living proof"), ("P3", "Hope"), ("X", "Other")):
        project.codes.add(short, name)
    add_interview(
        project,
        "A-SU1",
        ("INT", "How was it for you?"),
        ("Ann", "Well, if she can do it, so can I, I thought."),
        ("INT", "And then?"),
        ("Ann", "I went home and slept."),
    )
    return project


def rows_of(project: Project) -> dict[str, list[tuple]]:
    """Every row of every logged table: what undo must bring back."""
    return {table: project.store.rows(f'SELECT * FROM "{table}" ORDER BY id') for table in LOGGED}


def bytes_on_disk(path: Path) -> bytes:
    """The project file and what lies beside it, as bytes."""
    files = (path, Path(f"{path}-wal"), Path(f"{path}-shm"))
    return b"".join(each.read_bytes() for each in files if each.exists())


short_names = st.sampled_from(["A", "B", "C", "D", "E", "F"])
