"""The framework matrix: states, staleness, rows by case and wave, waves side by side; charted on the command line."""

from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode import report
from qualcode.analysis import Scope, framework, framework_by_wave
from qualcode.errors import InputError, NotFoundError, RefusedError
from qualcode.project.consensus import Passage
from tests.strategies import PROPERTY
from tests.studies import as_coder, interview, new_study

WORDS = "It came late. I chose it. They gave me pills."


@pytest.fixture
def study(tmp_path):
    """Ann (a peer worker at wave 2) and Bob (at wave 1 only) of case A, Cy of case B at wave 1."""
    with new_study(tmp_path) as project:
        for short, name in (("SC2", "Timing"), ("SC3", "Control")):
            project.codes.add(short, name, kind="theme")
        project.codes.add("SC3a", "Choice", parent="SC3")
        project.people.add("Ann", "A", {"1": "SU", "2": "PW"})
        project.people.add("Bob", "A", {"-": "SU"})
        project.people.add("Cy", "B", {"-": "MG"})
        for name, person, wave in (("a1", "Ann", "1"), ("a2", "Ann", "2"), ("b1", "Bob", "1"), ("c1", "Cy", "1")):
            interview(project, name, [("INT", "How was it?"), ("R", WORDS)], {"R": person}, wave)
        yield project


def coded(project, document, code, quote):
    return project.segments.add(document, code, quote=quote)


def chart(project, person, code, words="Said so.", wave="1", **how):
    return project.summaries.write(words, code, person=project.people.get(person).id, wave=wave, **how)


def states(table):
    return next(note for note in table.notes if note.startswith("Of "))


def test_rows_are_people_by_case_and_wave_and_columns_are_themes(study):
    table = framework(study)
    assert [(row.key, row.group) for row in table.rows] == [
        ("Ann:1", "Case A, wave 1"),
        ("Bob:1", "Case A, wave 1"),
        ("Ann:2", "Case A, wave 2"),
        ("Bob:2", "Case A, wave 2"),
        ("Cy:1", "Case B, wave 1"),
        ("Cy:2", "Case B, wave 2"),
    ]
    assert [column.key for column in table.columns] == ["SC2", "SC3"]


def test_what_is_written_beside_and_below_the_chart_stands_there(study):
    ann, bob = (study.people.get(name).id for name in ("Ann", "Bob"))
    study.memos.add("Case summary: first.", person=ann)
    study.memos.add("case summary: Late help, then her own pace.", person=ann)
    study.memos.add("Other: the cat.", person=bob)
    study.memos.add("Case summary: of nobody else's business.", person=bob, private=True)
    study.memos.add("Call her back.", person=ann)
    study.memos.add("Elements: too late; too early.", code=study.codes.get("SC2").id)
    study.memos.add("Typology: steered, steering.", code=study.codes.get("SC3").id)
    table = framework(study)
    assert [column.text for column in table.columns][2:] == ["Case summary", "Other"]
    assert [(row.text, row.group) for row in table.rows][6:] == [
        ("Elements", "Read down each column"),
        ("Typology", "Read down each column"),
    ]
    assert table.value("Ann:1", "Case summary") == "Late help, then her own pace."
    assert table.value("Ann:2", "Case summary") is None  # once
    assert table.value("Bob:1", "Case summary") is None
    assert table.value("Bob:1", "Other") == "the cat."
    assert table.value("Elements", "SC2") == "too late; too early."
    assert table.value("Elements", "SC3") is None
    assert table.value("Typology", "SC3") == "steered, steering."
    assert "Case summary, Other, Elements, Typology: the last memo that begins so." in table.notes
    assert table.evidence("Typology", "SC3").ids == ()


def test_a_case_summary_of_a_case_stands_where_cases_are_charted(study):
    study.memos.add("Case summary: two waves.", case=study.cases.get("A").id)
    assert [column.text for column in framework(study).columns] == ["SC2 Timing", "SC3 Control"]
    table = framework(study, by="case")
    assert table.value(table.rows[0].key, "Case summary") == "two waves."


