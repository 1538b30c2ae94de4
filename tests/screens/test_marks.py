"""What is done to a coded passage: taken off, recoded, moved, doubted, marked, noted; by keys and in the margin."""

import pytest

import qualcode
from qualcode.tui.actions import KEYMAPS
from tests.builders import add_interview
from tests.screens.driving import on_screen, workbench

FIRST = "Well, if she can do it, so can I, I thought."


def segments(path):
    """What stands in the project: short code -> the segment, in A-SU1."""
    with qualcode.open(path, "AK") as project:
        shorts = {code.id: code.short for code in project.codes.all()}
        return {shorts[each.code]: each for each in project.segments.of(project.documents.get("A-SU1"))}


def words(path, segment):
    with qualcode.open(path, "AK") as project:
        return project.documents.body(project.documents.get("A-SU1"))[segment.start : segment.end]


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_marks_go_on_the_passage_just_coded_and_off_again(reading_file, keys):
    async with workbench(reading_file, keys=keys) as desk:
        await desk.press("enter", "down", "s", "c", *"m2a", "c", *"p3")
        await desk.do("negative", keys)
        assert desk.message == "Marked as a negative case"
        await desk.do("exemplar", keys)
        await desk.do("unsure", keys)
        await desk.type("or trust?")
        await desk.press("enter")
        assert desk.message == "Unsure: or trust?"
        assert "P3 Hope~−* ? or trust?" in desk.text
        found = segments(reading_file)
        assert (found["P3"].negative, found["P3"].exemplar, found["P3"].unsure) == (True, True, "or trust?")
        assert (found["M2a"].negative, found["M2a"].exemplar, found["M2a"].unsure) == (False, False, None)
        for action in ("negative", "exemplar", "unsure"):
            await desk.do(action, keys)
        assert desk.message == "No longer unsure"
        assert "P3~" not in desk.text
    found = segments(reading_file)
    assert (found["P3"].negative, found["P3"].exemplar, found["P3"].unsure) == (False, False, None)


@on_screen
async def test_tab_takes_the_other_passage_and_what_follows_works_on_it(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "c", *"m2a", "1", "c", *"p3", "tab")
        assert "┃ M2a Living proof" in desk.text
        await desk.press("minus", "asterisk", "x")
        assert desk.message == "Taken off: M2a. u brings it back."
        assert list(segments(reading_file)) == ["P3"]
        await desk.press("u")
        found = segments(reading_file)
        assert (found["M2a"].negative, found["M2a"].exemplar) == (True, True)
        await desk.press("g", "x")
        assert desk.message == "There is no coded passage at the cursor to take off."


@on_screen
async def test_another_code_is_given_to_the_passage(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "c", *"m2a", "r", *"x")
        assert desk.message == "Now X Other"
    assert {short: words(reading_file, each) for short, each in segments(reading_file).items()} == {"X": FIRST}


@on_screen
async def test_the_edges_move_by_words_to_whole_sentences_and_the_whole_answer(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "c", *"m2a", "E", "k", "j", "j")
        assert desk.chosen == "if she can do it, so can I,"
        await desk.press("l", "h", "k", "enter")
        assert desk.message.startswith("Moved: “if she can do it, so ")
        assert words(reading_file, segments(reading_file)["M2a"]) == "if she can do it, so can I, I"
        await desk.press("E", "s", "enter")
        assert words(reading_file, segments(reading_file)["M2a"]) == FIRST
        await desk.press("E", "a", "enter")
        assert words(reading_file, segments(reading_file)["M2a"]) == f"{FIRST} It helped."
        await desk.press("E", "k", "k", "escape")
        assert words(reading_file, segments(reading_file)["M2a"]) == f"{FIRST} It helped."
        assert desk.chosen == ""
        await desk.press("u", "u", "u")
        assert words(reading_file, segments(reading_file)["M2a"]) == FIRST


