"""The change-model matrix: what counts in a cell, its marks, its evidence, and one arrow told whole."""

from contextlib import closing

import pytest

import qualcode
from qualcode import report
from qualcode.analysis import Scope, Telling, arrow, arrow_list, change_model, change_model_figure
from qualcode.errors import RefusedError
from tests.studies import as_coder, codebook, interview, new_study


@pytest.fixture
def study(tmp_path):
    """A service user, a peer worker, a manager and a nurse, one turn each in one document of their own."""
    with new_study(tmp_path) as project:
        codebook(project)
        for role, words in (
            ("SU", "If she can do it so can I. I am hopeful. I went to A&E less."),
            ("PW", "He saw me cope and he coped. He hopes now."),
            ("MG", "It gives them hope. It keeps people out of A&E."),
            ("ST", "Nothing changed in her. She tried."),
        ):
            name = f"A-{role}1"
            project.people.add(name, "A", {"-": role})
            interview(project, name, [("INT", "What came of it?"), (role, words)], {role: name})
        yield project


def claim(project, document, source, target, quote, **how):
    return project.claims.add(document, source, target, quote=quote, **how)


def test_rows_and_columns_stand_in_tiers_with_children_below_their_parents(study):
    table = change_model(study)
    assert [(row.key, row.group, row.depth) for row in table.rows] == [
        ("M2", "Mechanisms", 0),
        ("M2a", "Mechanisms", 1),
        ("M2b", "Mechanisms", 1),
        ("RV", "Rival explanations", 0),
        ("P3", "Process outcomes", 0),
        ("P3a", "Process outcomes", 1),
        ("P4", "Process outcomes", 0),
    ]
    assert [(column.key, column.group) for column in table.columns] == [
        ("P3", "Process outcomes"),
        ("P3a", "Process outcomes"),
        ("P4", "Process outcomes"),
        ("D1", "Downstream outcomes"),
        ("D4", "Downstream outcomes"),
        ("any", ""),
    ]
    assert {(column.unit, column.of) for column in table.columns} == {("people", 4)}


def test_claims_of_every_direction_count(study):
    claim(study, "A-SU1", "M2a", "P3", "she can do it")
    claim(study, "A-ST1", "M2a", "P3", "Nothing changed", direction="no effect")
    claim(study, "A-PW1", "M2a", "P3", "He hopes now", direction="lowers")
    assert change_model(study).value("M2a", "P3") == 3


def test_any_counts_a_row_over_all_columns_each_person_once(study):
    claim(study, "A-SU1", "M2a", "P3", "she can do it")
    claim(study, "A-SU1", "M2a", "D1", "so can I")
    claim(study, "A-PW1", "M2a", "D1", "he coped")
    table = change_model(study)
    assert table.value("M2a", "any") == table.value("M2", "any") == 2
    assert len(table.evidence("M2a", "any").ids) == 3


def test_hoped_for_change_does_not_count_and_is_told(study):
    claim(study, "A-MG1", "M2a", "P3", "It gives them hope", tense="hoped for")
    table = change_model(study)
    assert table.value("M2a", "P3") == 0
    assert "1 claim is hoped for and does not count." in table.notes
    assert arrow(study, "M2a", "P3").hoped == 1


@pytest.mark.parametrize(
    ("target", "direction", "is_against"),
    [
        ("P3", "raises", False),
        ("P3", "lowers", True),
        ("P3", "no effect", True),
        ("P3", "mixed", False),
        ("D4", "raises", True),
        ("D4", "lowers", False),
        ("D4", "no effect", True),
        ("D4", "mixed", False),
        ("P0", "raises", True),
        ("P0", "lowers", False),
        ("P9", "lowers", False),
        ("P9", "mixed", False),
        ("P9", "no effect", True),
    ],
)
def test_a_claim_against_the_outcomes_valence_contradicts(study, target, direction, is_against):
    study.codes.add("P0", "Worse", kind="process outcome", valence="bad")
    study.codes.add("P9", "Community", kind="process outcome")
    claim(study, "A-SU1", "M2a", target, "she can do it", direction=direction)
    marks, expected = change_model(study).marks, ("all contradicted",) if is_against else ()
    assert marks.get(("M2a", target), ()) == marks.get(("M2", target), ()) == expected


def test_a_passage_that_contradicts_a_claim_marks_its_cell(study):
    first = claim(study, "A-SU1", "M2a", "P3", "she can do it")
    second = claim(study, "A-SU1", "M2b", "P4", "so can I")
    study.claims.add_evidence(first, "A-ST1", "contradicts", quote="Nothing changed")
    study.claims.add_evidence(second, "A-ST1", "qualifies", quote="She tried")
    marks = change_model(study).marks
    assert marks["M2a", "P3"] == ("all contradicted",)
    assert ("M2b", "P4") not in marks


