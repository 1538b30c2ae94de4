"""Two scenes of a researcher's day, key for key, on 71 interviews: what the screen says is what the project holds."""

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

import qualcode
from qualcode.analysis import arrow, change_model
from qualcode.model import Claim
from qualcode.project import Project
from qualcode.project.voices import Voices, role_at
from qualcode.table import Table
from qualcode.visible import counted
from qualcode.work import split_code, synthetic
from tests.builders import rows_of

pytestmark = [
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
    pytest.mark.xdist_group("workbench"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    return synthetic.make(tmp_path_factory.mktemp("synthetic") / "study.qualcode", synthetic.DESIGNS["71"])


@pytest.fixture
def study(made, tmp_path) -> Path:
    return Path(shutil.copy(made, tmp_path / "study.qualcode"))


# -- scene 1: the number that opens


@dataclass(frozen=True)
class Cell:
    """A cell of the change model: where it stands, how many people, and how many from their own experience."""

    row: int
    column: int
    source: str
    target: str
    people: int
    own: int
    claims: int
    own_claims: int


def a_telling_cell(project: Project) -> Cell:
    """The fullest cell between two codes in which some tell of themselves, and somebody has it from hearsay."""
    everybody, own = change_model(project), change_model(project, own_only=True)
    cells = [
        cell
        for row, source in enumerate(everybody.rows)
        for column, target in enumerate(everybody.columns[:-1])
        if (cell := at(everybody, own, row, column, source.key, target.key)).own
        and dict(arrow(project, source.key, target.key).standings).get("hearsay")
    ]
    return max(cells, key=lambda cell: cell.people)


def at(everybody: Table, own: Table, row: int, column: int, source: str, target: str) -> Cell:
    people, of_own = (int(table.value(source, target) or 0) for table in (everybody, own))
    claims, own_claims = (len(table.evidence(source, target).ids) for table in (everybody, own))
    return Cell(row, column, source, target, people, of_own, claims, own_claims)


def role_of(project: Project, claim: Claim) -> str:
    """The role in which somebody says so; each of the 71 speaks alone."""
    voices, people = Voices.of(project.store, claim.document), {each.id: each for each in project.people.all()}
    (person,) = voices.between(claim.start, claim.end)
    return role_at(people[person], "-")


def by_role(project: Project, claims: list[Claim]) -> list[tuple[str, list[Claim]]]:
    """Claims split by role, in the project's order of roles."""
    roles = [role.short for role in project.roles.all()]
    found = {role: [each for each in claims if role_of(project, each) == role] for role in roles}
    return [(role, some) for role, some in found.items() if some]


def test_the_number_that_opens(study, terminal, tmp_path):
    with qualcode.open(study, "AK") as project:
        cell = a_telling_cell(project)
        table = change_model(project)
        names = [next(head.text for head in heads if head.key == key)
                 for heads, key in ((table.rows, cell.source), (table.columns, cell.target))]  # fmt: skip
        found = project.claims.by_ids(table.evidence(cell.source, cell.target).ids)
        claims = sorted(found, key=lambda each: (each.document, each.start, each.end, each.id))
        first = min(project.quotations(claims), key=lambda each: each.document.casefold())
        split = by_role(project, claims)
        told = arrow(project, cell.source, cell.target)
        hearsay = next(some for role, some in split if project.roles.get(role).standing == "hearsay")[0]
    one = terminal()
    one.open(study)
    one.wait_for("A-PW1")
    one.press("T")
    one.wait_for("what leads to what")
    one.type("/change-model")
    one.press("Enter")
    one.wait_for("change model")
    one.press("Enter")
    one.wait_for("evidence: claims only")
    one.press(*["Down"] * cell.row, *["Right"] * cell.column)
    shown = one.wait_for("  ".join(f"{role} {people}/{of}" for role, people, of in told.roles))
    assert f"{cell.people} of {told.people[1]} people" in shown

    one.press("Enter")
    shown = one.wait_for(f"{counted(cell.claims, 'passage')} by AK · {counted(cell.people, 'person', 'people')}")
    assert " → ".join(names) in shown
    one.wait_for(first.before.split("\n")[0][:60])
    one.wait_for(first.words[:60])

    one.type("r")
    shown = one.wait_for("by role")
    headings = [line.split() for line in shown.splitlines() if line.split()[:1] in [[role] for role, _ in split]]
    assert headings[0] == [split[0][0], str(len(split[0][1]))]
    lines = [line.split() for line in shown.splitlines()]
    assert [line for line in lines if line[:1] == [split[0][0]]] == [[split[0][0], str(len(split[0][1]))]]

    one.type("o")
    shown = one.wait_for(f"{counted(cell.own_claims, 'passage')} by AK · {counted(cell.own, 'person', 'people')}")
    assert "own experience only" in shown
    one.type("o")
    one.wait_for(f"{counted(cell.claims, 'passage')} by ")

    in_order = [each.id for _, some in split for each in some]
    one.press("g", *["Down"] * in_order.index(hearsay.id))
    one.type("~")
    one.wait_for(": why?")
    one.type("only heard of it")
    one.press("Enter")
    one.wait_for("Unsure: 1 passage")
    one.wait_for(f"{counted(cell.claims, 'passage')} by ")
    with qualcode.open(study) as project:
        doubted = [each for each in project.claims.find() if each.unsure == "only heard of it"]
    assert [(each.document, each.start, each.end) for each in doubted] == [
        (hearsay.document, hearsay.start, hearsay.end)
    ]

    one.press("Escape")
    one.wait_for("evidence: claims only")
    one.type("o")
    one.wait_for("own experience only")
    one.wait_for(f"{cell.own} of {told.people[1]} people")
    one.type("e")
    one.wait_for("Write to")
    one.press("C-u")
    one.type(str(tmp_path / "model.docx"))
    one.press("Enter")
    one.wait_for("Written")
    assert_written(tmp_path / "model.docx", cell)


def assert_written(path: Path, cell: Cell) -> None:
    """The file says what was filtered, and has the number that was on the screen."""
    import docx

    file = docx.Document(str(path))
    assert any("Filter: own experience only" in each.text for each in file.paragraphs)
    rows = [[each.text for each in row.cells] for table in file.tables for row in table.rows]
    (line,) = [row for row in rows if row[0].split(" ")[0] == cell.source]
    assert str(cell.own) in {each.rstrip("−○┄*").split(" ")[0] for each in line[1:]}


# -- scene 2: the late split


def test_the_late_split(study, terminal):
    with qualcode.open(study, "AK") as project:
        before = rows_of(project)
        code = project.codes.get("M1b")
        own = project.coders.get("AK").id
        cards = [each for each in split_code.passages(project, code) if each.coder == own]
        roles = split_code.roles_in(project, cards)
        names = {role.short: role.name for role in project.roles.all()}
        version = project.codebook_version
    keys = ["s" if n % 9 == 8 else "b" if roles[each.id][0] in ("ST", "MG") else "a" for n, each in enumerate(cards)]
    on_b = [each for each, key in zip(cards, keys, strict=True) if key == "b"]
    on_a = [each for each, key in zip(cards, keys, strict=True) if key == "a"]
    (most, count), *_ = Counter(roles[each.id][0] for each in on_b).most_common()

    one = terminal()
    one.open(study)
    one.wait_for("A-PW1")
    one.press("F3")
    one.wait_for("Codebook")
    one.type("/without explaining")
    one.press("Enter")
    one.wait_for("Understood without explaining")
    one.type("s")
    shown = one.wait_for(f"Card 1 of {len(cards)}")
    assert "Split M1b" in shown
    with qualcode.open(study) as project:
        one.wait_for(project.quotations(cards[:1])[0].words[:60])
    one.type("".join(keys[:-1]))
    one.wait_for("1 still to come")
    one.type(keys[-1])
    shown = one.wait_for("all decided")
    lines = {line.split()[0]: line for line in shown.splitlines()[:8] if line.split()}
    assert lines["b"].split()[1] == str(len(on_b))
    assert f"{count} of {len(on_b)} {names[most]}" in lines["b"]
    assert lines["a"].split()[1] == str(len(on_a))
    assert lines["s"].split()[1] == str(keys.count("s"))

    one.press("Enter")
    one.wait_for(f"Pile a, {counted(len(on_a), 'passage')}")
    one.press("Enter")
    one.wait_for("id of “Understood without explaining”")
    one.press("Enter")
    one.wait_for("when to use M1b")
    one.press("Enter")
    one.wait_for(f"Pile b, {counted(len(on_b), 'passage')}")
    one.type("Staff say it is so")
    one.press("Enter")
    one.wait_for("id of “Staff say it is so”")
    one.press("Enter")
    one.wait_for("when to use M1b2")
    one.type("said by staff of others")
    one.press("Enter")
    one.wait_for("The boundary")
    one.type("Own words stay; what staff say of others goes to M1b2.")
    one.press("F2")
    one.wait_for(f"M1b ({len(on_a)}) + M1b2 ({len(on_b)})")
    one.type("n")
    shown = one.wait_for("is split")
    with qualcode.open(study, "AK") as project:
        parts = [project.codes.get(short) for short in ("M1b", "M1b2")]
        now = Counter(each.code for each in project.segments.find() if each.coder == own)
        queue = split_code.coded_before(project, parts[0])
        assert [now[each.id] for each in parts] == [len(on_a) + keys.count("s"), len(on_b)]
        assert all("goes to M1b2" in each.definition.exclude for each in parts)
        assert project.history.actions(1)[0].verb == "split code"
        assert project.codebook_version == version + 1
        done = rows_of(project)
    assert f"codebook version {version + 1}" in shown
    assert f"{counted(len(queue), 'document')} coded before the split" in " ".join(shown.split())

    one.type("o")
    one.wait_for(f"{counted(len(queue), 'document')} coded before version {parts[0].version}")
    one.type("Q")
    one.wait_until_left()

    after_lunch = terminal()
    after_lunch.open(study)
    after_lunch.wait_for("A-PW1")
    after_lunch.type("u")
    after_lunch.wait_for("Undone: split code")
    with qualcode.open(study, "AK") as project:
        assert rows_of(project) == before != done
        assert project.check() == []
