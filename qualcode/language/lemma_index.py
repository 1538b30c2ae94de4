r"""The words of one text with their base forms (lemmas), as bytes in which one finds without unpacking.

Words are those of `sentences.bare_words`, the same whatever the pipeline, numbered from 0; each has its key
(`folding.word_key`: no case, accents or apostrophes) and one base form or more: "don't" has "do" and "not". Positions
are code points, half-open.

The bytes: a mark, three counts, then what the words are, a line for each pair of key and base forms, sorted

    \n key \t base form \t base form \t \n ...

then, as 32-bit numbers: where each line's words begin in the next list; the words' numbers, line by line; the words'
starts; their ends. A word is found by looking for its bytes among the lines (400 kB/ms), so that 240 interviews take
milliseconds.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from struct import Struct
from typing import Literal

from qualcode.folding import word_key
from qualcode.sentences import bare_words

Spoken = tuple[int, int, Sequence[str]]
"""Start and end of a token in the text, and the base forms that a pipeline gives it, the likeliest first."""

_HEAD = Struct("=8sIII")
_MARK = b"qclemma1"
_NUMBER: Literal["I"] = "I"


def build(body: str, tokens: Sequence[Spoken]) -> bytes:
    """The index of a text.

    Args:
        body: the text.
        tokens: a pipeline's, in order, not overlapping.
    """
    spans = bare_words(body)
    by_line: dict[str, list[int]] = {}
    for number, line in enumerate(_lines(body, spans, tokens)):
        by_line.setdefault(line, []).append(number)
    lines = sorted(by_line)
    text = ("\n" + "".join(f"{line}\n" for line in lines)).encode()
    text += b"\n" * (-len(text) % 4)
    first, order = array(_NUMBER, [0]), array(_NUMBER)
    for line in lines:
        order.extend(by_line[line])
        first.append(len(order))
    places = (array(_NUMBER, [span[side] for span in spans]) for side in (0, 1))
    head = _HEAD.pack(_MARK, len(text), len(lines), len(spans))
    return b"".join((head, text, *(each.tobytes() for each in (first, order, *places))))


def _lines(body: str, spans: Sequence[tuple[int, int]], tokens: Sequence[Spoken]) -> Iterator[str]:
    """For each word its key and the base forms of the tokens that it shares code points with."""
    known: dict[tuple[str, tuple[str, ...]], str] = {}
    at = 0
    for start, end in spans:
        while at < len(tokens) and tokens[at][1] <= start:
            at += 1
        lemmas, place = list[str](), at
        while place < len(tokens) and tokens[place][0] < end:
            lemmas += tokens[place][2]
            place += 1
        asked = (body[start:end], tuple(lemmas))
        if asked not in known:
            known[asked] = _line(*asked)
        yield known[asked]


def _line(word: str, lemmas: Iterable[str]) -> str:
    key = word_key(word)
    keys = dict.fromkeys(word_key("".join(each.split())) for each in lemmas if each[:1] not in {"'", "’"})
    bases = [each for each in keys if any(map(str.isalnum, each))] or [key]
    return f"{key}\t{chr(9).join(bases)}\t"


class LemmaIndex:
    """An index as `build` made it.

    Raises:
        ValueError: these bytes are none, or not whole.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEAD.size:
            raise ValueError("too short")
        mark, length, lines, words = _HEAD.unpack_from(data)
        sizes = (lines + 1, words, words, words)
        if mark != _MARK or len(data) != _HEAD.size + length + 4 * sum(sizes):
            raise ValueError("not an index of ours")
        self._text = data[_HEAD.size : _HEAD.size + length]
        numbers = memoryview(data)[_HEAD.size + length :].cast(_NUMBER)
        ends = [sum(sizes[: place + 1]) for place in range(4)]
        self._first, self._order, self._starts, self._ends = (
            numbers[end - size : end] for size, end in zip(sizes, ends, strict=True)
        )

    def __len__(self) -> int:
        return len(self._starts)

    def span(self, word: int) -> tuple[int, int]:
        """Where a word stands, by its number."""
        return self._starts[word], self._ends[word]

    def lemmas_of(self, key: str) -> set[str]:
        """The base forms that a word has in this text; empty if it does not stand there."""
        begin, end = b"\n" + key.encode(), b"\n"
        return {
            lemma
            for place in self._places(begin + b"\t")
            for lemma in self._text[place + len(begin) + 1 : self._text.index(end, place + 1)].decode().split("\t")
            if lemma
        }

    def of_key(self, key: str) -> list[int]:
        """Numbers of the words of that key."""
        lines = [self._text.count(b"\n", 0, place + 1) - 1 for place in self._places(b"\n" + key.encode() + b"\t")]
        return self._words(lines)

    def of_lemma(self, lemma: str) -> list[int]:
        """Numbers of the words of which that is a base form."""
        sought = b"\t" + lemma.encode() + b"\t"
        return self._words(self._text.count(b"\n", 0, place) - 1 for place in self._places(sought))

    def counts(self) -> Iterator[tuple[str, tuple[str, ...], Sequence[int]]]:
        """For each pair of key and base forms: both, and the numbers of its words."""
        lines = self._text.decode().strip("\n").split("\n") if len(self._first) > 1 else []
        for number, line in enumerate(lines):
            key, *lemmas = line.rstrip("\t").split("\t")
            yield key, tuple(lemmas), self._order[self._first[number] : self._first[number + 1]]

    def _places(self, sought: bytes) -> Iterator[int]:
        place = self._text.find(sought)
        while place >= 0:
            yield place
            place = self._text.find(sought, place + 1)

    def _words(self, lines: Iterable[int]) -> list[int]:
        found = [word for line in lines for word in self._order[self._first[line] : self._first[line + 1]]]
        return sorted(found)
