"""The names: proposed with their places, decided one by one or many at once, replaced in all documents, undone."""

import asyncio

import pytest

import qualcode
from qualcode.analysis.codebooks import codebook
from qualcode.model import Definition
from qualcode.project.asking import WARNING
from qualcode.report.scanning import NOT_SCANNED
from qualcode.tui.screens import exporting
from qualcode.tui.screens.names import NamesScreen
from qualcode.work import name_recall, pseudonymise
from qualcode.work.parse_texts import choose
from tests.builders import add_interview
from tests.linguistic import DICTIONARY, SMALL, needs_english
from tests.screens.driving import on_screen, workbench
from tests.screens.places import fill_in, held_at
from tests.screens.studies import HOSTILE
from tests.screens.test_snapshots import beside


@pytest.fixture
def names_file(tmp_path):
    """Two waves of one interview with names said in both, coded."""
    path = tmp_path / "names.qualcode"
    with qualcode.new(path, "AK") as project:
        project.codes.add("X", "Other")
        speech = "I asked MAUREEN, and Maureen O'Brien said Will will come. My mail is mo@nhs.net, on Hallam Bridge."
        add_interview(project, "A1", ("INT", "Who helped?"), ("P1", speech))
        add_interview(
            project, "A2", ("INT", "And now?"), ("P1", "It was maureen again. Siobhan's gone, will you come?")
        )
        project.segments.add("A1", "X", quote="and Maureen O'Brien said")
        project.segments.add("A2", "X", quote="maureen again")
        project.memos.add("Ask Maureen for the minutes.")
    return path


def reopened(path):
    return qualcode.open(path, "AK")


async def to_names(desk):
    """Go to the names, and let them be looked for."""
    await desk.press("f12")
    await looked(desk)


async def looked(desk):
    """Wait until nothing is looked for any more."""
    screen = desk.app.screen
    for _ in range(400):
        await desk.pilot.pause()
        if not screen.is_working:
            return
        await asyncio.sleep(0.01)


def entries(desk):
    """What the list has: words -> (what was decided, pseudonym)."""
    return {each.words: (each.state, each.pseudonym) for each in desk.app.screen.listing.items}


def go_to(desk, words):
    """Make a name the current one."""
    screen = desk.app.screen
    screen.go_to(next(screen.key(each) for each in screen.listing.items if each.words == words))


