"""YAML for people: every value is the text that was typed, and knows where it stands.

`No`, `1.0` and `2024-01-01` are not turned into something else. What makes a file say something else
than it shows (anchors, aliases, merge keys, tags) is refused.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from qualcode.errors import InputError
from qualcode.visible import visible_line

if TYPE_CHECKING:
    import yaml

MOST_CHARACTERS = 2_000_000  # of a file
_MOST_NESTING = 40  # lists and mappings inside each other: far below Python's own limit
_MOST_SHOWN = 20  # problems at once; more is no longer a list one works through
_MOST_NOTED = 100  # problems before giving up: finding the nearest name for each takes time
_MOST_SAID = 300  # characters of a message, since it may quote the file
_LONG = 80  # texts longer than this are folded
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ODD = re.compile("[\t\r\x85\u2028\u2029]|" + _NOT_YAML.pattern)


class Place(NamedTuple):
    """Where something begins in a file: line and column (in code points), both from 1."""

    line: int
    column: int


class Text(NamedTuple):
    """A scalar. `style` is None for a bare word, else the sign it is written with: ' " | >."""

    place: Place
    text: str
    style: str | None


class Items(NamedTuple):
    """A list."""

    place: Place
    items: "tuple[Node, ...]"


class Mapping(NamedTuple):
    """Names and their values, in the order of the file, doubles included."""

    place: Place
    pairs: "tuple[tuple[Node, Node], ...]"


Node = Text | Items | Mapping


class Page:
    """What is wrong in one file, gathered so that its author can mend it in one go.

    Whatever messages quote from the file is made safe to show.
    """

    def __init__(self, where: str) -> None:
        self.where = visible_line(where)
        self._problems: dict[Place, tuple[str, str]] = {}

    def wrong(self, place: Place, what: str, remedy: str) -> None:
        """Note a problem; at one place only the first, since others as a rule follow from it."""
        self._problems.setdefault(place, (_said(what), _said(remedy)))
        if len(self._problems) >= _MOST_NOTED:
            self.stop_if_wrong()

    def stop(self, place: Place, what: str, remedy: str) -> NoReturn:
        """Raise now, with this problem only: the rest of the file cannot be judged."""
        where = f"{self.where}:{place.line}:{place.column}"
        raise InputError(_said(what), where=where, remedy=_said(remedy))

    def stop_if_wrong(self) -> None:
        """Raise if problems were noted, up to 20 of them in the order of the file."""
        found = sorted(self._problems.items(), key=lambda problem: (problem[0].line, problem[0].column))
        if not found:
            return
        if len(found) == 1:
            place, (what, remedy) = found[0]
            self.stop(place, what, remedy)
        lines = [
            f"{self.where}:{place.line}:{place.column}: {what}. {remedy}"
            for place, (what, remedy) in found[:_MOST_SHOWN]
        ]
        rest = len(found) - _MOST_SHOWN
        more = [f"... and {rest} more"] if rest > 0 else []
        count = f"{len(found)} or more" if len(found) >= _MOST_NOTED else len(found)
        text = "\n  ".join([f"{count} problems, nothing was read", *lines, *more])
        raise InputError(text, where=self.where, remedy="Mend these and try again.")


def _said(text: str) -> str:
    shown = visible_line(text)
    return shown if len(shown) <= _MOST_SAID else f"{shown[:_MOST_SAID]}..."


