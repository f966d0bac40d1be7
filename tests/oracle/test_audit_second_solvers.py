"""The audit's estimates against other ways to them: every possible draw, other formulas, another program."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench_audit import audit
from fourfold.statistics import allocation
from fourfold.statistics.simulated_draws import draws
from fourfold.statistics.stratified import clopper_pearson_on_effective_size, ratio, stratified, variance
from fourfold.statistics.stratified import looked_at as looked

TINY = ([1, 1, 0, 1, 0], [0, 1, 1, 1], [0, 1, 0])
"""Three strata, each crime met or not."""
DRAWN = (3, 2, 2)


def every_draw(strata, drawn):
    """Return the numbers met of every sample that can be drawn, all equally likely."""
    of_each = [
        [sum(chosen) for chosen in combinations(values, n)] for values, n in zip(strata, drawn, strict=True)
    ]
    return np.array(list(product(*of_each)))


def test_over_all_draws_the_estimate_is_right_on_average_and_so_is_its_variance():
    sizes = np.array([len(values) for values in TINY])
    met = every_draw(TINY, DRAWN)
    assert len(met) == 10 * 6 * 3
    told = looked(sizes, DRAWN, DRAWN, met)
    estimates = ratio(told)
    truth = sum(map(sum, TINY)) / sizes.sum()
    assert estimates.mean() == pytest.approx(truth)
    assert variance(told, estimates).mean() == pytest.approx(estimates.var())


def test_shares_out_are_the_best_there_are():
    """Neyman's allocation has the least variance of all that add up, but for rounding."""
    sizes, planned = np.array([300, 120, 60]), np.array([0.5, 0.8, 0.95])
    spread = planned * (1 - planned)

    def variance_of(parts):
        parts = np.array(parts)
        return float(((sizes / sizes.sum()) ** 2 * (sizes - parts) / (sizes - 1) * spread / parts).sum())

    every = [(a, b, 30 - a - b) for a in range(2, 27) for b in range(2, 29 - a) if 30 - a - b >= 2]
    best = min(map(variance_of, every))
    assert variance_of(allocation.neyman(30, sizes, planned)) <= best * 1.01
    told = allocation.margins(sizes, allocation.neyman(30, sizes, planned), planned)
    assert told.whole == pytest.approx(1.959964 * variance_of(allocation.neyman(30, sizes, planned)) ** 0.5)


@settings(max_examples=200, deadline=None)
@given(
    sizes=st.lists(st.integers(0, 400), min_size=1, max_size=7).filter(lambda sizes: sum(sizes) > 0),
    more=st.integers(0, 300),
    shares=st.lists(st.floats(0, 1), min_size=7, max_size=7),
)
def test_parts_add_up_and_lie_within_what_a_stratum_must_and_can_give(sizes, more, shares):
    least = [min(2, size) for size in sizes]
    n = sum(least) + more
    for parts in (
        allocation.equal(n, sizes),
        allocation.proportional(n, sizes),
        allocation.neyman(n, sizes, shares[: len(sizes)]),
    ):
        assert parts.sum() == min(n, sum(sizes))
        assert all(low <= part <= size for low, part, size in zip(least, parts, sizes, strict=True))


def test_one_stratum_on_its_effective_size_is_the_beta_interval_of_statsmodels():
    from statsmodels.stats.proportion import proportion_confint

    for met in (0, 1, 13, 39, 40):
        ours = clopper_pearson_on_effective_size([10**9], [40], [40], [met])
        size = 39.0 if 0 < met < 40 else 40.0  # the variance of a sample has n - 1
        theirs = proportion_confint(met / 40 * size, size, method="beta")
        assert (float(ours.lower), float(ours.upper)) == pytest.approx(theirs, abs=1e-6)


def test_the_ratio_and_its_variance_by_records_and_not_by_counts():
    """The same from one row a record: residuals, their variance in each stratum, sums of weights."""
    rng = np.random.default_rng(11)
    for _ in range(30):
        strata = rng.integers(2, 6)
        read = rng.integers(3, 30, strata)
        sizes = read + rng.integers(0, 500, strata)
        y, x = [], []
        for n in read:
            whole = rng.random(n) < 0.7
            whole[0] = True
            x.append(whole.astype(float))
            y.append((whole & (rng.random(n) < 0.6)).astype(float))
        weights = sizes / read
        above, below = (sum(w * v.sum() for w, v in zip(weights, part, strict=True)) for part in (y, x))
        value = above / below
        spread = sum(
            size**2 * (1 - n / size) * np.var(one - value * other, ddof=1) / n
            for size, n, one, other in zip(sizes, read, y, x, strict=True)
        )
        told = looked(sizes, read, [v.sum() for v in x], [v.sum() for v in y])
        assert float(ratio(told)) == pytest.approx(value)
        assert float(variance(told, ratio(told))) == pytest.approx(spread / below**2)


def test_simulated_draws_are_those_of_drawing_one_by_one():
    rng = np.random.default_rng(3)
    inside, outside, wanted = np.array([[6, 3, 2, 1]]), np.array([4]), np.array([5])
    counts, gone = draws(inside, outside, wanted, 40_000, rng)
    urn = np.repeat(np.arange(5), [6, 3, 2, 1, 4])
    by_hand, met_outside = np.zeros(4), 0
    for _ in range(10_000):
        order = rng.permutation(urn)
        until = np.flatnonzero(np.cumsum(order != 4) == 5)[0] + 1
        by_hand += np.bincount(order[:until], minlength=5)[:4]
        met_outside += (order[:until] == 4).sum()
    assert counts.mean(axis=0)[0] == pytest.approx(by_hand / 10_000, abs=0.05)
    assert gone.mean() == pytest.approx(met_outside / 10_000, abs=0.05)
    assert (counts.sum(axis=-1) == 5).all()


def test_intervals_cover_at_every_setting_and_bounds_always_hold():
    """The benchmark in small: 1,000 draws a setting, so that 94 % would be seen as 92 % at worst."""
    every = list(audit.tried(1_000, (0.1, 0.97)))
    assert len(every) == 2 * 3 * len(audit.SPREADS) * 2 * len(audit.SILENCES) * 3
    lowest = min(every, key=lambda one: one.covered["ours"])
    assert lowest.covered["ours"] >= 0.92, lowest
    assert np.mean([one.covered["ours"] for one in every]) >= 0.95
    assert min(one.covered["normal"] for one in every) < 0.8  # what would have been published without care
    held, total = audit.bounds_hold()
    assert held == total > 100


def test_the_interval_is_not_bought_with_width():
    every = list(audit.tried(200, (0.2, 0.8)))
    ours, published = (np.mean([one.width[name] for one in every]) for name in ("ours", "on effective size"))
    assert ours <= 1.1 * published


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_more_of_the_answer_never_lowers_a_limit_of_one_group(data):
    size = data.draw(st.integers(5, 2_000))
    read = data.draw(st.integers(2, min(size, 120)))
    whole = data.draw(st.integers(1, read))
    part = data.draw(st.integers(0, whole - 1))
    fewer, more = (stratified([size], [read], [whole], [n]) for n in (part, part + 1))
    assert float(fewer.lower) <= float(more.lower) + 1e-12
    assert float(fewer.upper) <= float(more.upper) + 1e-12
