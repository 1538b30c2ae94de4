"""The data structure and the curve of saturation as figures: they show what their tables say."""

import pytest

from qualcode.analysis import gioia_figure, saturation_figure
from qualcode.errors import RefusedError
from qualcode.figure import Part
from qualcode.report.drawing import content
from tests.studies import interview, new_study

CODES = (
    ("D", "Becoming an equal", None),
    ("T", "Common ground", "D"),
    ("C1", "Same ward", "T"),
    ("C2", "No small talk", "T"),
    ("T0", "Endings", "D"),
)


@pytest.fixture
def study(tmp_path):
    """A dimension, two themes, two concepts; what is said about them in eight interviews."""
    with new_study(tmp_path) as project:
        for short, name, parent in CODES:
            project.codes.add(short, name, parent=parent)
        for number in range(8):
            project.people.add(f"S{number}", "A", {"-": "SU"})
            interview(project, f"S{number}", [("X", "Same ward, same food. No small talk.")], {"X": f"S{number}"})
            project.segments.add(f"S{number}", "C1", quote="Same ward")
        project.segments.add("S1", "C2", quote="No small talk")
        yield project


def test_the_data_structure_has_a_part_for_each_code_with_its_people(study):
    figure = gioia_figure(study)
    concepts = (Part("Same ward", "n = 8"), Part("No small talk", "n = 1"))
    themes = (Part("Common ground", "n = 8", concepts), Part("Endings", "n = 0"))
    assert figure.drawing.parts == (Part("Becoming an equal", "n = 8", themes),)
    assert figure.table.value("C2", "people") == 1
    assert len(figure.table.quotations("C1", "people")) == 8
    assert "of 8." in figure.caption
    assert "Becoming an equal: Common ground (Same ward; No small talk), Endings (no concept)." in figure.alternative
    assert content(figure, ".svg") == content(gioia_figure(study), ".svg")


def test_what_skips_a_level_has_an_empty_place_there(study):
    study.codes.add("L", "Straight below", parent="D", stage="1st-order concept")
    study.codes.add("A", "Alone", stage="2nd-order theme")
    dimension, alone = gioia_figure(study).drawing.parts
    assert dimension.made_of[-1] == Part("", made_of=(Part("Straight below", "n = 0"),))
    assert alone == Part("", made_of=(Part("Alone", "n = 0"),))


def test_a_dimension_of_nothing_is_named_and_not_drawn(study):
    study.codes.add("E", "Empty")
    figure = gioia_figure(study)
    assert [part.words for part in figure.drawing.parts] == ["Becoming an equal"]
    assert "Without a level below, so not yet part of a structure of three: T0, E." in figure.caption


def test_without_three_levels_there_is_no_data_structure(tmp_path):
    with new_study(tmp_path) as project:
        project.codes.add("M", "One level")
        with pytest.raises(RefusedError, match="1st-order concepts below"):
            gioia_figure(project)


def test_the_curve_shows_what_the_table_says(study):
    figure = saturation_figure(study, base=2, run=2)
    table, curve = figure.table, figure.drawing
    assert curve.bars == ("new codes", tuple((n, table.value(f"S{n - 1}", "new")) for n in range(1, 9)))
    assert curve.lines[0].points == tuple((n, table.value(f"S{n - 1}", "codes")) for n in range(1, 9))
    assert curve.stops == ((4, "reached: 2+2"),)
    assert "Reached at 2+2 interviews" in figure.caption
    assert "upright line" in figure.caption
    assert len(saturation_figure(study, base=2, run=2, by="role").drawing.lines) == 2
    assert content(figure, ".png").startswith(b"\x89PNG")


def test_where_saturation_is_not_reached_there_is_no_upright_line(study):
    figure = saturation_figure(study, base=6, run=4)
    assert figure.drawing.stops == ()
    assert "upright line" not in figure.caption
    assert "Cannot assess" in figure.caption


def test_without_coding_there_is_no_curve(tmp_path):
    with new_study(tmp_path) as project, pytest.raises(RefusedError, match="no interview is coded"):
        saturation_figure(project)
