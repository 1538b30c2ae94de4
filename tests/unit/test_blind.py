"""Blind coding: what one coder may see of another's until all have finished; and what does not count as an action."""

import pytest

import qualcode
from qualcode.errors import NotFoundError, RefusedError
from qualcode.project.segments import NewSegment
from tests.builders import add_interview, rows_of

BODY = "If she can do it, so can I. I went home and slept.\n"


@pytest.fixture
def path(tmp_path):
    """A study in which AK and BX code one document blind, and AK has coded."""
    made = tmp_path / "study.qualcode"
    with qualcode.new(made, "AK") as study:
        person = study.people.add("P1", case="A", roles={"-": "SU"})
        document = study.documents.add("D", BODY, [])
        study.documents.set_speaker(document, "", "participant", person.id)
        study.codes.add("M", "mechanism", kind="mechanism")
        study.codes.add("P", "outcome", kind="process outcome")
        study.coders.add("BX", "Bo Xu")
        for short in ("AK", "BX"):
            study.coders.assign(document, study.coders.get(short), blind=True)
        segment = study.segments.add("D", "M", quote="If she can")
        claim = study.claims.add("D", "M", "P", quote="so can I")
        study.claims.add_evidence(claim, "D", "supports", quote="slept")
        study.memos.add("seen at last", segment=segment.id)
        study.summaries.write("She hopes.", "P", person=person.id, segments=[segment.id])
    return made


def seen_by(path, coder):
    """How much of AK's work somebody sees, by every door."""
    with qualcode.open(path, coder) as study:
        document = study.documents.get("D")
        columns = study.columns()
        return {
            len(study.segments.find()),
            len(study.segments.of(document)),
            len(study.segments.in_round(document, "AK", 1)),
            len(study.claims.find()),
            len(study.memos.find()),
            len(study.summaries.find()),
            len(columns.segments),
            len(columns.claims),
            len(columns.evidence),
        }


def test_another_coder_and_a_bystander_see_nothing_until_all_have_finished(path):
    assert seen_by(path, "AK") == {1}
    assert seen_by(path, "BX") == {0}
    assert seen_by(path, None) == {0}


def test_one_who_has_finished_still_waits_for_the_other(path):
    for coder, expected in (("BX", {0}), ("AK", {1})):
        with qualcode.open(path, coder) as study:
            study.coders.finish(study.documents.get("D"))
        assert seen_by(path, "BX") == expected


def test_the_change_model_counts_nothing_that_may_not_be_seen(path):
    with qualcode.open(path, "BX") as study:
        assert qualcode.analysis.change_model(study).value("M", "P") in (0, None)
    with qualcode.open(path, "AK") as study:
        assert qualcode.analysis.change_model(study).value("M", "P") == 1


def test_a_coder_who_came_by_their_work_can_give_a_full_name_once(tmp_path):
    with qualcode.new(tmp_path / "a.qualcode", "AK") as study:
        assert study.coders.add("AK", "Anna Kaye").name == "Anna Kaye"
        with pytest.raises(RefusedError, match="already"):
            study.coders.add("AK", "Somebody Else")


def test_what_changed_nothing_is_no_action_and_keeps_redo(path):
    with qualcode.open(path, "AK") as study:
        again = study.segments.add("D", "P", quote="so can I")
        study.history.undo()
        before = study.history.actions()
        study.segments.add("D", "M", quote="If she can")  # coded so already
        assert study.history.actions() == before
        study.history.redo()
        assert again in study.segments.find()


def test_positions_read_from_a_text_that_was_corrected_since_are_refused(path):
    with qualcode.open(path, "AK") as study:
        opened = study.documents.get("D")
        study.documents.revise(opened, [(0, 2, "When")], "heard again")
        new = NewSegment(opened.id, 3, 6, study.codes.get("P").id, text=opened.text)
        with pytest.raises(RefusedError, match="corrected since"):
            study.segments.add_many([new])
        with pytest.raises(RefusedError, match="as it stands now"):
            study.documents.mark_read(opened, 0, 3)


