"""Whether violence was against somebody at work in a shop: what no field tells is never a no."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from fourfold.measures.measure import Rules
from fourfold.pipeline.premises import with_staff


@pytest.mark.parametrize(
    ("is_violence", "premises_type", "at_work", "expected"),
    [
        (True, "supermarket", True, "yes"),
        (True, "supermarket", None, "not_recorded"),
        (True, "supermarket", False, "no"),
        (True, None, True, "not_recorded"),
        (True, None, None, "not_recorded"),
        (True, None, False, "no"),
        (True, "dwelling", True, "no"),
        (False, None, None, "no"),
    ],
)
def test_a_blank_field_is_not_recorded_and_never_a_no(is_violence, premises_type, at_work, expected):
    row = {
        "premises_id": "P1",
        "is_violence": is_violence,
        "premises_type": premises_type,
        "is_shop_type": premises_type == "supermarket",
        "victim_at_work": at_work,
    }
    schema = {"victim_at_work": pl.Boolean, "premises_type": pl.String}
    found = with_staff(pl.DataFrame([row], schema_overrides=schema), Rules(date(2026, 11, 27)))
    assert found["on_staff"].item() == expected
