"""Going from one thing to the next, searching, back and forward, and answers with nothing in them."""

import qualcode
from qualcode.tui.screens.documents import DocumentsScreen
from tests.builders import add_interview
from tests.screens.driving import on_screen, workbench


@on_screen
async def test_to_the_next_of_each_kind_and_back(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("enter")
        seen = {}
        for key in "aqum":
            await desk.press("g", "right_square_bracket", key)
            seen[key] = desk.from_cursor(40).split("?")[0].split(",")[0][:22]
        assert seen["q"].startswith("And in week 1") or seen["q"].startswith("How was it")
        body = desk.reader.page.body
        stripes = desk.reader.page.stripes.items
        for key, place in (
            ("a", desk.reader.page.answers[1].start),
            ("u", next(each.start for each in stripes if each.signs.startswith("~"))),
            ("m", next(each.start for each in stripes if "✎" in each.signs)),
        ):
            await desk.press("g", "right_square_bracket", key)
            assert desk.reader.cursor == place, key
            assert body[place : place + 5].startswith(desk.from_cursor(5)[:4]), key
        await desk.press("G", "left_square_bracket", "u", "left_square_bracket", "u")
        assert desk.message == "No unsure before this."
        await desk.press("right_square_bracket", "escape", "right_square_bracket", "j", "escape")
        assert desk.app.screen.focused is desk.reader


@on_screen
async def test_to_the_same_code_and_no_further(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("enter", "down")
        while desk.reader.at_hand is None or desk.reader.at_hand.label != "M2a":
            await desk.press("right", "tab", "tab")
        first = desk.reader.cursor
        await desk.press("right_square_bracket", "c")
        assert desk.reader.cursor > first
        assert desk.reader.at_hand.label == "M2a"
        assert "M2a Living proof−✎" in desk.text


@on_screen
async def test_search_shows_every_place_and_goes_round(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "n")
        assert desk.message == "Nothing is searched for. / searches."
        await desk.press("slash")
        await desk.type("NOT missed")
        await desk.press("enter")
        assert desk.message == "Place 1 of 23"
        assert desk.from_cursor(10) == "not missed"
        x, y = desk.at("not missed")
        assert desk.style_at(x + 2, y).bgcolor == desk.app.ink.over("hit").bgcolor
        await desk.press("n", "N", "N")
        assert desk.message == "Place 23 of 23"
        await desk.press("n")
        assert desk.message == "Place 1 of 23"
        await desk.press("escape")
        x, y = desk.at("not missed")
        assert desk.style_at(x + 2, y).bgcolor == desk.app.ink.over("text").bgcolor
        await desk.press("slash")
        await desk.type("zzz")
        await desk.press("enter")
        assert desk.message == "“zzz” does not occur here."
        await desk.press("slash", "escape")
        assert desk.app.screen.focused is desk.reader


@on_screen
async def test_back_and_forward_over_jumps_and_documents(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "backspace")
        assert isinstance(desk.app.screen, DocumentsScreen)
        await desk.press("enter", "equals_sign")
        assert desk.message == "There is no place to go forward to."
        await desk.press("down", "slash")
        await desk.type("laughing")
        await desk.press("enter")
        there = desk.reader.cursor
        await desk.press("backspace")
        assert desk.from_cursor(4) == "Ann:"
        await desk.press("equals_sign")
        assert desk.reader.cursor == there
        await desk.press("D", "down", "enter", "down")
        assert "B-ST1" in desk.lines[0]
        await desk.press("alt+left")
        assert "A-SU1" in desk.lines[0]
        assert desk.reader.cursor == there
        await desk.press("alt+right")
        assert "B-ST1" in desk.lines[0]
        assert desk.from_cursor(3) == "Bo:"


@on_screen
async def test_back_passes_over_a_document_that_is_gone(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "D", "down", "enter")
        with qualcode.open(reading_file, "AK") as project:
            project.documents.remove(project.documents.get("A-SU1"))
        desk.app.screen.follow()
        await desk.press("backspace")
        assert isinstance(desk.app.screen, DocumentsScreen)
        assert "1 document " in desk.text


@on_screen
async def test_a_document_removed_a_moment_ago_is_not_opened(reading_file):
    async with workbench(reading_file) as desk:
        with qualcode.open(reading_file, "AK") as project:
            project.documents.remove(project.documents.get("A-SU1"))
        await desk.press("enter")
        assert desk.message == "A-SU1 is no longer in the project."
        assert "How was it for you?" not in desk.text
        assert "1 document " in desk.text


@on_screen
async def test_the_open_document_is_removed_elsewhere(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter")
        with qualcode.open(reading_file, "AK") as project:
            project.documents.remove(project.documents.get("A-SU1"))
        desk.app.screen.follow()
        await desk.pilot.pause()
        assert desk.message == "A-SU1 is no longer in the project."
        assert "B-ST1" in desk.text


@on_screen
async def test_nothing_here_goes_on_and_is_no_longer_among_the_uncoded(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "z", "z")
        answers = desk.reader.page.answers
        assert desk.reader.cursor == answers[2].start
        assert desk.message == "¶2 read, nothing here"
        await desk.press("g", "right_square_bracket", "a")
        assert desk.reader.cursor == answers[2].start
        await desk.press("u", "g", "right_square_bracket", "a")
        assert desk.reader.cursor == answers[1].start
    with qualcode.open(reading_file, "AK") as project:
        marks = project.progress.marks(project.documents.get("A-SU1"))
        assert [mark.is_empty for mark in marks] == [True]


@on_screen
async def test_who_has_gone_through_every_answer_has_read_the_whole_text(reading_file):
    speeches = [("INT", "Hello. Is it on?"), ("Ann", "Yes."), ("INT", "How was it?"), ("Ann", "Good."), ("INT", "Bye.")]
    with qualcode.open(reading_file, "AK") as project:
        add_interview(project, "C", *speeches)
    async with workbench(reading_file) as desk:
        await desk.press("end", "enter", "z", "z")
        assert desk.message == "¶1 read, nothing here"
        await desk.press("z", "F")
        assert "100 % of the text coded or read" in desk.text
    with qualcode.open(reading_file, "AK") as project:
        marks = project.progress.marks(project.documents.get("C"))
        assert [mark.is_empty for mark in marks] == [True, True]


@on_screen
async def test_the_head_counts_passages_and_claims_apart(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("enter")
        assert "4 passages, 1 claim, mine" in desk.lines[0]
        await desk.press("right_parenthesis", "full_stop")
        assert "5 passages, 1 claim, mine" in desk.lines[0]


@on_screen
async def test_what_another_program_codes_appears_and_the_cursor_stays(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "s")
        cursor, chosen = desk.reader.cursor, desk.chosen
        with qualcode.open(reading_file, "AK") as project:
            project.segments.add("A-SU1", "P3", quote="so can I")
        desk.app.screen.follow()
        await desk.pilot.pause()
        assert " P3 ┃" in desk.text or "P3 ┃" in desk.text
        assert (desk.reader.cursor, desk.chosen) == (cursor, chosen)


@on_screen
async def test_whose_coding_is_shown(reading_file):
    with qualcode.open(reading_file, "AK") as project:
        project.segments.add("A-SU1", "P3", quote="so can I")
    with qualcode.open(reading_file, "JB") as project:
        project.segments.add("A-SU1", "X", quote="she can do it")
    async with workbench(reading_file, coder="AK") as desk:
        await desk.press("enter")
        assert "1 passage, mine" in desk.text
        await desk.press("A")
        assert desk.message == "Shown: everybody's coding"
        assert "2 passages, everybody's" in desk.text
        x, y = desk.at("she can do it")
        assert "│" in desk.lines[y][:20]
        await desk.click(x, y)
        assert "X Other (JB)" in desk.text
        await desk.press("x")
        assert "Taken off" not in desk.message
        await desk.press("A", "A")
        assert "1 passage, mine" in desk.text
