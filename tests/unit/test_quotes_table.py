"""The table of pinned quotes: chosen by people, in the tree's order, of the layer."""

from contextlib import closing

import pytest

from qualcode.analysis import Scope, quotes
from tests.studies import as_coder, codebook, interview, new_study


@pytest.fixture
def study(tmp_path):
    with new_study(tmp_path) as project:
        codebook(project)
        project.people.add("A1", "A", {"-": "SU"})
        project.people.add("B1", "B", {"-": "MG"})
        interview(project, "two", [("P", "She got up so I got up.")], {"P": "B1"})
        interview(project, "one", [("P", "He waited. I waited.")], {"P": "A1"})
        yield project


def column(table, key):
    return {row.key: table.value(row.key, key) for row in table.rows}


def test_every_code_in_use_has_its_own_pinned_quotes_or_says_that_none_was_chosen(study):
    study.segments.add("two", "M2a", quote="I got up", exemplar=True)
    study.segments.add("one", "M2a", quote="He waited", exemplar=True)
    study.segments.add("one", "P3", quote="I waited")
    study.codes.retire(study.codes.get("RV"))
    table = quotes(study)
    assert list(column(table, "quote").items()) == [
        ("M2", "none chosen"),
        ("M2a", "He waited"),
        ("M2a (2)", "I got up"),
        *((code, "none chosen") for code in ("M2b", "P3", "P3a", "P4", "D1", "D4")),
    ]
    assert column(table, "citation")["M2a"] == "[A, SU, A1, line 1]"
    assert [row.depth for row in table.rows[:3]] == [0, 1, 1]


def test_a_quote_opens_to_its_segment_and_none_chosen_to_nothing(study):
    segment = study.segments.add("two", "M2a", quote="I got up", exemplar=True)
    table = quotes(study)
    for head in ("quote", "citation"):
        assert table.evidence("M2a", head).ids == (segment.id,)
        assert table.evidence("M2", head).kind == "none"


def test_a_merged_codes_quote_is_the_others_and_a_retired_ones_stands_above(study):
    study.segments.add("two", "M2b", quote="I got up", exemplar=True)
    study.segments.add("one", "P3a", quote="I waited", exemplar=True)
    study.segments.add("one", "RV", quote="He waited", exemplar=True)
    study.codes.merge(study.codes.get("M2b"), study.codes.get("M2a"))
    for short in ("P3a", "RV"):
        study.codes.retire(study.codes.get(short))
    table = quotes(study)
    assert column(table, "quote")["M2a"] == "I got up"
    assert column(table, "quote")["P3"] == "I waited"
    assert "Quotes pinned under codes that are no longer in use are not shown: RV." in table.notes


def test_only_the_layers_quotes_are_shown_and_others_are_told(study):
    with closing(as_coder(study, "KB")) as other:
        other.segments.add("two", "M2a", quote="I got up", exemplar=True)
    table = quotes(study)
    assert column(table, "quote")["M2a"] == "none chosen"
    assert "1 quote is pinned by a coder whose coding does not count." in table.notes
    assert column(quotes(study, scope=Scope(coder="KB")), "quote")["M2a"] == "I got up"


def test_the_scope_restricts_codes_and_who_is_quoted(study):
    study.segments.add("two", "M2a", quote="I got up", exemplar=True)
    study.segments.add("one", "M2a", quote="He waited", exemplar=True)
    table = quotes(study, scope=Scope(codes=("M2",), roles=("MG",)))
    assert column(table, "quote") == {"M2": "none chosen", "M2a": "I got up", "M2b": "none chosen"}


def test_an_edited_quote_that_no_longer_fits_is_printed_whole_and_told(study):
    segment = study.segments.add("two", "M2a", quote="so I got up", exemplar=True)
    study.quotes.edit(segment, "[...] I got [...]")
    assert column(quotes(study), "quote")["M2a"] == "[...] I got [...]"
    assert any(note.startswith("Edited quotes:") for note in quotes(study).notes)
    document = study.documents.get("two")
    place = study.documents.body(document).index("I got up")
    study.documents.revise(document, [(place, place + 5, "I woke")], "misheard")
    table = quotes(study)
    assert column(table, "quote")["M2a"] == "so I woke up"
    assert "Printed whole, since the edited words are no longer what the passage says: M2a." in table.notes
