"""Search: places in all texts where words stand, whatever is coded there, and coding them in one action.

    found = search(project, Search("so can I", roles=("SU",)))
    code_hits(project, found, "M2a", around="sentence")

Case, accents and the shape of quotation marks and apostrophes make no difference: "cafe" finds "Café", and "dont",
"don't" and "don’t" are one word, as in `project/quoted_words.py`. The places are exact all the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from qualcode import spans
from qualcode.errors import InputError
from qualcode.model import Document, Hit, Turn
from qualcode.project import Project
from qualcode.project.asking import wholly_asked
from qualcode.project.retrieval import Filter
from qualcode.project.segments import NewSegment
from qualcode.project.voices import Voices
from qualcode.project.whose_words import WhoseWords
from qualcode.sentences import sentences
from qualcode.work.matching import Matcher, matcher

How = Literal["phrase", "any", "regex"]
HOWS: tuple[How, ...] = ("phrase", "any", "regex")

Around = Literal["words", "sentence", "answer"]
AROUNDS: tuple[Around, ...] = ("sentence", "answer", "words")

_ROOM = 120


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and where; all named fields must hold, as in `Filter`.

    Attributes:
        words: what is looked for.
        how: "phrase" = these words one after the other, "any" = any of them, "regex" = a regular expression of Python.
        whole: only as whole words: "hope" then does not find "hopeful".
        documents, people, cases, roles, waves: as in `Filter`.
        codes: only where one of these is coded (each with all below it), by one of `coders` if any are named.
        coders: short names.
        uncoded: only where nothing is coded yet, by any of `coders` if any are named.
        said: only what participants say, not the interviewer's words.
    """

    words: str
    how: How = "phrase"
    whole: bool = False
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    uncoded: bool = False
    said: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the places in order of document and place, and the documents that were looked through."""

    hits: tuple[Hit, ...]
    documents: tuple[Document, ...]

    @property
    def counts(self) -> dict[int, int]:
        """Id of each document looked through -> how many places."""
        counts = dict.fromkeys((each.id for each in self.documents), 0)
        for hit in self.hits:
            counts[hit.document] += 1
        return counts


def _go_on() -> bool:
    return False


def search(project: Project, wanted: Search, should_stop: Callable[[], bool] = _go_on) -> Found:
    """Look for words in the current texts.

    Args:
        project: open.
        wanted: what, and where.
        should_stop: asked now and then; once it says so, what was found by then is returned.

    Raises:
        InputError: nothing is looked for, or the regular expression is none, or takes too long.
        NotFoundError: a code, person, role, ... is named that is not there.
    """
    if not wanted.words.strip():
        raise InputError("no words are looked for", remedy="Say which: qualcode search hope")
    lens = _Lens(project, wanted)
    found: list[Hit] = []
    with matcher(wanted.words, wanted.how, whole=wanted.whole, should_stop=should_stop) as look:
        for document in lens.documents:
            if should_stop():
                break
            found += _hits(project, document, look, lens)
    return Found(tuple(found), tuple(lens.documents))


def _hits(project: Project, document: Document, look: Matcher, lens: "_Lens") -> list[Hit]:
    body = project.documents.body(document)
    places = look(document.name, body)
    return [Hit(document.id, document.text, *each) for each in lens.through(document, body, places)] if places else []


class _Lens:
    """Which documents are looked through, and which of the places in them count."""

    def __init__(self, project: Project, wanted: Search) -> None:
        named: dict[str, Any] = {
            name: getattr(wanted, name) for name in ("documents", "people", "cases", "roles", "waves")
        }
        self._project, self._wanted = project, wanted
        self._whose = WhoseWords(project.store, Filter(**named))
        self._people = {person.id: person for person in project.people.all()}
        self._coded = self._coded_places()
        waves = {project.waves.get(name).name for name in wanted.waves}
        chosen = [project.documents.get(name) for name in wanted.documents] or project.documents.all()
        self.documents = [each for each in dict.fromkeys(chosen) if not waves or each.wave in waves]

    def _coded_places(self) -> Mapping[int, list[spans.Span]]:
        """Document -> united passages that are coded so."""
        if not (self._wanted.codes or self._wanted.uncoded or self._wanted.coders):
            return {}
        asked = Filter(codes=self._wanted.codes, coders=self._wanted.coders, documents=self._wanted.documents)
        coded: dict[int, list[spans.Span]] = {}
        for each in self._project.segments.find(asked):
            coded.setdefault(each.document, []).append((each.start, each.end))
        return {document: spans.unite(some) for document, some in coded.items()}

    def through(self, document: Document, body: str, places: Sequence[spans.Span]) -> Sequence[spans.Span]:
        """The places that count."""
        if self._wanted.said:
            turns, asking = self._project.documents.turns(document), self._project.documents.interviewers(document)
            places = [each for each in places if not wholly_asked(body, turns, asking, *each)]
        if self._wanted.codes or self._wanted.uncoded or self._wanted.coders:
            coded = self._coded.get(document.id, [])
            places = [each for each in places if _overlaps(coded, each) is not self._wanted.uncoded]
        if not self._whose.asks:
            return places
        voices = Voices.of(self._project.store, document.id)
        return [each for each in places if self._whose.fit(document, [self._people[n] for n in voices.between(*each)])]


def _overlaps(united: Sequence[spans.Span], span: spans.Span) -> bool:
    """Whether a span shares a code point with one of some passages in order that do not touch."""
    place = bisect_right(united, span[0], key=lambda each: each[1])
    return place < len(united) and united[place][0] < span[1]


def surroundings(project: Project, hits: Iterable[Hit]) -> Iterator[tuple[str, str]]:
    """For each place the words before and after it (see `words_around`)."""
    for document, some in groupby(hits, key=attrgetter("document")):
        body = project.documents.body(project.documents.get(document))
        for hit in some:
            yield words_around(body, hit.start, hit.end)


def words_around(body: str, start: int, end: int, room: int = _ROOM) -> tuple[str, str]:
    """The words before and after a passage of a text, of the same lines, at most so many code points each."""
    first, last = body.rfind("\n", 0, start) + 1, body.find("\n", end)
    last = len(body) if last < 0 else last
    before, after = body[max(first, start - room) : start], body[end : min(last, end + room)]
    cut, kept = before.partition(" ")[2], after.rpartition(" ")[0]
    return (f"… {cut}" if start - room > first else before), (f"{kept} …" if end + room < last else after)


def code_hits(project: Project, hits: Sequence[Hit], code: str, around: Around = "sentence") -> int:
    """Code the places found, or the sentences or answers they stand in, in one action.

    Args:
        project: acts as its coder.
        hits: what `search` found, or some of it.
        code: short name.
        around: the sentence, the whole answer, or the very words found. Where a place is in no sentence or answer,
            the words.

    Returns:
        How many passages were newly coded; places in one sentence or answer are one passage.

    Raises:
        NotFoundError: no such code.
        RefusedError: the code is no longer in use, or a text was corrected since the search.
    """
    number = project.codes.get(code).id
    with project.action("code hits", code=code, count=len(hits)):
        places: dict[int, _Places] = {}
        new = []
        for hit in hits:
            if hit.document not in places:
                places[hit.document] = _Places(project, hit.document)
            start, end = places[hit.document].around(hit, around)
            new.append(NewSegment(hit.document, start, end, number, text=hit.text))
        return project.segments.add_many(list(dict.fromkeys(new)))


@dataclass(slots=True)
class _Places:
    """The sentences and answers of one document."""

    project: Project
    number: int
    body: str = field(init=False)
    turns: tuple[Turn, ...] = field(init=False)
    answers: list[spans.Span] = field(init=False)

    def __post_init__(self) -> None:
        documents = self.project.documents
        document = documents.get(self.number)
        self.body, self.turns = documents.body(document), documents.turns(document)
        self.answers = [(each.start, each.end) for each in documents.answers(document)]

    def around(self, hit: Hit, what: Around) -> spans.Span:
        """The passage that is coded for a hit; one that goes over two sentences becomes both."""
        if what == "words":
            return hit.start, hit.end
        some = self.answers if what == "answer" else self._sentences(hit)
        first = bisect_right(some, hit.start, key=lambda each: each[1])
        last = bisect_left(some, hit.end, key=lambda each: each[0])
        return (
            (min(some[first][0], hit.start), max(some[last - 1][1], hit.end)) if first < last else (hit.start, hit.end)
        )

    def _sentences(self, hit: Hit) -> list[spans.Span]:
        """The sentences of the turns that a hit stands in, labels left out."""
        first = bisect_right(self.turns, hit.start, key=lambda each: each.end)
        last = bisect_left(self.turns, hit.end, key=lambda each: each.start)
        speeches = [(turn.speech, turn.end) for turn in self.turns[first:last]] or [(0, len(self.body))]
        return [
            (start + left, start + right) for start, end in speeches for left, right in sentences(self.body[start:end])
        ]
