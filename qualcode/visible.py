"""Any text made safe to show: one character for one, so that offsets still hold.

A transcript may hold escape sequences that would drive the terminal, or bidirectional controls that
would show other words than are stored. Stored text is never touched; whatever is shown passes here.
"""


def _stand_ins() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}  # C0: the Unicode control pictures
    table[0x7F] = "␡"
    table |= dict.fromkeys(range(0x80, 0xA0), "�")  # C1 would start escape sequences in some terminals
    table |= dict.fromkeys((0x2028, 0x2029), "␤")
    directions = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    table |= dict.fromkeys(directions, "◦")
    table[0xFEFF] = "◦"
    table |= dict.fromkeys(range(0xD800, 0xE000), "�")
    table |= dict.fromkeys(range(0xE0000, 0xE0080), "◦")  # tags: an invisible second text
    return table


_LINE = _stand_ins() | {0x09: " "}
_TEXT = {code: stand_in for code, stand_in in _LINE.items() if code not in (0x09, 0x0A)}


def visible(text: str) -> str:
    """The text with every control character replaced by a picture of it; newlines and tabs stay.

    The result has the same length in code points: position i is still position i.
    """
    return text.translate(_TEXT)


def visible_line(text: str) -> str:
    """As `visible`, for one line of a list or a message: newlines become ␊, tabs become blanks."""
    return text.translate(_LINE)


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 passage`, `2 passages`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
