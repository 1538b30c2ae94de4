"""The ways in which transcripts say who speaks: one pattern each, tried on the head of every line.

What is found here are *candidates*; `speakers` decides which of them are speakers. Patterns are bounded
and try one line at a time, so that a line of any length costs the same.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from typing import NamedTuple

from qualcode.transcripts import label_words
from qualcode.transcripts.stamps import BLANK, HASHED, SPAN, STAMP_LINE, WHEN

LONGEST = 40
"""Code points a label may have: what is longer is a sentence with a colon."""

HEAD = 140
"""Code points of a line within which label and stamp must end."""

STRONG = ("colon", "stamped", "voice", "timed", "three lines")
"""Styles whose form hardly occurs by chance; the others are believed only where these find less."""


class Candidate(NamedTuple):
    """The head of a line that may name a speaker.

    Attributes:
        start: of the line.
        speech: where the words after the label begin; at the line's end for a label on a line of its own.
        label: as the transcript has it, blanks collapsed.
        key: for comparing: composed and case-folded.
        style: a family of patterns that a transcript uses throughout.
        stamp, stamp_at: the time stamp beside it and its position, or "" and -1.
    """

    start: int
    speech: int
    label: str
    key: str
    style: str
    stamp: str = ""
    stamp_at: int = -1


_made = partial(tuple.__new__, Candidate)  # of all its fields in one tuple; half the time where there are thousands


class Stamped(NamedTuple):
    """A line that begins with a time stamp and names nobody."""

    start: int
    speech: int
    stamp: str
    rest: str


_B = BLANK
# What may stand between the signs that a style goes by. A star between letters is a German gender star: Interviewer*in.
_NAME = r"[^\W_](?:[^\n\t:：\[\]<>*#|?!;\"“”«»=【】]|\*(?<=\w\*)(?=\w)){0,70}?"
LABEL = rf"(?P<label>{_NAME})"
_ASKED = rf"(?P<label>{_NAME}\??|\?{{1,3}}|\+\d[\d\xa0 ()-]{{6,20}})"
"""With a question mark, who is not sure: `P3?: yes`, `?: no`. Messages have telephone numbers for people."""

_BRACKETED = rf"[\[(]{_B}*{WHEN}{_B}*[\])]"
_NUMBER = rf"(?:\d{{1,5}}(?:[.)]{_B}|\t|{_B}{{2}})|[\[(](?:(?i:turn|line|no|[tlnu#])[. _-]?)?\d{{1,5}}[\])]){_B}*"
_LEAD = (
    rf"{_B}*(?:[\u2190-\u2bff\U0001f000-\U0001faff]{{1,3}}\ufe0f?{_B}+)?(?:{_NUMBER})?"
    rf"(?:(?P<lead>{HASHED}|[\[(]?{WHEN}[\])]?){_B}*(?:[-–—|]{_B}*)?)?(?:>{{1,3}}{_B}*|[-–—•]{_B}*)?"
)
_OPEN = r"(?:#{1,6} {0,3})?(?:<(?:b|strong|i|em|u|p|div|li|td)>){0,3}[*_]{0,3}[\[【]?"
_CLOSE = r"[\]】]?[*_]{0,3}(?:</(?:b|strong|i|em|u)>)?"

# The plainest label by far, `Name: words`, tried first because it costs a tenth of the next.
_PLAIN = r"([^\W\d_][^\n\t:：\[\]<>*#|?!;\"“”«»=【】()]{0,39}):[ \t\xa0]{1,4}(?=[^\s\d\[(*_])"
_LINE = re.compile(rf"\n(?:{_PLAIN}|[^\n])")  # a line that is not empty
_COLON = re.compile(
    rf"{_LEAD}{_OPEN}{_ASKED}(?:{_B}*(?P<inner>{_BRACKETED}))?{_CLOSE}{_B}*(?::(?![\d/\\])|：){_CLOSE}"
    rf"(?:{_B}*(?P<after>{_BRACKETED}|{SPAN}(?={_B}*$)))?{_B}*"
)
_STAMPED = re.compile(
    rf"{_B}*{_OPEN}{LABEL}{_CLOSE},?(?:(?:{_B}*[-–—|·,]{_B}*|{_B}+|(?=[\[(])))"
    rf"(?P<after>[\[(]{_B}*{WHEN}{_B}*[\])]?(?={_B}|$|[*_:：])|{SPAN}(?={_B}*[*_]{{0,3}}{_B}*$))[*_]{{0,3}}[:：]?{_B}*"
)
_CHAT = re.compile(rf"{_B}*(?P<lead>{WHEN}){_B}+From{_B}+{LABEL}(?:{_B}+[Tt]o{_B}+[^:\n]{{1,60}}?)?{_B}*:(?:{_B}+|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,40})?\s{1,4}(?P<label>[^>\n]{1,80})>")
_CLOCK = r"(?:\d{1,7}(?:\.\d{1,9})?|\d{1,3}:\d{2}:\d{2}(?:[.,]\d{1,3})?)"
_TIMED = re.compile(
    r"(?P<label>(?=[^\t]*[^\W\d])[^\t\n]{1,60}|\d{1,3}(?=\t\d{1,7}\.))\t"
    rf"(?:\t)?(?P<after>{_CLOCK})\t(?:{_CLOCK}\t){{1,5}}"
)
_HEADING = re.compile(rf"#{{1,6}}{_B}{{0,3}}[*_]{{0,3}}{LABEL}[*_]{{0,3}}{_B}*$")
_BOLD = re.compile(rf"{_B}*(?:(?P<lead>[\[(]?{WHEN}[\])]?){_B}+)?(?:\*{{1,3}}|__){LABEL}(?:\*{{1,3}}|__)(?![\w:]){_B}*")
_BRACKET = re.compile(
    rf"{_B}*(?:[\[{{【(]|<(?!(?:/|b|br|div|em|i|p|span|strong|u)\b)){LABEL}[\]>}}】)][:：]?{_B}*(?:[-–—]{_B}+)?"
)


_PLAYS = re.compile(r"[A-Z]{4,30}\. [A-Z][a-z]")  # HIGGINS. Pickering: have you heard?
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUESTION = re.compile(rf"^{_B}{{0,80}}(?:\d{{1,3}}{_B}+)?(?P<label>[QA])(?:\.{_B}+|{_B}{{2,}})(?=\S)", re.MULTILINE)
_CHANGE = re.compile(rf"^{_B}{{0,80}}>>>?(?!>){_B}*(?=\S)", re.MULTILINE)


def label_key(label: str) -> str:
    """What two spellings of one label have in common: composed, case-folded, straight apostrophes, no last dot."""
    return unicodedata.normalize("NFC", tidy(label)).casefold().replace("’", "'").rstrip(".")


def tidy(label: str) -> str:
    """A label without direction marks and with single blanks."""
    return " ".join(label.replace("\u200e", "").replace("\u200f", "").replace("\ufeff", "").split())


def candidates(body: str, known: AbstractSet[str]) -> tuple[list[Candidate], list[Stamped]]:
    """Label candidates of the strong styles, Markdown and brackets, and lines that only carry a stamp.

    Args:
        body: the whole text.
        known: keys that the researcher named: these are taken whatever they look like.
    """
    found: list[Candidate] = []
    stamped: list[Stamped] = []
    for match in _LINE.finditer("\n" + body):
        start, plain = match.start(), match[1]  # in the body, since a newline stands before it
        if plain is None:
            _try_line(body[start : start + HEAD].partition("\n")[0], start, known, found, stamped)
        else:
            label, key, may_be = _read_label(plain, "colon")
            if may_be or key in known:
                found.append(_made((start, match.end() - 1, label, key, "colon", "", -1)))
    return found, stamped


def questions_and_answers(body: str) -> list[Candidate]:
    """`Q.` and `A.` as courts write them, beside the colons of whoever else speaks; none unless both come twice."""
    if "Q" not in body:  # nearly always: every line would be looked at
        return []
    found = [
        Candidate(match.start(), match.end(), match["label"], match["label"].casefold(), "colon")
        for match in _QUESTION.finditer(body)
    ]
    counts = Counter(candidate.key for candidate in found)
    return found if min(counts["q"], counts["a"]) >= 2 else []


def changes(body: str) -> list[Candidate]:
    """Lines that begin with `>>`, by which American captions say that somebody else speaks; none if there is one."""
    if ">" not in body:  # nearly always; one letter is looked for much faster than two
        return []
    found = [Candidate(match.start(), match.end(), "", "", "change") for match in _CHANGE.finditer(body)]
    return found if len(found) >= 2 else []


def _try_line(head: str, start: int, known: AbstractSet[str], found: list[Candidate], stamped: list[Stamped]) -> None:
    first = head[0]
    for style, pattern in _fitting(head, first):
        match = pattern.match(head)
        if match is not None:
            candidate = candidate_of(match, start, style, known)
            if candidate is not None:
                found.append(candidate)
                return
    if first.isdigit() or first in "[(<# \t\f-":
        match = STAMP_LINE.match(head)
        if match is not None and (":" in match["stamp"] or "->" in match["stamp"]):
            stamped.append(Stamped(start, start + match.end(), match["stamp"], head[match.end() :]))


def _fitting(head: str, first: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns whose plainest sign the head has, most telling first."""
    if " From " in head or "\tFrom " in head:
        yield "stamped", _CHAT
    if ":" in head or "：" in head:
        yield "colon", _COLON
        yield "stamped", _STAMPED
    if first == "<":
        yield "voice", _VOICE
    elif "\t" in head:
        yield "timed", _TIMED
    if first == "#":
        yield "heading", _HEADING
    elif first in "*_ " or " **" in head:
        yield "bold", _BOLD
    if first in "[<{【( " and "->" not in head:  # `[2.2s -> 4.8s]` is a time
        yield "bracket", _BRACKET


