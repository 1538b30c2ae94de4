"""From bytes to text, never by a silent guess.

The order: what the researcher says; a byte order mark; strict UTF-8; the zero bytes of UTF-16; a guess
among the encodings that transcripts are found in, always told with two lines to judge it by; else refused.
"""

import codecs
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.errors import InputError
from qualcode.transcripts import guessing
from qualcode.visible import counted, visible_line

# UTF-32's mark begins with UTF-16's, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_OTHER_KINDS = (
    (b"%PDF-", "a PDF", "Export the text from it, or ask for the Word file it was made from."),
    (b"PK\x03\x04", "a zip archive (Word, OpenDocument, ...)", "Give it the suffix of the program that wrote it."),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "Open it in Word or LibreOffice and save it as .docx."),
    (b"{\\rtf", "an RTF file", "Open it in Word or LibreOffice and save it as .docx."),
)

_TWICE = re.compile("Ã[\x80-\xba\xbc-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽš›œžŸ]|â€[™œ˜¦“”\x9d]|Â[£°·]")
"""é, ’ and £ in UTF-8 read as cp1252."""

_TOO_OFTEN = 2

_CUT = "the file ends in the middle of a letter, which is left out: it may be cut off"
_ENDS_TOO_SOON = ("truncated data", "unexpected end of data")
_TIMES = 10
"""Letters of UTF-8 to one byte that is none, from which a file is UTF-8."""

_FEWEST_ZEROS = 2
_LETTERS_TO_A_ZERO = 200
"""From so many on, a zero is a slip in a text; more of them are no text."""

_SAMPLE = 20_000
_UNREAD = frozenset({"Cc", "Cn", "Co", "Cs"})

_ADVICE = "Name its encoding with --encoding (for instance cp1252), or save it as UTF-8."


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text from bytes: not yet normalised, with the encoding's name as it is reported."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, path: Path, encoding: str | None = None) -> Decoded:
    """The text that the bytes stand for.

    Args:
        data: the file's bytes.
        path: for messages.
        encoding: what the researcher says it is; nothing is found out then.

    Raises:
        InputError: an unknown encoding, bytes that do not fit it, or no encoding that fits.
    """
    where = visible_line(path.name)
    _refuse_other_kinds(data, where)
    return _with_doubts(_as_told(data, encoding, where) if encoding is not None else _found_out(data, where), encoding)


def _with_doubts(decoded: Decoded, encoding: str | None) -> Decoded:
    """Tell where the words read like UTF-8 that was taken for something else, by us or by whoever saved it."""
    found = _TWICE.findall(decoded.text) if "Ã" in decoded.text or "â€" in decoded.text else []
    if len(found) < _TOO_OFTEN:
        return decoded
    shown = ", ".join(f"“{visible_line(each)}”" for each in dict.fromkeys(found[:_TOO_OFTEN]))
    advice = (
        "name no encoding (--encoding), if it is UTF-8"
        if encoding is not None
        else "its accents were spoilt when it was saved: take the file it was made from"
    )
    return replace(
        decoded, warnings=(*decoded.warnings, f"it reads as if its letters were encoded twice ({shown}): {advice}")
    )


def _found_out(data: bytes, where: str) -> Decoded:
    marked = _by_mark(data, where)
    if marked is not None:
        return marked
    wide = _by_zero_bytes(data)
    if wide is not None:
        return wide
    if 0x1B in data and b"\x1b$" in data and data.isascii():  # one byte is looked for much faster than two
        with suppress(UnicodeDecodeError):
            return _guessed(data.decode("iso2022_jp_2"), "iso2022_jp")
    with suppress(UnicodeDecodeError):
        return Decoded(data.decode(), "utf-8")
    try:
        return Decoded(data.decode("utf-8", "surrogatepass"), "utf-8")
    except UnicodeDecodeError as fault:
        return _all_but_utf8(data, fault) or _by_guess(data, where)


def _refuse_other_kinds(data: bytes, where: str) -> None:
    for magic, kind, remedy in _OTHER_KINDS:
        if data.startswith(magic):
            raise InputError(f"this is {kind}, not plain text", where=where, remedy=remedy)


def _as_told(data: bytes, encoding: str, where: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        return Decoded(data.decode(name), name)
    except UnicodeError as error:
        place = f" at byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError(
            f"the file is not in {visible_line(encoding)}: it does not fit{place}",
            where=where,
            remedy="Name another (--encoding), or none to have it found.",
        ) from None
    except (LookupError, ValueError):  # unknown, or a codec that is no encoding of text (base64, zip)
        shown = visible_line(encoding)
        raise InputError(f"no encoding is called {shown!r}", where=where, remedy=_ADVICE) from None


