"""A code split in several, by its passages: one action makes the codes, recodes, redefines, and can be undone.

    split(project, "M1b", [
        Part("M1b", "Understood without explaining", (12, 15)),         # its own short name: these stay with it
        Part("M1e", "Met without being judged", (13, 18), include="Acceptance, whatever was said before."),
    ], rule="Empathy for what was lived: M1b. Not being judged: M1e.")

A coder splits their own coding. What others coded stays where it is, and so does what was put on no pile: both were
coded under the definition before, which `coded_before` finds.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualcode.errors import InputError, RefusedError
from qualcode.model import Code, Definition, Document, Segment
from qualcode.project import Project
from qualcode.project.code_use import passages_with
from qualcode.project.codes import axial_place
from qualcode.project.voices import Voices, role_at
from qualcode.work import single_codes


@dataclass(frozen=True, slots=True)
class Part:
    """One pile of passages, and the code it becomes.

    Attributes:
        short: the code's short name; that of the code that is split = these stay with it.
        name: in full.
        segments: ids of the passages.
        include: when to use it, as a line of its definition; "" = nothing to add.
    """

    short: str
    name: str
    segments: tuple[int, ...]
    include: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """What a split did.

    Attributes:
        code: the code that was split, as it is now.
        parts: the codes of the parts, in their order.
        skipped: the coder's own passages that are on no pile and stay.
        others: short name of another coder -> how many of theirs stay.
        version: of the codebook, that it made.
    """

    code: Code
    parts: tuple[Code, ...]
    skipped: int
    others: dict[str, int]
    version: int


def passages(project: Project, code: Code, *, below: bool = False) -> list[Segment]:
    """Everybody's passages of a code that may be seen, by document and place; those merged into it are its own.

    Args:
        project: the study.
        code: which stands for itself.
        below: also those of the codes below it.
    """
    standing = project.codes.standing()
    chosen = set(project.codes.branch(code)) if below else {each for each, into in standing.items() if into == code.id}
    return passages_with(project.store, chosen)


def roles_in(project: Project, segments: Iterable[Segment]) -> dict[int, tuple[str, ...]]:
    """Segment's id -> the roles of those who speak in it, each once; () where none is known."""
    people = {person.id: person for person in project.people.all()}
    waves = {document.id: document.wave for document in project.documents.all()}
    voices: dict[int, Voices] = {}
    found = {}
    for each in segments:
        if each.document not in voices:
            voices[each.document] = Voices.of(project.store, each.document)
        heard = voices[each.document].between(each.start, each.end)
        roles = (role_at(people[person], waves[each.document]) for person in heard)
        found[each.id] = tuple(dict.fromkeys(role for role in roles if role))
    return found


def split(
    project: Project,
    code: str,
    parts: Sequence[Part],
    rule: str = "",
    *,
    below: bool = False,
    is_branch: bool = False,
) -> Split:
    """Split a code, in one action that makes one codebook version and can be undone.

    Each part has the code's definition, with its own line of when to use it, and the rule among when not: so that
    nothing that bounded the code before is lost. The code itself has the rule too. Claims, expected arrows to the code,
    memos and summaries stay with the code.

    Args:
        project: it acts as its coder, whose passages are recoded.
        code: short name of the code.
        parts: at least one that becomes a code of its own.
        rule: the boundary between the parts, in a line or two.
        below: new codes stand below the code, which then still holds all of them; else directly after it.
        is_branch: passages of codes below the code may be on the piles too.

    Raises:
        NotFoundError: there is no such code.
        RefusedError: it is not in use, a short name is taken, or a passage is no longer one of the coder's.
        InputError: no part is new, two have one name, or a passage is on two piles.
    """
    found = _in_use(project, code)
    parts = [replace(part, short=found.short) if _is(part, found) else part for part in parts]
    rule = rule.strip() or f"Split: {', '.join(f'{part.short} {part.name}' for part in parts)}."
    with project.action("split code", code=found.short, into=" ".join(part.short for part in parts)) as action:
        _must_be_parts(found, parts)
        every = passages(project, found, below=is_branch)
        own = {each.id: each for each in every if each.coder == action.coder}
        _must_be_own(parts, own)
        made = _made(project, found, parts, rule, below=below)
        kept = next((part for part in parts if _is(part, found)), Part(found.short, found.name, ()))
        definition = _bounded(found.definition, kept.include, rule)
        single_codes.change(project, found.short, name=kept.name.strip(), definition=definition)
        taken = {_place(each, each.code) for each in own.values()}
        for part, target in zip(parts, made, strict=True):
            for segment in part.segments:
                _put(project, own[segment], target, taken)
    coders = {coder.id: coder.short for coder in project.coders.all()}
    others = Counter(coders[each.coder] for each in every if each.coder != action.coder)
    placed = sum(len(part.segments) for part in parts)
    now = tuple(project.codes.get(each.id) for each in made)
    stays = project.codes.get(found.id)
    return Split(stays, now, len(own) - placed, dict(sorted(others.items())), project.codebook_version)


