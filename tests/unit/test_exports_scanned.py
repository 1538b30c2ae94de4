"""Nothing with a real name on the list is written, by any writer, unless one says so."""

import ast
import shlex
from pathlib import Path

import pytest

import qualcode
from qualcode.errors import RealNamesError
from qualcode.model import Definition, KnownName
from qualcode.project.listed_names import ListedNames
from qualcode.report.scanning import NOT_SCANNED, Scan, stop_names
from tests.command_line import Shell, a_study, told

PACKAGE = Path(qualcode.__file__).parent
PHRASE = "four or five words"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    with a_study(tmp_path) as project:
        segment = project.segments.add("A-SU1", "M2a", quote="I had hope", exemplar=True)
        project.memos.add("Zebedee returns to it.", segment=segment.id)
        code = project.codes.get("M2a")
        project.codes.redefine(code, Definition(example="Zebedee did it"))
        document = project.documents.get("A-SU1")
        start = project.documents.body(document).index("hope")
        project.documents.revise(document, [(start, start + 4, "Zebedee")], "heard wrongly")
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


WRITERS = pytest.mark.parametrize(
    ("command", "name"),
    [
        ("table quotes", "x.md"),
        ("table themes", "x.docx"),
        ("table themes", "x.html"),
        ("table themes", "x.xlsx"),
        ("transcript A-SU1", "x.txt"),
        ("transcript A-SU1 --blank", "x.docx"),
        ("memo book", "x.docx"),
        ("figure saturation", "Zebedee.svg"),
        ("pack --table sample", "Zebedee.docx"),
        ("codebook export", "x.yaml"),
    ],
)


def said(command, name):
    return [*command.split(), *([] if command == "codebook export" else ["--out"]), name]


@WRITERS
def test_a_name_on_the_list_stops_it_and_says_where(shell, tmp_path, command, name):
    shell.done("names", "add", "zebedee", "[Dawn]")
    told = shell.refused(*said(command, name))
    assert name in told
    assert "[Zebedee]" in told
    assert "--identifiable" in told
    assert not (tmp_path / name).exists()
    assert "not scanned" not in shell(*said(command, name), "--identifiable").stderr.casefold()
    assert (tmp_path / name).exists()
    with shell.open() as project:  # so that a seal and a withdrawal tell of it
        assert project.has_written(tmp_path / name)


@WRITERS
def test_without_a_list_it_is_said_once_that_nothing_is_scanned(shell, command, name):
    result = shell(*said(command, name))
    assert result.exit_code == 0
    assert result.stderr.count(NOT_SCANNED) == 1


def test_once_for_several_files_and_never_where_there_is_a_list(shell):
    assert shell("table", "sample", "--out", "a.md", "--out", "b.csv").stderr.count(NOT_SCANNED) == 1
    shell.done("names", "add", "Nobody", "[Zed]")
    result = shell("table", "sample", "--out", "a.md", "--out", "b.csv")
    assert (result.exit_code, NOT_SCANNED in result.stderr) == (0, False)


def test_quotations_that_a_format_does_not_hold_do_not_stop_it(shell):
    shell.done("names", "add", "Zebedee", "[Z]")
    assert "[Zebedee]" in shell.refused("table", "tree", "--out", "x.docx")
    shell.done("table", "tree", "--out", "x.csv")


def test_a_word_that_stays_beside_a_name_does_not_stop_it(shell):
    shell.done("names", "replace", "Well", "[Person 9]", "--only-capitalised", "--yes")
    shell.done("memo", "add", "well done", "--on", "document:A-SU1")
    shell.done("memo", "book", "--out", "x.docx")
    shell.done("transcript", "A-SU1", "--out", "x.txt")


@pytest.mark.usefixtures("quick_age")
def test_a_code_called_by_a_word_that_is_a_name_too_stops_nothing_and_the_name_elsewhere_does(shell, tmp_path):
    shell.done("names", "add", "Relief", "[Dawn]")
    shell.done("codebook", "add", "M9", "Relief")
    shell.done("code", "A-SU1", "2", "M9")
    told = shell.refused("table", "themes", "--out", "x.md")
    assert "M9 [Relief]" in told
    assert "qualcode names accept Relief --only-capitalised" in told
    shell.done("names", "accept", "Relief", "--only-capitalised")
    shell.done("table", "themes", "--out", "x.md")
    assert "M9 Relief" in (tmp_path / "x.md").read_text()
    shell.done("memo", "add", "Relief came, M9 Relief", "--on", "code:M9")
    told = shell.refused("memo", "book", "--out", "x.docx")
    assert "1 place;" in told
    assert "[Relief] came" in told