def test_a_cell_says_what_it_is(study):
    study.codes.change(study.codes.get("SC3"), applies_to=["SU"])
    study.codes.change(study.codes.get("SC3a"), applies_to=["SU"])
    late = coded(study, "a1", "SC2", "It came late")
    coded(study, "b1", "SC3a", "I chose it")
    chart(study, "Ann", "SC2", "Too late.", segments=[late.id])
    chart(study, "Ann", "SC3", "Hm.", state="draft")
    chart(study, "Bob", "SC2", "", state="nothing said")
    chart(study, "Cy", "SC2", "", state="not asked")
    table = framework(study)
    assert table.value("Ann:1", "SC2") == "Too late."
    assert table.value("Ann:1", "SC3") == "Hm. [draft]"
    assert table.value("Bob:1", "SC2") == "[asked, nothing said]"
    assert table.value("Bob:1", "SC3") == "[not charted: 1 segment]"
    assert table.value("Cy:1", "SC2") == "[not asked]"
    assert table.value("Cy:1", "SC3") == "[not asked]"  # it applies to service users
    assert table.value("Ann:2", "SC2") == "[not charted]"
    assert table.value("Ann:2", "SC3") == "[not asked]"  # a peer worker then
    assert table.value("Bob:2", "SC2") == "[not interviewed]"
    assert states(table) == (
        "Of 12 cells: charted 1; draft 1; not charted 2; asked, nothing said 1; not asked 3; "
        "not interviewed at this wave 4."
    )
    assert "1 cell not charted has segments that wait." in table.notes


def test_a_cell_opens_to_what_it_rests_on_or_to_what_waits(study):
    late, pills = coded(study, "a1", "SC2", "It came late"), coded(study, "a1", "SC2", "They gave me pills")
    assert framework(study).evidence("Ann:1", "SC2").ids == (late.id, pills.id)
    chart(study, "Ann", "SC2", segments=[pills.id])
    table = framework(study)
    assert table.evidence("Ann:1", "SC2").ids == (pills.id,)
    assert [each.words for each in table.quotations("Ann:1", "SC2")] == ["They gave me pills"]
    assert table.evidence("Bob:2", "SC2").kind == "none"


def test_a_cell_is_stale_when_its_segments_changed_went_or_came(study):
    late, pills = coded(study, "a1", "SC2", "It came late"), coded(study, "a1", "SC2", "They gave me pills")
    chart(study, "Ann", "SC2", segments=[late.id, pills.id])
    assert framework(study).value("Ann:1", "SC2") == "Said so."
    study.segments.recode(study.segments.get(late.id), "SC3")
    assert framework(study).value("Ann:1", "SC2") == "Said so. [stale: 1 segment changed since]"
    study.segments.remove([study.segments.get(pills.id)])
    coded(study, "a1", "SC2", "I chose it")
    table = framework(study)
    assert table.value("Ann:1", "SC2") == "Said so. [stale: 2 segments changed, 1 added since]"
    assert "1 cell is stale: its segments have changed since it was written." in table.notes
    for _ in range(3):
        study.history.undo()
    assert framework(study).value("Ann:1", "SC2") == "Said so."


def test_what_the_consensus_took_over_of_it_makes_no_cell_stale(study):
    late = coded(study, "a1", "SC2", "It came late")
    chart(study, "Ann", "SC2", segments=[late.id])
    document = study.documents.get("a1")

    def agree(*quotes):
        body = study.documents.body(document)
        places = [(body.index(quote), body.index(quote) + len(quote)) for quote in quotes]
        held = [Passage(*place, late.code, definition=late.definition) for place in places]
        with study.action("agree"):
            study.consensus.change(document, study.consensus.holds(document), held)
            study.consensus.finish(document)

    agree("It came late.")  # the same words, an edge moved
    table = framework(study)
    assert table.value("Ann:1", "SC2") == "Said so."
    assert table.evidence("Ann:1", "SC2").ids == (late.id,)
    agree("It came late.", "They gave me pills")
    assert framework(study).value("Ann:1", "SC2") == "Said so. [stale: 1 segment added since]"


