"""The change model by role and for two groups, by how claims are told, and codes both mentioned. Counts by hand."""

import csv
import json
from itertools import product

import pytest

from qualcode import report
from qualcode.analysis import Scope, Telling, change_model
from qualcode.errors import NotFoundError, RefusedError
from tests.studies import codebook, interview, new_study


@pytest.fixture
def study(tmp_path):
    """Ann is a service user at wave 1 and a peer worker at wave 2; Bob a service user of case B; Cy has no role."""
    with new_study(tmp_path) as project:
        codebook(project)
        project.people.add("Ann", "A", {"1": "SU", "2": "PW"})
        project.people.add("Bob", "B", {"-": "SU"})
        project.people.add("Cy", None, {})
        for name, person, wave in (("a1", "Ann", "1"), ("a2", "Ann", "2"), ("b", "Bob", "1"), ("c", "Cy", "1")):
            interview(
                project,
                name,
                [("INT", "And?"), ("R", "She got up so I got up."), ("INT", "Then?"), ("R", "I went out.")],
                {"R": person},
                wave,
            )
        yield project


def claim(project, document, source, target, quote="She got up", **how):
    return project.claims.add(document, source, target, quote=quote, **how)


def segment(project, document, code, quote):
    return project.segments.add(document, code, quote=quote)


# -- split -----------------------------------------------------------------------------------------------------------


def test_each_role_has_its_row_below_a_code_with_its_own_n(study):
    for document in ("a1", "a2", "b", "c"):
        claim(study, document, "M2a", "P3")
    table = change_model(study, split="role")
    assert [(row.key, row.text, row.of, row.depth) for row in table.rows][4:9] == [
        ("M2a", "M2a Living proof", None, 1),
        ("M2a role=PW", "PW", 1, 2),
        ("M2a role=SU", "SU", 2, 2),
        ("M2a role=", "no role", 1, 2),
        ("M2b", "M2b Showing how", None, 1),
    ]
    rows = ("M2a", "M2a role=PW", "M2a role=SU", "M2a role=")
    assert [table.value(row, "P3") for row in rows] == [3, 1, 2, 1]
    assert [len(table.evidence(row, "P3").ids) for row in rows] == [4, 1, 2, 1]
    assert (table.columns[0].of, table.value("RV", "P3")) == (3, 0)
    assert "RV role=SU" not in table.frame.index


def test_a_roles_row_is_the_table_of_that_role(study):
    claim(study, "a1", "M2a", "P3")
    claim(study, "a2", "M2a", "P3", direction="no effect")
    claim(study, "b", "M2b", "D4", standing="hearsay", direction="lowers")
    study.codes.lead_to(study.codes.get("M2"), ["P4"])
    whole = change_model(study, split="role")
    for role in ("PW", "SU"):
        alone = change_model(study, scope=Scope(roles=(role,)))
        for row, column in product(("M2", "M2a", "M2b"), alone.frame.columns):
            split = f"{row} role={role}", column
            assert whole.value(*split) == alone.value(row, column)
            assert whole.evidence(*split) == alone.evidence(row, column)
            assert whole.marks.get(split) == alone.marks.get((row, column))
    assert whole.marks["M2a role=PW", "P3"] == ("all contradicted",)
    assert ("M2a role=SU", "P3") not in whole.marks
    assert whole.marks["M2b role=SU", "D4"] == ("hearsay",)
    assert whole.marks["M2 role=SU", "P4"] == ("expected",)


def test_a_split_by_case_wave_or_attribute_says_who_is_in_none(study):
    for document in ("a1", "a2", "b", "c"):
        claim(study, document, "M2a", "P3")
    by_case = change_model(study, split="case")
    assert [by_case.value(f"M2a case={case}", "P3") for case in "AB"] == [1, 1]
    assert "1 person is in none of them." in by_case.notes
    by_wave = change_model(study, split="wave")
    assert [by_wave.value(f"M2a wave={wave}", "P3") for wave in "12"] == [3, 1]
    assert "M2a wave=-" not in by_wave.frame.index
    with pytest.raises(NotFoundError, match="sector"):
        change_model(study, split="sector")


def test_where_a_column_applies_to_some_its_n_by_group_is_noted(study):
    study.codes.change(study.codes.get("P4"), applies_to=("SU",))
    claim(study, "a1", "M2a", "P4")
    notes = change_model(study, split="role").notes
    assert "Columns that apply to some only, of: P4: PW 0, SU 2, no role 0." in notes


# -- two groups ------------------------------------------------------------------------------------------------------


def test_two_groups_may_differ_in_anything_and_have_their_own_n(study):
    study.attributes.set("person", study.people.get("Bob").id, [("age", "30-39")])
    for document in ("a1", "b"):
        claim(study, document, "M2a", "P3")
    table = change_model(study, compare=(("case", "A"), ("age", "30-39")))
    rows = [row for row in table.rows if row.key.startswith("M2a")]
    assert [(row.text, row.of) for row in rows] == [("M2a Living proof", None), ("A", 1), ("age 30-39", 1)]
    assert [table.value(row.key, "P3") for row in rows] == [2, 1, 1]


