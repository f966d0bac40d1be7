"""Monthly volumes by offence: totals fixed at any scale, every offence with its ways, the same for the same seed."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from fourfold.synthetic.crime_levels import BURGLARY, LEVELS, theme_of
from fourfold.synthetic.crime_methods import kind_of
from fourfold.synthetic.crime_volumes import months, quarters, volumes
from fourfold.synthetic.suspects import SUSPECT_KNOWN
from fourfold.vocabulary.offences import offence_classes


def total(frame: pl.DataFrame, codes: list[str], first: date, last: date) -> int:
    return frame.filter(pl.col("ho_code").is_in(codes) & pl.col("month").is_between(first, last))[
        "crimes"
    ].sum()


@pytest.mark.parametrize("scale", [0.01, 0.1, 1.0, 40.0])
def test_burglary_falls_by_19_percent_at_any_scale(scale):
    frame = volumes(scale, 1)
    before = total(frame, list(BURGLARY), date(2019, 4, 1), date(2020, 3, 1))
    after = total(frame, list(BURGLARY), date(2021, 1, 1), date(2021, 12, 1))
    assert (before, after) == (round(8000 * scale), round(6480 * scale))


def test_seed_decides_all():
    assert volumes(0.1, 1).equals(volumes(0.1, 1))
    assert not volumes(0.1, 1).equals(volumes(0.1, 2))


def test_quarters_hold_each_month_once():
    assert [month for quarter in quarters() for month in quarter.months] == list(months())
    assert (months()[0], months()[-1]) == (date(2017, 11, 1), date(2021, 12, 1))


def test_every_offence_is_a_listed_class_with_hours_ways_and_suspects():
    listed = {row.code for row in offence_classes().rows if row.can_be_looked_up}
    codes = {code for level in LEVELS for code in level.codes}
    assert codes <= listed
    assert codes == set(theme_of()) == set(kind_of())
    assert set(kind_of().values()) <= set(SUSPECT_KNOWN)


def test_cancelled_crimes_come_on_top_at_two_in_a_hundred():
    frame = volumes(1.0, 1)
    assert frame["cancelled"].sum() / frame["crimes"].sum() == pytest.approx(0.02, abs=0.001)
