"""What holds of agreement whatever the coders did; the sweep beside counting every character."""

from dataclasses import replace
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode.agreement import (
    Coding,
    Continua,
    Rated,
    Ratings,
    Spans,
    Sums,
    alpha,
    brennan_prediger,
    by_character,
    by_unit,
    cohen,
    conger,
    disagreements,
    document_means,
    fleiss,
    gwet,
    light,
    matches,
    percent,
    scott,
    sets_by_character,
    sets_by_unit,
    unitised,
)
from qualcode.agreement import sums as statistics

PROPERTY = settings(max_examples=40, deadline=None)
SAME = {
    "percent": (statistics.percent, percent),
    "alpha": (statistics.alpha, alpha),
    "fleiss": (statistics.fleiss, fleiss),
    "gwet": (statistics.gwet, gwet),
    "brennan_prediger": (statistics.brennan_prediger, brennan_prediger),
    "light": (statistics.light, light),
}


def ints(values):
    return np.array(list(values), dtype=np.int64)


@st.composite
def codings(draw, coders=None, documents=None):
    """Some documents, coders who have seen some of them, passages that overlap as they like."""
    lengths = draw(st.lists(st.integers(0, 14), min_size=documents or 1, max_size=documents or 3))
    coders, codes = coders or draw(st.integers(1, 4)), draw(st.integers(1, 3))
    one = st.tuples(
        st.integers(0, len(lengths) - 1), st.integers(0, coders - 1), st.integers(0, codes - 1),
        st.integers(0, 14), st.integers(0, 14),
    )  # fmt: skip
    rows = [
        (d, c, k, *sorted((min(a, lengths[d]), min(b, lengths[d]))))
        for d, c, k, a, b in draw(st.lists(one, max_size=14))
    ]
    seen = draw(
        st.lists(
            st.lists(st.booleans(), min_size=coders, max_size=coders), min_size=len(lengths), max_size=len(lengths)
        )
    )
    columns = [ints(row[place] for row in rows) for place in range(5)]
    return Coding(*columns, ints(lengths), np.array(seen, dtype=bool), codes)


def cells(coding):
    """For each code the matrix of coders by characters: True, False, None = not seen."""
    first = np.concatenate(([0], np.cumsum(coding.lengths)))
    found = np.zeros((coding.codes, coding.coders, int(first[-1])), dtype=object)
    found[:] = False
    for d, c, k, start, end in zip(coding.document, coding.coder, coding.code, coding.start, coding.end, strict=True):
        found[k, c, first[d] + start : first[d] + end] = True
    for d, c in product(range(len(coding.lengths)), range(coding.coders)):
        if not coding.seen[d, c]:
            found[:, c, first[d] : first[d + 1]] = None
    return found


def told(coding, statistic, tally=None):
    sums = Sums(tally or by_character(coding.united()))
    return [(each.value, each.reason) for each in statistics.told(statistic(sums.totals()), sums)]


def is_same(found, expected):
    if expected is None or found is None:
        return found is expected
    return found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("name", SAME)
@PROPERTY
@given(codings())
def test_the_sweep_is_what_counting_every_character_gives(name, coding):
    fast, slow = SAME[name]
    for (value, reason), matrix in zip(told(coding, fast), cells(coding), strict=True):
        expected = slow(Ratings.of(matrix.tolist(), (False, True)))
        assert is_same(value, expected.value)
        assert (reason is None) == (expected.reason is None)
        if reason == "code_unused":
            assert not any(each is True for each in matrix.ravel()) or expected.reason == "no_variation"


@PROPERTY
@given(codings())
def test_kappa_is_cohens_for_two_and_congers_for_more(coding):
    of_matrix = cohen if coding.coders == 2 else conger
    for (value, _), matrix in zip(told(coding, statistics.kappa), cells(coding), strict=True):
        ratings = Ratings.of(matrix.tolist(), (False, True))
        seen = {index for index in range(coding.coders) if (ratings.patterns[:, index] >= 0).any()}
        if coding.coders > 2 and len(seen) < coding.coders:
            ratings = ratings.for_coders(*sorted(seen)) if len(seen) > 1 else ratings
        assert is_same(value, of_matrix(ratings).value)


