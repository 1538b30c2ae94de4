"""Which documents a search looks through, and which of the places in them count."""

from collections.abc import Mapping, Sequence
from typing import Any

from qualcode import spans
from qualcode.errors import not_found
from qualcode.model import Document
from qualcode.project import Project
from qualcode.project.asking import wholly_asked
from qualcode.project.retrieval import Filter
from qualcode.project.voices import Voices
from qualcode.project.whose_words import WhoseWords
from qualcode.work.wanted import Search

Place = tuple[int, int, str]
"""Start and end in a text, and what fitted, as `Hit.matched` says."""


class Lens:
    """Which documents are looked through, and which of the places in them count."""

    def __init__(self, project: Project, wanted: Search) -> None:
        named: dict[str, Any] = {
            name: getattr(wanted, name) for name in ("documents", "people", "cases", "roles", "waves")
        }
        self._project, self._wanted = project, wanted
        self._whose = WhoseWords(project.store, Filter(**named))
        self._people = {person.id: person for person in project.people.all()}
        self._coded = self._coded_places()
        self._labels = {label.casefold() for label in wanted.speakers}
        waves = {project.waves.get(name).name for name in wanted.waves}
        chosen = [project.documents.get(name) for name in wanted.documents] or project.documents.all()
        self.documents = [each for each in dict.fromkeys(chosen) if not waves or each.wave in waves]
        self._look_for_labels()

    def _look_for_labels(self) -> None:
        known = {each.label for document in self.documents for each in self._project.documents.speakers(document)}
        for label in self._wanted.speakers:
            if label.casefold() not in map(str.casefold, known):
                raise not_found("speaker", label, sorted(filter(None, known)))

    def _coded_places(self) -> Mapping[int, list[spans.Span]]:
        """Document -> united passages that are coded so."""
        if not (self._wanted.codes or self._wanted.uncoded or self._wanted.coders):
            return {}
        asked = Filter(codes=self._wanted.codes, coders=self._wanted.coders, documents=self._wanted.documents)
        coded: dict[int, list[spans.Span]] = {}
        for each in self._project.segments.find(asked):
            coded.setdefault(each.document, []).append((each.start, each.end))
        return {document: spans.unite(some) for document, some in coded.items()}

    def through(self, document: Document, places: Sequence[Place]) -> Sequence[Place]:
        """The places that count."""
        if self._labels or self._wanted.said:
            places = self._said(document, places)
        if self._wanted.codes or self._wanted.uncoded or self._wanted.coders:
            coded = self._coded.get(document.id, [])
            places = [each for each in places if spans.overlaps(coded, each[:2]) is not self._wanted.uncoded]
        if not self._whose.asks:
            return places
        voices = Voices.of(self._project.store, document.id)
        return [
            each for each in places if self._whose.fit(document, [self._people[n] for n in voices.between(*each[:2])])
        ]

    def _said(self, document: Document, places: Sequence[Place]) -> Sequence[Place]:
        """Those in turns of the speakers that are named, and not in an interviewer's alone."""
        documents = self._project.documents
        turns = documents.turns(document)
        if self._labels:
            own = spans.unite([(each.start, each.end) for each in turns if each.speaker.casefold() in self._labels])
            places = [each for each in places if spans.overlaps(own, each[:2])]
        if self._wanted.said and places:
            body, asking = documents.body(document), documents.interviewers(document)
            places = [each for each in places if not wholly_asked(body, turns, asking, *each[:2])]
        return places
