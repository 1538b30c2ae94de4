"""`qualcode claim`."""

from typing import TYPE_CHECKING, Any, get_args

import click

from qualcode.cli.coding import numbers, where, with_quote_file
from qualcode.cli.colouring import changed, is_silent, with_changes, with_colouring
from qualcode.cli.contract import note, say, say_json, say_removed
from qualcode.cli.options import Nouns, reads, with_json, writes
from qualcode.cli.printing import headline, indented
from qualcode.model import Direction, Stance, Standing
from qualcode.visible import counted, visible_line
from qualcode.work.remarks import remarks

if TYPE_CHECKING:
    from qualcode.model import Claim, ClaimEvidence
    from qualcode.project import Project


@click.group(
    "claim",
    cls=Nouns,
    examples=[
        "qualcode claim add A-SU1_wave1 34-36 M2a P3",
        "qualcode claim add A-SU1_wave1 ¶20 P5 D4 --direction lowers --standing hearsay",
        "qualcode claim evidence 3 B-SU1 12 --stance contradicts",
        "qualcode claim change 3 --direction mixed",
        "qualcode claim list --document A-SU1_wave1",
    ],
)
def claim_command() -> None:
    """Write down that one thing leads to another; list and change what was.

    A claim is a passage in which somebody says so. Arrows of the change model come from claims only.
    """


@claim_command.command("add", examples=["qualcode claim add A-SU1_wave1 34-36 M2a P3 --direction raises"])
@click.argument("document")
@click.argument("place_and_ends", metavar="PLACE FROM TO", nargs=-1)
@with_quote_file
@click.option("--direction", type=click.Choice(get_args(Direction)), default="raises", show_default=True)
@click.option("--inferred", is_flag=True, help="You infer it; else it is stated in so many words.")
@click.option("--prompted", is_flag=True, help="The interviewer brought it up; else it was volunteered.")
@with_colouring
@with_json
@writes
def add(
    project: "Project",
    /,
    document: str,
    place_and_ends: tuple[str, ...],
    quote_file: str | None,
    as_json: bool,
    **colouring: Any,
) -> None:
    """Write down a claim: in this passage it is said that FROM leads to TO (both are codes)."""
    place, ends = where(place_and_ends, quote_file)
    if len(ends) != 2:
        raise click.UsageError("say from which code to which: qualcode claim add A-SU1_wave1 34-36 M2a P3")
    source, target = (project.codes.get(short).short for short in ends)
    claim = project.claims.add(document, source, target, **place, **colouring)
    _say(project, [claim], as_json=as_json)
    _note_beside(project, claim)


def _note_beside(project: "Project", claim: "Claim") -> None:
    """Tell the coder's other claims between the same codes over these words."""
    others = project.claims.beside(claim)
    for other, quotation in zip(others, project.quotations(others), strict=True):
        if other.direction == claim.direction:
            note(f"Claim {other.id} says the same {quotation.citation}. To keep one: qualcode claim remove {claim.id}")
        else:
            note(f"Claim {other.id} says otherwise: {quotation.label} {quotation.citation}")


@claim_command.command(
    "change",
    examples=[
        "qualcode claim change 3 --direction lowers",
        "qualcode claim change 3 --standing hearsay --sure",
        "qualcode claim change 3 --whose default --volunteered",
    ],
)
@click.argument("claim", metavar="ID")
@click.option("--direction", type=click.Choice(get_args(Direction)))
@click.option("--inferred/--stated", default=None, help="Whether you infer it, or it is stated in so many words.")
@click.option("--prompted/--volunteered", default=None, help="Whether the interviewer brought it up.")
@with_changes
@with_json
@writes
def change(project: "Project", /, claim: str, as_json: bool, **said: Any) -> None:
    """Change what you said of a claim; its passage, its two codes and its evidence stay."""
    if is_silent(said):
        raise click.UsageError("say what shall be otherwise: qualcode claim change 3 --direction lowers")
    found = project.claims.get(_number(claim))
    colouring = changed(said, found)
    if colouring:
        found = project.claims.change(found, **colouring)
    else:
        note(f"{found.id} is so already")
    _say(project, [found], as_json=as_json)
    if "direction" in colouring:
        _note_beside(project, found)


def _number(claim: str) -> int:
    return numbers([claim], "claim", "qualcode claim list")[0]


