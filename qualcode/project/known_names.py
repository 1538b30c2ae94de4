"""The name list: real names said in transcripts, and what is written in their place."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import get_args

from qualcode.errors import RefusedError
from qualcode.folding import PLAIN_QUOTES, UNSEEN, fold
from qualcode.model import KnownName, NameKind
from qualcode.project import twins
from qualcode.project.actions import Store
from qualcode.project.guids import new_guid
from qualcode.project.naming import find_named, get_named, must_be_free

_SELECT = "SELECT id, guid, name, kind, pseudonym FROM known_name"
_MARKS = f"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670{UNSEEN}"
"""Accents and vowel points written apart, and what is not seen: no letters, and part of their word all the same."""
_UNHEARD = f"(?-i:[{_MARKS}])*+"  # without case: else half of the time to compile a name goes into these
_APOSTROPHES = "".join(chr(sign) for sign, plain in PLAIN_QUOTES.items() if plain == "'")
_HYPHEN = r"[-\u2010-\u2013]"  # Word has one of its own that holds a line together
_BETWEEN = {" ": rf"(?:\s+|{_HYPHEN})"} | dict.fromkeys("-\u2010\u2011\u2012\u2013", rf"(?:[^\S\n]|{_HYPHEN})")
"""Between two names: "Anne Marie" may be "Anne-Marie", and the other way."""
_ACCENTED = (*range(0xC0, 0x250), *range(0x370, 0x500), *range(0x1E00, 0x2000))
"""Where Latin, Greek and Cyrillic letters with accents stand in Unicode."""


@lru_cache(maxsize=2000)  # a name takes 2 ms to compile
def whole_words(name: str) -> re.Pattern[str]:
    """Finds a name as whole words: in any case, with or without its accents, over any blanks or hyphens.

    A possessive's name is found, without its 's, and one with a number or a `_` behind it ("Maureen_2"). What only
    begins like the name ("Maureens") is not.
    """
    spelt, name = _spelt(name), name.strip()
    if r"\s+" not in spelt:
        return re.compile(rf"(?<!{_joined(name[0])}){spelt}(?!{_joined(name[-1])}|[{_MARKS}])", re.IGNORECASE)
    in_line = spelt.replace(r"\s+", r"[^\S\n]+")
    either = rf"(?:{in_line}|{spelt}(?!\s*:))"  # "I saw Maureen", and below it "O'Brien: Yes": two who speak
    return re.compile(rf"(?<!{_joined(name[0])}){either}(?!{_joined(name[-1])}|[{_MARKS}])", re.IGNORECASE)


def longer_words(name: str) -> re.Pattern[str]:
    """Finds words that only begin like a name: "Maureens"."""
    letter = _joined("a")
    return re.compile(rf"(?<!{letter}){_spelt(name)}(?:{letter}|[{_MARKS}])+", re.IGNORECASE)


def _joined(letter: str) -> str:
    """What beside the first or last letter of a name makes it a part of another word."""
    return r"[^\W\d_]" if letter.isalpha() else r"[^\W_]"


def _spelt(name: str) -> str:
    if not any(letter.isalnum() for letter in name):
        raise RefusedError("a name has letters")
    return "".join(map(_in_any_spelling, unicodedata.normalize("NFC", " ".join(name.split()))))


def _in_any_spelling(letter: str) -> str:
    if letter in _BETWEEN:
        return _BETWEEN[letter]
    if letter in f"'{_APOSTROPHES}":
        return f"['{_APOSTROPHES}]"
    plain = fold(letter)[0]
    if not plain:
        return ""  # an accent written apart, or none at all, fits behind any letter
    spelt = {plain, letter, letter.casefold(), unicodedata.normalize("NFD", letter), *_accented().get(plain, ())}
    alone = "".join(sorted(each for each in spelt if len(each) == 1))
    apart = sorted(each for each in spelt if len(each) > 1)
    return f"(?:{'|'.join([*apart, f'[{re.escape(alone)}]'])}){_UNHEARD}"


@cache
def _accented() -> dict[str, list[str]]:
    """Plain letter -> all small letters that are this one with an accent or a stroke."""
    found: dict[str, list[str]] = {}
    for letter in map(chr, _ACCENTED):
        if letter == letter.lower():
            found.setdefault(fold(letter)[0], []).append(letter)
    return found


class KnownNames:
    """The project's name list; `project.names`. It holds real names: whoever has the file can read them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[KnownName]:
        """Every name that something stands for, in order of the alphabet."""
        return [each for each in self._every() if not each.stays]

    def ignored(self) -> list[KnownName]:
        """What was proposed as a name and is to stay as it is, in order of the alphabet."""
        return [each for each in self._every() if each.stays]

    def _every(self) -> list[KnownName]:
        return [KnownName(*row) for row in self._store.rows(f"{_SELECT} ORDER BY name")]

    def find(self, name: str) -> KnownName | None:
        """The entry of that name, be it ignored, in any case; None where it is not on the list."""
        return find_named("name", name, self._by_name())

    def get(self, name: str) -> KnownName:
        """The entry of that name, in any case (NotFoundError otherwise)."""
        return get_named("name", name, self._by_name())

    def _by_name(self) -> dict[str, KnownName]:
        """Every entry by name; what stays as it is, only where no name of these letters is replaced."""
        replaced = {each.name.casefold() for each in self.all()}
        return {each.name: each for each in self._every() if not each.stays or each.name.casefold() not in replaced}

    def ignore(self, words: str, kind: NameKind = "other") -> KnownName:
        """Remember that words are no name to be replaced, so that they are not proposed again; they stay in the texts.

        Raises:
            RefusedError: something stands for them on the list.
        """
        words = words.strip()
        known = self.find(words)
        if known is not None and not known.stays:
            raise RefusedError(
                f"{known.pseudonym} stands for it on the list", where=known.name, remedy="Take it off the list first."
            )
        return known or self._write(words, words, kind, "ignore name")

    def leave_small(self, known: KnownName) -> None:
        """Remember that a name written small is a word and stays: "will" beside "Will"."""
        small = known.name.lower()
        if small != known.name and small not in {each.name for each in self.ignored()}:
            with self._store.action("ignore name", kind=known.kind):
                self._insert(small, known.kind, small)

    def leave_none(self, known: KnownName) -> None:
        """Forget that a name written small was to stay."""
        with self._store.action("remove name", name=known.id):
            for each in self.ignored():
                if each.name.casefold() == known.name.casefold():
                    self._store.connection.execute("DELETE FROM known_name WHERE id = ?", (each.id,))

    def add(self, name: str, pseudonym: str, kind: NameKind = "person") -> KnownName:
        """Put a name on the list.

        Args:
            name: as it is said.
            pseudonym: what is to be written in its place, by convention in brackets: "[Dawn]".
            kind: person, place, organisation or other.

        Raises:
            RefusedError: it is on the list already, in whatever case; or name or pseudonym cannot be one.
        """
        name, pseudonym = name.strip(), pseudonym.strip()
        _must_differ(name, pseudonym)
        known = self.find(name)
        if known is not None and known.stays:
            return self.change(known, name=name, pseudonym=pseudonym, kind=kind)
        return self._write(name, pseudonym, kind, "add name")

    def _write(self, name: str, pseudonym: str, kind: NameKind, verb: str) -> KnownName:
        with self._store.action(verb, kind=kind):
            self._must_fit(0, name, kind, pseudonym)
            self._insert(name, kind, pseudonym)
        return self.get(name)

    def _insert(self, name: str, kind: NameKind, pseudonym: str) -> None:
        self._store.connection.execute(
            "INSERT INTO known_name(guid, name, kind, pseudonym) VALUES (?, ?, ?, ?)",
            (new_guid(), name, kind, pseudonym),
        )

    def change(
        self, known: KnownName, *, name: str | None = None, pseudonym: str | None = None, kind: NameKind | None = None
    ) -> KnownName:
        """Change an entry of the list; texts are not touched (RefusedError as for `add`)."""
        called = known.name if name is None else name.strip()
        stands = known.pseudonym if pseudonym is None else pseudonym.strip()
        _must_differ(called, stands)
        with self._store.action("change name", name=known.id):
            self._must_fit(known.id, called, kind or known.kind, stands)
            self._store.connection.execute(
                "UPDATE known_name SET name = ?, kind = ?, pseudonym = ? WHERE id = ?",
                (called, kind or known.kind, stands, known.id),
            )
        return self.get(called)

    def remove(self, known: KnownName) -> None:
        """Take a name off the list, with its small spelling that was to stay; texts are not touched."""
        with self._store.action("remove name", name=known.id):
            if not known.stays:
                self.leave_none(known)
            self._store.connection.execute("DELETE FROM known_name WHERE id = ?", (known.id,))

    def _must_fit(self, row: int, name: str, kind: str, pseudonym: str) -> None:
        must_be_free(name, {each.name: each.id for each in self._by_name().values()}, row, "name on the list")
        if kind not in get_args(NameKind):
            raise RefusedError(f"kind cannot be {kind!r}", remedy=f"Choose one of: {', '.join(get_args(NameKind))}.")
        _must_not_cross(name, pseudonym, [each for each in self.all() if each.id != row])
        if not any(letter.isalnum() for letter in pseudonym):
            raise RefusedError("a pseudonym has letters", remedy="Write it in brackets: [Dawn]")
        if "\n" in name + pseudonym:
            raise RefusedError("a name stands on one line, and so does a pseudonym")


