"""Who speaks when: cuts a text into turns at the labels that are believed.

Nobody is ever guessed to be the interviewer: a label says so, or the researcher does.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from operator import attrgetter

from qualcode.model import Turn
from qualcode.transcripts import choosing, label_words, labels, lone_labels, weak_labels
from qualcode.transcripts.labels import Candidate, Stamped, label_key
from qualcode.transcripts.reading import NO_INTERVIEWER, Options, SpeakerCount, speaker_counts
from qualcode.transcripts.stamps import INLINE_STAMP, milliseconds
from qualcode.visible import counted, visible_line

_SKIPPED = re.compile(r"[\s\u200e\u200f\ufeff]*")
_LINE_BREAKS = ("\v", "\x85", "\u2028", "\u2029")
"""How Word's plain text, mainframes and Unicode break a line: the text keeps them, a label may stand after them."""
_WRAPPED_AT = 100
"""A text whose lines are all shorter was wrapped by hand: its paragraphs end at blank lines."""


@dataclass(frozen=True, slots=True)
class Found:
    """The turns of a text, its speakers in order of appearance, its time stamps, and what to tell.

    Attributes:
        once: what looks like a label but was seen once only, and so not taken.
        unnamed: what to tell of speakers who are told apart but not named; it is among the warnings as well.
    """

    turns: tuple[Turn, ...]
    speakers: tuple[SpeakerCount, ...]
    cues: tuple[tuple[int, int], ...]
    warnings: tuple[str, ...]
    once: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()


def find(body: str, options: Options, bold: Sequence[tuple[int, int]] = ()) -> Found:
    """Find the speakers of a text and its turns.

    Args:
        body: the text, normalised.
        options: labels the researcher named.
        bold: (start, end) of bold words at the head of a paragraph, where the format knows them.

    Returns:
        Turns in order. Text before the first label is a turn of speaker "". Where only interviewers are
        labelled, the paragraphs after a question are turns of speaker "". A text without labels is one turn
        of "", or one for each line that begins with a time stamp.
    """
    for line_break in _LINE_BREAKS:
        body = body.replace(line_break, "\n")
    known = frozenset(map(label_key, (*options.interviewers, *(options.speakers or ()))))
    candidates, stamped = labels.candidates(body, known)
    candidates = _beside(labels.questions_and_answers(body), candidates)
    candidates = _with_bold_heads(body, candidates, bold)
    taken = choosing.accepted(body, candidates, options)
    if not taken:
        taken = choosing.accepted(body, _weak(body, stamped, known), options)
    taken = _from_initials(body, taken)
    asking = interviewers(tuple(dict.fromkeys(map(attrgetter("label"), taken))), options)
    changes = [] if stamped and not taken else _without_label(labels.changes(body), taken)
    turns = _turns(body, taken, changes, asking) if taken or changes else _stamped_turns(body, stamped)
    counts = speaker_counts(turns, asking)
    once = () if options.speakers is not None else tuple(choosing.heard_once(candidates, taken))
    hint = _cover_hint(body, candidates, taken)
    unnamed = _about_changes(len(changes))
    cover = _about_cover(body, _beside(taken, changes)) if taken else ()
    warnings = (*cover, *speaker_warnings(counts, hint), *unnamed, *left_in_text(once))
    return Found(turns, counts, _cues(body, taken, stamped), warnings, once, unnamed)


def interviewers(found: tuple[str, ...], options: Options) -> frozenset[str]:
    """The labels of those who ask: the ones the researcher named, if the text has any, else by their words."""
    named = frozenset(map(label_key, options.interviewers))
    by_name = frozenset(label for label in found if label_key(label) in named)
    return by_name or frozenset(label for label in found if label_words.asks(label_key(label)))


