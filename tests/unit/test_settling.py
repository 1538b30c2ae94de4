"""Deciding what coders differ on: the consensus holds what was decided and what was agreed, and undo takes it back."""

from collections import Counter
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode import spans
from qualcode.agreement.meeting import agenda
from qualcode.agreement.minutes import minutes
from qualcode.agreement.settling import Outcome, carry_in, decide
from qualcode.errors import InputError, NotFoundError, RefusedError
from tests.agreeing import code, finish, two_coders
from tests.builders import add_interview, rows_of
from tests.studies import as_coder

CODES = ("P1", "P2", "X")
TABLES = ("segment", "claim", "claim_evidence", "decision", "round")


@pytest.fixture
def project(tmp_path):
    with closing(two_coders(tmp_path)) as made:
        yield made


def named(project, found):
    """Disagreements as (document, short names, who gave each)."""
    shorts = {each.id: each.short for each in project.codes.all()}
    return [(each.document.name, [(shorts[one.code], one.by) for one in each.matters]) for each in found]


def consensus(project, document="one"):
    """What it holds: (code, words)."""
    shorts, found = {each.id: each.short for each in project.codes.all()}, project.documents.get(document)
    body = project.documents.body(found)
    return sorted((shorts[each.code], body[each.start : each.end]) for each in project.segments.of(found, "consensus"))


def decide_all(project, outcome="both", documents=None):
    for each in agenda(project, documents=documents).disagreements:
        if each.is_open:
            decide(project, each, outcome, "as said")


def test_disagreements_are_what_somebody_did_not_give_and_edges_are_apart(project):
    found = agenda(project).disagreements
    assert named(project, [each for each in found if not each.is_edges]) == [
        ("one", [("P2", ("KB",))]),
        ("one", [("P2", ("AK",))]),
        ("one", [("P1", ("AK",))]),
        ("two", [("P2", ("AK",))]),
        ("two", [("P2", ("KB",))]),
    ]
    assert Counter(each.is_edges for each in found) == {False: 5, True: 1}
    assert [each.name for each in agenda(project).set_aside] == ["three"]


def test_two_codes_on_the_same_words_are_one_disagreement(project):
    with closing(as_coder(project, "KB")) as other:
        code(other, "three", ("X", "I hoped so much"))
        finish(other, "three")
    (pair,) = [each for each in agenda(project, documents=("three",)).disagreements if len(each.matters) == 2]
    assert named(project, [pair])[0][1] == [("P1", ("AK",)), ("X", ("KB",))]
    decide(project, pair, "as KB", "not hope")
    assert consensus(project, "three") == [("X", "I hoped so much")]
    decide(project, agenda(project, documents=("three",)).disagreements[0], "both")
    assert consensus(project, "three") == [("P1", "I hoped so much"), ("X", "I hoped so much")]


def test_the_first_decision_brings_in_what_all_gave_and_the_last_completes_it(project):
    first, *rest = [each for each in agenda(project, documents=("one",)).disagreements if each.is_open]
    told = decide(project, first, "neither", "too thin")
    assert consensus(project) == [("P1", "I hoped so much")]  # all words that any of them gave
    assert (told.left, told.sheet.is_complete) == (2, False)
    assert "one" not in {each.document for each in project.coders.finished() if each.coder == "consensus"}
    for each in rest:
        told = decide(project, each, "both", "")
    assert told.sheet.is_complete
    layer = project.coders.layer()[project.documents.get("one").id]
    assert project.coders.get(layer).short == "consensus"
    assert project.check() == []


def test_a_decision_is_kept_with_its_reason_who_and_when(project):
    with closing(as_coder(project, "KB")) as other:
        decide(other, agenda(other).disagreements[0], "as KB", "  She says so herself.  ")
    (kept,) = project.decisions.all()
    assert (kept.said.outcome, kept.said.reason, project.coders.get(kept.coder).short) == (
        "as KB", "She says so herself.", "KB",
    )  # fmt: skip
    assert kept.at == project.history.actions(1)[0].at
    assert project.history.actions(1)[0].coder == "KB"


def test_deciding_anew_replaces_what_was_decided(project):
    (each,) = [each for each in agenda(project, documents=("two",)).disagreements if each.matters[0].by == ("AK",)]
    decide(project, each, "as AK")
    assert ("P2", "I got up") in consensus(project, "two")
    decide(project, agenda(project, documents=("two",)).disagreements[0], "as KB")
    assert consensus(project, "two") == [("P1", "I hoped so much")]
    assert len(project.decisions.all()) == 1