def candidate_of(match: re.Match[str], start: int, style: str, known: AbstractSet[str]) -> Candidate | None:
    """The candidate that a pattern's match on the head of a line gives; None if it has not the shape of a label."""
    is_bracketed = match.string[: match.start("label")].endswith(("[", "【"))
    label, key, may_be = _read_label(match["label"], "bracket" if is_bracketed else style)
    if not may_be and key not in known:
        return None
    for group in ("after", "inner", "lead"):
        if group in match.re.groupindex and match[group]:
            style = "stamped" if style == "colon" else style
            return Candidate(start, start + match.end(), label, key, style, match[group], start + match.start(group))
    return Candidate(start, start + match.end(), label, key, style)


@lru_cache(maxsize=4096)  # the same few labels head thousands of lines
def _read_label(raw: str, style: str) -> tuple[str, str, bool]:
    label = tidy(raw)
    key = label_key(label)
    return label, key, may_be_label(label, key, style)


def may_be_label(label: str, key: str, style: str) -> bool:
    """Whether a line's head has the shape of a label at all; how often it occurs is not asked here."""
    if style in ("voice", "timed"):
        return bool(label)
    if label.endswith("?"):
        return style == "colon" and (label.strip("?") == "" or label_words.names_a_speaker(label.rstrip("?")))
    if (
        not key
        or _is_too_long(label)
        or not (any(map(str.isalpha, label)) or label[0] == "+")
        or label_words.is_cover_key(key)
    ):
        return False
    if label_words.is_stage_word(key):
        return False
    if style == "stamped" and _YEAR.search(label):  # `June 3, 2024, 10:00AM` heads what Teams writes in Word
        return False
    is_stage_note = style in ("bracket", "stamped") and label_words.is_stage_note(key)
    return _reads_like_a_name(label) and not is_stage_note and (label.isascii() or not label_words.announces(label))


def _is_too_long(label: str) -> bool:
    """More than a name; what a member of parliament sits for may stand in brackets behind it."""
    if len(label) <= LONGEST:
        return False
    return not label.endswith(")") or len(label.partition(" (")[0]) > LONGEST or not label_words.bears_a_title(label)


def _reads_like_a_name(label: str) -> bool:
    """Not the beginning of a sentence: `and then she said:` and `Well, he told me:` are none."""
    words = label.partition("(")[0].split() or label.split()
    if words[0] in ("BY", "EXAMINATION"):  # heads an examination in court: BY MR. SMITH:
        return False
    if label_words.tells_who_said(label) or (_PLAYS.match(label) and not label_words.bears_a_title(label)):
        return False
    small = [word for word in words if word[0].islower()]
    if words[0][0].islower() and len(words) > 2 and not label_words.asks(label.casefold()):
        return False
    if "," in label.partition("(")[0] and small:
        return label_words.names_a_speaker(words[0].rstrip(","))
    return len(small) < 3
