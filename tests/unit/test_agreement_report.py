"""Agreement on paper: the numbers of the tables are those of the comparison, and open to who coded what."""

import json
import re
from contextlib import closing
from dataclasses import replace
from statistics import NormalDist

import pytest
from openpyxl import load_workbook

from qualcode import sentences
from qualcode.agreement import compare, confusion, differences, set_alpha, unitising_of
from qualcode.agreement.confusions import confusion_matrix, confusion_table
from qualcode.agreement.courses import beside_consensus, by_round
from qualcode.agreement.document import agreement_report
from qualcode.agreement.figures import barcode, barcode_of, forest, forest_of
from qualcode.agreement.in_detail import statistics_table
from qualcode.agreement.intervals import wilson
from qualcode.agreement.listing import difference_table
from qualcode.agreement.methods import methods
from qualcode.agreement.report import agreement, code_table
from qualcode.agreement.student import t_below, t_quantile
from qualcode.agreement.tables import course_table, design_table, headline_table, left_out_table, pair_table
from qualcode.agreement.wording import definitions
from qualcode.errors import InputError, NotFoundError, RefusedError
from qualcode.figure import Barcode, Forest
from qualcode.report import SUFFIXES, render, write
from qualcode.report.json_file import content
from qualcode.report.papers import SUFFIXES as PAPERS
from qualcode.report.papers import write_paper
from tests.agreeing import TALK, code, finish, two_coders
from tests.builders import add_interview
from tests.studies import as_coder, new_study

DESIGN = "How the coding was compared"
STATISTICS = ("percent", "kappa", "alpha", "f1", "prevalence")


@pytest.fixture
def study(tmp_path):
    with closing(two_coders(tmp_path)) as project:
        yield project


@pytest.fixture
def of_three(study):
    with closing(as_coder(study, "MM")) as third:
        code(third, "one", ("P1", "I hoped so much"), ("X", "I slept well"))
        finish(third, "one", "two")
    return study


def add_documents(study, number):
    """More of the same interviews, coded and finished by both."""
    names = [f"more {place}" for place in range(number)]
    for place, name in enumerate(names):
        add_interview(study, name, *TALK)
        code(study, name, ("P1", "I hoped so much"), *[("P2", "I got up")] * (place % 2))
    finish(study, *names)
    with closing(as_coder(study, "KB")) as other:
        for place, name in enumerate(names):
            code(other, name, ("P1", "I hoped so much" if place % 3 else "I slept well"))
        finish(other, *names)


def words_of(study, table, row, column):
    documents = {each.id: each for each in study.documents.all()}
    coders = {each.id: each.short for each in study.coders.all()}
    found = study.segments.by_ids(table.evidence(row, column).ids)
    return [
        (coders[each.coder], study.documents.body(documents[each.document])[each.start : each.end]) for each in found
    ]


# -- by code ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [False, True])
def test_the_table_by_code_has_the_numbers_of_the_comparison(study, every):
    add_documents(study, 5)
    found = compare(study)
    table = code_table(study, found, every=every)
    for result in found.codes:
        for name in STATISTICS:
            assert table.value(result.code, name) == getattr(result, name).value
        assert table.value(result.code, "alpha lower") == result.alpha.interval.lower
        assert table.value(result.code, "alpha upper") == result.alpha.interval.upper
        assert [table.value(result.code, f"passages {short}") for short in ("AK", "KB")] == list(result.passages)
        if every:
            shown = {name for name in result.others if name in {column.key for column in table.columns}}
            assert shown == set(result.others)
            assert all(table.value(result.code, name) == result.others[name].value for name in shown)
            assert table.value(result.code, "kappa upper") == result.kappa.interval.upper
            assert table.value(result.code, "wilson lower") == result.wilson[0]
    assert table.value("(mean)", "kappa") == found.mean_kappa.value
    assert table.value("(mean)", "alpha") == found.mean_alpha.value
    assert table.value("(pooled)", "kappa") == found.pooled_kappa.value
    assert table.value("(pooled)", "alpha") is None


def test_what_is_not_defined_is_empty_and_says_why(study):
    table = code_table(study, compare(study))
    assert table.value("X", "kappa") is None
    assert table.value("X", "status") == "undefined: nobody used the code"
    assert "nan" not in render(table, 200).casefold()


