"""The screens between codes and findings, as they are to be read, at 80x24 and 120x40; the same with hostile names.

Files and how to write them anew: `test_snapshots`. Dates are masked: they are of the day on which the test runs.
"""

import re
import shutil

import pytest
from rich.cells import cell_len

import qualcode
from qualcode.tui.screens.counting import CountingScreen
from tests.screens.driving import on_screen, workbench
from tests.screens.studies import HOSTILE
from tests.screens.test_hostile import nothing_drives
from tests.screens.test_snapshots import beside
from tests.studies import whole_study


def table(name):
    """The keys that lead from anywhere to a table."""
    return ("T", "slash", *name.replace("-", " ").replace(" ", "-"), "enter", "enter")


SCENES = (
    ("codes", ("f3", "plus", "down")),
    ("codes-form", ("tab", "end")),
    ("codes-axial", ("shift+tab", "<")),
    ("codes-arrows", ("escape", "greater_than_sign")),
    ("merging", ("escape", "m", "M", "2", "b", "enter")),
    ("splitting", ("escape", "s", "a")),
    ("coded-before", ("escape", "o")),
    ("applying", ("escape", "y")),
    ("passages", ("f2", "V")),
    ("passages-by-role", ("b", "r", "down")),
    ("passages-context", ("v", "v")),
    ("passages-filter", ("f",)),
    ("coding-on", ("escape", "R", "down")),
    ("gallery", ("f2", "T", "end")),
    ("matrix", table("change-model")),
    ("matrix-of-sources", ("t",)),
    ("matrix-notes", ("x",)),
    ("hub", ("escape", "h", "L")),
    ("co-occurrence", ("escape", *table("co-occurrence"))),
    ("case-ordered", ("escape", *table("case-ordered"))),
    ("saturation", ("escape", *table("saturation"))),
    ("chart", ("escape", *table("framework"))),
    ("chart-cell", ("right_square_bracket", "enter")),
    ("chart-column", ("escape", "v")),
    ("memo-book", ("f2", "M", "down")),
    ("claims", ("f2", "L", "down")),
    ("claims-filter", ("f",)),
    ("search", ("escape", "f2", "S", *"hoped", "enter")),
    ("history", ("f2", "H")),
    ("moved", ("t", *"sent", "enter", "d")),
    ("ledger", ("f2", "quotation_mark")),
    ("people", ("f2", "P")),
    ("cases", ("tab",)),
    ("waves", ("f2", "home", "enter", "W", "1")),
)
"""Name of a screen, and the keys that lead to it from the one before."""
_DATES = (
    (r"\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d(:\d\d)? UTC", "DATE"),
    (r"\d{1,2} [A-Z][a-z]+ \d{4}", "DAY"),
    (r"\d{4}-\d\d-\d\d", "0000-00-00"),
    (r"\b\d\d:\d\d\b", "00:00"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with whole_study(tmp_path_factory.mktemp("whole")) as project:
        passage, claim = project.segments.find()[0], project.claims.find()[0]
        project.memos.add("She gets up by herself.", segment=passage.id)
        project.memos.add("Said of others, too.", claim=claim.id, private=True)
        project.memos.add("Which hope?", code=project.codes.get("P3").id, kind="theoretical")
        project.segments.change(passage, unsure="or M2?")
        project.codes.stand(project.codes.get("M2a"), ["strategy of P3"])
        return project.path


@pytest.fixture
def study(made, tmp_path):
    return shutil.copy(made, tmp_path / made.name)


async def settle(desk):
    await desk.pilot.pause()
    await desk.app.workers.wait_for_complete(each for each in desk.app.workers if each.group != "dialogue")
    screen = desk.app.screen
    if isinstance(screen, CountingScreen):
        await desk.until(lambda: not screen.is_counting)
    await desk.settle()


def masked(seen):
    """Without what is of this day; blanks at the ends of lines may have been behind it."""
    for pattern, instead in _DATES:
        seen = re.sub(pattern, instead, seen)
    return "\n".join(line.rstrip() for line in seen.rstrip().split("\n")) + "\n"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@on_screen
async def test_every_screen_of_findings(study, size):
    async with workbench(study, size=size) as desk:
        for name, keys in SCENES:
            await desk.press(*keys)
            await settle(desk)
            assert all(cell_len(line) <= size[0] for line in desk.lines)
            beside(f"{name}-{size[0]}x{size[1]}.txt", masked(desk.text))


def spoil(path):
    """Give everything that has a name one that would drive a terminal."""
    with qualcode.open(path, "AK") as project:
        for code in project.codes.all():
            project.codes.change(code, name=f"{code.name} {HOSTILE}")
            project.memos.add(f"{code.short} {HOSTILE}", code=code.id)
        for number, document in enumerate(project.documents.all()):
            project.documents.rename(document, f"{document.name} {number} {HOSTILE}")
        for person in project.people.all():
            project.people.rename(person, f"{person.name} {HOSTILE}")
        for case in project.cases.all():
            project.cases.rename(case, f"{case.name} {HOSTILE}")
        for segment in project.segments.find():
            if segment.coder == project.coders.get("AK").id:
                project.segments.change(segment, unsure=HOSTILE)
        project.summaries.write(HOSTILE, "M2a", person=project.people.all()[0].id, wave="1")


@on_screen
async def test_hostile_names_on_every_screen_of_findings(study):
    spoil(study)
    async with workbench(study, size=(80, 24)) as desk:
        for name, keys in SCENES:
            await desk.press(*keys)
            await settle(desk)
            nothing_drives(desk)
            assert all(cell_len(line) <= 80 for line in desk.lines), name
            assert "Traceback" not in desk.text
