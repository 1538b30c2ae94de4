"""`qualcode forget`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, coder_acting, reads, with_json
from qualcode.errors import RefusedError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.project.erase import Forgotten
    from qualcode.project.forgetting import Foreseen

WHAT_IS_GONE = "what was removed, renamed or rewritten"
"""What --gone erases, as it is told and typed."""


@click.command(
    "forget",
    cls=Documented,
    examples=[
        "qualcode forget --person B-SU1 --dry-run",
        "qualcode forget --person B-SU1",
        "qualcode forget --document focus_group_2",
        "qualcode forget --gone",
    ],
)
@click.option("--document", metavar="NAME", help="Erase this document.")
@click.option("--person", metavar="NAME", help="Erase this person, with everything they said.")
@click.option("--gone", is_flag=True, help="Erase what was removed, renamed or rewritten before; nothing that stands.")
@click.option("--dry-run", is_flag=True, help="Show what would go, and erase nothing.")
@click.option("--yes", is_flag=True, help="Do not ask; the name must then be written exactly.")
@with_json
@reads
def forget_command(
    project: "Project", document: str | None, person: str | None, gone: bool, dry_run: bool, yes: bool, as_json: bool
) -> None:
    """Erase a participant's words for good, as somebody who withdraws can ask. There is no undo.

    What will go is shown, then you are asked. Texts, files they were read from, coding and quotations go, also from
    the trail, and nothing done before can be undone afterwards. What backups and files written earlier still hold is
    listed: those are yours to delete. Paraphrases, quotations of fewer than five words and names spelt otherwise
    cannot be recognised in notes and in other documents: look for those yourself. Five or more words in a row that
    somebody else says just so, in a text that stays, are left in notes: they are that person's too. A
    salted hash is kept of each file that goes, which names nobody, so that bringing the same file in again is noticed.

    What is told of as left, mend by hand: remove or rewrite the memo, rename the case, remove the milestone. How it was
    before then leaves the file with qualcode forget --gone, as with whatever else is forgotten.
    """
    if (document is not None) + (person is not None) + gone != 1:
        raise click.UsageError("say whom or what: --document NAME, --person NAME or --gone")
    given = document or person or WHAT_IS_GONE
    found, stands = (WHAT_IS_GONE, True) if gone else _found(project, given, is_document=document is not None)
    whom = {} if gone else {"document": found} if document is not None else {"person": found}
    if dry_run:
        _show(_foreseen(project, whom), found, as_json, stands=stands)
        return
    project.store.coder_short = coder_acting(project.coder)
    if yes and given != found:
        raise RefusedError(f"the name is {found}, not {given}", remedy="With --yes write it exactly.")
    if not yes:
        for line in _lines(_foreseen(project, whom), found, stands=stands):
            note(line)
        _note_left()
        typed = click.prompt(f"Type {'it' if gone else 'the name'} to go on", err=True, default="", show_default=False)
        if typed != found:
            raise RefusedError("that is not the name, so nothing was erased")
    done = project.forget(**whom) if whom else project.forget_what_is_gone()
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


def _foreseen(project: "Project", whom: dict[str, str]) -> "Foreseen":
    return project.foresee_forgetting(**whom) if whom else project.foresee_what_is_gone()


def _show(foreseen: "Foreseen", name: str, as_json: bool, *, stands: bool) -> None:
    if as_json:
        say_json(_erased_shape(foreseen) | {"redacted": list(foreseen.redacted), "left": list(foreseen.left)})
    else:
        say("\n".join(map(visible_line, _lines(foreseen, name, stands=stands))))
    _note_left()
    note("Nothing was erased: this was a dry run.")


def _note_left() -> None:
    from qualcode.project.erase import LEFT

    note(f"Left in notes: {LEFT}.")


def _erased_shape(erased: "Foreseen") -> dict[str, Any]:
    return {
        "documents": list(erased.documents),
        "shared": list(erased.shared),
        "removed": erased.removed,
        "removed_people": erased.removed_people,
        "turns": erased.turns,
        "segments": erased.segments,
        "claims": erased.claims,
        "evidence": erased.evidence,
        "marks": erased.marks,
        "decisions": erased.decisions,
        "memos": erased.memos,
        "summaries": erased.summaries,
        "redactions": erased.redactions,
        "files": list(erased.files),
    }


def _lines(foreseen: "Foreseen", name: str, *, stands: bool) -> Iterator[str]:
    """What will go, for a person who is to say yes or no."""
    yield f"This erases {name} for good. It cannot be undone, nor can anything done before."
    if not stands:
        yield f"{name} no longer stands in the project: what is kept for undo goes."
    yield from _counts(foreseen)
    for place in foreseen.redacted:
        yield f"    {place}"
    yield from _left(foreseen)
    for place in foreseen.left:
        yield f"    {place}"
    yield f"files kept in the project: {', '.join(foreseen.files) or 'none'}"


def _counts(erased: "Foreseen") -> Iterator[str]:
    """What goes, or went, in numbers."""
    yield f"{counted(len(erased.documents), 'document')}: {', '.join(erased.documents) or 'none'}"
    if erased.shared:
        shared = counted(len(erased.shared), "document")
        yield f"their own turns in {shared} that others speak in: {', '.join(erased.shared)}"
    documents, people = erased.removed, erased.removed_people
    gone = [counted(documents, "document")] * (documents > 0) + [counted(people, "person", "people")] * (people > 0)
    if gone:
        yield f"{' and '.join(gone)} removed before, kept until now for undo"
    seldom = (
        (erased.evidence, "passage for or against claims", "passages for or against claims"),
        (erased.marks, "mark of reading", "marks of reading"),
        (erased.decisions, "decision", "decisions"),
    )
    sorts = (
        counted(erased.turns, "turn"),
        counted(erased.segments, "segment"),
        counted(erased.claims, "claim"),
        *(counted(number, one, many) for number, one, many in seldom if number),
        counted(erased.memos, "memo"),
        counted(erased.summaries, "summary", "summaries"),
    )
    yield ", ".join(sorts)
    if erased.redactions:
        yield f"words that [withdrawn] replaces in notes that stay: {counted(erased.redactions, 'place')}"


def _left(erased: "Foreseen") -> Iterator[str]:
    """In how many places of notes words stay."""
    if erased.left:
        yield f"words left in notes, since somebody else says just these: {counted(len(erased.left), 'place')}"


def _done_shape(done: "Forgotten") -> dict[str, Any]:
    return {
        **_erased_shape(done.erased),
        "shared": list(done.shared),
        "passages": done.erased.passages,
        "backups": [str(path) for path in done.backups],
        "exports": list(done.exports),
        "mentions": list(done.mentions),
        "names_left": list(done.names_left),
        "words_left": len(done.erased.left),
        "uncleared": [str(path) for path in done.uncleared],
        "swept": done.swept,
    }


def _tell(done: "Forgotten", name: str, as_json: bool) -> None:
    from qualcode.project.erase import UNRECOGNISED

    if not as_json:
        say(f"Forgotten: {visible_line(name)}")
        for line in (*_counts(done.erased), *_left(done.erased)):
            say(visible_line(line))
        if done.shared != done.erased.shared:
            say(f"these are now called: {visible_line(', '.join(done.shared))}")
    if not done.swept:
        note("Another program has the project open: close it, then the last traces leave the file.")
    for line in _elsewhere(done):
        note(line)
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
    _note_left()
    note(f"Not recognised in notes and other documents, so look yourself: {UNRECOGNISED}.")


def _elsewhere(done: "Forgotten") -> Iterator[str]:
    """The files that hold it still."""
    yield from (f"could not be deleted from your cache, so delete it: {path}" for path in done.uncleared)
    yield from (f"still holds it: {path}" for path in done.backups)
    yield from (f"may still hold it: {written}" for written in done.exports)
