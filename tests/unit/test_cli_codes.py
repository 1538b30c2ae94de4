"""Single codes from the command line, and a codebook file applied over codes that are there."""

import shutil

import pytest

from tests.command_line import Shell, a_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with a_study(tmp_path_factory.mktemp("study")) as project:
        return project.path


@pytest.fixture
def shell(tmp_path, monkeypatch, study):
    shutil.copy(study, tmp_path)
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def code(shell, short):
    [found] = shell.json("codebook", "show", short)["codes"]
    return found


def order(shell):
    return [each["code"] for each in shell.json("codebook", "show")["codes"]]


def last_verb(shell):
    return shell.json("history", "--limit", "1")[0]["verb"]


def undone(shell, short):
    shell.done("undo")
    return code(shell, short)


# -- adding and changing


def test_a_code_is_added_under_another_and_takes_its_kind(shell):
    said = shell.done("codebook", "add", "M2e", "Shared jokes", "--parent", "m2", "--brief", "They laugh.")
    assert said == "M2e added: Shared jokes\n"
    made = code(shell, "M2e")
    assert (made["parent"], made["kind"], made["brief"]) == ("M2", "mechanism", "They laugh.")
    assert last_verb(shell) == "add code"
    shell.done("undo")
    assert "there is no code" in shell.refused("codebook", "show", "M2e")


def test_a_code_is_added_with_all_that_a_file_can_say(shell):
    shell.done(
        *("codebook", "add", "D9", "Rest", "--kind", "downstream outcome", "--valence", "good", "--key", "r"),
        *("--applies-to", "SU,PW", "--leads-to", "P3", "--colour", "#2E7D32", "--stage", "open", "--in-vivo"),
        *("--definition", "d", "--include", "i", "--exclude", "x", "--example", "e"),
    )
    made = code(shell, "D9")
    assert (made["kind"], made["valence"], made["key"], made["colour"]) == (
        "downstream outcome",
        "good",
        "r",
        "#2E7D32",
    )
    assert (made["applies_to"], made["leads_to"], made["stage"], made["in_vivo"]) == (
        ["SU", "PW"],
        ["P3"],
        "open",
        True,
    )
    assert [made[name] for name in ("definition", "include", "exclude", "example")] == ["d", "i", "x", "e"]


def test_a_code_is_printed_for_programs(shell):
    printed = shell.json("codebook", "add", "M9", "New")
    assert [each["code"] for each in printed["codes"]] == ["M9"]
    assert printed["codebook_version"] == shell.json("codebook", "show")["codebook_version"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "M2a", "x"), "there is a code M2a already"),
        (("add", "M 2", "x"), "not a short name"),
        (("add", "M9", " "), "no name"),
        (("add", "M9", "two\nlines"), "one line"),
        (("add", "M9", "x", "--parent", "M22"), "Did you mean"),
        (("add", "M9", "x", "--kind", "mechansim"), "mechanism"),
        (("add", "M9", "x", "--colour", "green"), "#2E7D32"),
        (("add", "M9", "x", "--key", "ab"), "one character"),
        (("add", "M9", "x", "--leads-to", "P33"), "Did you mean"),
        (("add", "M9", "x", "--leads-to", "M9"), "itself"),
        (("change", "M2a"), "say what"),
        (("change", "nope", "--name", "x"), "there is no code"),
        (("change", "M2a", "--id", "P3"), "there is a code P3 already"),
        (("move", "M2", "--parent", "M2a"), "below it"),
        (("move", "M2"), "say where"),
        (("move", "M2a", "--top", "--parent", "M2"), "one place"),
        (("move", "M2a", "--before", "M2a"), "itself"),
        (("move", "M2a", "--parent", "P3", "--before", "M2"), "does not stand"),
        (("merge", "M2", "M2a"), "below it"),
        (("merge", "P3", "P3"), "cannot be merged"),
        (("unmerge", "P3"), "not merged"),
        (("revive", "P3"), "live already"),
    ],
)
def test_what_cannot_be_done_to_a_code_is_said_and_nothing_is_written(shell, words, said):
    before = shell.json("history", "--limit", "0")
    assert said in shell.refused("codebook", *words)
    assert shell.json("history", "--limit", "0") == before