def test_groups_stay_within_the_filter(study):
    for document in ("a1", "a2", "b"):
        claim(study, document, "M2a", "P3")
    pairs = (("role", "SU"), ("role", "PW"))
    table = change_model(study, scope=Scope(waves=("2",)), compare=pairs)
    assert [table.value(f"M2a role={role}", "P3") for role in ("SU", "PW")] == [0, 1]
    with pytest.raises(RefusedError, match="left out by the filter"):
        change_model(study, scope=Scope(roles=("SU",)), compare=pairs)


@pytest.mark.parametrize("pairs", [(("role", "SU"),), (("role", "SU"), ("role", "SU")), (("role", "SU"),) * 3])
def test_a_comparison_is_of_two_groups(study, pairs):
    with pytest.raises(RefusedError, match="two different groups"):
        change_model(study, compare=pairs)


def test_a_group_that_is_not_there_is_refused(study):
    for pair in (("role", "XX"), ("wave", "9"), ("case", "Z"), ("sector", "NHS")):
        with pytest.raises(NotFoundError):
            change_model(study, compare=(("role", "SU"), pair))
    with pytest.raises(RefusedError, match="not both"):
        change_model(study, split="role", compare=(("role", "SU"), ("role", "PW")))


# -- how claims are told ---------------------------------------------------------------------------------------------


def test_direction_standing_and_tense_choose_claims_and_are_said(study):
    raised = claim(study, "a1", "M2a", "P3", standing="witnessed")
    lowered = claim(study, "b", "M2a", "P3", direction="lowers")
    hoped = claim(study, "c", "M2a", "P3", tense="hoped for")

    def found(**how):
        return change_model(study, **how).evidence("M2a", "P3").ids

    assert found(telling=Telling(directions=("raises",))) == (raised.id,)
    assert found(telling=Telling(directions=("raises", "lowers"))) == (raised.id, lowered.id)
    assert found(telling=Telling(standings=("witnessed",))) == (raised.id,)
    assert found(telling=Telling(standings=("lived",))) == found(own_only=True) == (lowered.id,)
    assert found(telling=Telling(tense="hoped for")) == (hoped.id,)
    assert found(telling=Telling(tense="any", directions=("raises",))) == (raised.id, hoped.id)
    assert (
        "Filter: direction lowers; own experience only."
        in change_model(study, telling=Telling(directions=("lowers",)), own_only=True).notes
    )
    notes = change_model(study, telling=Telling(tense="any")).notes
    assert not any("hoped" in note for note in notes if "Filter" not in note)


def test_words_that_the_field_does_not_have_are_refused(study):
    for how in ({"directions": ("up",)}, {"standings": ("seen",)}, {"tense": "now"}):
        with pytest.raises(RefusedError, match="cannot be"):
            Telling(**how)
    with pytest.raises(RefusedError, match="cannot be"):
        change_model(study, evidence="overlap")
    with pytest.raises(RefusedError, match="both be asked"):
        change_model(study, own_only=True, telling=Telling(standings=("hearsay",)))


# -- both mentioned --------------------------------------------------------------------------------------------------


def test_both_mentioned_stands_beside_what_chance_would_give(study):
    """Four documents; M2a in three, P3 in two, both in one: chance gives 3 x 2 / 4 = 1.5."""
    both = segment(study, "a1", "M2a", "She got up"), segment(study, "a1", "P3", "went out")
    segment(study, "a2", "M2a", "She got up")
    segment(study, "b", "M2a", "She got up")
    segment(study, "c", "P3", "went out")
    table = change_model(study, evidence="mentioned in document")
    assert (table.value("M2a", "P3"), table.chance["M2a", "P3"]) == (1, 1.5)
    assert table.evidence("M2a", "P3").ids == tuple(each.id for each in both)
    assert {column.unit for column in table.columns} == {"sources"}
    assert table.title.startswith("Both mentioned")
    assert "1 (1.5)" in report.render(table, 100)
    by_person = change_model(study, evidence="mentioned by person")
    assert (by_person.value("M2a", "P3"), by_person.chance["M2a", "P3"]) == (1, 2 * 2 / 3)
    by_case = change_model(study, evidence="mentioned in case")
    assert (by_case.value("M2a", "P3"), by_case.chance["M2a", "P3"]) == (1, 2 * 1 / 2)


def test_mentions_across_a_persons_documents_are_the_persons_and_not_a_documents(study):
    segment(study, "a1", "M2a", "She got up")
    segment(study, "a2", "P3", "went out")
    assert change_model(study, evidence="mentioned by person").value("M2a", "P3") == 1
    assert change_model(study, evidence="mentioned in document").value("M2a", "P3") == 0


def test_none_found_where_chance_gives_some_is_printed_as_nought(study):
    segment(study, "a1", "M2a", "She got up")
    segment(study, "b", "P3", "went out")
    table = change_model(study, evidence="mentioned in document")
    assert (table.value("M2a", "P3"), table.chance["M2a", "P3"]) == (0, 0.5)
    assert "0 (0.5)" in report.render(table, 100)


