"""Correcting where one stands: the words of the turn at the cursor, or who speaks it."""

from typing import TYPE_CHECKING

from rich.text import Text

from qualcode.project.revisions import Revision
from qualcode.tui.correcting import Piece, piece_at, replacements
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.turn_editor import SOMEONE_NEW, AskTurn
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


async def correct(screen: "CodingScreen") -> None:
    """Open the turn at the cursor as text, and write what was changed in it."""
    page, at = screen.reader.page, screen.reader.cursor
    piece = piece_at(page, at)
    if piece is None:
        screen.messages.warn("There are no words at the cursor to correct.")
        return
    words = page.body[piece.start : piece.end]
    labels = [each.label for each in screen.study.project.documents.speakers(page.document) if each.label]
    answer = await screen.query_one(AskTurn).ask(
        f"Correct {_called(piece)}", words, at - piece.start, labels, piece.speaker
    )
    if answer is None:
        return
    edited, speaker = answer
    if not edited.strip():
        screen.messages.warn(
            "Words cannot all go: what is coded in them would go too. Leave one, or write [inaudible]."
        )
        return
    if speaker == SOMEONE_NEW:
        speaker = await screen.ask_line("The new speaker's label, as the text is to have it") or piece.speaker
    if not piece.turn and speaker != piece.speaker:
        screen.messages.warn("This is in no turn, so nobody can be said to speak it.")
        return
    wanted = replacements(words, edited, piece.start)
    if not wanted and speaker == piece.speaker:
        screen.messages.say("Nothing was changed.")
        return
    reason = await screen.ask_line("Why? (for the audit trail; name nobody)", "typo" if wanted else "wrong speaker")
    if reason is None:
        screen.messages.say("Left as it was.")
        return
    _tell(screen, _write(screen, piece, wanted, speaker, reason), edited.strip("\n").count("\n") > words.count("\n"))


def _called(piece: Piece) -> str:
    return f"turn {piece.turn}" if piece.turn else "this paragraph"


def _write(
    screen: "CodingScreen", piece: Piece, wanted: list[tuple[int, int, str]], speaker: str, reason: str
) -> Revision:
    from qualcode.work.correct_turn import correct_turn

    project, document = screen.study.project, screen.reader.page.document
    if not piece.turn:
        return project.documents.revise(document, wanted, reason)
    called = speaker if speaker != piece.speaker else None
    return correct_turn(project, document, piece.turn, wanted, called, reason=reason)


def _tell(screen: "CodingScreen", revision: Revision, is_broken: bool) -> None:
    """What was done; what could not be carried is shown with its words."""
    stays = " The new line is still the same turn." if is_broken else ""
    carried = counted(revision.carried, "passage")
    screen.messages.say(
        f"Corrected: version {revision.document.version}, {carried} (coded, claimed, read) carried along."
        f"{stays} u takes it back."
    )
    if revision.lost:
        screen.app.push_screen(MeaningScreen(_listed(revision, screen.ink)))


def _listed(revision: Revision, ink: Ink) -> Text:
    count = len(revision.lost)
    text = Text()
    text.append(
        f"{count} could not be carried: {'its' if count == 1 else 'their'} words are gone\n\n", ink.style("warn")
    )
    for each in revision.lost:
        text.append(f"{each.table.replace('_', ' ')}  ", ink.style("quiet"))
        text.append(f"“{visible_line(each.words)}”\n", ink.style("text"))
    text.append("\nu brings everything back.", ink.style("quiet"))
    return text
