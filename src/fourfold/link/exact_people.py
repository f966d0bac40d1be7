"""One person told of twice, by exact keys: whole name with date of birth, with e-mail or with phone.

Exact keys join only what is the same to the letter after folding case, accents and spaces. The whole name goes
with e-mail and phone because households share both and surnames too: two victims joined into one would hide
one of them, which is worse than two cases for one person.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

IntArray = NDArray[Any]

KEYS: dict[str, tuple[str, ...]] = {
    "name and date of birth": ("first_names", "last_name", "date_of_birth"),
    "name and e-mail": ("first_names", "last_name", "email"),
    "name and phone": ("first_names", "last_name", "phone"),
    "organisation and postcode": ("organisation_name", "postcode"),
}
"""What must agree; a key with a missing part joins nobody, because missing is not the same as equal."""


def link_exactly(reports: pl.DataFrame) -> pl.DataFrame:
    """Return `record_ref, person_id, evidence` for every report, one row each.

    reports: report_ref, reported_on, force and the columns of KEYS. `person_id` is the oldest report's
    reference. Reports of two forces are never joined: each force sees its own.
    """
    ordered = reports.sort("reported_on", "report_ref").with_row_index("place")
    pairs: list[pl.DataFrame] = []
    for words, columns in KEYS.items():
        keyed = with_key(ordered, columns)
        first = keyed.group_by("key", maintain_order=True).agg(pl.col("place").min().alias("first"))
        joined = keyed.join(first, on="key").filter(pl.col("place") != pl.col("first"))
        pairs.append(joined.select("place", "first", pl.lit(words).alias("words")))
    edges = pl.concat(pairs)
    groups = components(ordered.height, edges["place"].to_numpy(), edges["first"].to_numpy())
    said = edges.group_by("place").agg(pl.col("words").unique().sort().str.join(", ").alias("evidence"))
    people = ordered.with_columns(person=pl.Series(groups, dtype=pl.UInt32))
    oldest = ordered.select(pl.col("place").alias("person"), pl.col("report_ref").alias("person_id"))
    return (
        people.join(oldest, on="person", how="left")
        .join(said, on="place", how="left")
        .sort("place")
        .select(pl.col("report_ref").alias("record_ref"), "person_id", "evidence")
    )


def with_key(reports: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Return the reports that have every part of a key, with the key folded to one text."""
    whole = reports.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in columns))
    parts = [pl.col("force"), *(folded(name, reports.schema[name]) for name in columns)]
    return whole.select("place", pl.concat_str(parts, separator="|").alias("key"))


def folded(name: str, kind: pl.DataType) -> pl.Expr:
    """Return a column as it is compared: no accents, case, spaces or punctuation; a phone's digits only."""
    column = pl.col(name)
    if kind != pl.String:
        return column.cast(pl.String)
    if name == "phone":
        return column.str.replace_all(r"\D", "").str.replace(r"^(44|0044|0)", "")
    if name == "email":
        return column.str.to_lowercase().str.strip_chars()
    plain = column.str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    return plain.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")


def components(nodes: int, one: IntArray, other: IntArray) -> IntArray:
    """Return for each node the smallest node it is joined to, by any chain of pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not nodes:
        return np.zeros(0, dtype=np.uint32)
    graph = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(nodes, nodes))
    _, label = connected_components(graph, directed=False)
    smallest = np.full(label.max() + 1, nodes, dtype=np.int64)
    np.minimum.at(smallest, label, np.arange(nodes))
    return np.asarray(smallest[label], dtype=np.uint32)
