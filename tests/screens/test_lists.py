"""Passages, search, claims, memos, history and the ledger: what is pressed is what is in the project."""

import json

import pytest
from click.testing import CliRunner

import qualcode
from qualcode.cli.commands import commands
from qualcode.tui.context import words_after, words_before
from qualcode.tui.screens import listing
from qualcode.work.parse_texts import choose
from tests.builders import a_study, add_interview
from tests.command_line import HOSTILE
from tests.linguistic import DICTIONARY
from tests.screens.driving import on_screen, workbench

CAN = "if she can do it, so can I"
WENT = "I went home"


@pytest.fixture
def study(tmp_path):
    """Two people of two roles, three passages of M2a and P3, a claim, memos."""
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        add_interview(project, "B-PW1", ("INT", "And you?"), ("Bea", "She can do it. So I went home too."))
        for name, label, role in (("A-SU1", "Ann", "SU"), ("B-PW1", "Bea", "PW")):
            person = project.people.add(label, case=name[0], roles={"-": role})
            project.documents.set_speaker(project.documents.get(name), label, "participant", person.id)
        project.segments.add("A-SU1", "M2a", quote=CAN)
        segment = project.segments.add("A-SU1", "P3", quote=WENT)
        project.segments.add("B-PW1", "M2a", quote="She can do it")
        claim = project.claims.add("A-SU1", "M2a", "P3", quote=CAN)
        project.claims.add_evidence(claim, "B-PW1", "supports", quote="So I went home")
        project.memos.add("Hope is going home.", segment=segment.id)
        project.memos.add("On the code.", code=project.codes.get("M2a").id, private=True)
    return path


