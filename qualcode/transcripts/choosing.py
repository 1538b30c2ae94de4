"""Which label candidates are believed.

A label is believed if it occurs twice, says "interviewer" in some language, or was named by the researcher.
Each text has one main style; other styles are believed only for labels of the main one, or if they are frequent.
"""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter

from qualcode.transcripts import cover, label_words, labels
from qualcode.transcripts.labels import Candidate, label_key
from qualcode.transcripts.reading import Options

_HEADED = ("stamped", "voice", "timed", "three lines", "stamp first")
"""Styles that a program wrote: once they are established, a speaker heard once is a speaker too."""

_BY_CHANCE = ("tab", "numbered", "dash", "dot", "alone")
"""Styles that prose shows by chance: an interviewer's word must occur twice here as well."""

_ESTABLISHED = 4
"""Turns by which it is clear how a transcript labels them."""

_NUMBERED_QUESTIONS = 3
"""`Q1.`, `Q2.`, `Q3.`: from so many on they are questions, though each comes once."""

_A_TABLE = 0.8
"""Share of a text's lines that are rows with a label, from which it is a table."""

_NEARLY_FULL = 0.6
_FULL = 45
"""Of the longest line's length, and code points, from which a line is one that was broken by hand."""

_ENDS = (".", "?", "!", ":", ";", "…", ")", "]", '"', "”", "»", "’", "'", "*", "_", "。", "？", "！", "؟")

_KEY = attrgetter("key")
_LABEL = attrgetter("label")
_STYLE_AND_KEY = attrgetter("style", "key")
_LABEL_AND_KEY = attrgetter("label", "key")

_QUALIFIED = re.compile(r"(.{1,60}?) ?\(([^()]{0,60})\)$")
_COUNTER = re.compile(r"\d+|(?<=[ ._-])[a-z]$")
"""What differs in labels of one kind: `P1` and `P12`, `Speaker A` and `Speaker B`."""

_NUMBERING = re.compile(r"[a-z]|[ivx]{2,5}")
_ONLY_BRACKETS = re.compile(r"^[ \t]{0,9}(?:\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\]):?[ \t]{0,9}$", re.MULTILINE)
_BETWEEN_NAMES = re.compile(r" ?[/&+] ?| and | und | et | y | e ")


def accepted(body: str, candidates: list[Candidate], options: Options) -> list[Candidate]:
    """The candidates that head a turn, in order, each label in one spelling."""
    if options.no_speakers:
        dropped = set(map(label_key, options.no_speakers))
        candidates = [candidate for candidate in candidates if candidate.key not in dropped]
    if options.speakers is not None:
        wanted = {label_key(label) for label in (*options.speakers, *options.interviewers)}
        return _one_spelling([candidate for candidate in _without_cover(body, candidates) if candidate.key in wanted])
    named = frozenset(map(label_key, options.interviewers))
    candidates = _without_cover(body, _unqualified(_without_broken_sentences(body, candidates)))
    counts: dict[str, Counter[str]] = {}
    for (style, key), number in Counter(map(_STYLE_AND_KEY, candidates)).items():
        counts.setdefault(style, Counter())[key] = number
    strong = sum((numbers for style, numbers in counts.items() if style in labels.STRONG), Counter[str]())
    believed = {
        style: _believed(numbers, strong if style in labels.STRONG else numbers, style, named)
        for style, numbers in counts.items()
    }
    sizes = {style: sum(counts[style][key] for key in keys) for style, keys in believed.items() if keys}
    if not sizes:
        return []
    main = max(sizes, key=lambda style: (sizes[style], style in labels.STRONG))
    if main not in labels.STRONG and not _is_plausible(body, main, believed[main], sizes[main]):
        return []
    allowed = believed[main] | named | _frequent(counts, believed, sizes[main])
    if all(numbers.keys() <= allowed for numbers in counts.values()):  # nearly always
        return _one_spelling(candidates)
    allowed |= _alike(body, candidates, allowed, main)
    return _one_spelling([candidate for candidate in candidates if candidate.key in allowed])


