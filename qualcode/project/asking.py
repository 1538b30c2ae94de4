"""Whether a passage is the interviewer's alone: a question may be coded, but no person is counted through it."""

from collections.abc import Collection, Sequence

from qualcode.model import Turn

WARNING = "these are the interviewer's words alone: no person is counted through them"
"""What is said when such a passage is coded."""


def wholly_asked(body: str, turns: Sequence[Turn], interviewers: Collection[str], start: int, end: int) -> bool:
    """Whether all words of [start, end) stand in turns of those who ask.

    Args:
        body: the text.
        turns: its turns, in order.
        interviewers: the labels that ask.
        start: of the passage, in code points,
        end: half-open.
    """
    reached = start
    for turn in turns:
        if turn.speaker in interviewers and turn.start < end and turn.end > start:
            if body[reached : turn.start].strip():
                return False
            reached = turn.end
    return reached > start and not body[reached:end].strip()
