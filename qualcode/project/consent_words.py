"""The attributes that say what participants agreed to, and what in them says yes; `consents` obeys them."""

from typing import Literal

Mark = Literal["quote", "archive", "share"]

MARKS: tuple[Mark, ...] = ("quote", "archive", "share")

YES = ("yes", "y", "true", "1")
"""What says yes, in small letters: as people write it, and as a spreadsheet does. Whatever else is said is a no."""

_NO = ("no", "n", "false", "0", "")


def doubtful(attribute: str, value: str) -> str:
    """That a value is taken for a no which does not say so, in words; "" where nothing is to be told."""
    if attribute.casefold() not in MARKS or value.strip().casefold() in (*YES, *_NO):
        return ""
    return f"{attribute} = {value} is taken for a no: only yes, y, true and 1 say yes"
