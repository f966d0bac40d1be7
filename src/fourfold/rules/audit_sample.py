"""Which crimes are audited: the frame in its strata, the draw, and what takes the place of a crime out of scope.

The draw orders every stratum once by its seed. The first n are the sample and the rest, in that order, are
its replacements; the order never changes, whatever is found later (docs/adr/0013).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

import numpy as np
import polars as pl

from fourfold.statistics import allocation

FRAME = {"crime_ref": pl.String, "stratum": pl.String, "flags": pl.List(pl.String)}
"""What a frame has: each crime once, the stratum it counts in, and every group that it belongs to."""

DRAWN = {
    "crime_ref": pl.String,
    "stratum": pl.String,
    "place": pl.Int64,
    "is_sample": pl.Boolean,
    "inclusion_probability": pl.Float64,
    "second_read": pl.Boolean,
}
"""What a draw has: each crime's place in the order of its stratum, 1 first, the chance of being in the sample,
and whether its place in the sample is read twice."""

ALLOCATIONS = ("equal", "proportional", "neyman")


def in_strata(grouped: pl.DataFrame) -> pl.DataFrame:
    """Return the frame of crimes put into groups: `group`, the first that fits, becomes the stratum.

    grouped: `crime_ref, group, flags`. Raises ValueError where a crime stands twice or has no group, since
    then it would be drawn twice or never.
    """
    frame = grouped.select("crime_ref", stratum="group", flags="flags")
    if frame["crime_ref"].n_unique() != frame.height:
        twice = frame.filter(pl.col("crime_ref").is_duplicated())["crime_ref"].unique().sort()
        raise ValueError(f"{twice.len()} crimes stand twice in the frame, the first {twice[0]}.")
    if frame["stratum"].null_count():
        raise ValueError("Some crimes fit no group: end the list of groups with one that takes all others.")
    return frame


def sizes(frame: pl.DataFrame, strata: Sequence[str]) -> list[int]:
    """Return how many crimes each stratum has, in the order asked for."""
    counted = dict(frame.group_by("stratum").len().iter_rows())
    return [int(counted.get(stratum, 0)) for stratum in strata]


def allocate(kind: str, n: int, counts: Sequence[int], planned: float | Sequence[float] = 0.5) -> list[int]:
    """Share n out over strata of these sizes; kind is one of ALLOCATIONS, planned is for `neyman` alone.

    Raises ValueError for another kind, or as `statistics.allocation.equal`.
    """
    if kind == "equal":
        return [int(part) for part in allocation.equal(n, counts)]
    if kind == "proportional":
        return [int(part) for part in allocation.proportional(n, counts)]
    if kind == "neyman":
        return [int(part) for part in allocation.neyman(n, counts, planned)]
    raise ValueError(f"A sample is shared out {', '.join(ALLOCATIONS)}: got {kind}.")


def frame_hash(frame: pl.DataFrame) -> str:
    """Return the SHA-256 of the frame's crimes with their strata, the same whatever the order of rows."""
    digest = hashlib.sha256()
    for crime_ref, stratum in frame.select("crime_ref", "stratum").sort("crime_ref").iter_rows():
        digest.update(f"{crime_ref}\t{stratum}\n".encode())
    return digest.hexdigest()


def draw(
    frame: pl.DataFrame, allocated: Mapping[str, int], seed: int, second_read_share: float = 0.0
) -> pl.DataFrame:
    """Return the frame's crimes in the order drawn (columns of DRAWN), strata as in `allocated`.

    frame: columns of FRAME. allocated: how many crimes of each stratum are the sample. seed: 0 or more.
    Each stratum has a generator of its own, seeded by the seed and its name, so that its order depends on
    no other stratum nor on the order of rows. Of the whole sample, the share asked for (rounded up) is read
    twice, chosen by a generator of its own.

    Raises ValueError where a stratum is asked for more than it has, or the frame has a stratum that
    `allocated` does not name.
    """
    unnamed = sorted(set(frame["stratum"].unique()) - set(allocated))
    if unnamed:
        raise ValueError(f"Nothing is said of how many to draw from {', '.join(unnamed)}.")
    parts = [_ordered(frame, stratum, n, seed) for stratum, n in allocated.items()]
    drawn = pl.concat([pl.DataFrame(schema=DRAWN).drop("second_read"), *parts])
    return _with_second_reads(drawn, second_read_share, seed)


