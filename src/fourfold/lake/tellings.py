"""Which tellings of a record say something new."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def only_news(
    tellings: pl.DataFrame, stood: pl.DataFrame, key: Sequence[str], content: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split tellings into those that differ from the telling of their key before, and those that do not.

    `tellings` are in the order of `telling_no`, several of one key perhaps; `stood` are the rows that
    stand, at most one a key. The first telling of a key is news. A missing value equals a missing one.
    """
    if not stood.height and not tellings.select(pl.struct(key).is_duplicated().any()).item():
        return tellings, tellings.clear()
    before = stood.with_columns(telling_no=pl.lit(-1, dtype=pl.Int64))
    together = pl.concat([before, tellings], how="diagonal").sort([*key, "telling_no"])
    same = pl.all_horizontal(
        pl.col(column).eq_missing(pl.col(column).shift(1)) for column in [*key, *content]
    )
    # `shift` gives the very first row a gap to be compared with, which a row of gaps would equal.
    judged = together.with_columns(no_news=same & (pl.int_range(pl.len()) > 0))
    judged = judged.filter(pl.col("telling_no") >= 0).sort("telling_no")
    judged = judged.select([*tellings.columns, "no_news"])
    return judged.filter(~pl.col("no_news")).drop("no_news"), judged.filter("no_news").drop("no_news")
