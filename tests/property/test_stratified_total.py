"""The estimated true number: its limits hold, also where few records are hits, and nothing unread is taken for no."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.statistics.stratified_total import (
    ratio_of_totals,
    shares,
    shares_of_a_round,
    stratified_total,
    total_of,
)

STRATA = st.lists(
    st.tuples(st.integers(1, 400), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6
).map(lambda told: [(size, read := round(size * share), round(read * hits)) for size, share, hits in told])


@settings(max_examples=150, deadline=None)
@given(STRATA)
def test_limits_enclose_the_value_and_stay_within_what_is_possible(strata):
    sizes, read, hits = (np.array(part) for part in zip(*strata, strict=True))
    value, lower, upper = stratified_total(sizes, read, hits).floats()
    assert lower <= value + 1e-9
    assert value <= upper + 1e-9
    assert lower >= 0
    assert upper <= sizes.sum() - (read - hits).sum() + 1e-9
    if (read == sizes).all():
        assert (value, lower, upper) == pytest.approx((hits.sum(),) * 3)


def test_what_nobody_read_is_neither_yes_nor_no():
    value, lower, upper = stratified_total([100, 50], [100, 0], [10, 0]).floats()
    assert (value, lower, upper) == pytest.approx((35.0, 10.0, 60.0))


def test_one_stratum_has_the_exact_limits_of_clopper_and_pearson():
    from scipy.stats import beta

    _, lower, upper = stratified_total([10**9], [50], [3]).floats()
    assert lower / 1e9 == pytest.approx(beta.ppf(0.025, 3, 48), rel=1e-5)
    assert upper / 1e9 == pytest.approx(beta.ppf(0.975, 4, 47), rel=1e-5)


@pytest.mark.parametrize("true", [(9, 4, 0), (30, 20, 12), (0, 1, 3), (30, 60, 200)])
def test_nine_in_ten_and_more_intervals_cover_the_truth(true):
    sizes, read = np.array([30, 120, 4000]), np.array([20, 40, 140])
    rng = np.random.default_rng(11)
    hits = np.stack(
        [rng.hypergeometric(t, s - t, n, 2000) for t, s, n in zip(true, sizes, read, strict=True)], axis=-1
    )
    found = stratified_total(sizes, read, hits)
    assert ((found.lower <= sum(true)) & (sum(true) <= found.upper)).mean() >= 0.93


def test_a_part_of_the_population_has_the_chance_of_few_records_in_its_interval():
    found = shares([1000.0], [900.0], [450.0])
    whole = total_of([10.0], found)
    part = total_of([10.0], found, 0.95)
    assert (part.upper - part.lower) > 5 * (whole.upper - whole.lower)


def test_a_ratio_covers_the_ratio_of_what_was_drawn():
    read, hits = np.array([200.0, 300.0]), np.array([180.0, 6.0])
    value, lower, upper = ratio_of_totals(
        [150, 3000], [100, 2500], read, hits, np.random.default_rng(1)
    ).floats()
    assert value == pytest.approx((150 * 0.9 + 3000 * 0.02) / (100 * 0.9 + 2500 * 0.02))
    assert lower < value < upper
    again = ratio_of_totals([150, 3000], [100, 2500], read, hits, np.random.default_rng(1)).floats()
    assert again == (value, lower, upper)


def test_nothing_before_has_no_ratio():
    assert np.isnan(ratio_of_totals([1], [0], [5], [1], np.random.default_rng(1)).value)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 500), st.floats(0.001, 0.95)), min_size=1, max_size=6),
    st.integers(1, 400),
)
def test_a_round_reads_what_it_says(strata, records):
    sizes, supposed = zip(*strata, strict=True)
    given_to = shares_of_a_round(sizes, supposed, records, 30)
    assert given_to.sum() == min(records, sum(sizes))
    assert (given_to <= np.array(sizes)).all()
    assert (given_to == np.floor(given_to)).all()


@pytest.mark.parametrize(("sizes", "read", "hits"), [([5], [6], [1]), ([5], [3], [4]), ([5], [-1], [0])])
def test_impossible_numbers_are_refused(sizes, read, hits):
    with pytest.raises(ValueError, match="cannot be"):
        stratified_total(sizes, read, hits)
