"""`qualcode names`: real names, what stands for them, and replacing them in every document."""

from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Nouns, not_empty, opened, project_option, reads, with_json, writes
from qualcode.cli.passphrases import asked_passphrase, new_passphrase
from qualcode.cli.printing import aligned
from qualcode.cli.replacing import kind_option, replace_command
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import NameKind
    from qualcode.project import Project
    from qualcode.work.name_key import Key
    from qualcode.work.name_proposals import Candidate


@click.group(
    "names",
    cls=Nouns,
    examples=[
        "qualcode names propose",
        "qualcode names accept Maureen Llanfair",
        "qualcode names replace --all",
        "qualcode names",
        'qualcode names add Maureen "[Dawn]"',
        "qualcode names replace Maureen --dry-run",
        'qualcode names replace Llanfair "[Town]" --kind place --yes',
    ],
)
def names_command() -> None:
    """Find names, list them with their pseudonyms, replace them in every document.

    The list holds real names: who has the project file can read them. What is proposed is not all that tells who
    somebody is: read what you give away.
    """


@names_command.command(
    "propose",
    examples=[
        "qualcode names propose",
        "qualcode names propose --recogniser",
        "qualcode names propose --places --json",
    ],
)
@click.option("--places", "every", is_flag=True, help="Print every place, not only the first of each.")
@click.option(
    "--recogniser", "is_recognised", is_flag=True, help="Ask a language model, too; the first time it takes minutes."
)
@with_json
@reads
def propose(project: "Project", every: bool, is_recognised: bool, as_json: bool) -> None:
    """Print what may be a name, with what proposes it and where; ignored ones are left out.

    E-mail addresses, phone numbers, postcodes, dates and the like by their form; given names of a short list; words
    after a title; words with a capital in the midst of a sentence; speakers' labels, attributes, people and cases; and
    every name on the list that still stands. With --recogniser also what the entity recogniser of this project's
    pipeline takes for a name (qualcode language). Nothing is written. It misses names: docs/names.md has how many.
    """
    from qualcode.work.name_proposals import PROPOSERS, candidates
    from qualcode.work.name_recall import told

    proposers, pipeline = (*PROPOSERS,), ""
    if is_recognised:
        from qualcode.cli.language import telling
        from qualcode.work.name_recogniser import recogniser
        from qualcode.work.parse_texts import pipeline_for

        chosen = pipeline_for(project)
        proposers, pipeline = (*PROPOSERS, recogniser(chosen, telling())), chosen.told
    found = candidates(project, proposers)
    if as_json:
        say_json([_candidate(each) for each in found])
        return
    for each in found:
        times = counted(len(each.places), "place")
        say(visible_line(f"{each.words}  {each.kind}  {each.pseudonym}  {times}  ({', '.join(each.proposers)})"))
        for place in each.places[: None if every else 1]:
            say(visible_line(f"    {place.document.name}: {place.before}{place.words}{place.after}"))
    note(f"{counted(len(found), 'proposal')}. {told(pipeline)}")


@names_command.command(
    "accept", examples=["qualcode names accept Maureen Llanfair", 'qualcode names accept Maureen --as "[Dawn]"']
)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--as", "pseudonym", metavar="PSEUDONYM", help="What stands for all of them; else the next that is free.")
@click.option("--only-capitalised", is_flag=True, help='They stay where they have no capital: "will" beside "Will".')
@kind_option
@with_json
@writes
def accept(
    project: "Project",
    names: tuple[str, ...],
    pseudonym: str | None,
    kind: "NameKind | None",
    only_capitalised: bool,
    as_json: bool,
) -> None:
    """Put proposed names on the list, in one action, each with a pseudonym; texts are not touched.

    What is called by two names, "Maureen" and "Mo", is one with --as. Then: qualcode names replace --all
    """
    from qualcode.cli.shapes import name_shape
    from qualcode.work.name_review import Wanted
    from qualcode.work.name_review import accept as accepting

    wanted = [Wanted(each, pseudonym or "", kind, only_capitalised) for each in dict.fromkeys(names)]
    made = accepting(project, wanted)
    if as_json:
        say_json([name_shape(each) for each in made])
    else:
        say("\n".join(visible_line(f"{each.name} ({each.kind}): {each.pseudonym}") for each in made))


