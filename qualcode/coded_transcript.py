"""`CodedTranscript`: one document with its coding, as `work/coded_transcripts.py` makes it and `report/` prints it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.model import Answer, Turn


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded passage, named.

    Attributes:
        start, end: half-open code points of the transcript's body.
        label: short: "M2a", or "M2a → P3 raises" for a claim.
        name: "Living proof".
        coder: short name of who coded it.
        colour: "#RRGGBB" or "".
        remarks: flags in words, "unsure: may be the nurse; negative case", or "".
    """

    start: int
    end: int
    label: str
    name: str
    coder: str
    colour: str = ""
    remarks: str = ""
    is_claim: bool = False


@dataclass(frozen=True, slots=True)
class CodedTranscript:
    """One document as it is printed; texts are as stored, and are made safe to show by whoever prints them.

    Attributes:
        title: the document's name.
        face_sheet: what is known about it and its people: ("Wave", "wave 1"), ...
        notes: whose coding it is, codebook version, date of the last change; one sentence each.
        body: the whole text.
        turns: in order of place.
        interviewers: speakers' labels.
        line_starts: where each citable line begins (`lines.line_starts`).
        answers: in order of place.
        passages: by start, end and label; they may overlap.
        called: speaker's label -> what is printed in its place; a label that is not there is printed as it is.
    """

    title: str
    face_sheet: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    body: str
    turns: tuple[Turn, ...]
    interviewers: frozenset[str]
    line_starts: Sequence[int]
    answers: tuple[Answer, ...]
    passages: tuple[Passage, ...]
    called: Mapping[str, str] = field(default_factory=dict)