@on_screen
async def test_a_code_is_made_of_the_words_themselves(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "i")
        assert desk.message.startswith("Select the words")
        await desk.press("s", "i")
        assert f"Name of the new code, in their words {FIRST}" in " ".join(desk.text.split())
        await desk.press("enter")
        await desk.press(*["backspace"] * 8, *"so", "enter")
        assert desk.message == "New code so in their words"
        await desk.press("u")
        assert "code in vivo" in desk.message
        assert segments(reading_file) == {}
        await desk.press("U")
    with qualcode.open(reading_file) as project:
        code = project.codes.get("so")
        assert (code.name, code.in_vivo) == (FIRST, True)
    assert words(reading_file, segments(reading_file)["so"]) == FIRST


@on_screen
async def test_a_code_is_made_in_the_picker(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "enter")
        await desk.type("being greeted")
        assert "+ new code “being greeted”" in desk.text
        await desk.press("enter", "enter")
        assert desk.message.startswith("BG being greeted: “Well")
    assert words(reading_file, segments(reading_file)["BG"]) == FIRST


@on_screen
async def test_recent_codes_by_digit_and_the_last_one_again(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "full_stop")
        assert desk.message.startswith("There is no recent code 1 yet")
        await desk.press("c", *"m2a", "c", *"p3", "right_parenthesis", "full_stop", "2")
        assert desk.message.startswith("M2a Living proof: “It helped")
        await desk.press("9")
        assert desk.message.startswith("There is no recent code 9 yet")
    with qualcode.open(reading_file) as project:
        assert len(project.segments.find()) == 4


@on_screen
async def test_the_first_code_of_all_is_made_where_its_words_are(tmp_path):
    with qualcode.new(tmp_path / "bare.qualcode", "AK") as project:
        add_interview(project, "A-SU1", ("INT", "How was it?"), ("Ann", FIRST))
    async with workbench(tmp_path / "bare.qualcode", size=(80, 24)) as desk:
        await desk.press("enter", "down", "c")
        assert "there is no code yet: type the name of the first" in desk.text
        await desk.type("being able")
        await desk.press("enter", "enter")
    assert words(tmp_path / "bare.qualcode", segments(tmp_path / "bare.qualcode")["BA"]) == FIRST


@pytest.mark.parametrize("digit", range(1, 10))
@on_screen
async def test_each_digit_sets_the_code_that_stands_beside_it(reading_file, digit):
    with qualcode.open(reading_file, "AK") as project:
        for letter in "ABCDEFGHI":
            project.codes.add(letter, f"Code {letter}")
            project.segments.add("A-SU1", letter, quote=FIRST)
    async with workbench(reading_file, size=(80, 24)) as desk:
        await desk.press("enter", "pagedown", "s")
        meant = "IHGFEDCBA"[digit - 1]
        assert f" {digit} {meant}" in desk.text
        chosen = desk.chosen
        await desk.press(str(digit))
        assert desk.message.startswith(f"{meant} Code {meant}: “")
        assert f" 1 {meant}" in desk.text  # it is the one used last now
    with qualcode.open(reading_file) as project:
        newest = max(project.segments.find(), key=lambda each: each.id)
    assert words(reading_file, newest) == chosen != FIRST


@on_screen
async def test_a_memo_on_a_passage_and_one_on_the_document(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "m")
        await desk.type("Long talk")
        await desk.press("ctrl+s")
        assert desk.message == "Memo kept on A-SU1"
        await desk.press("down", "c", *"p3", "m", "escape")
        assert desk.message.startswith("P3 Hope")
        await desk.press("m")
        await desk.type("why")
        await desk.press("enter")
        await desk.type("now")
        await desk.press("f2")
        assert "P3✎" in desk.text
        assert "How was it for you?" in desk.text
    with qualcode.open(reading_file) as project:
        memos = {memo.body: (memo.document, memo.segment) for memo in project.memos.find()}
        (segment,) = project.segments.find()
        assert memos["Long talk"] == (segment.document, None)
        assert memos["why\nnow"][1] == segment.id


