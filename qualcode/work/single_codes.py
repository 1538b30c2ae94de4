"""One code added or changed, as a codebook file would say it: the same fields, the same looks, the same changes."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from qualcode.codebook import Change, Codebook, CodebookCode, diff
from qualcode.errors import InputError, RefusedError, not_found
from qualcode.model import KINDS, Code
from qualcode.project import Project
from qualcode.project.codes import axial_place
from qualcode.visible import visible_line
from qualcode.work.apply_codebook import carry_out, codebook_of


def add(project: Project, short: str, name: str, parent: str | None = None, **said: Any) -> Code:
    """Add a code, in one action.

    Args:
        project: it acts as its coder.
        short: its id.
        name: in full.
        parent: id of the code above; its kind is the new code's unless another is said.
        said: other fields of `CodebookCode`.

    Raises:
        NotFoundError: there is no such parent, kind or code to lead to.
        RefusedError: the id is taken, or is none.
        InputError: a field cannot be so.
    """
    frame = codebook_of(project)
    above = _in_use(project, parent) if parent else None
    kind = said.pop("kind", None) or (above.kind if above else "code")
    entry = CodebookCode(short, name.strip(), above.short if above else None, kind, **said)
    entry = _looked_at(project, frame, entry)
    with project.action("add code", code=short):
        project.codes.add(
            entry.id, entry.name, parent=entry.parent, definition=entry.definition, applies_to=entry.applies_to,
            kind=entry.kind, valence=entry.valence, colour=entry.colour, key=entry.key, stage=entry.stage,
            in_vivo=entry.in_vivo,
        )  # fmt: skip
        if entry.leads_to:
            project.codes.lead_to(project.codes.get(short), entry.leads_to)
        if entry.axial:
            project.codes.stand(project.codes.get(short), entry.axial)
    return project.codes.get(short)


def change(project: Project, code: str, short: str | None = None, **said: Any) -> tuple[Change, ...]:
    """Change a code in use, in one action: rename it, redefine it, or anything else but its place.

    Args:
        project: it acts as its coder.
        code: its id, in any case.
        short: its new id; what was coded with it stays with it.
        said: fields of `CodebookCode` that shall be otherwise; of `definition` a whole `Definition`.

    Returns:
        What was changed besides the id; nothing is written if all is so already.

    Raises:
        NotFoundError: there is no such code, kind or code to lead to.
        RefusedError: it is retired, or the new id is taken or none.
        InputError: a field cannot be so.
    """
    found = _in_use(project, code)
    with project.action("change code", code=found.short):
        if short is not None and short != found.short:
            found = project.codes.set_short(found, short)
        before = codebook_of(project)
        old = next(entry for entry in before.codes if entry.id == found.short)
        new = _looked_at(project, before, replace(old, **said))
        after = replace(before, codes=tuple(new if entry.id == new.id else entry for entry in before.codes))
        changes = diff(before, after)
        carry_out(project, after, changes)
    return changes


def _in_use(project: Project, short: str) -> Code:
    code = project.codes.get(short)
    if code.status == "retired":
        verb = "revive" if code.merged_into is None else "unmerge"
        raise RefusedError(
            f"{code.short} is not in use", remedy=f"Bring it back first: qualcode codebook {verb} {code.short}"
        )
    return code


def _looked_at(project: Project, frame: Codebook, entry: CodebookCode) -> CodebookCode:
    """The entry with its arrows spelt as the codes are, if a codebook file could hold it."""
    if not entry.name:
        raise InputError(f"{entry.id} has no name", remedy='Say it after the id: M2a "Living proof"')
    for label, words in (("name", entry.name), ("stage", entry.stage)):
        if visible_line(words) != words or "\t" in words:
            raise InputError(f"the {label} must be on one line, with letters and signs only")
    if entry.kind not in (kinds := dict.fromkeys((*KINDS, *(code.kind for code in project.codes.all(retired=True))))):
        error = not_found("kind", entry.kind, kinds)
        own = "A kind of your own comes with a codebook file that lists it under kinds: (docs/codebooks.md)."
        error.remedy = f"{error.remedy}\n{own}"
        raise error
    if entry.colour and not re.fullmatch("#[0-9A-Fa-f]{6}", entry.colour):
        raise InputError(f"{entry.colour} is no colour", remedy='Write # and six digits, in quotes: "#2E7D32"')
    _look_at_key(frame.codes, entry)
    places = [axial_place(words) for words in entry.axial]
    return replace(
        entry,
        leads_to=tuple(_target(project, entry, short) for short in entry.leads_to),
        axial=tuple(f"{slot} of {_target(project, entry, short, f'be a {slot} of')}" for slot, short in places),
    )


def _look_at_key(codes: Iterable[CodebookCode], entry: CodebookCode) -> None:
    if len(entry.key) > 1:
        raise InputError(f"the key {entry.key} is not one character", remedy="Use one, such as m")
    taken = [other.id for other in codes if entry.key and other.key == entry.key and other.id != entry.id]
    if taken:
        raise RefusedError(f"the key {entry.key} is that of {taken[0]}", remedy="Use another, or none.")


def _target(project: Project, entry: CodebookCode, short: str, doing: str = "lead to") -> str:
    if short.casefold() == entry.id.casefold():
        raise InputError(f"{entry.id} cannot {doing} itself")
    return _in_use(project, short).short
