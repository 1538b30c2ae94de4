"""Makes the sample study as a project file: invented interviews, really coded.

It goes through the same doors as anybody's study. Ids are made from names, so that it is the same project each time.
"""

from collections.abc import Callable
from pathlib import Path

from qualcode import codebook, project, shipped
from qualcode.errors import RefusedError
from qualcode.project.guids import named_guid
from qualcode.work import apply_codebook, bring_in
from qualcode.work.coding_file import read_coding, store_coding
from qualcode.work.face_sheet import matching_name, read_face_sheet

NAME = "peer-workers.qualcode"
CODEBOOK = "peer_worker_change_model"


def make(folder: Path, announce: Callable[[str], None] = lambda _note: None) -> Path:
    """Make the sample project in a folder.

    Args:
        folder: made if it is not there.
        announce: told of each step, one line each.

    Returns:
        The project file.

    Raises:
        RefusedError: the folder has a sample project already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    if path.exists():
        raise RefusedError(
            "there is a sample project already", where=str(path), remedy="Name another folder, or delete this one."
        )
    source = shipped.folder("sample_transcripts")
    codings = [read_coding(each) for each in sorted(source.glob("coding/*/*.yaml"))]
    coders = list(dict.fromkeys(coding.coder for coding in codings))
    with project.new(path, coders[0]) as study:
        frame = codebook.load(shipped.codebook(CODEBOOK))
        apply_codebook.apply(study, frame, name=named_guid)
        announce(f"codebook: {len(frame.codes)} codes of {CODEBOOK}")
        sheet = source / "face_sheet.csv"
        options = bring_in.Options(sheet=sheet, name=named_guid)
        brought = bring_in.bring_in(study, _interviews(source, sheet), options)
        announce(f"interviews: {', '.join(document.name for document in brought.added)} (invented, and they say so)")
    for coder in coders:
        with project.open(path, coder) as study:
            for coding in codings:
                if coding.coder == coder:
                    store_coding(study, coding, named_guid)
            segments = len(study.segments.find())
            announce(f"coding by {coder}: {segments} segments, {len(study.claims.find(coder=coder))} claims")
    return path


def _interviews(source: Path, sheet: Path) -> list[Path]:
    """The interviews that the face sheet names: the others are written, but not yet coded."""
    rows, _ = read_face_sheet(sheet)
    named = {matching_name(row.file) for row in rows}
    return [path for path in sorted(source.glob("interviews/*")) if matching_name(path.name) in named]
