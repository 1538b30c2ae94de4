"""Framework charting on the screen: what is written is in the project, and the chart says the same as the table."""

import qualcode
from qualcode.analysis import framework
from qualcode.analysis.frameworks import framework_chart
from qualcode.tui.messages import OpenTable
from tests.command_line import HOSTILE
from tests.screens.driving import on_screen, workbench
from tests.studies import codebook, interview, new_study


def charted_study(folder):
    """Ann and Bo, each with a passage of M2a; Ann's own words once more."""
    with new_study(folder) as project:
        codebook(project)
        for name, words in (("Ann", "So can I. I had hope."), ("Bo", "She did it, so I did.")):
            project.people.add(name, roles={"-": "SU"})
            interview(project, name, [("INT", "And then?"), ("X", words)], {"X": name})
        project.segments.add("Ann", "M2a", quote="So can I")
        project.segments.add("Ann", "M2b", quote="I had hope")
        project.segments.add("Bo", "M2a", quote="She did it")
        return project.path


def summaries(path):
    with qualcode.open(path) as project:
        people = {person.id: person.name for person in project.people.all()}
        codes = {code.id: code.short for code in project.codes.all()}
        return [
            (people[each.person], codes[each.code], each.body, each.state, len(each.segments))
            for each in project.summaries.find()
        ]


async def settle(desk):
    await desk.pilot.pause(0.02)
    await desk.app.workers.wait_for_complete()
    await desk.pilot.pause()


async def open_chart(desk):
    await desk.press("T")
    desk.app.screen.post_message(OpenTable("framework"))
    await settle(desk)
    return desk.app.screen.query_one("#grid")


def go(grid, row, column):
    rows, columns = [each.key for each in grid.table.rows], [each.key for each in grid.table.columns]
    grid.go_to(rows.index(row), columns.index(column))


@on_screen
async def test_what_changed_across_waves_is_written_by_a_key_and_rests_on_every_wave(tmp_path):
    path = charted_study(tmp_path)
    async with workbench(path) as desk:
        go(await open_chart(desk), "Ann", "M2")
        await desk.press("W")
        assert "one wave" in desk.message
    with qualcode.open(path, "AK") as project:
        interview(project, "Ann again", [("INT", "Now?"), ("X", "She is gone, and I cope.")], {"X": "Ann"}, "2")
        project.documents.place(project.documents.get("Ann"), wave="1")
        project.segments.add("Ann again", "M2b", quote="I cope")
    async with workbench(path) as desk:
        grid = await open_chart(desk)
        go(grid, next(row.key for row in grid.table.rows if row.key.startswith("Ann")), "M2")
        await desk.press("W")
        await desk.type("from hope to coping")
        await desk.press("f2")
        assert summaries(path) == [("Ann", "M2", "from hope to coping", "charted", 3)]
        await settle(desk)
        await desk.press("W")
        assert "from hope to coping" in desk.text
        await desk.press("escape", "u")
        assert summaries(path) == []


@on_screen
async def test_a_cell_is_charted_and_the_chart_shows_it(tmp_path):
    path = charted_study(tmp_path)
    async with workbench(path, size=(80, 24)) as desk:
        grid = await open_chart(desk)
        go(grid, "Ann", "M2")
        assert "2 passages waiting" in desk.text.replace("  ", " ") or "▸ 2" in desk.text
        await desk.press("enter")
        await settle(desk)
        assert "And then?" in desk.text
        assert "So can I" in desk.text
        await desk.type("Ann saw it done")
        await desk.press("ctrl+s")
        assert "Kept as charted" in desk.text
        await desk.press("escape")
        await settle(desk)
        assert "● Ann" in desk.text
        asked = framework(desk.app.study.project)
        assert desk.app.screen.query_one("#grid").table.values() == asked.values()
        await desk.press("u")
        await settle(desk)
    assert summaries(path) == []


@on_screen
async def test_at_80_columns_progress_legend_and_what_is_filtered_are_whole(tmp_path):
    path = charted_study(tmp_path)
    with qualcode.open(path, "AK") as project:
        chart = framework_chart(project)
        summary = [n for _, n in chart.states]
    async with workbench(path, size=(80, 24)) as desk:
        await open_chart(desk)
        assert f"{len(chart.open)} open of {len(chart.cells)} cells" in desk.lines[1]
        assert all(str(n) in desk.lines[1].split() for n in summary)
        assert "blank: absent" in desk.text
        assert "…" not in desk.lines[1]
        await desk.press("r", "y")
        await settle(desk)
        assert desk.lines[0].endswith("people by theme · layer AK · role PW")


@on_screen
async def test_it_rests_on_what_is_ticked(tmp_path):
    path = charted_study(tmp_path)
    async with workbench(path, size=(120, 36)) as desk:
        grid = await open_chart(desk)
        go(grid, "Ann", "M2")
        await desk.press("enter")
        await settle(desk)
        await desk.type("Hope")
        await desk.press("tab", "enter")
        assert "rests on 1 of 2" in desk.text
        await desk.press("i", "ctrl+s")
        assert "“So can I”" in desk.text
    ((who, code, body, state, rests),) = summaries(path)
    assert (who, code, state, rests) == ("Ann", "M2", "charted", 1)
    assert body.startswith("Hope")
    assert "“So can I”" in body


