"""A name is replaced everywhere in one action; its coding stays on its words; one undo brings all back."""

import sqlite3
import tempfile
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import KnownName, Turn
from qualcode.project import sealing
from qualcode.project.known_names import KnownNames, places_of, stands_in
from qualcode.project.listed_names import ListedNames
from qualcode.work import elsewhere, name_review, pseudonymise
from qualcode.work.name_review import Wanted
from tests.builders import a_study, add_interview, bytes_on_disk, rows_of
from tests.command_line import HOSTILE
from tests.strategies import PROPERTY, spans, texts


@pytest.fixture
def study(tmp_path):
    with a_study(tmp_path / "study.qualcode") as made:
        add_interview(
            made,
            "B",
            ("INT", "Who helped?"),
            ("Ben", "Maureen did. MAUREEN'S house, Maureens garden; I said: maureen, come."),
        )
        add_interview(made, "C", ("INT", "And you?"), ("Maureen", "I am Maureen\u2019s sister, not Zoe\u0301."))
        yield made


def text_of(project, name):
    return project.documents.body(project.documents.get(name))


def test_whole_words_in_any_case_and_possessives_are_found(study):
    found = pseudonymise.occurrences(study, "maureen")
    assert [each.words for each in found] == ["Maureen", "MAUREEN", "maureen", "Maureen", "Maureen"]
    assert [each.document.name for each in found] == ["B", "B", "B", "C", "C"]
    assert [each.is_small for each in found] == [False, False, True, False, False]
    assert found[0].before == "Ben: "
    assert found[0].after.startswith(" did. MAUREEN'S house")


def test_however_accents_are_written(study):
    assert [each.words for each in pseudonymise.occurrences(study, "Zo\u00e9")] == ["Zoe\u0301"]
    assert [each.words for each in pseudonymise.occurrences(study, "Zoe")] == ["Zoe\u0301"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Maureen", "Maureen_1.txt, _MAUREEN_, maureen2; Maureens, Amaureen", ["Maureen", "MAUREEN", "maureen"]),
        ("Siobhan", "Siobh\u00e1n, SIOBHA\u0301N; Siobhans", ["Siobh\u00e1n", "SIOBHA\u0301N"]),
        ("Siobh\u00e1n", "siobhan's", ["siobhan"]),
        ("\u0141ukasz", "Lukasz, \u0142ukasz", ["Lukasz", "\u0142ukasz"]),
        ("I\u015f\u0131k", "ISIK, I\u015eIK", ["ISIK", "I\u015eIK"]),
        ("Anne-Marie", "Anne\u2011Marie, anne marie, Anne-\nMarie", ["Anne\u2011Marie", "anne marie", "Anne-\nMarie"]),
        ("Anne-Marie", "AnneMarie, Annemaries, Anne \u2014 Marie", ["AnneMarie"]),
        ("Anne Marie", "Anne-Marie, Anne - Marie", ["Anne-Marie", "Anne - Marie"]),
        ("Anne-Marie", "Anne - Marie, Anne -Marie, Anne \u2013 Marie", ["Anne - Marie", "Anne -Marie"]),
        ("Anne - Marie", "Anne-Marie, Anne Marie, AnneMarie", ["Anne-Marie", "Anne Marie", "AnneMarie"]),
        ("Maureen", "Mau\u00adreen, Mau\u200breen", ["Mau\u00adreen", "Mau\u200breen"]),
        ("O'Brien", "O\u2019Brien, O\u02bcBrien, O`Brien", ["O\u2019Brien", "O\u02bcBrien", "O`Brien"]),
        ("O'Brien", "OBrien, Brien", ["OBrien"]),
        ("J. R. Quill", "J.R. Quill, JR Quill, jr. quill, R Quill", ["J.R. Quill", "JR Quill", "jr. quill"]),
        ("St. Mary's", "St Mary\u2019s, St Marys", ["St Mary\u2019s", "St Marys"]),
        ("Lan", "Dy\u0301lan, Dy\u00adlan, Lan", ["Lan"]),
        ("Wei\u00df", "WEISS, Wei\u1e9e; Weissmann", ["WEISS", "Wei\u1e9e"]),
        ("Weiss", "Wei\u00df", ["Wei\u00df"]),
        ("Griffiths", "Gri\ufb03ths, \uff27riffiths", ["Gri\ufb03ths", "\uff27riffiths"]),
        ("S\u0153ur", "Soeur", ["Soeur"]),
        ("\u0627\u062d\u0645\u062f", "\u0623\u062d\u0645\u0640\u062f", ["\u0623\u062d\u0645\u0640\u062f"]),
        (
            "\u0935\u093f\u0915\u094d\u0930\u092e",
            "\u0935\u093f\u0915\u094d\u0930\u092e \u0915\u093e",
            ["\u0935\u093f\u0915\u094d\u0930\u092e"],
        ),
        ("\u0930\u093e\u092e", "\u0930\u093e\u092e\u093e", []),
        ("\u674e\u660e", "\u6211\u548c\u674e\u660e\u53bb", ["\u674e\u660e"]),
        ("Ann", "\u548cAnn\u53bb", ["Ann"]),
        ("\uae40\ubbfc\uc218", "\uae40\ubbfc\uc218\uac00, \uae40\ubbfc\uc220", ["\uae40\ubbfc\uc218"]),
        ("\u30a2\u30f3", "\u30a2\u30f3\u3055\u3093, \u30a2\u30f3\u30b1\u30fc\u30c8", ["\u30a2\u30f3"]),
        ("\u0645\u062d\u0645\u062f", "\u0645\u064f\u062d\u0645\u062f.", ["\u0645\u064f\u062d\u0645\u062f"]),
        ("07700 900123", "07700 900123, 107700 900123, 07700 9001234", ["07700 900123"]),
        ("P1", "P1, P12, P1_2", ["P1", "P1"]),
    ],
)
def test_however_a_name_is_spelt_it_is_found_alone_and_on_the_list(name, text, found):
    listed = ListedNames([KnownName(1, b"", name, "person", "[X]")])
    assert [text[start:end] for start, end in places_of(name, text)] == found
    assert [text[each.start : each.end] for each in listed.places(text)] == found


