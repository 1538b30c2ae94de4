"""Agreement of a project's coders: what is read, what is left out, and what the numbers are."""

from contextlib import closing

import numpy as np
import pytest

import qualcode
from qualcode import sentences
from qualcode.agreement import compare, confusion, differences, set_alpha, unitising_of
from qualcode.agreement.units import UNITS
from qualcode.agreement.wording import rated
from qualcode.errors import InputError, NotFoundError, RefusedError
from tests.agreeing import TALK, code, finish, two_coders
from tests.builders import add_interview
from tests.studies import as_coder


@pytest.fixture
def study(tmp_path):
    with closing(two_coders(tmp_path)) as project:
        yield project


def by_code(found, short):
    return next(each for each in found.codes if each.code == short)


def test_answers_are_compared_where_both_have_finished(study):
    found = compare(study, codes=("P1", "P2", "X"))
    design = found.design
    assert [each.name for each in design.compared] == ["one", "two"]
    assert [(each.name, each.why) for each in design.set_aside] == [("three", "only AK has finished it")]
    assert (design.documents, design.units, design.unit, design.partial, design.weight) == (
        3,
        8,
        "answer",
        "any",
        "one",
    )
    hope = by_code(found, "P1")  # of the four answers of "one" AK has two, KB one of them; in "two" both have the same
    assert (hope.passages, hope.coded, hope.units) == ((3, 2), (3.0, 2.0), 3)
    assert hope.percent.value == pytest.approx(7 / 8)
    po, pe = 7 / 8, (3 * 2 + 5 * 6) / 64
    assert hope.kappa.value == pytest.approx((po - pe) / (1 - pe))
    assert hope.f1.value == pytest.approx(2 * 2 / 5)
    assert hope.prevalence.value == pytest.approx(5 / 16)
    assert (by_code(found, "X").kappa.value, by_code(found, "X").kappa.reason) == (None, "code_unused")
    assert by_code(found, "X").status == "undefined"
    assert found.defined == 2


def test_an_unfinished_coding_is_missing_and_not_empty(study):
    before = compare(study)
    with closing(as_coder(study, "KB")) as other:
        finish(other, "three")
    after = compare(study)
    assert len(after.design.compared) == len(before.design.compared) + 1
    assert by_code(after, "P1").passages == (4, 2)


def test_later_changes_belong_to_the_next_round(study):
    before = compare(study)
    with closing(as_coder(study, "KB")) as other:
        code(other, "one", ("P1", "I hoped again"))
        assert compare(study).codes == before.codes
        finish(other, "one")
        again = compare(study)  # AK has no second round: the first is AK's last
        assert [each[:2] for each in again.design.compared[0].rounds] == [("AK", 1), ("KB", 2)]
        assert by_code(again, "P1").passages == (3, 3)
        assert again.caveats[0].endswith("their rounds differ in places. AK in round 1, KB in round 2: one.")
        code(study, "one", ("X", "nothing"))
        finish(study, "one")
    last = compare(study)
    assert [each[:2] for each in last.design.compared[0].rounds] == [("AK", 2), ("KB", 2)]
    assert by_code(last, "P1").percent.value == 1
    assert compare(study, rounds=1).codes == before.codes


def test_of_three_coders_all_that_is_finished_counts_in_whatever_round(study):
    with closing(as_coder(study, "KB")) as kb, closing(as_coder(study, "MM")) as mm:
        code(mm, "one", ("P1", "I hoped so much"), ("X", "nothing"))
        finish(mm, "one")
        for who in (study, kb):
            code(who, "one", ("X", "Are you sure"))
            finish(who, "one")
    found = compare(study, documents=("one",), interviewers=True)
    assert [each[:2] for each in found.design.compared[0].rounds] == [("AK", 2), ("KB", 2), ("MM", 1)]
    assert by_code(found, "X").passages == (1, 1, 1)
    assert "AK in round 2, KB in round 2, MM in round 1: one." in found.caveats[0]
    second = compare(study, rounds=2, interviewers=True)
    assert (second.design.coders, second.design.kappa) == (("AK", "KB"), "Cohen")
    assert "Not compared, having finished no round 2 of these: MM." in second.caveats
    asked = compare(study, coders=("AK", "KB", "MM"), rounds=2)
    assert "MM has not finished round 2 of one, and is missing there." in asked.caveats


def test_what_is_coded_blind_is_left_out_whoever_looks(study):
    with study.action("assign"):
        for coder in study.coders.all():
            study.coders.assign(study.documents.get("one"), coder, 2, blind=True)
    found = compare(study)
    assert ("one", "it is being coded blind") in [(each.name, each.why) for each in found.design.set_aside]
    assert [each.name for each in found.design.compared] == ["two"]


