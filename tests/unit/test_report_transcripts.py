"""Coded and blank transcripts on paper."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from qualcode.coded_transcript import CodedTranscript, Passage
from qualcode.errors import InputError
from qualcode.lines import line_starts, lines_of
from qualcode.model import Answer, Turn
from qualcode.report import transcript_docx, transcript_html, transcript_text
from qualcode.report.printed import xml_safe
from qualcode.report.transcript_lines import lanes, lines_in
from qualcode.report.transcripts import FORMATS, write_blank, write_coded
from qualcode.visible import visible
from tests.strategies import PROPERTY, spans, texts
from tests.unit.report_tables import HOSTILE

SLOWER = settings(max_examples=40, deadline=None)
"""A Word document takes its time."""

BODY = (
    "INT: How was it?\n"
    "Ann: Well, if she can do it, so can I, I thought, and then I went home and slept for the first time in weeks.\n"
    "INT: And then?\n"
    "Ann: Then nothing.\n"
)


def transcript(body=BODY, passages=(), turns=(), **more):
    return CodedTranscript(
        title=more.get("title", "A-SU1"),
        face_sheet=more.get("face_sheet", (("Wave", "wave 1"),)),
        notes=more.get("notes", ("Coding of AK.",)),
        body=body,
        turns=turns,
        interviewers=frozenset({"INT"}),
        line_starts=line_starts(body),
        answers=more.get("answers", ()),
        passages=tuple(passages),
    )


def an_interview():
    lines = [found.span() for found in re.finditer(r"[^\n]*\n", BODY)]
    turns = tuple(Turn(start, end, start + 5, BODY[start : start + 3]) for start, end in lines)
    she, slept = BODY.index("she can"), BODY.index("slept")
    return transcript(
        turns=turns,
        answers=tuple(Answer(n, turns[place].speech, turns[place].end - 1, None) for n, place in ((1, 1), (2, 3))),
        passages=(
            Passage(she, slept, "M2a", "Living proof", "AK", "#0072B2"),
            Passage(she + 4, slept + 5, "P3", "Hope", "AK", "", "unsure: may be tiredness"),
            Passage(slept, slept + 5, "M2a → P3 raises", "Living proof → Hope", "AK", is_claim=True),
        ),
    )


def hostile():
    return transcript(
        body=f"{HOSTILE}\n{HOSTILE} {HOSTILE}\n",
        title=HOSTILE,
        face_sheet=((HOSTILE, HOSTILE),),
        notes=(HOSTILE,),
        turns=(Turn(0, len(HOSTILE) + 1, 8, HOSTILE),),
        passages=(Passage(3, 120, HOSTILE, HOSTILE, HOSTILE, "red;} body{display:none", HOSTILE),),
    )


ALL = (an_interview, hostile, lambda: transcript(body=""), lambda: transcript(body="\n\n"))


@st.composite
def coded_transcripts(draw):
    body = draw(texts(min_words=1, max_words=60).filter(bool))
    drawn = draw(st.lists(spans(body), max_size=8))
    return transcript(
        body, [Passage(*span, f"C{place}", f"Code {place}", "AK") for place, span in enumerate(sorted(drawn))]
    )


def shown(words):
    return xml_safe(visible(words))


def commented_words(data):
    """Comment's text -> the words it stands over, read from the XML as Word reads it."""
    document = docx.Document(io.BytesIO(data))
    found = {comment.comment_id: comment.text for comment in document.comments}
    words, is_open = dict.fromkeys(found, ""), set()
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            is_open.add(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:commentRangeEnd"):
            is_open.remove(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:r") and element.style != "Linenumber":
            for number in is_open:
                words[number] += element.text
    assert not is_open
    return {found[number]: words[number] for number in found}


def lines_of_word(data):
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    return [each for each in paragraphs if each.style.name == "Transcript line"]


@given(coded_transcripts())
@SLOWER
def test_every_passage_has_its_comment_on_exactly_its_words(coded):
    commented = commented_words(transcript_docx.coded(coded))
    assert commented == {
        f"{each.label} {each.name}": shown(coded.body[each.start : each.end]).replace("\n", "")
        for each in coded.passages
    }


@given(coded_transcripts())
@PROPERTY
def test_every_passage_is_underlined_and_striped_on_exactly_its_words_and_lines(coded):
    root = html.fromstring(transcript_html.coded(coded))
    words = dict.fromkeys(range(len(coded.passages)), "")
    for line in lines_in(coded):
        for piece in line.pieces:
            for place in piece.within:
                words[place] += piece.text
    assert list(words.values()) == [
        shown(coded.body[each.start : each.end]).replace("\n", "") for each in coded.passages
    ]
    drawn = {
        (int(line.get("id")[1:]), int(re.search(r"--lane:(\d+)", stripe.get("style"))[1]))
        for line in root.find_class("line")
        for stripe in line.iter("i")
    }
    wanted = set()
    for each, lane in zip(coded.passages, lanes(coded), strict=True):
        first, last = lines_of(coded.line_starts, each.start, each.end)
        new = {(number, lane) for number in range(first, last + 1)}
        assert not new & wanted
        wanted |= new
    assert drawn == wanted


@given(coded_transcripts())
@SLOWER
def test_every_format_has_the_same_lines_with_the_same_numbers(coded):
    ends = [*coded.line_starts[1:], len(coded.body)]
    pairs = zip(coded.line_starts, ends, strict=True)
    wanted = [shown(coded.body[start:end]).removesuffix("\n") for start, end in pairs]
    coded = replace(coded, passages=())
    root = html.fromstring(transcript_html.blank(coded))
    assert [line.get("id") for line in root.find_class("line")] == [f"l{n}" for n in range(1, len(wanted) + 1)]
    assert [words.text_content() for words in root.find_class("words")] == wanted
    lines = lines_of_word(transcript_docx.blank(coded))
    assert [each.runs[0].text for each in lines] == [f"\t{n}\t\t" for n in range(1, len(wanted) + 1)]
    assert ["".join(run.text for run in each.runs[1:]) for each in lines] == wanted
    written = transcript_text.blank(coded).decode().split("\n")[4:-1]
    assert [re.sub(r"^ *\d+ ?", "", line).strip() for line in written] == [
        line.replace("\t", " ").strip() for line in wanted
    ]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("made", ALL)
@pytest.mark.parametrize("write", [write_coded, write_blank])
def test_every_transcript_is_written_in_every_format_with_the_same_bytes_twice(tmp_path, made, suffix, write):
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    assert write(made(), first) == first
    write(made(), second)
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o077 == 0
    assert b"\x1b" not in first.read_bytes() or suffix == ".docx"


def test_an_unknown_suffix_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(InputError, match=r"\.docx, \.html, \.txt"):
        write_coded(an_interview(), tmp_path / "a.pdf")
    assert not list(tmp_path.iterdir())


def test_a_comment_names_code_coder_and_doubt():
    comments = list(docx.Document(io.BytesIO(transcript_docx.coded(an_interview()))).comments)
    assert [(each.author, each.initials, each.text) for each in comments] == [
        ("AK", "AK", "M2a Living proof"),
        ("AK", "AK", "P3 Hope\nunsure: may be tiredness"),
        ("AK", "AK", "M2a → P3 raises Living proof → Hope"),
    ]


def test_no_author_and_no_clock_is_in_the_word_file():
    with zipfile.ZipFile(io.BytesIO(transcript_docx.coded(an_interview()))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"w:date" not in archive.read("word/comments.xml")
        assert b"creator" not in archive.read("docProps/core.xml")


def test_a_blank_transcript_tells_nothing_of_the_coding_and_leaves_room_for_pencil(tmp_path):
    for suffix in (".html", ".txt"):
        text = write_blank(an_interview(), tmp_path / f"a{suffix}").read_text("utf-8")
        assert "M2a" not in text
        assert "Then nothing." in text
    document = docx.Document(str(write_blank(an_interview(), tmp_path / "a.docx")))
    assert not list(document.comments)
    assert not any("M2a" in each.text for each in document.paragraphs)
    assert document.sections[0].right_margin.mm > 45


def test_speakers_questions_and_answers_are_told_apart():
    lines = lines_of_word(transcript_docx.coded(an_interview()))
    question, answer = lines[0].runs, lines[1].runs
    assert (question[1].text, question[1].bold) == ("INT: ", True)
    assert (question[2].text, question[2].italic) == ("How was it?", True)
    assert answer[0].text == "\t2\t¶1\t"
    assert (answer[2].bold, answer[2].italic) == (None, None)


def test_the_web_page_names_what_colour_shows():
    root = html.fromstring(transcript_html.coded(an_interview()))
    leads = root.find_class("lead")
    assert [each.text for each in leads] == ["M2a", "P3", "M2a → P3 raises"]
    for lead in leads:
        (named,) = root.xpath("//li[@id=$id]", id=lead.get("href")[1:])
        assert named.find("b").text == lead.text
        assert named.find("a").get("href") == f"#{lead.get('id')}"
    listed = [each.text_content() for each in root.xpath("//section//li")]
    assert listed[1] == "lines 2–3 P3 Hope · AK unsure: may be tiredness"
    assert [each.find("b").text for each in root.xpath("//details//li")] == ["M2a", "P3"]  # a claim is no code


@pytest.mark.parametrize("made", ALL)
def test_nothing_is_fetched_and_no_script_runs(made):
    for content in (transcript_html.coded(made()), transcript_html.blank(replace(made(), passages=()))):
        root = html.fromstring(content)
        assert not root.xpath("//script | //link | //img | //iframe | //object | //form | //@onclick | //@src")
        assert all(target.startswith("#") for target in root.xpath("//@href"))
        assert "url(" not in root.findtext("head/style")
        assert all(re.fullmatch(r"(--lanes?:\d+;?)?(--c:#[0-9A-Fa-f]{6})?", each) for each in root.xpath("//@style"))
        assert "\u202e" not in content.decode()


def test_the_text_has_codes_on_the_left_and_passages_below():
    text = transcript_text.coded(an_interview()).decode()
    assert "M2a P3              2  ¶1  Ann: Well, if she can do it" in text
    assert "|| M2a → P3 raises" in text
    assert text.endswith("line 3  M2a → P3 raises Living proof → Hope  AK\n")
    assert text.startswith("A-SU1\nWave: wave 1\nCoding of AK.\n")