def test_recoding_gives_another_code_to_all_the_words(project):
    each = next(each for each in agenda(project, documents=("one",)).disagreements if each.is_edges)
    decide(project, each, Outcome("recode", "X"), "neither hope nor rest")
    assert ("X", "I hoped so much") in consensus(project)
    with pytest.raises(InputError, match="what is right instead"):
        decide(project, each, "recode")
    with pytest.raises(InputError, match="no outcome"):
        decide(project, each, "as MM")
    with pytest.raises(NotFoundError):
        decide(project, each, Outcome("recode", "nope"))


def test_edges_can_be_decided_though_they_need_not_be(project):
    each = next(each for each in agenda(project, documents=("one",)).disagreements if each.is_edges)
    decide(project, each, "as KB", "shorter")
    assert ("P1", "I hoped so") in consensus(project)


def test_what_differs_in_whose_or_as_a_negative_case_is_to_be_decided(tmp_path):
    with closing(qualcode.new(tmp_path / "b.qualcode", "AK")) as project:
        project.codes.add("P1", "Hope")
        add_interview(project, "one", ("INT", "?"), ("Ann", "I hoped."))
        project.segments.add("one", "P1", quote="I hoped", whose="self", negative=True)
        finish(project, "one")
        with closing(as_coder(project, "KB")) as other:
            other.segments.add("one", "P1", quote="I hoped", whose="team")
            finish(other, "one")
        (each,) = agenda(project).disagreements
        assert each.matters[0].about == ("negative", "whose")
        assert each.is_open
        decide(project, each, "as AK")
        (held,) = project.segments.of(each.document, "consensus")
        assert (held.whose, held.negative) == ("self", True)


def test_claims_are_settled_too(project):
    with closing(as_coder(project, "KB")) as other:
        for who, direction, quote in ((project, "raises", "I hoped so much"), (other, "lowers", "I hoped so")):
            claim = who.claims.add("two", "P1", "P2", quote=quote, direction=direction)
            who.claims.add_evidence(claim, "one", "supports", quote="I slept well")
            same = who.claims.add("two", "P2", "P1", quote="I went home")
            assert same.direction == "raises"
            finish(who, "two")
    found = agenda(project, documents=("two",))
    (claim,) = [each for each in found.disagreements if each.is_claim]
    assert claim.matters[0].about == ("direction", "edges")
    decide(project, claim, Outcome("recode", direction="mixed"), "both are said")
    held = project.claims.find(document="two", coder="consensus")
    assert sorted(each.direction for each in held) == ["mixed", "raises"]
    assert len(project.claims.evidence(next(each for each in held if each.direction == "mixed"))) == 1
    decide_all(project, "as AK", ("two",))
    assert agenda(project, documents=("two",)).sheets[0].is_complete
    assert project.check() == []


def test_where_nothing_differs_the_consensus_is_complete_in_one_step(project):
    with closing(as_coder(project, "KB")) as other:
        found = other.documents.get("three")
        other.segments.remove(other.segments.of(found, "KB"))
        code(other, "three", ("P1", "I hoped so much"))
        finish(other, "three")
    before = rows_of(project)
    (told,) = carry_in(project)
    assert told.sheet.document.name == "three"
    assert consensus(project, "three") == [("P1", "I hoped so much")]
    assert carry_in(project) == []
    project.history.undo()
    assert rows_of(project) == before


def test_a_consensus_coded_by_hand_is_left_alone(project):
    project.coders.add("consensus", kind="consensus")
    with closing(as_coder(project, "consensus")) as together:
        code(together, "one", ("X", "No, nothing"))
        finish(together, "one")
    with pytest.raises(RefusedError, match="by hand"):
        decide(project, agenda(project, documents=("one",)).disagreements[0], "both")
    assert consensus(project) == [("X", "No, nothing")]
    decide(project, agenda(project, documents=("two",)).disagreements[0], "both")


def test_what_is_added_by_hand_to_a_decided_consensus_stays(project):
    decide_all(project, "both", ("one",))
    with closing(as_coder(project, "consensus")) as together:
        code(together, "one", ("X", "No, nothing"))
    decide(project, agenda(project, documents=("one",)).disagreements[0], "neither")
    assert ("X", "No, nothing") in consensus(project)


