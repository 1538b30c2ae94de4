"""The matrix, its hub and the gallery: what is shown is what is counted, by keys and by mouse."""

import json
import threading
from functools import partial

import pytest
from click.testing import CliRunner
from textual.widgets import Static

import qualcode
from qualcode.analysis import arrow, change_model
from qualcode.analysis.hubs import hub
from qualcode.cli.commands import commands
from qualcode.errors import InputError
from qualcode.tui.messages import OpenDocument, OpenTable
from qualcode.tui.screens.searching import SearchScreen
from tests.command_line import HOSTILE
from tests.screens.driving import on_screen, workbench
from tests.studies import whole_study


def study(folder):
    with whole_study(folder) as project:
        return project.path


async def open_table(desk, name):
    await desk.press("T")
    desk.app.screen.post_message(OpenTable(name))
    await settle(desk)


async def settle(desk):
    await desk.pilot.pause()
    await desk.app.workers.wait_for_complete()
    await desk.pilot.pause()


def grid_of(desk):
    return desk.app.screen.query_one("#grid")


def by_command(path, *words):
    done = CliRunner().invoke(commands, ["table", *words, "--json", "--project", str(path)])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@on_screen
async def test_every_number_of_the_screen_is_the_command_lines_for_the_same_filter(tmp_path):
    path = study(tmp_path)
    async with workbench(path) as desk:
        await open_table(desk, "change-model")
        for keys, words in (((), ()), (("o",), ("--own-only",)), (("t",), ("--own-only", "--unit", "sources"))):
            await desk.press(*keys)
            await settle(desk)
            table = grid_of(desk).table
            written = tmp_path / "shown.json"
            from qualcode.report import write

            write(table, written)
            assert json.loads(written.read_text(encoding="utf-8")) == by_command(path, "change-model", *words)


@on_screen
async def test_the_lines_below_tell_the_cell_as_the_analysis_does(tmp_path):
    path = study(tmp_path)
    async with workbench(path, size=(100, 30)) as desk:
        await open_table(desk, "change-model")
        grid = grid_of(desk)
        told = 0
        for r, row in enumerate(grid.table.rows):
            for c, column in enumerate(grid.table.columns[:-1]):
                if not grid.table.value(row.key, column.key):
                    continue
                grid.go_to(r, c)
                await settle(desk)
                said = arrow(desk.app.study.project, row.key, column.key)
                assert said.people[0] == grid.table.value(row.key, column.key)
                assert f"{said.people[0]} of {said.people[1]}" in desk.text
                assert f"{said.cases[0]} of {said.cases[1]} case" in desk.text
                number = sum(n for _, n in said.directions)
                assert f"{number} claim" in desk.text
                told += 1
        assert told


@on_screen
async def test_rows_with_children_fold_by_key_and_by_mouse(tmp_path):
    path = study(tmp_path)
    async with workbench(path, size=(100, 30)) as desk:
        await open_table(desk, "change-model")
        rows = [row.key for row in grid_of(desk).table.rows]
        grid_of(desk).go_to(rows.index("M2a"), 0)
        await desk.press("z")
        assert "M2a" not in desk.text
        assert "▸M2" in desk.text
        line = next(y for y, words in enumerate(desk.lines) if "▸M2" in words)
        await desk.click(0, line)
        assert "M2a" in desk.text
        await desk.press("Z")
        assert "M2a" not in desk.text
        assert "▸M2" in desk.text
        await desk.press("Z")
        assert "M2a" in desk.text


@on_screen
async def test_bands_are_named_and_ruled_and_nothing_is_wider_than_the_screen(tmp_path):
    path = study(tmp_path)
    for size in ((80, 24), (100, 30)):
        async with workbench(path, size=size) as desk:
            await open_table(desk, "change-model")
            assert "Process outcomes" in desk.text
            assert "│" in desk.text
            assert "┼" in desk.text
            assert "evidence: claims only" in desk.text
            assert "codebook v" in desk.text
            assert all(len(line) <= size[0] for line in desk.lines)


@on_screen
async def test_what_is_counted_is_told_whole_at_80_columns_and_a_cut_line_shows_it(tmp_path):
    path = study(tmp_path)
    async with workbench(path, size=(80, 24)) as desk:
        await open_table(desk, "change-model")
        await desk.press("t", "o")
        await settle(desk)
        assert desk.lines[0].endswith("… · unit sources · evidence: claims only · own experience only")
        await desk.press("slash")
        await desk.type("sector")
        await desk.press("equals_sign", "N", "enter", "p")
        await desk.type("M2 P3 P4")
        await desk.press("enter")
        await settle(desk)
        assert len(desk.lines[0]) <= 80
        assert desk.lines[0].endswith("…")


