"""The gallery of tables and figures: what is listed is previewed, and written as the command line writes it."""

import pytest
from click.testing import CliRunner

import qualcode
from qualcode.cli.commands import commands
from qualcode.offers import FIGURES, TABLES
from qualcode.tui.offered import found
from tests.screens.driving import on_screen, workbench
from tests.screens.test_tables import told


@pytest.fixture
def study(tmp_path):
    path = told(tmp_path / "study.qualcode")
    with qualcode.open(path, "AK") as project:
        project.segments.add("A-SU1", "M2a", quote="if she can do it", exemplar=True)
    return path


def by_the_command_line(study, *words):
    result = CliRunner().invoke(commands, [*words, "--project", str(study), "--coder", "AK"])
    assert result.exit_code == 0, result.output
    return result.output


async def go_to(desk, called):
    await desk.press("T", "slash")
    await desk.type(called)
    await desk.press("enter")


async def write_to(desk, path):
    await desk.press("e", "ctrl+u")
    await desk.type(str(path))
    await desk.press("enter")


def test_figures_are_listed_after_the_tables_and_the_pack_last():
    names = [each.called for each in found("")]
    assert names == [*TABLES, *(f"figure {name}" for name in FIGURES), "pack results"]
    assert found("figure gio")[0].called == "figure gioia"
    assert found("sample")[0].called == "sample"


@on_screen
async def test_the_curve_is_previewed_and_a_figure_that_cannot_be_drawn_says_why(study):
    async with workbench(study, size=(120, 40)) as desk:
        await go_to(desk, "figure saturation")
        await desk.until("1 curve")
        await desk.press("escape")
        await go_to(desk, "figure gioia")
        await desk.until("data structure needs")
        assert "codes so far" not in desk.text


@pytest.mark.parametrize(("name", "ending"), [("change-model", "svg"), ("saturation", "png"), ("saturation", "pdf")])
@on_screen
async def test_a_figure_is_drawn_as_the_command_line_draws_it_and_its_whole_path_is_told(study, tmp_path, name, ending):
    here, there = (tmp_path / f"{place}.{ending}" for place in ("screen", "command"))
    async with workbench(study, size=(160, 24)) as desk:
        await go_to(desk, f"figure {name}")
        await write_to(desk, here)
        await desk.until(f"Drawn: {here}")
        assert desk.app.study.project.has_written(here)
    by_the_command_line(study, "figure", name, "--out", str(there))
    assert here.read_bytes() == there.read_bytes()


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@on_screen
async def test_the_results_pack_is_the_command_lines_and_says_what_is_in_it(study, tmp_path, ending):
    here, there = (tmp_path / f"{place}.{ending}" for place in ("screen", "command"))
    async with workbench(study, size=(160, 40)) as desk:
        await go_to(desk, "pack")
        await write_to(desk, here)
        await desk.until(f"Written: {here}")
        assert "Left out: " in desk.text
        assert "figure gioia" in desk.message
    said = by_the_command_line(study, "pack", "--out", str(there))
    assert "Left out: figure gioia" in said
    assert here.read_bytes() == there.read_bytes()


@on_screen
async def test_a_pack_of_another_ending_is_refused_before_anything_is_counted(study, tmp_path):
    async with workbench(study) as desk:
        await go_to(desk, "pack")
        await write_to(desk, tmp_path / "results.pdf")
        assert "not written as .pdf" in desk.message
    assert not (tmp_path / "results.pdf").exists()


@on_screen
async def test_a_table_is_written_from_the_gallery_too(study, tmp_path):
    async with workbench(study, size=(160, 24)) as desk:
        await go_to(desk, "sample")
        await write_to(desk, tmp_path / "sample.csv")
        await desk.until("Written: ")
    assert (tmp_path / "sample.csv").exists()


@on_screen
async def test_tables_are_cited_for_publication_as_the_command_line_cites_them(study, tmp_path):
    with qualcode.open(study, "AK") as project:
        project.attributes.set("person", project.people.get("Ann A-SU1").id, [("quote", "no")])
    here, there = (tmp_path / f"{place}.md" for place in ("screen", "command"))
    async with workbench(study, size=(160, 40)) as desk:
        await go_to(desk, "quotes")
        await desk.press("C")
        assert "cited for publication: person and role" in desk.lines[0]
        await write_to(desk, here)
        await desk.until("Written: ")
        await desk.press("enter")
        await desk.until("cited for publication: person and role")
        await write_to(desk, tmp_path / "again.md")
        await desk.until("Written: ")
        await desk.press("C", "escape", "C")
        assert "cited for publication" not in desk.text
        await write_to(desk, tmp_path / "team.md")
        await desk.until("Written: ")
    by_the_command_line(study, "table", "quotes", "--citations", "publication", "--out", str(there))
    assert here.read_text() == (tmp_path / "again.md").read_text() == there.read_text()
    assert (tmp_path / "team.md").read_text() != there.read_text()


@on_screen
async def test_a_table_that_names_people_warns_when_it_is_written_for_publication(study, tmp_path):
    with qualcode.open(study, "AK") as project:
        project.people.add("Cat C-SU1", case="C")  # her name tells her case: in print people are called by numbers
        project.codes.add("Y", "What Ann A-SU1 said")
    async with workbench(study, size=(160, 40)) as desk:
        await go_to(desk, "quotes")
        await desk.press("C")
        await write_to(desk, tmp_path / "quotes.csv")
        await desk.until("names people as the team does; it is not for publication")


@on_screen
async def test_a_preview_that_comes_late_does_not_cover_what_the_cursor_has_come_to(study):
    async with workbench(study, size=(120, 40)) as desk:
        await desk.press("T", "end")
        assert "e writes it: .docx or .xlsx" in desk.text
        await desk.app.workers.wait_for_complete()
        await desk.settle()
        assert "e writes it: .docx or .xlsx" in desk.text
