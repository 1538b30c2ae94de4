"""What is remarked on a passage or a claim, in words: `unsure: may be the nurse; negative case`."""

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from qualcode.model import Claim, Segment

Remarked = TypeVar("Remarked", "Segment", "Claim")


def remarks(passage: "Segment | Claim") -> str:
    """Flags, doubts and whose experience it is, or "" where nothing is remarked."""
    said = _flags(passage)
    if passage.unsure is not None:
        said.append(f"unsure: {passage.unsure}".rstrip(": "))
    return "; ".join(said + [value for value in (passage.whose, passage.standing, passage.tense) if value])


def without_doubts(passage: Remarked) -> Remarked:
    """The same, unsure without saying why: the note is the team's, and may name people."""
    return passage._replace(unsure="") if passage.unsure else passage


def _flags(passage: "Segment | Claim") -> list[str]:
    from qualcode.model import Claim

    if isinstance(passage, Claim):
        return ["inferred"] * passage.inferred + ["prompted"] * passage.prompted
    return ["negative case"] * passage.negative + ["exemplar"] * passage.exemplar
