"""What many commands share: which project, which coder, --json; reading files of words; `reads` and `writes`."""

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from qualcode.cli.contract import Guiding, note
from qualcode.errors import InputError, NoCoderError, NotFoundError, QualcodeError
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.project import Project

P = ParamSpec("P")

LARGEST_WHOLE = 1_000_000_000
"""Beyond any count of ours; what is larger is a slip, and SQLite and numpy take no number beyond 64 bits."""


def whole(least: int) -> click.IntRange:
    """The type of an option that takes a whole number, of at least so much."""
    return click.IntRange(least, LARGEST_WHOLE)


with_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs (keys: docs/json.md).")


def _as_wide(context: click.Context, _option: click.Parameter, width: int | None) -> None:
    if width is not None:
        from qualcode.report.widths import lines_of

        context.with_resource(lines_of(width))


with_width = click.option(
    "--width",
    type=whole(24),
    expose_value=False,
    callback=_as_wide,
    help="Cells of a printed line; else the terminal's, and into a pipe lines go whole.",
)


def not_empty(_context: click.Context, _parameter: click.Parameter, given: Any) -> Any:
    """Refuse a file's name that is "" (a shell's variable that was never set): it would be taken for the folder."""
    if any(not each.strip() for each in ([given] if isinstance(given, str) else given or ())):
        raise click.BadParameter("an empty name is no file's")
    return given


project_option = click.option(
    "--project",
    "project_file",
    metavar="FILE",
    callback=not_empty,
    help="The project; else QUALCODE_PROJECT or the only one in the folder.",
)
coder_option = click.option(
    "--coder", metavar="NAME", help="Who you are, by short name; else QUALCODE_CODER or the setting."
)


def reads(command: Callable[Concatenate["Project", P], None]) -> Callable[..., None]:
    """A command that looks: it gets the project as its first argument, and the options --project and --coder.

    Nobody is asked for their name; if it is known, a blind round is shown as that coder may see it.
    """
    return _with_project(command, lambda given: coder_known(given) or None)


def writes(command: Callable[Concatenate["Project", P], None]) -> Callable[..., None]:
    """A command that writes: as `reads`, and nobody gets past without a name."""
    return _with_project(command, coder_acting)


def _with_project(
    command: Callable[Concatenate["Project", P], None], coder_for: Callable[[str | None], str | None]
) -> Callable[..., None]:
    @functools.wraps(command)
    def with_project(*arguments: Any, project_file: str | None, coder: str | None, **options: Any) -> None:
        with opened(project_file, lambda: coder_for(coder)) as project:
            command(project, *arguments, **options)

    return project_option(coder_option(with_project))


@contextmanager
def opened(project_file: str | None, coder_for: Callable[[], str | None]) -> Iterator["Project"]:
    """The project meant, open; the coder is only asked for once it is there."""
    import qualcode.project
    from qualcode.cli.passphrases import asked_for

    path = project_path(project_file)
    with qualcode.project.open(path, passphrase=asked_for(path), announce=note) as project:
        project.store.coder_short = coder_for()
        if project.warning:
            note(project.warning)
        yield project


def project_path(given: str | None) -> Path:
    """The project meant: as given, else QUALCODE_PROJECT, else the only one in this folder.

    Raises:
        NotFoundError: there is none here, or more than one; the message lists them.
    """
    chosen = given or os.environ.get("QUALCODE_PROJECT")
    if chosen:
        return Path(chosen)
    files = (path for path in Path().glob("*.qualcode") if path.is_file() and not path.name.startswith("."))
    here = sorted(path for path in files if "-set-aside-" not in path.name)  # a restore put these away
    if len(here) == 1:
        return here[0]
    if here:
        names = ", ".join(visible_line(path.name) for path in here)
        raise NotFoundError(
            f"there are {len(here)} projects in this folder: {names}", remedy=f"Say which: --project {here[0].name}"
        )
    raise NotFoundError(
        "there is no .qualcode file in this folder",
        remedy="Make one: qualcode new study.qualcode --coder AK; or name one: --project FILE",
    )


