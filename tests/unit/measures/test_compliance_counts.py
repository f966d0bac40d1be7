"""Counts give what the clocks give: shares, bounds, what narrows them, change."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from fourfold.measures import victims_code
from fourfold.measures.compliance_counts import (
    STATES,
    change_of_counts,
    compliance_of_counts,
    narrows_most_of_counts,
    summed,
)


def clocks(seed: int, number: int = 500) -> pl.DataFrame:
    draw = random.Random(seed)
    rows = [
        {
            "force": "aldermere",
            "rule": draw.choice(["R1", "R2", "R3"]),
            "unit": draw.choice(["North", "South", None]),
            "month": draw.choice([date(2021, 1, 1), date(2021, 2, 1)]),
            "state": draw.choice(STATES),
        }
        for _ in range(number)
    ]
    return pl.DataFrame(rows)


def counted(frame: pl.DataFrame) -> pl.DataFrame:
    sums = [(pl.col("state") == state).sum().cast(pl.UInt32).alias(state) for state in STATES]
    return frame.group_by("force", "rule", "unit", "month").agg(*sums)


@pytest.mark.parametrize("by", [("rule",), ("unit",), ("rule", "month")])
@pytest.mark.parametrize("seed", [1, 2])
def test_counts_give_what_the_clocks_give(by: tuple[str, ...], seed: int) -> None:
    told = clocks(seed)
    assert_frame_equal(compliance_of_counts(counted(told), by), victims_code.compliance(told, by))
    assert_frame_equal(narrows_most_of_counts(counted(told), by), victims_code.narrows_most(told, by))


def row(rule: str = "R1", **states: int) -> dict[str, Any]:
    return {"rule": rule, **dict.fromkeys(STATES, 0), **states}


def test_nothing_judged_has_no_share() -> None:
    found = compliance_of_counts(pl.DataFrame([row(running=3)])).to_dicts()[0]
    assert (found["judged"], found["recorded_percent"], found["strict_percent"]) == (0, None, None)


def test_all_together_is_one_row() -> None:
    frame = pl.DataFrame([row("R1", met_in_time=1), row("R2", not_recorded=3)])
    assert summed(frame, ()).height == 1
    assert compliance_of_counts(frame, ()).select("strict_percent", "best_percent").row(0) == (25.0, 100.0)


@pytest.mark.parametrize(
    ("earlier", "later", "change"),
    [
        (row(met_in_time=1, not_met=3), row(met_in_time=3, not_met=1), "rose"),
        (row(met_in_time=3, not_met=1), row(met_in_time=1, not_met=3), "fell"),
        (row(met_in_time=1, not_recorded=3), row(met_in_time=4), "cannot_tell"),
        (row(met_in_time=1), row(met_in_time=1), "cannot_tell"),
        (row(running=1), row(met_in_time=1), "cannot_tell"),
    ],
)
def test_change_is_told_by_the_bounds_alone(
    earlier: dict[str, Any], later: dict[str, Any], change: str
) -> None:
    frames = (pl.DataFrame([earlier]), pl.DataFrame([later]))
    assert change_of_counts(*frames)["change"].to_list() == [change]
    assert change_of_counts(*frames, by=())["change"].to_list() == [change]


def test_what_only_one_period_has_is_not_left_out() -> None:
    found = change_of_counts(
        pl.DataFrame([row("R1", met_in_time=1)]), pl.DataFrame([row("R2", met_in_time=1)])
    )
    assert found.select("rule", "change").rows() == [("R1", "cannot_tell"), ("R2", "cannot_tell")]
