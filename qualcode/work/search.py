"""Search: places in all texts where words stand, whatever is coded there, and coding them in one action.

    found = search(project, Search("so can I", roles=("SU",)))
    code_hits(project, found, "M2a", around="sentence")

Case, accents and the shape of quotation marks and apostrophes make no difference: "cafe" finds "Café", and "dont",
"don't" and "don’t" are one word, as in `project/quoted_words.py`. With `lemma` the form of the words makes none either.
The places are exact all the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from qualcode.errors import InputError
from qualcode.language.parsing import Progress
from qualcode.language.pipelines import Pipeline
from qualcode.model import Document, Hit
from qualcode.project import Project
from qualcode.project.applying import misapplied
from qualcode.project.asking import Hearing
from qualcode.project.segments import NewSegment
from qualcode.work.base_forms import BaseForms, StoppedError, base_forms
from qualcode.work.extents import Around, Extents
from qualcode.work.lens import Lens
from qualcode.work.looking import Finder, finder
from qualcode.work.parse_texts import pipeline_for
from qualcode.work.wanted import HOWS, Found, How, Search

__all__ = ["AROUNDS", "HOWS", "Around", "Found", "How", "Search", "code_hits", "search", "surroundings", "words_around"]

AROUNDS: tuple[Around, ...] = ("sentence", "answer", "words")

_ROOM = 120


def _go_on() -> bool:
    return False


def _quietly(_progress: Progress) -> None:
    """The default for `tell`."""


def search(
    project: Project,
    wanted: Search,
    should_stop: Callable[[], bool] = _go_on,
    tell: Callable[[Progress], None] = _quietly,
) -> Found:
    """Look for words in the current texts.

    Args:
        project: open.
        wanted: what, and where.
        should_stop: asked now and then; once it says so, what was found by then is returned.
        tell: told how far the parsing is, where base forms are asked for and texts are not parsed yet.

    Raises:
        InputError: nothing is looked for, or the regular expression is none, or takes too long.
        NotFoundError: a code, person, role, ... is named that is not there.
    """
    if not wanted.words.strip():
        raise InputError("no words are looked for", remedy="Say which: qualcode search hope")
    if wanted.lemma and wanted.how == "regex":
        raise InputError("a pattern has no base form", remedy="Leave out the one or the other.")
    lens = Lens(project, wanted)
    pipeline = pipeline_for(project) if wanted.lemma else None
    try:
        forms = base_forms(project, pipeline, tell, should_stop) if pipeline else None
    except StoppedError:
        return Found((), tuple(lens.documents))
    found: list[Hit] = []
    with finder(project, wanted, forms, should_stop) as find:
        for document in lens.documents:
            if should_stop():
                break
            found += _hits(document, find, lens)
    return _told(found, lens, pipeline, forms)


def _hits(document: Document, find: Finder, lens: Lens) -> list[Hit]:
    places = find(document)
    return [Hit(document.id, document.text, *each) for each in lens.through(document, places)] if places else []


def _told(found: Sequence[Hit], lens: Lens, pipeline: Pipeline | None, forms: BaseForms | None) -> Found:
    taken = tuple((each.key, each.lemmas) for each in forms.taken) if forms else ()
    told, lacking = (pipeline.told, pipeline.lacking) if pipeline else ("", "")
    return Found(tuple(found), tuple(lens.documents), taken, told, lacking)


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
        How many passages were newly coded; places in one sentence or answer are one passage. What is to be known of
        them is told to `announce`.

    Raises:
        NotFoundError: no such code.
        RefusedError: the code is no longer in use, or a text was corrected since the search.
    """
    number = project.codes.get(code).id
    with project.action("code hits", code=code, count=len(hits)):
        places: dict[int, Extents] = {}
        new = []
        for hit in hits:
            if hit.document not in places:
                places[hit.document] = Extents(project, hit.document)
            start, end = places[hit.document].around((hit.start, hit.end), around)
            new.append(NewSegment(hit.document, start, end, number, text=hit.text))
        chosen = list(dict.fromkeys(new))
        added = project.segments.add_many(chosen)
        _tell(project, chosen)
        return added


def _tell(project: Project, chosen: Sequence[NewSegment]) -> None:
    """Through how many of the passages no person is counted, and whether the code is meant for others."""
    hearings = {number: Hearing.of(project.store, number) for number in {each.document for each in chosen}}
    notices = Counter(hearings[each.document].notice(each.start, each.end) for each in chosen)
    for notice, count in notices.items():
        if notice:
            project.store.announce(f"{count} of {len(chosen)}: {notice}")
    own = [each for number in hearings for each in project.segments.of(project.documents.get(number), project.coder)]
    places = {(each.document, each.start, each.end, each.code) for each in chosen}
    made = [each for each in own if (each.document, each.start, each.end, each.code) in places]
    for told, _ in misapplied(project.store, made):
        project.store.announce(told)