def _alike(body: str, candidates: list[Candidate], allowed: AbstractSet[str], main: str) -> set[str]:
    """Labels heard once that are of the others' kind: else their words would be those of whoever spoke before.

    Of their kind is every label in a table and where brackets head nearly every line; in a hearing every person with
    a title (`Senator Ruiz.`), and with a colon where several have one (`Sir John Roe (Leeds):`); elsewhere a word for
    a speaker, several speakers at once (`P4/P5`), and capitals where all the others are in capitals.
    """
    styles = labels.STRONG if main in labels.STRONG else (main,)
    others = [candidate for candidate in candidates if candidate.key not in allowed and candidate.style in styles]
    if not others:
        return set()
    taken = [candidate for candidate in candidates if candidate.key in allowed and candidate.style in styles]
    if main in ("tab", "bracket") and len(taken) + len(others) >= _A_TABLE * _line_count(body):
        return {candidate.key for candidate in others if not _heads_columns(body, candidate, taken[0].start)}
    if len(taken) < _ESTABLISHED:
        return set()
    are_capitals = len({candidate.key for candidate in taken}) > 1 and all(each.label.isupper() for each in taken)
    have_titles = len({each.key for each in taken if label_words.bears_a_title(each.label)}) > 1
    return {
        candidate.key
        for candidate in others
        if (are_capitals and _is_in_capitals(candidate.label) and not label_words.is_of_a_heading(candidate.key))
        or (main == "dot" and " " in candidate.label)
        or (have_titles and label_words.bears_a_title(candidate.label))
        or label_words.can_only_be_a_speaker(candidate.label)
        or _are_several(candidate.key, allowed)
    }


def _heads_columns(body: str, candidate: Candidate, first: int) -> bool:
    """Whether a row above the first one that is sure names the columns: `Timespan, Speaker, Content`."""
    row = body[candidate.start : body.find("\n", candidate.start)]
    return candidate.start < first and all(
        len(cell.split()) < 4 and not cell.strip().endswith((".", "?", "!", "…")) for cell in row.split("\t")
    )


def _is_in_capitals(label: str) -> bool:
    return label.isupper() and sum(map(str.isalpha, label)) > 1


def _are_several(key: str, allowed: AbstractSet[str]) -> bool:
    names = _BETWEEN_NAMES.split(key)
    return len(names) > 1 and all(name in allowed for name in names)


