"""Answers over arrays: participants' words from one substantive question to the next (`qualcode/lines.py`)."""

from dataclasses import dataclass

import numpy as np

from qualcode import lines
from qualcode.analysis.counting import Corpus
from qualcode.sweep import Integers


@dataclass(frozen=True, slots=True)
class Answers:
    """Participants' stretches of speech in the answers of all documents, in order of place.

    Attributes:
        document: number of each stretch's document.
        start, end: on the axis. What an interviewer says in the midst of an answer lies between two stretches.
        answer: number of the answer it belongs to, from 0, over all documents.
        without: how many documents of the scope have no answer at all: a text without turns.
    """

    document: Integers
    start: Integers
    end: Integers
    answer: Integers
    without: int


def answers(corpus: Corpus) -> Answers:
    """Read them: this looks at every text once."""
    project = corpus.project
    known = {document.id: document for document in project.documents.all()}
    found: list[tuple[int, int, int, int]] = []
    number, within, without = 0, set(corpus.documents.tolist()), 0
    for place, document_id in enumerate(corpus.document_ids.tolist()):
        document = known[document_id]
        turns, asking = project.documents.turns(document), project.documents.interviewers(document)
        told = lines.answers(project.documents.body(document), turns, asking)
        without += not told and place in within
        for turn in turns:
            answer = 0 if turn.speaker in asking else lines.answer_of(told, turn.speech)
            if answer:
                end = min(turn.end, told[answer - 1].end)
                found.append((place, turn.speech, end, number + answer - 1))
        number += len(told)
    table = np.array(found, dtype=np.int64).reshape(len(found), 4)
    begin = corpus.offset[table[:, 0]]
    return Answers(table[:, 0], begin + table[:, 1], begin + table[:, 2], table[:, 3], without)
