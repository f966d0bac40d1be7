"""Quasi-Poisson change, worked by hand and by simulated coverage; statsmodels is in tests/oracle."""

import numpy as np
import pytest
from scipy.stats import t

from fourfold.statistics.change import rate_ratio
from fourfold.statistics.overdispersion import rate_ratio_overdispersed


def test_by_hand():
    # Means 20 and 10. Pearson: (100 + 0 + 100) / 20 + (36 + 0 + 36) / 10 = 17.2 over 3 + 3 - 2 = 4.
    found = rate_ratio_overdispersed([10, 20, 30], [4, 10, 16])
    assert found.dispersion == pytest.approx(4.3)
    reach = t.ppf(0.975, 4) * np.sqrt(4.3 * (1 / 60 + 1 / 30))
    assert found.floats() == pytest.approx((2, 2 * np.exp(-reach), 2 * np.exp(reach)))


def test_a_season_that_both_share_is_not_noise_when_paired():
    # Twice as many in each month: nothing is left over once the month is allowed for.
    found = rate_ratio_overdispersed([20, 40, 60], [10, 20, 30], paired=True)
    loose = rate_ratio_overdispersed([20, 40, 60], [10, 20, 30])
    assert found.dispersion == 1
    assert loose.dispersion > 5
    assert found.upper < loose.upper


def test_parts_more_even_than_chance_do_not_narrow_the_interval():
    found = rate_ratio_overdispersed([10] * 12, [10] * 12)
    assert found.dispersion == 1
    assert found.upper >= rate_ratio(120, 120).upper * 0.98


def test_unequal_numbers_of_parts_compare_means():
    # Nine months of 10 against twelve months of 10.
    assert rate_ratio_overdispersed([10] * 9, [10] * 12).value == 1


def test_many_series_at_once_equal_each_alone():
    rng = np.random.default_rng(11)
    now, before = rng.poisson(8, (4, 12)), rng.poisson(6, (4, 12))
    together = rate_ratio_overdispersed(now, before)
    assert together.value.shape == together.dispersion.shape == (4,)
    alone = [rate_ratio_overdispersed(a, b).floats() for a, b in zip(now, before, strict=True)]
    assert np.allclose(alone, np.column_stack([together.value, together.lower, together.upper]))


def test_nought_in_one_period_keeps_the_limit_that_is_known():
    # Even parts, so dispersion 1: the limits are the exact ones.
    found = rate_ratio_overdispersed([0, 0, 0], [2, 2, 2])
    assert found.floats() == pytest.approx(rate_ratio(0, 6).floats())
    bumpy = rate_ratio_overdispersed([0, 0, 0], [6, 0, 0])
    assert bumpy.dispersion == pytest.approx(6)  # (16 + 4 + 4) / 2 over 2
    assert bumpy.upper > found.upper
    # Nothing to pair the parts with: the same answer, and not "cannot tell".
    paired = rate_ratio_overdispersed([0, 0, 0], [6, 0, 0], paired=True)
    assert paired.floats() == bumpy.floats()


def test_season_without_events_in_either_year_teaches_nothing():
    found = rate_ratio_overdispersed([5, 1, 9, 0], [2, 8, 3, 0], paired=True)
    without = rate_ratio_overdispersed([5, 1, 9], [2, 8, 3], paired=True)
    assert found.floats() == without.floats()
    assert found.dispersion == without.dispersion > 1


def test_what_cannot_be_judged_is_nan():
    assert np.isnan(rate_ratio_overdispersed([0, 0], [0, 0]).floats()).all()
    value, lower, upper = rate_ratio_overdispersed([4], [8]).floats()  # one part each: no spread to see
    assert value == 0.5
    assert np.isnan([lower, upper]).all()
    assert np.isnan(rate_ratio_overdispersed([4, np.nan], [8, 3]).floats()).all()


def test_covers_where_the_exact_poisson_interval_does_not():
    # Negative binomial months, mean 30, variance 4 times the mean, no true change; 2,000 pairs of years.
    rng = np.random.default_rng(20)
    draw = rng.negative_binomial(10, 0.25, size=(2, 2000, 12))
    wide = rate_ratio_overdispersed(draw[0], draw[1])
    plain = rate_ratio(draw[0].sum(axis=1), draw[1].sum(axis=1))
    assert 0.93 <= np.mean((wide.lower <= 1) & (wide.upper >= 1)) <= 0.97  # simulation error 0.5 points
    assert np.mean((plain.lower <= 1) & (plain.upper >= 1)) < 0.75


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rate_ratio_overdispersed([1, -2], [1, 2]), "now_parts cannot be negative"),
        (lambda: rate_ratio_overdispersed(5, [1, 2]), "now_parts needs an axis of parts"),
        (lambda: rate_ratio_overdispersed([1, 2, 3], [1, 2], paired=True), "3 now against 2 before"),
        (lambda: rate_ratio_overdispersed(np.ones((2, 4)), np.ones((3, 4))), "do not fit together"),
        (lambda: rate_ratio_overdispersed([1, 2], [1, 2], level=0), "strictly between 0 and 1"),
    ],
)
def test_wrong_use_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
