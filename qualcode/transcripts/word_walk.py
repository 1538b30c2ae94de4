"""The walk over a Word document's elements: what is text, what is a blank, what is left out and counted."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.visible import counted

if TYPE_CHECKING:
    from lxml.etree import _Element

# The transitional and the strict form of the standard (ISO/IEC 29500) differ in namespaces only.
_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_MATHS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}

_PROPERTIES = frozenset(
    {"pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"},
)
_NO_WORDS = frozenset(
    {"delText", "instrText", "delInstrText", "fldData", "footnoteRef", "endnoteRef", "annotationRef"},
)
_LEFT_OUT = _PROPERTIES | _NO_WORDS
_REMOVED = frozenset({"del", "moveFrom"})
_ADDED = frozenset({"ins", "moveTo"})
_OFF = frozenset({"0", "false", "off", "none"})

_DEEPEST = 100
"""Elements inside one another. Real documents reach some twenty; Python's stack bears about two hundred."""


def local_name(element: "_Element") -> str:
    """A Word element's name without its namespace; "" for an element of another vocabulary."""
    tag = str(element.tag)
    for namespace in _WORD:
        if tag.startswith(namespace):
            return tag[len(namespace) :]
    return "t" if tag in (f"{_MATHS[0]}t", f"{_MATHS[1]}t") else ""


def attribute(element: "_Element", name: str) -> str:
    """A Word attribute's value, "" where it is missing."""
    return str(element.get(_WORD[0] + name) or element.get(_WORD[1] + name) or "")


def children(element: "_Element") -> Iterator["_Element"]:
    """The child elements, with only one of the forms that `mc:AlternateContent` offers.

    Word keeps text boxes twice, for itself and for old programs: reading both would double the words.
    """
    for child in element:
        if str(child.tag) == f"{_COMPATIBILITY}AlternateContent":
            forms = list(child)
            yield from [form for form in forms if _has_words(form)][:1] or forms[:1]
        else:
            yield child


def _has_words(form: "_Element") -> bool:
    return any(local_name(element) == "t" and (element.text or "").strip() for element in form.iter())


