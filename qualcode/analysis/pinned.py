"""The quotes that analysts have pinned: segments with the flag exemplar. None is ever picked by machine."""

from dataclasses import dataclass

import numpy as np

from qualcode.analysis.code_tree import CodeTree
from qualcode.analysis.counting import Corpus
from qualcode.model import Segment

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Pinned:
    """The pinned quotes of the layer, within the scope.

    Attributes:
        by_code: by number of a code in use (`CodeTree`), in order of document's name and place. What was pinned under a
            code that is now retired stands under the nearest code in use above it.
        lost: short names of the retired codes with pinned quotes and no code in use above.
        others: how many quotes are pinned in these documents by coders whose coding does not count.
    """

    by_code: dict[int, tuple[Segment, ...]]
    lost: tuple[str, ...]
    others: int


def pinned_quotes(corpus: Corpus) -> Pinned:
    """The pinned quotes under each code; a code has its own, not those of the codes below it."""
    everybodys = corpus.columns.segments
    everybodys = everybodys.where(np.isin(everybodys.id, corpus.columns.exemplars))
    segments = corpus.in_layer(everybodys)
    document, _ = corpus.whose(everybodys)
    others = int(np.count_nonzero(corpus.in_waves[document])) - len(segments)
    code, (document, start, end) = corpus.tree.numbers(segments.code), corpus.axis(segments)
    counted = corpus.passages(document, start, end, corpus.turns(start, end), (code,)).counted
    number = dict(zip(segments.id[counted].tolist(), code[counted].tolist(), strict=True))
    names = {each.id: each.name for each in corpus.project.documents}
    chosen = corpus.project.segments.by_ids(number)
    chosen.sort(key=lambda each: (names[each.document], each.start, each.end, each.guid))
    by_code: dict[int, tuple[Segment, ...]] = {}
    for each in chosen:
        place = _in_use(corpus.tree, number[each.id])
        by_code[place] = (*by_code.get(place, ()), each)
    lost = {corpus.tree.branches[number[each.id]].code.short for each in by_code.pop(_NOWHERE, ())}
    return Pinned(by_code, tuple(sorted(lost)), others)


def _in_use(tree: CodeTree, number: int) -> int:
    """The number of a code, or of the nearest above it, that is in use; `_NOWHERE` if none is."""
    code = tree.branches[number].code
    line = (code, *tree.above(code))
    return next((tree.branch(each.short).first for each in line if each.status == "live"), _NOWHERE)
