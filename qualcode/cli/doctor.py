"""`qualcode doctor`."""

import platform
from typing import TYPE_CHECKING, Any

import click

from qualcode import __version__
from qualcode.cli.contract import FAILED, note, say, say_json
from qualcode.cli.options import Documented, coder_known, opened, project_option, project_path, with_json
from qualcode.cli.printing import aligned
from qualcode.errors import QualcodeError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.language.pipelines import Choice

_DISK = "Whether this disk is cannot be told from here: look in the system's settings."


@click.command("doctor", cls=Documented, examples=["qualcode doctor", "qualcode doctor --empty-cache"])
@click.option("--empty-cache", is_flag=True, help="Delete all parsed texts, of every project; they are parsed anew.")
@project_option
@with_json
@click.pass_context
def doctor_command(context: click.Context, project_file: str | None, empty_cache: bool, as_json: bool) -> None:
    """Look at this installation: versions, pipelines, the cache; what is missing, and the command that installs it.

    Nothing is asked of any network. The exit code is 1 if a package stands here under a name that others than its
    makers have taken (version 999.9.9).
    """
    from qualcode import cache
    from qualcode.language import pipelines

    if empty_cache:
        for path in cache.empty():
            note(f"could not be deleted: {path}")
    choice, squats = _chosen(project_file), pipelines.squats()
    lacking = [pipelines.lacking(pipelines.Choice(language=each)) for each in _languages(choice)]
    shape: dict[str, Any] = {
        "versions": _versions(),
        "pipelines": [
            {"name": each.name, "version": each.version, "language": each.language, "squatted": each.is_squatted}
            for each in pipelines.installed()
        ],
        "used": _used(choice),
        "lacking": [each for each in lacking if each],
        "squatted": list(squats),
        "cache": _cache(),
        "encryption": _encryption(project_file),
    }
    if as_json:
        say_json(shape)
    else:
        _say(shape)
    if squats:
        context.exit(FAILED)


def _versions() -> dict[str, str]:
    from importlib import metadata

    from qualcode.project.engine import versions

    packages = {each: metadata.version(each) for each in ("spacy", "simplemma", "textual")}
    return {
        "qualcode": __version__,
        "python": platform.python_version(),
        **packages,
        **versions(),
    }


def _encryption(project_file: str | None) -> str:
    """Whether the project here is encrypted, or could be."""
    from qualcode import installing
    from qualcode.project.engine import versions
    from qualcode.project.keys import is_encrypted

    try:
        path = project_path(project_file)
    except QualcodeError:
        path = None
    if path is not None and is_encrypted(path):
        return f"The project file is encrypted. {_DISK}"
    is_so = "No project file is here." if path is None else "The project file is not encrypted."
    how = "qualcode encrypt FILE" if "sqlcipher" in versions() else installing.command("encrypted")
    return f"{is_so} {_DISK} To encrypt projects: {how}"


def _cache() -> dict[str, Any]:
    from qualcode import cache

    size = cache.size()
    return {"folder": str(cache.folder()), "texts": size.texts, "bytes": size.bytes}


def _chosen(project_file: str | None) -> "Choice | None":
    """What was chosen for the project here; None where there is none, unless one is named."""
    from qualcode.project.keys import is_locked
    from qualcode.work.parse_texts import chosen, chosen_at

    try:
        path = project_path(project_file)
    except QualcodeError:
        return None
    if is_locked(path):  # for this nobody need know its passphrase
        return chosen_at(path)
    with opened(project_file, lambda: coder_known(None) or None) as project:
        return chosen(project)


def _languages(choice: "Choice | None") -> tuple[str, ...]:
    return (choice.language,) if choice else ("en",)


def _used(choice: "Choice | None") -> dict[str, str] | None:
    from qualcode.language.pipelines import resolve

    if choice is None:
        return None
    try:
        told = resolve(choice).told
    except QualcodeError as error:
        told = f"none: {error.what}"
    return {"chosen": choice.pipeline, "language": choice.language, "comes_to": told}


def _say(shape: dict[str, Any]) -> None:
    say(", ".join(f"{name} {version}" for name, version in shape["versions"].items()))
    if shape["pipelines"]:
        rows = [(each["name"], each["version"], each["language"]) for each in shape["pipelines"]]
        say(f"\n{aligned(('pipeline', 'version', 'language'), rows)}")
    else:
        say("\nNo pipeline is installed: base forms of words come from a dictionary.")
    if used := shape["used"]:
        say(visible_line(f"This project: {used['chosen']}, {used['language']}: {used['comes_to']}"))
    for each in shape["lacking"]:
        say(visible_line(each))
    for name in shape["squatted"]:
        say(visible_line(f"WARNING: {name} 999.9.9 is not what its name says. Take it away: pip uninstall {name}"))
    cache = shape["cache"]
    texts, size = counted(cache["texts"], "parsed text"), cache["bytes"] / 1_000_000
    say()
    say(visible_line(f"Cache: {cache['folder']}"))
    say(f"    {texts}, {size:.1f} MB, readable by you alone; empty it: qualcode doctor --empty-cache")
    say(shape["encryption"])