def test_what_does_not_touch_the_words_makes_no_cell_stale(study):
    late = coded(study, "a1", "SC2", "It came late")
    chart(study, "Ann", "SC2", segments=[late.id])
    study.segments.change(study.segments.get(late.id), exemplar=True, unsure="hers?")
    document = study.documents.get("a1")
    place = study.documents.body(document).index("pills")
    study.documents.revise(document, [(0, 3, "AK!!"), (place, place + 5, "tablets")], "heard again")
    assert framework(study).value("Ann:1", "SC2") == "Said so."
    document = study.documents.get("a1")
    place = study.documents.body(document).index("late")
    study.documents.revise(document, [(place, place + 4, "early")], "heard again")
    assert framework(study).value("Ann:1", "SC2") == "Said so. [stale: 1 segment changed since]"


def test_writing_anew_takes_note_of_what_changed_and_undo_brings_back_the_stale_one(study):
    late = coded(study, "a1", "SC2", "It came late")
    chart(study, "Ann", "SC2", segments=[late.id])
    more = coded(study, "a1", "SC2", "I chose it")
    chart(study, "Ann", "SC2", "Said anew.", segments=[late.id, more.id])
    assert framework(study).value("Ann:1", "SC2") == "Said anew."
    study.history.undo()
    assert framework(study).value("Ann:1", "SC2") == "Said so. [stale: 1 segment added since]"
    study.history.redo()
    assert framework(study).value("Ann:1", "SC2") == "Said anew."


def test_a_segment_that_a_finished_round_keeps_is_followed_to_the_one_that_stands(study):
    late = coded(study, "a1", "SC2", "It came late")
    chart(study, "Ann", "SC2", segments=[late.id])
    study.coders.finish(study.documents.get("a1"))
    assert framework(study).value("Ann:1", "SC2") == "Said so."
    study.segments.change(study.segments.get(late.id), unsure="")
    assert framework(study).value("Ann:1", "SC2") == "Said so."
    study.segments.change(study.segments.find()[0], negative=True)
    assert framework(study).value("Ann:1", "SC2") == "Said so. [stale: 1 segment changed since]"


def test_a_second_analyst_checks_and_nobody_their_own(study):
    made = chart(study, "Ann", "SC2", segments=[coded(study, "a1", "SC2", "It came late").id])
    with pytest.raises(RefusedError, match="somebody else"):
        study.summaries.check(made)
    with closing(as_coder(study, "BX")) as other:
        assert other.summaries.check(made).state == "checked"
        with pytest.raises(RefusedError, match="nothing to check"):
            other.summaries.check(chart(study, "Bob", "SC2", state="draft"))
    assert framework(study).value("Ann:1", "SC2") == "Said so. [checked]"


def test_of_several_coders_the_one_whose_coding_counts_is_shown(study):
    with closing(as_coder(study, "BX")) as other:
        chart(study, "Ann", "SC2", "AK's.")
        chart(other, "Ann", "SC2", "BX's.")
        chart(other, "Bob", "SC2", "BX's alone.")
        table = framework(study)
        assert (table.value("Ann:1", "SC2"), table.value("Bob:1", "SC2")) == ("AK's.", "BX's alone.")
        assert any(note.startswith("1 cell was written by several coders") for note in table.notes)
        study.documents.set_lead(study.documents.get("a1"), study.coders.get("BX").id)
        assert framework(study).value("Ann:1", "SC2") == "BX's."
        assert framework(study, scope=Scope(coder="AK")).value("Ann:1", "SC2") == "AK's."
        assert framework(study, scope=Scope(coder="AK")).value("Bob:1", "SC2") == "[not charted]"


def test_summaries_of_merged_codes_stand_in_the_code_that_stands_for_them(study):
    chart(study, "Ann", "SC2", "Late.")
    chart(study, "Ann", "SC3", "Chosen.")
    study.codes.merge(study.codes.get("SC3"), study.codes.get("SC2"))
    table = framework(study)
    assert [column.key for column in table.columns] == ["SC2"]
    assert table.value("Ann:1", "SC2") == "Late.\nChosen."