def test_a_cell_says_whether_some_or_all_of_its_claims_contradict(study):
    claim(study, "A-SU1", "M2a", "P3", "she can do it", direction="lowers")
    claim(study, "A-SU1", "M2b", "P3", "so can I")
    table = change_model(study)
    assert [table.marks[row, "P3"] for row in ("M2a", "M2")] == [("all contradicted",), ("contradicted",)]
    assert ("M2b", "P3") not in table.marks
    claim(study, "A-MG1", "M2a", "P3", "It gives them hope", tense="hoped for")  # counts in no cell
    assert change_model(study).marks["M2a", "P3"] == ("all contradicted",)
    legend = report.render(table, width=120)
    assert "− some claims contradict; −− all claims contradict" in legend


def test_evidence_follows_its_claim_whoever_adds_it_until_it_is_given_up(study):
    made = claim(study, "A-SU1", "M2a", "P3", "she can do it")
    with closing(as_coder(study, "KB")) as other:
        added = other.claims.add_evidence(made, "A-ST1", "contradicts", quote="Nothing changed")
        assert change_model(study).marks["M2a", "P3"] == ("all contradicted",)
        assert change_model(study, scope=Scope(roles=("SU",))).marks["M2a", "P3"] == ("all contradicted",)
        other.claims.remove_evidence(added)
    assert ("M2a", "P3") not in change_model(study).marks


def test_evidence_on_a_claim_of_the_consensus_may_lie_where_there_is_no_consensus(study):
    study.coders.add("CC", kind="consensus")
    with closing(as_coder(study, "CC")) as consensus:
        made = claim(consensus, "A-SU1", "M2a", "P3", "she can do it")
        consensus.claims.add_evidence(made, "A-ST1", "contradicts", quote="Nothing changed")
        consensus.coders.finish(consensus.documents.get("A-SU1"))
    assert change_model(study).marks["M2a", "P3"] == ("all contradicted",)


def test_evidence_coded_blind_by_another_is_not_counted(study):
    made = claim(study, "A-SU1", "M2a", "P3", "she can do it")
    study.coders.add("KB")
    with closing(as_coder(study, "KB")) as other:
        other.claims.add_evidence(made, "A-ST1", "contradicts", quote="Nothing changed")
    for coder in ("AK", "KB"):
        study.coders.assign(study.documents.get("A-ST1"), study.coders.get(coder), blind=True)
    assert ("M2a", "P3") not in change_model(study).marks


def test_a_mixed_claim_is_neither_for_nor_against_and_is_told(study):
    claim(study, "A-SU1", "M2a", "P3", "she can do it", direction="mixed")
    table = change_model(study)
    assert ("M2a", "P3") not in table.marks
    assert "1 claim is mixed: it counts, and is neither for nor against." in table.notes
    claim(study, "A-PW1", "M2a", "P3", "He hopes now", direction="lowers")
    assert change_model(study).marks["M2a", "P3"] == ("contradicted",)


def test_hearsay_only_is_marked_until_somebody_saw_or_lived_it(study):
    claim(study, "A-MG1", "M2a", "P3", "It gives them hope")
    assert change_model(study).marks["M2a", "P3"] == ("hearsay",)
    claim(study, "A-PW1", "M2b", "P3", "He hopes now")
    marks = change_model(study).marks
    assert marks["M2a", "P3"] == ("hearsay",)
    assert ("M2", "P3") not in marks


def test_the_coders_word_on_standing_goes_before_the_roles(study):
    claim(study, "A-MG1", "M2a", "P3", "It gives them hope", standing="witnessed")
    claim(study, "A-SU1", "M2a", "D1", "I am hopeful", standing="hearsay")
    marks = change_model(study).marks
    assert ("M2a", "P3") not in marks
    assert marks["M2a", "D1"] == ("hearsay",)


def test_own_experience_only_counts_what_was_lived(study):
    claim(study, "A-SU1", "M2a", "P3", "she can do it")
    claim(study, "A-PW1", "M2a", "P3", "He hopes now")
    claim(study, "A-PW1", "M2a", "P3", "he coped", standing="lived")
    claim(study, "A-MG1", "M2a", "P3", "It gives them hope")
    table = change_model(study, own_only=True)
    assert (change_model(study).value("M2a", "P3"), table.value("M2a", "P3")) == (3, 2)
    assert len(table.evidence("M2a", "P3").ids) == 2
    assert "Filter: own experience only." in table.notes
    with pytest.raises(RefusedError, match="own experience"):
        change_model(study, evidence="said together", own_only=True)


