"""What rules propose, on the screen: looked at in context, accepted, rejected, changed, run; one undo each."""

import pytest

import qualcode
from qualcode.project import Project
from qualcode.tui.screens.proposals import ProposalsScreen
from qualcode.work.parse_texts import choose
from qualcode.work.rules import read_rules, run
from tests.builders import a_study, add_interview, rows_of
from tests.linguistic import DICTIONARY
from tests.screens.driving import on_screen, workbench
from tests.screens.places import fill_in, lay, until, worked
from tests.screens.studies import ESCAPES, HOSTILE
from tests.screens.test_hostile import nothing_drives
from tests.screens.test_snapshots import beside

RULES = """
[hope]
code = "P3"
words = "hope"
lemma = true

[living-proof]
code = "M2a"
regex = 'so can I|if she can'
covers = "words"
"""


@pytest.fixture
def rules(tmp_path):
    return str(lay(tmp_path, "rules.toml", RULES))


@pytest.fixture
def study(tmp_path, rules):
    """Four proposals of two rules in two interviews."""
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        said = "She hoped for it. It was late. There is hope now, is there."
        add_interview(project, "B-PW1", ("INT", "And you?"), ("Bea", said))
        choose(project, DICTIONARY)
        run(project, read_rules(rules))
    return path


def told(path) -> list[tuple[str, str, str]]:
    """State, code and words of every proposal."""
    with qualcode.open(path) as project:
        return [
            (each.state, project.codes.get(each.code).short, _words(project, each)) for each in project.proposals.all()
        ]


def _words(project: Project, each) -> str:
    return project.documents.body(project.documents.get(each.document))[each.start : each.end]


def coded(path) -> list[str]:
    with qualcode.open(path) as project:
        return [f"{each.label} {each.words}" for each in project.quotations(project.segments.find())]


@on_screen
async def test_proposals_are_read_in_context_and_decided_on_with_one_undo_each(study):
    async with workbench(study) as desk:
        await desk.press("Y")
        assert "What rules propose   4 proposals" in desk.lines[0]
        assert "by the rule living-proof of rules.toml" in desk.text
        assert desk.styled("if she can")
        await desk.press("y")
        assert desk.message == "Accepted: 1 proposal. u takes it back."
        assert coded(study) == ["M2a if she can"]
        await desk.press("n")
        assert "Rejected: 1 proposal" in desk.message
        assert [each[0] for each in told(study)] == ["accepted", "rejected", "open", "open"]
        assert "2 proposals" in desk.lines[0]
        await desk.press("u", "u")
        assert [each[0] for each in told(study)] == ["open"] * 4
        assert coded(study) == []
        assert "4 proposals" in desk.lines[0]


@on_screen
async def test_what_is_marked_is_decided_on_together(study):
    async with workbench(study) as desk:
        await desk.press("Y", "a", "y")
        assert desk.message == "Accepted: 4 proposals. u takes it back."
        assert len(coded(study)) == 4
        assert "R runs a file of rules" in desk.text
        await desk.press("f", "s", "a")
        assert "✓" in desk.text
        await desk.press("y")
        assert "was accepted already" in desk.message
        await desk.press("u")
        assert coded(study) == []
        await desk.press("f", "x", "space", "space", "w")
        assert "Withdrawn: 2 proposals" in desk.message
        assert len(told(study)) == 2


@on_screen
async def test_edges_and_code_are_changed_before_it_is_accepted(study):
    async with workbench(study) as desk:
        await desk.press("Y", "e", "l", "l", "h")
        assert desk.styled("Well, if she can do it,") or desk.styled("Well, if she can do it")
        await desk.press("escape")
        assert told(study)[0][2] == "if she can"
        await desk.press("e", "s", "enter")
        assert told(study)[0][2] == "Well, if she can do it, so can I, I thought."
        await desk.press("r", "x")
        assert told(study)[0][1] == "X"
        await desk.press("y")
        assert coded(study) == ["X Well, if she can do it, so can I, I thought."]
        await desk.press("u", "u", "u")
        assert told(study)[0] == ("open", "M2a", "if she can")


