"""The ratio of two proportions and the mean of weekly counts, against a second solver and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.statistics.disclosure import suppress_within_totals
from fourfold.statistics.mean_count import mean_count
from fourfold.statistics.risk_ratio import risk_ratio


@pytest.mark.parametrize(
    "counts", [(15, 60, 30, 200), (300, 700, 900, 6000), (3, 400, 5, 90), (9, 10, 1, 10)]
)
def test_the_limits_are_those_of_another_solver(counts: tuple[int, int, int, int]) -> None:
    proportions = pytest.importorskip("statsmodels.stats.proportion")
    expected = proportions.confint_proportions_2indep(
        *counts, method="score", compare="ratio", correction=False
    )
    value, lower, upper = risk_ratio(*counts).floats()
    assert value == pytest.approx(counts[0] / counts[1] / (counts[2] / counts[3]))
    assert (lower, upper) == pytest.approx(expected, rel=1e-6)


def test_noughts_leave_one_end_open() -> None:
    found = risk_ratio([0, 5, 0, 3], [10, 20, 10, 0 + 3], [5, 0, 0, 0], [20, 30, 10, 0])
    assert found.value.tolist()[:2] == [0.0, np.inf]
    assert np.isnan(found.value[2:]).all()
    assert (found.lower[0], found.upper[1]) == (0.0, np.inf)
    assert 0 < found.upper[0] < 2
    assert found.lower[1] > 1
    with pytest.raises(ValueError, match="more successes"):
        risk_ratio(5, 4, 1, 2)


def test_swapping_the_groups_turns_the_ratio_over() -> None:
    there, back = risk_ratio(12, 80, 40, 90).floats(), risk_ratio(40, 90, 12, 80).floats()
    assert there == pytest.approx((1 / back[0], 1 / back[2], 1 / back[1]), rel=1e-6)


def test_weeks_that_vary_more_than_chance_widen_the_interval() -> None:
    even, uneven = mean_count([10] * 20).floats(), mean_count([0, 20] * 10).floats()
    assert even[0] == uneven[0] == 10
    assert even[1:] == pytest.approx(
        (10 / np.exp(2.093 / np.sqrt(200)), 10 * np.exp(2.093 / np.sqrt(200))), rel=1e-4
    )
    assert uneven[2] - uneven[1] > 3 * (even[2] - even[1])
    assert mean_count([0, 0, 0, 0]).floats()[:2] == (0.0, 0.0)
    assert np.isnan(mean_count([7]).floats()).all()


def test_totals_stand_and_small_counts_in_the_table_do_not() -> None:
    found = suppress_within_totals([[2, 30], [40, 50], [60, 70]], 5)
    assert not np.isnan(found.shown[-1]).any()
    assert np.isnan(found.shown[0, 0])
    assert np.isnan(found.shown[1:-1, 0]).any()
    alone = suppress_within_totals([[2, 0], [0, 9]], 5)
    assert np.isnan(alone.shown[:-1]).all()
    assert alone.shown[-1].tolist() == [2, 9, 11]
