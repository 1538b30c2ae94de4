"""What a pipeline said of the words of one text, as bytes of which one reads only the pieces that are asked for.

spaCy's own DocBin takes ten times as long to be opened. The bytes: a mark, three counts, the strings joined by NUL; the
number of the word after the last of each piece; whether a blank follows each word; then for each attribute how many
values it has, these, and for each word which of them it has.
"""

from collections.abc import Sequence
from functools import cached_property
from struct import Struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_ATTRIBUTES = ("ORTH", "LEMMA", "TAG", "POS", "ENT_IOB", "ENT_TYPE")
_OF_STRINGS = ("ORTH", "LEMMA", "TAG", "ENT_TYPE")
_HEAD = Struct("=8sIII")
_COUNT = Struct("=I")
_MARK = b"qcwords1"


def packed(pieces: "Sequence[Doc]", vocabulary: "Vocab") -> bytes:
    """The pieces of a text as bytes.

    Args:
        pieces: as the pipeline made them, in order.
        vocabulary: the pipeline's.
    """
    import numpy as np

    rows = [piece.to_array([*_ATTRIBUTES, "SPACY"]) for piece in pieces]
    table = np.concatenate(rows) if rows else np.zeros((0, len(_ATTRIBUTES) + 1), dtype="uint64")
    lasts = np.cumsum([len(piece) for piece in pieces], dtype="uint32")
    columns, strings = [], dict[str, None]()
    for place, name in enumerate(_ATTRIBUTES):
        values, which = np.unique(table[:, place], return_inverse=True)
        if name in _OF_STRINGS:
            strings |= dict.fromkeys(vocabulary.strings[value] for value in values.tolist())
        columns.append(_COUNT.pack(len(values)) + values.astype("<u8").tobytes() + which.astype("<u4").tobytes())
    told = "\0".join(strings).encode(errors="surrogatepass")
    head = _HEAD.pack(_MARK, len(told), len(pieces), len(table))
    blanks = table[:, -1].astype("u1").tobytes()
    return b"".join((head, told, lasts.astype("<u4").tobytes(), blanks, *columns))


class KeptText:
    """One text as `packed` wrote it; its pieces are made into spaCy's documents one by one, as they are asked for.

    Raises:
        ValueError: these bytes are none, or not whole.
    """

    def __init__(self, data: bytes, vocabulary: "Vocab") -> None:
        self._data, self._at, self._vocabulary = data, _HEAD.size, vocabulary
        if len(data) < _HEAD.size:
            raise ValueError("too short")
        mark, length, pieces, words = _HEAD.unpack_from(data)
        if mark != _MARK:
            raise ValueError("not ours")
        strings = self._bytes(length).decode(errors="surrogatepass").split("\0")
        self._lasts: list[int] = self._numbers(pieces, "<u4").tolist()
        self._blanks = self._numbers(words, "u1").astype(bool)
        self._columns = [(self._numbers(self._count(), "<u8"), self._numbers(words, "<u4")) for _ in _ATTRIBUTES]
        if self._at != len(data):
            raise ValueError("not whole")
        for each in strings:
            vocabulary.strings.add(each)

    def __len__(self) -> int:
        """How many pieces it has."""
        return len(self._lasts)

    def doc(self, number: int) -> "Doc":
        """One of the pieces, with what is kept of its words."""
        from spacy.tokens import Doc

        rows = slice(self._lasts[number - 1] if number else 0, self._lasts[number])
        table = self._table[rows]
        strings = self._vocabulary.strings
        words = [strings[word] for word in table[:, 0].tolist()]
        doc = Doc(self._vocabulary, words=words, spaces=self._blanks[rows].tolist())
        attributes: Any = list(_ATTRIBUTES)
        return doc.from_array(attributes, table)

    def words(self) -> tuple[list[str], Any]:
        """The different words of the text, and for each word of it which of them it is."""
        values, which = self._columns[0]
        return [self._vocabulary.strings[word] for word in values.tolist()], which

    def pieces_with(self, run: "Sequence[Any]") -> Any:
        """For each piece whether words of some kinds stand in it, one right after the other.

        Args:
            run: of each kind, for each word of the text whether it is of it; or True, False for all of them.
        """
        import numpy as np

        count = len(self._blanks) - len(run) + 1
        there = np.ones(max(count, 0), dtype=bool)
        for shift, each in enumerate(run):
            there &= each if isinstance(each, bool) else each[shift : shift + len(there)]
        found = np.zeros(len(self), dtype=bool)
        found[np.searchsorted(self._lasts, np.flatnonzero(there), side="right")] = True
        return found

    @cached_property
    def _table(self) -> Any:
        """Words by attributes: at once, since a piece is but a line."""
        import numpy as np

        return np.stack([values[which] for values, which in self._columns], axis=1)

    def _bytes(self, length: int) -> bytes:
        found = self._data[self._at : self._at + length]
        self._at += length
        return found

    def _count(self) -> int:
        return int(_COUNT.unpack(self._bytes(_COUNT.size))[0])

    def _numbers(self, count: int, kind: str) -> Any:
        import numpy as np

        return np.frombuffer(self._bytes(count * np.dtype(kind).itemsize), dtype=kind)