@on_screen
async def test_the_people_beside_a_number_of_sources_are_called_so_and_nothing_is_cut(tmp_path):
    path = study(tmp_path)
    async with workbench(path, size=(80, 24)) as desk:
        await open_table(desk, "change-model")
        await desk.pilot.pause(0.08)
        assert "2 of 5 people  PW 1/1 SU 1/2 ST 0/1 MG 0/1 no role 0/1  2 of 4 cases" in desk.text
        await desk.press("t")
        await desk.pilot.pause(0.08)
        await settle(desk)
        assert "2 of 8 sources  people PW 1/1 SU 1/2" in desk.text
        await desk.press("h")
        await settle(desk)
        assert "▶ P4 Confidence" in desk.text


@on_screen
async def test_a_key_of_an_option_that_the_table_has_not_leads_nowhere(tmp_path):
    path = study(tmp_path)
    async with workbench(path) as desk:
        await open_table(desk, "change-model")
        await desk.press("S")
        assert grid_of(desk).has_focus
        assert "no other order" in desk.message
        await open_table(desk, "quotes")
        await desk.press("L")
        assert grid_of(desk).has_focus
        assert "no levels of codes" in desk.message


@on_screen
async def test_what_was_refused_is_no_longer_told_once_something_else_is_counted(tmp_path):
    path = study(tmp_path)
    async with workbench(path) as desk:
        await open_table(desk, "change-model")
        await desk.press("i", "o")
        await settle(desk)
        assert "known of claims only" in desk.message
        await desk.press("0")
        await settle(desk)
        assert desk.message == ""


@on_screen
async def test_an_attribute_filters_and_one_that_is_not_there_leaves_the_table_as_it_was(tmp_path):
    path = study(tmp_path)
    with qualcode.open(path) as project:
        name = project.attributes.names("person")[0]
        value = next(
            found[name] for each in project.people.all() if name in (found := project.attributes.of("person", each.id))
        )
    async with workbench(path) as desk:
        await open_table(desk, "change-model")
        await desk.press("slash")
        await desk.type(f"{name}={value}")
        await desk.press("enter")
        await settle(desk)
        from qualcode.analysis import Scope

        asked = change_model(desk.app.study.project, scope=Scope(attributes=((name, value),)))
        assert grid_of(desk).table.values() == asked.values()
        assert any(f"Filter: {name} {value}" in note for note in grid_of(desk).table.notes)
        await desk.press("slash", "ctrl+u")
        await desk.type("nothing=such")
        await desk.press("enter")
        await settle(desk)
        assert "nothing" in desk.text
        assert grid_of(desk).table.values() == asked.values()
        await desk.press("r")
        await settle(desk)
        assert f"only {name}={value}" in desk.text


@on_screen
async def test_the_hub_has_the_matrix_numbers_and_its_arrows_open(tmp_path):
    path = study(tmp_path)
    async with workbench(path, size=(80, 24)) as desk:
        await open_table(desk, "change-model")
        rows = [row.key for row in grid_of(desk).table.rows]
        grid_of(desk).go_to(rows.index("P3"), 0)
        await desk.press("h")
        await settle(desk)
        made = hub(desk.app.study.project, "P3")
        assert made.into
        for spoke in (*made.into, *made.out_of):
            assert made.matrix.value(spoke.row, spoke.column) == spoke.number
            assert any(spoke.other in line and f" {spoke.number}" in line for line in desk.lines)
        assert "P3" in desk.text
        assert all(len(line) <= 80 for line in desk.lines)
        await desk.press("enter")
        assert "passage" in desk.text
        await desk.press("escape", "h")
        await settle(desk)
        assert f"{made.into[0].other} {made.into[0].name}: what leads to it"[:40] in desk.text
        await desk.press("escape")
        await settle(desk)
        assert "P3 Hope: what leads to it" in desk.text
        await desk.press("escape")
        assert "Change model" in desk.text


