"""Passphrases: asked for at the keyboard, never taken from the command line or the environment, kept nowhere."""

import click


def new_passphrase() -> str:
    """A passphrase for something that is encrypted now, typed twice."""
    return _asked("A passphrase for the key (four or five words)", twice=True)


def asked_passphrase() -> str:
    """The passphrase of something that is there."""
    return _asked("The key's passphrase", twice=False)


def _asked(question: str, *, twice: bool) -> str:
    return str(click.prompt(question, hide_input=True, confirmation_prompt=twice, err=True))
