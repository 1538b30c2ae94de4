"""Once names were sealed, or somebody forgotten, no byte of project, log, cache or backups made since has them."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode import cache
from qualcode.work import name_review, pseudonymise
from qualcode.work import seal as sealer
from qualcode.work.name_proposals import PROPOSERS, proposals
from qualcode.work.name_review import Review, Wanted, scan
from tests.builders import bytes_on_disk, told
from tests.linguistic import DICTIONARY, parsed
from tests.strategies import PROPERTY, texts

NAMES = {"Zebulon": "[A]", "Quillan": "[B]", "Zebulon Quillan": "[A]"}
SPELT = st.sampled_from(["Zebulon", "ZEBULON", "zebulon's", "Quillan", "Zebulon  Quillan"])


def held(project, backups, sought):
    """Which of some words stand in the project file, its log, the backups, or the cache."""
    kept = b"".join(each.read_bytes() for each in cache.folder().rglob("*") if each.is_file())
    folders = b"".join(str(each).encode() for each in cache.folder().rglob("*"))
    data = bytes_on_disk(project.path) + b"".join(each.read_bytes() for each in backups) + kept + folders
    return set(re.findall(sought, data.lower()))


@pytest.mark.usefixtures("quick_age")
@settings(PROPERTY, max_examples=8)
@given(bodies=st.lists(texts(max_words=5), min_size=1, max_size=3), data=st.data())
def test_none_is_left_after_a_seal_and_nothing_of_somebody_after_a_forget(bodies, data):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALCODE_CACHE", str(Path(folder) / "cache"))
        patch.setenv("QUALCODE_CONFIG", str(Path(folder) / "settings"))
        (Path(folder) / "apart").mkdir()
        (Path(folder) / "study").mkdir()
        with qualcode.new(Path(folder) / "study" / "s.qualcode", "AK") as project:
            project.store.connection.execute("PRAGMA synchronous = OFF")
            a_study(project, bodies, data)
            parsed(project, DICTIONARY)
            review = Review(scan(project))
            review.entries(project)
            name_review.accept(project, [Wanted(name, pseudonym) for name, pseudonym in NAMES.items()])
            pseudonymise.rehearsed(project)
            pseudonymise.replace_listed(project)
            if data.draw(st.booleans()):
                project.history.undo()
                parsed(project, DICTIONARY)
                project.history.redo()
            parsed(project, DICTIONARY)
            list(proposals(project, PROPOSERS))
            done = sealer.seal(project, Path(folder) / "apart" / "k.age", "four or five words")
            parsed(project, DICTIONARY)
            backups = [project.backup(Path(folder) / "after")]
            assert (done.swept, done.uncleared, project.check()) == (True, (), [])
            assert held(project, backups, rb"zebulon|quillan") == set()
            assert held(project, backups, rb"xylocanth") == {b"xylocanth"}
            gone = project.forget(person="Pat")
            assert (gone.uncleared, project.check()) == ((), [])
            assert held(project, [project.backup(Path(folder) / "later")], rb"zebulon|quillan|xylocanth") == set()


def a_study(project, bodies, data):
    """Names in texts, labels, notes, codes and attributes; somebody called Pat, who alone says "xylocanth"."""
    project.codes.add("X", f"code {data.draw(SPELT)}")
    person = project.people.add("Pat")
    for number, body in enumerate(bodies):
        speeches = [
            ("INT", f"And {data.draw(SPELT)}?"),
            (f"P{number}", f"xylocanth {body} {data.draw(SPELT)} xylocanth"),
        ]
        text, turns = told(*[(label, " ".join(words.split())) for label, words in speeches])
        document = project.documents.add(f"D{number}", text, turns, parts={"INT": "interviewer"})
        project.documents.set_speaker(document, f"P{number}", "participant", person.id)
        place = data.draw(st.integers(0, len(text) - 2))
        end = data.draw(st.integers(place + 1, len(text) - 1))
        project.segments.add(document.id, "X", span=(place, end))
        project.memos.add(f"on {data.draw(SPELT)}", document=document.id)
    project.attributes.set("person", person.id, [("partner", data.draw(SPELT))])