def _must_differ(name: str, pseudonym: str) -> None:
    if name.casefold() == pseudonym.casefold():
        raise RefusedError(
            "the pseudonym is the very name", where=name, remedy="Choose another; or let it stay: qualcode names ignore"
        )


def _must_not_cross(name: str, pseudonym: str, others: Iterable[KnownName]) -> None:
    """A pseudonym that holds somebody's real name would tell it, or be replaced itself."""
    is_said = whole_words(name).search
    for each in others:
        if is_said(each.pseudonym):
            raise RefusedError(
                f"{each.pseudonym} is a pseudonym, and holds this name",
                where=name,
                remedy="Change that pseudonym first.",
            )
        if pseudonym != name and whole_words(each.name).search(pseudonym):
            raise RefusedError(
                f"the pseudonym holds {each.name}, a real name on the list", where=pseudonym, remedy="Choose another."
            )


def forget_names(store: Store, may_stand_in: Callable[[str], bool], erased: Iterable[str], action: int) -> None:
    """Erase the names that point at what is erased, with their past; only inside the action that forgets.

    These are the names, or pseudonyms, of those who go, and the names that were said in erased words and stand in no
    text that stays. An entry that stands under another name by now stays, and only its past goes.

    Args:
        store: the open project.
        may_stand_in: whether the name of somebody or something that goes stands in a text.
        erased: the texts that go.
        action: id of the open action.
    """
    kept = [body for (body,) in store.rows("SELECT body FROM text")]
    gone = list(erased)

    def goes(name: str, pseudonym: str) -> bool:
        said = whole_words(name).search
        is_theirs = may_stand_in(name) or may_stand_in(pseudonym)
        return is_theirs or (any(map(said, gone)) and not any(map(said, kept)))

    past = store.rows("SELECT DISTINCT id, name, pseudonym FROM log_known_name")
    names = KnownNames(store)
    standing = {known.id: known for known in (*names.all(), *names.ignored())}
    for row in sorted({row for row, name, pseudonym in past if goes(name, pseudonym)}):
        known = standing.get(row)
        if known is None or goes(known.name, known.pseudonym):
            store.connection.execute("DELETE FROM known_name WHERE id = ?", (row,))
            store.connection.execute("DELETE FROM log_known_name WHERE id = ?", (row,))
        else:
            twins.begin_anew(store.connection, "known_name", "id", row, action)