def test_the_interviewers_words_are_rated_only_if_asked(study):
    silent, spoken = (compare(study, unit="turn", interviewers=asked) for asked in (False, True))
    assert (silent.design.units, spoken.design.units) == (10, 20)
    assert silent.design.rated < spoken.design.rated < silent.design.characters


def test_the_words_of_third_voices_are_rated_only_if_asked(study):
    """In every unit, and by passages with free edges: a speaker of the part `other` is neither asked nor asking."""
    body = ("INT", "How?"), ("Ann", "I hoped."), ("Staff", "Tea is here. Sugar too?"), ("Ann", "Thanks. I rested.")
    for name in ("with", "without"):
        add_interview(study, name, *(line for line in body if name == "with" or line[0] != "Staff"))
    study.documents.set_speaker(study.documents.get("with"), "Staff", "other")
    with closing(as_coder(study, "KB")) as other:
        code(other, "with", ("P1", "I hoped. "), ("P2", "Sugar too?"))
        code(other, "without", ("P1", "I hoped. "))
        code(study, "with", ("P1", "I hoped. "), ("P2", "Thanks."))
        code(study, "without", ("P1", "I hoped. "), ("P2", "Thanks."))
        for project in (study, other):
            finish(project, "with", "without")
    for unit in UNITS:
        one, same = (compare(study, documents=(name,), unit=unit) for name in ("with", "without"))
        assert (one.design.rated, one.design.units) == (same.design.rated, same.design.units), unit
        assert [each.percent for each in one.codes] == [each.percent for each in same.codes], unit
        more = compare(study, documents=("with",), unit=unit, interviewers=True)
        assert more.design.rated > one.design.rated
        assert unitising_of(one.material, ("P2",)) == unitising_of(same.material, ("P2",))
        assert {each.code for each in differences(one.material)} == {"P2"}
    assert "third voices" in rated(one.design)


def test_a_touched_word_is_not_an_answer(study):
    with closing(as_coder(study, "KB")) as other:
        document = other.documents.get("three")
        place = other.documents.body(document).index("I hoped again")
        other.segments.add("three", "P1", span=(place + 9, place + 11))
        finish(other, "three")
    assert by_code(compare(study, documents=("three",)), "P1").coded == (1.0, 0.0)
    assert by_code(compare(study, documents=("three",), unit="character"), "P1").coded == (15.0, 2.0)


def test_a_sentence_needs_more_than_half_and_any_or_all_on_request(study):
    def hoped(partial):
        return by_code(compare(study, documents=("one",), unit="sentence", partial=partial), "P1").coded

    assert hoped(None) == (2.0, 1.0)
    assert hoped("any") == (2.0, 1.0)
    assert hoped("all") == (1.0, 0.0)  # AK left "Then" uncoded, KB also "much"
    assert compare(study, unit="sentence").design.splitter == sentences.VERSION
    assert compare(study, unit="character").design.splitter is None


def test_units_can_weigh_by_their_length(study):
    found = compare(study, weight="length")
    assert by_code(found, "P1").coded[0] > 3
    assert found.design.units == 8


def test_every_unit_has_its_numbers(study):
    units = {unit: compare(study, unit=unit) for unit in ("paragraph", "token", "document", "match", "character")}
    assert units["document"].design.units == 2
    assert units["paragraph"].design.units == 10
    assert by_code(units["document"], "P1").percent.value == 1
    assert units["character"].design.units == units["character"].design.rated
    matched = by_code(units["match"], "P1")
    assert (matched.others["agreements"].value, matched.others["disagreements"].value) == (2, 3)
    assert (matched.kappa.value, matched.kappa.reason) == (None, "not_applicable")


def test_by_match_percent_f1_and_holsti_are_the_same_share_of_passages(study):
    with closing(as_coder(study, "KB")) as other:
        code(other, "one", ("P1", "I hoped so much"))
        finish(other, "one")
    code(study, "one", ("X", "nothing"))
    finish(study, "one")
    found = by_code(compare(study, unit="match"), "P1")
    agreed, missed = found.others["agreements"].value, found.others["disagreements"].value
    assert (agreed, missed) == (4, 1)  # "I hoped so much" in both documents from both sides; "I hoped again" is alone
    assert found.percent.value == found.f1.value == found.others["holsti"].value == agreed / (agreed + missed)


def test_codes_below_and_groups_are_united(study):
    alone, below = (by_code(compare(study, descendants=rolled), "P") for rolled in (False, True))
    grouped = by_code(compare(study, codes={"any process": ("P1", "P2")}), "any process")
    assert alone.passages == (0, 0)
    assert below.coded == grouped.coded == (3.0, 4.0)