@PROPERTY
@given(codings(coders=2))
def test_f1_and_prevalence_are_counted_alike(coding):
    both_seen = [
        each for d, each in zip(coding.seen, coding.lengths, strict=True) for _ in range(each) for each in [d.all()]
    ]
    for place, matrix in enumerate(cells(coding)):
        pairs = [(a is True, b is True) for (a, b), both in zip(matrix.T, both_seen, strict=True) if both]
        marked = sum(a + b for a, b in pairs)
        expected = 2 * sum(a and b for a, b in pairs) / marked if marked else None
        assert is_same(told(coding, statistics.positive_agreement)[place][0], expected)


@PROPERTY
@given(codings(), st.randoms(use_true_random=False))
def test_overlaps_pieces_and_doubles_of_ones_own_change_nothing(coding, chance):
    names = ("document", "coder", "code", "start", "end")
    rows = list(zip(*(getattr(coding, name).tolist() for name in names), strict=True))
    pieces = []
    for document, coder, code, start, end in rows:
        middle = chance.randint(start, end)
        pieces += [(document, coder, code, start, middle), (document, coder, code, middle, end)]
        pieces += [(document, coder, code, start, end)] * chance.randint(0, 1)
    chance.shuffle(pieces)
    cut = replace(coding, **{name: ints(row[place] for row in pieces) for place, name in enumerate(names)})
    for statistic in (statistics.percent, statistics.kappa, statistics.alpha, statistics.gwet):
        assert told(cut, statistic) == told(coding, statistic)


@PROPERTY
@given(codings(coders=3), st.permutations([0, 1, 2]))
def test_the_order_of_coders_does_not_matter(coding, order):
    other = replace(coding, coder=ints(order)[coding.coder], seen=coding.seen[:, np.argsort(order)])
    for statistic in (statistics.percent, statistics.kappa, statistics.alpha, statistics.light):
        for one, two in zip(told(coding, statistic), told(other, statistic), strict=True):
            assert is_same(one[0], two[0])


@PROPERTY
@given(codings())
def test_a_coder_who_saw_nothing_changes_nothing(coding):
    more = replace(coding, seen=np.pad(coding.seen, ((0, 0), (0, 1))))
    for statistic in (statistics.percent, statistics.alpha, statistics.fleiss, statistics.gwet, statistics.light):
        for one, two in zip(told(coding, statistic), told(more, statistic), strict=True):
            assert is_same(one[0], two[0])


@PROPERTY
@given(codings(), st.integers(2, 5))
def test_longer_words_for_the_same_coding_change_no_kappa(coding, factor):
    longer = replace(
        coding, start=coding.start * factor, end=coding.end * factor, lengths=coding.lengths * factor
    )  # fmt: skip
    for statistic in (statistics.percent, statistics.kappa, statistics.fleiss, statistics.gwet):
        for one, two in zip(told(coding, statistic), told(longer, statistic), strict=True):
            assert is_same(one[0], two[0])


@PROPERTY
@given(codings())
def test_uncoded_text_never_lowers_percent_agreement(coding):
    padded = replace(coding, lengths=coding.lengths + 5)
    for one, two in zip(told(coding, statistics.percent), told(padded, statistics.percent), strict=True):
        assert one[0] is None or two[0] >= one[0] - 1e-12


@PROPERTY
@given(codings(), st.data())
def test_text_taken_out_is_as_if_it_had_never_been_there(coding, data):
    kept = [data.draw(st.lists(st.booleans(), min_size=n, max_size=n)) for n in coding.lengths.tolist()]
    rows = [(d, p, p + 1) for d, places in enumerate(kept) for p, keep in enumerate(places) if keep]
    rated = Rated(Spans(*(ints(row[place] for row in rows) for place in range(3))), coding.lengths)
    left = np.array([keep for places in kept for keep in places], dtype=bool)
    for name, (fast, slow) in SAME.items():
        for (value, _), matrix in zip(told(rated.only(coding), fast), cells(coding), strict=True):
            expected = slow(Ratings.of(matrix[:, left].tolist(), (False, True))).value
            assert is_same(value, expected), name