def test_a_summary_is_removed_by_its_writer_only(path):
    for coder in ("AK", "BX"):
        with qualcode.open(path, coder) as study:
            study.coders.finish(study.documents.get("D"))
    with qualcode.open(path, "BX") as study, pytest.raises(RefusedError, match="the one who wrote it"):
        study.summaries.remove(study.summaries.find()[0])


def verbs_seen(path, viewer):
    """What the history tells somebody of what AK did, newest first."""
    with qualcode.open(path, viewer) as study:
        return [(each.verb, each.arguments) for each in study.history.actions(coder="AK")]


def finish(path, *coders):
    for coder in coders:
        with qualcode.open(path, coder) as study:
            study.coders.finish(study.documents.get("D"))


def test_the_history_tells_nobody_else_what_was_coded_blind(path):
    with qualcode.open(path, "AK") as study:
        study.memos.add("on the code", code=study.codes.get("M").id)
        study.documents.mark_read(study.documents.get("D"), 0, 5)
        study.memos.remove(study.memos.find()[0])
        study.history.undo()
        study.segments.remove(study.segments.find())
    for viewer in ("BX", None):
        told = verbs_seen(path, viewer)
        assert told[0] == ("coding (blind)", {})  # the last of ten: how many there are is not told
        assert told[1][0] == "assign document"
        with qualcode.open(path, viewer) as study:
            assert not any(each.reverses or each.undone for each in study.history.actions(10))
    assert ("add claim", {"document": 1, "source": "M", "target": "P"}) in verbs_seen(path, "AK")
    finish(path, "AK", "BX")
    assert ("add claim", {"document": 1, "source": "M", "target": "P"}) in verbs_seen(path, "BX")


def test_the_history_still_tells_of_corrections_and_of_coding_elsewhere(path):
    with qualcode.open(path, "AK") as study:
        study.documents.revise(study.documents.get("D"), [(0, 2, "When")], "heard again")
        study.documents.add("E", BODY, [])
        study.segments.add("E", "M", quote="slept")
    assert [verb for verb, _ in verbs_seen(path, "BX")[:3]] == ["add segments", "import document", "revise document"]


def test_a_removed_document_does_not_open_the_history_of_its_blind_coding(path):
    with qualcode.open(path, "BX") as study:
        study.documents.remove(study.documents.get("D"))
    assert ("coding (blind)", {}) in verbs_seen(path, "BX")
    assert "add claim" not in dict(verbs_seen(path, "BX"))


def test_why_something_cannot_be_undone_does_not_tell_what_was_coded_blind(path):
    with qualcode.open(path, "BX") as study:
        study.documents.add("E", BODY, [])
        study.codes.change(study.codes.get("M"), name="better")
    with qualcode.open(path, "AK") as study, study.action("secret verb", code="M"):
        study.codes.change(study.codes.get("M"), name="best")
        study.segments.add("D", "M", quote="slept")
    with qualcode.open(path, "BX") as study, pytest.raises(RefusedError) as refusal:
        study.history.undo()
    assert "AK has changed the same code since (coding (blind)," in refusal.value.what


def test_evidence_elsewhere_for_a_claim_made_blind_is_not_seen(path):
    with qualcode.open(path, "AK") as study:
        study.documents.add("E", BODY, [])
        study.claims.add_evidence(study.claims.find()[0], "E", "supports", quote="slept")
        assert len(study.columns().evidence) == 2
    assert seen_by(path, "BX") == {0}
    assert verbs_seen(path, "BX")[0] == ("coding (blind)", {})


