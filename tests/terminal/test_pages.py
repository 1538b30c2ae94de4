"""The pages of the documentation: every command runs, and what is printed there is what it prints."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _module():
    """`docs/pages.py`, which is a script beside the documentation and in no package."""
    spec = importlib.util.spec_from_file_location("pages", ROOT / "docs" / "pages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["pages"] = module
    spec.loader.exec_module(module)
    return module


pages = _module()


@pytest.mark.parametrize("page", pages.PAGES)
def test_every_command_of_a_page_runs_and_prints_what_the_page_says(page, sample_study):
    assert pages.difference(page, sample_study.parent) == ""


def exercises() -> tuple[str, list[str]]:
    """What stands above the exercises of the teaching page, and each of them."""
    text = (ROOT / "sample_transcripts" / "TEACHING.md").read_text(encoding="utf-8")
    above, *each = re.split(r"^(?=## \d+\. )", text, flags=re.MULTILINE)
    return above, each


def test_exercises_that_are_said_to_stand_alone_do(sample_study):
    above, each = exercises()
    numbers = re.findall(r"\d+", re.search(r"Exercises ([^.]*) stand alone", above)[1])
    assert len(numbers) > 3
    for number in numbers:
        with pages.checkout(sample_study.parent) as folder:
            page = above + each[int(number) - 1]
            assert pages.remade(page, folder) == page


def test_numbers_that_an_exercise_expects_are_printed_in_it():
    for exercise in exercises()[1]:
        expected = " ".join(re.findall(r"\*Expect\*(.*?)\*", exercise, flags=re.DOTALL))
        printed = " ".join(line for line in exercise.split("\n") if line.startswith("    "))
        numbers = re.findall(r"(?<![\w+])\d+(?:\+\d+)?(?![\w+])", re.sub(r"[A-Z]+\d+\w*", "", expected))
        assert not [each for each in numbers if not re.search(rf"(?<!\d){re.escape(each)}(?!\d)", printed)], exercise[
            :40
        ]


def test_the_tour_shows_output_of_its_main_commands():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").split("\n")
    shown = {step.command.split()[1] for step in pages.steps(lines) if not step.is_program and step.end > step.start}
    assert {"documents", "show", "table", "import"} <= shown


def test_a_page_that_lies_is_found_out(sample_study):
    page = "Words.\n\n    $ qualcode documents # last 1 line\n    23 documents\n\nMore words.\n"
    with pages.checkout(sample_study.parent) as folder:
        assert pages.remade(page, folder) == page.replace("    23 documents", "    ...\n    22 documents")


def test_output_with_empty_lines_is_replaced_whole(sample_study):
    page = "    $ qualcode check\n    old\n\n    old too\n\nMore words.\n"
    with pages.checkout(sample_study.parent) as folder:
        assert pages.remade(page, folder) == "    $ qualcode check\n    The project is sound.\n\nMore words.\n"


@pytest.mark.parametrize("command", ["show nobody", "check # refused"])
def test_a_command_that_fails_or_should_have_stops_the_page(command, sample_study):
    with pages.checkout(sample_study.parent) as folder, pytest.raises(pages.PageError):
        pages.remade(f"    $ qualcode {command}\n", folder)
