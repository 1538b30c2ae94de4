"""Which numbers moved since a milestone, and why: as the tables count, against both states made by hand."""

import pytest

import qualcode
from qualcode.analysis import arrow_list, themes
from qualcode.analysis.milestones import compare
from tests.builders import a_study, add_interview
from tests.command_line import Shell


@pytest.fixture
def project(sample_study, tmp_path):
    path = tmp_path / sample_study.name
    path.write_bytes(sample_study.read_bytes())
    with qualcode.open(path, "AK") as opened:
        yield opened


def numbers(project):
    """People, sources and references as the table of themes has them; claims and people as the list of arrows."""
    table, arrows = themes(project), arrow_list(project)
    units = ("people", "sources", "references")
    counted = {row.key: {unit: table.value(row.key, unit) for unit in units} for row in table.rows}
    ways = ("raises", "lowers", "no effect", "mixed")
    said = {
        row.key: {"claims": sum(arrows.value(row.key, way) for way in ways), "people": arrows.value(row.key, "people")}
        for row in arrows.rows
    }
    return counted, said


def by_name(moved):
    return {each.name.split(" ")[0] if "→" not in each.name else each.name: each for each in moved}


def without_segments(counts):
    return {unit: count for unit, count in counts.items() if unit != "segments"}


def test_nothing_moved_right_after_a_milestone(project):
    difference = compare(project, project.milestones.add("v1"))
    assert (difference.codes, difference.arrows, difference.actions, difference.documents) == ((), (), (), ())
    assert difference.then == difference.now


def test_numbers_are_those_of_the_tables_at_both_points(project):
    milestone = project.milestones.add("v1")
    codes_then, arrows_then = numbers(project)
    own = project.coders.get("AK").id
    led = {document for document, coder in project.coders.layer().items() if coder == own}
    claims = [each for each in project.claims.find() if each.coder == own and each.document in led]
    for claim in claims[:3]:
        project.claims.remove(claim)
    project.segments.remove(project.segments.of(project.documents.get(min(led)), "AK")[3:])
    codes_now, arrows_now = numbers(project)
    difference = compare(project, milestone)
    moved = by_name(difference.codes)
    for short in codes_then:
        if codes_then[short] != codes_now[short]:
            assert without_segments(moved[short].then) == codes_then[short]
            assert without_segments(moved[short].now) == codes_now[short]
            assert "remove segments" in {each.verb for each in moved[short].because}
        elif short in moved:
            assert list(moved[short].changes) == ["segments"]
    assert codes_then != codes_now
    arrows = by_name(difference.arrows)
    assert arrows_then != arrows_now
    for key in arrows_then:
        if arrows_then[key] != arrows_now.get(key):
            assert arrows[key].then == arrows_then[key]
            assert arrows[key].now == arrows_now.get(key)
            assert [(each.verb, each.coder) for each in arrows[key].because] == [("remove claim", "AK")]


@pytest.fixture
def small(tmp_path):
    with a_study(tmp_path / "study.qualcode") as project:
        project.segments.add("A-SU1", "M2a", span=(35, 60))
        project.milestones.add("v1")
        yield project


def test_what_became_of_codes_is_told_with_who_did_it(small):
    small.codes.merge(small.codes.get("M2a"), small.codes.get("P3"))
    small.codes.change(small.codes.get("X"), name="Rest")
    small.codes.add("N", "New")
    moved = by_name(compare(small, small.milestones.get("v1")).codes)
    assert moved["M2a"].happened == ("merged into P3",)
    assert (moved["M2a"].then["segments"], moved["M2a"].now) == (1, None)
    assert moved["P3"].changes == dict.fromkeys(("segments", "sources", "references"), (0, 1))
    assert [(each.verb, each.coder, each.count) for each in moved["P3"].because] == [("merge codes", "AK", 1)]
    assert moved["X"].happened == ("renamed from X Other",)
    assert moved["N"].happened == ("added",)


def test_what_was_done_and_undone_is_no_reason(small):
    small.segments.add("A-SU1", "P3", span=(40, 70))
    small.history.undo()
    assert compare(small, small.milestones.get("v1")).actions == ()
    small.history.redo()
    [moved] = compare(small, small.milestones.get("v1")).codes
    assert moved.name == "P3 Hope"
    assert [each.verb for each in moved.because] == ["add segments"]


def test_undoing_what_came_before_the_milestone_is_told_as_that(small):
    small.segments.add("A-SU1", "P3", span=(40, 70))
    with qualcode.open(small.path, "BK") as other:
        milestone = other.milestones.add("v2")
    small.history.undo()
    [moved] = compare(small, milestone).codes
    assert (moved.name, moved.changes["segments"]) == ("P3 Hope", (1, 0))
    assert [(each.verb, each.coder) for each in moved.because] == [("undo", "AK")]
    small.history.redo()
    assert compare(small, milestone).actions == ()


def test_another_coders_passages_move_nothing_and_explain_nothing(small):
    with qualcode.open(small.path, "BK") as other:
        other.segments.add("A-SU1", "P3", span=(40, 70))
    assert compare(small, small.milestones.get("v1")).codes == ()
    small.segments.add("A-SU1", "P3", span=(40, 70))
    [moved] = compare(small, small.milestones.get("v1")).codes
    assert [(each.verb, each.coder) for each in moved.because] == [("add segments", "AK")]


def test_between_two_milestones_later_actions_do_not_count_and_the_order_does_not_matter(small):
    small.segments.add("A-SU1", "P3", span=(40, 70))
    first, second = small.milestones.get("v1"), small.milestones.add("v2")
    small.segments.add("A-SU1", "X", span=(40, 70))
    difference = compare(small, first, second)
    assert [each.name for each in difference.codes] == ["P3 Hope"]
    assert compare(small, second, first) == difference


def test_documents_that_came_and_went_are_named(small):
    add_interview(small, "B-SU1", ("INT", "And you?"), ("Bob", "I was not so sure of it."))
    small.documents.remove(small.documents.get("A-SU1"))
    difference = compare(small, small.milestones.get("v1"))
    assert difference.documents == ("A-SU1 removed", "B-SU1 added")
    [moved] = difference.codes
    assert (moved.name, moved.now["segments"]) == ("M2a Living proof", 0)
    assert "remove document" in [each.verb for each in moved.because]


def test_forgetting_is_told(small):
    small.forget(document="A-SU1")
    difference = compare(small, small.milestones.get("v1"))
    assert difference.codes == ()
    assert any("forgotten" in each for each in difference.notes)


def test_the_command(small, tmp_path, monkeypatch):
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    small.segments.add("A-SU1", "P3", span=(40, 70))
    assert shell.done("tag", "v2").startswith("v2: ")
    assert [each["name"] for each in shell.json("tag")] == ["v1", "v2"]
    assert "there is a milestone called v2" in shell.refused("tag", "V2")
    told = shell.done("tag", "diff", "v1")
    assert "P3 Hope" in told
    assert "segments 0 to 1 (+1)" in told
    assert "because: add segments 1 by AK" in told
    said = shell.json("tag", "diff", "v1", "v2")
    [code] = said["codes"]
    assert (code["then"]["segments"], code["now"]["segments"]) == (0, 1)
    assert code["because"] == [{"verb": "add segments", "coder": "AK", "count": 1}]
    assert shell.json("tag", "diff", "v2")["codes"] == []
    assert "no milestone" in shell.refused("tag", "diff", "v9")
    shell.done("tag", "remove", "v2")
    assert [each["name"] for each in shell.json("tag", "list")] == ["v1"]