def test_documents_that_nobody_coded_are_not_in_n(study):
    segment(study, "a1", "M2a", "She got up")
    segment(study, "a1", "P3", "went out")
    table = change_model(study, evidence="mentioned in document")
    assert (table.chance["M2a", "P3"], table.columns[0].of) == (1.0, 1)
    assert "3 of the sources are not coded yet, and not in N." in table.notes


def test_n_and_both_counts_are_of_those_both_codes_apply_to(study):
    study.codes.change(study.codes.get("P3"), applies_to=("SU",))
    for document in ("a1", "a2", "b", "c"):
        segment(study, document, "M2a", "She got up")
    segment(study, "a1", "P3", "went out")
    segment(study, "c", "P3", "went out")
    table = change_model(study, evidence="mentioned by person")
    assert (table.value("M2a", "P3"), table.chance["M2a", "P3"]) == (1, 2 * 1 / 2)


def test_a_code_and_one_below_it_have_no_chance_and_need_two_different_codes(study):
    segment(study, "a1", "P3a", "She got up")
    table = change_model(study, evidence="mentioned in document")
    assert (table.value("P3", "P3a"), table.value("P3a", "P3a")) == (0, None)
    assert ("P3", "P3a") not in table.chance
    segment(study, "a1", "P3", "went out")
    table = change_model(study, evidence="mentioned in document")
    assert (table.value("P3", "P3a"), table.value("P3", "P3"), table.value("P3a", "P3a")) == (1, 1, None)


def test_the_unit_of_mentions_is_what_they_are_mentioned_in(study):
    with pytest.raises(RefusedError, match="counted in sources"):
        change_model(study, evidence="mentioned in document", unit="people")


def test_data_files_keep_both_numbers_raw(study, tmp_path):
    segment(study, "a1", "M2a", "She got up")
    segment(study, "b", "P3", "went out")
    table = change_model(study, evidence="mentioned in document")
    report.write(table, tmp_path / "m.csv")
    with (tmp_path / "m.csv").open(encoding="utf-8-sig", newline="") as file:
        line = next(line for line in csv.DictReader(file) if line["row"] == "M2a")
    assert (line["P3"], line["P3 by chance"]) == ("0", "0.5")
    cells = json.loads((tmp_path / "m.csv.json").read_text())["cells"]
    assert next(cell["chance"] for cell in cells if (cell["row"], cell["column"]) == ("M2a", "P3")) == 0.5


# -- same answer -----------------------------------------------------------------------------------------------------


def test_codes_in_one_answer_are_told_and_those_in_two_are_not(study):
    both = segment(study, "a1", "M2a", "She got up"), segment(study, "a1", "P3", "I got up")
    segment(study, "a1", "P4", "went out")
    table = change_model(study, evidence="same answer")
    assert (table.value("M2a", "P3"), table.value("M2a", "P4")) == (1, 0)
    assert table.evidence("M2a", "P3").ids == tuple(each.id for each in both)
    assert not table.chance
    assert table.corner == "said with"


def test_in_an_answer_of_two_speakers_each_has_what_they_say(study):
    turns = [("INT", "And?"), ("R", "She showed me."), ("C", "And I went out.")]
    interview(study, "joint", turns, {"R": "Ann", "C": "Bob"}, "1")
    segment(study, "joint", "M2b", "She showed me")
    segment(study, "joint", "P4", "I went out")
    assert change_model(study, evidence="same answer").value("M2b", "P4") == 0
    segment(study, "joint", "P3", "showed me")
    assert change_model(study, evidence="same answer").value("M2b", "P3") == 1


def test_references_of_the_same_answer_are_answers(study):
    for document in ("a1", "a2"):
        segment(study, document, "M2a", "She got up")
        segment(study, document, "P3", "I got up")
        segment(study, document, "P3", "got up so")
    table = {unit: change_model(study, evidence="same answer", unit=unit).value("M2a", "P3")
             for unit in ("people", "sources", "cases", "references")}  # fmt: skip
    assert table == {"people": 1, "sources": 2, "cases": 1, "references": 2}


def test_words_of_nobody_known_count_as_sources_of_their_answer(study):
    interview(study, "strangers", [("INT", "And?"), ("R", "She got up so I got up.")])
    segment(study, "strangers", "M2a", "She got up")
    segment(study, "strangers", "P3", "I got up")
    assert change_model(study, evidence="same answer", unit="sources").value("M2a", "P3") == 1
    assert change_model(study, evidence="mentioned in document").value("M2a", "P3") == 1
    assert change_model(study, evidence="same answer").value("M2a", "P3") == 0
    by_role = change_model(study, evidence="same answer", unit="sources", split="role")
    assert by_role.value("M2a role=SU", "P3") == 0


def test_what_stands_in_no_answer_is_told(study):
    study.documents.add("letter", "She got up so I got up.", [])
    segment(study, "letter", "M2a", "She got up")
    table = change_model(study, evidence="same answer", unit="sources")
    assert "1 passage stands in no answer, and does not count." in table.notes
