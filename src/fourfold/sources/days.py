"""How text becomes a day, a month or a moment. Day first, always: a force's files never put the month first.

A bare number (44624, a spreadsheet's own count of days) is not read: two such counts are in use, and a
number may be anything. A year of two digits is read as one of our time, and for a birth only where it
leaves no doubt about the century.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

LONDON = "Europe/London"
ISO_DAY = "%Y-%m-%d"
DAY_FORMATS = (
    ISO_DAY,
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%B-%Y",
    "%d/%b/%Y",
    "%A %d %B %Y",
    "%a %d %b %Y",
)
SHORT_YEAR_FORMATS = ("%d/%m/%y", "%d-%b-%y", "%d.%m.%y", "%d-%m-%y", "%d %b %y", "%d %B %y")
MOMENT_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d-%b-%Y %H:%M",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %B %Y %H:%M",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%Y %I:%M:%S %p",
    "%Y%m%d %H:%M",
)
SHORT_YEAR_MOMENTS = ("%d/%m/%y %H:%M", "%d/%m/%y %H:%M:%S", "%d-%b-%y %H:%M")
OFFSET_FORMATS = ("%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M%#z")
TRIED_FIRST = 200
SHORT_YEARS_FROM = 2000
EARLIEST, LATEST = date(1800, 1, 1), date(9999, 12, 31)
"""No record of a police force is older; what seems to be was read under the wrong form (04/03/22 as the year 22)."""


def day(cell: pl.Expr) -> pl.Expr:
    """Read a day; of a day with a time of day after it, the day in London."""
    return cell.map_batches(days_of, return_dtype=pl.Date)


def birthday(cell: pl.Expr) -> pl.Expr:
    """Read a day of birth: a year of two digits only where it can mean one century alone.

    31/12/49 is 1949, for nobody is born in the future; 31/12/19 may be 1919 or 2019, a person of a hundred
    or a child, and is left to somebody who can ask.
    """
    return cell.map_batches(birthdays_of, return_dtype=pl.Date)


def moment(cell: pl.Expr) -> pl.Expr:
    """Read a moment, in UTC; without an offset it is London's clock time.

    Of the two equal hours in autumn it is the first; the hour that spring leaves out cannot be read.
    """
    return cell.map_batches(moments_of, return_dtype=pl.Datetime("us", "UTC"))


def month(cell: pl.Expr) -> pl.Expr:
    """Read a month (`2021-12`, `12/2021`, `Dec 2021`, `Dec-21`, or a day of it) as its first day."""
    return cell.map_batches(months_of, return_dtype=pl.Date)


def published_month(cell: pl.Expr) -> pl.Expr:
    """Read the month of an open-data file, which is always written `2021-12`."""
    whole = pl.when(cell.str.contains(r"^\d{4}-\d\d$")).then(cell + "-01")
    return whole.str.to_date(ISO_DAY, strict=False)


def days_of(cells: pl.Series) -> pl.Series:
    bare = plain(cells)
    found = first_read(bare, SHORT_YEAR_FORMATS, first_read(bare, DAY_FORMATS))
    if missed(bare, found):
        times = moments_of(unread(cells, found)).dt.convert_time_zone(LONDON).dt.date()
        found = found.zip_with(found.is_not_null(), times)
    return found


def birthdays_of(cells: pl.Series) -> pl.Series:
    bare = plain(cells)
    found = first_read(bare, DAY_FORMATS)
    if not missed(bare, found):
        return found
    short = first_read(unread(bare, found), SHORT_YEAR_FORMATS)
    certain = (short.dt.year() % 100 > date.today().year % 100).fill_null(False)
    born = short.dt.offset_by("-100y").zip_with(short.dt.year() >= SHORT_YEARS_FROM, short)
    found = found.zip_with(found.is_not_null(), born.zip_with(certain, nothing(born)))
    timed = days_of(unread(cells, found).zip_with(short.is_null(), nothing(cells)))
    return found.zip_with(found.is_not_null(), timed)


def moments_of(cells: pl.Series) -> pl.Series:
    """Return moments in UTC; a day alone is its first moment in London."""
    spaced = cells.str.replace(r"^(\d{4}-\d\d-\d\d)T", "$1 ").str.replace(r"[Zz]$", "+00:00")
    with_offset = spaced.str.contains(r":\d\d(\.\d+)?\s?[+-]\d\d:?\d\d$").fill_null(False)
    told = nothing(spaced, pl.Datetime("us", "UTC"))
    if with_offset.any():
        told = first_read(
            spaced.zip_with(with_offset, nothing(spaced)), OFFSET_FORMATS, kind=pl.Datetime("us", "UTC")
        )
    rest = unread(spaced, told)
    local = first_read(rest, MOMENT_FORMATS, kind=pl.Datetime("us"))
    local = first_read(rest, SHORT_YEAR_MOMENTS, local, kind=pl.Datetime("us"))
    if missed(rest, local):
        bare = plain(unread(rest, local))
        only_day = first_read(bare, SHORT_YEAR_FORMATS, first_read(bare, DAY_FORMATS))
        local = local.zip_with(local.is_not_null(), only_day.cast(pl.Datetime("us")))
    london = local.dt.replace_time_zone(LONDON, ambiguous="earliest", non_existent="null")
    return told.zip_with(told.is_not_null(), london.dt.convert_time_zone("UTC"))


def months_of(cells: pl.Series) -> pl.Series:
    first = pl.select(pl.lit("01 ") + pl.lit(cells)).to_series()
    found = first_read(first, ("%d %Y-%m", "%d %m/%Y", "%d %b %Y", "%d %B %Y", "%d %b-%Y"))
    found = first_read(first, ("%d %b-%y", "%d %b %y"), found)
    if missed(cells, found):
        found = found.zip_with(found.is_not_null(), days_of(cells).dt.truncate("1mo"))
    return found


def plain(cells: pl.Series) -> pl.Series:
    """Take a midnight, as spreadsheets write it, and the `th` of `4th March` out of days."""
    if not cells.str.contains(r"[T ]00:00|\d(st|nd|rd|th)\b").any():
        return cells
    return cells.str.replace(r"[T ]00:00(:00(\.0+)?)?$", "").str.replace(r"(\d)(st|nd|rd|th)\b", "$1")


def first_read(
    cells: pl.Series, formats: Sequence[str], found: pl.Series | None = None, kind: pl.DataType | None = None
) -> pl.Series:
    """Read each cell that has no value yet by the first form that fits it.

    Forms that fit some of the first cells are tried before the others, which then have few cells left.
    """
    kind = kind or pl.Date()
    result = found if found is not None else nothing(cells, kind)
    places = (cells.is_not_null() & result.is_null()).arg_true()
    left = cells.gather(places)
    first = left.head(TRIED_FIRST)
    fitting = [form for form in formats if len(left) > TRIED_FIRST and read_by(form, first, kind).count()]
    for form in [*fitting, *(form for form in formats if form not in fitting)]:
        if not len(left):
            break
        read = read_by(form, left, kind)
        if read.null_count() == len(read):
            continue
        is_read = read.is_not_null()
        result = result.scatter(places.filter(is_read), read.filter(is_read))
        places, left = places.filter(~is_read), left.filter(~is_read)
    return result


def read_by(form: str, cells: pl.Series, kind: pl.DataType) -> pl.Series:
    """Read cells by one form; null where it does not fit, or fits only as a year that no record has."""
    if isinstance(kind, pl.Date):
        read = cells.str.to_date(form, strict=False)
    else:
        read = cells.str.to_datetime(form, time_unit="us", time_zone=kind.time_zone, strict=False)  # type: ignore[attr-defined]
    if read.null_count() == len(read):
        return read
    sound = read.dt.year().is_between(EARLIEST.year, LATEST.year).fill_null(False)
    return read if sound.all() else read.set(~sound, None)


def missed(cells: pl.Series, found: pl.Series) -> bool:
    """Say whether some cell has text and no value yet."""
    return found.null_count() > cells.null_count()


def unread(cells: pl.Series, found: pl.Series) -> pl.Series:
    """Return the cells that have no value yet, the others blank."""
    return cells if found.null_count() == len(found) else cells.zip_with(found.is_null(), nothing(cells))


def nothing(like: pl.Series, kind: pl.DataType | None = None) -> pl.Series:
    return pl.Series(like.name, [], kind or like.dtype).extend_constant(None, len(like))
