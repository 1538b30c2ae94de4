"""What is counted: four units, parents as unions, whose words, whose coding, of how many. Counts done by hand."""

from contextlib import closing

import numpy as np
import pytest

from qualcode.analysis import Scope, change_model
from qualcode.analysis.code_tree import CodeTree
from qualcode.analysis.counting import Corpus
from qualcode.errors import NotFoundError
from qualcode.model import Turn
from tests.studies import as_coder, codebook, interview, new_study

UNITS = ("people", "sources", "cases", "references")


@pytest.fixture
def study(tmp_path):
    with new_study(tmp_path) as project:
        codebook(project)
        for name, case, role in (("A1", "A", "SU"), ("A2", "A", "PW"), ("B1", "B", "SU"), ("B2", "B", "MG")):
            project.people.add(name, case, {"-": role})
        yield project


def counted(project, row, column, evidence="claims", **options):
    """The cell in all four units."""
    tables = [change_model(project, evidence=evidence, unit=unit, **options) for unit in UNITS]
    return dict(zip(UNITS, (table.value(row, column) for table in tables), strict=True))


def dyad(project):
    turns = [("INT", "Who began it?"), ("Ruth", "I did, she showed me."), ("Callum", "We did, she showed us.")]
    return interview(project, "dyad", turns, {"Ruth": "A1", "Callum": "A2"})


def test_a_passage_over_two_speakers_is_one_source_and_two_people(study):
    dyad(study)
    study.claims.add("dyad", "M2b", "P4", answers=(1, 1))
    assert counted(study, "M2b", "P4") == {"people": 2, "sources": 1, "cases": 1, "references": 1}


def test_each_speaker_of_a_dyad_counts_only_for_their_own_words(study):
    dyad(study)
    study.claims.add("dyad", "M2b", "P4", quote="she showed me")
    assert counted(study, "M2b", "P4")["people"] == 1
    assert change_model(study, scope=Scope(roles=("PW",))).value("M2b", "P4") == 0
    assert change_model(study, scope=Scope(roles=("SU",))).value("M2b", "P4") == 1


def test_the_interviewers_words_are_nobodys(study):
    dyad(study)
    study.claims.add("dyad", "M2b", "P4", quote="Who began it?")
    assert counted(study, "M2b", "P4") == {"people": 0, "sources": 1, "cases": 0, "references": 1}
    table = change_model(study)
    assert table.evidence("M2b", "P4").ids == ()
    assert (
        "1 claim counts for no person, but is in sources and references: no participant is known to speak in it."
    ) in table.notes


def test_a_passage_from_question_to_answer_is_the_participants(study):
    document = dyad(study)
    study.claims.add("dyad", "M2b", "P4", span=(0, study.documents.body(document).index(", she")))
    assert counted(study, "M2b", "P4")["people"] == 1


def test_the_same_words_at_two_children_count_once_at_the_parent(study):
    interview(study, "one", [("A", "If she can do it like that.")], {"A": "A1"})
    study.claims.add("one", "M2a", "P3", quote="If she can do it")
    study.claims.add("one", "M2b", "P3", quote="do it like that")
    assert counted(study, "M2", "P3") == {"people": 1, "sources": 1, "cases": 1, "references": 1}
    assert counted(study, "M2a", "P3")["references"] == counted(study, "M2b", "P3")["references"] == 1
    assert len(change_model(study).evidence("M2", "P3").ids) == 2


def test_passages_that_touch_are_one_reference_and_those_apart_are_two(study):
    interview(study, "one", [("A", "abcdef ghi")], {"A": "A1"})
    for span in ((3, 6), (6, 9), (10, 12)):
        study.claims.add("one", "M2a", "P3", span=span)
    assert counted(study, "M2a", "P3")["references"] == 2


def test_passages_of_two_documents_never_touch(study):
    first = interview(study, "one", [("A", "end")], {"A": "A1"})
    interview(study, "two", [("B", "begin")], {"B": "B1"})
    study.claims.add("one", "M2a", "P3", span=(3, first.length))
    study.claims.add("two", "M2a", "P3", span=(0, 5))
    assert counted(study, "M2a", "P3") == {"people": 2, "sources": 2, "cases": 2, "references": 2}


