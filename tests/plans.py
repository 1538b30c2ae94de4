"""Small studies as hypothesis makes them: what is in them, in whatever order it comes."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

import qualcode
from qualcode.analysis import Scope
from qualcode.project import Project
from qualcode.project.actions import Store
from qualcode.project.columns import STANCES
from tests.studies import codebook, interview, new_study

CODERS = ("AK", "KB", "CC")  # CC is the consensus
PEOPLE = {"A1": ("A", {"-": "SU"}), "A2": ("A", {"1": "SU", "2": "PW"}), "B1": ("B", {"-": "MG"}), "X": (None, {})}
SOURCES = ("M2", "M2a", "M2b", "M2b", "RV", "P3", "P4")
TARGETS = ("P3", "P3a", "P3a", "P4", "D1")


@dataclass(frozen=True)
class Coded:
    """A claim from `code` to `target`, or a segment where there is no target."""

    coder: str
    document: int
    start: int
    length: int
    code: str
    target: str | None
    direction: str = "raises"
    standing: str | None = None
    tense: str | None = None


@dataclass(frozen=True)
class Plan:
    """A study to be built: what is in it, whatever the order it comes in."""

    documents: tuple
    coded: tuple[Coded, ...]
    finished: frozenset[int]
    merged: bool
    applies: tuple[str, ...]


@st.composite
def plans(draw, is_claim=None):
    """A study of one or two interviews, coded by up to three coders; with claims, without, or either."""
    labels = st.sampled_from(["INT", "P", "Q"])
    turns = st.lists(st.tuples(labels, st.sampled_from(["a", "so it goes", "yes I do"])), min_size=2, max_size=5)
    linked = st.dictionaries(st.sampled_from(["P", "Q"]), st.sampled_from(sorted(PEOPLE)))
    documents = tuple(draw(st.lists(st.tuples(turns, linked, st.sampled_from("12")), min_size=1, max_size=2)))
    is_claim = draw(st.booleans()) if is_claim is None else is_claim
    coded = st.builds(
        Coded,
        st.sampled_from(("AK", "AK", *CODERS)),
        st.integers(0, len(documents) - 1),
        st.integers(0, 50),
        st.integers(1, 30),
        st.sampled_from(SOURCES if is_claim else (*SOURCES, *TARGETS)),
        st.sampled_from(TARGETS) if is_claim else st.none(),
        st.sampled_from(["raises", "lowers", "no effect", "mixed"]),
        st.sampled_from([None, "lived", "hearsay"]),
        st.sampled_from([None, None, "hoped for"]),
    )
    return Plan(
        documents,
        tuple(draw(st.lists(coded, min_size=4, max_size=16, unique=True))),
        frozenset(draw(st.sets(st.integers(0, len(documents) - 1)))),
        draw(st.booleans()),
        draw(st.sampled_from([(), ("SU",), ("2",), ("SU", "2"), ("no such",)])),
    )


scopes = st.builds(
    Scope,
    st.sampled_from([(), (), ("SU",), ("SU", "MG")]),
    st.sampled_from([(), (), ("1",)]),
    st.sampled_from([(), (), ("A",)]),
    coder=st.sampled_from([None, None, "KB"]),
)


def made_template(folder: Path) -> Path:
    """A project with codes, people and coders, of which plans are built."""
    with new_study(folder) as project:
        codebook(project)
        project.codes.lead_to(project.codes.get("M2b"), ["P4"])
        for name, (case, roles) in PEOPLE.items():
            project.people.add(name, case, roles)
        project.coders.add("KB")
        project.coders.add("CC", kind="consensus")
        return project.path


def built(template: Path, folder: Path, plan: Plan, *, backwards: bool = False) -> Project:
    """The plan as a project, its documents and coding coming in order or backwards."""
    path = folder / f"{backwards}.qualcode"
    shutil.copyfile(template, path)
    step = -1 if backwards else 1
    project = qualcode.open(path, "AK")
    with project.action("build"):
        for number, (turns, linked, wave) in list(enumerate(plan.documents))[::step]:
            labels = {label for label, _ in turns}
            people = {label: person for label, person in linked.items() if label in labels}
            interview(project, f"d{number}", turns, people, wave)
        if plan.applies:
            project.codes.change(project.codes.get("D1"), applies_to=plan.applies)
    everybody = [Project(path, Store(project.store.connection, coder)) for coder in CODERS[::step]]
    for by in everybody:  # on one connection: opening the file eight times took longer than what is written
        with by.action("code"):
            for each in plan.coded[::step]:
                if each.coder == by.coder:
                    write(by, each)
            if by.coder == "CC":
                for number in plan.finished:
                    by.coders.finish(by.documents.get(f"d{number}"))
    for by in everybody:
        with by.action("answer"):
            answer(by)
    if plan.merged:
        project.codes.merge(project.codes.get("P4"), project.codes.get("P3"))
    return project


def answer(project) -> None:
    """Speak for and against claims, others' too, as their places have it."""
    for claim in project.claims.find():
        place = claim.start + claim.end + CODERS.index(project.coder)
        if place % 4 < len(STANCES):
            document = project.documents.get(f"d{place % len(project.documents.all())}")
            project.claims.add_evidence(claim, document.id, STANCES[place % 4], span=(0, 1 + place % document.length))


def write(project, each: Coded) -> None:
    """Code as planned, within the document."""
    document = project.documents.get(f"d{each.document}")
    start = min(each.start, document.length - 1)
    span = (start, min(start + each.length, document.length))
    if each.target is None:
        project.segments.add(document.id, each.code, span=span, exemplar=start % 2 == 0)
    elif each.target != each.code:
        how = {"direction": each.direction, "standing": each.standing, "tense": each.tense}
        project.claims.add(document.id, each.code, each.target, span=span, **how)
