"""Every number on a screen is the one that the command line prints with --json for the same filter."""

import json
import shutil
from collections import Counter

import pytest
from click.testing import CliRunner

import qualcode
from qualcode.analysis.hubs import hub
from qualcode.cli.commands import commands
from qualcode.offers import TABLES
from qualcode.project.retrieval import Filter
from qualcode.report.json_file import content
from qualcode.tui.actions import actions_of
from qualcode.tui.messages import OpenHub, OpenTable
from tests.screens.driving import on_screen, workbench
from tests.studies import whole_study


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with whole_study(tmp_path_factory.mktemp("whole")) as project:
        passage, claim = project.segments.find()[0], project.claims.find()[0]
        project.memos.add("On a passage.", segment=passage.id)
        project.memos.add("On a claim.", claim=claim.id)
        project.memos.add("On a document.", document=claim.document)
        project.memos.add("On a code.", code=passage.code)
        project.segments.change(passage, unsure="why?")
        return project.path


@pytest.fixture
def study(made, tmp_path):
    return shutil.copy(made, tmp_path / made.name)


def told(path, *words):
    """What the command line prints for programs."""
    result = CliRunner().invoke(commands, [*words, "--project", str(path), "--coder", "AK", "--json"])
    assert result.exit_code == 0, (words, result.output)
    return json.loads(result.stdout)


async def settle(desk):
    await desk.pilot.pause()
    await desk.app.workers.wait_for_complete()
    await desk.pilot.pause()


def shown(desk):
    """Ids of what the list shows, in its order."""
    screen = desk.app.screen
    return [screen.key(screen.listing.items[row]) for row in screen.listing.rows if isinstance(row, int)]


def headings(desk):
    """What the list's headings count: name -> how many."""
    rows = [row for row in desk.app.screen.listing.rows if isinstance(row, str)]
    return {name.strip(): int(count) for name, _, count in (row.rpartition("   ") for row in rows)}


# -- tables

FLAGS = {
    "unit": ("--unit", "sources"),
    "own": ("--standing", "lived"),
    "role": ("--role",),
    "wave": ("--wave",),
    "layer": ("--layer",),
    "levels": ("--levels", "1"),
    "within": ("--within", "document"),
    "evidence": ("--evidence", "said-together"),
    "tense": ("--tense", "happened"),
    "case": ("--case",),
    "split": ("--split", "role"),
    "by": ("--by",),
    "show": ("--show", "count"),
}
"""Option of a table's keys -> how the command line says its second value; without one: the project's first."""
TURNED = (
    *(("unit", "role"), ("own", "layer"), ("wave", "levels"), ("evidence",)),
    *(("within", "tense"), ("case", "split"), ("by",), ("show",)),
)
"""Options turned together."""
_KEYS = {"=": "equals_sign", " ": "space"}
KEYS = {action.name.split("'")[1]: action.keys for action in actions_of("table") if action.name.startswith("turn")}


def flags(path, names, table):
    """The words of the command line for options of a table turned once."""
    with qualcode.open(path) as project:
        first = {
            "role": project.roles.all()[0].short,
            "wave": next(wave.name for wave in project.waves.all() if wave.name != "-"),
            "layer": project.coders.all()[0].short,
            "case": project.cases.all()[0].name,
            "by": {"case-ordered": "person", "framework-by-wave": "case"}.get(table, "role"),
        }
    return [word for name in names for word in (*FLAGS[name], *([first[name]] if name in first else []))]


@pytest.mark.parametrize("name", [each for each in TABLES if each not in ("framework", "agreement")])
@on_screen
async def test_a_table_is_the_command_lines_with_whatever_options(name, study):
    async with workbench(study) as desk:
        await desk.press("T")
        desk.app.screen.post_message(OpenTable(name))
        await settle(desk)
        screen = desk.app.screen
        grid = screen.query_one("#grid")
        assert json.loads(content(grid.table)) == told(study, "table", name)
        for names in TURNED:
            taken = [each for each in names if screen._choices.takes(each)]
            if taken:
                said = ""
                for key in ("0", *(KEYS[each] for each in taken)):
                    await desk.press(key)
                    await settle(desk)
                    said += desk.message
                words = (*flags(study, taken, name), "--project", str(study), "--json")
                result = CliRunner().invoke(commands, ["table", name, *words])
                if result.exit_code:
                    refused = result.output.removeprefix("Error: ").split("\n")[0]
                    assert refused in said
                else:
                    assert json.loads(content(grid.table)) == json.loads(result.stdout), taken


