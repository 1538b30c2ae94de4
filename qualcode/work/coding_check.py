"""Coding files held against a project before anything is written: every fault in every file, with its line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from qualcode.errors import InputError, RefusedError, UserError
from qualcode.model import Segment
from qualcode.project import Project
from qualcode.project.applying import misapplied
from qualcode.project.naming import folded
from qualcode.project.wording import must_be_words
from qualcode.visible import counted, visible_line
from qualcode.work.coding_file import Filed, store_coding
from qualcode.work.coding_form import FLAGS, CodingFile, Entry, read_coding


def find(paths: Iterable[Path]) -> list[Path]:
    """The coding files meant: each file as it is named, of a folder every `.yaml` in it and below, each once.

    Raises:
        InputError: a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        some = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        if not some:
            raise InputError("there is no coding file here (they end in .yaml)", where=str(path))
        found += some
    return list(dict.fromkeys(found))


def read_checked(project: Project, paths: Sequence[Path]) -> list[CodingFile]:
    """Read coding files, and hold them against the project; nothing is written.

    Raises:
        InputError: something is wrong; the message names every fault with file and line.
        RefusedError: a file is another coder's than the one who acts.
    """
    read: list[CodingFile] = []
    wrong: list[str] = []
    for path in paths:
        try:
            coding = read_coding(path)
        except UserError as error:
            wrong.append(_line("", error))
            continue
        read.append(coding)
        wrong += faults(project, coding)
    if wrong:
        remedy = "\n".join([*wrong, "Mend this and load again."])
        raise InputError(
            f"{counted(len(wrong), 'thing is', 'things are')} wrong, so nothing was written", remedy=remedy
        )
    acting = project.coder or "nobody in particular"
    for coding in read:
        if folded(coding.coder) != folded(acting):
            remedy = f"If you are {coding.coder}: --coder {coding.coder}. If it is yours, mend the line 'coder' there."
            raise RefusedError(f"{coding.path.name} is coding by {coding.coder}, and you are {acting}", remedy=remedy)
    return read


def load(project: Project, codings: Sequence[CodingFile]) -> list[Filed]:
    """Write coding files as the acting coder's, in one action; returns how much of each file is new.

    Of codes that are meant for others than those who speak `announce` is told once for all files.
    """
    with project.action("load coding", files=len(codings)):
        before = {each.id for coding in codings for each in _own(project, coding)}
        filed = [store_coding(project, coding) for coding in codings]
        new = {each.id: each for coding in codings for each in _own(project, coding) if each.id not in before}
        for told, _ in misapplied(project.store, new.values()):
            project.store.announce(told)
    return filed


def _own(project: Project, coding: CodingFile) -> list[Segment]:
    return project.segments.of(project.documents.get(coding.document), coding.coder)


def faults(project: Project, coding: CodingFile) -> list[str]:
    """What in a coding file does not fit the project, a line each."""
    return [_line(f"{visible_line(coding.path.name)}:{line}", error) for line, error in _faults(project, coding)]


def _line(where: str, error: UserError) -> str:
    said = f"{where or error.where}: {error.what}. {error.remedy}".rstrip(". ")
    return f"{said}."


def _faults(project: Project, coding: CodingFile) -> Iterator[tuple[int, UserError]]:
    if (error := _error(lambda: project.documents.get(coding.document))) is not None:
        yield 1, error
        return
    here = coding.document
    for entry in coding.segments:
        codes = [entry.fields.get("code", "")]
        yield from _of(entry, "segments", project, here, codes)
    for entry in coding.claims:
        codes = [entry.fields.get("from", ""), entry.fields.get("to", "")]
        yield from _of(entry, "claims", project, here, codes)
        for each in entry.inside:
            yield from _of(each, "evidence", project, each.fields.get("document", here), [])
    for entry in coding.memos:
        on = entry.fields.get("on", "document")
        yield from _of(entry, "memos", project, None, [] if on == "document" else [on])
    for entry in coding.nothing_here:
        yield from _of(entry, "nothing_here", project, here, [])


def _of(
    entry: Entry, part: str, project: Project, document: str | None, codes: Sequence[str]
) -> Iterator[tuple[int, UserError]]:
    """What is wrong with one entry: its words in the text, its codes, the field's words, its flags."""
    looks: list[Callable[[], object]] = [lambda: must_be_words(**_worded(entry))]
    if document is not None:
        quote = entry.fields.get("quote", "")
        looks.append(lambda: project.segments.place(project.documents.get(document), quote=quote))
    looks += [lambda short=short: _in_use(project, short) for short in codes]  # type: ignore[misc]
    looks += [lambda flag=flag: _yes_or_no(entry, flag) for flag in FLAGS.get(part, ())]  # type: ignore[misc]
    for look in looks:
        if (error := _error(look)) is not None:
            yield entry.line, error


def _worded(entry: Entry) -> dict[str, object]:
    words = ("whose", "standing", "tense", "direction", "stance", "kind")
    return {name: entry.fields[name] for name in words if name in entry.fields}


def _in_use(project: Project, short: str) -> None:
    code = project.codes.get(short)
    if code.status == "retired":
        raise InputError(f"{code.short} is no longer in use")


def _yes_or_no(entry: Entry, flag: str) -> None:
    said = entry.fields.get(flag, "no")
    if said not in ("yes", "no"):
        raise InputError(f"{flag} cannot be {said!r}", remedy="Write yes or no.")


def _error(look: Callable[[], object]) -> UserError | None:
    try:
        look()
    except UserError as error:
        return error
    return None
