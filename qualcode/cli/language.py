"""`qualcode language`: which pipeline parses a project's texts; and telling how far parsing is."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Nouns, reads, with_json
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.language.parsing import Progress
    from qualcode.language.pipelines import Choice, Pipeline
    from qualcode.project import Project


@click.group(
    "language",
    cls=Nouns,
    usual="show",
    examples=[
        "qualcode language",
        "qualcode language use auto --language fr",
        "qualcode language use none",
        "qualcode language parse",
    ],
)
def language_command() -> None:
    """Say which pipeline finds base forms of words here, and parse the texts with it.

    A pipeline is a model of a language that runs on this computer. Texts are parsed once and kept in your cache, never
    in the project; qualcode forget clears what it erases from there too. The choice is kept in your settings for this
    project's path: another computer may have other pipelines.
    """


@language_command.command("show")
@with_json
@reads
def show_command(project: "Project", as_json: bool) -> None:
    """Show the pipeline that this project is parsed with, and how many texts are parsed.

    What is installed beside it: qualcode doctor.
    """
    from qualcode.work.parse_texts import chosen, pipeline_for

    choice, pipeline = chosen(project), pipeline_for(project)
    _say(project, choice, pipeline, as_json=as_json)


@language_command.command("use")
@click.argument("pipeline", default="auto")
@click.option("--language", default="en", metavar="CODE", help="Of the texts, in two letters: en (usual), fr, de, cy.")
@with_json
@reads
def use_command(project: "Project", pipeline: str, language: str, as_json: bool) -> None:
    """Choose the pipeline for this project.

    PIPELINE is auto (the best that is installed for the language), none (no model: a dictionary), the name of an
    installed one, or the path of a folder that holds one.
    """
    from qualcode.language.pipelines import Choice
    from qualcode.work.parse_texts import choose

    choice = Choice(pipeline, language)
    _say(project, choice, choose(project, choice), as_json=as_json)


@language_command.command("parse")
@with_json
@reads
def parse_command(project: "Project", as_json: bool) -> None:
    """Parse all texts now that are not parsed yet.

    It takes about two seconds for an hour's interview with a small model. It may be interrupted: what is done is kept.
    """
    from qualcode.work.parse_texts import parse_texts, pipeline_for

    pipeline, last = pipeline_for(project), None
    tell = telling()
    for last in parse_texts(project, pipeline):
        tell(last)
    done = last.done if last else 0
    if as_json:
        say_json({"parsed": done, "pipeline": pipeline.told})
    else:
        say(f"{counted(done, 'text')} parsed now, by {pipeline.told}" if done else "All texts are parsed.")


def _say(project: "Project", choice: "Choice", pipeline: "Pipeline", *, as_json: bool) -> None:
    from qualcode.language.parsing import missing
    from qualcode.work.parse_texts import texts_of

    texts = texts_of(project)
    parsed = len(texts) - len(missing(texts, pipeline))
    shape: dict[str, Any] = {
        "chosen": choice.pipeline, "language": choice.language, "pipeline": pipeline.name, "version": pipeline.version,
        "lacking": pipeline.lacking, "texts": len(texts), "parsed": parsed,
    }  # fmt: skip
    if as_json:
        say_json(shape)
        return
    say(visible_line(f"Chosen: {choice.pipeline}, language {choice.language}"))
    say(visible_line(f"Comes to: {pipeline.told}"))
    say(f"Parsed: {parsed} of {counted(len(texts), 'text')}")
    if pipeline.lacking:
        note(pipeline.lacking)


def telling() -> "Callable[[Progress], None]":
    """What says how far the parsing is: that it begins, and on a terminal a count on one line."""
    is_seen = sys.stderr.isatty()

    def tell(progress: "Progress") -> None:
        if not progress.done:
            note(f"Parsing {counted(progress.of, 'text')}, once. Ctrl-C stops, and what is done is kept.")
        elif is_seen:
            end = "\n" if progress.done == progress.of else ""
            click.echo(f"\rparsed {progress.done} of {progress.of}{end}", nl=False, err=True)

    return tell
