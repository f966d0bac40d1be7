"""Many comparisons at once."""

import numpy as np
import pytest

from fourfold.statistics.multiplicity import benjamini_hochberg

# Benjamini and Hochberg 1995, section 3.2: fifteen comparisons of a trial of treatments after a heart attack.
PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_the_four_of_the_original_paper_are_rejected():
    found = benjamini_hochberg(PUBLISHED, 0.05)
    assert found.rejected.tolist() == [True] * 4 + [False] * 11
    assert found.adjusted[3] == pytest.approx(0.0095 * 15 / 4)
    assert found.family == 15


def test_by_hand_in_any_order():
    # Sorted 0.01, 0.02, 0.03, 0.5 times 4/1, 4/2, 4/3, 4/4: 0.04, 0.04, 0.04, 0.5.
    found = benjamini_hochberg([0.5, 0.03, 0.01, 0.02])
    assert found.adjusted == pytest.approx([0.5, 0.04, 0.04, 0.04])
    assert found.rejected.tolist() == [False, True, True, True]


def test_a_larger_p_value_can_save_a_smaller_one_but_never_pass_it():
    # 0.04 alone would become 0.08; the 0.041 beside it brings it to 0.041.
    assert benjamini_hochberg([0.04, 0.041]).adjusted == pytest.approx([0.041, 0.041])


def test_comparison_that_could_not_be_made_is_outside_the_family():
    found = benjamini_hochberg([[0.02, np.nan], [0.04, 0.9]])
    assert found.family == 3
    assert found.adjusted == pytest.approx(np.array([[0.06, np.nan], [0.06, 0.9]]), nan_ok=True)
    assert found.rejected.tolist() == [[False, False], [False, False]]


def test_empty_family():
    found = benjamini_hochberg([])
    assert (found.adjusted.size, found.family) == (0, 0)


def test_share_of_false_discoveries_is_kept():
    # 2,000 families of 40 null comparisons and 10 clear ones: on average 0.05 * 40/50 = 4 % false.
    rng = np.random.default_rng(9)
    p = np.concatenate([rng.random((2000, 40)), rng.random((2000, 10)) * 1e-4], axis=1)
    rejected = np.array([benjamini_hochberg(family).rejected for family in p])
    false_share = rejected[:, :40].sum(axis=1) / np.maximum(rejected.sum(axis=1), 1)
    assert false_share.mean() == pytest.approx(0.04, abs=0.006)
    assert rejected[:, 40:].all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: benjamini_hochberg([0.1, 1.2]), "from 0 to 1"),
        (lambda: benjamini_hochberg([-0.1]), "from 0 to 1"),
        (lambda: benjamini_hochberg([0.1], 5), "strictly between 0 and 1"),
    ],
)
def test_wrong_use_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
