"""Scene 2 of the screens: a late split by cards, named, bounded, written in one action, and regretted."""

import pytest

import qualcode
from qualcode.project import Project
from qualcode.tui.doubly_coded import doubly_coded
from qualcode.tui.sorting_cards import PILES
from tests.builders import add_interview, rows_of
from tests.screens.driving import on_screen, workbench
from tests.screens.places import fill_in

SAID = ("She got it.", "She sat there.", "No words.")


@pytest.fixture
def split_file(tmp_path):
    """M1b with two passages of AK's in each of three interviews (two service users, a member of staff), SG's one."""
    path = tmp_path / "study.qualcode"
    with qualcode.new(path, "AK") as project:
        project.codes.add("M1", "Trust")
        project.codes.add("M1b", "Understood", parent="M1")
        for name, role in (("A", "SU"), ("B", "SU"), ("C", "ST")):
            document = add_interview(project, name, ("INT", "How was she?"), ("Ann", f"{' '.join(SAID)} I slept."))
            person = project.people.add(f"Ann {name}", roles={"-": role})
            project.documents.set_speaker(document, "Ann", "participant", person.id)
            for words in SAID[:2]:
                project.segments.add(name, "M1b", quote=words)
    with qualcode.open(path, "SG") as project:
        project.segments.add("C", "M1b", quote="No words.")
    return path


def coded(path):
    with qualcode.open(path, "AK") as project:
        shorts = {code.id: code.short for code in project.codes.all(retired=True)}
        bodies = {each.id: (each.name, project.documents.body(each)) for each in project.documents}
        return [
            (bodies[each.document][0], bodies[each.document][1][each.start : each.end], shorts[each.code])
            for each in project.segments.find()
        ]


async def to_the_cards(desk):
    await desk.press("f3", "down", "s")


async def name_them(desk):
    """Pile a stays M1b, pile b becomes M1e; the boundary is written."""
    await desk.press("enter", "enter", "enter")
    await desk.type("She gets it.")
    await desk.press("enter")
    await desk.type("Stays with me")
    await desk.press("enter", "ctrl+u")
    await desk.type("M1e")
    await desk.press("enter", "enter")
    await desk.type("Words go to M1b.")
    await desk.press("ctrl+s")


@on_screen
async def test_cards_are_thrown_named_and_split_in_one_action_and_undone(split_file):
    with qualcode.open(split_file) as project:
        before = rows_of(project)
    async with workbench(split_file) as desk:
        await to_the_cards(desk)
        assert "Card 1 of 6" in desk.text
        assert "How was she?" in desk.text
        assert "others' stay: SG 1" in desk.text
        await desk.press("a", "b", "a", "b", "a")
        assert "2 of 3 service user, 1 staff" in desk.text
        assert "1 still to come" in desk.text
        await desk.press("b")
        assert "all decided" in desk.text
        await name_them(desk)
        assert "M1b becomes M1b (3) + M1e (3)" in desk.text
        await desk.press("enter")
        assert "M1b is split (M1b 3, M1e 3): codebook version 3. 1 document coded before the split" in desk.text
        assert "M1e Stays with me" in desk.text
        project: Project = desk.app.study.project
        assert project.codes.get("M1b").definition.include == "She gets it."
        assert project.codes.get("M1e").definition.exclude == "Words go to M1b."
        await desk.press("o")
        assert "SG 1" in desk.text
        await desk.press("enter")
        assert desk.app.reading.reader.page.document.name == "C"
    assert coded(split_file) == [
        ("A", "She got it.", "M1b"), ("A", "She sat there.", "M1e"), ("B", "She got it.", "M1b"),
        ("B", "She sat there.", "M1e"), ("C", "She got it.", "M1b"), ("C", "She sat there.", "M1e"),
        ("C", "No words.", "M1b"),
    ]  # fmt: skip
    async with workbench(split_file) as desk:
        await desk.press("u")
        assert "Undone: split code" in desk.text
    with qualcode.open(split_file) as project:
        assert rows_of(project) == before


