"""Whether passages stand where their codes are meant: `applies_to` names roles, waves or both.

A name that is both is a role's; one that is neither restricts nothing: `analysis/counting.py` says the
same over arrays.
"""

from collections.abc import Callable, Iterable, Iterator

from qualcode.model import Code, Document, Person, Segment
from qualcode.project.actions import Store
from qualcode.project.cases import People, Waves
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.roles import Roles
from qualcode.project.voices import Voices, role_at
from qualcode.visible import counted


def meant_elsewhere(store: Store, segments: Iterable[Segment]) -> list[tuple[Code, list[Segment]]]:
    """The codes that are meant for others than those who speak in some passages, with these passages.

    A passage in which nobody speaks whose role is known is not held against a code's roles.
    """
    return _by_code(store, segments, _Look.is_elsewhere)


def meant_for_a_role(store: Store, segments: Iterable[Segment]) -> list[tuple[Code, list[Segment]]]:
    """The codes that name roles, with the passages in which nobody speaks whose role is known: no table counts them."""
    return _by_code(store, segments, _Look.is_roleless)


def roleless(code: Code, number: int) -> str:
    """What is said of such passages of a code."""
    where = counted(number, "passage")
    return (
        f"{code.short} applies to {', '.join(code.applies_to)} only, and in {where} nobody speaks whose role is known: "
        f"no table counts {'it' if number == 1 else 'them'}"
    )


def misapplied(store: Store, segments: Iterable[Segment]) -> Iterator[tuple[str, list[Segment]]]:
    """What is told of passages whose codes are meant for others, once for each code, and which passages they are.

    They are no mistake, and nothing is refused.
    """
    chosen = [segment for _, segment in _of_narrow_codes(store, segments)]
    if not chosen:  # as of most passages
        return
    for code, some in meant_elsewhere(store, chosen):
        are = counted(len(some), "passage is", "passages are")
        yield f"{code.short} is meant for {', '.join(code.applies_to)} (applies_to), and {are} of others", some
    for code, some in meant_for_a_role(store, chosen):
        yield roleless(code, len(some)), some


def _by_code(
    store: Store, segments: Iterable[Segment], is_so: "Callable[[_Look, Code, Segment], bool]"
) -> list[tuple[Code, list[Segment]]]:
    narrow = _of_narrow_codes(store, segments)
    if not narrow:
        return []
    look = _Look(store)
    found: dict[int, tuple[Code, list[Segment]]] = {}
    for code, segment in narrow:
        if is_so(look, code, segment):
            found.setdefault(code.id, (code, []))[1].append(segment)
    return list(found.values())


def _of_narrow_codes(store: Store, segments: Iterable[Segment]) -> list[tuple[Code, Segment]]:
    """The passages whose codes are meant for some only, each with its code."""
    chosen = list(segments)
    standing = Codes(store).standing()
    codes = {each: Codes(store).get(standing[each]) for each in {segment.code for segment in chosen}}
    return [(codes[each.code], each) for each in chosen if codes[each.code].applies_to]


class _Look:
    """Who speaks where, read once for each document."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._roles = {role.short for role in Roles(store).all()}
        self._waves = {wave.name for wave in Waves(store).all()} - self._roles
        self._people: dict[int, Person] = {person.id: person for person in People(store).all()}
        self._documents: dict[int, Document] = {document.id: document for document in Documents(store).all()}
        self._voices: dict[int, Voices] = {}

    def is_elsewhere(self, code: Code, segment: Segment) -> bool:
        wave = self._documents[segment.document].wave
        to_roles, to_waves = self._named(code)
        spoken = self._roles_in(segment, wave)
        is_by_role = not to_roles or not spoken or bool(to_roles & spoken)
        return not is_by_role or bool(to_waves and wave not in to_waves)

    def is_roleless(self, code: Code, segment: Segment) -> bool:
        return bool(self._named(code)[0]) and not self._roles_in(segment, self._documents[segment.document].wave)

    def _named(self, code: Code) -> tuple[set[str], set[str]]:
        """The roles and the waves that a code applies to."""
        named = set(code.applies_to)
        return named & self._roles, named & self._waves

    def _roles_in(self, segment: Segment, wave: str) -> set[str]:
        if segment.document not in self._voices:
            self._voices[segment.document] = Voices.of(self._store, segment.document)
        people = self._voices[segment.document].between(segment.start, segment.end)
        return {role_at(self._people[each], wave) for each in people} - {""}
