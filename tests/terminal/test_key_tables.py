"""The keys in the guide are those of the program, and every picture it shows is there."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _script():
    """`docs/key_tables.py`, which is a script beside the documentation and in no package."""
    spec = importlib.util.spec_from_file_location("key_tables", ROOT / "docs" / "key_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_actions():
    script = _script()
    page = script.PAGE.read_text(encoding="utf-8")
    assert script.places(page) >= {"coding", "reader", "everywhere"}
    assert script.remade(page) == page, "run: python docs/key_tables.py"
    assert script.remade(page.replace("<kbd>z</kbd>", "<kbd>y</kbd>", 1)) == page


def test_every_picture_is_there():
    page = (ROOT / "docs" / "workbench.md").read_text(encoding="utf-8")
    pictures = re.findall(r"\((pictures/[\w-]+\.svg)\)", page)
    assert len(pictures) > 10
    assert [each for each in pictures if not (ROOT / "docs" / each).exists()] == []
