"""Names that only their place or their capitals mark: `ANN SMITH`, `Ann Smith` above the words; `SMITH. Hello`.

Headings stand so as well: such names are believed only where they take turns and come again, and each kind on a
proof of its own.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from qualcode.transcripts import label_words
from qualcode.transcripts.labels import HEAD, LONGEST, Candidate, label_key, may_be_label, tidy
from qualcode.transcripts.stamps import BLANK

_CAPITALS = re.compile(
    rf"{BLANK}*(?P<label>[^\W\d_a-zà-ÿ][^\W\d_a-zà-ÿ.'’-]*[^\W\d_a-zà-ÿ.](?: [^\W\d_a-zà-ÿ.'’-]+){{0,3}}?)"
    rf"(?:\.?{BLANK}{{2,20}}|\.{BLANK})(?=\S)"
)
_NAMES = re.compile(r"(?:[^\W\d_][\w.'’-]*\.? ){1,3}[^\W\d_][\w'’-]*")
_FEWEST = 3
"""Times that each of the names comes, and that the word goes from one to another."""

_OPENINGS = 0.5
"""Share of the paragraphs that begin with a name, or names to each other paragraph."""

_ASKED = 0.1
"""Share of the turns in which something is asked, where two take turns: notes under two headings ask nothing."""

_RETURNS = 0.2
"""Share of the turns that go back to whoever spoke before the last, where there are more: headings go round."""


def lone_candidates(body: str) -> list[Candidate]:
    """The candidates of the kind that there is proof for; none where there is no proof for any."""
    return _capitals_alone(body) or _capitals_before_words(body) or _names_alone(body)


def _lines(body: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in body.split("\n"):
        yield start, line
        start += len(line) + 1


def _candidate(start: int, end: int, label: str) -> Candidate:
    return Candidate(start, end, label, label_key(label), "alone")


def _take_turns(found: list[Candidate]) -> bool:
    return sum(before.key != now.key for before, now in pairwise(found)) >= _FEWEST


def _often(found: list[Candidate]) -> list[Candidate]:
    counts = Counter(candidate.key for candidate in found)
    return [candidate for candidate in found if counts[candidate.key] >= _FEWEST]


def _capitals_alone(body: str) -> list[Candidate]:
    """`ANN SMITH` on a line of its own: one of them says "interviewer", or each comes three times and they return."""
    found: list[Candidate] = []
    is_below_another = False
    for start, line in _lines(body):
        label = tidy(line) if len(line) <= HEAD and line.isupper() else ""
        if label and _stands_above_words(label):
            if is_below_another:
                found.pop()
            found.append(_candidate(start, start + len(line), label))
            is_below_another = True
        elif line.strip():
            is_below_another = False
    if not any(label_words.asks(candidate.key) for candidate in found):
        found = _often(found)
        if not _return([candidate.key for candidate in found]):
            return []
    return found if _take_turns(found) else []


def _stands_above_words(label: str) -> bool:
    key = label_key(label)
    is_sentence = label.endswith(".") or any(sign in label for sign in "?!,;:…")
    says_no_name = label_words.is_stage_note(key) or label_words.is_answer(key)
    return not is_sentence and not says_no_name and may_be_label(label, key, "alone")


def _capitals_before_words(body: str) -> list[Candidate]:
    """`SMITH  Hello` and `SMITH. Hello`: most paragraphs begin so, and one says "interviewer" or each comes thrice."""
    found: list[Candidate] = []
    openings = 0
    is_opening = True
    for start, line in _lines(body):
        match = _CAPITALS.match(line[:HEAD]) if line[:2].isupper() or line[:1].isspace() else None
        if match and _stands_before_words(match["label"], line[match.end() :]):
            found.append(_candidate(start, start + match.end(), tidy(match["label"])))
            openings += 1
        elif is_opening and line.strip():
            openings += 1
        is_opening = not line.strip()
    if not any(label_words.asks(candidate.key) for candidate in found):
        found = _often(found)
    return found if _take_turns(found) and len(found) >= _OPENINGS * openings else []


def _stands_before_words(label: str, words: str) -> bool:
    key = label_key(label)
    is_sentence = any(map(str.islower, words))
    return is_sentence and len(key) > 1 and not label_words.is_of_a_heading(key) and _stands_above_words(label)


def _names_alone(body: str) -> list[Candidate]:
    """`Ann Smith` on a line of its own: each comes three times, most paragraphs begin so, and they talk.

    Beside them, `Mr. Roe` and `The Minister (Ms Poe)` are names even if they come once.
    """
    found: list[Candidate] = []
    others = 0
    above = ""
    lines = [*_lines(body), (len(body), "")]
    for (start, line), (_, below), (_, after) in zip(lines, lines[1:], [*lines[2:], (len(body), "")], strict=False):
        if line and not above.strip() and line.strip():
            if len(line) <= 2 * LONGEST and _is_a_name(tidy(line)) and (below.strip() or after.strip()):
                found.append(_candidate(start, start + len(line), tidy(line)))
            else:
                others += 1
        above = line
    often = _often(found)
    if not (_take_turns(often) and _talk(body, often) and len(often) >= _OPENINGS * others):
        return []
    return sorted({*often, *(each for each in found if label_words.bears_a_title(each.label))})


def _is_a_name(label: str) -> bool:
    is_capitalised = all(word[0].isupper() for word in label.split()) and _NAMES.fullmatch(label) is not None
    return (is_capitalised or label_words.bears_a_title(label)) and may_be_label(label, label_key(label), "alone")


def _talk(body: str, found: list[Candidate]) -> bool:
    """Whether lines that come again are names rather than the headings of a form, of which one may be no name."""
    keys = [candidate.key for candidate in found]
    if any(map(label_words.is_of_a_heading, keys)):
        return False
    if len(set(keys)) > 2:
        return _return(keys)
    asking = sum("?" in body[now.speech : then.start] for now, then in pairwise(found))
    return asking >= max(2, _ASKED * len(keys))


def _return(keys: list[str]) -> bool:
    """Whether it often goes back to whoever came before the last: two can only alternate, headings go round."""
    return len(set(keys)) <= 2 or sum(map(str.__eq__, keys, keys[2:])) >= _RETURNS * len(keys)
