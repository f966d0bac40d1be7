"""Sets of records whose people are known: public made-up sets, and made-up people told with the noise of files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from fourfold.link.standard import TOLD_SCHEMA, standardise
from fourfold.synthetic.people import people_at
from fourfold.synthetic.places import make_places
from fourfold.synthetic.telling import tell_person

DAY = date(2021, 1, 1)


def as_told(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with `record_ref` and whatever else they have as told records of persons of one force."""
    fixed = {
        "record": "fraud_report",
        "force": "f",
        "kind": "person",
        "role": "victim",
        "on": DAY,
        "first_linked": 1,
    }
    columns = []
    for name, kind in TOLD_SCHEMA.items():
        there = pl.col(name) if name in rows.columns else pl.lit(fixed.get(name))
        columns.append(there.cast(kind).alias(name))
    return rows.select(columns)


def fake_1000(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return standardised records of Splink's demonstration set, and `record_ref, truth`."""
    raw = pl.read_csv(folder / "record_linkage" / "fake_1000.csv", infer_schema_length=0)
    rows = raw.select(
        record_ref="unique_id",
        first_names="first_name",
        last_name="surname",
        date_of_birth=pl.col("dob").str.to_date("%Y-%m-%d", strict=False),
        email="email",
        address="city",
    )
    return standardise(as_told(rows)), raw.select(record_ref="unique_id", truth="cluster")


def febrl_3(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return standardised records of the third set of Febrl (Christen 2008), and `record_ref, truth`."""
    raw = pl.read_csv(folder / "record_linkage" / "dataset3.csv.gz", infer_schema_length=0)
    raw = raw.rename({name: name.strip() for name in raw.columns}).select(
        pl.all().str.strip_chars().replace("", None)
    )
    rows = raw.select(
        record_ref="rec_id",
        first_names="given_name",
        last_name="surname",
        date_of_birth=pl.col("date_of_birth").str.to_date("%Y%m%d", strict=False),
        address=pl.concat_str("street_number", "address_1", separator=" ", ignore_nulls=True).replace(
            "", None
        ),
        postcode="postcode",
    )
    truth = raw.select(record_ref="rec_id", truth=pl.col("rec_id").str.extract(r"rec-(\d+)-"))
    return standardise(as_told(rows)), truth


def made_up(people: int, told_again: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return standardised records of made-up people in whole households, some told of again, and their truth.

    Each telling errs as `synthetic.telling.Noise` says: 8 % misspelt, 5 % nicknames or order, 3 % wrong and 10 % missing
    dates of birth, 15 % moved, 30 % without phone, 40 % without e-mail. Truth: record_ref, truth, household.
    """
    rows = told_people(people, told_again, seed)
    truth = rows.select("record_ref", truth="true_person_id", household="household_id")
    return standardise(as_told(rows)), truth


def told_people(people: int, told_again: int, seed: int) -> pl.DataFrame:
    """Return the rows as told, with `record_ref` in the order of telling."""
    rng = np.random.default_rng(seed)
    ids = np.arange(people)
    every = np.concatenate([ids, rng.choice(ids, told_again)])
    told = tell_person(people_at(make_places(1.0, np.random.default_rng(seed)), every, seed), rng)
    return told.with_columns(record_ref=pl.int_range(pl.len()).cast(pl.String).str.zfill(8))
