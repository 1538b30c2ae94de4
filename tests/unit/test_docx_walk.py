"""Word documents, made part by part: every word that an author sees is read."""

import inspect
import sys
import zipfile

import pytest

from qualcode.errors import InputError
from qualcode.transcripts import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x"'


def relations(kinds):
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(kinds)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def word_file(folder, body, main="word/document.xml", strict=False, **parts):
    file = folder / "x.docx"
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    if strict:
        document = document.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("_rels/.rels", relations([("officeDocument", main)]))
        out.writestr(main, document)
        names = [(kind.rstrip("12"), f"{kind}.xml") for kind in parts]
        folder_name, _, base = main.rpartition("/")
        out.writestr(f"{folder_name}/_rels/{base}.rels", relations(names))
        for kind, content in parts.items():
            out.writestr(
                f"{folder_name}/{kind}.xml", f"<w:{kind.rstrip('12')} {SPACES}>{content}</w:{kind.rstrip('12')}>"
            )
    return file


def p(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text, properties=""):
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def body_of(folder, body, **more):
    return read(word_file(folder, body, **more)).transcripts[0].body


def test_paragraphs_end_with_newlines(tmp_path):
    assert body_of(tmp_path, p(r("One "), r("two")) + p() + p(r("three"))) == "One two\n\nthree\n"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/></w:r>", "a\nb\n"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>', "a\nb"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>", "a\u2011b\u00ad"),
        (f"<w:hyperlink>{r('link')}</w:hyperlink>", "link"),
        (f"<w:smartTag><w:smartTag>{r('Leeds')}</w:smartTag></w:smartTag>", "Leeds"),
        (
            f"<w:sdt><w:sdtPr><w:tag w:val='goog_rdk_1'/></w:sdtPr><w:sdtContent>{r('docs')}</w:sdtContent></w:sdt>",
            "docs",
        ),
        (f"<w:fldSimple w:instr='DATE'>{r('3 May')}</w:fldSimple>", "3 May"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + r("4"), "4"),
        (f"<w:ins>{r('in')}</w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>", "in"),
        (f"<w:moveFrom>{r('gone')}</w:moveFrom><w:moveTo>{r('here')}</w:moveTo>", "here"),
        ("<w:pPr><w:tabs><w:tab w:pos='1'/></w:tabs></w:pPr>" + r("x"), "x"),
        ("<w:r><w:t>a\nb</w:t></w:r>", "a b"),
    ],
)
def test_each_element_gives_its_text(tmp_path, inside, text):
    assert body_of(tmp_path, f"<w:p>{inside}</w:p>") == f"{text}\n"


def test_phonetic_guides_do_not_double_the_words(tmp_path):
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('reading')}</w:rt><w:rubyBase>{r('word')}</w:rubyBase></w:ruby></w:r>"
    got = read(word_file(tmp_path, p(r("a "), ruby, r(" b"))))
    assert got.transcripts[0].body == "a word b\n"
    assert "1 phonetic guide above words was left out" in got.warnings


def test_a_document_all_of_which_is_embedded_says_so(tmp_path):
    with pytest.raises(InputError, match="embedded document") as caught:
        read(word_file(tmp_path, "<w:altChunk/>" + p()))
    assert "save it anew" in str(caught.value)


def test_of_two_forms_of_a_text_box_one_is_read(tmp_path):
    box = f"<w:txbxContent>{p(r('boxed'))}</w:txbxContent>"
    forms = f"<mc:Choice Requires='x'><x:y>{box}</x:y></mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>"
    assert body_of(tmp_path, p(r("Before"), both, r("after"))) == "Before\nboxed\nafter\n"


def test_of_two_forms_the_one_with_words_is_read(tmp_path):
    box = f"<w:txbxContent>{p(r('boxed'))}</w:txbxContent>"
    choices = "<mc:Choice Requires='x'/><mc:Choice Requires='y'><w:r><w:t> </w:t></w:r></mc:Choice>"
    both = f"<w:r><mc:AlternateContent>{choices}<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    assert body_of(tmp_path, p(r("Before"), both, r("after"))) == "Before\nboxed\nafter\n"


def test_deleted_cells_are_left_out_and_counted(tmp_path):
    gone = f"<w:tc><w:tcPr><w:cellDel w:id='1'/></w:tcPr>{p(r('gone'))}</w:tc>"
    row = f"<w:tr>{gone}<w:tc>{p(r('a'))}</w:tc>{gone}<w:tc>{p(r('b'))}</w:tc></w:tr>"
    got = read(word_file(tmp_path, f"<w:tbl>{row}</w:tbl>"))
    assert got.transcripts[0].body == "a\tb\n"
    assert any("2 deletions left out" in warning for warning in got.warnings)


def test_a_block_control_and_a_table_keep_their_words(tmp_path):
    row = "<w:tr><w:tc>{}</w:tc><w:sdt><w:sdtContent><w:tc>{}</w:tc></w:sdtContent></w:sdt></w:tr>"
    rows = row.format(p(r("I")), p(r("So?"))) + row.format(p(r("P")), p(r("Yes")) + p(r("and no")))
    table = f"<w:tbl><w:tblPr/>{rows}</w:tbl>"
    assert (
        body_of(tmp_path, f"<w:sdt><w:sdtContent>{table}</w:sdtContent></w:sdt>" + p(r("End")))
        == "I\tSo?\nP\tYes\nand no\nEnd\n"
    )


