"""Citable lines as plain text: number, answer and words, the codes on the left; the same on screen and in text files.

A code stands on the line where its passage begins; a bar follows it down to the passage's last line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.report.widths import cell_width, folded, padded, shortened
from qualcode.visible import visible_line

_WIDEST_MARGIN = 24  # cells: with the numbers and 68 cells of text a line still fits a wide terminal
_LEAST_WORDS = 40  # cells left to the words, however narrow the screen
_MOST_BARS = 6


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands left of a line: a bar for each passage that goes on in it, and the codes of those that begin."""

    bars: str = ""
    codes: str = ""

    @property
    def text(self) -> str:
        """Both."""
        return f"{self.bars} {self.codes}".strip()


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A citable line to be printed.

    Attributes:
        number: from 1.
        answer: number of the answer that begins in it, 0 if none does.
        margin: what stands left of it.
        words: safe to show, on one line.
    """

    number: int
    answer: int
    margin: Margin
    words: str


def margins(passages: Iterable[tuple[int, int, str]], lines: int) -> list[Margin]:
    """The margin of each line.

    Args:
        passages: first line, last line (from 1) and code of each, in the order of the codes.
        lines: how many there are.
    """
    begun: list[list[str]] = [[] for _ in range(lines)]
    bars = [0] * lines
    for first, last, code in passages:
        begun[first - 1].append(code)
        for number in range(first, last):
            bars[number] += 1
    return [
        Margin("|" * min(count, _MOST_BARS), visible_line(" ".join(dict.fromkeys(codes))))
        for count, codes in zip(bars, begun, strict=True)
    ]


def printed_lines(lines: Sequence[NumberedLine], width: int | None = None) -> Iterator[str]:
    """The lines one below the other.

    Args:
        lines: in order.
        width: cells of the screen. Where they are too few for codes beside the words, codes stand in a row above; where
            they are too few for the words, these go on in a row without a number. None = as many as it takes; more
            codes than the margin holds are then cut, and say so.
    """
    wanted = max((cell_width(line.margin.text) for line in lines), default=0)
    margin = min(wanted, _WIDEST_MARGIN)
    widest = max((cell_width(line.words) for line in lines), default=0)
    beside = _numbers(lines, "  ")
    head = cell_width(beside[0]) + 2 + (margin + 2 if margin else 0) if lines else 0
    if width is not None and (wanted > margin or head + widest > width):
        yield from _with_codes_above(lines, width)
        return
    for line, number in zip(lines, beside, strict=True):
        parts = [padded(shortened(line.margin.text, margin), margin)] * bool(margin) + [number, line.words]
        yield "  ".join(parts).rstrip()


def _with_codes_above(lines: Sequence[NumberedLine], width: int) -> Iterator[str]:
    bars = max(len(line.margin.bars) for line in lines)
    for line, number in zip(lines, _numbers(lines, " "), strict=True):
        if line.margin.codes:
            yield from folded(line.margin.text, width)
        head = f"{padded(line.margin.bars, bars)} {number} " if bars else f"{number} "
        for row, words in enumerate(folded(line.words, max(width - len(head), _LEAST_WORDS))):
            yield f"{head if row == 0 else ' ' * len(head)}{words}".rstrip()


def _numbers(lines: Sequence[NumberedLine], gap: str) -> list[str]:
    """Number and answer of each line, all of one width."""
    digits = max((len(str(line.number)) for line in lines), default=0)
    answers = max((len(f"¶{line.answer}") for line in lines if line.answer), default=0)
    shown = ((f"{line.number:>{digits}}", f"¶{line.answer}" if line.answer else "") for line in lines)
    return [gap.join([number, answer.ljust(answers)][: 2 if answers else 1]) for number, answer in shown]