def test_of_several_speakers_the_strongest_standing_counts(study):
    turns = [("MG", "It gives them hope."), ("SU", "It did me.")]
    interview(study, "joint", turns, {"MG": "A-MG1", "SU": "A-SU1"})
    study.claims.add("joint", "M2a", "P3", span=(0, 35))
    assert change_model(study, own_only=True).value("M2a", "P3") == 2
    assert ("M2a", "P3") not in change_model(study).marks


def test_an_expected_arrow_without_a_claim_is_marked_at_its_own_level_and_above(study):
    study.codes.lead_to(study.codes.get("M2b"), ["P4"])
    study.codes.lead_to(study.codes.get("M2"), ["P3"])
    marks = change_model(study).marks
    assert {cell for cell, found in marks.items() if found == ("expected",)} == {
        ("M2b", "P4"),
        ("M2", "P4"),
        ("M2", "P3"),
    }
    claim(study, "A-SU1", "M2a", "P4", "so can I")
    marks = change_model(study).marks
    assert marks["M2b", "P4"] == ("expected",)
    assert ("M2", "P4") not in marks


def test_an_arrow_whose_claims_a_filter_leaves_out_is_not_one_without_a_claim(study):
    study.codes.lead_to(study.codes.get("M2"), ["P3", "P4"])
    claim(study, "A-SU1", "M2a", "P3", "so can I")
    for filtered in ({"scope": Scope(roles=("MG",))}, {"telling": Telling(directions=("lowers",))}):
        table = change_model(study, **filtered)
        assert table.value("M2", "P3") == 0
        assert ("M2", "P3") not in table.marks
        assert table.marks["M2", "P4"] == ("expected",)
        assert "Expected by the codebook, and claimed by nobody: M2 → P4." in arrow_list(study, **filtered).notes
    split = change_model(study, split="role")
    assert ("M2 role=MG", "P3") not in split.marks
    assert {edge.target for edge in change_model_figure(study, scope=Scope(roles=("MG",))).drawing.edges} == {"P4"}


def test_a_code_with_itself_is_blank(study):
    table = change_model(study)
    assert table.value("P3", "P3") is None
    assert table.marks["P3", "P3"] == ("itself",)


def test_a_claim_between_codes_merged_since_leads_nowhere_and_is_told(study):
    claim(study, "A-SU1", "P4", "P3", "I am hopeful")
    study.codes.merge(study.codes.get("P4"), study.codes.get("P3"))
    table = change_model(study)
    assert table.value("P3", "P3") is None
    assert table.value("P3", "any") == 0
    assert any(note.startswith("1 claim leads from a code to itself") for note in table.notes)


def test_a_cell_opens_to_its_claims_in_order_of_place(study):
    late = claim(study, "A-SU1", "M2b", "P3", "I am hopeful")
    early = claim(study, "A-SU1", "M2a", "P3", "she can do it")
    table = change_model(study)
    assert table.evidence("M2", "P3").ids == (late.id, early.id)
    assert [each.words for each in table.quotations("M2", "P3")] == ["she can do it", "I am hopeful"]
    assert table.evidence("RV", "P3").kind == "none"


def test_notes_say_version_filter_and_last_change(study):
    table = change_model(study, scope=Scope(roles=("SU", "PW"), waves=("-",), cases=("A",)))
    assert "Filter: roles SU, PW; waves -; cases A." in table.notes
    assert f"Codebook version {study.codebook_version}." in table.notes
    assert f"Last change in the project: {study.history.last_change()[:16].replace('T', ' ')} UTC." in table.notes


def test_every_surface_prints_it(study, tmp_path):
    claim(study, "A-SU1", "M2a", "P3", "she can do it", direction="no effect")
    table = change_model(study)
    assert "1−" in report.render(table, 100)
    report.write(table, tmp_path / "matrix.json")
    assert report.render(table, 100) == report.render(change_model(study), 100)


# -- said together ---------------------------------------------------------------------------------------------------


def segment(project, document, code, quote):
    return project.segments.add(document, code, quote=quote)


def test_codes_over_the_same_words_are_said_together_and_no_arrow(study):
    both = segment(study, "A-SU1", "M2a", "If she can do it"), segment(study, "A-SU1", "P3", "do it so can I")
    segment(study, "A-SU1", "P4", "I am hopeful")
    table = change_model(study, evidence="said together")
    assert table.value("M2a", "P3") == table.value("M2", "P3") == 1
    assert table.value("M2", "P4") == 0
    assert table.evidence("M2a", "P3").ids == tuple(each.id for each in both)
    assert table.evidence("M2a", "P3").kind == "segment"
    assert table.title.startswith("Said together")
    assert change_model(study).value("M2", "P3") == 0


