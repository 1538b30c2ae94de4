"""A claim is written in a few keys, seen in the margin, doubted, noted and taken away."""

import pytest

import qualcode
from qualcode.tui.actions import KEYMAPS
from tests.screens.driving import on_screen, workbench


def claims(path):
    with qualcode.open(path, "AK") as project:
        return project.claims.find()


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_the_usual_claim_takes_two_codes_and_enter(reading_file, keys):
    async with workbench(reading_file, keys=keys) as desk:
        await desk.press("enter", "down")
        await desk.do("claim", keys)
        await desk.press(*"m2a", *"p3", "enter")
        assert desk.message == "Claim: M2a → P3 raises"
        assert "M2a→P3↑" in desk.text
        await desk.press("K")
        assert desk.message.startswith("There is no coded passage")
        await desk.press("r")
        assert desk.message.startswith("At hand is a claim")
        await desk.press("exclamation_mark")
        await desk.type("she hints")
        await desk.press("enter")
        assert "M2a→P3↑~ ? she hints" in desk.text
    (claim,) = claims(reading_file)
    assert (claim.direction, claim.standing, claim.unsure) == ("raises", None, "she hints")


@on_screen
async def test_all_that_may_be_said_of_a_claim(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "s", "greater_than_sign", *"m2a", *"p3")
        assert "M2a → P3" in desk.text
        await desk.press("w", "p", "s", "w", "t", "f", "i", "p", "m")
        told = "Claim: M2a → P3 mixed (people in general) (witnessed) (hoped for) (inferred) (prompted)"
        assert desk.message == told
        (claim,) = claims(reading_file)
        assert (claim.direction, claim.whose, claim.standing, claim.tense) == (
            "mixed", "people in general", "witnessed", "hoped for",
        )  # fmt: skip
        assert (claim.inferred, claim.prompted) == (True, True)
        await desk.press("m")
        await desk.type("so")
        await desk.press("ctrl+s", "x")
        assert desk.message == "Taken off: M2a→P3±. u brings it back."
        assert claims(reading_file) == []
        await desk.press("u")
    assert len(claims(reading_file)) == 1


@on_screen
async def test_the_sign_of_no_effect_cannot_be_read_as_a_part_of_the_code(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "s", "greater_than_sign", *"m2a", *"p3", "0")
        assert claims(reading_file)[0].direction == "no effect"
        assert "M2a→P3=" in desk.text
        assert "P30" not in desk.text


@on_screen
async def test_a_claim_is_left_at_any_step(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down")
        for steps in (["escape"], [*"m2a", "escape"], [*"m2a", *"p3", "escape"], [*"m2a", *"p3", "w", *["escape"] * 2]):
            await desk.press("greater_than_sign", *steps)
            assert desk.app.screen.focused is desk.reader, steps
    assert claims(reading_file) == []


@on_screen
async def test_what_the_words_are_coded_with_stands_first(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("enter", "down", "s", "greater_than_sign")
        assert "says that" in desk.text
        picker = desk.app.screen.query_one("#picker-list")
        assert picker.current == 0
        below = desk.lines[desk.at("says that")[1] :]
        listed = [
            next(y for y, line in enumerate(below) if f"┃ {short} " in line) for short in ("M2a", "P3", "M2", "X")
        ]
        assert listed == sorted(listed)
        await desk.press("enter", "down", "enter", "0")
        assert desk.message == "Claim: M2a → P3 no effect"
