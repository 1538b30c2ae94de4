"""Time stamps as transcripts write them: `0:23`, `[00:01:02]`, `(0:01 - 0:11)`, `[00:00.000 --> 00:17.440]`.

f4 and MAXQDA write `#00:01:02-3#`, Transana `¤<62300>`; messages carry a date and a clock (`[03/06/2024, 10:01 AM]`).

Every pattern is bounded and none nests quantifiers: real files have lines of 14,000 characters.
"""

import re

BLANK = r"[ \t\f\xa0\u1680\u2000-\u200a\u200e\u200f\u202f\u3000\ufeff]"
"""A blank of any width, a page break, or a direction mark: Arabic and Hebrew labels carry them."""

TIME = rf"-?\d{{1,3}}:-?\d{{1,2}}(?::-?\d{{1,2}})?(?:[.,]-?\d{{1,3}})?(?!\d)(?:{BLANK}?[AaPp]\.?[Mm]\b\.?)?"
"""Minutes and seconds, with hours and fractions if there are; Teams writes `0:0:-7.-650` at times."""

SPAN = rf"{TIME}(?:{BLANK}*(?:-->|→|[-–—,])?{BLANK}*{TIME})?"
"""One time, or from one to another; YouTube's captions part the two with a comma."""

WHEN = rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?{BLANK}{{1,3}})?{SPAN}"
"""The same, perhaps with a date before it."""

_SECONDS = rf"\[\d{{1,6}}\.\d{{1,3}}s?{BLANK}{{1,2}}--?>{BLANK}{{1,2}}\d{{1,6}}\.\d{{1,3}}s?\]"

HASHED = rf"(?:#\d{{1,3}}:\d{{2}}(?::\d{{2}})?(?:[-.,]\d{{1,3}})?#|¤<\d{{1,9}}>|{_SECONDS})"
"""As f4, easytranscript and MAXQDA write it: hours, minutes, seconds and tenths; as Transana does: milliseconds; as
Whisper's programs do: seconds, `[0.00s -> 1.76s]`.
"""

STAMP_LINE = re.compile(
    rf"{BLANK}*(?P<stamp>{HASHED}|(?:[\[(<]{BLANK}*)?{WHEN}{BLANK}*[\])>]?)(?={BLANK}|$){BLANK}*[-–—]?{BLANK}*"
)
"""A line that begins with a stamp; tried with `match` on one line."""

INLINE_STAMP = re.compile(rf"\[{BLANK}*{SPAN}{BLANK}*\]?|{HASHED}")
"""A stamp in square brackets or between hashes anywhere in the text."""

_PARTS = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?(?:[.,，](\d{1,3})|-(\d{1,3})(?=#))?(?!\d)")
_CLOCK = re.compile(r"(?<=\d)\W?([AaPp])\.?[Mm]\b")
_HALF_A_DAY = 12 * 3_600_000


def milliseconds(stamp: str) -> int | None:
    """The (first) time of a stamp in milliseconds; None where there is none, or it is negative.

    A stamp of two parts is minutes and seconds, on a clock hours and minutes. A plain number is seconds;
    Transana's `¤<3200>` is milliseconds.
    """
    found = _PARTS.search(stamp)
    if stamp.startswith("¤<"):
        return int(stamp[2:-1])
    if found is None:
        return _seconds(stamp.lstrip("[").split("->")[0].rstrip(" s-"))
    if ":-" in stamp or stamp.startswith("-"):
        return None
    first, second, third, fraction, tenths = found.groups()
    thousandths = int((fraction or tenths or "0").ljust(3, "0"))
    clock = _CLOCK.search(stamp)
    if clock is not None:
        hours = int(first) % 12 * 3_600_000 + (_HALF_A_DAY if clock[1] in "Pp" else 0)
        return hours + int(second) * 60_000 + int(third or 0) * 1000 + thousandths
    if third is None:
        return (int(first) * 60 + int(second)) * 1000 + thousandths
    return (int(first) * 3600 + int(second) * 60 + int(third)) * 1000 + thousandths


def _seconds(stamp: str) -> int | None:
    try:
        return max(0, round(float(stamp) * 1000))
    except ValueError:
        return None
