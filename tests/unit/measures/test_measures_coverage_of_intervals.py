"""How often the interval of a change holds the true one: counts by month, season shared, years unlike.

The parts that `changes.py` takes are the months of two years; the true ratio is known. Nominal 95%.
"""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from fourfold.measures.changes import by_season, p_of, same_seasons, spread_of
from fourfold.measures.figure import FigureName
from fourfold.measures.measure import Statistic
from fourfold.measures.period import Period

NOW, PRE_COVID = Period.parse("2021"), Period.parse("2019-04..2020-03")
SEASON = 1.0 + 0.4 * np.sin(2.0 * np.pi * np.arange(12) / 12.0)


def asked(now=NOW, before=PRE_COVID):
    measure = SimpleNamespace(statistic=Statistic.COUNT)
    return SimpleNamespace(measure=measure, name=FigureName("crime.all", now, (), before))


def counts_of(monthly):
    return SimpleNamespace(monthly=lambda measure, name: monthly)


def covered(generator, mean, dispersion, ratio, repeats=1200):
    """The share of made-up pairs of years whose interval holds the true ratio."""
    question, months = asked(), NOW.list_months() + PRE_COVID.list_months()
    means = np.array(
        [mean * SEASON[month.month - 1] * (ratio if month in NOW.list_months() else 1.0) for month in months]
    )
    if dispersion > 1.0:
        # Gamma with the month's mean, so that the variance of the counts is dispersion times their mean.
        means = generator.gamma(means / (dispersion - 1.0), dispersion - 1.0, size=(repeats, 24))
    drawn = generator.poisson(means, size=(repeats, 24))
    held = []
    for row in drawn:
        monthly = dict(zip(months, row.astype(float).tolist(), strict=True))
        now, before = float(row[:12].sum()), float(row[12:].sum())
        spread = spread_of(counts_of(monthly), question, now, before, 0.95)
        held.append(spread.lower <= ratio <= spread.upper)
    return np.mean(held)


@pytest.mark.parametrize("dispersion", [1.0, 3.0])
@pytest.mark.parametrize(("mean", "ratio"), [(8.0, 1.0), (150.0, 1.4)])
def test_the_interval_holds_the_true_change_at_least_93_times_in_100(mean, ratio, dispersion):
    generator = np.random.default_rng([2022, int(mean), int(dispersion)])
    share = covered(generator, mean, dispersion, ratio)
    assert 0.93 <= share <= 0.995


def test_a_shared_season_is_not_noise_where_the_years_begin_in_other_months():
    # The same seasonal year twice, from January and from April: nothing is left to call noise.
    monthly = {
        month: 100.0 * round(SEASON[month.month - 1], 2)
        for month in NOW.list_months() + PRE_COVID.list_months()
    }
    spread = spread_of(counts_of(monthly), asked(), 1200.0, 1200.0, 0.95)
    assert spread.dispersion is None
    assert (spread.lower, spread.upper) == (pytest.approx(0.922, abs=2e-3), pytest.approx(1.084, abs=2e-3))


def test_months_are_paired_by_the_month_of_the_year():
    assert by_season(PRE_COVID)[:4] == [
        date(2020, 1, 1),
        date(2020, 2, 1),
        date(2020, 3, 1),
        date(2019, 4, 1),
    ]
    assert same_seasons(NOW, PRE_COVID)
    assert same_seasons(Period.parse("2021-04..2021-06"), Period.parse("2020-04..2020-06"))
    assert not same_seasons(Period.parse("2021-04..2021-06"), Period.parse("2021-01..2021-03"))
    assert same_seasons(Period.parse("2020-01..2021-12"), Period.parse("2018-07..2020-06"))


@pytest.mark.parametrize("paired", [True, False])
def test_the_p_value_and_the_interval_never_contradict_each_other(paired):
    from fourfold.statistics.overdispersion import rate_ratio_overdispersed

    generator = np.random.default_rng(5)
    sides = set()
    for _ in range(200):
        later, earlier = (generator.negative_binomial(4, 0.2, 12).astype(float).tolist() for _ in range(2))
        found = rate_ratio_overdispersed(later, earlier, paired=paired)
        if float(found.dispersion) > 1.0:
            outside = not found.lower <= 1.0 <= found.upper
            assert (p_of(later, earlier, float(found.dispersion), paired) < 0.05) == outside
            sides.add(outside)
    assert sides == {True, False}


def test_a_period_with_none_at_all_has_a_p_value_all_the_same():
    assert p_of([0.0] * 12, [30.0, *[0.0] * 11], 40.0, True) == 1.0
    assert p_of([0.0] * 12, [40.0] * 12, 2.0, True) < 0.001
