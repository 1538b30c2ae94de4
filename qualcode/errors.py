"""What can go wrong, in words for the person at the keyboard.

Every error says *what* is the matter, *where*, and what to do about it (*remedy*).

    QualcodeError
    ├── UserError               a mistake, or an input that cannot be used: exit 2
    │   ├── InputError          a file that cannot be read as what it should be
    │   ├── NotFoundError       no such document, code, person, ...
    │   ├── AmbiguousError      more than one place fits
    │   ├── RefusedError        cannot be done as things stand (undo after a change, a frozen round, ...)
    │   ├── MisquotedError      an edited quote says what its passage does not say
    │   ├── NoCoderError        nothing is written without a coder
    │   ├── ProjectFileError    not a project, a newer one, a damaged one
    │   │   └── LockedError     an encrypted one: without its passphrase, or with another
    │   └── MissingExtraError   an optional feature is not installed
    └── TroubleError            disk full, file busy: nobody's mistake: exit 1
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


class QualcodeError(Exception):
    """Anything qualcode refuses or fails to do.

    Args:
        what: what is the matter, one sentence.
        where: the file and place, when there is one.
        remedy: what to do next.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"\n  {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{advice}"


class UserError(QualcodeError):
    """A mistake of the user's, or an input that cannot be used."""


class InputError(UserError):
    """A file that cannot be read as what it should be."""


class NotFoundError(UserError):
    """Nothing has that name."""


class AmbiguousError(UserError):
    """More than one place or thing fits; the message lists them."""


class RefusedError(UserError):
    """It cannot be done as things stand."""


class RealNamesError(RefusedError):
    """Real names stand in what would be written.

    Attributes:
        count: in how many places.
        first: the first of them, the name in [brackets] with what stands around it, behind the part it is in.
        standing: what in the project holds them, by its sort: {"document": "document Maureen 1 and 4 more"}.
    """

    def __init__(
        self, what: str, *, where: str, remedy: str, count: int, first: tuple[str, ...], standing: Mapping[str, str]
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.count = count
        self.first = first
        self.standing = standing


class MisquotedError(UserError):
    """An edited quote says what its passage does not say.

    Attributes:
        at: where in the edited quote the first such word stands, in code points; its length if words are missing.
    """

    def __init__(self, what: str, *, at: int, remedy: str) -> None:
        super().__init__(what, remedy=remedy)
        self.at = at


class NoCoderError(UserError):
    """Nothing is written without a coder."""


class ProjectFileError(UserError):
    """The file is not a project of ours, or cannot be opened safely."""


class LockedError(ProjectFileError):
    """The project is encrypted, and its passphrase was not given, or does not open it."""


class MissingExtraError(UserError):
    """An optional feature that is not installed."""


class TroubleError(QualcodeError):
    """The machine's trouble, not the user's: a full disk, a busy file."""


_NEAREST, _MOST_NAMED = 3, 12


def not_found(noun: str, name: str, known: Iterable[str]) -> NotFoundError:
    """The error for a name that nothing has, with the names that begin so, else the nearest ones.

    Args:
        noun: what was looked for, e.g. "code".
        name: the name as it was given.
        known: all the names there are.
    """
    names = list(known)
    folded = {each.casefold(): each for each in names}  # codes are typed in any case
    wanted = name.casefold()
    begun = [known for each, known in folded.items() if wanted and each.startswith(wanted)]  # a person's interviews
    near = begun[:_NEAREST] or [folded[each] for each in get_close_matches(wanted, folded, n=_NEAREST, cutoff=0.5)]
    if near:
        remedy = "Did you mean " + " or ".join(near) + "?"
    elif names:
        more = len(names) - _MOST_NAMED
        remedy = f"There are: {', '.join(names[:_MOST_NAMED])}" + (f" and {more} more" if more > 0 else "")
    else:
        remedy = f"The project has no {noun} yet."
    return NotFoundError(f"there is no {noun} called {name!r}", remedy=remedy)


def must_be_one_of(noun: str, given: str, choices: Iterable[str]) -> None:
    """Refuse a choice that there is not.

    Args:
        noun: what is chosen, e.g. "unit".
        given: as it was asked for.
        choices: all there are.

    Raises:
        RefusedError: says which there are.
    """
    known = tuple(choices)
    if given not in known:
        raise RefusedError(f"{noun} cannot be {given!r}", remedy=f"Choose one of: {', '.join(known)}.")
