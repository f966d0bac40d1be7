"""Parquet passes the same rules as every other file, and is refused when damaged, nested or endless."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from made_tables import HEADINGS, intake_of, rules_by_row

from fourfold.home import FourfoldError
from fourfold.sources.files import ReceivedFile
from fourfold.sources.limits import limits_today
from fourfold.sources.parquet_files import read as read_parquet


def file_of(**columns: list[Any]) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(dict(zip(HEADINGS, columns.values(), strict=True))).write_parquet(out)
    return out.getvalue()


def fraud(**changed: list[Any]) -> bytes:
    columns: dict[str, list[Any]] = {
        "ref": ["R1", "R2"],
        "day": [date(2022, 3, 4), None],
        "code": [90, 90],
        "kind": ["individual", "individual"],
        "name": ["Renée", "Smith"],
        "loss": [Decimal("4599.50"), None],
    }
    return file_of(**{**columns, **changed})


def test_typed_columns_are_read_as_text_would_be() -> None:
    intake = intake_of(fraud())
    assert intake.accepted.select("reported_on", "last_name", "loss_gbp").rows() == [
        (date(2022, 3, 4), "Renée", Decimal("4599.50"))
    ]
    assert rules_by_row(intake) == {2: "reported_on|nullability"}


def test_moments_of_a_parquet_are_days_where_a_day_belongs() -> None:
    assert intake_of(fraud(day=[datetime(2022, 3, 4, 16, 20)] * 2)).accepted["reported_on"][0] == date(
        2022, 3, 4
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (fraud()[:-8], "damaged or cut short"),
        (b"PAR1" + b"x" * 200 + b"PAR1", "damaged or cut short"),
        (fraud(name=[["a"], ["b"]]), "holds lists"),
        (fraud(ref=[], day=[], code=[], kind=[], name=[], loss=[]), "headings but no rows"),
    ],
)
def test_what_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(FourfoldError, match=says) as error:
        intake_of(data)
    assert error.value.next_step


def test_a_small_file_that_claims_endless_rows_is_refused() -> None:
    out = io.BytesIO()
    pl.DataFrame({"a": pl.repeat(1, 70_000_000, dtype=pl.Int8, eager=True)}).write_parquet(out)
    with pytest.raises(FourfoldError, match="70,000,000 rows"):
        read_parquet(ReceivedFile("x", out.getvalue()), limits_today())
