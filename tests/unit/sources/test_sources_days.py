"""Days, moments and months as forces write them; what could mean two things is not read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from fourfold.sources import days
from fourfold.sources.contract import Parse


def read(parse: Parse, *cells: str | None) -> list[object]:
    frame = pl.DataFrame({"cell": cells}, schema={"cell": pl.String})
    return frame.select(parse(pl.col("cell"))).to_series().to_list()


@pytest.mark.parametrize(
    "cell",
    [
        "2022-03-04",
        "2022-3-4",
        "2022/03/04",
        "20220304",
        "04/03/2022",
        "4/3/2022",
        "04-03-2022",
        "04.03.2022",
        "04/03/22",
        "4 March 2022",
        "4th March 2022",
        "04 Mar 2022",
        "04-Mar-2022",
        "04-Mar-22",
        "04-MAR-22",
        "Friday 4 March 2022",
        "Fri 4 Mar 2022",
        "2022-03-04 00:00:00",
        "2022-03-04T00:00:00.000",
        "04/03/2022 16:20",
        "2022-03-04T16:20:00Z",
    ],
)
def test_a_day_is_read_in_every_usual_form_day_first(cell: str) -> None:
    assert read(days.day, cell) == [date(2022, 3, 4)]


@pytest.mark.parametrize(
    "cell",
    ["29/02/2021", "31/04/2021", "03/25/2022", "44624", "0022-03-04", "n/k", "yesterday", "12/2021", "0"],
)
def test_what_is_no_day_is_not_read(cell: str) -> None:
    """A month first, a day that no calendar has, and a spreadsheet's own count of days among them."""
    assert read(days.day, cell, "29/02/2020", None) == [None, date(2020, 2, 29), None]


def test_a_day_with_a_moment_of_another_zone_is_the_day_in_london() -> None:
    assert read(days.day, "2021-06-30T23:30:00Z") == [date(2021, 7, 1)]


def test_a_birth_is_never_in_the_future_and_never_guessed() -> None:
    """31/12/49 can only be 1949; 31/12/19 is a person of a hundred or a child, and nobody can tell."""
    assert read(days.birthday, "31/12/49", "29/02/64", "01/01/99") == [
        date(1949, 12, 31),
        date(1964, 2, 29),
        date(1999, 1, 1),
    ]
    assert read(days.birthday, "31/12/19", "01/01/00", "29/02/1900") == [None, None, None]
    assert read(days.birthday, "31/12/1919", "2019-12-31 00:00:00", None) == [
        date(1919, 12, 31),
        date(2019, 12, 31),
        None,
    ]


def test_a_two_digit_year_that_begins_this_century_can_mean_two_once_it_is_past(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class In2031(date):
        @classmethod
        def today(cls) -> date:
            return date(2031, 1, 1)

    assert read(days.birthday, "04/03/27") == [date(1927, 3, 4)]
    monkeypatch.setattr(days, "date", In2031)
    assert read(days.birthday, "04/03/27") == [None]


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("04/03/2022 16:20", datetime(2022, 3, 4, 16, 20, tzinfo=UTC)),
        ("04/07/2022 16:20", datetime(2022, 7, 4, 15, 20, tzinfo=UTC)),
        ("2022-07-04T16:20:30", datetime(2022, 7, 4, 15, 20, 30, tzinfo=UTC)),
        ("2022-07-04T16:20:30+00:00", datetime(2022, 7, 4, 16, 20, 30, tzinfo=UTC)),
        ("2022-07-04T16:20:30.25Z", datetime(2022, 7, 4, 16, 20, 30, 250_000, tzinfo=UTC)),
        ("2022-07-04T16:20:30+0100", datetime(2022, 7, 4, 15, 20, 30, tzinfo=UTC)),
        ("04-Mar-2022 16:20", datetime(2022, 3, 4, 16, 20, tzinfo=UTC)),
        ("04/03/2022 4:20 PM", datetime(2022, 3, 4, 16, 20, tzinfo=UTC)),
        ("04/03/22 16:20", datetime(2022, 3, 4, 16, 20, tzinfo=UTC)),
        ("04/07/2022", datetime(2022, 7, 3, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_without_an_offset_is_londons_clock_time(cell: str, at: datetime) -> None:
    assert read(days.moment, cell) == [at]


def test_the_hour_that_spring_leaves_out_is_not_read_and_of_autumns_two_it_is_the_first() -> None:
    assert read(days.moment, "28/03/2021 00:59", "28/03/2021 01:30", "28/03/2021 02:00") == [
        datetime(2021, 3, 28, 0, 59, tzinfo=UTC),
        None,
        datetime(2021, 3, 28, 1, 0, tzinfo=UTC),
    ]
    assert read(days.moment, "31/10/2021 01:30", "31/10/2021 02:00") == [
        datetime(2021, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2021, 10, 31, 2, 0, tzinfo=UTC),
    ]


def test_one_column_may_mix_forms() -> None:
    assert read(days.day, "2022-03-04", "04/03/22", "4 March 2022", None, "04/03/2022 16:20") == [
        date(2022, 3, 4),
        date(2022, 3, 4),
        date(2022, 3, 4),
        None,
        date(2022, 3, 4),
    ]


@pytest.mark.parametrize("cell", ["2021-12", "12/2021", "Dec 2021", "December 2021", "Dec-21", "01/12/2021"])
def test_a_month_is_read_as_its_first_day(cell: str) -> None:
    assert read(days.month, cell, "soon") == [date(2021, 12, 1), None]


def test_a_published_month_is_written_in_one_way() -> None:
    assert read(days.published_month, "2021-12", "21-12", "2021-13", "2021-12-01", None) == [
        date(2021, 12, 1),
        None,
        None,
        None,
        None,
    ]