@pytest.mark.parametrize("partial", ["any", "majority", "all"])
@pytest.mark.parametrize("weight", ["one", "length"])
@settings(max_examples=20, deadline=None)
@given(codings(), st.integers(1, 5), st.booleans())
def test_units_are_what_looking_at_each_gives(partial, weight, coding, size, by_words):
    rows = [(d, p, min(p + size, n)) for d, n in enumerate(coding.lengths.tolist()) for p in range(0, n, size)]
    units = Spans(*(ints(row[place] for row in rows) for place in range(3)))
    word = [(d, p, min(p + 2, end)) for d, start, end in rows for p in range(start, end, 2)]
    words = Spans(*(ints(row[place] for row in word) for place in range(3))) if by_words else None
    united, matrix = coding.united(), cells(coding)
    first = np.concatenate(([0], np.cumsum(coding.lengths)))
    tally = by_unit(united, units, partial, weight, words)

    def applied(given, d, start, end):
        there = [each is True for each in given[first[d] + start : first[d] + end]]
        parts = [all(there[p : p + 2]) for p in range(0, end - start, 2)] if by_words else there
        return {"any": any(parts), "majority": 2 * sum(there) > end - start, "all": all(parts)}[partial]

    for code, (value, _) in enumerate(told(coding, statistics.alpha, tally)):
        ratings = [
            [applied(matrix[code, c], *row) if coding.seen[row[0], c] else None for row in rows]
            for c in range(coding.coders)
        ]
        whole = Ratings.of(ratings, (False, True))
        sizes = np.array([float(row[2] - row[1]) for row in rows])
        weighted = replace(whole, weights=sizes if weight == "length" else np.ones(len(rows)))
        assert is_same(value, alpha(weighted).value)


@PROPERTY
@given(codings())
def test_sets_are_what_looking_at_each_character_gives(coding):
    matrix = cells(coding)
    ratings = [
        [
            None if matrix[0, c, p] is None else {k for k in range(coding.codes) if matrix[k, c, p]}
            for p in range(matrix.shape[2])
        ]
        for c in range(coding.coders)
    ]
    for metric in ("masi", "jaccard", "nominal"):
        assert is_same(
            alpha(sets_by_character(coding.united()), metric).value, alpha(Ratings.of(ratings), metric).value
        )
    every = [(d, p, p + 1) for d, n in enumerate(coding.lengths.tolist()) for p in range(n)]
    units = Spans(*(ints(row[place] for row in every) for place in range(3)))
    by_units = sets_by_unit(by_unit(coding.united(), units, "any", "one", blocks=units))
    assert is_same(alpha(by_units, "masi").value, alpha(Ratings.of(ratings), "masi").value)


@PROPERTY
@given(codings(), st.sampled_from([0.3, 0.5, 0.9, 1.0]))
def test_a_match_is_found_for_every_passage_that_has_one(coding, threshold):
    united = coding.united()
    rows = list(zip(united.document, united.coder, united.code, united.start, united.end, strict=True))
    agreed = missed = 0
    for d, c, k, start, end in rows:
        for other in range(coding.coders):
            if other == c or not coding.seen[d, other]:
                continue
            near = [(a, b) for dd, cc, kk, a, b in rows if (dd, cc, kk) == (d, other, k)]
            close = any((min(end, b) - max(start, a)) / (max(end, b) - min(start, a)) >= threshold for a, b in near)
            agreed, missed = agreed + close, missed + (not close)
    found = matches(united, threshold)
    assert (found.agreements.sum(), found.disagreements.sum()) == (agreed, missed)


@st.composite
def continua(draw, coders=3):
    """Texts in which coders marked passages of one value each."""
    lengths = draw(st.lists(st.integers(1, 12), min_size=1, max_size=2))
    seen = draw(
        st.lists(
            st.lists(st.booleans(), min_size=coders, max_size=coders), min_size=len(lengths), max_size=len(lengths)
        )
    )
    rows = []
    for document, length in enumerate(lengths):
        for coder in range(coders):
            cuts = sorted(draw(st.sets(st.integers(0, length), max_size=5)))
            for start, end in pairwise(cuts):
                value = draw(st.integers(-1, 2))
                if value >= 0:
                    rows.append((document, coder, value, start, end))
    columns = [ints(row[place] for row in rows) for place in range(5)]
    return Continua(*columns, ints(lengths), np.array(seen, dtype=bool), 3)


