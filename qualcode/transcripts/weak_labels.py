"""The ways of saying who speaks that prose shows by chance: tried where a text has none of the better ones.

As in `labels`, what is found are candidates, and every pattern is bounded.
"""

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from qualcode.transcripts import label_words
from qualcode.transcripts.labels import (
    HEAD,
    LABEL,
    LONGEST,
    Candidate,
    Stamped,
    candidate_of,
    label_key,
    may_be_label,
    tidy,
)
from qualcode.transcripts.stamps import BLANK, SPAN

_B = BLANK
_TAB = re.compile(
    rf"(?:\d{{1,5}}\t|(?P<lead>[\[(]?{SPAN}[\])]?)\t){{0,2}}(?P<label>[^\W_][^\t\n:：]{{0,60}}):?\t(?:(?P<after>{SPAN})\t)?(?=.)"
)
_DASH = re.compile(rf"{_B}*{LABEL}(?:{_B}+[-–—]{{1,2}}{_B}+|{_B}{{3,20}}(?=\S))")
_CELL = re.compile(
    rf"(?:\|{_B}*(?:\d{{1,5}}|(?P<lead>[\[(]?{SPAN}[\])]?)){_B}*(?=\|)){{0,2}}\|{_B}*{LABEL}{_B}*\|{_B}*(?=[^\s|])"
)
_NUMBERED = re.compile(rf"{_B}*\d{{1,5}}{_B}{LABEL}{_B}*[:：](?!\d){_B}*")
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Hon|Sen|Rep|Gen|Adm|Col|Rev|MR|MRS|MS|DR|HON|SEN|REP|GEN|ADM|COL)\b"
_OFFICE = (
    r"(?:The|Senator|Representative|Congress(?:wo)?man|Vice|Acting|Deputy|Chair(?:wo)?man|Chair|Secretary|Judge|Justice|"
    r"Commissioner|Director|President|Ambassador|Governor|Mayor|General|Admiral|Professor|Doctor)"
)
_PERSON = rf"(?:{_TITLE}\.?|{_OFFICE}) [A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|of)){{0,4}}"
_DOT = re.compile(rf"(?:{_B}*\d{{1,3}}{_B}+)?(?P<label>(?!{_TITLE})[A-Z]{{1,3}}\d{{0,3}})\.{_B}+")
_PERSON_DOT = re.compile(rf"{_B}*(?P<label>{_PERSON})\.{_B}+(?=\S)")
"""`Senator Ruiz. Thank you.` as in the hearings of parliaments."""

_WIDE = re.compile(rf"{_B}*[○◯●◎◇◆□■△▲]?{LABEL}\u3000+(?=\S)")
"""A name and a wide blank, as in Japanese interviews and minutes."""

_ALONE = re.compile(rf"{_B}*{LABEL}{_B}*$")
_GAP = re.compile(rf" [-–—]|[-–—] |{_B}{{3}}")


def weak_candidates(body: str, known: AbstractSet[str]) -> list[Candidate]:
    """Candidates of the styles that prose may show by chance, for texts in which nothing better was found.

    A name is one beside an interviewer's word in the same style only: `Interviewer - Where?`, `Mary - Here.`
    """
    found: list[Candidate] = []
    names: list[Candidate] = []
    start = 0
    for line in body.split("\n"):
        head = line[:HEAD]
        for style, pattern in _weakly_fitting(head) if head else ():
            match = pattern.match(head)
            candidate = candidate_of(match, start, style, known) if match else None
            if candidate is not None:
                (found if _is_plain_enough(candidate, known) else names).append(candidate)
                break
        start += len(line) + 1
    asking = Counter(candidate.style for candidate in found if label_words.asks(candidate.key))
    beside = [each for each in names if asking[each.style] >= 2 and _reads_like_a_name(body, each)]
    return _where_others_stand(body, sorted(found + beside) if beside else found)


def _where_others_stand(body: str, candidates: list[Candidate]) -> list[Candidate]:
    """Without the persons (`Mr. Smith.`) who stand elsewhere in the line than most: hearings indent who speaks,
    and a name begins a line by chance where lines were broken by hand.
    """

    def indented(candidate: Candidate) -> int:
        return body.find(candidate.label[0], candidate.start) - candidate.start

    places = Counter(indented(each) for each in candidates if each.style == "dot" and " " in each.label)
    if len(places) < 2:
        return candidates
    usual = places.most_common(1)[0][0]
    return [each for each in candidates if each.style != "dot" or " " not in each.label or indented(each) == usual]


