"""Codes said together: passages of the layer that share words of a speaker."""

import numpy as np

from qualcode import sweep
from qualcode.analysis.cells import Cells
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Unit


def said_together(corpus: Corpus, rows: tuple[Branch, ...], columns: tuple[Branch, ...], unit: Unit) -> Cells:
    """The shared words of each two segments of which one stands under a row, the other under a column.

    Two segments of the same code are not two things said together. In a cell's `ids` the row's segment comes first.
    """
    tree = corpus.tree
    in_rows, in_columns = tree.marked(rows), tree.marked(columns)
    segments = corpus.in_layer(corpus.columns.segments)
    code = tree.numbers(segments.code)
    used = in_rows[code] | in_columns[code]
    if not used.all():
        segments, code = segments.where(used), code[used]
    document, start, end = corpus.axis(segments)
    first_turn, last_turn = corpus.turns(start, end)
    first, second = sweep.overlaps(start, end)
    one, other = code[first], code[second]
    differ = one != other
    forward = np.flatnonzero(in_rows[one] & in_columns[other] & differ)
    backward = np.flatnonzero(in_rows[other] & in_columns[one] & differ)
    row = np.concatenate((first[forward], second[backward]))
    column = np.concatenate((second[forward], first[backward]))
    codes = (code[row], code[column])
    later = np.concatenate((second[forward], second[backward]))  # the shared words begin where it begins
    passages = corpus.passages(
        document[later],
        start[later],
        np.minimum(end[row], end[column]),
        (first_turn[later], np.minimum(last_turn[row], last_turn[column])),
        codes,
    )
    return Cells(corpus, unit, rows, columns, *codes, passages, (segments.id[row], segments.id[column]))