def test_a_key_is_one_codes(shell):
    shell.done("codebook", "change", "P3", "--key", "h")
    assert "P3" in shell.refused("codebook", "change", "M2a", "--key", "h")


def test_a_change_renames_and_redefines_in_one_action(shell):
    version = shell.json("codebook", "show")["codebook_version"]
    said = shell.done("codebook", "change", "p3", "--name", "Hope again", "--brief", "New", "--valence", "good")
    assert "P3 renamed: Hope → Hope again" in said
    assert "P3 redefined: brief added" in said
    assert "P3 changed: valence neutral → good" in said
    now = code(shell, "P3")
    assert (now["name"], now["brief"], now["definition"], now["version"]) == ("Hope again", "New", "Hope\nreally", 2)
    assert shell.json("codebook", "show")["codebook_version"] == version + 1
    assert last_verb(shell) == "change code"
    assert undone(shell, "P3")["name"] == "Hope"


def test_what_was_said_of_a_code_is_taken_back_with_nothing(shell):
    shell.done("codebook", "change", "M2a", "--applies-to", "SU", "--leads-to", "P3", "--in-vivo", "--stage", "open")
    shell.done("codebook", "change", "M2a", "--applies-to", "", "--leads-to", "", "--not-in-vivo", "--stage", "")
    now = code(shell, "M2a")
    assert (now["applies_to"], now["leads_to"], now["in_vivo"], now["stage"]) == ([], [], False, "")


def test_a_code_has_its_places_in_the_paradigms_of_several_phenomena(shell, tmp_path):
    shell.done("codebook", "change", "M2a", "--leads-to", "P3", "--axial", "strategy of p3, context of M2")
    assert code(shell, "M2a")["axial"] == ["strategy of P3", "context of M2"]
    assert code(shell, "M2a")["leads_to"] == ["P3"]
    file = tmp_path / "again.yaml"
    shell.done("codebook", "export", str(file))
    assert "axial: [strategy of P3, context of M2]" in file.read_text(encoding="utf-8")
    shell.done("codebook", "change", "M2a", "--axial", "")
    assert "axial none → strategy of P3, context of M2" in shell.done("codebook", "apply", str(file))
    assert code(shell, "M2a")["axial"] == ["strategy of P3", "context of M2"]
    shell.done("codebook", "change", "M2a", "--leads-to", "")
    assert code(shell, "M2a")["axial"] == ["strategy of P3", "context of M2"]
    shell.refused("codebook", "change", "M2a", "--axial", "luck of P3")


def test_a_change_that_changes_nothing_is_no_action(shell):
    before = shell.json("history")
    assert "no difference" in shell("codebook", "change", "P3", "--name", "Hope").stderr
    assert shell.json("history") == before


def test_a_code_gets_another_id_and_keeps_its_passages(shell):
    shell.done("code", "A-SU1", "2", "M2a")
    assert shell.done("codebook", "change", "M2a", "--id", "M2x") == "M2a is now M2x: Living proof\n"
    assert shell.json("segments")[0]["code"] == "M2x"
    assert "there is no code" in shell.refused("codebook", "show", "M2a")
    shell.done("codebook", "change", "M2x", "--id", "m2X", "--name", "Proof")
    assert code(shell, "m2x")["name"] == "Proof"
    shell.done("undo")
    shell.done("undo")
    assert code(shell, "M2a")["name"] == "Living proof"


# -- moving


def test_a_code_is_moved_under_another_to_a_place_and_to_the_top(shell):
    shell.done("codebook", "add", "M2b", "b", "--parent", "M2")
    shell.done("codebook", "add", "M2c", "c", "--parent", "M2")
    shell.done("codebook", "move", "M2c", "--before", "M2a")
    assert order(shell) == ["M2", "M2c", "M2a", "M2b", "P3"]
    assert last_verb(shell) == "move code"
    shell.done("codebook", "move", "M2c", "--after", "M2a")
    assert order(shell) == ["M2", "M2a", "M2c", "M2b", "P3"]
    assert shell.done("codebook", "move", "M2c", "--parent", "P3") == "M2c moved: from M2 to P3\n"
    assert code(shell, "M2c")["parent"] == "P3"
    assert shell.done("codebook", "move", "M2c", "--top") == "M2c moved: from P3 to the top\n"
    assert code(shell, "M2c")["parent"] is None
    assert undone(shell, "M2c")["parent"] == "P3"