@pytest.mark.parametrize("name", ["change-model", "themes", "case-ordered", "co-occurrence", "arrows"])
@on_screen
async def test_what_is_typed_filters_as_the_command_line_does(name, study):
    async with workbench(study) as desk:
        await desk.press("T")
        desk.app.screen.post_message(OpenTable(name))
        await settle(desk)
        choices = desk.app.screen._choices
        words = []
        for option, typed, asked in (
            ("attributes", "age=30s", ("--attribute", "age=30s")),
            ("codes", "M2 P3 D1", ("--code", "M2", "--code", "P3", "--code", "D1")),
            ("sort", "M2", ("--sort", "M2")),
        ):
            if choices.takes(option):
                words += asked
                asks = next(each.keys for each in actions_of("table") if each.name == f"say('{option}')")
                await desk.press(asks.split(",")[0])
                await desk.press(*(_KEYS.get(letter, letter) for letter in typed))
                await desk.press("enter")
                await settle(desk)
        assert json.loads(content(desk.app.screen.query_one("#grid").table)) == told(study, "table", name, *words)


@on_screen
async def test_the_numbers_drawn_are_the_tables(study):
    async with workbench(study, size=(200, 60)) as desk:
        for name in ("themes", "tree", "change-model", "role-ordered", "saturation"):
            await desk.press("T")
            desk.app.screen.post_message(OpenTable(name))
            await settle(desk)
            table = told(study, "table", name)
            counts = {(each["row"], each["column"]): each["value"] for each in table["cells"]}
            column = next(each["key"] for each in table["columns"] if each["unit"])
            for row in table["rows"][:4]:
                line = next(line for line in desk.lines if row["text"][:12] in line and "→ leads" not in line)
                value = counts[row["key"], column]
                assert str(value or "·") in line.replace("−", " ").replace("○", " ").split(), (name, line)
            await desk.press("escape", "escape")


@on_screen
async def test_the_chart_has_the_summaries_of_the_framework(study):
    async with workbench(study) as desk:
        await desk.press("T")
        desk.app.screen.post_message(OpenTable("framework"))
        await settle(desk)
        asked = {(each["row"], each["column"]): each["value"] for each in told(study, "table", "framework")["cells"]}
        table = desk.app.screen.query_one("#grid").table
        shared = [(row.key, column.key) for row in table.rows for column in table.columns
                  if (row.key, column.key) in asked]  # fmt: skip
        assert shared
        assert {key: table.value(*key) for key in shared} == {key: asked[key] for key in shared}


@on_screen
async def test_the_hub_has_the_numbers_of_the_matrix(study):
    async with workbench(study) as desk:
        await desk.press("T")
        for code in ("P3", "M2"):
            desk.app.screen.post_message(OpenHub(code, {}))
            await settle(desk)
            asked = {
                (each["row"], each["column"]): each["value"] for each in told(study, "table", "change-model")["cells"]
            }
            spokes = [*desk.app.screen._hub.into, *desk.app.screen._hub.out_of]
            assert spokes
            for each in spokes:
                assert each.number == (asked[each.row, each.column] or 0)
                assert any(each.other in line and str(each.number) in line for line in desk.lines)
        assert hub(desk.app.study.project, "M2").code == "M2"


# -- codebook and documents


def of_code(path, *, coder=None):
    """Short name -> passages of the code alone, and with all below it, as `segments` lists them."""
    listed = told(path, "segments", *(("--coded-by", coder) if coder else ()))
    codes = {each["code"]: each for each in told(path, "codebook", "show", "--retired")["codes"]}

    def standing(short):
        while codes[short]["merged_into"]:
            short = codes[short]["merged_into"]
        return short

    alone = Counter(standing(each["code"]) for each in listed)
    return {
        short: (alone[short], len(told(path, "segments", "--code", short, *(("--coded-by", coder) if coder else ()))))
        for short, code in codes.items()
        if not code["merged_into"] and code["status"] == "live"
    }


@on_screen
async def test_the_codebook_counts_what_segments_lists(study):
    async with workbench(study, size=(120, 60)) as desk:
        await desk.press("f3", "plus")
        for whose in ("AK", None):
            outline = desk.app.screen._outline
            asked = of_code(study, coder=whose)
            assert {node.code.short: (node.here, node.below) for node in outline.nodes} == asked
            for node in outline.nodes[:12]:
                both = str(node.here or "·") if node.here == node.below else f"{node.here or '·'}/{node.below}"
                line = next(line for line in desk.lines if f"{node.code.short} {node.code.name}"[:16] in line)
                assert both in line.split("▏")[0].split()
            await desk.press("A")


