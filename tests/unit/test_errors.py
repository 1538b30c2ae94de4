"""Messages for the person at the keyboard."""

import pytest

from qualcode.errors import not_found


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("m2ab", "Did you mean M2b or M2a?"),
        ("HOPE", "Did you mean Hope?"),
        ("qqqq", "There are: M2a, M2b, Hope"),
        ("m2", "Did you mean M2a or M2b?"),
    ],
)
def test_the_nearest_names_are_offered_whatever_their_case(name, remedy):
    assert not_found("code", name, ["M2a", "M2b", "Hope"]).remedy == remedy


def test_where_there_is_nothing_yet_it_says_so():
    assert not_found("code", "M2a", []).remedy == "The project has no code yet."


def test_names_that_begin_so_are_offered_before_those_that_look_alike():
    names = ["F-SU1", "A-SU1_wave1", "A-SU1_wave2", "J-SU1"]
    assert not_found("document", "A-SU1", names).remedy == "Did you mean A-SU1_wave1 or A-SU1_wave2?"


def test_how_many_names_are_left_out_is_said():
    assert not_found("code", "zz", [f"M{each}" for each in range(15)]).remedy.endswith("M10, M11 and 3 more")
