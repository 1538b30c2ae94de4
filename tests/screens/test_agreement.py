"""Agreement and disagreements: what is pressed is what is in the project, and numbers are those of the command line."""

import json
import shutil
from contextlib import closing

import pytest
from click.testing import CliRunner
from docx import Document
from rich.cells import cell_len

import qualcode
from qualcode import sentences
from qualcode.agreement.meeting import agenda
from qualcode.agreement.settling import decide
from qualcode.cli.commands import commands
from qualcode.report.json_file import content
from qualcode.tui.actions import actions_of
from qualcode.tui.agreeing import UNITS
from qualcode.tui.screens.agreement import AgreementScreen
from qualcode.tui.screens.coded_before import CodedBeforeScreen
from qualcode.tui.screens.disagreements import DisagreementsScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.work import single_codes
from tests.agreeing import code, finish, two_coders
from tests.builders import add_interview, rows_of
from tests.screens.driving import on_screen, workbench
from tests.screens.places import click_key, click_on, fill_in, until
from tests.screens.studies import HOSTILE, MARKUP
from tests.screens.test_snapshots import beside
from tests.studies import as_coder

SIZES = [(80, 24), (100, 30), (120, 40)]


@pytest.fixture
def study(tmp_path):
    """Two coders who differ on five passages and a claim, one with a doubt and a memo; KB has not finished "three"."""
    with closing(two_coders(tmp_path)) as project:
        two = project.documents.get("two")
        with closing(as_coder(project, "KB")) as other:
            for who, direction in ((project, "raises"), (other, "lowers")):
                who.claims.add("two", "P1", "P2", quote="I hoped so much", direction=direction)
            slept = next(each for each in other.segments.of(two, "KB") if "sure" in words_of(other, each))
            other.segments.change(slept, unsure="rest, or resignation?")
            finish(project, "two")
            finish(other, "two")
            slept = next(each for each in other.segments.of(two, "KB") if each.unsure)
            other.memos.add("She says it twice.", segment=slept.id)
        return project.path


def words_of(project, segment):
    body = project.documents.body(project.documents.get(segment.document))
    return body[segment.start : segment.end]