@on_screen
async def test_four_piles_make_four_codes(split_file):
    async with workbench(split_file) as desk:
        await to_the_cards(desk)
        await desk.press("a", "b", "c", "d", "c", "c", "left")
        assert "on pile c" in desk.text
        assert [line.split()[:2] for line in desk.lines[1:5]] == [["a", "1"], ["b", "1"], ["c", "3"], ["d", "1"]]
        await desk.press("enter")
        for pile in PILES:
            await fill_in(desk, f"Sort {pile}")
            await fill_in(desk, f"S{pile}")
            await desk.press("enter")
        await desk.press("ctrl+s", "n")
        assert "M1b is split (Sa 1, Sb 1, Sc 3, Sd 1)" in desk.text
    assert [code for *_, code in coded(split_file)] == ["Sa", "Sb", "Sc", "Sd", "Sc", "Sc", "M1b"]


@on_screen
async def test_a_long_card_is_scrolled_to_its_last_word_and_back(tmp_path):
    path = tmp_path / "long.qualcode"
    with qualcode.new(path, "AK") as project:
        project.codes.add("L", "Long")
        add_interview(project, "A", ("INT", "And?"), ("Ann", f"First word. {'She went on. ' * 200}The last word."))
        project.segments.add("A", "L", answers=(1, 1))
    async with workbench(path, size=(80, 24)) as desk:
        await desk.press("f3", "s")
        assert "First word" in desk.text
        assert "The last word" not in desk.text
        await desk.press("down", *["j"] * 60)
        assert "The last word" in desk.text
        assert "First word" not in desk.text
        await desk.press("up", *["k"] * 60)
        assert "First word" in desk.text


@on_screen
async def test_what_was_skipped_waits_in_the_queue_until_it_is_kept(split_file):
    async with workbench(split_file, size=(80, 24)) as desk:
        await to_the_cards(desk)
        await desk.press("s", "b", "s", "b", "space", "b", "enter", "ctrl+u")
        await desk.type("Stays")
        await desk.press("enter", "ctrl+u")
        await desk.type("M1e")
        await desk.press("enter", "enter", "ctrl+s")
        assert "3 stay on no pile" in desk.text
        await desk.press("b", "o")
        assert "3 documents coded before" in desk.text
        await desk.press("y")
        assert "1 passage in A kept as M1b" in desk.text
        assert "2 documents coded before" in desk.text
        await desk.press("w")
        assert "3 documents coded before" in desk.text
        await desk.press("down", "enter")
        assert desk.app.reading.reader.page.document.name == "B"
    with qualcode.open(split_file) as project:
        assert project.codes.get("M1e").parent == project.codes.get("M1b").id
        assert "M1e Stays" in project.codes.get("M1b").definition.exclude


@on_screen
async def test_left_half_way_the_cards_stay_on_their_piles(split_file):
    async with workbench(split_file) as desk:
        await to_the_cards(desk)
        await desk.press("a", "b", "left", "x", "o")
        assert desk.app.reading.reader.page.document.name == "A"
        await desk.press("backspace")
        assert "Card 2 of 6" in desk.text
        await desk.press("escape", "s")
        assert "5 still to come" in desk.text
        assert "Card 2 of 6" in desk.text
        await desk.press("enter", "escape")
        await desk.press("K")
        assert "M1b Understood" in desk.text
    assert {code for _, _, code in coded(split_file)} == {"M1b"}


@on_screen
async def test_a_click_on_a_pile_throws_the_card(split_file):
    async with workbench(split_file) as desk:
        await to_the_cards(desk)
        await desk.click(3, 2)
        assert "on pile" not in desk.text
        assert "Card 2 of 6" in desk.text
        await desk.press("left")
        assert "on pile b" in desk.text
        await desk.click(3, 5)
        await desk.press("left")
        assert "stays" in desk.text


@on_screen
async def test_what_cannot_be_split_is_told_and_the_cards_stay(split_file):
    async with workbench(split_file) as desk:
        await to_the_cards(desk)
        await desk.press("enter")
        assert "there is nothing on the piles yet" in desk.text
        await desk.press("a", "enter", "enter", "enter", "enter", "ctrl+s", "enter")
        assert "M1b would not be split" in desk.text
        assert "Card 2 of 6" in desk.text
        await desk.press("escape", "home", "s", "o")
        assert "you have no passages of M1 to split" in desk.text
        await desk.press("s", "w")
        assert "your 6 passages" in desk.text


