"""What a pipeline's entity recogniser takes for names of people, places and organisations, in texts already parsed.

It is a proposer beside others: a small model was made from news and knows nothing of talk. How many names it finds, by
group of names and by case, is measured in docs/names.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import MissingExtraError, RefusedError
from qualcode.language.parsing import KeptTexts, Parser, pieces_of
from qualcode.language.pipelines import Pipeline
from qualcode.model import NameKind, Turn

if TYPE_CHECKING:
    from spacy.tokens import Doc

KINDS: Mapping[str, NameKind] = {
    "PERSON": "person", "PER": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation",
    "MISC": "other", "NORP": "other", "PRODUCT": "other", "EVENT": "other", "WORK_OF_ART": "other", "LAW": "other",
}  # fmt: skip
"""The labels of spaCy's pipelines that may be names, and what they are names of.

A small model puts the wrong label on many a name, so that all of these are proposed; numbers, dates and sums are not:
`work/name_patterns.py` finds those that tell somebody.
"""

_EDGES = re.compile(r"^(?:\W|_|\b(?:the|an?|my|his|her|our|their|your) (?=\w))+|(?:['’]s|\W|_)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entity:
    """A place in a text (code points, half-open) that a pipeline takes for a name."""

    start: int
    end: int
    kind: NameKind


def must_recognise(pipeline: Pipeline) -> None:
    """Refuse a choice of pipeline that has no model, before anything is parsed.

    Raises:
        MissingExtraError: none is installed; the remedy is the command that installs it.
        RefusedError: one chose to go without.
    """
    if not pipeline.is_blank:
        return
    if pipeline.lacking:
        raise MissingExtraError("the entity recogniser needs a model of the language", remedy=pipeline.lacking)
    raise RefusedError(
        "the entity recogniser needs a model, and this project is to be parsed without one",
        remedy="Choose one: qualcode language use auto",
    )


class Recogniser:
    """A loaded pipeline's entity recogniser.

    Raises:
        MissingExtraError, RefusedError: there is none (see `must_recognise`), or the pipeline does not load.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        must_recognise(pipeline)
        self._parser, self._kept = Parser(pipeline), KeptTexts(pipeline)
        if "ner" not in self._parser.components:
            raise RefusedError(
                "the pipeline has no entity recogniser (a component called ner)",
                where=pipeline.name,
                remedy="Choose one that has: qualcode language use auto",
            )

    def entities(self, digest: bytes, body: str, turns: Iterable[Turn] = ()) -> Iterator[Entity]:
        """What may be a name in a text, in order; what touches a turn's label or time stamp is left out.

        Args:
            digest: the text's SHA-256: what is parsed is kept under it, and read from there the next time.
            body: the text.
            turns: its turns.
        """
        is_label = bytearray(len(body))
        for turn in turns:
            is_label[turn.start : turn.speech] = b"\1" * (turn.speech - turn.start)
        for offset, doc in self._pieces(digest, body):
            for each in doc.ents:
                kind = KINDS.get(each.label_)
                start, end = _bare(body, offset + each.start_char, offset + each.end_char)
                is_name = sum(map(str.isalpha, body[start:end])) > 1
                if kind is not None and is_name and not any(is_label[start:end]):
                    yield Entity(start, end, kind)

    def _pieces(self, digest: bytes, body: str) -> "Iterator[tuple[int, Doc]]":
        """Each piece of a text with where it begins, as it is kept; parsed and kept now if it was not."""
        kept = self._kept.read(digest)
        if kept is None:
            self._parser.keep(digest, body)
            kept = self._kept.read(digest)
        if kept is None:  # the cache cannot be written
            yield from self._parser.docs(body)
            return
        for number, (start, _) in enumerate(pieces_of(body)):
            yield start, kept.doc(number)


def _bare(body: str, start: int, end: int) -> tuple[int, int]:
    """A place without article, punctuation and the 's of a possessive at its edges."""
    words = body[start:end]
    for edge in _EDGES.finditer(words):
        if edge.start() == 0:
            start += edge.end()
        elif edge.end() == len(words):
            end -= len(words) - edge.start()
    return start, max(start, end)
