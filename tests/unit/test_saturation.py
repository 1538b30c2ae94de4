"""Saturation: the published numbers, order, roles, random orders, and against ten lines of plain Python."""

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode import report
from qualcode.analysis import Scope, saturation
from qualcode.analysis.first_uses import Rule, course, in_other_orders
from qualcode.errors import InputError, RefusedError
from tests.command_line import Shell
from tests.strategies import PROPERTY
from tests.studies import as_coder, interview, new_study

PUBLISHED = [range(20), range(10, 30), range(25, 35), range(30, 37), range(33, 41), range(39, 44), [0, 44], [1, 2]]
"""Codes in eight interviews: 37 in the first four, then 4, 3, 1 and 0 new ones."""


def studied(folder, interviews, roles=()):
    """A study in which each interview's person says all the codes given, in the interviews' order."""
    project = new_study(folder)
    with project.action("build"):
        for code in sorted({code for each in interviews for code in each}):
            project.codes.add(f"c{code}", f"Code {code}")
        for number, codes in enumerate(interviews):
            role = roles[number] if roles else "SU"
            project.people.add(f"P{number}", "A", {"-": role})
            interview(project, f"i{number}", [("INT", "And?"), ("R", "So it goes on.")], {"R": f"P{number}"})
            for code in codes:
                project.segments.add(f"i{number}", f"c{code}", quote="So it goes on")
    return project


def column(table, key):
    return [table.value(row.key, key) for row in table.rows]


def notes(table, begins):
    return [each for each in table.notes if each.startswith(begins)]


def test_the_published_numbers_come_out(tmp_path):
    with studied(tmp_path, PUBLISHED) as project:
        table = saturation(project)
        assert column(table, "new")[4:] == [4, 3, 1, 0]
        assert column(table, "codes")[3] == 37
        assert column(table, "run") == [None] * 5 + [7, 4, 1]
        assert [round(share, 1) for share in column(table, "share")[5:]] == [18.9, 10.8, 2.7]
        assert column(table, "reached") == [None] * 7 + ["reached: 6+2"]
        assert "Reached at 6+2 interviews; 37 codes in the first 4 interviews." in table.notes
        assert notes(table, "In 1,000 random orders of the same interviews (seed 1): median ")


def test_evidence_is_the_first_uses(tmp_path):
    with studied(tmp_path, [[1, 2], [2, 3], [1, 3]]) as project:
        table = saturation(project, base=1, run=1)
        used = {each.id: project.codes.get(each.code).short for each in project.segments.find()}
        for row in table.rows:
            ids = table.evidence(row.key, "new").ids
            assert len({used[each] for each in ids}) == table.value(row.key, "new")
            assert table.evidence(row.key, "codes").kind == "none"
        assert [used[each] for each in table.evidence("i1", "new").ids] == ["c3"]


def test_fewer_than_base_and_run_cannot_be_assessed(tmp_path):
    with studied(tmp_path, PUBLISHED[:5]) as project:
        table = saturation(project)
        assert "Cannot assess: 5 coded interviews, and 4+2 are needed." in table.notes
        assert column(table, "share") == [None] * 5
        assert column(table, "codes")[3] == 37


def test_a_base_without_a_code_is_an_error(tmp_path):
    with studied(tmp_path, [[], [], [1], [2]]) as project:
        for document in project.documents.all():
            project.coders.finish(document)
        with pytest.raises(RefusedError, match="no code in the first 2"):
            saturation(project, base=2, run=1)
        assert saturation(project, base=3, run=1).value("i3", "share") == 100


def test_parameters_out_of_range_are_refused(tmp_path):
    with studied(tmp_path, []) as project:
        for wrong in ({"base": 0}, {"run": 0}, {"threshold": -1}, {"rounds": -1}, {"by": "person"}):
            with pytest.raises(InputError):
                saturation(project, **wrong)
        assert "Cannot assess: 0 coded interviews, and 4+2 are needed." in saturation(project).notes


def test_an_interview_not_coded_yet_is_not_one_without_new_codes(tmp_path):
    with studied(tmp_path, [[1], [], [2]]) as project:
        table = saturation(project, base=1, run=1)
        assert [row.key for row in table.rows] == ["i0", "i2"]
        assert "1 interview is not coded yet and not counted." in table.notes
        project.coders.finish(project.documents.get("i1"))
        assert column(saturation(project, base=1, run=1), "new") == [1, 0, 1]


def test_interviews_stand_by_date_where_all_have_one_else_as_imported(tmp_path):
    with studied(tmp_path, [[1], [2], [3]]) as project:
        assert notes(saturation(project), "Interviews stand in the order in which they were imported: they have no")
        for name, date in (("i0", "2019-03-02"), ("i1", "2019-03-01"), ("i2", "March")):
            project.attributes.set("document", project.documents.get(name).id, [("Date", date)])
        table = saturation(project)
        assert [row.text for row in table.rows] == ["1. i0", "2. i1", "3. i2"]
        assert notes(table, "Interviews stand in the order in which they were imported: 1 document has no Date")
        project.attributes.set("document", project.documents.get("i2").id, [("Date", "2018-12-31")])
        table = saturation(project)
        assert [row.text for row in table.rows] == ["1. i2", "2. i1", "3. i0"]
        assert "Interviews stand in the order of their Date." in table.notes


