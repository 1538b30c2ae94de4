"""`qualcode search`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import LARGEST_WHOLE, Documented, coder_acting, reads, standing_code, with_json, with_width
from qualcode.cli.printing import aligned, hanging, indented
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Hit
    from qualcode.project import Project
    from qualcode.work.concordance import Side
    from qualcode.work.search import Around, Found, How

_WIDEST = 28  # cells of the words in the middle of a concordance, and of a citation
_LEAST = 12  # cells of the words beside them
_USUAL = 120  # cells of a line where there is no screen


def _within(_context: click.Context, _option: click.Parameter, given: str | None) -> int | None:
    """A number of words; 0 for an answer."""
    if given is None or given == "answer":
        return None if given is None else 0
    if not given.isascii() or not given.isdigit() or not 0 < int(given) <= LARGEST_WHOLE:
        raise click.BadParameter(f"{given!r} is no number of words, and not the word answer")
    return int(given)


@click.command(
    "search",
    cls=Documented,
    examples=[
        'qualcode search "so can I"',
        "qualcode search hope better --any --role SU --not-coded",
        "qualcode search hope --whole --code P3 --counts",
        "qualcode search 'hop(e|ing)' --regex --context",
        "qualcode search cope --lemma --kwic right",
        "qualcode search hope 'peer worker' --near 10",
        "qualcode search 'was like me' --apply M2a --around answer --coder AK",
    ],
)
@click.argument("words", nargs=-1, required=True)
@click.option("--any", "is_any", is_flag=True, help="Any of the words, not all of them one after the other.")
@click.option("--regex", "is_regex", is_flag=True, help="WORDS is a regular expression (of Python), in any case.")
@click.option("--whole", is_flag=True, help="Whole words only: hope then does not find hopeful.")
@click.option("--lemma", is_flag=True, help="Words whatever their form: cope finds coping and coped, too.")
@click.option(
    "--near",
    metavar="NUMBER|answer",
    callback=_within,
    help="All of WORDS in any order, the last at most so many words after the first, or all in one answer.",
)
@click.option("--document", "documents", metavar="NAME", multiple=True)
@click.option("--person", "people", metavar="NAME", multiple=True, help="Who says it.")
@click.option("--speaker", "speakers", metavar="LABEL", multiple=True, help="Only in turns of this label.")
@click.option("--case", "cases", metavar="NAME", multiple=True, help="With all cases inside it.")
@click.option("--role", "roles", metavar="ROLE", multiple=True, help="At the document's wave: PW, SU, ...")
@click.option("--wave", "waves", metavar="NAME", multiple=True)
@click.option("--code", "codes", metavar="CODE", multiple=True, help="Only where this, or what is below it, is coded.")
@click.option("--coded-by", "coders", metavar="CODER", multiple=True, help="Whose coding --code and --not-coded mean.")
@click.option("--not-coded", "uncoded", is_flag=True, help="Only where nothing is coded yet.")
@click.option("--said", is_flag=True, help="Only what participants say, not the interviewer's words.")
@click.option("--context", is_flag=True, help="Print the words before and after each place, too.")
@click.option(
    "--kwic",
    type=click.Choice(["left", "right"]),
    help="Print a line a place, the words in the middle, sorted by the words to their left or right.",
)
@click.option("--apply", "code", metavar="CODE", help="Give all places this code, in one action.")
@click.option(
    "--around",
    type=click.Choice(["sentence", "answer", "words"]),
    default="sentence",
    help="What --apply codes: the sentence (usual), the answer, or the very words.",
)
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
    near: int | None,
    context: bool,
    kwic: "Side | None",
    code: str | None,
    around: "Around",
    counts: bool,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Look for words in all documents, whatever is coded there: citation and words of each place.

    Case, accents and the shape of quotation marks make no difference. Options narrow it down: all must hold; of one
    that is given twice, either. Only the current text of each document is looked through.

    --lemma needs the texts parsed, which is done once (see qualcode language) and may be interrupted. A place fits if
    it is the word itself or has its base form; which of the two is printed with it.
    """
    from qualcode.cli.language import telling
    from qualcode.work.search import Search, search

    if (is_any, is_regex, near is not None).count(True) > 1:
        raise click.UsageError("--any and --near are for words, --regex for a pattern: name one of them")
    if wanted["uncoded"] and wanted["codes"]:
        raise click.UsageError("what is coded is not uncoded: leave out --code or --not-coded")
    how: How = "any" if is_any else "regex" if is_regex else "phrase" if near is None else "near"
    asked = Search(_joined(words) if how == "near" else " ".join(words), how, within=near or 0, **wanted)
    found = search(project, asked, tell=telling())
    if as_json:
        say_json(_shape(project, found, kwic) | (_apply(project, found, code, around) if code else {}))
    elif code:
        done = _apply(project, found, code, around)
        say(f"{done['code']}: {counted(done['coded'], 'new passage')}; qualcode undo takes them back")
    elif counts:
        _say_counts(found)
    elif kwic:
        _say_concordance(project, found.hits, kwic)
    else:
        _say_hits(project, found.hits, context=context)
    _note(found)