def test_codes_that_only_touch_are_not_said_together(study):
    segment(study, "A-SU1", "M2a", "If she can do it ")
    segment(study, "A-SU1", "P3", "so can I")
    assert change_model(study, evidence="said together").value("M2a", "P3") == 0


def test_only_the_speaker_of_the_shared_words_says_both(study):
    interview(study, "joint", [("SU", "She showed me."), ("PW", "I did.")], {"SU": "A-SU1", "PW": "A-PW1"})
    study.segments.add("joint", "M2b", span=(0, 30))
    segment(study, "joint", "P4", "I did")
    assert change_model(study, evidence="said together").value("M2b", "P4") == 1
    segment(study, "joint", "D1", "She showed me")
    for role, found in (("SU", (0, 1)), ("PW", (1, 0))):
        table = change_model(study, evidence="said together", scope=Scope(roles=(role,)))
        assert (table.value("M2b", "P4"), table.value("M2b", "D1")) == found


def test_expectation_and_contradiction_are_not_marked_on_what_is_said_together(study):
    study.codes.lead_to(study.codes.get("M2"), ["P3"])
    marks = change_model(study, evidence="said together").marks
    assert set(marks.values()) == {("itself",)}


def test_two_outcomes_said_together_stand_in_both_their_cells(study):
    segment(study, "A-SU1", "P3", "I am hopeful")
    segment(study, "A-SU1", "P4", "I am hopeful")
    table = change_model(study, evidence="said together")
    assert (table.value("P3", "P4"), table.value("P4", "P3"), table.value("P3", "P3")) == (1, 1, None)


# -- one arrow -------------------------------------------------------------------------------------------------------


def test_an_arrow_tells_roles_standing_directions_and_sites(study):
    study.people.add("B-SU1", "B", {"-": "SU"})
    interview(study, "B-SU1", [("SU", "Fine.")], {"SU": "B-SU1"})
    claims = [
        claim(study, "A-SU1", "M2a", "P3", "she can do it"),
        claim(study, "A-SU1", "M2a", "P3", "I am hopeful"),
        claim(study, "A-PW1", "M2b", "P3", "He hopes now"),
        claim(study, "A-MG1", "M2", "P3", "It gives them hope", direction="no effect"),
    ]
    told = arrow(study, "M2", "P3")
    assert told.people == (3, 5)
    assert told.roles == (("PW", 1, 1), ("SU", 1, 2), ("ST", 0, 1), ("MG", 1, 1))
    assert told.cases == (1, 2)
    assert told.standings == (("lived", 1), ("witnessed", 1), ("hearsay", 1))
    assert told.directions == (("raises", 3), ("lowers", 0), ("no effect", 1), ("mixed", 0))
    assert told.evidence.ids == tuple(each.id for each in claims)
    assert arrow(study, "M2", "P3", own_only=True).people == (1, 5)


def test_a_person_in_two_roles_stands_in_both_and_once_among_the_people(study):
    study.people.add("N", "A", {"1": "SU", "2": "PW"})
    for wave in ("1", "2"):
        interview(study, f"N{wave}", [("N", "It helped.")], {"N": "N"}, wave)
        claim(study, f"N{wave}", "M2a", "P3", "It helped")
    told = arrow(study, "M2a", "P3")
    assert told.people == (1, 5)
    assert told.roles[:2] == (("PW", 1, 2), ("SU", 1, 2))
    assert told.standings == (("lived", 1), ("witnessed", 0), ("hearsay", 0))


def test_a_claim_from_a_code_that_is_no_row_is_told(tmp_path):
    with qualcode.new(tmp_path / "study.qualcode", "AK") as study:
        study.codes.add("C1", "Sector", kind="moderator")
        study.codes.add("P3", "Hope", kind="process outcome")
        study.documents.add("D", "The ward was loud, so I lost hope.", [])
        study.claims.add("D", "C1", "P3", quote="The ward was loud, so I lost hope", direction="lowers")
        notes = change_model(study).notes
    assert "1 claim stands in no cell (not shown as a row: C1)." in notes


def test_a_codebook_of_downstream_outcomes_alone_has_columns_and_no_rows(tmp_path):
    with new_study(tmp_path) as project:
        for short in ("D1", "D2"):
            project.codes.add(short, "Later", kind="downstream outcome")
        table = change_model(project)
        assert (table.rows, [column.key for column in table.columns]) == ((), ["D1", "D2", "any"])
