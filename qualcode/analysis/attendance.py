"""Who was interviewed at which wave."""

from dataclasses import dataclass, replace

import numpy as np

from qualcode.analysis.counting import Corpus
from qualcode.analysis.groups import Group, Grouping, free_key, wave_text
from qualcode.analysis.speech import Mask
from qualcode.project.cases import NO_WAVE
from qualcode.sweep import Integers


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was interviewed at which wave, within a scope.

    Attributes:
        waves: numbers of the waves at which somebody was, in order. Documents without a wave are no wave, unless no
            document has one.
        seen: by person and place in `waves`.
    """

    waves: tuple[int, ...]
    seen: Mask

    @property
    def every(self) -> Mask:
        """By person: whether interviewed at each of the waves."""
        return np.asarray(self.seen.all(axis=1) & self.seen.any(axis=1), dtype=np.bool_)


def attendance(corpus: Corpus) -> Attendance:
    """Who was interviewed at which wave."""
    visits = corpus.visits
    seen = np.zeros((len(corpus.person_ids), len(corpus.waves)), dtype=np.bool_)
    seen[visits.person, corpus.wave_of_document[visits.document]] = True
    waves = [wave for wave in range(len(corpus.waves)) if seen[:, wave].any()]
    named = [wave for wave in waves if corpus.waves[wave] != NO_WAVE]
    return Attendance(tuple(named or waves), seen[:, named or waves])


def waves_and_completers(corpus: Corpus) -> Grouping:
    """Waves, and beside them the waves of those alone who were interviewed at each of them.

    The second are left out where they are all, or nobody.
    """
    met = attendance(corpus)
    complete = met.every
    groups = [
        Group(name, wave_text(name), 2 * wave, 2 * wave + 2, is_rest=name == NO_WAVE, who=(("wave", name),))
        for wave, name in enumerate(corpus.waves)
    ]
    if len(met.waves) > 1 and complete.any() and not complete[met.seen.any(axis=1)].all():
        keys = [free_key(f"{corpus.waves[wave]} completers", corpus.waves) for wave in met.waves]
        groups = [replace(group, band="All interviewed") for group in groups]
        groups += [
            Group(
                key,
                wave_text(corpus.waves[wave]),
                2 * wave + 1,
                2 * wave + 2,
                band="Interviewed at every wave",
                who=(("wave", corpus.waves[wave]), ("interviewed", "at every wave")),
            )
            for key, wave in zip(keys, met.waves, strict=True)
        ]

    def at(document: Integers, person: Integers) -> Integers:
        return 2 * corpus.wave_of_document[document] + complete[person]

    def alone(document: Integers) -> Integers:
        return 2 * corpus.wave_of_document[document]

    return Grouping(corpus, "wave", tuple(groups), 2 * len(corpus.waves), at, alone)