def test_each_number_opens_to_the_passages_that_stood_in_the_round(study):
    code(study, "one", ("P1", "Yes, I am sure"))  # of the next round
    table = code_table(study, compare(study))
    assert words_of(study, table, "P1", "passages AK") == [
        ("AK", "I hoped so much"), ("AK", "I hoped again"), ("AK", "I hoped so much"),
    ]  # fmt: skip
    assert [who for who, _ in words_of(study, table, "P1", "alpha")] == ["KB", "AK", "AK", "AK", "KB"]
    assert [each.label for each in table.quotations("P1", "alpha")][:2] == ["P1, KB", "P1, AK"]
    assert table.evidence("(mean)", "alpha").ids == ()


def test_passages_taken_away_since_the_round_still_open(study):
    mine = [each for each in study.segments.find() if each.coder == study.coders.get("AK").id]
    study.segments.remove([each for each in mine if each.document == study.documents.get("one").id])
    table = code_table(study, compare(study))
    assert ("AK", "I hoped again") in words_of(study, table, "P1", "passages AK")


def test_too_few_documents_show_the_interval_over_answers_and_say_so(study):
    found = compare(study)
    table = code_table(study, found)
    fallback = found.codes[1].alpha.interval.fallback
    assert (table.value("P1", "alpha lower"), table.value("P1", "alpha upper")) == (fallback.lower, fallback.upper)
    assert "over answers" in next(each.group for each in table.columns if each.key == "alpha lower")
    assert any("No interval over documents" in note for note in table.notes)


def test_no_word_judges_the_numbers_and_the_lines_are_called_conventions(study):
    add_documents(study, 5)
    printed = render(code_table(study, compare(study)), 120).casefold()
    assert "conventions" in printed
    for verdict in ("excellent", "good", "substantial", "moderate", "poor", "acceptable", "reliable", "  ok"):
        assert verdict not in printed


@pytest.mark.parametrize("unit", ["answer", "match"])
def test_where_nothing_weakens_a_codes_numbers_the_status_is_a_dash_and_no_praise(study, unit):
    add_documents(study, 20)
    found = compare(study, unit=unit)
    table = code_table(study, found)
    assert "" in {each.status for each in found.codes}
    assert {table.value(each.code, "status") for each in found.codes if not each.status} == {"–"}
    assert "ok" not in {table.value(each.code, "status") for each in found.codes}
    assert unit == "match" or "–: none of these" in " ".join(definitions(found))


def test_by_match_there_are_passages_and_no_kappa(study):
    table = code_table(study, compare(study, unit="match"), every=True)
    assert (table.value("P1", "agreements"), table.value("P1", "disagreements")) == (2, 3)
    assert "kappa" not in {column.key for column in table.columns}


def test_without_two_coders_the_table_on_the_list_is_empty_and_says_what_to_do(tmp_path):
    with new_study(tmp_path) as project:
        table = agreement(project)
    assert table.rows == ()
    assert "two coders or more" in table.notes[0]


# -- the other tables ------------------------------------------------------------------------------------------------


def test_the_headline_has_means_and_how_probably_alpha_is_below_the_lines(study):
    add_documents(study, 5)
    found = compare(study)
    table = headline_table(study, found)
    interval = found.mean_alpha.interval
    assert table.value("mean alpha", "value") == found.mean_alpha.value
    assert (table.value("mean alpha", "lower"), table.value("mean alpha", "upper")) == (interval.lower, interval.upper)
    shares = ["< 0.01" if each < 0.01 else "> 0.99" if each > 0.99 else each for each in interval.below]
    assert [table.value("mean alpha", f"below {line}") for line in (0.667, 0.8)] == shares
    assert {each.group for each in table.columns if each.key.startswith("below")} == {"Share of its distribution"}
    assert any("one-sided p value" in note for note in table.notes)
    assert table.value("pooled kappa", "value") == found.pooled_kappa.value
    assert table.value("mean kappa", "value") == found.mean_kappa.value
    assert table.value("set alpha", "value") == set_alpha(found.material).value


def test_no_share_of_a_distribution_is_printed_as_sure(study):
    add_documents(study, 5)
    found = compare(study)
    interval = replace(found.mean_alpha.interval, below=(0.004, 0.999))
    table = headline_table(study, replace(found, mean_alpha=replace(found.mean_alpha, interval=interval)))
    assert [table.value("mean alpha", f"below {line}") for line in (0.667, 0.8)] == ["< 0.01", "> 0.99"]


def test_the_design_tells_rounds_dates_and_independence(study):
    told = {row.key: design_table(study, compare(study)).value(row.key, "said")
            for row in design_table(study, compare(study)).rows}  # fmt: skip
    assert told["Coders"] == "AK and KB"
    assert told["Documents"] == "2 of 3 (67%)"
    assert told["Rounds"] == "round 1 in 2 documents"
    assert told["Set aside: only AK has finished it"] == "three"
    assert "nobody was asked to code blind" in told["Independence"]
    assert told["Finished"][:3] == "202"


