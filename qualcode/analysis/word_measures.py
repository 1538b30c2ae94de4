"""How evenly people share a word, and how far two groups differ in it: formulas of corpus linguistics."""

from math import fsum, log, log2

import numpy as np

from qualcode.sweep import Integers

_IN_PLACE_OF_NONE = 0.5


def deviation_of_proportions(said: Integers, words: Integers) -> float | None:
    """DP: half the sum, over people, of the differences between their share of the word and their share of all words.

    0 = everybody says it as often as they speak; near 1 = it is said by few who say little. None where nobody says it.

    Args:
        said: by person, how often the word.
        words: by person, how many words in all, the same people.

    Source: S. Th. Gries (2008), Dispersions and adjusted frequencies in corpora, International Journal of Corpus
    Linguistics 13(4), 403-437. Juilland's D asks for parts of one size, and people do not speak equally long.
    """
    if not said.sum():
        return None
    # fsum, since the order in which people came must not show in the last digit
    return fsum(np.abs(said / said.sum() - words / words.sum()).tolist()) / 2


def log_likelihood(one: int, of_one: int, other: int, of_other: int) -> float:
    """G2 of a word in two groups, over all four cells (this word and all others, by group).

    3.84 goes with p = .05 where occurrences are independent; those of one person never are.

    Args:
        one: occurrences in the one group,
        of_one: of so many words,
        other: occurrences in the other group,
        of_other: of so many words.

    Source: T. Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational
    Linguistics 19(1), 61-74.
    """
    total, whole = one + other, of_one + of_other
    if not (of_one and of_other):
        return 0.0
    cells = (
        (one, total * of_one / whole),
        (other, total * of_other / whole),
        (of_one - one, (whole - total) * of_one / whole),
        (of_other - other, (whole - total) * of_other / whole),
    )
    return max(0.0, 2 * sum(seen * log(seen / expected) for seen, expected in cells if seen))


def log_ratio(one: int, of_one: int, other: int, of_other: int) -> float | None:
    """The binary logarithm of how many times more frequent a word is in the one group than in the other.

    1 = twice as frequent, 2 = four times, -1 = half. Where a group does not say it, half an occurrence stands for none.
    None where neither does, or one of them says nothing at all.

    Source: A. Hardie (2014), Log Ratio: an informal introduction, ESRC Centre for Corpus Approaches to Social Science,
    Lancaster University.
    """
    if not (of_one and of_other and one + other):
        return None
    return log2((max(one, _IN_PLACE_OF_NONE) / of_one) / (max(other, _IN_PLACE_OF_NONE) / of_other))
