"""`qualcode table`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.analysis_options import analysis_options, options_for
from qualcode.cli.citing import as_cited, citation_options, warn
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import (
    Documented,
    coder_known,
    coder_option,
    opened,
    project_option,
    standing_code,
    whole,
    with_json,
)
from qualcode.cli.printing import aligned, hanging, indented
from qualcode.cli.writing import keep_originals, out_option, scan
from qualcode.errors import not_found
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.table import Evidence, Heading, Table


@click.command(
    "table",
    cls=Documented,
    examples=[
        "qualcode table --list",
        "qualcode table change-model --role SU",
        "qualcode table change-model --open M2a P3",
        "qualcode table quotes --citations publication --out quotes.docx",
        "qualcode table change-model --out matrix.docx --out matrix.csv",
    ],
)
@click.argument("name", required=False)
@click.option("--list", "list_names", is_flag=True, help="Print which tables there are.")
@out_option("Write it: .csv .docx .html .json .md .tex .xlsx.")
@click.option("--open", "cell", metavar="ROW COLUMN", nargs=2, help="Print the passages that a cell rests on.")
@analysis_options
@citation_options
@click.option("--width", type=whole(24), help="Cells of a printed line; else the terminal's.")
@with_json
@project_option
@coder_option
def table_command(
    name: str | None,
    list_names: bool,
    paths: tuple[str, ...],
    is_forced: bool,
    cell: tuple[str, str] | None,
    width: int | None,
    citations: str,
    small_cell: int | None,
    as_json: bool,
    project_file: str | None,
    coder: str | None,
    **said: Any,
) -> None:
    """Print a table, or write it to files.

    Its notes say what was counted, whose coding, of how many. The unit is people unless said otherwise; coders are
    never summed. With --open each number shows the passages it rests on.
    """
    if list_names or name is None:
        _say_names(as_json)
        return
    from qualcode.analysis import cited
    from qualcode.analysis.offered import table_maker

    function = table_maker(name)
    with opened(project_file, lambda: coder_known(coder) or None) as study:
        keep_originals(study, paths, is_forced)
        project = as_cited(study, citations, small_cell)
        table = cited(function(project, **options_for(name, function, said)), project)
        if cell:
            _say_cell(project, table, *cell, as_json=as_json)
        elif as_json:
            from qualcode.report.json_file import content

            click.echo(content(table), nl=False)
        elif not paths:
            print_table(table, width)
        if as_json or paths:
            warn([table])
        for path in paths:
            write(project, table, Path(path))


def _say_names(as_json: bool) -> None:
    from qualcode.analysis import TABLES

    if as_json:
        say_json([{"name": name, "shows": offer.shows, "need": offer.need} for name, offer in TABLES.items()])
    else:
        say(aligned(("table", "for", "shows"), [(name, offer.need, offer.shows) for name, offer in TABLES.items()]))


def print_table(table: "Table", width: int | None) -> None:
    """Print a table, with bold and dim lettering on a terminal that wants it."""
    from qualcode.report import render

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    click.echo(render(table, width, colour=colour), nl=False)


def _say_cell(project: "Project", table: "Table", row: str, column: str, *, as_json: bool) -> None:
    row, column = _key(project, table.rows, row, "row"), _key(project, table.columns, column, "column")
    quotations = table.quotations(row, column)
    people = _people(project, table.evidence(row, column))
    if as_json:
        evidence = table.evidence(row, column)
        say_json(
            {
                "row": row,
                "column": column,
                "value": table.value(row, column),
                "evidence": {"kind": evidence.kind, "ids": list(evidence.ids)},
                "quotations": [
                    {"document": each.document, "label": each.label, "citation": each.citation, "start": each.start,
                     "end": each.end, "speaker": each.speaker, "question": each.before, "words": each.words}
                    for each in quotations
                ],
                "people": people,
            }
        )  # fmt: skip
        return
    for each in quotations:
        say(hanging(visible_line(f"{each.label}  {each.citation}")))
        if each.before:
            say(indented(f"Asked: {each.before}"))
        say(f"{indented(each.words)}\n")
    for person in people:
        say(visible_line(f"{person['name']}  case {person['case']}" if person["case"] else person["name"]))
        for document in person["documents"]:
            wave = "" if document["wave"] == "-" else f"wave {document['wave']}"
            parts = (document["name"], wave, document["role"] or "no role")
            say(visible_line(f"    {', '.join(part for part in parts if part)}"))
    evidence = table.evidence(row, column)
    withheld = len(evidence.ids) - len(quotations) if evidence.kind in {"segment", "claim"} else 0
    rests_on = counted(len(quotations) + withheld, "passage")
    if _counts_people(table):
        rests_on = counted(len(people), "person", "people")
    note(f"{row} by {column}: {table.value(row, column)}; it rests on {rests_on}")
    if withheld:
        note(f"{counted(withheld, 'passage')} not printed: marked quote = no")


def _counts_people(table: "Table") -> bool:
    """Whether the table's numbers rest on people rather than on what they say."""
    kinds = (table.evidence(row.key, column.key).kind for row in table.rows for column in table.columns)
    return next((kind for kind in kinds if kind != "none"), "") == "person"


def _people(project: "Project", evidence: "Evidence") -> list[dict[str, Any]]:
    """The people that a number rests on, with the documents they speak in and their role there."""
    from qualcode.project.voices import Voices, role_at

    if evidence.kind != "person":
        return []
    known = {person.id: person for person in project.people.all()}
    cases = {case.id: case.name for case in project.cases.all()}
    speaking = [(each, set(Voices.of(project.store, each.id).people)) for each in project.documents.all()]
    return [
        {
            "id": person.id,
            "name": person.name,
            "case": cases.get(person.case or 0),
            "documents": [
                {"name": document.name, "wave": document.wave, "role": role_at(person, document.wave)}
                for document, heard in speaking
                if person.id in heard
            ],
        }
        for person in (known[each] for each in evidence.ids)
    ]


def _key(project: "Project", headings: "tuple[Heading, ...]", given: str, noun: str) -> str:
    keys = {_typed(heading.key): heading.key for heading in headings}
    if _typed(given) not in keys:
        given = standing_code(project, given)
    if _typed(given) not in keys:
        raise not_found(noun, given, keys.values())
    return keys[_typed(given)]


def _typed(key: str) -> str:
    """In any case and with any blanks; an arrow may be typed as ->."""
    return "".join(key.replace("->", "→").casefold().split())


def write(project: "Project", table: "Table", path: Path) -> None:
    """Write a table to a file, and let the project remember that it was, for `forget` to name."""
    from qualcode.report.exporting import export

    written = export(project, table, path, scan())
    said = f"{path} and its exact twin {written[1].name}" if len(written) > 1 else str(path)
    say(f"Wrote {visible_line(said)}")
