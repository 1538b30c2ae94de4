"""The codebook as numbers: every branch is one run of them, so that rolling up is slicing."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Code, Kind
from qualcode.project import Project
from qualcode.sweep import Integers


@dataclass(frozen=True, slots=True)
class Branch:
    """A code with all below it: the numbers from `first` up to, not including, `last`."""

    code: Code
    first: int
    last: int


class CodeTree:
    """The codes that stand, numbered from 0 in the order of the tree, each before those below it.

    A merged code has the number of the code that stands for it; what was below it is below that one. Retired codes
    keep a number: what was coded with them is counted under the codes above.

    Attributes:
        branches: by number.
    """

    def __init__(self, project: Project) -> None:
        codes = project.codes.all(retired=True)
        self._standing = project.codes.standing()
        children: dict[int | None, list[Code]] = {}
        for code in codes:
            if self._standing[code.id] == code.id:
                above = None if code.parent is None else self._standing[code.parent]
                children.setdefault(above, []).append(code)
        branches: list[Branch] = []
        _walk(children, None, branches)
        self.branches: tuple[Branch, ...] = tuple(branches)
        self._parents = {code.id: above for above, below in children.items() for code in below}
        self._by_id = {branch.code.id: number for number, branch in enumerate(self.branches)}
        self._by_short = {code.short.casefold(): self._by_id[self._standing[code.id]] for code in codes}
        self._numbers = np.full(max(self._standing, default=0) + 1, -1, dtype=np.int64)
        for code_id, standing in self._standing.items():
            self._numbers[code_id] = self._by_id[standing]

    def __len__(self) -> int:
        return len(self.branches)

    def numbers(self, codes: Integers) -> Integers:
        """Numbers of codes given by id."""
        return np.asarray(self._numbers[codes], dtype=np.int64)

    def branch(self, short: str) -> Branch:
        """The branch of a code that is known to exist, or of what it was merged into."""
        return self.branches[self._by_short[short.casefold()]]

    def above(self, code: Code) -> list[Code]:
        """The codes above one, the nearest first."""
        found = []
        parent = self._parents[code.id]
        while parent is not None:
            found.append(self.branches[self._by_id[parent]].code)
            parent = self._parents[parent]
        return found

    def marked(self, branches: Iterable[Branch]) -> NDArray[np.bool_]:
        """By number of a code: whether it stands in any of these branches."""
        mark = np.zeros(len(self), dtype=np.bool_)
        for branch in branches:
            mark[branch.first : branch.last] = True
        return mark

    def lost(self, shown: NDArray[np.bool_], kinds: Iterable[Kind]) -> NDArray[np.bool_]:
        """By number of a code: whether it stood in a branch of these kinds that was retired, and now in none shown."""
        wanted = set(kinds)
        retired = (each for each in self.branches if each.code.status == "retired" and each.code.kind in wanted)
        return np.asarray(self.marked(retired) & ~shown, dtype=np.bool_)

    def expected(self) -> list[tuple[int, int]]:
        """Numbers of both ends of each arrow that the codebook expects between codes in use."""
        live = [(number, branch.code) for number, branch in enumerate(self.branches) if branch.code.status == "live"]
        in_use = {number for number, _ in live}
        pairs = ((number, self._by_short[short.casefold()]) for number, code in live for short in code.leads_to)
        return [(source, target) for source, target in pairs if target in in_use]


def _walk(children: dict[int | None, list[Code]], above: int | None, branches: list[Branch]) -> None:
    for code in sorted(children.get(above, ()), key=lambda each: (each.position, each.id)):
        place = len(branches)
        branches.append(Branch(code, place, place + 1))
        _walk(children, code.id, branches)
        branches[place] = Branch(code, place, len(branches))
