"""A barcode drawn: each document a strip, in it a lane for each coder, dark where all coded, warm where not all."""

from qualcode.figure import Barcode, Strip
from qualcode.report.drawing_canvas import GREY, INK, TINT, WARM, Canvas, lettered, text_width

_WIDE, _MARGIN, _ABOVE = 190.0, 2.0, 1.0
_LANE, _BETWEEN, _APART = 2.6, 0.5, 3.4  # mm of a lane, between lanes, between documents
_NAME, _SMALL = 7.0, 5.5  # points of type
_LEAST = 0.25  # mm of a stretch, so that a word in a long document can be seen


def drawn(barcode: Barcode) -> Canvas:
    """The strips one below the other, all in the scale of the longest document."""
    lanes = max([0.0, *(text_width(lettered(lane), _SMALL) for lane in barcode.lanes)]) + 2
    names = max([0.0, *(text_width(lettered(strip.name), _NAME) for strip in barcode.strips)]) + 3
    step = len(barcode.lanes) * (_LANE + _BETWEEN) + _APART
    canvas = Canvas(names + lanes + _WIDE + 2 * _MARGIN, step * max(len(barcode.strips), 1) + _ABOVE + 2 * _MARGIN,
                    (_MARGIN + names + lanes, _MARGIN + _ABOVE))  # fmt: skip
    longest = max([1, *(strip.length for strip in barcode.strips)])
    for number, strip in enumerate(barcode.strips):
        top = number * step
        canvas.text((-lanes - names, top + _LANE / 2), strip.name, _NAME)
        for lane, coder in enumerate(barcode.lanes):
            canvas.text((-1.5, _down(top, lane) + _LANE / 2), coder, _SMALL, side="right", colour=GREY)
        _draw_strip(canvas, strip, top, _WIDE / longest)
    return canvas


def _draw_strip(canvas: Canvas, strip: Strip, top: float, scale: float) -> None:
    """The lanes of one document: what has one colour in one stroke, since strokes are what takes time."""
    finished = [(_down(top, lane), stretches) for lane, stretches in enumerate(strip.lanes) if stretches is not None]
    for lane in (lane for lane, stretches in enumerate(strip.lanes) if stretches is None):
        middle = _down(top, lane) + _LANE / 2
        canvas.line([(0, middle), (strip.length * scale, middle)], 0.5, GREY, dashes=(1.0, 2.0))
    canvas.areas([_box(0, strip.length, down, scale) for down, _ in finished], TINT)
    canvas.areas([_box(*each, down, scale) for down, stretches in finished for each in stretches], WARM)
    canvas.areas([_box(*each, down, scale) for down, _ in finished for each in strip.shared], INK)


def _down(top: float, lane: int) -> float:
    return top + lane * (_LANE + _BETWEEN)


def _box(start: int, end: int, top: float, scale: float) -> list[tuple[float, float]]:
    left, right = start * scale, max(end * scale, start * scale + _LEAST)
    return [(left, top), (right, top), (right, top + _LANE), (left, top + _LANE)]