def test_blindness_counts_only_where_it_was_asked_for_before_coding_began(study):
    def asked(name):
        for coder in study.coders.all():
            study.coders.assign(study.documents.get(name), coder, 1, blind=True)

    asked("one")  # too late: it is coded
    add_interview(study, "four", *TALK)
    asked("four")
    with closing(as_coder(study, "KB")) as other:
        for project in (study, other):
            code(project, "four", ("P1", "I hoped so much"))
            finish(project, "four")
    blind = {each.name: each.was_blind for each in compare(study).design.compared}
    assert blind == {"one": (False, False), "two": (False, False), "four": (True, True)}
    assert "2 of 6" in str(design_table(study, compare(study)).value("Independence", "said"))


def test_a_later_round_is_called_independent_by_nobody_and_named(study):
    """Though both were asked to code it blind again: they may have talked over what they coded at first."""
    add_interview(study, "four", *TALK)

    def coded_blind(number):
        for coder in study.coders.all():
            study.coders.assign(study.documents.get("four"), coder, number, blind=True)
        with closing(as_coder(study, "KB")) as other:
            for project in (study, other):
                code(project, "four", ("P1", "I hoped so much" if number == 1 else "I hoped again"))
                finish(project, "four")

    coded_blind(1)
    assert "coded 1 of 4 documents (25% of the text) independently of each other." in methods_of(
        study, documents=("four",)
    )
    coded_blind(2)
    found = compare(study, documents=("four",))
    assert all(all(each.was_blind) for each in found.design.compared)
    assert "independently" not in methods(found)
    assert "This was round 2 of these documents, which had been coded before." in methods(found)
    assert any(each.startswith("Round 2 is compared. A later round may") for each in found.caveats)
    assert "independently" in methods(compare(study, documents=("four",), rounds=1))


def test_three_coders_have_pairs_and_each_left_out(of_three):
    found = compare(of_three)
    pairs, left = pair_table(of_three, found), left_out_table(of_three, found)
    for each in found.pairs:
        assert pairs.value(each.first, each.second) == each.kappa.value
        assert pairs.value(each.second, each.first) == each.f1.value
    for each in found.left_out:
        assert left.value(each.coder, "alpha") == each.alpha.value
        assert left.value(each.coder, "change") == pytest.approx(each.alpha.value - each.whole.value)
        assert left.value(each.coder, "codes") == each.codes


def test_rounds_stand_beside_each_other_on_the_same_documents(study):
    assert by_round(study, {}) == []
    with closing(as_coder(study, "KB")) as other:
        for project in (study, other):
            code(project, "one", ("X", "nothing"))
            finish(project, "one")
    courses = by_round(study, {"unit": "turn"})
    assert [(each.group, each.name) for each in courses] == [
        ("All documents", "Round 1"), ("All documents", "Round 2"), ("one", "Round 1"), ("one", "Round 2"),
    ]  # fmt: skip
    assert courses[2].found.codes == compare(study, rounds=1, documents=("one",), unit="turn").codes
    table = course_table(study, courses, "Rounds")
    assert table.value("1", "alpha") == courses[1].alpha.value


def test_rounds_are_set_beside_each_other_over_the_codes_that_both_have(study):
    with closing(as_coder(study, "KB")) as other:
        for project in (study, other):
            code(project, "one", ("X", "nothing"))  # X has an alpha in round 2 alone
            finish(project, "one")
    first, second = by_round(study, {})[2:]
    of_second = {each.code: each.alpha.value for each in second.found.codes if each.alpha.value is not None}
    assert "X" in of_second
    assert second.codes == first.codes == len(of_second) - 1
    rest = [value for short, value in of_second.items() if short != "X"]
    assert second.alpha.value == pytest.approx(sum(rest) / len(rest))
    assert second.alpha.value < second.found.mean_alpha.value
    table = course_table(study, [first, second], "Rounds")
    assert table.value("1", "codes") == second.codes
    assert table.value("1", "coders") == "AK, KB"
    assert not any("Coders differ" in note for note in table.notes)


def test_rounds_by_other_coders_say_so(of_three):
    with closing(as_coder(of_three, "KB")) as other:
        for project in (of_three, other):
            code(project, "one", ("P1", "nothing"))
            finish(project, "one")
    courses = by_round(of_three, {})
    assert [each.coders for each in courses[:2]] == [("AK", "KB", "MM"), ("AK", "KB")]
    assert any("Coders differ" in note for note in course_table(of_three, courses, "Rounds").notes)