MANY = ("Ann", "Anne-Marie", "Ann Smith", "O'Brien", "J. R. Quill", "Wei\u00df", "\u0130pek", "\u674e\u660e",
        "\u0645\u062d\u0645\u062f", "\uae40\ubbfc\uc218", "\u0935\u093f\u0915\u094d\u0930\u092e")  # fmt: skip
BESIDE = (
    *"ns'-.\u2019\u2011 \n_1[]\u2026\u00bd\u00ad\u200b\u0301\u064e\u0640\u548c\ufb01\u00e9",
    "\U0001f469\u200d\U0001f467",
)


@settings(PROPERTY, max_examples=200)
@given(st.lists(st.one_of(st.sampled_from(MANY), st.sampled_from(BESIDE)), max_size=9).map("".join))
def test_wherever_a_name_is_found_it_is_whole_with_its_accents_and_nothing_beside_it(text):
    names = ListedNames(KnownName(number, b"", name, "person", f"[P{number}]") for number, name in enumerate(MANY))
    reached = 0
    for each in names.places(text):
        assert reached <= each.start < each.end <= len(text)
        assert stands_in(each.known.name, text[each.start : each.end])
        assert not unicodedata.combining(text[each.end : each.end + 1] or "x")
        reached = each.end


def test_a_name_goes_over_the_end_of_a_line_and_never_into_the_label_of_who_speaks_next(study):
    add_interview(study, "D", ("INT", "Who? Dawn\nQuill?"), ("Ben", "I saw Dawn"), ("Quill", "Yes. Dawn Quill: me."))
    pseudonymise.replace(study, "Dawn Quill", "[P]")
    assert text_of(study, "D") == "INT: Who? [P]?\nBen: I saw Dawn\nQuill: Yes. [P]: me.\n"
    assert [each.speaker for each in study.documents.turns(study.documents.get("D"))] == ["INT", "Ben", "Quill"]


def test_no_name_goes_from_one_who_speaks_into_the_next_whatever_the_label_looks_like(study):
    body = "I saw Dawn\nQuill  0:05\nDawn\nQuill is me.\n"
    study.documents.add("E", body, [Turn(0, 11, 0, "Ben"), Turn(11, len(body), 23, "Quill")])
    pseudonymise.replace(study, "Dawn Quill", "[P]")
    assert text_of(study, "E") == "I saw Dawn\nQuill  0:05\n[P] is me.\n"
    sealing.refuse_unready(study.store, pseudonymise.listed(study))


def test_a_pseudonym_hides_no_name_that_begins_like_it():
    names = ListedNames([KnownName(1, b"", "Tom", "person", "Ann"), KnownName(2, b"", "Annabel Lee", "person", "[B]")])
    assert names.replaced("Tom saw Annabel Lee.") == ("Ann saw [B].", 2)


@pytest.mark.parametrize("put", [KnownNames.add, pseudonymise.replace])
def test_no_pseudonym_holds_its_own_name(study, put):
    with pytest.raises(RefusedError, match="holds the very name"):
        put(study.names if put is KnownNames.add else study, "Maureen", "[Maureen 2]")