def test_one_person_in_two_documents_is_one_person(study):
    for name, wave in (("first", "1"), ("second", "2")):
        interview(study, name, [("A", "She showed me.")], {"A": "A1"}, wave)
        study.claims.add(name, "M2b", "P4", quote="She showed me")
    assert counted(study, "M2b", "P4") == {"people": 1, "sources": 2, "cases": 1, "references": 2}


def test_a_merged_code_counts_under_the_one_that_stands_for_it_and_not_twice(study):
    interview(study, "one", [("A", "If she can do it.")], {"A": "A1"})
    study.claims.add("one", "M2a", "P3", quote="she can do it")
    study.claims.add("one", "M2b", "P3", quote="she can do it")
    study.codes.merge(study.codes.get("M2b"), study.codes.get("M2a"))
    table = change_model(study, unit="references")
    assert table.value("M2a", "P3") == table.value("M2", "P3") == 1
    assert len(table.evidence("M2a", "P3").ids) == 2
    assert "M2b" not in table.frame.index


def test_a_retired_code_has_no_row_and_counts_under_its_parent(study):
    interview(study, "one", [("A", "If she can do it.")], {"A": "A1"})
    study.claims.add("one", "M2a", "P3", quote="she can do it")
    study.codes.retire(study.codes.get("M2a"))
    table = change_model(study)
    assert "M2a" not in table.frame.index
    assert table.value("M2", "P3") == 1


def test_claims_of_a_retired_code_with_none_in_use_above_are_told(study):
    interview(study, "one", [("INT", "Well?"), ("A", "If she can do it. It was time. One day, maybe.")], {"A": "A1"})
    study.claims.add("one", "RV", "P3", quote="It was time")
    study.claims.add("one", "M2a", "D1", quote="she can do it")
    study.claims.add("one", "RV", "P4", quote="One day", tense="hoped for")
    study.claims.add("one", "M2b", "P4", quote="maybe")
    study.segments.add("one", "RV", quote="It was time")
    study.segments.add("one", "M2b", quote="maybe")
    assert not any("retired" in note for note in change_model(study).notes)
    for short in ("RV", "D1"):
        study.codes.retire(study.codes.get(short))
    why = "(not shown as a row: RV; not shown as a column: D1)"
    assert f"2 claims stand in no cell {why}." in change_model(study).notes
    together = change_model(study, evidence="said together").notes
    assert "1 passage stands in no row or column (of retired codes not shown: RV)." in together
    of_managers = change_model(study, scope=Scope(roles=("MG",))).notes
    assert not any("retired" in note for note in of_managers)
    assert change_model(study).value("M2b", "P4") == 1


def test_a_retired_code_below_one_that_is_no_row_is_told_too(study):
    study.codes.add("T", "A theme")
    study.codes.move(study.codes.get("M2"), "T")
    interview(study, "one", [("A", "If she can do it.")], {"A": "A1"})
    study.claims.add("one", "M2", "P3", quote="she can do it")
    study.codes.retire(study.codes.get("M2"))
    told = "1 claim stands in no cell (not shown as a row: M2)."
    assert told in change_model(study).notes


def test_what_was_below_a_merged_code_is_below_the_other(study):
    study.codes.add("M2b1", "Step by step", parent="M2b", kind="mechanism")
    study.codes.merge(study.codes.get("M2b"), study.codes.get("M2a"))
    tree = CodeTree(study)
    assert [each.code.short for each in tree.branches[tree.branch("M2a").first : tree.branch("M2a").last]] == [
        "M2a",
        "M2b1",
    ]
    assert tree.branch("M2b") == tree.branch("M2a")


def test_a_persons_role_is_that_of_the_documents_wave(study):
    study.people.add("I1", "I", {"1": "SU", "2": "PW"})
    for name, wave in (("first", "1"), ("second", "2")):
        interview(study, name, [("N", "It helped.")], {"N": "I1"}, wave)
    study.claims.add("second", "M2b", "P4", quote="It helped")
    of_users = change_model(study, scope=Scope(roles=("SU",)))
    of_workers = change_model(study, scope=Scope(roles=("PW",)))
    assert (of_users.value("M2b", "P4"), of_users.columns[0].of) == (0, 1)
    assert (of_workers.value("M2b", "P4"), of_workers.columns[0].of) == (1, 1)
    assert change_model(study, scope=Scope(roles=("SU",), waves=("2",))).columns[0].of == 0


