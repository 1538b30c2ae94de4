"""Which codes a few typed letters may mean. No Textual in here."""

from collections.abc import Sequence

from qualcode.model import Code
from qualcode.tui.desk import Frame


def key_of(code: Code) -> str:
    """What one types after `c` for a code: its own key, else its short name in small letters."""
    return code.key or code.short.casefold()


def by_key(codes: Sequence[Code], typed: str) -> Code | None:
    """The code whose key was typed, if no other key goes on from there; else None."""
    typed = typed.casefold()
    meant = [code for code in codes if key_of(code).casefold() == typed]
    longer = [code for code in codes if key_of(code).casefold().startswith(typed)]
    return meant[0] if len(meant) == 1 and len(longer) == 1 else None


def found(frame: Frame, typed: str, first: Sequence[int] = ()) -> list[Code]:
    """The codes that may be meant, best first.

    Without letters all of them, those of `first` (ids: expected or recent ones) on top. With letters: a key or short
    name that is so, then one that begins so, then words of the name that begin so, then the path or the definition's
    first lines that have them; codes of equal standing stay in the order of the codebook.
    """
    typed = typed.casefold().strip()
    favoured = {code: place for place, code in enumerate(first)}
    if not typed:
        return sorted(frame.codes, key=lambda code: favoured.get(code.id, len(favoured)))
    ranked = [(rank, code) for code in frame.codes if (rank := _rank(frame, code, typed)) is not None]
    return [code for _, code in sorted(ranked, key=lambda each: each[0])]


def _rank(frame: Frame, code: Code, typed: str) -> int | None:
    short, name = code.short.casefold(), code.name.casefold()
    if typed in (short, key_of(code).casefold()):
        return 0
    if short.startswith(typed):
        return 1
    words = typed.split()
    if all(any(part.startswith(word) for part in name.split()) for word in words):
        return 2
    if all(word in name for word in words):
        return 3
    elsewhere = f"{path(frame, code)} {code.definition.brief}".casefold()
    return 4 if all(word in elsewhere for word in words) else None


def path(frame: Frame, code: Code) -> str:
    """The codes above, from the top: `M1 Trust › M1b Disclosure`."""
    above = []
    parent = code.parent
    while parent is not None:
        above.append(frame.by_id[parent].short)
        parent = frame.by_id[parent].parent
    return " › ".join([*reversed(above), code.short])