def test_the_first_pass_stands_beside_the_consensus(study):
    assert beside_consensus(study, {}) == []
    study.coders.add("agreed", "Consensus", "consensus")
    with closing(as_coder(study, "agreed")) as consensus:
        code(consensus, "one", ("P1", "I hoped so much"), ("P2", "I slept well"), ("P1", "I hoped again"))
        finish(consensus, "one")
    courses = beside_consensus(study, {})
    assert [each.name for each in courses] == ["AK and KB", "AK", "KB"]
    assert [[one.name for one in each.found.design.compared] for each in courses] == [["one"]] * 3
    assert courses[1].found.pooled_kappa.value == 1
    assert any("no measure of reliability" in caveat for caveat in courses[1].found.caveats)
    assert not any("no measure of reliability" in caveat for caveat in courses[0].found.caveats)
    assert courses[2].found.pooled_kappa.value < 1


# -- where coders differ ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("unit", "is_told"), [("sentence", True), ("token", True), ("answer", False)])
def test_tables_of_sentences_and_words_say_by_which_rules_they_were_cut(of_three, unit, is_told):
    found = compare(of_three, unit=unit)
    paper = agreement_report(of_three, {"unit": unit}, found=found)
    tables = [table for chapter in paper.chapters for table in chapter.tables if table.title != DESIGN]
    tables += [confusion_matrix(of_three, found, "AK", "KB"), difference_table(of_three, found, "P1")]
    tables += [statistics_table(of_three, found)] if unit != "token" else []
    said = f"Words and sentences by rules, version {sentences.VERSION}."
    assert len(tables) >= 9
    assert {(each.title, said in each.notes) for each in tables} == {(each.title, is_told) for each in tables}
    assert (said in forest(of_three).caption, said in forest_of(of_three, found).caption) == (False, is_told)
    assert (said in methods(found)) == is_told


def test_differences_stand_in_their_context_and_edges_are_folded(study):
    found = compare(study)
    table = difference_table(study, found)
    told = differences(found.material)
    numbered = [row for row in table.rows if row.key.isdigit()]
    assert len(numbered) == sum(not each.is_boundary for each in told)
    first = [table.value("1", column.key) for column in table.columns]
    assert first[:2] == ["P2 Rest", "KB, not AK"]
    assert first[3] == "Ann: »I went home«. I slept well."
    assert first[4] == "And then?"
    assert words_of(study, table, "1", "characters") == [("KB", "I went home")]
    assert [row.key for row in table.rows if not row.key.isdigit()] == ["edges P1"]
    assert table.value("edges P1", "characters") == 5
    assert words_of(study, table, "edges P1", "characters") == [("KB", "I hoped so"), ("AK", "I hoped so much")]


def test_differences_of_one_code_alone_and_doubts(study):
    study.segments.add("three", "P2", quote="I got up", unsure="or P1?")
    finish(study, "three")
    with closing(as_coder(study, "KB")) as other:
        finish(other, "three")
        code(other, "three", ("X", "nothing"))
        finish(other, "three")
    table = difference_table(study, compare(study, documents=("three",)), "P2")
    doubts = [table.value(row.key, "doubts") for row in table.rows]
    assert "AK: or P1?" in doubts
    assert {table.value(row.key, "code") for row in table.rows} == {"P2 Rest"}
    with pytest.raises(NotFoundError):
        difference_table(study, compare(study), "Q")


def test_words_that_may_not_be_printed_are_in_no_difference(study):
    study.people.add("Ann", None, {"-": "SU"})
    for name in ("one", "two"):
        study.documents.set_speaker(study.documents.get(name), "Ann", "participant", study.people.get("Ann").id)
    study.attributes.set("person", study.people.get("Ann").id, [("quote", "no")])
    public = study.cited("publication")
    printed = render(difference_table(public, compare(public)), 200)
    assert "went home" not in printed
    assert "went home" in render(difference_table(study, compare(study)), 200)


@pytest.fixture
def confused(study):
    with closing(as_coder(study, "KB")) as other:
        code(other, "three", ("X", "I hoped so much"))
        finish(other, "three")
    return study


