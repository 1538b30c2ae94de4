"""Whose coding, whose words, how many: the one place where analyses learn what may be counted.

A passage is counted where the layer's coder made it, in a document of the chosen waves, and where a person speaks in it
who is within the scope and to whom, at that wave, its codes apply. Passages in which nobody known speaks count as
references and sources of a scope and under codes that name no roles; in a document without people, also for the
document's case.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from qualcode import sweep
from qualcode.analysis.code_tree import Branch, CodeTree
from qualcode.analysis.speech import Mask, Passages, Speech
from qualcode.analysis.traits import Trait
from qualcode.errors import not_found
from qualcode.project import Project, nesting
from qualcode.project.cases import NO_WAVE
from qualcode.project.columns import Array, Columns
from qualcode.sweep import Integers

Unit = Literal["people", "sources", "cases", "references"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of a study is counted; an empty field leaves nothing out.

    Attributes:
        roles: short names; people count with what they say in one of these roles; "" = in none that is known.
        waves: names; documents of these waves.
        cases: names; people of these cases and of the cases inside them.
        attributes: pairs of an attribute's name and a value; several values of one attribute: any of them.
        codes: short names; these codes and those below them are shown, where a table shows codes of that sort.
        coder: short name of the coder whose coding is counted; None = consensus where complete, else the lead coder.
    """

    roles: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    coder: str | None = None