def test_a_role_said_without_a_wave_holds_at_every_wave(study):
    for wave in ("1", "2"):
        interview(study, wave, [("A", "It helped.")], {"A": "A1"}, wave)
        study.claims.add(wave, "M2b", "P4", quote="It helped")
    for scope in (Scope(roles=("SU",), waves=("1",)), Scope(roles=("SU",), waves=("2",))):
        assert change_model(study, scope=scope).value("M2b", "P4") == 1


def test_a_column_with_children_is_their_union_too(study):
    interview(study, "one", [("A", "She showed me."), ("B", "And me.")], {"A": "A1", "B": "B1"})
    study.claims.add("one", "M2b", "P3", quote="She showed me")
    study.claims.add("one", "M2b", "P3a", quote="showed me")
    study.claims.add("one", "M2b", "P3a", quote="And me")
    table = change_model(study)
    assert [table.value("M2b", column) for column in ("P3", "P3a", "any")] == [2, 2, 2]
    assert change_model(study, unit="references").value("M2b", "P3") == 2


def test_a_document_without_speakers_is_its_people_and_one_without_people_its_case(study):
    for name in ("letter", "report"):
        study.documents.add(name, "She showed me how.", [])
        study.claims.add(name, "M2b", "P4", quote="She showed me")
    study.documents.set_speaker(study.documents.get("letter"), "", "participant", study.people.get("A1").id)
    study.documents.set_speaker(study.documents.get("letter"), "", "participant", study.people.get("B1").id)
    study.documents.place(study.documents.get("report"), case=study.cases.add("C").id)
    assert counted(study, "M2b", "P4") == {"people": 2, "sources": 2, "cases": 3, "references": 2}
    only = Scope(cases=("C",))
    assert counted(study, "M2b", "P4", scope=only) == {"people": 0, "sources": 1, "cases": 1, "references": 1}
    assert counted(study, "M2b", "P4", scope=Scope(roles=("SU",)))["sources"] == 1


def test_a_case_holds_the_cases_inside_it(study):
    study.cases.add("A north", parent=study.cases.get("A").id)
    study.people.add("N1", "A north", {"-": "SU"})
    interview(study, "one", [("N", "It helped.")], {"N": "N1"})
    study.claims.add("one", "M2b", "P4", quote="It helped")
    assert change_model(study, scope=Scope(cases=("A",))).value("M2b", "P4") == 1
    assert change_model(study, scope=Scope(cases=("B",))).value("M2b", "P4") == 0


def test_one_coder_counts_each_documents_lead(study):
    interview(study, "one", [("A", "It helped."), ("B", "Me too.")], {"A": "A1", "B": "B1"})
    study.claims.add("one", "M2b", "P4", quote="It helped")
    with closing(as_coder(study, "KB")) as other:
        other.claims.add("one", "M2b", "P4", quote="It helped")
        other.claims.add("one", "M2b", "P4", quote="Me too")
    table = change_model(study)
    assert table.value("M2b", "P4") == 1
    assert table.notes[0] == "Layer: consensus where complete, else each document's lead coder."
    others = change_model(study, scope=Scope(coder="KB"))
    assert others.value("M2b", "P4") == 2
    assert others.notes[0] == "Layer: the coding of KB."


def test_a_complete_consensus_counts_instead_of_the_lead(study):
    document = interview(study, "one", [("A", "It helped."), ("B", "Me too.")], {"A": "A1", "B": "B1"})
    study.claims.add("one", "M2b", "P4", quote="It helped")
    study.coders.add("both", kind="consensus")
    with closing(as_coder(study, "both")) as consensus:
        consensus.claims.add("one", "M2b", "P4", quote="It helped")
        consensus.claims.add("one", "M2b", "P4", quote="Me too")
        assert change_model(study).value("M2b", "P4") == 1
        consensus.coders.finish(document)
    assert change_model(study).value("M2b", "P4") == 2