def by_hand(given):
    """u-alpha and cu-alpha, character by character, from the formulas."""
    gap, coders = given.values, given.seen.shape[1]
    shared, met, own = np.zeros((gap + 1, gap + 1)), np.zeros(gap), np.zeros(gap + 1)
    for d, length in enumerate(given.lengths.tolist()):
        who = [c for c in range(coders) if given.seen[d, c]]
        if len(who) < 2:
            continue
        made = {c: np.full(length, gap) for c in who}
        units = [
            (c, k, a, b)
            for dd, c, k, a, b in zip(given.document, given.coder, given.value, given.start, given.end, strict=True)
            if dd == d and c in made
        ]
        for c, k, a, b in units:
            made[c][a:b] = k
            own[k] += float(b - a) ** 2
        for c, other in product(who, who):
            if c != other:
                np.add.at(shared, (made[c], made[other]), 1 / (len(who) - 1))
        own[gap] += sum((made[c] == gap).sum() for c in who)
        for c, k, a, b in units:
            met[k] += sum(float((made[o][a:b] != gap).sum()) ** 2 for o in who if o != c) / (len(who) - 1)
    return coefficient(shared, own), coefficient(shared[:-1, :-1], met)


def coefficient(shared, own):
    total, of = shared.sum(), shared.sum(axis=1)
    if np.count_nonzero(of) < 2:
        return None
    if total**2 - own.sum() < 1e-9:
        return None  # every pair of characters lies within one unit: none could be expected to disagree
    e = total * (np.outer(of, of) - np.diag(own)) / (total**2 - own.sum())
    if np.trace(e) < -1e-9:
        return None  # chance would disagree on more than all
    return 1 - (total - np.trace(shared)) / (e.sum() - np.trace(e))


@PROPERTY
@given(continua())
@example(
    Continua(ints([0, 0]), ints([1, 2]), ints([0, 1]), ints([0, 0]), ints([1, 1]), ints([1]), np.array([[True] * 3]), 3)
)
def test_unitising_is_what_the_formulas_give_character_by_character(given):
    found = unitised(given)
    u, cu = by_hand(given)
    assert is_same(found.u.value, u)
    assert is_same(found.cu.alpha.value, cu)


@PROPERTY
@given(continua())
def test_coders_who_never_give_the_same_value_do_not_agree_on_values(given):
    own = replace(given, value=given.coder, values=3)  # each coder has a value of their own
    found = unitised(own)
    for each in (found.cu, *found.by_value):
        assert each.alpha.value is None or each.alpha.value < 1e-9


def test_three_coders_of_whom_two_hardly_meet_have_no_alpha_of_values():
    """A's 12 characters lie in two units of B of another value; C marked nothing. The bare formula gives .58."""
    rows = [(0, 0, 30, 42), (0, 0, 55, 57), (1, 0, 11, 29), (1, 1, 29, 33), (1, 1, 33, 40)]
    columns = [ints(row[place] for row in rows) for place in range(4)]
    found = unitised(Continua(ints([0] * 5), *columns, ints([60]), np.array([[True] * 3]), 2))
    assert (found.cu.alpha.value, found.cu.alpha.reason) == (None, "too_few")
    assert found.u.value < 0


def test_three_coders_and_two_values_of_the_unitized_alpha_readme():
    """Its printed numbers are of other data; what its code gives: .398, .524, .357."""
    rows = [(0, 0, 2, 5), (1, 0, 2, 5), (1, 1, 10, 20), (2, 1, 2, 5), (2, 1, 15, 20)]
    columns = [ints(row[place] for row in rows) for place in range(4)]
    found = unitised(Continua(ints([0] * 5), *columns, ints([60]), np.array([[True] * 3]), 2))
    given = [found.u, found.binary, found.cu.alpha, *(each.alpha for each in found.by_value)]
    assert [round(each.value, 3) for each in given] == [0.398, 0.524, 0.357, 0.312, 0.391]


@PROPERTY
@given(continua(coders=1))
def test_coders_who_mark_the_same_agree_wholly(given):
    twice = replace(
        given, document=np.tile(given.document, 2), coder=np.repeat(np.arange(2), len(given.coder)),
        value=np.tile(given.value, 2), start=np.tile(given.start, 2), end=np.tile(given.end, 2),
        seen=np.tile(given.seen, 2),
    )  # fmt: skip
    found = unitised(twice)
    for each in (found.u, found.binary, found.cu.alpha):
        assert each.value is None or each.value == pytest.approx(1)


