"""Every method of statistics that SciPy or statsmodels also has, on random input: the answers agree."""

import numpy as np
import pytest
import scipy.stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson, test_poisson_2indep

from fourfold.statistics.average import mean, median, trimmed_mean
from fourfold.statistics.bootstrap import mean_bootstrap
from fourfold.statistics.change import p_value, rate_ratio
from fourfold.statistics.counts import poisson_interval
from fourfold.statistics.multiplicity import benjamini_hochberg
from fourfold.statistics.overdispersion import rate_ratio_overdispersed
from fourfold.statistics.proportion import clopper_pearson, difference, wilson

compare_poisson = test_poisson_2indep  # under a name that pytest does not take for a test
del test_poisson_2indep


@pytest.fixture
def rng():
    return np.random.default_rng(2026)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_rate_ratio_is_the_binomial_interval_of_scipy(rng, level):
    now, before = rng.poisson(rng.choice([1, 6, 300], (2, 60)))
    over_now, over_before = rng.uniform(0.5, 4, (2, 60))
    found = rate_ratio(now, before, over_now, over_before, level)
    for i in np.flatnonzero(now + before):
        limits = scipy.stats.binomtest(now[i], now[i] + before[i]).proportion_ci(level, "exact")
        with np.errstate(divide="ignore"):
            odds = np.array([limits.low, limits.high]) / (1 - np.array([limits.low, limits.high]))
        expected = odds * over_before[i] / over_now[i]
        assert [found.lower[i], found.upper[i]] == pytest.approx(expected, rel=1e-6)


def test_p_value_is_twice_the_smaller_binomial_tail_of_scipy(rng):
    now, before = rng.poisson(rng.choice([1, 6, 300], (2, 60)))
    over = rng.uniform(0.5, 4, 60)
    found = p_value(now, before, over)
    for i in np.flatnonzero(now + before):
        tails = [
            scipy.stats.binomtest(
                now[i], now[i] + before[i], over[i] / (1 + over[i]), alternative=side
            ).pvalue
            for side in ("less", "greater")
        ]
        assert found[i] == pytest.approx(min(1, 2 * min(tails)), rel=1e-8)


def test_p_value_on_equal_exposure_is_the_exact_conditional_test_of_statsmodels(rng):
    now, before = rng.poisson(9, (2, 30))
    expected = [
        compare_poisson(a, 1, b, 1, method="exact-cond").pvalue for a, b in zip(now, before, strict=True)
    ]
    assert p_value(now, before) == pytest.approx(expected)


@pytest.mark.parametrize("paired", [False, True])
def test_overdispersed_is_the_quasi_poisson_regression_of_statsmodels(rng, paired):
    season = rng.uniform(5, 60, 12)
    for _ in range(5):
        now, before = rng.negative_binomial(4, 4 / (4 + season)), rng.negative_binomial(4, 4 / (4 + season))
        counts = np.r_[now, before]
        period = np.r_[np.ones(12), np.zeros(12)]
        others = np.tile(np.eye(12), (2, 1)) if paired else np.ones((24, 1))
        fit = GLM(counts, np.column_stack([period, others]), family=Poisson()).fit(scale="X2")
        freedom = 24 - 1 - others.shape[1]
        reach = scipy.stats.t.ppf(0.975, freedom) * fit.bse[0]
        found = rate_ratio_overdispersed(now, before, paired=paired)
        assert found.dispersion == pytest.approx(fit.scale, rel=1e-6)
        assert found.floats() == pytest.approx(
            np.exp([fit.params[0], fit.params[0] - reach, fit.params[0] + reach]), rel=1e-6
        )


def test_poisson_limits_of_statsmodels(rng):
    counts = rng.poisson(rng.choice([1, 20, 5000], 80))
    found = poisson_interval(counts, 0.9)
    for i in np.flatnonzero(counts):
        limits = confint_poisson(counts[i], 1, method="exact-c", alpha=0.1)
        assert (found.lower[i], found.upper[i]) == pytest.approx(limits)


@pytest.mark.parametrize(("method", "name"), [(wilson, "wilson"), (clopper_pearson, "beta")])
def test_proportion_limits_of_statsmodels(rng, method, name):
    n = rng.integers(1, 400, 200)
    successes = rng.binomial(n, rng.choice([0.02, 0.5, 0.98], 200))
    found = method(successes, n, 0.9)
    lower, upper = proportion_confint(successes, n, 0.1, name)
    assert found.lower == pytest.approx(lower, abs=1e-10)
    assert found.upper == pytest.approx(upper, abs=1e-10)


def test_difference_of_statsmodels(rng):
    n_a, n_b = rng.integers(5, 200, (2, 60))
    a, b = rng.binomial(n_a, 0.3), rng.binomial(n_b, 0.6)
    found = difference(a, n_a, b, n_b)
    for i in range(60):
        limits = confint_proportions_2indep(a[i], n_a[i], b[i], n_b[i], method="newcomb", compare="diff")
        assert (found.lower[i], found.upper[i]) == pytest.approx(limits, abs=1e-10)


def test_benjamini_hochberg_of_statsmodels(rng):
    for size in (1, 2, 37, 500):
        p = np.round(rng.random(size) ** 3, 2)  # rounded, so that there are ties
        rejected, adjusted, *_ = multipletests(p, 0.1, "fdr_bh")
        found = benjamini_hochberg(p, 0.1)
        assert found.adjusted == pytest.approx(adjusted)
        assert np.array_equal(found.rejected, rejected)


def test_mean_and_trimmed_mean_of_scipy(rng):
    losses = rng.lognormal(6, 2, 137)
    for share in (0.0, 0.05, 0.2):
        found = mean(losses) if share == 0 else trimmed_mean(losses, share)
        kept = 137 - 2 * int(137 * share)
        error = (found.upper - found.value) / scipy.stats.t.ppf(0.975, kept - 1)
        assert found.value == pytest.approx(scipy.stats.trim_mean(losses, share))
        assert found.value - found.lower == pytest.approx(found.upper - found.value)
        # Yuen's test against the same losses moved by 100 has the standard error under its line twice.
        yuen = scipy.stats.ttest_ind(losses, losses + 100, trim=share, equal_var=False)
        assert error == pytest.approx(-100 / yuen.statistic / np.sqrt(2))


def test_median_limits_of_scipy(rng):
    for size in (6, 7, 40, 141):
        losses = rng.lognormal(6, 2, size)
        limits = scipy.stats.quantile_test(losses, p=0.5).confidence_interval(0.95)
        found = median(losses)
        assert (found.lower, found.upper) == (limits.low, limits.high)


@pytest.mark.parametrize("method", ["bca", "percentile"])
def test_bootstrap_of_scipy(rng, method):
    losses = rng.lognormal(0, 1, 80)
    oracle = scipy.stats.bootstrap(
        (losses,), np.mean, n_resamples=40_000, method=method, rng=rng, vectorized=True, batch=2_000
    )
    found = mean_bootstrap(losses, rng, resamples=40_000, method=method)
    # Both are Monte Carlo: at 40,000 resamples a limit moves by about half a per cent.
    assert (found.lower, found.upper) == pytest.approx(oracle.confidence_interval, rel=0.012)