def _ordered(frame: pl.DataFrame, stratum: str, n: int, seed: int) -> pl.DataFrame:
    refs = frame.filter(pl.col("stratum") == stratum)["crime_ref"].sort()
    if n > refs.len():
        raise ValueError(f"{stratum} has {refs.len()} crimes: {n} cannot be drawn from it.")
    order = generator(seed, stratum).permutation(refs.len())
    place = pl.int_range(1, refs.len() + 1, dtype=pl.Int64, eager=True)
    chance = n / refs.len() if refs.len() else 0.0
    return pl.DataFrame({"crime_ref": refs.gather(order), "place": place}).select(
        "crime_ref",
        pl.lit(stratum).alias("stratum"),
        "place",
        is_sample=pl.col("place") <= n,
        inclusion_probability=pl.lit(chance),
    )


def _with_second_reads(drawn: pl.DataFrame, share: float, seed: int) -> pl.DataFrame:
    in_sample = drawn.with_row_index("row").filter("is_sample")["row"].to_numpy()
    wanted = ceil(round(share * len(in_sample), 6))
    chosen = generator(seed, "second read").choice(in_sample, wanted, replace=False)
    marked = np.zeros(drawn.height, dtype=bool)
    marked[chosen] = True
    return drawn.with_columns(second_read=pl.Series(marked))


def generator(seed: int, name: str) -> np.random.Generator:
    """Return the random numbers of one stratum: they follow from the seed and its name alone."""
    words = np.frombuffer(hashlib.sha256(name.encode()).digest(), dtype="<u4")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *map(int, words)])))


def to_read(drawn: pl.DataFrame, out_of_scope: Sequence[str] = ()) -> pl.DataFrame:
    """Return the crimes that are now the sample: those out of scope gone, the next in order in their places.

    drawn: columns of DRAWN. out_of_scope: crimes found out of scope, in the order in which they were found:
    each place that falls empty is taken by the next replacement of its stratum, which is read twice if the
    place was. Columns of DRAWN, with `replaces`: the crime whose place it took, missing for the first n.
    Where a stratum has no replacement left, its sample is the smaller for it.
    """
    found = {ref: at for at, ref in enumerate(dict.fromkeys(out_of_scope))}
    rows = drawn.sort("stratum", "place", maintain_order=True).to_dicts()
    kept: list[dict[str, object]] = []
    for stratum in drawn["stratum"].unique(maintain_order=True):
        mine = [row for row in rows if row["stratum"] == stratum]
        kept += _places_filled(mine, found)
    schema = {**DRAWN, "replaces": pl.String}
    return (
        pl.DataFrame(kept, schema=schema, orient="row")
        .sort("place", maintain_order=True)
        .sort(pl.col("stratum").replace_strict(_positions(drawn["stratum"])), maintain_order=True)
    )


def _positions(strata: pl.Series) -> dict[str, int]:
    return {stratum: at for at, stratum in enumerate(strata.unique(maintain_order=True))}


def _places_filled(ordered: list[dict[str, object]], found: Mapping[str, int]) -> list[dict[str, object]]:
    """Let one stratum's places be taken in turn; each place remembers whether it is read twice."""
    sample = {str(row["crime_ref"]): {**row, "replaces": None} for row in ordered if row["is_sample"]}
    waiting = iter([row for row in ordered if not row["is_sample"]])
    empty = sorted((ref for ref in found if ref in sample), key=found.__getitem__)
    while empty:
        gone = sample.pop(empty.pop(0))
        taker = next(waiting, None)
        if taker is None:
            continue
        ref = str(taker["crime_ref"])
        sample[ref] = {**taker, "second_read": gone["second_read"], "replaces": gone["crime_ref"]}
        if ref in found:
            empty = sorted([*empty, ref], key=found.__getitem__)
    return list(sample.values())


def overlap(frame: pl.DataFrame, strata: Iterable[str]) -> pl.DataFrame:
    """Return how many crimes of each stratum also belong to each other group: `stratum, also, crimes`.

    Only pairs that occur. A crime of three groups stands in two rows.
    """
    order = {stratum: at for at, stratum in enumerate(strata)}
    pairs = (
        frame.explode("flags", empty_as_null=True, keep_nulls=True)
        .filter(pl.col("flags").is_not_null() & (pl.col("flags") != pl.col("stratum")))
        .group_by("stratum", also="flags")
        .agg(crimes=pl.len().cast(pl.Int64))
    )
    rank = [pl.col(name).replace_strict(order, default=len(order)) for name in ("stratum", "also")]
    return pairs.sort(*rank)
