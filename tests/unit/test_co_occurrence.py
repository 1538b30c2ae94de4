"""Codes that stand together: counts against plain Python, the c-coefficient against published numbers, its flag."""

from contextlib import closing
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode import report
from qualcode.analysis import Scope, change_model, co_occurrence
from qualcode.analysis.cooccurrences import c_coefficient, is_unequal
from tests.studies import as_coder, codebook, interview, new_study
from tests.unit.test_counting_properties import SOME, Plain, built, plans, scopes, template

__all__ = ["template"]  # the fixture

WITHIN = ("answer", "document", "overlap")


@pytest.fixture
def study(tmp_path):
    """Two answers of Ann's, the second with the interviewer's "mm" in the midst; one of Bob's."""
    with new_study(tmp_path) as project:
        codebook(project)
        for name, role in (("Ann", "SU"), ("Bob", "PW")):
            project.people.add(name, "A", {"-": role})
        turns = [("INT", "How was it?"), ("R", "If she can do it so can I."), ("INT", "And then?"),
                 ("R", "I am hopeful."), ("INT", "Mm."), ("R", "I cope.")]  # fmt: skip
        interview(project, "ann", turns, {"R": "Ann"})
        interview(project, "bob", [("INT", "And?"), ("R", "He coped and he hopes.")], {"R": "Bob"})
        yield project


def coded(project, document, **codes):
    return {code: project.segments.add(document, code, quote=quote) for code, quote in codes.items()}


def pair(table, key):
    return [table.value(key, column) for column in ("n12", "n1", "n2", "c", "flag")]


def test_c_is_the_published_one_and_flagged():
    assert round(c_coefficient(100, 10, 5), 4) == 0.0476
    assert is_unequal(100, 10)
    assert is_unequal(10, 100)
    assert not is_unequal(50, 10)
    assert c_coefficient(3, 3, 3) == 1
    assert c_coefficient(0, 0, 0) == 0


def test_the_published_pair_comes_out_of_a_study(tmp_path):
    with new_study(tmp_path) as project:
        for short in ("X", "Y"):
            project.codes.add(short, short)
        turns = [each for _ in range(105) for each in (("INT", "And so?"), ("R", "So it goes."))]
        interview(project, "d", turns)
        with project.action("code"):
            for number in range(1, 106):
                if number <= 100:
                    project.segments.add("d", "X", answers=(number, number))
                if number > 95:
                    project.segments.add("d", "Y", answers=(number, number))
        table = co_occurrence(project, form="pairs")
        n12, n1, n2, c, flag = pair(table, "X,Y")
        assert (n12, n1, n2, round(c, 4), flag) == (5, 100, 10, 0.0476, "unequal")
        assert "0.0476" in report.render(table, 100)
        assert co_occurrence(project).value("X", "Y") == 5


def test_codes_in_one_answer_stand_together_whether_or_not_they_overlap(study):
    made = coded(study, "ann", P3="I am hopeful", P4="I cope", M2a="If she can")
    table = co_occurrence(study)
    assert table.value("P3", "P4") == table.value("P4", "P3") == 1
    assert table.value("M2a", "P3") == 0
    assert [table.value(code, "n") for code in ("M2a", "P3", "P4")] == [1, 1, 1]
    assert table.evidence("P3", "P4").ids == (made["P3"].id, made["P4"].id)
    assert table.columns[0].of == 3
    assert co_occurrence(study, within="document").value("M2a", "P3") == 1
    assert co_occurrence(study, within="overlap").value("P3", "P4") == 0


def test_interviewers_words_belong_to_no_answer(study):
    coded(study, "ann", P3="How was it?", P4="Mm.", M2a="I cope")
    table = co_occurrence(study)
    assert [row.key for row in table.rows] == ["M2", "M2a"]
    assert any(note.startswith("2 segments stand in no answer") for note in table.notes)


def test_a_passage_over_a_question_stands_in_the_answers_around_it(study):
    start = study.documents.body(study.documents.get("ann")).index("so can I")
    study.segments.add("ann", "P3", span=(start, start + 40))
    assert co_occurrence(study).value("P3", "n") == 2