def test_of_three_coders_each_can_be_followed(project):
    for who in (as_coder(project, "KB"), as_coder(project, "MM")):
        with closing(who):
            code(who, "three", ("P2", "I slept well"), *([("X", "I hoped so much")] if who.coder == "MM" else []))
            finish(who, "three")
    rest, pair = agenda(project, documents=("three",)).disagreements[::-1]
    assert (rest.matters[0].by, rest.matters[0].not_by) == (("KB", "MM"), ("AK",))
    assert [one.by for one in pair.matters] == [("AK",), ("MM",)]
    decide(project, pair, "as KB")
    decide(project, rest, "as MM")
    assert consensus(project, "three") == [("P2", "I slept well")]
    assert agenda(project, documents=("three",)).sheets[0].is_complete


def test_a_later_round_is_settled_anew(project):
    decide_all(project, "both", ("one",))
    before = consensus(project)
    for who in (project, as_coder(project, "KB")):
        for each in who.segments.of(who.documents.get("one"), who.coder):
            who.segments.remove([each])
        code(who, "one", ("X", "Yes, I am sure"), *([("P1", "I slept well")] if who is project else []))
        finish(who, "one")
    sheet = agenda(project, documents=("one",)).sheets[0]
    assert (sheet.round, len(sheet.disagreements), sheet.is_settled) == (2, 1, False)
    decide(project, sheet.disagreements[0], "as KB", "after the rule")
    assert before != consensus(project) == [("X", "Yes, I am sure")]
    assert [each.number for each in project.coders.finished() if each.coder == "consensus"] == [1, 2]
    assert project.check() == []


def third_coder(project):
    """MM finishes the first round of document one, AK and KB their second."""
    with closing(as_coder(project, "KB")) as kb, closing(as_coder(project, "MM")) as mm:
        code(mm, "one", ("P1", "I hoped so much"), ("X", "No, nothing"))
        finish(mm, "one")
        for who in (project, kb):
            code(who, "one", ("X", "Yes, I am sure"))
            finish(who, "one")


def test_all_who_have_finished_have_a_say_in_whatever_round(project):
    third_coder(project)
    found = agenda(project, documents=("one",))
    (sheet,) = found.sheets
    assert sheet.rounds == (("AK", 2), ("KB", 2), ("MM", 1))
    assert ("one", [("X", ("MM",))]) in named(project, found.disagreements)
    assert ("one", [("X", ("AK", "KB"))]) in named(project, found.disagreements)
    (told,) = found.remarks
    assert told.endswith("their rounds differ in places. AK in round 2, KB in round 2, MM in round 1: one.")
    decide_all(project, "as MM", ("one",))
    assert consensus(project) == [("P1", "I hoped so much"), ("X", "No, nothing")]
    second = agenda(project, rounds=2)
    assert (second.coders, second.sheets[0].coders) == (("AK", "KB"), ("AK", "KB"))


def test_a_decision_stands_until_somebody_gives_something_else_there(project):
    decide_all(project, "both", ("one",))
    before = consensus(project)
    with closing(as_coder(project, "KB")) as kb:
        code(kb, "one", ("P2", "I slept well"))  # which AK alone had given, and both were decided to hold
        finish(kb, "one")
    found = agenda(project, documents=("one",)).sheets[0]
    assert [each.is_open for each in found.disagreements].count(True) == 0
    assert {each.decision is None for each in found.matters if each.about} == {False, True} or found.is_settled
    with closing(as_coder(project, "KB")) as kb:
        code(kb, "one", ("X", "Yes, I am sure"))
        finish(kb, "one")
    (left,) = [each for each in agenda(project, documents=("one",)).disagreements if each.is_open]
    decide(project, left, "neither")
    assert consensus(project) == before
    decide(project, agenda(project, documents=("one",)).disagreements[-1], "both")
    assert consensus(project) == sorted([*before, ("X", "Yes, I am sure")])
    assert project.check() == []


def test_who_finishes_later_changes_what_was_carried_in(project):
    third_coder(project)
    decide_all(project, "as MM", ("one",))
    with closing(as_coder(project, "MM")) as mm:
        mm.segments.remove(mm.segments.of(mm.documents.get("one"), "MM")[-1:])
        code(mm, "one", ("X", "Yes, I am sure"))
        finish(mm, "one")
    assert agenda(project, documents=("one",)).sheets[0].is_settled
    carry_in(project)
    assert consensus(project) == [("P1", "I hoped so much"), ("X", "Yes, I am sure")]
    assert carry_in(project) == []


