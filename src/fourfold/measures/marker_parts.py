"""The true number of a marker over time, and in the places where its codes do not show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from fourfold.classify.settings import Settings
from fourfold.measures.marker_estimates import MarkerCount, Sample, count_marker
from fourfold.policy.marker_definitions import HidingPlace
from fourfold.statistics.interval import Interval
from fourfold.statistics.stratified_total import ratio_of_totals, total_of


def trend(
    now: pl.DataFrame, before: pl.DataFrame, sample: Sample, settings: Settings, seed: int = 0
) -> Interval:
    """Return the true number in one part over that in another, such as two years, with its interval.

    now, before: rows of the table `marker` of the marker. nan where `before` is empty.
    """
    told = sample.read - sample.unsure
    sizes = (np.bincount(sample.stratum(part), minlength=len(sample.sizes)) for part in (now, before))
    later, earlier = sizes
    return ratio_of_totals(
        later,
        earlier,
        told,
        np.minimum(sample.hits, told),
        np.random.default_rng(seed),
        settings.interval_level,
    )


def by_month(rows: pl.DataFrame, sample: Sample, settings: Settings) -> pl.DataFrame:
    """Return `month, recorded, estimate, lower, upper`, one row a month from the first record to the last."""
    found = sample.shares(settings.interval_level)
    numbered = rows.select(
        month=pl.col("on").dt.truncate("1mo"),
        cue=pl.col("cues").is_not_null(),
        stratum=pl.Series(sample.stratum(rows)),
    )
    made: list[dict[str, Any]] = []
    for (month,), part in numbered.sort("month").group_by("month", maintain_order=True):
        sizes = np.bincount(part["stratum"].to_numpy(), minlength=len(sample.sizes)).astype(np.float64)
        value, lower, upper = total_of(sizes, found, settings.interval_level).floats()
        made.append(
            {
                "month": month,
                "recorded": int(part["cue"].sum()),
                "estimate": value,
                "lower": lower,
                "upper": upper,
            }
        )
    schema = {
        "month": pl.Date,
        "recorded": pl.Int64,
        "estimate": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
    }
    return pl.DataFrame(made, schema=schema)


def where_it_hides(
    rows: pl.DataFrame,
    records: pl.DataFrame,
    ref: str,
    places: Sequence[HidingPlace],
    verdicts: pl.DataFrame,
    cuts: Sequence[float] | None,
    settings: Settings,
) -> list[tuple[HidingPlace, MarkerCount]]:
    """Return the counts in each place of the definition where its codes do not show it.

    records: the marker's record with `ref` and the fields of the places.
    """
    found = []
    for place in places:
        inside = (
            pl.col(place.field).cast(pl.String).is_in(list(place.values))
            if place.values
            else pl.col(place.field).is_null()
        )
        refs = records.filter(inside).select(record_ref=ref)
        part = rows.join(refs, on="record_ref", how="semi")
        found.append((place, count_marker(rows, part, verdicts, cuts, settings)))
    return found
