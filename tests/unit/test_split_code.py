"""A code split by its passages: what is written, what stays, and what undo brings back."""

import pytest

import qualcode
from qualcode.errors import InputError, RefusedError
from qualcode.model import Definition
from qualcode.project import code_use
from qualcode.work import split_code
from qualcode.work.split_code import Part
from tests.builders import add_interview, rows_of


@pytest.fixture
def project(tmp_path):
    """M1b below M1, with four passages of AK's in two interviews and one of SG's."""
    path = tmp_path / "study.qualcode"
    with qualcode.new(path, "AK") as project:
        project.codes.add("M1", "Trust")
        project.codes.add("P1", "Trust in others")
        project.codes.add(
            "M1b", "Understood", parent="M1", kind="mechanism", definition=Definition("b", "f", "in", "out", "e.g.")
        )
        project.codes.add("M1c", "Informal", parent="M1")
        project.codes.lead_to(project.codes.get("M1b"), ["P1"])
        for name in ("A", "B"):
            add_interview(project, name, ("INT", "And?"), ("Ann", "She got it. No words. She sat there. I slept."))
            for quote in ("She got it.", "She sat there."):
                project.segments.add(name, "M1b", quote=quote)
    with qualcode.open(path, "SG") as project:
        project.segments.add("B", "M1b", quote="No words.")
    with qualcode.open(path, "AK") as project:
        yield project


def ids(project, words):
    bodies = {each.id: project.documents.body(each) for each in project.documents}
    own = [each for each in project.segments.find() if each.coder == project.store.viewer]
    return tuple(each.id for each in own if bodies[each.document][each.start : each.end] == words)


def coded(project):
    codes = {code.id: code.short for code in project.codes.all(retired=True)}
    coders = {coder.id: coder.short for coder in project.coders.all()}
    return sorted((coders[each.coder], codes[each.code]) for each in project.segments.find())


def two_parts(project):
    return [
        Part("M1b", "Understood without words", ids(project, "She got it."), "She gets it."),
        Part("M1e", "Stays with me", ids(project, "She sat there.")),
    ]


def test_a_split_makes_recodes_and_redefines_in_one_action_and_one_codebook_version(project):
    before = project.codebook_version
    done = split_code.split(project, "m1b", two_parts(project), "Words: M1b. Presence: M1e.")
    assert coded(project) == [("AK", "M1b")] * 2 + [("AK", "M1e")] * 2 + [("SG", "M1b")]
    assert (done.skipped, done.others, done.version) == (0, {"SG": 1}, before + 1)
    old, new = project.codes.get("M1b"), project.codes.get("M1e")
    assert old.name == "Understood without words"
    assert old.definition == Definition("b", "f", "in\nShe gets it.", "out\nWords: M1b. Presence: M1e.", "e.g.")
    assert new.definition == Definition("b", "f", "in", "out\nWords: M1b. Presence: M1e.", "")
    assert (new.kind, new.leads_to, new.parent) == ("mechanism", ("P1",), old.parent)
    assert [code.short for code in project.codes] == ["M1", "M1b", "M1e", "M1c", "P1"]
    assert old.version == 2
    assert project.check() == []


def test_one_undo_brings_back_every_row(project):
    before = rows_of(project)
    split_code.split(project, "M1b", two_parts(project), "The rule.")
    assert rows_of(project) != before
    project.history.undo()
    assert rows_of(project) == before
    project.history.redo()
    assert project.codes.get("M1e").status == "live"


def test_after_a_finished_round_the_round_keeps_what_was_coded_and_undo_restores(project):
    document = project.documents.get("A")
    project.coders.finish(document)
    before = rows_of(project)
    split_code.split(project, "M1b", two_parts(project), "The rule.")
    codes = {code.id: code.short for code in project.codes}
    assert {codes[each.code] for each in project.segments.in_round(document, "AK", 1)} == {"M1b"}
    assert {codes[each.code] for each in project.segments.of(document)} == {"M1b", "M1e"}
    project.history.undo()
    assert rows_of(project) == before


