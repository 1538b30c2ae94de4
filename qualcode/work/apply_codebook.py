"""Carries a codebook into a project and out of it again.

Codes are matched by id, so a file that was exported, edited and applied again renames, redefines and moves what it
should. Codes that the file does not name stay as they are: a project may use several codebooks.
"""

from collections.abc import Callable, Iterable

from qualcode.codebook import Change, Codebook, CodebookCode, diff, retired
from qualcode.errors import RefusedError
from qualcode.model import Code
from qualcode.project import Project
from qualcode.project.codes import axial_place

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
        axial=tuple(place for place in code.axial if axial_place(place)[1] in shorts.values()),
        **{field: getattr(code, field) for field in _PLAIN},
    )


def compared(project: Project, codebook: Codebook) -> tuple[Change, ...]:
    """How a codebook differs from the project's codes in use, those that it leaves out included.

    Raises:
        RefusedError: it names codes that were retired or merged here, or spells an id in another case.
    """
    _must_be_in_use(project, codebook)
    return diff(codebook_of(project), codebook)


def plan(project: Project, codebook: Codebook, *, retire_missing: bool = False) -> tuple[Change, ...]:
    """What applying a codebook would change; codes that it does not name are left alone, or retired if that is asked.

    Raises:
        RefusedError: as `compared`.
    """
    changes = compared(project, codebook)
    kept = [change for change in changes if change.kind != "left out"]
    gone = [retired(change) for change in changes if change.kind == "left out"] if retire_missing else []
    return (*kept, *gone)


def _must_be_in_use(project: Project, codebook: Codebook) -> None:
    known = {code.short.casefold(): code for code in project.codes.all(retired=True)}
    named = [(entry.id, known[entry.id.casefold()]) for entry in codebook.codes if entry.id.casefold() in known]
    if gone := [code for _, code in named if code.status == "retired"]:
        remedies = {"revive": [code.short for code in gone if code.merged_into is None]}
        remedies |= {f"unmerge {code.short}": [] for code in gone if code.merged_into is not None}
        commands = [" ".join(["qualcode codebook", verb, *shorts]) for verb, shorts in remedies.items()
                    if shorts or verb != "revive"]  # fmt: skip
        raise RefusedError(
            f"the codebook names codes that are retired here: {', '.join(code.short for code in gone)}",
            remedy="\n".join(["Take them out of the file, or bring them back first:", *commands]),
        )
    if others := [f"{entry} ({code.short} here)" for entry, code in named if entry != code.short]:
        raise RefusedError(
            f"the codebook spells ids otherwise than the project: {', '.join(others)}",
            remedy="Upper and lower case are one: write them as the project does, or change one: "
            "qualcode codebook change --help",
        )


def unknown_to_apply_to(project: Project, codebook: Codebook) -> dict[str, list[str]]:
    """What codes of a codebook apply to that is no role and no wave of the project, with the ids of these codes."""
    known = {role.short for role in project.roles.all()} | {wave.name for wave in project.waves.all()}
    found: dict[str, list[str]] = {}
    for entry in codebook.codes:
        for name in entry.applies_to:
            if name not in known:
                found.setdefault(name, []).append(entry.id)
    return found


def apply(
    project: Project,
    codebook: Codebook,
    name: Callable[..., bytes] | None = None,
    *,
    retire_missing: bool = False,
) -> tuple[Change, ...]:
    """Apply a codebook in one action, which makes one codebook version and can be undone.

    Args:
        project: it acts as its coder.
        codebook: valid, as `codebook.load` gives it.
        name: makes a code's guid from the codebook's name and the code's id, for what is shipped.
        retire_missing: retire the codes that it does not name.

    Returns:
        What was changed; nothing is written if that is nothing.

    Raises:
        RefusedError: as `compared`; nothing is written.
    """
    changes = plan(project, codebook, retire_missing=retire_missing)
    with project.action("apply codebook", codebook=codebook.name):
        carry_out(project, codebook, changes, name)
    return changes


def carry_out(
    project: Project, codebook: Codebook, changes: Iterable[Change], name: Callable[..., bytes] | None = None
) -> None:
    """Write the changes that lead to a codebook; only inside an action."""
    kinds: dict[str, set[str]] = {}
    for change in changes:
        kinds.setdefault(change.id, set()).add(change.kind)
    for entry in codebook.codes:
        guid = name("code", codebook.name, entry.id) if name else None
        _apply_code(project, entry, kinds.get(entry.id, set()), guid)
    for entry in codebook.codes:  # once all codes are there, since arrows may point forward
        if kinds.get(entry.id, set()) & {"added", "changed"}:
            code = project.codes.get(entry.id)
            project.codes.lead_to(code, entry.leads_to)
            if entry.axial != code.axial:
                project.codes.stand(code, entry.axial)
    for short, found in kinds.items():
        if "retired" in found:
            project.codes.retire(project.codes.get(short))


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