def test_a_code_is_not_paired_with_one_above_it_and_a_parent_is_a_union(study):
    coded(study, "ann", M2a="If she", M2b="can do it", P3="so can I")
    table = co_occurrence(study)
    assert (table.value("M2", "M2a"), table.value("M2a", "M2b"), table.value("M2", "P3")) == (None, 1, 1)
    assert table.marks["M2", "M2"] == ("itself",)
    assert table.marks["M2", "M2a"] == ("nested",)
    assert table.evidence("M2", "M2a").ids == ()
    assert [row.key for row in co_occurrence(study, form="pairs").rows] == ["M2,P3", "M2a,M2b", "M2a,P3", "M2b,P3"]


def test_merged_and_retired_codes_count_where_they_stand_now(study):
    coded(study, "ann", M2a="If she", M2b="can do it", P3="so can I", P4="I am hopeful")
    study.codes.retire(study.codes.get("M2b"))
    study.codes.merge(study.codes.get("P4"), study.codes.get("P3"))
    table = co_occurrence(study)
    assert [row.key for row in table.rows] == ["M2", "M2a", "P3"]
    assert (table.value("M2", "P3"), table.value("P3", "n")) == (1, 2)


def test_only_words_of_people_within_the_scope_count(study):
    coded(study, "ann", P3="I am hopeful", P4="I cope")
    coded(study, "bob", P3="he hopes", P4="He coped")
    table = co_occurrence(study, scope=Scope(roles=("PW",)))
    assert (table.value("P3", "P4"), table.columns[0].of) == (1, 1)
    table = co_occurrence(study, scope=Scope(codes=("P3",)))
    assert [row.key for row in table.rows] == ["P3"]


def test_a_person_of_two_roles_counts_in_the_role_of_the_wave(study):
    study.people.add("N", "A", {"1": "SU", "2": "PW"})
    for wave in ("1", "2"):
        interview(study, f"n{wave}", [("INT", "And?"), ("R", "I am hopeful and I cope.")], {"R": "N"}, wave)
        coded(study, f"n{wave}", P3="I am hopeful", P4="I cope")
    assert co_occurrence(study).value("P3", "P4") == 2
    assert co_occurrence(study, scope=Scope(roles=("PW",))).value("P3", "P4") == 1


def test_a_text_without_turns_has_no_answers_and_says_so(study):
    study.documents.add("paper", "Hope rose and coping rose.", [])
    coded(study, "paper", P3="Hope rose", P4="coping rose")
    table = co_occurrence(study)
    assert table.rows == ()
    assert "1 document has no turns and so no answers." in table.notes
    assert co_occurrence(study, within="document").value("P3", "P4") == 1


def test_one_long_passage_over_several_is_flagged(study):
    coded(study, "ann", P3="If she can do it so can I")
    for quote in ("If she", "can do it", "so can I"):
        study.segments.add("ann", "P4", quote=quote)
    assert pair(co_occurrence(study, within="overlap", form="pairs"), "P3,P4") == [3, 1, 3, 3.0, "above 1"]


def test_blind_coding_of_another_is_not_counted(study):
    study.coders.add("BX")
    for short in ("AK", "BX"):
        study.coders.assign(study.documents.get("ann"), study.coders.get(short), blind=True)
    coded(study, "ann", P3="I am hopeful", P4="I cope")
    with closing(as_coder(study, "BX")) as other:
        assert co_occurrence(other).rows == ()
    assert co_occurrence(study).value("P3", "P4") == 1


def test_an_empty_project_has_an_empty_table_and_a_code_may_be_called_n(tmp_path):
    with new_study(tmp_path) as project:
        for within, form in product(WITHIN, ("matrix", "pairs")):
            report.render(co_occurrence(project, within=within, form=form), 80)
        project.codes.add("N", "Hope")
        project.codes.add("n12", "Loss")
        interview(project, "d", [("R", "So.")])
        coded(project, "d", N="So", n12="So")
        assert co_occurrence(project).value("N", "N") is None
        for suffix in report.SUFFIXES:
            report.write(co_occurrence(project, form="pairs"), tmp_path / f"pairs{suffix}")


# -- against plain Python --------------------------------------------------------------------------------------------


