"""Averages of losses, as an analyst meets them: one very large, some missing, some nought."""

import numpy as np
import pytest

from fourfold.statistics.average import largest_share, mean, median, trimmed_mean, weighted_mean
from fourfold.statistics.bootstrap import mean_bootstrap

LOSSES = [0, 120, 150, 200, 250, 300, 400, 500, 800, np.nan, 97_280]


def test_mean_by_hand():
    # 1 to 5: standard deviation sqrt 2.5, t with 4 degrees of freedom 2.776.
    found = mean([1, 2, 3, 4, 5])
    reach = 2.7764451 * np.sqrt(2.5 / 5)
    assert (found.value, found.lower, found.upper) == pytest.approx((3, 3 - reach, 3 + reach))


def test_missing_is_counted_and_is_not_nought():
    found = mean(LOSSES)
    assert (found.value, found.n, found.missing) == (10_000, 10, 1)


def test_one_loss_carries_the_mean_and_not_the_median():
    share = largest_share(LOSSES)
    assert (share.value, share.largest, share.total) == (0.9728, 97_280, 100_000)
    assert (share.n, share.missing) == (10, 1)
    assert median(LOSSES).value == 275
    # A tenth off each end leaves out the nought and the one large loss: 2,720 / 8.
    assert trimmed_mean(LOSSES, share=0.1).value == 340


def test_median_limits_are_order_statistics():
    # Of 10, the 2nd and the 9th: they miss with chance 2 * 11 / 1024, so they cover 97.9 %; the 3rd and
    # the 8th would miss with 2 * 56 / 1024.
    found = median(range(1, 11))
    assert (found.value, found.lower, found.upper) == (5.5, 2, 9)
    assert (median(range(1, 11), level=0.85).lower, median(range(1, 11), level=0.85).upper) == (3, 8)
    # 6 is the least n with limits at 95 %: 2 / 64 is under 5 %, 2 / 32 is not.
    assert (median(range(6)).lower, median(range(6)).upper) == (0, 5)
    assert np.isnan([median(range(5)).lower, median(range(5)).upper]).all()


def test_trimmed_mean_by_hand():
    # 20 % off each end of 1, 2, 3, 4, 100 leaves 2, 3, 4; winsorised 2, 2, 3, 4, 4, squares sum to 4;
    # error sqrt(4 / (3 * 2)), t with 2 degrees of freedom 4.302653.
    found = trimmed_mean([1, 2, 3, 4, 100], share=0.2)
    reach = 4.3026527 * np.sqrt(4 / 6)
    assert (found.value, found.lower, found.upper) == pytest.approx((3, 3 - reach, 3 + reach))
    assert found.n == 5


def test_trimming_nothing_is_the_mean():
    assert trimmed_mean(LOSSES, share=0) == mean(LOSSES)


def test_share_trimmed_survives_binary_fractions():
    # 0.29 * 100 is 28.999... in binary; 29 are meant. One large amount among 29 goes, the 30th would stay.
    values = np.r_[np.zeros(71), np.full(29, 1e6)]
    assert trimmed_mean(values, share=0.29).value == 0


def test_too_few_to_tell_is_nan():
    for method in (mean, median, trimmed_mean):
        none, one = method([np.nan, np.nan]), method([5.0])
        assert np.isnan([none.value, none.lower, none.upper]).all()
        assert (none.n, none.missing) == (0, 2)
        assert one.value == 5
        assert np.isnan([one.lower, one.upper]).all()
    assert np.isnan(largest_share([]).value)
    assert np.isnan(largest_share([0, 0]).value)
    bare = mean_bootstrap([5.0], np.random.default_rng(0))
    assert bare.value == 5
    assert np.isnan([bare.lower, bare.upper]).all()


def test_mean_of_individuals_and_organisations_together():
    # Source paper: 92 % individuals in 2020, 94 % in 2021. Its "Total" row adds the two averages instead.
    means = [[20_390.76, 32_769.90], [4_599.00, 19_801.01]]
    combined = weighted_mean(means, [[0.92, 0.08], [0.94, 0.06]])
    assert combined == pytest.approx([21_381.09, 5_511.12], abs=0.005)
    assert np.all(combined < 53_160.66)


def test_group_not_known_makes_the_whole_not_known():
    assert np.isnan(weighted_mean([10, np.nan], [3, 1]))
    assert weighted_mean([10, np.nan], [3, 0]) == 10
    assert np.isnan(weighted_mean([10, 20], [0, 0]))


@pytest.mark.parametrize(
    ("method", "least"),
    # 1,500 samples of 60 log-normal losses (sigma 1): simulation error about 0.6 points. The t interval is
    # the one a heavy tail hurts; the median's promise is exact and is kept.
    [(lambda x, _: median(x), 0.95), (lambda x, _: trimmed_mean(x), 0.90)],
)
def test_coverage_under_a_heavy_tail(method, least):
    rng = np.random.default_rng(5)
    samples = rng.lognormal(0, 1, (1500, 60))
    centre = method(rng.lognormal(0, 1, 2_000_001), rng).value
    found = [method(sample, rng) for sample in samples]
    assert np.mean([f.lower <= centre <= f.upper for f in found]) >= least - 0.012


def test_bootstrap_covers_no_worse_than_t_and_leans_with_the_tail():
    rng = np.random.default_rng(6)
    truth = np.exp(0.5)
    samples = rng.lognormal(0, 1, (500, 60))
    plain = [mean(sample) for sample in samples]
    leaning = [mean_bootstrap(sample, rng, resamples=600) for sample in samples]

    def cover(found):
        return np.mean([f.lower <= truth <= f.upper for f in found])

    # Simulation error about 1.2 points; BCa on this tail covers near 0.91, t near 0.89.
    assert cover(leaning) >= 0.88
    assert cover(leaning) >= cover(plain) - 0.01
    assert np.mean([(f.upper - f.value) > (f.value - f.lower) for f in leaning]) > 0.95


def test_same_seed_gives_the_same_interval_and_another_does_not():
    first, again, other = (mean_bootstrap(LOSSES, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert (first.n, first.missing) == (10, 1)


def test_equal_amounts_bootstrap_to_a_point():
    found = mean_bootstrap([4, 4, 4, 4], np.random.default_rng(0))
    assert (found.value, found.lower, found.upper) == (4, 4, 4)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: mean([[1, 2], [3, 4]]), r"one axis of amounts: got shape \(2, 2\)"),
        (lambda: median([1, np.inf]), "cannot be infinite"),
        (lambda: mean([1, 2], level=2), "strictly between 0 and 1"),
        (lambda: median([1, 2], level=-1), "strictly between 0 and 1"),
        (lambda: trimmed_mean([1, 2], share=0.5), "0 to under 0.5"),
        (lambda: largest_share([1, -2]), "values cannot be negative"),
        (lambda: weighted_mean([1, 2], [1, -1]), "weights cannot be negative"),
        (lambda: weighted_mean([1, 2], [1, 2, 3]), "do not fit together"),
        (lambda: weighted_mean(1, 2), "needs an axis of groups"),
        (lambda: mean_bootstrap([1, 2], np.random.default_rng(0), resamples=10), "at least 100"),
        (lambda: mean_bootstrap([1, 2], np.random.default_rng(0), method="basic"), "'bca' or 'percentile'"),
    ],
)
def test_wrong_use_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
