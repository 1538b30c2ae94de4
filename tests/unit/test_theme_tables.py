"""Themes, the tree of sources and references, and the codebook as a table; counted by hand."""

from contextlib import closing

import pytest

from qualcode.analysis import Scope, codebook, themes, tree
from qualcode.errors import InputError, NotFoundError
from qualcode.model import Definition
from tests.studies import as_coder, interview, new_study
from tests.studies import codebook as make_codebook

UNIT_COLUMNS = ("people", "sources", "references")


@pytest.fixture
def study(tmp_path):
    """Two service users and a peer worker, one document each, a turn of three sentences."""
    with new_study(tmp_path) as project:
        make_codebook(project)
        for name, case, role in (("A1", "A", "SU"), ("A2", "A", "PW"), ("B1", "B", "SU")):
            project.people.add(name, case, {"-": role})
            interview(project, name, [("INT", "And?"), (name, "She did it. So can I. Now I hope.")], {name: name})
        yield project


def line(table, key):
    return [table.value(key, column.key) for column in table.columns]


def counts(table, key):
    return tuple(table.value(key, unit) for unit in UNIT_COLUMNS)


def test_a_theme_has_its_definition_and_counts_in_three_units(study):
    study.codes.redefine(study.codes.get("M2a"), Definition(brief="Evidence that change is possible."))
    study.segments.add("A1", "M2a", quote="She did it")
    study.segments.add("A1", "M2a", quote="Now I hope")
    study.segments.add("B1", "M2b", quote="So can I")
    table = themes(study)
    assert line(table, "M2a") == ["Evidence that change is possible.", 1, 1, 2, "none chosen"]
    assert counts(table, "M2") == (2, 2, 3)
    assert line(table, "P3") == [None, 0, 0, 0, None]
    assert [(column.key, column.of) for column in table.columns[1:4]] == [
        ("people", 3), ("sources", 3), ("references", None)
    ]  # fmt: skip
    assert [(row.key, row.depth) for row in table.rows[:4]] == [("M2", 0), ("M2a", 1), ("M2b", 1), ("RV", 0)]


def test_a_quote_is_the_analysts_and_stands_at_its_own_code(study):
    study.segments.add("A1", "M2a", quote="She did it", exemplar=True)
    study.segments.add("B1", "M2a", quote="So can I")
    table = themes(study)
    assert table.value("M2a", "quote") == "“She did it” [A, SU, A1, line 2]"
    assert table.value("M2", "quote") is None
    assert [each.words for each in table.quotations("M2a", "quote")] == ["She did it"]
    assert themes(study, levels=1).value("M2", "quote") == "“She did it” [A, SU, A1, line 2]"


def test_a_quote_outside_the_scope_is_not_shown(study):
    study.segments.add("A1", "M2a", quote="She did it", exemplar=True)
    study.segments.add("A2", "M2a", quote="She did it")
    table = themes(study, scope=Scope(roles=("PW",)))
    assert (table.value("M2a", "people"), table.value("M2a", "quote")) == (1, "none chosen")


def test_several_quotes_stand_in_order_of_their_places(study):
    study.segments.add("B1", "M2a", quote="She did it", exemplar=True)
    study.segments.add("A1", "M2a", quote="So can I", exemplar=True)
    shown = themes(study).value("M2a", "quote").split("\n")
    assert [each[:11] for each in shown] == ["“So can I” ", "“She did it"]


def test_levels_and_codes_restrict_the_rows(study):
    assert [row.key for row in themes(study, levels=1).rows] == ["M2", "RV", "P3", "P4", "D1", "D4"]
    assert [row.key for row in themes(study, scope=Scope(codes=("M2",))).rows] == ["M2", "M2a", "M2b"]
    assert [row.key for row in themes(study, levels=1, scope=Scope(codes=("M2a", "P3"))).rows] == ["M2a", "P3"]
    with pytest.raises(NotFoundError):
        themes(study, scope=Scope(codes=("M9",)))


def test_a_code_meant_for_some_has_its_own_denominator(study):
    study.codes.change(study.codes.get("M2b"), applies_to=("PW",))
    study.segments.add("A2", "M2b", quote="So can I")
    study.segments.add("A1", "M2b", quote="So can I")
    table = themes(study)
    row = next(row for row in table.rows if row.key == "M2b")
    of = {column.key: table.denominator(row, column) for column in table.columns}
    assert (of["people"], of["sources"], of["references"], table.value("M2b", "people")) == (1, 1, None, 1)
    assert "Meant for some only, with an N of their own: M2b (people 1, sources 1)." in table.notes
    assert "1 passage does not count: its code applies to none of its speakers." in table.notes


def test_retired_codes_count_under_those_above_and_are_told_where_there_is_none(study):
    study.segments.add("A1", "M2a", quote="She did it")
    study.segments.add("A1", "RV", quote="So can I")
    for short in ("M2a", "RV"):
        study.codes.retire(study.codes.get(short))
    table = themes(study)
    assert not {"M2a", "RV"} & set(table.frame.index)
    assert counts(table, "M2") == (1, 1, 1)
    assert "1 passage stands in no row (of retired codes not shown: RV)." in table.notes


