"""Themes by group, role-, case- and time-ordered matrices: counted by hand."""

import re

import pytest

from qualcode import report
from qualcode.analysis import (
    Scope,
    case_ordered,
    change_model,
    change_model_figure,
    co_occurrence,
    role_ordered,
    themes_by_group,
    time_ordered,
)
from qualcode.analysis.hubs import hub
from qualcode.errors import InputError, NotFoundError, RefusedError
from tests.studies import codebook, interview, new_study

WORDS = "She did it. So can I. Now I hope."


@pytest.fixture
def study(tmp_path):
    """A and its ward A1, and B. Ann (A) is a service user at wave 1 and a peer worker at 2; Bob (A1) and Cy (B)."""
    with new_study(tmp_path) as project:
        codebook(project)
        project.cases.add("A", "site")
        project.cases.add("A1", "ward", project.cases.get("A").id)
        project.cases.add("B", "site")
        for name, case, roles in (("Ann", "A", {"1": "SU", "2": "PW"}), ("Bob", "A1", {"-": "SU"}), ("Cy", "B", {})):
            project.people.add(name, case, roles)
        for name, wave in (("Ann", "1"), ("Ann", "2"), ("Bob", "1"), ("Cy", "1")):
            interview(project, f"{name}{wave}", [("INT", "And?"), (name, WORDS)], {name: name}, wave)
        yield project


def code(project, document, *codes, quote="She did it", **options):
    return [project.segments.add(document, each, quote=quote, **options) for each in codes]


def heads(table):
    return [column.key for column in table.columns]


def row(table, key):
    return [table.value(key, column.key) for column in table.columns]


def sizes(table):
    return {column.key: column.of for column in table.columns}


# -- by group --------------------------------------------------------------------------------------------------------


def test_a_case_holds_the_cases_inside_it_and_the_total_each_person_once(study):
    code(study, "Ann1", "M2a")
    code(study, "Ann2", "M2a")
    code(study, "Bob1", "M2b")
    table = themes_by_group(study)
    assert sizes(table) == {"A": 2, "A1": 1, "B": 1, "all": 3}
    assert row(table, "M2") == [2, 1, 0, 2]
    assert row(table, "M2a") == [1, 0, 0, 1]
    assert all(column.percent for column in table.columns)
    assert "2 (100%)" in report.render(table, 80)


def test_a_person_in_two_roles_stands_in_both_and_once_in_all(study):
    code(study, "Ann1", "M2a")
    code(study, "Ann2", "M2a")
    table = themes_by_group(study, by="role")
    assert sizes(table) == {"PW": 1, "SU": 2, "no role": 1, "all": 3}
    assert row(table, "M2a") == [1, 1, 0, 1]
    assert "1 person stands under more than one role: counted under each, and once in all." in table.notes
    assert "Not shown, since nobody was interviewed: ST, MG." in table.notes


def test_sites_kinds_of_case_people_and_waves_are_groups_too(study):
    code(study, "Bob1", "M2a")
    assert sizes(themes_by_group(study, by="site")) == {"A": 2, "B": 1, "all": 3}
    assert row(themes_by_group(study, by="site"), "M2a") == [1, 0, 1]
    assert sizes(themes_by_group(study, by="ward")) == {"A1": 1, "no ward": 2, "all": 3}
    assert sizes(themes_by_group(study, by="person")) == {"Ann": 1, "Bob": 1, "Cy": 1, "all": 3}
    assert sizes(themes_by_group(study, by="wave")) == {"1": 3, "2": 1, "all": 3}


def test_an_attribute_is_a_band_of_groups_with_those_it_is_not_known_of(study):
    study.attributes.set("case", study.cases.get("A").id, [("sector", "NHS")])
    study.attributes.set("person", study.people.get("Ann").id, [("sector", "both")], "2")
    code(study, "Ann2", "M2a")
    code(study, "Cy1", "M2a")
    table = themes_by_group(study, by="sector")
    assert [(column.key, column.of, column.group) for column in table.columns] == [
        ("both", 1, "sector"), ("NHS", 2, "sector"), ("not known", 1, "sector"), ("all", 3, "")
    ]  # fmt: skip
    assert row(table, "M2a") == [1, 0, 1, 2]


def test_a_passage_of_two_people_stands_in_both_their_groups(study):
    interview(study, "joint", [("Ann", "We did."), ("Cy", "Did we?")], {"Ann": "Ann", "Cy": "Cy"}, "1")
    study.segments.add("joint", "M2a", span=(0, 24))
    for unit, found in (("people", [1, 0, 1, 2]), ("references", [1, 0, 1, 1]), ("cases", [1, 0, 1, 2])):
        assert row(themes_by_group(study, show="count", unit=unit), "M2a") == found