class Notes:
    """The ids of footnotes and endnotes, in the order in which the text refers to them."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = {"footnotes": [], "endnotes": []}

    def add(self, kind: str, number: str) -> None:
        """Note a reference to a note."""
        self._ids[kind].append(number)

    def of(self, kind: str) -> tuple[str, ...]:
        """The ids of "footnotes" or "endnotes"."""
        return tuple(self._ids[kind])


class Walk:
    """Gathers the text of a part, depth first.

    Args:
        where: the file's name, for messages.

    Attributes:
        bold_heads: (start, end) of bold words at the head of a paragraph that stands at a line's start.
        notes: references to footnotes and endnotes.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._depth = 0
        self.bold_heads: list[tuple[int, int]] = []
        self.notes = Notes()
        self._pieces: list[str] = []
        self._length = 0
        self._seen: Counter[str] = Counter()
        self._rows: list[int] = []  # cells begun in each open table row, innermost last
        self._bold_end = -1  # where the bold head of the open paragraph ends so far
        self._is_bold_head = False

    def text(self) -> str:
        """What was gathered; paragraphs and table rows end with a newline, cells are parted by tabs."""
        return "".join(self._pieces)

    def has_embedded(self) -> bool:
        """Whether a document stands in it as a file of its own, which is not read."""
        return self._seen["embedded"] > 0

    def warnings(self) -> tuple[str, ...]:
        """What was decided or left out, for the researcher."""
        seen = self._seen
        told = []
        if seen["added"] or seen["removed"]:
            taken, removed = counted(seen["added"], "insertion"), counted(seen["removed"], "deletion")
            told.append(f"tracked changes: {taken} taken, {removed} left out")
        sorts = (
            ("comments", "Word comment was left out", "Word comments were left out"),
            (
                "numbered",
                "paragraph has a number or bullet made by Word, which is no text: left out",
                "paragraphs have numbers or bullets made by Word, which are no text: left out",
            ),
            ("symbols", "symbol of a symbol font was left out", "symbols of a symbol font were left out"),
            (
                "embedded",
                "embedded document was left out: open the file in Word and save it anew",
                "embedded documents were left out: open the file in Word and save it anew",
            ),
            ("guides", "phonetic guide above words was left out", "phonetic guides above words were left out"),
            ("hidden", "passage that Word hides was read", "passages that Word hides were read"),
        )
        told += (counted(seen[sort], one, many) for sort, one, many in sorts if seen[sort])
        return tuple(told)

    def go(self, element: "_Element") -> None:
        """Gather what stands below an element.

        Raises:
            InputError: elements stand in one another deeper than in any document that somebody wrote.
        """
        if self._depth == _DEEPEST:
            raise InputError(
                f"its parts stand in one another more than {_DEEPEST} deep",
                where=self._where,
                remedy="Open it in Word, and save it anew or as plain text.",
            )
        self._depth += 1
        for child in children(element):
            self._take(child, local_name(child))
        self._depth -= 1

    def _take(self, child: "_Element", name: str) -> None:
        if name == "t":
            words = (child.text or "").replace("\n", " ").replace("\r", " ")
            self._put(words if self._length else words.removeprefix("\ufeff"))
        elif name == "r":
            self._run(child)
        elif name == "p":
            self._paragraph(child)
        elif name in _CHARACTERS:
            self._put(_CHARACTERS[name])
        elif name in _REMOVED:
            self._seen["removed"] += 1
        elif name == "rt":  # how the words beside it are pronounced: they stand there themselves
            self._seen["guides"] += 1
        elif name not in _LEFT_OUT:
            self._go_into(child, name)

    def _go_into(self, child: "_Element", name: str) -> None:
        if name == "tr":
            self._row(child)
        elif name == "tc":
            self._cell(child)
        elif name == "txbxContent":
            self._text_box(child)
        else:
            self._count(child, name)
            self.go(child)

    def _count(self, child: "_Element", name: str) -> None:
        if name in _ADDED:
            self._seen["added"] += 1
        elif name == "commentReference":
            self._seen["comments"] += 1
        elif name == "sym":
            self._seen["symbols"] += 1
        elif name == "altChunk":
            self._seen["embedded"] += 1
        elif name in ("footnoteReference", "endnoteReference"):
            self.notes.add(name.removesuffix("Reference") + "s", attribute(child, "id"))

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _run(self, run: "_Element") -> None:
        before = len(self._pieces)
        properties = _child(run, "rPr")
        self.go(run)
        if not "".join(self._pieces[before:]).strip():
            return
        if properties is not None and _is_on(properties, "vanish"):
            self._seen["hidden"] += 1
        if self._is_bold_head and properties is not None and _is_on(properties, "b"):
            self._bold_end = self._length
        else:
            self._is_bold_head = False

    def _paragraph(self, paragraph: "_Element") -> None:
        start = self._length
        is_line_start = not self._pieces or self._pieces[-1].endswith("\n")
        self._bold_end, self._is_bold_head = -1, is_line_start
        self.go(paragraph)
        if self._bold_end > start:
            self.bold_heads.append((start, self._bold_end))
        self._is_bold_head = False
        properties = _child(paragraph, "pPr")
        if properties is not None and self._length > start and _is_numbered(properties):
            self._seen["numbered"] += 1
        if properties is None or not _mark_is_deleted(properties):
            self._put("\n")

    def _row(self, row: "_Element") -> None:
        properties = _child(row, "trPr")
        if properties is not None and _child(properties, "del") is not None:
            self._seen["removed"] += 1
            return
        self._rows.append(0)
        self.go(row)
        self._rows.pop()
        self._put("\n")

    def _cell(self, cell: "_Element") -> None:
        properties = _child(cell, "tcPr")
        if properties is not None and _child(properties, "cellDel") is not None:
            self._seen["removed"] += 1
            return
        if self._rows:
            if self._rows[-1]:
                self._put("\t")
            self._rows[-1] += 1
        before = len(self._pieces)
        self.go(cell)
        if len(self._pieces) > before and self._pieces[-1] == "\n":
            self._pieces.pop()
            self._length -= 1

    def _text_box(self, box: "_Element") -> None:
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._put("\n")
        self.go(box)


def _child(element: "_Element", name: str) -> "_Element | None":
    return next((child for child in element if local_name(child) == name), None)


def _is_on(properties: "_Element", name: str) -> bool:
    found = _child(properties, name)
    return found is not None and attribute(found, "val").lower() not in _OFF


def _is_numbered(properties: "_Element") -> bool:
    numbering = _child(properties, "numPr")
    number = None if numbering is None else _child(numbering, "numId")
    return number is not None and attribute(number, "val") != "0"


def _mark_is_deleted(properties: "_Element") -> bool:
    """Whether the paragraph's end was deleted as a tracked change: it then runs into the next one."""
    run = _child(properties, "rPr")
    return run is not None and _child(run, "del") is not None
