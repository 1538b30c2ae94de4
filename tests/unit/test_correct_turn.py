"""A turn is corrected: its words, its speaker and label; what an editor shows is mapped back to what is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import NotFoundError, RefusedError
from qualcode.spans import replace
from qualcode.tui.correcting import piece_at, replacements
from qualcode.tui.desk import Frame, Page
from qualcode.visible import visible
from qualcode.work.correct_turn import correct_turn
from tests.builders import a_study, rows_of
from tests.command_line import HOSTILE
from tests.strategies import PROPERTY, texts


@pytest.fixture
def study(tmp_path):
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


def body(study):
    return study.documents.body(study.documents.get("A-SU1"))


def test_words_speaker_and_label_change_in_one_action_and_come_back_in_one(study):
    document, text = study.documents.get("A-SU1"), body(study)
    segment = study.segments.add("A-SU1", "P3", quote="so can I")
    before = rows_of(study)
    at = text.index("Well")
    revision = correct_turn(study, document, 2, [(at, at + 4, "Oh")], "Bea", reason="heard wrongly")
    assert "Bea: Oh, if she can do it" in body(study)
    assert revision.lost == ()
    assert study.documents.turns(revision.document)[1].speaker == "Bea"
    now = study.segments.get(segment.id)
    assert body(study)[now.start : now.end] == "so can I"
    assert study.check() == []
    study.history.undo()
    assert rows_of(study) == before


def test_what_cannot_be_is_refused_and_nothing_is_written(study):
    document, text = study.documents.get("A-SU1"), body(study)
    turn = study.documents.turns(document)[1]
    before = rows_of(study)
    for wanted, speaker, error in (
        ([(turn.speech, turn.end, " ")], None, RefusedError),
        ([(0, 3, "x")], None, RefusedError),
        ([(text.index("Well"), text.index("Well") + 4, "Well")], None, RefusedError),
        ([], "Ann", RefusedError),
    ):
        with pytest.raises(error):
            correct_turn(study, document, 2, wanted, speaker, reason="r")
    with pytest.raises(NotFoundError):
        correct_turn(study, document, 9, reason="r")
    assert rows_of(study) == before


def test_a_text_without_turns_is_corrected_paragraph_by_paragraph(study):
    document = study.documents.add("N", "One line.\n\n  Two lines. \nThree.", [])
    page = Page(study, Frame(study), document)
    assert [page.body[slice(p.start, p.end)] for at in (0, 12, 29) if (p := piece_at(page, at))] == [
        "One line.",
        "Two lines.",
        "Three.",
    ]
    assert piece_at(page, 10) is None
    assert piece_at(page, len(page.body)).turn == 0


def test_of_a_very_long_turn_the_paragraph_at_the_cursor_is_corrected(study):
    text = "A: " + "x " * 4000 + "\nhere\n" + "y " * 4000 + "\n"
    from qualcode.model import Turn

    document = study.documents.add("L", text, [Turn(0, len(text), 3, "A")])
    page = Page(study, Frame(study), document)
    piece = piece_at(page, text.index("here") + 1)
    assert (page.body[piece.start : piece.end], piece.turn, piece.speaker) == ("here", 1, "A")
    assert piece_at(page, 0).start == 3


def after(words, edited):
    return replace(words, replacements(words, edited, 0))[0]


def test_controls_within_an_edited_word_stay():
    words = f"be{HOSTILE}gin and end"
    edited = visible(words).replace("gin", "gan").replace("end", "ends")
    assert after(words, edited) == f"be{HOSTILE}gan and ends"


def test_a_picture_that_is_typed_is_a_picture():
    assert after("a\x1bb", "a␛b␛") == "a\x1bb␛"


@PROPERTY
@given(before=texts(), behind=texts(), new=st.sampled_from(["", "Oh", "well then"]))
def test_what_is_not_touched_keeps_its_own_characters(before, behind, new):
    words = f"{before} TYPO {behind}".strip()
    edited = visible(words).replace("TYPO", new).strip("\n")
    assert after(words, edited) == words.replace("TYPO", new).strip("\n")


@PROPERTY
@given(words=texts().map(str.strip), edited=texts())
def test_what_is_shown_afterwards_is_what_was_written(words, edited):
    assert visible(after(words, visible(edited))) == visible(edited).strip("\n")
