import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.report import render
from qualcode.report.widths import cell_width, padded, shared_room, wrapped
from qualcode.table import Heading, Table
from tests.unit.report_tables import ALL, block_matrix, hostile, no_rows, one_cell, themes


@pytest.mark.parametrize("width", [24, 40, 80, 100, 120, 200])
@pytest.mark.parametrize("table", ALL)
def test_no_line_is_wider_than_the_terminal_and_none_drives_it(table, width):
    text = render(table(), width=width)
    assert max(map(cell_len, text.split("\n"))) <= width
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_matrix_reads_as_on_the_screen():
    lines = render(block_matrix(), width=124).split("\n")
    living_proof = next(line for line in lines if "M2a Living proof" in line)
    assert living_proof.startswith("  M2a")
    assert living_proof.count("│") == 1
    assert living_proof.split()[3:7] == ["·", "·", "2−", "·"]
    assert any(line.startswith("── Rival explanations ──") and "┼" in line for line in lines)
    assert any("Process outcomes" in line and "Downstream outcomes" in line for line in lines)


def test_digits_stand_in_one_column_whatever_marks_follow():
    lines = render(block_matrix(), width=124).split("\n")
    role, proof = (next(line for line in lines if name in line) for name in ("M2 Role", "M2a Living"))
    assert role.index("21") + 1 == proof.index("2−")


@pytest.mark.parametrize("width", [40, 80, 100])
def test_columns_that_do_not_fit_go_below_with_the_row_heads_again(width):
    text = render(block_matrix(), width=width)
    assert text.count("  M2a ") > 1
    for column in block_matrix().columns:
        assert column.key in text
    assert text.count("21") == 1


def test_a_name_that_is_cut_is_written_out_below():
    text = render(block_matrix(), width=100).replace("\n", " ")
    assert "Columns: P0 No change, or worse, while supported;" in text


def test_long_text_is_wrapped_and_all_there():
    text = render(themes(), width=60)
    for word in "When support was offered, whether it could be used at all Timing of (of 40)".split():  # noqa: SIM905
        assert word in text.split()
    assert "0.348" in text


def test_a_table_without_rows_says_so():
    assert "The table has no rows." in render(no_rows(), width=80)


def test_one_number():
    expected = ["One number", "", "    Column", "──────────", "Row      5", "", "Numbers are people.", ""]
    assert render(one_cell(), width=80).split("\n") == expected


def test_colour_is_added_around_the_same_text():
    coloured = render(block_matrix(), width=100, colour=True)
    assert "\x1b[1m" in coloured
    plain = re.sub("\x1b\\[[0-9]m", "", coloured)
    assert [line.rstrip() for line in plain.split("\n")] == render(block_matrix(), width=100).split("\n")


def test_hostile_colour_comes_from_us_alone():
    assert "\x1b[31m" not in render(hostile(), width=100, colour=True)


def test_wide_letters_are_measured_in_cells():
    rows = (Heading("a", "希望と信頼"), Heading("b", "Hope"))
    columns = (Heading("n", "人数", unit="people"), Heading("t", "引用"))
    table = Table("w", "表", "", rows, columns, [[3, "あの人がいた"], [14, "was there"]])
    lines = render(table, width=60).split("\n")
    first, second = (next(line for line in lines if line.startswith(name)) for name in ("希望", "Hope"))
    assert cell_len(first[: first.index("あ")]) == cell_len(second[: second.index("was")])


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab 希é\u0301😀-\n", max_size=60), st.integers(2, 20))
def test_wrapping_keeps_every_letter_and_the_width(text, width):
    lines = wrapped(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 20)), min_size=1, max_size=8), st.integers(0, 200))
def test_columns_share_the_room_between_least_and_natural_widths(wants, room):
    narrow = [least for least, _ in wants]
    natural = [least + more for least, more in wants]
    widths = shared_room(narrow, natural, room)
    assert all(a <= b <= c for a, b, c in zip(narrow, widths, natural, strict=True))
    assert sum(widths) == max(sum(narrow), min(sum(natural), room))


def test_padding_counts_cells():
    assert padded("希", 4, ">") == "  希"
    assert padded("ab", 5, "^") == " ab  "
