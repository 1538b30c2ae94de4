"""What screens tell the workbench: it alone goes from one to another."""

from dataclasses import dataclass

from textual.message import Message

from qualcode.model import Document


@dataclass
class OpenDocument(Message):
    """A document is to be shown, at a code point, or (None) where it was left."""

    document: Document
    at: int | None = None


@dataclass
class Gone(Message):
    """What was shown is no longer in the project; its name."""

    name: str
