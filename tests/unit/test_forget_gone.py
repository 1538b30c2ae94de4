"""Forgetting who or what was removed before, or came with an import that was undone: it stands in the log alone."""

import shutil
from pathlib import Path

import pytest

import qualcode
from qualcode.errors import NotFoundError, RefusedError
from qualcode.project import Project, care
from qualcode.work.bring_in import bring_in
from tests import ways
from tests.builders import bytes_on_disk
from tests.command_line import Shell
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS

ZEBULON = "INT: And you?\nZebulon: The heron waited quietly under the window.\nINT: And?\nZebulon: Nothing more.\n"
BEN = "INT: And you?\nBenedict: There was a crane on the roof, I think.\nINT: And?\nBenedict: That is all.\n"
TRACES = (b"zebulon", b"heron", b"wimbleham")


@pytest.fixture
def project(tmp_path: Path):
    (tmp_path / "Zebulon.txt").write_text(ZEBULON)
    (tmp_path / "Ben.txt").write_text(BEN)
    with ways.new(tmp_path / "study.qualcode", "AK") as made:
        bring_in(made, [tmp_path / "Ben.txt"])
        yield made


def bring_zebulon(project: Project) -> int:
    """Bring in a document of one person; returns the person's id."""
    bring_in(project, [project.path.with_name("Zebulon.txt")])
    person = project.people.get("Zebulon").id
    project.attributes.set("person", person, [("town", "Wimbleham")])
    return person


def remove_zebulon(project: Project) -> None:
    bring_zebulon(project)
    project.documents.remove(project.documents.get("Zebulon"))
    project.people.remove(project.people.get("Zebulon"))


def undo_zebulon(project: Project) -> None:
    bring_zebulon(project)
    while any(each.name == "Zebulon" for each in project.documents):
        project.history.undo()


def left(project: Project) -> list[bytes]:
    data = bytes_on_disk(project.path).lower()
    return [trace for trace in TRACES if trace in data]


@pytest.mark.parametrize("take_away", [remove_zebulon, undo_zebulon])
@pytest.mark.parametrize("whom", [{"person": "zebulon"}, {"document": "Zebulon"}, {"person": "Benedict"}])
def test_what_no_longer_stands_leaves_no_byte(project, take_away, whom, way):
    take_away(project)
    assert left(project) == ([] if way == "encrypted" else list(TRACES))
    told = project.foresee_forgetting(**whom)
    assert told.removed + len(told.documents) == 1 + (whom == {"person": "Benedict"})
    assert told.removed_people == (0 if whom == {"person": "zebulon"} else 1)
    project.forget(**whom)
    assert left(project) == []
    assert project.check() == []
    assert care.notes(project.store) == []


def test_notes_are_redacted_where_the_one_who_is_gone_is_named(project):
    remove_zebulon(project)
    memo = project.memos.add("Zebulon said: the heron waited quietly under the window. So what?")
    project.forget(person="Benedict")
    assert project.memos.find() == [memo]  # who was removed by mistake is not taken out of notes unasked
    bring_in(project, [project.path.with_name("Zebulon.txt")])
    project.documents.remove(project.documents.get("Zebulon"))
    project.people.remove(project.people.get("Zebulon"))
    told = project.forget(person="Zebulon")
    assert told.erased.redactions == 2
    assert left(project) == []


def test_a_removed_document_is_named_and_its_file_known_again(project):
    remove_zebulon(project)
    told = project.forget(document="Zebulon")
    assert told.erased.documents == ("Zebulon",)
    [(path, error)] = bring_in(project, [project.path.with_name("Zebulon.txt")]).failed
    assert (path.name, "was forgotten" in error.what) == ("Zebulon.txt", True)


def test_who_was_merged_into_somebody_who_stays_is_their_past(project, way):
    gone = project.people.get("Benedict")
    stays = project.people.add("B-SU1")
    project.people.merge(gone, stays)
    project.people.add("Zebulon")
    with pytest.raises(RefusedError, match="B-SU1"):
        project.forget(person="Benedict")
    assert project.foresee_forgetting(person="Zebulon").removed_people == 0
    project.forget(person="Zebulon")
    assert (b"benedict" in bytes_on_disk(project.path).lower()) == (way == "plain")
    project.forget(person="B-SU1")
    assert b"benedict" not in bytes_on_disk(project.path).lower()
    assert project.check() == []


def test_what_was_once_said_of_somebody_who_is_gone_stays_with_whom_it_is_said_of_now(project):
    document = project.documents.get("Ben")
    wrong = project.people.add("Zebulon")
    right = project.people.get("Benedict").id
    project.documents.set_speaker(document, "Benedict", "participant", wrong.id)
    if not any(each.id == right for each in project.people.all()):
        right = project.people.add("Benedict").id
    project.documents.set_speaker(document, "Benedict", "participant", right)
    if any(each.name == "Zebulon" for each in project.people.all()):
        project.people.remove(project.people.get("Zebulon"))
    before = project.documents.speakers(document)
    project.people.add("Somebody")
    project.forget(person="Somebody")
    assert project.documents.speakers(document) == before
    assert left(project) == []
    assert project.check() == []