def test_another_cannot_decide_what_is_being_coded_blind(project):
    document = project.documents.get("two")
    found = agenda(project, documents=("two",)).disagreements[0]
    for short in ("AK", "KB"):
        project.coders.assign(document, project.coders.get(short), 2, blind=True)
    assert [each.document.name for each in agenda(project).sheets] == ["one"]
    with pytest.raises(RefusedError, match="cannot be compared"):
        decide(project, found, "both")


def test_a_text_corrected_since_keeps_its_decisions(project):
    document = project.documents.get("one")
    for each in agenda(project, documents=("one",)).disagreements[:2]:
        decide(project, each, "both", "yes")
    at = project.documents.body(document).index("hoped")
    project.documents.revise(document, [(0, 0, "(Monday) "), (at, at + 5, "longed")], "as heard")
    found = agenda(project, documents=("one",)).disagreements
    assert [each.decision is not None for each in found] == [True, True, False, False]
    decide(project, found[1], "neither")
    assert consensus(project) == [("P1", "I longed so much")]
    assert project.check() == []


# -- whatever coders gave and whatever is decided ---------------------------------------------------------------------

PLACES = st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(CODES))
OUTCOMES = st.lists(st.sampled_from(["as AK", "as KB", "both", "neither", "recode"]), min_size=1, max_size=8)


@given(mine=st.lists(PLACES, max_size=6), theirs=st.lists(PLACES, max_size=6), outcomes=OUTCOMES)
@settings(max_examples=60, deadline=None)
def test_the_consensus_holds_what_was_decided_and_what_was_agreed_and_undo_restores_all(mine, theirs, outcomes):
    with TemporaryDirectory() as folder, closing(qualcode.new(Path(folder) / "p.qualcode", "AK")) as project:
        with project.action("what is to be coded"):
            for short in (*CODES, "NEW"):
                project.codes.add(short, short)
            document = add_interview(project, "one", ("INT", "?"), ("Ann", "x" * 60))
        with closing(as_coder(project, "KB")) as other:
            for who, places in ((project, mine), (other, theirs)):
                with who.action("code"):
                    for start, length, short in places:
                        who.segments.add("one", short, span=(start, start + length))
                    finish(who, "one")
        before = {table: rows_of(project)[table] for table in TABLES}
        chosen, times = decided(project, outcomes)
        times += len(carry_in(project))
        assert project.consensus.is_complete(document)
        assert covered(project) == expected(project, mine, theirs, chosen)
        assert project.check() == []
        for _ in range(times):
            project.history.undo()
        assert {table: rows_of(project)[table] for table in TABLES} == before


def decided(project, outcomes):
    """Decide everything, one outcome after the other; (code, start) -> outcome, and how many decisions it took."""
    chosen = {}
    found = [each for each in agenda(project).disagreements if each.is_open]
    for number, each in enumerate(found):
        word = outcomes[number % len(outcomes)]
        decide(project, each, Outcome(word, "NEW" if word == "recode" else ""), "so")
        chosen |= {(one.code, one.start): word for one in each.matters}
    return chosen, len(found)


def covered(project):
    """Code -> the characters to which the consensus gave it."""
    found = {}
    for each in project.segments.of(project.documents.get("one"), "consensus"):
        found.setdefault(each.code, set()).update(range(each.start, each.end))
    return found


def expected(project, mine, theirs, chosen):
    """The same counted from the coders' own passages, code by code, character by character."""
    found = {}
    new = project.codes.get("NEW").id
    for short in CODES:
        code_id = project.codes.get(short).id
        given = {
            who: [(start, start + length) for start, length, name in places if name == short]
            for who, places in (("AK", mine), ("KB", theirs))
        }
        for start, end in spans.unite([*given["AK"], *given["KB"]]):
            by = {who: [span for span in own if start <= span[0] < end] for who, own in given.items()}
            word = chosen.get((code_id, start), "both")
            here = {"as AK": by["AK"], "as KB": by["KB"], "neither": []}.get(word, [(start, end)])
            for one, other in here:
                found.setdefault(new if word == "recode" else code_id, set()).update(range(one, other))
    return found


def test_the_minutes_say_who_is_compared_and_who_decided_and_not_who_met(project):
    with closing(as_coder(project, "LD")) as leader:
        (each,) = [one for one in agenda(leader, documents=("two",)).disagreements if one.matters[0].by == ("AK",)]
        decide(leader, each, "as KB", "too thin")
    paper = minutes(project)
    opening, *_ = paper.chapters[0].paragraphs
    assert opening.startswith("Compared: AK and KB. Decided by: LD, on ")
    (table,) = paper.chapters[1].tables
    assert table.value("1", "decided") == "as KB: not given"