@on_screen
async def test_the_list_of_documents_counts_what_the_commands_list(study):
    async with workbench(study) as desk:
        await desk.press("D")
        await settle(desk)
        segments, claims = told(study, "segments", "--coded-by", "AK"), told(study, "claim", "list", "--coded-by", "AK")
        finished = {(each["document"], each["coder"]): each["round"] for each in told(study, "rounds")}
        documents = told(study, "documents")
        rows = {row.document.name: row.progress for row in desk.app.screen._all}
        assert sorted(rows) == sorted(each["name"] for each in documents)
        for each in documents:
            name, progress = each["name"], rows[each["name"]]
            assert progress.passages == each["segments"].get("AK", 0)
            assert progress.unsure == sum(
                one["unsure"] is not None for one in (*segments, *claims) if one["document"] == name
            )
            assert progress.claims == sum(one["document"] == name for one in claims)
            assert progress.memos == len(told(study, "memo", "list", "--document", name))
            assert progress.finished == finished.get((name, "AK"), 0)
            line = next(line for line in desk.lines if line.strip().startswith(f"{name} "))
            assert str(progress.passages or "·") in line.split()


# -- lists


@on_screen
async def test_passages_are_those_listed_and_headings_count_them(study):
    async with workbench(study) as desk:
        await desk.press("V")
        assert sorted(shown(desk)) == sorted(each["id"] for each in told(study, "segments"))
        await desk.press("b", "r")
        with qualcode.open(study) as project:
            roles = [role.short for role in project.roles.all()]
        counted = {role: len(told(study, "segments", "--role", role)) for role in roles}
        alone = {name: count for name, count in headings(desk).items() if name in roles}
        together = {name: count for name, count in headings(desk).items() if "+" in name}
        for role, count in counted.items():
            assert count == alone.get(role, 0) + sum(n for name, n in together.items() if role in name.split(" + "))
        await desk.press("f", "u")
        assert sorted(shown(desk)) == sorted(each["id"] for each in told(study, "segments", "--unsure"))
        await desk.press("f", "u", "f", "l")
        counting = told(study, "segments", "--counting")
        assert "coding that counts" in desk.text
        assert sorted(shown(desk)) == sorted(each["id"] for each in counting)
        places = Counter((each["document"], each["coder"]) for each in counting)
        assert len(places) == len({document for document, _ in places})  # one coder a document
        assert 0 < len(counting) < len(told(study, "segments"))


@on_screen
async def test_claims_are_those_listed(study):
    async with workbench(study) as desk:
        await desk.press("L")
        claims = told(study, "claim", "list")
        assert sorted(shown(desk)) == sorted(each["id"] for each in claims)
        assert f"{len(claims)} claim" in desk.text
        await desk.press("f", "i", "1")
        assert sorted(shown(desk)) == sorted(
            each["id"] for each in told(study, "claim", "list", "--direction", "raises")
        )
        await desk.press("f", "l")
        asked = told(study, "claim", "list", "--direction", "raises", "--counting")
        assert sorted(shown(desk)) == sorted(each["id"] for each in asked)
        assert len(asked) < len(claims)


@on_screen
async def test_the_ledger_has_the_quotes_of_the_table_each_place_once(study):
    with qualcode.open(study, "AK") as project:
        layer = project.coders.layer()
        for each in project.segments.find(Filter(coders=("AK",)))[:40]:
            project.segments.change(each, exemplar=True)
    with qualcode.open(study, "KB") as project:
        for each in project.segments.find(Filter(coders=("KB",)))[:9]:
            project.segments.change(each, exemplar=True)
        pinned = {each.id: each for each in project.segments.find() if each.exemplar}
        others = sum(each.coder != layer[each.document] for each in pinned.values())
    async with workbench(study) as desk:
        await desk.press("quotation_mark")
        table = told(study, "table", "quotes")
        quotes = [pinned[each["evidence"]["ids"][0]] for each in table["cells"] if each["column"] == "citation"
                  and each["value"]]  # fmt: skip
        places = {(each.document, each.start, each.end) for each in quotes}
        assert len(shown(desk)) == len(places) == sum(headings(desk).values()) > 1
        assert f"{len(quotes)} quotes of the layer" in desk.lines[1]
        assert others
        assert any(note.startswith(f"{others} quote") for note in table["notes"])
        assert f"{others} by other coders left out" in desk.lines[1]


@on_screen
async def test_memos_and_history_are_those_listed(study):
    async with workbench(study) as desk:
        await desk.press("M")
        await settle(desk)
        assert sorted(shown(desk)) == sorted(each["id"] for each in told(study, "memo", "list"))
        await desk.press("escape", "H")
        await settle(desk)
        assert shown(desk) == [each["id"] for each in told(study, "history", "--limit", "0")]


@on_screen
async def test_places_found_are_those_the_command_finds(study):
    async with workbench(study) as desk:
        await desk.press("S")
        await desk.type("we")
        await desk.press("enter")
        await settle(desk)
        found = told(study, "search", "we")["hits"]
        items = desk.app.screen.listing.items
        documents = {each["id"]: each["name"] for each in told(study, "documents")}
        asked = sorted((each["document"], each["start"], each["end"]) for each in found)
        assert sorted((documents[each.document], each.start, each.end) for each in items) == asked != []
        assert f"{len(found)} place" in desk.text
