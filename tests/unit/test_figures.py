"""The change-model figure: its numbers are the matrix's, and its caption says what it hides."""

import random

import pytest

from qualcode.analysis import Scope, change_model, change_model_figure
from qualcode.errors import InputError, RefusedError
from tests.studies import codebook, interview, new_study

ROLES = ("SU", "PW", "ST", "MG")
SOURCES = ("M2", "M2a", "M2b", "RV", "P3", "P3a", "P4")
TARGETS = ("P3", "P3a", "P4", "D1", "D4")


@pytest.fixture
def study(tmp_path):
    """Eight people in four roles, each with an interview of one turn."""
    with new_study(tmp_path) as project:
        codebook(project)
        project.codes.add("C", "Conditions", kind="moderator")
        for number in range(8):
            name, role = f"S{number}", ROLES[number % 4]
            project.people.add(name, "AB"[number % 2], {"-": role})
            words = "If she can do it so can I. I am hopeful. I went to A&E less."
            interview(project, name, [("INT", "What came of it?"), ("X", words)], {"X": name})
        yield project


def claim(project, person, source, target, **how):
    return project.claims.add(person, source, target, quote="so can I", **how)


def many_claims(project):
    chance = random.Random(3)
    for person in range(8):
        for _ in range(9):
            source, target = chance.choice([*SOURCES, "C"]), chance.choice(TARGETS)
            if source != target:
                direction = chance.choice(["raises", "raises", "lowers", "no effect"])
                claim(project, f"S{person}", source, target, direction=direction)


def edges(figure):
    return {(edge.source, edge.target): edge for edge in figure.drawing.edges}


OPTIONS = [
    {},
    {"unit": "references"},
    {"unit": "cases"},
    {"unit": "sources", "scope": Scope(cases=("A",))},
    {"scope": Scope(roles=("SU", "MG"))},
    {"own_only": True},
    {"scope": Scope(codes=("M2a", "RV"))},
]


@pytest.mark.parametrize("levels", [1, 2, None])
@pytest.mark.parametrize("options", OPTIONS)
def test_every_arrow_has_the_number_marks_and_evidence_of_its_cell(study, options, levels):
    many_claims(study)
    matrix, figure = change_model(study, **options), change_model_figure(study, levels=levels, **options)
    drawn = {link: edge for link, edge in edges(figure).items() if link[0] != "C"}
    assert drawn
    for (row, column), edge in drawn.items():
        marks = matrix.marks.get((row, column), ())
        assert edge.number == matrix.value(row, column)
        assert edge.against == ("all" if "all contradicted" in marks else "some" if "contradicted" in marks else "none")
        assert (edge.look == "hearsay") == ("hearsay" in marks)
        key, unit = f"{row} → {column}", figure.drawing.unit
        assert figure.table.value(key, unit) == edge.number
        assert figure.table.evidence(key, unit) == matrix.evidence(row, column)
        assert figure.table.quotations(key, unit) == matrix.quotations(row, column)


def test_at_the_top_level_every_cell_with_evidence_is_an_arrow(study):
    many_claims(study)
    matrix = change_model(study)
    cells = {(row, column) for row in ("M2", "RV", "P3", "P4") for column in ("P3", "P4", "D1", "D4")}
    assert {link for link in edges(change_model_figure(study)) if link[0] != "C"} == {
        cell for cell in cells if matrix.value(*cell)
    }


@pytest.mark.parametrize("threshold", [1, 2, 3])
def test_with_all_levels_every_claim_of_a_large_enough_cell_is_in_an_arrow(study, threshold):
    many_claims(study)
    matrix, figure = change_model(study), change_model_figure(study, levels=None, threshold=threshold)
    shown = {number for link in edges(figure) if link[0] != "C" for number in matrix.evidence(*link).ids}
    cells = [(row.key, column.key) for row in matrix.rows for column in matrix.columns[:-1]]
    large = [cell for cell in cells if (matrix.value(*cell) or 0) >= threshold]
    assert shown == {number for cell in large for number in matrix.evidence(*cell).ids}


