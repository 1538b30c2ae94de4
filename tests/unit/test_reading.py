"""What `read` promises for any text file."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode import transcripts
from qualcode.errors import InputError
from qualcode.model import Turn
from qualcode.transcripts import Options, read, reading
from qualcode.transcripts.reading import Transcript, normalise


def test_a_text_file_is_its_own_body(tmp_path):
    file = tmp_path / "A-SU1 wave 1.txt"
    file.write_bytes(b"I: So?\r\nMaureen: If she can.\rI: And?\nMaureen: Yes.\n")
    got = read(file)
    (transcript,) = got.transcripts
    assert got.original == file.read_bytes()
    assert (got.path, got.format, got.encoding, got.warnings) == (file, "txt", "utf-8", ())
    assert transcript.name == "A-SU1 wave 1"
    assert transcript.body == "I: So?\nMaureen: If she can.\nI: And?\nMaureen: Yes.\n"
    assert [(count.label, count.turns) for count in transcript.speakers] == [("I", 2), ("Maureen", 2)]
    assert transcript.words == {"I": 2, "Maureen": 4}


@pytest.mark.parametrize("head", ["WEBVTT\n\n", "\ufeffWEBVTT - x\n\n1\n", "1\n"])
def test_captions_under_a_text_name_are_read_as_captions(tmp_path, head):
    file = tmp_path / "x.txt"
    file.write_text(f"{head}00:00:01.000 --> 00:00:02.000\nAnna: So\n\n2\n00:00:02.000 --> 00:00:03.000\nwhat?\n")
    got = read(file)
    assert got.transcripts[0].body == "Anna: So what?\n"
    assert got.warnings[0] == "these are captions, and were read so: call it .vtt or .srt"


def test_markdown_keeps_its_marks(tmp_path):
    file = tmp_path / "x.MD"
    file.write_text("# Title\n\n**I:** *So?*\n**P:** Yes.\n**I:** And?\n**P:** No.\n")
    got = read(file)
    assert got.format == "md"
    assert got.transcripts[0].body.startswith("# Title\n\n**I:** *So?*")


@pytest.mark.parametrize(
    "kept", ["\xa0", "\u200c", "\u00ad", "e\u0301", "\v", "\f", "\u2028", "\x1c", "\x85", "\u202e"]
)
def test_everything_but_line_ends_is_left_alone(tmp_path, kept):
    file = tmp_path / "x.txt"
    text = f"one{kept}two\nthree{kept}\n"
    file.write_bytes(text.encode())
    assert read(file).transcripts[0].body == text


def test_zero_characters_and_half_characters_are_replaced_and_told():
    body, warnings = normalise("\ufeffa\0b\ud800c\udfffd\ufeff")
    assert body == "a␀b�c�d\ufeff"
    assert warnings == ("1 NUL character replaced by ␀", "2 half characters (lone surrogate) replaced by �")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec=None)))
def test_normalising_is_safe_to_store_and_done_once(text):
    body, _ = normalise(text)
    body.encode()
    assert not {"\r", "\0"} & set(body)
    assert body.startswith("\ufeff") or normalise(body) == (body, ())


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab é\xa0\u2028\u3000\n\t\x1c\v好")))
def test_words_are_runs_between_blanks(text):
    assert Transcript("x", f"A: {text}", (Turn(0, len(text) + 3, 3, "A"),), ()).words == {"A": len(text.split())}


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("IP1:[]()*#-–< >\t\n0.,\xa0Aa：v\\{}"), max_size=200))
def test_no_text_makes_the_reader_stumble(text):
    from qualcode.transcripts.speakers import find

    turns = find(text, Options()).turns
    assert all(turn.start <= turn.speech <= turn.end <= len(text) for turn in turns)
    assert all(before.end <= after.start for before, after in itertools.pairwise(turns))


def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path):
    (tmp_path / "x.pages").touch()
    with pytest.raises(InputError, match=r"\.docx, \.md, \.srt, \.txt, \.vtt"):
        read(tmp_path / "x.pages")
    assert transcripts.FORMATS == (".docx", ".md", ".srt", ".txt", ".vtt")


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\xa0\n".encode(), bytes(99)])
def test_a_text_without_words_is_refused(tmp_path, content):
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    with pytest.raises(InputError, match="no words"):
        read(file)


def test_a_file_too_big_for_a_transcript_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 10)
    file = tmp_path / "x.txt"
    file.write_text("more than ten")
    with pytest.raises(InputError, match="a transcript may have"):
        read(file)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "x.txt")
    (tmp_path / "y.txt").mkdir()
    with pytest.raises(InputError, match="folder"):
        read(tmp_path / "y.txt")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7 x", "PDF"), (b"PK\x03\x04 x", "zip"), (b"{\\rtf1 x", "RTF"), (b"\xd0\xcf\x11\xe0 x", "old Word")],
)
def test_another_kind_of_file_under_a_text_name_is_recognised(tmp_path, content, kind):
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    with pytest.raises(InputError, match=kind):
        read(file)


def test_the_documents_name_is_composed(tmp_path):
    file = tmp_path / "Zoe\u0308.txt"
    file.write_text("Hello there")
    assert read(file).transcripts[0].name == "Zoë"


def test_what_the_researcher_says_reaches_the_reader(tmp_path):
    file = tmp_path / "x.txt"
    file.write_bytes("Zoë: So?\nDean: Yes\nZoë: And?\nDean: No\n".encode("cp1252"))
    got = read(file, Options(encoding="cp1252", interviewers=("zoë",), speakers=("Zoë", "Dean")))
    assert (got.encoding, got.warnings) == ("cp1252", ())
    assert [count.is_interviewer for count in got.transcripts[0].speakers] == [True, False]


def test_a_path_may_be_plain_text(tmp_path):
    (tmp_path / "a.txt").write_text("INT: a?\nB: c.\n")
    assert read(str(tmp_path / "a.txt")) == read(tmp_path / "a.txt")
    (tmp_path / "s.csv").write_text("file,person\na,P1\n")
    assert transcripts.read_sheet(str(tmp_path / "s.csv")).rows == ({"file": "a", "person": "P1"},)


def test_what_qualcode_offers_can_be_seen():
    offered = dir(qualcode)
    assert {"open", "new", "Project", "Table", "analysis", "transcripts", "work"} <= set(offered)
    assert all(getattr(qualcode, name) is not None for name in offered)
    assert "import_module" not in offered


def test_a_dead_link_is_not_offered_in_its_own_place(tmp_path):
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "dead.txt")
    assert "Did you mean" not in str(caught.value)
