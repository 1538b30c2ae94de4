"""Figures as files: everything here is a function of a `Figure`; nothing is computed but where strokes go.

write_figure(change_model_figure(project), Path("model.svg"))
"""

from pathlib import Path

from qualcode.errors import InputError
from qualcode.figure import Figure, Network

__all__ = ["SUFFIXES", "picture", "write_figure"]

SUFFIXES = (".svg", ".pdf", ".png", ".dot")
"""The file formats of a figure; `.dot` is text for Graphviz, for networks and data structures."""


def write_figure(figure: Figure, path: Path) -> Path:
    """Writes a figure to a file in the format of its suffix, and returns the path.

    The same figure gives the same bytes.

    Raises:
        InputError: an unknown suffix, a missing folder, a place that cannot be written.
        TroubleError: the disk is full or failing.
    """
    from qualcode.report.saving import save

    save(path, picture(figure, path))
    return path


def picture(figure: Figure, path: Path) -> bytes:
    suffix = path.suffix.lower()
    from qualcode.report.drawing_network import drawn

    return drawn(figure.drawing).content(suffix, figure.title, figure.alternative)