def coder_known(given: str | None) -> str:
    """The coder's short name as given, from QUALCODE_CODER or from the settings; "" if nobody said."""
    from qualcode import settings

    name = given or os.environ.get("QUALCODE_CODER") or settings.load(note).coder
    return settings.checked_coder(name) if name else ""


def coder_acting(given: str | None) -> str:
    """The coder who writes: known, or asked once where somebody sits at the keyboard, and then remembered.

    Raises:
        NoCoderError: nobody is named and nobody can be asked.
    """
    from qualcode import settings

    known = coder_known(given)
    if known:
        return known
    if not sys.stdin.isatty():
        raise NoCoderError(
            "nobody is named as the coder, and nothing is written without one",
            remedy="Say who you are: --coder AK, or set QUALCODE_CODER=AK.",
        )
    answer = click.prompt(
        "Who is coding? Your short name, for instance AK", err=True, value_proc=settings.checked_coder
    )
    name = str(answer)
    remember_quietly(coder=name)
    note(f"{name} is remembered in {settings.settings_file()}")
    return name


def remember_quietly(**changes: str) -> None:
    """Write settings; where that does not work it is no reason to stop."""
    from qualcode import settings

    try:
        settings.remember(**changes)
    except QualcodeError as error:
        note(f"Not remembered: {error.what}")


def standing_code(project: "Project", short: str) -> str:
    """The short name of the code that stands for the one named, which is said; as given where there is no such code."""
    try:
        code = project.codes.get(short)
    except NotFoundError:
        return short
    standing = project.codes.standing_for(code)
    if standing.id != code.id:
        note(f"{code.short} was merged into {standing.short}: this is {standing.short}.")
    return standing.short


def words_in(name: str) -> str:
    """The text of a file, or of stdin for "-"; UTF-8, lines ending in a newline only.

    Raises:
        InputError: it cannot be read, or is no UTF-8.
    """
    from qualcode.transcripts.reading import load

    where = "standard input" if name == "-" else name
    data: bytes = sys.stdin.buffer.read() if name == "-" else load(Path(name))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("this is not UTF-8", where=f"{where}, line {line}", remedy="Save it as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def pairs(given: Iterable[str], what: str) -> tuple[tuple[str, str], ...]:
    """`A=B` as (A, B), for each.

    Raises:
        click.UsageError: there is no "=", or nothing beside it.
    """
    found = [tuple(part.strip() for part in each.partition("=")[::2]) for each in given]
    for each, (left, right) in zip(given, found, strict=True):
        if not left or not right:
            raise click.UsageError(f"{each!r} should be {what}")
    return tuple((left, right) for left, right in found)


class Documented(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, as they are to be typed."""
        write_examples(formatter, self.examples)


class Nouns(Guiding):
    """A group that lists when it is told nothing else: `qualcode documents` is `qualcode documents list`.

    Args:
        usual: the command that is meant where none is named.
    """

    command_class = Documented

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), usual: str = "list", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.examples = tuple(examples)
        self.usual = usual

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Nothing, or options alone, are the usual command's."""
        args = self.behind_the_command(ctx, args)
        is_bare = not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names)
        if self.usual in self.commands and is_bare:
            args = [self.usual, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they are written, which is the order of the work."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each with its first sentences, whole: click would cut them."""
        with formatter.section("Commands"):
            rows = [(name, (command.help or "").split("\n\n")[0]) for name, command in self.commands.items()]
            formatter.write_dl([(name, " ".join(summary.split())) for name, summary in rows])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, as they are to be typed."""
        write_examples(formatter, self.examples)


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """A section of lines that are not wrapped."""
    if examples:
        with formatter.section("Examples"):
            for line in examples:
                formatter.write(f"  {line}\n")
