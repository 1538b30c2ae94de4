"""Makes the sample study as a project file: invented interviews, really coded, twice and blind.

It goes through the same doors as anybody's study, in the order in which the coders worked: five interviews each by
codebook version 1, a meeting, version 2, then all but one interview. Ids are made from names, so that it is the same
project each time.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from qualcode import codebook, project, shipped
from qualcode.errors import RefusedError
from qualcode.project import Project
from qualcode.project.guids import named_guid
from qualcode.work import apply_codebook, bring_in
from qualcode.work.chart_file import store_chart
from qualcode.work.coding_file import CodingFile, read_coding, store_coding, store_later_round

NAME = "peer-workers.qualcode"
CODEBOOK = "peer_worker_change_model"
CONSENSUS = "consensus"

Announce = Callable[[str], None]


def make(folder: Path, announce: Announce = lambda _note: None) -> Path:
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
    first, second, settled = (_codings(source / "coding" / step) for step in ("round1", "round2", CONSENSUS))
    with project.new(path, first[0].coder) as study:
        _apply(study, shipped.codebook(CODEBOOK), announce)
        options = bring_in.Options(sheet=source / "face_sheet.xlsx", name=named_guid)
        brought = bring_in.bring_in(study, sorted(source.glob("interviews/*")), options)
        announce(f"interviews: {len(brought.added)} (invented, and they say so)")
    _code_blind(path, first, announce)
    with project.open(path, first[0].coder) as study:
        _apply(study, source / "codebook_version_2.yaml", announce)
        study.memos.add((source / "MEETING.md").read_text(encoding="utf-8"), kind="methodological")
    _code_blind(path, second, announce)
    with project.open(path, first[0].coder) as study:
        announce(f"framework: {store_chart(study, source / 'chart.yaml')} summaries by {first[0].coder}")
    _settle(path, settled, announce)
    return path


def _codings(folder: Path) -> list[CodingFile]:
    return [read_coding(each) for each in sorted(folder.rglob("*.yaml"))]


def _apply(study: Project, path: Path, announce: Announce) -> None:
    frame = codebook.load(path)
    apply_codebook.apply(study, frame, name=named_guid)
    announce(f"codebook version {study.codebook_version}: {len(frame.codes)} codes of {CODEBOOK}")


def _code_blind(path: Path, codings: Sequence[CodingFile], announce: Announce) -> None:
    """A round: who codes what is said first, so that nobody sees another's coding until all have finished."""
    coders = list(dict.fromkeys(coding.coder for coding in codings))
    with project.open(path, coders[0]) as study:
        for short in coders:
            if short not in {coder.short for coder in study.coders.all()}:
                study.coders.add(short)
        for coding in codings:
            document, coder = study.documents.get(coding.document), study.coders.get(coding.coder)
            study.coders.assign(document, coder, study.coders.round_of(document.id, coder.id), blind=True)
    for short in coders:
        with project.open(path, short) as study:
            own = [coding for coding in codings if coding.coder == short]
            for coding in own:
                store_later_round(study, coding, named_guid)
                study.coders.finish(study.documents.get(coding.document))
            segments = sum(len(study.segments.of(study.documents.get(coding.document), short)) for coding in own)
            announce(f"coding by {short}, blind: {segments} segments in {len(own)} interviews")


def _settle(path: Path, codings: Sequence[CodingFile], announce: Announce) -> None:
    """What the coders agreed on afterwards."""
    with project.open(path) as study:
        study.store.coder_short = study.coders.all()[0].short
        study.coders.add(CONSENSUS, kind="consensus")
    with project.open(path, CONSENSUS) as study:
        for coding in codings:
            store_coding(study, coding, named_guid)
            study.coders.finish(study.documents.get(coding.document))
        announce(f"consensus: {len(codings)} interviews settled")
