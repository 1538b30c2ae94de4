"""The memo book holds all memos that may be seen, by date or by code; private ones only where asked for."""

from tests.builders import a_study
from tests.command_line import Shell


def test_memos_are_chosen_and_bound_by_code(tmp_path, monkeypatch):
    shell = Shell(tmp_path, monkeypatch)
    with a_study(tmp_path / "study.qualcode") as project:
        segment = project.segments.add("A-SU1", "P3", quote="I went home")
        project.memos.add("On a passage.", segment=segment.id, kind="reflexive")
        project.memos.add("On the project.", private=True)
    chosen = shell.json("memo", "list", "--coder", "AK", "--document", "A-SU1", "--code", "P3", "--kind", "reflexive")
    assert [each["words"] for each in chosen] == ["On a passage."]
    assert shell.json("memo", "list", "--coder", "AK", "--code", "X") == []
    printed = shell.done("memo", "book", "--coder", "AK", "--order", "code", "--out", "book.docx")
    assert "1 memo" in printed
    assert "2 memos" in shell.done("memo", "book", "--coder", "AK", "--private", "--out", "book.docx")
    from docx import Document

    words = [each.text for each in Document(str(tmp_path / "book.docx")).paragraphs]
    assert "On a passage." in words
    assert any("I went home" in each for each in words)
    assert "docx" in shell.refused("memo", "book", "--coder", "AK", "--out", "book.txt")
