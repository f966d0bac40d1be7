"""Losses as stated (source paper, paragraph 12): what is averaged, what is none and what is missing."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from fourfold.home import WrongUseError
from fourfold.measures.figure import State
from fourfold.records import FraudReport
from measure_records import each_month, figures_of


def losses(*amounts, organisations=()):
    rows = each_month("2021", "reported_on", loss_gbp=None)
    for kind, stated in (("individual", amounts), ("organisation", organisations)):
        for amount in stated:
            loss = None if amount is None else Decimal(str(amount))
            rows.append({"reported_on": date(2021, 6, 1), "victim_type": kind, "loss_gbp": loss})
    figures = figures_of({FraudReport: rows})
    return lambda suffix, **more: figures.get(
        f"fraud.loss.{suffix}[force=here{''.join(f',{k}={v}' for k, v in more.items())}]@2021"
    )


def test_nought_is_stated_as_none_and_a_blank_is_missing():
    loss = losses(100, 300, 0, 0, 0, None)
    assert loss("stated").value == 2
    assert loss("none").value == 3
    assert loss("missing").value == 13  # the blank one and the twelve monthly ones
    mean = loss("mean")
    assert (mean.value, mean.n, mean.missing, mean.words) == (200, 2, 13, "£200.00")
    assert loss("total").value == 400


def test_one_large_loss_carries_the_mean_and_the_others_show_it():
    loss = losses(*([100] * 19), 100_000)
    assert loss("mean").value == pytest.approx(5095)
    assert loss("median").value == 100
    assert loss("trimmed_mean").value == 100  # without the largest and the smallest of twenty
    assert loss("largest_share").value == pytest.approx(100 * 100_000 / 101_900)
    assert loss("mean").lower == 0  # a symmetric interval would go below


def test_pennies_are_exact():
    assert losses("0.10", "0.20")("total").value == pytest.approx(0.3)
    assert losses("4599.00")("mean").words == "£4,599.00"


def test_one_amount_has_no_interval_and_none_at_all_no_number():
    one = losses(50)("mean")
    assert (one.value, one.lower, one.upper) == (50, None, None)
    none = losses(0, None)("mean")
    assert (none.state, none.value, none.words) == (State.NOT_STATED, None, "not stated")
    assert losses(0, None)("stated").value == 0


def test_all_victims_is_the_mean_of_all_and_never_the_sum_of_two_means():
    loss = losses(10, 20, 30, organisations=(100, 300))
    people, firms, everybody = (
        loss("mean", victim_type="individual"),
        loss("mean", victim_type="organisation"),
        loss("mean"),
    )
    assert (people.value, firms.value) == (20, 200)
    assert everybody.value == pytest.approx(np.average([people.value, firms.value], weights=[3, 2]))
    assert everybody.value == 92
    assert everybody.value != people.value + firms.value


def test_an_amount_is_never_asked_for_without_saying_which_average():
    figures = figures_of({FraudReport: each_month("2021", "reported_on")})
    with pytest.raises(WrongUseError, match=r"fraud\.loss\.mean@2021, fraud\.loss\.median@2021"):
        figures.get("fraud.loss[force=here]@2021")
