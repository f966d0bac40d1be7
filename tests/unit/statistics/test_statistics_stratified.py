"""Stratified shares: by hand, at the edges, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.statistics.interval import Interval
from fourfold.statistics.proportion import clopper_pearson, wilson
from fourfold.statistics.proportion import difference as newcombe
from fourfold.statistics.stratified import (
    clopper_pearson_on_effective_size,
    difference,
    normal,
    ratio,
    stratified,
    total_of,
    variance,
)
from fourfold.statistics.stratified import looked_at as looked


def test_estimate_and_variance_worked_by_hand():
    # N = 60, 40; n = 6, 4; met 3 of 6 and 4 of 4: 0.6 x 0.5 + 0.4 x 1 = 0.7.
    # Variance 0.36 x (1 - 0.1) x (0.5 x 0.5 x 6/5) / 6 = 0.0162; the second stratum shows none.
    told = looked([60, 40], [6, 4], [6, 4], [3, 4])
    assert float(ratio(told)) == pytest.approx(0.7)
    # The residuals of a ratio whose whole is everything differ from the answers by a constant only.
    assert float(variance(told, ratio(told))) == pytest.approx(0.0162)
    plain = normal([60, 40], [6, 4], [6, 4], [3, 4])
    assert float(plain.upper - plain.value) == pytest.approx(1.959964 * 0.0162**0.5, rel=1e-6)


def test_variance_of_a_ratio_by_hand():
    # One stratum, N large: 10 read, 5 in the whole, 2 of them the part: R = 0.4.
    # Residuals 0.6, 0.6, -0.4 three times, 0 five times: sum of squares 1.2, mean 0; over (5 / 10)^2.
    told = looked([10_000_000], [10], [5], [2])
    assert float(variance(told, ratio(told))) == pytest.approx(1.2 / 9 / 10 / 0.25, rel=1e-5)


def test_a_simple_sample_of_a_large_population_is_nearly_clopper_and_pearson():
    ours, theirs = stratified([10_000_000], [50], [50], [40]), clopper_pearson(40, 50)
    # The variance's divisor is n - 1, so that the effective size is 49.
    assert float(ours.lower) == pytest.approx(float(theirs.lower), abs=0.002)
    assert float(ours.upper) == pytest.approx(float(theirs.upper), abs=0.002)


def test_full_compliance_has_an_interval_that_the_weights_set():
    even = stratified([1_000, 1_000], [50, 50], [50, 50], [50, 50])
    # 100 of equal weight, a twentieth drawn: near 1 - 0.025^(1/100) = 3.6 points
    assert float(even.value) == float(even.upper) == 1.0
    assert 0.955 < float(even.lower) < 0.966
    uneven = stratified([1_900, 100], [50, 50], [50, 50], [50, 50])
    # nearly all weight rests on 50: near 0.025^(1/50), 7.1 points
    assert 0.925 < float(uneven.lower) < 0.935
    assert float(clopper_pearson_on_effective_size([1_900, 100], [50, 50], [50, 50], [50, 50]).lower) > 0.96


def test_misses_may_all_lie_in_the_one_stratum_that_weighs_most():
    # 50 of 6,000 and 50 of each of four times 1,000, all met. A miss in the large one stands for 0.6 / 50 of
    # the whole: no more than 0.6 / 50 x 3.69 = 4.4 points of misses can be ruled out (3.69 = -ln 0.025).
    sizes = [6_000, 1_000, 1_000, 1_000, 1_000]
    told = stratified(sizes, [50] * 5, [50] * 5, [50] * 5)
    assert 0.953 < float(told.lower) < 0.959
    # as much for successes where there was none
    assert 0.041 < float(stratified(sizes, [50] * 5, [50] * 5, [0] * 5).upper) < 0.047


def test_what_stratifying_seems_to_gain_is_taken_back():
    # one stratum at 10 %, one at 90 %: the differences seen promise the precision of 280 records; 100 were read
    told = ([100_000, 100_000], [50, 50], [50, 50], [5, 45])
    ours, theirs = stratified(*told), clopper_pearson_on_effective_size(*told)
    width = [float(one.upper - one.lower) for one in (ours, theirs)]
    assert width[1] < 0.13
    assert 0.19 < width[0] < 0.21


def test_success_and_miss_are_each_others_mirror():
    sizes, read, whole = [900, 50, 300], [40, 20, 30], [35, 12, 30]
    met = stratified(sizes, read, whole, [30, 12, 21])
    missed = stratified(sizes, read, whole, [5, 0, 9])
    assert float(met.lower) == pytest.approx(1 - float(missed.upper))
    assert float(met.upper) == pytest.approx(1 - float(missed.lower))


def test_a_population_read_whole_has_no_interval():
    told = stratified([10, 20], [10, 20], [8, 15], [4, 15])
    assert told.floats() == (19 / 23, 19 / 23, 19 / 23)


def test_one_record_not_read_may_be_the_one_that_differs():
    told = stratified([7], [6], [6], [6])
    assert float(told.lower) <= 6 / 7


def test_nothing_is_said_where_a_stratum_is_unread_or_the_whole_is_empty():
    assert all(np.isnan(stratified([10, 20], [5, 0], [5, 0], [5, 0]).floats()))
    assert all(np.isnan(stratified([10, 20], [5, 5], [0, 0], [0, 0]).floats()))
    # an empty stratum has nothing to be read
    assert stratified([10, 0], [5, 0], [5, 0], [5, 0]).floats()[0] == 1.0


def test_a_stratum_of_one_read_alone_gives_no_variance_and_no_error():
    told = stratified([1, 500], [1, 50], [1, 50], [0, 50])
    assert float(told.value) == pytest.approx(500 / 501)
    assert float(told.lower) < float(told.value) < float(told.upper) <= 1.0
    single = stratified([40, 500], [1, 50], [1, 50], [1, 25])
    assert float(single.lower) < float(single.value) < float(single.upper)


def test_many_samples_at_once_are_each_as_alone():
    sizes = [400, 90]
    read, whole, part = (
        np.array([[20, 10], [30, 9]]),
        np.array([[18, 10], [30, 4]]),
        np.array([[9, 10], [30, 0]]),
    )
    both = stratified(sizes, read, whole, part)
    for at in range(2):
        alone = stratified(sizes, read[at], whole[at], part[at])
        assert alone.floats() == (both.value[at], both.lower[at], both.upper[at])


def test_a_total_is_the_share_of_the_population():
    told = total_of([100, 50], [10, 10], [9, 10])
    assert float(told.value) == pytest.approx(140.0)
    assert float(told.lower) < 140.0 < float(told.upper) <= 150.0


def test_the_difference_of_two_wilson_intervals_is_newcombes():
    ours, theirs = difference(wilson(56, 70), wilson(48, 80)), newcombe(56, 70, 48, 80)
    assert ours.floats() == pytest.approx(theirs.floats())
    # Newcombe 1998, table II, example a: 0.2000 (0.0524 to 0.3339)
    assert np.round(ours.floats(), 4).tolist() == [0.2, 0.0524, 0.3339]


def test_the_difference_of_what_is_not_known_is_not_known():
    unknown = Interval(*(np.asarray(np.nan) for _ in range(3)))
    assert np.isnan(difference(unknown, wilson(1, 2)).value)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (([10], [11], [1], [1]), "more in `read` than in `population`"),
        (([10], [5], [6], [1]), "more in `whole` than in `read`"),
        (([10], [5], [4], [5]), "more in `part` than in `whole`"),
        (([10], [5], [-1], [0]), "cannot be negative"),
        (([10.5], [5], [1], [0]), "whole counts"),
        ((10, 5, 4, 3), "along the last axis"),
        (([10, 10], [5, 5, 5], [1], [1]), "do not fit together"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts, words):
    with pytest.raises(ValueError, match=words):
        stratified(*counts)
