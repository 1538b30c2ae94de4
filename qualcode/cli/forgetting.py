"""`qualcode forget`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, coder_acting, reads, with_json
from qualcode.cli.printing import counted
from qualcode.errors import RefusedError
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.project.erase import Forgotten
    from qualcode.project.forgetting import Foreseen


@click.command(
    "forget",
    cls=Documented,
    examples=[
        "qualcode forget --person B-SU1 --dry-run",
        "qualcode forget --person B-SU1",
        "qualcode forget --document focus_group_2",
    ],
)
@click.option("--document", metavar="NAME", help="Erase this document.")
@click.option("--person", metavar="NAME", help="Erase this person, with everything they said.")
@click.option("--dry-run", is_flag=True, help="Show what would go, and erase nothing.")
@click.option("--yes", is_flag=True, help="Do not ask; the name must then be written exactly.")
@with_json
@reads
def forget_command(
    project: "Project", document: str | None, person: str | None, dry_run: bool, yes: bool, as_json: bool
) -> None:
    """Erase a participant's words for good, as somebody who withdraws can ask. There is no undo.

    What will go is shown, then you are asked. Texts, files they were read from, coding and quotations go, also from
    the trail, and nothing done before can be undone afterwards. What backups and files written earlier still hold is
    listed: those are yours to delete. Paraphrases, quotations of fewer than five words and names spelt otherwise
    cannot be recognised in notes and in other documents: look for those yourself. A salted hash is kept of each file
    that goes, which names nobody, so that bringing the same file in again is noticed.
    """
    if (document is None) == (person is None):
        raise click.UsageError("say whom or what: --document NAME or --person NAME")
    given = document or person or ""
    found, stands = _found(project, given, is_document=document is not None)
    if dry_run:
        _show(_foreseen(project, found, is_document=document is not None), found, as_json, stands=stands)
        return
    project.store.coder_short = coder_acting(project.coder)
    if yes and given != found:
        raise RefusedError(f"the name is {found}, not {given}", remedy="With --yes write it exactly.")
    if not yes:
        for line in _lines(_foreseen(project, found, is_document=document is not None), found, stands=stands):
            note(line)
        typed = click.prompt("Type the name to go on", err=True, default="", show_default=False)
        if typed != found:
            raise RefusedError("that is not the name, so nothing was erased")
    done = project.forget(document=found) if document else project.forget(person=found)
    if as_json:
        say_json(_done_shape(done))
    _tell(done, found, as_json)


def _found(project: "Project", given: str, *, is_document: bool) -> tuple[str, bool]:
    """The name of whom or what is meant, and whether it stands or was removed before."""
    from qualcode.project.gone import document_meant, person_meant

    if is_document:
        document = document_meant(project.store, given)
        return document.name, document.id in {each.id for each in project.documents}
    person = person_meant(project.store, given)
    return person.name, person.id in {each.id for each in project.people.all()}


def _foreseen(project: "Project", name: str, *, is_document: bool) -> "Foreseen":
    return project.foresee_forgetting(document=name) if is_document else project.foresee_forgetting(person=name)


def _show(foreseen: "Foreseen", name: str, as_json: bool, *, stands: bool) -> None:
    if as_json:
        say_json(
            {
                "documents": list(foreseen.documents),
                "shared": list(foreseen.shared),
                "removed": foreseen.removed,
                "removed_people": foreseen.removed_people,
                "turns": foreseen.turns,
                "segments": foreseen.segments,
                "claims": foreseen.claims,
                "memos": foreseen.memos,
                "summaries": foreseen.summaries,
                "files": list(foreseen.files),
            }
        )
    else:
        say("\n".join(map(visible_line, _lines(foreseen, name, stands=stands))))
    note("Nothing was erased: this was a dry run.")


def _lines(foreseen: "Foreseen", name: str, *, stands: bool) -> Iterator[str]:
    """What will go, for a person who is to say yes or no."""
    yield f"This erases {name} for good. It cannot be undone, nor can anything done before."
    if not stands:
        yield f"{name} no longer stands in the project: what is kept for undo goes."
    yield f"{counted(len(foreseen.documents), 'document')}: {', '.join(foreseen.documents) or 'none'}"
    if foreseen.shared:
        shared = counted(len(foreseen.shared), "document")
        yield f"their own turns in {shared} that others speak in: {', '.join(foreseen.shared)}"
    documents, people = foreseen.removed, foreseen.removed_people
    gone = [counted(documents, "document")] * (documents > 0) + [counted(people, "person", "people")] * (people > 0)
    if gone:
        yield f"{' and '.join(gone)} removed before, kept until now for undo"
    yield (
        f"{counted(foreseen.turns, 'turn')}, {counted(foreseen.segments, 'segment')}, "
        f"{counted(foreseen.claims, 'claim')}, {counted(foreseen.memos, 'memo')}, "
        f"{counted(foreseen.summaries, 'summary', 'summaries')}"
    )
    yield f"files kept in the project: {', '.join(foreseen.files) or 'none'}"


def _done_shape(done: "Forgotten") -> dict[str, Any]:
    return {
        "documents": list(done.documents),
        "shared": list(done.shared),
        "passages": done.passages,
        "memos": done.memos,
        "redactions": done.redactions,
        "backups": [str(path) for path in done.backups],
        "exports": list(done.exports),
        "mentions": list(done.mentions),
        "names_left": list(done.names_left),
        "swept": done.swept,
    }


def _tell(done: "Forgotten", name: str, as_json: bool) -> None:
    from qualcode.project.erase import UNRECOGNISED

    if not as_json:
        say(f"Forgotten: {visible_line(name)}")
        say(f"documents erased: {visible_line(', '.join(done.documents) or 'none')}")
        if done.shared:
            say(f"documents that others speak in, where only these turns went: {visible_line(', '.join(done.shared))}")
        say(f"coded passages erased: {done.passages}; memos: {done.memos}; places redacted in notes: {done.redactions}")
    if not done.swept:
        note("Another program has the project open: close it, then the last traces leave the file.")
    for path in done.backups:
        note(f"still holds it: {path}")
    for written in done.exports:
        note(f"may still hold it: {written}")
    for other in done.mentions:
        note(f"names it still: the document {other}. Look: qualcode revise --help")
    for named in done.names_left:
        note(f"holds it still in its name: the {named}")
    if done.backups or done.exports:
        files = counted(len(done.backups) + len(done.exports), "file")
        note(f"{files} to delete, or to keep as your data management plan says.")
    note(
        "The files and sheets that you imported still lie where they were imported from; no paths are kept: look there."
    )
    note(f"Not recognised in notes and other documents, so look yourself: {UNRECOGNISED}.")
