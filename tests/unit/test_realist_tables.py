"""Claims in their contexts, and moderators and rivals. Numbers by hand."""

import pytest

from qualcode.analysis import Scope, Telling, change_model, cmo, moderators
from tests.studies import codebook, interview, new_study


@pytest.fixture
def study(tmp_path):
    """Ann is a service user, Bob a peer worker, both of A; each gives two answers of the same words."""
    with new_study(tmp_path) as project:
        codebook(project)
        project.codes.add("C", "Sector", kind="context")
        project.codes.add("C1", "Ward", parent="C", kind="context")
        project.codes.add("K", "Role clarity", kind="moderator")
        project.codes.add("RV1", "Medication", parent="RV", kind="rival explanation")
        for name, role in (("Ann", "SU"), ("Bob", "PW")):
            project.people.add(name, "A", {"-": role})
            words = [("INT", "And?"), ("R", "The ward was loud. She got up so I got up."), ("INT", "Then?")]
            interview(project, name, [*words, ("R", "I slept.")], {"R": name})
        yield project


def claim(project, document, source, target, quote="She got up", **how):
    return project.claims.add(document, source, target, quote=quote, **how)


def segment(project, document, code, quote):
    return project.segments.add(document, code, quote=quote)


def cells(table, row, *columns):
    return tuple(table.value(row, column) for column in columns)


# -- context, mechanism, outcome -------------------------------------------------------------------------------------


def test_a_claim_stands_in_the_contexts_of_its_answer(study):
    made = claim(study, "Ann", "M2a", "P3")
    context = segment(study, "Ann", "C1", "The ward was loud")
    segment(study, "Ann", "K", "I slept")
    table = cmo(study)
    assert [(row.key, row.group) for row in table.rows] == [("C1: M2a → P3", "C1 Ward")]
    row = "C1: M2a → P3"
    assert cells(table, row, "people", "role=SU", "role=PW", "cases") == (1, 1, 0, 1)
    assert cells(table, row, "raises", "no effect", "same words", "context") == (1, 0, 0, 1)
    assert table.evidence(row, "people").ids == (made.id,)
    assert table.evidence(row, "context").ids == (context.id,)
    assert table.evidence(row, "same words").kind == "none"


def test_a_context_over_the_claims_own_words_is_told_apart(study):
    claim(study, "Ann", "M2a", "P3")
    claim(study, "Ann", "M2a", "P3", quote="I got up", direction="no effect")
    segment(study, "Ann", "K", "loud. She got")
    table = cmo(study)
    assert cells(table, "K: M2a → P3", "people", "raises", "no effect", "same words") == (1, 1, 1, 1)
    assert table.marks["K: M2a → P3", "people"] == ("contradicted",)


def test_a_parent_context_holds_those_below_it_where_it_was_coded(study):
    claim(study, "Ann", "M2a", "P3")
    claim(study, "Bob", "M2a", "P3")
    segment(study, "Ann", "C1", "The ward was loud")
    segment(study, "Bob", "C", "The ward was loud")
    table = cmo(study)
    assert [row.key for row in table.rows] == ["C: M2a → P3", "C1: M2a → P3"]
    assert [cells(table, row.key, "people", "context") for row in table.rows] == [(2, 2), (1, 1)]
    study.codes.retire(study.codes.get("C1"))
    assert [row.key for row in cmo(study).rows] == ["C: M2a → P3"]


def test_in_an_answer_of_two_only_who_says_both_is_counted(study):
    turns = [("INT", "And?"), ("R", "She got up."), ("B", "The ward was loud. She got up.")]
    interview(study, "joint", turns, {"R": "Ann", "B": "Bob"})
    body = study.documents.body(study.documents.get("joint"))
    study.claims.add("joint", "M2a", "P3", span=(body.index("She"), len(body)))
    segment(study, "joint", "C1", "The ward was loud")
    assert cells(cmo(study), "C1: M2a → P3", "people", "role=SU", "role=PW") == (1, 0, 1)


def test_claims_without_a_context_are_told(study):
    claim(study, "Ann", "M2a", "P3")
    claim(study, "Bob", "M2a", "P3")
    claim(study, "Bob", "P3", "D1")
    segment(study, "Ann", "C1", "The ward was loud")
    assert "1 claim from a mechanism to an outcome has no context in its answer, and is not shown." in cmo(study).notes


def test_filters_compose_as_in_the_change_model(study):
    for person in ("Ann", "Bob"):
        claim(study, person, "M2a", "P3")
        segment(study, person, "C1", "The ward was loud")
    assert cells(cmo(study, scope=Scope(roles=("PW",))), "C1: M2a → P3", "people", "cases") == (1, 1)
    assert cells(cmo(study, telling=Telling(standings=("lived",))), "C1: M2a → P3", "people", "role=PW") == (1, 0)
    assert not cmo(study, telling=Telling(directions=("lowers",))).rows
    assert not cmo(study, scope=Scope(codes=("K",))).rows


def test_words_of_nobody_known_make_a_row_without_people(study):
    interview(study, "strangers", [("INT", "And?"), ("R", "The ward was loud. She got up.")])
    claim(study, "strangers", "M2a", "P3")
    segment(study, "strangers", "C1", "The ward was loud")
    assert cells(cmo(study), "C1: M2a → P3", "people", "raises", "context") == (0, 1, 1)


# -- moderators and rivals -------------------------------------------------------------------------------------------


def test_moderators_are_told_by_role_and_direction(study):
    claim(study, "Ann", "K", "M2a")
    claim(study, "Bob", "K", "M2a", direction="lowers")
    claim(study, "Bob", "C1", "P3", direction="no effect")
    table = moderators(study)
    assert [(row.key, row.group) for row in table.rows] == [("C1 → P3", "Contexts"), ("K → M2a", "Moderators")]
    assert cells(table, "K → M2a", "people", "role=SU", "role=PW", "raises", "lowers", "both") == (2, 1, 1, 1, 1, None)
    assert table.marks["C1 → P3", "people"] == ("all contradicted",)


def test_a_rival_stands_beside_what_else_leads_there(study):
    rival = claim(study, "Ann", "RV1", "P3")
    own = claim(study, "Ann", "M2a", "P3a")
    claim(study, "Bob", "M2a", "P3a")
    claim(study, "Bob", "M2b", "P4")
    table = moderators(study)
    assert [(row.key, row.group, row.depth) for row in table.rows] == [
        ("RV1 → P3", "Rivals for P3 Hope", 0),
        ("P3: M2a → P3a", "Rivals for P3 Hope", 1),
    ]
    assert cells(table, "RV1 → P3", "people", "both") == (1, 1)
    assert cells(table, "P3: M2a → P3a", "people", "both") == (2, 1)
    assert table.evidence("RV1 → P3", "both").ids == (rival.id, own.id)
    assert table.value("P3: M2a → P3a", "people") == change_model(study).value("M2a", "P3a")


def test_a_rival_with_nothing_beside_it_still_stands(study):
    claim(study, "Ann", "RV", "D1")
    assert [row.key for row in moderators(study).rows] == ["RV → D1"]


def test_merged_codes_are_one_row_and_a_retired_childs_is_its_parents(study):
    claim(study, "Ann", "RV1", "D1")
    claim(study, "Bob", "K", "D1")
    study.codes.retire(study.codes.get("RV1"))
    study.codes.merge(study.codes.get("K"), study.codes.get("C1"))
    table = moderators(study)
    assert [row.key for row in table.rows] == ["C1 → D1", "RV → D1"]