@names_command.command("ignore", examples=["qualcode names ignore Hope Will"])
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@writes
def ignore(project: "Project", words: tuple[str, ...]) -> None:
    """Say that words are no names: they stay, and are not proposed again. To propose them again: names remove."""
    from qualcode.work.name_review import ignore as ignoring

    ignored = ignoring(project, dict.fromkeys(words))
    say("\n".join(visible_line(f"{each.name} stays") for each in ignored))


@names_command.command("list")
@click.option("--ignored", is_flag=True, help="Print what was ignored.")
@with_json
@reads
def listing(project: "Project", ignored: bool, as_json: bool) -> None:
    """Print the name list: each name, its kind, what stands for it."""
    from qualcode.cli.shapes import name_shape

    known = project.names.ignored() if ignored else project.names.all()
    if as_json:
        say_json([name_shape(each) for each in known])
        return
    if known:
        rows = [[visible_line(each.name), each.kind, visible_line(each.pseudonym)] for each in known]
        say(aligned(("name", "kind", "pseudonym"), rows))
    note(counted(len(known), "name"))


@names_command.command("add", examples=['qualcode names add Llanfair "[Town]" --kind place'])
@click.argument("name")
@click.argument("pseudonym")
@kind_option
@with_json
@writes
def add(project: "Project", name: str, pseudonym: str, kind: "NameKind | None", as_json: bool) -> None:
    """Put a name on the list; texts are not touched."""
    from qualcode.cli.shapes import name_shape

    known = project.names.add(name, pseudonym, kind or "person")
    if as_json:
        say_json([name_shape(known)])
    else:
        say(visible_line(f"{known.name} ({known.kind}): {known.pseudonym}"))


@names_command.command("remove", examples=["qualcode names remove Maureen"])
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@writes
def remove(project: "Project", names: tuple[str, ...]) -> None:
    """Take names off the list, in one action; texts are not touched."""
    from qualcode.work.name_review import reopen

    known = [project.names.get(each) for each in dict.fromkeys(names)]
    reopen(project, [each.name for each in known])
    say("\n".join(visible_line(f"{each.name} is off the list") for each in known))


names_command.add_command(replace_command)


@names_command.command(
    "key", examples=["qualcode names key /media/usb/study-names.age", "qualcode names key --open study-names.age"]
)
@click.argument("file", metavar="FILE", callback=not_empty)
@click.option("--open", "is_opened", is_flag=True, help="Print what stands in a key; no project is needed.")
@click.option("--force", "is_forced", is_flag=True, help="Also into the project's own folder.")
@with_json
@project_option
def key(file: str, project_file: str | None, *, is_opened: bool, is_forced: bool, as_json: bool) -> None:
    """Write the name list into an encrypted file apart from the project, or read one.

    The file is in the age format: any age tool opens it, and nobody without the passphrase, which is asked for and kept
    nowhere. Keep it on another disk or with another person. The list stays in the project: qualcode seal takes it out.
    """
    from pathlib import Path

    from qualcode.work import name_key

    if is_opened:
        found = name_key.open_key(Path(file), asked_passphrase())
    else:
        with opened(project_file, lambda: None) as project:
            name_key.must_be_apart(project, Path(file), anywhere=is_forced)
            name_key.key_of(project)
            found = name_key.write_key(project, Path(file), new_passphrase(), anywhere=is_forced)
    if as_json:
        say_json(_key(found))
    elif is_opened:
        rows = [[visible_line(e.name), e.kind, visible_line(e.pseudonym), str(e.replaced)] for e in found.names]
        say(aligned(("name", "kind", "pseudonym", "places"), rows))
        note(f"{counted(len(found.names), 'name')} of {found.project}, {found.at[:10]}")
    else:
        say(visible_line(f"Wrote {file}: {counted(len(found.names), 'name')}"))
        note(
            "Without the passphrase nobody opens it, you neither. The project has the list still: qualcode seal --help"
        )


def _key(found: "Key") -> dict[str, object]:
    from dataclasses import asdict

    told = asdict(found)
    return {**{name: told[name] for name in ("project", "at", "names", "staying")}, "sealed": bool(found.before)}


def _candidate(candidate: "Candidate") -> dict[str, object]:
    return {
        "words": candidate.words,
        "kind": candidate.kind,
        "pseudonym": candidate.pseudonym,
        "proposers": list(candidate.proposers),
        "places": [
            {
                "document": each.document.name,
                "start": each.start,
                "end": each.end,
                "words": each.words,
                "proposer": each.proposer,
                "also": list(each.also),
                "why": each.why,
                "before": each.before,
                "after": each.after,
            }
            for each in candidate.places
        ],
    }