@pytest.mark.usefixtures("quick_age")
def test_an_opened_key_is_looked_for_too(shell, tmp_path):
    apart = tmp_path.parent / f"{tmp_path.name}-key"
    apart.mkdir()
    shell.done("names", "add", "Zebedee", "[Dawn]")
    shell.done("names", "key", str(apart / "k.age"), typed=f"{PHRASE}\n{PHRASE}\n")
    shell.done("names", "remove", "Zebedee")
    told = ("transcript", "A-SU1", "--out", "x.txt", "--out", "y.txt", "--names-key", str(apart / "k.age"))
    assert "[Zebedee]" in shell.refused(*told, typed=f"{PHRASE}\n")
    assert not (tmp_path / "x.txt").exists()


def test_only_one_module_remembers_exports_so_that_every_writer_passes_it():
    name_it = {path: text for path in PACKAGE.rglob("*.py") if "record_export" in (text := path.read_text("utf-8"))}
    users = {
        str(path.relative_to(PACKAGE))
        for path, text in name_it.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record_export"
    }
    assert users == {"report/exporting.py"}


# -- what was looked for, and what was not ---------------------------------------------------------------------------


@WRITERS
def test_with_a_list_it_is_said_once_that_only_its_names_were_looked_for(shell, command, name):
    shell.done("names", "add", "Nobody", "[Zed]")
    told = shell(*said(command, name)).stderr
    assert told.count("Looked for the 1 name on the list alone; what else may be one: qualcode names propose.") == 1


@pytest.mark.usefixtures("quick_age")
def test_after_a_seal_it_is_said_that_the_names_are_in_the_key(shell, tmp_path):
    apart = tmp_path.parent / f"{tmp_path.name}-key"
    apart.mkdir()
    shell.done("names", "replace", "Zebedee", "[Dawn]", "--yes")
    key = str(apart / "k.age")
    shell.done("seal", "--key", key, "--yes", typed=f"{PHRASE}\n{PHRASE}\n")
    told = shell("table", "sample", "--out", "a.md").stderr
    assert (NOT_SCANNED in told, told.count("they were sealed away"), "--names-key" in told) == (False, 1, True)
    shell.done("names", "add", "Nobody", "[Zed]")
    assert (
        "alone, not for those that were sealed away (--names-key FILE);"
        in shell("table", "sample", "--out", "a.md").stderr
    )
    told = shell("table", "sample", "--out", "a.md", "--names-key", key, typed=f"{PHRASE}\n").stderr
    assert "Looked for the 1 name on the list and the 1 name in the key alone;" in told


# -- where a name stands, and what changes it there ------------------------------------------------------------------


@pytest.fixture
def named(tmp_path, monkeypatch):
    """A study in which Declan and a few others stand in one place each, and one thing is written that holds it."""
    with qualcode.new(tmp_path / "s.qualcode", "AK") as project:
        body, turns = told([("INT", "How?"), ("P1", "I asked Bodie, and I hoped.")])
        document = project.documents.add("Docena_wave1", body, turns, parts={"INT": "interviewer"})
        person = project.people.add("Persis", case="Caseby", roles={"-": "SU"})
        project.documents.set_speaker(document, "P1", "participant", person.id)
        project.attributes.set("person", person.id, [("partner", "Attica")])
        project.codes.add("M1", "What Codee does", definition=Definition(include="as Defina did"))
        segment = project.segments.add("Docena_wave1", "M1", quote="I asked Bodie", exemplar=True)
        project.quotes.edit(segment, "I asked [...]")
        project.memos.add("Memona came")
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


