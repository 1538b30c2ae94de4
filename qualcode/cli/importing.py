"""`qualcode import`."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import USERS_MISTAKE, explain, note, say, say_json
from qualcode.cli.options import (
    Documented,
    coder_acting,
    coder_known,
    coder_option,
    not_empty,
    opened,
    pairs,
    project_option,
    project_path,
    with_json,
)
from qualcode.cli.printing import aligned, indented
from qualcode.errors import InputError, NotFoundError, UserError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.transcripts import Reading, SpeakerCount, Transcript
    from qualcode.work.bring_in import BroughtIn, Options
    from qualcode.work.rehearsal import Foreseen, Rehearsal


@click.command(
    "import",
    cls=Documented,
    examples=[
        "qualcode import interviews/ --dry-run",
        "qualcode import interviews/*.docx --attributes people.xlsx",
        'qualcode import A-SU1_wave1.docx --interviewer Interviewer --speaker "Maureen=A-SU1" --wave 1',
    ],
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, callback=not_empty)
@click.option("--dry-run", is_flag=True, help="Show how each file would be read, and write nothing.")
@click.option(
    "--attributes", metavar="SHEET", callback=not_empty, help="CSV or XLSX: a row for each document and person."
)
@click.option("--interviewer", "interviewers", metavar="LABEL", multiple=True, help="A speaker's label that asks.")
@click.option(
    "--speaker", "speakers", metavar="LABEL=PERSON", multiple=True, help="Whose label that is; LABEL= if none's."
)
@click.option("--wave", metavar="NAME", default="-", help="Round of interviews, where the sheet does not say.")
@click.option("--case", metavar="NAME", default="", help="Site or initiative, where the sheet does not say.")
@click.option("--again", is_flag=True, help="Bring in files too that were forgotten before.")
@click.option("--encoding", metavar="NAME", help="Of text files, when it is not found out rightly: cp1252.")
@with_json
@project_option
@coder_option
@click.pass_context
def import_command(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    project_file: str | None,
    coder: str | None,
    dry_run: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Bring transcripts into the project: Word, text, and caption files (docx, txt, md, vtt, srt).

    PATH is a file, a folder with all below it, or a pattern. Speakers and interviewers are found and told; say
    otherwise with --interviewer and --speaker. The sheet needs a column 'file' and may have person, role, case, wave,
    speaker and part (participant, interviewer or other; who asks goes on asking where it is empty). Other usual heads
    are taken for these ('document' for file, 'participant' for person, 'site' for case), which is said. Every other
    column becomes an attribute: of the document or the case where it is headed so (document.minutes, case.sector),
    else of the person. A file that cannot be read does not stop the others: it is named at the end, and the exit code
    is 2. The same file twice is known by its bytes.
    """
    options = _options(said)
    files = [Path(path) for path in paths]
    if dry_run:
        with _if_there(project_file, coder) as there:
            failed, is_sheet_wrong = _show(there, files, options, as_json)
    else:
        with opened(project_file, lambda: coder_acting(coder)) as project:
            failed, is_sheet_wrong = _bring(project, files, options, as_json)
    if failed:
        note(f"{counted(len(failed), 'file')} could not be used:")
        for path, error in failed:
            explain(InputError(error.what, where=error.where or str(path), remedy=error.remedy))
    if failed or is_sheet_wrong:
        context.exit(USERS_MISTAKE)


@contextmanager
def _if_there(project_file: str | None, coder: str | None) -> "Iterator[Project | None]":
    """The project meant, for a dry run; None where none is chosen: a file can be looked at without one."""
    if project_file is None:
        try:
            project_path(None)
        except NotFoundError:
            yield None
            return
    with opened(project_file, lambda: coder_known(coder) or None) as project:
        yield project


