"""Losses meet their mean to the penny, at any size and however heavy the tail."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.synthetic.draws import by_weight, share_out, uniform
from fourfold.synthetic.fraud_losses import losses, to_mean


@pytest.mark.parametrize("count", [3, 50, 5_000])
@pytest.mark.parametrize("large", [0, 1])
def test_mean_is_met_to_the_penny(count, large):
    rng = np.random.default_rng(count)
    raw = np.exp(rng.normal(6, 1.7, count))
    found = to_mean(raw, 20_390.76, large, rng)
    assert round(found.mean(), 2) == 20_390.76
    assert found.min() > 0


def test_stories_in_which_nothing_was_paid_have_no_loss():
    rng = np.random.default_rng(1)
    count = 4_000
    never = np.arange(count) % 2 == 0
    year = np.where(np.arange(count) < 2_000, 2020, 2021)
    found = losses(np.full(count, 300.0), year, np.zeros(count, dtype=bool), never, 0.1, rng)
    assert np.nan_to_num(found[never]).max() == 0
    assert np.isnan(found).mean() == pytest.approx(0.25, abs=0.03)
    assert round(found[(year == 2021) & (found > 0)].mean(), 2) == 4_599.00


def test_shares_are_whole_and_add_up():
    assert share_out(10, [1, 1, 1]).sum() == 10
    assert share_out(133, [260, 110, 12_961]).tolist() == [3, 1, 129]
    assert share_out(0, [3, 4]).tolist() == [0, 0]


def test_draws_are_even_and_belong_to_the_id():
    ids = np.arange(200_000)
    drawn = uniform(ids, 1, "age")
    assert np.histogram(drawn, 10)[0] == pytest.approx(20_000, rel=0.03)
    assert (uniform(ids[::-1], 1, "age")[::-1] == drawn).all()
    assert abs(np.corrcoef(drawn, uniform(ids, 1, "sex"))[0, 1]) < 0.01
    assert abs(np.corrcoef(drawn, uniform(ids, 2, "age"))[0, 1]) < 0.01
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 0.01


def test_weighted_draws_follow_their_weights():
    drawn = by_weight(np.arange(100_000), 1, "name", [3.0, 1.0, 0.0, 6.0])
    assert np.bincount(drawn, minlength=4) / 100_000 == pytest.approx([0.3, 0.1, 0.0, 0.6], abs=0.01)