def test_a_lead_coder_who_made_no_claim_while_another_did_is_told(study):
    for name in ("one", "two"):
        interview(study, name, [("A", "It helped.")], {"A": "A1"})
    study.claims.add("two", "M2b", "P4", quote="It helped")
    with closing(as_coder(study, "KB")) as other:
        other.claims.add("one", "M2b", "P4", quote="It helped")
    told = "In 1 document another coder made claims, but not the one whose coding counts."
    assert told in change_model(study).notes
    assert told not in change_model(study, evidence="said together").notes


def test_documents_that_the_layer_has_not_coded_are_missing_and_told(study):
    documents = [interview(study, name, [("A", "It helped.")], {"A": "A1"}, wave=name) for name in ("1", "2", "3")]
    study.claims.add("1", "M2b", "P4", quote="It helped")

    def told(**options):
        return [note for note in change_model(study, **options).notes if "yet" in note]

    assert told() == told(evidence="said together") == ["2 of 3 documents have no coding in this layer yet."]
    assert change_model(study).columns[0].of == 1
    with closing(as_coder(study, "KB")) as other:
        other.segments.add("2", "M2b", quote="It helped")
    assert told() == ["2 of 3 documents have no coding in this layer yet."]
    assert told(scope=Scope(waves=("2",))) == ["1 of 1 document has no coding in this layer yet."]
    assert told(scope=Scope(coder="KB", waves=("2",))) == []
    study.coders.finish(documents[1])
    study.segments.add("3", "P4", quote="It helped")
    assert told() == []


def test_blind_coding_of_others_is_not_counted_and_this_is_told(study):
    document = interview(study, "one", [("A", "It helped.")], {"A": "A1"})
    study.claims.add("one", "M2b", "P4", quote="It helped")
    with closing(as_coder(study, "KB")) as other:
        other.claims.add("one", "M2a", "P4", quote="It helped")
        for coder in ("AK", "KB"):
            study.coders.assign(document, study.coders.get(coder), blind=True)
        table = change_model(other)
    assert table.value("M2b", "P4") == 0
    assert "1 document not counted: coded blind by somebody else until all have finished." in table.notes
    assert not any("yet" in note for note in table.notes)
    assert change_model(study).value("M2b", "P4") == 1


def test_n_is_those_interviewed_in_the_chosen_documents(study):
    interview(study, "one", [("A", "Yes."), ("B", "No.")], {"A": "A1", "B": "B1"}, "1")
    interview(study, "two", [("A", "Yes.")], {"A": "A1"}, "2")
    assert Corpus(study).denominator("people") == 2
    assert Corpus(study, Scope(waves=("2",))).denominator("people") == 1
    assert Corpus(study, Scope(cases=("B",))).denominator("people") == 1
    assert [Corpus(study).denominator(unit) for unit in ("sources", "cases", "references")] == [2, 2, None]


def test_n_is_those_a_code_applies_to_and_others_are_not_counted(study):
    study.codes.change(study.codes.get("P4"), applies_to=("SU",))
    dyad(study)
    study.claims.add("dyad", "M2b", "P4", quote="she showed me")
    study.claims.add("dyad", "M2b", "P4", quote="she showed us")
    study.claims.add("dyad", "M2b", "P3", quote="she showed us")
    table = change_model(study)
    of = {column.key: column.of for column in table.columns}
    assert (table.value("M2b", "P4"), of["P4"]) == (1, 1)
    assert (table.value("M2b", "P3"), of["P3"]) == (1, 2)
    assert (table.value("M2b", "any"), of["any"]) == (2, 2)
    assert "1 claim does not count: a code in it applies to none of its speakers." in table.notes


