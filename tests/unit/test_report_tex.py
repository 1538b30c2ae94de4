import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.report import write
from qualcode.report.tex_file import escaped
from qualcode.table import Heading, Table
from tests.strategies import PROPERTY
from tests.unit.report_tables import ALL, block_matrix, hostile, one_cell, themes


def lines(tmp_path, table):
    return write(table, tmp_path / "t.tex").read_text("utf-8").splitlines()


def many_rows(words="some words"):
    rows = tuple(Heading(f"r{number}", f"[Row] {number}") for number in range(60))
    columns = (Heading("c", "Column"),)
    return Table("t", "Many rows", "", rows, columns, [[words]] * 60)


def test_a_few_rows_float_and_many_break_over_pages(tmp_path):
    few, many = lines(tmp_path, one_cell()), lines(tmp_path, many_rows())
    assert r"\begin{table}[htbp]" in few
    assert not any("longtable" in line for line in few)
    assert any(line.startswith(r"\begin{longtable}") for line in many)
    assert many.index(r"\endfirsthead") < many.index(r"\endhead") < many.index(r"\endfoot")


def test_the_first_lines_say_what_the_preamble_needs(tmp_path):
    wide = lines(tmp_path, block_matrix())
    assert r"\usepackage{booktabs,array,pdflscape" in wide[0]
    assert "lualatex" in wide[1]
    assert next(line for line in wide if not line.startswith("%")) == r"\begin{landscape}"
    assert r"\begin{landscape}" not in lines(tmp_path, one_cell())


def test_bands_span_their_columns_between_three_rules(tmp_path):
    text = "\n".join(lines(tmp_path, block_matrix()))
    assert r"\cmidrule(lr){2-10}\cmidrule(lr){11-16}" in text
    assert re.search(r"\\multicolumn\{9\}\{.*\}\{\\textit\{Process outcomes\}\}", text)
    assert re.search(r"\\multicolumn\{16\}\{.*\}\{\\textit\{Mechanisms\}\}", text)
    assert [text.count(rule) for rule in (r"\toprule", r"\midrule", r"\bottomrule", r"\hline", "|")] == [1, 1, 1, 0, 0]


@pytest.mark.parametrize("table", [*ALL, many_rows])
def test_every_row_has_as_many_cells_as_there_are_columns(tmp_path, table):
    columns = 1 + len(table().columns)
    for line in lines(tmp_path, table()):
        if line.endswith(r" \\") and r"\multicolumn" not in line and r"\caption" not in line:
            assert len(re.findall(r"(?<!\\)&", line)) == columns - 1


def test_caption_and_notes_stand_around_the_table(tmp_path):
    found = lines(tmp_path, block_matrix())
    assert r"\caption{Change-model matrix}\label{tab:change-model}" in found
    assert found.index(r"Layer: consensus.\par") > found.index(r"\end{tabular}")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
@PROPERTY
def test_escaped_text_holds_no_command_of_its_own(text):
    """Everything special is one of the commands that print a character."""
    left = re.sub(r"\\text[a-z]+\{\}|\$\\?[a-z-]+\$|\\[{}$&#_%]|\{[\[\]*]\}|\{\}", "", escaped(text))
    assert not re.search(r"[\\{}$&#_%^~\[\]*]", left)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"a\b", r"a\textbackslash{}b"),
        ("50% & #1_x ^~", r"50\% \& \#1\_x \textasciicircum{}\textasciitilde{}"),
        ("--- ''", "-{}-{}- '{}'"),
        ("{x}", r"\{x\}"),
        ("[laughs]", "{[}laughs{]}"),
        ("été 我 →", r"été 我 $\rightarrow$"),
    ],
)
def test_special_characters_are_printed_as_they_are(text, written):
    assert escaped(text) == written


@pytest.mark.skipif(shutil.which("lualatex") is None, reason="no LaTeX here")
def test_latex_takes_every_table(tmp_path):
    names = []
    for number, table in enumerate((*ALL, many_rows, lambda: many_rows("\n\n[a]\n*b\n"))):
        write(table(), tmp_path / f"t{number}.tex")
        names.append(rf"\input{{t{number}}}")
    packages = "booktabs,array,longtable,pdflscape,graphicx,fontspec"
    inputs = "\n\n".join(names)
    main = rf"\documentclass{{article}}\usepackage{{{packages}}}\begin{{document}}{inputs}\end{{document}}"
    (tmp_path / "main.tex").write_text(main, "utf-8")
    command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "main.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_hostile_text_cannot_leave_its_comment(tmp_path):
    assert all(line.startswith("%") for line in lines(tmp_path, hostile())[:4])
    assert themes().title in lines(tmp_path, themes())[0]


def test_a_table_too_wide_for_a_page_comes_in_parts_with_its_notes_below_the_last(tmp_path):
    rows, columns = (Heading("a", "A-SU1"),), tuple(Heading(f"T{n}", f"T{n} Theme", "people") for n in range(70))
    table = Table("wide", "Wide", "Person", rows, columns, [list(range(70))], ("A note.",))
    written = write(table, tmp_path / "t.tex").read_text()
    parts = written.count(r"\begin{landscape}")
    assert parts > 1
    assert [f"Wide (part {number} of {parts})" in written for number in range(1, parts + 1)] == [True] * parts
    assert written.count(r"\label{tab:wide") == len(set(re.findall(r"\\label\{(.*?)\}", written))) == parts
    assert written.count("A note.") == 1
    assert written.index("A note.") > written.rindex(r"\end{tabular}")
