"""Finds what travels with qualcode: codebooks and the sample study, in a wheel or in a checkout."""

from pathlib import Path

from qualcode.errors import not_found

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `codebooks` or `sample_transcripts` as it was installed.

    A wheel carries them inside the package; in a checkout they stand beside it.
    """
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def codebook_names() -> list[str]:
    """The names of the shipped codebooks, sorted."""
    return sorted(path.stem for path in folder("codebooks").glob("*.yaml"))


def rules_names() -> list[str]:
    """The names of the shipped files of rules, sorted."""
    return sorted(path.stem for path in folder("codebooks").glob("*.toml"))


def rules(name: str) -> Path:
    """The path of a shipped file of rules.

    Raises:
        NotFoundError: no shipped file of rules has that name; the message gives the nearest.
    """
    if name not in rules_names():
        raise not_found("shipped file of rules", name, rules_names())
    return folder("codebooks") / f"{name}.toml"


def codebook(name: str) -> Path:
    """The path of a shipped codebook.

    Raises:
        NotFoundError: no shipped codebook has that name; the message gives the nearest.
    """
    if name not in codebook_names():
        raise not_found("shipped codebook", name, codebook_names())
    return folder("codebooks") / f"{name}.yaml"
