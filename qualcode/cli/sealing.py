"""`qualcode seal`."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, coder_acting, coder_option, not_empty, opened, project_option, with_json
from qualcode.cli.passphrases import asked_passphrase, new_passphrase
from qualcode.errors import RefusedError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project.sealing import Sealed
    from qualcode.work.seal import SealDone


@click.command(
    "seal",
    cls=Documented,
    examples=[
        "qualcode seal --key /media/usb/study-names.age --dry-run",
        "qualcode seal --key /media/usb/study-names.age",
        "qualcode seal --open study-names.age --to before.qualcode",
    ],
)
@click.option("--key", "file", metavar="FILE", callback=not_empty, help="The encrypted file that all goes into.")
@click.option("--open", "key_file", metavar="FILE", callback=not_empty, help="A sealed project's key, to be opened.")
@click.option("--to", metavar="FILE", callback=not_empty, help="Write the project there as it stood before.")
@click.option("--dry-run", is_flag=True, help="Show what would go, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--force", "is_forced", is_flag=True, help="Also into the project's own folder.")
@with_json
@project_option
@coder_option
def seal_command(
    file: str | None,
    key_file: str | None,
    to: str | None,
    project_file: str | None,
    coder: str | None,
    *,
    dry_run: bool,
    yes: bool,
    is_forced: bool,
    as_json: bool,
) -> None:
    """Take the real names out of the project for good, into an encrypted file. Only the file brings them back.

    First put the names on the list and replace them (qualcode names). What goes then: the files that documents were
    read from, all earlier versions of the texts, the name list, and their trail. In memos, summaries, definitions,
    attributes, and in what people and documents are called, the pseudonym takes the name's place. Nothing done before
    can be undone. The key holds the project as it stood; without its passphrase nobody opens it.

    Names that are not on the list stay wherever they stand, and so do stories that tell who somebody is.
    """
    if key_file is not None:
        _open(key_file, to)
        return
    if file is None:
        raise click.UsageError("say where the key goes: --key FILE")
    from qualcode.work import name_key, seal

    with opened(project_file, lambda: coder_acting(coder)) as project:
        name_key.must_be_apart(project, Path(file), anywhere=is_forced)
        foreseen = seal.foresee(project)
        if dry_run:
            _show(foreseen, as_json=as_json)
            note("Nothing was changed: this was a dry run.")
            return
        if not yes:
            for line in _lines(foreseen):
                note(line)
            if click.prompt("Type seal to go on", err=True, default="", show_default=False) != "seal":
                raise RefusedError("nothing was sealed")
        done = seal.seal(project, Path(file), new_passphrase(), anywhere=is_forced)
    _tell(done, as_json=as_json)


def _open(key_file: str, to: str | None) -> None:
    from qualcode.work import name_key, seal

    if to is None:
        raise click.UsageError("say where to: --to FILE.qualcode; to see the names: qualcode names key --open FILE")
    made = seal.unsealed(name_key.open_key(Path(key_file), asked_passphrase()), Path(to))
    say(visible_line(f"Wrote {made}: the project as it stood before it was sealed, real names and all"))


def _show(foreseen: "Sealed", *, as_json: bool) -> None:
    if as_json:
        say_json(_shape(foreseen))
    else:
        say("\n".join(map(visible_line, _lines(foreseen))))


def _shape(taken: "Sealed") -> dict[str, Any]:
    return {name: list(told) if isinstance(told, tuple) else told for name, told in asdict(taken).items()}


def _lines(taken: "Sealed") -> Iterator[str]:
    """What will go, for a person who is to say yes or no."""
    yield "This takes the real names out for good. It cannot be undone, nor can anything done before."
    yield f"name list: {counted(taken.names, 'name')}"
    yield f"files kept in the project: {', '.join(taken.originals) or 'none'}"
    yield f"earlier versions of texts: {taken.versions}"
    if taken.removed:
        yield f"documents and people removed before, kept until now for undo: {taken.removed}"
    yield f"names that their pseudonyms replace in notes and in what things are called: {len(taken.places)}"
    for place in taken.places:
        yield f"    {place}"
    for name in taken.researchers:
        yield f"stays, as a coder is called so: {name}"
    if taken.file:
        yield f"stays, as the project file is called so, which is yours to rename: {taken.file}"


def _tell(done: "SealDone", *, as_json: bool) -> None:
    if as_json:
        held = {"backups": [str(each) for each in done.backups], "exports": list(done.exports)}
        left = {"similar": list(done.similar), "uncleared": [str(each) for each in done.uncleared]}
        say_json({**_shape(done.taken), **held, **left, "swept": done.swept})
    else:
        say(visible_line(f"Sealed: {counted(done.taken.names, 'name')} left the project into {done.key}"))
    if not done.swept:
        note("Another program has the project open: close it, then the last traces leave the file.")
    for path in done.uncleared:
        note(f"could not be deleted from your cache, so delete it: {path}")
    for path in done.backups:
        note(f"still holds the names: {path}")
    for written in done.exports:
        note(f"may still hold names: {written}")
    if done.taken.file:
        note(f"a name stands in what the project file is called, so rename it: {done.taken.file}")
    if done.similar:
        note(f"left, as they only begin like a name: {', '.join(done.similar)}")
    note("The files that you imported still lie where they were imported from.")
    note("Exports are not scanned any more, unless you give the key: --names-key FILE")
    note("Names that were not on the list, and stories that tell who somebody is, are still there.")
