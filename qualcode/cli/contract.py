"""What every command promises to the person and to the program that called it.

- Data go to stdout, notes and errors to stderr: `qualcode segments > hope.txt` holds passages and nothing else.
- Exit codes: 0 done; 1 a check failed, or it is our or the machine's fault; 2 the user's mistake, or an input that
  could not be used; 130 interrupted.
- No character that drives a terminal is ever printed, wherever it comes from: names, quotes, file names, errors.
- JSON is UTF-8 whatever the terminal is, and read back gives the very text that is stored.
- A reader that goes away (`qualcode show A-SU1_wave1 | head`) is no error.
"""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from qualcode.errors import QualcodeError, UserError
from qualcode.visible import visible, visible_line

DONE, FAILED, USERS_MISTAKE, INTERRUPTED = 0, 1, 2, 130


def say(text: str = "") -> None:
    """Print data: to stdout."""
    click.echo(visible(text))


def note(text: str) -> None:
    """Print what a person should know beside the data: one line, to stderr."""
    click.echo(visible_line(text), err=True)


def say_removed(lines: Mapping[int, str], *, as_json: bool) -> None:
    """Tell what was removed: number -> line."""
    if as_json:
        say_json({"removed": list(lines)})
    else:
        say("\n".join(lines.values()))


def say_json(value: Any) -> None:
    """Print data for programs."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=1)
    safe = "".join(each if visible(each) == each else json.dumps(each)[1:-1] for each in text)
    click.echo((safe + "\n").encode(), nl=False)


def program() -> str:
    """How to call qualcode so that it works when typed: by name where that is found, else as it was called."""
    import shlex
    import shutil

    if shutil.which("qualcode"):
        return "qualcode"
    called = sys.argv[0]
    if os.path.basename(called) == "qualcode":  # noqa: PTH119 (no pathlib yet)
        return shlex.quote(called)
    return f"{shlex.quote(sys.executable)} -m qualcode"


def explain(error: QualcodeError) -> int:
    """Print what went wrong, where and what to do, and return the exit code."""
    place = f"{visible_line(error.where)}: " if error.where else ""
    _complain(f"{place}{error.what}", error.remedy)
    return USERS_MISTAKE if isinstance(error, UserError) else FAILED


def _complain(what: str, remedy: str) -> None:
    first, *others = what.split("\n")
    lines = [f"Error: {first}", *others, *(f"  {line}" for line in remedy.split("\n") if line)]
    click.echo("\n".join(map(visible_line, lines)), err=True)


def answer_for(error: BaseException) -> int:
    """Print what ended a command, and return the exit code."""
    if isinstance(error, QualcodeError):
        return explain(error)
    if isinstance(error, click.ClickException):
        _complain(error.format_message(), _usage(error))
        return USERS_MISTAKE
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return _stopped(error)
    if isinstance(error, UnicodeEncodeError):  # an argument in bytes that are no UTF-8 reached the project
        _complain("something you typed is not UTF-8, so it was not written", "Type it anew, or give it in a file.")
        return USERS_MISTAKE
    return _trouble(error)


def _stopped(error: BaseException) -> int:
    if isinstance(error.__context__, EOFError):
        _complain("nobody answered, so nothing was done", "")
        return USERS_MISTAKE
    click.echo("Interrupted. What was done before stands; what was being done was not written.", err=True)
    return INTERRUPTED


def _trouble(error: BaseException) -> int:
    """What is nobody's mistake: the machine's trouble, or ours."""
    database = sys.modules.get("sqlite3")
    if database is not None and isinstance(error, database.Error):
        from qualcode.project.actions import explained

        return explain(explained(error))
    if isinstance(error, OSError):
        _complain(f"{visible_line(str(error.filename or 'the system'))}: {error.strerror or error}", "")
        return FAILED
    _complain(f"qualcode stumbled over itself: {type(error).__name__}: {error}", _whereabouts(error))
    return FAILED


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"Help: {context.command_path} --help" if context else ""


def _whereabouts(error: BaseException) -> str:
    """Where in qualcode it was, for a report of the fault."""
    trace, places = error.__traceback__, []
    while trace is not None:
        code = trace.tb_frame.f_code
        if "qualcode" in code.co_filename:
            places.append(f"{os.path.basename(code.co_filename)}:{trace.tb_lineno}")  # noqa: PTH119 (no pathlib yet)
        trace = trace.tb_next
    return f"This is our fault, not yours. Please report it with this: {' > '.join(places[-4:])}"


_ANYWHERE = {"--project": 1, "--coder": 1, "--json": 0}
"""Options of the commands that may stand before the command too, and how many words follow each."""


class Guiding(click.Group):
    """A group that says what a misspelt command may have been, and takes --project and --coder before the command."""

    usual = "list"
    """The command that is meant where none is named, if there is one of that name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant (click.UsageError otherwise, with the nearest)."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0].casefold(), names, n=3)
            guess = f" Did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{guess}", ctx)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options that are the command's are put behind it."""
        return super().parse_args(ctx, self.behind_the_command(ctx, args))

    def behind_the_command(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--project FILE documents` as `documents --project FILE`; left as it is where no command follows."""
        place = 0
        while place < len(args) and args[place].partition("=")[0] in _ANYWHERE:
            option, equals, _ = args[place].partition("=")
            place += 1 + (0 if equals else _ANYWHERE[option])
        names = self.list_commands(ctx)
        if 0 < place < len(args) and (args[place] in names or self.usual not in names):
            return [args[place], *args[:place], *args[place + 1 :]]
        return args


class Promising(Guiding):
    """The topmost group: whatever happens inside ends as the contract says."""

    def main(self, args: Sequence[str] | None = None, *_more: Any, **extra: Any) -> NoReturn:
        """Run and exit."""
        extra |= {"standalone_mode": False, "prog_name": "qualcode"}
        try:
            code = super().main(args, **extra) or DONE
            if sys.stdout is not None:  # it is None where the caller has closed it
                sys.stdout.flush()
        except BrokenPipeError:
            code = _let_go()
        except Exception as error:  # noqa: BLE001 (this is where all of them end)
            code = answer_for(error)
        except KeyboardInterrupt as error:
            code = answer_for(error)
        _quieten()
        sys.exit(code)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Where there are options of a command and no command, it is said where they go."""
        moved = self.behind_the_command(ctx, args)
        if moved and moved[0].partition("=")[0] in _ANYWHERE:
            raise click.UsageError(f"{args[0]} belongs to a command: qualcode documents {' '.join(args)}", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click itself would end a broken pipe with exit code 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return _let_go()


def _let_go() -> int:
    """Nobody reads any more: be quiet, also when Python flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return DONE


def _quieten() -> None:
    """What could not be printed (a full disk) has been told: Python would tell it again and exit with 120."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _let_go()


def run() -> NoReturn:
    """The program."""
    gc.set_threshold(20_000)  # by itself Python looks for garbage every 700 objects: 400 times in a demo, 0.2 s of it
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows "?" for it
    try:
        from qualcode.cli.commands import commands
    except KeyboardInterrupt as error:
        sys.exit(answer_for(error))
    commands.main()
