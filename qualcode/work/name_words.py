"""What tells a name by the words around it: a title, "my name is", the list of given names; and all forms at once.

Functions of a text alone. Each finds too much rather than too little: a person decides.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from qualcode.work.given_names import ALSO_WORDS, NAMES, plain
from qualcode.work.name_patterns import PATTERNS, Found, Pattern

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*|['’\u2010\u2011-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ])"
_NAME = rf"{_CAPITAL}[^\W\d_]*(?:['’\u2010\u2011-][^\W\d_]+)*"
_NOT_I = r"(?!I\b)"
_TITLES = (
    r"(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|sir|dame|lord|lady|rev|reverend|father|sister|brother|auntie|aunty"
    r"|aunt|uncle|nurse|matron|imam|rabbi|pastor|canon|pc|sergeant|judge|councillor|cllr)"
)


def _words_in(block: str) -> frozenset[str]:
    return frozenset(block.split())


_NO_NAME = _words_in("""
a an the not really sorry just so very quite too only still now here there that this it what who where why how my your
his her our their its in on at of for from with and or but if because no yes well um er erm going gonna something
nothing anything everything one two three like always never me you him them us i as been being confidential private
anonymous irrelevant important common hard difficult easy long short also mud mentioned written
""")
_NO_SURNAME = _words_in("""
i i'm i'd i've i'll monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december christmas easter ramadan eid diwali english british nhs tv
""")
_NATIONS = _words_in("""
god welsh scottish irish polish indian pakistani african caribbean asian european american chinese arabic muslim
christian jewish hindu sikh catholic facebook whatsapp google zoom youtube twitter instagram
""")
_BETWEEN_NAMES = _words_in("van von der de da di do dos du del la le al el bin ibn bint ben ap ab")
_MONTHS = _words_in("april may june august")  # a name only with a surname behind it


def _is_no_word(words: str) -> bool:
    return len(words) > 1 and plain(words.split(maxsplit=1)[0]) not in _NO_NAME


NAMED: tuple[Pattern, ...] = (
    Pattern(
        "said name",
        'the words after "my name is", "her name was" or the like',
        re.compile(
            r"\b(?:my|his|her|their|your|whose|first|last|sur|real|full|maiden|middle|son's|daughter's|the)"
            r" ?names?(?:'s| is| was) (?:called )?"
            rf"(?P<it>[^\W\d_]+(?:['’-][^\W\d_]+)*(?: {_NOT_I}{_NAME}){{0,2}})",
            re.IGNORECASE,
        ),
        _is_no_word,
        "person",
    ),
    Pattern(
        "title",
        "a word with a capital after a title",
        re.compile(rf"\b{_TITLES}\.? (?P<it>{_NOT_I}{_NAME}(?: {_NOT_I}{_NAME})?)", re.IGNORECASE),
        kind="person",
    ),
    Pattern(
        "title",
        "the word after Mr, Mrs, Ms, Dr or Prof",
        re.compile(r"\b(?:mr|mrs|ms|dr|prof)\.? (?P<it>[^\W\d_]+(?:['’-][^\W\d_]+)*)", re.IGNORECASE),
        _is_no_word,
        "person",
    ),
)
"""What stands before a name tells it."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written, as `plain` has it, where it stands, and whether a sentence begins with it."""

    written: str
    name: str
    start: int
    end: int
    is_first: bool

    @property
    def has_capital(self) -> bool:
        return self.written[0].isupper() and self.written[1:] != self.written[1:].upper()


def written_names(text: str) -> Iterator[Found]:
    """Words of the list of given names, with the surname that follows with a capital.

    A name that is a word too ("will", "Grace") is found with a capital only; where a sentence begins moreover only if
    that capital is written in the middle of a sentence elsewhere in the text, or a surname follows.
    """
    words = list(_words(text))
    sure = {each.written for each in words if each.name in ALSO_WORDS and each.has_capital and not each.is_first}
    reached = 0
    for place, word in enumerate(words):
        if place < reached or not _is_given(word.name):
            continue
        last = _with_surname(text, words, place)
        if word.name in ALSO_WORDS and not (word.has_capital and (word.written in sure or last > place)):
            continue
        if word.name in _MONTHS and last == place:
            continue
        reached = last + 1
        why = "on the list of given names" + (", with a surname" if last > place else "")
        yield Found(word.start, words[last].end, "person", "given name", why)


def small_words(text: str) -> set[str]:
    """The words of a text that are written without a capital, as `plain` has them."""
    return {word.name for word in _words(text) if word.written == word.written.lower()}


def capitals(text: str, small: Collection[str]) -> Iterator[Found]:
    """Words with a capital in the midst of a sentence, and what follows them with one: names of whatever group.

    Args:
        text: is read.
        small: words that are written small somewhere: no names, whatever their case here.
    """
    words = list(_words(text))
    reached = 0
    for place, word in enumerate(words):
        is_name = word.has_capital and len(word.name) > 1 and word.name not in _NO_SURNAME | _NATIONS
        if place < reached or word.is_first or not is_name or word.name in small:
            continue
        last = _with_surname(text, words, place)
        reached = last + 1
        why = "a capital in the midst of a sentence, and small nowhere"
        yield Found(word.start, words[last].end, "person", "capital", why)


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        written = _POSSESSIVE.sub("", match.group())
        before = text[max(0, match.start() - 8) : match.start()].rstrip(" \t\"“‘'([")
        is_first = not before or before[-1] in "\n.!?…:;"
        yield _Word(written, plain(written), match.start(), match.start() + len(written), is_first)


def _is_given(name: str) -> bool:
    """On the list, or made of two names on it: "anne-marie"."""
    parts = re.split(r"[-\u2010\u2011]", name)
    return name in NAMES or (len(parts) > 1 and all(part in NAMES for part in parts))


def _with_surname(text: str, words: Sequence[_Word], place: int) -> int:
    """The place of the last word of a name: up to two words with a capital that follow the first after one blank."""
    last, reached = place, place + 1
    while words[place].has_capital and reached < len(words) and reached <= place + 3 and last < place + 2:
        word = words[reached]
        if text[words[reached - 1].end : word.start] != " ":
            break
        if word.has_capital and word.name not in _NO_SURNAME:
            last = reached
        elif word.name not in _BETWEEN_NAMES:
            break
        reached += 1
    return last


def found(text: str) -> list[Found]:
    """All that the forms find in a text, in order; of what overlaps the first form in the list keeps the place."""
    taken: list[Found] = []
    held = bytearray(len(text))
    for places in (
        *(pattern.places(text) for pattern in (*PATTERNS, *NAMED)),
        written_names(text),
    ):
        for each in places:
            if not any(held[each.start : each.end]):
                held[each.start : each.end] = b"\1" * (each.end - each.start)
                taken.append(each)
    return sorted(taken, key=lambda each: each.start)