MATRICES = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from((0, 1, 2, None)), min_size=coders, max_size=coders), min_size=1, max_size=10
    )
).map(lambda units: [list(coder) for coder in zip(*units, strict=True)])  # fmt: skip
COMPLETE = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=12).map(
    lambda units: [list(coder) for coder in zip(*units, strict=True)]
)


@PROPERTY
@given(COMPLETE)
def test_relations_between_coefficients_of_two_coders(matrix):
    ratings = Ratings.of(matrix, (0, 1, 2))
    swapped = ratings.for_coders(1, 0)
    assert is_same(fleiss(ratings).value, scott(ratings).value)
    assert is_same(conger(ratings).value, cohen(ratings).value)
    assert is_same(light(ratings).value, cohen(ratings).value)
    for statistic in (percent, cohen, scott, gwet, alpha, conger):
        assert is_same(statistic(ratings).value, statistic(swapped).value)
    for weighting in ("linear", "quadratic"):
        assert is_same(cohen(ratings, weighting).value, cohen(swapped, weighting).value)


@PROPERTY
@given(MATRICES, st.permutations([0, 1, 2]))
def test_names_of_values_and_the_order_of_units_do_not_matter(matrix, names):
    ratings = Ratings.of(matrix, (0, 1, 2))
    renamed = [[None if each is None else f"value {names[each]}" for each in coder][::-1] for coder in matrix]
    other = Ratings.of(renamed, [f"value {n}" for n in range(3)])
    for statistic in (percent, fleiss, gwet, brennan_prediger, conger, light, alpha):
        assert is_same(statistic(ratings).value, statistic(other).value)


@PROPERTY
@given(MATRICES)
def test_of_two_values_interval_alpha_is_nominal(matrix):
    halves = [[None if each is None else each % 2 for each in coder] for coder in matrix]
    ratings = Ratings.of(halves, (0, 1))
    assert is_same(alpha(ratings, "interval").value, alpha(ratings).value)


@PROPERTY
@given(MATRICES)
def test_alpha_tends_to_fleiss_where_units_are_many(matrix):
    complete = [[0 if each is None else each for each in coder] for coder in matrix]
    ratings = Ratings.of(complete, (0, 1, 2))
    many = replace(ratings, weights=ratings.weights * 1e12)
    assert is_same(alpha(many).value, fleiss(many).value)


@PROPERTY
@given(MATRICES)
def test_no_coefficient_is_above_one_or_not_a_number(matrix):
    ratings = Ratings.of(matrix, (0, 1, 2))
    found = [s(ratings) for s in (percent, fleiss, gwet, brennan_prediger, conger, light, alpha)]
    found += disagreements(ratings, "ordinal")
    for each in found:
        assert each.value is None or each.value == each.value
    assert all(each.value is None or each.value <= 1 + 1e-12 for each in found[:-2])


def test_there_are_pairs_for_every_two_coders():
    coding = Coding(*(ints([]) for _ in range(5)), ints([5]), np.ones((1, 4), dtype=bool), 1)
    assert Sums(by_character(coding)).pairs == tuple(combinations(range(4), 2))


def test_documents_averaged_are_another_number_than_all_as_one_text():
    rows = [(0, 0, 0, 0, 100), (0, 1, 0, 0, 100), (1, 0, 0, 0, 10), (1, 1, 0, 10, 20)]
    coding = Coding(
        *(ints(row[place] for row in rows) for place in range(5)), ints([900, 100, 50]), np.ones((3, 2), dtype=bool), 1
    )
    sums = Sums(by_character(coding))
    plain, weighted = document_means(sums, statistics.kappa)
    apart = cohen(Ratings.of_table([[0, 10], [10, 80]])).value
    assert plain[0].value == pytest.approx((1 + apart) / 2)  # in the third nobody coded: no kappa there
    assert weighted[0].value == pytest.approx(0.9 + 0.1 * apart)
    whole = cohen(Ratings.of_table([[100, 10], [10, 930]])).value
    assert told(coding, statistics.kappa)[0][0] == pytest.approx(whole)