def test_words_of_nobody_are_in_the_group_their_document_is_in(study):
    study.documents.add("report", "It was loud.", [], wave="2")
    study.segments.add("report", "M2a", span=(0, 12))
    study.segments.add("Ann1", "M2a", quote="And?")
    for by, found in (
        ("wave", {"1": 1, "2": 1, "all": 2}),
        ("case", {"A": 0, "A1": 0, "B": 0, "no case": 1, "all": 2}),
        ("role", {"PW": 0, "SU": 0, "no role": 0, "all": 2}),
    ):
        table = themes_by_group(study, by=by, unit="references")
        assert {head: table.value("M2a", head) for head in heads(table)} == found
    assert row(themes_by_group(study), "M2a") == [0, 0, 0, None, 0]
    assert themes_by_group(study, unit="sources").columns[3].of == 1


def test_a_percentage_is_of_those_to_whom_the_code_applies(study):
    study.codes.change(study.codes.get("M2b"), applies_to=("SU",))
    code(study, "Ann1", "M2b")
    code(study, "Ann2", "M2b")
    table = themes_by_group(study, by="role")
    assert row(table, "M2b") == [None, 1, None, 1]
    assert table.marks["M2b", "PW"] == ("unasked",)
    printed = report.render(table, 80)
    line = next(line for line in printed.splitlines() if "M2b" in line)
    assert line.split()[-6:] == ["n/a", "1", "(50%)", "n/a", "1", "(50%)"]


def test_percentages_of_references_are_refused_and_not_the_default(study):
    assert themes_by_group(study, unit="references").columns[0].percent is False
    with pytest.raises(InputError, match="no N"):
        themes_by_group(study, unit="references", show="percent")


def test_presence_is_a_count_printed_as_a_sign(study):
    code(study, "Ann1", "M2a")
    table = themes_by_group(study, show="presence")
    assert table.value("M2a", "A") == 1
    assert "●" in report.render(table, 80)


# -- orders ----------------------------------------------------------------------------------------------------------


def test_roles_are_rows_and_the_top_codes_columns(study):
    code(study, "Ann1", "M2a", "P3")
    code(study, "Ann2", "M2a")
    table = role_ordered(study)
    assert heads(table) == ["M2", "RV", "P3", "P4", "D1", "D4"]
    assert [(line.key, line.of) for line in table.rows] == [("PW", 1), ("SU", 2), ("no role", 1), ("all", 3)]
    assert [row(table, key)[:3] for key in ("PW", "SU", "all")] == [[1, 0, 0], [1, 0, 1], [1, 0, 1]]
    assert len(table.evidence("all", "M2").ids) == 2
    assert heads(role_ordered(study, scope=Scope(codes=("M2",)))) == ["M2", "M2a", "M2b"]


def test_cases_stand_in_order_of_a_codes_strength_those_inside_below(study):
    code(study, "Bob1", "P3")
    code(study, "Cy1", "P3", "M2a")
    code(study, "Ann1", "M2b")
    order = [line.key for line in case_ordered(study, sort="P3").rows]
    assert order == ["A", "A1", "B", "all"]
    assert [line.key for line in case_ordered(study, sort="P3", show="percent").rows] == ["B", "A", "A1", "all"]
    by_person = case_ordered(study, by="person", sort="m2a")
    assert [line.key for line in by_person.rows] == ["Cy", "Ann", "Bob", "all"]
    assert "Rows are sorted by M2a Living proof (number of people), the strongest first." in by_person.notes


def test_cases_stand_in_order_of_an_attribute_in_bands(study):
    for name, size in (("A", "9"), ("A1", "100"), ("B", "30")):
        study.attributes.set("case", study.cases.get(name).id, [("beds", size)])
    study.cases.add("C")
    study.people.add("Di", "C")
    interview(study, "Di1", [("Di", WORDS)], {"Di": "Di"}, "1")
    table = case_ordered(study, sort="beds")
    assert [(line.key, line.group) for line in table.rows] == [
        ("A", "beds: 9"), ("A1", "beds: 9"), ("B", "beds: 30"), ("C", "beds not known"), ("all", "All cases")
    ]  # fmt: skip
    with pytest.raises(NotFoundError, match="attribute or code"):
        case_ordered(study, sort="bed")
    with pytest.raises(InputError, match="no beds to sort by"):
        case_ordered(study, by="role", sort="beds")


def test_waves_stand_beside_the_waves_of_those_seen_at_each(study):
    interview(study, "Bob2", [("Bob", WORDS)], {"Bob": "Bob"}, "2")
    code(study, "Ann1", "M2a")
    code(study, "Cy1", "M2a")
    code(study, "Bob2", "M2b")
    table = time_ordered(study)
    assert sizes(table) == {"1": 3, "2": 2, "1 completers": 2, "2 completers": 2, "all": 3}
    assert row(table, "M2") == [2, 1, 1, 1, 3]
    assert row(table, "M2a") == [2, 0, 1, 0, 2]
    assert {column.group for column in table.columns} == {"All interviewed", "Interviewed at every wave", ""}
    assert heads(time_ordered(study, scope=Scope(roles=("SU",)))) == ["1", "2", "1 completers", "2 completers", "all"]


def test_without_leavers_there_are_no_columns_of_completers(study):
    assert heads(time_ordered(study, scope=Scope(waves=("1",)))) == ["1", "all"]


# -- words -----------------------------------------------------------------------------------------------------------


