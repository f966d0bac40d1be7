"""The programme register: success as the board paper prints it, under its stated definition, from the file alone."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from crime_read_back import read_back

from fourfold.synthetic.programmes import write_programmes


def followed(tmp_path, scale: float) -> tuple[pl.DataFrame, pl.DataFrame]:
    write_programmes(tmp_path / "received", tmp_path / "truth", scale, 1)
    cases = read_back(tmp_path / "received" / "programmes" / "programme-register.csv").accepted
    started = cases.filter(
        (pl.col("programme") == "Crime Free") & (pl.col("started_on") <= date(2020, 12, 31))
    )
    again = pl.col("reoffended_on") <= pl.col("started_on").dt.offset_by("12mo")
    kept_on = pl.col("ended_as").is_null() | (pl.col("ended_as") == "completed")
    return cases, started.with_columns(success=kept_on & ~again.fill_null(False))


@pytest.mark.parametrize(("scale", "starters"), [(1.0, 40), (0.01, 20), (2.0, 80)])
def test_65_percent_of_starters_followed_for_a_year_succeed(tmp_path, scale, starters):
    _, started = followed(tmp_path, scale)
    assert started.height == starters
    assert 100 * started["success"].mean() == 65.0


def test_failures_are_of_every_kind_and_late_offences_do_not_count(tmp_path):
    cases, started = followed(tmp_path, 1.0)
    failed = started.filter(~pl.col("success"))
    assert {"breached", "withdrew", "removed", None} >= set(failed["ended_as"])
    assert failed.filter(pl.col("ended_as").is_null() & pl.col("reoffended_on").is_not_null()).height > 0
    assert started.filter("success")["reoffended_on"].is_not_null().any()
    assert set(cases["programme"]) == {"Crime Free", "Offender to Rehab"}


def test_nobody_is_on_the_register_twice(tmp_path):
    cases, _ = followed(tmp_path, 1.0)
    assert cases["person_ref"].n_unique() == cases.height
