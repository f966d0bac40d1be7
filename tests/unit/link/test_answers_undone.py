"""An answer about a pair that was taken back is no answer; one given after that holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from fourfold.link.answers import KIND, answers_of, decision_value, is_readable

LEFT, RIGHT = ("fraud_report", "R1"), ("person_role", "C1/P1/victim")


def decided(*joins: bool | None) -> pl.DataFrame:
    rows = [
        {"decision_id": f"D{place}", "kind": KIND, "made_at": datetime(2022, 1, place + 1, tzinfo=UTC),
         "value": json.dumps(decision_value(join, LEFT, RIGHT))}
        for place, join in enumerate(joins)
    ]  # fmt: skip
    return pl.DataFrame(rows)


@pytest.mark.parametrize(
    ("joins", "expected"),
    [
        ((True,), [True]),
        ((True, None), []),
        ((True, None, False), [False]),
        ((None,), []),
        ((False, True), [True]),
    ],
)
def test_the_last_answer_holds_and_one_taken_back_does_not(
    joins: tuple[Any, ...], expected: list[bool]
) -> None:
    assert answers_of(decided(*joins))["join"].to_list() == expected


def test_an_answer_that_is_neither_is_not_read() -> None:
    assert is_readable(json.dumps(decision_value(None, LEFT, RIGHT)))
    assert not is_readable(json.dumps({**decision_value(None, LEFT, RIGHT), "join": "yes"}))
