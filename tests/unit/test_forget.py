"""What is forgotten is gone from rows, log, notes and the file's bytes; and where it is not, one is told."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Definition
from qualcode.project import Project
from qualcode.project.quoted_words import Names, Redactor
from qualcode.project.texts import Source
from tests import ways
from tests.builders import a_study, add_interview, bytes_on_disk, rows_of
from tests.command_line import Shell
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS

CANARY = "the heron waited quietly under our broken kitchen window"
ORIGINAL = b"RAW-FILE-OF-MAUREEN " + CANARY.encode() + b" \xff\xfe\x00tail"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


def add_maureen(project: Project, name: str = "Interview Maureen Quill") -> None:
    """A person with a document of her own, coded, with notes on all of it."""
    project.people.add("Maureen Quill", case="Site A", roles={"-": "SU"})
    source = Source("maureen_quill_raw.docx", "docx", "", ORIGINAL)
    document = add_interview(
        project, name, ("INT", "What do you remember?"), ("Maureen Q", f"Well, {CANARY}, and I cried."), source=source
    )
    project.documents.set_speaker(document, "Maureen Q", "participant", project.people.get("Maureen Quill").id)


def add_dyad(project: Project) -> None:
    """A document that Maureen shares with Benedict."""
    project.people.add("Benedict")
    document = add_interview(
        project,
        "Maureen Quill and Benedict",
        ("INT", "Maureen Q, how did you two meet?"),
        ("Maureen Q", f"I said that {CANARY} to him."),
        ("Benedict", "She did say something about birds to me, Maureen Q did."),
        ("Maureen Q", "Zebra crossing."),
        ("Benedict", "Nothing else happened on that day."),
        source=Source("dyad_maureen.docx", "docx", "", ORIGINAL + b"dyad"),
    )
    for label, name in (("Maureen Q", "Maureen Quill"), ("Benedict", "Benedict")):
        project.documents.set_speaker(document, label, "participant", project.people.get(name).id)


def on_disk(project: Project) -> bytes:
    return bytes_on_disk(project.path)


def holds_nothing(data: bytes, *words: str | bytes) -> bool:
    """None of the words in any case, in UTF-8 or UTF-16."""
    lowered = data.lower()
    plain = [word.lower().encode() if isinstance(word, str) else word.lower() for word in words]
    wide = [word.lower().encode("utf-16-le") for word in words if isinstance(word, str)]
    return not any(word in lowered for word in plain + wide)


NAMES = ("Maureen", "quill", "heron", "kitchen window", "RAW-FILE", ORIGINAL[-8:])


def test_a_document_is_gone_from_the_bytes_of_the_file(project: Project, way: str) -> None:
    add_maureen(project)
    assert holds_nothing(on_disk(project), "heron") == (way == "encrypted")
    told = project.forget(document="Interview Maureen Quill")
    assert told.erased.documents == ("Interview Maureen Quill",)
    assert told.swept
    assert holds_nothing(on_disk(project), "heron", "kitchen window", "RAW-FILE", "maureen_quill_raw", "Interview Maur")
    assert project.people.get("Maureen Quill")  # the person was not forgotten
    assert project.check() == []
    with pytest.raises(NotFoundError):
        project.documents.get("Interview Maureen Quill")


def test_a_person_is_gone_with_name_label_document_and_file_name(project: Project) -> None:
    add_maureen(project)
    told = project.forget(person="Maureen Quill")
    assert told.erased.documents == ("Interview Maureen Quill",)
    assert holds_nothing(on_disk(project), *NAMES)
    assert project.check() == []
    with pytest.raises(NotFoundError):
        project.people.get("Maureen Quill")


def rename_maureen(project: Project) -> None:
    project.people.rename(project.people.get("Maureen Quill"), "A-SU7")
    project.documents.rename(project.documents.get("Interview Maureen Quill"), "A-SU7 talk")


def test_who_was_renamed_is_gone_under_every_name(project: Project) -> None:
    add_maureen(project)
    rename_maureen(project)
    project.memos.add("Maureen Quill, whom I shall call A-SU7, laughs.")
    project.forget(person="A-SU7")
    assert holds_nothing(on_disk(project), *NAMES, "A-SU7")
    assert [memo.body for memo in project.memos.find()] == ["[withdrawn], whom I shall call [withdrawn], laughs."]
    assert project.check() == []


def test_who_was_renamed_in_a_shared_document_is_gone_under_every_name(project: Project) -> None:
    project.people.add("Maureen Quill")
    add_dyad(project)
    project.people.rename(project.people.get("Maureen Quill"), "A-SU7")
    project.documents.rename(project.documents.get("Maureen Quill and Benedict"), "pair")
    project.forget(person="A-SU7")
    assert holds_nothing(on_disk(project), *NAMES, "Maureen Q", "A-SU7")
    assert project.check() == []


@pytest.mark.parametrize(
    ("whom", "now"), [({"person": "maureen quill"}, "A-SU7"), ({"document": "Interview Maureen Quill"}, "A-SU7 talk")]
)
def test_a_former_name_is_known_and_leads_to_the_present_one(project: Project, whom: dict[str, str], now: str) -> None:
    add_maureen(project)
    rename_maureen(project)
    for forget in (project.forget, project.foresee_forgetting):
        with pytest.raises(RefusedError, match=f"is called {now} now") as caught:
            forget(**whom)
        assert caught.value.remedy == f"Forget {now}, and the former name goes along."


def test_a_former_name_that_stands_in_the_names_of_other_things_is_told(project: Project) -> None:
    add_maureen(project)
    rename_maureen(project)
    project.people.add("Maureen Quill")
    told = project.forget(person="A-SU7")
    assert "person Maureen Quill" in told.names_left


def test_what_another_program_left_on_free_pages_goes_too(project: Project) -> None:
    project.store.connection.execute("PRAGMA secure_delete = OFF")
    add_maureen(project)
    for _ in range(40):
        project.memos.remove(project.memos.add(f"{CANARY} " * 60))
    project.forget(person="Maureen Quill")
    assert holds_nothing(on_disk(project), *NAMES)


def test_everything_that_hangs_on_a_person_goes(project: Project) -> None:
    add_maureen(project)
    person = project.people.get("Maureen Quill").id
    document = project.documents.get("Interview Maureen Quill")
    project.attributes.set("person", person, [("town", "Wimbleham")])
    project.attributes.set("document", document.id, [("room", "Cellar Nine")])
    segment = project.segments.add(document.name, "P3", quote=CANARY, unsure="is this Grumbleton hope")
    claim = project.claims.add(document.name, "M2a", "P3", quote=CANARY)
    elsewhere = project.claims.add("A-SU1", "M2a", "P3", quote="if she can do it")
    project.claims.add_evidence(elsewhere, document.name, "supports", quote="I cried")
    project.claims.add_evidence(claim, "A-SU1", "qualifies", quote="I went home")
    for target in ({"segment": segment.id}, {"claim": claim.id}, {"document": document.id}, {"person": person}):
        project.memos.add("Snorkelfish thought", **target)
    project.summaries.write("Snorkelfish sentence", "P3", person=person, segments=[segment.id])
    kept = project.summaries.write("About the site", "P3", case=project.cases.get("Site A").id, segments=[segment.id])
    project.coders.finish(document)
    told = project.forget(person="Maureen Quill")
    assert (told.erased.passages, told.erased.memos) == (4, 4)
    assert holds_nothing(on_disk(project), "Wimbleham", "Cellar Nine", "Grumbleton", "Snorkelfish", "heron")
    assert project.claims.find() == [elsewhere]
    assert project.claims.evidence(elsewhere) == []
    assert [each.body for each in project.summaries.find()] == [kept.body]
    assert project.check() == []


def test_what_was_removed_undone_or_corrected_before_goes_too(project: Project) -> None:
    add_maureen(project, "First try Maureen Quill")
    for _ in ("set speaker", "import document", "add person"):
        project.history.undo()
    add_interview(project, "Second try", ("Maureen Q", CANARY))
    project.documents.remove(project.documents.get("Second try"))
    project.history.undo()
    project.history.undo()
    project.people.add("Maureen Quill")
    document = add_interview(project, "Third", ("Maureen Q", f"{CANARY} Fenwick"), ("INT", "yes"))
    project.documents.set_speaker(document, "Maureen Q", "participant", project.people.get("Maureen Quill").id)
    document = project.documents.rename(document, "Maureen Quill third") or project.documents.get("Maureen Quill third")
    project.documents.rename(document, "Third")
    document = project.documents.get("Third")
    place = project.documents.body(document).index("Fenwick")
    project.documents.revise(document, [(place, place + 7, "[town]")], "it said Fenwick")
    project.history.undo()
    segment = project.segments.add("Third", "P3", quote=CANARY)
    project.memos.add("Snorkelfish", segment=segment.id)
    project.segments.remove([segment])
    project.forget(person="Maureen Quill")
    assert holds_nothing(on_disk(project), "quill", "Maureen Q", "heron", "Fenwick", "Snorkelfish", "Second try")
    assert project.check() == []


def test_quotations_are_taken_out_of_what_the_team_wrote_and_of_its_past(project: Project) -> None:
    add_maureen(project)
    quoted = "THE HERON, waited “quietly” under — our"
    memo = project.memos.add(f"I keep thinking of {quoted} as Maureen Quill said. It stays.")
    removed = project.memos.add(f"Also {quoted}.")
    project.memos.remove(removed)
    project.codes.redefine(
        project.codes.get("P3"), Definition("brief", f"f {CANARY}", f"i {CANARY}", f"e {CANARY}", f"x {CANARY} y")
    )
    project.codes.redefine(project.codes.get("P3"), Definition(brief="anew", example="kept"))
    project.codes.add("V", "waited quietly under our broken", in_vivo=True)
    project.segments.add("A-SU1", "P3", quote="I went home", unsure=f"like {CANARY}")
    project.cases.add("Site B")
    project.summaries.write(f"So {CANARY}!", "P3", case=project.cases.get("Site B").id)
    project.attributes.set("case", project.cases.get("Site B").id, [("note", CANARY)])
    revised = project.documents.get("A-SU1")
    project.documents.revise(revised, [(0, 3, "IVR")], f"because {CANARY}")
    told = project.forget(person="Maureen Quill")
    assert told.erased.redactions == 11
    assert holds_nothing(on_disk(project), "heron", "quietly", "broken kitchen", "quill")
    (kept,) = project.memos.find()
    assert kept.id == memo.id
    assert kept.body == "I keep thinking of [withdrawn] as [withdrawn] said. It stays."
    assert project.codes.history(project.codes.get("P3"))[1][2].example == "x [withdrawn] y"
    assert project.codes.get("P3").definition == Definition(brief="anew", example="kept")
    assert project.check() == []


def test_in_a_shared_document_only_the_persons_turns_go(project: Project) -> None:
    project.people.add("Maureen Quill")
    add_dyad(project)
    name = "Maureen Quill and Benedict"
    own = project.segments.add(name, "P3", quote=CANARY)
    project.memos.add("Snorkelfish", segment=own.id)
    his = project.segments.add(name, "M2a", quote="Nothing else happened on that day")
    both = project.segments.add(name, "X", quote="to me, Maureen Q did. Maureen Q: Zebra crossing. Benedict: Nothing")
    gone = project.segments.add(name, "X", quote="Zebra crossing")
    project.memos.add("Gobbledy", segment=gone.id)
    project.segments.remove([gone])
    told = project.forget(person="Maureen Quill")
    assert told.erased.documents == ()
    assert told.shared == ("[withdrawn] and Benedict",)
    assert told.erased.passages == 1
    assert holds_nothing(
        on_disk(project), "quill", "Maureen Q", "heron", "Zebra", "Snorkelfish", "Gobbledy", "dyad_maureen", "RAW-F"
    )
    document = project.documents.get("[withdrawn] and Benedict")
    assert project.documents.body(document) == (
        "INT: [withdrawn], how did you two meet?\n[withdrawn]\n"
        "Benedict: She did say something about birds to me, [withdrawn] did.\n[withdrawn]\n"
        "Benedict: Nothing else happened on that day.\n"
    )
    words = {each.id: found.words for each, found in _quoted(project, document)}
    assert words == {
        his.id: "Nothing else happened on that day",
        both.id: "to me, [withdrawn] did.\n[withdrawn]\nBenedict: Nothing",
    }
    speakers = [(each.label, each.person) for each in project.documents.speakers(document)]
    assert speakers == [("INT", None), ("Benedict", project.people.get("Benedict").id), ("[withdrawn]", None)]
    assert [turn.speaker for turn in project.documents.turns(document)] == [
        "INT", "[withdrawn]", "Benedict", "[withdrawn]", "Benedict",
    ]  # fmt: skip
    assert project.check() == []
    project.segments.remove([project.segments.get(his.id)])
    project.history.undo()
    assert project.check() == []


def _quoted(project: Project, document: object) -> list:
    found = project.segments.of(document)
    return list(zip(found, project.quotations(found), strict=True))


def test_a_shared_text_that_does_not_name_its_speakers_cannot_be_divided(project: Project) -> None:
    project.people.add("Maureen Quill")
    project.people.add("Benedict")
    document = project.documents.add("Notes", f"Field notes: {CANARY}\n", [])
    for name in ("Maureen Quill", "Benedict"):
        project.documents.set_speaker(document, "", "participant", project.people.get(name).id)
    before = rows_of(project)
    with pytest.raises(RefusedError, match="does not tell this person's words"):
        project.forget(person="Maureen Quill")
    assert rows_of(project) == before
    project.forget(document="Notes")
    assert holds_nothing(on_disk(project), "heron")


def test_other_documents_stay_as_they_are_and_those_that_name_the_person_are_told(project: Project) -> None:
    add_maureen(project)
    add_interview(project, "B-SU1", ("INT", "Who else?"), ("Ben", "There was Maureen Quill, and the others."))
    bodies = {each.name: project.documents.body(each) for each in project.documents if each.name[1] == "-"}
    told = project.forget(person="Maureen Quill")
    assert told.mentions == ("B-SU1",)
    assert {each.name: project.documents.body(each) for each in project.documents} == bodies


def test_an_original_that_another_document_was_read_from_stays(project: Project) -> None:
    source = Source("both.docx", "docx", "", b"two in one file")
    for name in ("One", "Two"):
        add_interview(project, name, ("P", f"{name} {CANARY}"), source=source)
    told = project.forget(document="One")
    assert told.mentions == ("Two",)
    assert project.documents.with_original(b"two in one file") == project.documents.get("Two")
    project.forget(document="Two")
    assert holds_nothing(on_disk(project), "two in one file", "both.docx", "heron")


def test_labels_that_others_have_too_are_no_names(project: Project) -> None:
    for name in ("D1", "D2"):
        add_interview(project, name, ("Participant", f"{name} {CANARY}"))
    memo = project.memos.add("The Participant of either document is shy.")
    project.forget(document="D1")
    assert project.memos.find() == [memo]


def test_backups_and_exports_that_still_hold_it_are_named(project: Project, tmp_path: Path) -> None:
    before = project.backup()
    project.record_export(tmp_path / "early.docx", [project.documents.get("A-SU1").id])
    add_maureen(project)
    after = project.backup()
    broken = before.with_name("broken.qualcode")
    broken.write_bytes(b"SQLite format 3\0 and nothing else")
    mine = project.documents.get("Interview Maureen Quill").id
    project.record_export(tmp_path / "quotes of Maureen Quill.docx", [mine, 1])
    project.record_export(tmp_path / "all.html")
    told = project.forget(person="Maureen Quill")
    assert told.backups == tuple(sorted((after, broken)))
    assert told.exports == (str(tmp_path / "quotes of Maureen Quill.docx"), str(tmp_path / "all.html"))
    assert holds_nothing(on_disk(project), "quill")
    assert sorted(each.name for each in before.parent.iterdir()) == sorted(
        each.name for each in (before, after, broken)
    )  # looking left nothing beside them


def test_backups_that_lie_elsewhere_are_named_too(project: Project, tmp_path: Path) -> None:
    early = project.backup(tmp_path / "stick")
    add_maureen(project)
    here, elsewhere = project.backup(), project.backup(tmp_path / "stick")
    taken_away = project.backup(tmp_path / "other stick")
    taken_away.rename(taken_away.with_suffix(".moved"))
    told = project.forget(person="Maureen Quill")
    assert told.backups == tuple(sorted((here, elsewhere)))
    assert told.exports == (str(taken_away),)
    assert early.exists()
    assert project.check() == []


def test_backups_of_documents_removed_before_are_named_since_these_go_too(project: Project, tmp_path: Path) -> None:
    project.backup()
    add_interview(project, "Removed before", ("P", CANARY))
    project.record_export(tmp_path / "removed.csv", [project.documents.get("Removed before").id])
    held = project.backup()
    project.documents.remove(project.documents.get("Removed before"))
    add_maureen(project)
    told = project.forget(document="Interview Maureen Quill")
    assert told.backups == (held,)
    assert told.exports == (str(tmp_path / "removed.csv"),)
    assert holds_nothing(on_disk(project), "heron", "Removed before")


def test_quotations_go_from_all_that_says_what_a_code_is_and_from_the_arguments_in_the_log(project: Project) -> None:
    add_maureen(project)
    project.codes.add("V", f"N {CANARY}", kind=f"K {CANARY}", stage=f"S {CANARY}", key="Maureen Quill", colour=CANARY)
    project.codes.change(project.codes.get("V"), name="plain", kind="code", stage="")
    project.roles.add("FR", "friend of MAUREEN QUILL")
    project.cases.add("Site B", kind=f"where {CANARY}")
    with project.action(f"tidy up {CANARY}", said=CANARY, of={"Maureen Quill": ["maureen quill", 7]}):
        project.memos.add("tidied")
    project.forget(person="Maureen Quill")
    assert holds_nothing(on_disk(project), "heron", "quietly", "quill")
    assert (project.codes.get("V").key, project.codes.get("V").colour) == ("[withdrawn]", "[withdrawn]")
    tidied = next(each for each in project.history.actions() if each.verb.startswith("tidy"))
    assert tidied.arguments == {"said": "[withdrawn]", "of": {"[withdrawn]": ["[withdrawn]", 7]}}
    assert project.check() == []


def test_names_escaped_in_the_log_go_too(project: Project) -> None:
    project.people.add("Renée Müller")
    with project.action("note", about="Renée Müller"):
        project.memos.add("a thought about RENÉE MÜLLER")
    project.forget(person="Renée Müller")
    assert holds_nothing(on_disk(project), "Renée", "ller", "ren\\u00e9e")


def test_names_of_other_things_that_hold_it_are_told_and_those_of_the_past_go(project: Project) -> None:
    add_maureen(project)
    project.cases.add("The house of Maureen Quill")
    project.cases.add("Flat of Maureen Quill")
    project.history.undo()
    case = project.cases.get("The house of Maureen Quill").id
    project.attributes.set("case", case, [("knows maureen quill", "yes")], wave="after Maureen Quill")
    project.people.add("Sister of Maureen Quill")
    other = add_interview(
        project, "Gossip of Maureen Quill", ("P", "Nothing."), source=Source("Q.txt", "txt", "", b"Q")
    )
    project.documents.rename(other, "Ben")
    project.documents.rename(project.documents.get("A-SU1"), f"Where {CANARY}")
    with project.action("old file"):  # made before short names were looked at
        project.store.connection.execute("UPDATE code SET short = ? WHERE short = 'X'", (CANARY,))
    told = project.forget(person="Maureen Quill")
    assert told.names_left == (
        f"document Where {CANARY}",
        "person Sister of Maureen Quill",
        "case The house of Maureen Quill",
        "wave after Maureen Quill",
        "attribute knows maureen quill",
        f"code {CANARY}",
    )
    assert holds_nothing(on_disk(project), "Flat of M", "Gossip of M")
    assert project.check() == []


def test_a_case_of_one_person_does_not_keep_their_name(project: Project) -> None:
    project.people.add("Maureen Quill", case="Maureen Quill")
    memo = project.memos.add("Maureen Quill stands alone.")
    told = project.forget(person="Maureen Quill")
    assert project.memos.find()[0].body == "[withdrawn] stands alone."
    assert memo.id == project.memos.find()[0].id
    assert told.names_left == ("case Maureen Quill",)


def test_a_name_called_in_capitals_in_a_shared_document_goes(project: Project) -> None:
    for name in ("Zebulon", "Will", "Ben"):
        project.people.add(name)
    document = add_interview(
        project,
        "Circle",
        ("INT", "ZEBULON, you start. Then (zEBULON's turn over) Will. WILL? You will. Zebulonian, no."),
        ("Zebulon", "Zebra crossing."),
        ("Will", "I will say this: zebulon is right."),
        ("Ben", "Yes."),
    )
    for name in ("Zebulon", "Will", "Ben"):
        project.documents.set_speaker(document, name, "participant", project.people.get(name).id)
    told = project.forget(person="Will")
    body = project.documents.body(project.documents.get("Circle"))
    assert "turn over) [withdrawn]. WILL? You will. Zebulonian" in body  # "will" is a word of this text too
    assert told.mentions == ("Circle",)  # so one is told to look
    assert "zebulon is" not in body
    told = project.forget(person="Zebulon")
    assert project.documents.body(project.documents.get("Circle")) == (
        "INT: [withdrawn], you start. Then ([withdrawn]'s turn over) [withdrawn]. WILL? You will. Zebulonian, no.\n"
        "[withdrawn]\n[withdrawn]\nBen: Yes.\n"
    )
    assert holds_nothing(on_disk(project).lower().replace(b"zebulonian", b""), "zebulon", "zebra")
    assert told.mentions == ()
    assert project.check() == []


def test_documents_that_name_the_person_in_any_case_or_did_before_a_correction_are_told(project: Project) -> None:
    add_maureen(project)
    add_interview(project, "B-SU1", ("Ben", "There was MAUREEN QUILL, and the others."))
    add_interview(project, "B-SU2", ("Ben", "there was maureen quill too."))
    corrected = add_interview(project, "B-SU3", ("Ben", "Maureen Quill was there."))
    project.documents.revise(corrected, [(5, 18, "[name]")], "a name")
    add_interview(project, "B-SU4", ("Ben", "There was maureen, and a quill."))
    assert project.forget(person="Maureen Quill").mentions == ("B-SU1", "B-SU2", "B-SU3")


def test_a_name_goes_and_is_told_however_it_is_spelt(project: Project) -> None:
    add_interview(project, "Z", ("INT", "Who?"), ("Zo\u00eb O'Quill", "Me."))
    project.people.add("Zo\u00eb O'Quill")
    document = project.documents.get("Z")
    project.documents.set_speaker(
        document, "Zo\u00eb O'Quill", "participant", project.people.get("Zo\u00eb O'Quill").id
    )
    add_interview(project, "Y", ("INT", "Who else?"), ("Bo", "I met zoe\u0308 oquill."))
    project.memos.add("ZOE O\u2019QUILL again")
    done = project.forget(person="Zo\u00eb O'Quill")
    assert done.mentions == ("Y",)
    assert [each.body for each in project.memos.find()] == ["[withdrawn] again"]


def test_somebody_called_by_no_letters_can_be_forgotten(project: Project) -> None:
    person = project.people.add("\u0640\u0640\u0640")
    project.forget(person=person.name)
    assert person.name not in [each.name for each in project.people.all()]


def test_labels_that_are_roles_or_phrases_do_not_take_common_words_out_of_notes(project: Project) -> None:
    add_interview(project, "D1", ("Service user", "Yes."), ("Support worker", "No."), ("person", "Perhaps."))
    memo = project.memos.add("The service user met a Service User and a support worker. A Support worker!")
    project.forget(document="D1")
    (kept,) = project.memos.find()
    assert kept.body == memo.body.replace("Support worker", "[withdrawn]")
    assert project.roles.get("SU").name == "service user"


def test_another_ones_name_written_otherwise_stays(project: Project) -> None:
    project.people.add("ANN")
    memo = project.memos.add("Ann thinks so, and ANN and ann do not.")
    project.people.add("Ann")
    project.forget(person="ANN")
    assert memo.id == project.memos.find()[0].id
    assert project.memos.find()[0].body == "Ann thinks so, and [withdrawn] and ann do not."


@pytest.mark.parametrize("short", ["", "same ward", "a,b", "a\tb", "a\x1b[2Jb", "a\x85b", "a\n", "x" * 41])
def test_quoted_words_do_not_become_short_names(project: Project, short: str) -> None:
    before = rows_of(project)
    with pytest.raises(RefusedError, match=r"short name.*\n.*at most 40 letters"):
        project.codes.add(short, "in vivo")
    assert rows_of(project) == before
    project.codes.add("希望-é_2.b/" + "x" * 31, "Hope")


def test_what_was_done_before_cannot_be_undone_and_what_is_done_after_can(project: Project) -> None:
    add_maureen(project)
    project.segments.add("A-SU1", "P3", quote="I went home")
    project.forget(document="Interview Maureen Quill")
    before = rows_of(project)
    with pytest.raises(RefusedError, match="nothing of yours to undo"):
        project.history.undo()
    with pytest.raises(RefusedError, match="nothing to redo"):
        project.history.redo()
    project.segments.remove(project.segments.find())
    project.history.undo()
    assert rows_of(project) == before
    assert project.check() == []


def test_the_audit_trail_says_that_something_was_forgotten_but_not_what(project: Project) -> None:
    add_maureen(project)
    document = project.documents.get("Interview Maureen Quill").id
    person = project.people.get("Maureen Quill").id
    project.forget(person="Maureen Quill")
    newest = project.history.actions(limit=1)[0]
    assert (newest.verb, newest.coder) == ("forget", "AK")
    assert json.loads(json.dumps(newest.arguments)) == {"documents": [document], "people": [person], "shared": []}


def test_it_is_refused_inside_another_action_and_for_nobody(project: Project) -> None:
    before = rows_of(project)
    with pytest.raises(RefusedError, match="an action of its own"), project.action("several things"):
        project.forget(document="A-SU1")
    with pytest.raises(TypeError):
        project.forget()
    assert rows_of(project) == before


def test_another_program_that_reads_meanwhile_is_no_hindrance_but_is_told(project: Project) -> None:
    add_maureen(project)
    other = qualcode.open(project.path)
    project.store.patience = 0
    other.store.connection.execute("BEGIN")
    other.store.rows("SELECT * FROM document")
    told = project.forget(person="Maureen Quill")
    assert not told.swept
    other.store.connection.execute("COMMIT")
    other.close()
    project.close()
    assert holds_nothing(bytes_on_disk(project.path), "quill", "heron")
    assert qualcode.open(project.path).check() == []


_KILLED = f"""{ways.KNOWING_THE_KEY}
import os, sys, qualcode
from qualcode.project import erase
def die(*arguments):
    os._exit(9)