def test_of_two_names_that_differ_in_an_accent_each_keeps_its_own_pseudonym():
    names = ListedNames([KnownName(1, b"", "Zoe", "person", "[A]"), KnownName(2, b"", "Zo\u00eb", "person", "[B]")])
    assert names.replaced("Zoe, Zo\u00eb, zoe\u0308, Zo\u00e9") == ("[A], [B], [B], [A]", 4)


def test_words_that_only_begin_like_it_are_told_and_left(study):
    assert pseudonymise.similar(study, "Maureen") == ["Maureens"]
    pseudonymise.replace(study, "Maureen", "[Dawn]")
    assert "Maureens garden" in text_of(study, "B")


def test_one_action_replaces_remembers_and_renames_the_speaker(study):
    segment = study.segments.add("B", "X", quote="MAUREEN'S house")
    done = pseudonymise.replace(study, "Maureen", "[Dawn]")
    assert (done.places, [each.document.name for each in done.revisions]) == (5, ["B", "C"])
    assert text_of(study, "B") == (
        "INT: Who helped?\nBen: [Dawn] did. [Dawn]'S house, Maureens garden; I said: [Dawn], come.\n"
    )
    assert text_of(study, "C") == "INT: And you?\n[Dawn]: I am [Dawn]\u2019s sister, not Zoe\u0301.\n"
    document = study.documents.get("C")
    assert [each.speaker for each in study.documents.turns(document)] == ["INT", "[Dawn]"]
    assert [each.label for each in study.documents.speakers(document)] == ["INT", "[Dawn]"]
    now = study.segments.get(segment.id)
    assert text_of(study, "B")[now.start : now.end] == "[Dawn]'S house"
    assert study.names.get("MAUREEN").pseudonym == "[Dawn]"
    assert study.check() == []


def test_a_speaker_whose_label_does_not_stand_in_the_text_is_renamed_too(study):
    study.documents.add("V", "I said so.\n", [Turn(0, 11, 0, "Maureen Q")])
    done = pseudonymise.replace(study, "Maureen", "[Dawn]")
    document = study.documents.get("V")
    assert document.name in [each.document.name for each in done.revisions]
    assert study.documents.turns(document)[0].speaker == "[Dawn] Q"
    assert [each.label for each in study.documents.speakers(document)] == ["[Dawn] Q"]
    assert "V" in [each.name for each in study.documents]
    assert elsewhere.holding(study, "Maureen") == []
    study.history.undo()
    assert study.documents.turns(study.documents.get("V"))[0].speaker == "Maureen Q"


def test_one_undo_brings_every_row_back_and_redo_does_it_again(study):
    study.segments.add("B", "X", quote="maureen")
    before = rows_of(study)
    pseudonymise.replace(study, "Maureen", "[Dawn]")
    after = rows_of(study)
    study.history.undo()
    assert rows_of(study) == before
    assert "Maureen: I am" in text_of(study, "C")
    study.history.redo()
    assert rows_of(study) == after


def test_names_that_are_also_words_can_be_left_where_they_are_written_small(study):
    add_interview(study, "D", ("INT", "Will you?"), ("Will", "I will, as Will says. Ask WILL."))
    pseudonymise.replace(study, "Will", "[Person 1]", only_capitalised=True)
    assert "[Person 1]: I will, as [Person 1] says. Ask [Person 1]." in text_of(study, "D")


def test_a_name_that_stands_nowhere_is_remembered_all_the_same(study):
    assert pseudonymise.replace(study, "Nobody", "[N]", kind="place").revisions == ()
    assert study.names.get("nobody").kind == "place"


def test_who_is_called_so_already_is_not_made_one_with_another(study):
    first, second = study.people.add("P1"), study.people.add("P2")
    add_interview(study, "E", ("Maureen", "Yes."), ("Dawn", "No."))
    document = study.documents.get("E")
    study.documents.set_speaker(document, "Maureen", "participant", first.id)
    study.documents.set_speaker(document, "Dawn", "participant", second.id)
    before = rows_of(study)
    with pytest.raises(RefusedError, match="two speakers"):
        pseudonymise.replace(study, "Maureen", "Dawn")
    assert rows_of(study) == before


@pytest.mark.parametrize(
    ("name", "pseudonym"), [("", "[X]"), ("...", "[X]"), ("Ben", ""), ("Ben", "[ben]"), ("Ben", "[a\nb]")]
)
def test_what_cannot_be_a_name_or_pseudonym_is_refused(study, name, pseudonym):
    before = rows_of(study)
    with pytest.raises(RefusedError):
        pseudonymise.replace(study, name, pseudonym)
    assert rows_of(study) == before