def test_an_arrow_of_a_whole_stands_only_where_its_parts_do_not_say_all(study):
    claim(study, "S0", "M2a", "P3")
    claim(study, "S1", "M2a", "P4")
    claim(study, "S2", "M2", "P4")
    figure = change_model_figure(study, levels=None)
    assert {link: edge.number for link, edge in edges(figure).items()} == {
        ("M2a", "P3"): 1, ("M2a", "P4"): 1, ("M2", "P4"): 2,
    }  # fmt: skip
    assert [(node.key, node.above) for node in figure.drawing.nodes][:2] == [("M2", ""), ("M2a", "M2")]


def test_the_look_says_how_the_strongest_evidence_is_known(study):
    claim(study, "S3", "M2", "P3")  # a manager: hearsay
    claim(study, "S3", "M2", "P4")
    claim(study, "S1", "M2", "P4")  # a peer worker: witnessed
    claim(study, "S3", "M2", "D1")
    claim(study, "S0", "M2", "D1")  # a service user: lived
    study.codes.lead_to(study.codes.get("M2"), ("D4", "P3"))
    looks = {link[1]: edge.look for link, edge in edges(change_model_figure(study)).items()}
    assert looks == {"P3": "hearsay", "P4": "witnessed", "D1": "lived", "D4": "expected"}


def test_the_threshold_hides_and_says_how_many(study):
    for person in ("S0", "S1", "S2"):
        claim(study, person, "M2", "P3")
    claim(study, "S0", "M2", "P4")
    claim(study, "S0", "RV", "D1")
    figure = change_model_figure(study, threshold=3)
    assert set(edges(figure)) == {("M2", "P3")}
    assert "Threshold 3 people: 2 arrows of fewer are hidden." in figure.caption
    assert "No arrow is hidden" in change_model_figure(study).caption
    with pytest.raises(RefusedError, match="no arrow has 4 people"):
        change_model_figure(study, threshold=4)
    with pytest.raises(InputError):
        change_model_figure(study, threshold=0)


def test_the_caption_states_unit_number_layer_and_filter(study):
    claim(study, "S0", "M2", "P3")
    figure = change_model_figure(study, scope=Scope(roles=("SU",)))
    assert "people who make at least one such claim, of 2." in figure.caption
    assert "Layer: consensus where complete, else each document's lead coder." in figure.caption
    assert "Filter: roles SU." in figure.caption
    assert "of 8" in change_model_figure(study).caption
    assert "passages that make such a claim." in change_model_figure(study, unit="references").caption
    assert "own experience only" in change_model_figure(study, own_only=True).caption
    assert any(note.startswith("Codebook version") for note in figure.notes)


def test_rivals_and_moderators_stand_beneath_and_what_has_no_arrow_is_told(study):
    claim(study, "S0", "RV", "D1")
    claim(study, "S0", "C", "P3")
    claim(study, "S1", "C", "P3", direction="lowers")
    figure = change_model_figure(study)
    assert [(band.title, [node.key for node in band.nodes]) for band in figure.drawing.bands] == [
        ("Rival explanations", ["RV"]), ("Moderators", ["C"]),
    ]  # fmt: skip
    assert (edges(figure)["C", "P3"].number, edges(figure)["C", "P3"].against) == (2, "some")
    assert len(figure.table.quotations("C → P3", "people")) == 2
    assert "Without an arrow, and not drawn: D4, M2, P4." in figure.notes
    assert "RV Other causes" in figure.alternative


def test_a_figure_of_nothing_says_what_is_missing(tmp_path, study):
    with pytest.raises(RefusedError, match="nobody claims"):
        change_model_figure(study)
    (tmp_path / "empty").mkdir()
    with new_study(tmp_path / "empty") as project, pytest.raises(RefusedError, match="there are none") as told:
        change_model_figure(project)
    assert "codebook" in told.value.remedy
