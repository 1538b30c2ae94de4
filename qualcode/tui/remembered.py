"""Where one was in each study: so that it opens again at the very place. Kept in the user's state folder, 0600.

It holds ids and positions, never words. What cannot be read or written is no reason to stop: one begins at the top.
"""

import json
import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from qualcode.errors import NotFoundError
from qualcode.model import Document
from qualcode.project import Project
from qualcode.tui.study import Place


def state_folder() -> Path:
    """The user's state folder, where places and recent projects are kept."""
    chosen = os.environ.get("QUALCODE_CONFIG")
    if chosen:
        return Path(chosen)
    import platformdirs

    return platformdirs.user_state_path("qualcode", appauthor=False)


def write_whole(path: Path, value: Any) -> None:
    """Write JSON, whole or not at all, readable by its owner only; where that does not work it is no reason to stop."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file)
        Path(name).replace(path)


class Remembered:
    """What is remembered of one project file: its last document, the last code point in each, whether one may copy."""

    def __init__(self, project_file: Path) -> None:
        name = sha256(os.fsencode(project_file.resolve())).hexdigest()[:16]
        self._path = state_folder() / "places" / f"{name}.json"
        self._last: Place | None = None
        self._kept: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            self._kept = kept if isinstance(kept, dict) else {}

    def offset(self, document: Document) -> int:
        """Where one was in a document, 0 at first."""
        offsets = self._kept.get("offsets", {})
        offset = offsets.get(document.guid.hex(), 0) if isinstance(offsets, dict) else 0
        return min(offset, document.length) if isinstance(offset, int) else 0

    def place(self, project: Project) -> Place | None:
        """Where one was last; None where that is not known or no longer there."""
        for document in project.documents.all():
            if document.guid.hex() == self._kept.get("document"):
                return Place(document.id, self.offset(document))
        return None

    def keep(self, project: Project, place: Place) -> None:
        """Remember a place, if it is another; the file is replaced whole or not at all."""
        if place == self._last:
            return
        self._last = place
        try:
            guid = project.documents.get(place.document).guid.hex()
        except NotFoundError:  # another program has removed it
            return
        offsets = self._kept.get("offsets", {})
        self._kept |= {"document": guid, "offsets": {**offsets, guid: place.offset}}
        write_whole(self._path, self._kept)

    @property
    def may_copy(self) -> bool:
        """Whether words of this project may go to the clipboard, which other programs read."""
        return self._kept.get("copy") is not False

    def let_copy(self, *, may: bool) -> None:
        """Say whether they may."""
        self._kept["copy"] = may
        write_whole(self._path, self._kept)
