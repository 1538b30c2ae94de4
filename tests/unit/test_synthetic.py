"""Made-up studies: as large as asked for, always the same for the same seed, and open about being made up."""

from dataclasses import replace

import pytest

import qualcode
from qualcode.analysis import sample
from qualcode.errors import RefusedError
from qualcode.work import synthetic
from tests.command_line import Shell

SMALL = replace(synthetic.TWO_WAVES, cases=(synthetic.Case("North", "statutory", (("SU", 2), ("PW", 1))),), exchanges=9)


def content(path):
    """Everything but guids and times."""
    with qualcode.open(path) as project:
        texts = [(each.name, each.wave, project.documents.body(each)) for each in project.documents]
        coding = [(each.document, each.start, each.end, each.code, each.coder) for each in project.segments.find()]
        claims = [(each.start, each.from_code, each.to_code, each.direction) for each in project.claims.find()]
        return texts, coding, claims, [(each.body, each.segments) for each in project.summaries.find()]


def test_the_full_study_has_its_people_and_says_what_it_is(tmp_path):
    path = synthetic.make(tmp_path / "full.qualcode", synthetic.CHANGE_STUDY)
    with qualcode.open(path) as project:
        assert sample(project).value("all", "all") == 71
        assert [sample(project).value(row, "all") for row in "ABCDEFGHIJ"] == [8, 7, 7, 6, 9, 6, 6, 8, 7, 7]
        bodies = [project.documents.body(each) for each in project.documents]
        assert all(body.startswith(synthetic.NOTICE) for body in bodies)
        assert len(set(bodies)) == 71
        assert project.check() == []


def test_the_same_seed_gives_the_same_study_and_another_another(tmp_path):
    one, same, other = (
        content(synthetic.make(tmp_path / f"{name}.qualcode", SMALL, seed))
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert one == same
    assert one != other
    assert all(one)


def test_there_are_as_many_segments_as_the_design_wants(tmp_path):
    path = synthetic.make(tmp_path / "few.qualcode", replace(SMALL, segments=100))
    with qualcode.open(path) as project:
        assert len(project.segments.find()) == 100
        assert len({each.coder for each in project.segments.find()}) == 3


def test_a_file_that_is_there_is_left_alone(tmp_path):
    path = tmp_path / "mine.qualcode"
    path.write_text("mine")
    with pytest.raises(RefusedError):
        synthetic.make(path, SMALL)
    assert path.read_text() == "mine"


def test_the_command_line_makes_one_and_says_what_it_is(tmp_path, monkeypatch):
    result = Shell(tmp_path, monkeypatch)("demo", "here", "--synthetic", "71")
    assert result.exit_code == 0
    assert "nobody said any of it" in result.stderr
    with qualcode.open(tmp_path / "here" / "synthetic-71.qualcode") as project:
        assert len(project.documents.all()) == 71
