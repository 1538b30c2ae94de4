"""The user's own settings: who they are as a coder, theme and keys, the project they had open last.

A small TOML file in the system's folder for settings (QUALCODE_CONFIG names another folder):

    coder = "AK"
    theme = "paper"
    keymap = "vim"
    last_project = "/home/ak/study.qualcode"

    [keys]
    "coding.code" = "f12"
    "reader.down" = "j,down"

    [pipelines]
    "/home/ak/study.qualcode" = ["auto", "en"]

People may edit it by hand: what they wrote around the values stays when one is changed.
"""

import json
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from qualcode.errors import InputError, TroubleError
from qualcode.visible import visible_line

_LONGEST_CODER = 20

_EXPECTED = {
    "coder": 'your short name as a coder, in quotes: "AK"',
    "theme": 'the name of a theme, in quotes: "paper"',
    "keymap": '"standard" or "vim"',
    "last_project": 'the path of a project file, in quotes: "study.qualcode"',
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user settled; "" = nothing.

    Attributes:
        keys: (action of the workbench, its keys by comma) for those that the user set.
        pipelines: (path of a project, pipeline, language) for those of which the user said it.
    """

    coder: str = ""
    theme: str = ""
    keymap: str = ""
    last_project: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    pipelines: tuple[tuple[str, str, str], ...] = ()


def settings_file() -> Path:
    """Where the settings stand, whether or not the file is there yet."""
    chosen = os.environ.get("QUALCODE_CONFIG")
    if chosen:
        return Path(chosen) / "settings.toml"
    import platformdirs

    return platformdirs.user_config_path("qualcode", appauthor=False) / "settings.toml"


def load(announce: Callable[[str], None] = lambda _note: None) -> Settings:
    """Read the settings; all empty where there is no file.

    Args:
        announce: told of keys that mean nothing.

    Raises:
        InputError: the file cannot be read, is no TOML, or a value is not what is expected.
    """
    path = settings_file()
    said = _parsed(_text(path), path)
    known = [field.name for field in fields(Settings)]
    for key in said.keys() - set(known):
        near = get_close_matches(key, known, n=1, cutoff=0.5)
        advice = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
        announce(f"{visible_line(str(path))}: {visible_line(key)!r} is not a setting; {advice}")
    for key, expected in _EXPECTED.items():
        if not _is_line(said.get(key, "")):
            raise InputError(f"{key} has a value that cannot be used", where=str(path), remedy=f"Write {expected}")
    values = {key: said[key] for key in _EXPECTED if key in said}
    pipelines = _own_pipelines(said.get("pipelines", {}), path)
    return Settings(**values, keys=_own_keys(said.get("keys", {}), path), pipelines=pipelines)


def _own_keys(said: object, path: Path) -> tuple[tuple[str, str], ...]:
    if not isinstance(said, dict) or not all(_is_line(keys) for keys in said.values()):
        raise InputError(
            "[keys] holds something that is no key",
            where=str(path),
            remedy='Write one line for each action below [keys]: "coding.code" = "c,f12"',
        )
    return tuple((str(action), str(keys)) for action, keys in said.items())


def _own_pipelines(said: object, path: Path) -> tuple[tuple[str, str, str], ...]:
    if not isinstance(said, dict) or not all(
        isinstance(chosen, list) and len(chosen) == 2 and all(map(_is_line, chosen)) for chosen in said.values()
    ):
        raise InputError(
            "[pipelines] holds something that is no pipeline and language",
            where=str(path),
            remedy='Write one line for each project below [pipelines]: "/home/ak/study.qualcode" = ["auto", "en"]',
        )
    return tuple((str(project), pipeline, language) for project, (pipeline, language) in said.items())


def remember_pipeline(project: str, pipeline: str, language: str) -> None:
    """Write which pipeline and language a project (its path) is to be parsed with; all else stays as it is.

    Raises:
        InputError: the file that is there cannot be read, or a value does not fit on one line.
        TroubleError: it cannot be written.
    """
    path = settings_file()
    text = _text(path)
    _parsed(text, path)
    if not all(map(_is_line, (project, pipeline, language))):
        raise InputError("this cannot be remembered: it does not fit on one line", where=str(path))
    text = _with_in_table(text, "pipelines", project, [pipeline, language])
    if _parsed(text, path).get("pipelines", {}).get(project) != [pipeline, language]:
        raise InputError("the settings are written in a way that cannot be changed here", where=str(path))
    _write(path, text)


def remember(**changes: str) -> None:
    """Write some settings (coder, theme, last_project); the others, comments too, stay as they are.

    The file is replaced whole or not at all, and only its owner can read it.

    Raises:
        InputError: the file that is there cannot be read, or a value does not fit on one line.
        TroubleError: it cannot be written.
    """
    path = settings_file()
    text = _text(path)
    _parsed(text, path)
    for key, value in changes.items():
        if key not in _EXPECTED or not _is_line(value):
            raise InputError(f"{key} cannot be remembered as {value!r}", where=str(path))
        text = _with(text, key, value)
    if {key: _parsed(text, path).get(key) for key in changes} != changes:
        raise InputError("the settings are written in a way that cannot be changed here", where=str(path))
    _write(path, text)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as trouble:
        raise TroubleError(f"the settings could not be written ({trouble.strerror})", where=str(path)) from None


def checked_coder(name: str) -> str:
    """A coder's short name, if it is one: it stands in margins and headers.

    Raises:
        InputError: it is empty, long, or holds blanks or control characters.
    """
    name = name.strip()
    if not name or len(name) > _LONGEST_CODER or visible_line(name) != name or len(name.split()) > 1:
        raise InputError(
            f"{name!r} cannot be a coder's short name", remedy=f"Use up to {_LONGEST_CODER} letters without blanks: AK"
        )
    return name


def _is_line(value: object) -> bool:
    return isinstance(value, str) and visible_line(value) == value


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as trouble:
        remedy = "Correct it in an editor, or delete it: it holds nothing but your settings."
        raise InputError(f"the settings cannot be read ({trouble})", where=str(path), remedy=remedy) from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        remedy = "Correct it in an editor, or delete it: it holds nothing but your settings."
        raise InputError(f"the settings cannot be understood: {error}", where=str(path), remedy=remedy) from None


def _with(text: str, key: str, value: str) -> str:
    """The text with one value changed, or added at the top, before any [table]."""
    line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    written = re.compile(rf"^[ \t]*{key}[ \t]*=.*$", re.MULTILINE)
    if written.search(text):
        return written.sub(lambda _old: line, text, count=1)
    return f"{line}\n{text}"


def _with_in_table(text: str, table: str, key: str, value: list[str]) -> str:
    """The text with one line of a [table] changed, or added below its head; the table at the end, if there is none."""
    name = json.dumps(key, ensure_ascii=False)
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    head = re.search(rf"^[ \t]*\[{table}\][ \t]*(#.*)?$", text, re.MULTILINE)
    if head is None:
        return f"{text.rstrip()}\n\n[{table}]\n{line}\n".lstrip("\n")
    after = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, head.end())
    before, inside, rest = (
        text[: head.end()],
        text[head.end() : after and after.start()],
        text[after.start() :] if after else "",
    )
    written = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=.*$", re.MULTILINE)
    if written.search(inside):
        return before + written.sub(lambda _old: line, inside, count=1) + rest
    return f"{before}\n{line}{inside or chr(10)}{rest}"


def _replace(path: Path, text: str) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(prefix=".settings.", dir=path.parent)  # mkstemp makes files 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