def members(project, plain, within):
    """(unit, code's id, segment's id) of all that counts, one object at a time."""
    for each in project.segments.find():
        if not plain.counts_here(each):
            continue
        code = plain.codes[plain.standing[each.code]]
        if within == "document":
            if plain.in_scope(each.document, each.start, each.end, (code,))[0]:
                yield each.document, code.id, each.id
            continue
        document = plain.documents[each.document]
        asking = project.documents.interviewers(document)
        for answer, turn in product(project.documents.answers(document), project.documents.turns(document)):
            start = max(each.start, answer.start, turn.speech)
            end = min(each.end, answer.end, turn.end)
            is_told = turn.speaker not in asking and start < end
            if is_told and plain.in_scope(each.document, start, end, (code,))[0]:
                yield (each.document, answer.number), code.id, each.id


@given(plan=plans(is_claim=False), scope=scopes, within=st.sampled_from(["answer", "document"]))
@SOME
def test_every_number_is_what_plain_python_finds_and_so_is_its_evidence(template, plan, scope, within):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        plain = Plain(project, scope)
        found = set(members(project, plain, within))
        table = co_occurrence(project, within=within, scope=scope)
        shorts = [code.short for code in project.codes]
        units, ids = ({short: set() for short in shorts} for _ in range(2))
        for (unit, code, segment), short in product(found, shorts):
            if plain.within(code, short):
                units[short].add(unit)
                ids[short].add((unit, segment))
        assert [row.key for row in table.rows] == [short for short in shorts if units[short]]
        for one, other in product((row.key for row in table.rows), repeat=2):
            both = units[one] & units[other]
            if (value := table.value(one, other)) is not None:
                assert value == table.value(other, one) == len(both) <= table.columns[0].of
                rests = tuple(sorted({segment for unit, segment in ids[one] | ids[other] if unit in both}))
                assert table.evidence(one, other).ids == rests
            assert table.value(one, "n") == len(units[one])


@given(plan=plans(is_claim=False), scope=scopes)
@settings(SOME, max_examples=15)
def test_overlaps_are_those_that_the_change_model_calls_said_together(template, plan, scope):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        table = co_occurrence(project, within="overlap", scope=scope)
        model = change_model(project, evidence="said together", unit="references", scope=scope)
        shown = {row.key for row in table.rows}
        for row, column in product(model.rows, model.columns[:-1]):
            if {row.key, column.key} <= shown and (value := table.value(row.key, column.key)) is not None:
                assert value == table.value(column.key, row.key) == model.value(row.key, column.key)
                assert table.evidence(row.key, column.key) == model.evidence(row.key, column.key)


@given(plan=plans(is_claim=False), within=st.sampled_from(WITHIN))
@settings(SOME, max_examples=10)
def test_the_order_in_which_things_came_changes_nothing(template, plan, within):
    with (
        TemporaryDirectory() as folder,
        closing(built(template, Path(folder), plan)) as one,
        closing(built(template, Path(folder), plan, backwards=True)) as other,
    ):
        for form in ("matrix", "pairs"):
            tables = [co_occurrence(project, within=within, form=form) for project in (one, other)]
            assert tables[0].frame.equals(tables[1].frame)
            assert tables[0].notes[:-1] == tables[1].notes[:-1]


@given(plan=plans(is_claim=False))
@settings(SOME, max_examples=10)
def test_the_list_of_pairs_says_what_the_matrix_says(template, plan):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        matrix, pairs = (co_occurrence(project, form=form) for form in ("matrix", "pairs"))
        listed = {row.key: pair(pairs, row.key) for row in pairs.rows}
        for key, (n12, n1, n2, c, flag) in listed.items():
            one, other = key.split(",")
            assert pairs.evidence(key, "n12") == matrix.evidence(one, other)
            assert (n12, n1, n2) == (matrix.value(one, other), matrix.value(one, "n"), matrix.value(other, "n"))
            assert c == pytest.approx(n12 / (n1 + n2 - n12))
            assert ("unequal" in flag) == (n1 > 5 * n2 or n2 > 5 * n1)
        met = sum(bool(matrix.value(one.key, other.key)) for one in matrix.rows for other in matrix.rows)
        assert met == 2 * len(listed)
