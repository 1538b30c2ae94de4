"""The words around a passage, from and to whole words. No Textual in here."""


def words_before(body: str, start: int, first: int) -> str:
    """The text from `first` to `start`; where it begins within the text, from a whole word on, and that is seen."""
    words = body[first:start]
    return words if first == 0 or body[first - 1] == "\n" else f"… {words.partition(' ')[2] or words}"


def words_after(body: str, end: int, last: int) -> str:
    """The text from `end` to `last`; where it ends within the text, up to a whole word, and that is seen."""
    words = body[end:last]
    return words if last >= len(body) or body[last] == "\n" else f"{words.rpartition(' ')[0] or words} …"
