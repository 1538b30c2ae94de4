"""Claims one by one, and the arrows they make as a long table: numbers by hand, quotes only where pinned."""

from contextlib import closing

import pytest

from qualcode import report
from qualcode.analysis import Scope, Telling, arrow, arrow_list, change_model, claim_list
from tests.studies import as_coder, codebook, interview, new_study

WORDS = "If she can do it so can I. I am hopeful. I went to A&E less. Nothing changed."


@pytest.fixture
def study(tmp_path):
    """Ann is a service user at wave 1 and a peer worker at wave 2, both at A; Bob a manager at B."""
    with new_study(tmp_path) as project:
        codebook(project)
        project.people.add("Ann", "A", {"1": "SU", "2": "PW"})
        project.people.add("Bob", "B", {"-": "MG"})
        for name, person, wave in (("a1", "Ann", "1"), ("a2", "Ann", "2"), ("b", "Bob", "1")):
            interview(project, name, [("INT", "What came of it?"), ("R", WORDS)], {"R": person}, wave)
        yield project


def claim(project, document, source, target, quote="she can do it", **how):
    return project.claims.add(document, source, target, quote=quote, **how)


def row(table, key):
    return {column.key: table.value(key, column.key) for column in table.columns}


# -- claims ----------------------------------------------------------------------------------------------------------


def test_a_claim_is_told_whole_with_its_roles_defaults(study):
    made = claim(study, "a2", "M2a", "P3", inferred=True, prompted=True)
    table = claim_list(study)
    told = row(table, str(made.id))
    assert {key: told[key] for key in list(told)[:3]} == {"from": "M2a", "to": "P3", "direction": "raises"}
    assert (told["person"], told["role"], told["case"], told["wave"]) == ("Ann", "PW", "A", "2")
    assert (told["standing"], told["whose"], told["tense"]) == ("witnessed", "supported person", "happened")
    assert (told["stated"], told["prompted"], told["words"]) == ("inferred", "prompted", "she can do it")
    assert told["citation"] == "[A, PW, 2, Ann, line 2]"
    assert table.evidence(str(made.id), "words").ids == (made.id,)


def test_the_coders_word_goes_before_the_roles(study):
    made = claim(study, "b", "M2a", "P3", standing="lived", whose="team", tense="hoped for")
    told = row(claim_list(study), str(made.id))
    assert (told["standing"], told["whose"], told["tense"]) == ("lived", "team", "hoped for")


def test_passages_for_and_against_are_counted_and_opened(study):
    made = claim(study, "a1", "M2a", "P3")
    other = claim(study, "a1", "M2b", "P3", quote="I am hopeful")
    for stance, document, quote in (
        ("supports", "a1", "I am hopeful"),
        ("contradicts", "b", "Nothing changed"),
        ("contradicts", "a2", "Nothing changed"),
    ):
        study.claims.add_evidence(made, document, stance, quote=quote)
    with closing(as_coder(study, "KB")) as another:
        another.claims.add_evidence(made, "b", "qualifies", quote="she can do it")
        another.claims.add_evidence(made, "b", "contradicts", quote="Nothing changed")  # as the other has: once
    table = claim_list(study)
    key = str(made.id)
    assert [table.value(key, stance) for stance in ("supports", "qualifies", "contradicts")] == [1, 1, 2]
    assert table.evidence(key, "contradicts").kind == "claim evidence"
    opened = table.quotations(key, "contradicts")
    assert [(each.document, each.label, each.words) for each in opened] == [
        ("a2", "contradicts", "Nothing changed"),
        ("b", "contradicts", "Nothing changed"),
    ]
    assert table.evidence(str(other.id), "qualifies").kind == "none"
    assert table.marks == {(key, "direction"): ("contradicted",)}
    assert table.value(str(other.id), "supports") == 0


def test_claims_stand_in_order_of_document_and_place(study):
    later = claim(study, "a2", "M2a", "P3")
    last = claim(study, "a1", "M2b", "P3", quote="I am hopeful")
    first = claim(study, "a1", "M2a", "P3")
    assert [each.key for each in claim_list(study).rows] == [str(each.id) for each in (first, last, later)]


def test_claims_are_chosen_by_scope_code_and_telling(study):
    raised = claim(study, "a1", "M2a", "P3")
    lowered = claim(study, "b", "P3", "D1", direction="lowers", tense="hoped for")

    def found(**how):
        return [each.key for each in claim_list(study, **how).rows]

    assert found() == [str(raised.id), str(lowered.id)]
    assert found(scope=Scope(roles=("MG",))) == found(telling=Telling(directions=("lowers",))) == [str(lowered.id)]
    assert found(telling=Telling(standings=("lived",))) == found(telling=Telling(tense="happened")) == [str(raised.id)]
    assert found(scope=Scope(codes=("M2",))) == [str(raised.id)]
    assert found(scope=Scope(codes=("P3",))) == [str(raised.id), str(lowered.id)]


def test_merged_and_retired_codes_are_named_as_they_stand(study):
    made = claim(study, "a1", "M2b", "P4")
    study.codes.merge(study.codes.get("M2b"), study.codes.get("M2a"))
    study.codes.retire(study.codes.get("P4"))
    told = row(claim_list(study), str(made.id))
    assert (told["from"], told["to"]) == ("M2a", "P4")


def test_a_claim_of_a_document_without_people_has_a_case_and_nobody(study):
    study.documents.add("letter", WORDS, [])
    study.documents.place(study.documents.get("letter"), case=study.cases.get("B").id)
    made = claim(study, "letter", "M2a", "P3")
    told = row(claim_list(study), str(made.id))
    assert (told["person"], told["role"], told["case"], told["standing"], told["whose"]) == ("", "", "B", "", "")


