"""Correcting a turn: its words, or whose they are, in one action."""

from collections.abc import Sequence

from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Document, Turn
from qualcode.project import Project
from qualcode.project.revisions import Lost, Revision
from qualcode.spans import replace


def correct_turn(
    project: Project,
    document: Document,
    number: int,
    replacements: Sequence[tuple[int, int, str]] = (),
    speaker: str | None = None,
    *,
    reason: str,
) -> Revision:
    """Replace words of a turn, or say that somebody else speaks it; all passages are carried along.

    Args:
        project: the study.
        document: as it stands now.
        number: of the turn, from 1.
        replacements: (start, end, new words) within the turn's words, its label left out.
        speaker: a label; where the text names the speaker before the turn, the label there is changed too.
        reason: for the audit trail.

    Raises:
        NotFoundError: there is no such turn.
        RefusedError: no words would be left, a replacement reaches beyond the turn, or nothing would change.
    """
    turns = project.documents.turns(document)
    if not 1 <= number <= len(turns):
        raise NotFoundError(f"{document.name} has turns 1 to {len(turns)}, not {number}")
    turn, body = turns[number - 1], project.documents.body(document)
    _must_leave_words(body, turn, replacements)
    wanted = [*replacements]
    is_another = speaker is not None and speaker != turn.speaker
    if is_another:
        wanted += _label(body, turn, speaker or "")
    with project.action("correct turn", document=document.id, turn=number):
        lost: tuple[Lost, ...] = ()
        if wanted or not is_another:
            revised = project.documents.revise(document, wanted, reason)
            if not is_another:
                return revised
            document, lost = revised.document, revised.lost
        relabelled = project.documents.relabel(document, number, speaker or "", reason)
        return Revision(relabelled.document, relabelled.carried, (*lost, *relabelled.lost))


def _must_leave_words(body: str, turn: Turn, replacements: Sequence[tuple[int, int, str]]) -> None:
    if any(start < turn.speech or end > turn.end for start, end, _ in replacements):
        raise RefusedError("this reaches beyond the turn")
    within = [(start - turn.speech, end - turn.speech, words) for start, end, words in replacements]
    spoken = body[turn.speech : turn.end]
    if spoken.strip() and not replace(spoken, within)[0].strip():
        raise RefusedError(
            "a turn cannot be left without words: what is coded in it would go",
            remedy="Leave a word, or write what is heard: [inaudible]",
        )


def _label(body: str, turn: Turn, speaker: str) -> list[tuple[int, int, str]]:
    """The label as it stands before the words, to be replaced; nothing where the text does not name the speaker."""
    place = body.find(turn.speaker, turn.start, turn.speech) if turn.speaker else -1
    return [] if place < 0 else [(place, place + len(turn.speaker), speaker)]