@claim_command.command("list")
@click.option("--document", metavar="NAME", help="Only in this document.")
@click.option("--coded-by", metavar="CODER", help="Only this coder's.")
@click.option("--code", "codes", metavar="CODE", multiple=True, help="From it or to it, or what is below it.")
@click.option("--person", "people", metavar="NAME", multiple=True, help="Who says so.")
@click.option("--case", "cases", metavar="NAME", multiple=True, help="With all cases inside it.")
@click.option("--role", "roles", metavar="ROLE", multiple=True, help="At the document's wave: PW, SU, ...")
@click.option("--wave", "waves", metavar="NAME", multiple=True)
@click.option("--direction", "directions", type=click.Choice(get_args(Direction)), multiple=True)
@click.option(
    "--standing", "standings", type=click.Choice(get_args(Standing)), multiple=True, help="Where it was said."
)
@click.option("--stance", "stances", type=click.Choice(get_args(Stance)), multiple=True, help="With such evidence.")
@click.option("--unsure", is_flag=True, help="Only claims marked unsure.")
@click.option(
    "--counting", is_flag=True, help="Only what counts: the consensus where complete, else the lead's coding."
)
@with_json
@reads
def listing(
    project: "Project",
    /,
    document: str | None,
    coded_by: str | None,
    directions: tuple[str, ...],
    standings: tuple[str, ...],
    stances: tuple[str, ...],
    as_json: bool,
    **wanted: Any,
) -> None:
    """Print claims with their citations, words and evidence."""
    from qualcode.project.retrieval import Filter

    asked = Filter(documents=(document,) if document else (), coders=(coded_by,) if coded_by else (), **wanted)
    claims = project.claims.find(wanted=asked, directions=directions, standings=standings, stances=stances)
    _say(project, claims, as_json=as_json)
    note(counted(len(claims), "claim"))


@claim_command.command("evidence", examples=["qualcode claim evidence 3 B-SU1 12-14 --stance contradicts"])
@click.argument("claim", metavar="ID")
@click.argument("document")
@click.argument("place", metavar="PLACE", nargs=-1)
@with_quote_file
@click.option(
    "--stance", type=click.Choice(get_args(Stance)), required=True, help="What the passage does to the claim."
)
@with_json
@writes
def evidence(
    project: "Project",
    claim: str,
    document: str,
    place: tuple[str, ...],
    quote_file: str | None,
    stance: Stance,
    as_json: bool,
) -> None:
    """Add a passage, from any document, that supports, qualifies or contradicts a claim."""
    pointed, left = where(place, quote_file)
    if left:
        raise click.UsageError(f"one place only; {left[0]!r} is too much")
    found = project.claims.get(_number(claim))
    added = project.claims.add_evidence(found, document, stance, **pointed)
    _say(project, [found], as_json=as_json)
    _note_same_evidence(project, found, added)


def _note_same_evidence(project: "Project", claim: "Claim", added: "ClaimEvidence") -> None:
    """Tell the coder's own evidence of the same words and stance on the claim."""
    said = (added.document, added.start, added.end, added.stance, added.coder)
    for each in project.claims.evidence(claim):
        if each.id != added.id and (each.document, each.start, each.end, each.stance, each.coder) == said:
            note(f"Evidence {each.id} says the same. To keep one: qualcode claim remove-evidence {added.id}")


@claim_command.command("remove")
@click.argument("claim", metavar="ID")
@with_json
@writes
def remove(project: "Project", claim: str, as_json: bool) -> None:
    """Take away your own claim with its evidence; qualcode undo brings it back."""
    found = project.claims.get(_number(claim))
    project.claims.remove(found)
    say_removed({found.id: f"claim {found.id} removed"}, as_json=as_json)


@claim_command.command("remove-evidence", examples=["qualcode claim remove-evidence 7"])
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@with_json
@writes
def remove_evidence(project: "Project", ids: tuple[str, ...], as_json: bool) -> None:
    """Take back evidence that you added, whosever claim it is on; qualcode undo brings it back.

    ID is the number that qualcode claim list prints before each piece of evidence.
    """
    chosen = [project.claims.get_evidence(each) for each in numbers(ids, "piece of evidence", "qualcode claim list")]
    with project.action("remove claim evidence", evidence=" ".join(str(each.id) for each in chosen)):
        for each in chosen:
            project.claims.remove_evidence(each)
    lines = {each.id: f"evidence {each.id} removed from claim {each.claim}" for each in chosen}
    say_removed(lines, as_json=as_json)


def _say(project: "Project", claims: "list[Claim]", *, as_json: bool) -> None:
    if as_json:
        say_json(_shapes(project, claims))
    else:
        _say_claims(project, claims)


def _say_claims(project: "Project", claims: "list[Claim]") -> None:
    for claim, quotation in zip(claims, project.quotations(claims), strict=True):
        coder = project.coders.get(claim.coder).short
        lines = [headline(claim.id, quotation, coder, remarks(claim)), indented(quotation.words)]
        for each in project.claims.evidence(claim):
            document, words = _words(project, each)
            by = project.coders.get(each.coder).short
            head = f"    evidence {each.id}  {each.stance}: {document}  {by}"
            lines += [visible_line(head), indented(words, "        ")]
        say("\n".join(lines))


def _words(project: "Project", evidence: "ClaimEvidence") -> tuple[str, str]:
    document = project.documents.get(evidence.document)
    return document.name, project.documents.body(document)[evidence.start : evidence.end]


def _shapes(project: "Project", claims: "list[Claim]") -> list[dict[str, Any]]:
    from qualcode.cli.shapes import claim_shape, evidence_shape

    coders = {coder.id: coder.short for coder in project.coders.all()}
    shorts = {code.id: code.short for code in project.codes.all(retired=True)}
    return [
        {
            **claim_shape(claim, quotation, shorts, coders[claim.coder]),
            "evidence": [
                evidence_shape(each, *_words(project, each), coders[each.coder])
                for each in project.claims.evidence(claim)
            ],
        }
        for claim, quotation in zip(claims, project.quotations(claims), strict=True)
    ]
