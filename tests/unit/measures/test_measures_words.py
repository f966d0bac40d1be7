"""How numbers are said."""

import math

import pytest

from fourfold.measures.figure import Figure, State
from fourfold.measures.words import say_interval, say_number


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "said"),
    [
        (13331, "count", 0, "13,331"),
        (1234567.5, "count", 1, "1,234,567.5"),
        (4599, "GBP", 2, "£4,599.00"),
        (-5.005, "GBP", 2, "-£5.01"),
        (1_234_567_890.12, "GBP", 2, "£1,234,567,890.12"),
        (16.683, "percent_change", 1, "+16.7%"),
        (-12.477, "percent_change", 1, "-12.5%"),
        (1234.5, "percent_change", 1, "+1,234.5%"),
        (8, "percent", 0, "8%"),
        (4.6, "per 1,000 residents", 1, "4.6 per 1,000 residents"),
        # Halves go away from nought, as by hand, whatever the binary number behind them.
        (46.45, "percent", 1, "46.5%"),
        ((1.4645 - 1.0) * 100, "percent_change", 1, "+46.5%"),
        (0.125, "percent", 2, "0.13%"),
        (2.5, "count", 0, "3"),
        (-2.5, "count", 0, "-3"),
        (2.675, "GBP", 2, "£2.68"),
        (0.5, "count", 0, "1"),
        # Nought has no sign.
        (-0.0, "count", 0, "0"),
        (-0.0, "GBP", 2, "£0.00"),
        (-0.004, "GBP", 2, "£0.00"),
        (0.04, "percent_change", 1, "0.0%"),
        (-0.04, "percent_change", 1, "0.0%"),
        (0.05, "percent_change", 1, "+0.1%"),
        (-0.05, "percent_change", 1, "-0.1%"),
        (-0.0, "percent", 1, "0.0%"),
        (1e300, "count", 0, f"{10**300:,}"),
        (math.nan, "percent", 1, "cannot be worked out"),
        (math.inf, "percent", 1, "without limit"),
    ],
)
def test_a_number_is_said(value, unit, decimals, said):
    assert say_number(value, unit, decimals) == said


def figure(**more):
    plain = {"name": "x@2021", "title": "x", "state": State.KNOWN, "unit": "percent_change", "decimals": 1}
    return Figure(**{**plain, "period": "2021", "period_words": "2021", "definition": "x", **more})


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.MISSING, "not available"),
        (State.NOT_STATED, "not stated"),
        (State.SUPPRESSED, "too few to publish"),
    ],
)
def test_where_there_is_no_number_the_words_say_which_kind_of_none(state, said):
    assert figure(state=state).words == said
    assert say_interval(figure(state=state)) == ""


def test_an_interval_is_said_with_to_and_only_where_both_ends_are_known():
    assert say_interval(figure(value=16.7, lower=14.0, upper=-0.0)) == "+14.0% to 0.0%"
    assert say_interval(figure(value=16.7, lower=14.0)) == ""