def test_where_else_it_stands_is_told(study):
    study.people.add("Maureen")
    memo = study.memos.add("Maureen again!")
    study.codes.add("MA", "What Maureen does")
    told = {str(each) for each in elsewhere.holding(study, "Maureen")}
    assert {"person Maureen", f"memo {memo.id}", "code MA"} <= told


def test_the_proposal_is_the_known_one_else_the_next_free(study):
    assert pseudonymise.proposal(study, "Ann", "person") == "[Person 1]"
    study.names.add("Ann", "[Person 1]")
    assert pseudonymise.proposal(study, "ANN", "place") == "[Person 1]"
    assert pseudonymise.proposal(study, "Bob", "person") == "[Person 2]"
    assert pseudonymise.proposal(study, "Wales", "other") == "[Name 1]"


def test_hostile_words_stay_as_they_are_around_a_name(study):
    add_interview(study, "H", ("INT", f"{HOSTILE}Maureen{HOSTILE}"), ("Ben", "[/b][@click=app.quit] Maureen"))
    pseudonymise.replace(study, "Maureen", "[Dawn]")
    assert text_of(study, "H") == f"INT: {HOSTILE}[Dawn]{HOSTILE}\nBen: [/b][@click=app.quit] [Dawn]\n"


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_is_kept_changed_and_undone(study):
    known = study.names.add("  Llan ", "[Town]", "place")
    assert (known.name, known.kind, known.pseudonym) == ("Llan", "place", "[Town]")
    changed = study.names.change(known, pseudonym="[Village]", name="Llanfair")
    assert (changed.name, changed.pseudonym) == ("Llanfair", "[Village]")
    with pytest.raises(RefusedError, match="already"):
        study.names.add("LLANFAIR", "[x]")
    with pytest.raises(RefusedError, match="kind"):
        study.names.add("Q", "[x]", "thing")
    study.names.remove(changed)
    assert study.names.all() == []
    study.history.undo()
    assert study.names.all() == [changed]
    with pytest.raises(NotFoundError):
        study.names.get("Zed")


def test_forgetting_takes_the_names_that_are_said_nowhere_else(study):
    study.names.add("Zoe\u0301", "[Zed]")
    study.names.add("Ben", "[Bill]")
    study.names.remove(study.names.add("sister", "[Sis]"))
    study.forget(document="C")
    assert [each.name for each in study.names.all()] == ["Ben"]
    assert study.check() == []
    study.close()
    assert "Zoe\u0301".encode() not in bytes_on_disk(study.path)
    assert b"[Sis]" not in bytes_on_disk(study.path)


def test_forgetting_a_person_takes_the_name_behind_their_pseudonym(study):
    study.names.add("Maureen", "[Dawn]")
    pseudonymise.replace(study, "Maureen", "[Dawn]")
    person = study.people.add("Dawn")
    study.documents.set_speaker(study.documents.get("C"), "[Dawn]", "participant", person.id)
    study.forget(person="Dawn")
    assert study.names.all() == []
    assert study.check() == []


def test_a_project_of_an_older_schema_gets_the_list(study):
    study.close()
    with closing(sqlite3.connect(study.path)) as connection:
        connection.executescript(
            "DROP TABLE known_name; DROP TABLE log_known_name; PRAGMA user_version = 4;"
            "DELETE FROM _sqlite_migrations WHERE name LIKE '005%';"
        )
    with qualcode.open(study.path, "AK") as again:
        assert again.names.add("Ann", "[B]").pseudonym == "[B]"
        assert again.check() == []


# -- properties --------------------------------------------------------------------------------------------------------


@st.composite
def told_with_names(draw):
    """Texts with a name in them here and there, in any case, next to anything."""
    pieces = draw(st.lists(texts(max_words=3), min_size=1, max_size=6))
    names = [draw(st.sampled_from(["Anna", "ANNA", "anna's", "Annas", "Hanna", ""])) for _ in pieces]
    return " ".join(part for pair in zip(names, pieces, strict=True) for part in pair) + " ."


LIST = {"Anna": "[A]", "Hanna": "[Hope Lee]"}


def replace_one(project):
    return pseudonymise.replace(project, "Anna", "[A]").revisions


def replace_list(project):
    for name, pseudonym in LIST.items():
        project.names.add(name, pseudonym)
    return pseudonymise.replace_listed(project).revisions