def test_codes_taken_for_one_another_open_to_both_coders_passages(confused):
    found = compare(confused, codes=("P1", "P2", "X"), documents=("three",))
    shared = confusion(found.material, "AK", "KB")
    matrix = confusion_matrix(confused, found, "AK", "KB")
    assert matrix.value("P1", "X") == shared[0, 2] == 1
    assert words_of(confused, matrix, "P1", "X") == [("AK", "I hoped so much"), ("KB", "I hoped so much")]
    assert matrix.value("(nothing)", "P2") == shared[3, 1] == 1
    assert words_of(confused, matrix, "(nothing)", "P2") == [("KB", "I slept well")]
    pairs = confusion_table(confused, found, "KB", "AK")
    assert [row.text for row in pairs.rows] == ["P1 Hope / X Other", "P2 Rest"]
    assert [pairs.value("1", each) for each in ("one", "other", "both")] == [0, 1, 1]
    assert len(pairs.evidence("1", "other").ids) == 2
    assert pairs.value("2", "one") == 1
    assert pairs.evidence("2", "other").ids == ()


def test_rare_confusions_left_out_are_counted(confused):
    found = compare(confused, codes=("P1", "P2", "X"), documents=("three",))
    table = confusion_table(confused, found, "AK", "KB", least=2)
    assert [row.text for row in table.rows] == ["P2 Rest"]
    assert "Not shown: 1 pair of less than 2 units together." in table.notes


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_all_writers_write_every_table_the_same_twice(of_three, tmp_path, suffix):
    found = compare(of_three)
    tables = [
        code_table(of_three, found, every=True), headline_table(of_three, found), design_table(of_three, found),
        pair_table(of_three, found), left_out_table(of_three, found), difference_table(of_three, found),
        confusion_table(of_three, found, "AK", "MM"), confusion_matrix(of_three, found, "AK", "MM"),
    ]  # fmt: skip
    for table in tables:
        content = [write(table, tmp_path / f"{name}{suffix}").read_bytes() for name in ("one", "two")]
        assert content[0] == content[1]


# -- figures and the document ----------------------------------------------------------------------------------------


def test_the_forest_plot_has_the_alphas_in_order_and_the_mean(study):
    add_documents(study, 5)
    found = compare(study)
    figure = forest_of(study, found)
    assert isinstance(figure.drawing, Forest)
    values = [row.value for row in figure.drawing.rows[:-1]]
    known = [each for each in values if each is not None]
    assert known == sorted((each.alpha.value for each in found.codes if each.alpha.value is not None), reverse=True)
    assert values[len(known) :] == [None] * (len(values) - len(known))
    assert figure.drawing.rows[-1].value == found.mean_alpha.value
    assert figure.table.rows[0].key == figure.drawing.rows[0].name.split()[0]


def test_the_barcode_shows_where_each_coded_and_where_all_did(study):
    figure = barcode(study, codes=("P1",))
    drawing = figure.drawing
    assert isinstance(drawing, Barcode)
    assert drawing.lanes == ("AK", "KB")
    one = drawing.strips[0]
    lengths = [sum(end - start for start, end in lane) for lane in one.lanes]
    assert lengths == [len("I hoped so much") + len("I hoped again"), len("I hoped so")]
    assert sum(end - start for start, end in one.shared) == len("I hoped so")
    assert figure.table.value("one", "AK") == lengths[0]
    assert words_of(study, figure.table, "one", "KB") == [("KB", "I hoped so")]
    assert sum(end - start for lane in barcode(study, codes=("P",)).drawing.strips[0].lanes for start, end in lane) > (
        sum(lengths)
    )


def test_the_barcode_is_dark_only_where_all_gave_the_same_code(study):
    code(study, "two", ("P2", "I went home"))
    finish(study, "two")
    with closing(as_coder(study, "KB")) as other:
        code(other, "two", ("X", "I went home"))  # something by both, and not the same
        finish(other, "two")
    figure = barcode_of(study, compare(study, documents=("two",)))
    strip = figure.drawing.strips[0]
    lanes = [sum(end - start for start, end in lane) for lane in strip.lanes]
    assert sum(end - start for start, end in strip.shared) == len("I hoped so much")
    assert min(lanes) > len("I hoped so much")
    assert "the same code by all" in figure.caption
    assert figure.table.value("two", "shared") == len("I hoped so much")


def test_nothing_is_drawn_where_nothing_was_compared(study, tmp_path):
    study.codes.retire(study.codes.get("P1"))
    study.codes.retire(study.codes.get("P2"))
    with pytest.raises(RefusedError):
        forest(study)
    with new_study(tmp_path) as empty, pytest.raises(RefusedError):
        barcode(empty)


