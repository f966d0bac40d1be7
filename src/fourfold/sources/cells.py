"""How one cell of text becomes a value. Each parser keeps null as null and gives null for what it cannot read.

Only a blank cell is missing. Words for nothing ("nil", "unknown", "N/A") are told, so where a value is
expected they put the row in quarantine, unless the force's mapping file says, with a reason, which of
them its system writes for an empty cell.
"""

from __future__ import annotations

import polars as pl

from fourfold.sources.contract import Parse
from fourfold.sources.days import birthday, day, moment, month, published_month

__all__ = ["birthday", "day", "moment", "month", "published_month"]

YES = ("y", "yes", "true", "t", "1")
NO = ("n", "no", "false", "f", "0")
WHOLE = r"^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.0+)?$"
DECIMAL = r"^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?$"
MONEY = r"^-?(\d+|\d{1,3}([, ]\d{3})+)(\.\d{1,2}0*)?$"
"""Commas only where thousands are: 12,50 is a continental twelve and a half, and is not read as 1,250."""


def words(cell: pl.Expr) -> pl.Expr:
    """Keep the words as told."""
    return cell


def small_words(cell: pl.Expr) -> pl.Expr:
    """Fold a word of a short list to small letters and underscores (`Business contact` to `business_contact`)."""
    return cell.str.to_lowercase().str.replace_all(r"[\s\-]+", "_")


def pounds(cell: pl.Expr) -> pl.Expr:
    """Read money: `4599`, `£4,599.00`, `GBP 4,599`, `4599 GBP`. Another currency, pence or `5k` cannot be read."""
    bare = cell.str.replace(r"^(-?)\s*(?i:gbp|£)\s*", "$1").str.replace(r"\s*(?i:gbp)$", "").str.strip_chars()
    plain = pl.when(bare.str.contains(MONEY)).then(bare.str.replace_all(r"[, ]", ""))
    return plain.cast(pl.Decimal(12, 2), strict=False)


def number(cell: pl.Expr) -> pl.Expr:
    """Read a number, with or without thousands commas.

    A percentage cannot be read (12% may mean 12 or 0.12), nor 1E+05, under which a spreadsheet has
    already dropped digits, nor `nan` and `inf`.
    """
    plain = pl.when(cell.str.contains(DECIMAL) & cell.str.contains(r"\d")).then(cell.str.replace_all(",", ""))
    return plain.cast(pl.Float64, strict=False)


def coordinate(cell: pl.Expr) -> pl.Expr:
    """Read a coordinate, which never has thousands commas; close to the meridian it may have an exponent."""
    value = cell.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def whole_number(cell: pl.Expr) -> pl.Expr:
    """Read a whole number; `12.0`, as spreadsheets write, is 12, and `12.5` cannot be read."""
    plain = pl.when(cell.str.contains(WHOLE)).then(cell.str.replace_all(",", "").str.replace(r"\.0+$", ""))
    return plain.cast(pl.Int64, strict=False)


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
    large = cell.str.to_uppercase()
    is_one = large.str.contains(POSTCODE_PATTERN)
    return pl.when(is_one).then(large.str.replace(POSTCODE_PATTERN, "$1 $2")).otherwise(cell)
