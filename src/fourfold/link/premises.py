"""Which crimes were at the same premises: by name and place, with slips of the pen in mind.

A name that was not told is never made up: such crimes go by place alone, and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

NOT_A_WORD = r"[^\p{L}\p{N} ]"


@dataclass(frozen=True)
class SamePremises:
    """How near two crimes must be to have been at the same premises: metres, and slips between their names."""

    metres: float
    metres_unnamed: float
    most_edits: int


def premises_of(crimes: pl.DataFrame, how: SamePremises, words: Mapping[str, str]) -> pl.DataFrame:
    """Return `crime_ref, premises_id, matched_by`, one row a crime.

    crimes: crime_ref, force, recorded_on, premises_name, easting, northing (metres, or missing). words: how
    words of an address are written in full. Crimes of a force that tell neither name nor place stand alone.
    """
    keyed = crimes.with_row_index("row").with_columns(
        key=name_key(pl.col("premises_name"), words), is_placed=pl.col("easting").is_not_null()
    )
    group = np.arange(crimes.height)
    named = keyed.filter(pl.col("key").is_not_null())
    joined = unite(group, alike(named, how))
    joined = unite(joined, named_without_place(named, joined))
    placed = unite(joined, nameless(keyed, joined, how))
    found = keyed.with_columns(group=pl.Series(placed))
    oldest = (
        found.sort("recorded_on", "crime_ref")
        .group_by("group")
        .agg(pl.col("crime_ref").first().alias("premises_id"))
    )
    by = (
        pl.when(pl.col("key").is_not_null() & pl.col("is_placed"))
        .then(pl.lit("name_and_place"))
        .when(pl.col("key").is_not_null())
        .then(pl.lit("name"))
        .when(pl.col("is_placed"))
        .then(pl.lit("place"))
        .otherwise(pl.lit("alone"))
    )
    return (
        found.join(oldest, on="group", how="left")
        .sort("row")
        .select("crime_ref", "premises_id", matched_by=by)
    )


def name_key(name: pl.Expr, words: Mapping[str, str]) -> pl.Expr:
    """Return a name as it is compared: small letters, no marks, words of the address written in full."""
    plain = name.str.to_lowercase().str.replace_all("&", " and ").str.replace_all(NOT_A_WORD, "")
    split = plain.str.replace_all(r"\s+", " ").str.strip_chars().str.split(" ")
    written = split.list.eval(pl.element().replace(dict(words))).list.join(" ")
    return pl.when(written != "").then(written)


def alike(named: pl.DataFrame, how: SamePremises) -> pl.DataFrame:
    """Return pairs `a, b` of rows whose names and places go together.

    Rows that tell name and spot alike are compared once. Numbers in two names must be the same, or one
    name must leave them out: 12 and 14 of a street are two shops.
    """
    # On a grid a quarter as wide, so that a shop with hundreds of crimes a few steps apart is compared a few times.
    spots = named.filter(pl.col("is_placed")).select("row", "force", "key", **on_grid(how.metres / 4))
    same = spots.with_columns(first=pl.col("row").min().over("force", "key", "x", "y"))
    pairs = [same.select(a="first", b="row").filter(pl.col("a") != pl.col("b"))]
    once = same.filter(pl.col("first") == pl.col("row")).select("row", "force", "key", "x", "y")
    near = alike_names(neighbours(once, how.metres), how.most_edits)
    return pl.concat([*pairs, near.select("a", "b")])


def on_grid(step: float) -> dict[str, pl.Expr]:
    """Return `x` and `y` of the nearest point of a grid of `step` metres."""
    return {
        short: (pl.col(name) / step).round(0) * step for short, name in (("x", "easting"), ("y", "northing"))
    }


def neighbours(spots: pl.DataFrame, metres: float) -> pl.DataFrame:
    """Return pairs of rows of one force no further apart than `metres`: a, b, key, key_b, with a before b."""
    cells = spots.with_columns(
        cell_x=(pl.col("x") // metres).cast(pl.Int64), cell_y=(pl.col("y") // metres).cast(pl.Int64)
    )
    steps = pl.DataFrame({"dx": [-1, 0, 1] * 3, "dy": [-1] * 3 + [0] * 3 + [1] * 3})
    reached = (
        cells.join(steps, how="cross")
        .with_columns(cell_x=pl.col("cell_x") + pl.col("dx"), cell_y=pl.col("cell_y") + pl.col("dy"))
        .drop("dx", "dy")
    )
    pairs = cells.join(reached, on=["force", "cell_x", "cell_y"], suffix="_b")
    apart = ((pl.col("x") - pl.col("x_b")) ** 2 + (pl.col("y") - pl.col("y_b")) ** 2).sqrt()
    return pairs.filter((pl.col("row") < pl.col("row_b")) & (apart <= metres)).rename(
        {"row": "a", "row_b": "b"}
    )


def alike_names(pairs: pl.DataFrame, most_edits: int) -> pl.DataFrame:
    """Return the pairs whose `key` and `key_b` are one name with slips, or one with its street and one without.

    Slips are letters left out, put in, mistaken or the wrong way round (Damerau 1964). A name told without
    its street is compared with the beginning of the whole one.
    """
    numbers, others = (pl.col(name).str.extract_all(r"\d+") for name in ("key", "key_b"))
    same_numbers = (numbers == others) | (numbers.list.len() == 0) | (others.list.len() == 0)
    length = pl.min_horizontal(pl.col("key").str.len_chars(), pl.col("key_b").str.len_chars())
    equal = pl.col("key") == pl.col("key_b")
    likely = pairs.filter(equal | (same_numbers & (length > most_edits * 2)))
    names = likely.filter(~equal).select("key", "key_b").unique()
    slips = fewest_slips(names).filter(pl.col("slips") <= most_edits)
    return pl.concat([likely.filter(equal), likely.join(slips, on=["key", "key_b"], how="semi")])


def fewest_slips(names: pl.DataFrame) -> pl.DataFrame:
    """Return `key, key_b, slips` of pairs of names."""
    import duckdb

    if not names.height:
        return names.with_columns(slips=pl.lit(None, pl.Int64))
    with duckdb.connect() as engine:
        engine.register("names", names.to_arrow())
        told = engine.sql(
            """select key, key_b, least(
                   damerau_levenshtein(key, key_b),
                   damerau_levenshtein(left(key, length(key_b)), key_b),
                   damerau_levenshtein(key, left(key_b, length(key)))
               ) as slips from names"""
        )
        return pl.DataFrame(pl.from_arrow(told.to_arrow_table()))


def named_without_place(named: pl.DataFrame, group: np.ndarray) -> pl.DataFrame:
    """Return pairs that put a crime without a place to the only premises of its force with exactly its name."""
    standing = named.with_columns(group=pl.Series(group[named["row"].to_numpy()]))
    only = (
        standing.filter(pl.col("is_placed"))
        .group_by("force", "key")
        .agg(pl.col("group").n_unique().alias("places"), pl.col("row").min().alias("a"))
        .filter(pl.col("places") == 1)
    )
    lost = named.filter(~pl.col("is_placed"))
    first = lost.group_by("force", "key").agg(pl.col("row").min().alias("first"))
    tied = lost.join(first, on=["force", "key"]).join(only, on=["force", "key"], how="left")
    return tied.select(a=pl.coalesce("a", "first"), b="row").filter(pl.col("a") != pl.col("b"))


def nameless(keyed: pl.DataFrame, group: np.ndarray, how: SamePremises) -> pl.DataFrame:
    """Return pairs that put a crime without a name to the only premises at its place, or to others like it."""
    spots = keyed.filter(pl.col("is_placed")).select("row", "force", "key", **on_grid(how.metres_unnamed / 4))
    grouped = spots.with_columns(group=pl.Series(group[spots["row"].to_numpy()]))
    blank = grouped.filter(pl.col("key").is_null())
    same = blank.with_columns(first=pl.col("row").min().over("force", "x", "y"))
    together = same.select(a="first", b="row").filter(pl.col("a") != pl.col("b"))
    once = same.filter(pl.col("first") == pl.col("row")).select("row", "force", "key", "group", "x", "y")
    signs = grouped.filter(pl.col("key").is_not_null()).unique(["force", "group", "x", "y"])
    near = neighbours(pl.concat([once, signs.select(once.columns)]), how.metres_unnamed)
    swap = {"a": "b", "b": "a", "key": "key_b", "key_b": "key", "group": "group_b", "group_b": "group"}
    turned = pl.concat([near, near.rename(swap).select(near.columns)])
    beside = turned.filter(pl.col("key").is_null() & pl.col("key_b").is_not_null())
    only = (
        beside.group_by("a")
        .agg(pl.col("group_b").n_unique().alias("places"), pl.col("b").min())
        .filter(pl.col("places") == 1)
    )
    return pl.concat([together, only.select("a", "b")])


def unite(group: np.ndarray, pairs: pl.DataFrame) -> np.ndarray:
    """Return groups joined along pairs of rows; each group is numbered by its first row."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(group)
    a = np.concatenate([np.arange(n), pairs["a"].to_numpy().astype(np.int64)])
    b = np.concatenate([group, pairs["b"].to_numpy().astype(np.int64)])
    _, found = connected_components(
        coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(n, n)), directed=False
    )
    first = np.full(found.max() + 1 if n else 0, n)
    np.minimum.at(first, found, np.arange(n))
    return np.asarray(first[found], dtype=np.int64)
