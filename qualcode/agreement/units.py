"""The text that is rated, and the units it is cut into."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qualcode import sentences
from qualcode.agreement.coding import Spans
from qualcode.agreement.tallying import Partial
from qualcode.errors import InputError
from qualcode.model import Document
from qualcode.project import Project
from qualcode.project.retrieval import Filter
from qualcode.project.voices import Voices
from qualcode.project.whose_words import WhoseWords
from qualcode.spans import Span

Unit = Literal["answer", "turn", "sentence", "token", "character", "paragraph", "document", "match"]
UNITS: tuple[Unit, ...] = ("answer", "turn", "sentence", "token", "character", "paragraph", "document", "match")

PARTIAL: dict[Unit, Partial] = {
    "answer": "any", "turn": "any", "paragraph": "any", "document": "any", "sentence": "majority", "token": "majority",
}  # fmt: skip
"""What happens to partly coded units where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Words:
    """Whose words are rated.

    Attributes:
        interviewers: the interviewer's too, and those of speakers who take no part (`other`: staff who look in).
        roles: short names; only what people say in these roles.
        attributes: pairs of an attribute's name and a value; only what people with these say.
    """

    interviewers: bool = False
    roles: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """The documents compared, as spans.

    Attributes:
        stretches: what is rated: speech without labels, by turn; or whole texts.
        units: of it, at the unit asked for; not for characters and matches.
        words: bare words, for "any" and "all"; None where not needed.
        paragraphs: of the rated text.
        without_turns: names of documents that have no turns, whose paragraphs stand for answers and turns.
    """

    stretches: Spans
    units: Spans | None
    words: Spans | None
    paragraphs: Spans
    without_turns: tuple[str, ...]


def known_unit(name: str) -> Unit:
    """The unit of that name.

    Raises:
        InputError: there is none.
    """
    for unit in UNITS:
        if name == unit:
            return unit
    raise InputError(f"there is no unit {name!r}", remedy="There are: " + ", ".join(UNITS))


def text_of(project: Project, documents: Sequence[Document], unit: Unit, words: Words, *, whole_words: bool) -> Text:
    """Read what is rated, and cut it."""
    chosen = WhoseWords(project.store, Filter(roles=words.roles, attributes=words.attributes))
    people = {person.id: person for person in project.people.all()} if chosen.asks else {}
    stretches, units, bare, paragraphs, without = _rows(), _rows(), _rows(), _rows(), list[str]()
    for number, document in enumerate(documents):
        body = project.documents.body(document)
        rated = _rated(project, document, body, interviewers=words.interviewers)
        if chosen.asks:
            voices = Voices.of(project.store, document.id)
            speakers = ([people[each] for each in voices.between(*span)] for span in rated)
            rated = [span for span, known in zip(rated, speakers, strict=True) if chosen.fit(document, known)]
        cut = _cut(project, document, body, unit)
        if unit in ("answer", "turn") and not project.documents.turns(document):
            without.append(document.name)
        _keep(stretches, number, rated)
        _keep(units, number, cut(rated))
        _keep(paragraphs, number, _within(body, rated, _lines))
        if whole_words:
            _keep(bare, number, _within(body, rated, sentences.bare_words))
    has_units = unit not in ("character", "match")
    return Text(
        _spans(stretches), _spans(units) if has_units else None, _spans(bare) if whole_words else None,
        _spans(paragraphs), tuple(without),
    )  # fmt: skip


def _rated(project: Project, document: Document, body: str, *, interviewers: bool) -> list[Span]:
    """Participants' speech without labels and blanks at its end.

    Nobody's words only after the first question, or if all are; with `interviewers` everybody's.
    """
    turns = project.documents.turns(document)
    if not turns:
        return [(0, len(body))] if body.strip() else []
    parts = {each.label: each.part for each in project.documents.speakers(document)}
    named = any(turn.speaker for turn in turns)
    found, was_asked = [], False
    for turn in turns:
        part = parts.get(turn.speaker, "participant")
        was_asked = was_asked or part == "interviewer"
        if (interviewers or part == "participant") and (turn.speaker or was_asked or not named):
            end = turn.speech + len(body[turn.speech : turn.end].rstrip())
            found.append((turn.speech, end))
    return [span for span in found if span[0] < span[1]]


def _cut(project: Project, document: Document, body: str, unit: Unit) -> Callable[[list[Span]], Iterable[Span]]:
    """What makes units of the rated stretches of one document."""

    def answers(rated: list[Span]) -> Iterable[Span]:
        told = project.documents.answers(document)
        return [(each.start, each.end) for each in told] if told else _within(body, rated, _lines)

    def turns(rated: list[Span]) -> Iterable[Span]:
        return rated if project.documents.turns(document) else _within(body, rated, _lines)

    cuts: dict[Unit, Callable[[list[Span]], Iterable[Span]]] = {
        "answer": answers,
        "turn": turns,
        "sentence": lambda rated: _within(body, rated, sentences.sentences),
        "token": lambda rated: _within(body, rated, sentences.words),
        "paragraph": lambda rated: _within(body, rated, _lines),
        "document": lambda _: [(0, len(body))],
    }
    return cuts.get(unit, lambda _: [])


def _lines(text: str) -> list[Span]:
    """The paragraphs that are not blank; they end at a newline."""
    found, start = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = start + len(line) - len(line.lstrip())
            found.append((first, first + len(bare)))
        start += len(line) + 1
    return found


def _within(body: str, rated: list[Span], split: Callable[[str], list[Span]]) -> Iterator[Span]:
    for start, end in rated:
        for first, last in split(body[start:end]):
            yield start + first, start + last


_Rows = tuple[list[int], list[int], list[int]]


def _rows() -> _Rows:
    return [], [], []


def _keep(rows: _Rows, number: int, spans: Iterable[Span]) -> None:
    for start, end in spans:
        rows[0].append(number)
        rows[1].append(start)
        rows[2].append(end)


def _spans(rows: _Rows) -> Spans:
    return Spans(*(np.array(each, dtype=np.int64) for each in rows))
