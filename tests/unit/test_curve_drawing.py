"""The curve in the terminal: what is drawn stands where its scale says."""

import pytest

from qualcode.figure import Curve, Line
from qualcode.tui.curve_drawing import drawn


def rows_of_dots(values, height):
    """For each value, on which line of the drawing its dot stands, from below, from 1; 0 where none is seen."""
    line = Line("codes so far", tuple((float(place), float(value)) for place, value in enumerate(values, 1)))
    bars = ("new codes", tuple((float(place), 0.0) for place, _ in enumerate(values, 1)))
    lines = ["".join(words for words, _ in pieces) for pieces in drawn(Curve("x", "y", (line,), bars), 60, height)]
    body = lines[1:-1][::-1]
    at = {column: number for number, each in enumerate(body, 1) for column, sign in enumerate(each) if sign == "●"}
    found = [at[column] for column in sorted(at)]
    return found if len(found) == len(values) else [0] * len(values)


@pytest.mark.parametrize("height", [6, 10, 23])
def test_a_dot_stands_on_the_line_nearest_to_its_value(height):
    values = [2, 17, 24, 43, 44, 48]
    rows = height - 2
    for value, row in zip(values, rows_of_dots(values, height), strict=True):
        nearest = min(range(1, rows + 1), key=lambda each: abs(48 * each / rows - value))
        assert row == nearest
