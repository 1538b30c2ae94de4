"""An attribute over arrays: what value it has for somebody speaking in a document."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import not_found
from qualcode.project import Project, nesting
from qualcode.project.cases import NO_WAVE, Holder
from qualcode.sweep import Integers

Values = NDArray[np.int64]
_HOLDERS: tuple[Holder, ...] = ("person", "case", "document")


class Trait:
    """One attribute's values, from the person at the document's wave, else the document, else the case.

    A value without a wave holds at every wave that has none of its own. A case without one has that of the case around
    it.

    Attributes:
        name: the attribute's.
        values: those in use, numbers in order of size, then words in alphabetical order.

    Raises:
        NotFoundError: nobody and nothing has such an attribute.
    """

    def __init__(self, project: Project, name: str, waves: Sequence[str], wave_of_document: Integers) -> None:
        columns, values = project.columns(), project.attributes.values(name)
        if not values:
            known = {each for holder in _HOLDERS for each in project.attributes.names(holder)}
            raise not_found("attribute", name, sorted(known))
        self.name = name
        self.values = tuple(sorted({value for *_, value in values}, key=by_size))
        number = {value: place for place, value in enumerate(self.values)}
        said: dict[Holder, dict[tuple[int, str], int]] = {holder: {} for holder in _HOLDERS}
        for holder, row, wave, value in values:
            said[holder][row, wave] = number[value]
        parents = project.cases.parents()
        everywhere = range(len(waves))

        def of_case(case: int | None, wave: str) -> int:
            values = (_at(said["case"], each, wave) for each in nesting.around(parents, case))
            return next((value for value in values if value >= 0), -1)

        people, documents = columns.people, columns.documents
        cases = {case: [of_case(case, waves[wave]) for wave in everywhere] for case in parents}
        none = [-1] * len(waves)
        self._of_person = _table(
            [[_at(said["person"], each, waves[wave]) for wave in everywhere] for each in people.id.tolist()], len(waves)
        )
        self._of_persons_case = _table([cases.get(case, none) for case in people["case"].tolist()], len(waves))
        self._wave = wave_of_document
        of_wave = wave_of_document.tolist()
        self._of_document = np.array(
            [
                _at(said["document"], each, waves[wave])
                for each, wave in zip(documents.id.tolist(), of_wave, strict=True)
            ],
            dtype=np.int64,
        )
        self._of_documents_case = np.array(
            [
                cases.get(case, none)[wave]
                for case, wave in zip(documents["case"].tolist(), of_wave, strict=True)
            ],
            dtype=np.int64,
        )  # fmt: skip

    def at(self, document: Integers, person: Integers) -> Values:
        """Number of the value for each person speaking in each document (their numbers); -1 where there is none."""
        wave = self._wave[document]
        return _first(self._of_person[person, wave], self._of_document[document], self._of_persons_case[person, wave])

    def alone(self, document: Integers) -> Values:
        """Number of the value for words of nobody known in each document; -1 where there is none."""
        return _first(self._of_document[document], self._of_documents_case[document])


def _at(said: dict[tuple[int, str], int], holder: int, wave: str) -> int:
    return said.get((holder, wave), said.get((holder, NO_WAVE), -1))


def _table(rows: list[list[int]], width: int) -> Values:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _first(*choices: Values) -> Values:
    """The first of the choices that is not -1, place by place."""
    found = choices[0]
    for choice in choices[1:]:
        found = np.where(found >= 0, found, choice)
    return found


def by_size(value: str) -> tuple[bool, float, str]:
    """The key that sorts values: numbers in order of size, then words in alphabetical order."""
    try:
        return False, float(value), value
    except ValueError:
        return True, 0.0, value.casefold()