erase.{{step}} = die
qualcode.open(sys.argv[1], "AK").forget(person="Maureen Quill")
"""


@pytest.mark.parametrize(
    "step", ["mark", "_keep_only_the_present", "drop_marked_twins", "redact_notes", "forget_past_words", "remember"]
)
def test_killed_on_the_way_everything_is_still_there(project: Project, step: str) -> None:
    add_maureen(project)
    add_dyad(project)
    before = rows_of(project)
    project.close()
    killed = subprocess.run([sys.executable, "-c", _KILLED.format(step=step), str(project.path)], check=False)
    assert killed.returncode == 9
    with qualcode.open(project.path, "AK") as left:
        assert rows_of(left) == before
        assert left.check() == []
        assert left.forget(person="Maureen Quill").swept


def test_killed_before_the_file_is_written_anew_it_is_forgotten_and_leaves_the_bytes_too(project: Project) -> None:
    add_maureen(project)
    add_dyad(project)
    project.close()
    killed = subprocess.run([sys.executable, "-c", _KILLED.format(step="sweep"), str(project.path)], check=False)
    assert killed.returncode == 9
    with qualcode.open(project.path, "AK") as left:
        assert left.check() == []
        assert [person.name for person in left.people.all()] == ["Benedict"]
    assert holds_nothing(bytes_on_disk(project.path), *NAMES)


words = st.sampled_from(["heron", "waited", "under", "our", "mm", "don't", "été", "e\u0301te\u0301", "我", "希"])


@settings(max_examples=150, deadline=None)
@given(st.lists(words, min_size=5, max_size=12), st.data())
def test_five_words_in_a_row_are_recognised_however_they_are_written(said: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(said) - 5))
    quoted = said[first : data.draw(st.integers(first + 5, len(said)))]
    between = st.sampled_from([" ", ", ", "\n", " … ", "—", " “"])
    note = "".join(word.upper() + data.draw(between) for word in quoted)
    redact = Redactor([" ".join(said)], Names())
    left, count = redact(f"Before {note} after")
    assert count == 1
    assert re.fullmatch(r"Before \[withdrawn\]\W* after", left)
    assert redact(left) == (left, 0)


@pytest.mark.parametrize("note", ["", "heron waited quietly under", "under quietly waited heron our", "mm mm mm mm"])
def test_fewer_words_or_others_are_left(note: str) -> None:
    assert Redactor(["heron waited quietly under our broken window"], Names(("Will",)))(f"{note} will") == (
        f"{note} will",
        0,
    )


def test_the_preview_lists_what_is_taken_out_of_notes_with_the_words_around(project: Project) -> None:
    add_maureen(project)
    project.memos.add("We think of Maureen Quill in the rain, and of Maureen Quill again.")
    foreseen = project.foresee_forgetting(person="Maureen Quill")
    (one, other) = (each for each in foreseen.redacted if "in the rain" in each)
    assert one.endswith("We think of [Maureen Quill] in the rain, and of")
    assert other.endswith("n the rain, and of [Maureen Quill] again.")
    assert project.forget(person="Maureen Quill").erased.redacted == foreseen.redacted


def test_what_somebody_else_says_in_the_very_same_words_is_left() -> None:
    others = ["And I said: no, and she laughed. You know."]
    redact = Redactor(["So I said no, and she cried all night long."], Names(), lambda: others)
    note = "K: 'I said no. And she' is how they all begin"
    assert redact(note) == (note, 0)
    assert redact("She: I said no and she cried.")[0] == "She: [withdrawn]."
    assert redact("SHE CRIED ALL NIGHT LONG, no and she laughed")[1] == 1


def test_a_file_that_only_ends_as_a_project_does_is_no_copy_of_it(project: Project, tmp_path: Path) -> None:
    add_maureen(project)
    (tmp_path / "codes.qualcode").write_text("codes: []\n", encoding="utf-8")
    assert project.forget(person="Maureen Quill").backups == ()


def test_words_that_somebody_else_says_too_are_left_in_notes_and_this_is_said(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_maureen(project)
    add_interview(project, "Benedict", ("INT", "So?"), ("Benedict", f"Once {CANARY}, I think."))
    kept = project.memos.add(f"They say that {CANARY}.")
    project.memos.change(kept, body=f"Both say that {CANARY}.")
    project.close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    purpose = (
        "Left in notes: five or more of the erased words in a row that somebody says just so in a text that stays."
    )
    preview = shell("forget", "--person", "Maureen Quill", "--dry-run")
    assert "words left in notes, since somebody else says just these: 1 place\n" in preview.stdout
    assert f"    memo {kept.id}: Both say that [{CANARY}]." in preview.stdout
    assert purpose in preview.stderr
    assert len(shell.json("forget", "--person", "Maureen Quill", "--dry-run")["left"]) == 1
    done = shell("forget", "--person", "Maureen Quill", "--yes")
    assert "words left in notes, since somebody else says just these: 1 place\n" in done.stdout
    assert purpose in done.stderr
    with shell.open() as after:
        assert after.store.rows("SELECT body FROM memo") == [(f"Both say that {CANARY}.",)]
        assert (f"They say that {CANARY}.",) not in after.store.rows("SELECT body FROM log_memo")


def test_with_which_codes_a_forgotten_document_was_coded_is_told_no_more(project):
    add_maureen(project)
    made = project.segments.add("Interview Maureen Quill", "P3", quote="and I cried")
    project.segments.recode(made, "M2a")
    project.claims.add("Interview Maureen Quill", "M2a", "P3", quote="and I cried")
    project.segments.add("A-SU1", "P3", quote="so can I")
    project.forget(person="Maureen Quill")
    told = {each.verb: each.arguments for each in reversed(project.history.actions())}
    assert "code" not in told["recode segment"]
    assert not {"source", "target"} & set(told["add claim"])
    assert told["add segments"]["code"] == project.codes.get("P3").id  # elsewhere