def _frequent(counts: dict[str, Counter[str]], believed: dict[str, AbstractSet[str]], main_size: int) -> set[str]:
    """Labels of the other strong styles that occur often enough to be no accident."""
    often = max(2, main_size // 10)
    strong = [style for style in counts if style in labels.STRONG]
    return {key for style in strong for key in believed[style] if counts[style][key] >= often}


def _believed(counts: Counter[str], seen: Counter[str], style: str, named: AbstractSet[str]) -> AbstractSet[str]:
    """The keys of one style that are labels.

    Args:
        counts: how often each occurs in this style.
        seen: how often in any style that counts beside it.
        style: its name.
        named: keys that the researcher gave.
    """
    keys = {key for key in counts if seen[key] >= 2 or key in named or _is_enough_once(key, style)}
    size = sum(counts[key] for key in keys)
    if style in _HEADED and (size >= 3 or 2 <= size >= counts.total() - size):
        return set(counts)
    shapes = {_COUNTER.sub("0", key) for key in keys if _COUNTER.search(key)}
    if style == "dot":
        asked = Counter(
            _COUNTER.sub("0", key) for key in counts if label_words.is_asking_word(key) and key[-1].isdigit()
        )
        shapes |= {shape for shape, number in asked.items() if number >= _NUMBERED_QUESTIONS}
    return keys | {key for key in counts if _COUNTER.sub("0", key) in shapes}


def _is_enough_once(key: str, style: str) -> bool:
    if style in ("heading", "bold"):
        return label_words.names_a_speaker(key)
    return style not in _BY_CHANCE and label_words.is_asking_word(key)


def _is_plausible(body: str, style: str, keys: AbstractSet[str], size: int) -> bool:
    """Whether a weaker style is what the text goes by, rather than emphasis, headings, notes or tables."""
    if {"ii", "iii"} <= keys or (style == "dot" and {"a", "b", "c"} <= keys):  # chapters, lists
        return False
    if style == "bracket":
        speaking = all(any(map(str.isdigit, key)) or label_words.names_a_speaker(key.upper()) for key in keys)
        lines = _line_count(body) - len(_ONLY_BRACKETS.findall(body))
        heads_most = len(keys) >= 2 and size >= 0.5 * lines and not {"a", "b", "c"} <= keys
        return heads_most or (speaking and not _is_list(keys))
    asking = any(map(label_words.asks, keys))
    if style in ("tab", "numbered"):
        return len(keys) >= 2 and (asking or size >= 0.5 * _line_count(body))
    return len(keys) >= 2 or (asking and style not in _BY_CHANCE)


def _is_list(keys: AbstractSet[str]) -> bool:
    """(a), (ii), a lone (C): (I) and (P) are two who speak, for letters that count begin with a."""
    may_count = len(keys) == 1 or not keys.isdisjoint({"a", "ii"})
    return may_count and keys != {"i"} and all(map(_NUMBERING.fullmatch, keys))


def _line_count(body: str) -> int:
    return sum(1 for line in body.split("\n") if line.strip())


def _unqualified(candidates: list[Candidate]) -> list[Candidate]:
    """`P1 (laughing)` is P1 where P1 also stands by itself, and `Interviewer (I)`, once, is I where I does.

    `Speaker (f)` beside `Speaker (m)` stays what it is.
    """
    counts = Counter(map(_KEY, candidates))
    parts = {key: match for key in counts if key.endswith(")") and (match := _QUALIFIED.match(key))}
    often = Counter(match[1] for key, match in parts.items() if counts[key] >= 2)
    folded = {
        key: 1 if counts[match[1]] else 2
        for key, match in parts.items()
        if (counts[match[1]] and (counts[key] == 1 or often[match[1]] == 1))
        or (counts[key] == 1 and counts[label_key(match[2])] >= 2 and _stands_for(match[2], match[1]))
    }
    if not folded:
        return candidates
    return [_part(each, folded[each.key]) if each.key in folded else each for each in candidates]


def _stands_for(short: str, name: str) -> bool:
    """Whether `I` is short for `Interviewer`, or `MS` for `Mary Smith`: `Field note (SG)` is no speech of SG's."""
    initials = "".join(word[0] for word in name.split())
    says_so = label_words.asks(name) or label_words.is_speaking_word(name)
    return says_so or initials == short or (" " not in name and name.startswith(short))


def _part(candidate: Candidate, group: int) -> Candidate:
    """What stands before the round brackets of a label (1) or in them (2)."""
    match = _QUALIFIED.match(candidate.label)
    label = match[group].strip() if match else candidate.label
    return candidate._replace(label=label, key=label_key(label))


def _without_broken_sentences(body: str, candidates: list[Candidate]) -> list[Candidate]:
    """Without words that begin a line by chance, where lines were broken by hand: `... when he` / `said: no`.

    Those are labels in lower case only that each time go on from a line without a label, which is nearly full and
    ends no sentence.
    """
    if not any(map(str.islower, set(map(_LABEL, candidates)))):
        return candidates
    full = max(_FULL, _NEARLY_FULL * max(map(len, body.split("\n"))))
    starts = {each.start for each in candidates}
    heads = {each.key for each in candidates if not (_is_small(each) and _goes_on(body, each.start, full, starts))}
    return [each for each in candidates if each.key in heads]


def _is_small(candidate: Candidate) -> bool:
    return candidate.style == "colon" and candidate.label.islower()


def _goes_on(body: str, start: int, full: float, starts: AbstractSet[int]) -> bool:
    before = body.rfind("\n", 0, max(0, start - 1)) + 1
    line = body[before:start].rstrip()
    return len(line) >= full and before not in starts and not line.endswith(_ENDS)


def _without_cover(body: str, candidates: list[Candidate]) -> list[Candidate]:
    """Without the keys of a cover page (`Interviewer: AK`, `Date: 3 May`), which look like labels."""
    end = cover.end(body, candidates)
    return [candidate for candidate in candidates if candidate.start >= end] if end else candidates


def _one_spelling(candidates: list[Candidate]) -> list[Candidate]:
    """Every label as it is written most often; upper and lower case are one speaker."""
    keys = dict(map(_LABEL_AND_KEY, candidates))
    if len(set(keys.values())) == len(keys):  # nearly always
        return candidates
    spellings: dict[str, dict[str, int]] = {}
    for (label, key), number in Counter(map(_LABEL_AND_KEY, candidates)).items():
        spellings.setdefault(key, {})[label] = number
    usual = {key: max(numbers, key=numbers.__getitem__) for key, numbers in spellings.items()}
    return [candidate._replace(label=usual[candidate.key]) for candidate in candidates]


def heard_once(candidates: Sequence[Candidate], taken: Sequence[Candidate]) -> list[str]:
    """Labels of the strong styles that were seen once and not believed, after the first turn."""
    keys = set(map(_KEY, taken))
    if keys.issuperset(map(_KEY, candidates)):  # nearly always
        return []
    starts = {candidate.start for candidate in taken}
    first = taken[0].start if taken else 0
    styles = {candidate.style for candidate in taken} & set(labels.STRONG)
    return list(
        dict.fromkeys(
            c.label
            for c in candidates
            if c.key not in keys and c.start > first and c.style in styles and c.start not in starts
        )
    )
