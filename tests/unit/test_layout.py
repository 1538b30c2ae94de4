"""The reader's geometry: what is on which row and cell, whatever a transcript holds."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.lines import WIDTH, cells, line_starts
from qualcode.tui.clusters import begins, end_of
from qualcode.tui.layout import Layout
from qualcode.visible import visible_line

PIECES = (
    "hope ", "don't ", "x" * 30, " ", "   ", "\n", "\n\n", "\t", "好", "起来。", "한글 ", "😀", "👩🏽‍🦱", "👨‍👩‍👦",
    "🇩🇪", "🇩", "❤️", "🏳️‍🌈", "1️⃣", "👍🏽", "🏽", "e\u0301te\u0301 ", "\u0301", " \u0301", "\u200d", " \u200d",
    "\u200b", "क्षि", "กำ", "שלום ",
    "\u202e", "\x1b[31m", "\x9b", "\x85", "\u2028", "\ufeff", "\xad", "\ufe0f", "\x0b\x0c",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
TEXTS = HOSTILE | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=80)
WIDTHS = st.integers(2, 100)
PROPERTY = settings(max_examples=100, deadline=None)
LONG_LINE = "well-being " * 1_300  # 14,300 characters without a newline


def cluster_starts(body, start, end):
    return [at for at in range(start, end) if at == start or begins(body, at)]


@PROPERTY
@given(TEXTS, WIDTHS)
@example("", 2)
@example(LONG_LINE, 80)
@example("x" * 14_000, 33)
@example("\n", 5)
def test_the_rows_joined_are_the_text(body, width):
    layout = Layout(body, width)
    spans = [layout.span(row) for row in range(len(layout))]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(body)
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert all(start < end for start, end in spans) or not body


@PROPERTY
@given(TEXTS)
def test_at_the_citable_width_rows_are_citable_lines(body):
    assert Layout(body, WIDTH).starts == line_starts(body)


@PROPERTY
@given(TEXTS, WIDTHS)
@example("   " * 50, 7)
@example("ab   cd", 2)
def test_what_is_drawn_fits_and_what_is_not_is_blank(body, width):
    layout = Layout(body, width)
    for row in range(len(layout)):
        start, end = layout.span(row)
        begun, drawn = layout.drawn(row)
        assert begun == start <= drawn <= end
        assert layout.cell_of(row, drawn) <= width
        is_chained = "\u200d" in body[start:end]  # by joiners, perhaps wider than the row: nothing is broken there
        assert is_chained or all(character in " \n" or not cells(character) for character in body[drawn:end])
        assert "\n" not in body[begun:drawn]


@PROPERTY
@given(TEXTS, WIDTHS)
def test_every_offset_lies_in_the_row_that_spans_it(body, width):
    layout = Layout(body, width)
    for row in range(len(layout)):
        start, end = layout.span(row)
        assert {layout.row_of(at) for at in range(start, end)} <= {row}
    assert layout.row_of(len(body)) == len(layout) - 1


@PROPERTY
@given(TEXTS, WIDTHS)
@example("🇩🇪hope ", 3)
def test_from_a_drawn_cluster_to_its_cell_and_back(body, width):
    layout = Layout(body, width)
    for row in range(len(layout)):
        start, end = layout.drawn(row)
        starts = cluster_starts(body, start, end)
        cells_of_starts = [layout.cell_of(row, at) for at in starts]
        assert cells_of_starts == sorted(cells_of_starts)
        for at, after in pairwise(starts):
            if layout.cell_of(row, at) < layout.cell_of(row, after):
                last_of_cell = layout.offset_at(row, layout.cell_of(row, after) - 1)
                assert last_of_cell == at
                assert layout.cell_of(row, layout.offset_at(row, layout.cell_of(row, after))) == layout.cell_of(
                    row, after
                )


@PROPERTY
@given(TEXTS, WIDTHS, st.integers(-3, 120))
def test_any_cell_gives_an_offset_of_the_row_where_a_cluster_begins(body, width, cell):
    layout = Layout(body, width)
    for row in range(len(layout)):
        at = layout.offset_at(row, cell)
        assert layout.row_of(at) == row
        assert at <= layout.drawn(row)[1]
        assert layout.cell_of(row, at) <= max(cell, 0)
        assert at in (layout.span(row)[0], len(body)) or begins(body, at)


@PROPERTY
@given(TEXTS, WIDTHS)
def test_plain_texts_are_those_of_one_cell_a_character(body, width):
    layout = Layout(body, width)
    if layout.is_plain:
        assert layout.cell_of(0, layout.drawn(0)[1]) == layout.drawn(0)[1]
        assert all(cells(character) == 1 for character in body)
    else:
        assert any(cells(character) != 1 or not begins(character * 2, 1) for character in body)


@PROPERTY
@given(TEXTS, st.data())
def test_what_is_shown_is_safe_and_as_long_as_what_is_stored(body, data):
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    shown = Layout(body, 40).shown(start, end)
    assert len(shown) == end - start - body.endswith("\n", start, end)
    assert shown.replace("\ufe0e", "\ufe0f") == visible_line(body[start : start + len(shown)]).replace(
        "\ufe0e", "\ufe0f"
    )
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)


WELL_FORMED = st.lists(
    st.sampled_from(
        [
            *"aé好한’…",
            " ",
            "😀",
            "👩🏽‍🦱",
            "👨‍👩‍👦",
            "🇩🇪",
            "❤️",
            "🏳️‍🌈",
            "🕵️‍♀️",
            "⌚️",
            "1️⃣",
            "👍🏽",
            "e\u0301",
            "क्षि",
            "\x1b",
        ]
    ),
    max_size=30,
).map("".join)


@PROPERTY
@given(WELL_FORMED, st.integers(4, 60))
def test_cells_are_those_that_the_terminal_library_counts(body, width):
    layout = Layout(body, width)
    for row in range(len(layout)):
        start, end = layout.drawn(row)
        if start == 0 or begins(body, start):  # where no emoji is cut at the edge
            assert layout.cell_of(row, end) == cell_len(layout.shown(start, end))


@pytest.mark.parametrize(
    ("cluster", "width"),
    [("👩🏽‍🦱", 2), ("🇩🇪", 2), ("❤️", 1), ("🏳️‍🌈", 2), ("e\u0301", 1), ("好", 2), ("\x1b", 1), ("1️⃣", 1), ("a", 1)],
)
def test_a_cluster_takes_the_cells_of_one_picture(cluster, width):
    layout = Layout(f"{cluster}z", 20)
    assert layout.cell_of(0, len(cluster)) == width
    assert end_of(layout.body, 0) == len(cluster)
    assert layout.offset_at(0, width) == len(cluster)


def test_blanks_hang_over_the_edge_and_are_not_drawn():
    layout = Layout("abcd     efg\nh  \n", 6)
    assert [layout.span(row) for row in range(len(layout))] == [(0, 9), (9, 13), (13, 17)]
    assert [layout.drawn(row) for row in range(len(layout))] == [(0, 6), (9, 12), (13, 16)]


def test_the_cursor_can_stand_behind_the_last_word_but_never_in_the_next_row():
    layout = Layout("ab cd\nefghijk", 5)
    assert layout.offset_at(0, 99) == 5
    assert layout.offset_at(1, 99) == 10
    assert layout.row_of(10) == 1
    assert layout.offset_at(2, 99) == len(layout.body)


def test_an_empty_text_has_one_empty_row():
    layout = Layout("", 80)
    assert (len(layout), layout.span(0), layout.drawn(0), layout.row_of(0)) == (1, (0, 0), (0, 0), 0)
    assert (layout.cell_of(0, 0), layout.offset_at(0, 7), layout.shown(0, 0)) == (0, 0, "")


def test_escape_sequences_and_markup_are_shown_as_text():
    body = "\x1b]0;x\x07 [@click=app.quit][/b]\t\u202eon"
    assert Layout(body, 80).shown(0, len(body)) == "␛]0;x␇ [@click=app.quit][/b] ◦on"