@on_screen
async def test_the_list_is_narrowed_grouped_and_left_for_the_text(study):
    async with workbench(study) as desk:
        await desk.press("Y", "f", "u", "1")
        assert "2 proposals" in desk.lines[0]
        assert "open · rule hope · by document" in desk.text
        await desk.press("f", "x", "b", "r")
        assert "hope   2" in desk.text
        assert "living-proof   2" in desk.text
        await desk.press("b", "c", "f", "d", "2", "end", "enter")
        assert "B-PW1" in desk.lines[0]
        assert desk.from_cursor(8) == "There is"
        await desk.press("backspace")
        assert isinstance(desk.app.screen, ProposalsScreen)
        await desk.press("K")
        assert "Hope" in desk.text


@on_screen
async def test_rules_are_run_from_the_screen_and_only_what_is_new_comes(tmp_path, rules):
    path = tmp_path / "other.qualcode"
    with a_study(path) as project:
        choose(project, DICTIONARY)
        before = rows_of(project)
    async with workbench(path) as desk:
        await desk.press("Y", "R")
        await fill_in(desk, str(tmp_path / "none.toml"))
        assert "cannot be opened" in desk.message
        await desk.press("R")
        await fill_in(desk, rules)
        await worked(desk)
        await until(desk, "2 proposals")
        assert "2 new proposals. u takes them back." in desk.message
        await desk.press("R", "enter")
        await worked(desk)
        await until(desk, "0 new proposals (2 proposed before)")
        await desk.press("u")
        assert "Nothing is proposed here." in desk.text
    with qualcode.open(path) as project:
        assert rows_of(project) == before


@on_screen
async def test_documents_coded_for_agreement_show_none_and_it_is_said(study):
    with qualcode.open(study, "AK") as project:
        project.coders.assign(project.documents.get("A-SU1"), project.coders.add("JB"), blind=True)
    async with workbench(study) as desk:
        await desk.press("Y")
        assert "2 proposals   none shown in 1 document coded for agreement" in desk.lines[0]
        assert "if she can" not in desk.text


@on_screen
async def test_the_program_is_left_with_edges_still_asked_for(study):
    async with workbench(study) as desk:
        await desk.press("Y", "e", "l")
    assert told(study)[0][2] == "if she can"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@on_screen
async def test_the_screen_as_it_is_to_be_read(study, size):
    async with workbench(study, size=size) as desk:
        for name, *keys in (
            ("proposals", "Y"),
            ("proposals-edges", "e", "l"),
            ("proposals-rules", "escape", "b", "r", "f", "s", "e"),
        ):
            await desk.press(*keys)
            beside(f"{name}-{size[0]}x{size[1]}.txt", f"{desk.text.rstrip()}\n")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@on_screen
async def test_a_hostile_study_is_shown_as_data(tmp_path, rules, size):
    path = tmp_path / "hostile.qualcode"
    with a_study(path) as project:
        choose(project, DICTIONARY)
        add_interview(project, f"C {HOSTILE}", ("INT", HOSTILE), (f"Bea {ESCAPES}", f"There is hope. {HOSTILE} hope"))
        project.codes.change(project.codes.get("P3"), name=f"Hope {HOSTILE}")
        run(project, read_rules(rules))
    async with workbench(path, size=size) as desk:
        await desk.press("Y")
        for keys in (
            ("end",), ("v",), ("v",), ("b", "r"), ("b", "c"), ("b", "d"), ("e", "l"), ("enter",), ("f", "d"), ("2",),
            ("f", "x"), ("K",), ("escape",), ("r",), ("escape",), ("a",), ("y",), ("f", "s", "e"), ("end",), ("R",),
        ):  # fmt: skip
            await desk.press(*keys)
            nothing_drives(desk)
        await fill_in(desk, f"{HOSTILE}.toml")
        nothing_drives(desk)
