"""Words in Word, put together from elements: python-docx goes through them character by character."""

import re
from functools import cache
from typing import cast

from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import SubElement

_BREAKS = re.compile("([\t\n])")  # what `visible` leaves of the control signs
_qualified = cache(qn)


def inside(parent: BaseOxmlElement, name: str, **attributes: str) -> BaseOxmlElement:
    """Adds an element at the end of another and returns it; names without `w:` for the attributes."""
    named = {_qualified(f"w:{attribute}"): value for attribute, value in attributes.items()}
    return cast("BaseOxmlElement", SubElement(parent, _qualified(name), named))


def add_run(paragraph: Paragraph, text: str, *properties: str) -> Run:
    """A run at a paragraph's end, as python-docx would write it.

    Args:
        paragraph: where.
        text: `xml_safe`; a tab and a line's end become elements of their own.
        properties: elements that say how it looks, such as `w:i`, in the order that Word wants.
    """
    return Run(add_words(cast("BaseOxmlElement", paragraph._p), text, *properties), paragraph)  # noqa: SLF001


def add_words(paragraph: BaseOxmlElement, text: str, *properties: str) -> CT_R:
    """As `add_run`, for a paragraph's element."""
    run = inside(paragraph, "w:r")
    if properties:
        look = inside(run, "w:rPr")
        for name in properties:
            inside(look, name)
    for piece in _BREAKS.split(text):
        if piece in ("\t", "\n"):
            inside(run, "w:tab" if piece == "\t" else "w:br")
        elif piece:
            words = inside(run, "w:t")
            words.text = piece
            if piece != piece.strip():
                words.set(_qualified("xml:space"), "preserve")
    return cast("CT_R", run)
