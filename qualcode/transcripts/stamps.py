"""Time stamps as transcripts write them: `0:23`, `[00:01:02]`, `(0:01 - 0:11)`, `[00:00.000 --> 00:17.440]`.

Every pattern is bounded and none nests quantifiers: real files have lines of 14,000 characters.
"""

import re

BLANK = r"[ \t\xa0\u1680\u2000-\u200a\u200e\u200f\u202f\u3000\ufeff]"
"""A blank of any width, or a direction mark: Arabic and Hebrew labels carry them."""

TIME = r"-?\d{1,3}:-?\d{1,2}(?::-?\d{1,2})?(?:[.,]-?\d{1,3})?(?!\d)"
"""Minutes and seconds, with hours and fractions if there are; Teams writes `0:0:-7.-650` at times."""

SPAN = rf"{TIME}(?:{BLANK}*(?:-->|→|[-–—])?{BLANK}*{TIME})?"
"""One time, or from one to another."""

STAMP_LINE = re.compile(rf"{BLANK}*(?P<stamp>[\[(<]?{BLANK}*{SPAN}{BLANK}*[\])>]?)(?={BLANK}|$){BLANK}*[-–—]?{BLANK}*")
"""A line that begins with a stamp; tried with `match` on one line."""

INLINE_STAMP = re.compile(rf"\[{BLANK}*{SPAN}{BLANK}*\]?")
"""A stamp in square brackets anywhere in the text."""

_PARTS = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?(?:[.,，](\d{1,3}))?(?!\d)")


def milliseconds(stamp: str) -> int | None:
    """The (first) time of a stamp in milliseconds; None where there is none, or it is negative.

    A stamp of two parts is minutes and seconds. A plain number is seconds.
    """
    found = _PARTS.search(stamp)
    if found is None:
        return _seconds(stamp)
    if ":-" in stamp or stamp.startswith("-"):
        return None
    first, second, third, fraction = found.groups()
    thousandths = int((fraction or "0").ljust(3, "0"))
    if third is None:
        return (int(first) * 60 + int(second)) * 1000 + thousandths
    return (int(first) * 3600 + int(second) * 60 + int(third)) * 1000 + thousandths


def _seconds(stamp: str) -> int | None:
    try:
        return max(0, round(float(stamp) * 1000))
    except ValueError:
        return None