def told(path, *words):
    """What the command line prints for programs."""
    result = CliRunner().invoke(commands, [*words, "--project", str(path), "--coder", "AK", "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def coded(path):
    with qualcode.open(path) as project:
        return [(each.label, each.words) for each in project.quotations(project.segments.find())]


def shown(desk):
    """Ids of what the list shows, in its order."""
    screen = desk.app.screen
    return [screen.key(screen.listing.items[row]) for row in screen.listing.rows if isinstance(row, int)]


# -- passages


@on_screen
async def test_the_filters_keep_on_the_screen_what_the_command_line_prints(study):
    async with workbench(study) as desk:
        await desk.press("V")
        assert shown(desk) == [each["id"] for each in told(study, "segments")]
        await desk.press("f", "c", "m", "2", "a", "enter")
        assert shown(desk) == [each["id"] for each in told(study, "segments", "--code", "M2a")]
        assert "2 passages" in desk.text
        role = str([each["role"] for each in told(study, "roles")].index("PW") + 1)
        await desk.press("f", "r", role)
        assert shown(desk) == [each["id"] for each in told(study, "segments", "--code", "M2a", "--role", "PW")]
        assert "M2a · role PW · by document" in desk.text
        await desk.press("f", "x")
        assert len(shown(desk)) == 3


@on_screen
async def test_a_filter_by_what_is_not_there_says_so_and_the_list_stays(study):
    async with workbench(study) as desk:
        await desk.press("V", "f", "a")
        await desk.type("gender")
        await desk.press("=", "x", "enter")
        assert "there is no attribute" in desk.text
        assert len(shown(desk)) == 3
        assert "gender" not in desk.lines[1]


@on_screen
async def test_passages_are_grouped_and_a_heading_is_passed_over(study):
    async with workbench(study) as desk:
        await desk.press("V", "b", "r")
        text = desk.text
        assert text.index("PW   1") < text.index("SU   2")
        await desk.press("g")
        words = []
        for _ in range(3):
            words.append(desk.app.screen.current.id)
            await desk.press("down")
        assert words == shown(desk)


@on_screen
async def test_marked_passages_are_recoded_in_one_action_that_one_undo_takes_back(study):
    before = coded(study)
    async with workbench(study) as desk:
        await desk.press("V", "f", "c", "m", "2", "a", "enter", "space", "space")
        assert "2 marked" in desk.text
        await desk.press("r", "x")
        assert "Now X Other: 2 passages" in desk.text
    assert [code for code, _ in coded(study)] == ["X", "P3", "X"]
    async with workbench(study) as desk:
        await desk.press("u")
    assert coded(study) == before


@on_screen
async def test_marks_are_set_on_one_passage_or_on_all(study):
    async with workbench(study) as desk:
        await desk.press("V", "minus", "a", "asterisk")
    with qualcode.open(study) as project:
        found = project.segments.find()
        assert [each.negative for each in found] == [True, False, False]
        assert all(each.exemplar for each in found)
    async with workbench(study) as desk:
        await desk.press("V", "tilde")
        await desk.type("edges")
        await desk.press("enter", "a", "x")
        assert "Nothing is coded yet" in desk.text
        await desk.press("u")
        assert len(shown(desk)) == 3
        assert "unsure: edges" in desk.text


@on_screen
async def test_enter_goes_to_the_source_and_back_to_the_very_row(study):
    async with workbench(study) as desk:
        await desk.press("enter", "down", "V", "down", "down")
        current = desk.app.screen.current
        await desk.press("enter")
        reader = desk.app.screen.reader
        assert (reader.page.document.id, reader.cursor) == (current.document, current.start)
        await desk.press("backspace")
        assert desk.app.screen.current == current


@on_screen
async def test_all_passages_of_the_code_at_the_cursor_are_one_key_away(study):
    async with workbench(study) as desk:
        await desk.press("enter", "down", "w", "w", "V")
        assert "M2a · by document" in desk.text
        assert len(shown(desk)) == 2


@on_screen
async def test_the_context_unfolds(study):
    async with workbench(study) as desk:
        await desk.press("V")
        assert "How was it for you?" in desk.text
        assert "slept" not in desk.text
        await desk.press("v")
        assert "slept" in desk.text


def test_the_words_around_a_passage_begin_and_end_with_whole_words():
    body = "I went home and slept.\nThen it was Tuesday."
    assert words_before(body, 12, 0) == "I went home "
    assert words_before(body, 12, 4) == "… home "
    assert words_before(body, 28, 23) == "Then "
    assert words_after(body, 11, 19) == " and …"
    assert words_after(body, 11, 22) == " and slept."
    assert words_after(body, 38, 99) == "sday."
    assert words_before("x" * 40, 40, 20) == f"… {'x' * 20}"


@on_screen
async def test_it_is_told_whose_passages_they_are_where_they_are_several_coders(study):
    async with workbench(study) as desk:
        await desk.press("V")
        assert "3 passages by AK" in desk.lines[0]
        assert not any(" AK " in line.split("▏")[0] for line in desk.lines[3:6])
    with qualcode.open(study, "JB") as project:
        project.segments.add("A-SU1", "M2a", quote=CAN)
    async with workbench(study, size=(80, 24)) as desk:
        await desk.press("V")
        assert "4 passages by 2 coders: AK 3 · JB 1" in desk.lines[0]
        assert [sum(f"M2a {coder} " in line for line in desk.lines[:11]) for coder in ("AK", "JB")] == [2, 1]
        await desk.press("R")
        assert "read as 3: what overlaps is read once · 4 passages by 2 coders: AK 3 · JB 1" in desk.lines[1]
        assert "passage 1 of 3" in desk.lines[0]


# -- coding on


@on_screen
async def test_passages_are_read_as_one_document_and_coded_where_they_stand(study):
    async with workbench(study) as desk:
        await desk.press("V", "f", "c", "m", "2", "a", "enter", "R")
        assert "passage 1 of 2" in desk.text
        await desk.press("a", "c", "x")
        assert "X Other" in desk.text
        await desk.press("escape", "ctrl+end", "up", "up", "s", "c", "p", "3")
    assert ("X", CAN) in coded(study)
    assert ("P3", "She can do it") in coded(study)


@on_screen
async def test_a_selection_over_two_passages_and_a_question_are_refused(study):
    async with workbench(study) as desk:
        await desk.press("V", "R", "a", "a", "c", "x")
        assert "beyond one passage" in desk.text
        await desk.press("escape", "g", "down", "v", "right", "right", "c", "x")
        assert "a question or a citation" in desk.text
    assert len(coded(study)) == 3


@on_screen
async def test_from_coding_on_one_key_leads_to_the_transcript_and_back(study):
    async with workbench(study) as desk:
        await desk.press("V", "f", "c", "p", "3", "enter", "R", "S")
        reader = desk.app.screen.reader
        assert reader.page.body[reader.cursor :].startswith(WENT)
        await desk.press("backspace")
        assert "passage 1 of 1" in desk.text


@on_screen
async def test_what_is_done_while_coding_on_is_done_in_the_transcript(study):
    async with workbench(study) as desk:
        await desk.press("V", "f", "c", "m", "2", "a", "enter", "R", "ctrl+end", "up", "up", "y")
        assert "passage 2 of 2" in desk.text
        assert "Search" not in desk.lines[-1]
        assert desk.app.clipboard == "“She can do it” [B, PW, Bea, line 2]"
        await desk.press("m")
        await desk.type("seen")
        await desk.press("ctrl+s", "down", "E", "j", "enter")
        assert ("M2a", "She can do") in coded(study)
        await desk.press("s", "greater_than_sign", "m", "2", "a", "p", "3", "enter")
        assert "Claim: M2a → P3 raises" in desk.message
        await desk.press("escape", "M")
        assert "Memos in B-PW1" in desk.text
        await desk.press("escape", "e")
        assert "corrected in their transcript" in desk.message
    assert [each["document"] for each in told(study, "claim", "list")] == ["A-SU1", "B-PW1"]
    assert "seen" in [each["words"] for each in told(study, "memo", "list", "--document", "B-PW1")]


# -- search


@on_screen
async def test_a_search_finds_what_the_command_line_finds_and_codes_it_in_one_action(study):
    async with workbench(study) as desk:
        await desk.press("S")
        await desk.type("went home")
        await desk.press("enter")
        hits = told(study, "search", "went home")["hits"]
        items = desk.app.screen.listing.items
        assert [(each.start, each.end) for each in items] == [(hit["start"], hit["end"]) for hit in hits]
        assert "2 places" in desk.text
        await desk.press("a", "c", "s", "x")
        assert "2 new passages" in desk.text
        assert [words for code, words in coded(study) if code == "X"] == [
            "I went home and slept.",
            "So I went home too.",
        ]
        await desk.press("u", "f", "n")
        assert len(shown(desk)) == told(study, "search", "went home", "--not-coded")["count"] == 1
        await desk.press("enter")
        assert desk.app.screen.reader.page.document.name == "B-PW1"


@on_screen
async def test_a_pattern_is_looked_for_apart_from_the_screen(study):
    async with workbench(study) as desk:
        await desk.press("S")
        await desk.type("sle?pt")
        await desk.press("enter", "f", "h", "f", "h")
        await desk.until("1 place")
        assert "pattern sle?pt" in desk.text
        assert len(shown(desk)) == 1


@on_screen
async def test_words_are_found_in_whatever_form_and_sorted_by_the_words_before_them(study):
    with qualcode.open(study) as project:
        choose(project, DICTIONARY)
    async with workbench(study) as desk:
        await desk.press("S")
        await desk.type("sleep")
        await desk.press("enter", "f", "l")
        await desk.until("1 place")
        assert "in whatever form" in desk.text
        assert "Fits by lemma sleep" in desk.text
        assert len(shown(desk)) == told(study, "search", "sleep", "--lemma")["count"] == 1
        await desk.press("f", "k")
        assert "sorted by the words before" in desk.text
        await desk.press("f", "x")
        assert "0 places" in desk.text


# -- claims, memos, history, ledger


@on_screen
async def test_claims_are_narrowed_changed_and_get_evidence(study):
    async with workbench(study) as desk:
        await desk.press("L")
        assert "M2a → P3 raises" in desk.text
        assert "supports" in desk.text
        assert shown(desk) == [each["id"] for each in told(study, "claim", "list")]
        await desk.press("e", "s", "h", "l")
        assert "M2a → P3 lowers" in desk.text
        await desk.press("f", "i", "1")
        assert shown(desk) == told(study, "claim", "list", "--direction", "raises") == []
        await desk.press("f", "x", "backslash", "1")
        assert "Taken away" in desk.text
    (claim,) = told(study, "claim", "list")
    assert (claim["direction"], claim["standing"], claim["evidence"]) == ("lowers", "hearsay", [])


@on_screen
async def test_words_of_the_reader_contradict_a_claim(study):
    async with workbench(study) as desk:
        await desk.press("down", "enter", "down", "s", "less_than_sign")
        assert "Which claim" in desk.text
        await desk.press("enter", "c")
        assert "contradicts M2a → P3" in desk.text
    (claim,) = told(study, "claim", "list")
    assert ("contradicts", "She can do it.") in [(each["stance"], each["words"]) for each in claim["evidence"]]


@on_screen
async def test_memos_are_found_changed_and_put_into_a_book(study, tmp_path):
    async with workbench(study) as desk:
        await desk.press("M")
        assert sorted(shown(desk)) == [each["id"] for each in told(study, "memo", "list")]
        assert "private" in desk.text
        await desk.press("f", "c", "p", "3", "enter")
        assert shown(desk) == [each["id"] for each in told(study, "memo", "list", "--code", "P3")]
        await desk.press("e")
        await desk.type(" Yes.")
        await desk.press("ctrl+s")
        assert "Hope is going home. Yes." in desk.text
        await desk.press("w", "c", "ctrl+u")
        await desk.type(str(tmp_path / "memos.docx"))
        await desk.press("enter")
        assert "Written" in desk.text
        await desk.press("enter")
        assert desk.app.screen.reader.page.document.name == "A-SU1"
    import docx

    words = "\n".join(each.text for each in docx.Document(str(tmp_path / "memos.docx")).paragraphs)
    assert "Hope is going home. Yes." in words
    assert WENT in words
    assert "On the code." not in words


@on_screen
async def test_the_history_is_that_of_the_command_line_by_document_and_code_too(study):
    async with workbench(study) as desk:
        await desk.press("H")
        assert shown(desk) == [each["id"] for each in told(study, "history", "--limit", "0")]
        await desk.press("f", "c", "p", "3", "enter")
        by_code = [each["id"] for each in told(study, "history", "--limit", "0", "--code", "P3")]
        assert shown(desk) == by_code != []
        await desk.press("f", "d", "2")
        assert shown(desk) == told(study, "history", "--limit", "0", "--code", "P3", "--document", "B-PW1") == []
        await desk.press("f", "x", "u")
        assert "Undone: add memo" in desk.text
        assert "undone" in desk.text


@on_screen
async def test_a_milestone_is_made_shown_and_compared_with_now_by_a_key_each(study):
    async with workbench(study) as desk:
        await desk.press("H", "d")
        assert "no milestone yet" in desk.message
        await desk.press("t")
        await desk.type("submitted-v1")
        await desk.press("enter")
        assert "◆ submitted-v1" in desk.text
        assert [each["name"] for each in told(study, "tag")] == ["submitted-v1"]
        with qualcode.open(study, "AK") as project:
            project.segments.remove(project.segments.of(project.documents.get("B-PW1")))
        await desk.press("d")
        await desk.app.workers.wait_for_complete()
        await desk.press("down")
        said = told(study, "tag", "diff", "submitted-v1")
        assert [each["then"] for each in said["codes"]] != [each["now"] for each in said["codes"]]
        moved = desk.app.screen.listing.items[1:]
        assert [(each.name, each.then, each.now) for each in moved] == [
            (each["name"], each["then"], each["now"]) for each in [*said["codes"], *said["arrows"]]
        ]
        assert "submitted-v1 → now" in desk.text
        assert "M2a Living proof" in desk.text
        assert "people 2→1" in desk.text
        assert "1  remove segments, AK" in desk.text
        await desk.press("enter")
        assert "M2a · by document" in desk.text


@on_screen
async def test_two_marked_milestones_are_compared_with_each_other(study):
    with qualcode.open(study, "AK") as project:
        for name in ("one", "two", "three"):
            project.milestones.add(name)
            project.segments.add("B-PW1", "X", quote="went home")
    async with workbench(study) as desk:
        await desk.press("H", "f", "m", "a", "d")
        assert "mark no more" in desk.message
        await desk.press("a", "g", "space", "space", "d")
        await desk.app.workers.wait_for_complete()
        await desk.press("down")
        assert "two → three" in desk.text


@on_screen
async def test_the_ledger_tells_whose_quotes_there_are_and_where_they_are_used(study):
    with qualcode.open(study, "AK") as project:
        project.segments.change(project.segments.find()[0], exemplar=True)
        project.record_export("out.docx")
    async with workbench(study) as desk:
        await desk.press("quotation_mark")
        assert shown(desk) == [each["id"] for each in told(study, "quotes", "list")]
        assert "Ann   1" in desk.text
        assert "table quotes: M2a" in desk.text
        assert "out.docx" in desk.text


@on_screen
async def test_a_place_is_quoted_once_in_the_ledger_whatever_it_is_coded_as_and_by_how_many(study):
    for coder in ("AK", "JB"):
        with qualcode.open(study, coder) as project:
            for short in ("X", "P3"):
                project.segments.add("A-SU1", short, quote=CAN, exemplar=True)
    async with workbench(study, size=(80, 24)) as desk:
        await desk.press("quotation_mark")
        assert "1 place quoted by AK" in desk.lines[0]
        assert "2 quotes of the layer that counts · 2 by other coders left out" in desk.lines[1]
        assert "Ann   1" in desk.text
        uses = str(desk.app.screen.in_full(desk.app.screen.current))
        assert "table quotes: X" in uses
        assert "table quotes: P3" in uses


# -- all of them


@pytest.mark.parametrize("key", ["V", "S", "L", "M", "H", "quotation_mark"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@on_screen
async def test_hostile_words_drive_no_terminal(tmp_path, key, size):
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        project.codes.add("H", f"Hostile {HOSTILE}")
        add_interview(project, f"x{HOSTILE}", ("Ann", f"so{HOSTILE} can I"))
        segment = project.segments.add(f"x{HOSTILE}", "H", span=(5, 12), unsure=HOSTILE, exemplar=True)
        project.claims.add(f"x{HOSTILE}", "H", "P3", span=(5, 12))
        project.memos.add(f"memo {HOSTILE}", segment=segment.id)
    async with workbench(path, size=size) as desk:
        await desk.press(key)
        if key == "S":
            await desk.type("so")
            await desk.press("enter")
        await desk.press("down", "v")
        assert not set("\x1b\x9b\x07\u202e\u2066\u200f\ufeff\x7f") & set(desk.text)
        assert "?" in desk.lines[-1]


@on_screen
async def test_a_row_is_chosen_by_the_mouse(study):
    async with workbench(study) as desk:
        await desk.press("V")
        at = next(place for place, line in enumerate(desk.lines) if "She can do it" in line)
        await desk.click(20, at)
        assert desk.app.screen.current.id == shown(desk)[2]


@on_screen
async def test_many_passages_are_read_by_another_thread(study, monkeypatch):
    monkeypatch.setattr(listing, "_AT_ONCE", 0)
    async with workbench(study) as desk:
        await desk.press("V")
        await desk.until("3 passages")
        assert len(shown(desk)) == 3


@on_screen
async def test_a_list_whose_filter_names_what_was_undone_says_so(study):
    with qualcode.open(study, "AK") as project:
        project.codes.add("ZZ", "Soon gone")
    async with workbench(study) as desk:
        await desk.press("V", "f", "c", "z", "z", "enter", "u")
        assert "no code" in desk.text
        await desk.press("f", "x")
        assert len(shown(desk)) == 3


@on_screen
async def test_back_goes_through_texts_and_lists_in_the_order_they_were_left(study):
    async with workbench(study) as desk:
        await desk.press("enter", "V", "end", "enter")
        assert desk.reader.page.document.name == "B-PW1"
        await desk.press("S", "escape")
        assert desk.reader.page.document.name == "B-PW1"
        await desk.press("backspace")
        assert "3 passages" in desk.text
        await desk.press("backspace")
        assert desk.reader.page.document.name == "A-SU1"
        await desk.press("backspace")
        assert "2 documents" in desk.text


# -- what a list does to the row at the cursor


@on_screen
async def test_a_passage_gets_another_code_a_claim_evidence_and_a_memo_where_it_is_listed(study):
    before = coded(study)
    async with workbench(study) as desk:
        await desk.press("V", "f", "c", "m", "2", "a", "enter", "c", "x")
        assert sorted(coded(study)) == sorted([*before, ("X", CAN)])
        await desk.press("greater_than_sign", "m", "2", "a", "p", "3", "l")
        assert [each["direction"] for each in told(study, "claim", "list")] == ["raises", "lowers"]
        await desk.press("less_than_sign", "enter", "q")
        assert "qualifies M2a → P3" in desk.text
        await desk.press("m", *"seen", "ctrl+s")
        (memo,) = [each for each in told(study, "memo", "list") if each["words"] == "seen"]
        await desk.press("K")
        assert "Living proof" in desk.text
        await desk.press("escape", "u", "u", "u", "u")
        assert memo not in told(study, "memo", "list")
        assert len(told(study, "claim", "list")) == 1
        assert coded(study) == before


@on_screen
async def test_claims_are_split_by_role_kept_to_own_experience_and_get_evidence_by_its_words(study):
    async with workbench(study) as desk:
        await desk.press("L", "r")
        assert "by role" in desk.text
        assert "SU   1" in desk.text
        await desk.press("r")
        assert "by document" in desk.text
        await desk.press("e", "s", "h", "l", "o")
        assert shown(desk) == []
        await desk.press("o", "plus", "enter")
        await desk.type("I went home")
        await desk.press("enter", "c")
        assert "contradicts M2a → P3" in desk.text
    (claim,) = told(study, "claim", "list")
    assert [each["stance"] for each in claim["evidence"]] == ["supports", "contradicts"]


@on_screen
async def test_a_memo_gets_another_type_is_made_private_and_taken_away(study):
    async with workbench(study) as desk:
        await desk.press("M", "home")
        memo = desk.app.screen.current
        await desk.press("t", "m")
        assert "Now methodological" in desk.text
        await desk.press("p")
        changed = next(each for each in told(study, "memo", "list") if each["id"] == memo.id)
        assert (changed["kind"], changed["private"]) == ("methodological", not memo.private)
        await desk.press("a", "x")
        assert "Taken away: 2 memos" in desk.text
        assert told(study, "memo", "list") == []
        await desk.press("u", "u", "u")
        assert len(told(study, "memo", "list")) == 2
