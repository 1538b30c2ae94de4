"""The codebook on the screen: what is typed is what is in the project, and a number is the project's own."""

import re

import pytest

import qualcode
from qualcode.codebook import load
from qualcode.model import Definition
from tests.builders import a_study, add_interview
from tests.screens.driving import on_screen, workbench

HOSTILE = "[bold]M\x1b[31m\u202e{x}\u2028 名前"


@pytest.fixture
def frame_file(tmp_path):
    """M2 with M2a and M2b, P3 and X; two passages of M2a, one of M2b, one of SG's of M2a."""
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        project.codes.add("M2", "Role-modelling", kind="mechanism")
        project.codes.move(project.codes.get("M2"), None, 0)
        project.codes.move(project.codes.get("M2a"), "M2")
        project.codes.add("M2b", "Showing how", parent="M2", kind="mechanism")
        project.codes.redefine(project.codes.get("M2a"), Definition("Evidence.", "In full.", "In.", "Out.", "E.g."))
        project.segments.add("A-SU1", "M2a", quote="if she can do it")
        project.segments.add("A-SU1", "M2a", quote="I went home")
        project.segments.add("A-SU1", "M2b", quote="if she can do it, so can I")
    with qualcode.open(path, "SG") as project:
        project.segments.add("A-SU1", "M2a", quote="I thought")
    return path


def codes(path):
    with qualcode.open(path) as project:
        return {code.short: code for code in project.codes.all(retired=True)}


def order(path):
    with qualcode.open(path) as project:
        shorts = {code.id: code.short for code in project.codes.all(retired=True)}
        return [(code.short, shorts.get(code.parent)) for code in project.codes]


def line_of(desk, words):
    return next(line for line in desk.lines if words in line)