@on_screen
async def test_what_another_program_takes_away_leaves_the_cards(split_file):
    async with workbench(split_file) as desk:
        await to_the_cards(desk)
        await desk.press("a")
        with qualcode.open(split_file, "AK") as project:
            project.segments.remove(each for each in project.segments.find() if each.coder == project.store.viewer)
        desk.app.screen.follow()
        await desk.press("a", "x", "o", "right", "enter")
        assert "No card is left" in desk.text
        await desk.press("escape")
        assert "Codebook" in desk.text


# -- merging -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def twins_file(split_file):
    """Beside M1b a code M1x, on one passage that M1b has and on one that it has not."""
    with qualcode.open(split_file, "AK") as project:
        project.codes.add("M1x", "Gets it", parent="M1")
        project.segments.add("A", "M1x", quote="She got it. She sat")
        project.segments.add("A", "M1x", quote="I slept.")
    return split_file


@on_screen
async def test_two_codes_are_merged_with_both_definitions_in_view_and_taken_apart(twins_file):
    async with workbench(twins_file, size=(80, 24)) as desk:
        await desk.press("f3", "down", "m")
        await desk.type("m1x")
        await desk.press("enter")
        assert "2 passages carry both codes" in desk.text
        assert "A ¶1 AK She got it." in desk.text
        assert "IS MERGED INTO IT" in desk.text
        await desk.press("tab", "m")
        assert "M1x counts as M1b now" in desk.text
        await desk.press("t", "down", "down")
        assert "M1x Gets it → M1b" in desk.text
        await desk.press("d")
        assert "M1x stands for itself again" in desk.text
    with qualcode.open(twins_file) as project:
        assert project.codes.get("M1x").merged_into is None


@on_screen
async def test_from_a_doubly_coded_passage_one_goes_to_its_place_and_back(twins_file):
    async with workbench(twins_file) as desk:
        await desk.press("f3", "down", "down", "m")
        await desk.type("m1b")
        await desk.press("enter", "enter")
        assert desk.app.reading.reader.page.document.name == "A"
        await desk.press("backspace")
        assert "both codes" in desk.text
        await desk.press("escape", "m")
        await desk.type("m1x")
        await desk.press("enter")
        assert "cannot be merged with itself" in desk.text


def test_doubly_coded_pairs_are_those_that_share_a_character(twins_file):
    with qualcode.open(twins_file) as project:
        every = project.segments.find()
        one, other = ([each for each in every if each.code == project.codes.get(short).id] for short in ("M1b", "M1x"))
        pairs = [
            (a, b)
            for a in one
            for b in other
            if (a.document, a.coder) == (b.document, b.coder) and a.start < b.end and b.start < a.end
        ]
        assert doubly_coded(one, other) == pairs
        assert len(pairs) == 2


@on_screen
async def test_a_name_or_an_id_that_cannot_be_is_told_when_it_is_typed(split_file):
    async with workbench(split_file) as desk:
        await to_the_cards(desk)
        await desk.press("a", "b", "enter", "ctrl+u", "enter")
        assert desk.message == "A pile needs a name. Esc goes back to the cards."
        await desk.type("Seen")
        await desk.press("enter")
        assert "id of “Seen”" in desk.text
        assert "M1b2" in desk.text
        await desk.press("ctrl+u")
        await desk.type("bad id")
        await desk.press("enter")
        assert "bad id is not a short name" in desk.message
        await desk.press("ctrl+u", *"M1", "enter")
        assert "there is a code M1 already" in desk.message
        await desk.press("ctrl+u", *"M1s", "enter", "enter", *"Held", "enter", "ctrl+u", *"M1s", "enter")
        assert "pile a has the id M1s already" in desk.message
        await desk.press("escape")
        assert "M1s Seen" in desk.text
