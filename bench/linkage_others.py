"""Two other ways to link the same records: exact keys, and Splink as its own guide sets it up."""

from __future__ import annotations

import logging
from typing import Any

import polars as pl

from fourfold.link.clusters import components

EXACT = (("names", "last", "born_on"), ("names", "last", "email"), ("names", "last", "phone"))


def exact_keys(records: pl.DataFrame) -> pl.DataFrame:
    """Return `record_ref, person_id` of records joined where whole name and one other detail agree to the letter."""
    ordered = records.with_row_index("place").cast({"place": pl.Int64})
    parts = []
    for key in EXACT:
        whole = ordered.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in key))
        parts.append(whole.select(pl.col("place").min().over(key).alias("first"), "place"))
    person = components(records.height, pl.concat(parts).to_numpy())
    return ordered.select("record_ref", person_id=pl.Series(person))


def splink_defaults(records: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Return `record_ref, person_id` by Splink's library comparisons, its training, and its clustering."""
    training = (("first_name", "dob"), ("surname", "dob"), ("first_name", "surname"))
    return by_splink(records, threshold, training)


def plain_splink(records: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Return the same with training rules that few pairs meet, as many records want it."""
    return by_splink(records, threshold, (("first_name", "dob"), ("email",), ("phone",)))


def by_splink(records: pl.DataFrame, threshold: float, training: tuple[tuple[str, ...], ...]) -> pl.DataFrame:
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    frame = records.select(
        unique_id="record_ref",
        first_name="names",
        surname="last",
        dob=pl.col("born_on").cast(pl.String),
        email="email",
        postcode="postcode",
        phone="phone",
        address="street",
    )
    there = [name for name in frame.columns if frame[name].null_count() < frame.height]
    known: dict[str, Any] = {
        "first_name": cl.NameComparison("first_name"),
        "surname": cl.NameComparison("surname"),
        "dob": cl.DateOfBirthComparison("dob", input_is_string=True),
        "email": cl.EmailComparison("email"),
        "postcode": cl.PostcodeComparison("postcode"),
        "phone": cl.ExactMatch("phone"),
        "address": cl.ExactMatch("address"),
    }
    rules = [("first_name", "dob"), ("surname", "dob"), ("email",), ("phone",), ("postcode", "first_name")]
    used = [rule for rule in rules if set(rule) <= set(there)]
    api = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[made for name, made in known.items() if name in there],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in used],
    )
    linker = Linker(api.register(frame.select(there).to_arrow()), settings)
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("first_name", "surname", "dob")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    scored = linker.inference.predict(threshold_match_probability=threshold)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold)
    found = pl.DataFrame(pl.from_arrow(clusters.as_pyarrow_table()))
    return found.select(record_ref="unique_id", person_id="cluster_id")