def _by_mark(data: bytes, where: str) -> Decoded | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(name, "surrogatepass"), name)
            except UnicodeDecodeError as error:
                if error.start and error.reason in _ENDS_TOO_SOON:
                    return Decoded(data[len(mark) :][: error.start].decode(name, "surrogatepass"), name, (_CUT,))
                raise InputError(
                    f"the file says it is {name}, but byte {error.start + len(mark):,} does not fit",
                    where=where,
                    remedy="It may be cut off or damaged: save it again. Or name its encoding with --encoding.",
                ) from None
    return None


def _by_zero_bytes(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: its blanks and newlines leave zeros, all at odd places or all at even ones."""
    if 0 not in data:  # nearly always
        return None
    whole = data[: len(data) // 2 * 2]
    zeros, odd = data.count(0), whole[1::2].count(0)
    if zeros * 50 < len(data):
        name = _by_newlines(whole)
    else:
        name = "utf-16-le" if odd >= 0.95 * zeros else "utf-16-be" if zeros - odd >= 0.95 * zeros else None
    if name is None or zeros < _FEWEST_ZEROS:
        return None
    try:
        text = whole.decode(name, "surrogatepass")
    except UnicodeDecodeError:
        return None
    decoded = _guessed(text, name)
    cut = (_CUT,) if len(data) % 2 else ()
    return replace(decoded, warnings=(*decoded.warnings, *cut))


def _by_newlines(data: bytes) -> str | None:
    """UTF-16 in which zeros are few, as in Chinese, and stand anywhere (一 has one): by its newlines, if it reads."""
    with suppress(UnicodeDecodeError):
        data.decode()
        return None
    for name in ("utf-16-le", "utf-16-be"):
        with suppress(UnicodeDecodeError):
            text = data.decode(name)
            odd = sum(unicodedata.category(letter) in _UNREAD for letter in text[:_SAMPLE] if letter not in "\n\r\t")
            if text.count("\n") >= _FEWEST_ZEROS and odd * 100 <= len(text[:_SAMPLE]):
                return name
    return None


def _by_guess(data: bytes, where: str) -> Decoded:
    guessed = None if data.count(0) * _LETTERS_TO_A_ZERO > len(data) else guessing.guess(data)
    if guessed is None:
        raise InputError("the file is in no encoding that fits", where=where, remedy=_ADVICE)
    return _guessed(*guessed)


def _all_but_utf8(data: bytes, fault: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 that is cut off, or with a few other bytes in it where a line was pasted in: those are read as cp1252.

    None unless letters of several bytes are ten times as many.
    """
    if fault.reason in _ENDS_TOO_SOON and not data[: fault.start].isascii():
        return Decoded(data[: fault.start].decode("utf-8", "surrogatepass"), "utf-8", (_CUT,))
    strays = len(data) - len(data.decode("utf-8", "ignore").encode())
    letters = len(data.translate(None, delete=bytes(range(0xC0))))
    if letters < _TIMES * strays:
        return None
    line = data.count(b"\n", 0, fault.start) + 1
    number = counted(strays, "byte is", "bytes are")
    told = f"{number} not UTF-8, as the rest is: read as cp1252, the first in line {line:,}"
    return Decoded(data.decode("utf-8", _AS_WESTERN), "utf-8", (told,))


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WESTERN = "qualcode.western"
codecs.register_error(_AS_WESTERN, _western)


def _guessed(text: str, name: str) -> Decoded:
    samples = " / ".join(f"“{line}”" for line in _telling_lines(text))
    warning = f"the encoding was guessed: {name}. Does this read right? {samples} If not, name it with --encoding"
    return Decoded(text, f"{name} (guessed)", (warning,))


def _telling_lines(text: str) -> list[str]:
    """Two lines to judge a guess by: those with letters beyond ASCII first, cut around the first such letter."""
    lines = [line.strip() for line in text[:200_000].replace("\r", "\n").split("\n") if line.strip()]
    telling = sorted(lines[:2_000], key=str.isascii)[:2]
    return [visible_line(_around_first_letter(line)) for line in telling]


def _around_first_letter(line: str) -> str:
    place = next((place for place, character in enumerate(line) if not character.isascii()), 0)
    start = max(0, place - 30)
    return line[start : start + 70]
