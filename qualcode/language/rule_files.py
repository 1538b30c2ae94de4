"""A file of rules read, with every mistake named by its line and what to write instead."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from qualcode.errors import InputError
from qualcode.language.rule_patterns import checked_patterns
from qualcode.language.rules import ANYWHERE, COVERS, KINDS, Covers, Kind, Rule, RuleFile
from qualcode.plain_yaml import Page, Place

_MOST_BYTES = 1_000_000
_MOST_RULES = 1_000
_ABOUT = ("title", "about")
"""What a file may say of itself before its rules."""
_KEYS = ("code", *KINDS, "covers", "lemma", "asked", "roles", "note")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_HEADER = re.compile(r"""^[ \t]*\[[ \t]*["']?([A-Za-z0-9_-]+)["']?[ \t]*\][ \t]*(?:#.*)?$""", re.MULTILINE)


def load(path: Path) -> RuleFile:
    """Read a file of rules (TOML, UTF-8).

    Raises:
        InputError: it cannot be read, or holds no rules; see `loads`.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        remedy = "Name the file itself, which ends in .toml." if path.is_dir() else "Check its name."
        raise InputError(f"cannot be opened: {error.strerror}", where=str(path), remedy=remedy) from None
    if len(raw) > _MOST_BYTES:
        raise InputError("is longer than a megabyte", where=str(path), remedy="Is this the right file?")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "Save it as UTF-8 in your editor and try again."
        raise InputError("is not UTF-8 from here on", where=f"{path}:{line}", remedy=remedy) from None
    return loads(text, str(path))


def loads(text: str, where: str) -> RuleFile:
    """Read rules from text.

    Args:
        text: TOML.
        where: what to call it in messages, as a rule the file's path.

    Raises:
        InputError: up to 20 mistakes at once, each with its line, what was expected and what to do.
    """
    page = Page(where)
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also of a number that is too long
        raise InputError(f"is not TOML: {error or 'nested too deep'}", where=where, remedy=_remedy(error)) from None
    places = _Places(text)
    rules: list[Rule | None] = []
    for name, said in tree.items():
        if not isinstance(said, dict):
            if name not in _ABOUT:
                page.wrong(places.key("", name), f"`{name}` stands before any rule", "Begin a rule: [hope]")
        elif not _NAME.fullmatch(name):
            remedy = "Use at most 40 letters (without accents), digits, - and _."
            page.wrong(places.rule(name), f"a rule cannot be called {name!r}", remedy)
        elif len(rules) < _MOST_RULES:
            rules.append(_Table(name, said, page, places).rule())
        else:
            page.stop(places.rule(name), f"has more than {_MOST_RULES:,} rules", "Divide it.")
    if not rules:
        page.wrong(Place(1, 1), "has no rules", 'Begin one: [hope], and below it code = "P3" and words = ["hope"]')
    page.stop_if_wrong()
    return RuleFile(where, tuple(each for each in rules if each is not None))


def _remedy(error: Exception) -> str:
    if "line 1, column" in str(error):
        return 'A rule begins with its name in brackets, [hope]; below it lines such as code = "P3".'
    return "Texts stand in quotes: \"...\"; in '...' a backslash is a backslash, as a regex wants it."


class _Places:
    """Lines at which rules and their keys stand: tomllib does not tell them.

    A header that also stands inside a text of several lines is found twice: then no line is told but the first.
    """

    def __init__(self, text: str) -> None:
        found = [(match[1], match.start(1)) for match in _HEADER.finditer(text)]
        names = [name for name, _ in found]
        ends = [*(start for _, start in found), len(text)][1:]
        self._text = text
        self._blocks = {
            name: (start, text[start:end])
            for (name, start), end in zip(found, ends, strict=False)
            if names.count(name) == 1
        } | {"": (0, text[: found[0][1]] if found else text)}

    def _line_of(self, offset: int) -> int:
        return self._text.count("\n", 0, offset) + 1

    def rule(self, name: str) -> Place:
        """Where a rule begins."""
        start, _ = self._blocks.get(name, (0, ""))
        return Place(self._line_of(start), 1)

    def key(self, name: str, key: str) -> Place:
        """Where a key of a rule stands; where the rule begins, if that cannot be told."""
        start, block = self._blocks.get(name, (0, ""))
        keys = re.findall(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*(?:=|\.)", block, re.MULTILINE)
        at = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*(?:=|\.)", block, re.MULTILINE)
        return Place(self._line_of(start + at.end()), 1) if at and len(keys) == 1 else self.rule(name)


class _Table:
    """One rule's table."""

    def __init__(self, name: str, said: Mapping[str, Any], page: Page, places: _Places) -> None:
        self.name, self.said, self.page, self.places = name, said, page, places

    def rule(self) -> Rule | None:
        """The rule, or None where it is not one; what is wrong is on the page."""
        self._must_be_known()
        kind = self._kind()
        code = self._text("code")
        if kind is None or not code:
            return None
        sought = self._sought(kind)
        covers = self._covers(kind)
        only = {"lemma": frozenset({"words"}), "asked": ANYWHERE, "roles": frozenset(KINDS) - {"role"}}
        for key, kinds in only.items():
            if key in self.said and kind not in kinds:
                self._wrong(key, f"`{key}` says nothing beside `{kind}`", "Delete the line.")
        return Rule(
            self.name, code, kind, sought, covers, self._switch("lemma"), self._switch("asked"),
            self._texts("roles") if "roles" in self.said else (), self.places.rule(self.name).line,
        )  # fmt: skip

    def _wrong(self, key: str, what: str, remedy: str) -> None:
        place = self.places.key(self.name, key) if key else self.places.rule(self.name)
        self.page.wrong(place, f"[{self.name}] {what}", remedy)

    def _must_be_known(self) -> None:
        from difflib import get_close_matches

        for key in self.said:
            if key not in _KEYS:
                near = get_close_matches(key, _KEYS, n=1)
                remedy = f"Did you mean `{near[0]}`?" if near else f"A rule has: {', '.join(_KEYS)}."
                self._wrong(key, f"`{key}` is not a part of a rule", remedy)

    def _kind(self) -> Kind | None:
        kinds = [each for each in KINDS if each in self.said]
        if len(kinds) == 1:
            return kinds[0]
        if kinds:
            what = f"looks for {' and '.join(f'`{each}`' for each in kinds)}"
            self._wrong(kinds[1], what, "Make a rule of each.")
        else:
            self._wrong("", "looks for nothing", f"Say one of: {', '.join(KINDS)}.")
        return None

    def _sought(self, kind: Kind) -> tuple[str, ...]:
        if kind == "pattern":
            return checked_patterns(self.said["pattern"], lambda what, remedy: self._wrong("pattern", what, remedy))
        if kind != "regex":
            return self._texts(kind)
        pattern = self._text("regex")
        try:
            if pattern and re.compile(pattern, re.IGNORECASE).fullmatch(""):
                self._wrong("regex", "the pattern fits nothing at all, so it fits everywhere", "Let it ask for a word.")
        except (re.error, OverflowError, RecursionError) as error:
            remedy = "Write a dot as \\. and a bracket as \\(, in '...' and not in \"...\"."
            self._wrong("regex", f"this is no regular expression ({error})", remedy)
        return (pattern,)

    def _covers(self, kind: Kind) -> Covers:
        may = COVERS[kind]
        said = self._text("covers") if "covers" in self.said else may[0]
        if said and said not in may:
            self._wrong("covers", f"a rule of `{kind}` cannot cover {said!r}", f"Say one of: {', '.join(may)}.")
        return cast("Covers", said)

    def _text(self, key: str) -> str:
        said = self.said.get(key)
        if not isinstance(said, str) or not said.strip():
            example = {"code": "P3", "covers": "sentence"}.get(key, "...")
            self._wrong(key if key in self.said else "", f"has no `{key}`", f'Write {key} = "{example}".')
            return ""
        return said if key == "regex" else said.strip()

    def _texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them, each once."""
        said = self.said[key]
        texts: Sequence[Any] = [said] if isinstance(said, str) else said if isinstance(said, list) else ()
        if not texts or not all(isinstance(each, str) and any(map(str.isalnum, each)) for each in texts):
            self._wrong(
                key, f"`{key}` must be a text with a letter in it, or a list of such", f'Write {key} = ["..."].'
            )
            return ()
        return tuple(dict.fromkeys(" ".join(each.split()) for each in texts))

    def _switch(self, key: str) -> bool:
        said = self.said.get(key, False)
        if not isinstance(said, bool):
            self._wrong(key, f"`{key}` is yes or no", f"Write {key} = true, or delete the line.")
        return said is True
