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
        told, asking = project.documents.answers(document), project.documents.interviewers(document)
        without += not told and place in within
        for turn in project.documents.turns(document):
            answer = 0 if turn.speaker in asking else lines.answer_of(told, turn.speech)
            if answer:
                end = min(turn.end, told[answer - 1].end)
                found.append((place, turn.speech, end, number + answer - 1))
        number += len(told)
    table = np.array(found, dtype=np.int64).reshape(len(found), 4)
    begin = corpus.offset[table[:, 0]]
    return Answers(table[:, 0], begin + table[:, 1], begin + table[:, 2], table[:, 3], without)


def answer_spans(corpus: Corpus, documents: Integers) -> tuple[Integers, Integers]:
    """Start and end on the axis of every answer in some documents (their numbers, in order), back-channels included."""
    store = corpus.project.documents
    found = [
        (int(corpus.offset[number]) + answer.start, int(corpus.offset[number]) + answer.end)
        for number in documents.tolist()
        for answer in store.answers(store.get(int(corpus.document_ids[number])))
    ]
    spans = np.array(found, dtype=np.int64).reshape(-1, 2)
    return spans[:, 0], spans[:, 1]
