"""What finds the places that a rule looks for in one document."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack

from qualcode import cache
from qualcode.errors import InputError, TroubleError
from qualcode.folding import fold
from qualcode.language.parsing import Progress, Text, parse
from qualcode.language.pipelines import Pipeline
from qualcode.language.rule_patterns import Patterns
from qualcode.language.rules import ANYWHERE, Kind, Rule, RuleFile
from qualcode.model import Document
from qualcode.project import Project
from qualcode.project.asking import wholly_asked
from qualcode.spans import Span
from qualcode.work.base_forms import Sought, base_forms
from qualcode.work.extents import Extents
from qualcode.work.lens import Lens
from qualcode.work.matching import Matcher, matcher
from qualcode.work.wanted import Search

_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]+")
_NUMBERING = re.compile(r"^[\s#]*(?:[0-9]+(?:\.[0-9]+)*[.):]?\s+)?")


class Material:
    """One document, opened for rules; what a pattern finds in it is looked up once for all patterns.

    Attributes:
        document: it.
        extents: its text, turns, answers and sentences.
        digest: the text's SHA-256.
    """

    def __init__(self, project: Project, document: Document, digest: bytes) -> None:
        self.document = document
        self.digest = digest
        self.extents = Extents(project, document.id)
        self.fitting: dict[str, list[Span]] | None = None

    @property
    def body(self) -> str:
        """The text."""
        return self.extents.body

    @property
    def interviewers(self) -> frozenset[str]:
        """Labels of those who ask."""
        return self.extents.interviewers


class Finders:
    """What finds the places of each rule of a file.

    Args:
        project: open.
        file: the rules.
        pipeline: with which texts are parsed; None where no rule needs that.
        stack: closes what they hold open.
        tell: told how far the parsing is.
        should_stop: asked now and then.

    Raises:
        StoppedError: it said so while texts were parsed.
        InputError, RefusedError: a rule cannot be looked for as it is.
    """

    def __init__(
        self,
        project: Project,
        file: RuleFile,
        pipeline: Pipeline | None,
        stack: ExitStack,
        tell: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self._project, self._file, self._pipeline = project, file, pipeline
        patterns = [rule for rule in file.rules if rule.kind == "pattern"]
        self._forms = base_forms(project, pipeline, tell, should_stop) if pipeline else None
        self._patterns = Patterns(file, patterns, pipeline) if patterns and pipeline else None
        self._regexes: dict[str, Matcher] = {
            rule.name: stack.enter_context(matcher(rule.sought[0], "regex", whole=False, should_stop=should_stop))
            for rule in file.rules
            if rule.kind == "regex"
        }
        named = (rule.sought for rule in file.rules if rule.kind == "heading")
        headings = frozenset(_heading_key(each) for some in named for each in some)
        self._phrases = {rule.name: self._taken(rule) for rule in file.rules if rule.kind == "words"}
        self._lenses = {roles: Lens(project, Search("", roles=roles)) for roles in map(_roles, file.rules) if roles}
        self._by_kind: Mapping[Kind, Callable[[Rule, Material], Iterable[Span]]] = {
            "words": self._words,
            "pattern": self._pattern,
            "regex": self._regex,
            "question": _question,
            "heading": lambda rule, material: _below(rule, material, headings),
            "speaker": _speaker,
            "role": _participants,
        }

    def places(self, rule: Rule, material: Material) -> Sequence[Span]:
        """Where a rule fits in a document, in order, half-open; whole turns, answers and sections for some kinds."""
        found = [each for each in self._by_kind[rule.kind](rule, material) if each[0] < each[1]]
        if rule.kind in ANYWHERE and not rule.asked and material.interviewers:
            body, turns, asking = material.body, material.extents.turns, material.interviewers
            found = [each for each in found if not wholly_asked(body, turns, asking, *each)]
        lens = self._lenses.get(_roles(rule))
        if lens and found:
            return [each[:2] for each in lens.through(material.document, [(*each, "") for each in found])]
        return found

    def _taken(self, rule: Rule) -> list[tuple[Sought, ...]]:
        """The words of a rule, each phrase as it is looked for: with its base forms, or without."""
        assert self._forms is not None  # noqa: S101 (rules of words have a pipeline)
        phrases = [self._forms.sought(each) for each in rule.sought]
        return phrases if rule.lemma else [tuple(Sought(word.key, ()) for word in each) for each in phrases]

    def _words(self, rule: Rule, material: Material) -> Iterator[Span]:
        assert self._forms is not None  # noqa: S101 (as above)
        index = self._forms.indexes[material.document.id]
        fits = {
            fit[:2] for phrase in self._phrases[rule.name] for fit in self._forms.places(material.document.id, phrase)
        }
        for first, last in sorted(fits):
            yield index.span(first)[0], index.span(last)[1]

    def _pattern(self, rule: Rule, material: Material) -> Sequence[Span]:
        if material.fitting is None:
            material.fitting = self._fitting(material)
        return material.fitting.get(rule.name, ())

    def _fitting(self, material: Material) -> dict[str, list[Span]]:
        assert self._patterns is not None  # noqa: S101 (rules of patterns have a pipeline)
        assert self._pipeline is not None  # noqa: S101
        found = self._patterns.places(material.digest, material.body)
        if found is None:  # what is spoilt in the cache is parsed again
            cache.drop([material.digest])
            text = Text(material.document.name, material.digest, lambda: material.body)
            list(parse([text], self._pipeline))
            found = self._patterns.places(material.digest, material.body)
        if found is None:
            raise TroubleError("the parsed texts cannot be read from the cache", where=str(cache.folder()))
        return found

    def _regex(self, rule: Rule, material: Material) -> Sequence[Span]:
        try:
            return self._regexes[rule.name](material.document.name, material.body)
        except InputError as error:
            where = f"{self._file.where(rule)}, in {material.document.name}"
            raise InputError(error.what, where=where, remedy=error.remedy) from None


# -- by the shape of the talk ------------------------------------------------------------------------------------------


def _question(rule: Rule, material: Material) -> Iterator[Span]:
    """Answers to questions in which these words stand one after the other."""
    asked = [f" {_key(each)} " for each in rule.sought]
    for answer in material.extents.answers:
        if answer.question:
            said = f" {_key(material.body[slice(*answer.question)])} "
            if any(each in said for each in asked):
                yield answer.start, answer.end


def _speaker(rule: Rule, material: Material) -> Iterator[Span]:
    """What is said in turns of these labels."""
    labels = {each.casefold() for each in rule.sought}
    for turn in material.extents.turns:
        if turn.speaker.casefold() in labels:
            yield material.extents.speech(turn)


def _participants(_rule: Rule, material: Material) -> Iterator[Span]:
    """What is said by all but those who ask; whose role it is, a lens tells."""
    for turn in material.extents.turns:
        if turn.speaker not in material.interviewers:
            yield material.extents.speech(turn)


def _below(rule: Rule, material: Material, headings: frozenset[str]) -> Iterator[Span]:
    """What stands below headings, to the next: a line that some rule names, or one of Markdown."""
    own, begun = set(map(_heading_key, rule.sought)), None
    for line in _LINE.finditer(material.body):
        key = _heading_key(line.group())
        if key in headings or line.group().startswith("#"):
            if begun is not None:
                yield _but_blanks(material.body, begun, line.start())
            begun = line.end() if key in own else None
    if begun is not None:
        yield _but_blanks(material.body, begun, len(material.body))


def _heading_key(line: str) -> str:
    """What a heading says, without its number."""
    return _key(_NUMBERING.sub("", line, count=1))


def _roles(rule: Rule) -> tuple[str, ...]:
    """Whose words alone a rule takes."""
    return rule.sought if rule.kind == "role" else rule.roles


def _key(words: str) -> str:
    """Words without case, accents and punctuation, a blank between two."""
    return " ".join(_WORD.findall(fold(words)[0].replace("'", "")))


def _but_blanks(body: str, start: int, end: int) -> Span:
    words = body[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, max(first, start + len(words.rstrip()))
