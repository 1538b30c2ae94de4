"""Passphrases: asked for at the keyboard, never taken from the command line or the environment, kept nowhere."""

from pathlib import Path

import click

from qualcode.visible import visible_line


def new_passphrase() -> str:
    """A passphrase for something that is encrypted now, typed twice."""
    return _asked("A passphrase for the key (four or five words)", twice=True)


def asked_passphrase() -> str:
    """The passphrase of something that is there."""
    return _asked("The key's passphrase", twice=False)


def new_for(path: Path) -> str:
    """A passphrase for a project that is encrypted now, typed twice.

    Raises:
        MissingExtraError: what encrypts is not installed.
    """
    from qualcode.project.engine import must_be_installed

    must_be_installed()
    return _asked(f"A passphrase for {visible_line(path.name)} (four or five words)", twice=True)


def asked_for(path: Path) -> str | None:
    """The passphrase of a project; None if it needs none, or it was given before."""
    from qualcode.project.keys import is_locked

    return _asked(f"The passphrase of {visible_line(path.name)}", twice=False) if is_locked(path) else None


def _asked(question: str, *, twice: bool) -> str:
    return str(click.prompt(question, hide_input=True, confirmation_prompt=twice, err=True))
