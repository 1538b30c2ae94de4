"""Words counted: how often, by how many, how evenly; two groups compared; every count opens to its words."""

import math

import numpy as np
import pytest

from qualcode.analysis import Scope, words
from qualcode.analysis.word_measures import deviation_of_proportions, log_likelihood, log_ratio
from qualcode.errors import InputError, NotFoundError, RefusedError
from tests.builders import a_study, add_interview
from tests.command_line import Shell
from tests.linguistic import BOTH, parsed


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "settings"))
    with a_study(tmp_path / "study.qualcode") as project:
        add_interview(project, "B-PW1", ("INT", "Hope, hope?"), ("Bea", "I hoped. Hope is hope, I thought."))
        add_interview(project, "nobody", ("Somebody", "hope hope hope"))
        for name, label, role in (("A-SU1", "Ann", "SU"), ("B-PW1", "Bea", "PW")):
            person = project.people.add(label, case=name[0], roles={"-": role})
            project.documents.set_speaker(project.documents.get(name), label, "participant", person.id)
        yield project


def row(table, word):
    return [table.value(word, column.key) for column in table.columns]


def test_only_what_known_participants_say_is_counted(study):
    table = words(study)
    count, rate, people, evenness = row(table, "hope")
    assert (count, people) == (2, 1)
    assert rate == pytest.approx(10_000 * 2 / 23)
    assert evenness == pytest.approx(16 / 23)
    assert [heading.of for heading in table.columns] == [23, None, 2, None]
    assert table.rows[0].key == "i"


def test_a_count_opens_to_the_words_where_they_stand(study):
    table = words(study)
    assert [each.words for each in table.quotations("hope", "count")] == ["Hope", "hope"]
    assert [each.words for each in table.quotations("i", "count")].count("I") == 5
    assert table.evidence("i", "people").kind == "person"
    assert table.quotations("i", "people") == ()


@pytest.mark.parametrize("choice", BOTH)
def test_words_are_counted_under_their_base_form(study, choice):
    parsed(study, choice)
    table = words(study, lemma=True)
    assert table.value("hope", "count") == 3
    assert [each.words for each in table.quotations("hope", "count")] == ["hoped", "Hope", "hope"]
    assert any("base form" in note for note in table.notes)


def test_words_that_are_asked_for_stand_in_that_order_also_if_nobody_says_them(study):
    table = words(study, words=("THOUGHT", "moon", "Hope"))
    assert [heading.key for heading in table.rows] == ["thought", "moon", "hope"]
    assert row(table, "moon") == [0, 0.0, 0, None]
    assert row(table, "thought")[2] == 2
    assert {heading.key for heading in words(study, letters=5).rows} == {"hoped", "thought", "slept"}
    assert len(words(study, top=3).rows) == 3


def test_two_groups_are_compared_strongest_difference_first(study):
    table = words(study, compare=(("role", "SU"), ("role", "PW")))
    assert table.rows[0].key == "hope"
    assert row(table, "hope") == [
        0, 0.0, 0, 2, pytest.approx(10_000 * 2 / 7), 1,
        pytest.approx(log_likelihood(0, 16, 2, 7)), pytest.approx(math.log2((0.5 / 16) / (2 / 7))),
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="two different groups"):
        words(study, compare=(("role", "SU"),))
    with pytest.raises(NotFoundError):
        words(study, compare=(("role", "SU"), ("role", "ZZ")))


def test_a_scope_is_a_part_of_the_study(study):
    table = words(study, scope=Scope(roles=("PW",)))
    assert [heading.of for heading in table.columns] == [7, None, 1, None]
    with pytest.raises(InputError, match="whatever is coded"):
        words(study, scope=Scope(codes=("P3",)))


def test_evenness_is_that_of_gries():
    """Half of the sum of differences: 0 in proportion, 1 - s where the smallest part s has all."""
    parts = np.array([10, 20, 70])
    assert deviation_of_proportions(parts, parts) == 0
    assert deviation_of_proportions(np.array([4, 0, 0]), parts) == pytest.approx(0.9)
    assert deviation_of_proportions(np.zeros(3, dtype=np.int64), parts) is None


def test_log_likelihood_is_that_of_dunnings_table():
    """Dunning (1993), table 2: "the swiss" 110 times, 2442 of the second alone, 111 of the first, 29114 neither."""
    assert log_likelihood(110, 110 + 2442, 111, 111 + 29114) == pytest.approx(270.72, abs=0.01)
    assert log_likelihood(5, 100, 5, 100) == pytest.approx(0, abs=1e-12)
    assert log_likelihood(5, 100, 0, 0) == 0


def test_log_ratio_is_how_many_doublings():
    assert log_ratio(8, 1000, 2, 1000) == pytest.approx(2)
    assert log_ratio(0, 1000, 2, 1000) == pytest.approx(-2)
    assert log_ratio(0, 1000, 0, 1000) is None


def test_the_command_line_prints_and_opens_it(study, tmp_path, monkeypatch):
    parsed(study)
    shell = Shell(tmp_path, monkeypatch)
    told = shell.json("table", "words", "--lemma", "--word", "hope")
    assert told["rows"][0]["key"] == "hope"
    assert "Hope" in shell.done("table", "words", "--open", "hope", "count")
    printed = shell.done("table", "words", "--compare", "role=SU", "--compare", "role=PW", "--top", "2")
    assert "Log" in printed
    assert "Dunning" in printed
    assert "does not take" in shell.refused("table", "tree", "--lemma")
