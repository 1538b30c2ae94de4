"""How many names are proposed, as it was measured: the figures that `docs/names.py` writes, told in a sentence."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).with_name("name_recall.json")
"""Written by `docs/names.py` from what it measures; docs/names.md is made from the same."""

_WRITTEN, _LOWER = "As written", "lower case"


@dataclass(frozen=True, slots=True)
class Recall:
    """Of given names drawn by lot and put into made-up talk, in per cent: how many were proposed.

    Attributes:
        written, lower: with capitals as one writes them, and without.
    """

    written: int
    lower: int


def of_forms() -> Recall:
    """What the form of the words finds, without a model."""
    return _of("without")


def with_recogniser(pipeline: str) -> Recall | None:
    """What form and entity recogniser find together; None for a pipeline (`Pipeline.told`) that was not measured."""
    return _of("with") if pipeline == _figures()["recogniser"] else None


def recogniser_alone(pipeline: str) -> Recall | None:
    """What the entity recogniser finds by itself; None for a pipeline that was not measured."""
    return _of("alone") if pipeline == _figures()["recogniser"] else None


def told(pipeline: str = "") -> str:
    """The sentence for whoever looks at proposals.

    Args:
        pipeline: whose recogniser took part (`Pipeline.told`); "" = none did.
    """
    forms, together, alone = of_forms(), with_recogniser(pipeline), recogniser_alone(pipeline)
    found = f"{forms.written} % of given names are found as written, {forms.lower} % in lower case"
    if together is not None and alone is not None:
        found = (
            f"the recogniser finds {alone.written} % of given names as written, {alone.lower} % in lower case; "
            f"all together {together.written} % and {together.lower} %"
        )
    elif pipeline:
        found = f"without a recogniser {found}; {pipeline} was never measured"
    return f"Measured on made-up talk: {found}. What is not found stays in the texts."


def _of(way: str) -> Recall:
    found = _figures()["by_group"]["all"]
    return Recall(found[_WRITTEN][way], found[_LOWER][way])


@cache
def _figures() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return read
