"""How many records carry a marker: as recorded, as confirmed, and the true number with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.classify.rounds import stratum_of, with_score
from fourfold.classify.settings import Settings
from fourfold.statistics.interval import FloatArray, Interval
from fourfold.statistics.stratified_total import Shares, shares, total_of

STEADY = (
    "Within a stratum of score, the share with the marker is taken to be the same in every part and period."
)
UNREAD = "Nobody has read a sample of this marker, so the true number is not known."
DARK = "Of some strata nobody has read anything yet; the interval holds all that may lie in them."
NO_SCORE = "No model is trained yet; records are parted by whether a cue found them."


@dataclass(frozen=True)
class MarkerCount:
    """The three counts of one marker in one part of its scope.

    recorded: found by a cue. confirmed, rejected, disputed, cannot_tell: by readers. estimate: the true number
    with its interval; None where nobody read a sample. read: records drawn by lot and read, of the whole scope.
    """

    marker: str
    definition: str
    model: str
    in_scope: int
    without_text: int
    recorded: int
    confirmed: int
    rejected: int
    disputed: int
    cannot_tell: int
    read: int
    estimate: Interval | None
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """The strata of a marker's scope and what was read of each: arrays over strata, the highest scores first.

    read, hits: effective numbers by the chances with which records were drawn. unsure: read, and nobody could tell.
    """

    cuts: tuple[float, ...]
    sizes: FloatArray
    read: FloatArray
    hits: FloatArray
    unsure: FloatArray

    def stratum(self, rows: pl.DataFrame) -> NDArray[np.int64]:
        return stratum_of(with_score(rows)["score"], self.cuts)

    def shares(self, level: float) -> Shares:
        """Return the share of hits in each stratum; what nobody could tell is no in the lower limit and yes in the upper."""
        told = self.read - self.unsure
        middle = shares(self.sizes, told, np.minimum(self.hits, told), level)
        if not self.unsure.any():
            return middle
        low = shares(self.sizes, self.read, self.hits, level)
        high = shares(self.sizes, self.read, self.hits + self.unsure, level)
        return Shares(
            middle.value,
            np.minimum(low.lower, middle.value),
            np.maximum(high.upper, middle.value),
            middle.is_dark,
        )


def sample_of(rows: pl.DataFrame, verdicts: pl.DataFrame, cuts: Sequence[float]) -> Sample:
    """Return what was read by lot, stratum by stratum of the present scores.

    rows: rows of the table `marker`, all of one marker. verdicts: as `readings.verdicts`, of the same marker;
    those that somebody chose, without a chance, are left out. cuts: falling scores, of the last round.
    """
    stratum = stratum_of(with_score(rows)["score"], tuple(cuts))
    strata = len(cuts) + 1
    by_lot = verdicts.filter(pl.col("probability").is_not_null() & (pl.col("state") != "disputed"))
    known = rows.select("record_ref", stratum=pl.Series(stratum)).join(
        by_lot.select("record_ref", "probability", "is_marked"), on="record_ref"
    )
    place, weight = known["stratum"].to_numpy(), 1.0 / known["probability"].to_numpy()
    is_hit = known["is_marked"].fill_null(False).to_numpy().astype(float)
    is_unsure = known["is_marked"].is_null().to_numpy().astype(float)

    def summed(values: FloatArray) -> FloatArray:
        return np.bincount(place, weights=values, minlength=strata).astype(np.float64)

    total, squares = summed(weight), summed(weight**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        effective = np.where(squares > 0, total**2 / squares, 0.0)
        hits = np.where(total > 0, summed(weight * is_hit) / total, 0.0) * effective
        unsure = np.where(total > 0, summed(weight * is_unsure) / total, 0.0) * effective
    sizes = np.bincount(stratum, minlength=strata).astype(np.float64)
    return Sample(tuple(cuts), sizes, np.minimum(effective, sizes), hits, unsure)


def count_marker(
    rows: pl.DataFrame,
    part: pl.DataFrame,
    verdicts: pl.DataFrame,
    cuts: Sequence[float] | None,
    settings: Settings,
) -> MarkerCount:
    """Return the counts of one marker in a part of its scope.

    rows: rows of the table `marker` of the marker, its whole scope. part: those of them that are asked for.
    verdicts: of the marker. cuts: of the last round; None where no round was opened.
    """
    said = part.select("record_ref").join(verdicts, on="record_ref")["state"].value_counts()
    states = dict(said.iter_rows())
    sample = sample_of(rows, verdicts, cuts) if cuts is not None else None
    estimate, caveats = estimated(rows, part, sample, settings)
    first = rows.row(0, named=True) if rows.height else {}
    return MarkerCount(
        marker=first.get("marker", ""),
        definition=first.get("definition", ""),
        model=first.get("model") or "",
        in_scope=part.height,
        without_text=int((~part["has_text"]).sum()),
        recorded=int(part["cues"].is_not_null().sum()),
        confirmed=states.get("confirmed", 0),
        rejected=states.get("rejected", 0),
        disputed=states.get("disputed", 0),
        cannot_tell=states.get("cannot_tell", 0),
        read=verdicts.filter(pl.col("probability").is_not_null()).height,
        estimate=estimate,
        caveats=caveats,
    )


def estimated(
    rows: pl.DataFrame, part: pl.DataFrame, sample: Sample | None, settings: Settings
) -> tuple[Interval | None, tuple[str, ...]]:
    """Return the true number in a part with its interval, and what a reader must know of it."""
    if sample is None or not sample.read.any():
        return None, (UNREAD,)
    found = sample.shares(settings.interval_level)
    sizes = np.bincount(sample.stratum(part), minlength=len(sample.sizes)).astype(np.float64)
    is_whole = part.height == rows.height
    total = total_of(sizes, found, None if is_whole else settings.interval_level)
    caveats = [] if is_whole else [STEADY]
    caveats += [DARK] if np.any((sample.read == 0) & (sample.sizes > 0)) else []
    caveats += [NO_SCORE] if rows["probability"].null_count() == rows.height else []
    return total, tuple(caveats)
