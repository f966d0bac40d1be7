"""Proportions and their differences: published examples and exact coverage."""

import numpy as np
import pytest
from scipy.stats import binom

from fourfold.statistics.proportion import clopper_pearson, difference, proportion, wilson


@pytest.mark.parametrize(
    ("successes", "n", "lower", "upper"),
    # Newcombe 1998 (Statistics in Medicine 17, 857 to 872), table I, method 3 (score).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_published(successes, n, lower, upper):
    assert wilson(successes, n).floats() == pytest.approx((successes / n, lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("successes", "n", "lower", "upper"),
    # The same table, method 5 (exact).
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_clopper_pearson_published(successes, n, lower, upper):
    assert clopper_pearson(successes, n).floats() == pytest.approx((successes / n, lower, upper), abs=5e-5)


def test_all_of_them_ends_at_one_exactly():
    for method in (wilson, clopper_pearson, proportion):
        value, lower, upper = method(30, 30).floats()
        assert (value, upper) == (1, 1)
        assert 0.85 < lower < 1
    assert clopper_pearson(30, 30).lower == pytest.approx(0.025 ** (1 / 30))


def test_none_asked_is_not_none_met():
    for method in (wilson, clopper_pearson, proportion):
        assert np.isnan(method(0, 0).floats()).all()
        assert np.isnan(method(np.nan, 12).floats()).all()


@pytest.mark.parametrize(
    ("successes", "n", "method"),
    [
        (20, 40, clopper_pearson),  # n of 40 or less
        (20, 41, wilson),
        (245, 250, wilson),  # five failures
        (246, 250, clopper_pearson),  # four failures are few, however large n
        (4, 250, clopper_pearson),
        (5, 250, wilson),
    ],
)
def test_rule_between_the_two(successes, n, method):
    assert proportion(successes, n).floats() == method(successes, n).floats()


@pytest.mark.parametrize("n", [5, 20, 40, 41, 60, 250])
def test_coverage_computed_exactly(n):
    # Over every possible count, so exact. Wilson's own worst case is what the rule is there to avoid.
    counts, truths = np.arange(n + 1), np.linspace(0.0005, 0.9995, 1999)
    chance = binom.pmf(counts[:, None], n, truths)

    def worst(method):
        found = method(counts, n)
        covered = (found.lower[:, None] <= truths) & (truths <= found.upper[:, None])
        return (chance * covered).sum(axis=0).min()

    assert worst(clopper_pearson) >= 0.95
    assert worst(proportion) >= (0.95 if n <= 40 else 0.925)
    assert worst(wilson) < 0.90 < worst(proportion)


@pytest.mark.parametrize(
    ("a", "n_a", "b", "n_b", "lower", "upper"),
    # Newcombe 1998 (Statistics in Medicine 17, 873 to 890), table II, method 10.
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (10, 10, 0, 10, 0.6075, 1.0),
        (0, 10, 0, 20, -0.1611, 0.2775),
    ],
)
def test_difference_published(a, n_a, b, n_b, lower, upper):
    found = difference(a, n_a, b, n_b).floats()
    assert found == pytest.approx((a / n_a - b / n_b, lower, upper), abs=6e-5)


def test_difference_turned_round_changes_only_the_sign():
    there, back = difference([3, 7], 20, 11, 30), difference(11, 30, [3, 7], 20)
    assert there.lower == pytest.approx(-back.upper)
    assert there.upper == pytest.approx(-back.lower)
    assert np.isnan(difference(3, 20, 0, 0).floats()).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: wilson(12, 10), "cannot be more successes than n"),
        (lambda: proportion(-1, 10), "successes cannot be negative"),
        (lambda: clopper_pearson([1, 2], [3, 4, 5]), "do not fit together"),
        (lambda: wilson(1, 10, level=1.2), "strictly between 0 and 1"),
        (lambda: clopper_pearson(1, 10, level=0.0), "strictly between 0 and 1"),
        (lambda: difference(1, 10, 11, 10), "cannot be more successes than n"),
    ],
)
def test_wrong_use_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
