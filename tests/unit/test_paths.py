"""Threads and paths, and how many people carry them. Numbers by hand; paths against plain Python."""

import shutil
from contextlib import closing
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode.analysis import Scope, Telling, change_model, paths, setting_aside, threads
from tests.strategies import PROPERTY
from tests.studies import codebook, interview, new_study

PEOPLE = ("Ann", "Bob", "Cy")


@pytest.fixture
def study(tmp_path):
    """Ann speaks at both waves, as a service user and then as a peer worker; Bob and Cy at the first; all of case A."""
    with new_study(tmp_path) as project:
        made(project)
        yield project


def made(project):
    codebook(project)
    for name, roles in (("Ann", {"1": "SU", "2": "PW"}), ("Bob", {"-": "SU"}), ("Cy", {"-": "MG"})):
        project.people.add(name, "A", roles)
    for name, person, wave in (("ann1", "Ann", "1"), ("ann2", "Ann", "2"), ("bob", "Bob", "1"), ("cy", "Cy", "1")):
        interview(project, name, [("INT", "And?"), ("R", "She got up so I got up.")], {"R": person}, wave)


def claim(project, document, source, target, **how):
    return project.claims.add(document, source, target, quote="She got up", **how)


def cells(table, row):
    return {column.key: table.value(row, column.key) for column in table.columns}


# -- threads ---------------------------------------------------------------------------------------------------------


def test_a_thread_is_told_by_one_person_in_one_telling(study):
    first, second = claim(study, "ann1", "M2b", "P4"), claim(study, "ann1", "P4", "D4", direction="lowers")
    claim(study, "bob", "M2b", "P4")
    table = threads(study)
    assert [row.key for row in table.rows] == ["Ann: M2b → P4 → D4"]
    told = cells(table, "Ann: M2b → P4 → D4")
    assert (told["person"], told["role"], told["case"]) == ("Ann", "SU", "A")
    assert (told["told"], told["waves"], told["directions"]) == ("in one telling", "1", "raises → lowers")
    assert (told["first"], told["second"]) == (1, 1)
    assert table.evidence("Ann: M2b → P4 → D4", "first").ids == (first.id,)
    assert table.evidence("Ann: M2b → P4 → D4", "second").ids == (second.id,)
    assert "1 of 3 people tell a whole thread." in table.notes


def test_a_thread_across_waves_says_in_which_order(study):
    claim(study, "ann2", "M2b", "P4")
    claim(study, "ann1", "P4", "D4", direction="lowers")
    told = cells(threads(study), "Ann: M2b → P4 → D4")
    assert (told["told"], told["waves"], told["role"]) == ("across waves", "2 → 1", "PW + SU")
    assert not threads(study, scope=Scope(waves=("1",))).rows
    assert not threads(study, scope=Scope(roles=("SU",))).rows


def test_a_thread_in_two_documents_of_a_wave_says_so(study):
    interview(study, "again", [("INT", "And?"), ("R", "She got up so I got up.")], {"R": "Bob"}, "1")
    claim(study, "bob", "M2b", "P4")
    claim(study, "again", "P4", "D1")
    assert cells(threads(study), "Bob: M2b → P4 → D1")["told"] == "in several documents"


def test_two_people_who_claim_an_arrow_each_tell_no_thread_but_make_a_path(study):
    claim(study, "ann1", "M2b", "P4")
    claim(study, "bob", "P4", "D1")
    assert not threads(study).rows
    table = paths(study)
    assert [(row.key, row.group) for row in table.rows] == [
        ("M2b → P4 → D1", "Paths"),
        ("from M2b", "All from a mechanism"),
        ("to D1", "All to an outcome"),
        ("all", "All"),
    ]
    told = cells(table, "M2b → P4 → D1")
    assert (told["first"], told["second"], told["whole"], told["aside"], told["set"]) == (1, 1, 0, 1, "Ann")


def test_no_effect_and_hoped_for_change_make_no_path_unless_asked(study):
    claim(study, "ann1", "M2b", "P4", direction="no effect")
    claim(study, "ann1", "P4", "D1", tense="hoped for")
    assert not paths(study).rows
    assert not threads(study, telling=Telling(tense="any")).rows
    assert len(threads(study, telling=Telling(tense="any", directions=())).rows) == 1


def test_arrows_meet_at_the_code_both_stand_under(study):
    study.codes.add("P3b", "Hope for oneself", parent="P3", kind="process outcome")
    claim(study, "ann1", "M2a", "P3a")
    claim(study, "ann1", "P3b", "D1")
    claim(study, "bob", "P4", "D1")
    assert [row.key for row in threads(study).rows] == ["Ann: M2a → P3 → D1"]
    matrix = change_model(study)
    told = cells(paths(study), "M2a → P3 → D1")
    assert (told["first"], told["second"]) == (matrix.value("M2a", "P3"), matrix.value("P3", "D1")) == (1, 1)


def test_claims_that_skip_or_stay_in_the_middle_are_told(study):
    claim(study, "ann1", "M2b", "D1")
    claim(study, "ann1", "P3", "P4")
    notes = paths(study).notes
    assert "1 claim leads from a mechanism straight to a downstream outcome: no path." in notes
    assert "1 claim leads from one process outcome to another: no part of a path." in notes


def test_words_of_nobody_known_make_no_path(study):
    study.documents.add("letter", "She got up", [])
    claim(study, "letter", "M2b", "P4")
    claim(study, "letter", "P4", "D1")
    assert not paths(study).rows
    assert "2 claims are by nobody known, and no part of a path." in paths(study).notes


# -- robustness ------------------------------------------------------------------------------------------------------