def speaker_warnings(counts: Sequence[SpeakerCount], hint: str = "") -> tuple[str, ...]:
    """What a researcher should know about the speakers found; a hint says who may be the interviewer."""
    if not counts:
        return ("no speaker labels were found: nobody's words are told apart",)
    if not any(count.is_interviewer for count in counts):
        return (f"{NO_INTERVIEWER}: name one with --interviewer{hint}",)
    if all(count.is_interviewer for count in counts):
        names = ", ".join(visible_line(count.label) for count in counts)
        return (f"only {names} is labelled: the paragraphs after each question were taken as the answer",)
    return ()


def _cover_hint(body: str, candidates: list[Candidate], taken: list[Candidate]) -> str:
    """Whom the cover page calls the interviewer, if the text has that label: said, not acted upon."""
    names = {candidate.key for candidate in taken}
    for candidate in candidates[:10]:
        if candidate.key not in names and label_words.asks(candidate.key):
            told = body[candidate.speech : candidate.speech + labels.LONGEST].partition("\n")[0].strip(" \t*_")
            if label_key(told) in names:
                return f" (the cover page names {visible_line(told)})"
    return ""


def _about_cover(body: str, heads: list[Candidate]) -> tuple[str, ...]:
    above = body[: heads[0].start]
    number = sum(1 for line in above.split("\n") if line.strip())
    if not number:
        return ()
    return (f"{number} {'line' if number == 1 else 'lines'} above the first speaker: a cover page, nobody's words",)


