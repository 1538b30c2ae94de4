"""Lists what two interviewees of the sample study say in the same six words: `python -m tests.shared_phrases`.

People do not talk alike. A run of six words that two of them share is either a turn of phrase of the language or a sign
that one hand wrote both; so are the first four words of a turn.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import qualcode
from qualcode.project import Project
from qualcode.work import sample

RUN = 6
OPENING = 4


def shared_phrases(study: Project) -> dict[str, set[str]]:
    """Runs of six words in the speech of more than one person, with the people; interviewers are left out.

    Remarks in brackets are no speech; a run does not go from one turn to the next.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for person, words in _speeches(study):
        for first in range(len(words) - RUN + 1):
            said[" ".join(words[first : first + RUN])].add(person)
    return {phrase: people for phrase, people in said.items() if len(people) > 1}


def shared_openings(study: Project) -> dict[str, set[str]]:
    """First four words of turns of more than one person, with the people; interviewers are left out."""
    said: dict[str, set[str]] = defaultdict(set)
    for person, words in _speeches(study):
        if len(words) >= OPENING:
            said[" ".join(words[:OPENING])].add(person)
    return {opening: people for opening, people in said.items() if len(people) > 1}


def _speeches(study: Project) -> Iterator[tuple[str, list[str]]]:
    names = {person.id: person.name for person in study.people.all()}
    for document in study.documents.all():
        body = study.documents.body(document)
        people = {each.label: names[each.person] for each in study.documents.speakers(document) if each.person}
        for turn in study.documents.turns(document):
            if turn.speaker in people:
                speech = re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", body[turn.speech : turn.end])
                yield people[turn.speaker], re.findall(r"[\w']+", speech.replace("’", "'").lower())


def main() -> None:
    """Print them, one a line."""
    with TemporaryDirectory() as folder, qualcode.open(sample.make(Path(folder))) as study:
        for shared in (shared_phrases(study), shared_openings(study)):
            for phrase, people in sorted(shared.items()):
                sys.stdout.write(f"{phrase}: {', '.join(sorted(people))}\n")


if __name__ == "__main__":
    main()