def place_at(text: str, offset: int) -> Place:
    """The place of a position in a text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(text.count("\n", 0, offset) + 1, offset - line_start + 1)


# Reading


def read(text: str, page: Page) -> Node:
    """The root of a YAML document. Anchors, aliases and tags go on the page; the caller stops.

    Raises:
        InputError: it is not YAML, is empty, or is too long or too deep.
    """
    import yaml

    if len(text) > MOST_CHARACTERS:
        page.stop(Place(1, 1), f"is longer than {MOST_CHARACTERS:,} characters", "Is this the right file?")
    if odd := _NOT_YAML.search(text):
        what = f"a control character (U+{ord(odd.group()):04X}) stands here, which YAML forbids"
        page.stop(place_at(text, odd.start()), what, "Delete it in your editor.")
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        return _document(yaml.parse(text, Loader=loader), page)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        page.stop(place, f"is not YAML: {error.problem}", _remedy(text, place, error.problem or ""))


def _remedy(text: str, place: Place, problem: str) -> str:
    if "mapping values" in problem:
        return 'A text with ": " in it needs quotes around it, or ">" and the text on the next line.'
    lines = text.split("\n")
    sign = lines[place.line - 1][place.column - 1 : place.column] if place.line <= len(lines) else ""
    if sign == "\t":
        return "Indent with blanks, not with tabs."
    if sign and sign in "@`%&*!":
        return f"A text that begins with {sign} needs quotes around it."
    return "Look at this line and the one above: indentation, quotes and brackets must match."


def _document(events: "Iterable[yaml.Event]", page: Page) -> Node:
    import yaml

    found: Node | None = None
    stream = iter(events)
    for event in stream:
        if isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
            continue
        if not isinstance(event, yaml.DocumentStartEvent):
            found = _node(event, stream, page, 1)
        elif found is not None:
            page.stop(_place(event), 'a second document begins here ("---")', "Keep to one in each file.")
    if found is None:
        page.stop(Place(1, 1), "the file is empty", "Is this the right file?")
    return found


def _place(event: "yaml.Event") -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _node(event: "yaml.Event", stream: "Iterator[yaml.Event]", page: Page, depth: int) -> Node:
    """The text, list or mapping that begins with this event; reads the stream to its end."""
    import yaml

    place = _place(event)
    if depth > _MOST_NESTING:
        page.stop(place, f"is nested more than {_MOST_NESTING} levels deep", "Use fewer levels.")
    if isinstance(event, yaml.AliasEvent):
        page.wrong(place, f"*{event.anchor} stands for another part of the file", "Write it out, or put it in quotes.")
        return Text(place, f"*{event.anchor}", None)
    _refuse_marks(event, place, page)
    if isinstance(event, yaml.ScalarEvent):
        return Text(place, event.value, event.style if event.style in ("'", '"', "|", ">") else None)
    nodes: list[Node] = []
    while not isinstance(inner := next(stream), yaml.CollectionEndEvent):
        nodes.append(_node(inner, stream, page, depth + 1))
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(place, tuple(nodes))
    return Mapping(place, tuple(zip(nodes[::2], nodes[1::2], strict=True)))


def _refuse_marks(event: "yaml.Event", place: Place, page: Page) -> None:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if anchor is not None:
        page.wrong(place, f"&{anchor} names this part for use elsewhere", "Delete it, or use quotes.")
    if tag is not None:
        shown = str(tag).replace("tag:yaml.org,2002:", "!!")
        remedy = "Delete it: every value is text. A text that begins with ! needs quotes."
        page.wrong(place, f"{shown} says how to read the value", remedy)


# Writing


def write(value: object) -> str:
    """YAML that `read` reads back as the same texts: dicts, lists, tuples (on one line) and str.

    The same value is the same bytes everywhere: the pure-Python writer is used always, since the C one
    folds differently. Words that other readers would take for a number or a yes are quoted.
    """
    import yaml

    class Indented(yaml.SafeDumper):
        """Lists stand further in than what they belong to, as people write them."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

    written: str = yaml.serialize(_written(value), Dumper=Indented, width=100, allow_unicode=True)
    return written


def _written(value: object) -> "yaml.Node":
    import yaml

    if isinstance(value, dict):
        pairs = [(_written(name), _written(each)) for name, each in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, None, None, flow_style=False)
    if isinstance(value, list | tuple):
        items = [_written(item) for item in value]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, None, None, flow_style=isinstance(value, tuple))
    return yaml.ScalarNode("tag:yaml.org,2002:str", str(value), None, None, style=_style(str(value)))


def _style(text: str) -> str | None:
    """Folded if long, line by line if it has lines, quoted if its blanks or signs would not survive that."""
    lines = text.split("\n")
    if not text:
        return None
    if any(line != line.strip() for line in lines) or not lines[0] or not lines[-1] or _ODD.search(text):
        return '"'
    if any(len(line) > _LONG for line in lines):
        return ">"
    return "|" if len(lines) > 1 else None
