"""Pairs of records and how probable it is that each is of one person: Splink on DuckDB blocks and compares."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import polars as pl

from fourfold.link.blocking import KEYS, may_meet, with_keys
from fourfold.link.household import with_probability
from fourfold.link.levels import COMPARISONS, NOT_SAID, Comparison
from fourfold.link.model import LEAST, KindModel

KEEP_FROM = 0.01
"""Pairs less probable than this are not kept: no stated cost makes a look at them worth it."""
LISTS = ("forms", "last_parts")
OTHER_SOURCE = "l.source_no <> r.source_no"
"""Records that their own source knows as one person are joined by that; comparing them says nothing new, and a
suspect of a hundred crimes would make five thousand pairs."""
EDGE_SCHEMA = {
    "a": pl.Int64,
    "b": pl.Int64,
    "levels": pl.String,
    "weight": pl.Float64,
    "probability": pl.Float64,
}


def score(
    new: pl.DataFrame,
    old: pl.DataFrame | None,
    model: KindModel,
    kind: str,
    keep_from: float = KEEP_FROM,
    rules: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Return scored pairs among `new` and, where given, between `old` and `new`: EDGE_SCHEMA.

    new, old: `link_record` rows of one kind with `place`, a number of their own in both frames together.
    rules: columns to block on in place of the usual keys, which the frames must then have.
    """
    if not new.height:
        return pl.DataFrame(schema=EDGE_SCHEMA)
    comparisons = COMPARISONS[kind]
    if old is not None and not rules:
        old = may_meet(old, new, kind)
    linker, api = linker_of(new, model, kind, rules)
    # Weighing against homes only lowers a pair, so what Splink finds improbable need not be brought out at all.
    tell_frequencies(linker, api, new if old is None else pl.concat([new, old], how="diagonal"), model)
    least = {"threshold_match_probability": keep_from} if keep_from else {}
    fresh = registered(api, new, model, kind, rules)
    parts = [linker.inference.predict_within(fresh, warning_mode="never", **least)]
    if old is not None and old.height:
        stood = registered(api, old, model, kind, rules)
        parts.append(linker.inference.predict_between(stood, fresh, warning_mode="never", **least))
    found = pl.concat(brought_out(api, part, comparisons) for part in parts)
    api.duckdb_con.close()
    return finished(found, model, comparisons, keep_from)


def brought_out(api: Any, part: Any, comparisons: Sequence[Comparison]) -> pl.DataFrame:
    """Return the columns that are wanted of Splink's pairs; it keeps those that were compared beside them."""
    wanted = ["place_l", "place_r", "match_weight"]
    wanted += [f"gamma_{one.name}" for one in comparisons]
    wanted += [column.name for column in part.columns if column.name.startswith("mw_tf_adj_")]
    told = api.duckdb_con.sql(f"select {', '.join(wanted)} from {part.physical_name}")
    return pl.DataFrame(pl.from_arrow(told.to_arrow_table()))


def finished(
    found: pl.DataFrame, model: KindModel, comparisons: Sequence[Comparison], keep_from: float
) -> pl.DataFrame:
    """Return Splink's pairs with levels and probability, the smaller place first, in order."""
    levels = pl.concat_str(
        pl.when(pl.col(f"gamma_{one.name}") < 0)
        .then(pl.lit(NOT_SAID))
        .otherwise(pl.col(f"gamma_{one.name}").cast(pl.String))
        for one in comparisons
    )
    coded = found.select(
        pl.min_horizontal("place_l", "place_r").cast(pl.Int64).alias("a"),
        pl.max_horizontal("place_l", "place_r").cast(pl.Int64).alias("b"),
        pl.col("match_weight"),
        levels.alias("levels"),
        *(pl.col(name) for name in found.columns if name.startswith("mw_tf_adj_")),
    )
    scored = with_probability(coded, model, comparisons).filter(pl.col("probability") >= keep_from)
    return scored.select(EDGE_SCHEMA.keys()).sort("a", "b")


def linker_of(
    frame: pl.DataFrame, model: KindModel, kind: str, rules: Sequence[str] | None
) -> tuple[Any, Any]:
    """Return a Splink linker with the model's numbers, and its DuckDB."""
    # Splink and DuckDB take more than a second to import, which only linking should pay.
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI()
    api.duckdb_con.execute("SET enable_progress_bar = false")
    settings = settings_of(model, kind, rules or KEYS[kind])
    linker = Linker(registered(api, frame.head(1), model, kind, rules), settings, validate_settings=False)
    # A linker sets its own level of chatter; what it would say, the progress of a refresh says.
    logging.getLogger("splink").setLevel(logging.ERROR)
    return linker, api


def tell_frequencies(linker: Any, api: Any, records: pl.DataFrame, model: KindModel) -> None:
    """Hand the model's frequencies to Splink, which would else take them from the records of the day."""
    for column, known in model.frequencies.items():
        values = records[column].drop_nulls().unique().sort()
        shares = values.replace_strict(known, default=model.rare[column], return_dtype=pl.Float64)
        table = pl.DataFrame({column: values, f"tf_{column}": shares})
        linker.table_management.register_term_frequency_lookup(api.register(table.to_arrow()), column)


def registered(
    api: Any, frame: pl.DataFrame, model: KindModel, kind: str, rules: Sequence[str] | None
) -> Any:
    """Hand a frame to DuckDB with its keys and lists; only what is compared goes."""
    keyed = frame if rules else with_keys(frame, kind, model)
    columns = sorted({column for one in COMPARISONS[kind] for column in one.columns})
    lists = [pl.col(name).str.split(" ").alias(name) for name in LISTS if name in columns]
    source = pl.struct("force", "known_as").hash(seed=len(KEYS[kind]))
    own = pl.when(pl.col("known_as").is_not_null()).then(source).otherwise(pl.col("place").cast(pl.UInt64))
    told = keyed.select("place", own.alias("source_no"), *columns, *(rules or KEYS[kind])).with_columns(
        *lists
    )
    return api.register(told.to_arrow())


def settings_of(model: KindModel, kind: str, keys: Sequence[str]) -> dict[str, Any]:
    """Return the model in Splink's words."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "place",
        "probability_two_random_records_match": model.same_prior,
        "blocking_rules_to_generate_predictions": [f"l.{key} = r.{key} and {OTHER_SOURCE}" for key in keys],
        "comparisons": [comparison_of(one, model) for one in COMPARISONS[kind]],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def comparison_of(comparison: Comparison, model: KindModel) -> dict[str, Any]:
    shares = model.shares[comparison.name]
    levels: list[dict[str, Any]] = [
        {"sql_condition": comparison.missing, "label_for_charts": "not said", "is_null_level": True}
    ]
    for level in comparison.levels:
        told: dict[str, Any] = {
            "sql_condition": level.sql,
            "label_for_charts": level.words or level.code,
            "m_probability": max(shares.same.get(level.code, LEAST), LEAST),
            "u_probability": max(shares.chance.get(level.code, LEAST), LEAST),
        }
        if level.neutral:
            told["m_probability"] = told["u_probability"] = 0.5
        if level.rare_by and level.rare_by in model.frequencies:
            told |= {
                "tf_adjustment_column": level.rare_by,
                "tf_adjustment_weight": 1.0,
                "tf_minimum_u_value": model.rare.get(level.rare_by, LEAST),
            }
        levels.append(told)
    return {"output_column_name": comparison.name, "comparison_levels": levels}
