"""`qualcode encrypt` and `decrypt`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, not_empty
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.project.encryption import Converted


@click.command("encrypt", cls=Documented, examples=["qualcode encrypt study.qualcode"])
@click.argument("file", callback=not_empty)
def encrypt_command(file: str) -> None:
    """Encrypt a project file, or give an encrypted one another passphrase.

    The file is written anew beside itself, verified, and then put in place: if the machine stops meanwhile, the old
    one stands. No program may have it open. Backups and files that were written before stay as they are; they are
    listed.

    The passphrase is asked for and kept nowhere: without it nobody opens the project, you neither.
    """
    from qualcode.cli.passphrases import asked_for, new_for
    from qualcode.project.encryption import encrypt
    from qualcode.project.file import look_at, unlock

    path = Path(file)
    look_at(path)
    if current := asked_for(path):
        unlock(path, current)
    done = encrypt(path, new_for(path))
    say(visible_line(f"Encrypted {path}"))
    _tell("It is not encrypted in these copies:", map(str, done.in_the_clear))
    _tell("These copies open by an earlier passphrase:", map(str, done.under_another))
    _tell_written(done)
    note("Delete what is no longer needed. Without the passphrase nobody opens the project, you neither.")


@click.command("decrypt", cls=Documented, examples=["qualcode decrypt study.qualcode"])
@click.argument("file", callback=not_empty)
def decrypt_command(file: str) -> None:
    """Take the encryption off a project file: whoever can read the file reads the words from then on.

    It is written anew beside itself, verified, and then put in place, as by qualcode encrypt.
    """
    from qualcode.cli.passphrases import asked_for
    from qualcode.project.encryption import decrypt

    path = Path(file)
    done = decrypt(path, asked_for(path))
    say(visible_line(f"Decrypted {path}"))
    _tell("These copies open by their passphrase still:", map(str, done.under_another))
    note("Backups are not encrypted from now on, either.")


def _tell_written(done: "Converted") -> None:
    _tell("Files that were written from it hold its words in the clear:", done.exports)
    _tell("What was worked out from its texts could not be deleted; delete it:", map(str, done.uncleared))


def _tell(heading: str, paths: Iterable[str]) -> None:
    listed = list(paths)
    for line in [heading, *(f"    {each}" for each in listed)] if listed else ():
        note(line)
