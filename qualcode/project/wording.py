"""The field's own words (whose, standing, direction, ...), looked at before they are written."""

from typing import Any, get_args

from qualcode.errors import RefusedError
from qualcode.model import Direction, MemoKind, Stance, Standing, SummaryState, Tense, Whose

_WORDS: dict[str, Any] = {
    "whose": Whose,
    "standing": Standing,
    "tense": Tense,
    "direction": Direction,
    "stance": Stance,
    "kind": MemoKind,
    "state": SummaryState,
}
_MAY_BE_LEFT_OPEN = ("whose", "standing", "tense")  # None = as the speaker's role has it


def must_be_words(**said: object) -> None:
    """Refuse a word that the field does not have; other names than those of the vocabularies are let through.

    Raises:
        RefusedError: says which words there are.
    """
    for name, value in said.items():
        if name not in _WORDS or (value is None and name in _MAY_BE_LEFT_OPEN):
            continue
        if value not in (known := get_args(_WORDS[name])):
            raise RefusedError(f"{name} cannot be {value!r}", remedy=f"Choose one of: {', '.join(known)}.")
