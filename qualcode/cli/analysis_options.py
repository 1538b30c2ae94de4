"""The options of tables and figures, as data: each is a parameter of the analyses that can use it.

An analysis takes an option if its function has the parameter; what it does not take is the user's mistake, and said.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any

import click

_SCOPE = ("roles", "waves", "cases", "attributes", "codes", "coder")


def _pairs(_context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """NAME=VALUE as pairs."""
    pairs = [each.partition("=") for each in given]
    if wrong := next((each for each, pair in zip(given, pairs, strict=True) if not (pair[0] and pair[1])), None):
        raise click.BadParameter(f"{wrong!r} is not of the form NAME=VALUE", param=option)
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)


_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "unit": click.option(
        "--unit", type=click.Choice(["people", "sources", "cases", "references"]), help="What is counted."
    ),
    "by": click.option(
        "--by", metavar="NAME", help="Grouped by role, wave, case, site, person, a kind of case, or an attribute."
    ),
    "show": click.option(
        "--show",
        type=click.Choice(["count", "presence", "percent", "summary", "quote"]),
        help="What stands in a cell.",
    ),
    "sort": click.option("--sort", metavar="NAME", help="Rows sorted by an attribute, or by a code, strongest first."),
    "levels": click.option(
        "--levels", type=click.IntRange(min=1), metavar="NUMBER", help="How many levels of codes, from the top."
    ),
    "use": click.option("--use", is_flag=True, help="Also how many people, sources and references a code has."),
    "evidence": click.option(
        "--evidence",
        type=click.Choice(["claims", "said-together"]),
        help="Claims, or codes that stand over the same words.",
    ),
    "own_only": click.option("--own-only", is_flag=True, help="Only from own experience, no hearsay."),
    "roles": click.option("--role", "roles", metavar="ROLE", multiple=True, help="Only what people say in this role."),
    "waves": click.option("--wave", "waves", metavar="NAME", multiple=True, help="Only documents of this wave."),
    "cases": click.option("--case", "cases", metavar="NAME", multiple=True, help="Only this case and those inside it."),
    "attributes": click.option(
        "--attribute",
        "attributes",
        metavar="NAME=VALUE",
        multiple=True,
        callback=_pairs,
        help="Only where this attribute has this value; several values of one attribute: any of them.",
    ),
    "codes": click.option("--code", "codes", metavar="CODE", multiple=True, help="Only this code and those below it."),
    "coder": click.option(
        "--layer", "layer", metavar="CODER", help="Whose coding counts; else the consensus or each document's lead."
    ),
}
"""Parameter -> its option, in the order of the help page."""


def analysis_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all options of analyses; it gets them as keyword arguments, for `options_for`."""
    for option in reversed(_OPTIONS.values()):
        command = option(command)
    return command


def options_for(name: str, function: Callable[..., Any], said: dict[str, Any]) -> dict[str, Any]:
    """What was said, as the analysis of that name takes it.

    Raises:
        click.UsageError: it does not take one of the options.
    """
    given = {("coder" if option == "layer" else option): value for option, value in said.items()}
    if isinstance(given["evidence"], str):
        given["evidence"] = given["evidence"].replace("-", " ")
    if given["evidence"] == "said together" and given["own_only"]:
        raise click.UsageError("own experience is known of claims only: --own-only goes with --evidence claims")
    scope = {part: given[part] for part in _SCOPE if given[part]}
    options = {part: value for part, value in given.items() if value not in (None, (), False) and part not in _SCOPE}
    taken = signature(function).parameters
    refused = [*(part for part in options if part not in taken), *(scope if "scope" not in taken else ())]
    if refused:
        raise click.UsageError(f"{name} does not take {', '.join(_spelt(part) for part in refused)}")
    if scope:
        from qualcode.analysis import Scope

        options["scope"] = Scope(**scope)
    return options


def _spelt(part: str) -> str:
    """The option as typed."""
    flag = {"coder": "layer", "roles": "role", "waves": "wave", "cases": "case", "attributes": "attribute"}
    return "--" + {**flag, "codes": "code"}.get(part, part).replace("_", "-")
