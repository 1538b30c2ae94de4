"""Looking for words whatever their form: "cope" finds "coping" and "coped", by the lemma indexes of all texts.

A word is taken with the base forms that it has where it stands in the texts of the project; one that stands in none of
them, with that of the dictionary. A place fits if it is the word itself, or has one of these base forms.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualcode import cache
from qualcode.errors import InputError, TroubleError
from qualcode.folding import word_key
from qualcode.language.lemma_index import LemmaIndex
from qualcode.language.parsing import Progress, dictionary, index_of
from qualcode.language.pipelines import Pipeline
from qualcode.project import Project
from qualcode.sentences import bare_words
from qualcode.work.parse_texts import parse_texts

Fit = tuple[int, int, str]
"""Numbers of the first and the last word of a place in its text, and what fitted, as `Hit.matched` says."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for: its key, and its base forms."""

    key: str
    lemmas: tuple[str, ...]


class BaseForms:
    """The indexes of a project's texts, and words looked for in them.

    Args:
        project: open; its texts are parsed.
        pipeline: with which.

    Attributes:
        indexes: by a document's id.
        is_whole: whether every document's was there and sound.
    """

    def __init__(self, project: Project, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        found = {document: index_of(digest, pipeline) for document, digest in project.documents.digests().items()}
        self.indexes: Mapping[int, LemmaIndex] = {each: index for each, index in found.items() if index is not None}
        self.is_whole = len(self.indexes) == len(found)
        self._known: dict[str, Sought] = {}

    def sought(self, words: str) -> tuple[Sought, ...]:
        """The words of a phrase, as they are taken.

        Raises:
            InputError: there is no word in it.
        """
        keys = [word_key(words[start:end]) for start, end in bare_words(words)]
        if not keys:
            raise InputError(f"there is no word in {words!r} to look for")
        return tuple(map(self._taken, keys))

    @property
    def taken(self) -> tuple[Sought, ...]:
        """All words that were looked for, as they were taken."""
        return tuple(self._known.values())

    def _taken(self, key: str) -> Sought:
        if key not in self._known:
            lemmas = set[str]().union(*(index.lemmas_of(key) for index in self.indexes.values()))
            if not lemmas and any(index.of_lemma(key) for index in self.indexes.values()):
                lemmas = {key}  # nobody says "leave", but "left"
            lemmas = lemmas or {key, word_key(dictionary(self._pipeline.language)(key))}
            self._known[key] = Sought(key, tuple(sorted(lemmas)))
        return self._known[key]

    def places(self, document: int, phrase: Sequence[Sought]) -> list[Fit]:
        """Where words stand one right after the other in a document, in order."""
        index = self.indexes[document]
        fitting = [_fitting(index, each) for each in phrase]
        starts = set(fitting[0])
        for shift, each in enumerate(fitting[1:], start=1):
            starts &= {word - shift for word in each}
        return [
            (start, start + len(phrase) - 1, _told([each[start + shift] for shift, each in enumerate(fitting)]))
            for start in sorted(starts)
        ]


class StoppedError(Exception):
    """The parsing was stopped before all texts were parsed; what is done is kept."""


def _go_on() -> bool:
    return False


def base_forms(
    project: Project,
    pipeline: Pipeline,
    tell: Callable[[Progress], None],
    should_stop: Callable[[], bool] = _go_on,
) -> BaseForms:
    """The base forms of all texts of a project; those not parsed yet are parsed now.

    Args:
        project: open.
        pipeline: with which.
        tell: told how far the parsing is.
        should_stop: asked between two texts.

    Raises:
        StoppedError: it said so.
        TroubleError: what was written into the cache is not there.
    """
    for _ in range(2):  # what is spoilt in the cache is dropped as it is read, and parsed again
        for progress in parse_texts(project, pipeline):
            tell(progress)
            if should_stop() and progress.done < progress.of:
                raise StoppedError
        forms = BaseForms(project, pipeline)
        if forms.is_whole:
            return forms
    raise TroubleError("the parsed texts cannot be read from the cache", where=str(cache.folder()))


def _fitting(index: LemmaIndex, sought: Sought) -> dict[int, str]:
    """Number of each word that fits -> the base form it fits by, "" where it is the very word."""
    by_lemma = {word: lemma for lemma in sought.lemmas for word in index.of_lemma(lemma)}
    return by_lemma | dict.fromkeys(index.of_key(sought.key), "")


def _told(lemmas: Sequence[str]) -> str:
    by = [lemma for lemma in lemmas if lemma]
    return f"lemma {' '.join(by)}" if by else "form"