def test_a_merge_that_was_undone_leaves_each_their_own(project):
    zebulon = bring_zebulon(project)
    memo = project.memos.add("a thought", person=zebulon)
    project.people.merge(project.people.get("Zebulon"), project.people.get("Benedict"))
    project.history.undo()
    project.forget(person="Benedict")
    assert project.memos.find() == [memo]
    assert [each.name for each in project.people.all()] == ["Zebulon"]
    assert project.check() == []


def name_zebulon_everywhere(project: Project) -> None:
    """In what the team writes and calls things, also where no forgetting can recognise it."""
    project.milestones.add("Zebvisit")
    project.milestones.remove(project.milestones.get("Zebvisit"))
    project.milestones.add("Zebtalk")
    memo = project.memos.add("He is the zebman, and I saw him.")
    project.memos.change(project.memos.add("The zebkin stayed."), body="They stayed.")
    project.memos.remove(memo)
    project.cases.rename(project.cases.add("Zebhouse"), "H1")
    project.codes.set_short(project.codes.add("ZEBCODE", "Zebness"), "C1")
    project.codes.change(project.codes.get("C1"), name="Ness")
    project.segments.add("Ben", "C1", quote="I think", unsure="the zebway")
    project.segments.remove(project.segments.find())


_EVERYWHERE = (*TRACES, b"zebvisit", b"zebtalk", b"zebman", b"zebkin", b"zebhouse", b"zebcode", b"zebness", b"zebway")


@pytest.mark.parametrize("whom", [{"person": "Benedict"}, {}])
def test_what_was_mended_by_hand_leaves_no_byte_once_something_is_forgotten_again(project, whom):
    bring_zebulon(project)
    name_zebulon_everywhere(project)
    project.forget(person="Zebulon")
    project.milestones.remove(project.milestones.get("Zebtalk"))
    project.memos.remove(project.memos.add("Again the zebman."))
    if whom and way_is_plain(project):
        assert b"zebtalk" in bytes_on_disk(project.path).lower()
    project.forget(**whom) if whom else project.forget_what_is_gone()
    data = bytes_on_disk(project.path).lower()
    assert [each for each in _EVERYWHERE if each in data] == []
    assert [each.body for each in project.memos.find()] == ["They stayed."]
    with pytest.raises(RefusedError, match="nothing of yours to undo"):
        project.history.undo()
    assert project.check() == []


def way_is_plain(project: Project) -> bool:
    return not project.is_encrypted


def test_the_past_can_still_be_looked_at_after_what_is_gone_has_gone(project):
    name_zebulon_everywhere(project)
    made = project.milestones.add("now").action
    project.cases.rename(project.cases.get("H1"), "H2")
    person, other = project.people.add("Bob"), project.people.add("Rob")
    project.people.merge(person, other)
    project.people.rename(project.people.get("Rob"), "Bob")
    project.forget_what_is_gone()
    for action in (made, project.milestones.add("after").action):
        with project.history.at(action):
            assert [each.name for each in project.cases.all()] == ["H2"]
    assert project.check() == []


def test_who_never_was_is_not_found(project):
    for whom in ({"person": "Zebulon"}, {"document": "Zebulon"}):
        with pytest.raises(NotFoundError):
            project.forget(**whom)


def test_copies_beside_the_project_are_told_in_use_or_not(project, tmp_path):
    early = shutil.copy(project.backup(), tmp_path / "early copy.qualcode")
    bring_zebulon(project)
    copy = shutil.copy(project.backup(), tmp_path / "study (copy).qualcode")
    ways.new(tmp_path / "another.qualcode", "AK").close()
    with qualcode.open(early, "AK") as in_use:
        in_use.memos.add("something that stands in its log alone")
        told = project.forget(person="Zebulon")
        assert Path(copy) in told.backups
        assert not {Path(early), tmp_path / "another.qualcode", project.path} & set(told.backups)
        assert Path(early) in project.forget(person="Benedict").backups


@pytest.fixture
def shell(project, tmp_path, monkeypatch):
    remove_zebulon(project)
    project.close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def test_check_tells_of_people_that_are_kept_and_the_preview_of_who_goes_along(shell):
    assert "The names of 1 person" in shell("check").stderr + shell("check").stdout
    told = shell.done("forget", "--person", "Benedict", "--dry-run")
    assert "1 document and 1 person removed before, kept until now for undo" in told
    assert shell.json("forget", "--person", "Benedict", "--dry-run")["removed_people"] == 1


def test_who_was_removed_can_be_forgotten_by_name(shell):
    assert "no longer stands" in shell.done("forget", "--person", "Zebulon", "--dry-run")
    assert "the name is Zebulon" in shell.refused("forget", "--person", "zebulon", "--yes")
    result = shell("forget", "--person", "Zebulon", "--yes")
    assert "Forgotten: Zebulon" in result.stdout
    assert "still lie where they were imported from" in result.stderr
    assert "no person" in shell.refused("forget", "--person", "Zebulon", "--dry-run")
