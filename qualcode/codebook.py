"""Codebooks as YAML files: read with every mistake named by line and column, written readably, compared.

Knows texts, not projects: `work/apply_codebook` carries a codebook into a project file.

A file looks like this (`qualcode codebook export` writes the same form):

    codebook: my_study
    title: What helped, what did not
    provenance: Written by us from the first ten interviews.
    kinds: [turning point]            # only kinds that qualcode does not know already
    codes:
      - id: M1                        # short, without blanks: it stands in the margin
        name: Trust from shared experience
        kind: mechanism               # a child has its parent's kind unless it says otherwise
        brief: One line.
        definition: >
          The full definition.
        include: When to use it.
        exclude: When not, and which code to use instead.
        example: A passage.
        valence: good                 # good, bad, less is better or neutral; neutral unless stated, never inherited
        leads_to: [P1]                # expected arrows
        applies_to: [SU, PW]          # roles; none stated = all
        colour: "#2E7D32"             # in quotes, since # begins a comment
        key: t
        codes:
          - id: M1a
            name: Common ground

Instead of standing inside its parent a code may name it: `parent: M1`.

Every value is read as text, so that `No`, `0123` and `2024-01-01` stay what was typed. Anchors, aliases,
merge keys, tags and duplicate keys are refused: they make a file say something else than it shows.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from textwrap import indent
from typing import Literal, cast, get_args

from qualcode.errors import InputError
from qualcode.model import KINDS, Definition, Kind, Valence
from qualcode.plain_yaml import MOST_CHARACTERS, Items, Mapping, Node, Page, Place, Text, place_at, read, write
from qualcode.visible import visible_line

_MOST_CODES = 5_000
_MOST_LEVELS = 12

_FILE_FIELDS = ("codebook", "title", "provenance", "kinds", "codes")
_PROSE = {"brief": "brief", "definition": "full", "include": "include", "exclude": "exclude", "example": "example"}
_CODE_FIELDS = (
    *("id", "name", "parent", "kind", *_PROSE, "valence"),
    *("leads_to", "applies_to", "colour", "key", "stage", "in_vivo", "codes"),
)
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class CodebookCode:
    """A code as a codebook file states it.

    Attributes:
        id: the short code, "M2a"; unique in its codebook whatever the case of its letters.
        parent: id of the code above, or None.
        kind: one of `model.KINDS` or of the codebook's own.
        definition: MacQueen et al. 1998: brief, full, when to use, when not, example.
        applies_to: short names of the roles it may be coded for; empty = all.
        leads_to: ids of the codes it is expected to lead to.
        colour: "#RRGGBB" or "".
        key: the one character that codes it, or "".
        stage: of grounded theory ("open", "axial", ...), or "".
        in_vivo: the name is the participants' own words.
    """

    id: str
    name: str
    parent: str | None = None
    kind: Kind = "code"
    definition: Definition = field(default_factory=Definition)
    valence: Valence = "neutral"
    applies_to: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    colour: str = ""
    key: str = ""
    stage: str = ""
    in_vivo: bool = False


@dataclass(frozen=True, slots=True)
class Codebook:
    """A coding frame.

    Attributes:
        name: short, as a file would be called: "peer_worker_change_model".
        title: for people.
        provenance: where it comes from, whose it is, how to use it.
        codes: each parent directly before its children; siblings in the order of the file.
    """

    name: str
    title: str = ""
    provenance: str = ""
    codes: tuple[CodebookCode, ...] = ()


ChangeKind = Literal["added", "renamed", "redefined", "moved", "changed", "retired"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two codebooks.

    Attributes:
        kind: what happened; "changed" is anything but name, definition and parent.
        id: the code's.
        what: one line for people, safe to show.
        before, after: the code as it was and as it is; None where it was added or retired.
    """

    kind: ChangeKind
    id: str
    what: str
    before: CodebookCode | None
    after: CodebookCode | None