def test_codes_merged_since_are_one_and_retired_ones_are_the_one_above(tmp_path):
    with studied(tmp_path, [[1, 2], [3], [4]]) as project:
        project.codes.merge(project.codes.get("c3"), project.codes.get("c1"))
        project.codes.add("c5", "Below", parent="c4")
        project.segments.add("i0", "c5", quote="So it")
        project.codes.retire(project.codes.get("c5"))
        assert column(saturation(project, base=1, run=1), "new") == [3, 0, 0]
        project.codes.retire(project.codes.get("c2"))
        assert column(saturation(project, base=1, run=1), "new") == [2, 0, 0]


def test_it_is_told_by_role_too(tmp_path):
    with studied(tmp_path, [[1], [2], [1], [2]], roles=["SU", "PW", "PW", "SU"]) as project:
        table = saturation(project, base=1, run=1, by="role")
        assert [(row.key, row.group) for row in table.rows] == [
            ("i0", "All interviews"), ("i1", "All interviews"), ("i2", "All interviews"), ("i3", "All interviews"),
            ("PW:i1", "PW peer worker"), ("PW:i2", "PW peer worker"),
            ("SU:i0", "SU service user"), ("SU:i3", "SU service user"),
        ]  # fmt: skip
        assert column(table, "new") == [1, 1, 0, 0, 1, 1, 1, 1]
        assert "SU: Not reached in 2 coded interviews; 1 code in the first interview." in table.notes
        assert column(saturation(project, base=1, run=1, scope=Scope(roles=("PW",))), "new") == [1, 1]


def test_a_codebook_fixed_beforehand_is_said(tmp_path):
    with studied(tmp_path, [[1], [2]]) as project:
        assert (
            "The codebook was fixed before coding began: new means used for the first time."
            not in saturation(project).notes
        )  # one action made codes and coding: nothing came before
    (tmp_path / "fixed").mkdir()
    with new_study(tmp_path / "fixed") as project:
        for short in ("A", "B"):
            project.codes.add(short, short)
        interview(project, "d", [("R", "So it goes.")])
        project.segments.add("d", "A", quote="So")
        assert (
            "The codebook was fixed before coding began: new means used for the first time."
            in saturation(project).notes
        )
        project.codes.add("C", "C")
        project.segments.add("d", "C", quote="it")
        assert notes(saturation(project), "1 of 2 codes were made before coding began")


def test_the_scope_chooses_which_codes_count_and_blind_coding_waits(tmp_path):
    with studied(tmp_path, [[1, 2], [2, 3]]) as project:
        assert column(saturation(project, scope=Scope(codes=("c1", "c3"))), "new") == [1, 1]
        project.coders.add("BX")
        for short in ("AK", "BX"):
            project.coders.assign(project.documents.get("i1"), project.coders.get(short), blind=True)
        with closing(as_coder(project, "BX")) as other:
            assert [row.key for row in saturation(other).rows] == ["i0"]


def test_interviewers_words_bring_no_code_of_a_role(tmp_path):
    with studied(tmp_path, [[1]]) as project:
        project.codes.add("c9", "Nine")
        project.segments.add("i0", "c9", quote="And?")
        assert column(saturation(project, scope=Scope(roles=("SU",))), "new") == [1]


def test_every_surface_prints_it(tmp_path):
    with studied(tmp_path, PUBLISHED) as project:
        table = saturation(project, by="role")
        assert "6+2" in report.render(table, 80)
        for suffix in report.SUFFIXES:
            report.write(table, tmp_path / f"saturation{suffix}")
        assert report.render(table, 80) == report.render(saturation(project, by="role"), 80)


def test_a_threshold_of_nothing_is_a_threshold(tmp_path, monkeypatch):
    studied(tmp_path, PUBLISHED).close()
    shell = Shell(tmp_path, monkeypatch)
    shown = shell.done("table", "saturation", "--threshold", "0", "--rounds", "0", "--run", "1", "--seed", "0")
    assert "Reached at 7+1 interviews" in shown
    assert "random orders of" not in shown
    assert "does not take --base" in shell.refused("table", "gioia", "--base", "4")


# -- against plain Python --------------------------------------------------------------------------------------------

codes = st.lists(st.frozensets(st.integers(0, 8), max_size=4), max_size=9)
rules = st.builds(Rule, st.integers(1, 4), st.integers(1, 3), st.sampled_from([0.0, 5.0, 20.0, 50.0]))


def plain(interviews, rule):
    base = len(set().union(*interviews[: rule.base]))
    for n in range(rule.base, len(interviews) - rule.run + 1):
        before = set().union(*interviews[:n])
        new = set().union(*interviews[n : n + rule.run]) - before
        if base and len(new) / base * 100 <= rule.threshold + 1e-9:
            return n
    return None


@given(interviews=codes, rule=rules)
@PROPERTY
def test_n_is_what_plain_python_finds(interviews, rule):
    assert course(interviews).reached(rule) == plain(interviews, rule)
    assert sum(course(interviews).new) == len(set().union(*interviews))


@given(interviews=codes, rule=rules, seed=st.integers(0, 5))
@PROPERTY
def test_random_orders_are_seeded_and_each_is_an_order_of_the_same_interviews(interviews, rule, seed):
    found = in_other_orders(interviews, rule, 20, seed)
    assert found == in_other_orders(interviews, rule, 20, seed)
    assert len(found) == 20
    told = [n for n in found if n is not None]
    assert told == sorted(told)
    assert found[: len(told)] == told
    assert all(rule.base <= n <= len(interviews) - rule.run for n in told)


def test_random_orders_of_alike_interviews_are_the_order_itself():
    alike = [frozenset({1, 2})] * 6
    assert set(in_other_orders(alike, Rule(), 10, 1)) == {course(alike).reached(Rule())} == {4}
