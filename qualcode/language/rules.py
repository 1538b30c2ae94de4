"""Rules: what a passage must have for a code to be proposed for it. They stand in a TOML file, a table a rule.

    [hope]
    code = "P3"
    words = ["hope", "light at the end of the tunnel"]
    lemma = true
    covers = "sentence"

A rule has a code and one thing that it looks for: `words`, `pattern` (of spaCy's Matcher), `regex`, `question` (words
of a guide question: the answer is proposed), `heading` (a line: what stands below it, to the next heading), `speaker`
or `role` (whose turns). spaCy is not needed to read a file of rules.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

Kind = Literal["words", "pattern", "regex", "question", "heading", "speaker", "role"]
KINDS: tuple[Kind, ...] = ("words", "pattern", "regex", "question", "heading", "speaker", "role")

Covers = Literal["words", "sentence", "turn", "answer"]
COVERS: Mapping[Kind, tuple[Covers, ...]] = {
    "words": ("sentence", "words", "turn", "answer"),
    "pattern": ("sentence", "words", "turn", "answer"),
    "regex": ("sentence", "words", "turn", "answer"),
    "speaker": ("turn", "answer"),
    "role": ("turn", "answer"),
    "question": ("answer",),
    "heading": ("words",),
}
"""Kind -> what its proposals may cover, the usual first; a heading's cover all that stands below it."""

ANYWHERE: frozenset[Kind] = frozenset(("words", "pattern", "regex"))
"""Kinds that look at what is said: at participants' words alone unless `asked` says otherwise."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file has it.

    Attributes:
        name: of its table.
        code: short name.
        kind: what it looks for.
        sought: words, questions, headings, labels, roles; one regular expression; or patterns, each as JSON.
        covers: what is proposed: the very words found, or their sentences, turns or answers.
        lemma: words in whatever form.
        asked: also in the interviewer's words.
        roles: only where somebody in one of these roles speaks; none = wherever.
        line: where it stands in its file, from 1; 0 where that is not known.
    """

    name: str
    code: str
    kind: Kind
    sought: tuple[str, ...]
    covers: Covers
    lemma: bool = False
    asked: bool = False
    roles: tuple[str, ...] = ()
    line: int = 0

    @property
    def digest(self) -> bytes:
        """SHA-256 of all that it says, its name and place in the file left out."""
        said = [self.code, self.kind, list(self.sought), self.covers, self.lemma, self.asked, list(self.roles)]
        return sha256(json.dumps(said, ensure_ascii=True).encode()).digest()


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of rules: what it is called, and its rules in order."""

    name: str
    rules: tuple[Rule, ...]

    def where(self, rule: Rule) -> str:
        """Where a rule stands, for messages: `rules.toml:12, [hope]`."""
        line = f":{rule.line}" if rule.line else ""
        return f"{self.name}{line}, [{rule.name}]"