def load(path: Path) -> Codebook:
    """Read a codebook file (UTF-8).

    Raises:
        InputError: the file cannot be read, or is no codebook; see `loads`.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(4 * MOST_CHARACTERS + 1)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", where=str(path), remedy="Check its name.") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = place_at(before, len(before))
        remedy = "Save it as UTF-8 in your editor and try again."
        raise InputError(
            "is not UTF-8 from here on", where=f"{path}:{place.line}:{place.column}", remedy=remedy
        ) from error
    return loads(text, str(path))


def loads(text: str, where: str) -> Codebook:
    """Read a codebook from text.

    In block texts (`>` and `|`) the line ends after the last word are dropped, in one-line fields blanks
    at either end; all else is kept as it stands.

    Args:
        text: YAML.
        where: what to call it in messages, as a rule the file's path.

    Raises:
        InputError: up to 20 problems at once, each as "where:line:column: what was expected, what to do";
            lines and columns (in code points) count from 1.
    """
    page = Page(where)
    return _codebook(read(text.removeprefix("\ufeff"), page), page)


def dump(codebook: Codebook) -> str:
    """Write a codebook as YAML for people: children inside their parents, long texts folded.

    `loads(dump(codebook), "") == codebook` for any codebook that `loads` could have returned. The same codebook
    is always the same text.

    Raises:
        ValueError: a code's parent is not in the codebook.
    """
    ids = {code.id for code in codebook.codes}
    if lost := [code.id for code in codebook.codes if code.parent is not None and code.parent not in ids]:
        raise ValueError(f"codes whose parent is not in the codebook: {', '.join(lost)}")
    own_kinds = tuple(dict.fromkeys(code.kind for code in codebook.codes if code.kind not in KINDS))
    head: dict[str, object] = {
        "codebook": codebook.name,
        "title": codebook.title,
        "provenance": codebook.provenance,
        "kinds": own_kinds,
    }
    children: dict[str | None, list[CodebookCode]] = {}
    for code in codebook.codes:
        children.setdefault(code.parent, []).append(code)
    top = [indent(write([_code_fields(code, None, children)]), "  ") for code in children.get(None, [])]
    return write(_stated(head)) + ("codes:\n" + "\n".join(top) if top else "codes: []\n")


def diff(before: Codebook, after: Codebook) -> tuple[Change, ...]:
    """What changed between two codebooks, code by code, matched by id.

    One code may be renamed, redefined and moved at once: that is three changes. The order of siblings is
    not a change, nor are the title and provenance of the codebook.

    Returns:
        Changes in the order of `after`, then the retired in the order of `before`.
    """
    old = {code.id: code for code in before.codes}
    kept = {code.id for code in after.codes}
    changes: list[Change] = []
    for code in after.codes:
        if code.id in old:
            changes.extend(_changes(old[code.id], code))
        else:
            changes.append(Change("added", code.id, visible_line(f"{code.id} added: {code.name}"), None, code))
    retired = [code for code in before.codes if code.id not in kept]
    changes.extend(
        Change("retired", code.id, visible_line(f"{code.id} retired: {code.name}"), code, None) for code in retired
    )
    return tuple(changes)


def _changes(old: CodebookCode, new: CodebookCode) -> Iterator[Change]:
    if old.name != new.name:
        yield Change("renamed", new.id, visible_line(f"{new.id} renamed: {old.name} → {new.name}"), old, new)
    if old.definition != new.definition:
        parts = ", ".join(_rewritten(old.definition, new.definition))
        yield Change("redefined", new.id, f"{visible_line(new.id)} redefined: {parts}", old, new)
    if old.parent != new.parent:
        from_to = f"from {old.parent or 'the top'} to {new.parent or 'the top'}"
        yield Change("moved", new.id, visible_line(f"{new.id} moved: {from_to}"), old, new)
    others = [each.name for each in fields(CodebookCode) if each.name not in ("id", "name", "definition", "parent")]
    parts = ", ".join(
        f"{name} {_shown(getattr(old, name))} → {_shown(getattr(new, name))}"
        for name in others
        if getattr(old, name) != getattr(new, name)
    )
    if parts:
        yield Change("changed", new.id, visible_line(f"{new.id} changed: {parts}"), old, new)


def _rewritten(old: Definition, new: Definition) -> Iterator[str]:
    for label, name in _PROSE.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"{label} {'added' if not was else 'removed' if not now else 'rewritten'}"


def _shown(value: str | bool | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (" ".join(value) if isinstance(value, tuple) else value) or "none"


# Writing


def _code_fields(
    code: CodebookCode, parent_kind: Kind | None, children: dict[str | None, list[CodebookCode]]
) -> dict[str, object]:
    inherited = parent_kind or "code"
    listed: dict[str, object] = {
        "id": code.id,
        "name": code.name,
        "kind": "" if code.kind == inherited else code.kind,
        **{label: getattr(code.definition, name) for label, name in _PROSE.items()},
        "valence": "" if code.valence == "neutral" else code.valence,
        "leads_to": code.leads_to,
        "applies_to": code.applies_to,
        "colour": code.colour,
        "key": code.key,
        "stage": code.stage,
        "in_vivo": "yes" if code.in_vivo else "",
        "codes": [_code_fields(child, code.kind, children) for child in children.get(code.id, [])],
    }
    return _stated(listed)


def _stated(listed: dict[str, object]) -> dict[str, object]:
    return {label: value for label, value in listed.items() if value}


# Reading


@dataclass(frozen=True, slots=True)
class _Entry:
    """A code before its references are checked, with where each part stands."""

    code: CodebookCode
    nodes: dict[str, Node]
    inside: str | None

    def place(self, label: str) -> Place:
        return self.nodes[label].place


def _codebook(tree: Node, page: Page) -> Codebook:
    parts = _fields(tree, _FILE_FIELDS, "a codebook", page)
    for label in ("codebook", "codes"):
        if label not in parts:
            remedy = f"Write `{label}:` at the beginning of a line."
            page.wrong(tree.place, f"`{label}` is missing", remedy)
    name = _one_line(parts.get("codebook"), "codebook", page)
    if not name and "codebook" in parts:
        page.wrong(parts["codebook"].place, "the codebook has no name", "Give it one, as a file would be called.")
    kinds = (*KINDS, *_words(parts.get("kinds"), "kinds", page))
    entries: list[_Entry] = []
    if "codes" in parts:
        _read_codes(parts["codes"], None, entries, page)
    entries = [entry for entry in entries if entry.code.id]
    _check_ids(entries, page)
    _check_references(entries, page)
    _check_kinds(entries, kinds, page)
    _check_levels(entries, page)
    title = _one_line(parts.get("title"), "title", page)
    provenance = _prose(parts.get("provenance"), "provenance", page)
    page.stop_if_wrong()
    return Codebook(name, title, provenance, _in_order(entries))


def _fields(node: Node, known: tuple[str, ...], noun: str, page: Page) -> dict[str, Node]:
    """The parts of a mapping by name; what is unknown or stated twice is a problem."""
    if not isinstance(node, Mapping):
        page.wrong(node.place, f"{noun} was expected here", f"Write `{known[0]}:` and a value, a line for each part.")
        return {}
    parts: dict[str, Node] = {}
    for label, value in node.pairs:
        name = label.text if isinstance(label, Text) else ""
        if name not in known:
            shown = f"`{name}`" if name else "this"
            page.wrong(label.place, f"{shown} is not a part of {noun}", _nearest(name, known))
        elif name in parts:
            line = parts[name].place.line
            page.wrong(label.place, f"`{name}` is stated twice (see line {line})", "Keep one of them.")
        else:
            parts[name] = value
    return parts


def _nearest(name: str, known: Iterable[str]) -> str:
    """What to write instead: the nearest of the known, else all of them."""
    names = list(known)
    folded = {each.casefold(): each for each in names}
    near = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.5)
    if near:
        return f"Did you mean {folded[near[0]]}?"
    return f"There are: {', '.join(names[:20])}{' ...' if len(names) > 20 else ''}." if names else "There are none yet."


def _one_line(node: Node | None, label: str, page: Page) -> str:
    if node is None:
        return ""
    if not isinstance(node, Text):
        page.wrong(node.place, f"`{label}` must be a text", f"Write `{label}: ...` on one line.")
        return ""
    text = node.text.strip()
    if visible_line(text) != text or "\t" in text:
        what = f"`{label}` holds a line end or a control character: {text}"
        page.wrong(node.place, what, "Write it on one line, with letters and signs only.")
    return text


def _prose(node: Node | None, label: str, page: Page) -> str:
    if node is None:
        return ""
    if not isinstance(node, Text):
        page.wrong(node.place, f"`{label}` must be a text", f"Write `{label}: >` and the text, indented, below it.")
        return ""
    if re.search("[\0\ud800-\udfff]", node.text):
        page.wrong(node.place, f"`{label}` holds a character that is no text", "Delete the escape (\\0 or \\ud...).")
    return node.text.rstrip("\n") if node.style in ("|", ">") else node.text


def _words(node: Node | None, label: str, page: Page) -> tuple[str, ...]:
    """A list of names, each once."""
    if node is None or (isinstance(node, Text) and not node.text):
        return ()
    if not isinstance(node, Items):
        page.wrong(node.place, f"`{label}` must be a list", f"Write `{label}: [first, second]`.")
        return ()
    words: list[str] = []
    for item in node.items:
        word = _one_line(item, label, page)
        if word in words:
            page.wrong(item.place, f"{word} stands twice in `{label}`", "Keep one of them.")
        elif not word:
            page.wrong(item.place, f"`{label}` has an empty place", "Delete the comma or dash that is too many.")
        words.append(word)
    return tuple(words)


def _read_codes(node: Node, inside: str | None, entries: list[_Entry], page: Page) -> None:
    if isinstance(node, Text) and not node.text:
        return
    if not isinstance(node, Items):
        page.wrong(node.place, "`codes` must be a list", "Begin each code with `- id:`.")
        return
    for item in node.items:
        if len(entries) >= _MOST_CODES:
            page.stop(item.place, f"has more than {_MOST_CODES:,} codes", "Divide it; nobody codes with so many.")
        parts = _fields(item, _CODE_FIELDS, "a code", page)
        code = _read_code(item.place, parts, inside, page)
        entries.append(_Entry(code, parts, inside))
        if "codes" in parts:
            _read_codes(parts["codes"], code.id, entries, page)


def _read_code(place: Place, parts: dict[str, Node], inside: str | None, page: Page) -> CodebookCode:
    def line(label: str) -> str:
        return _one_line(parts.get(label), label, page)

    for label, example in (("id", "M2a"), ("name", "Living proof")):
        if not line(label):
            at = parts[label].place if label in parts else place
            page.wrong(at, f"this code has no {label}", f"Give it one, such as `{label}: {example}`.")
    prose = {name: _prose(parts.get(label), label, page) for label, name in _PROSE.items()}
    return CodebookCode(
        id=_id(parts, page),
        name=line("name"),
        parent=line("parent") or inside,
        kind=line("kind"),
        definition=Definition(**prose),
        valence=cast("Valence", _choice(parts, "valence", get_args(Valence), page) or "neutral"),
        applies_to=_roles(parts, page),
        leads_to=_words(parts.get("leads_to"), "leads_to", page),
        colour=_colour(parts, page),
        key=_key(parts, page),
        stage=line("stage"),
        in_vivo=_YES_NO.get(_choice(parts, "in_vivo", tuple(_YES_NO), page), False),
    )


def _id(parts: dict[str, Node], page: Page) -> str:
    found = _one_line(parts.get("id"), "id", page)
    if len(found) > 40 or re.search(r"[\s,]", found):
        remedy = "Write at most 40 letters, digits and signs, without blanks or commas."
        page.wrong(parts["id"].place, f"the id {found[:60]} is too long or has gaps", remedy)
    return found


def _choice(parts: dict[str, Node], label: str, known: Iterable[str], page: Page) -> str:
    found = _one_line(parts.get(label), label, page)
    if found and found.casefold() not in known:
        remedy = f"Use one of: {', '.join(known)}."
        page.wrong(parts[label].place, f"{found} is no {label}", remedy)
    return found.casefold()


def _roles(parts: dict[str, Node], page: Page) -> tuple[str, ...]:
    roles = _words(parts.get("applies_to"), "applies_to", page)
    for role in roles:
        if re.search(r"[\s,]", role):
            remedy = "Use the short names of roles, each a word: [SU, PW]."
            page.wrong(parts["applies_to"].place, f"{role} is not a role's short name", remedy)
    return roles


def _colour(parts: dict[str, Node], page: Page) -> str:
    node = parts.get("colour")
    found = _one_line(node, "colour", page)
    if isinstance(node, Text) and not found and node.style is None:
        page.wrong(node.place, "`colour` is empty: # begins a comment", 'Put it in quotes: colour: "#2E7D32".')
    elif node is not None and found and not re.fullmatch("#[0-9A-Fa-f]{6}", found):
        page.wrong(node.place, f"{found} is no colour", 'Write # and six digits: "#2E7D32".')
    return found


def _key(parts: dict[str, Node], page: Page) -> str:
    found = _one_line(parts.get("key"), "key", page)
    if len(found) > 1:
        page.wrong(parts["key"].place, f"the key {found} is not one character", "Use one, such as `m`.")
    return found


def _check_ids(entries: list[_Entry], page: Page) -> None:
    def check(label: str, value: Callable[[CodebookCode], str], remedy: str) -> None:
        seen: dict[str, _Entry] = {}
        for entry in entries:
            found = value(entry.code)
            if found in seen:
                first = seen[found]
                what = f"the {label} {getattr(entry.code, label)} is taken (line {first.place(label).line})"
                page.wrong(entry.place(label), what, remedy)
            elif found:
                seen[found] = entry

    check("id", lambda code: code.id.casefold(), "Give one of them another id; upper and lower case are one.")
    check("key", lambda code: code.key, "Give one of them another key, or none.")


def _check_references(entries: list[_Entry], page: Page) -> None:
    ids = [entry.code.id for entry in entries if entry.code.id]
    known = set(ids)
    for entry in entries:
        code, stated = entry.code, entry.nodes.get("parent")
        if stated is not None and code.parent:
            if entry.inside is not None and code.parent != entry.inside:
                what = f"{code.id} stands inside {entry.inside} but names {code.parent} as its parent"
                page.wrong(stated.place, what, "Keep one of the two.")
            elif code.parent not in known:
                page.wrong(stated.place, f"there is no code {code.parent} to be the parent", _nearest(code.parent, ids))
        arrows = entry.nodes.get("leads_to")
        for target, item in zip(code.leads_to, arrows.items if isinstance(arrows, Items) else (), strict=False):
            if target == code.id:
                page.wrong(item.place, f"{code.id} cannot lead to itself", "Delete it.")
            elif target and target not in known:
                page.wrong(item.place, f"there is no code {target} to lead to", _nearest(target, ids))


def _check_kinds(entries: list[_Entry], kinds: tuple[Kind, ...], page: Page) -> None:
    for entry in entries:
        kind = entry.code.kind
        if kind and kind not in kinds:
            remedy = f"{_nearest(kind, kinds)} A kind of your own goes into the list `kinds:` at the top."
            page.wrong(entry.place("kind"), f"there is no kind called {kind}", remedy)


def _check_levels(entries: list[_Entry], page: Page) -> None:
    """No code is above itself, and none too deep."""
    parents = {entry.code.id: entry.code.parent for entry in entries}
    told: set[str] = set()
    for entry in entries:
        line = [entry.code.id]
        while (above := parents.get(line[-1])) is not None and above not in line and len(line) <= _MOST_LEVELS:
            line.append(above)
        if above == entry.code.id and told.isdisjoint(line):
            told.update(line)
            chain = " in ".join([*line, above])
            place = entry.nodes.get("parent", entry.nodes["id"]).place
            page.wrong(place, f"the parents go round in a circle: {chain}", "Give one of them another parent, or none.")
        elif len(line) > _MOST_LEVELS and above not in line:
            page.wrong(entry.place("id"), f"{entry.code.id} is more than {_MOST_LEVELS} deep", "Use fewer levels.")


def _in_order(entries: list[_Entry]) -> tuple[CodebookCode, ...]:
    """Each parent directly before its children, and children of their parent's kind unless they state one."""
    children: dict[str | None, list[CodebookCode]] = {}
    for entry in entries:
        children.setdefault(entry.code.parent, []).append(entry.code)

    def below(parent: str | None, kind: Kind) -> Iterator[CodebookCode]:
        for code in children.get(parent, []):
            own = replace(code, kind=code.kind or kind)
            yield own
            yield from below(own.id, own.kind)

    return tuple(below(None, "code"))