# -- merging and retiring


def test_a_merged_code_counts_as_the_other_until_it_is_unmerged(shell):
    shell.done("code", "A-SU1", "2", "M2a")
    assert "M2a merged into P3" in shell.done("codebook", "merge", "m2a", "p3")
    assert shell.json("segments", "--code", "P3")[0]["code"] == "P3"
    assert "merged into P3" in shell.done("codebook", "show", "--retired")
    assert "merged into: P3" in shell.done("codebook", "show", "M2a")
    assert last_verb(shell) == "merge codes"
    for verb in ("revive", "retire"):
        assert "Unmerge M2a first" in shell.refused("codebook", verb, "M2a")
    assert "M2a stands for itself again" in shell.done("codebook", "unmerge", "M2a")
    assert shell.json("segments")[0]["code"] == "M2a"


def test_codes_are_retired_and_brought_back_together(shell):
    result = shell("codebook", "retire", "M2", "P3")
    assert result.stdout == "M2 retired: Role-modelling\nP3 retired: Hope\n"
    assert "M2a" in result.stderr  # stays in use below it
    assert order(shell) == ["M2a"]
    assert last_verb(shell) == "retire codes"
    assert shell.done("codebook", "revive", "M2", "P3") == "M2 in use again: Role-modelling\nP3 in use again: Hope\n"
    shell.done("undo")
    assert order(shell) == ["M2a"]
    shell.done("undo")
    assert order(shell) == ["M2", "M2a", "P3"]


def test_a_retired_code_is_not_changed(shell):
    shell.done("codebook", "retire", "P3")
    assert "codebook revive P3" in shell.refused("codebook", "change", "P3", "--name", "x")


# -- files over codes that are there


@pytest.fixture
def ours(shell, tmp_path):
    shell.done("codebook", "export", "ours.yaml")
    return tmp_path / "ours.yaml"


def without(path, first, last):
    text = path.read_text()
    start = text.index(first)
    path.write_text(text[:start] + (text[text.index(last) :] if last else ""))


def test_codes_that_a_file_does_not_name_stay_and_it_is_said(shell, ours):
    before = order(shell)
    without(ours, "  - id: P3", None)
    for words in (("--dry-run",), ()):
        result = shell("codebook", "apply", "ours.yaml", *words)
        assert "P3" in result.stderr
        assert "--retire-missing" in result.stderr
        assert result.stdout == ""
    assert order(shell) == before


def test_codes_that_a_file_does_not_name_are_retired_on_demand_in_the_same_action(shell, ours):
    without(ours, "  - id: P3", None)
    ours.write_text(ours.read_text().replace("Living proof", "Proof"))
    planned = shell.done("codebook", "apply", "ours.yaml", "--retire-missing", "--dry-run")
    assert shell.done("codebook", "apply", "ours.yaml", "--retire-missing") == planned
    assert planned == "M2a renamed: Living proof → Proof\nP3 retired: Hope\n"
    assert order(shell) == ["M2", "M2a"]
    shell.done("undo")
    assert order(shell) == ["M2", "M2a", "P3"]


def test_diff_says_what_apply_does(shell, ours, tmp_path):
    shutil.copy(ours, tmp_path / "before.yaml")
    without(ours, "  - id: P3", None)
    result = shell("codebook", "diff", "before.yaml", "ours.yaml")
    assert result.stdout == "P3 left out: Hope\n"
    assert "--retire-missing" in result.stderr
    assert shell.json("codebook", "diff", "before.yaml", "ours.yaml")[0]["kind"] == "left out"
    assert shell.json("codebook", "apply", "ours.yaml", "--retire-missing", "--dry-run") == [
        {"kind": "retired", "code": "P3", "words": "P3 retired: Hope"}
    ]