@pytest.mark.parametrize(("way", "names"), [(replace_one, ["Anna"]), (replace_list, ["Anna", "Hanna"])])
@settings(PROPERTY, max_examples=25)
@given(bodies=st.lists(told_with_names(), min_size=1, max_size=3), data=st.data())
def test_every_segment_stays_on_its_words_and_undo_restores_every_row(way, names, bodies, data):
    with tempfile.TemporaryDirectory() as folder, qualcode.new(Path(folder) / "s.qualcode", "AK") as project:
        project.store.connection.execute("PRAGMA synchronous = OFF")
        project.codes.add("X", "X")
        meant = {}
        for number, body in enumerate(bodies):
            document = project.documents.add(f"D{number}", body, [])
            places = sorted((each.start, each.end, LIST[name]) for name in names
                            for each in pseudonymise.occurrences(project, name)
                            if each.document.id == document.id)  # fmt: skip
            for start, end in data.draw(st.lists(spans(body), max_size=4)):
                if not body[start:end].strip():  # blanks alone are no words to keep
                    continue
                segment = project.segments.add(document.id, "X", span=(start, end))
                # a passage that holds a part of a name holds the whole pseudonym afterwards
                reached = [place for place in places if place[0] < end and place[1] > start]
                left, right = min([start, *(a for a, _, _ in reached)]), max([end, *(b for _, b, _ in reached)])
                meant[segment.id] = body[left:right], [(a - left, b - left, called) for a, b, called in reached]
        before = rows_of(project)
        revisions = way(project)
        kept = {each.id: each for each in project.segments.find()}
        assert set(kept) == set(meant)
        assert not any(revision.lost for revision in revisions)
        for row, (words, held) in meant.items():
            for start, end, called in reversed(held):
                words = words[:start] + called + words[end:]  # noqa: PLW2901
            text = project.documents.body(project.documents.get(kept[row].document))
            assert text[kept[row].start : kept[row].end] == words
        assert not any(pseudonymise.occurrences(project, name) for name in names)
        for _ in range(1 if way is replace_one else 1 + len(LIST)):
            if rows_of(project) != before:
                project.history.undo()
        assert rows_of(project) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda project: pseudonymise.replace(project, "Maureen", "[Eve]"),
        lambda project: name_review.accept(project, [Wanted("Maureen", "[Eve]")]),
    ],
)
def test_a_pseudonym_that_stands_in_the_texts_is_not_changed_so_that_one_knows_whose_it_is(study, change):
    pseudonymise.replace(study, "Maureen", "[Dawn]")
    before = rows_of(study)
    with pytest.raises(RefusedError, match=r"\[Dawn\] stands in the texts already"):
        change(study)
    assert rows_of(study) == before
    study.history.undo()
    change(study)


def test_a_pseudonym_that_stands_there_for_another_name_is_changed(study):
    study.names.add("Mo", "[Dawn]")
    pseudonymise.replace(study, "Maureen", "[Dawn]")
    assert name_review.accept(study, [Wanted("Mo", "[Eve]")])[0].pseudonym == "[Eve]"


def test_what_holds_a_name_is_told_by_its_sort_and_where_it_is_much_what_changes_all(study):
    for number in range(5):
        study.memos.add(f"Maureen {number}")
    study.people.add("Maureen")
    assert elsewhere.told(elsewhere.holding(study, "Maureen")) == [
        "person Maureen: qualcode people rename NAME NEW",
        "memo 1, 2, 3 and 2 more: qualcode memo change ID",
        "all but texts at once, for good: qualcode seal",
    ]
    assert elsewhere.told(elsewhere.holding(study, "Maureen")[:1])[1:] == []


def test_two_people_under_one_pseudonym_are_told_and_two_names_of_one_are_not(study):
    ben, maureen = study.people.add("SU1"), study.people.add("SU2")
    study.documents.set_speaker(study.documents.get("B"), "Ben", "participant", ben.id)
    study.documents.set_speaker(study.documents.get("C"), "Maureen", "participant", maureen.id)
    add_interview(study, "D", ("INT", "And now?"), ("Mo", "Better."))
    study.documents.set_speaker(study.documents.get("D"), "Mo", "participant", maureen.id)
    for name, pseudonym in (("Maureen", "[Dawn]"), ("Mo", "[Dawn]"), ("Zoe", "[Dawn]"), ("Ben", "[Bill]")):
        study.names.add(name, pseudonym)
    assert pseudonymise.one_for_two(study) == []
    study.names.remove(study.names.get("Ben"))
    study.names.add("Ben", "[Dawn]")
    (told,) = pseudonymise.one_for_two(study)
    assert told.endswith("are 2 people, and all become [Dawn]")
    assert all(name in told for name in ("Ben", "Maureen", "Mo"))
    assert "Zoe" not in told
