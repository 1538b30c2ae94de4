"""Finding things by the names people type: in any case, where only one can be meant."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from qualcode.errors import AmbiguousError, RefusedError, not_found

Named = TypeVar("Named")


def find_named(noun: str, name: str, known: Mapping[str, Named]) -> Named | None:
    """What has that name; else the one that has it in another case; else None.

    Raises:
        AmbiguousError: several have it in other cases, and none as it is written; the message lists them.
    """
    if name in known:
        return known[name]
    wanted = folded(name)
    found = [each for each in known if folded(each) == wanted]
    if len(found) > 1:
        raise AmbiguousError(
            f"{name!r} may be any {noun} of {len(found)}", remedy=f"Write it as it is: {', '.join(sorted(found))}"
        )
    return known[found[0]] if found else None


def get_named(noun: str, name: str, known: Mapping[str, Named]) -> Named:
    """As `find_named`, where there must be one.

    Raises:
        NotFoundError: there is none; the message gives the nearest names.
        AmbiguousError: several may be meant.
    """
    found = find_named(noun, name, known)
    if found is None:
        raise not_found(noun, name, known)
    return found


@lru_cache(maxsize=10_000)  # an import compares each new name with all there are
def folded(name: str) -> str:
    """A name as it is compared: composed, in one case."""
    return unicodedata.normalize("NFC", name).casefold()


def must_be_free(name: str, known: Mapping[str, int], own: int, noun: str) -> None:
    """Refuse an empty name, and one that another has already, in whatever case."""
    if not name.strip():
        raise RefusedError(f"a {noun} needs a name")
    taken = next((each for each, row in known.items() if row != own and folded(each) == folded(name)), None)
    if taken is not None:
        raise RefusedError(f"there is a {noun} called {taken} already", remedy="Choose another name.")