def test_a_new_id_in_a_file_makes_a_new_code_and_the_remedy_is_said(shell, ours, tmp_path):
    shutil.copy(ours, tmp_path / "before.yaml")
    ours.write_text(ours.read_text().replace("id: P3", "id: P33"))
    for words in (("diff", "before.yaml", "ours.yaml"), ("apply", "ours.yaml", "--dry-run"), ("apply", "ours.yaml")):
        said = shell("codebook", *words).stderr
        assert "qualcode codebook change P3 --id P33" in said
    assert order(shell) == ["M2", "M2a", "P3", "P33"]
    shell.done("undo")
    shell.done("codebook", "change", "P3", "--id", "P33")
    assert "no difference" in shell("codebook", "apply", "ours.yaml").stderr


@pytest.mark.usefixtures("ours")
def test_a_file_that_names_retired_codes_is_refused_already_in_a_dry_run(shell):
    shell.done("codebook", "retire", "P3")
    shell.done("codebook", "merge", "M2a", "M2")
    for words in ((), ("--dry-run",)):
        said = shell.refused("codebook", "apply", "ours.yaml", *words)
        assert "qualcode codebook revive P3" in said
        assert "qualcode codebook unmerge M2a" in said


def test_a_file_that_spells_an_id_otherwise_is_refused(shell, ours):
    ours.write_text(ours.read_text().replace("id: P3", "id: p3"))
    assert "P3" in shell.refused("codebook", "apply", "ours.yaml", "--dry-run")


def test_a_shipped_codebook_over_own_codes_is_told_and_needs_a_yes(shell):
    before = shell.json("codebook", "show")
    said = shell.refused("codebook", "apply", "peer_worker_change_model", typed="y\n")
    assert "P3 redefined" in said
    assert "--yes" in said
    assert shell.json("codebook", "show") == before
    assert "P3 redefined" in shell.done("codebook", "apply", "peer_worker_change_model", "--dry-run")
    assert "P3 redefined" in shell.done("codebook", "apply", "peer_worker_change_model", "--yes")
    assert "no difference" in shell("codebook", "apply", "peer_worker_change_model").stderr


def test_a_shipped_codebook_beside_own_codes_needs_no_yes(shell):
    assert "added" in shell.done("codebook", "apply", "process_evaluation")


def test_a_merged_code_leads_to_the_one_that_stands_for_it(shell):
    shell.done("code", "A-SU1", "2", "M2a")
    shell.done("codebook", "add", "M2b", "Other proof", "--parent", "M2")
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("codebook", "merge", "M2a", "M2b")
    shown = shell("segments", "--code", "M2a")
    assert "so can I" in shown.stdout
    assert "M2a was merged into M2b" in shown.stderr
    opened = shell("table", "change-model", "--open", "m2a", "P3")
    assert "so can I" in opened.stdout
    assert "M2a was merged into M2b" in opened.stderr
    assert "M2b by P3: 1" in opened.stderr
    filtered = shell("table", "codebook", "--code", "M2a")
    assert (filtered.exit_code, "M2b" in filtered.stdout) == (0, True)


@pytest.mark.parametrize("short", ["?", "??", "#x", "34-36", "¶12", "@1:2"])
def test_a_code_is_not_called_what_pencil_notes_read_otherwise(shell, short):
    assert "Begin it with a letter" in shell.refused("codebook", "add", short, "Anything")
    assert "Begin it with a letter" in shell.refused("codebook", "change", "M2a", "--id", short)


def test_coding_again_with_other_flags_leads_to_recode(shell):
    shell.done("code", "A-SU1", "2", "M2a")
    assert "to change it: qualcode recode 1" in shell("code", "A-SU1", "2", "M2a", "--unsure", "why").stderr


def test_a_turn_is_not_given_to_a_speaker_without_a_name(shell):
    said = shell.refused("revise", "A-SU1", "--turn", "2", "--speaker", " ", "--reason", "slip")
    assert "nobody" in said