def test_the_report_is_one_document_with_everything_in_order(of_three, tmp_path):
    paper = agreement_report(of_three)
    titles = [chapter.title for chapter in paper.chapters]
    assert titles == [
        "Design", "Definitions", "Methods, for a paper", "Over all codes", "By code", "By coder",
        "Codes taken for one another", "Where coders differ", "Caveats",
    ]  # fmt: skip
    assert "Conger 1980" in paper.chapters[2].paragraphs[0]
    for suffix in PAPERS:
        made = [write_paper(paper, tmp_path / f"{name}{suffix}").read_bytes() for name in ("one", "two")]
        assert made[0] == made[1]
    page = (tmp_path / "one.html").read_text()
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert all(f'id="{part.split(chr(34))[0]}"' in page for part in page.split('href="#')[1:])
    assert "Table 1. How the coding was compared" in page
    with pytest.raises(InputError, match="report") as refused:
        write_paper(paper, tmp_path / "a.csv")
    assert "each as .csv by its own command" in refused.value.remedy


@pytest.mark.parametrize("unit", ["answer", "match"])
def test_the_whole_report_has_alphas_for_passages_with_free_edges(study, unit):
    usual, whole = (
        {each.title: each.tables for each in agreement_report(study, {"unit": unit}, every=every).chapters}
        for every in (False, True)
    )
    assert set(whole) - set(usual) == {"Passages with free edges"}
    (table,) = whole["Passages with free edges"]
    found = compare(study)
    assert table.value("P1", "alpha") == unitising_of(found.material, ("P1",)).u.value


def test_the_report_as_a_workbook_has_its_words_and_a_sheet_for_each_table_and_figure(of_three, tmp_path):
    paper = agreement_report(of_three)
    tables = [table for chapter in paper.chapters for table in chapter.tables]
    figures = [figure for chapter in paper.chapters for figure in chapter.figures]
    workbook = load_workbook(write_paper(paper, tmp_path / "r.xlsx"))
    assert len(workbook.sheetnames) == 2 + len(tables) + len(figures)
    by_code = next(name for name in workbook.sheetnames if "Inter-coder agreement by code"[:20] in name)
    cells = [[cell.value for cell in row] for row in workbook[by_code].iter_rows()]
    kappa = compare(of_three).codes[1].kappa.value
    assert any(kappa == pytest.approx(value) for row in cells for value in row if isinstance(value, float))
    words = [row[0].value for row in workbook["words"].iter_rows()]
    assert "Definitions" in words
    assert paper.chapters[2].paragraphs[0] in words
    assert [row[0].value for row in workbook["contents"].iter_rows()][1:3] == [
        "Words", "Table 1. How the coding was compared",
    ]  # fmt: skip


def test_the_report_as_json_holds_each_table_as_written_alone(of_three, tmp_path):
    paper = agreement_report(of_three)
    read = json.loads(write_paper(paper, tmp_path / "r.json").read_bytes())
    assert [each["title"] for each in read["chapters"]] == [chapter.title for chapter in paper.chapters]
    for told, chapter in zip(read["chapters"], paper.chapters, strict=True):
        assert told["tables"] == [json.loads(content(table)) for table in chapter.tables]
        assert [each["numbers"] for each in told["figures"]] == [json.loads(content(f.table)) for f in chapter.figures]
        assert (told["paragraphs"], told["points"]) == ([*chapter.paragraphs], [*chapter.points])


def test_the_report_for_latex_has_every_table_with_a_label_of_its_own(of_three, tmp_path):
    paper = agreement_report(of_three)
    text = write_paper(paper, tmp_path / "r.tex").read_text()
    tables = [table for chapter in paper.chapters for table in chapter.tables]
    labels = re.findall(r"\\label\{([^}]*)\}", text)
    assert len(labels) >= len(tables)
    assert len(set(labels)) == len(labels)
    assert text.count(r"\section{") == len(paper.chapters)
    assert text.startswith("% Inter-coder agreement: take it in")
    for kind in ("table", "longtable", "tabular", "itemize", "landscape"):
        assert text.count(f"\\begin{{{kind}}}") == text.count(f"\\end{{{kind}}}"), kind


def test_the_same_input_has_the_same_fingerprint_and_another_another(study, tmp_path):
    (tmp_path / "twin").mkdir()
    with closing(two_coders(tmp_path / "twin")) as twin:
        prints = [compare(each).material.fingerprint() for each in (study, twin)]
    assert prints[0] == prints[1]
    assert compare(study, documents=("one",)).material.fingerprint() != prints[0]


# -- small statistics ------------------------------------------------------------------------------------------------


