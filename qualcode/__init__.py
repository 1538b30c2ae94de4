"""qualcode: transcripts go in, coded segments live in one project file, every analysis returns a `Table`.

    with qualcode.open("study.qualcode", coder="AK") as project:
        project.segments.add("A-SU1", code="M2a", quote="if she can do it")
        table = qualcode.analysis.change_model(project)

Names are loaded when first used, so that importing qualcode costs nothing.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Figure": "qualcode.figure",
    "Project": "qualcode.project",
    "QualcodeError": "qualcode.errors",
    "Table": "qualcode.table",
    "decrypt": "qualcode.project.encryption",
    "encrypt": "qualcode.project.encryption",
    "new": "qualcode.project",
    "open": "qualcode.project",
}
_ROOMS = ("agreement", "analysis", "codebook", "project", "report", "transcripts", "work")

__all__ = ["Figure", "Project", "QualcodeError", "Table", "analysis", "decrypt", "encrypt", "new", "open", "report"]


def __dir__() -> list[str]:
    """What can be had, for completion and for looking around."""
    rooms = {room for room in _ROOMS if find_spec(f"qualcode.{room}")}
    return sorted({*_HOMES, *rooms, "__version__"})


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in _ROOMS:
        return import_module(f"qualcode.{name}")
    raise AttributeError(f"module 'qualcode' has no attribute {name!r}")
