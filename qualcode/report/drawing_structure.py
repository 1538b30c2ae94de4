"""A data structure drawn: concepts in boxes at the left, the themes drawn from them, the dimensions of these."""

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.lettering import wrapped
from qualcode.figure import Part, Structure
from qualcode.report.drawing_canvas import GREY, INK, POINT, TINT, Canvas, lettered, text_width

_LEFT = (0.0, 126.0, 208.0)  # mm where a column begins: together as wide as A4 on its side within 20 mm
_WIDE = (108.0, 64.0, 46.0)
_TEXT, _HEAD = 7.5, 8.5  # points of type
_LEADING = 1.28 * _TEXT * POINT
_PAD, _ABOVE = 2.4, 1.6
_BETWEEN, _APART = 2.6, 5.2  # mm between themes, and between dimensions
_HEADS, _MARGIN = 8.0, 1.5
_MOST_LINES = 6
_BULLET, _HANGING = "•", 2.6


@dataclass(frozen=True, slots=True)
class _Words:
    """A part's lines, and its remark after the last of them."""

    lines: tuple[str, ...]
    remark: str

    @property
    def height(self) -> float:
        """Of the lines."""
        return len(self.lines) * _LEADING


def drawn(structure: Structure) -> Canvas:
    """The structure on a page that is as high as it needs."""
    heights = [[_theme_height(theme) for theme in part.made_of] for part in structure.parts]
    blocks = [
        max(sum(each) + _BETWEEN * max(len(each) - 1, 0), _height(_words(part, 2)))
        for part, each in zip(structure.parts, heights, strict=True)
    ]
    height = sum(blocks) + _APART * max(len(blocks) - 1, 0)
    width = _LEFT[2] + _WIDE[2]
    canvas = Canvas(width + 2 * _MARGIN, _HEADS + height + 2 * _MARGIN, (_MARGIN, _MARGIN + _HEADS))
    for left, wide, head in zip(_LEFT, _WIDE, structure.heads, strict=True):
        canvas.text((left, -6.0), head, _HEAD, is_bold=True)
        canvas.line([(left, -3.4), (left + wide, -3.4)], 0.9, INK)
    down = 0.0
    for part, each, block in zip(structure.parts, heights, blocks, strict=True):
        _draw_dimension(canvas, part, each, down, block)
        down += block + _APART
    return canvas


def _draw_dimension(canvas: Canvas, part: Part, heights: Sequence[float], top: float, block: float) -> None:
    free = block - sum(heights) - _BETWEEN * max(len(heights) - 1, 0)
    down, middles = top + free / 2, []
    for theme, height in zip(part.made_of, heights, strict=True):
        middles.append(down + height / 2)
        _draw_theme(canvas, theme, down, height, leads_on=bool(part.words))
        down += height + _BETWEEN
    if part.words:
        middle = (middles[0] + middles[-1]) / 2 if middles else top + block / 2
        for each in middles:
            _join(canvas, (_LEFT[1] + _WIDE[1], each), (_LEFT[2], middle))
        _draw_box(canvas, part, 2, middle)


def _draw_theme(canvas: Canvas, theme: Part, top: float, height: float, *, leads_on: bool) -> None:
    middle = top + height / 2
    concepts = [_words(concept, 0) for concept in theme.made_of]
    if concepts:
        canvas.box(_LEFT[0], top, _WIDE[0], height, fill=TINT, edge="none", line=0)
        down = top + (height - sum(each.height for each in concepts)) / 2
        for each in concepts:
            _draw_words(canvas, each, 0, down)
            down += each.height
        if theme.words or leads_on:
            _join(canvas, (_LEFT[0] + _WIDE[0], middle), (_LEFT[1], middle))
    if theme.words:
        _draw_box(canvas, theme, 1, middle)
    elif concepts and leads_on:
        canvas.line([(_LEFT[1], middle), (_LEFT[1] + _WIDE[1], middle)], 0.9, GREY)


def _draw_box(canvas: Canvas, part: Part, column: int, middle: float) -> None:
    words = _words(part, column)
    height = _height(words)
    canvas.box(_LEFT[column], middle - height / 2, _WIDE[column], height, line=1.0 if column == 2 else 0.6)
    _draw_words(canvas, words, column, middle - words.height / 2, is_bold=column == 2)


def _join(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    half = (start[0] + end[0]) / 2
    canvas.curve([start, (half, start[1]), (half, end[1]), end], 0.9, GREY)


def _draw_words(canvas: Canvas, words: _Words, column: int, top: float, *, is_bold: bool = False) -> None:
    left, right = _LEFT[column] + _PAD, _LEFT[column] + _WIDE[column] - _PAD
    if column == 0:
        canvas.text((left, top + 0.5 * _LEADING), _BULLET, _TEXT)
        left += _HANGING
    for number, line in enumerate(words.lines):
        canvas.text((left, top + (number + 0.5) * _LEADING), line, _TEXT, is_bold=is_bold)
    if words.remark:
        at = right, top + (len(words.lines) - 0.5) * _LEADING
        canvas.text(at, words.remark, _TEXT, side="right", colour=GREY)


def _words(part: Part, column: int) -> _Words:
    is_bold = column == 2
    remark = lettered(part.remark)
    room = (
        _WIDE[column] - 2 * _PAD - (_HANGING if column == 0 else 0) - (text_width(remark, _TEXT) + 2 if remark else 0)
    )
    lines = wrapped(lettered(part.words), room, lambda words: text_width(words, _TEXT, is_bold), _MOST_LINES)
    return _Words(lines, remark)


def _height(words: _Words) -> float:
    return words.height + 2 * _ABOVE


def _theme_height(theme: Part) -> float:
    concepts = sum(_words(concept, 0).height for concept in theme.made_of)
    return max(_height(_words(theme, 1)), concepts + 2 * _ABOVE)
