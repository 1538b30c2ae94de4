"""Two codebooks compared, code by code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Literal

from qualcode.codebook.frames import PROSE, Codebook, CodebookCode
from qualcode.model import Definition
from qualcode.visible import visible_line

ChangeKind = Literal["added", "renamed", "redefined", "moved", "changed", "left out", "retired"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two codebooks.

    Attributes:
        kind: what happened; "changed" is anything but name, definition and parent; a code that the other codebook does
            not name is "left out", and "retired" only where somebody asks for that.
        id: the code's.
        what: one line for people, safe to show.
        before, after: the code as it was and as it is; None where it was added, or is not named any more.
    """

    kind: ChangeKind
    id: str
    what: str
    before: CodebookCode | None
    after: CodebookCode | None


def diff(before: Codebook, after: Codebook) -> tuple[Change, ...]:
    """What changed between two codebooks, code by code, matched by id.

    One code may be renamed, redefined and moved at once: that is three changes. The order of siblings is
    not a change, nor are the title and provenance of the codebook.

    Returns:
        Changes in the order of `after`, then those left out in the order of `before`.
    """
    old = {code.id: code for code in before.codes}
    kept = {code.id for code in after.codes}
    changes: list[Change] = []
    for code in after.codes:
        if code.id in old:
            changes.extend(_changes(old[code.id], code))
        else:
            changes.append(Change("added", code.id, visible_line(f"{code.id} added: {code.name}"), None, code))
    changes.extend(_gone(code, "left out") for code in before.codes if code.id not in kept)
    return tuple(changes)


def retired(change: Change) -> Change:
    """A code that is left out, as one that is retired for that."""
    return change if change.before is None else _gone(change.before, "retired")


def _gone(code: CodebookCode, kind: ChangeKind) -> Change:
    return Change(kind, code.id, visible_line(f"{code.id} {kind}: {code.name}"), code, None)


def renumbered(changes: Iterable[Change]) -> list[tuple[str, str]]:
    """Ids (old, new) of codes that seem to be one: left out, and added under another id with its name or meaning."""
    changes = list(changes)
    added = [change.after for change in changes if change.kind == "added"]
    found = []
    for change in changes:
        twin = next((new for new in added if new and change.kind == "left out" and _same(change.before, new)), None)
        if twin is not None:
            added.remove(twin)
            found.append((change.id, twin.id))
    return found


def _same(old: CodebookCode | None, new: CodebookCode) -> bool:
    if old is None:
        return False
    is_defined = old.definition != Definition()
    return old.name.casefold() == new.name.casefold() or (is_defined and old.definition == new.definition)


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
    for label, name in PROSE.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"{label} {'added' if not was else 'removed' if not now else 'rewritten'}"


def _shown(value: str | bool | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return (", " if any(" " in each for each in value) else " ").join(value) or "none"
    return value or "none"
