"""The name list: real names said in transcripts, and what is written in their place."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import get_args

from qualcode.errors import RefusedError
from qualcode.folding import fold, unfolded
from qualcode.model import KnownName, NameKind
from qualcode.project import twins
from qualcode.project.actions import Store
from qualcode.project.guids import new_guid
from qualcode.project.naming import find_named, get_named, must_be_free

_SELECT = "SELECT id, guid, name, kind, pseudonym FROM known_name"
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese and Korean: nothing stands between a name and the words beside it."""
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_REST_OF_SYLLABLE = re.compile("[\u1160-\u11ff]")  # of a Korean one, which folds to its parts
_LETTER = re.compile("[^\\W\\d_]|[\u0900-\u0963\u0966-\u0dff]")  # the vowel signs of India are no letters for `re`
_HYPHEN = (
    r"(?:[^\S\n]?[-\u2010\u2011]|[\u2012\u2013\u2212])\s?"  # "Anne - Marie"; Word has one that holds a line together
)
_LOOSE = {
    " ": rf"(?:{_HYPHEN}|\s+)",  # "Anne Marie" may be "Anne-Marie", and the other way
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2212", rf"(?:{_HYPHEN}|[^\S\n])?"),
    **dict.fromkeys("'`", "['`]?"),  # O'Brien is OBrien, too
    ".": r"\.?\s*",  # J. R. is J.R., or JR
}


def places_of(name: str, text: str) -> list[tuple[int, int]]:
    """Where a name stands in a text as whole words (code points, half-open).

    It is found in any case, with or without its accents, over any blanks or hyphens; in a possessive without its 's,
    and with a number or a `_` behind it ("Maureen_2"). What only begins like it ("Maureens") is not.
    """
    folded, place = fold(text)
    return [unfolded(place, *each) for each in _standing(name, folded)]


def stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words."""
    return any(_standing(name, fold(text)[0]))


def longer_words(name: str, text: str) -> list[str]:
    """Words of a text that only begin like a name, as they are written: "Maureens"."""
    folded, place = fold(text)
    found = []
    for match in _spelt(name).finditer(folded):
        end = match.end()
        while end < len(folded) and _LETTER.match(folded, end):
            end += 1
        if end > match.end() and not _is_joined(folded[match.start()], folded, match.start() - 1):
            found.append(slice(*unfolded(place, match.start(), end)))
    return [text[each] for each in found]


def _standing(name: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in a folded text."""
    spelt = _spelt(name)
    match = spelt.search(folded)
    while match:
        start, end = match.span()
        is_part = _is_joined(folded[start], folded, start - 1) or _is_joined(folded[end - 1], folded, end, is_end=True)
        if not is_part:
            yield start, end
        match = spelt.search(folded, start + 1 if is_part else end)


@lru_cache(maxsize=2000)
def _spelt(name: str) -> re.Pattern[str]:
    """The letters of a name in a folded text, however it is spelt."""
    spaced = " ".join(fold(name)[0].split())
    flat = re.sub(r"(\.) | ?([-\u2010\u2011]) ?", r"\1\2", spaced).lstrip("'`.-")
    if not any(letter.isalnum() for letter in flat):
        raise RefusedError("a name has letters")
    return re.compile("".join(_LOOSE.get(each) or re.escape(each) for each in flat[:-1]) + re.escape(flat[-1]))


def _is_joined(edge: str, folded: str, beside: int, *, is_end: bool = False) -> bool:
    """Whether what stands beside the first or last letter of a name makes it a part of another word."""
    other = folded[beside : beside + 1] if beside >= 0 else ""
    if _KATAKANA.match(edge):
        return _KATAKANA.match(other) is not None
    if _UNSPACED.match(edge):
        return is_end and _REST_OF_SYLLABLE.match(other) is not None
    if _LETTER.match(edge):
        return _LETTER.match(other) is not None and not _UNSPACED.match(other)
    return other.isalnum()


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
    if stands_in(name, pseudonym) and pseudonym != name:  # what has no letters is refused, also where it is to stay
        raise RefusedError("the pseudonym holds the very name", where=name, remedy="Choose another.")
    for each in others:
        if stands_in(name, each.pseudonym):
            raise RefusedError(
                f"{each.pseudonym} is a pseudonym, and holds this name",
                where=name,
                remedy="Change that pseudonym first.",
            )
        if pseudonym != name and stands_in(each.name, pseudonym):
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
        said = partial(stands_in, name)
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
