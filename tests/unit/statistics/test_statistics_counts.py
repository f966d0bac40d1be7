"""Exact Poisson limits of a count and a rate."""

import numpy as np
import pytest
from scipy.stats import poisson

from fourfold.statistics.counts import poisson_interval, rate


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    # Printed in tables of Poisson limits since Garwood 1936.
    [(0, 0, 3.689), (1, 0.0253, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_published_limits(count, lower, upper):
    assert poisson_interval(count).floats() == pytest.approx((count, lower, upper), abs=6e-4)


def test_each_limit_is_where_the_count_becomes_a_2_5_percent_event():
    found = poisson_interval(np.arange(1, 60))
    assert poisson.sf(np.arange(1, 60) - 1, found.lower) == pytest.approx(0.025)
    assert poisson.cdf(np.arange(1, 60), found.upper) == pytest.approx(0.025)


def test_covers_at_least_as_often_as_it_says():
    counts = np.arange(200)
    found = poisson_interval(counts)
    for mean in (0.1, 1.0, 3.7, 20.0, 90.0):
        covered = (found.lower <= mean) & (mean <= found.upper)
        assert poisson.pmf(counts, mean)[covered].sum() >= 0.95


def test_rate_per_thousand():
    # 259,661 crimes at 89.6 per 1,000 (2018/19) imply a population of 2.898 million.
    assert round(rate(259_661, 2_898_000).floats()[0], 1) == 89.6
    # None in 2,000 people: up to 3.689 / 2 per 1,000.
    assert rate(0, 2_000).floats() == pytest.approx((0, 0, 1.844), abs=6e-4)
    assert rate(5, 1e6, per=100_000).value == pytest.approx(0.5)


def test_unknown_population_gives_no_rate():
    found = rate([3, 3, np.nan], [0, np.nan, 1000])
    assert np.isnan([found.value, found.lower, found.upper]).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: poisson_interval(-3), "count cannot be negative"),
        (lambda: poisson_interval(3, level=1), "strictly between 0 and 1"),
        (lambda: rate(3, -10), "population cannot be negative"),
        (lambda: rate(3, 10, per=0), "above 0"),
        (lambda: rate([1, 2], [1, 2, 3]), "do not fit together"),
    ],
)
def test_wrong_use_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
