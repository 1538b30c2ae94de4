"""A code that is meant for some roles or waves, coded elsewhere: it is said once, and not refused."""

import pytest

from tests.command_line import Shell, a_study

MEANT = "M2a is meant for PW (applies_to), and 1 passage is of others: "


@pytest.fixture
def shell(tmp_path, monkeypatch):
    with a_study(tmp_path) as project:
        project.codes.change(project.codes.get("M2a"), applies_to=["PW"])
        project.codes.change(project.codes.get("P3"), applies_to=["SU", "2"])
        person = project.people.get("A-SU1")
        project.people.set_role(person.id, "SU", "1")
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return made


def test_coding_somebody_for_whom_a_code_is_not_meant_is_said_and_done(shell):
    result = shell("code", "A-SU1", "2", "M2a", "M2")
    assert (result.exit_code, result.stderr.count("is meant for")) == (0, 1)
    assert MEANT in result.stderr
    assert len(shell.json("segments")) == 2


def test_a_listing_says_it_once_for_all_passages(shell):
    for line in ("2", "4"):
        shell.done("code", "A-SU1", line, "M2a")
    assert "M2a is meant for PW (applies_to), and 2 passages are of others: 1, 2" in shell("segments").stderr


def test_a_wave_that_a_code_names_counts_when_the_study_has_it(shell):
    assert "is meant for" not in shell("code", "A-SU1", "2", "P3").stderr
    with shell.open("AK") as project:
        project.waves.ensure("2")
    assert "P3 is meant for SU, 2 (applies_to)" in shell("segments").stderr


def test_nothing_is_said_of_questions_or_of_people_whose_role_nobody_knows(shell):
    assert "is meant for" not in shell("code", "A-SU1", "1", "M2a").stderr
    shell.done("speakers", "A-SU1", "Maureen=Somebody new")
    assert "is meant for" not in shell("code", "A-SU1", "2", "M2a").stderr


def test_a_recoded_passage_is_looked_at_too(shell):
    shell.done("code", "A-SU1", "2", "M2")
    assert MEANT + "1" in shell("recode", "1", "M2a").stderr


def test_loading_coding_files_says_it_once_for_all_that_is_new(shell, tmp_path):
    shell.done("documents")
    for name, quotes in (("a", ("I had hope", "Well, if she")), ("b", ("Well, if she can",))):
        entries = "".join(f'  - code: M2a\n    quote: "{quote}"\n' for quote in quotes)
        (tmp_path / f"{name}.yaml").write_text(f"document: A-SU1\ncoder: AK\nsegments:\n{entries}")
    first = shell("load", "a.yaml", "b.yaml")
    assert first.exit_code == 0, first.output
    assert first.stderr.count("is meant for") == 1
    assert "M2a is meant for PW (applies_to), and 3 passages are of others" in first.stderr
    assert "is meant for" not in shell("load", "a.yaml", "b.yaml").stderr


def test_a_single_passage_made_from_python_is_announced(tmp_path):
    with a_study(tmp_path) as project:
        project.codes.change(project.codes.get("M2a"), applies_to=["PW"])
        project.people.set_role(project.people.get("A-SU1").id, "SU", "1")
        heard = []
        project.store.announce = heard.append
        made = project.segments.add("A-SU1", "M2a", quote="I had hope")
    assert [f"passage {made.id}: M2a is meant for PW (applies_to), and 1 passage is of others"] == heard
