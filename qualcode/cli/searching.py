"""`qualcode search`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, reads, with_json, with_width
from qualcode.cli.printing import aligned, hanging, indented
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Hit
    from qualcode.project import Project
    from qualcode.work.search import Found, How


@click.command(
    "search",
    cls=Documented,
    examples=[
        'qualcode search "so can I"',
        "qualcode search hope better --any --role SU --not-coded",
        "qualcode search hope --whole --code P3 --counts",
        "qualcode search 'hop(e|ing)' --regex --context",
    ],
)
@click.argument("words", nargs=-1, required=True)
@click.option("--any", "is_any", is_flag=True, help="Any of the words, not all of them one after the other.")
@click.option("--regex", "is_regex", is_flag=True, help="WORDS is a regular expression (of Python), in any case.")
@click.option("--whole", is_flag=True, help="Whole words only: hope then does not find hopeful.")
@click.option("--document", "documents", metavar="NAME", multiple=True)
@click.option("--person", "people", metavar="NAME", multiple=True, help="Who says it.")
@click.option("--case", "cases", metavar="NAME", multiple=True, help="With all cases inside it.")
@click.option("--role", "roles", metavar="ROLE", multiple=True, help="At the document's wave: PW, SU, ...")
@click.option("--wave", "waves", metavar="NAME", multiple=True)
@click.option("--code", "codes", metavar="CODE", multiple=True, help="Only where this, or what is below it, is coded.")
@click.option("--coded-by", "coders", metavar="CODER", multiple=True, help="Whose coding --code and --not-coded mean.")
@click.option("--not-coded", "uncoded", is_flag=True, help="Only where nothing is coded yet.")
@click.option("--said", is_flag=True, help="Only what participants say, not the interviewer's words.")
@click.option("--context", is_flag=True, help="Print the words before and after each place, too.")
@click.option("--counts", is_flag=True, help="Print how many places each document has, and no words.")
@with_width
@with_json
@reads
def search_command(
    project: "Project",
    /,
    words: tuple[str, ...],
    is_any: bool,
    is_regex: bool,
    context: bool,
    counts: bool,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Look for words in all documents, whatever is coded there: citation and words of each place.

    Case, accents and the shape of quotation marks make no difference. Options narrow it down: all must hold; of one
    that is given twice, either. Only the current text of each document is looked through.
    """
    from qualcode.work.search import Search, search

    if is_any and is_regex:
        raise click.UsageError("--any is for words, --regex for a pattern: leave one out")
    if wanted["uncoded"] and wanted["codes"]:
        raise click.UsageError("what is coded is not uncoded: leave out --code or --not-coded")
    how: How = "any" if is_any else "regex" if is_regex else "phrase"
    found = search(project, Search(" ".join(words), how, **wanted))
    if as_json:
        say_json(_shape(project, found))
    elif counts:
        _say_counts(found)
    else:
        _say_hits(project, found.hits, context=context)
    documents = sum(1 for count in found.counts.values() if count)
    note(f"{counted(len(found.hits), 'place')} in {documents} of {counted(len(found.documents), 'document')}")


def _shape(project: "Project", found: "Found") -> dict[str, Any]:
    from qualcode.cli.shapes import hit_shape
    from qualcode.work.search import surroundings

    return {
        "count": len(found.hits),
        "documents": [{"document": each.name, "count": found.counts[each.id]} for each in found.documents],
        "hits": [
            hit_shape(quotation, beside)
            for quotation, beside in zip(project.quotations(found.hits), surroundings(project, found.hits), strict=True)
        ],
    }


def _say_counts(found: "Found") -> None:
    rows = [(each.name, str(found.counts[each.id])) for each in found.documents if found.counts[each.id]]
    if rows:
        say(aligned(("document", "places"), rows))


def _say_hits(project: "Project", hits: "Sequence[Hit]", *, context: bool) -> None:
    from qualcode.work.search import surroundings

    for quotation, (before, after) in zip(project.quotations(hits), surroundings(project, hits), strict=True):
        parts = [quotation.document, f"¶{quotation.answer}" if quotation.answer else "", quotation.citation]
        say(hanging(visible_line("  ".join(part for part in parts if part))))
        say(indented(f"{before}{quotation.words}{after}".strip() if context else quotation.words))
