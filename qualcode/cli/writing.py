"""Files written by `--out`: nothing that qualcode did not write itself is written over unasked."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.options import not_empty

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.report.scanning import Scan

Command = Callable[..., Any]


_IDENTIFIABLE, _KEY, _NAMES, _TOLD = "qualcode.identifiable", "qualcode.key", "qualcode.names", "qualcode.told"


def out_option(formats: str, *, required: bool = False) -> Callable[[Command], Command]:
    """Gives a command `--out PATH` (paths), `--force` (is_forced) and the options of `scanned`."""
    out = click.option(
        "--out", "paths", metavar="PATH", multiple=True, required=required, callback=not_empty, help=formats
    )
    force = click.option("--force", "is_forced", is_flag=True, help="Write over files that this project did not write.")
    return lambda command: out(force(scanned(command)))


def scanned(command: Command) -> Command:
    """Gives a command that writes files `--identifiable` and `--names-key FILE`, which `scan` reads."""
    identifiable = click.option(
        "--identifiable",
        is_flag=True,
        expose_value=False,
        callback=_keep(_IDENTIFIABLE),
        help="Write it although real names on the list stand in it.",
    )
    key = click.option(
        "--names-key",
        metavar="FILE",
        expose_value=False,
        callback=_keep(_KEY),
        help="Look for the names in this key, too; its passphrase is asked for.",
    )
    return identifiable(key(command))


def _keep(where: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def kept(context: click.Context, _option: click.Parameter, given: Any) -> None:
        context.meta[where] = given

    return kept


def scan() -> "Scan":
    """How this command's files are looked at before they are written; a key is opened once."""
    from qualcode.report.scanning import Scan

    told = click.get_current_context().meta
    if told.get(_KEY) and _NAMES not in told:
        from qualcode.cli.passphrases import asked_passphrase
        from qualcode.work.name_key import open_key

        told[_NAMES] = open_key(Path(told[_KEY]), asked_passphrase()).listed()
    is_told, told[_TOLD] = _TOLD in told, True
    return Scan(told.get(_NAMES), bool(told.get(_IDENTIFIABLE)), is_told)


def write_out(
    project: "Project", made: object, path: str | Path, write: Callable[[], object], *, documents: Iterable[int] = ()
) -> None:
    """As `report.exporting` does, looked at as this command's options say."""
    from qualcode.report import exporting

    exporting.write_out(project, made, Path(path), write, documents=documents, scan=scan())


def keep_originals(project: "Project", paths: Iterable[str | Path], is_forced: bool) -> None:
    """As `report.exporting` does, which is loaded only when something is written."""
    from qualcode.report import exporting

    exporting.keep_originals(project, paths, is_forced)