def _options(given: dict[str, Any]) -> "Options":
    from qualcode.work.bring_in import Options

    dropped = [each for each in given["speakers"] if each.rstrip().endswith("=") and each.strip(" =")]
    return Options(
        encoding=given["encoding"],
        interviewers=tuple(given["interviewers"]),
        people=pairs([each for each in given["speakers"] if each not in dropped], "LABEL=PERSON"),
        no_speakers=tuple(each.rstrip("= ").strip() for each in dropped),
        sheet=Path(given["attributes"]) if given["attributes"] else None,
        wave=given["wave"],
        case=given["case"],
        again=given["again"],
    )


def _progress() -> Callable[[int, int], None]:
    """A count on one line of stderr where somebody watches; otherwise nothing."""
    if not sys.stderr.isatty():
        return lambda _number, _of: None

    def tell(number: int, of: int) -> None:
        click.echo(f"\rreading {number} of {of}" + ("\n" if number == of else ""), nl=False, err=True)

    return tell


def _show(
    project: "Project | None", files: list[Path], options: "Options", as_json: bool
) -> tuple[list[tuple[Path, UserError]], bool]:
    """Print how files would be read; returns those that cannot be, and whether something is wrong with the sheet."""
    from qualcode.work import bring_in
    from qualcode.work.files_meant import find
    from qualcode.work.rehearsal import rehearse

    found = find(files, project, options.sheet)
    candidates = bring_in.look(found.files, options, _progress())
    rehearsal = rehearse(project, candidates, options)
    would = rehearsal.would
    copies = {path for path, document in would.known if document.id in would.read_from}  # of a file that comes in
    readings = [each.reading for each in candidates if each.reading is not None and each.path not in copies]
    if as_json:
        shapes = [_reading_shape(reading, rehearsal) for reading in readings]
        say_json({"readings": shapes, "sheet": _sheet_shape(would, rehearsal.faults)} if options.sheet else shapes)
    elif readings:
        heads = ("document", "format", "speaker", "part", "person", "role", "turns", "words")
        say(aligned(heads, _speaker_rows(readings, rehearsal)))
        _say_beginnings(readings, rehearsal)
        note("Nothing was written: this was a dry run.")
    for reading in readings:
        for warning in would.warnings.get(reading.path, reading.warnings):
            note(f"{reading.path.name}: {warning}")
    _tell_known(would)
    for sentence in (*found.notes(), *rehearsal.notes):
        note(sentence)
    for sentence in rehearsal.faults:
        note(f"the sheet, {sentence}")
    if options.sheet and project is None:
        note("No project is chosen here: the sheet was held against the roles of a new one.")
    if rehearsal.faults:
        note("With this sheet nothing would be brought in.")
    _tell_rows(would)
    return would.failed, bool(rehearsal.faults or would.wrong_rows)


def _sheet_shape(brought: "BroughtIn", faults: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "faults": list(faults),
        "wrong_rows": brought.wrong_rows,
        "unmatched_rows": brought.unmatched_rows,
        "unmatched_documents": brought.unmatched_documents,
    }


def _documents(reading: "Reading", rehearsal: "Rehearsal") -> "Iterator[tuple[Transcript, str, dict[str, Foreseen]]]":
    """The transcripts of a file, each with its document's name and speakers; as read where it would not be taken."""
    foreseen = list(rehearsal.of(reading.path).items())
    for number, transcript in enumerate(reading.transcripts):
        name, speakers = foreseen[number] if number < len(foreseen) else (transcript.name, {})
        yield transcript, name, speakers


def _speaker_rows(readings: list["Reading"], rehearsal: "Rehearsal") -> Iterator[tuple[str, ...]]:
    for reading in readings:
        read_as = f"{reading.format}, {reading.encoding}" if reading.encoding else reading.format
        for transcript, name, speakers in _documents(reading, rehearsal):
            for each in transcript.speakers:
                part, person, role = _who(each, speakers)
                turns, said = str(each.turns), str(transcript.words[each.label])
                yield name, read_as, each.label, part, person or "-", role or "-", turns, said
            if not transcript.speakers:
                nobody = speakers.get("")
                person, role = (nobody.person, nobody.role) if nobody else ("", "")
                yield name, read_as, "(nobody is named)", "", person, role, "", ""


