"""What finds places in a document, by the sort of search: words, base forms, words near one another, a pattern."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from operator import itemgetter

from qualcode import spans
from qualcode.errors import InputError
from qualcode.model import Document
from qualcode.project import Project
from qualcode.sentences import bare_words
from qualcode.work.base_forms import BaseForms, Sought
from qualcode.work.lens import Place
from qualcode.work.matching import matcher
from qualcode.work.nearness import Mention, in_one, near
from qualcode.work.wanted import Search

Finder = Callable[[Document], list[Place]]
"""A document -> the places in it, in order, half-open."""
Mentions = Callable[[Document], list[Mention]]

_THINGS = re.compile(r'"([^"]+)"|(\S+)')


@contextmanager
def finder(
    project: Project, wanted: Search, forms: BaseForms | None, should_stop: Callable[[], bool]
) -> Iterator[Finder]:
    """What finds the places of a search.

    Args:
        project: open.
        wanted: what is looked for.
        forms: the texts' base forms, if these are asked for.
        should_stop: asked now and then.

    Raises:
        InputError: there is no word to look for, only one to be near another, or no regular expression.
    """
    if wanted.how == "near":
        with _each_thing(project, wanted, forms, should_stop) as (mentions, things):
            yield _near(project, wanted.within, mentions, things)
    elif forms:
        yield _by_base_forms(wanted, forms)
    else:
        with matcher(wanted.words, wanted.how, whole=wanted.whole, should_stop=should_stop) as look:
            yield lambda document: [
                (start, end, "") for start, end in look(document.name, project.documents.body(document))
            ]


def _by_base_forms(wanted: Search, forms: BaseForms) -> Finder:
    sought = forms.sought(wanted.words)
    phrases = [(each,) for each in sought] if wanted.how == "any" else [sought]

    def find(document: Document) -> list[Place]:
        index = forms.indexes[document.id]
        fits = {fit[:2]: fit for phrase in phrases for fit in forms.places(document.id, phrase)}
        return _apart((index.span(first)[0], index.span(last)[1], told) for first, last, told in sorted(fits.values()))

    return find


def _apart(places: Iterator[Place]) -> list[Place]:
    """Those that overlap none before them: of "so so so" the phrase "so so" is found once, as by a pattern."""
    found: list[Place] = []
    for each in places:
        if not found or each[0] >= found[-1][1]:
            found.append(each)
    return found


# -- near one another ------------------------------------------------------------------------------------------------


@contextmanager
def _each_thing(
    project: Project, wanted: Search, forms: BaseForms | None, should_stop: Callable[[], bool]
) -> Iterator[tuple[Mentions, int]]:
    """What finds the mentions of all things looked for, and how many things there are."""
    things = list(dict.fromkeys(quoted or word for quoted, word in _THINGS.findall(wanted.words)))
    if len(things) < 2:
        raise InputError("one thing alone is near nothing", remedy="Name two or more: hope recovery --near 10")
    if forms:
        phrases = [forms.sought(each) for each in things]
        yield (lambda document: _of_forms(forms, document, phrases)), len(things)
        return
    with ExitStack() as stack:
        looks = [
            stack.enter_context(matcher(each, "phrase", whole=wanted.whole, should_stop=should_stop)) for each in things
        ]

        def find(document: Document) -> list[Mention]:
            body = project.documents.body(document)
            places = [look(document.name, body) for look in looks]
            return _of_places(bare_words(body), places) if all(places) else []

        yield find, len(things)


def _of_forms(forms: BaseForms, document: Document, phrases: Sequence[Sequence[Sought]]) -> list[Mention]:
    index = forms.indexes[document.id]
    return [
        Mention(which, first, last, index.span(first)[0], index.span(last)[1], told)
        for which, phrase in enumerate(phrases)
        for first, last, told in forms.places(document.id, phrase)
    ]


def _of_places(words: Sequence[spans.Span], places: Sequence[Sequence[spans.Span]]) -> list[Mention]:
    starts, ends = list(map(itemgetter(0), words)), list(map(itemgetter(1), words))
    return [
        Mention(which, bisect_right(ends, start), bisect_right(starts, end - 1) - 1, start, end)
        for which, some in enumerate(places)
        for start, end in some
    ]


def _near(project: Project, within: int, mentions: Mentions, things: int) -> Finder:
    def find(document: Document) -> list[Place]:
        there = mentions(document)
        if len({each.which for each in there}) < things:
            return []
        if within:
            return [_together(group) for group in near(there, things, within)]
        answers = [(each.start, each.end) for each in project.documents.answers(document)]
        return [(each.start, each.end, each.matched) for each in in_one(there, things, answers)]

    return find


def _together(group: Sequence[Mention]) -> Place:
    """From the first of the words to the last."""
    told = dict.fromkeys(each.matched for each in group if each.matched)
    lemmas = [each.removeprefix("lemma ") for each in told if each != "form"]
    matched = f"lemma {' '.join(lemmas)}" if lemmas else "".join(told)
    return min(each.start for each in group), max(each.end for each in group), matched
