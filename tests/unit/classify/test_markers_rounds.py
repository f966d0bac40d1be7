"""A round of review: drawn by lot in strata of score, read in an order from which one may stop anywhere."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from fourfold.classify.readings import READINGS
from fourfold.classify.rounds import from_value, next_record, open_round, stratum_of
from fourfold.classify.settings import settings_on
from fourfold.home import DataProblemError
from fourfold.measures.marker_estimates import count_marker, sample_of
from fourfold.records.marker import Marker

SETTINGS = dataclasses.replace(settings_on(date(2022, 1, 5)), round_size=60, least_a_stratum=8)
NOBODY = pl.DataFrame(schema={"record_ref": pl.String})
NO_READINGS = pl.DataFrame(schema=READINGS)


def rows(n: int = 2000) -> pl.DataFrame:
    """Return marker rows whose scores fall from nearly 1 to nearly 0."""
    score = 1 / (1 + np.exp(np.linspace(-3, 9, n)))
    empty = Marker.create_empty()
    told = pl.DataFrame({"record_ref": [f"F{number:05d}" for number in range(n)], "probability": score})
    fixed = {
        "record": "fraud_report",
        "force": "kent",
        "on": date(2021, 6, 1),
        "marker": "courier_fraud",
        "definition": "v",
        "model": "m",
        "told_by": "b:1",
        "has_text": True,
        "calibrated": True,
        "state": "scored",
    }
    told = told.with_columns(pl.lit(value).alias(name) for name, value in fixed.items())
    return pl.concat([empty, told], how="diagonal")


def test_the_strata_hold_everybody_and_the_round_draws_its_size():
    lot = open_round(rows(), NOBODY, SETTINGS, "r/1", seed=1)
    assert sum(lot.sizes) == 2000
    assert sum(lot.shares) == len(lot.records) == len(set(lot.records)) == 60
    assert list(lot.cuts) == sorted(lot.cuts, reverse=True)
    per_stratum = np.bincount([stratum for _, stratum in lot.records])
    assert tuple(per_stratum) == lot.shares


def test_the_same_seed_draws_the_same_and_another_draws_others():
    one, again, other = (open_round(rows(), NOBODY, SETTINGS, "r/1", seed).records for seed in (1, 1, 2))
    assert one == again
    assert set(one) != set(other)


def test_a_round_stands_in_its_decision_as_it_was_drawn():
    lot = open_round(rows(), NOBODY, SETTINGS, "r/1", seed=1)
    assert from_value(json.dumps(lot.as_value())) == lot


def test_whoever_stops_early_has_a_sample_of_every_stratum():
    lot = open_round(rows(), NOBODY, SETTINGS, "r/1", seed=1)
    first = np.bincount([stratum for _, stratum in lot.records[:30]], minlength=len(lot.shares))
    assert np.abs(first - np.array(lot.shares) / 2).max() <= 1


def test_every_record_of_a_stratum_is_drawn_as_often_as_any_other():
    frame = rows(200)
    drawn = [
        ref for seed in range(300) for ref, _ in open_round(frame, NOBODY, SETTINGS, "r/1", seed).records
    ]
    lot = open_round(frame, NOBODY, SETTINGS, "r/1", 0)
    stratum = stratum_of(frame["probability"], lot.cuts)
    times = dict(pl.Series("ref", drawn).value_counts().iter_rows())
    for place in range(len(lot.sizes)):
        mine = [times.get(ref, 0) / 300 for ref in frame["record_ref"].to_numpy()[stratum == place]]
        chance = lot.chance(place)
        spread = np.sqrt(chance * (1 - chance) / 300)
        assert np.abs(np.array(mine) - chance).max() <= 4.5 * spread + 1e-9, place


def test_what_was_read_before_is_drawn_no_more():
    first = open_round(rows(), NOBODY, SETTINGS, "r/1", seed=1)
    read = pl.DataFrame({"record_ref": [ref for ref, _ in first.records]})
    second = open_round(rows(), read, SETTINGS, "r/2", seed=1)
    assert sum(second.sizes) == 1940
    assert not {ref for ref, _ in first.records} & {ref for ref, _ in second.records}


def test_nothing_left_is_said():
    frame = rows(30)
    with pytest.raises(DataProblemError, match="has been read"):
        open_round(frame, frame.select("record_ref"), SETTINGS, "r/1", seed=1)


def read_by(*told: tuple[str, str]) -> pl.DataFrame:
    made = [
        {**dict.fromkeys(READINGS), "record_ref": ref, "reader": who, "is": "yes", "settles": False}
        for ref, who in told
    ]
    return pl.DataFrame(made, schema=READINGS)


def test_the_next_record_is_what_nobody_read_and_then_what_one_other_read():
    lot = open_round(rows(), NOBODY, SETTINGS, "r/1", seed=1)
    first = lot.records[0][0]
    assert next_record(lot, NO_READINGS, "one", 1.0)["record_ref"] == first
    assert next_record(lot, read_by((first, "one")), "one", 1.0)["record_ref"] == lot.records[1][0]
    everything = read_by(*((ref, "one") for ref, _ in lot.records))
    assert next_record(lot, everything, "one", 1.0) is None
    assert next_record(lot, everything, "two", 1.0)["record_ref"] == first
    assert next_record(lot, everything, "two", 0.0) is None


def said(lot, truth, unsure=frozenset()):
    refs = [ref for ref, _ in lot.records]
    return pl.DataFrame(
        {
            "record_ref": refs,
            "state": [
                "cannot_tell" if ref in unsure else "confirmed" if ref in truth else "rejected"
                for ref in refs
            ],
            "is_marked": [None if ref in unsure else ref in truth for ref in refs],
            "probability": [lot.chance(stratum) for _, stratum in lot.records],
        }
    )


def test_the_estimate_is_the_weighted_sum_of_what_was_read():
    frame = rows()
    lot = open_round(frame, NOBODY, SETTINGS, "r/1", seed=1)
    truth = {ref for ref, stratum in lot.records if stratum == 0}
    found = count_marker(frame, frame, said(lot, truth), lot.cuts, SETTINGS)
    value, lower, upper = found.estimate.floats()
    assert value == pytest.approx(lot.sizes[0])
    assert (found.confirmed, found.read) == (len(truth), 60)
    assert lower < value < upper


def test_what_nobody_could_tell_widens_the_interval_to_both_sides():
    frame = rows()
    lot = open_round(frame, NOBODY, SETTINGS, "r/1", seed=1)
    truth = {ref for ref, stratum in lot.records if stratum < 2}
    unsure = frozenset({lot.records[0][0], lot.records[-1][0]})
    plain, wide = (
        count_marker(frame, frame, said(lot, truth, who), lot.cuts, SETTINGS) for who in (frozenset(), unsure)
    )
    assert wide.cannot_tell == 2
    assert wide.estimate.upper > plain.estimate.upper
    assert wide.estimate.lower <= plain.estimate.lower


def test_without_a_round_there_is_no_estimate_and_the_count_says_why():
    found = count_marker(rows(), rows(), said_nothing(), None, SETTINGS)
    assert found.estimate is None
    assert "Nobody has read" in found.caveats[0]


def said_nothing() -> pl.DataFrame:
    return pl.DataFrame(
        schema={
            "record_ref": pl.String,
            "state": pl.String,
            "is_marked": pl.Boolean,
            "probability": pl.Float64,
        }
    )


def test_unequal_chances_count_for_fewer_records_than_were_read():
    frame = rows()
    lot = open_round(frame, NOBODY, SETTINGS, "r/1", seed=1)
    even = said(lot, set())
    uneven = even.with_columns(
        probability=pl.when(pl.int_range(pl.len()) % 2 == 0)
        .then("probability")
        .otherwise(pl.col("probability") / 10)
    )
    assert sample_of(frame, even, lot.cuts).read.sum() == pytest.approx(60)
    assert sample_of(frame, uneven, lot.cuts).read.sum() < 45