def test_merged_codes_count_as_one(study):
    study.segments.add("A1", "M2a", quote="She did it", exemplar=True)
    study.segments.add("A1", "M2b", quote="She did it. So")
    study.codes.merge(study.codes.get("M2a"), study.codes.get("M2b"))
    table = themes(study)
    assert counts(table, "M2b") == (1, 1, 1)
    assert table.value("M2b", "quote").startswith("“She did it”")


def test_another_coders_quotes_and_codes_are_not_the_layers(study):
    with closing(as_coder(study, "KB")) as other:
        other.segments.add("A1", "M2a", quote="She did it", exemplar=True)
    assert line(themes(study), "M2a") == [None, 0, 0, 0, None]
    assert themes(study, scope=Scope(coder="KB")).value("M2a", "quote").startswith("“She did it”")


def test_documents_coded_blind_are_not_looked_into(study):
    with closing(as_coder(study, "KB")) as other:
        document = other.documents.get("A1")
        other.segments.add("A1", "M2a", quote="She did it", exemplar=True)
        other.coders.assign(document, other.coders.get("KB"), blind=True)
    table = themes(study, scope=Scope(coder="KB"))
    assert line(table, "M2a") == [None, 0, 0, 0, None]
    assert any("coded blind" in note for note in table.notes)


def test_the_published_tree_a_parent_is_the_union_and_never_the_sum(tmp_path):
    """Parent 39 sources / 57 references, children 6/8, 7/7, 31/43: 44 sources and 58 references if they were added."""
    with new_study(tmp_path) as project:
        for short, parent in (("T", None), ("A", "T"), ("B", "T"), ("C", "T")):
            project.codes.add(short, f"Theme {short}", parent=parent)
        words = "one. two. three. four. "
        places = [(0, 4), (5, 9), (10, 16), (17, 22)]
        names = [f"{number:02d}" for number in range(39)]
        passages = {"A": [(n, 0) for n in range(6)] + [(0, 1), (1, 1)]}  # 6 sources, 8 references
        passages["B"] = [(n, 0) for n in range(6, 13)]  # 7 / 7
        passages["C"] = [(n, 3) for n in range(8, 39)]  # 31 sources: 8 to 12 are B's too, five sources shared
        passages["C"] += [(n, 1) for n in range(13, 24)]  # and 42 references
        passages["C"] += [(8, 0)]  # the same words as B has: one reference for both; 43
        with project.action("build"):
            for name in names:
                project.documents.add(name, words, [])
            for code, found in passages.items():
                for number, place in found:
                    project.segments.add(names[number], code, span=places[place])
        table = tree(project)
        rows = [(row.key, table.value(row.key, "sources"), table.value(row.key, "references")) for row in table.rows]
        assert rows == [("T", 39, 57), ("A", 6, 8), ("B", 7, 7), ("C", 31, 43)]
        assert len(table.evidence("T", "references").ids) == 58
        assert [column.of for column in table.columns] == [39, None]


# -- codebook --------------------------------------------------------------------------------------------------------


def test_the_codebook_lists_definitions_and_leaves_out_columns_without_a_word(study):
    definition = Definition("Brief.", "Full.", "When.", "When not.", "“Like this.”")
    study.codes.redefine(study.codes.get("M2a"), definition)
    study.codes.change(study.codes.get("M2b"), applies_to=("SU", "PW"))
    table = codebook(study)
    assert [column.key for column in table.columns] == [
        "kind", "brief", "full", "include", "exclude", "example", "applies_to"
    ]  # fmt: skip
    assert line(table, "M2a") == ["mechanism", "Brief.", "Full.", "When.", "When not.", "“Like this.”", None]
    assert table.value("M2b", "applies_to") == "SU, PW"
    assert table.title == f"Codebook, version {study.codebook_version}"
    study.codes.redefine(study.codes.get("M2a"), Definition("Brief."))
    table = codebook(study)
    assert [column.key for column in table.columns] == ["kind", "brief", "applies_to"]
    assert "No code has: full definition, include, exclude, example." in table.notes


def test_the_codebook_counts_use_if_asked(study):
    study.segments.add("A1", "M2a", quote="She did it")
    table = codebook(study, use=True)
    assert line(table, "M2a") == ["mechanism", 1, 1, 1]
    assert table.evidence("M2", "people").ids == table.evidence("M2a", "references").ids
    assert codebook(study, use=True, scope=Scope(roles=("PW",))).value("M2a", "people") == 0
    with pytest.raises(InputError, match="same for every part"):
        codebook(study, scope=Scope(roles=("PW",)))


def test_the_codebook_tells_of_codes_no_longer_listed(study):
    study.codes.retire(study.codes.get("RV"))
    study.codes.merge(study.codes.get("P4"), study.codes.get("P3"))
    table = codebook(study)
    assert not {"RV", "P4"} & set(table.frame.index)
    assert "1 code is no longer in use and not listed." in table.notes
    assert "1 code was merged into another and is not listed." in table.notes


def test_a_new_project_has_empty_tables(tmp_path):
    with new_study(tmp_path) as project:
        for table in (themes(project), tree(project), codebook(project)):
            assert table.rows == ()