def test_a_summary_waits_with_the_blind_coding_it_rests_on(path):
    with qualcode.open(path, "AK") as study:
        stranger = study.people.add("P2", case="B")
        segment = study.segments.find()[0]
        study.summaries.write("Somebody else hopes.", "P", person=stranger.id, segments=[segment.id])
        study.summaries.write("Nobody knows.", "P", person=stranger.id, wave="T2")
    for viewer, expected in (("BX", ["Nobody knows."]), (None, ["Nobody knows."])):
        with qualcode.open(path, viewer) as study:
            assert [each.body for each in study.summaries.find()] == expected
    finish(path, "AK", "BX")
    with qualcode.open(path, "BX") as study:
        assert len(study.summaries.find()) == 3


def test_a_summary_waits_where_the_blind_document_is_of_its_case(path):
    with qualcode.open(path, "AK") as study:
        case = study.cases.add("Field notes")
        study.documents.place(study.documents.get("D"), case=case.id)
        study.summaries.write("They hope.", "P", case=case.id)
    with qualcode.open(path, "BX") as study:
        assert study.summaries.find() == []


def test_no_memo_is_put_on_what_one_may_not_see(path):
    with qualcode.open(path, "AK") as study:
        segment, claim = study.segments.find()[0].id, study.claims.find()[0].id
    with qualcode.open(path, "BX") as study:
        before = study.history.actions()
        with pytest.raises(NotFoundError, match="no segment"):
            study.memos.add("guessed", segment=segment)
        with pytest.raises(NotFoundError, match="no claim"):
            study.memos.add("guessed", claim=claim)
        assert study.history.actions() == before


def test_what_a_blind_coder_notes_on_codes_people_and_the_project_waits(path):
    with qualcode.open(path, "AK") as study:
        elsewhere = study.documents.add("E", BODY, [])
        code, person, case = study.codes.get("M").id, study.people.get("P1"), study.cases.all()[0].id
        for target in ({"code": code}, {"person": person.id}, {"case": case}, {}):
            study.memos.add("If she can: M", **target)
        study.memos.add("of another document", document=elsewhere.id)
        assert len(study.memos.find()) == 6
    with qualcode.open(path, "CY") as study:
        study.memos.add("by one who codes nothing blind", code=code)
    with qualcode.open(path, "BX") as study:
        assert [each.body for each in study.memos.find()] == ["of another document", "by one who codes nothing blind"]
    finish(path, "AK", "BX")
    with qualcode.open(path, "BX") as study:
        assert len(study.memos.find()) == 7


def test_a_blind_round_that_all_have_finished_is_not_opened_again(path):
    finish(path, "BX", "AK")
    for coder in ("AK", "BX"):
        with qualcode.open(path, coder) as study:
            before = rows_of(study)
            with pytest.raises(RefusedError, match="all who coded blind have finished"):
                study.history.undo()
            assert rows_of(study) == before
            assert study.coders.round_of(1, study.coders.get(coder).id) == 2


def was_blind(path):
    with qualcode.open(path, "CY") as study:
        return {each.coder: each.was_blind for each in study.coders.finished()}


@pytest.fixture
def asked(tmp_path):
    """A study in which AK has asked JB and himself to code one document blind, and nobody has begun."""
    made = tmp_path / "asked.qualcode"
    with qualcode.new(made, "AK") as study:
        document = study.documents.add("D", BODY, [])
        study.codes.add("M", "mechanism", kind="mechanism")
        study.coders.add("JB")
        study.coders.assign_all([document], [study.coders.get(each) for each in ("AK", "JB")], blind=True)
    return made


def code(path, coder, words="If she can"):
    with qualcode.open(path, coder) as study:
        study.segments.add("D", "M", quote=words)