def test_a_merged_code_counts_as_the_one_that_stands_for_it(study):
    study.codes.merge(study.codes.get("P2"), study.codes.get("P1"))
    found = compare(study)
    assert "P2" not in [each.code for each in found.codes]
    assert sum(by_code(found, "P1").passages) == 9


def test_only_words_of_some_people_can_be_rated(study):
    study.people.add("Ann", None, {"-": "SU"})
    study.documents.set_speaker(study.documents.get("one"), "Ann", "participant", study.people.get("Ann").id)
    found = compare(study, roles=("SU",))
    assert (found.design.units, by_code(found, "P1").coded) == (4, (2.0, 1.0))
    with pytest.raises(NotFoundError):
        compare(study, roles=("ZZ",))


def test_too_few_documents_are_said_and_answers_stand_in(study):
    interval = by_code(compare(study), "P1").alpha.interval
    assert (interval.lower, interval.method) == (None, "not estimable")
    assert (interval.fallback.over, interval.fallback.clusters) == ("answers", 8)
    assert any("No interval" in each for each in compare(study).caveats)


def test_three_coders_are_compared_in_pairs_and_with_each_left_out(study):
    with closing(as_coder(study, "MM")) as third:
        code(third, "one", ("P1", "I hoped so much"), ("P2", "I slept well"), ("P1", "I hoped again"))
        code(third, "two", ("P1", "I hoped so much"), ("P2", "I got up"))
        finish(third, "one", "two")
    found = compare(study)
    assert [(each.first, each.second) for each in found.pairs] == [("AK", "KB"), ("AK", "MM"), ("KB", "MM")]
    assert found.pairs[1].kappa.value == 1
    left = {each.coder: each.alpha.value for each in found.left_out}
    assert left["KB"] == 1
    assert left["AK"] < 1
    assert found.design.kappa == "Conger"


def test_the_order_of_coders_is_theirs_who_ask(study):
    one, two = compare(study, coders=("AK", "KB")), compare(study, coders=("KB", "AK"))
    assert one.mean_kappa.value == two.mean_kappa.value
    assert one.codes[1].passages == two.codes[1].passages[::-1]


def test_what_cannot_be_asked_is_refused(study):
    with pytest.raises(InputError, match="unit"):
        compare(study, unit="page")
    with pytest.raises(RefusedError, match="two coders"):
        compare(study, coders=("AK",))
    with pytest.raises(NotFoundError):
        compare(study, codes=("Q",))
    with pytest.raises(NotFoundError):
        compare(study, coders=("AK", "ZZ"))


def test_where_nothing_was_finished_by_two_there_are_reasons_and_no_numbers(study):
    found = compare(study, documents=("three",), coders=("AK", "KB"))
    assert (found.pooled_kappa.value, found.pooled_kappa.reason) == (None, "no_units")
    assert all(each.kappa.value is None for each in found.codes)


def test_a_project_of_one_coder_is_refused(tmp_path):
    with closing(qualcode.new(tmp_path / "b.qualcode", "AK")) as project, pytest.raises(RefusedError):
        compare(project)


def test_documents_without_turns_are_cut_at_their_lines(study):
    study.documents.add("letter", "I hoped.\n\nThen I slept.\n", [])
    code(study, "letter", ("P1", "I hoped"))
    finish(study, "letter")
    with closing(as_coder(study, "KB")) as other:
        finish(other, "letter")
    found = compare(study, documents=("letter",))
    assert (found.design.units, found.design.without_turns) == (2, ("letter",))
    assert by_code(found, "P1").coded == (1.0, 0.0)


def test_numbers_are_finite_or_none(study):
    for unit in ("answer", "turn", "sentence", "token", "character", "paragraph", "document"):
        for each in compare(study, unit=unit).codes:
            values = [each.percent, each.kappa, each.alpha, each.f1, each.prevalence, *each.others.values()]
            assert all(value.value is None or np.isfinite(value.value) for value in values)


def test_a_study_without_codes_has_no_numbers(tmp_path):
    with closing(qualcode.new(tmp_path / "b.qualcode", "AK")) as project:
        add_interview(project, "one", *TALK)
        finish(project, "one")
        with closing(as_coder(project, "KB")) as other:
            other.coders.add("KB", "Kim")
            finish(other, "one")
        found = compare(project)
    assert found.codes == ()
    assert found.pooled_kappa.value is None