@pytest.mark.parametrize(
    ("applies_to", "people", "sources"),
    [
        (("2",), (1, 1), (2, 2)),
        (("2", "SU"), (1, 1), (1, 1)),
        (("1", "2"), (2, 2), (3, 3)),
        (("MG", "2"), (0, 0), (0, 0)),
    ],
)
def test_a_code_may_apply_to_some_waves(study, applies_to, people, sources):
    study.codes.change(study.codes.get("P4"), applies_to=applies_to)
    interview(study, "first", [("A", "It helped."), ("B", "It did.")], {"A": "A1", "B": "A2"}, "1")
    interview(study, "second", [("A", "It helped.")], {"A": "A1"}, "2")
    interview(study, "nobody's", [("Q", "It helped.")], wave="2")
    for name in ("first", "second", "nobody's"):
        study.claims.add(name, "M2b", "P4", quote="It helped")
    study.claims.add("first", "M2b", "P4", quote="It did")
    for unit, expected in (("people", people), ("sources", sources)):
        table = change_model(study, unit=unit)
        assert (table.value("M2b", "P4"), next(each.of for each in table.columns if each.key == "P4")) == expected


def test_a_name_that_is_no_role_or_wave_restricts_nothing_and_is_told(study):
    for short, applies_to in (("M2b", ("ZZ",)), ("P4", ("ZZ", "SU")), ("D1", ("2",))):
        study.codes.change(study.codes.get(short), applies_to=applies_to)
    dyad(study)
    for target in ("D1", "P4"):
        study.claims.add("dyad", "M2b", target, answers=(1, 1))
    table = change_model(study)
    of = {column.key: column.of for column in table.columns}
    assert (table.value("M2b", "D1"), of["D1"], table.value("M2b", "P4"), of["P4"]) == (2, 2, 1, 1)
    assert "M2b, P4 apply to ZZ, which is no role or wave here: not restricted by it." in table.notes
    assert "D1 applies to 2, which is no role or wave here: not restricted by it." in table.notes
    interview(study, "later", [("A", "It helped.")], {"A": "A1"}, "2")
    table = change_model(study)
    assert (table.value("M2b", "D1"), table.columns[3].of) == (0, 1)


def test_words_of_nobody_known_are_not_counted_under_a_code_for_some_roles(study):
    study.codes.change(study.codes.get("P4"), applies_to=("MG",))
    dyad(study)
    study.claims.add("dyad", "M2b", "P4", quote="Who began it?")
    table = change_model(study, unit="sources")
    assert (table.value("M2b", "P4"), table.columns[2].key, table.columns[2].of) == (0, "P4", 0)


def test_n_of_sources_holds_a_document_that_counts_for_its_own_case(study):
    document = dyad(study)
    study.documents.place(document, case=study.cases.get("B").id)
    study.claims.add("dyad", "M2b", "P4", quote="Who began it?")
    table = change_model(study, unit="sources", scope=Scope(cases=("B",)))
    assert (table.value("M2b", "P4"), table.columns[0].of) == (1, 1)


def test_a_name_the_study_does_not_know_is_refused(study):
    for scope in (Scope(roles=("XX",)), Scope(waves=("9",)), Scope(cases=("Z",)), Scope(coder="ZZ")):
        with pytest.raises(NotFoundError):
            change_model(study, scope=scope)


def test_a_label_that_stands_for_two_people_counts_both(study):
    body = "Both: It helped.\nRuth: Yes.\n"
    document = study.documents.add("joint", body, [Turn(0, 17, 6, "Both"), Turn(17, 28, 23, "Ruth")])
    study.documents.set_speaker(document, "Both", "participant", study.people.get("A1").id)
    with study.action("link"):
        study.documents._write_speaker(document.id, "Both", "participant", study.people.get("B1").id)
    study.documents.set_speaker(document, "Ruth", "participant", study.people.get("A2").id)
    study.claims.add("joint", "M2b", "P4", span=(0, 17))
    study.claims.add("joint", "M2b", "P3", quote="Yes")
    assert counted(study, "M2b", "P4")["people"] == 2
    assert change_model(study, scope=Scope(roles=("PW",))).value("M2b", "P3") == 1
    assert counted(study, "M2b", "P3")["people"] == 1


def test_a_new_project_has_empty_tables(tmp_path):
    with new_study(tmp_path) as project:
        assert change_model(project).frame.shape == (0, 1)
        codebook(project)
        for unit in UNITS:
            for evidence in ("claims", "said together"):
                values = change_model(project, evidence=evidence, unit=unit).frame.to_numpy()
                assert not np.any(values[values != None])  # noqa: E711 (elementwise)
