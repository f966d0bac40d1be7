"""Cohen's kappa: a published table, a second program, and tables that tell nothing."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.statistics.agreement import cohen_kappa, cohen_kappa_of_groups, table

FLEISS = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
"""Fleiss, Levin and Paik 2003 (Statistical Methods for Rates and Proportions), table 18.1: kappa 0.68, error 0.087."""


def test_a_published_table():
    found = cohen_kappa(FLEISS)
    value, lower, upper = found.kappa.floats()
    assert round(value, 2) == 0.68
    assert (upper - lower) / 2 / 1.959964 == pytest.approx(0.087, abs=0.001)
    assert (found.read, found.agreed) == (100, 89)
    assert found.expected == pytest.approx(0.66)


def test_statsmodels_finds_the_same():
    from statsmodels.stats.inter_rater import cohens_kappa

    rng = np.random.default_rng(5)
    for _ in range(50):
        counts = rng.integers(0, 12, (4, 4)) + np.diag(rng.integers(1, 20, 4))
        ours, theirs = cohen_kappa(counts).kappa.floats(), cohens_kappa(counts)
        assert ours[0] == pytest.approx(theirs.kappa)
        assert ours[1:] == pytest.approx((max(theirs.kappa_low, -1), min(theirs.kappa_upp, 1)))


def test_full_agreement_of_few_is_not_certain():
    value, lower, upper = cohen_kappa([[20, 0], [0, 5]]).kappa.floats()
    assert (value, upper) == (1.0, 1.0)
    # 25 of 25 agreed: at least 0.025^(1/25) = 0.863 of all; by chance 0.68: (0.863 - 0.68) / 0.32
    assert lower == pytest.approx((0.025 ** (1 / 25) - 0.68) / 0.32)


def test_agreement_no_better_than_chance_is_nought():
    assert float(cohen_kappa([[25, 25], [25, 25]]).kappa.value) == 0.0


@pytest.mark.parametrize(
    ("counts", "words"),
    [([[20, 0], [0, 0]], "one and the same answer"), ([[0, 0], [0, 0]], "nothing was read twice")],
)
def test_where_kappa_cannot_be_computed_it_says_why(counts, words):
    found = cohen_kappa(counts)
    assert np.isnan(found.kappa.value)
    assert words in found.why


def test_one_reader_giving_one_answer_throughout_is_no_agreement_beyond_chance():
    found = cohen_kappa([[15, 5], [0, 0]])
    assert not found.why
    assert float(found.kappa.value) == 0.0


def test_the_table_has_the_first_reader_in_rows():
    counts = table(["m", "m", "n"], ["m", "n", "n"], ("m", "n", "r"))
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_answers_that_do_not_pair_or_are_not_known_are_refused():
    with pytest.raises(ValueError, match="2 answers, the second 1"):
        table(["m", "m"], ["m"], ("m", "n"))
    with pytest.raises(ValueError, match="got x"):
        table(["m"], ["x"], ("m", "n"))
    with pytest.raises(ValueError, match="as many rows as columns"):
        cohen_kappa([[1, 2, 3]])


def test_answers_that_hang_together_tell_less_than_as_many_apart():
    rng = np.random.default_rng(2)
    alone = [
        np.bincount([cell], minlength=4).reshape(2, 2) for cell in rng.choice(4, 40, p=[0.4, 0.1, 0.1, 0.4])
    ]
    apart = cohen_kappa_of_groups(alone)
    together = cohen_kappa_of_groups([5 * one for one in alone])
    as_if_apart = cohen_kappa(np.sum([5 * one for one in alone], axis=0))
    assert float(apart.kappa.value) == float(together.kappa.value) == float(as_if_apart.kappa.value)
    # five answers of one kind a record tell as much as one
    assert together.kappa.floats() == pytest.approx(apart.kappa.floats())
    assert float(as_if_apart.kappa.lower) > float(together.kappa.lower)
    # and alone, the jackknife agrees with the formula
    plain = cohen_kappa(np.sum(alone, axis=0))
    assert apart.kappa.floats() == pytest.approx(plain.kappa.floats(), abs=0.04)


def test_groups_that_agree_throughout_each_count_once():
    found = cohen_kappa_of_groups([np.diag([4, 1])] * 10)
    # ten of ten records: at least 0.025^(1/10) = 0.692; by chance 0.68
    assert found.kappa.floats() == pytest.approx((1.0, (0.025**0.1 - 0.68) / 0.32, 1.0))
    assert (found.read, found.agreed) == (50, 50)


def test_one_group_or_none_tells_nothing():
    assert "does not tell how groups vary" in cohen_kappa_of_groups([[[1, 1], [1, 1]]]).why
    assert "nothing was read twice" in cohen_kappa_of_groups(np.zeros((0, 4, 4))).why
