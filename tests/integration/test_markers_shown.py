"""What markers promise, on a made-up force with its truth hidden and on public messages; a quick part of the bench."""

from __future__ import annotations

import pytest
from bench.marker_cases import courier_case, coverage, message_case, show


@pytest.fixture(scope="module")
def courier():
    case = courier_case(0.4)
    return case, show(case, seed=1)


def test_courier_fraud_is_found_better_than_by_a_plain_model(courier):
    _, found = courier
    assert found.precision_reviewed >= 0.9
    assert found.precision_reviewed > found.baseline_reviewed
    assert found.precision_by_cues >= found.baseline_by_cues - 0.02


@pytest.mark.parametrize("seed", [1, 2])
def test_the_interval_covers_the_true_count_in_93_of_100_reviews(courier, seed):
    case, found = courier
    share, lower, upper = coverage(case, found.model, 2000, seed)
    assert share >= 0.93
    assert 0 < lower < found.true_count < upper < 4 * found.true_count


def test_smishing_hidden_under_ham_is_found(reference_data):
    case = message_case(reference_data, most=2000)
    found = show(case, seed=1, with_baselines=False)
    assert found.precision_reviewed >= 0.9
    assert coverage(case, found.model, 2000, seed=1)[0] >= 0.93
