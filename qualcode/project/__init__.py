"""The project file: the only room that knows our schema."""

from qualcode.project.project import Project, new, open  # noqa: A004 (qualcode.open is the public name)
from qualcode.project.restoring import restore

__all__ = ["Project", "new", "open", "restore"]