def _about_changes(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    several = counted(number, "turn begins", "turns begin")
    advice = "each is a turn of nobody's. If it matters who speaks, write the name there: >> Anna: ..."
    return (f"{several} with >> and nobody's name: {advice}",)


def left_in_text(names: Sequence[str]) -> tuple[str, ...]:
    """What to tell about labels that were seen once and not taken."""
    if not names:
        return ()
    shown = ", ".join(map(visible_line, names[:8])) + (", ..." if len(names) > 8 else "")
    return (f"seen once and not taken as speakers: {shown}",)


def _with_bold_heads(body: str, found: list[Candidate], bold: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Bold heads of paragraphs as candidates, where no other style took the line."""
    if not bold:
        return found
    taken = {candidate.start for candidate in found}
    heads = []
    for start, end in bold:
        label = labels.tidy(body[start:end])
        is_whole_paragraph = not body[end : body.find("\n", end)].strip()
        fits = label_words.names_a_speaker(label) if is_whole_paragraph else not label.endswith((".", ",", "…"))
        if start not in taken and fits and labels.may_be_label(label, label_key(label), "bold"):
            heads.append(Candidate(start, end, label, label_key(label), "bold"))
    return sorted(found + heads)


def _weak(body: str, stamped: list[Stamped], known: AbstractSet[str]) -> list[Candidate]:
    """Candidates of the styles that are tried last, the surest first."""
    return (
        weak_labels.three_line_candidates(body, stamped)
        or weak_labels.stamp_first_candidates(stamped)
        or _beside(lone_labels.lone_candidates(body), weak_labels.weak_candidates(body, known))
    )  # a weak style may have read `DR. ANN SMITH` on a line of its own


def _beside(first: list[Candidate], others: list[Candidate]) -> list[Candidate]:
    """Both in order; where two stand on one line, the first."""
    if not first or not others:
        return first or others
    return sorted(first + _without_label(others, first))


def _without_label(some: list[Candidate], labelled: list[Candidate]) -> list[Candidate]:
    """Those of some whose line is not one of the others'."""
    if not some:
        return []
    starts = {candidate.start for candidate in labelled}
    return [each for each in some if each.start not in starts]


def _from_initials(body: str, taken: list[Candidate]) -> list[Candidate]:
    """Heads that begin at the line above, where it has the name's initials: Teams copies the picture as `JD`.

    Only where most are so: `OK` may be what somebody said before Olga Kern.
    """
    stamped = len(taken) - list(map(attrgetter("stamp"), taken)).count("")
    if stamped < 2:
        return taken
    raised = [_from_line_above(body, each) if each.stamp else each for each in taken]
    moved = sum(now.start != before.start for now, before in zip(raised, taken, strict=True))
    return raised if 2 * moved > stamped else taken


def _from_line_above(body: str, candidate: Candidate) -> Candidate:
    begin = body.rfind("\n", 0, max(0, candidate.start - 1)) + 1
    above = body[begin : candidate.start].strip()
    initials = {word[0].upper() for word in re.split(r"[\W_]+", candidate.label) if word}
    is_initials = 1 <= len(above) <= 3 and above.isupper() and set(above) <= initials
    return candidate._replace(start=begin) if is_initials else candidate


def _turns(body: str, taken: list[Candidate], unnamed: list[Candidate], asking: AbstractSet[str]) -> tuple[Turn, ...]:
    turns = []
    heads = _beside(taken, unnamed)
    if body[: heads[0].start].strip():
        turns.append(_turn(body, 0, heads[0].start, 0, ""))
    starts, after_labels, speakers = list(zip(*heads, strict=True))[:3]  # whole columns: half the time of row by row
    ends = (*starts[1:], len(body))
    speeches = [
        after if after < end and body[after].isalnum() else _words_begin(body, after, end)  # nearly always right there
        for after, end in zip(after_labels, ends, strict=True)
    ]
    turns += map(partial(tuple.__new__, Turn), zip(starts, ends, speeches, speakers, strict=True))  # quick: thousands
    if taken and all(candidate.label in asking for candidate in taken):
        return tuple(part for turn in turns for part in _question_and_rest(body, turn))
    return tuple(turns)


def _turn(body: str, start: int, end: int, after_label: int, speaker: str) -> Turn:
    return Turn(start, end, _words_begin(body, after_label, end), speaker)


def _words_begin(body: str, after_label: int, end: int) -> int:
    skipped = _SKIPPED.match(body, min(after_label, end), end)
    return skipped.end() if skipped else end


def _question_and_rest(body: str, turn: Turn) -> tuple[Turn, ...]:
    """An interviewer's own paragraph, and what follows it, which nobody labelled."""
    if not turn.speaker:
        return (turn,)
    text = body[turn.speech : turn.end]
    is_wrapped = "\n\n" in text and max(map(len, text.split("\n"))) <= _WRAPPED_AT
    stop = text.find("\n\n" if is_wrapped else "\n")
    if is_wrapped and not text[stop:].strip() and text.partition("\n")[0].rstrip().endswith("?"):
        stop = text.find("\n")
    if stop < 0 or not text[stop:].strip():
        return (turn,)
    middle = turn.speech + stop + 1
    rest = _turn(body, middle, turn.end, middle, "")
    return (Turn(turn.start, middle, turn.speech, turn.speaker), rest)


def _stamped_turns(body: str, stamped: list[Stamped]) -> tuple[Turn, ...]:
    if len(stamped) < 2:
        after = stamped[0].speech if stamped and not body[: stamped[0].start].strip() else 0
        return (_turn(body, 0, len(body), after, ""),)
    turns = [_turn(body, 0, stamped[0].start, 0, "")] if body[: stamped[0].start].strip() else []
    bounds = [(line.start, line.speech) for line in stamped] + [(len(body), len(body))]
    turns += [_turn(body, start, end, speech, "") for (start, speech), (end, _) in pairwise(bounds)]
    return tuple(turns)


def _cues(body: str, taken: list[Candidate], stamped: list[Stamped]) -> tuple[tuple[int, int], ...]:
    stamps = {candidate.stamp_at: candidate.stamp for candidate in taken if candidate.stamp}
    stamps |= {line.start: line.stamp for line in stamped}
    if "[" in body or "#" in body:
        stamps |= {match.start(): match[0] for match in INLINE_STAMP.finditer(body)}
    timed = ((position, milliseconds(stamp)) for position, stamp in sorted(stamps.items()))
    return tuple((position, time) for position, time in timed if time is not None)