def _in_use(project: Project, short: str) -> Code:
    code = project.codes.get(short)
    if code.status == "retired":
        raise RefusedError(f"{code.short} is not in use", remedy="Bring it back first.")
    return code


def _is(part: Part, code: Code) -> bool:
    return part.short.casefold() == code.short.casefold()


def _must_be_parts(code: Code, parts: Sequence[Part]) -> None:
    shorts = [part.short.casefold() for part in parts]
    if all(_is(part, code) for part in parts):
        raise InputError(f"{code.short} would not be split", remedy="Give at least one part a short name of its own.")
    if len(set(shorts)) < len(shorts):
        raise InputError("two parts have one short name", remedy="Give each part its own, or put them on one pile.")
    if nameless := [part.short for part in parts if not part.name.strip()]:
        raise InputError(f"{nameless[0]} has no name")
    placed = Counter(segment for part in parts for segment in part.segments)
    if twice := [segment for segment, times in placed.items() if times > 1]:
        raise InputError(f"passage {twice[0]} is on two piles")


def _must_be_own(parts: Sequence[Part], own: dict[int, Segment]) -> None:
    gone = [segment for part in parts for segment in part.segments if segment not in own]
    if gone:
        raise RefusedError(
            f"passage {gone[0]} is no longer one of yours of this code",
            remedy="It was changed since the cards were laid out: look at them again.",
        )


def _made(project: Project, code: Code, parts: Sequence[Part], rule: str, *, below: bool) -> tuple[Code, ...]:
    """The codes of the parts; the new ones have all that the code has, but its key and example."""
    shorts = {each.id: each.short for each in project.codes.all(retired=True)}
    parent, after = (code.short, None) if below else (shorts.get(code.parent or 0), code)
    arrows = [each for each in code.leads_to if project.codes.get(each).status == "live"]
    places = [each for each in code.axial if project.codes.get(axial_place(each)[1]).status == "live"]
    made = []
    for part in parts:
        if _is(part, code):
            made.append(code)
            continue
        definition = replace(_bounded(code.definition, part.include, rule), example="")
        new = single_codes.add(
            project, part.short, part.name, parent, definition=definition, kind=code.kind, valence=code.valence,
            applies_to=code.applies_to, leads_to=tuple(arrows), axial=tuple(places), colour=code.colour,
            stage=code.stage,
        )  # fmt: skip
        if after is not None:
            new = project.codes.move(new, parent, project.codes.get(after.id).position + 1)
            after = new
        made.append(new)
    return tuple(made)


def _bounded(definition: Definition, include: str, rule: str) -> Definition:
    """A definition with a line more of when to use it, and the boundary rule among when not."""
    return replace(definition, include=_with(definition.include, include), exclude=_with(definition.exclude, rule))


def _with(words: str, more: str) -> str:
    return "\n".join(part for part in (words.rstrip(), more.strip()) if part)


def _place(segment: Segment, code: int) -> tuple[int, int, int, int]:
    return segment.document, segment.start, segment.end, code


def _put(project: Project, segment: Segment, target: Code, taken: set[tuple[int, int, int, int]]) -> None:
    """Give a passage its part's code, under the definition in force; where these words have it already, it goes."""
    place = _place(segment, target.id)
    if segment.code != target.id and place in taken:
        project.segments.remove([segment])
        return
    project.segments.recode(segment, target.short)
    taken.add(place)


# -- what was coded under a definition before -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CodedBefore:
    """A document in which a code was used before its definition came into force.

    Attributes:
        document: it.
        own: the acting coder's passages, by place.
        others: short name of another coder -> how many of theirs.
    """

    document: Document
    own: tuple[Segment, ...]
    others: dict[str, int]


def coded_before(project: Project, code: Code) -> list[CodedBefore]:
    """The documents with passages of a code that were coded under an earlier definition than the one in force."""
    in_force = {each.id: project.codes.definition_id(each.id) for each in project.codes.all(retired=True)}
    old = [each for each in passages(project, code) if each.definition != in_force[each.code]]
    coders = {coder.id: coder.short for coder in project.coders.all()}
    found = []
    for document in project.documents.all():
        here = [each for each in old if each.document == document.id]
        if here:
            own = tuple(each for each in here if each.coder == project.store.viewer)
            others = Counter(coders[each.coder] for each in here if each.coder != project.store.viewer)
            found.append(CodedBefore(document, own, dict(sorted(others.items()))))
    return found


def keep(project: Project, segments: Sequence[Segment]) -> None:
    """Say of one's own passages that they were looked at again, and are right under the definition in force."""
    codes = {code.id: code.short for code in project.codes.all(retired=True)}
    with project.action("keep passages", count=len(segments)):
        for each in segments:
            project.segments.recode(each, codes[each.code])