def test_claims_coded_blind_by_others_are_not_listed(study):
    study.coders.add("KB")
    with closing(as_coder(study, "KB")) as other:
        claim(study, "a1", "M2a", "P3")
        for coder in ("AK", "KB"):
            study.coders.assign(study.documents.get("a1"), study.coders.get(coder), blind=True)
        assert not claim_list(other).rows
        assert not arrow_list(other).rows
    assert len(claim_list(study).rows) == 1


# -- arrows ----------------------------------------------------------------------------------------------------------


def test_an_arrow_counts_people_by_role_sites_and_claims_by_direction(study):
    ids = [
        claim(study, "a1", "M2a", "P3").id,
        claim(study, "a2", "M2a", "P3", direction="no effect").id,
        claim(study, "b", "M2a", "P3").id,
        claim(study, "b", "M2a", "P3", quote="hopeful", tense="hoped for").id,
    ]
    table = arrow_list(study)
    [only] = [each.key for each in table.rows]
    assert only == "M2a → P3"
    told = row(table, only)
    assert (told["people"], told["role=SU"], told["role=PW"], told["role=MG"], told["cases"]) == (2, 1, 1, 1, 2)
    assert (told["raises"], told["lowers"], told["no effect"], told["contradicting"]) == (2, 0, 1, 1)
    assert table.evidence(only, "people").ids == tuple(ids[:3])
    assert table.evidence(only, "role=PW").ids == table.evidence(only, "contradicting").ids == (ids[1],)
    assert table.evidence(only, "raises").ids == (ids[0], ids[2])
    assert table.marks[only, "people"] == ("contradicted",)
    heads = {head.key: head for head in table.columns}
    assert [heads[key].of for key in ("people", "role=SU", "role=PW", "role=MG", "cases")] == [2, 1, 1, 1, 2]
    assert "role=ST" not in heads


def test_its_numbers_are_the_change_models_and_one_arrows(study):
    claim(study, "a1", "M2", "P3")
    claim(study, "b", "M2a", "P3a")
    table, matrix = arrow_list(study), change_model(study)
    assert [each.key for each in table.rows] == ["M2 → P3", "M2a → P3a"]
    for key in ("M2 → P3", "M2a → P3a"):
        source, target = key.split(" → ")
        assert table.value(key, "people") == matrix.value(source, target) == arrow(study, source, target).people[0]
        assert table.evidence(key, "people") == matrix.evidence(source, target)
        assert table.marks.get((key, "people")) == matrix.marks.get((source, target))
    assert table.marks["M2a → P3a", "people"] == ("hearsay",)


def test_claims_of_a_retired_code_stand_at_the_one_above(study):
    claim(study, "a1", "M2a", "P3a")
    study.codes.retire(study.codes.get("M2a"))
    study.codes.retire(study.codes.get("P3a"))
    assert [each.key for each in arrow_list(study).rows] == ["M2 → P3"]


def test_a_quote_is_the_analysts_or_none(study):
    claim(study, "a1", "M2a", "P3", quote="she can do it")
    claim(study, "a2", "M2a", "P3", quote="Nothing changed", direction="no effect")
    study.segments.add("a1", "M2a", quote="she can do it so")
    table = arrow_list(study)
    assert table.value("M2a → P3", "quote") == "none chosen"
    assert table.value("M2a → P3", "counter") == "none chosen (1 against)"
    pinned = study.segments.add("a1", "M2a", quote="If she can do it so can I", exemplar=True)
    elsewhere = study.segments.add("a1", "M2a", quote="I went to A&E less", exemplar=True)
    study.segments.add("a1", "P4", quote="she can do it", exemplar=True)
    counter = study.segments.add("a2", "P3", quote="Nothing changed", exemplar=True)
    table = arrow_list(study)
    assert table.value("M2a → P3", "quote") == "“If she can do it so can I” [A, SU, 1, Ann, line 2]"
    assert table.evidence("M2a → P3", "quote").ids == (pinned.id,)
    assert table.value("M2a → P3", "counter") == "“Nothing changed” [A, PW, 2, Ann, line 3]"
    assert table.evidence("M2a → P3", "counter").ids == (counter.id,)
    assert elsewhere.id not in table.evidence("M2a → P3", "quote").ids


def test_a_counter_quote_may_be_of_a_passage_that_contradicts(study):
    made = claim(study, "a1", "M2a", "P3")
    study.claims.add_evidence(made, "b", "contradicts", quote="Nothing changed")
    assert arrow_list(study).value("M2a → P3", "counter") == "none chosen (1 against)"
    study.segments.add("b", "M2a", quote="Nothing changed", exemplar=True)
    assert arrow_list(study).value("M2a → P3", "counter") == "“Nothing changed” [B, MG, 1, Bob, line 3]"


def test_an_arrow_nobody_speaks_against_wants_no_counter_quote(study):
    claim(study, "a1", "M2a", "P3")
    assert arrow_list(study).value("M2a → P3", "counter") == ""


def test_what_is_expected_and_claimed_by_nobody_is_noted(study):
    study.codes.lead_to(study.codes.get("M2"), ["P3", "P4"])
    claim(study, "a1", "M2a", "P3")
    assert "Expected by the codebook, and claimed by nobody: M2 → P4." in arrow_list(study).notes


def test_both_lists_are_printed_everywhere(study, tmp_path):
    claim(study, "a1", "M2a", "P3")
    for made in (claim_list(study), arrow_list(study)):
        for ending in report.SUFFIXES:
            report.write(made, tmp_path / f"{made.name}{ending}")
        assert max(map(len, report.render(made, 80).splitlines())) <= 80
