"""Who is handed to Trading Standards: vulnerable repeat victims by the dated rule, and nobody on a guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl

from fourfold.worklists.trading_standards import vulnerable_repeats


def judged(*rows):
    schema = {"report_ref": pl.String, "reported_on": pl.Date, "force": pl.String, "loss_gbp": pl.Decimal(12, 2),
              "aged": pl.String}  # fmt: skip
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def test_the_hand_over_names_vulnerable_repeats_within_the_days_and_nobody_on_a_guess():
    rows = judged(
        ("A1", date(2020, 1, 1), "f", None, "met"),
        ("A2", date(2021, 1, 2), "f", None, "met"),
        ("B1", date(2021, 1, 1), "f", Decimal("10.00"), "not_met"),
        ("B2", date(2021, 6, 1), "f", None, "met"),
        ("C1", date(2021, 1, 1), "f", None, "cannot_tell"),
        ("C2", date(2021, 2, 1), "f", None, "not_met"),
    )
    links = pl.DataFrame({"record_ref": rows["report_ref"], "person_id": ["A", "A", "B", "B", "C", "C"]})
    found = vulnerable_repeats(rows, links, ["aged"], 2, 365)
    assert found["person_id"].to_list() == ["B"], "A's reports lie 367 days apart; of C nobody can tell"
    assert found["loss_gbp"].to_list() == [Decimal("10.00")]