def _reads_like_a_name(body: str, candidate: Candidate) -> bool:
    """Words with capitals; on a line of its own, below an empty line and above words."""
    start, end = candidate.start, body.find("\n", candidate.start)
    stands_above_words = body.startswith("\n\n", start - 2) and body[end + 1 : end + 2].strip() != ""
    return (
        all(word[0].isupper() for word in candidate.label.split())
        and not label_words.is_answer(candidate.key)
        and (candidate.style != "alone" or stands_above_words)
    )


def _weakly_fitting(head: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if "\t" in head:
        yield "tab", _TAB
    if head[0] == "|":
        yield "tab", _CELL
    if ":" in head or "：" in head:
        yield "numbered", _NUMBERED
    if _GAP.search(head, 0, 2 * LONGEST):
        yield "dash", _DASH
    if "\u3000" in head:
        yield "tab", _WIDE
    if "." in head[:LONGEST]:
        yield "dot", _PERSON_DOT if _PERSON_DOT.match(head) else _DOT
    if len(head) <= 2 * LONGEST:
        yield "alone", _ALONE


def _is_plain_enough(candidate: Candidate, known: AbstractSet[str]) -> bool:
    label = candidate.label
    if candidate.key in known or candidate.style in ("tab", "dot", "numbered"):
        return True
    if candidate.style == "alone" and not any(map(str.isdigit, label)):
        label = label.casefold()  # YES and NO on lines of their own are answers, not codes of speakers
    return label_words.names_a_speaker(label)


def three_line_candidates(body: str, stamped: list[Stamped]) -> list[Candidate]:
    """A line with the time, a line with the name, then the words; or the name first, then the time.

    Teams writes from --> to, Fireflies a single time, Teams in the browser the name first. Believed only if nearly
    every such time stands beside something that reads like a name; where it does not say from --> to, the names must
    recur as well, and a time alone may stand within a turn.
    """
    alone = [line for line in stamped if not line.rest.strip()]
    spans = [line for line in alone if "-->" in line.stamp]
    found = [candidate for line in spans if (candidate := _named_below(body, line)) is not None]
    if len(spans) >= 2:
        return found if len(found) >= 0.8 * len(spans) else []
    below = _recurring([candidate for line in alone if (candidate := _named_below(body, line)) is not None])
    above = _recurring([candidate for line in alone if (candidate := _named_above(body, line)) is not None])
    surer = max(below, above, key=len)
    return surer if len(surer) >= max(3, 0.5 * len(alone)) else []


def _recurring(found: list[Candidate]) -> list[Candidate]:
    """Those whose name comes again; none unless most do, and there are two names: words of lines recur by chance."""
    counts = Counter(candidate.key for candidate in found)
    names = {key for key, number in counts.items() if number >= 2}
    again = [candidate for candidate in found if candidate.key in names]
    return again if len(names) >= 2 and len(again) >= 0.6 * len(found) else []


def _named_below(body: str, line: Stamped) -> Candidate | None:
    name_at = body.find("\n", line.start) + 1
    name_end = body.find("\n", name_at)
    if not name_at or name_end < 0 or not body[name_end + 1 : name_end + 2].strip():
        return None
    return _named(body, line, name_at, name_end, line.start, name_end)


def _named_above(body: str, line: Stamped) -> Candidate | None:
    name_end = line.start - 1
    name_at = body.rfind("\n", 0, max(name_end, 0)) + 1
    words_at = line.speech + 1
    if name_end <= 0 or not body[words_at : words_at + 1].strip():
        return None
    return _named(body, line, name_at, name_end, name_at, line.speech)


def _named(body: str, line: Stamped, name_at: int, name_end: int, start: int, speech: int) -> Candidate | None:
    """The candidate from `start` whose words begin at `speech`, if what stands at name_at reads like a name."""
    label = tidy(body[name_at : min(name_end, name_at + HEAD)])
    ends_a_sentence = label.endswith((".", "?", "!", ",", "…"))
    if ends_a_sentence or not may_be_label(label, label_key(label), "three lines"):
        return None
    return Candidate(start, speech, label, label_key(label), "three lines", line.stamp, line.start)


def stamp_first_candidates(stamped: list[Stamped]) -> list[Candidate]:
    """`[00:00:02] - Anna` above the words: believed only if nearly every stamp stands beside a name alone."""
    found = []
    for line in stamped:
        label = tidy(line.rest)
        if (
            label
            and not label.endswith((".", "?", "!", ",", "…"))
            and may_be_label(label, label_key(label), "stamp first")
        ):
            end = line.speech + len(line.rest)
            found.append(Candidate(line.start, end, label, label_key(label), "stamp first", line.stamp, line.start))
    return found if len(stamped) >= 3 and len(found) >= 0.9 * len(stamped) else []