def test_differences_are_passages_of_the_document_and_boundaries_are_told_apart(study):
    found = differences(compare(study).material)
    body = study.documents.body(study.documents.get("one"))
    told = [(d.document, d.code, body[d.start : d.end], d.by, d.not_by, d.differs, d.is_boundary) for d in found]
    assert told == [
        ("one", "P1", "I hoped so much", ("AK", "KB"), (), 5, True),
        ("one", "P2", "I went home", ("KB",), ("AK",), 11, False),
        ("one", "P2", "I slept well", ("AK",), ("KB",), 12, False),
        ("one", "P1", "I hoped again", ("AK",), ("KB",), 13, False),
        ("two", "P2", "I got up", ("AK",), ("KB",), 8, False),
        ("two", "P2", "Yes, I am sure", ("KB",), ("AK",), 14, False),
    ]


def test_a_difference_across_the_interviewers_words_stands_where_it_is(study):
    code(study, "three", ("X", "slept well.\nINT: Mm.\nAnn: Then I"))
    with closing(as_coder(study, "KB")) as other:
        finish(other, "three")
    finish(study, "three")
    found = compare(study, documents=("three",), rounds=1)
    assert [each.code for each in differences(found.material)] == ["P1", "P2"]  # AK's X is of the second round
    with closing(as_coder(study, "KB")) as other:
        code(other, "three", ("P1", "I got up"))
        finish(other, "three")
    last = [each for each in differences(compare(study, documents=("three",)).material) if each.code == "X"]
    body = study.documents.body(study.documents.get("three"))
    assert body[last[0].start : last[0].end] == "slept well.\nINT: Mm.\nAnn: Then I"
    assert last[0].differs == len("slept well.Then I")


def test_opposite_disagreements_that_touch_are_two(study):
    code(study, "three", ("X", "I slept well."))
    finish(study, "three")
    with closing(as_coder(study, "KB")) as other:
        finish(other, "three")
        code(other, "three", ("X", "Then I hoped again."), ("X", "nothing"))  # an "Mm." stands between the first two
        finish(other, "three")
    found = [each for each in differences(compare(study, documents=("three",)).material) if each.code == "X"]
    body = study.documents.body(study.documents.get("three"))
    assert [(body[each.start : each.end], each.by, each.not_by) for each in found] == [
        ("I slept well.", ("AK",), ("KB",)), ("Then I hoped again.", ("KB",), ("AK",)), ("nothing", ("KB",), ("AK",)),
    ]  # fmt: skip
    assert [each.differs for each in found] == [13, 19, 7]


def test_three_coders_differ_stretch_by_stretch_and_the_total_stays(study):
    with closing(as_coder(study, "KB")) as other, closing(as_coder(study, "MM")) as third:
        code(study, "three", ("X", "I went home"))
        finish(study, "three")
        for project, words in ((other, "home. I slept well"), (third, "nothing")):
            finish(project, "three")
            code(project, "three", ("X", words))
            finish(project, "three")
    found = [each for each in differences(compare(study, documents=("three",)).material) if each.code == "X"]
    body = study.documents.body(study.documents.get("three"))
    assert [(body[each.start : each.end], each.by, each.not_by) for each in found] == [
        ("I went ", ("AK",), ("KB", "MM")), ("home", ("AK", "KB"), ("MM",)), (". I slept well", ("KB",), ("AK", "MM")),
        ("nothing", ("MM",), ("AK", "KB")),
    ]  # fmt: skip
    assert sum(each.differs for each in found) == len("I went home. I slept well" + "nothing")


def test_codes_taken_for_one_another_are_told_from_text_left_uncoded(study):
    with closing(as_coder(study, "KB")) as other:
        code(other, "three", ("X", "I hoped so much"))
        finish(other, "three")
    found = confusion(compare(study, codes=("P1", "P2", "X"), documents=("three",)).material, "AK", "KB")
    assert found.tolist() == [[0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]]


def test_sets_and_unitising_are_told_on_request(study):
    material = compare(study).material
    assert 0 < set_alpha(material).value <= set_alpha(material, "jaccard").value < 1
    assert unitising_of(material, ("P1",)).u.value == pytest.approx(unitising_of(material, ("P1",)).binary.value)
    assert unitising_of(material, ("X",)).u.reason == "code_unused"
    with pytest.raises(NotFoundError):
        unitising_of(material, ("Q",))


# -- the same ground -------------------------------------------------------------------------------------------------


