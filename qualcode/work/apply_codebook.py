"""Carries a codebook into a project and out of it again.

Codes are matched by id, so a file that was exported, edited and applied again renames, redefines and moves what it
should. Codes that the file does not name stay as they are: a project may use several codebooks.
"""

from collections.abc import Callable

from qualcode.codebook import Change, Codebook, CodebookCode, diff
from qualcode.model import Code
from qualcode.project import Project

_PLAIN = ("name", "kind", "valence", "colour", "key", "stage", "in_vivo")


def codebook_of(project: Project) -> Codebook:
    """The project's live codes as a codebook, as `codebook.dump` writes it."""
    codes = project.codes.all()
    shorts = {code.id: code.short for code in codes}
    return Codebook(
        name=project.path.stem,
        title=f"Codebook of {project.path.stem}, version {project.codebook_version}",
        codes=tuple(_as_entry(code, shorts) for code in codes),
    )


def _as_entry(code: Code, shorts: dict[int, str]) -> CodebookCode:
    return CodebookCode(
        id=code.short,
        parent=shorts.get(code.parent) if code.parent else None,
        definition=code.definition,
        applies_to=code.applies_to,
        leads_to=tuple(target for target in code.leads_to if target in shorts.values()),
        **{field: getattr(code, field) for field in _PLAIN},
    )


def plan(project: Project, codebook: Codebook) -> tuple[Change, ...]:
    """What applying a codebook would change; codes that it does not name are left alone."""
    return tuple(change for change in diff(codebook_of(project), codebook) if change.kind != "retired")


def apply(project: Project, codebook: Codebook, name: Callable[..., bytes] | None = None) -> tuple[Change, ...]:
    """Apply a codebook in one action, which makes one codebook version and can be undone.

    Args:
        project: it acts as its coder.
        codebook: valid, as `codebook.load` gives it.
        name: makes a code's guid from the codebook's name and the code's id, for what is shipped.

    Returns:
        What was changed; nothing is written if that is nothing.

    Raises:
        RefusedError: the codebook brings back a code that was retired or merged here; nothing is written.
    """
    changes = plan(project, codebook)
    if not changes:
        return ()
    kinds: dict[str, set[str]] = {}
    for change in changes:
        kinds.setdefault(change.id, set()).add(change.kind)
    with project.action("apply codebook", codebook=codebook.name):
        for entry in codebook.codes:
            guid = name("code", codebook.name, entry.id) if name else None
            _apply_code(project, entry, kinds.get(entry.id, set()), guid)
        for entry in codebook.codes:  # once all codes are there, since arrows may point forward
            if kinds.get(entry.id, set()) & {"added", "changed"}:
                project.codes.lead_to(project.codes.get(entry.id), entry.leads_to)
    return changes


def _apply_code(project: Project, entry: CodebookCode, kinds: set[str], guid: bytes | None) -> None:
    plain = {field: getattr(entry, field) for field in _PLAIN}
    if "added" in kinds:
        project.codes.add(
            entry.id,
            entry.name,
            parent=entry.parent,
            definition=entry.definition,
            applies_to=entry.applies_to,
            guid=guid,
            **{field: value for field, value in plain.items() if field != "name"},
        )
        return
    if kinds & {"renamed", "changed"}:
        project.codes.change(project.codes.get(entry.id), applies_to=entry.applies_to, **plain)
    if "redefined" in kinds:
        project.codes.redefine(project.codes.get(entry.id), entry.definition)
    if "moved" in kinds:
        project.codes.move(project.codes.get(entry.id), entry.parent)
