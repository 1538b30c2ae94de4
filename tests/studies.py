"""Small studies built through the public API, for tests that count by hand."""

from collections.abc import Mapping, Sequence
from contextlib import closing
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


def whole_study(folder: Path, *, backwards: bool = False) -> Project:
    """A study that has a bit of everything, its people, documents and coding coming in order or backwards.

    Nested cases, two waves and a role that changes between them, a dyad, a role for some waves, an interviewer,
    documents without speakers and without people, attributes, retired and merged codes, two coders, claims with
    evidence, pinned quotes, summaries.
    """
    project = new_study(folder)
    step = -1 if backwards else 1
    with project.action("build"):
        _frame(project)
        for name, case, roles in _PEOPLE[::step]:
            project.people.add(name, case, roles)
        for name, wave, people, turns in _INTERVIEWS[::step]:
            interview(project, name, turns, people, wave)
        for name, body, person in _TEXTS[::step]:
            document = project.documents.add(name, body, [], wave="1")
            if person:
                project.documents.set_speaker(document, "", "participant", project.people.get(person).id)
            else:
                project.documents.place(document, case=project.cases.get("South").id)
        for name, case, age in (("Ann", "North", "30s"), ("Bob", "North", "40s"), ("Ida", "South", "30s"))[::step]:
            project.attributes.set("person", project.people.get(name).id, [("age", age)])
            project.attributes.set("case", project.cases.get(case).id, [("sector", case[0])])
    _code(project, step)
    with closing(as_coder(project, "KB")) as other, other.action("code"):
        for document, code, words in (*_SEGMENTS[::-2], ("ann1", "D4", "We got up so"))[::step]:
            other.segments.add(document, code, quote=words, exemplar=True)
        other.claims.add("bob", "M2a", "P4", quote="then I slept")
        _finish(other, step)
    _finish(project, step)
    project.codes.retire(project.codes.get("RV"))
    project.codes.retire(project.codes.get("P3a"))
    project.codes.merge(project.codes.get("M2c"), project.codes.get("M2b"))
    return project


def _frame(project: Project) -> None:
    """Codes, cases and waves: their order is part of the study."""
    codebook(project)
    project.codes.add("M2c", "Showing again", parent="M2", kind="mechanism", valence="good")
    project.codes.change(project.codes.get("M2b"), applies_to=("SU", "PW"))
    project.codes.change(project.codes.get("D4"), applies_to=("MG", "ST"))
    project.codes.add("T", "A theme, for staff only", kind="theme", applies_to=("ST", "MG"))
    project.codes.lead_to(project.codes.get("M2b"), ["P4"])
    north = project.cases.add("North")
    project.cases.add("North A", parent=north.id)
    project.cases.add("North A1", parent=project.cases.get("North A").id)
    project.cases.add("South", "site")
    for wave in ("1", "2"):
        project.waves.ensure(wave)
    project.coders.add("KB")


_PEOPLE = (
    ("Ann", "North A", {"-": "SU"}),
    ("Bob", "North A1", {"-": "ST"}),
    ("Cat", "North", {"-": "MG"}),
    ("Ida", "South", {"1": "SU", "2": "PW"}),
    ("Joe", None, {}),
    ("Absent", "South", {"-": "SU"}),
)
_INTERVIEWS = (
    ("ann1", "1", {"A": "Ann"}, [("INT", "How was it?"), ("A", "She got up. We got up so I got up, and I hoped.")]),
    ("ann2", "2", {"A": "Ann"}, [("INT", "And now?"), ("A", "I am well. I got up. It was the weather.")]),
    ("bob", "1", {"B": "Bob"}, [("B", "I slept. Then I woke, then I slept."), ("C", "Who am I? I slept.")]),
    ("dyad", "2", {"A": "Ann", "I": "Ida"}, [("INT", "Both?"), ("A", "I got up."), ("I", "So did I, and hoped.")]),
    ("ida", "1", {"I": "Ida"}, [("INT", "Well?"), ("I", "I hoped. I woke and hoped.")]),
    ("meeting", "-", {"C": "Cat", "J": "Joe"}, [("C", "They hoped."), ("J", "I woke."), ("C", "They are well.")]),
)
_TEXTS = (("letter", "I hoped, and I woke.", "Cat"), ("report", "They hoped. They are well.", None))
_SEGMENTS = (
    ("ann1", "M2a", "She got up"),
    ("ann1", "M2b", "got up. We"),
    ("ann1", "M2", "We got up so I"),
    ("ann1", "M2c", "I got up"),
    ("ann1", "P3", "I hoped"),
    ("ann1", "P3a", "and I hoped"),
    ("ann2", "RV", "It was the weather"),
    ("ann2", "M2a", "I got up"),
    ("ann2", "D1", "I am well. I got up"),
    ("bob", "T", "Then I woke, then I slept"),
    ("bob", "D4", "Who am I? I slept"),
    ("dyad", "M2b", "got up.\nI: So did I"),
    ("dyad", "P3", "So did I, and hoped"),
    ("dyad", "T", "Both?"),
    ("ida", "P3a", "I woke and hoped"),
    ("ida", "D1", "hoped. I"),
    ("meeting", "P3", "hoped.\nJ: I woke"),
    ("meeting", "T", "They are well"),
    ("letter", "P3", "hoped, and I woke"),
    ("letter", "D1", "I woke"),
    ("report", "P3", "They hoped"),
    ("report", "D1", "hoped. They are well"),
)
_CLAIMS = (
    ("ann1", "M2a", "P3", "She got up. We got up so I got up, and I hoped", {}),
    ("ann1", "M2c", "P3a", "so I got up, and I", {"direction": "no effect"}),
    ("ann2", "RV", "D1", "It was the weather", {}),
    ("bob", "M2b", "P4", "Then I woke", {"standing": "hearsay"}),
    ("dyad", "M2b", "P3", "I got up.\nI: So did I", {}),
    ("dyad", "P3", "D4", "and hoped", {"direction": "lowers"}),
    ("ida", "M2a", "P3", "I woke and hoped", {"tense": "hoped for"}),
    ("ida", "P3a", "D1", "hoped. I woke", {}),
    ("meeting", "M2", "D1", "They hoped.\nJ: I woke.\nC: They are well", {}),
    ("letter", "M2b", "P3", "and I woke", {"direction": "mixed"}),
    ("report", "P3", "D1", "They hoped. They are well", {}),
)


def _code(project: Project, step: int) -> None:
    with project.action("code"):
        for place, (document, code, words) in list(enumerate(_SEGMENTS))[::step]:
            project.segments.add(document, code, quote=words, exemplar=place % 3 == 0)
        for document, source, target, words, how in _CLAIMS[::step]:
            claim = project.claims.add(document, source, target, quote=words, **how)
            if document == "letter":
                project.claims.add_evidence(claim, "ann2", "contradicts", quote="It was the weather")
        project.summaries.write("She tells of getting up.", "M2", person=project.people.get("Ann").id, wave="1")
        project.summaries.write("All hope.", "P3", case=project.cases.get("South").id)
        for segment in project.segments.find():
            if segment.exemplar and project.quotations([segment])[0].words == "So did I, and hoped":
                project.quotes.edit(segment, "So did I [...]")


def _finish(project: Project, step: int) -> None:
    """All but one interview."""
    for name, *_ in _INTERVIEWS[:-1][::step]:
        project.coders.finish(project.documents.get(name))


def as_coder(project: Project, coder: str) -> Project:
    """The same file, opened by another coder."""
    return qualcode.open(project.path, coder)
