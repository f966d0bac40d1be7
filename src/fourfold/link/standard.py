"""Records of people and organisations as they are compared: one way of writing for each thing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from fourfold import vocabulary
from fourfold.link.names import family_name, given_name, name_lists, parts_of, sound

TOLD_SCHEMA: dict[str, Any] = {
    "record": pl.String,
    "record_ref": pl.String,
    "force": pl.String,
    "kind": pl.String,
    "role": pl.String,
    "on": pl.Date,
    "first_linked": pl.Int64,
    "known_as": pl.String,
    "first_names": pl.String,
    "last_name": pl.String,
    "organisation_name": pl.String,
    "date_of_birth": pl.Date,
    "age": pl.Int64,
    "email": pl.String,
    "phone": pl.String,
    "address": pl.String,
    "postcode": pl.String,
}
"""The columns of a told record, whatever its source."""
KEPT = ("record", "record_ref", "force", "kind", "role", "on", "first_linked", "known_as")
HOUSE_AND_STREET = r"(?:^| )((?:\d+[a-z]? )+(?:[a-z]{1,2} )?[a-z]+)"
"""Numbers of flat and house, and the first word of the street (two where the first is short, as in St Swithin's)."""
PHONE_DIGITS = 9
"""A number of fewer digits rings nowhere in the United Kingdom; it is left out."""


def standardise(told: pl.DataFrame, own_lists: Path | None = None) -> pl.DataFrame:
    """Return `link_record` rows of told ones (TOLD_SCHEMA), row for row."""
    lists = name_lists(own_lists)
    passed_over = frozenset(vocabulary.load("organisation_words", own_lists).codes())
    is_firm = pl.col("kind") == "organisation"
    framed = told.with_columns(
        pl.when(is_firm).then(None).otherwise(pl.col("first_names")).alias("first_names"),
        pl.when(is_firm).then(None).otherwise(pl.col("last_name")).alias("last_name"),
        pl.when(is_firm).then(pl.col("organisation_name")).alias("organisation_name"),
    )
    given = each(framed["first_names"], lambda text: given_columns(given_name(text, lists)), GIVEN)
    family = each(framed["last_name"], lambda text: family_columns(family_name(text, lists)), FAMILY)
    firms = each(framed["organisation_name"], lambda text: firm_columns(text, passed_over), (*GIVEN, *FAMILY))
    names = [
        pl.coalesce(pl.Series(column, part[column]), firms[column]).alias(column)
        for part, columns in ((given, GIVEN), (family, FAMILY))
        for column in columns
    ]
    return framed.with_columns(*names, street(), *born(), *reached()).select(*KEPT, *COMPARED)


GIVEN = ("names", "first", "forms", "first_sound")
FAMILY = ("last", "last_parts", "last_sound")
COMPARED = (*GIVEN, *FAMILY, "born_on", "born_from", "born_to", "email", "phone", "street", "postcode")


def each(
    texts: pl.Series, read: Callable[[str], tuple[str | None, ...]], columns: tuple[str, ...]
) -> pl.DataFrame:
    """Return columns read from each text; one that comes many times is read once."""
    known = texts.drop_nulls().unique()
    rows = [read(text) for text in known.to_list()]
    parts = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    table = pl.DataFrame(
        {
            "told": known,
            **{name: pl.Series(part, dtype=pl.String) for name, part in zip(columns, parts, strict=True)},
        }
    )
    return texts.to_frame("told").join(table, on="told", how="left", maintain_order="left").select(columns)


def given_columns(name: Any) -> tuple[str | None, ...]:
    return (None,) * 4 if name is None else (name.whole, name.first, " ".join(name.forms), name.sound or None)


def family_columns(name: Any) -> tuple[str | None, ...]:
    if name is None:
        return (None,) * 3
    return name.whole, " ".join(name.parts) or None, name.sound or None


def firm_columns(text: str, passed_over: frozenset[str]) -> tuple[str | None, ...]:
    """Return an organisation's name in the columns of a person's: all of it, its first word, its words, their sounds."""
    told = parts_of(text)
    parts = [part for part in told if part not in passed_over] or told
    if not parts:
        return (None,) * 7
    whole, words = "".join(parts), " ".join(sorted(set(parts)))
    return whole, parts[0], words, sound(parts[0]) or None, whole, words, sound(whole) or None


def street() -> pl.Expr:
    """Return an address as numbers and first word of the street: "Flat 2, 14 Mill Rd, Northgate" as "2 14 mill".

    Road, lane and their short forms say little beside a postcode and are left out; a house that has a name and no
    number is its first two words.
    """
    plain = (
        pl.col("address").str.to_lowercase().str.normalize("NFKD").str.replace_all(r"['’\p{M}]", "")
        .str.replace_all(r"[^a-z0-9]+", " ").str.replace_all(r"\b(flat|apartment|apt|unit|no) ", "").str.strip_chars()
    )  # fmt: skip
    named = plain.str.extract(r"^([a-z]+(?: [a-z]+)?)")
    return pl.coalesce(plain.str.extract(HOUSE_AND_STREET), named).alias("street")


def born() -> list[pl.Expr]:
    """Return the day of birth, and the first and last day that age and day of the record leave open where it is missing."""
    known = pl.col("date_of_birth")
    year = pl.col("on").dt.year() - pl.col("age").cast(pl.Int32)
    day = pl.col("on").dt.ordinal_day()
    last = pl.date(year, 1, 1) + pl.duration(days=day - 1)
    first = pl.date(year - 1, 1, 1) + pl.duration(days=day)
    return [
        known.alias("born_on"),
        pl.coalesce(known, first).alias("born_from"),
        pl.coalesce(known, last).alias("born_to"),
    ]


def reached() -> list[pl.Expr]:
    """Return e-mail, phone and postcode as compared; what cannot be one is left out."""
    digits = pl.col("phone").str.replace_all(r"[^0-9]", "").str.replace(r"^(0044|44|0)+", "")
    email = pl.col("email").str.to_lowercase().str.strip_chars()
    postcode = pl.col("postcode").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    return [
        pl.when(digits.str.len_chars() >= PHONE_DIGITS).then(digits).alias("phone"),
        pl.when(email.str.contains("@")).then(email).alias("email"),
        pl.when(postcode.str.len_chars() >= 2).then(postcode).alias("postcode"),
    ]
