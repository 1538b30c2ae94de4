"""The open project for another thread. No Textual in here."""

from collections.abc import Iterator
from contextlib import contextmanager

import qualcode.project
from qualcode.project import Project
from qualcode.project.file import place_of


@contextmanager
def beside(project: Project) -> Iterator[Project]:
    """The same file by a connection of its own, closed at the end; for the same coder.

    On a network drive one program holds the file with one connection: there it is that one, and its actions wait for
    each other.
    """
    if place_of(project.path).kind == "network":
        yield project
        return
    with qualcode.project.open(project.path, project.coder) as another:
        yield another