def test_a_summary_of_a_retired_theme_is_told_and_shown_when_named(study):
    chart(study, "Ann", "SC3", "Chosen.")
    study.codes.retire(study.codes.get("SC3"))
    assert "1 cell with a summary is of a row or theme not shown." in framework(study).notes
    assert framework(study, scope=Scope(codes=("SC3",))).value("Ann:1", "SC3") == "Chosen."


def test_the_scope_chooses_waves_roles_cases_and_codes(study):
    coded(study, "a1", "SC3a", "I chose it")
    table = framework(study, scope=Scope(waves=("2",)))
    assert [row.key for row in table.rows] == ["Ann:2", "Bob:2", "Cy:2"]
    table = framework(study, scope=Scope(roles=("SU",)))
    assert [row.key for row in table.rows] == ["Ann:1", "Bob:1", "Bob:2"]  # Ann is interviewed at 2, in another role
    table = framework(study, scope=Scope(cases=("B",), codes=("SC3a",)))
    assert ([row.key for row in table.rows], [head.key for head in table.columns]) == (["Cy:1", "Cy:2"], ["SC3a"])
    assert "Filter: cases B; codes SC3a." in table.notes


def test_without_themes_the_codes_on_top_are_the_columns(study):
    for short in ("SC2", "SC3"):
        study.codes.change(study.codes.get(short), kind="code")
    assert [head.key for head in framework(study).columns] == ["SC2", "SC3"]


def test_rows_are_grouped_by_an_attribute_if_asked(study):
    study.attributes.set("person", study.people.get("Ann").id, [("age", "9")])
    study.attributes.set("person", study.people.get("Bob").id, [("age", "10")])
    table = framework(study, sort="age")
    assert [(row.text, row.group) for row in table.rows] == [
        ("Ann, A, wave 1", "age 9"),
        ("Ann, A, wave 2", "age 9"),
        ("Bob, A, wave 1", "age 10"),
        ("Bob, A, wave 2", "age 10"),
        ("Cy, B, wave 1", "No age"),
        ("Cy, B, wave 2", "No age"),
    ]
    with pytest.raises(NotFoundError, match="attribute"):
        framework(study, sort="agee")


def test_cases_can_stand_in_the_rows_and_hold_the_cases_inside(study):
    north = study.cases.add("A north", parent=study.cases.get("A").id)
    study.people.add("Di", "A north", {"-": "SU"})
    interview(study, "d1", [("R", WORDS)], {"R": "Di"}, "1")
    own, inner = coded(study, "a1", "SC2", "It came late"), coded(study, "d1", "SC2", "It came late")
    study.summaries.write("Late in the north.", "SC2", case=north.id, wave="1", segments=[inner.id])
    study.attributes.set("case", study.cases.get("A").id, [("sector", "NHS")])
    table = framework(study, by="case")
    assert [(row.key, row.group, row.depth) for row in table.rows] == [
        ("A:1", "Wave 1", 0), ("A north:1", "Wave 1", 1), ("B:1", "Wave 1", 0),
        ("A:2", "Wave 2", 0), ("A north:2", "Wave 2", 1), ("B:2", "Wave 2", 0),
    ]  # fmt: skip
    assert table.value("A north:1", "SC2") == "Late in the north."
    assert table.evidence("A:1", "SC2").ids == (own.id, inner.id)
    assert table.value("A north:2", "SC2") == "[not interviewed]"
    groups = {row.key: row.group for row in framework(study, by="case", sort="sector").rows}
    assert (groups["A north:1"], groups["B:1"]) == ("sector NHS", "No sector")
    with pytest.raises(InputError, match="people or cases"):
        framework(study, by="role")


def test_a_paper_without_people_stands_with_its_case(study):
    document = study.documents.add("trial", "Readmission fell.\n", [])
    study.documents.place(document, case=study.cases.add("T").id)
    made = coded(study, "trial", "SC2", "Readmission fell")
    table = framework(study, by="case")
    assert table.value("T", "SC2") == "[not charted: 1 segment]"
    assert table.evidence("T", "SC2").ids == (made.id,)


def test_interviewers_words_wait_in_no_cell(study):
    coded(study, "a1", "SC2", "How was it?")
    assert framework(study).value("Ann:1", "SC2") == "[not charted]"


