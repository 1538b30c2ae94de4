"""Moving the edges of a passage by a word, a sentence, an answer. No Textual in here."""

from collections.abc import Mapping, Sequence

from qualcode.tui import moves

Span = tuple[int, int]

KEYS: Mapping[str, str] = {
    "h": "begin earlier", "k": "begin later", "j": "end earlier", "l": "end later", "s": "whole sentences",
    "a": "whole answer",
}  # fmt: skip
"""Key -> what it does."""


def moved(body: str, sentences: Sequence[Span], answers: Sequence[Span], span: Span, key: str) -> Span:
    """A passage with one edge moved by a word, or widened to whole sentences or the whole answer."""
    start, end = span
    if key == "l":
        end = moves.word_end(body, end)
    elif key == "j":
        end = max(start + 1, len(body[: moves.word(body, end, -1)].rstrip()))
    elif key == "h":
        start = moves.word(body, start, -1)
    elif key == "k":
        start = min(moves.word(body, start, 1), end - 1)
    else:
        spans = sentences if key == "s" else answers
        first, last = moves.span_at(spans, start), moves.span_at(spans, end - 1)
        start, end = (first or span)[0], (last or span)[1]
    return start, end