def test_a_cell_may_show_the_pinned_quote_or_that_none_was_chosen(study):
    pinned = code(study, "Ann1", "M2a", exemplar=True)
    code(study, "Cy1", "M2a")
    table = themes_by_group(study, show="quote")
    assert row(table, "M2a") == ["“She did it” [A, SU, 1, Ann, line 2]", None, "none chosen"]
    assert table.evidence("M2a", "A").ids == (pinned[0].id,)
    assert table.value("M2", "A") is None
    across = role_ordered(study, show="quote", scope=Scope(codes=("M2a",)))
    assert across.value("SU", "M2a").startswith("“She did it”")


def test_a_cell_may_show_summaries_of_its_case_and_people(study):
    segment = code(study, "Ann1", "M2a")[0]
    case, people = study.cases.get("A").id, {each.name: each.id for each in study.people.all()}
    study.summaries.write("The site as a whole.", "M2", case=case)
    study.summaries.write("Hers.", "M2a", person=people["Ann"], wave="1", segments=[segment.id])
    study.summaries.write("Later.", "M2a", person=people["Ann"], wave="2", state="draft")
    table = themes_by_group(study, show="summary", scope=Scope(codes=("M2",)))
    assert row(table, "M2") == ["The site as a whole.", None, None]
    assert table.value("M2a", "A") == "Ann, wave 1: Hers.\nAnn, wave 2: Later. [draft]"
    assert [each.words for each in table.quotations("M2a", "A")] == ["She did it"]
    by_wave = time_ordered(study, show="summary", levels=1)
    assert row(by_wave, "M2") == ["Ann: Hers.", "Ann: Later. [draft]"]
    assert "1 summary is of no row or column here." in by_wave.notes
    by_person = case_ordered(study, by="person", show="summary", scope=Scope(codes=("M2a",), waves=("1",)))
    assert row(by_person, "Ann") == ["wave 1: Hers."]


def test_another_coders_summary_is_not_the_layers(study):
    from contextlib import closing

    from tests.studies import as_coder

    with closing(as_coder(study, "KB")) as other:
        other.summaries.write("Theirs.", "M2", person=other.people.get("Ann").id)
    table = themes_by_group(study, show="summary", levels=1)
    assert row(table, "M2") == [None, None, None]
    assert "1 summary is by another coder than the one whose coding counts." in table.notes
    assert themes_by_group(study, show="summary", levels=1, scope=Scope(coder="KB")).value("M2", "A") == "Ann: Theirs."


def test_what_somebody_says_is_in_their_group_and_not_in_their_documents(study):
    with study.action("say whose"):
        study.store.connection.execute(
            'UPDATE document SET "case" = ? WHERE name = ?', (study.cases.get("B").id, "Ann1")
        )
    code(study, "Ann1", "M2a")
    study.segments.add("Ann1", "M2b", quote="And?")
    table = themes_by_group(study, show="count", unit="references")
    assert row(table, "M2a") == [1, 0, 0, 1]
    assert row(table, "M2b") == [0, 0, 1, 1]


def test_the_interviewers_words_are_no_quote_of_the_people(study):
    study.segments.add("Ann1", "M2a", quote="And?", exemplar=True)
    assert row(themes_by_group(study, by="wave", show="quote", levels=1), "M2") == [None, None]


def test_cases_whose_people_have_different_values_are_not_said_to_be_unknown(study):
    code(study, "Ann1", "M2a")
    study.attributes.set("person", study.people.get("Ann").id, [("age", "31")])
    bands = [row.group for row in case_ordered(study, sort="age").rows][:-1]
    assert bands == ["age: known of people, not of the case"] * 2 + ["age not known"]
    study.attributes.set("person", study.people.get("Bob").id, [("age", "40")])
    bands = [row.group for row in case_ordered(study, sort="age").rows][:-1]
    assert bands == ["age: differs between people of the case"] * 2 + ["age not known"]


def test_a_columns_denominator_is_not_broken_however_narrow_its_name(study):
    for name, value in (("Ann", "NA"), ("Bob", "Black British")):
        study.attributes.set("person", study.people.get(name).id, [("ethnicity", value)])
    table = themes_by_group(study, by="ethnicity", show="count", levels=1)
    printed = report.render(table, 80)
    assert re.search(r"^Code +of 1 of 1 ", printed, re.MULTILINE), printed


def test_a_choice_that_there_is_not_is_named(study):
    for ask in (
        lambda: change_model(study, unit="persons"),
        lambda: change_model_figure(study, unit="persons"),
        lambda: themes_by_group(study, unit="persons"),
        lambda: hub(study, "M2", unit="persons"),
    ):
        with pytest.raises(RefusedError, match="unit cannot be 'persons'") as refused:
            ask()
        assert "Choose one of: people, sources, cases, references." in refused.value.remedy
    for given, match in (({"within": "zz"}, "within cannot be 'zz'"), ({"form": "zz"}, "form cannot be 'zz'")):
        with pytest.raises(RefusedError, match=match):
            co_occurrence(study, **given)
    with pytest.raises(RefusedError, match="show cannot be 'zz'"):
        themes_by_group(study, show="zz")
