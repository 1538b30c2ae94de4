"""Cover pages: lines such as `Interviewer: AK` and `Date: 3 May`, which look like labels and are nobody's words."""

import re
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter

from qualcode.transcripts import label_words
from qualcode.transcripts.labels import Candidate, label_key

_KEY_LINE = re.compile(r"[*_#\-• \t]{0,6}([^\W\d_][^\n:：]{0,40}?)[*_ \t\xa0]{0,4}[:：]")
_EVERY_KEY = re.compile(r"\n" + _KEY_LINE.pattern)
_CHARACTERS = 2_000
_LINES = 20
_FOREWORD = 12_000
"""Code points of a biography, a rights statement and the like that archives set before an interview."""


def end(body: str, candidates: list[Candidate]) -> int:
    """Where the cover page ends; 0 where there is none."""
    counts = Counter(map(attrgetter("key"), candidates))
    return max(_first_lines(body, counts), _who_is_who(body, counts), _particulars(body, candidates, counts))


def _who_is_who(body: str, counts: Counter[str]) -> int:
    """Where lines at the top end that only say who is who: `Interviewer: Anna K.`, `I: Interviewer`; two or more.

    A label with a name behind it is a speaker's all the same where no others come again.
    """
    position = found = told = 0
    has_others = sum(number for number in counts.values() if number >= 2) >= 4
    for line in body[:_CHARACTERS].split("\n")[:_LINES]:
        position += len(line) + 1
        match = _KEY_LINE.match(line)
        if match is None:
            told = 0 if line.strip() else told
            continue
        key, value = label_key(match[1]), label_key(line[match.end() :])
        if _reads_like_speech(line[match.end() :]) or (counts[key] >= 2 and not _is_a_role(value)):
            break
        names_a_role = _is_a_role(value) or (has_others and counts[key] == 1 and _is_a_role(key))
        told = told + 1 if names_a_role else 0
        found = position if told >= 2 else found
    return found


def _is_a_role(key: str) -> bool:
    return len(key) > 2 and (label_words.is_asking_word(key) or label_words.is_speaking_word(key))


def _particulars(body: str, candidates: list[Candidate], counts: Counter[str]) -> int:
    """Where lines end that name who interviewed whom, when and where, below a foreword: three or more in a row.

    Not where people already talk: no more than two labels that come again may stand above them.
    """
    foreword = body[:_FOREWORD]
    if not _speak_of_the_interview(map(label_key, set(_EVERY_KEY.findall("\n" + foreword))), counts):  # nearly always
        return 0
    speaking = [candidate.start for candidate in candidates if counts[candidate.key] >= 2]
    run: list[str] = []
    begun = position = 0
    for line in foreword.split("\n"):
        match = _KEY_LINE.match(line) if len(line) <= 120 else None
        if match is not None and not _reads_like_speech(line[match.end() :]):
            begun = begun if run else position
            run.append(label_key(match[1]))
        elif line.strip():
            if _tells_of_an_interview(run, counts):
                return position if sum(start < begun for start in speaking) < 3 else 0
            run = []
        position += len(line) + 1
    return 0


def _tells_of_an_interview(keys: list[str], counts: Counter[str]) -> bool:
    if len(set(keys)) < 3:
        return False
    names_somebody = any(label_words.asks(key) or label_words.is_speaking_word(key) for key in keys)
    return names_somebody and _speak_of_the_interview(keys, counts)


def _speak_of_the_interview(keys: Iterable[str], counts: Counter[str]) -> bool:
    return any(label_words.speaks_of_the_interview(key) and counts[key] < 2 for key in keys)


def _first_lines(body: str, counts: Counter[str]) -> int:
    """Where the last line ends that is about the interview, in the first run of `key: value` lines.

    The run ends where a key comes again or a speaker's label stands before a sentence: there people talk. Lines
    joined to the last one without a blank line between belong to the cover as well.
    """
    end = position = 0
    seen: set[str] = set()
    is_joined = False
    for line in body[:_CHARACTERS].split("\n")[:_LINES]:
        match = _KEY_LINE.match(line)
        if match is not None:
            key = label_key(match[1])
            is_speaker = counts[key] >= 2 or label_words.is_asking_word(key)
            if key in seen or len(line) > 120 or (is_speaker and _reads_like_speech(line[match.end() :])):
                return end
            seen.add(key)
            if label_words.speaks_of_the_interview(key) and counts[key] < 2:
                end, is_joined = position + len(line) + 1, True
            elif is_joined and _block_ends_blank(body, position):
                end = position + len(line) + 1
        elif line.strip():
            if seen:
                return end
        else:
            is_joined = False
        position += len(line) + 1
    return end


def _reads_like_speech(words: str) -> bool:
    """Whether words after a label are a sentence rather than a name: `Interviewer: Anna K.` stands on cover pages."""
    number = len(words.split())
    return number > 6 or "?" in words or "!" in words or (number >= 3 and words.rstrip().endswith((".", "…")))


def _block_ends_blank(body: str, position: int) -> bool:
    """Whether the lines from here to the next blank line are few, as on a cover page."""
    blank = body.find("\n\n", position)
    return 0 <= blank - position < 600 and body.count("\n", position, blank) < 8