def test_a_transcript_in_a_table_has_its_speakers(tmp_path):
    rows = "".join(
        f"<w:tr><w:tc>{p(r(who, '<w:b/>'))}</w:tc><w:tc>{p(r(words))}</w:tc></w:tr>"
        for who, words in [("Interviewer", "So?"), ("Maureen", "Yes"), ("Interviewer", "And?"), ("Maureen", "No")]
    )
    transcript = read(word_file(tmp_path, f"<w:tbl>{rows}</w:tbl>")).transcripts[0]
    assert [(count.label, count.turns) for count in transcript.speakers] == [("Interviewer", 2), ("Maureen", 2)]
    assert transcript.words == {"Interviewer": 2, "Maureen": 2}


def test_bold_heads_of_paragraphs_are_labels(tmp_path):
    said = [("Anna", " So?"), ("Maureen Hill", " Yes"), ("Anna", " And?"), ("Maureen Hill", " No")]
    transcript = read(word_file(tmp_path, "".join(p(r(who, "<w:b/>"), r(words)) for who, words in said))).transcripts[0]
    assert [(turn.speaker, transcript.body[turn.speech : turn.end].strip()) for turn in transcript.turns] == [
        ("Anna", "So?"),
        ("Maureen Hill", "Yes"),
        ("Anna", "And?"),
        ("Maureen Hill", "No"),
    ]


def test_questions_in_bold_are_not_labels(tmp_path):
    said = [("Okay", ""), ("", "Well, I went"), ("Okay", ""), ("", "I came"), ("Right", ""), ("", "Yes"), ("Right", "")]
    paragraphs = "".join(p(r(bold, "<w:b/>") if bold else "", r(words)) for bold, words in said)
    assert read(word_file(tmp_path, paragraphs)).transcripts[0].speakers == ()


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path):
    marked = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{r('one ')}</w:p>"
    assert body_of(tmp_path, marked + p(r("two"))) == "one two\n"


def test_what_was_decided_is_told(tmp_path):
    numbered = f"<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='2'/></w:numPr></w:pPr>{r('first')}</w:p>"
    more = p(f"<w:ins>{r('in')}</w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>")
    noted = p(
        "<w:r><w:commentReference w:id='0'/></w:r>", r("secret", "<w:vanish/>"), "<w:r><w:sym w:char='F0E0'/></w:r>"
    )
    told = "\n".join(read(word_file(tmp_path, numbered + more + noted)).warnings)
    assert "1 insertion taken, 1 deletion left out" in told
    assert "1 Word comment was left out" in told
    assert "1 paragraph has a number" in told
    assert "1 symbol of" in told
    assert "1 passage that Word hides was read" in told


def test_footnotes_stand_after_the_text_in_no_turn(tmp_path):
    notes = (
        f"<w:footnote w:type='separator' w:id='-1'>{p()}</w:footnote>"
        f"<w:footnote w:id='1'>{p(r(' later'))}</w:footnote><w:footnote w:id='2'>{p(r(' sooner'))}</w:footnote>"
    )
    body = (
        p(r("I: So?"))
        + p(r("P: Yes"), "<w:r><w:footnoteReference w:id='2'/></w:r>")
        + p(r("I: And?"))
        + p(r("P: No"), "<w:r><w:footnoteReference w:id='1'/></w:r>")
    )
    got = read(word_file(tmp_path, body, footnotes=notes))
    (transcript,) = got.transcripts
    assert transcript.body.endswith("P: No\n\n[Footnotes]\n[1] sooner\n[2] later\n")
    assert transcript.body[transcript.turns[-1].start : transcript.turns[-1].end] == "P: No\n"
    assert any("2 footnotes" in warning for warning in got.warnings)


def test_headers_are_left_out_and_told(tmp_path):
    got = read(word_file(tmp_path, p(r("Words")), header1=p(r("Confidential"))))
    assert got.transcripts[0].body == "Words\n"
    assert any("1 header or footer was" in warning for warning in got.warnings)


def test_the_strict_form_and_another_main_part_are_read(tmp_path):
    assert body_of(tmp_path, p(r("Words")), main="word/document2.xml", strict=True) == "Words\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old Word document"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"plain words", "not a Word document"),
        (b"PK\x03\x04 and nothing", "zip"),
    ],
)
def test_what_is_no_word_document_is_named(tmp_path, content, message):
    file = tmp_path / "x.docx"
    file.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read(file)


def test_another_zip_is_no_word_document(tmp_path):
    file = tmp_path / "x.docx"
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(InputError, match="no Word document"):
        read(file)


def test_broken_xml_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="XML is broken"):
        read(word_file(tmp_path, "<w:p>"))


@pytest.mark.parametrize("deep", [101, 245])
@pytest.mark.parametrize("part", ["body", "footnotes", "header1"])
def test_what_stands_in_itself_deeper_than_any_document_is_refused_by_name(tmp_path, deep, part):
    nested = "<w:tc>" * deep + p(r("x")) + "</w:tc>" * deep
    if part == "body":
        file = word_file(tmp_path, nested)
    else:
        inside = f"<w:footnote w:id='1'>{nested}</w:footnote>" if part == "footnotes" else nested
        file = word_file(tmp_path, p(r("Words")), **{part: inside})
    with pytest.raises(InputError, match="more than 100 deep") as caught:
        read(file)
    assert caught.value.where == "x.docx"


def test_tables_within_tables_are_read(tmp_path):
    table = p(r("x"))
    for _ in range(15):
        table = f"<w:tbl><w:tr><w:tc>{table}</w:tc></w:tr></w:tbl>"
    assert body_of(tmp_path, table).strip() == "x"


def test_a_file_that_is_too_much_for_python_is_named(tmp_path):
    deep = "<w:tc>" * 90 + p(r("x")) + "</w:tc>" * 90
    file = word_file(tmp_path, deep)
    read(file)
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 200)
    try:
        with pytest.raises(InputError, match=r"cannot be read as \.docx \(RecursionError\)") as caught:
            read(file)
    finally:
        sys.setrecursionlimit(usual)
    assert caught.value.where == "x.docx"
