"""Violence against shop workers, with what set it off; and crimes that look like it and are not."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from fourfold.synthetic.crime_volumes import Quarter

A_YEAR = {2017: 780, 2018: 820, 2019: 860, 2020: 900, 2021: 990}
"""Assaults, threats and abuse of shop workers in a year at scale 1, recorded under several offences."""
LOOKALIKES_A_YEAR = 420
CODE_SHARES = {"8N": 0.32, "105A": 0.40, "9A": 0.22, "3B": 0.06}
WORDS_ONLY = ("9A", "3B")
"""Offences in which nobody is touched."""
COVID_FROM, COVID_TO = date(2020, 3, 1), date(2021, 7, 31)
COVID_SHARE, AGE_SHARE = 0.36, 0.17
OCCUPATIONS = (
    "Shop assistant",
    "Cashier",
    "Store manager",
    "Security guard",
    "Shelf stacker",
    "Retail supervisor",
)


def mark_shop_workers(
    crimes: pl.DataFrame, quarter: Quarter, scale: float, rng: np.random.Generator
) -> pl.DataFrame:
    """Add trigger ("theft", "covid", "age", "none" for the lookalikes) and put those crimes into shops.

    crimes: month, ho_code, theme, cancelled.
    """
    code = crimes["ho_code"].to_numpy().astype(str)
    month = crimes["month"].to_numpy().astype("datetime64[D]")
    weight = np.zeros(len(code))
    for name, share in CODE_SHARES.items():
        mine = (code == name) & ~crimes["cancelled"].to_numpy()
        weight[mine] = share / max(int(mine.sum()), 1)
    trigger = np.full(len(code), "", dtype=object)
    for first in quarter.months:
        rows = np.flatnonzero((month == np.datetime64(first)) & (weight > 0))
        workers = max(1, round(A_YEAR[first.year] / 12 * scale))
        others = round(LOOKALIKES_A_YEAR / 12 * scale)
        n = min(workers + others, len(rows))
        if n == 0:
            continue
        taken = rng.choice(rows, size=n, replace=False, p=weight[rows] / weight[rows].sum())
        trigger[taken[:workers]] = triggers(min(workers, n), first, rng)
        trigger[taken[workers:]] = "none"
    in_shop = pl.Series(trigger != "")
    return crimes.with_columns(
        trigger=pl.Series([str(word) or None for word in trigger], dtype=pl.String),
        theme=pl.when(in_shop).then(pl.lit("shop")).otherwise(pl.col("theme")),
    )


def triggers(n: int, month: date, rng: np.random.Generator) -> list[str]:
    """Return what set each off; Covid rules only while there were any."""
    covid = COVID_SHARE if COVID_FROM <= month <= COVID_TO else 0.0
    return [
        str(word)
        for word in rng.choice(["covid", "age", "theft"], size=n, p=[covid, AGE_SHARE, 1 - covid - AGE_SHARE])
    ]


def shop_kinds(crimes: pl.DataFrame) -> pl.DataFrame:
    """Let the method text of crimes in shops be chosen by what set them off."""
    by_trigger = {
        "theft": "shop worker, theft",
        "covid": "shop worker, covid",
        "age": "shop worker, age",
        "none": "shop, no worker",
    }
    words_only = pl.col("trigger").is_not_null() & pl.col("ho_code").is_in(WORDS_ONLY)
    return crimes.with_columns(
        kind=pl.coalesce(pl.col("trigger").replace_strict(by_trigger, default=None), "kind"),
        mo_method=pl.when(words_only).then(pl.lit("shouted at and threatened")).otherwise("mo_method"),
    )
