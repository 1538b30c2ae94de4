"""What is printed fits the screen, and no word is broken; into a pipe or a file lines go whole."""

import re
from pathlib import Path

import pytest

import qualcode
from qualcode.lines import WIDTH
from qualcode.report import render
from qualcode.report.numbered import Margin, NumberedLine, margins, printed_lines
from qualcode.report.widths import cell_width, folded, shortened
from tests.command_line import Shell, told


@pytest.fixture(scope="module")
def study(sample_study, tmp_path_factory):
    path = tmp_path_factory.mktemp("printing") / sample_study.name
    path.write_bytes(sample_study.read_bytes())
    with qualcode.open(path, "AK") as project:
        person = project.people.get("A-PW1")
        project.attributes.set(
            "person", person.id, [("what they did before", "kept the books of a builders' merchant")]
        )
        body, turns = told([("Dean", "Short. " * 3)])
        project.documents.add("a focus group with a rather long name, second part", body, turns)
    return path


@pytest.fixture
def shell(tmp_path, monkeypatch, study):
    (tmp_path / "study.qualcode").write_bytes(Path(study).read_bytes())
    return Shell(tmp_path, monkeypatch)


COMMANDS = (
    "documents", "cases", "segments --code M2", "segments --context --code P3", "show A-SU1_wave1", "show A-PW1",
    "show B-SU1 --answers", "claim", "memo", "codebook show M2a M2b", "history", "table change-model --open M2a P3",
)  # fmt: skip


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("words", COMMANDS)
def test_nothing_is_wider_than_the_screen_and_no_word_is_broken(shell, monkeypatch, words, width):
    whole = shell.done(*words.split())
    monkeypatch.setenv("COLUMNS", str(width))
    shown = shell.done(*words.split())
    assert max(map(cell_width, shown.split("\n"))) <= width
    assert sorted(re.findall(r"[^\s|]+", shown)) == sorted(re.findall(r"[^\s|]+", whole))


def test_into_a_pipe_a_passage_is_one_line(shell):
    assert max(map(len, shell.done("segments", "--code", "M2a").split("\n"))) > 120


def test_a_name_too_wide_for_the_screen_ends_in_an_ellipsis_and_json_has_it_whole(shell, monkeypatch):
    name = "peer_worker_interview_of_the_first_initiative_final_version"
    shell.done("documents", "rename", "A-PW1", name, "--coder", "AK")
    monkeypatch.setenv("COLUMNS", "80")
    shown = shell.done("documents")
    assert max(map(cell_width, shown.split("\n"))) <= 80
    assert "peer_worker_inter" in shown
    assert "…" in shown
    assert name in [each["name"] for each in shell.json("documents")]


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("table", ["change-model", "sample"])
def test_the_head_of_a_table_breaks_no_word_without_an_ellipsis(study, table, width):
    with qualcode.open(study) as project:
        made = getattr(qualcode.analysis, table.replace("-", "_"))(project)
    text = render(made, width=width)
    known = {word for head in (*made.rows, *made.columns) for word in head.text.split()}
    known |= {word for head in (*made.rows, *made.columns) for word in head.group.split()}
    head = text[: text.index("──")]
    beyond = {word for word in re.findall(r"[^\s│·]+", head) if word not in known}
    unknown = beyond - {*made.title.split(), *made.corner.split(), "→"}
    assert [word for word in unknown if not word.endswith("…")] == []
    for word in unknown:
        assert any(each.startswith(word[:-1]) for each in known)


# -- numbered lines


def numbered(count=3):
    beside = margins([(1, 3, "M2a"), (2, 2, "P3"), (2, 3, "P3"), (2, 3, "P9")], count)
    return [NumberedLine(n, 1 if n == 2 else 0, beside[n - 1], "word " * 13 + "end") for n in range(1, count + 1)]


def test_a_code_begins_where_its_passage_does_and_a_bar_follows_it_down():
    assert margins([(1, 3, "M2a"), (2, 2, "P3"), (2, 3, "P3")], 4) == [
        Margin("", "M2a"), Margin("|", "P3"), Margin("||", ""), Margin("", "")
    ]  # fmt: skip


def test_on_a_wide_screen_codes_stand_beside_the_words():
    words = ("word " * 13 + "end").rstrip()
    assert list(printed_lines(numbered(), 120)) == [
        f"M2a      1      {words}",
        f"| P3 P9  2  ¶1  {words}",
        f"|||      3      {words}",
    ]


def test_on_a_narrow_screen_codes_stand_above_and_lines_stay_whole():
    words = "word " * 13 + "end"
    assert list(printed_lines(numbered(), 80)) == [
        "M2a",
        f"    1    {words}",
        "| P3 P9",
        f"|   2 ¶1 {words}",
        f"||| 3    {words}",
    ]


def test_eighty_columns_hold_a_citable_line_of_a_long_interview():
    line = NumberedLine(999, 48, Margin("||", ""), "x" * WIDTH)
    assert list(printed_lines([line], 80)) == [f"|| 999 ¶48 {'x' * WIDTH}"]


def test_on_a_very_narrow_screen_words_go_on_below():
    words = "word " * 13 + "end"
    shown = list(printed_lines([NumberedLine(1, 0, Margin("|", "M2a"), words)], 50))
    assert shown == ["| M2a", "| 1 " + "word " * 8 + "word", "    " + "word " * 4 + "end"]


def test_more_codes_than_the_margin_holds_stand_above_on_a_screen_and_are_cut_in_a_file():
    line = NumberedLine(1, 0, Margin("", "M2a M2b M2c M2d P1 P2 P3 P4"), "word")
    assert list(printed_lines([line], 120)) == ["M2a M2b M2c M2d P1 P2 P3 P4", "1 word"]
    assert list(printed_lines([line])) == ["M2a M2b M2c M2d P1 P2 P…  1  word"]


def test_without_lines_nothing_is_printed():
    assert list(printed_lines([], 80)) == []


def test_a_folded_line_keeps_its_indent_and_its_gaps():
    assert folded("  12  M2a  AK  negative case", 20) == ["  12  M2a  AK", "  negative case"]
    assert folded("short", 5) == ["short"]
    assert folded("incomprehensible", 8) == ["incompre", "hensible"]


def test_what_is_shortened_says_so():
    assert shortened("Confidence", 6) == "Confi…"
    assert shortened("Hope", 4) == "Hope"
