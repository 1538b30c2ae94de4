"""A coder's framework summaries as a readable file, and their way into a project.

    - person: A-SU1
      wave: 1
      theme: M2
      state: charted              # draft, charted, checked, not asked, nothing said
      text: >
        She saw somebody get up of a morning and thought that she might.

A summary rests on what the acting coder has coded there: with the theme or below it, where that person speaks at that
wave.
"""

from functools import cache, partial
from pathlib import Path
from typing import Any

from qualcode.errors import InputError, UserError
from qualcode.model import Segment
from qualcode.plain_yaml import Items, Mapping, Node, Page, Place, Text, read
from qualcode.project import Project
from qualcode.project.retrieval import Filter

_KNOWN = ("person", "wave", "theme", "state", "text")


def store_chart(project: Project, path: Path) -> int:
    """Write the summaries of a file as the acting coder's, in one action.

    Returns:
        How many.

    Raises:
        InputError: the file is not readable or not of this form, or a person or code is unknown; the message carries
            the line. Nothing is written.
    """
    entries = _entries(path)
    with project.action("store chart"):
        coded_by = cache(partial(_coded, project))  # a person's cells stand together
        for line, said in entries:
            try:
                _store(project, said, coded_by(said["person"], said["wave"]))
            except UserError as error:
                raise InputError(error.what, where=f"{path.name}:{line}", remedy=error.remedy) from None
    return len(entries)


def _coded(project: Project, person: str, wave: str) -> list[Segment]:
    """What the acting coder has coded where a person speaks at a wave."""
    return project.segments.find(Filter(people=(person,), waves=(wave,), coders=(project.coder or "",)))


def _store(project: Project, said: dict[str, str], coded: list[Segment]) -> None:
    person, theme = project.people.get(said["person"]), project.codes.get(said["theme"])
    branch = set(project.codes.branch(theme))
    state: Any = said.get("state", "charted")
    project.summaries.write(
        " ".join(said.get("text", "").split()),
        theme.short,
        person=person.id,
        wave=said["wave"],
        segments=[segment.id for segment in coded if segment.code in branch],
        state=state,
    )


def _entries(path: Path) -> list[tuple[int, dict[str, str]]]:
    page = Page(path.name)
    try:
        root = read(path.read_text(encoding="utf-8"), page)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read as text: {error}", where=path.name) from None
    if not isinstance(root, Items):
        page.stop(Place(1, 1), "a list of summaries is expected here", "Begin each with a dash.")
    entries = [(item.place.line, _fields(item, page)) for item in root.items]
    page.stop_if_wrong()
    return entries


def _fields(item: Node, page: Page) -> dict[str, str]:
    if not isinstance(item, Mapping):
        page.stop(item.place, "names and values are expected here", f"Known are: {', '.join(_KNOWN)}.")
    said: dict[str, str] = {}
    for name, value in item.pairs:
        if isinstance(name, Text) and name.text in _KNOWN and isinstance(value, Text):
            said[name.text] = value.text
        else:
            page.wrong(name.place, "this is not known here", f"Known are: {', '.join(_KNOWN)}.")
    for needed in ("person", "wave", "theme"):
        if needed not in said:
            page.wrong(item.place, f"does not name its {needed}", f"Add a line: {needed}: ...")
    return said
