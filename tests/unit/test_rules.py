"""Rules run over a project: what each kind finds, what is new and what is not, and what becomes of a proposal."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode.errors import InputError, NoCoderError, NotFoundError, RefusedError
from qualcode.language.pipelines import Choice
from qualcode.language.rule_files import loads
from qualcode.project import Project
from qualcode.project.care import check
from qualcode.project.segments import NewSegment
from qualcode.work.parse_texts import choose
from qualcode.work.rules import run
from qualcode.work.wanted import Search
from tests.builders import a_study, add_interview, bytes_on_disk, rows_of
from tests.linguistic import DICTIONARY, SMALL, needs_english


@pytest.fixture(scope="module", autouse=True)
def _own_places(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("rules")
        patch.setenv("QUALCODE_CACHE", str(folder / "cache"))
        patch.setenv("QUALCODE_CONFIG", str(folder / "settings"))
        yield


@pytest.fixture
def project(tmp_path):
    with a_study(tmp_path / "study.qualcode") as project:
        choose(project, DICTIONARY)
        add_interview(
            project,
            "B-SU1",
            ("INT", "How did it start? Did you hope for much?"),
            ("Bob", "It began badly. I was hoping for a room. They gave me hope, though."),
            ("INT", "Mm."),
            ("Bob", "And hopeful people helped."),
            ("INT", "What would you hope for now?"),
            ("Bob", "Nothing. Nobody asked."),
        )
        yield project


def rules(*tables: str, name: str = "ours.toml"):
    """A file of rules, a string each: the lines below its header; called r1, r2, ..."""
    return loads("\n".join(f"[r{n}]\ncode = 'P3'\n{table}" for n, table in enumerate(tables, 1)), name)


def words(project: Project, proposals=None) -> list[str]:
    """The words of proposals, all that there are unless some are named."""
    found = project.proposals.all() if proposals is None else proposals
    bodies = {each.id: project.documents.body(each) for each in project.documents}
    return [bodies[each.document][each.start : each.end] for each in found]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ('words = "hope"', ["They gave me hope, though."]),
        ('words = "hope"\nlemma = true', ["I was hoping for a room.", "They gave me hope, though."]),
        ('words = "hope"\nlemma = true\ncovers = "words"', ["hoping", "hope"]),
        ('words = ["HOPE", "so can I"]\ncovers = "words"', ["so can I", "hope"]),
        ('words = "hope"\ncovers = "turn"', ["It began badly. I was hoping for a room. They gave me hope, though."]),
        ('words = "hope"\nasked = true\ncovers = "words"', ["hope", "hope", "hope"]),
        ('pattern = [{LEMMA = "give"}, {}, {LEMMA = "hope"}]\ncovers = "words"', ["gave me hope"]),
        ('pattern = [[{LOWER = "so"}, {LOWER = "can"}], [{LOWER = "nobody"}]]\ncovers = "words"', ["so can", "Nobody"]),
        ("regex = 'hope\\w*'\ncovers = 'words'", ["hope", "hopeful"]),
        ('question = "How did it start"', [
            ("It began badly. I was hoping for a room. They gave me hope, though.\nINT: Mm.\n"
             "Bob: And hopeful people helped."),
        ]),
        ('question = ["and then", "for now"]', ["I went home and slept.", "Nothing. Nobody asked."]),
        ('speaker = "bob"', [
            "It began badly. I was hoping for a room. They gave me hope, though.", "And hopeful people helped.",
            "Nothing. Nobody asked.",
        ]),
    ],
)  # fmt: skip
def test_what_each_kind_of_rule_finds(project, table, found):
    done = run(project, rules(table))
    assert [each.strip() for each in words(project)] == found
    assert [(each.found, each.new) for each in done.counts] == [(len(found), len(found))]
    assert project.check() == []


def test_what_stands_below_a_heading_goes_to_the_next(project):
    body = "Notes\n\n1. Coping\nShe gets by.\nShe walks.\n\n# Other\nHer dog.\n2. Getting by\nMore.\n"
    project.documents.add("notes", body, [])
    run(project, rules('heading = ["Coping", "3) getting  by"]'))
    assert words(project) == ["She gets by.\nShe walks.", "More."]


def test_a_rule_of_a_role_takes_what_they_say_at_the_wave(project):
    person = project.people.add("Bob", roles={"-": "SU"})
    project.documents.set_speaker(project.documents.get("B-SU1"), "Bob", "participant", person.id)
    run(project, rules('role = "su"\ncovers = "turn"'))
    assert words(project)[-1] == "Nothing. Nobody asked."
    assert len(words(project)) == 3
    run(project, rules('words = ["went", "nobody"]\nroles = ["SU"]\ncovers = "words"', name="other.toml"))
    assert "went" not in words(project)


def test_a_filter_narrows_a_run_and_a_dry_one_writes_nothing(project):
    before = rows_of(project)
    done = run(project, rules("regex = 'hope|so can I'"), Search("", documents=("A-SU1",)), is_dry=True)
    assert [each.new for each in done.counts] == [1]
    assert done.documents == ("A-SU1",)
    assert rows_of(project) == before


def test_rules_that_do_not_fit_the_project_are_told_at_once(project):
    file = loads("[a]\ncode = 'P33'\nwords = 'x'\n[b]\ncode = 'P3'\nrole = 'SUU'\n", "ours.toml")
    with pytest.raises(InputError) as caught:
        run(project, file)
    assert "ours.toml:1:1: [a] there is no code called 'P33'. Did you mean P3?" in str(caught.value)
    assert "ours.toml:4:1: [b] there is no role SUU. Did you mean SU?" in str(caught.value)
    project.codes.retire(project.codes.get("X"))
    with pytest.raises(InputError, match="no longer in use"):
        run(project, loads("[a]\ncode = 'X'\nwords = 'x'", "ours.toml"))


def test_a_rule_that_needs_a_model_says_so(project):
    with pytest.raises(RefusedError) as caught:
        run(project, rules('pattern = [{POS = "VERB"}, {LOWER = "home"}]'))
    assert "ours.toml:1, [r1]: POS of a word is told by a model" in str(caught.value)


def test_a_pattern_that_spacy_does_not_take_is_told_with_its_rule(project):
    with pytest.raises(InputError, match=r"\[r1\]: spaCy does not take"):
        run(project, rules('pattern = [{LENGTH = {FUZZY = "x"}}]'))


@needs_english
def test_with_a_model_parts_of_speech_can_be_asked_for(project):
    choose(project, Choice(SMALL.pipeline))
    done = run(project, rules('pattern = [{POS = "PRON"}, {LEMMA = "go"}, {LOWER = "home"}]\ncovers = "words"'))
    assert words(project) == ["I went home"]
    assert {each.pipeline for each in project.proposals.all()} == {done.pipeline}


def test_a_regex_without_end_is_stopped_and_its_rule_named(project, monkeypatch):
    monkeypatch.setattr("qualcode.work.matching.SECONDS", 0.3)
    for each in project.documents.all():
        project.documents.remove(each)  # where the machine is busy, another might be the one that takes too long
    project.documents.add("long", "a" * 40 + "!", [])
    with pytest.raises(InputError, match=r"ours.toml:1, \[r1\], in long: this pattern takes more"):
        run(project, rules("regex = '(a+)+b'"))
    assert project.proposals.all() == []


def test_a_run_that_is_stopped_proposes_nothing(project):
    done = run(project, rules("regex = 'hope'"), should_stop=lambda: True)
    assert not done.is_whole
    assert project.proposals.all() == []


# -- what is new -----------------------------------------------------------------------------------------------------


HOPE = "words = 'hope'\nlemma = true"


def test_running_again_proposes_only_what_is_new(project):
    first = run(project, rules(HOPE))
    project.proposals.accept(project.proposals.all()[:1])
    project.proposals.reject(project.proposals.all()[1:])
    before = rows_of(project)
    again = run(project, rules(HOPE))
    assert [(each.new, each.before) for each in again.counts] == [(0, len(first.new))]
    assert rows_of(project) == before, "an action that changes nothing leaves no trace"
    add_interview(project, "C-SU1", ("INT", "So?"), ("Cy", "There is hope."))
    assert words(project, run(project, rules(HOPE)).new) == ["There is hope."]


def test_a_changed_rule_and_another_one_do_not_bring_a_place_again(project):
    run(project, rules("words = 'hope'"))
    project.proposals.reject(project.proposals.all())
    assert words(project, run(project, rules("words = ['hope', 'room']")).new) == ["I was hoping for a room."]
    renamed = loads("[other]\ncode = 'P3'\nregex = 'me hope'", "other.toml")
    assert run(project, renamed).new == ()


def test_a_changed_place_and_code_are_not_proposed_again_as_they_were(project):
    run(project, rules("words = 'hope'"))
    (found,) = project.proposals.all()
    moved = project.proposals.move(found, found.start + 10, found.end)
    project.proposals.recode([moved], "M2a")
    assert run(project, rules("words = 'hope'")).new == ()
    project.proposals.accept(project.proposals.all())
    (coded,) = project.segments.find()
    assert (coded.start, coded.end, project.codes.get(coded.code).short) == (moved.start, moved.end, "M2a")


def test_what_was_withdrawn_may_come_again(project):
    first = run(project, rules(HOPE))
    project.proposals.withdraw(project.proposals.all())
    assert project.proposals.all() == []
    assert [each.start for each in run(project, rules(HOPE)).new] == [each.start for each in first.new]


def test_what_the_coder_has_coded_so_is_not_proposed(project):
    document = project.documents.get("B-SU1")
    at = project.documents.body(document).index("gave me hope")
    project.segments.add_many([NewSegment(document.id, at, at + 12, project.codes.get("P3").id)])
    done = run(project, rules(HOPE))
    assert [(each.new, each.coded) for each in done.counts] == [(1, 1)]
    project.store.coder_short = "JB"
    assert run(project, rules(HOPE)).counts[0].new == 1, "it is AK's coding, not JB's"


def test_nobody_runs_rules_without_a_name_nor_as_the_rules(project):
    run(project, rules(HOPE))
    assert [each.short for each in project.coders.all()] == ["AK"]
    project.store.coder_short = "rules"
    with pytest.raises(NoCoderError):
        project.proposals.reject(project.proposals.all())


# -- what becomes of them --------------------------------------------------------------------------------------------


def test_accepting_codes_as_the_one_who_accepts_and_undo_takes_both_back(project):
    run(project, rules(HOPE))
    before = rows_of(project)
    project.store.coder_short = "JB"
    assert project.proposals.accept(project.proposals.all()) == 2
    assert {project.coders.get(each.coder).short for each in project.segments.find()} == {"JB"}
    assert {each.state for each in project.proposals.all()} == {"accepted"}
    action = project.history.actions(1)[0]
    assert (action.verb, action.coder, action.arguments) == (
        "accept proposals", "JB", {"count": 2, "rules": "r1"},
    )  # fmt: skip
    project.history.undo()
    assert rows_of(project) == before
    project.history.redo()
    assert project.segments.count() == 2
    assert project.check() == []


def test_what_was_decided_is_decided(project):
    run(project, rules(HOPE))
    first, second = project.proposals.all()
    project.proposals.reject([first])
    for attempt in (
        lambda: project.proposals.reject([first]),
        lambda: project.proposals.move(first, first.start, first.end - 2),
        lambda: project.proposals.recode([first, second], "X"),
        lambda: project.proposals.withdraw([first]),
    ):
        with pytest.raises(RefusedError, match="was rejected already"):
            attempt()
    assert project.proposals.get(second.id).code == project.codes.get("P3").id, "not half of it was done"
    project.proposals.accept([first])
    with pytest.raises(RefusedError, match="was accepted already"):
        project.proposals.accept([first])


def test_edges_stay_within_the_text_and_on_the_words_found(project):
    run(project, rules("words = 'hope'"))
    (found,) = project.proposals.all()
    for start, end in ((0, 5), (found.start, found.start), (found.start, 10_000), (-1, found.end)):
        with pytest.raises(RefusedError):
            project.proposals.move(found, start, end)
    with pytest.raises(NotFoundError):
        project.proposals.get(found.id + 1)


def test_a_merged_code_is_accepted_as_the_one_that_stands_for_it(project):
    run(project, rules("words = 'hope'"))
    project.codes.merge(project.codes.get("P3"), project.codes.get("M2a"))
    project.proposals.accept(project.proposals.all())
    assert project.codes.get(project.segments.find()[0].code).short == "M2a"
    assert run(project, rules("words = 'hope'")).new == ()


@pytest.mark.parametrize("blind", [False, True])
def test_documents_that_are_coded_for_agreement_are_passed_over(project, blind):
    run(project, rules(HOPE))
    held = project.proposals.all()
    document = project.documents.get("B-SU1")
    project.coders.assign(document, project.coders.add("JB"), blind=blind)
    assert project.proposals.all() == []
    assert [each.name for each in project.proposals.passed_over()] == ["B-SU1"]
    done = run(project, rules("regex = 'room|slept'", name="other.toml"), is_dry=True)
    assert (words(project, done.new), done.passed_over) == (["I went home and slept."], ("B-SU1",))
    for attempt in (project.proposals.accept, project.proposals.reject, project.proposals.withdraw):
        with pytest.raises(NotFoundError):
            attempt(held)
    project.store.coder_short = "JB"
    project.coders.finish(document)
    assert project.proposals.all() == held


def test_a_text_in_which_nobody_may_look_can_be_corrected_over_its_proposals(project):
    """A proposal is no coding: what goes with its words is neither refused nor told as lost."""
    run(project, rules("words = 'hope'\ncovers = 'words'"))
    document = project.documents.get("B-SU1")
    project.coders.assign(document, project.coders.add("JB"), blind=True)
    at = project.documents.body(document).index("They gave me hope")
    revision = project.documents.revise(document, [(at, at + 17, "")], "said otherwise")
    assert (revision.carried, revision.lost) == (0, ())
    assert project.store.rows("SELECT * FROM proposal") == []


def test_forgetting_takes_the_proposals_and_their_past(project, tmp_path):
    run(project, rules(HOPE))
    project.proposals.reject(project.proposals.all())
    project.forget(document="B-SU1")
    assert project.proposals.all() == []
    assert project.store.rows("SELECT * FROM log_proposal") == []
    assert project.check() == []
    assert b"hoping for a room" not in bytes_on_disk(tmp_path / "study.qualcode")


def test_forgetting_one_of_two_who_speak_leaves_the_others_proposals(project):
    add_interview(
        project, "both", ("INT", "And?"), ("Dee", "Dee has hope."), ("INT", "You?"), ("Eve", "No hope for Eve.")
    )
    document = project.documents.get("both")
    for name in ("Dee", "Eve"):
        project.documents.set_speaker(document, name, "participant", project.people.add(name).id)
    run(project, rules("words = 'hope'"), Search("", documents=("both",)))
    project.forget(person="Dee")
    assert words(project) == ["No hope for Eve."]
    assert project.check() == []


def test_a_rule_that_is_called_by_a_name_that_goes_is_told(project):
    person = project.people.add("Bob", roles={"-": "SU"})
    project.documents.set_speaker(project.documents.get("B-SU1"), "Bob", "participant", person.id)
    run(project, loads("[bob-says]\ncode = 'P3'\nregex = 'slept'\n", "Bob.toml"))
    left = project.forget(person="Bob").names_left
    assert {"rule bob-says", "file of rules Bob.toml"} <= set(left)
    assert words(project) == ["I went home and slept."]


def test_removing_a_document_takes_its_proposals_and_undo_brings_them(project):
    run(project, rules(HOPE))
    before = rows_of(project)
    project.documents.remove(project.documents.get("B-SU1"))
    assert project.proposals.all() == []
    project.history.undo()
    assert rows_of(project) == before


def test_a_project_of_an_older_qualcode_can_have_proposals(project):
    path = project.path
    project.close()
    with sqlite3.connect(path) as connection:
        old = "kind = ''person'' OR kind = ''consensus''"
        connection.executescript(
            "DROP TABLE proposal; DROP TABLE log_proposal; DROP TABLE rule; DROP TABLE log_rule;"
            "PRAGMA writable_schema = ON;"
            f"UPDATE sqlite_schema SET sql = replace(sql, '{old} OR kind = ''rules''', '{old}') WHERE name = 'coder';"
            "PRAGMA writable_schema = OFF; PRAGMA user_version = 7;"
            "DELETE FROM _sqlite_migrations WHERE name LIKE '008%';"
        )
    connection.close()
    with qualcode.open(path, "AK") as opened:
        assert "rules" in opened.store.value("SELECT sql FROM sqlite_schema WHERE name = 'coder'")
        assert len(run(opened, rules(HOPE)).new) == 2
        assert check(opened.store) == []


# -- whatever is done ------------------------------------------------------------------------------------------------


SENTENCES = ("I hope so.", "We went home.", "Hopes and fears.", "No.", "He was hoping.", "It was a room.")


@settings(max_examples=12, deadline=None)
@given(
    said=st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), min_size=1, max_size=4),
    covers=st.sampled_from(["words", "sentence", "turn", "answer"]),
    decided=st.lists(st.sampled_from(["accept", "reject", "leave", "move", "recode"]), min_size=1, max_size=6),
    at=st.floats(0, 1),
    written=st.sampled_from(["", "xx", "Home.", " "]),
)
def test_whatever_is_decided_and_corrected_nothing_comes_twice(tmp_path_factory, said, covers, decided, at, written):
    """Re-run after decisions, and after a text was corrected: new is only what the correction itself brought."""
    with a_study(tmp_path_factory.mktemp("a") / "a.qualcode") as project:
        speeches = [each for some in said for each in (("INT", "And then?"), ("Cy", " ".join(some)))]
        document = add_interview(project, "C", *speeches)
        file = rules(f"regex = 'hop(e|ing)'\ncovers = '{covers}'")
        run(project, file)
        start = rows_of(project)
        steps = sum(_decide(project, each, what) for each, what in zip(project.proposals.all(), decided, strict=False))
        assert run(project, file).new == ()
        body = project.documents.body(document)
        place = min(int(at * len(body)), len(body) - 1)
        project.documents.revise(document, [(place, place + 1, written if body[place] != written else "q")], "typing")
        for each in project.proposals.all():
            text = project.documents.body(project.documents.get(each.document))
            assert text[each.start : each.end].strip()
        assert run(project, file).new == ()
        assert check(project.store) == []
        for _ in range(steps + 1):
            project.history.undo()
        assert rows_of(project) == start


def _decide(project: Project, proposal, what: str) -> int:
    """One decision; how many actions it was."""
    if what == "leave" or proposal.end - proposal.start < 3:
        return 0
    if what == "move":
        project.proposals.move(proposal, proposal.start + 1, proposal.end)
    elif what == "recode":
        project.proposals.recode([proposal], "X")
    else:
        getattr(project.proposals, what)([proposal])
    return 1


def test_no_words_of_a_rule_or_a_text_are_kept_with_a_proposal(project):
    run(project, rules("words = 'gave me hope'", name=str(Path("folder") / "ours.toml")))
    rows = [*project.store.rows("SELECT * FROM rule"), *project.store.rows("SELECT * FROM proposal")]
    assert "gave" not in repr(rows)
    assert "ours.toml" in repr(rows)
    assert "folder" not in repr(rows)
