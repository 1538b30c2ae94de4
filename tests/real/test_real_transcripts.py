"""Real transcripts of public repositories: no word is lost, and the speakers are those a reader sees."""

import html
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from qualcode.errors import InputError
from qualcode.lines import answers, line_starts
from qualcode.transcripts import read, read_sheet

REAL = Path(__file__).parents[2].parent / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the project")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
WORDLESS = "docx_tbl-having-tables.docx"

KINDS = (".docx", ".txt", ".md", ".vtt")

# Counted by eye and with grep: (label, turns, asks)
SPEAKERS = {
    "artisans_Entretien_01_24.10.03_01_traitement_A.docx": [("Chercheur", 18, True), ("Interviewe", 18, False)],
    "artisans_Entretien_01_24.10.03_02_traitement_A.docx": [("Chercheur", 30, True), ("Interviewe", 31, False)],
    "artisans_Entretien_01_24.10.03_03_traitement_A.docx": [("Chercheur", 30, True), ("Interviewe", 28, False)],
    "artisans_Entretien_01_24.10.04_01_traitement_A.docx": [("Chercheur", 28, True), ("Interviewe", 27, False)],
    "artisans_Entretien_01_24.10.04_02_traitement_A.docx": [("Chercheur", 28, True), ("Interviewe", 27, False)],
    "artisans_Entretien_01_24.10.04_03_traitement_A.docx": [("Chercheur", 22, True), ("Interviewe", 21, False)],
    "artisans_Entretien_01_24.10.04_04_traitement.docx": [("Chercheur", 16, True), ("Interviewe", 17, False)],
    "artisans_Entretien_01_24.11.28_traitement_A.docx": [("Chercheur", 10, True), ("Interviewe", 9, False)],
    "ladybug_44-mobile-dev.md": [("Ali", 18, False), ("Unknown Speaker", 48, False), ("Timirah James", 38, False)],
    "ladybug_53-accessibility.md": [
        ("Emma", 38, False),
        ("Unknown Speaker", 27, False),
        ("Wendy Fox", 26, False),
        ("Kelly", 2, False),
    ],
    "webvtt_non_padded_timestamps.vtt": [("Jane Doe", 2, False), ("John Smith", 1, False)],
    "zoom_meeting001_chat.txt": [
        ("Andrew Knight", 6, False),
        ("Ringo Starr", 1, False),
        ("George Harrison", 1, False),
        ("John Lennon", 1, False),
        ("Paul McCartney", 1, False),
    ],
    "zoom_meeting001_transcript.vtt": [
        ("Andrew Knight", 12, False),
        ("Paul McCartney", 10, False),
        ("George Harrison", 2, False),
        ("Ringo Starr", 1, False),
        ("John Lennon", 5, False),
    ],
}
ENCODINGS = {
    "enc_sample-arabic-1.txt": ("cp1256", "بالموازاة مع ذلك"),
    "enc_sample-chinese.txt": ("big5", "維基大典"),
    "enc_sample-french-1.txt": ("cp1252", "NÉ LE 15 JANVIER 1622"),
    "enc_sample-hebrew-2.txt": ("cp1255", "אין כמעט ניבים"),
    "enc_sample-russian.txt": ("mac-cyrillic", "В гимназии он не был"),
}


def files(*suffixes):
    found = sorted(path for suffix in suffixes for path in REAL.glob(f"*{suffix}"))
    return [pytest.param(path, id=path.name) for path in found]


def letters(text):
    return "".join(text.split())


def words_in_xml(element):
    if element.tag in SKIPPED:
        return ""
    own = element.text or "" if element.tag == f"{W}t" else ""
    return own + "".join(map(words_in_xml, element))


@pytest.mark.parametrize("path", [one for one in files(".docx") if one.id != WORDLESS])
def test_a_word_document_keeps_every_word_of_its_xml(path):
    with zipfile.ZipFile(path) as archive:
        raw = words_in_xml(ET.fromstring(archive.read("word/document.xml")))  # noqa: S314 - files we know
    assert letters(read(path).transcripts[0].body) == letters(raw)


def test_a_document_of_empty_tables_is_refused():
    with pytest.raises(InputError, match="no words"):
        read(REAL / WORDLESS)


@pytest.mark.parametrize("path", files(".txt", ".md"))
def test_a_text_is_the_decoded_file(path):
    got = read(path)
    codec = got.encoding.removesuffix(" (guessed)")
    decoded = path.read_bytes().decode(codec).removeprefix("\ufeff")
    assert got.transcripts[0].body == decoded.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("path", files(".vtt"))
def test_captions_keep_every_word(path):
    text = path.read_text(encoding="utf-8-sig")
    blocks = [
        block for block in re.split(r"\n\s*\n", text) if "-->" in block and not block.startswith(("NOTE", "STYLE"))
    ]
    raw = " ".join(block.partition("-->")[2].partition("\n")[2] for block in blocks)
    without_labels = re.sub(
        r"(^|\s)(?:Andrew Knight|Paul McCartney|George Harrison|Ringo Starr|John Lennon): ", " ", raw
    )
    transcript = read(path).transcripts[0]
    spoken = " ".join(transcript.body[turn.speech : turn.end] for turn in transcript.turns)
    assert spoken.split() == html.unescape(re.sub(r"<[^>]*>", "", without_labels)).split()


@pytest.mark.parametrize("name", SPEAKERS)
def test_the_speakers_are_those_a_reader_sees(name):
    speakers = read(REAL / name).transcripts[0].speakers
    assert [(count.label, count.turns, count.is_interviewer) for count in speakers] == SPEAKERS[name]


@pytest.mark.parametrize("path", [one for one in files(*KINDS) if one.id not in (*SPEAKERS, WORDLESS)])
def test_no_speakers_are_found_where_there_are_none(path):
    assert read(path).transcripts[0].speakers == ()


@pytest.mark.parametrize("name", ENCODINGS)
def test_legacy_encodings_are_guessed_right_and_told(name):
    codec, words = ENCODINGS[name]
    got = read(REAL / name)
    assert got.encoding.startswith(codec)
    assert words in got.transcripts[0].body
    assert "guessed" in got.warnings[0]


@pytest.mark.parametrize("path", [one for one in files(*KINDS) if one.id != WORDLESS])
def test_turns_lines_and_answers_hold_together(path):
    (transcript,) = read(path).transcripts
    body, turns = transcript.body, transcript.turns
    assert all(before.end <= after.start for before, after in pairwise(turns))
    starts = [*line_starts(body), len(body)]
    assert "".join(body[start:end] for start, end in pairwise(starts)) == body
    asking = {count.label for count in transcript.speakers if count.is_interviewer}
    found = answers(body, turns, asking)
    assert found
    assert all(before.end <= after.start for before, after in pairwise(found))
    places = [position for position, _ in transcript.cues]
    assert places == sorted(set(places))


@pytest.mark.parametrize("path", files(".csv"))
def test_every_sheet_has_rows_under_its_headers(path):
    sheet = read_sheet(path)
    assert sheet.rows
    assert all(tuple(row) == sheet.headers for row in sheet.rows)
    assert ("zoom" in path.name) == any("first table" in warning for warning in sheet.warnings)
