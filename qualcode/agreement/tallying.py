"""Who coded how much of what: lengths, or numbers of units, by who applied a code and who did not.

By characters the text is swept once: the ends of all passages are sorted, and between two of them the same coders stand
in the same code. That is O(S log S) for S passages however long the texts are, and exact. By units, passages are
looked up in the units they touch.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from qualcode import sweep
from qualcode.agreement.coding import Coding, Mask, Spans
from qualcode.agreement.ratings import Floats, summed
from qualcode.sweep import Integers

Partial = Literal["any", "majority", "all"]
Weight = Literal["one", "length"]

_CELLS = 2**22  # up to so many, a table is filled; beyond, keys are sorted


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """How much text was coded so, for each cluster (document, paragraph), code and set of coders.

    What nobody coded has no row: it is the rest of the cluster.

    Attributes:
        cluster, code: numbers from 0.
        mask: which coders applied the code there: bit n = coder n.
        weight: how much: characters, or units by their weight.
        units: how many units (by characters: pieces).
        total: by cluster: all that is rated.
        seen: clusters by coders: who has rated it.
        codes: how many codes there are.
    """

    cluster: Integers
    code: Integers
    mask: Integers
    weight: Floats
    units: Floats
    total: Floats
    seen: Mask
    codes: int


def by_character(coding: Coding, blocks: Spans | None = None) -> Tally:
    """Every character is a unit.

    Args:
        coding: united.
        blocks: clusters instead of documents (paragraphs); characters between them are left out.
    """
    code, begin, length, mask = pieces(coding)
    return _by_cluster(coding, blocks, code, begin, length, mask)


def pieces(coding: Coding) -> tuple[Integers, Integers, Integers, Integers]:
    """The text in pieces in which the same coders stand in the same code: code, begin on the axis, length, mask.

    Args:
        coding: united.
    """
    band = int(coding.offset[-1]) + 1
    start, end = (sweep.axis(coding.document, each, coding.offset) for each in (coding.start, coding.end))
    bits = np.left_shift(np.int64(1), coding.coder)
    edges = np.concatenate((start + coding.code * band, end + coding.code * band))
    order = np.argsort(edges, kind="stable")
    edges = edges[order]
    mask = np.bitwise_xor.accumulate(np.concatenate((bits, bits))[order])
    length = np.diff(edges, append=edges[-1:])
    some = (mask != 0) & (length > 0)
    code, begin = np.divmod(edges[some], band)
    return code, begin, length[some], mask[some]


def _by_cluster(
    coding: Coding, blocks: Spans | None, code: Integers, begin: Integers, length: Integers, mask: Integers
) -> Tally:
    if blocks is None:
        cluster, weight = sweep.place(begin, coding.offset)[0], length.astype(np.float64)
        total, seen = coding.lengths.astype(np.float64), coding.seen
    else:
        first, last = (sweep.axis(blocks.document, each, coding.offset) for each in (blocks.start, blocks.end))
        piece, cluster = sweep.pieces_under(begin, begin + length, first, last)
        inside = np.minimum(begin[piece] + length[piece], last[cluster]) - np.maximum(begin[piece], first[cluster])
        code, mask, weight = code[piece], mask[piece], inside.astype(np.float64)
        total, seen = (blocks.end - blocks.start).astype(np.float64), coding.seen[blocks.document]
    return _summed(cluster, code, mask, weight, total, seen, coding.codes)


def by_unit(
    coding: Coding,
    units: Spans,
    partial: Partial,
    weight: Weight,
    words: Spans | None = None,
    blocks: Spans | None = None,
) -> Tally:
    """Units of the text; whether a coder applied a code to one is decided by how much of it they coded.

    Args:
        coding: united.
        units: of the text, in order.
        partial: "any": at least one whole word (without `words`: one character); "majority": more than half of the
            unit's characters; "all": every word (without `words`: every character).
        weight: each unit counts "one", or its "length".
        words: without their punctuation. Units without one are left out.
        blocks: clusters instead of documents; a unit belongs to the one it begins in. The units themselves, for each to
            be a cluster of its own.
    """
    offset = coding.offset
    first, last = (sweep.axis(units.document, each, offset) for each in (units.start, units.end))
    start, end = (sweep.axis(coding.document, each, offset) for each in (coding.start, coding.end))
    length = (last - first).astype(np.float64)
    if blocks is None:
        cluster, total, seen = units.document, len(coding.lengths), coding.seen
    else:
        begin = sweep.axis(blocks.document, blocks.start, offset)
        cluster = np.searchsorted(begin, first, side="right").astype(np.int64) - 1
        total, seen = len(blocks), coding.seen[blocks.document]
    if words is not None:
        word_start, word_end = (sweep.axis(words.document, each, offset) for each in (words.start, words.end))
        begins, reaches = np.searchsorted(word_start, first), np.searchsorted(word_end, last, side="right")
        filled = reaches > begins
        first, last, length, cluster = first[filled], last[filled], length[filled], cluster[filled]
        if partial != "majority":  # in places of words, not of characters
            first, last = begins[filled].astype(np.int64), reaches[filled].astype(np.int64)
            start = np.searchsorted(word_start, start).astype(np.int64)
            end = np.searchsorted(word_end, end, side="right").astype(np.int64)
    unit, code, mask = _applied(coding, (start, end), (first, last), partial)
    each = np.ones(len(length)) if weight == "one" else length
    rated = summed(cluster, each, total)
    return _summed(cluster[unit], code, mask, each[unit], rated, seen, coding.codes)


def _applied(
    coding: Coding, passages: tuple[Integers, Integers], units: tuple[Integers, Integers], partial: Partial
) -> tuple[Integers, Integers, Integers]:
    """Unit, code and mask of coders, where anybody applied a code to a unit."""
    (start, end), (first, last) = passages, units
    passage, unit = sweep.pieces_under(start, end, first, last)
    shared = np.minimum(end[passage], last[unit]) - np.maximum(start[passage], first[unit])
    keys = (unit * coding.codes + coding.code[passage]) * coding.coders + coding.coder[passage]
    order = np.argsort(keys, kind="stable")
    keys, shared = keys[order], shared[order]
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)])
    keys, shared = keys[begins], np.add.reduceat(shared, begins) if len(begins) else shared
    cell, coder = np.divmod(keys, coding.coders)
    whole = (last - first)[cell // coding.codes]
    enough = {"any": shared > 0, "majority": 2 * shared > whole, "all": shared == whole}[partial]
    cell, bit = cell[enough], np.left_shift(np.int64(1), coder[enough])
    begins = np.flatnonzero(np.concatenate(([True], cell[1:] != cell[:-1]))[: len(cell)])
    mask = np.bitwise_or.reduceat(bit, begins) if len(begins) else bit
    unit, code = np.divmod(cell[begins], coding.codes)
    return unit, code, mask


def _summed(
    cluster: Integers, code: Integers, mask: Integers, weight: Floats, total: Floats, seen: Mask, codes: int
) -> Tally:
    """Rows of one cluster, code and mask made one."""
    coders = seen.shape[1]
    cells = len(total) * codes << coders if coders < 20 else _CELLS + 1
    if cells <= _CELLS:
        keys = (cluster * codes + code << coders) | mask
        sums, units = summed(keys, weight, cells), summed(keys, None, cells)
        found = np.flatnonzero(units)
        weight, units, masks = sums[found], units[found], found & ((1 << coders) - 1)
        cluster, code = np.divmod(found >> coders, max(codes, 1))
        return Tally(cluster, code, masks, weight, units, total, seen, codes)
    order = np.lexsort((mask, code, cluster))
    cluster, code, mask, weight = cluster[order], code[order], mask[order], weight[order]
    new = (cluster[1:] != cluster[:-1]) | (code[1:] != code[:-1]) | (mask[1:] != mask[:-1])
    begins = np.flatnonzero(np.concatenate(([True], new))[: len(mask)])
    units = np.diff(np.append(begins, len(mask))).astype(np.float64)
    weight = np.add.reduceat(weight, begins) if len(begins) else weight
    return Tally(cluster[begins], code[begins], mask[begins], weight, units, total, seen, codes)