def _say_beginnings(readings: list["Reading"], rehearsal: "Rehearsal") -> None:
    """The first lines of each text: whether it was read rightly is seen at once."""
    from qualcode.report.widths import shortened
    from qualcode.work.rehearsal import first_lines

    for reading in readings:
        for transcript, name, _ in _documents(reading, rehearsal):
            say(f"\n{visible_line(name)} begins:")
            for line in first_lines(transcript) or ["(nothing)"]:
                say(indented(shortened(visible_line(line), 76)))


def _who(speaker: "SpeakerCount", speakers: "dict[str, Foreseen]") -> tuple[str, str, str]:
    """Part, person and role that a speaker would have."""
    foreseen = speakers.get(speaker.label)
    if foreseen is None:
        return "interviewer" if speaker.is_interviewer else "participant", "", ""
    return foreseen.part, foreseen.person, foreseen.role


def _reading_shape(reading: "Reading", rehearsal: "Rehearsal") -> dict[str, Any]:
    from qualcode.work.rehearsal import first_lines

    return {
        "path": str(reading.path),
        "format": reading.format,
        "encoding": reading.encoding,
        "warnings": list(rehearsal.would.warnings.get(reading.path, reading.warnings)),
        "documents": [
            {
                "name": name,
                "length": len(transcript.body),
                "first_lines": first_lines(transcript),
                "speakers": _speaker_shapes(transcript, speakers),
            }
            for transcript, name, speakers in _documents(reading, rehearsal)
        ],
    }


def _speaker_shapes(transcript: "Transcript", speakers: "dict[str, Foreseen]") -> list[dict[str, Any]]:
    return [
        {
            "label": each.label,
            "turns": each.turns,
            "words": transcript.words[each.label],
            "interviewer": part == "interviewer",
            "part": part,
            "person": person or None,
            "role": role or None,
        }
        for each in transcript.speakers
        for part, person, role in [_who(each, speakers)]
    ]


def _bring(
    project: "Project", files: list[Path], options: "Options", as_json: bool
) -> tuple[list[tuple[Path, UserError]], bool]:
    """Bring files in; returns those that cannot be used, and whether rows of the sheet cannot."""
    from qualcode.work import bring_in

    brought = bring_in.bring_in(project, files, options, _progress())
    if as_json:
        say_json(
            {
                "added": [{"id": each.id, "name": each.name} for each in brought.added],
                "known": [{"path": str(path), "document": document.name} for path, document in brought.known],
                "failed": [{"path": str(path), "error": str(error)} for path, error in brought.failed],
                "sheet": _sheet_shape(brought) if options.sheet else None,
            }
        )
    else:
        for document in brought.added:
            say(f"added {visible_line(document.name)}")
    _tell(brought)
    return brought.failed, bool(brought.wrong_rows)


def _tell_known(brought: "BroughtIn") -> None:
    for path, document in brought.known:
        note(f"{path} is in the project already, as {document.name}")


def _tell(brought: "BroughtIn") -> None:
    _tell_known(brought)
    for sentence in brought.notes:
        note(sentence)
    _tell_rows(brought)
    if brought.added:
        note(
            f"{counted(len(brought.added), 'document')} brought in. Look: qualcode documents. Take back: qualcode undo"
        )


def _tell_rows(found: "BroughtIn") -> None:
    """Which rows of the sheet and which documents have no counterpart."""
    rows = found.unmatched_rows
    if len(rows) == 1:
        note(f"the sheet has a row for {rows[0]}, but there is no such document")
    elif rows:
        note(f"the sheet has rows for {len(rows)} documents that are not here: {', '.join(rows)}")
    for name in found.unmatched_documents:
        note(f"the sheet has no row for {name}")
    for sentence in found.wrong_rows:
        note(f"the sheet, {sentence}: this row is passed over")
    if found.wrong_rows:
        note("Mend the sheet and import again with it: roles, cases and attributes reach documents that are there too.")