def test_what_was_skipped_and_what_others_coded_is_found_as_coded_before(project):
    parts = [Part("M1e", "Stays with me", ids(project, "She sat there."))]
    done = split_code.split(project, "M1b", parts, below=True)
    assert done.skipped == 2
    assert project.codes.get("M1e").parent == project.codes.get("M1b").id
    assert "M1e Stays with me" in project.codes.get("M1b").definition.exclude
    queue = split_code.coded_before(project, project.codes.get("M1b"))
    assert [(each.document.name, len(each.own), each.others) for each in queue] == [("A", 1, {}), ("B", 1, {"SG": 1})]
    split_code.keep(project, queue[0].own)
    queue = split_code.coded_before(project, project.codes.get("M1b"))
    assert [each.document.name for each in queue] == ["B"]
    assert split_code.coded_before(project, project.codes.get("M1e")) == []


def test_documents_coded_before_a_version_leave_the_list_when_a_round_is_finished_under_it(project):
    version = split_code.split(project, "M1b", two_parts(project)).version
    names = {each.id: each.name for each in project.documents}
    assert [names[each] for each in code_use.documents_coded_before(project.store, version)] == ["A", "B"]
    project.coders.finish(project.documents.get("A"))
    assert [names[each] for each in code_use.documents_coded_before(project.store, version)] == ["B"]


def test_passages_of_a_merged_code_are_its_own_and_the_same_words_are_not_coded_twice(project):
    project.codes.add("M1x", "Gets it")
    same = project.segments.add("A", "M1x", quote="She got it.")
    alone = project.segments.add("A", "M1x", quote="I slept.")
    project.codes.merge(project.codes.get("M1x"), project.codes.get("M1b"))
    first, *_ = ids(project, "She got it.")
    parts = [Part("M1b", "Understood", (same.id, alone.id)), Part("M1e", "Other", (first,))]
    split_code.split(project, "M1b", parts)
    assert ("AK", "M1x") not in coded(project)
    assert project.check() == []


def test_passages_of_codes_below_may_be_on_the_piles_where_that_is_asked(project):
    part = Part("M1e", "Stays with me", ids(project, "She sat there."))
    with pytest.raises(RefusedError, match="no longer one of yours"):
        split_code.split(project, "M1", [part])
    split_code.split(project, "M1", [part], is_branch=True)
    assert coded(project).count(("AK", "M1e")) == 2


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ([], InputError),
        ([Part("M1b", "Same", ())], InputError),
        ([Part("M1e", "One", ()), Part("m1E", "Two", ())], InputError),
        ([Part("M1e", " ", ())], InputError),
        ([Part("M1e", "One", (1,)), Part("M1f", "Two", (1,))], InputError),
        ([Part("M1c", "Taken", ())], RefusedError),
        ([Part("M 1", "Blank", ())], RefusedError),
        ([Part("M1e", "Not mine", (10**6,))], RefusedError),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(project, parts, error):
    before = rows_of(project)
    with pytest.raises(error):
        split_code.split(project, "M1b", parts)
    assert rows_of(project) == before


def test_counts_of_passages_are_ones_own_everybodys_or_the_layers(project):
    code = project.codes.get("M1b").id
    counted = code_use.passages_by_code
    assert (counted(project.store)[code], counted(project.store, own=True)[code]) == (5, 4)
    assert counted(project.store, layer=True)[code] == 4


def test_roles_are_those_of_who_speaks(project):
    person = project.people.add("Ann B", roles={"-": "ST"})
    project.documents.set_speaker(project.documents.get("A"), "Ann", "participant", person.id)
    found = split_code.roles_in(project, project.segments.find())
    assert sorted(found.values()) == [(), (), (), ("ST",), ("ST",)]
