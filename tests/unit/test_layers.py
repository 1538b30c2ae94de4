"""The house's floors: a room imports only from rooms above it, and what is heavy stays out until it is needed."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "qualcode"

ROOMS = (
    "errors", "model", "visible", "folding", "untrusted", "plain_yaml", "shipped", "installing", "settings", "cache",
    "sentences", "spans", "lines", "edited_quotes", "sweep", "table", "figure", "paper", "offers", "coded_transcript",
    "codebook", "transcripts", "project", "language", "work", "analysis", "agreement", "exchange", "report", "tui",
    "cli",
)  # fmt: skip
"""As in the design: each may import those before it."""


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or not path.stem.startswith("__"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> set[str]:
    """Full names of all that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_room_is_known():
    assert {room_of(path) for path in modules()} <= set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_above_it(path):
    own = ROOMS.index(room_of(path))
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("qualcode.")} & set(ROOMS)
    assert {name for name in rooms if ROOMS.index(name) > own} == set()


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("textual", {"tui"}),
        ("spacy", {"language"}),
        ("simplemma", {"language"}),
        ("sqlite3", {"project", "exchange"}),
        ("sqlcipher3", {"project"}),
        ("sqlite_utils", {"project"}),
        ("click", {"cli"}),
        ("matplotlib", {"report"}),
        ("numpy", {"sweep", "project", "analysis", "agreement", "language"}),
        ("pandas", {"table", "figure", "analysis", "agreement", "report"}),
    ],
)
def test_a_library_is_used_only_in_its_rooms(library, rooms):
    users = {room_of(path) for path in modules() if any(name.split(".")[0] == library for name in imported(path))}
    assert users <= rooms


def loaded_after(statement: str) -> set[str]:
    """Top-level modules loaded by a fresh Python after a statement."""
    code = f"{statement}\nimport sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_qualcode_loads_nothing_heavy():
    heavy = {"click", "textual", "pandas", "numpy", "spacy", "simplemma", "matplotlib", "docx", "sqlite_utils"}
    heavy |= {"lxml", "yaml", "sqlcipher3"}
    assert loaded_after("import qualcode") & heavy == set()


def test_making_a_project_loads_no_pandas_and_opening_it_no_sqlite_utils_either(tmp_path):
    path = str(tmp_path / "a.qualcode")
    assert "pandas" not in loaded_after(f"import qualcode\nqualcode.new({path!r}, 'AK').close()")
    loaded = loaded_after(f"import qualcode\nwith qualcode.open({path!r}) as study: study.segments.find()")
    assert loaded & {"pandas", "numpy", "sqlite_utils", "sqlcipher3"} == set()


def test_nothing_but_parsing_loads_spacy_or_the_dictionary(tmp_path, monkeypatch):
    """Help, the whole of the language room, and a search for base forms in texts that are parsed."""
    from qualcode.language.pipelines import Choice
    from qualcode.work.parse_texts import choose, parse_texts
    from tests.builders import a_study

    assert (
        loaded_after("import qualcode.cli.commands, qualcode.cli.language, qualcode.cli.doctor") & LINGUISTIC == set()
    )
    rooms = "import qualcode.language.parsing, qualcode.language.pipelines, qualcode.language.lemma_index"
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "settings"))
    assert loaded_after(rooms) & LINGUISTIC == set()
    rules = "import qualcode.cli.rules, qualcode.work.rules, qualcode.language.rule_files, qualcode.project.proposals"
    assert loaded_after(rules) & LINGUISTIC == set()
    with a_study(tmp_path / "a.qualcode") as study:
        list(parse_texts(study, choose(study, Choice("none"))))
    code = f"""
import qualcode
from qualcode.work.search import Search, search
with qualcode.open({str(tmp_path / "a.qualcode")!r}) as study:
    assert search(study, Search("slept went", "any", lemma=True)).hits
from qualcode.language.rule_files import loads
from qualcode.work.rules import run
with qualcode.open({str(tmp_path / "a.qualcode")!r}, "AK") as study:
    assert run(study, loads("[r]\\ncode = 'P3'\\nwords = 'go'\\nlemma = true", "r.toml")).new
"""
    assert loaded_after(code) & {*LINGUISTIC, "numpy"} == set()


LINGUISTIC = {"spacy", "thinc", "simplemma"}