@pytest.mark.parametrize(
    ("name", "command", "file", "stands", "mends"),
    [
        ("Bodie", "transcript Docena_wave1", "x.txt", "text of Docena_wave1", "names replace --all --yes"),
        (
            "Docena",
            "transcript Docena_wave1",
            "x.txt",
            "document Docena_wave1",
            "documents rename Docena_wave1 D1_wave1",
        ),
        ("Persis", "table quotes", "x.md", "person Persis", "people rename Persis P1"),
        ("Caseby", "table sample", "x.md", "case Caseby", "cases rename Caseby C1"),
        ("Codee", "codebook export", "x.yaml", "code M1", 'codebook change M1 --name "What is done"'),
        ("Defina", "codebook export", "x.yaml", "code M1", 'codebook change M1 --include "as was done"'),
        ("Memona", "memo book", "x.docx", "memo 1", "memo change 1 done"),
    ],
)
def test_what_changes_it_is_told_for_each_place_and_changes_it(named, name, command, file, stands, mends):
    named.done("names", "add", name, "[Zed]")
    words = [*shlex.split(command), *([] if command == "codebook export" else ["--out"]), file]
    told = named.refused(*words)
    (line,) = [each for each in told.splitlines() if stands in each]
    assert " ".join(mends.split()[:2]) in line
    left = named("names", "replace", "--all", "--dry-run").stderr
    assert (stands in left) == (name != "Bodie")
    named.done(*shlex.split(mends))
    named.done(*[each.replace(name, "D1") for each in words])


def test_an_attribute_is_told_and_changed_by_a_sheet(named, tmp_path):
    named.done("names", "add", "Attica", "[Zed]")
    (tmp_path / "D.txt").write_text("INT: How?\nP1: Well.\n" * 2)
    (tmp_path / "people.csv").write_text("file,person,speaker,partner\nD.txt,Persis,P1,Attica\n")
    named.done("import", "D.txt", "--attributes", "people.csv")
    words = ("table", "themes-by-group", "--by", "partner", "--out", "x.md")
    assert "attribute partner: qualcode import FILE --attributes SHEET" in named.refused(*words)
    (tmp_path / "people.csv").write_text("file,person,speaker,partner\nD.txt,Persis,P1,other\n")
    named.done("import", "D.txt", "--attributes", "people.csv")
    named.done(*words)


def test_a_name_in_what_the_file_is_called_is_told(named):
    named.done("names", "add", "Bodie", "[Zed]")
    told = named.refused("table", "sample", "--out", "Bodie.md")
    assert "the file's name: [Bodie].md" in told
    assert "Call the file otherwise." in told
    assert "replace --all" not in told


def test_what_only_some_formats_hold_is_told_as_a_quotation(named):
    named.done("names", "add", "Bodie", "[Zed]")
    assert "a quotation in table themes: I asked [Bodie]" in named.refused("table", "themes", "--out", "x.docx")
    named.done("table", "themes", "--out", "x.csv")


@pytest.mark.usefixtures("quick_age")
def test_a_name_in_a_key_alone_is_to_be_listed_first(named, tmp_path):
    apart = tmp_path.parent / f"{tmp_path.name}-key"
    apart.mkdir()
    key = str(apart / "k.age")
    named.done("names", "add", "Bodie", "[Zed]")
    named.done("names", "key", key, typed=f"{PHRASE}\n{PHRASE}\n")
    named.done("names", "remove", "Bodie")
    told = named.refused("table", "themes", "--out", "x.docx", "--names-key", key, typed=f"{PHRASE}\n")
    assert "first qualcode names add Bodie PSEUDONYM" in told


def test_names_of_several_words_are_told_as_one_types_them_and_of_many_the_first(tmp_path):
    with a_study(tmp_path) as project:
        key = ListedNames(KnownName(at, b"", f"Bo O'Nr{at}", "person", f"[P{at}]") for at in range(7))
        said = [f"I met {each.name} there." for each in key.known]
        with pytest.raises(RealNamesError) as stopped:
            stop_names(project, said, Path("x.md"), Scan(names=key))
    lines = stopped.value.remedy.splitlines()
    adding = [each for each in lines if "first qualcode names add" in each]
    assert shlex.split(adding[0].partition("first ")[2]) == ["qualcode", "names", "add", "Bo O'Nr0", "PSEUDONYM"]
    assert len(adding) == 5
    assert "and so for 2 names more" in lines


def test_of_many_places_the_first_are_told_and_how_many_more_there_are(shell):
    for number in range(8):
        shell.done("memo", "add", f"{number} is Zebedee's", "--on", "document:A-SU1")
    shell.done("names", "add", "Zebedee", "[Z]")
    lines = [line.strip() for line in shell.refused("memo", "book", "--out", "x.docx").splitlines()]
    more = next(int(line.split()[1]) for line in lines if line.endswith(" more like these"))
    assert sum("[Zebedee]" in line for line in lines) == 5
    assert more >= 8 + 1 - 5  # these, and the memo that was there before
