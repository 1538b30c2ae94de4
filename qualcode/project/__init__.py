"""The project file: the only room that knows our schema."""

from qualcode.project.backups import restore
from qualcode.project.project import Project, new, open  # noqa: A004 (qualcode.open is the public name)

__all__ = ["Project", "new", "open", "restore"]