def test_the_fewest_people_are_told_for_each_end_and_for_all(study):
    """M2b → P4 by Ann and Bob, M2a → P4 by Cy, P4 → D1 by Ann and Cy, P4 → D4 by Bob."""
    for document in ("ann1", "bob"):
        claim(study, document, "M2b", "P4")
    claim(study, "cy", "M2a", "P4")
    for document in ("ann1", "cy"):
        claim(study, document, "P4", "D1")
    claim(study, "bob", "P4", "D4", direction="lowers")
    table = paths(study)
    aside = {row.key: (table.value(row.key, "aside"), table.value(row.key, "set")) for row in table.rows}
    assert aside == {
        "M2a → P4 → D1": (1, "Cy"),
        "M2a → P4 → D4": (1, "Bob"),
        "M2b → P4 → D1": (2, "Ann, Bob"),
        "M2b → P4 → D4": (1, "Bob"),
        "from M2": (3, "Ann, Bob, Cy"),
        "from M2a": (1, "Cy"),
        "from M2b": (2, "Ann, Bob"),
        "to D1": (2, "Ann, Cy"),
        "to D4": (1, "Bob"),
        "all": (3, "Ann, Bob, Cy"),
    }
    people = {person.name: person.id for person in study.people.all()}
    assert table.evidence("to D1", "aside").ids == (people["Ann"], people["Cy"])
    assert (table.value("all", "first"), table.value("all", "second"), table.value("all", "whole")) == (3, 3, 3)
    assert len(table.evidence("all", "first").ids) == len(table.evidence("all", "second").ids) == 3


def test_bounds_are_named_as_bounds(study, monkeypatch):
    """Three paths in a ring, Ann to Bob, Bob to Cy, Cy to Ann: two people are enough, and no search finds that out."""
    study.codes.add("P5", "Collaboration", kind="process outcome")
    for document, source, target in (
        ("ann1", "M2a", "P3"), ("bob", "P3", "D1"), ("bob", "M2a", "P4"), ("cy", "P4", "D1"), ("cy", "M2a", "P5"),
        ("ann1", "P5", "D1"),
    ):  # fmt: skip
        claim(study, document, source, target)
    assert paths(study).value("all", "aside") == 2
    monkeypatch.setattr(setting_aside, "LOOKS", 0)
    table = paths(study)
    heads = {column.key: column.text for column in table.columns}
    assert (heads["aside"], heads["at_most"]) == ("Set aside, at least", "Set aside, at most")
    assert (table.value("all", "aside"), table.value("all", "at_most")) == (1, 2)
    assert table.evidence("all", "aside").kind == "none"
    assert len(table.evidence("all", "at_most").ids) == 2
    assert any("bounds" in note for note in table.notes)


claims = st.lists(
    st.tuples(
        st.sampled_from(["ann1", "ann2", "bob", "cy"]),
        st.one_of(
            st.tuples(st.sampled_from(["M2", "M2a", "M2b"]), st.sampled_from(["P3", "P3a", "P4"])),
            st.tuples(st.sampled_from(["P3", "P3a", "P4"]), st.sampled_from(["D1", "D4"])),
        ),
    ),
    min_size=1,
    max_size=8,
    unique=True,
)
SOME = settings(PROPERTY, max_examples=30)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    with new_study(tmp_path_factory.mktemp("template")) as project:
        made(project)
        return project.path


def built(template, folder, found, name="study"):
    path = Path(folder) / f"{name}.qualcode"
    shutil.copyfile(template, path)
    project = qualcode.open(path, "AK")
    with project.action("claims"):
        for document, (source, target) in found:
            claim(project, document, source, target)
    return project


def left(found, aside):
    """Whether a path is left when nobody of `aside` claims anything: arrows meet at an outcome or below it."""
    who = {"ann1": "Ann", "ann2": "Ann", "bob": "Bob", "cy": "Cy"}
    arrows = [ends for document, ends in found if who[document] not in aside]
    outer = {"P3": "P3", "P3a": "P3", "P4": "P4"}
    return any(
        outer[first[1]] == outer[second[0]]
        for first in arrows
        for second in arrows
        if first[0].startswith("M") and second[1].startswith("D")
    )


@given(claims)
@SOME
def test_all_paths_fall_with_the_fewest_people_that_plain_python_finds(template, found):
    with TemporaryDirectory() as folder, closing(built(template, folder, found)) as project:
        table = paths(project)
        told = table.value("all", "aside") if table.rows else 0
    sizes = (size for size in range(4) for aside in combinations(PEOPLE, size) if not left(found, aside))
    assert told == next(sizes)


@given(claims)
@SOME
def test_every_number_of_people_is_that_of_its_evidence(template, found):
    with TemporaryDirectory() as folder, closing(built(template, folder, found)) as project:
        table, told = paths(project), threads(project)
        who = {claim.id: project.documents.get(claim.document).name[:3] for claim in project.claims.find()}
        for row in table.rows:
            for column in ("first", "second", "whole"):
                people = {who[each] for each in table.evidence(row.key, column).ids}
                assert table.value(row.key, column) == len(people)
        tellers = {told.value(row.key, "person") for row in told.rows}
        assert len(tellers) == (table.value("all", "whole") if table.rows else 0)


@given(claims)
@settings(SOME, max_examples=15)
def test_the_order_in_which_claims_came_changes_nothing(template, found):
    with (
        TemporaryDirectory() as folder,
        closing(built(template, folder, found)) as one,
        closing(built(template, folder, found[::-1], "other")) as other,
    ):
        for table in (paths, threads):
            tables = table(one), table(other)
            assert tables[0].frame.equals(tables[1].frame)
            assert tables[0].marks == tables[1].marks
