"""How one cell of text becomes a value. Each parser keeps null as null and gives null for what it cannot read."""

from __future__ import annotations

import polars as pl

from fourfold.sources.contract import Parse

DATE_FORMATS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d/%m/%y",
    "%d-%b-%y",
)
"""Day first, always: a force's files never put the month first."""

INSTANT_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d-%b-%Y %H:%M",
    "%d %b %Y %H:%M",
)

YES = ("y", "yes", "true", "t", "1")
NO = ("n", "no", "false", "f", "0")


def words(cell: pl.Expr) -> pl.Expr:
    """Keep the words as told."""
    return cell


def small_words(cell: pl.Expr) -> pl.Expr:
    """Fold a word of a short list to small letters and underscores (`Business contact` to `business_contact`)."""
    return cell.str.to_lowercase().str.replace_all(r"[\s\-]+", "_")


def day(cell: pl.Expr) -> pl.Expr:
    """Read a day, day first; a midnight time after it, as spreadsheets write, is dropped."""
    bare = cell.str.replace(r"[T ]00:00(:00(\.0+)?)?$", "")
    return pl.coalesce(bare.str.to_date(form, strict=False) for form in DATE_FORMATS)


def month(cell: pl.Expr) -> pl.Expr:
    """Read a month (`2021-12`, `12/2021`, `Dec 2021`, or its first day) as its first day."""
    first = pl.lit("01 ") + cell
    return pl.coalesce(
        (cell + "-01").str.to_date("%Y-%m-%d", strict=False),
        (pl.lit("01/") + cell).str.to_date("%d/%m/%Y", strict=False),
        first.str.to_date("%d %b %Y", strict=False),
        first.str.to_date("%d %B %Y", strict=False),
        day(cell).dt.truncate("1mo"),
    )


def published_month(cell: pl.Expr) -> pl.Expr:
    """Read the month of an open-data file, which is always written `2021-12`."""
    return (cell + "-01").str.to_date("%Y-%m-%d", strict=False)


def moment(cell: pl.Expr) -> pl.Expr:
    """Read a moment; without an offset it is London's clock time (of two equal ones in autumn the first)."""
    with_offset = pl.coalesce(
        cell.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%#z", time_unit="us", time_zone="UTC", strict=False),
        cell.str.to_datetime("%Y-%m-%d %H:%M:%S%.f%#z", time_unit="us", time_zone="UTC", strict=False),
    )
    local = pl.coalesce(cell.str.to_datetime(form, time_unit="us", strict=False) for form in INSTANT_FORMATS)
    only_day = day(cell).cast(pl.Datetime("us"))
    london = pl.coalesce(local, only_day).dt.replace_time_zone(
        "Europe/London", ambiguous="earliest", non_existent="null"
    )
    return pl.coalesce(with_offset, london.dt.convert_time_zone("UTC"))


def pounds(cell: pl.Expr) -> pl.Expr:
    """Read money: `4599`, `£4,599.00`, `GBP 4,599`."""
    bare = cell.str.replace(r"^(?i:gbp)\s*", "").str.replace_all(r"[£,\s]", "")
    plain = pl.when(bare.str.contains(r"^-?\d+(\.\d{1,2}0*)?$")).then(bare)
    return (
        plain.str.to_decimal(scale=2, inference_length=None)
        if False
        else plain.cast(pl.Decimal(12, 2), strict=False)
    )


def number(cell: pl.Expr) -> pl.Expr:
    """Read a number, with or without thousands commas."""
    return cell.str.replace_all(r"[,\s]", "").cast(pl.Float64, strict=False)


def coordinate(cell: pl.Expr) -> pl.Expr:
    """Read a coordinate, which never has thousands commas."""
    return cell.cast(pl.Float64, strict=False)


def whole_number(cell: pl.Expr) -> pl.Expr:
    """Read a whole number; `12.0`, as spreadsheets write, is 12, and `12.5` cannot be read."""
    return cell.str.replace_all(r"[,\s]", "").str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)


def yes_or_no(cell: pl.Expr) -> pl.Expr:
    """Read yes or no; a blank is missing, never no."""
    low = cell.str.to_lowercase()
    return pl.when(low.is_in(YES)).then(True).when(low.is_in(NO)).then(False)


def one_of(**spellings: tuple[str, ...]) -> Parse:
    """Return a parser of one word out of a few, each with its spellings (`female=("f", "woman")`)."""
    known = {word: word for word in spellings}
    for word, others in spellings.items():
        known |= {word.replace("_", " "): word} | {other: word for other in others}

    def parse(cell: pl.Expr) -> pl.Expr:
        return (
            cell.str.to_lowercase()
            .str.strip_chars()
            .replace_strict(known, default=None, return_dtype=pl.String)
        )

    return parse


SEX = one_of(
    female=("f", "woman", "fem"),
    male=("m", "man"),
    other=("o", "x", "non-binary", "indeterminate"),
    **{"not stated": ("not known", "unknown", "u", "prefer not to say", "not specified", "n/s")},
)

POSTCODE_PATTERN = r"^([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})$"


def postcode(cell: pl.Expr) -> pl.Expr:
    """Write a postcode in its usual form; what is none is kept as told, because it still helps to find someone."""
    return cell.str.to_uppercase().str.replace(POSTCODE_PATTERN, "$1 $2")