@on_screen
async def test_the_tree_counts_passages_of_a_code_and_of_all_below_it(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3")
        assert "·/3" in line_of(desk, "M2 Role-modelling")
        assert "2" in line_of(desk, "M2a Living proof").split()
        await desk.press("A")
        assert "·/4" in line_of(desk, "M2 Role-modelling")
        await desk.press("left")
        assert "M2a Living proof" not in desk.text
        assert "·/4" in line_of(desk, "M2 Role-modelling")
        await desk.press("right", "down")
        assert "Evidence." in desk.text
        assert "3 passages, 2 of them yours" in desk.text


@on_screen
async def test_a_definition_is_rewritten_and_its_versions_tell_what_changed(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "down", "enter", "down", "down", "down", "enter", "end")
        await desk.type(" Also this")
        await desk.press("ctrl+s")
        assert "M2a redefined: include rewritten" in desk.text
        assert "include rewritten" in line_of(desk, "v3")
        await desk.press("end", "up", "enter")
        assert "version 2" in desk.text
        await desk.press("escape", "u")
        assert "Also this" not in desk.text
        await desk.press("U")
    assert codes(frame_file)["M2a"].definition.include == "In. Also this"
    assert codes(frame_file)["M2a"].version == 3


@on_screen
async def test_left_as_it_was_nothing_is_written(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "down", "enter", "down", "down", "enter", "ctrl+s")
        await desk.press("escape", "f3")
    with qualcode.open(frame_file) as project:
        assert project.history.actions(1)[0].verb == "add segments"


@on_screen
async def test_codes_come_get_other_names_and_ids_and_go(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "down", "n")
        await desk.type("Slipping")
        await desk.press("enter")
        assert "M2c" in desk.text
        await desk.press("enter")
        assert desk.app.screen.code.short == "M2c"
        await desk.press("r", "ctrl+u")
        await desk.type("Out of reach")
        await desk.press("enter", "number_sign", "ctrl+u")
        await desk.type("M2d")
        await desk.press("enter")
        assert desk.app.screen.code.short == "M2d"
        await desk.press("i")
        await desk.type("Deeper")
        await desk.press("enter", "enter", "d")
        assert "M2d1 Deeper" not in desk.text
    assert order(frame_file) == [
        ("M2", None), ("M2a", "M2"), ("M2d", "M2"), ("M2b", "M2"), ("P3", None), ("X", None)
    ]  # fmt: skip
    found = codes(frame_file)
    assert (found["M2d"].name, found["M2d"].kind, found["M2d1"].status) == ("Out of reach", "mechanism", "retired")


@on_screen
async def test_a_retired_code_is_shown_when_asked_for_and_brought_back(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "end", "d")
        assert "X Other" not in desk.text
        await desk.press("t", "end")
        assert "X Other (retired)" in desk.text
        await desk.press("d")
        assert "X is in use again" in desk.text
    assert codes(frame_file)["X"].status == "live"


@on_screen
async def test_a_merged_code_is_told_as_merged_and_not_as_retired(frame_file):
    with qualcode.open(frame_file, "AK") as project:
        project.codes.merge(project.codes.get("M2b"), project.codes.get("M2a"))
    async with workbench(frame_file) as desk:
        await desk.press("f3")
        assert "4 codes, 1 merged (t)" in desk.text
        assert "retired" not in desk.lines[0]


@on_screen
async def test_two_codes_to_be_merged_stand_side_by_side_with_every_letter_of_their_words(frame_file):
    words = " ".join(f"neighbour{n:02}" for n in range(60))
    with qualcode.open(frame_file, "AK") as project:
        for short in ("M2", "M2a"):
            project.codes.redefine(project.codes.get(short), Definition("Evidence.", words))
    async with workbench(frame_file, size=(80, 24)) as desk:
        await desk.press("f3", "m")
        await desk.type("m2a")
        await desk.press("enter")
        for side in (slice(0, 37), slice(40, 77)):  # what is right of them is the scroll bar
            shown = [word for line in desk.lines[5:16] for word in line[side].split() if word.startswith("neigh")]
            assert len(shown) > 10
            assert shown == words.split()[: len(shown)]
        await desk.press("full_stop", "ctrl+down")
        assert "neighbour00" not in desk.text
        await desk.press(*["full_stop"] * 20)
        assert desk.text.count("neighbour59") == 2
        await desk.press("comma", *["ctrl+up"] * 25)
        assert desk.text.count("neighbour00") == 2


@on_screen
async def test_codes_are_cut_and_put_and_shifted(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "end", "x", "home", "p")
        assert "X stands below M2 now" in desk.text
        await desk.press("x", "up", "b")
        assert order(frame_file) == [("M2", None), ("M2a", "M2"), ("X", "M2"), ("M2b", "M2"), ("P3", None)]
        await desk.press("shift+up")
        assert order(frame_file)[1] == ("X", "M2")
        await desk.press("shift+down", "ctrl+down")
        assert order(frame_file)[1:4] == [("M2a", "M2"), ("M2b", "M2"), ("X", "M2")]
        await desk.press("shift+down")
        assert order(frame_file)[3] == ("X", "M2")
        await desk.press("ctrl+up", "ctrl+up")
        await desk.press("x", "end", "a", "u")
        assert order(frame_file)[1] == ("X", "M2")
        await desk.press("home", "x", "down", "p")
        assert "below it" in desk.text
    assert order(frame_file)[0] == ("M2", None)


@pytest.mark.parametrize("keys", [("f3",), ("enter", "B")], ids=["codebook", "pane"])
@on_screen
async def test_a_name_that_does_not_fit_ends_in_an_ellipsis_and_its_count_stays(frame_file, keys):
    with qualcode.open(frame_file, "AK") as project:
        project.codes.change(project.codes.get("M2a"), name="Living proof that one can get better and so on for years")
    async with workbench(frame_file, size=(108, 30)) as desk:
        await desk.press(*keys)
        assert re.search(r"M2a Living proof.*\w… +2\b", line_of(desk, "M2a Living"))


@on_screen
async def test_a_code_is_dragged_onto_another(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3")
        start, end = (next(y for y, line in enumerate(desk.lines) if words in line) for words in ("X Other", "M2b"))
        await desk.pilot.mouse_down(offset=(8, start))
        await desk.pilot.hover(offset=(8, end))
        await desk.pilot.mouse_up(offset=(8, end))
        await desk.pilot.pause()
        assert "Put X, relative to M2b" in desk.text
        await desk.press("b")
        await desk.click(1, next(y for y, line in enumerate(desk.lines) if "M2 Role" in line))
        assert "M2b Showing how" not in desk.text
    assert order(frame_file) == [("M2", None), ("M2a", "M2"), ("X", "M2"), ("M2b", "M2"), ("P3", None)]


@on_screen
async def test_typing_filters_and_the_codes_above_stay_in_sight(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "slash")
        await desk.type("showing")
        assert "M2 Role-modelling" in desk.text
        assert "M2b Showing how" in desk.text
        assert "P3 Hope" not in desk.text
        await desk.press("enter")
        assert desk.app.screen.code.short == "M2b"
        await desk.press("escape")
        assert "P3 Hope" in desk.text
        assert desk.app.screen.code.short == "M2b"
        await desk.press("escape")
        assert "coded by you" in desk.text


@on_screen
async def test_the_code_that_is_called_so_comes_before_one_that_mentions_it(frame_file):
    with qualcode.open(frame_file, "AK") as project:
        code = project.codes.get("M2b")
        project.codes.redefine(code, Definition(brief="What gives hope"))
    async with workbench(frame_file) as desk:
        await desk.press("f3", "slash")
        await desk.type("hope")
        assert "M2b Showing how" in desk.text
        await desk.press("enter")
        assert desk.app.screen.code.short == "P3"


@on_screen
async def test_key_colour_kind_roles_and_arrows_are_set_in_the_form(frame_file):
    async def field(desk, label):
        form = desk.app.screen.form
        form.focus()
        while form.field.label != label:
            await desk.press("down")
        await desk.press("enter")

    async with workbench(frame_file) as desk:
        await desk.press("f3", "down")
        await field(desk, "leads to")
        await desk.type("P3")
        await desk.press("enter", "escape")
        await field(desk, "applies to")
        await desk.type("su")
        await desk.press("enter")
        await field(desk, "kind")
        await desk.press("2")
        await field(desk, "colour")
        await desk.press("5")
        await field(desk, "key")
        await desk.type("l")
        await desk.press("enter", "home")
        await field(desk, "stage")
        await desk.type("axial")
        await desk.press("enter")
        assert "P3 Hope" in line_of(desk, "leads to")
    code = codes(frame_file)["M2a"]
    told = (code.leads_to, code.applies_to, code.kind, code.colour, code.key, code.stage)
    assert told == (("P3",), ("SU",), "theme", "#0072B2", "l", "axial")
    assert code.version == 2


@on_screen
async def test_a_code_gets_its_place_in_the_paradigm_of_a_phenomenon_by_a_key(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3")
        desk.app.screen.go_to(desk.app.study.project.codes.get("M2a").id)
        await desk.press("<")
        assert "4  strategy" in desk.text
        await desk.press("4")
        await desk.type("P3")
        await desk.press("enter")
        assert "axial none → strategy of P3" in desk.message
        assert desk.app.study.project.codes.get("M2a").axial == ("strategy of P3",)
        desk.app.screen.go_to(desk.app.study.project.codes.get("P3").id)
        await desk.press("tab", "end")
        assert "paradigm   strategy: M2a" in desk.text
        await desk.press("u")
        assert desk.app.study.project.codes.get("M2a").axial == ()


@on_screen
async def test_what_cannot_be_is_told_and_nothing_is_written(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "down", "number_sign", "ctrl+u")
        await desk.type("P3")
        await desk.press("enter")
        assert "there is a code P3 already" in desk.text
    assert codes(frame_file)["M2a"].name == "Living proof"


@on_screen
async def test_the_passages_of_a_code_are_read_and_one_comes_back_to_the_code(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "down", "c")
        assert "3 passages" in desk.text
        await desk.press("enter")
        assert desk.app.reading is not None
        await desk.press("f3")
        assert desk.app.screen.code.short == "M2a"
        assert len(desk.app.screen_stack) == 3


@on_screen
async def test_in_a_text_b_shows_the_codes_beside_and_f3_goes_to_the_code_at_hand(frame_file):
    async with workbench(frame_file) as desk:
        await desk.press("enter", "B", "end", "f3")
        assert desk.app.screen.code.short == "X"


@on_screen
async def test_the_codebook_is_written_to_a_file_that_reads_as_the_project_does(frame_file, tmp_path):
    async with workbench(frame_file) as desk:
        await desk.press("f3", "e", "ctrl+u")
        await desk.type(str(tmp_path / "ours.yaml"))
        await desk.press("enter")
        assert "Written" in desk.text
    assert [code.id for code in load(tmp_path / "ours.yaml").codes] == ["M2", "M2a", "M2b", "P3", "X"]


@on_screen
async def test_an_empty_codebook_begins_with_a_key(tmp_path):
    qualcode.new(tmp_path / "new.qualcode", "AK").close()
    async with workbench(tmp_path / "new.qualcode", size=(80, 24)) as desk:
        await desk.press(
            "f3", "m", "d", "x", "s", "o", "c", "left", "right", "p", "shift+up", "enter", "t", "A", "minus"
        )
        assert "there is no code here" in desk.text or "No code is held yet" in desk.text
        await desk.press("n")
        await desk.type("Hope")
        await desk.press("enter", "enter")
    assert codes(tmp_path / "new.qualcode")["H"].name == "Hope"


@on_screen
async def test_hostile_words_are_shown_as_pictures_at_80_by_24(tmp_path):
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        project.codes.add("Q[/]", HOSTILE, definition=Definition(*[HOSTILE] * 5))
        add_interview(project, HOSTILE, ("INT", "And?"), (HOSTILE, f"{HOSTILE} and so on."))
        project.segments.add(HOSTILE, "Q[/]", quote="and so on")
    async with workbench(path, size=(80, 24)) as desk:
        await desk.press("f3", "end")
        assert "[bold]M␛[31m" in desk.text
        for keys in (["c", "escape"], ["s", "escape"], ["o", "escape"], ["m", "escape"]):
            await desk.press(*keys)
            assert not {"\x1b", "\u202e", "\u2028"} & set(desk.text)
        await desk.press("enter", "down", "down", "enter", "ctrl+s")
    assert codes(path)["Q[/]"].definition.full == HOSTILE


@on_screen
async def test_two_thousand_codes_cost_no_widget_each(tmp_path):
    path = tmp_path / "large.qualcode"
    with qualcode.new(path, "AK") as project, project.action("many"):
        for number in range(2000):
            project.codes.add(f"C{number}", f"Code {number}", parent=f"C{number // 10}" if number % 3 else None)
    async with workbench(path) as desk:
        await desk.press("f3", "end", "pageup", "slash")
        await desk.type("1999")
        await desk.press("enter")
        assert desk.app.screen.code.short == "C1999"
        assert len(desk.app.screen.query("*")) < 60
