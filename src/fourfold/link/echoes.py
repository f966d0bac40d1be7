"""Records that say the very same as an earlier one: compared with that one alone.

A shop in whose name a thousand crimes were told would else make half a million pairs that say nothing new. What
an echo says is said by the first as well, so a record that is like one is just as like the other; and nothing is
more like it than the first, so whoever it joins, it joins through the first.
"""

from __future__ import annotations

import polars as pl

from fourfold.link.model import KindModel
from fourfold.link.scoring import EDGE_SCHEMA, score
from fourfold.link.standard import COMPARED

SAID = ("force", "kind", *COMPARED)
ORDER = ("first_linked", "on", "record", "record_ref")


def with_first(records: pl.DataFrame, stood: pl.Series | None = None) -> pl.DataFrame:
    """Return records with `echoes`: the row number of the first that says the very same, often their own.

    records: `link_record` rows. The first is the one known first, of those that `stood` (bool a row), if any.
    """
    # Two hashes of eight bytes each: that two different records share both is left to chance in 10**27.
    told = records.select(
        pl.int_range(pl.len()).alias("row"),
        (pl.lit(True) if stood is None else stood).alias("stood"),
        *ORDER,
        *(pl.struct(SAID).hash(seed=seed).alias(f"said_{seed}") for seed in (0, 1)),
    )
    said = ["said_0", "said_1"]
    repeated = told.filter(pl.len().over(said) > 1)
    ordered = repeated.sort("stood", *ORDER, descending=[True, *[False] * len(ORDER)], nulls_last=True)
    firsts = ordered.select("row", echoes=pl.col("row").first().over(said))
    found = told.select("row").join(firsts, on="row", how="left", maintain_order="left")
    return records.with_columns(
        found.select(pl.coalesce("echoes", "row").cast(pl.Int64).alias("echoes")).to_series()
    )


def first_keys(records: pl.DataFrame) -> pl.Series:
    """Return for each record the key of the first that says the very same."""
    key = records.select(pl.concat_str("record", "record_ref", separator="/")).to_series()
    return key.gather(with_first(records)["echoes"])


def score_echoes(fresh: pl.DataFrame, among: pl.DataFrame, model: KindModel, kind: str) -> pl.DataFrame:
    """Return each echo among fresh records paired with the first, which is among `among`: EDGE_SCHEMA.

    fresh, among: `link_record` rows of one kind with `place` and `echoes`, the place of the first. What both say is
    the same for every echo of a first, so one pair is scored for all of them.
    """
    echoes = fresh.filter(pl.col("echoes") != pl.col("place"))
    if not echoes.height:
        return pl.DataFrame(schema=EDGE_SCHEMA)
    of_firsts = among.filter(pl.col("place").is_in(echoes["echoes"].implode()))
    # What one source knows as one person is joined by that (see scoring.OTHER_SOURCE).
    known_as = of_firsts.select(echoes="place", own="known_as")
    echoes = echoes.join(known_as, on="echoes", how="left", maintain_order="left").filter(
        (pl.col("own") != pl.col("known_as")).fill_null(True)
    )
    one_each = echoes.unique("echoes", keep="first", maintain_order=True).select(among.columns)
    pairs = pl.concat([of_firsts, one_each]).with_columns(known_as=pl.lit(None, pl.String))
    scored = score(pairs, None, model, kind, rules=("echoes",))
    as_scored = scored.join(pairs.select("place", "echoes"), left_on="a", right_on="place").drop("a", "b")
    told = echoes.select("place", "echoes").join(as_scored, on="echoes")
    return told.select(
        a=pl.min_horizontal("place", "echoes"),
        b=pl.max_horizontal("place", "echoes"),
        levels="levels",
        weight="weight",
        probability="probability",
    )