def test_a_coder_is_left_out_over_the_codes_that_are_defined_with_and_without(study):
    with closing(as_coder(study, "MM")) as third:  # alone in giving X: without MM it has no alpha
        code(third, "one", ("P1", "I hoped so much"), ("P2", "I slept well"), ("X", "nothing"))
        code(third, "two", ("P1", "I hoped so much"), ("P2", "I got up"))
        finish(third, "one", "two")
    found = compare(study)
    of_all = {each.code: each.alpha.value for each in found.codes if each.alpha.value is not None}
    assert set(of_all) == {"P1", "P2", "X"}
    without = {each.coder: each for each in found.left_out}["MM"]
    assert (without.codes, without.documents) == (2, 2)
    assert without.whole.value == pytest.approx((of_all["P1"] + of_all["P2"]) / 2)
    two = compare(study, coders=("AK", "KB"))
    assert without.alpha.value == pytest.approx(two.mean_alpha.value)


def test_a_coder_is_left_out_in_the_documents_that_two_others_have_finished(study):
    with closing(as_coder(study, "MM")) as third:
        code(third, "three", ("P1", "I hoped so much"), ("P2", "I slept well"))
        finish(third, "three")
    whole = {each.coder: each for each in compare(study).left_out}
    assert whole["MM"].documents == 2
    assert whole["KB"].documents == 1
    assert whole["MM"].alpha.value == whole["MM"].whole.value  # MM coded none of those two


def test_where_a_coder_is_missing_somewhere_it_is_said(study):
    assert not any("Not every coder" in each for each in compare(study).caveats)
    with closing(as_coder(study, "MM")) as third:
        code(third, "one", ("P1", "I hoped so much"))
        finish(third, "one")
    caveat = next(each for each in compare(study).caveats if "Not every coder" in each)
    assert "(MM 1)" in caveat
    assert "nobody agreed" in caveat
    assert any(each.startswith("At least two coders have finished 2 of 3") for each in compare(study).caveats)


# -- status ----------------------------------------------------------------------------------------------------------


def answers(study, *, both, first=0, second=0, neither):
    """One more interview of two coders, with so many answers that both, one or none of them gave P1."""
    kinds = ["both"] * both + ["first"] * first + ["second"] * second + ["neither"] * neither
    body = [line for number, _ in enumerate(kinds) for line in (("INT", "And?"), ("Ann", f"Answer {number}."))]
    add_interview(study, "long", *body)
    with closing(as_coder(study, "KB")) as other:
        for project, own in ((study, "first"), (other, "second")):
            chosen = [number for number, kind in enumerate(kinds) if kind in ("both", own)]
            code(project, "long", *[("P1", f"Answer {number}.") for number in chosen])
            finish(project, "long")
    return by_code(compare(study, documents=("long",)), "P1")


def test_high_observed_agreement_on_a_rare_code_excuses_no_disagreement(study):
    found = answers(study, both=5, first=6, second=6, neither=240)
    assert found.percent.value > 0.95
    assert found.f1.value < 0.46
    assert found.status == "disagreement"


def test_the_prevalence_paradox_is_a_low_kappa_of_coders_who_agree_where_the_code_stands(study):
    found = answers(study, both=19, first=12, second=12, neither=205)
    assert found.percent.value > 0.9
    assert found.kappa.value < 0.6 < found.f1.value
    assert found.status == "prevalence paradox"


def test_of_a_common_code_it_is_agreement_on_where_it_is_not(study):
    found = answers(study, both=180, first=6, second=5, neither=4)
    assert found.f1.value > 0.9
    assert found.status == "disagreement"


def test_shares_that_leave_kappa_no_room_are_disagreement(study):
    found = answers(study, both=4, first=12, neither=220)
    assert found.others["kappa_max"].value < 0.6
    assert found.status == "disagreement"


def test_a_code_that_nobody_used_has_no_agreement_of_any_kind(study):
    found = by_code(compare(study), "X")
    assert (found.percent.value, found.percent.reason) == (None, "code_unused")
    for name in ("gwet_ac1", "brennan_prediger", "pabak", "negative_agreement"):
        assert (found.others[name].value, found.others[name].reason) == (None, "code_unused"), name
    assert found.prevalence.value == 0


def test_a_code_that_all_gave_everywhere_was_observed_to_agree_and_no_more(study):
    body = [line for number in range(3) for line in (("INT", "And?"), ("Ann", f"Answer {number}."))]
    add_interview(study, "all", *body)
    with closing(as_coder(study, "KB")) as other:
        for project in (study, other):
            code(project, "all", *[("P1", f"Answer {number}.") for number in range(3)])
            finish(project, "all")
    found = by_code(compare(study, documents=("all",)), "P1")
    assert found.percent.value == found.f1.value == 1
    assert (found.kappa.reason, found.others["gwet_ac1"].reason) == ("no_variation", "no_variation")
