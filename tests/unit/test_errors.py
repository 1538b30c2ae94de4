"""Messages for the person at the keyboard."""

import pytest

from qualcode.errors import not_found


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("m2ab", "Did you mean M2b or M2a?"),
        ("HOPE", "Did you mean Hope?"),
        ("qqqq", "There are: M2a, M2b, Hope"),
    ],
)
def test_the_nearest_names_are_offered_whatever_their_case(name, remedy):
    assert not_found("code", name, ["M2a", "M2b", "Hope"]).remedy == remedy


def test_where_there_is_nothing_yet_it_says_so():
    assert not_found("code", "M2a", []).remedy == "The project has no code yet."
