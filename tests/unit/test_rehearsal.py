"""A rehearsal of an import says what the import then does, and leaves no trace."""

import pytest

import qualcode
from qualcode.errors import RefusedError
from qualcode.work.bring_in import Options, bring_in, look
from qualcode.work.rehearsal import rehearse
from tests.builders import rows_of
from tests.command_line import Shell

TALK = "INT: And {0}?\n{1}: Fine.\nINT: Sure?\n{1}: Yes, {0}.\n"
LABELS = {"one": "SU1", "two": "SU2", "three": "Kim", "four": "PW", "five": "Kim"}


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "in").mkdir()
    for name, label in LABELS.items():
        (tmp_path / "in" / f"{name}.txt").write_text(TALK.format(name, label), encoding="utf-8")
    (tmp_path / "in" / "plain.txt").write_text("It was a day.\n\nWe slept.\n", encoding="utf-8")
    return [tmp_path / "in" / f"{name}.txt" for name in (*LABELS, "plain")]


@pytest.fixture
def study(tmp_path, paths):
    """A project that has the first file already, and another text called `two`."""
    with qualcode.new(tmp_path / "study.qualcode", "AK") as project:
        bring_in(project, paths[:1])
        project.documents.add("two", "Else.\n", [])
        yield project


def stored(study):
    people = {person.id: person for person in study.people.all()}
    return {
        (document.name, each.label): (each.part, people[each.person].name if each.person else "")
        for document in study.documents
        for each in study.documents.speakers(document)
    }


def everything(study):
    """What stands in the project, its log, its coders and its texts."""
    tables = ("action", "coder", "text", "original", "turn", "log_document", "log_person")
    return rows_of(study), {table: study.store.rows(f"SELECT * FROM {table}") for table in tables}


SHEET = "file,speaker,part,person,role,case,wave\ntwo,SU2,,P2,SU,A,1\nfour,INT,interviewer,,,,\nnine,,,P9,SU,,\n"


@pytest.mark.parametrize("sheet", ["", SHEET, SHEET + "four,Nobody,,P4,,,\n"])
def test_what_is_foreseen_is_what_is_done(study, paths, tmp_path, sheet):
    (tmp_path / "sheet.csv").write_text(sheet)
    options = Options(sheet=tmp_path / "sheet.csv") if sheet else Options(people=(("PW", "Pat"),))
    foreseen = rehearse(study, look(paths, options), options)
    done = bring_in(study, paths, options)
    there = stored(study)
    assert {
        (each.document, each.label): (each.part, each.person) for each in foreseen.speakers
    }.items() <= there.items()
    assert len(foreseen.speakers) == sum(name != "two" for name, _ in there)
    assert (foreseen.would.notes, foreseen.would.warnings) == (done.notes, done.warnings)
    assert (foreseen.would.wrong_rows, foreseen.would.unmatched_rows) == (done.wrong_rows, done.unmatched_rows)
    assert [document.name for document in foreseen.would.added] == [document.name for document in done.added]
    assert list(foreseen.of(paths[1])) == ["two (2)"]


def test_nothing_stays_of_it(study, paths):
    before = everything(study)
    assert rehearse(study, look(paths, Options()), Options()).would.added
    assert everything(study) == before
    assert study.check() == []


def test_nobody_need_be_named_for_it_and_nobody_is_announced(study, paths):
    heard = []
    with qualcode.open(study.path, announce=heard.append) as anybody:
        assert rehearse(anybody, look(paths, Options()), Options()).would.added
        assert anybody.coder is None
    assert heard == []


def test_an_error_in_the_middle_leaves_nothing_either(study, paths):
    before = everything(study)

    def stop(_number, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rehearse(study, look(paths, Options()), Options(), stop)
    assert everything(study) == before
    assert study.coder == "AK"


def test_inside_an_action_it_is_refused_since_that_would_keep_it(study, paths):
    with pytest.raises(RefusedError, match="middle of an action"), study.action("other"):
        rehearse(study, look(paths, Options()), Options())
    assert "three" not in {document.name for document in study.documents}


@pytest.fixture
def shell(study, tmp_path, monkeypatch):
    study.close()
    return Shell(tmp_path, monkeypatch)


def test_the_dry_run_tells_the_names_that_change_and_the_name_a_document_gets(shell):
    dry = shell("import", "in", "--dry-run")
    assert "one is now SU1, as if all files had come at once" in dry.stderr
    rows = [line.split() for line in dry.stdout.splitlines()]
    assert ["one", "txt,", "utf-8", "SU1", "participant", "SU1", "SU", "2", "3"] in rows
    assert any(row[:2] == ["two", "(2)"] and "SU2" in row for row in rows)
    assert "Kim speaks" not in dry.stderr  # two files only
    done = shell("import", "in", "--coder", "AK")
    for line in dry.stderr.splitlines():
        if "as if all files" in line or "differs from its file" in line:
            assert line in done.stderr


def test_a_file_that_was_forgotten_is_refused_in_the_dry_run_as_in_the_import(shell):
    shell.done("forget", "--document", "one", "--yes", "--coder", "AK")
    dry = shell("import", "in/one.txt", "--dry-run")
    done = shell("import", "in/one.txt", "--coder", "AK")
    assert (dry.exit_code, done.exit_code) == (2, 2)
    assert "--again" in dry.stderr
    assert shell("import", "in/one.txt", "--dry-run", "--again").exit_code == 0