@on_screen
async def test_each_name_stands_once_with_its_places_in_all_documents(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        assert {"maureen", "Maureen O'Brien", "Will", "mo@nhs.net", "Hallam Bridge", "Siobhan"} <= {
            each if each.lower() != "maureen" else "maureen" for each in entries(desk)
        }
        go_to(desk, next(each for each in entries(desk) if each.lower() == "maureen"))
        await desk.press("tab", "shift+tab")
        assert "2 places in 2 documents" in desk.text
        assert "I asked MAUREEN" in desk.text
        assert "It was maureen again" in desk.text
        assert "given name" in desk.text


@on_screen
async def test_the_head_says_what_was_measured_and_that_the_rest_stays(names_file):
    async with workbench(names_file, size=(120, 40)) as desk:
        await to_names(desk)
        told = " ".join(desk.lines[2].split() + desk.lines[3].split())
        assert name_recall.told() in told
        assert f"{name_recall.of_forms().written} %" in told
        assert "What is not found stays in the texts" in told
        assert "anonymis" not in desk.text.lower()


@on_screen
async def test_a_name_is_accepted_as_shown_or_as_typed_and_the_next_is_at_hand(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("y")
        assert entries(desk)["Siobhan"][0] == "listed"
        assert desk.app.screen.current.state == "open"
        go_to(desk, "Hallam Bridge")
        await desk.press("e", "ctrl+u", "ctrl+k")
        await desk.type("[")
        await desk.type("Bridge]")
        await desk.press("enter")
        assert entries(desk)["Hallam Bridge"] == ("listed", "[Bridge]")
        await desk.press("u")
        assert entries(desk)["Hallam Bridge"][0] == "open"
    with reopened(names_file) as project:
        assert [each.name for each in project.names.all()] == ["Siobhan"]
        assert "Siobhan" in project.documents.body(project.documents.get("A2"))


@on_screen
async def test_marked_names_are_decided_in_one_action(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        for words in ("mo@nhs.net", "Hallam Bridge"):
            go_to(desk, words)
            await desk.press("space")
        await desk.press("n")
        assert {entries(desk)[words][0] for words in ("mo@nhs.net", "Hallam Bridge")} == {"stays"}
        await desk.press("u")
        assert {entries(desk)[words][0] for words in ("mo@nhs.net", "Hallam Bridge")} == {"open"}
        for words in ("mo@nhs.net", "Hallam Bridge"):
            go_to(desk, words)
            await desk.press("space")
        await desk.press("y")
        assert {entries(desk)[words][0] for words in ("mo@nhs.net", "Hallam Bridge")} == {"listed"}
        for words in ("mo@nhs.net", "Hallam Bridge"):
            go_to(desk, words)
            await desk.press("space")
        await desk.press("x")
        assert {entries(desk)[words][0] for words in ("mo@nhs.net", "Hallam Bridge")} == {"open"}
        assert "2 names taken off the list" in desk.message


@on_screen
async def test_another_name_of_the_same_person_gets_the_same_pseudonym(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("y")
        stands = entries(desk)["Siobhan"][1]
        go_to(desk, "Maureen O'Brien")
        await desk.press("p")
        assert "Maureen O'Brien: the same as which accepted name" in desk.text
        await desk.press("enter")  # says nothing of anybody
        assert entries(desk)["Maureen O'Brien"][0] == "open"
        await desk.press("p", "1")
        assert entries(desk)["Maureen O'Brien"] == ("listed", stands)
        shorter = next(pair for words, pair in entries(desk).items() if words.lower() == "maureen")
        assert shorter == ("open", stands)


@on_screen
async def test_a_name_that_is_a_word_too_is_asked_about(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        go_to(desk, "Will")
        await desk.press("y")
        assert "also written small" in desk.text
        await desk.press("c")
        await desk.press("R")
        await looked_at_sheet(desk)
        await desk.press("enter")
        await looked(desk)
    with reopened(names_file) as project:
        assert "will come" in project.documents.body(project.documents.get("A1"))
        assert "said [Person" in project.documents.body(project.documents.get("A1"))


async def looked_at_sheet(desk):
    """Wait until it is told what would change."""
    for _ in range(400):
        await desk.pilot.pause()
        if not isinstance(desk.app.screen, NamesScreen):
            return
        await asyncio.sleep(0.01)


@on_screen
async def test_a_name_that_a_code_is_called_is_asked_about_and_stops_no_table_then(names_file):
    with reopened(names_file) as project:
        project.codes.add("P9", "Siobhan")
    async with workbench(names_file, size=(120, 40)) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("y")
        assert "or a code: perhaps a word" in desk.text
        await desk.press("c")
        assert entries(desk)["Siobhan"][0] == "listed"
    with reopened(names_file) as project:
        assert pseudonymise.listed(project).is_a_word_too(project.names.get("Siobhan"))


@on_screen
async def test_all_accepted_names_are_replaced_at_once_on_a_statement_of_what_changes_and_undone(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        go_to(desk, next(each for each in entries(desk) if each.lower() == "maureen"))
        await desk.press("e", "ctrl+u", "ctrl+k")
        await desk.type("[Dawn]")
        await desk.press("enter", "R")
        await looked_at_sheet(desk)
        assert "3 places in 2 documents, as one action" in desk.text
        assert "stay on their words: 2" in desk.text
        await desk.press("escape")
        assert "No name was replaced" in desk.message
        await desk.press("R")
        await looked_at_sheet(desk)
        assert "Capitalised" not in desk.text
        await desk.press("enter")
        await looked(desk)
        assert "3 places in 2 documents replaced" in desk.message
        assert "Names still stand in: memo 1." in desk.message
        assert {pair[0] for words, pair in entries(desk).items() if words.lower() == "maureen"} == {"replaced"}
        with reopened(names_file) as project:
            said = [project.documents.body(each) for each in project.documents]
            assert "I asked [Dawn], and [Dawn] O'Brien said" in said[0]
            words = {said[each.document - 1][each.start : each.end] for each in project.segments.find()}
            assert words == {"and [Dawn] O'Brien said", "[Dawn] again"}
        await desk.press("u")
        await looked(desk)
        assert "I asked MAUREEN" in desk.app.study.project.documents.body(desk.app.study.project.documents.get("A1"))


@on_screen
async def test_what_stands_for_a_replaced_name_is_not_changed_behind_the_texts(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("y", "R")
        await looked_at_sheet(desk)
        await desk.press("enter")
        await looked(desk)
        go_to(desk, "Siobhan")
        await desk.press("e", "ctrl+u", "ctrl+k")
        await desk.type("[Eve]")
        await desk.press("enter")
        assert "stands in the texts already" in desk.message


@on_screen
async def test_names_are_narrowed_down_by_what_was_decided_and_by_who_proposes_them(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("y", "f", "s", "2")
        assert list(entries(desk)) == ["Siobhan"]
        await desk.press("f", "x", "f", "p")
        digit = desk.text[desk.text.rindex("e-mail") - 3]
        await desk.press(digit)
        assert list(entries(desk)) == ["mo@nhs.net"]
        await desk.press("f", "x", "f", "w")
        await desk.type("maur")
        await desk.press("enter")
        assert {each.lower() for each in entries(desk)} == {"maureen", "maureen o'brien"}


@on_screen
async def test_names_are_looked_for_again_in_what_has_come_meanwhile(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        assert "Bridget" not in entries(desk)
        with reopened(names_file) as project:
            add_interview(project, "B1", ("INT", "Who else?"), ("P2", "I asked Bridget Murphy. She knew."))
        await desk.press("l")
        await looked(desk)
        assert "Bridget Murphy" in entries(desk)
        assert desk.message.startswith("y accepts a name")


@on_screen
async def test_enter_goes_to_the_place_and_back_comes_back_to_the_name(names_file):
    async with workbench(names_file) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("enter")
        assert desk.from_cursor(7) == "Siobhan"
        await desk.press("backspace")
        await desk.press("tab", "enter")
        assert desk.from_cursor(7) == "Siobhan"
        await desk.press("backspace")
        assert isinstance(desk.app.screen, NamesScreen)
        assert desk.app.screen.current.words == "Siobhan"


@on_screen
async def test_without_a_model_the_recogniser_says_what_to_do(names_file):
    with reopened(names_file) as project:
        choose(project, DICTIONARY)
    async with workbench(names_file) as desk:
        await to_names(desk)
        await desk.press("r")
        await looked(desk)
        assert "qualcode language use auto" in desk.message
        assert "Siobhan" in entries(desk)


@needs_english
@on_screen
async def test_the_recogniser_adds_names_and_its_own_recall_stands_above(names_file):
    with reopened(names_file) as project:
        add_interview(project, "B", ("INT", "Who?"), ("P2", "Wexcombe is where I live. Gdynia too."))
        pipeline = choose(project, SMALL)
    async with workbench(names_file) as desk:
        await to_names(desk)
        before = set(entries(desk))
        await desk.press("r")
        await looked(desk)
        await looked(desk)
        assert set(entries(desk)) > before
        assert "entity recogniser" in {source for each in desk.app.screen.listing.items for source in each.sources}
        told = " ".join(desk.lines[2].split() + desk.lines[3].split())
        assert name_recall.told(pipeline.told) in told
        go_to(desk, "Siobhan")
        await desk.press("y")
        assert "entity recogniser" in {source for each in desk.app.screen.listing.items for source in each.sources}


@needs_english
@on_screen
async def test_parsing_is_stopped_by_escape_and_what_was_found_stays(names_file, monkeypatch):
    with reopened(names_file) as project:
        for number in range(3):
            project.documents.add(f"L{number}", f"{number}. She said it was hard and then it was not.", [])
        choose(project, SMALL)
    async with workbench(names_file) as desk:
        await to_names(desk)
        before = entries(desk)
        begun, go_on = held_at(monkeypatch, "looking for names")
        await desk.press("r")
        assert begun.wait(20)
        go_to(desk, "Siobhan")
        await desk.press("y")
        assert entries(desk)["Siobhan"][0] == "listed"
        await desk.press("escape")
        go_on.set()
        await looked(desk)
        assert "stopped" in desk.message
        assert isinstance(desk.app.screen, NamesScreen)
        assert set(entries(desk)) == set(before)
        assert desk.app.screen.review.scan.pipeline == ""


@on_screen
async def test_many_marked_names_are_accepted_at_once(tmp_path):
    path = tmp_path / "many.qualcode"
    with qualcode.new(path, "AK") as project:
        names = ("Siobhan", "Maureen", "Gwen", "Beryl", "Doreen", "Nigel", "Clive", "Trevor")
        add_interview(project, "A", ("INT", "Who?"), ("P1", " and then ".join(f"I saw {each}" for each in names)))
    async with workbench(path) as desk:
        await to_names(desk)
        await desk.press("a", "y")
        await looked(desk)
        assert "8 names accepted" in desk.message
        assert {state for state, _ in entries(desk).values()} == {"listed"}
        assert len({pseudonym for _, pseudonym in entries(desk).values()}) == 8
        await desk.press("u")
        assert {state for state, _ in entries(desk).values()} == {"open"}


@on_screen
async def test_a_whole_list_is_accepted_by_another_thread_and_undone_at_once(tmp_path):
    path = tmp_path / "long.qualcode"
    with qualcode.new(path, "AK") as project:
        said = " ".join(
            f"I saw {first}{last} there." for first in "BDGKLMNP" for last in ("aru", "elo", "iku", "osa", "uni", "yra")
        )
        add_interview(project, "A", ("INT", "Who?"), ("P1", said))
    async with workbench(path) as desk:
        await to_names(desk)
        assert len(entries(desk)) > 40
        await desk.press("a", "y")
        await desk.until(lambda: "accepted" in desk.message)
        assert {state for state, _ in entries(desk).values()} == {"listed"}
        await desk.press("u")
        await looked(desk)
        assert {state for state, _ in entries(desk).values()} == {"open"}


@on_screen
async def test_whatever_stands_in_the_texts_is_shown_as_text(tmp_path):
    path = tmp_path / "h.qualcode"
    with qualcode.new(path, "AK") as project:
        add_interview(project, f"A {HOSTILE}"[:80], ("INT", "?"), ("P1", f"I met Siobhan {HOSTILE} and [/b]Maureen."))
        project.names.add(f"Zeb{HOSTILE}".replace("\n", " "), f"[x{HOSTILE}]".replace("\n", " "))
    async with workbench(path, size=(80, 24)) as desk:
        await to_names(desk)
        assert "Siobhan" in entries(desk)
        assert "\x1b" not in desk.text
        for _ in range(5):
            await desk.press("down")
        await desk.press("home", "y", "R")
        await looked_at_sheet(desk)
        await desk.press("escape")


@on_screen
async def test_a_project_that_has_no_names_says_so(tmp_path):
    path = tmp_path / "empty.qualcode"
    qualcode.new(path, "AK").close()
    async with workbench(path, size=(80, 24)) as desk:
        await to_names(desk)
        await desk.press("y", "n", "e", "p", "o", "x", "s", "enter", "tab", "enter", "tab")
        await desk.press("R")
        await looked(desk)
        assert "nothing to replace" in desk.message
        await desk.press("escape")
        await desk.press("escape")
        assert not isinstance(desk.app.screen, NamesScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@on_screen
async def test_the_names_as_they_are_to_be_read(names_file, size):
    async with workbench(names_file, size=size) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("y")
        go_to(desk, "Hallam Bridge")
        await desk.press("n", "home")
        beside(f"proposed-names-{size[0]}x{size[1]}.txt", f"{desk.text.rstrip()}\n")
        await desk.press("R")
        await looked_at_sheet(desk)
        beside(f"replace-all-{size[0]}x{size[1]}.txt", f"{desk.text.rstrip()}\n")


@on_screen
async def test_two_people_who_would_have_one_pseudonym_are_told_before_all_is_replaced(names_file):
    with reopened(names_file) as project:
        for document, label, short in (("B1", "Ben", "SU1"), ("B2", "Maggie", "SU2")):
            made = add_interview(project, document, ("INT", "And you?"), (label, "Fine."))
            project.documents.set_speaker(made, label, "participant", project.people.add(short).id)
            project.names.add(label, "[Dawn]")
    async with workbench(names_file, size=(80, 24)) as desk:
        await to_names(desk)
        await desk.press("R")
        await looked_at_sheet(desk)
        assert "Ben and Maggie are 2 people, and all become [Dawn]" in desk.text


@on_screen
async def test_a_table_with_a_real_name_is_written_only_if_one_says_so(names_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with reopened(names_file) as project:
        project.codes.redefine(project.codes.get("X"), Definition(brief="as Siobhan did"))
    target = tmp_path / "codebook.docx"
    async with workbench(names_file) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("y")
        for key, is_there in (("n", False), ("i", True)):
            desk.app.screen.converse(exporting.export_table(desk.app.screen, codebook(desk.app.study.project)))
            await desk.pilot.pause()
            await desk.press("enter")
            assert "[Siobhan]" in desk.text
            await desk.press(key)
            assert target.exists() == is_there
        assert "Written" in desk.message


@on_screen
async def test_without_a_list_it_is_told_that_nothing_was_scanned(names_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "codebook.docx"
    async with workbench(names_file) as desk:
        await to_names(desk)
        desk.app.screen.converse(exporting.export_table(desk.app.screen, codebook(desk.app.study.project)))
        await desk.pilot.pause()
        await desk.press("enter")
        assert NOT_SCANNED.rstrip(".") in desk.message
        assert target.exists()


@on_screen
async def test_the_codebook_is_scanned_too(names_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with reopened(names_file) as project:
        project.codes.redefine(project.codes.get("X"), Definition(brief="as Siobhan did"))
        project.names.add("Siobhan", "[Dawn]")
    target = tmp_path / "names.yaml"
    async with workbench(names_file) as desk:
        await desk.press("f3", "e", "enter")
        assert "[Siobhan]" in desk.text
        await desk.press("n")
        assert not target.exists()


@on_screen
async def test_the_message_line_hears_what_the_project_tells_of_a_passage(names_file):
    with reopened(names_file) as project:
        project.codes.change(project.codes.get("X"), applies_to=["PW"])
        person = project.people.add("Pat")
        project.people.set_role(person.id, "SU")
        project.documents.set_speaker(project.documents.get("A1"), "P1", "participant", person.id)
    async with workbench(names_file, size=(80, 24)) as desk:
        await desk.press("D", "home", "enter", "ctrl+home", "c", "x")
        assert WARNING[1:] in desk.message
        assert desk.app.screen.messages.has_class("-warning")
        await desk.press("down", "down", "c", "x")
        assert "X is meant for PW (applies_to)" in desk.message
        assert "passage 1" not in desk.message


@on_screen
async def test_with_a_list_it_is_told_what_was_looked_for_behind_where_it_was_written(
    names_file, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    with reopened(names_file) as project:
        project.names.add("Nobody", "[Zed]")
    async with workbench(names_file, size=(80, 24)) as desk:
        await desk.press("f3", "e", "enter")
        shown = " ".join(" ".join(desk.lines).split())
        assert f"Written: {tmp_path / 'names.yaml'}".replace(" ", "") in shown.replace(" ", "")
        assert "Looked for the 1 name on the list alone; & proposes others." in shown


@on_screen
async def test_what_holds_a_name_is_told_with_the_keys_that_change_it(names_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with reopened(names_file) as project:
        project.codes.redefine(project.codes.get("X"), Definition(brief="as Siobhan did"))
        project.documents.rename(project.documents.get("A1"), "Siobhan 1")
        project.names.add("Siobhan", "[Dawn]")
    async with workbench(names_file, size=(80, 24)) as desk:
        await desk.press("f3", "e", "enter")
        shown = " ".join(" ".join(desk.lines).split())
        assert "text of A2 (&, R), document Siobhan 1 (D, r), code X (F3)" in shown
        await desk.press("n")
        assert "document Siobhan 1 (D, r)" in desk.message


@on_screen
async def test_a_pseudonym_that_stands_in_the_texts_is_not_changed_on_the_list_alone(names_file):
    with reopened(names_file) as project:
        pseudonymise.replace(project, "Siobhan", "[Dawn]")
    async with workbench(names_file, size=(80, 24)) as desk:
        await to_names(desk)
        go_to(desk, "Siobhan")
        await desk.press("e")
        await fill_in(desk, "[Eve]")
        assert "[Dawn] stands in the texts already" in desk.message
        assert entries(desk)["Siobhan"] == ("replaced", "[Dawn]")
