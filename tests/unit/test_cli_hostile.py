"""Whatever a name, a quote, a file name or an error holds, nothing that drives a terminal is ever printed."""

import shutil

import pytest

from qualcode.visible import visible
from tests.command_line import HOSTILE, Shell, a_study

DOCUMENT, PERSON, CODE = f"A-SU1{HOSTILE}", f"A-SU1{HOSTILE}", f"M2{HOSTILE}"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A project in which everything that people name is hostile."""
    with a_study(tmp_path_factory.mktemp("hostile"), spite=HOSTILE) as project:
        first = project.segments.add(DOCUMENT, CODE, lines=(2, 2), unsure=f"why{HOSTILE}", negative=True)
        project.segments.add(DOCUMENT, "P3", lines=(2, 4))
        claim = project.claims.add(DOCUMENT, CODE, "P3", lines=(2, 2), unsure=HOSTILE)
        project.claims.add_evidence(claim, DOCUMENT, "contradicts", lines=(4, 4))
        project.memos.add(f"Memo{HOSTILE}\nmore", segment=first.id)
        project.memos.add("x", person=project.people.get(PERSON).id)
        project.memos.add("x", case=project.cases.get(f"A{HOSTILE}").id)
        project.memos.add("x", code=project.codes.get(CODE).id)
        project.memos.add("x", document=project.documents.get(DOCUMENT).id)
    return project.path


@pytest.fixture
def shell(tmp_path, monkeypatch, study):
    shutil.copy(study, tmp_path / study.name)
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    (tmp_path / f"spite{HOSTILE}.txt").write_text(f"INT: How?{HOSTILE}\n\nAnn{HOSTILE}: Well{HOSTILE} so.\n" * 9)
    (tmp_path / f"empty{HOSTILE}.txt").write_text("")
    (tmp_path / f"bad{HOSTILE}.yaml").write_text(f"codebook: x{HOSTILE}\ncodes: {{")
    (tmp_path / "people.csv").write_text(f"file,person,role,more{HOSTILE}\nnobody{HOSTILE},X,SU,1\n")
    (tmp_path / f"rules{HOSTILE}.toml").write_text("[r]\ncode = 'P3'\nregex = 'hope'\n")
    (tmp_path / f"bad{HOSTILE}.toml").write_text(f"[r]\ncode = 'P3{HOSTILE}")
    (tmp_path / "words.txt").write_text(f"no such words{HOSTILE}")
    return shell


COMMANDS = [
    [],
    ["documents"],
    ["documents", "rename", DOCUMENT, f"new{HOSTILE}"],
    ["documents", "place", DOCUMENT, "--wave", f"2{HOSTILE}", "--case", f"B{HOSTILE}"],
    ["documents", "lead", DOCUMENT, "AK"],
    ["documents", "finish", DOCUMENT],
    ["rounds"],
    ["rounds", HOSTILE],
    ["documents", "remove", DOCUMENT],
    ["documents", "remove", HOSTILE],
    ["show", DOCUMENT],
    ["show", DOCUMENT, "--answers"],
    ["show", DOCUMENT, "--plain"],
    ["show", DOCUMENT, "--lines", HOSTILE],
    ["show", HOSTILE],
    ["speakers", DOCUMENT],
    ["speakers", DOCUMENT, f"Maureen{HOSTILE}=new{HOSTILE}"],
    ["speakers", DOCUMENT, HOSTILE],
    ["speakers", DOCUMENT, "--other", HOSTILE],
    ["cases"],
    ["cases", "set", PERSON, "--case", f"C{HOSTILE}", "--role", "PW", "--wave", HOSTILE],
    ["cases", "set", PERSON, "--role", HOSTILE],
    ["cases", "rename", f"A{HOSTILE}", HOSTILE],
    ["people"],
    ["people", "rename", PERSON, HOSTILE],
    ["people", "merge", PERSON, HOSTILE],
    ["people", "remove", PERSON],
    ["roles"],
    ["roles", "add", HOSTILE, HOSTILE],
    ["roles", "add", "VO", HOSTILE],
    ["roles", "rename", HOSTILE, "VO"],
    ["forget", "--person", PERSON, "--dry-run"],
    ["rules", "check", f"bad{HOSTILE}.toml"],
    ["rules", "run", f"rules{HOSTILE}.toml"],
    ["rules", "run", f"rules{HOSTILE}.toml", "--document", HOSTILE],
    ["rules", "list", "--rule", HOSTILE],
    ["codebook", "show"],
    ["codebook", "show", CODE],
    ["codebook", "show", HOSTILE],
    ["codebook", "apply", "process_evaluation"],
    ["codebook", "apply", HOSTILE],
    ["codebook", "apply", f"bad{HOSTILE}.yaml"],
    ["codebook", "export", "-"],
    ["codebook", "export", f"ours{HOSTILE}.yaml"],
    ["codebook", "export", f"none{HOSTILE}/ours.yaml"],
    ["codebook", "diff", HOSTILE, HOSTILE],
    ["code", DOCUMENT, "2", CODE],
    ["code", DOCUMENT, "4", CODE, "--unsure", HOSTILE],
    ["code", DOCUMENT, HOSTILE, CODE],
    ["code", DOCUMENT, "2", HOSTILE],
    ["code", DOCUMENT, "--quote-file", "words.txt", CODE],
    ["code", DOCUMENT, "--quote-file", f"none{HOSTILE}", CODE],
    ["code", DOCUMENT, "--from", "words.txt"],
    ["uncode", "1"],
    ["uncode", HOSTILE],
    ["recode", "1", "P3"],
    ["segments"],
    ["segments", "--context"],
    ["segments", "--code", HOSTILE],
    ["segments", "--attribute", f"{HOSTILE}=1"],
    ["segments", "--attribute", HOSTILE],
    ["segments", "--wave", HOSTILE],
    ["segments", "--role", HOSTILE],
    ["segments", "--no-such-option" + HOSTILE],
    ["claim", "list"],
    ["claim", "add", DOCUMENT, "4", CODE, "P3"],
    ["claim", "evidence", "1", DOCUMENT, "2", "--stance", "supports"],
    ["claim", "add", DOCUMENT, "4", "P3", "M2a", "--direction", HOSTILE],
    ["memo", "list"],
    ["memo", "list", "--on", f"code:{CODE}"],
    ["memo", "list", "--on", HOSTILE],
    ["memo", "add", HOSTILE, "--on", f"person:{PERSON}"],
    ["revise", DOCUMENT, "--find", "so can I", "--replace", "x", "--reason", HOSTILE],
    ["revise", DOCUMENT, "--find", HOSTILE, "--replace", "x", "--all", "--reason", "x"],
    ["revise", DOCUMENT, "--line", "2", "--speaker", f"New{HOSTILE}", "--reason", "x"],
    ["history", "--limit", "0"],
    ["history", "--done-by", HOSTILE],
    ["undo"],
    ["import", ".", "--dry-run"],
    ["import", ".", "--attributes", "people.csv", "--case", HOSTILE],
    ["import", HOSTILE],
    ["import", ".", "--speaker", HOSTILE],
    ["table", "sample"],
    ["table", "change-model"],
    ["table", "change-model", "--open", CODE, "P3"],
    ["table", HOSTILE],
    ["table", "change-model", "--layer", HOSTILE],
    ["table", "change-model", "--out", f"matrix{HOSTILE}.md"],
    ["table", "change-model", "--out", f"matrix.{HOSTILE}"],
    ["check"],
    ["backup"],
    ["backup", "--to", f"kept{HOSTILE}"],
    ["restore", HOSTILE, "--to", "x.qualcode"],
    ["forget", "--person", PERSON],
    ["forget", "--person", PERSON, "--yes"],
    ["forget", "--document", DOCUMENT, "--yes"],
    ["new", f"second{HOSTILE}.qualcode"],
    [HOSTILE],
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: ascii(" ".join(words))[:60])
def test_nothing_raw_is_printed(words, shell):
    for extra in ([], ["--json"]):
        result = shell(*words, *extra)
        assert result.exit_code in (0, 2), (result.output, result.exception)
        assert visible(result.stdout) == result.stdout
        assert visible(result.stderr) == result.stderr
        assert "stumbled" not in result.stderr


def test_a_name_cannot_write_a_line_of_its_own(shell):
    with shell.open("AK") as project:
        project.documents.rename(project.documents.get(DOCUMENT), "innocent\nError: pay at once")
    lines = shell.done("documents").splitlines()
    assert not any(line.startswith("Error") for line in lines)
    assert not any(
        line.startswith("Error: pay") for line in shell.refused("show", "x\nError: pay at once").splitlines()
    )


def test_json_gives_back_the_very_text(shell):
    [document] = shell.json("documents")
    assert document["name"] == DOCUMENT
    assert HOSTILE in shell.json("segments", "--code", CODE)[0]["words"]
