"""What is remarked on a passage or a claim: the options that say it, and those that change it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

import click

from qualcode.model import Standing, Tense, Whose

Command = TypeVar("Command", bound=Callable[..., Any])

_WORDS = (
    ("whose", get_args(Whose), "Whose change it is."),
    ("standing", get_args(Standing), "How the speaker knows it."),
    ("tense", get_args(Tense), "It happened, or is hoped for."),
)
_DEFAULT = "default"  # of the speaker's role

_unsure = click.option("--unsure", metavar="WORDS", help="You are unsure; say why in a few words.")


def with_colouring(command: Command) -> Command:
    """The options --unsure, --whose, --standing, --tense."""
    for name, words, shows in reversed(_WORDS):
        command = click.option(f"--{name}", type=click.Choice(words), help=shows)(command)
    return _unsure(command)


def with_changes(command: Command) -> Command:
    """The same options where they change what was said: --sure takes back --unsure, "default" the others."""
    for name, words, shows in reversed(_WORDS):
        shown = f'{shows} "{_DEFAULT}": as the speaker\'s role has it.'
        command = click.option(f"--{name}", type=click.Choice((*words, _DEFAULT)), help=shown)(command)
    return _unsure(click.option("--sure", is_flag=True, help="You are unsure no longer.")(command))


def changed(said: Mapping[str, Any], present: Any) -> dict[str, Any]:
    """What shall be otherwise than it is at present, of what was said with the options of `with_changes`.

    Raises:
        click.UsageError: it is unsure and sure, or nothing was said.
    """
    said = dict(said)
    is_sure = said.pop("sure")
    if is_sure and said["unsure"] is not None:
        raise click.UsageError("it cannot be both: --unsure WORDS or --sure")
    wanted = {name: None if value == _DEFAULT else value for name, value in said.items() if value is not None}
    if is_sure:
        wanted["unsure"] = None
    return {name: value for name, value in wanted.items() if getattr(present, name) != value}


def is_silent(said: Mapping[str, Any]) -> bool:
    """Whether none of the options of `with_changes` was given."""
    return all(value is None or (value is False and name == "sure") for name, value in said.items())
