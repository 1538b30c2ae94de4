"""Decisions in the project file: an older project gets what they need; they are forgotten, and hidden while blind."""

from contextlib import closing

import pytest

import qualcode
from qualcode.agreement.meeting import agenda
from qualcode.agreement.settling import decide
from qualcode.project.engine import connect
from tests.agreeing import two_coders
from tests.builders import bytes_on_disk
from tests.studies import as_coder
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS

HERON = "Because of the heron that nobody else saw."


@pytest.fixture
def path(tmp_path):
    with closing(two_coders(tmp_path)) as project:
        return project.path


def make_older(path):
    """The project file as the version before made it."""
    with closing(connect(path)) as connection:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decision'"
        for (name,) in connection.execute(triggers).fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for table in ("decision", "log_decision"):
            for column in ("to_code", "instead", "instead_to", "direction", "round"):
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '006%'")
        connection.execute("PRAGMA user_version = 5")


def test_a_project_of_the_version_before_can_be_decided_in(path):
    make_older(path)
    with qualcode.open(path, "AK") as project:
        decide(project, agenda(project).disagreements[0], "both", "as before")
        assert [each.said.reason for each in project.decisions.all()] == ["as before"]
        assert project.check() == []
        project.history.undo()
        assert project.decisions.all() == []


def test_what_was_decided_on_a_document_is_forgotten_with_it(path):
    with qualcode.open(path, "AK") as project:
        decide(project, agenda(project, documents=("one",)).disagreements[0], "both", HERON)
        assert project.foresee_forgetting(document="one").decisions == 1
        project.forget(document="one")
        assert project.decisions.all() == []
        assert project.check() == []
    assert HERON.encode() not in bytes_on_disk(path)


def test_what_another_decided_is_hidden_while_the_document_is_coded_blind(path):
    with qualcode.open(path, "AK") as project, closing(as_coder(project, "KB")) as other:
        decide(other, agenda(other, documents=("one",)).disagreements[0], "both", HERON)
        assert len(project.decisions.all()) == 1
        for short in ("AK", "KB"):
            project.coders.assign(project.documents.get("one"), project.coders.get(short), 2, blind=True)
        assert project.decisions.all() == []
        assert next(each.verb for each in project.history.actions() if each.coder == "KB") == "coding (blind)"
