"""Change between two counts, worked by hand; second solvers are in tests/oracle."""

import numpy as np
import pytest
from scipy.stats import poisson

from fourfold.statistics.change import p_value, rate_ratio, standardised_change


def test_reports_of_fraud_rose_by_16_7_percent():
    # Source paper, paragraph 8: 13,331 reports in 2020, 15,555 in 2021.
    value, lower, upper = rate_ratio(15_555, 13_331).floats()
    assert round((value - 1) * 100, 1) == 16.7
    # So many counts are all but normal on the log scale: 1.96 standard errors of 1/15,555 + 1/13,331.
    reach = 1.959964 * np.sqrt(1 / 15_555 + 1 / 13_331)
    assert np.log([lower, upper]) == pytest.approx([np.log(value) - reach, np.log(value) + reach], abs=1e-4)
    assert round(float(standardised_change(15_555, 13_331)), 1) == 18.5


def test_nought_before_has_a_lower_limit_but_no_upper_one():
    value, lower, upper = rate_ratio(5, 0).floats()
    # All 5 of 5 in the later period: the chance p of each is at least the solution of p^5 = 0.025.
    p = 0.025 ** (1 / 5)
    assert (value, upper) == (np.inf, np.inf)
    assert lower == pytest.approx(p / (1 - p))


def test_nought_now_has_an_upper_limit_but_no_lower_one():
    value, lower, upper = rate_ratio(0, 5).floats()
    p = 1 - 0.025 ** (1 / 5)
    assert (value, lower) == (0, 0)
    assert upper == pytest.approx(p / (1 - p))


def test_nought_in_both_says_nothing():
    assert np.isnan(rate_ratio(0, 0).floats()).all()
    assert np.isnan(p_value(0, 0))


def test_missing_count_stays_missing():
    found = rate_ratio([np.nan, 4], [3, 4])
    assert np.isnan([found.value[0], found.lower[0], found.upper[0], p_value([np.nan, 4], [3, 4])[0]]).all()
    assert found.value[1] == 1


def test_exposure_makes_periods_of_unequal_length_comparable():
    # 30 in 10 weeks against 60 in 20 weeks is the same rate.
    value, lower, upper = rate_ratio(30, 60, exposure_now=10, exposure_before=20).floats()
    plain = rate_ratio(30, 60).floats()
    assert value == 1
    assert (lower, upper) == pytest.approx((plain[1] * 2, plain[2] * 2))
    assert p_value(30, 60, 10, 20) == 1
    assert np.isnan(rate_ratio(30, 60, exposure_now=0).floats()).all()


def test_p_value_by_hand():
    # 5 against 0: both tails of a fair coin thrown five times, 2 / 32.
    assert p_value(5, 0) == pytest.approx(2 / 32)
    # 4 against 1: 2 * (5 + 1) / 32.
    assert p_value(4, 1) == pytest.approx(12 / 32)
    assert p_value(3, 3) == 1


def test_p_value_is_small_exactly_where_the_interval_leaves_out_one():
    now, before = np.meshgrid(np.arange(40), np.arange(1, 40))
    found = rate_ratio(now, before, 1.0, 1.7)
    outside = (found.lower > 1) | (found.upper < 1)
    assert outside.any()
    assert not outside.all()
    assert np.array_equal(outside, p_value(now, before, 1.0, 1.7) < 0.05)


def test_one_count_against_many_broadcasts():
    found = rate_ratio(np.array([[4], [6]]), np.array([2, 3, 4]))
    assert found.value.shape == found.lower.shape == found.upper.shape == (2, 3)
    with pytest.raises(ValueError, match="6 estimates"):
        found.floats()


@pytest.mark.parametrize(("mean_now", "mean_before"), [(0.5, 2.0), (3.0, 3.0), (12.0, 8.0), (40.0, 55.0)])
def test_interval_covers_at_least_as_often_as_it_says(mean_now, mean_before):
    # Every pair of counts with its own chance: no simulation, so the bound is exact.
    counts = np.arange(140)
    now, before = np.meshgrid(counts, counts, indexing="ij")
    chance = poisson.pmf(now, mean_now) * poisson.pmf(before, mean_before)
    found = rate_ratio(now, before)
    truth = mean_now / mean_before
    covered = (np.nan_to_num(found.lower, nan=0) <= truth) & (truth <= np.nan_to_num(found.upper, nan=np.inf))
    assert chance[covered].sum() >= 0.95 - 1e-9


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rate_ratio(-1, 4), "now cannot be negative"),
        (lambda: rate_ratio(4, [1, -2]), "before cannot be negative: the lowest is -2"),
        (lambda: rate_ratio(1.5, 4), "now must be whole counts"),
        (lambda: rate_ratio(1, 4, exposure_now=-1), "exposure_now cannot be negative"),
        (lambda: rate_ratio(1, np.inf), "before cannot be infinite"),
        (lambda: rate_ratio([1, 2], [1, 2, 3]), r"do not fit together: now \(2,\), before \(3,\)"),
        (lambda: rate_ratio(1, 2, level=95), "strictly between 0 and 1"),
        (lambda: standardised_change(-1, 2), "now cannot be negative"),
        (lambda: p_value(1, -2), "before cannot be negative"),
    ],
)
def test_what_is_not_a_count_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
