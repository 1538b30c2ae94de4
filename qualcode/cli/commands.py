"""The list of commands. Each is loaded when it is used, so that help is there at once."""

import os
from importlib import import_module
from pathlib import Path

import click

from qualcode import __version__
from qualcode.cli.contract import Promising, note, say

COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "Begin": {
        "demo": ("demonstration", "Make a sample study, and print its change model."),
        "new": ("beginning", "Make a project file."),
        "open": ("workbench", "Open the workbench: read and code on the screen."),
        "import": ("importing", "Bring transcripts into the project."),
        "codebook": ("codebooks", "Show, apply, export and compare codebooks; change single codes."),
    },
    "Read": {
        "documents": ("documents", "List the documents; rename, place, finish or remove them."),
        "show": ("showing", "Show a document with line and answer numbers and its codes."),
        "coders": ("coders", "List who codes in this study; add coders."),
        "assign": ("coders", "Ask coders to code documents, blind or not; list who was asked."),
        "rounds": ("rounds", "List the finished rounds: who, when, under which codebook."),
        "speakers": ("speakers", "Show who speaks in a document, and say who they are."),
        "people": ("people", "List people; rename, merge, move or remove them."),
        "cases": ("cases", "List cases and people with their roles; rename and nest cases, set roles."),
        "roles": ("roles", "List roles; add and rename them, and say what their words count as."),
    },
    "Code": {
        "code": ("coding", "Code a passage, or a whole page of pencil work."),
        "load": ("loading", "Take in coding files: segments, claims and memos as YAML."),
        "uncode": ("coding", "Take away your own coded passages."),
        "recode": ("coding", "Change one of your coded passages: code, edges, flags."),
        "claim": ("claims", "Write down that one thing leads to another; list and change what was."),
        "memo": ("memos", "Write memos, list, change and remove them."),
        "summary": ("summaries", "Write what somebody says on a theme: the cells of a framework."),
        "rules": ("rules", "Let rules propose passages; accept or reject what they propose."),
        "names": ("names", "Find names, list them with their pseudonyms, replace them in every document."),
        "revise": ("revising", "Correct words or a speaker; the coding is carried along."),
    },
    "Retrieve and count": {
        "search": ("searching", "Look for words in all documents."),
        "segments": ("retrieving", "Print coded passages with their citations."),
        "quotes": ("quotes", "List the pinned quotes; pin them, shorten them for print."),
        "table": ("tables", "Print a table, open its numbers, or write it to files."),
        "agreement": ("agreements", "How far coders agree, where they differ, and a report of it."),
        "figure": ("figures", "Draw a figure to files, or print its caption and numbers."),
    },
    "Print": {
        "transcript": ("transcripts", "Write a transcript with its coding, or a blank one."),
        "pack": ("packs", "Write tables and figures into one file."),
    },
    "Keep": {
        "history": ("history", "Show what was done, by whom and when."),
        "undo": ("history", "Take back the last thing you did."),
        "redo": ("history", "Do again what you took back."),
        "tag": ("milestones", "Name a point in the history; which numbers moved since, and why."),
        "check": ("care", "Look whether the project file is sound."),
        "backup": ("care", "Make a whole, checked copy of the project."),
        "restore": ("care", "Bring a backup back."),
        "encrypt": ("encrypting", "Encrypt the project file, or give it another passphrase."),
        "decrypt": ("encrypting", "Take the encryption off a project file."),
        "forget": ("forgetting", "Erase a document or a person for good."),
        "language": ("language", "Say which pipeline finds base forms of words; parse the texts."),
        "doctor": ("doctor", "Look at this installation: pipelines, versions, the cache; what is missing."),
        "seal": ("sealing", "Take the real names out for good, into an encrypted file."),
    },
}
"""Section -> command -> (module, what it does). A command's function is `NAME_command` in its module."""

_ALL = {name: home for section in COMMANDS.values() for name, home in section.items()}


class Commands(Promising):
    """The commands by section, each loaded when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in the order of the help."""
        return list(_ALL)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in _ALL:
            return None
        module = import_module(f"qualcode.cli.{_ALL[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under their sections, without loading any."""
        width = max(map(len, _ALL))
        for section, commands in COMMANDS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(width), home[1]) for name, home in commands.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How to begin."""
        with formatter.section("A first hour"):
            for line in _FIRST_HOUR:
                formatter.write(f"  {line}\n")


_FIRST_HOUR = (
    "qualcode new study.qualcode --coder AK",
    "qualcode import interviews/*.docx --attributes people.xlsx",
    "qualcode codebook apply peer_worker_change_model",
    "qualcode show A-SU1_wave1",
    "qualcode code A-SU1_wave1 34-36 M2a P3",
    "qualcode segments --code M2 --context",
)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="qualcode %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """Code interviews, keep the trail, print the table.

    Transcripts go in, coded segments live in one project file, and every number can be opened to the words it
    rests on. Nothing leaves this computer.

    Commands find the project by --project FILE, else QUALCODE_PROJECT, else the only .qualcode file in this folder.
    What you write carries your short name: --coder AK, else QUALCODE_CODER, else the setting. Each command has its
    own help with examples: qualcode code --help

    Alone at a terminal, qualcode opens the workbench with the last project.
    """
    if context.invoked_subcommand is None:
        _begin(context)


def _begin(context: click.Context) -> None:
    """At a terminal: the workbench; else help."""
    from qualcode.cli.workbench import is_at_terminal, open_workbench

    if is_at_terminal():
        chosen = os.environ.get("QUALCODE_PROJECT")
        open_workbench(Path(chosen) if chosen else None, None)
    else:
        say(context.get_help())
        _tell_project()


def _tell_project() -> None:
    """Which project this folder's commands would use."""
    from qualcode.cli.options import project_path
    from qualcode.errors import QualcodeError

    try:
        note(f"The project here: {project_path(None)}")
    except QualcodeError as error:
        note(f"No project is chosen here: {error.what}.")