def _joined(words: tuple[str, ...]) -> str:
    """Each argument is one thing, also one of several words."""
    return " ".join(f'"{each}"' if " " in each.strip() else each for each in words)


def _apply(project: "Project", found: "Found", code: str, around: "Around") -> dict[str, Any]:
    """Code what was found: as whoever acts."""
    from qualcode.work.search import code_hits

    project.store.coder_short = coder_acting(project.coder)
    short = standing_code(project, code)
    return {"code": short, "coded": code_hits(project, found.hits, short, around) if found.hits else 0}


def _note(found: "Found") -> None:
    for word, lemmas in found.taken:
        if lemmas != (word,):
            note(f"{word} is looked for with the base form {' or '.join(lemmas)}")
    if found.pipeline:
        note(f"Base forms: {found.pipeline}")
    if found.lacking:
        note(found.lacking)
    documents = sum(1 for count in found.counts.values() if count)
    note(f"{counted(len(found.hits), 'place')} in {documents} of {counted(len(found.documents), 'document')}")


def _shape(project: "Project", found: "Found", by: "Side | None") -> dict[str, Any]:
    from qualcode.cli.shapes import hit_shape
    from qualcode.work.concordance import concordance
    from qualcode.work.search import surroundings

    hits = [line.hit for line in concordance(project, found.hits, by)] if by else found.hits
    return {
        "count": len(found.hits),
        "documents": [{"document": each.name, "count": found.counts[each.id]} for each in found.documents],
        "hits": [
            hit_shape(quotation, beside) | ({"matched": hit.matched} if hit.matched else {})
            for hit, quotation, beside in zip(hits, project.quotations(hits), surroundings(project, hits), strict=True)
        ],
        **(
            {"pipeline": found.pipeline, "base_forms": {word: list(lemmas) for word, lemmas in found.taken}}
            if found.pipeline
            else {}
        ),
    }


def _say_counts(found: "Found") -> None:
    rows = [(each.name, str(found.counts[each.id])) for each in found.documents if found.counts[each.id]]
    if rows:
        say(aligned(("document", "places"), rows))


def _say_hits(project: "Project", hits: "Sequence[Hit]", *, context: bool) -> None:
    from qualcode.work.search import surroundings

    read = zip(hits, project.quotations(hits), surroundings(project, hits), strict=True)
    for hit, quotation, (before, after) in read:
        answer = f"¶{quotation.answer}" if quotation.answer else ""
        parts = [quotation.document, answer, quotation.citation, hit.matched]
        say(hanging(visible_line("  ".join(part for part in parts if part))))
        say(indented(f"{before}{quotation.words}{after}".strip() if context else quotation.words))


def _say_concordance(project: "Project", hits: "Sequence[Hit]", by: "Side") -> None:
    """The words in one column down the middle, as wide as the screen, what was said where behind them."""
    from qualcode.report.widths import cell_width, cut, padded, screen_width, shortened
    from qualcode.work.concordance import concordance

    lines = concordance(project, hits, by)
    citations = [visible_line(each.citation) for each in project.quotations([line.hit for line in lines])]
    middle = min(max((cell_width(visible_line(line.words)) for line in lines), default=0), _WIDEST)
    cited = min(max(map(cell_width, citations), default=0), _WIDEST)
    room = max(_LEAST, ((screen_width() or _USUAL) - middle - cited - 6) // 2)
    for line, citation in zip(lines, citations, strict=True):
        before = cut(visible_line(line.before)[::-1], room)[::-1]
        words = padded(shortened(visible_line(line.words), middle), middle)
        after = padded(shortened(visible_line(line.after), room), room)
        say(f"{padded(before, room, '>')}  {words}  {after}  {shortened(citation, cited)}".rstrip())