class Corpus:
    """A project under one scope, as numbers from 0: documents, people, cases and roles by id, codes by the tree.

    Attributes:
        tree: the codebook.
        columns: the project's arrays.
        roles: short names by number; the number after the last stands for people without a role.
        waves: names by number.
        wave_of_document: number of its wave, by number of the document.
        offset: where documents begin on the axis.
        layer: by number of a document: id of the coder whose coding counts.
        in_waves: by number of a document: whether it is of the chosen waves.
        document_ids, person_ids, case_ids: by number.
        case_of_person, case_of_document: number of the case, by number of the person or document; -1 = none.
        visits: a row for each person interviewed in a document within the scope: document, person, role, case.
        silent: numbers of the documents within the scope in which words of nobody known count.
    """

    def __init__(self, project: Project, scope: Scope | None = None, columns: Columns | None = None) -> None:
        self.project = project
        self.scope = _as_written(project, scope or Scope())
        self.columns = columns or project.columns()
        self.tree = CodeTree(project)
        documents, people, cases = self.columns.documents, self.columns.people, project.cases.all()
        self.document_ids, self.person_ids = documents.id, people.id
        self.case_ids = np.array(sorted(case.id for case in cases), dtype=np.int64)
        self.roles = tuple(role.short for role in project.roles.all())
        self.offset = sweep.offsets(documents.length)
        self._documents, self._people = _numbering(documents.id), _numbering(people.id)
        numbers = _numbering(self.case_ids)
        self.case_of_person, self.case_of_document = numbers[people["case"]], numbers[documents["case"]]
        self._read_waves_and_roles()
        voices = self.columns.voices
        spoken_in, person = self._documents[voices.document], self._people[voices.person]
        self._speech = Speech(spoken_in, voices.start, voices.end, person, documents.length, self.offset)
        self._read_scope()
        layer = project.coders.layer(self.scope.coder)
        self.layer = np.array([layer[each] for each in documents.id.tolist()], dtype=np.int64)
        self._applies = self._applying()
        self._denominators: dict[tuple[Unit, bytes], int] = {}  # there are few, however many codes
        everyone = self._everyone(spoken_in, person)
        fits = self._fits(everyone.document, everyone.person)
        self.visits = everyone.where(fits & self.in_waves[everyone.document])
        everywhere = np.arange(len(self.document_ids))
        self.silent = np.flatnonzero(self.in_waves & self._fits_alone(everywhere))

    # -- reading -----------------------------------------------------------------------------------------------------

    def _read_waves_and_roles(self) -> None:
        waves = self.project.waves.all()
        self.waves = tuple(wave.name for wave in waves)
        wave_numbers = _numbering(np.array([wave.id for wave in waves], dtype=np.int64))
        role_numbers = _numbering(np.array([role.id for role in self.project.roles.all()], dtype=np.int64))
        self.wave_of_document = wave_numbers[self.columns.documents.wave]
        said, nobody = self.columns.roles, len(self.roles)
        known = np.full((len(self.person_ids), len(waves)), -1, dtype=np.int64)
        known[self._people[said.person], wave_numbers[said.wave]] = role_numbers[said.role]
        usual = known[:, self.waves.index(NO_WAVE)]
        known = np.where(known < 0, usual[:, np.newaxis], known)
        self._role_at = np.where(known < 0, nobody, known)

    def _read_scope(self) -> None:
        chosen = [self.waves.index(name) for name in self.scope.waves]
        self.in_waves = np.isin(self.wave_of_document, chosen)
        if not self.scope.waves:
            self.in_waves[:] = True
        self._in_roles = np.zeros(len(self.roles) + 1, dtype=np.bool_)
        known = [self.roles.index(short) if short else -1 for short in self.scope.roles]
        self._in_roles[known] = True
        self._in_cases = np.append(np.isin(self.case_ids, self._chosen_cases()), [False])  # the last: no case
        self._wanted = [
            (self.trait(name), [value for other, value in self.scope.attributes if other == name])
            for name in dict.fromkeys(name for name, _ in self.scope.attributes)
        ]
        for trait, values in self._wanted:
            for value in values:
                if value not in trait.values:
                    raise not_found(f"value of {trait.name}", value, trait.values)
        codes = self.project.codes
        chosen_codes = [self.tree.branch(codes.standing_for(codes.get(short)).short) for short in self.scope.codes]
        self._chosen_codes = self.tree.marked(chosen_codes)

    def within(self, scope: Scope) -> "Corpus":
        """The same project, read but once, under another scope."""
        return Corpus(self.project, scope, self.columns)

    @cached_property
    def unfiltered(self) -> "Corpus":
        """The whole study in the same layer."""
        whole = Scope(coder=self.scope.coder)
        return self if self.scope == whole else self.within(whole)

    def trait(self, name: str) -> Trait:
        """An attribute's values over this corpus.

        Raises:
            NotFoundError: there is no such attribute.
        """
        return Trait(self.project, name, self.waves, self.wave_of_document)

    def shown(self, branches: Iterable[Branch]) -> tuple[Branch, ...]:
        """Those of the branches whose codes the scope names; all if it names none of them.

        So `codes=("M2",)` restricts a matrix of mechanisms by outcomes to some rows, not to no columns.
        """
        offered = tuple(branches)
        return tuple(branch for branch in offered if self._chosen_codes[branch.first]) or offered

    def _chosen_cases(self) -> list[int]:
        return self.inside({self.project.cases.get(name).id for name in self.scope.cases})

    def inside(self, chosen: set[int]) -> list[int]:
        """Ids of some cases and of all inside them."""
        return nesting.inside(self.project.cases.parents(), chosen)

    def _applying(self) -> Mask | None:
        """By code, role and wave, whether the code applies; None where all apply to all.

        The last role is: none known. A code may name roles, waves or both; a name that is both is a role's. What is
        neither, or not yet, restricts nothing: see `unknown`.
        """
        if not any(branch.code.applies_to for branch in self.tree.branches):
            return None
        named = [set(branch.code.applies_to) for branch in self.tree.branches]
        to_roles = [some.intersection(self.roles) for some in named]
        to_waves = [some.intersection(self.waves).difference(self.roles) for some in named]
        roles = [[not some or role in some for role in (*self.roles, "")] for some in to_roles]
        waves = [[not some or wave in some for wave in self.waves] for some in to_waves]
        return np.array(roles, dtype=np.bool_)[:, :, np.newaxis] & np.array(waves, dtype=np.bool_)[:, np.newaxis, :]

    def unknown(self, codes: Mask) -> list[tuple[str, str]]:
        """Short name of each code of the mask that applies to a name which is no role and no wave, and that name."""
        known = {*self.roles, *self.waves}
        chosen = [self.tree.branches[number].code for number in np.flatnonzero(codes).tolist()]
        return [(code.short, name) for code in chosen for name in code.applies_to if name not in known]

    def _everyone(self, document: Integers, person: Integers) -> Array:
        """A row for each person in each document."""
        people = max(len(self.person_ids), 1)
        document, person = np.divmod(sweep.once(document * people + person), people)
        role, case = self.role(document, person), self.case_of_person[person]
        return Array({"document": document, "person": person, "role": role, "case": case})

    # -- who speaks --------------------------------------------------------------------------------------------------

    def role(self, document: Integers, person: Integers) -> Integers:
        """Numbers of the roles that people have at the waves of documents."""
        return np.asarray(self._role_at[person, self.wave_of_document[document]], dtype=np.int64)

    def whose(self, coded: Array) -> tuple[Integers, Mask]:
        """Numbers of the documents that rows (segments, claims) stand in, and whether the layer's coder made them."""
        document = self._documents[coded.document]
        return document, self.layer[document] == coded.coder

    def in_layer(self, coded: Array) -> Array:
        """The rows of the layer in documents of the chosen waves."""
        document, chosen = self.whose(coded)
        chosen &= self.in_waves[document]
        return coded if chosen.all() else coded.where(chosen)

    def axis(self, coded: Array) -> tuple[Integers, Integers, Integers]:
        """Document's number, start and end on the axis of rows with document, start and end."""
        document = self._documents[coded.document]
        begin = self.offset[document]
        return document, begin + coded.start, begin + coded.end

    def turns(self, start: Integers, end: Integers) -> tuple[Integers, Integers]:
        """The runs of known people's turns that passages on the axis overlap; see `Speech.turns`."""
        return self._speech.turns(start, end)

    def speakers(self, document: Integers, turns: tuple[Integers, Integers]) -> tuple[Integers, Integers]:
        """Pairs of a passage's index and a person who speaks in it, whatever the scope; see `Speech.speakers`."""
        return self._speech.speakers(document, turns)

    def passages(
        self,
        document: Integers,
        start: Integers,
        end: Integers,
        turns: tuple[Integers, Integers],
        codes: tuple[Integers, ...],
    ) -> Passages:
        """What counts of passages on the axis under the scope.

        Args:
            document: number of each passage's document.
            start: on the axis.
            end: on the axis.
            turns: that they overlap.
            codes: numbers of the codes it stands under, one array for each: all must apply to a speaker.
        """
        spoken, speaker = self.speakers(document, turns)
        heard = _marked(spoken, len(document))
        silent = ~heard & self._fits_alone(document)
        if self.scope.roles or self.scope.cases or self.scope.attributes:
            fits = self._fits(document[spoken], speaker)
            spoken, speaker = spoken[fits], speaker[fits]
            heard = _marked(spoken, len(document))
        within = heard | silent
        if self._applies is not None:
            role, wave = self.role(document[spoken], speaker), self.wave_of_document[document]
            applies = np.logical_and.reduce([self._applies[code[spoken], role, wave[spoken]] for code in codes])
            spoken, speaker = spoken[applies], speaker[applies]
            heard = _marked(spoken, len(document))
            silent &= np.logical_and.reduce([self._applies[code, -1, wave] for code in codes])
        counted = heard | silent
        return Passages(document, start, end, spoken, speaker, counted, int(np.count_nonzero(within & ~counted)))

    @property
    def without_people(self) -> Mask:
        """By number of a document: whether nobody is known in it."""
        return self._speech.without_people

    @cached_property
    def documents(self) -> Integers:
        """Numbers of the documents within the scope: those in which somebody or nobody known counts."""
        return sweep.once(np.concatenate((self.visits.document, self.silent)))

    def _fits(self, document: Integers, person: Integers) -> Mask:
        fits = np.ones(len(person), dtype=np.bool_)
        if self.scope.roles:
            fits &= self._in_roles[self.role(document, person)]
        if self.scope.cases:
            fits &= self._in_cases[self.case_of_person[person]]
        for trait, values in self._wanted:
            fits &= _is_one_of(trait, values, trait.at(document, person))
        return fits

    def _fits_alone(self, document: Integers) -> Mask:
        """Whether words of nobody known count, by the document they stand in."""
        case = self.case_of_document[document]
        if self.scope.roles:
            return np.zeros(len(case), dtype=np.bool_)
        fits = self._in_cases[case] if self.scope.cases else np.ones(len(case), dtype=np.bool_)
        for trait, values in self._wanted:
            fits &= _is_one_of(trait, values, trait.alone(document))
        return fits

    # -- how many ----------------------------------------------------------------------------------------------------

    def units(self, unit: Unit) -> int:
        """How many people, sources or cases the project has: their numbers are below this."""
        return {"people": len(self.person_ids), "sources": len(self.document_ids), "cases": len(self.case_ids)}[unit]

    def bearers(self, passages: Passages, unit: Unit) -> tuple[Integers, Integers]:
        """Who or what stands behind passages: pairs of a passage's index and a person's, document's or case's number.

        For references each counted passage is paired with itself: they are united cell by cell, see `cells`.
        """
        if unit == "people":
            return passages.spoken, passages.speaker
        if unit == "cases":
            case = self.case_of_person[passages.speaker]
            alone = np.flatnonzero(passages.counted & self.without_people[passages.document])
            case_alone = self.case_of_document[passages.document[alone]]
            of, case = np.concatenate((passages.spoken, alone)), np.concatenate((case, case_alone))
            return of[case >= 0], case[case >= 0]
        counted = np.flatnonzero(passages.counted)
        return counted, passages.document[counted] if unit == "sources" else counted

    def to_some(self, *codes: Mask) -> Mask:
        """By role and wave: whether at least one code of each mask (by number of the code) applies to them."""
        everyone = np.ones((len(self.roles) + 1, len(self.waves)), dtype=np.bool_)
        if self._applies is None:
            return everyone
        for_all: Mask = np.logical_and.reduce(
            [everyone, *(np.logical_or.reduce(self._applies[mask], axis=0) for mask in codes)]
        )
        return for_all

    def eligible(self, *codes: Mask) -> Array:
        """The visits of people to whom at least one code of each mask (by number of the code) applies."""
        return self.visits.where(self.are_among(self.to_some(*codes))[0])

    def are_among(self, to_some: Mask) -> tuple[Mask, Mask]:
        """Which of the visits, and which of the documents in `silent`, are of these roles and waves."""
        visits = to_some[self.visits.role, self.wave_of_document[self.visits.document]]
        return visits, to_some[-1, self.wave_of_document[self.silent]]

    def denominator(self, unit: Unit, *codes: Mask) -> int | None:
        """N: how many people interviewed within the scope (documents, cases) could be coded so; None for references."""
        if unit == "references":
            return None
        to_some = self.to_some(*codes)
        known = unit, to_some.tobytes()
        if known not in self._denominators:
            self._denominators[known] = len(self.interviewed(unit, *self.are_among(to_some)))
        return self._denominators[known]

    def interviewed(self, unit: Unit, visits: Mask, silent: Mask) -> Integers:
        """Numbers of the people, documents or cases behind some of the visits and some of the documents in `silent`."""
        met, alone = self.visits.where(visits), self.silent[silent]
        if unit == "people":
            return sweep.once(met.person)
        if unit == "sources":
            return sweep.once(np.concatenate((met.document, alone)))
        alone = alone[self.without_people[alone]]
        cases = sweep.once(np.concatenate((met["case"], self.case_of_document[alone])))
        return cases[cases >= 0]

    def who(self, unit: Unit, documents: Mask, *codes: Mask) -> Integers:
        """Numbers of those that `denominator` counts, as far as they stand in some documents (by number of it)."""
        return self.who_are(unit, documents, self.to_some(*codes))

    def who_are(self, unit: Unit, documents: Mask, to_some: Mask) -> Integers:
        """The same of some roles and waves, as `to_some` gives them."""
        visits, silent = self.are_among(to_some)
        return self.interviewed(unit, visits & documents[self.visits.document], silent & documents[self.silent])

    @cached_property
    def coded(self) -> Mask:
        """By number of a document: whether the layer's coder has coded it, or finished it with nothing found."""
        document, counted = self.whose(self.columns.coded)
        return _marked(document[counted], len(self.document_ids))


def _as_written(project: Project, scope: Scope) -> Scope:
    """The scope with names as the project has them: they may be typed in any case, and are compared and printed."""
    return replace(
        scope,
        roles=tuple(project.roles.get(short).short if short else "" for short in scope.roles),
        waves=tuple(project.waves.get(name).name for name in scope.waves),
        cases=tuple(project.cases.get(name).name for name in scope.cases),
        codes=tuple(project.codes.get(short).short for short in scope.codes),
    )


def _numbering(ids: Integers) -> Integers:
    """A table from id to number (its place in `ids`); -1, as the last place, stands for none."""
    numbers = np.full(int(ids.max(initial=0)) + 2, -1, dtype=np.int64)
    numbers[ids] = np.arange(len(ids))
    return numbers


def _is_one_of(trait: Trait, values: list[str], number: Integers) -> Mask:
    return np.isin(number, [trait.values.index(value) for value in values])


def _marked(places: Integers, length: int) -> Mask:
    mark = np.zeros(length, dtype=np.bool_)
    mark[places] = True
    return mark