@on_screen
async def test_the_next_open_cell_is_one_key_away_and_words_are_never_lost_unasked(tmp_path):
    path = charted_study(tmp_path)
    async with workbench(path, size=(100, 30)) as desk:
        grid = await open_chart(desk)
        go(grid, "Ann", "M2")
        await desk.press("enter")
        await settle(desk)
        await desk.type("Ann")
        await desk.press("ctrl+n")
        assert "not kept yet" in desk.text
        await desk.press("d")
        await settle(desk)
        assert "Bo × M2" in desk.text
        await desk.type("Bo")
        await desk.press("escape")
        assert "not kept yet" in desk.text
        await desk.press("escape")
        await settle(desk)
        assert "Bo × M2" in desk.text
        await desk.press("escape", "k")
        await settle(desk)
        assert "open of" in desk.text
        assert grid.keys == ("Bo", "M2")
        await desk.press("n")
        assert grid.keys == ("Ann", "M2")
        go(grid, "Bo", "M2")
        await desk.press("N")
        assert grid.keys == ("Ann", "M2")
        await desk.press("delete")
        await settle(desk)
        assert [who for who, *_ in summaries(path)] == ["Bo"]
        await desk.press("u")
        await settle(desk)
    assert {(who, body, state) for who, _, body, state, _ in summaries(path)} == {
        ("Ann", "Ann", "draft"),
        ("Bo", "Bo", "charted"),
    }


@on_screen
async def test_states_by_key_and_a_second_analysts_check(tmp_path):
    path = charted_study(tmp_path)
    async with workbench(path) as desk:
        grid = await open_chart(desk)
        go(grid, "Ann", "P4")
        await desk.press("z")
        await settle(desk)
        go(grid, "Bo", "P4")
        await desk.press("minus")
        await settle(desk)
        go(grid, "Ann", "M2")
        await desk.press("enter")
        await settle(desk)
        await desk.type("Seen")
        await desk.press("ctrl+s", "escape", "a")
        await settle(desk)
        assert "somebody else than its writer" in desk.text
    async with workbench(path, "JB") as desk:
        grid = await open_chart(desk)
        go(grid, "Ann", "M2")
        await desk.press("a")
        await settle(desk)
        assert "✔ Seen" in desk.text
        states = dict(framework_chart(desk.app.study.project).states)
        for words, number in states.items():
            assert f"{words.split(' by ')[0]}" in desk.lines[1]
            assert f" {number}" in desk.lines[1]
    assert sorted((who, code, state) for who, code, _, state, _ in summaries(path)) == [
        ("Ann", "M2", "checked"),
        ("Ann", "P4", "nothing said"),
        ("Bo", "P4", "not asked"),
    ]


@on_screen
async def test_case_summaries_stand_beside_and_elements_below(tmp_path):
    path = charted_study(tmp_path)
    async with workbench(path) as desk:
        grid = await open_chart(desk)
        go(grid, "Ann", "M2")
        await desk.press("m")
        await desk.type("Came by herself")
        await desk.press("ctrl+s")
        await settle(desk)
        assert "Case summary" in {column.text for column in grid.table.columns}
        await desk.press("M")
        await desk.type("the dog")
        await desk.press("ctrl+s")
        await settle(desk)
        assert "Other" in {column.text for column in grid.table.columns}
        await desk.press("v")
        await settle(desk)
        for key, words in (("e", "seeing"), ("c", "being shown"), ("t", "the seen")):
            await desk.press(key)
            await desk.type(words)
            await desk.press("ctrl+s")
            await settle(desk)
            assert words in desk.text
        await desk.press("escape")
        await settle(desk)
        assert {"Elements", "Categories", "Typology"} <= {row.text for row in grid.table.rows}
    with qualcode.open(path) as project:
        assert sorted(memo.body for memo in project.memos.find()) == [
            "Case summary: Came by herself",
            "Categories: being shown",
            "Elements: seeing",
            "Other: the dog",
            "Typology: the seen",
        ]


@on_screen
async def test_a_click_chooses_a_cell_and_a_double_click_opens_it(tmp_path):
    path = charted_study(tmp_path)
    async with workbench(path, size=(100, 30)) as desk:
        await open_chart(desk)
        line = next(y for y, words in enumerate(desk.lines) if words.strip().startswith("Bo "))
        x = desk.lines[line].index("▸")
        await desk.click(x, line, times=2)
        await settle(desk)
        assert "She did it" in desk.text


@on_screen
async def test_hostile_words_are_shown_and_kept_as_they_are(tmp_path):
    path = charted_study(tmp_path)
    words = f"one {HOSTILE} [/b] two"
    with qualcode.open(path, "AK") as project:
        ann = project.people.get("Ann").id
        project.summaries.write(words, "M2", person=ann, segments=[1])
    async with workbench(path, size=(80, 24)) as desk:
        grid = await open_chart(desk)
        assert "\x1b" not in desk.text
        go(grid, "Ann", "M2")
        await desk.press("enter")
        await settle(desk)
        assert "\x1b" not in desk.text
        await desk.press("ctrl+d")
        await settle(desk)
    ((_, _, body, state, _),) = summaries(path)
    assert (body, state) == (words, "draft")
