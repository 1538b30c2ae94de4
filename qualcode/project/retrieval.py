"""Retrieval: which coded passages fit what is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from qualcode.model import Claim, Document, Segment
from qualcode.project.actions import Store
from qualcode.project.alike import alike
from qualcode.project.cases import People, Waves
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.voices import Voices
from qualcode.project.whose_words import WhoseWords


@dataclass(frozen=True, slots=True)
class Filter:
    """Which coding is wanted; an empty field asks for nothing in particular. All named fields must hold.

    People, cases, roles, waves and attributes mean what they mean in a table's scope: see `project/whose_words.py`.

    Attributes:
        codes: short names; each with all below it and all merged into it; a merged one is the one that stands for it.
        documents, people, cases, roles, waves, coders: by name (roles and coders by short name), in any case where only
            one can be meant; a case with all inside it; the role "" = none that is known.
        attributes: pairs of an attribute's name and a value, of the person who speaks (at the document's wave), else
            the document, else the case; several values of one attribute: any of them.
        words: they occur in the passage, whatever their case and however quotes, dashes and accents are written.
        unsure: only passages marked unsure.
        counting: only the coding that tables count: the consensus where it is complete, else the lead coder's.
    """

    codes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    words: str = ""
    unsure: bool = False
    counting: bool = False


Coded = TypeVar("Coded", Segment, Claim)


class Retrieval:
    """One question to the coded passages, or the claims, of a project.

    Args:
        store: the open project.
        wanted: what is asked for.
        ends: the columns that hold a code: one of them is to fit.
    """

    def __init__(self, store: Store, wanted: Filter, ends: tuple[str, ...] = ("code",)) -> None:
        self._store = store
        self._wanted = wanted
        self._ends = ends

    def among(self, read: Callable[[str, Sequence[Any]], list[Coded]]) -> list[Coded]:
        """The standing segments or claims that fit.

        Args:
            read: those under an SQL condition with its parameters, by document and place.

        Raises:
            NotFoundError: a code, coder, person, ... is asked for that is not there.
        """
        wanted = self._wanted
        conditions, parameters = self._coding_conditions()
        documents, whose = self._documents(), WhoseWords(self._store, wanted)
        found = [each for each in read(" AND ".join(conditions), parameters) if each.document in documents]
        if wanted.counting:
            layer = Coders(self._store).layer()
            found = [each for each in found if layer[each.document] == each.coder]
        if whose.asks:
            found = self._spoken_by(whose, found, documents)
        return self._holding(found) if wanted.words else found

    def _coding_conditions(self) -> tuple[list[str], list[Any]]:
        conditions, parameters = ["until IS NULL"], list[Any]()
        if self._wanted.codes:
            codes = Codes(self._store)
            tops = [codes.standing_for(codes.get(short)) for short in self._wanted.codes]
            branch = {each for top in tops for each in codes.branch(top)}
            marks = ", ".join("?" * len(branch))
            conditions.append(f"({' OR '.join(f'{end} IN ({marks})' for end in self._ends)})")
            parameters += sorted(branch) * len(self._ends)
        if self._wanted.coders:
            conditions.append(f"coder IN ({', '.join('?' * len(self._wanted.coders))})")
            parameters += [Coders(self._store).get(short).id for short in self._wanted.coders]
        if self._wanted.unsure:
            conditions.append("unsure IS NOT NULL")
        return conditions, parameters

    def _documents(self) -> dict[int, Document]:
        documents, waves = Documents(self._store), Waves(self._store)
        chosen = [documents.get(name) for name in self._wanted.documents] or documents.all()
        of = {waves.get(name).name for name in self._wanted.waves}
        return {each.id: each for each in chosen if not of or each.wave in of}

    def _spoken_by(self, whose: WhoseWords, found: list[Coded], documents: Mapping[int, Document]) -> list[Coded]:
        known = {person.id: person for person in People(self._store).all()}
        voices = {number: Voices.of(self._store, number) for number in {each.document for each in found}}

        def fits(each: Coded) -> bool:
            speakers = [known[person] for person in voices[each.document].between(each.start, each.end)]
            return whose.fit(documents[each.document], speakers)

        return [each for each in found if fits(each)]

    def _holding(self, found: list[Coded]) -> list[Coded]:
        documents = Documents(self._store)
        bodies = {number: documents.body(documents.get(number)) for number in {each.document for each in found}}
        sought = alike(self._wanted.words)
        return [each for each in found if sought in alike(bodies[each.document][each.start : each.end])]
