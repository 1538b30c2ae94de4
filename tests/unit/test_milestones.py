"""Milestones: a name for a point in the history, and the project exactly as it stood there."""

import pytest

import qualcode
from qualcode.errors import NotFoundError, QualcodeError, RefusedError
from qualcode.model import Definition
from qualcode.project.engine import connect
from tests.builders import a_study, add_interview, rows_of
from tests.studies import whole_study
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def project(tmp_path):
    with a_study(tmp_path / "study.qualcode") as project:
        yield project


def code_some(project):
    """Code, change, remove: something of each; yields after each action."""
    first = project.segments.add("A-SU1", "M2a", span=(35, 60))
    yield
    second = project.segments.add("A-SU1", "P3", span=(40, 70))
    yield
    project.segments.change(first, unsure="is it hope?")
    yield
    project.segments.remove([second])
    yield
    project.codes.redefine(project.codes.get("P3"), Definition(brief="hope for oneself"))
    yield
    project.codes.merge(project.codes.get("X"), project.codes.get("P3"))
    yield
    add_interview(project, "B-SU1", ("INT", "And you?"), ("Bob", "I was not so sure of it."))
    yield
    project.history.undo()
    yield
    project.history.redo()
    yield


def last_action(project):
    return project.store.value("SELECT max(id) FROM action")


def test_the_past_is_exactly_what_it_was_and_the_present_comes_back(project):
    kept = {last_action(project): rows_of(project)}
    for _ in code_some(project):
        kept[last_action(project)] = rows_of(project)
    assert len(kept) == 10
    for action, rows in kept.items():
        with project.history.at(action):
            assert rows_of(project) == rows
    assert rows_of(project) == kept[last_action(project)]
    assert project.check() == []
    project.segments.add("A-SU1", "M2a", span=(35, 60))


def test_the_history_and_the_codebook_version_end_there_too(project):
    there, version = last_action(project), project.codebook_version
    list(code_some(project))
    assert project.codebook_version > version
    with project.history.at(there):
        assert project.codebook_version == version
        assert project.history.actions()[0].id == there


def test_nothing_can_be_written_in_the_past(project):
    with pytest.raises(QualcodeError), project.history.at(last_action(project)):
        project.segments.add("A-SU1", "M2a", span=(35, 60))
    assert project.segments.of(project.documents.get("A-SU1")) == []


def test_an_earlier_state_is_not_looked_at_inside_an_action(project):
    with project.action("two things"), pytest.raises(RefusedError), project.history.at(1):
        pass


def test_a_milestone_stands_where_it_was_made_also_after_undo_and_redo(project):
    made = project.milestones.add("submitted-v1")
    assert (made.name, made.coder, made.action) == ("submitted-v1", "AK", last_action(project))
    project.history.undo()
    assert project.milestones.all() == []
    project.history.redo()
    assert project.milestones.get("Submitted-V1") == made
    assert project.check() == []


def test_a_name_is_taken_once_and_can_be_taken_away(project):
    made = project.milestones.add(" submitted-v1 ")
    with pytest.raises(RefusedError):
        project.milestones.add("SUBMITTED-V1")
    for wrong in ("", " ", "two\nlines"):
        with pytest.raises(RefusedError):
            project.milestones.add(wrong)
    project.milestones.remove(made)
    with pytest.raises(NotFoundError):
        project.milestones.get("submitted-v1")
    project.history.undo()
    assert project.milestones.all() == [made]


def test_a_blind_round_of_today_hides_the_past_too(project):
    project.segments.add("A-SU1", "M2a", span=(35, 60))
    made = project.milestones.add("before")
    project.coders.add("BK")
    document = project.documents.get("A-SU1")
    for short in ("AK", "BK"):
        project.coders.assign(document, project.coders.get(short), blind=True)
    with qualcode.open(project.path, "BK") as other, other.history.at(made.action):
        assert other.segments.of(document) == []
    with project.history.at(made.action):
        assert len(project.segments.of(document)) == 1


def test_what_is_forgotten_has_no_past(project):
    project.segments.add("A-SU1", "M2a", span=(35, 60))
    made = project.milestones.add("before")
    project.forget(document="A-SU1")
    with project.history.at(made.action):
        assert project.documents.all() == []
        assert len(project.columns().segments) == 0
    assert project.milestones.all() == [made]
    assert project.check() == []


def test_a_project_of_an_older_qualcode_can_have_milestones(project):
    path = project.path
    project.close()
    with connect(path) as connection:
        connection.executescript(
            "DROP TABLE milestone; DROP TABLE log_milestone; PRAGMA user_version = 6;"
            "DELETE FROM _sqlite_migrations WHERE name LIKE '007%';"
        )
    connection.close()
    with qualcode.open(path, "AK") as opened:
        there = last_action(opened)
        rows = rows_of(opened)
        opened.milestones.add("submitted-v1")
        with opened.history.at(there):
            assert rows_of(opened) == rows
        assert opened.check() == []


def test_the_last_action_is_the_present_in_a_study_with_a_bit_of_everything(tmp_path):
    with whole_study(tmp_path) as project:
        rows, columns = rows_of(project), project.columns()
        with project.history.at(last_action(project)):
            assert rows_of(project) == rows
            past = project.columns()
            assert past.segments.id.tolist() == columns.segments.id.tolist()
            assert past.voices.person.tolist() == columns.voices.person.tolist()


def test_forgetting_says_that_a_milestone_is_called_by_an_erased_name(project):
    project.people.add("Maureen")
    project.milestones.add("before Maureen left")
    forgotten = project.forget(person="Maureen")
    assert "milestone before Maureen left" in forgotten.names_left
