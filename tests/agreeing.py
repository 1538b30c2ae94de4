"""A small study of two coders, counted by hand."""

from contextlib import closing
from pathlib import Path

import qualcode
from qualcode.project import Project
from tests.builders import add_interview
from tests.studies import as_coder

TALK = (
    ("INT", "How was it for you?"),
    ("Ann", "I got up. I hoped so much."),
    ("INT", "And then?"),
    ("Ann", "I went home. I slept well."),
    ("INT", "Mm."),
    ("Ann", "Then I hoped again."),
    ("INT", "Anything else?"),
    ("Ann", "No, nothing."),
    ("INT", "Are you sure?"),
    ("Ann", "Yes, I am sure."),
)


def two_coders(folder: Path) -> Project:
    """Three interviews; AK has coded and finished all three, KB coded all and finished the first two."""
    project = qualcode.new(folder / "a.qualcode", "AK")
    project.codes.add("P", "Process")
    project.codes.add("P1", "Hope", parent="P")
    project.codes.add("P2", "Rest", parent="P")
    project.codes.add("X", "Other")
    for name in ("one", "two", "three"):
        add_interview(project, name, *TALK)
    code(project, "one", ("P1", "I hoped so much"), ("P2", "I slept well"), ("P1", "I hoped again"))
    code(project, "two", ("P1", "I hoped so much"), ("P2", "I got up"))
    code(project, "three", ("P1", "I hoped so much"))
    finish(project, "one", "two", "three")
    with closing(as_coder(project, "KB")) as other:
        code(other, "one", ("P1", "I hoped so"), ("P2", "I went home"))
        code(other, "two", ("P1", "I hoped so much"), ("P2", "Yes, I am sure"))
        code(other, "three", ("P2", "I slept well"))
        finish(other, "one", "two")
    return project


def code(project: Project, document: str, *passages: tuple[str, str]) -> None:
    """Code passages, each by its code and its words."""
    for short, words in passages:
        project.segments.add(document, short, quote=words)


def finish(project: Project, *names: str) -> None:
    """Finish documents."""
    for name in names:
        project.coders.finish(project.documents.get(name))