def test_a_blind_round_shows_nobody_the_others_cells(study):
    document = study.documents.get("a1")
    for short in ("AK", "BX"):
        if short == "BX":
            study.coders.add("BX")
        study.coders.assign(document, study.coders.get(short), blind=True)
    chart(study, "Ann", "SC2", segments=[coded(study, "a1", "SC2", "It came late").id])
    with closing(as_coder(study, "BX")) as other:
        assert framework(other).value("Ann:1", "SC2") == "[not charted]"
        assert any("coded blind" in note for note in framework(other).notes)
    assert framework(study).value("Ann:1", "SC2") == "Said so."


def test_waves_stand_side_by_side_and_change_only_if_somebody_wrote_it(study):
    chart(study, "Ann", "SC2", "Late.")
    chart(study, "Ann", "SC2", "In time.", "2")
    table = framework_by_wave(study)
    assert [column.key for column in table.columns] == ["1", "2"]
    assert [row.key for row in table.rows] == [
        f"{who}:{code}" for code in ("SC2", "SC3") for who in ("Ann", "Bob", "Cy")
    ]
    assert [table.value("Ann:SC2", wave) for wave in ("1", "2")] == ["Late.", "In time."]
    assert table.value("Bob:SC2", "2") == "[not interviewed]"
    assert any(note.startswith("Nobody has written what changed") for note in table.notes)
    chart(study, "Ann", "SC2", "From late to in time.", "-")
    table = framework_by_wave(study)
    assert (table.value("Ann:SC2", "changed"), table.value("Bob:SC2", "changed")) == ("From late to in time.", None)
    assert "1 summary is of no one wave and stands in the table framework-by-wave." in framework(study).notes


def test_a_study_of_one_wave_has_one_row_a_person(tmp_path):
    with new_study(tmp_path) as project:
        project.codes.add("SC2", "Timing")
        project.people.add("Ann", None, {})
        interview(project, "a", [("R", WORDS)], {"R": "Ann"})
        chart(project, "Ann", "SC2", "Late.", "-")
        table = framework(project)
        assert [(row.key, row.group) for row in table.rows] == [("Ann", "")]
        assert table.value("Ann", "SC2") == framework_by_wave(project).value("Ann:SC2", "-") == "Late."


def test_every_surface_prints_it(study, tmp_path):
    chart(study, "Ann", "SC2", "Late.")
    for made in (framework(study), framework_by_wave(study)):
        assert "Late." in report.render(made, 80)
        for suffix in report.SUFFIXES:
            report.write(made, tmp_path / f"{made.name}{suffix}")


@given(data=st.data())
@settings(PROPERTY, max_examples=40)
def test_cells_hold_what_plain_python_finds_and_every_interview_has_its_row(tmp_path_factory, data):
    people = st.sampled_from(["Ann", "Bob", "Cy"])
    documents = data.draw(st.lists(st.tuples(people, st.sampled_from("12")), max_size=4))
    coding = data.draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["T", "T1", "U"])), max_size=6))
    with new_study(tmp_path_factory.mktemp("study")) as project:
        expected: dict[tuple[str, str], set[int]] = {}
        with project.action("all at once"):
            for short, parent in (("T", None), ("T1", "T"), ("U", None)):
                project.codes.add(short, short, parent=parent)
            for name in ("Ann", "Bob", "Cy"):
                project.people.add(name, "A")
            for number, (person, wave) in enumerate(documents):
                interview(project, f"d{number}", [("R", WORDS)], {"R": person}, wave)
                for place, code in coding:
                    if place == number:
                        made = project.segments.add(f"d{number}", code, quote="I chose it")
                        expected.setdefault((f"{person}:{wave}", code[0]), set()).add(made.id)
        table = framework(project)
        assert {row.key for row in table.rows} >= {f"{person}:{wave}" for person, wave in documents}
        for row in table.rows:
            for column in table.columns:
                ids = expected.get((row.key, column.key), set())
                assert table.evidence(row.key, column.key).ids == tuple(sorted(ids))
                words = table.value(row.key, column.key)
                assert (f": {len(ids)} segment" in words) == bool(ids)
