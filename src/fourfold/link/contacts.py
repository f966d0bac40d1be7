"""Phones, e-mail addresses and houses that so many people give that they are nobody's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from fourfold import policy

LEFT_OUT = ("phone", "email")
HOUSE = ("postcode", "street")
IS_CROWDED = "house_is_crowded"
NAMES = ("names", "last")


def most_names_on(on: date, own: Path | None = None) -> int:
    """Return how many names one contact may be given under, by the policy of a day."""
    return int(policy.value_on("linkage.names_of_a_contact", on, own).value)


def without_crowds(records: pl.DataFrame, most_names: int, of: pl.Expr | None = None) -> pl.DataFrame:
    """Return records without the contacts that more than `most_names` differently named people gave.

    records: `link_record` rows of one kind. of: which of them are asked about; what only others gave is kept. A
    switchboard or a number made up to fill a box says nothing of who gave it and counts as not said. A crowded house
    (a hospital, a prison) is still compared, but `house_is_crowded` keeps it from being a reason to compare: every
    two of a crowd would be, which is work that grows with its square.
    """
    asked = records if of is None else records.filter(of)
    found = records.with_columns(
        pl.when(~is_crowded(records, asked, (name,), most_names)).then(pl.col(name)).alias(name)
        for name in LEFT_OUT
    )
    return found.with_columns(is_crowded(records, asked, HOUSE, most_names).alias(IS_CROWDED))


def is_crowded(
    records: pl.DataFrame, asked: pl.DataFrame, told_by: tuple[str, ...], most_names: int
) -> pl.Series:
    """Return for each record whether its contact, if one of those asked about, goes with more than `most_names` names."""
    said = records.select(*told_by, *NAMES).filter(pl.all_horizontal(pl.col(told_by).is_not_null()))
    said = said.join(asked.select(told_by).unique(), on=told_by, how="semi")
    many = said.group_by(told_by).len().filter(pl.col("len") > most_names).select(told_by)
    # A suspect of a hundred crimes gives one number a hundred times: names are counted, not records.
    names = said.join(many, on=told_by, how="semi").group_by(told_by).agg(names=pl.struct(NAMES).n_unique())
    crowds = names.filter(pl.col("names") > most_names).select(*told_by, is_crowd=pl.lit(True))
    beside = records.select(told_by).join(crowds, on=told_by, how="left", maintain_order="left")
    return beside["is_crowd"].fill_null(False)