@pytest.mark.parametrize("begun", ["coded", "read", "finished", "coded and undone"])
def test_what_was_asked_for_blind_stays_so_once_another_has_begun(asked, begun):
    with qualcode.open(asked, "JB") as study:
        document = study.documents.get("D")
        if begun == "read":
            study.documents.mark_read(document, 0, 5)
        elif begun == "finished":
            study.coders.finish(document)
        else:
            study.segments.add("D", "M", quote="If she can")
            if begun == "coded and undone":
                study.history.undo()
    with qualcode.open(asked, "AK") as study:
        before = rows_of(study)
        with pytest.raises(RefusedError, match="JB has begun to code D since, blind"):
            study.history.undo()
        assert rows_of(study) == before
        assert study.segments.find() == []


def test_nor_is_it_taken_back_for_oneself_alone(asked):
    with qualcode.open(asked, "AK") as study:
        study.history.undo()
        for each in ("JB", "AK"):
            study.coders.assign(study.documents.get("D"), study.coders.get(each), blind=True)
    code(asked, "JB")
    with qualcode.open(asked, "AK") as study, pytest.raises(RefusedError, match="JB has begun to code D since, blind"):
        study.history.undo()


def test_before_anybody_else_has_begun_it_is_taken_back_and_brought_back(asked):
    with qualcode.open(asked, "AK") as study:
        study.history.undo()
        assert study.coders.assignments() == []
        study.history.redo()
    code(asked, "AK")
    code(asked, "JB")
    finish(asked, "AK", "JB")
    assert was_blind(asked) == {"AK": True, "JB": True}


def test_coding_begun_while_it_was_taken_back_does_not_count_as_blind(asked):
    with qualcode.open(asked, "AK") as study:
        study.history.undo()
    code(asked, "JB")
    with qualcode.open(asked, "AK") as study:
        assert len(study.segments.find()) == 1
        study.history.redo()
    code(asked, "AK")
    finish(asked, "AK", "JB")
    assert was_blind(asked) == {"AK": True, "JB": False}


def test_a_document_that_was_removed_and_came_back_was_coded_blind_all_the_same(asked):
    with qualcode.open(asked, "AK") as study:
        study.documents.remove(study.documents.get("D"))
        study.history.undo()
    code(asked, "AK")
    with qualcode.open(asked, "CY") as study:
        study.documents.remove(study.documents.get("D"))
        study.history.undo()
    code(asked, "JB")
    finish(asked, "AK", "JB")
    assert was_blind(asked) == {"AK": True, "JB": True}


def test_nor_while_a_later_round_is_coded_blind(path):
    finish(path, "BX", "AK")
    with qualcode.open(path, "CY") as study:
        study.coders.assign(study.documents.get("D"), study.coders.get("BX"), 2, blind=True)
    with qualcode.open(path, "AK") as study, pytest.raises(RefusedError, match="all who coded blind have finished"):
        study.history.undo()


def test_a_finish_is_taken_back_while_another_still_codes_and_a_removed_document_comes_back_finished(path):
    finish(path, "AK")
    with qualcode.open(path, "AK") as study:
        assert study.history.undo().verb == "finish document"
        study.history.redo()
    finish(path, "BX")
    with qualcode.open(path, "AK") as study:
        study.documents.remove(study.documents.get("D"))
        study.history.undo()
        study.history.redo()
        study.history.undo()
        assert study.coders.round_of(1, study.store.viewer) == 2


def test_a_correction_counts_and_lists_only_what_may_be_seen(path):
    with qualcode.open(path, "BX") as study:
        study.segments.add("D", "P", quote="went")
        study.segments.add("D", "P", quote="home")
        start = BODY.index("went")
        revision = study.documents.revise(study.documents.get("D"), [(start, start + 4, "")], "not said")
        assert [each.words for each in revision.lost] == ["went"]
        assert revision.carried == 1
    assert seen_by(path, "AK") == {1}


