"""Places in one text where words stand. No Textual in here."""

import re


def hits_of(body: str, words: str) -> list[tuple[int, int]]:
    """Where words occur, whatever their case and the blanks between them; in order, not overlapping."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    return [match.span() for match in re.finditer(r"\s+".join(parts), body, re.IGNORECASE)]