def test_wilsons_interval_is_the_published_one():
    """Newcombe 1998, Statistics in Medicine 17:857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for part, whole, ends in (
        (81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0.0, 0.1611)), (1, 29, (0.0061, 0.1718)),
    ):  # fmt: skip
        assert wilson(part / whole, whole) == pytest.approx(ends, abs=5e-5)
    with pytest.raises(ValueError, match="no units"):
        wilson(0.5, 0)


def test_the_probability_below_a_line_is_that_of_the_interval(study):
    assert t_below(t_quantile(0.975, 9), 9) == pytest.approx(0.975)
    assert t_below(-1.0, 1e9) == pytest.approx(NormalDist().cdf(-1.0), abs=1e-6)
    add_documents(study, 5)
    interval = compare(study).mean_alpha.interval
    assert interval.method == "jackknife-t"
    assert 0 <= interval.below[0] <= interval.below[1] <= 1
    for alpha in (each.alpha for each in compare(study).codes):
        if alpha.interval.lower is not None and alpha.interval.lower > -1:
            assert (alpha.interval.below[0] < 0.025) == (alpha.interval.lower > 0.667)


def test_the_methods_paragraph_says_over_how_many_codes_and_cites_what_was_done(study):
    few = agreement_report(study).chapters[2]
    assert "Over the 2 of 4 codes for which it is defined" in few.paragraphs[0]
    assert "over 8 answers of these documents (jackknife-t), as if these were independent" in few.paragraphs[0]
    add_documents(study, 5)
    enough = agreement_report(study, {"codes": ("P1", "P2")}).chapters[2]
    assert "jackknife-t over 7 documents" in enough.paragraphs[0]
    assert any(source.startswith("Hughes") for source in enough.points)
    assert "independently" not in enough.paragraphs[0]  # nobody was asked to code blind


def test_numbers_over_codes_too_rare_for_them_say_so_wherever_they_are_told(study):
    told = "ach of these codes stands in fewer than 10 units, so that these numbers say little"
    assert told in methods_of(study)
    assert any(told in note for note in headline_table(study, compare(study)).notes)
    add_documents(study, 9)
    some = "1 of these 2 codes stands in fewer than 10 units, which says little"
    assert some in methods_of(study)
    assert "fewer than 10 units" not in methods_of(study, codes=("P1",))


def test_the_methods_paragraph_cites_only_what_it_names(study):
    answers, characters = (agreement_report(study, {"unit": unit}) for unit in ("answer", "character"))
    for report, has_sets in ((answers, True), (characters, False)):
        chapters = {each.title: each for each in report.chapters}
        methods = chapters["Methods, for a paper"]
        assert ("(Passonneau 2006)" in methods.paragraphs[0]) == has_sets
        assert any("Passonneau" in source for source in methods.points) == has_sets
        assert any("two empty sets are the same" in each for each in chapters["Definitions"].points) == has_sets


def test_who_finished_what_says_which_rounds_are_taken(study):
    last, first = (agreement_report(study, {"rounds": rounds}).chapters[0].tables[1] for rounds in (None, 1))
    assert "two coders have finished a round, each coder's last." in last.notes[0]
    assert "two coders have finished round 1." in first.notes[0]


def test_the_rule_of_every_status_is_among_the_definitions(study, of_three):
    said = " ".join(definitions(compare(study, coders=("AK", "KB"))))
    assert "disagreement: kappa is below .60" in said
    assert "bias: one coder" in said
    assert "bias is looked at for two coders only" in " ".join(definitions(compare(of_three)))


# -- what is said of who coded what ----------------------------------------------------------------------------------


def methods_of(study, **options):
    return agreement_report(study, options).chapters[2].paragraphs[0]


def test_the_methods_paragraph_says_who_finished_how_many(study):
    assert "Two coders coded 2 of 3 documents" in methods_of(study)
    with closing(as_coder(study, "MM")) as third:
        code(third, "one", ("P1", "I hoped so much"))
        finish(third, "one")
    said = methods_of(study)
    assert "Three coders coded" not in said
    assert "Of three coders at least two coded each of 2 of 3 documents" in said
    assert "each for themselves: AK 2, KB 2 and MM 1." in said
    table = agreement_report(study).chapters[0].tables[1]
    assert [table.value("MM", each) for each in ("finished", "rated", "units", "rounds")] == [1, 1, 4, "1"]
    assert table.value("KB", "units") == 8


def test_documents_in_which_nothing_is_rated_are_said(study):
    study.people.add("Ann", None, {"-": "SU"})
    study.documents.set_speaker(study.documents.get("one"), "Ann", "participant", study.people.get("Ann").id)
    assert compare(study).design.empty == ()
    found = compare(study, roles=("SU",))
    assert found.design.empty == ("two",)
    assert "Nothing is rated in two." in found.caveats
    assert "(in 1 of them nothing is rated)" in code_table(study, found).notes[0]
    assert "In 1 of these 2 documents something is rated" in methods_of(study, roles=("SU",))


def test_rounds_and_codebook_versions_that_are_mixed_are_said(study):
    with closing(as_coder(study, "KB")) as other:
        study.codes.add("P3", "Joy", parent="P")
        for project in (study, other):
            code(project, "one", ("P1", "nothing"))
            finish(project, "one")
    found = compare(study)
    mixed = "round 1 in 1, round 2 in 1 of 2 documents"
    assert any(mixed in each for each in found.caveats)
    assert any(mixed in each for each in headline_table(study, found).notes)
    said = methods_of(study)
    assert f"These were different rounds: {mixed}." in said
    assert len(found.design.codebook_versions) == 2
    assert "under codebook versions" in said
    rounds = next(each for each in agreement_report(study).chapters if each.title == "Rounds")
    assert "may have been coded after" in rounds.paragraphs[0]
    assert "different rounds" not in methods_of(study, rounds=1)


def test_no_share_is_printed_as_nothing_or_all_that_is_neither(study):
    body = [line for number in range(300) for line in (("INT", "And?"), ("Ann", f"Answer {number}."))]
    add_interview(study, "long", *body)
    code(study, "long", ("P1", "Answer 7."))
    finish(study, "long")
    with closing(as_coder(study, "KB")) as other:
        finish(other, "long")
    table = code_table(study, compare(study, documents=("long",)))
    decimals = {each.key: each.decimals for each in table.columns}
    assert (decimals["percent"], decimals["prevalence"], decimals["f1"]) == (3, 3, 2)
    line = next(line for line in render(table, 200).splitlines() if "P1 Hope" in line)
    assert "0.997" in line
    assert "0.002" in line


def test_passages_that_were_united_are_said(study):
    assert not any("overlap or touch" in note for note in code_table(study, compare(study)).notes)
    code(study, "one", ("P1", "I hoped so"))
    finish(study, "one")
    with closing(as_coder(study, "KB")) as other:
        code(other, "one", ("X", "nothing"))
        finish(other, "one")
    notes = code_table(study, compare(study)).notes
    assert any("1 more opens than is counted" in note for note in notes)


def test_where_documents_do_not_vary_no_interval_is_told_and_why(study):
    names = [f"same {place}" for place in range(6)]
    for name in names:
        add_interview(study, name, *TALK)
    with closing(as_coder(study, "KB")) as other:
        for project in (study, other):
            for name in names:
                code(project, name, ("P1", "I hoped so much"))
            finish(project, *names)
    found = compare(study, documents=names, codes=("P1",))
    assert found.codes[0].alpha.value == 1
    assert found.codes[0].alpha.interval.lower is None
    notes = code_table(study, found).notes
    assert "Intervals are not estimable: no variation between documents." in notes
    assert "Alpha without an interval, not estimable: P1 (no variation between documents)." in notes
    assert "[1.00, 1.00]" not in methods_of(study, documents=names, codes=("P1",))


@pytest.mark.parametrize("every", [False, True])
def test_a_workbook_has_each_passage_once_by_code_and_coder_with_the_columns_it_is_behind(study, tmp_path, every):
    add_documents(study, 5)
    table = code_table(study, compare(study), every=every)
    rows = [*load_workbook(write(table, tmp_path / "a.xlsx"))["quotations"].iter_rows(min_row=2, values_only=True)]
    behind = {row.key: {each for column in table.columns for each in table.evidence(row.key, column.key).ids}
              for row in table.rows}  # fmt: skip
    assert len(rows) == sum(map(len, behind.values()))
    mine = next(each for each in rows if each[3] == "P1, AK")
    assert mine[1].startswith("AK passages; ")
    assert mine[1].endswith(" more")
    assert "KB passages" not in mine[1]


def test_a_web_page_has_the_passages_of_a_row_once_where_its_cells_open_to_the_same(study, tmp_path):
    table = code_table(study, compare(study), every=True)
    page = write(table, tmp_path / "a.html").read_text()
    assert page.count("<section") == 2 * 3  # P1 and P2: AK's, KB's, and both
    targets = set(re.findall(r'class="open" href="#(q[^"]*)"', page))
    assert targets == set(re.findall(r'<section class="cell" id="([^"]*)"', page))
