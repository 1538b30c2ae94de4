"""A coding frame as a codebook file states it."""

from dataclasses import dataclass, field

from qualcode.model import Definition, Kind, Valence

PROSE = {"brief": "brief", "definition": "full", "include": "include", "exclude": "exclude", "example": "example"}
"""Name of each text of a code in a file -> the part of its `Definition`."""


@dataclass(frozen=True, slots=True)
class CodebookCode:
    """A code as a codebook file states it.

    Attributes:
        id: the short code, "M2a"; unique in its codebook whatever the case of its letters.
        parent: id of the code above, or None.
        kind: one of `model.KINDS` or of the codebook's own.
        definition: MacQueen et al. 1998: brief, full, when to use, when not, example.
        applies_to: short names of the roles it may be coded for; empty = all.
        leads_to: ids of the codes it is expected to lead to.
        colour: "#RRGGBB" or "".
        key: the one character that codes it, or "".
        stage: of grounded theory ("open", "axial", ...), or "".
        in_vivo: the name is the participants' own words.
        axial: its places in the paradigm of other codes: "strategy of FACE"; the slots are `model.AXIAL`.
    """

    id: str
    name: str
    parent: str | None = None
    kind: Kind = "code"
    definition: Definition = field(default_factory=Definition)
    valence: Valence = "neutral"
    applies_to: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    colour: str = ""
    key: str = ""
    stage: str = ""
    in_vivo: bool = False
    axial: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A coding frame.

    Attributes:
        name: short, as a file would be called: "peer_worker_change_model".
        title: for people.
        provenance: where it comes from, whose it is, how to use it.
        codes: each parent directly before its children; siblings in the order of the file.
    """

    name: str
    title: str = ""
    provenance: str = ""
    codes: tuple[CodebookCode, ...] = ()