def test_a_correction_does_not_take_coding_that_may_not_be_seen(path):
    for words in ("If she can", "so can I", "slept"):  # a segment, a claim, the evidence for it
        for viewer in ("BX", "CY"):
            with qualcode.open(path, viewer) as study:
                study.segments.add("D", "P", quote="home")
                before, texts = rows_of(study), study.store.value("SELECT count(*) FROM text")
                start = BODY.index(words)
                with pytest.raises(RefusedError, match="take words that somebody has coded") as refusal:
                    study.documents.revise(study.documents.get("D"), [(start, start + len(words), "")], "not said")
                assert "whose coding you may not see yet" in refusal.value.what
                assert words not in str(refusal.value)
                assert rows_of(study) == before
                assert study.store.value("SELECT count(*) FROM text") == texts
    finish(path, "AK", "BX")
    with qualcode.open(path, "BX") as study:
        revision = study.documents.revise(study.documents.get("D"), [(0, len("If she can"), "")], "not said")
        assert [each.words for each in revision.lost] == ["If she can"]


def test_nor_the_evidence_that_another_added_blind_to_a_claim_of_ones_own(path):
    with qualcode.open(path, "BX") as study:
        study.documents.add("E", BODY, [])
        claim = study.claims.add("E", "M", "P", quote="slept")
    with qualcode.open(path, "AK") as study:
        study.claims.add_evidence(claim, "D", "supports", quote="went home")
    start = BODY.index("slept")
    with qualcode.open(path, "BX") as study, pytest.raises(RefusedError, match="take words that somebody has coded"):
        study.documents.revise(study.documents.get("E"), [(start, start + 5, "")], "not said")


def add_two_who_speak(study):
    ann, bea = study.people.add("Ann", case="A"), study.people.add("Bea", case="A")
    document = add_interview(study, "S", ("Ann", "Yes, I am."), ("Bea", "Hello to you, Ann, my dear."))
    study.documents.set_speaker(document, "Ann", "participant", ann.id)
    study.documents.set_speaker(document, "Bea", "participant", bea.id)
    return document


def test_blind_coding_does_not_stand_in_the_way_of_a_withdrawal(path):
    with qualcode.open(path, "AK") as study:
        document = add_two_who_speak(study)
        study.coders.assign(document, study.coders.get("AK"), blind=True)
        study.segments.add("S", "M", span=(document.length - 1, document.length))  # blanks: no revision carries them
    with qualcode.open(path, "BX") as study:
        study.forget(person="Ann")
        assert "Ann" not in study.documents.body(study.documents.get("S"))


def test_nor_does_a_withdrawal_open_the_history_of_it(path):
    with qualcode.open(path, "AK") as study:
        document = add_two_who_speak(study)
        for short in ("AK", "BX"):
            study.coders.assign(document, study.coders.get(short), blind=True)
        made = study.segments.add("S", "M", quote="Hello to you")
        study.segments.recode(made, "P")
        claim = study.claims.add("S", "M", "P", quote="my dear")
        study.claims.add_evidence(claim, "S", "supports", quote="to you")
    with qualcode.open(path, "BX") as study:
        study.forget(person="Ann")
        told = [each.arguments for each in study.history.actions(coder="AK")]
        assert not [each for each in told if {"source", "target", "stance"} & set(each)]
        assert {each.get("code") for each in told} <= {None, "M", "P"}  # as codes were added, by their short names
        there = [each.verb for each in study.history.actions(document="S") if each.coder == "AK"]
        named = [each.verb for each in study.history.actions() if each.arguments.get("document") == document.id]
        assert not [verb for verb in (*there, *named) if "segment" in verb or "claim" in verb]
        assert study.check() == []


def test_nothing_is_rested_on_coding_that_may_not_be_seen(path):
    with qualcode.open(path, "AK") as study:
        segment, claim = study.segments.find()[0], study.claims.find()[0]
    with qualcode.open(path, "BX") as study:
        person = study.people.get("P1").id
        with pytest.raises(NotFoundError):
            study.summaries.write("Hopes.", "P", person=person, segments=[segment.id])
        with pytest.raises(NotFoundError):
            study.claims.add_evidence(claim, "D", "contradicts", quote="slept")
        assert study.check() == []
