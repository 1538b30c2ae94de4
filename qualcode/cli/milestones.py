"""`qualcode tag`: milestones, and which numbers moved since."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Nouns, reads, with_json, writes
from qualcode.cli.printing import aligned, hanging
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.analysis.milestones import Cause, Difference, Moved
    from qualcode.model import Milestone
    from qualcode.project import Project


class _Tags(Nouns):
    """A word that is no command names a new milestone: `qualcode tag submitted-v1`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            args = ["add", *args]
        return super().resolve_command(ctx, args)


@click.group(
    "tag",
    cls=_Tags,
    examples=["qualcode tag submitted-v1", "qualcode tag", "qualcode tag diff submitted-v1"],
)
def tag_command() -> None:
    """Name a point in the history; which numbers moved since, and why.

    qualcode tag NAME names the project as it stands now; without a name the milestones are listed.
    """


@tag_command.command("list")
@with_json
@reads
def listing(project: "Project", as_json: bool) -> None:
    """Print the milestones, the oldest first."""
    from qualcode.cli.shapes import milestone_shape

    known = project.milestones.all()
    if as_json:
        say_json([milestone_shape(each) for each in known])
        return
    if known:
        rows = [[each.name, each.coder, f"{each.at:%Y-%m-%d %H:%M} UTC"] for each in known]
        say(aligned(("milestone", "by", "at"), rows))
        note(f"Which numbers moved since: qualcode tag diff {visible_line(known[-1].name)}")
    else:
        note("There is no milestone yet. Make one: qualcode tag submitted-v1")


@tag_command.command("add", examples=["qualcode tag add submitted-v1"])
@click.argument("name")
@with_json
@writes
def add(project: "Project", name: str, as_json: bool) -> None:
    """Name the project as it stands now."""
    from qualcode.cli.shapes import milestone_shape

    made = project.milestones.add(name)
    if as_json:
        say_json(milestone_shape(made))
    else:
        say(visible_line(f"{made.name}: {made.at:%Y-%m-%d %H:%M} UTC, {made.coder}"))


@tag_command.command("diff", examples=["qualcode tag diff submitted-v1", "qualcode tag diff submitted-v1 revised"])
@click.argument("since", metavar="MILESTONE")
@click.argument("until", metavar="[MILESTONE]", required=False)
@with_json
@reads
def diff(project: "Project", since: str, until: str | None, as_json: bool) -> None:
    """Print which numbers moved from a milestone to now, or to another, and why.

    Of every code that moved: segments, people, sources and references, and the actions in between that touched it, by
    coder; of every arrow: claims and people.
    """
    from qualcode.analysis.milestones import compare

    found = compare(project, project.milestones.get(since), project.milestones.get(until) if until else None)
    if as_json:
        from qualcode.cli.shapes import difference_shape

        say_json(difference_shape(found))
        return
    say("\n".join(hanging(visible_line(line)) for line in _lines(found)))
    for each in found.notes:
        note(each)


@tag_command.command("remove", examples=["qualcode tag remove submitted-v1"])
@click.argument("name", metavar="MILESTONE")
@writes
def remove(project: "Project", name: str) -> None:
    """Take a milestone away; nothing that was done is touched."""
    known = project.milestones.get(name)
    project.milestones.remove(known)
    say(visible_line(f"Removed: {known.name}"))


def _lines(found: "Difference") -> Iterator[str]:
    yield f"{_named(found.since)} to {_named(found.until) if found.until else 'now'}"
    yield f"Done in between: {_told(found.actions) or 'nothing'}"
    moved = {name: (found.then[name], found.now[name]) for name in found.now if found.then[name] != found.now[name]}
    yield f"The project: {_numbers(moved) or 'no number moved'}"
    if found.documents:
        yield f"Documents: {', '.join(found.documents)}"
    for heading, some in (("Codes", found.codes), ("Arrows", found.arrows)):
        yield ""
        yield f"{heading}: {counted(len(some), 'moved', 'moved')}"
        for each in some:
            yield from _moved_lines(each)


def _moved_lines(each: "Moved") -> Iterator[str]:
    yield f"{each.name}  {', '.join(each.happened)}".rstrip()
    if each.changes:
        yield f"  {_numbers(each.changes)}"
    if each.because:
        yield f"  because: {_told(each.because)}"


def _named(milestone: "Milestone") -> str:
    return f"{milestone.name} ({milestone.at:%Y-%m-%d %H:%M} UTC, {milestone.coder})"


def _numbers(changes: dict[str, tuple[int, int]]) -> str:
    return ", ".join(f"{name} {then} to {now} ({now - then:+})" for name, (then, now) in changes.items())


def _told(causes: "Iterable[Cause]") -> str:
    return ", ".join(f"{each.verb} {each.count} by {each.coder}" for each in causes)
