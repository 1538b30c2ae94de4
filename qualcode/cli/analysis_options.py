"""The options of tables and figures, as data: each is a parameter of the analyses that can use it.

An analysis takes an option if its function has the parameter; what it does not take is the user's mistake, and said.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any

import click

from qualcode.cli.options import LARGEST_WHOLE, whole

_SCOPE = ("roles", "waves", "cases", "attributes", "codes", "coder")
_TELLING = ("directions", "standings", "tense")


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
        "--by",
        metavar="NAME",
        help="Rows or columns are roles, waves, cases, sites, people, a kind of case, or values of an attribute.",
    ),
    "show": click.option(
        "--show",
        type=click.Choice(["count", "presence", "percent", "summary", "quote"]),
        help="What stands in a cell.",
    ),
    "sort": click.option(
        "--sort", metavar="NAME", help="Rows in order of an attribute, or of a code, strongest first."
    ),
    "levels": click.option("--levels", type=whole(1), metavar="NUMBER", help="How many levels of codes, from the top."),
    "use": click.option("--use", is_flag=True, help="Also how many people, sources and references a code has."),
    "evidence": click.option(
        "--evidence",
        type=click.Choice(
            [
                "claims",
                "said-together",
                "same-answer",
                "mentioned-in-document",
                "mentioned-by-person",
                "mentioned-in-case",
            ]
        ),
        help="Claims, or codes that stand over the same words, in one answer, or somewhere in a document and so on.",
    ),
    "within": click.option(
        "--within",
        type=click.Choice(["answer", "document", "overlap"]),
        help="What codes stand together in; overlap = over the same words.",
    ),
    "form": click.option("--form", type=click.Choice(["matrix", "pairs"]), help="A matrix, or a list of pairs."),
    "base": click.option("--base", type=whole(1), help="Saturation: so many interviews at first."),
    "run": click.option("--run", type=whole(1), help="Saturation: so many interviews in a run."),
    "threshold": click.option(
        "--threshold",
        type=click.FloatRange(min=0),
        help="Arrows of fewer are hidden; of saturation, per cent of the base.",
    ),
    "rounds": click.option("--rounds", type=click.IntRange(0, 1_000_000), help="So many random orders; 0 for none."),
    "seed": click.option(
        "--seed", type=whole(-LARGEST_WHOLE), help="Of what is random: the same seed, the same numbers."
    ),
    "own_only": click.option("--own-only", is_flag=True, help="Only from own experience, no hearsay."),
    "directions": click.option(
        "--direction",
        "directions",
        type=click.Choice(["raises", "lowers", "no-effect", "mixed"]),
        multiple=True,
        help="Only claims of this direction.",
    ),
    "standings": click.option(
        "--standing",
        "standings",
        type=click.Choice(["lived", "witnessed", "hearsay"]),
        multiple=True,
        help="Only claims known so.",
    ),
    "tense": click.option(
        "--tense", type=click.Choice(["happened", "hoped-for", "any"]), help="Only claims of such change."
    ),
    "split": click.option(
        "--split", metavar="NAME", help="Rows for every role, wave, case or value of an attribute: role."
    ),
    "compare": click.option(
        "--compare",
        "compare",
        metavar="NAME=VALUE",
        multiple=True,
        callback=_pairs,
        help="Rows for two groups, each a role, wave, case or attribute: role=SU.",
    ),
    "words": click.option(
        "--word", "words", metavar="WORD", multiple=True, help="Only this word, and others so named."
    ),
    "lemma": click.option("--lemma", is_flag=True, help="Words by their base form: hoped and hoping count as hope."),
    "letters": click.option(
        "--letters", type=whole(1), metavar="NUMBER", help="Only words of so many letters or more."
    ),
    "top": click.option("--top", type=whole(1), metavar="NUMBER", help="So many words at most."),
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
    for option in ("evidence", "tense"):
        given[option] = _as_words(given[option]) if given[option] else None
    given["directions"] = tuple(map(_as_words, given["directions"]))
    taken = signature(function).parameters  # some take parts of the scope by themselves, since the rest has no meaning
    scope = {part: given[part] for part in _SCOPE if given[part] and part not in taken}
    said_something = {part: value for part, value in given.items() if value is not None and value is not False}  # not 0
    options = {part: value for part, value in said_something.items() if value != () and part not in scope}
    options = {part: value for part, value in options.items() if part not in _SCOPE or part in taken}
    telling = {part: options.pop(part) for part in _TELLING if part in options}
    refused = [part for part in options if part not in taken]
    refused += [*(telling if "telling" not in taken else ()), *(scope if "scope" not in taken else ())]
    if refused:
        raise click.UsageError(f"{name} does not take {', '.join(_spelt(part) for part in refused)}")
    if scope:
        from qualcode.analysis import Scope

        options["scope"] = Scope(**scope)
    if telling:
        from qualcode.analysis import Telling

        options["telling"] = Telling(**telling)
    return options


def _as_words(choice: str) -> str:
    return choice.replace("-", " ")


def _spelt(part: str) -> str:
    """The option as typed."""
    flag = {"coder": "layer", "roles": "role", "waves": "wave", "cases": "case", "attributes": "attribute"}
    flag |= {"codes": "code", "words": "word", "directions": "direction", "standings": "standing"}
    return "--" + flag.get(part, part).replace("_", "-")
