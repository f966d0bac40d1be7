"""A sample as it was drawn, and what its readers said: the two shapes that findings are worked out of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from fourfold.rules.questionnaires import Questionnaire

FIRST, SECOND, SETTLED = "first", "second", "settled"
ROUNDS = (FIRST, SECOND, SETTLED)
"""A crime's first reading, a second one made blind, and what the two settled where they differed."""

READINGS: dict[str, Any] = {
    "sample_ref": pl.String,
    "crime_ref": pl.String,
    "round": pl.String,
    "reader": pl.String,
    "made_at": pl.Datetime("us", "UTC"),
    "out_of_scope": pl.String,
    "question": pl.String,
    "answer": pl.String,
    "reason": pl.String,
    "evidence": pl.String,
}
"""One row a crime, round and question; of a crime out of scope one row, with its reason and no question."""


@dataclass(frozen=True)
class Stratum:
    """population: crimes in the frame; drawn: how many of them are the sample."""

    stratum: str
    label: str
    population: int
    drawn: int


@dataclass(frozen=True)
class Sample:
    """One sample with its design. crimes: `crime_ref, stratum, place, second_read`, the sample and the
    replacements kept, in order."""

    sample_ref: str
    questionnaire: Questionnaire
    force: str
    period_from: date
    period_to: date
    allocation: str
    seed: int
    frame_hash: str
    manifest: str
    strata: tuple[Stratum, ...]
    crimes: pl.DataFrame

    def stratum(self, key: str) -> Stratum:
        """Return one stratum; raises KeyError where the sample has none of that name."""
        for stratum in self.strata:
            if stratum.stratum == key:
                return stratum
        raise KeyError(key)


def settled(sample: Sample, readings: pl.DataFrame) -> pl.DataFrame:
    """Return the one reading of each crime that counts: what was settled, else the first; never the second alone.

    readings: columns of READINGS; those of other samples and of crimes that were not drawn are left out. A
    later reading of the same round stands in place of an earlier one. Columns of READINGS and `stratum`.
    """
    mine = latest(sample, readings).filter(pl.col("round") != SECOND)
    counts = mine.filter((pl.col("round") == SETTLED) | ~(pl.col("round") == SETTLED).any().over("crime_ref"))
    return counts.join(sample.crimes.select("crime_ref", "stratum"), on="crime_ref", how="inner")


def latest(sample: Sample, readings: pl.DataFrame) -> pl.DataFrame:
    """Return the readings of one sample, of each crime and round the last made."""
    mine = readings.filter(pl.col("sample_ref") == sample.sample_ref)
    last = pl.col("made_at") == pl.col("made_at").max().over("crime_ref", "round")
    return mine.filter(last).join(sample.crimes.select("crime_ref"), on="crime_ref", how="semi")


def differing(sample: Sample, readings: pl.DataFrame) -> pl.DataFrame:
    """Return where two readers differ and nothing is settled yet: `crime_ref, question, first, second`.

    A crime that only one of them holds out of scope stands with the question missing.
    """
    both = latest(sample, readings)
    done = both.filter(pl.col("round") == SETTLED).select("crime_ref")
    said = pl.coalesce("answer", pl.when(pl.col("out_of_scope").is_not_null()).then(pl.lit("out_of_scope")))
    one, two = (
        both.filter(pl.col("round") == name).select("crime_ref", "question", said.alias(name))
        for name in (FIRST, SECOND)
    )
    read_twice = one.join(two, on="crime_ref", how="semi").select("crime_ref").unique()
    paired = one.join(two, on=["crime_ref", "question"], how="full", coalesce=True, nulls_equal=True)
    return (
        paired.join(read_twice, on="crime_ref", how="semi")
        .join(done, on="crime_ref", how="anti")
        .filter(pl.col(FIRST).ne_missing(pl.col(SECOND)))
        .sort("crime_ref", "question", nulls_last=True)
    )


def out_of_scope(sample: Sample, readings: pl.DataFrame) -> Sequence[str]:
    """Return the crimes found out of scope, in the order in which they were found."""
    found = settled(sample, readings).filter(pl.col("out_of_scope").is_not_null())
    return found.sort("made_at", "crime_ref")["crime_ref"].unique(maintain_order=True).to_list()
