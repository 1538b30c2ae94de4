"""A codebook file read, with every mistake named by line and column."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import cast, get_args

from qualcode.codebook.checking import Entry, check, in_order, nearest
from qualcode.codebook.frames import PROSE, Codebook, CodebookCode
from qualcode.errors import InputError
from qualcode.model import KINDS, Definition, Valence
from qualcode.plain_yaml import MOST_CHARACTERS, Items, Mapping, Node, Page, Place, Text, place_at, read
from qualcode.visible import visible_line

_MOST_CODES = 5_000

_FILE_FIELDS = ("codebook", "title", "provenance", "kinds", "codes")
_CODE_FIELDS = (
    *("id", "name", "parent", "kind", *PROSE, "valence"),
    *("leads_to", "axial", "applies_to", "colour", "key", "stage", "in_vivo", "codes"),
)
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def load(path: Path) -> Codebook:
    """Read a codebook file (UTF-8).

    Raises:
        InputError: the file cannot be read, or is no codebook; see `loads`.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(4 * MOST_CHARACTERS + 1)
    except OSError as error:
        if path.is_dir():
            remedy = "Name the codebook's file in it, which ends in .yaml."
            raise InputError("this is a folder, not a codebook", where=str(path), remedy=remedy) from error
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
    entries: list[Entry] = []
    if "codes" in parts:
        _read_codes(parts["codes"], None, entries, page)
    entries = [entry for entry in entries if entry.code.id]
    check(entries, kinds, page)
    title = _one_line(parts.get("title"), "title", page)
    provenance = _prose(parts.get("provenance"), "provenance", page)
    page.stop_if_wrong()
    return Codebook(name, title, provenance, in_order(entries))


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
            page.wrong(label.place, f"{shown} is not a part of {noun}", nearest(name, known))
        elif name in parts:
            line = parts[name].place.line
            page.wrong(label.place, f"`{name}` is stated twice (see line {line})", "Keep one of them.")
        else:
            parts[name] = value
    return parts


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
        remedy = f"Write `{label}: [first, second]`, or below it a line for each that begins with a dash: `- first`."
        page.wrong(node.place, f"`{label}` must be a list", remedy)
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


def _read_codes(node: Node, inside: str | None, entries: list[Entry], page: Page) -> None:
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
        entries.append(Entry(code, parts, inside))
        if "codes" in parts:
            _read_codes(parts["codes"], code.id, entries, page)


def _read_code(place: Place, parts: dict[str, Node], inside: str | None, page: Page) -> CodebookCode:
    def line(label: str) -> str:
        return _one_line(parts.get(label), label, page)

    for label, example in (("id", "M2a"), ("name", "Living proof")):
        if not line(label):
            at = parts[label].place if label in parts else place
            page.wrong(at, f"this code has no {label}", f"Give it one, such as `{label}: {example}`.")
    prose = {name: _prose(parts.get(label), label, page) for label, name in PROSE.items()}
    return CodebookCode(
        id=_id(parts, page),
        name=line("name"),
        parent=line("parent") or inside,
        kind=line("kind"),
        definition=Definition(**prose),
        valence=cast("Valence", _choice(parts, "valence", get_args(Valence), page) or "neutral"),
        applies_to=_roles(parts, page),
        leads_to=_words(parts.get("leads_to"), "leads_to", page),
        axial=_words(parts.get("axial"), "axial", page),
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