@on_screen
async def test_the_hub_opens_from_a_text_and_from_the_codebook_for_the_code_at_hand(tmp_path):
    path = study(tmp_path)
    with qualcode.open(path) as project:
        segment = next(each for each in project.segments.find() if each.coder == project.coders.get("AK").id)
        document, code = project.documents.get(segment.document), project.codes.standing()[segment.code]
        short = project.codes.get(code).short
    async with workbench(path) as desk:
        desk.app.screen.post_message(OpenDocument(document, segment.start))
        await settle(desk)
        await desk.press("at")
        await settle(desk)
        assert f"{short} " in desk.lines[0]
        assert "what leads to it" in desk.lines[0]
        await desk.press("escape", "f3", "at")
        await settle(desk)
        assert "what leads to it" in desk.lines[0]
        await desk.press("escape")
        assert "Codebook" in desk.lines[0]


@on_screen
async def test_a_file_that_the_project_did_not_write_is_not_replaced_unasked(tmp_path):
    path = study(tmp_path)
    original = tmp_path / "mine.csv"
    original.write_text("an original", encoding="utf-8")
    async with workbench(path) as desk:
        await open_table(desk, "change-model")
        await desk.press("e", "ctrl+u")
        await desk.type(str(original))
        await desk.press("enter")
        assert "may be an original" in desk.text
        await desk.press("n")
        assert original.read_text(encoding="utf-8") == "an original"
        await desk.press("e", "ctrl+u")
        await desk.type(str(original))
        await desk.press("enter", "r")
        assert "M2a" in original.read_text(encoding="utf-8")
        await desk.press("e", "ctrl+u")
        await desk.type(str(original))
        await desk.press("enter")
        assert "Written" in desk.text


@on_screen
async def test_a_figure_is_drawn_to_a_file(tmp_path):
    path = study(tmp_path)
    async with workbench(path) as desk:
        await open_table(desk, "change-model")
        await desk.press("E")
        await desk.until("Draw to")
        await desk.press("ctrl+u")
        await desk.type(str(tmp_path / "model.dot"))
        await desk.press("enter")
        await settle(desk)
        assert "Drawn" in desk.text
    assert '"P3" -> "D1"' in (tmp_path / "model.dot").read_text(encoding="utf-8")


@on_screen
async def test_stopping_leaves_the_old_table_and_its_options(tmp_path):
    path = study(tmp_path)
    async with workbench(path) as desk:
        await open_table(desk, "change-model")
        before = grid_of(desk).table
        screen = desk.app.screen
        screen._is_counting = True
        screen._choices.turn("unit")
        await desk.press("escape")
        assert "Stopped" in desk.text
        assert grid_of(desk).table is before
        assert screen._choices.options == {}


async def left_while(desk, begin):
    """Leave a screen while work is under way, which `begin` begins; its parts go one by one, and the last waits for it.

    The work waits for the event that `begin` is given. Returns the worker that did it.
    """

    class Lingering(Static):
        async def on_unmount(self) -> None:
            may_go_on.set()
            await screen.workers.wait_for_complete([under_way])

    may_go_on, screen = threading.Event(), desk.app.screen
    await screen.mount(Lingering(), before=0)
    begun = set(screen.workers)
    begin(may_go_on)
    (under_way,) = set(screen.workers) - begun
    desk.app.pop_screen()
    await desk.settle()
    assert may_go_on.is_set()
    return under_way


@on_screen
async def test_numbers_that_come_while_the_screen_is_being_left_are_dropped(tmp_path):
    taken = []
    async with workbench(study(tmp_path)) as desk:
        await open_table(desk, "change-model")
        counting = desk.app.screen
        worker = await left_while(
            desk, lambda may_go_on: counting.count_here(lambda _project: may_go_on.wait(), taken.append)
        )
    assert worker.is_finished
    assert not taken


def refused_later(may_go_on):
    may_go_on.wait()
    raise InputError("too late")


@on_screen
async def test_what_cannot_be_counted_is_told_nobody_while_the_screen_is_being_left(tmp_path):
    taken = []
    async with workbench(study(tmp_path)) as desk:
        for is_told_apart in (True, False):
            await open_table(desk, "change-model")
            screen = desk.app.screen

            def begin(may_go_on, screen=screen, is_told_apart=is_told_apart):
                def work(_project):
                    refused_later(may_go_on)

                if is_told_apart:
                    screen.count_here(work, taken.append)
                else:
                    screen.later(partial(screen.count, work, taken.append, lambda: screen.query_one("#grid")), "count")

            assert (await left_while(desk, begin)).is_finished
    assert not taken


