"""Small studies built through the public API, for tests that count by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import qualcode
from qualcode.model import Document, Turn
from qualcode.project import Project


def new_study(folder: Path, coder: str = "AK") -> Project:
    """An empty project in a folder."""
    return qualcode.new(folder / "study.qualcode", coder)


def codebook(project: Project) -> None:
    """Two mechanisms below one, a rival, two process outcomes and a child, two downstream outcomes (of D4, less)."""
    add = project.codes.add
    add("M2", "Role-modelling", kind="mechanism", valence="good")
    add("M2a", "Living proof", parent="M2", kind="mechanism", valence="good")
    add("M2b", "Showing how", parent="M2", kind="mechanism", valence="good")
    add("RV", "Other causes", kind="rival explanation")
    add("P3", "Hope", kind="process outcome", valence="good")
    add("P3a", "Hope for others", parent="P3", kind="process outcome", valence="good")
    add("P4", "Confidence", kind="process outcome", valence="good")
    add("D1", "Wellbeing", kind="downstream outcome", valence="good")
    add("D4", "Service use", kind="downstream outcome", valence="less is better")


def interview(
    project: Project,
    name: str,
    turns: Sequence[tuple[str, str]],
    people: Mapping[str, str] | None = None,
    wave: str = "-",
) -> Document:
    """A document of turns (label, words); "INT" asks; `people` says who the labels are."""
    body, made = "", []
    for label, words in turns:
        start = len(body)
        body += f"{label}: {words}\n"
        made.append(Turn(start, len(body), start + len(label) + 2, label))
    document = project.documents.add(name, body, made, parts={"INT": "interviewer"}, wave=wave)
    for label, person in (people or {}).items():
        project.documents.set_speaker(document, label, "participant", project.people.get(person).id)
    return document


def as_coder(project: Project, coder: str) -> Project:
    """The same file, opened by another coder."""
    return qualcode.open(project.path, coder)
