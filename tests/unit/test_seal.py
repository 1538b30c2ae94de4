"""After a seal no listed name stands anywhere in the file; the key, and only the key, brings it all back."""

import re
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode.errors import InputError, RefusedError
from qualcode.model import Definition
from qualcode.project import sealing
from qualcode.project.texts import Source
from qualcode.work import name_key, name_review, pseudonymise
from qualcode.work import seal as sealer
from qualcode.work.name_review import Wanted
from tests import ways
from tests.builders import add_interview, bytes_on_disk, rows_of, told
from tests.command_line import Shell
from tests.strategies import PROPERTY, texts
from tests.ways import BOTH_WAYS

PHRASE = "four or five words"


@pytest.fixture
def apart(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder / "key.age"


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    with a_study_with_names(folder / "study.qualcode") as made:
        yield made


def a_study_with_names(path):
    """Names stand wherever people can write."""
    made = ways.new(path, "AK")
    body, turns = told(("INT", "Who helped?"), ("Zebulon", "QUILLAN did, and quillan's Zoë Ashdown. Zoe\u0308 too."))
    source = Source("Zebulon Quillan.txt", "plain", "utf-8", body.encode(), "Zebulon's folder")
    document = made.documents.add("Zebulon 1", body, turns, source=source, parts={"INT": "interviewer"})
    other = add_interview(made, "B", ("INT", "And you?"), ("Ben", "Nothing of the sort. I will."))
    person = made.people.add("Zebulon", case="Quillan House")
    made.attributes.set("person", person.id, [("partner of Quillan", "Zoë Ashdown")])
    made.documents.set_speaker(document, "Zebulon", "participant", person.id)
    made.codes.add("M2a", "What Quillan does", definition=Definition(brief="b", example="quillan did"))
    made.codes.add("Quillan", "Other")
    segment = made.segments.add(document.id, "M2a", quote="QUILLAN did", unsure="Zebulon?")
    made.segments.add(other.id, "M2a", quote="Nothing")
    memo = made.memos.add("Zebulon again, and ZOË ASHDOWN", segment=segment.id)
    made.memos.change(memo, body="Zebulon again")
    made.summaries.write("Quillan helped Zebulon", "M2a", person=person.id)
    made.documents.remove(add_interview(made, "gone", ("INT", "Zebulon?"), ("Quillan", "Zoë Ashdown.")))
    made.record_export("Quillan.docx")
    pseudonyms = {"Zebulon": "[Amos]", "Quillan": "[Berta]", "Zoë Ashdown": "[Cleo]", "Zoë": "[Cleo]"}
    for name, pseudonym in pseudonyms.items():
        made.names.add(name, pseudonym)
    made.names.ignore("Nothing")
    return made


NAMES = ("zebulon", "quillan", "ashdown", "zoë", "zoe\u0308")


def held(data: bytes) -> set[str]:
    """The names that stand in bytes, whatever their case, written plainly or escaped as in JSON."""
    text = data.decode("utf-8", errors="replace").casefold()
    escaped = {name: (name, name.encode("ascii", "backslashreplace").decode()) for name in NAMES}
    return {name for name, spelt in escaped.items() if any(each in text for each in spelt)}


@BOTH_WAYS
@pytest.mark.usefixtures("quick_age")
def test_no_name_is_left_in_the_file_and_the_key_brings_the_project_back_as_it_was(study, apart):
    pseudonymise.replace_listed(study)
    study.backup()
    rows = rows_of(study)
    before = {each.id for each in study.segments.find()}
    done = sealer.seal(study, apart, PHRASE)
    assert study.check() == []
    assert done.swept
    assert held(bytes_on_disk(study.path)) == set()
    assert held(study.backup(apart.parent / "after").read_bytes()) == set()
    assert held(apart.read_bytes()) == set()
    assert {each.id for each in study.segments.find()} == before
    assert [each.name for each in study.people.all()] == ["[Amos]"]
    assert sorted(each.name for each in study.documents) == ["B", "[Amos] 1"]
    assert [each.body for each in study.memos.find()] == ["[Amos] again"]
    assert study.codes.get("Berta").name == "Other"
    assert study.names.all() == []
    assert [each.name for each in study.names.ignored()] == ["Nothing"]
    assert [len(done.backups), len(done.exports)] == [1, 1]
    with pytest.raises(RefusedError):
        study.history.undo()
    assert stat.S_IMODE(apart.stat().st_mode) == 0o600
    key = name_key.open_key(apart, PHRASE)
    assert {each.name: each.pseudonym for each in key.names}["Quillan"] == "[Berta]"
    with qualcode.open(sealer.unsealed(key, apart.with_name("before.qualcode")), "AK") as back:
        assert rows_of(back) == rows
        assert back.check() == []
        back.history.undo()
        assert "QUILLAN did" in back.documents.body(back.documents.get("Zebulon 1"))


@BOTH_WAYS
def test_a_name_that_is_one_of_our_own_words_changes_no_trail_and_stops_no_seal(tmp_path):
    with ways.new(tmp_path / "s.qualcode", "AK") as project:
        document = add_interview(project, "Mark_1", ("INT", "And Place?"), ("Ben", "Mark did, said Case."))
        project.documents.mark_read(document, 0, document.length)
        for name in ("Mark", "Place", "Case"):
            project.names.add(name, f"[{len(name)}]")
        pseudonymise.replace_listed(project)
        verbs = [each.verb for each in project.history.actions()]
        taken = sealing.seal(project.store, pseudonymise.listed(project))
        assert taken.places == ("document 1: [Mark]_1",)
        assert [each.verb for each in project.history.actions()][1:] == verbs
        assert [each.name for each in project.documents] == ["[4]_1"]
        assert sealing.swept(project.store)
        assert b"Mark" not in bytes_on_disk(project.path)


@BOTH_WAYS
def test_a_code_called_by_a_word_that_is_a_name_too_keeps_its_name(tmp_path):
    with ways.new(tmp_path / "s.qualcode", "AK") as project:
        add_interview(project, "B", ("INT", "And you?"), ("Ben", "Hope gave me hope."))
        project.codes.add("P3", "Hope", definition=Definition(brief="Hope, or hope"))
        name_review.accept(project, [Wanted("Hope", "[Dawn]", only_capitalised=True)])
        pseudonymise.replace_listed(project)
        sealing.seal(project.store, pseudonymise.listed(project))
        assert (project.codes.get("P3").name, project.codes.get("P3").definition.brief) == ("Hope", "[Dawn], or hope")
        assert project.documents.body(project.documents.get("B")) == "INT: And you?\nBen: [Dawn] gave me hope.\n"
        assert project.check() == []


@BOTH_WAYS
def test_a_role_or_wave_called_like_somebody_is_the_one_that_codes_are_meant_for_under_its_pseudonym(tmp_path):
    with ways.new(tmp_path / "s.qualcode", "AK") as project:
        add_interview(project, "B", ("INT", "And you?"), ("Ben", "Nothing."), wave="Zebulon")
        project.roles.add("Quillan", "keyworker")
        project.codes.add("M2", "Living proof", applies_to=["Quillan", "Zebulon", "SU"])
        project.names.add("Quillan", "[Mr B]")
        project.names.add("Zebulon", "[Mr C]")
        project.names.ignore("Zebulon Street")
        sealing.seal(project.store, pseudonymise.listed(project))
        assert project.codes.get("M2").applies_to == ("MrB", "MrC", "SU")
        assert project.documents.get("B").wave == "MrC"
        assert "MrB" in [each.short for each in project.roles.all()]
        assert (project.names.ignored(), project.check(), sealing.swept(project.store)) == ([], [], True)
        assert held(bytes_on_disk(project.path)) == set()


@BOTH_WAYS
def test_it_is_refused_while_a_name_stands_in_a_text(study, apart):
    before = rows_of(study)
    with pytest.raises(RefusedError, match="Zebulon 1"):
        sealer.seal(study, apart, PHRASE)
    assert rows_of(study) == before
    assert not apart.exists()


@BOTH_WAYS
@pytest.mark.usefixtures("quick_age")
def test_what_fails_on_the_way_changes_nothing_and_leaves_no_key(study, apart, monkeypatch):
    pseudonymise.replace_listed(study)
    before = rows_of(study)
    monkeypatch.setattr(sealing, "redact_notes", lambda *_: None)
    with pytest.raises(qualcode.errors.TroubleError, match=r"memo\.body"):
        sealer.seal(study, apart, PHRASE)
    assert rows_of(study) == before
    assert not apart.exists()


@BOTH_WAYS
def test_a_coder_who_is_called_so_keeps_the_name_and_is_told(study):
    study.names.add("AK", "[Dora]")
    pseudonymise.replace_listed(study)
    assert (sealer.foresee(study).researchers, sealer.foresee(study).file) == (("AK",), "")


def test_a_name_in_what_the_project_file_is_called_is_told(study, apart, monkeypatch):
    pseudonymise.replace_listed(study)
    study.close()
    study.path.rename(study.path.with_name("Quillan_2.qualcode"))
    shell = Shell(study.path.parent, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    assert shell.json("seal", "--key", str(apart), "--dry-run")["file"] == "Quillan_2.qualcode"


def test_a_key_is_never_written_over_nor_into_the_project_s_folder_unasked(study, apart):
    apart.write_text("mine")
    with pytest.raises(RefusedError, match="never written over"):
        name_key.write_key(study, apart, PHRASE)
    assert apart.read_text() == "mine"
    inside = study.path.parent / "backups" / "k.age"
    with pytest.raises(RefusedError, match="own folder"):
        name_key.write_key(study, inside, PHRASE)
    with pytest.raises(RefusedError, match="characters"):
        name_key.write_key(study, apart.with_name("short.age"), "short")
    name_key.write_key(study, study.path.parent / "k.age", PHRASE, anywhere=True)
    with pytest.raises(InputError, match="does not open"):
        name_key.open_key(study.path.parent / "k.age", "another phrase")
    with pytest.raises(InputError, match="no age file"):
        name_key.open_key(apart, PHRASE)


@BOTH_WAYS
@pytest.mark.usefixtures("quick_age")
def test_from_the_command_line_it_previews_asks_and_opens_again(study, apart, monkeypatch):
    pseudonymise.replace_listed(study)
    study.close()
    shell = Shell(study.path.parent, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    foreseen = shell.json("seal", "--key", str(apart), "--dry-run")
    assert (foreseen["names"], foreseen["originals"], foreseen["researchers"]) == (4, ["Zebulon Quillan.txt"], [])
    shell.refused("seal", "--key", str(apart), typed="yes\n")
    assert not apart.exists()
    said = shell("seal", "--key", str(apart), typed=f"seal\n{PHRASE}\n{PHRASE}\n")
    assert said.exit_code == 0, said.output
    assert "may still hold names" in said.stderr
    listed = shell.done("names", "key", "--open", str(apart), typed=f"{PHRASE}\n")
    assert "[Berta]" in listed
    assert "anonymised" not in said.output


STOPPED = f"""
import os, sys, qualcode
from pathlib import Path
from qualcode import cache
from qualcode.work import seal
from tests.quick_age import Quick
import pyrage
pyrage.passphrase = Quick
cache.drop = lambda _texts: os._exit(9)
with qualcode.open(sys.argv[1], "AK") as project:
    project.forget(person="Zebulon") if len(sys.argv) < 3 else seal.seal(project, Path(sys.argv[2]), {PHRASE!r})
"""
"""The machine stops where the texts that go would leave the cache."""


@pytest.mark.parametrize("is_sealed", [True, False])
def test_what_the_cache_still_holds_the_project_still_knows_of(study, apart, is_sealed):
    pseudonymise.replace_listed(study)
    before = rows_of(study)
    command = [sys.executable, "-c", STOPPED, str(study.path), *[str(apart)] * is_sealed]
    assert subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode == 9
    assert rows_of(study) == before
    assert study.check() == []


@BOTH_WAYS
@settings(PROPERTY, max_examples=15)
@given(bodies=st.lists(texts(max_words=4), min_size=1, max_size=3), data=st.data())
def test_wherever_a_name_was_written_none_is_left_after_a_seal(bodies, data):
    name = st.sampled_from(["Zebulon", "ZEBULON", "zebulon's", "Quillan", "Zebulon  Quillan"])

    def said(words):
        return f"{words} {data.draw(name)} {words}".strip()

    with tempfile.TemporaryDirectory() as folder, ways.new(Path(folder) / "s.qualcode", "AK") as project:
        project.store.connection.execute("PRAGMA synchronous = OFF")
        project.codes.add("X", said("code").replace("\n", " "))
        for number, body in enumerate(bodies):
            document = project.documents.add(f"D{number} {data.draw(name)}", said(body) + "\n", [])
            project.segments.add(document.id, "X", span=(0, 1))
            project.memos.add(said(body), document=document.id)
        for each, pseudonym in (("Zebulon", "[A]"), ("Quillan", "[B]"), ("Zebulon Quillan", "[A]")):
            project.names.add(each, pseudonym)
        pseudonymise.replace_listed(project)
        sealing.seal(project.store, pseudonymise.listed(project))
        assert sealing.swept(project.store)
        assert project.check() == []
        assert not re.search(rb"zebulon|quillan", bytes_on_disk(project.path).lower())
