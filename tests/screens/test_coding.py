"""Coding on the screen: what is pressed is what is in the project."""

from textual import events

import qualcode
from tests.screens.driving import on_screen, workbench


def coded(path):
    with qualcode.open(path) as project:
        codes = {code.id: code.short for code in project.codes.all()}
        found = project.segments.find()
        bodies = {document.id: project.documents.body(document) for document in project.documents}
        return [(codes[each.code], bodies[each.document][each.start : each.end]) for each in found]


@on_screen
async def test_a_sentence_is_coded_by_the_codes_own_key(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "c", "m", "2", "a")
        assert "M2a Living proof" in desk.text
    assert coded(study_file) == [("M2a", "Well, if she can do it, so can I, I thought.")]


@on_screen
async def test_the_selection_stays_so_that_the_next_code_lands_on_the_same_words(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "a", "c", "m", "2", "a", "c", "p", "3")
    assert [code for code, _ in coded(study_file)] == ["M2a", "P3"]
    assert len({words for _, words in coded(study_file)}) == 1


@on_screen
async def test_the_same_code_on_the_same_words_is_not_told_as_new(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "c", "p", "3")
        assert "already" not in desk.message
        await desk.press("c", "p", "3")
        assert desk.message.startswith("P3 Hope stands there already: “Well")
    assert [code for code, _ in coded(study_file)] == ["P3"]


@on_screen
async def test_undo_takes_it_back_and_redo_brings_it_again_also_after_a_restart(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "c", "p", "3", "u")
        assert "Undone: add segments" in desk.text
    assert coded(study_file) == []
    async with workbench(study_file) as desk:
        await desk.press("U")
    assert [code for code, _ in coded(study_file)] == ["P3"]


@on_screen
async def test_it_opens_again_where_it_was_left(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "down", "down")
        at = desk.app.reading.reader.cursor
        await desk.press("Q")
    async with workbench(study_file) as desk:
        assert desk.app.reading.reader.cursor == at > 0


@on_screen
async def test_a_claim_is_written_in_a_few_keys(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "greater_than_sign", "m", "2", "a", "p", "3", "s", "h", "l")
        assert "Claim: M2a → P3 lowers (hearsay)" in desk.text
    with qualcode.open(study_file) as project:
        (claim,) = project.claims.find()
        assert (claim.direction, claim.standing, claim.whose) == ("lowers", "hearsay", None)


@on_screen
async def test_dragging_selects_and_what_is_selected_is_coded(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter")
        row = next(y for y, line in enumerate(desk.lines) if "if she can do it" in line)
        left = desk.lines[row].index("if she")
        await desk.pilot.mouse_down(offset=(left, row))
        await desk.pilot.hover(offset=(left + len("if she can do it"), row))
        await desk.pilot.mouse_up(offset=(left + len("if she can do it"), row))
        await desk.press("c", "x")
    assert coded(study_file) == [("X", "if she can do it")]


@on_screen
async def test_a_code_chosen_in_the_codebook_lands_on_the_selection(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "s", "B", "down", "enter")
        assert desk.app.reading.reader.has_focus
    assert [code for code, _ in coded(study_file)] == ["P3"]


@on_screen
async def test_keys_typed_ahead_reach_the_line_they_were_meant_for(study_file):
    """Sent at once, as a terminal does where one types fast."""
    async with workbench(study_file) as desk:
        await desk.press("enter", "down")
        for key in ("c", "m", "2", "a", ">", "m", "2", "a", "p", "3", "s", "h", "l", "c", "p", "3", "/", "w", "e"):
            name = {">": "greater_than_sign", "/": "slash"}.get(key, key)
            desk.app.post_message(events.Key(name, key))
        desk.app.post_message(events.Key("enter", "\r"))
        while not desk.message.startswith("Place 1"):
            await desk.pilot.pause(0.05)
        assert desk.message == "Place 1 of 2"
        assert desk.app.screen.focused is desk.reader
    assert sorted(code for code, _ in coded(study_file)) == ["M2a", "P3"]
    with qualcode.open(study_file) as project:
        (claim,) = project.claims.find()
        assert (claim.direction, claim.standing) == ("lowers", "hearsay")


@on_screen
async def test_what_was_coded_is_told_on_one_line_so_that_nothing_moves(reading_file):
    with qualcode.open(reading_file, "AK") as project:
        project.codes.add("L", "A name that is as long as names of codes are in real codebooks", key="l")
    async with workbench(reading_file, size=(80, 24)) as desk:
        await desk.press("enter", "down", "a", "a")
        height = desk.reader.size.height
        for key in ("p3", "l"):
            await desk.press("c", *key)
            assert desk.message.endswith("”")
            assert desk.reader.size.height == height
