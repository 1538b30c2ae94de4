"""Whether passages stand where their codes are meant: `applies_to` names roles, waves or both.

A name that is both is a role's; one that is neither restricts nothing: `analysis/counting.py` says the
same over arrays.
"""

from collections.abc import Iterable

from qualcode.model import Code, Document, Person, Segment
from qualcode.project.actions import Store
from qualcode.project.cases import People, Waves
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.roles import Roles
from qualcode.project.voices import Voices, role_at


def meant_elsewhere(store: Store, segments: Iterable[Segment]) -> list[tuple[Code, list[Segment]]]:
    """The codes that are meant for others than those who speak in some passages, with these passages.

    A passage in which nobody speaks whose role is known is not held against a code's roles.
    """
    chosen = list(segments)
    codes = {code.id: code for code in Codes(store).all(retired=True)}
    standing = Codes(store).standing()
    narrow = [(codes[standing[each.code]], each) for each in chosen if codes[standing[each.code]].applies_to]
    if not narrow:
        return []
    look = _Look(store)
    found: dict[int, tuple[Code, list[Segment]]] = {}
    for code, segment in narrow:
        if not look.fits(code, segment):
            found.setdefault(code.id, (code, []))[1].append(segment)
    return list(found.values())


class _Look:
    """Who speaks where, read once for each document."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._roles = {role.short for role in Roles(store).all()}
        self._waves = {wave.name for wave in Waves(store).all()} - self._roles
        self._people: dict[int, Person] = {person.id: person for person in People(store).all()}
        self._documents: dict[int, Document] = {document.id: document for document in Documents(store).all()}
        self._voices: dict[int, Voices] = {}

    def fits(self, code: Code, segment: Segment) -> bool:
        named = set(code.applies_to)
        wave = self._documents[segment.document].wave
        to_roles, to_waves = named & self._roles, named & self._waves
        spoken = self._roles_in(segment, wave)
        is_by_role = not to_roles or not spoken or bool(to_roles & spoken)
        return is_by_role and (not to_waves or wave in to_waves)

    def _roles_in(self, segment: Segment, wave: str) -> set[str]:
        if segment.document not in self._voices:
            self._voices[segment.document] = Voices.of(self._store, segment.document)
        people = self._voices[segment.document].between(segment.start, segment.end)
        return {role_at(self._people[each], wave) for each in people} - {""}
