"""What tells somebody by its very form: e-mail, phone, postcode, numbers of the state, dates.

Functions of a text alone. Each finds too much rather than too little: a person decides. Numbers and dates are British
by form, as the studies are; other countries' numbers are found where they begin with "+".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qualcode.model import NameKind


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text that may tell who somebody is.

    Attributes:
        start, end: where (code points, half-open).
        kind: what the name list would call it.
        sort: "e-mail", "phone number", "given name": what found it.
        why: in words, what was seen.
    """

    start: int
    end: int
    kind: NameKind
    sort: str
    why: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form. What it matches is found if `holds` agrees; the group "it", where there is one, is the place."""

    sort: str
    why: str
    expression: re.Pattern[str]
    holds: Callable[[str], bool] = lambda _words: True
    kind: NameKind = "other"

    def places(self, text: str) -> Iterator[Found]:
        """Where it stands."""
        group = "it" if "it" in self.expression.groupindex else 0
        for match in self.expression.finditer(text):
            start, end = match.span(group)
            if self.holds(text[start:end]):
                yield Found(start, end, self.kind, self.sort, self.why)


def _digits(words: str) -> list[int]:
    return [int(each) for each in words if each in "0123456789"]


def is_nhs_number(words: str) -> bool:
    """Whether ten digits are an NHS number: the tenth checks the nine before it, modulo 11.

    Source: NHS Data Dictionary, "NHS NUMBER": weights 10 to 2, eleven less the remainder; 11 counts as 0, 10 is none.
    """
    digits = _digits(words)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return check != 10 and check % 11 == digits[9]


def _has_two_words_of_number(words: str) -> bool:
    return sum(2 if word in {"double", "triple"} else 1 for word in words.casefold().split()) >= 7


_SMALL_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_NUMBER = rf"(?:{'|'.join(f'{_SMALL_NUMBERS} seventeen eighteen nineteen'.split())})"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_SAID = rf"(?:{_TENS}[- ]{_NUMBER}|{_TENS}|{_NUMBER}|oh)"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
_YEAR = (
    rf"(?:(?:19|20)[0-9]{{2}}|(?:nineteen|twenty)[- ](?:hundred(?:[- ]and)?[- ])?{_SAID}(?:[- ]{_NUMBER})?|"
    rf"two thousand(?: and)?(?: {_SAID})?)"
)
_DAY = rf"(?:[0-3]?[0-9](?:st|nd|rd|th)?|{_ORDINAL})"
_DIGIT_SAID = r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_DOMAINS = r"(?:com|org|net|info|ac\.uk|co\.uk|org\.uk|nhs\.uk|gov\.uk|nhs\.net|ie|eu|io)"

PATTERNS: tuple[Pattern, ...] = (
    Pattern("e-mail", "an e-mail address", re.compile(r"\w[\w.+%'’-]*@\w[\w-]*(?:\.[\w-]+)+")),
    Pattern(
        "e-mail",
        "an e-mail address as it is said",
        re.compile(r"\b[\w-]+(?: (?:dot|underscore) [\w-]+)* at [\w-]+(?: dot [\w-]+)+\b", re.IGNORECASE),
    ),
    Pattern("web address", "a web address", re.compile(r"(?:https?://|www\.)[^\s<>\"]*[\w/]", re.IGNORECASE)),
    Pattern(
        "web address",
        "a name of a web site",
        re.compile(rf"(?<![\w@.-])(?:[a-z0-9-]+\.)+{_DOMAINS}\b(?:/[\w./-]*\w)?(?!@)", re.IGNORECASE),
    ),
    Pattern(
        "handle", "a name on social media: @ and a word", re.compile(r"(?<![\w@./])@\w(?:[\w.]{0,28}\w)?(?![\w@])")
    ),
    Pattern(
        "NHS number",
        "ten digits whose last checks the others (modulo 11)",
        re.compile(r"(?<![\w+])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?!\w)"),
        is_nhs_number,
    ),
    Pattern(
        "National Insurance number",
        "two letters, six digits, a letter A to D",
        re.compile(
            r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?[0-9]{2}){3}[ -]?[A-D](?!\w)",
            re.IGNORECASE,
        ),
    ),
    Pattern(
        "phone number",
        "a British phone number: 0 or +44, and nine or ten digits",
        re.compile(r"(?<![\w+.])(?:(?:\+|00)44[ .-]?(?:\(0\)[ .-]?)?|\(?0)[1-9](?:[ .()-]{0,2}[0-9]){8,9}(?!\w)"),
    ),
    Pattern(
        "phone number",
        "an international phone number: + and seven to fifteen digits",
        re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ .()-]{0,2}[0-9]){6,14}(?!\w)"),
    ),
    Pattern(
        "phone number",
        "seven or more digits said one by one",
        re.compile(rf"\b{_DIGIT_SAID}(?:[ ,]+{_DIGIT_SAID}){{5,}}\b", re.IGNORECASE),
        _has_two_words_of_number,
    ),
    Pattern(
        "postcode",
        "a British postcode",
        re.compile(r"(?<!\w)[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}(?!\w)", re.IGNORECASE),
        kind="place",
    ),
    Pattern(
        "date",
        "a date in numbers",
        re.compile(
            r"(?<![\w/.-])(?:[0-3]?[0-9]([/.-])[0-1]?[0-9]\1(?:19|20)?[0-9]{2}|"
            r"(?:19|20)[0-9]{2}-[0-1][0-9]-[0-3][0-9])(?![\w/-])"
        ),
    ),
    Pattern(
        "date",
        "a day of a month, in words or numbers",
        re.compile(
            rf"\b(?:{_DAY}(?:,? of)?,? {_MONTH}|{_MONTH}\.?,?(?: the)? {_DAY}\b(?!:))(?:,?(?: in)? {_YEAR}\b)?",
            re.IGNORECASE,
        ),
        lambda words: re.fullmatch(r"may [0-9]+", words) is None,  # "you may 2"
    ),
    Pattern(
        "date",
        "a year of birth",
        re.compile(
            rf"\b(?:born|birthday|birth)\b(?:[ \w,']{{0,20}}?) (?P<it>(?:{_MONTH},? )?{_YEAR})\b", re.IGNORECASE
        ),
    ),
)
"""In this order: of two that find the same place the first says what it is."""