@on_screen
async def test_a_search_that_fails_while_it_is_being_left_is_told_nobody(tmp_path):
    async with workbench(study(tmp_path)) as desk:
        desk.app.push_screen(SearchScreen(desk.app.study, desk.app.ink, "hope"))
        await settle(desk)
        screen = desk.app.screen

        def begin(may_go_on):
            screen.run_worker(lambda: screen._read_apart(lambda _project: refused_later(may_go_on)), thread=True)

        assert (await left_while(desk, begin)).is_finished


@on_screen
async def test_the_gallery_finds_a_table_and_shows_it_beside(tmp_path):
    path = study(tmp_path)
    async with workbench(path, size=(120, 36)) as desk:
        await desk.press("T")
        await settle(desk)
        assert "Sample" in desk.lines[1] or "Sample" in desk.text
        await desk.press("slash")
        await desk.type("change")
        await desk.press("enter")
        await desk.until("Change model: people")
        await desk.press("enter")
        await settle(desk)
        assert grid_of(desk).table.name == "change-model"


@on_screen
async def test_saturation_is_drawn_and_the_interview_at_the_cursor_is_told(tmp_path):
    path = study(tmp_path)
    async with workbench(path, size=(80, 24)) as desk:
        await open_table(desk, "saturation")
        assert "█ new codes" in desk.text
        assert "1. " in desk.text
        assert all(len(line) <= 80 for line in desk.lines)


@on_screen
async def test_hostile_names_are_shown_and_do_no_harm(tmp_path):
    with whole_study(tmp_path) as project:
        path = project.path
        code = project.codes.get("M2a")
        project.codes.change(code, name=f"{HOSTILE}[/b]")
    async with workbench(path, size=(80, 24)) as desk:
        await open_table(desk, "change-model")
        assert "\x1b" not in desk.text
        rows = [row.key for row in grid_of(desk).table.rows]
        grid_of(desk).go_to(rows.index("M2a"), 0)
        await desk.press("h")
        await settle(desk)
        assert "\x1b" not in desk.text
        assert "M2a" in desk.text


@on_screen
async def test_a_matrix_of_two_hundred_by_sixty_is_walked_through(tmp_path):
    path = tmp_path / "large.qualcode"
    with qualcode.new(path, "AK") as project, project.action("build"):
        for number in range(140):
            project.codes.add(f"M{number}", f"Mechanism {number}", kind="mechanism")
        for number in range(60):
            project.codes.add(f"P{number}", f"Outcome {number}", kind="process outcome")
    async with workbench(path, size=(100, 30)) as desk:
        await open_table(desk, "change-model")
        await settle(desk)
        grid = grid_of(desk)
        assert (len(grid.table.rows), len(grid.table.columns)) == (200, 61)
        await desk.press("G", "end")
        assert (grid.row, grid.column) == (199, 60)
        assert "P59" in desk.text
        assert "◂" in desk.text
        await desk.press("g", "home")
        assert "M0 Mechanism 0" in desk.text


@pytest.mark.parametrize(
    ("keys", "down", "up", "right", "left"), [("standard", "down", "up", "right", "left"), ("vim", *"jklh")]
)
@on_screen
async def test_the_cursor_goes_from_cell_to_cell(tmp_path, keys, down, up, right, left):
    path = study(tmp_path)
    async with workbench(path, size=(80, 24), keys=keys) as desk:
        await open_table(desk, "change-model")
        grid = grid_of(desk)
        rows, columns = [each.key for each in grid.table.rows], [each.key for each in grid.table.columns]
        for pressed, at in (((down, right, right), (1, 2)), ((up, left), (0, 1)), ((up,), (0, 1)), (("end",), (0, -1)),
                            (("home", "G"), (-1, 0)), (("g",), (0, 0)), ((left,), (0, 0))):  # fmt: skip
            await desk.press(*pressed)
            assert grid.keys == (rows[at[0]], columns[at[1]])
        await desk.press("pagedown")
        further = grid.row
        assert further > 1
        await desk.press("pageup")
        assert grid.row < further


@on_screen
async def test_in_the_hub_the_keys_go_from_arrow_to_arrow(tmp_path):
    path = study(tmp_path)
    async with workbench(path, size=(100, 30)) as desk:
        await open_table(desk, "change-model")
        await desk.press("h")
        await settle(desk)
        screen = desk.app.screen
        before, after = screen._spokes
        seen = []
        for key in ("right", "down", "up", "left"):
            await desk.press(key)
            seen.append(screen._spoke)
        assert seen[0] is after[0]
        assert seen[1] is after[min(1, len(after) - 1)]
        assert seen[2] is after[0]
        assert seen[3] is (before or after)[0]