def told(path, *words):
    """What the command line prints for programs."""
    result = CliRunner().invoke(commands, ["agreement", *words, "--project", str(path), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def decisions(path):
    with qualcode.open(path, "AK") as project:
        return [(each.said.outcome, each.said.reason) for each in project.decisions.all()]


async def at_agreement(desk):
    await desk.press("J")
    await until(desk, "mean alpha")
    return desk.app.screen


async def at_disagreements(desk):
    await at_agreement(desk)
    await desk.press("d")
    await until(desk, "decided")
    return desk.app.screen


# -- agreement


@on_screen
async def test_numbers_are_those_of_the_command_line(study):
    async with workbench(study) as desk:
        screen = await at_agreement(desk)
        assert json.loads(content(screen.compared.table)) == told(study)
        await desk.press("t")
        await until(desk, "turns")
        assert json.loads(content(screen.compared.table)) == told(study, "--unit", "turn")
        await desk.press("f", "d")
        await fill_in(desk, "one")
        await until(desk, "documents one")
        wanted = told(study, "--unit", "turn", "--document", "one")
        assert json.loads(content(screen.compared.table)) == wanted
        shown = desk.lines[next(y for y, line in enumerate(desk.lines) if line.startswith(" P1 Hope"))]
        alpha = next(each["value"] for each in wanted["cells"] if (each["row"], each["column"]) == ("P1", "alpha"))
        assert f" {alpha:.2f} " in shown


@on_screen
async def test_what_is_not_defined_is_told_with_its_reason_and_no_number(study):
    async with workbench(study, size=(80, 24)) as desk:
        screen = await at_agreement(desk)
        assert [each.result.status for each in screen._rows][-2:] == ["undefined", "undefined"]
        await desk.press("end")
        line = next(line for line in desk.lines if line.startswith(" X Other"))
        assert line.split()[2:5] == ["–", "–", "–"]
        assert "nobody used the code" in " ".join(desk.lines[-6:])


@on_screen
async def test_filters_sorting_and_notes(study):
    async with workbench(study) as desk:
        screen = await at_agreement(desk)
        assert [each.result.code for each in screen._rows][:2] == ["P2", "P1"]
        await desk.press("s", "s")
        assert [each.result.code for each in screen._rows] == ["P", "P1", "P2", "X"]
        for key, typed, there in (("k", "P", "codes P"), ("r", "1", "round 1"), ("c", "AK, KB", "AK and KB")):
            await desk.press("f", key)
            await fill_in(desk, typed)
            await until(desk, there)
        await desk.press("f", "o", "1")
        await until(desk, "role PW")
        await desk.press("f", "a")
        await fill_in(desk, "no pair")
        await until(desk, "NAME=VALUE")
        await desk.press("f", "x")
        await until(desk, "mean alpha")
        assert "role PW" not in desk.text
        await desk.press("x")
        assert "conventions of content analysis" in " ".join(desk.text.split())
        await desk.press("escape", "f", "c")
        await fill_in(desk, "AK")
        await until(desk, "two coders or more")


@on_screen
async def test_every_unit_is_shown_and_then_the_first_again(study):
    async with workbench(study, size=(80, 24)) as desk:
        screen = await at_agreement(desk)
        for unit in (*UNITS[1:], UNITS[0]):
            await desk.press("t")
            await until(desk, "passages that match" if unit == "match" else {"token": "words"}.get(unit, f"{unit}s"))
            assert screen.compared.found.design.unit == unit
            assert len(screen._rows) == 4
            if unit == "match":
                assert "Holsti" in desk.text
                assert json.loads(content(screen.compared.table)) == told(study, "--unit", "match")


@on_screen
async def test_one_key_compares_everything_as_usual_again(study):
    async with workbench(study) as desk:
        screen = await at_agreement(desk)
        await desk.until(lambda: "  …  " not in desk.text)  # what is undecided is counted after the rest
        usual = desk.lines[:-2]
        await desk.press("t")
        await until(desk, "turns")
        await desk.press("f", "d")
        await fill_in(desk, "one")
        await until(desk, "documents one")
        assert json.loads(content(screen.compared.table)) != told(study)
        await desk.press("0")
        await desk.until(lambda: "documents one" not in desk.text and "  …  " not in desk.text)
        assert desk.lines[:-2] == usual
        assert json.loads(content(screen.compared.table)) == told(study)


@on_screen
async def test_codes_are_compared_as_one_by_a_name_and_open_together(study):
    async with workbench(study) as desk:
        screen = await at_agreement(desk)
        await desk.press("f", "g")
        await fill_in(desk, "Feel=p1,P2; Rest=X")
        await until(desk, "Feel = p1 + P2")
        assert {each.name for each in screen._rows} == {"Feel", "Rest"}
        assert json.loads(content(screen.compared.table)) == told(study, "--group", "Feel=P1,P2", "--group", "Rest=X")
        await desk.press("f", "g")
        await fill_in(desk, "P1=P2")
        await until(desk, "that is a code")
        await desk.press("home", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, DisagreementsScreen))
        await until(desk, "Feel")


@on_screen
async def test_on_sentences_the_version_of_the_rules_is_in_sight_and_in_the_notes(study):
    async with workbench(study, size=(80, 24)) as desk:
        await at_agreement(desk)
        await desk.press("t")
        await until(desk, "turns")
        await desk.press("t")
        await until(desk, f"sentences (rules {sentences.VERSION})")
        await desk.press("x")
        await until(desk, f"by rules, version {sentences.VERSION}")


@on_screen
async def test_enter_and_a_double_click_open_the_disagreements_of_the_code(study):
    async with workbench(study) as desk:
        await at_agreement(desk)
        await desk.press("enter")
        await until(desk, "decided")
        assert isinstance(desk.app.screen, DisagreementsScreen)
        assert "P2 Rest" in desk.lines[0]
        assert {one.code for each in desk.app.screen.listed for one in each.matters} <= codes_of(study, "P1", "P2")
        await desk.press("escape")
        await click_on(desk, "P1 Hope", times=2)
        await until(desk, "decided")
        assert "P1 Hope" in desk.lines[0]


def codes_of(path, *shorts):
    with qualcode.open(path) as project:
        return {project.codes.get(short).id for short in shorts}


@on_screen
async def test_it_is_reached_from_the_gallery_too(study):
    async with workbench(study) as desk:
        await desk.press("T", "slash", *"agreement", "enter", "enter")
        await until(desk, "mean alpha")
        assert isinstance(desk.app.screen, AgreementScreen)
        await desk.press("escape")
        assert "Tables" in desk.lines[0]


@on_screen
async def test_where_nothing_can_be_compared_it_says_why(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("J")
        await until(desk, "two coders or more")
        await desk.press("d", "enter", "s", "m", "w", "e", "x", "escape")
        assert desk.app.is_running


@on_screen
async def test_what_is_being_coded_blind_is_shown_to_nobody(study):
    with qualcode.open(study, "AK") as project:
        for short in ("AK", "KB"):
            for name in ("one", "two"):
                project.coders.assign(project.documents.get(name), project.coders.get(short), 3, blind=True)
    async with workbench(study) as desk:
        await desk.press("J")
        await until(desk, "There is no document to compare")
        assert "being coded blind" in desk.text
        await desk.press("d")
        await until(desk, "Nothing is listed")
        assert desk.app.screen.listed == []


@on_screen
async def test_report_and_table_are_written(study, tmp_path):
    async with workbench(study) as desk:
        await at_agreement(desk)
        for key, name in (("e", "table.csv"), ("w", "report.md")):
            await desk.press(key)
            await until(desk, "to (.")
            await fill_in(desk, str(tmp_path / name))
            await until(desk, "Written")
            assert (tmp_path / name).stat().st_size > 100
            desk.app.screen.messages.say("")


# -- disagreements


@pytest.mark.parametrize(
    ("key", "outcome"), [("1", "as AK"), ("2", "as KB"), ("b", "both"), ("plus", "both"), ("n", "neither")]
)
@on_screen
async def test_a_key_decides_and_the_next_undecided_is_there(study, key, outcome):
    with qualcode.open(study, "AK") as project:
        before = rows_of(project)
    async with workbench(study, size=(100, 30)) as desk:
        screen = await at_disagreements(desk)
        first = screen.current
        await desk.press(key)
        await desk.press("b", "plus", "1", "minus", "n", "enter")  # while one writes, keys are letters
        await until(desk, "1 of 6 decided")
        assert decisions(study) == [(outcome, "b+1-n")]
        assert screen.current.key != first.key
        assert "u takes it back" in desk.message
        await desk.press("u")
        await until(desk, "0 of 6 decided")
    with qualcode.open(study, "AK") as project:
        assert {name: rows_of(project)[name] for name in ("segment", "decision", "claim", "round")} == {
            name: before[name] for name in ("segment", "decision", "claim", "round")
        }


@pytest.fixture(scope="module")
def nine_coders(tmp_path_factory):
    """Nine coders, C1 to C9, of whom every second has coded the same words."""
    path = tmp_path_factory.mktemp("nine") / "nine.qualcode"
    with qualcode.new(path, "C1") as project:
        project.codes.add("P1", "Hope")
        add_interview(project, "one", ("INT", "How was it?"), ("Ann", "I hoped so much."))
    for number in range(1, 10):
        with qualcode.open(path, f"C{number}") as project:
            code(project, "one", *([("P1", "I hoped so much.")] if number % 2 else []))
            finish(project, "one")
    return path


@pytest.mark.parametrize("number", range(1, 10))
@on_screen
async def test_of_nine_coders_each_is_followed_by_a_digit(nine_coders, tmp_path, number):
    path = shutil.copy(nine_coders, tmp_path / "nine.qualcode")
    async with workbench(path, coder="C1", size=(100, 30)) as desk:
        await at_disagreements(desk)
        await desk.press(str(number))
        await fill_in(desk, "heard again")
        await until(desk, "decided")
        assert f"Decided: as C{number}" in desk.message
    with qualcode.open(path, "C1") as project:
        assert [each.said.outcome for each in project.decisions.all()] == [f"as C{number}"]
        assert len(project.segments.of(project.documents.get("one"), "consensus")) == number % 2


@on_screen
async def test_a_coder_who_is_not_there_cannot_be_followed(study):
    async with workbench(study) as desk:
        await at_disagreements(desk)
        await desk.press("3")
        assert "there are 2 coders here" in desk.message
    assert decisions(study) == []


@pytest.mark.parametrize(
    ("words", "outcome"),
    [("1 As first", "as AK"), ("2 As second", "as KB"), ("b Both", "both"), ("n Neither", "neither")],
)
@on_screen
async def test_the_same_with_the_mouse(study, words, outcome):
    async with workbench(study) as desk:
        await at_disagreements(desk)
        await click_on(desk, "two ¶")
        await click_key(desk, words)
        await fill_in(desk, "")
        await until(desk, "1 of 6 decided")
        assert decisions(study) == [(outcome, "")]


@on_screen
async def test_a_passage_is_recoded_and_a_claim_turned(study):
    async with workbench(study) as desk:
        screen = await at_disagreements(desk)
        await desk.press("r")
        await desk.type("Other")
        await desk.press("enter")
        await fill_in(desk, "none of the two")
        await until(desk, "1 of 6 decided")
        await desk.press("c", "c")
        assert [each.is_claim for each in screen.listed] == [True]
        await desk.press("r", "m")
        await fill_in(desk, "both are said")
        await until(desk, "P1 → P2 mixed")
        with qualcode.open(study) as project:
            (claim,) = project.claims.find(document="two", coder="consensus")
            assert claim.direction == "mixed"
        assert ("recode", "both are said") in decisions(study)


@on_screen
async def test_escape_decides_nothing(study):
    async with workbench(study) as desk:
        await at_disagreements(desk)
        await desk.press("b", "escape", "r", "escape", "7")
        assert "there are 2 coders here" in desk.message
        assert decisions(study) == []


@on_screen
async def test_deciding_the_last_completes_the_consensus(study):
    async with workbench(study) as desk:
        screen = await at_disagreements(desk)
        for _ in range(6):
            await desk.press("b")
            await fill_in(desk, "")
        await until(desk, "6 of 6 decided")
        assert "is complete" in desk.message
        await desk.press("right_square_bracket")
        assert "undecided" in desk.message
        await desk.press("t", "t")
        assert len(screen.listed) == 6
    with qualcode.open(study) as project:
        assert all(sheet.is_complete for sheet in agenda(project).sheets)
        assert project.check() == []


@on_screen
async def test_next_and_previous_undecided_pass_over_the_decided(study):
    async with workbench(study) as desk:
        screen = await at_disagreements(desk)
        keys = [each.key for each in screen.listed]
        await desk.press("down", "b")
        await fill_in(desk, "")
        await until(desk, "1 of 6 decided")
        await desk.press("home", "right_square_bracket")
        assert screen.current.key == keys[2]
        await desk.press("left_square_bracket")
        assert screen.current.key == keys[0]
        await click_key(desk, "] Next")
        assert screen.current.key == keys[2]


@on_screen
async def test_both_sides_with_doubts_and_memos_stand_beside_the_words(study):
    async with workbench(study) as desk:
        screen = await at_disagreements(desk)
        await desk.press("end")
        assert "Yes, I am sure" in desk.text
        assert "rest, or resignation?" in desk.text
        assert "She says it twice." in desk.text
        assert "KB P2" in desk.text
        await desk.press("tab")
        assert screen.focused is screen.reader
        await desk.press("shift+tab")
        assert screen.focused is screen.rows


@on_screen
async def test_edges_are_folded_until_they_are_asked_for(study):
    async with workbench(study) as desk:
        screen = await at_disagreements(desk)
        assert "1 in edges alone (e)" in desk.text
        await desk.press("e")
        assert len(screen.listed) == 7
        assert any(line.startswith(" ≈ one") for line in desk.lines)
        await desk.press("e", "t")
        assert len(screen.listed) == 6


@on_screen
async def test_narrowing_to_a_code_or_a_document(study):
    async with workbench(study) as desk:
        screen = await at_disagreements(desk)
        await desk.press("f", "d")
        assert {each.document.name for each in screen.listed} == {"one"}
        await desk.press("f", "x", "f", "c")
        await desk.type("Hope")
        await desk.press("enter")
        assert "P1 Hope" in desk.lines[0]
        assert len(screen.listed) == 2


@on_screen
async def test_enter_opens_the_transcript_and_back_comes_back(study):
    async with workbench(study) as desk:
        screen = await at_disagreements(desk)
        await desk.press("down", "enter")
        assert isinstance(desk.app.screen, ReadingScreen)
        assert desk.reader.cursor == screen.current.start
        await desk.press("backspace")
        assert desk.app.screen is screen


@on_screen
async def test_the_rule_goes_into_the_definition_and_earlier_passages_are_listed(study):
    async with workbench(study) as desk:
        await at_disagreements(desk)
        await desk.press("d", "x")
        await desk.type("Not what is only wished for")
        await desk.press("ctrl+s")
        await until(desk, "coded before version 2")
        assert isinstance(desk.app.screen, CodedBeforeScreen)
        assert "one" in desk.text
        await desk.press("escape")
        assert isinstance(desk.app.screen, DisagreementsScreen)
        await desk.press("o")
        assert isinstance(desk.app.screen, CodedBeforeScreen)
        await desk.press("escape", "K")
        await until(desk, "Not what is only wished for")
    with qualcode.open(study) as project:
        assert project.codes.get("P2").definition.exclude == "Not what is only wished for"


@on_screen
async def test_u_goes_back_to_what_it_takes_back(study):
    async with workbench(study) as desk:
        await at_disagreements(desk)
        first = desk.app.screen.current.key
        await desk.press("b")
        await fill_in(desk, "")
        assert desk.app.screen.current.key != first
        await desk.press("u")
        await until(desk, "0 of ")
        assert desk.app.screen.current.key == first


@on_screen
async def test_a_rule_half_written_is_left_with_a_second_escape_only(study):
    async with workbench(study) as desk:
        await at_disagreements(desk)
        await desk.press("d", "x", "n", "o", "t", "escape")
        assert "esc again leaves without it" in desk.text
        await desk.press("escape")
        assert "esc again" not in desk.text
    with qualcode.open(study, "AK") as project:
        assert all(not each.definition.exclude for each in project.codes.all())


@on_screen
async def test_the_minutes_are_written_from_the_screen(study, tmp_path):
    async with workbench(study) as desk:
        await at_disagreements(desk)
        await desk.press("m")
        await until(desk, "nothing was decided")
        await desk.press("b")
        await fill_in(desk, "as she says")
        await desk.press("m")
        await until(desk, "Write the minutes")
        await fill_in(desk, str(tmp_path / "minutes.docx"))
        await until(desk, "Written")
    cells = [
        cell.text for table in Document(tmp_path / "minutes.docx").tables for row in table.rows for cell in row.cells
    ]
    assert "as she says" in cells


@on_screen
async def test_the_minutes_are_written_from_the_numbers_too(study, tmp_path):
    with qualcode.open(study, "AK") as project:
        decide(project, agenda(project).disagreements[0], "both", "as she says")
    async with workbench(study) as desk:
        await at_agreement(desk)
        await desk.press("m")
        await until(desk, "Write the minutes")
        await fill_in(desk, str(tmp_path / "minutes.md"))
        await until(desk, "Written")
    assert "as she says" in (tmp_path / "minutes.md").read_text(encoding="utf-8")


@on_screen
async def test_what_another_decides_meanwhile_is_followed(study):
    async with workbench(study) as desk:
        screen = await at_disagreements(desk)
        with qualcode.open(study, "KB") as other:
            decide(other, agenda(other).disagreements[1], "both", "elsewhere")
        screen.follow()
        await until(desk, "elsewhere")


@on_screen
async def test_every_document_that_nobody_differs_on_is_completed_in_one_step(study):
    with qualcode.open(study, "KB") as other:
        found = other.documents.get("three")
        other.segments.remove(other.segments.of(found, "KB"))
        code(other, "three", ("P1", "I hoped so much"))
        finish(other, "three")
    async with workbench(study) as desk:
        await at_disagreements(desk)
        await desk.press("C")
        assert "complete in three" in desk.message
        await desk.press("C")
        assert "no such document" in desk.message


@on_screen
async def test_every_key_can_be_pressed_on_nothing(coded_file):
    async with workbench(coded_file, size=(80, 24)) as desk:
        await desk.press("J", "d")
        for key in ("1", "b", "n", "r", "C", "right_square_bracket", "left_square_bracket", "tab", "d", "o", "K", "t",
                    "e", "c", "f", "escape", "m", "enter"):  # fmt: skip
            await desk.press(key)
        assert desk.app.is_running


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@on_screen
async def test_hostile_words_are_shown_safely(study, size):
    with qualcode.open(study, "KB") as other:
        document = next(each for each in agenda(other).disagreements if not each.is_claim).document
        own = other.segments.of(document, "KB")[0]
        other.memos.add(HOSTILE, segment=own.id)
        decide(other, agenda(other).disagreements[1], "both", HOSTILE)
        other.segments.change(own, unsure=HOSTILE)
        single_codes.change(other, "P2", name=MARKUP)
        other.documents.rename(document, f"one {MARKUP}")
    async with workbench(study, size=size) as desk:
        await at_disagreements(desk)
        for _ in range(6):
            await desk.press("down")
        await desk.press("home", "e", "f10", "f9")
        assert "\x1b" not in desk.text
        assert "\u202e" not in desk.text
        assert all(cell_len(line) <= size[0] for line in desk.lines)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@on_screen
async def test_both_screens_as_they_are_read(study, size):
    async with workbench(study, size=size) as desk:
        await at_agreement(desk)
        await desk.app.workers.wait_for_complete()
        await desk.settle()
        beside(f"agreement-{size[0]}x{size[1]}.txt", f"{desk.text.rstrip()}\n")
        await desk.press("d")
        await until(desk, "decided")
        beside(f"disagreements-{size[0]}x{size[1]}.txt", f"{desk.text.rstrip()}\n")
        await desk.press("end")
        beside(f"disagreements-memo-{size[0]}x{size[1]}.txt", f"{desk.text.rstrip()}\n")


@on_screen
async def test_rows_know_how_much_is_undecided(study):
    async with workbench(study) as desk:
        screen = await at_agreement(desk)
        await desk.press("s")
        await until(desk, "most undecided first")
        found = [(each.result.code, each.undecided) for each in screen._rows]
        assert found == [("P2", 5), ("P1", 2), ("P", 0), ("X", 0)]


@pytest.mark.parametrize(("place", "owner"), [("agreement", AgreementScreen), ("disagreements", DisagreementsScreen)])
def test_every_action_has_a_method_and_a_key_of_its_own(place, owner):
    used = [key for each in actions_of(place) for key in each.keys.split(",")]
    assert len(used) == len(set(used))
    beyond = {key for other in ("list", "everywhere") for each in actions_of(other) for key in each.keys.split(",")}
    assert set(used) & beyond <= {"escape"}
    for each in actions_of(place):
        assert callable(getattr(owner, f"action_{each.name.partition('(')[0]}"))