@on_screen
async def test_a_click_on_a_stripe_or_a_label_takes_that_passage(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("enter", "pagedown")
        await desk.press("g")
        x, y = desk.at("X~")
        await desk.click(x, y)
        assert "┃ X Other~ ? or hope?" in desk.text
        assert desk.reader.at_hand.label == "X"
        await desk.press("x")
        assert desk.message.startswith("Taken off: X")
        row = desk.at("so can I, I thought")[1]
        lanes = [x for x, letter in enumerate(desk.lines[row][:20]) if letter in "┃█╏│"]
        taken = set()
        for x in lanes:
            await desk.click(x, row)
            taken.add(desk.reader.at_hand.label)
        assert taken == {"M2a", "P3", "M2a→P3↑"}
    assert "X" not in segments(coded_file)


@on_screen
async def test_the_definition_of_the_code_at_hand(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("enter", "G", "K")
        assert desk.message.startswith("There is no coded passage")
        await desk.press("g", "right_parenthesis", "right_parenthesis")
        while desk.reader.at_hand.label != "M2a":
            await desk.press("tab")
        await desk.press("K")
        assert "The other's life shows that it can be done." in desk.text
        assert "laughing, working" in desk.text
        await desk.press("K")
        assert "laughing, working" not in desk.text


@on_screen
async def test_words_are_copied_with_where_they_stand(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "s", "y")
        assert desk.app.clipboard == f"“{FIRST}” [A-SU1, line 2]"
        assert desk.message.startswith("Copied “Well")
        await desk.press("escape", "right_parenthesis", "ctrl+c")
        assert desk.app.clipboard == "“It helped.” [A-SU1, line 2]"


@on_screen
async def test_undo_tells_what_it_undoes_and_where_there_is_nothing(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "c", *"p3", "ctrl+z")
        assert desk.message == "Undone: add segments (A-SU1, P3)"
        await desk.press("ctrl+y")
        assert desk.message == "Done again: add segments (A-SU1, P3)"
        await desk.press("ctrl+y")
        assert "nothing" in desk.message.lower()
    assert list(segments(reading_file)) == ["P3"]


@on_screen
async def test_what_is_undone_out_of_sight_is_shown(reading_file):
    async with workbench(reading_file, size=(80, 24)) as desk:
        await desk.press("enter", "down", "c", *"p3")
        coded = desk.reader.cursor
        await desk.press("ctrl+end")
        assert not desk.reader.shows(coded, coded + 1)
        await desk.press("ctrl+z")
        assert desk.reader.shows(coded, coded + 1)
        end = desk.reader.cursor
        await desk.press("ctrl+y")
        assert desk.reader.cursor == end  # in sight already: nothing moves


@on_screen
async def test_all_codes_at_the_cursor_are_told_and_the_margin_shows_them_below_one_another(reading_file):
    with qualcode.open(reading_file, "AK") as project:
        body = project.documents.body(project.documents.get("A-SU1"))
        start = body.index("I went home")
        for code in ("M2", "M2a", "P3", "X"):
            project.segments.add("A-SU1", code, span=(start, start + 200))
        project.claims.add("A-SU1", "M2a", "P3", span=(start, start + 200))
    async with workbench(reading_file, size=(80, 24)) as desk:
        await desk.press("enter")
        desk.reader.move_to(start)
        await desk.settle()
        _, y = desk.at("I went home")
        margin = [line[:4].strip() for line in desk.lines[y : y + 4]]
        assert margin == ["M2", "M2a", "P3", "X+1"]
        here = next(line for line in desk.lines if "┃ M2" in line)
        for label in ("M2", "M2a", "P3", "X", "M2a→P3"):
            assert f"┃ {label}" in here


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 40)])
@pytest.mark.parametrize("mode", [(), ("f8",)])
@on_screen
async def test_the_text_stays_where_it_is_while_one_codes(reading_file, size, mode):
    async with workbench(reading_file, size=size) as desk:
        await desk.press("enter", *mode, "down")
        place = desk.at("if she can do it")
        for keys in (
            ("c", *"m2a"),
            ("c", *"p3"),
            ("exclamation_mark", "enter"),
            ("asterisk",),
            (">", *"m2a", *"p3", "enter"),
        ):
            await desk.press(*keys)
            assert desk.at("if she can do it") == place
