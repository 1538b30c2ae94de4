"""Where coders differ: passages to talk about, codes that are taken for one another; and what is told on request."""

from dataclasses import dataclass, replace

import numpy as np

from qualcode import sweep
from qualcode.agreement.code_sets import sets_by_character, sets_by_unit
from qualcode.agreement.coding import Coding, Mask
from qualcode.agreement.coincidences import Metric, alpha
from qualcode.agreement.estimate import Estimate
from qualcode.agreement.material import Material
from qualcode.agreement.ratings import MISSING, Floats, Ratings
from qualcode.agreement.tallying import by_unit, pieces
from qualcode.agreement.unitising import Continua, Unitising, unitised
from qualcode.errors import NotFoundError, not_found
from qualcode.sweep import Integers


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that some coders gave a code and others did not.

    Attributes:
        document: its name.
        code: short name.
        start, end: half-open code points of the document: a stretch in which the same coders gave the code; with
            `is_boundary` all that any coder gave it, as far as it touches.
        by: short names of the coders who gave it the code; `not_by` of those who have finished the document and
            did not.
        differs: how many rated characters are not coded alike.
        is_boundary: all coders gave the code to a part of it, so that they differ on where it begins or ends alone.
    """

    document: str
    code: str
    start: int
    end: int
    by: tuple[str, ...]
    not_by: tuple[str, ...]
    differs: int
    is_boundary: bool


def differences(material: Material) -> list[Difference]:
    """Every passage on which coders differ; by document, place and code. Boundary differences are marked as such.

    What some gave a code and not all gave even a part of is cut where those who gave it change: two opposite
    disagreements that touch are two. What all gave a part of is one difference of edges, as far as it touches.
    """
    coding = material.coding
    offset, full = coding.offset, (coding.seen * (1 << np.arange(coding.coders))).sum(axis=1)
    code, begin, length, mask = pieces(coding)
    everybody = full[sweep.place(begin, offset)[0]]
    agreed, first_of = _touching(coding, code, begin, length, mask, mask == everybody)
    who = np.bitwise_or.reduceat(mask, first_of) if len(first_of) else mask
    differs = _added(np.where(mask == everybody, 0, length), first_of)
    start, end = begin[first_of], (begin + length)[np.append(first_of[1:], len(begin)) - 1]
    document, within = sweep.place(start, offset)
    first, last = material.text.rated.original(document, within, end - offset[document])
    names = [each.short for each in material.coders]
    found = []
    compared = np.count_nonzero(coding.seen, axis=1) > 1
    for row in np.flatnonzero((differs > 0) & compared[document]).tolist():
        seen = coding.seen[document[row]]
        by = [name for bit, name in enumerate(names) if who[row] >> bit & 1]
        absent = [name for bit, name in enumerate(names) if seen[bit] and not who[row] >> bit & 1]
        found.append(
            Difference(
                material.rounds.documents[int(document[row])].name, material.codes[int(code[first_of[row]])],
                int(first[row]), int(last[row]), tuple(by), tuple(absent), int(differs[row]), bool(agreed[row]),
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.document, each.start, each.end, each.code))


def _touching(
    coding: Coding, code: Integers, begin: Integers, length: Integers, mask: Integers, alike: Mask
) -> tuple[Mask, Integers]:
    """Pieces made one: whether all coders gave the code to a part of each, and the first piece of each."""
    code_of, start, _ = sweep.unite(code, begin, begin + length)
    band = int(coding.offset[-1]) + 1
    passage = np.searchsorted(code_of * band + start, code * band + begin, side="right") - 1
    agreed = (np.bincount(passage, alike, minlength=len(start)) > 0)[passage]
    new = passage[1:] != passage[:-1]
    new |= ~agreed[1:] & (mask[1:] != mask[:-1])
    first_of = np.flatnonzero(np.concatenate(([True], new))[: len(passage)])
    return agreed[first_of], first_of


def _added(lengths: Integers, first_of: Integers) -> Integers:
    return np.add.reduceat(lengths, first_of) if len(first_of) else lengths


def set_ratings(material: Material) -> Ratings:
    """What each coder gave each unit, as a set of codes (by number)."""
    units = material.text.units
    if units is None:
        return sets_by_character(material.coding)
    return sets_by_unit(by_unit(material.coding, units, material.partial, material.weight, material.text.words, units))


def set_alpha(material: Material, metric: Metric = "masi") -> Estimate:
    """Krippendorff's alpha on whole sets of codes, at the unit that was asked for: "masi" or "jaccard"."""
    return alpha(set_ratings(material), metric)


def confusion(material: Material, first: str, second: str) -> Floats:
    """How much text (or how many units) one coder gave one code and the other another.

    Where the first gave codes that the second did not, and the other way round, each such pair has its share. What one
    gave and the other gave nothing instead stands in the last column, or row: whether to code at all, not what.

    Args:
        material: what was compared.
        first, second: short names of two of its coders.

    Returns:
        Codes of the first by codes of the second, one row and column more for none.

    Raises:
        NotFoundError: one of them was not compared.
    """
    ratings = set_ratings(material)
    one, other = (ratings.patterns[:, _place(material, short)] for short in (first, second))
    found = np.zeros((len(material.codes) + 1,) * 2)
    for left, right, weight in zip(one.tolist(), other.tolist(), ratings.weights.tolist(), strict=True):
        if MISSING in (left, right) or left == right:
            continue
        mine, theirs = ratings.categories[left], ratings.categories[right]
        rows, columns = sorted(mine - theirs) or [-1], sorted(theirs - mine) or [-1]
        whole = 1 if -1 in (*rows, *columns) else len(rows) * len(columns)
        found[np.ix_(rows, columns)] += weight / whole
    return found


def unitising_of(material: Material, codes: tuple[str, ...]) -> Unitising:
    """The 2016 alphas of some codes, whose passages by one coder must not overlap: one code, or an exclusive group.

    Raises:
        NotFoundError: a code was not compared.
        InputError: passages of one coder overlap.
    """
    places = [material.codes.index(short) if short in material.codes else -1 for short in codes]
    for short, place in zip(codes, places, strict=True):
        if place < 0:
            raise not_found("code", short, material.codes)
    coding = _chosen(material.coding, places)
    return unitised(
        Continua(
            coding.document, coding.coder, coding.code, coding.start, coding.end, coding.lengths, coding.seen,
            len(places),
        )
    )  # fmt: skip


def _chosen(coding: Coding, places: list[int]) -> Coding:
    """The coding of some codes, numbered anew."""
    number = np.full(coding.codes, -1, dtype=np.int64)
    number[places] = np.arange(len(places))
    kept = number[coding.code] >= 0

    def of(column: Integers) -> Integers:
        return column[kept]

    return replace(
        coding, document=of(coding.document), coder=of(coding.coder), code=number[of(coding.code)],
        start=of(coding.start), end=of(coding.end), codes=len(places),
    )  # fmt: skip


def _place(material: Material, short: str) -> int:
    names = [each.short for each in material.coders]
    if short not in names:
        error: NotFoundError = not_found("coder compared", short, names)
        raise error
    return names.index(short)
