"""Rounds of review: records parted by score and drawn by lot, so that the true count can be worked out from any part."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from fourfold.classify.settings import Settings
from fourfold.classify.words import number_of
from fourfold.home import DataProblemError
from fourfold.statistics.interval import FloatArray
from fourfold.statistics.stratified_total import shares_of_a_round

ROUND = "marker_round"
"""Kind of the desk's decision that opens a round. Its subject is `marker`, its reference the marker's name."""


@dataclass(frozen=True)
class Round:
    """How the records of one round were parted and shared out. Stratum 0 holds the highest scores.

    cuts: falling scores; a record lies in the first stratum whose cut its score reaches, or in the last.
    sizes: unread records of each stratum when it was opened. shares: how many of each are read. records: what
    was drawn, reference and stratum, in the order in which it is read: that of the stratum most behind its
    share comes next, so that a reader may stop anywhere.
    """

    name: str
    marker: str
    definition: str
    model: str
    seed: int
    cuts: tuple[float, ...]
    sizes: tuple[int, ...]
    shares: tuple[int, ...]
    records: tuple[tuple[str, int], ...]

    def chance(self, stratum: int) -> float:
        """Return the chance with which a record of a stratum is drawn."""
        return self.shares[stratum] / self.sizes[stratum] if self.sizes[stratum] else 0.0

    def as_value(self) -> dict[str, Any]:
        """Return the value of the decision that opens the round."""
        return asdict(self)


def from_value(value: str) -> Round:
    """Return the round that a decision's value (JSON) tells."""
    told = json.loads(value)
    told["records"] = tuple((ref, stratum) for ref, stratum in told["records"])
    return Round(**(told | {name: tuple(told[name]) for name in ("cuts", "sizes", "shares")}))


def latest_round(decisions: pl.DataFrame, marker: str) -> Round | None:
    """Return the round of a marker that was opened last, None where there was none. decisions: desk_decision."""
    mine = decisions.filter((pl.col("kind") == ROUND) & (pl.col("subject_ref") == marker))
    return from_value(mine.sort("made_at", "decision_id")["value"][-1]) if mine.height else None


def open_round(rows: pl.DataFrame, read: pl.DataFrame, settings: Settings, name: str, seed: int) -> Round:
    """Return a round over the records of one marker that nobody has read yet.

    rows: rows of the table `marker`, all of one marker. read: `record_ref` of those that were read. Records
    are parted by their place in the order of scores (without a model: found by a cue or not). Raises
    DataProblemError where none is left to read.
    """
    unread = with_score(rows).join(read.select("record_ref"), on="record_ref", how="anti")
    if unread.is_empty():
        raise DataProblemError(
            "Every record in the scope of this marker has been read.", "Nothing is left to review."
        )
    score = np.sort(unread["score"].to_numpy())[::-1]
    expected = max(float(score.sum()), float(settings.least_expected))
    places = [round(expected * multiple) for multiple in settings.strata_at]
    cuts = sorted({float(score[place - 1]) for place in places if 0 < place < len(score)}, reverse=True)
    strata = stratum_of(unread["score"], cuts)
    sizes = np.bincount(strata, minlength=len(cuts) + 1)
    mean = np.bincount(strata, weights=unread["score"], minlength=len(sizes)) / np.maximum(sizes, 1)
    supposed = np.clip(mean, settings.least_share_supposed, 0.95)
    shares = shares_of_a_round(sizes, supposed, settings.round_size, settings.least_a_stratum)
    first = rows.row(0, named=True)
    first = rows.row(0, named=True)
    return Round(
        name=name,
        marker=first["marker"],
        definition=first["definition"],
        model=first["model"] or "",
        seed=seed,
        cuts=tuple(cuts),
        sizes=tuple(map(int, sizes)),
        shares=tuple(map(int, shares)),
        records=drawn(unread["record_ref"], strata, shares, seed),
    )


def drawn(
    refs: pl.Series, strata: np.ndarray[Any, np.dtype[np.int64]], shares: FloatArray, seed: int
) -> tuple[tuple[str, int], ...]:
    """Return reference and stratum of what is drawn by lot in each stratum, in the order of reading."""
    lots = pl.DataFrame({"ref": refs, "stratum": strata, "lot": [place_in_lot(ref, seed) for ref in refs]})
    ordered = lots.sort("stratum", "lot", "ref").with_columns(place=pl.int_range(pl.len()).over("stratum"))
    share = pl.Series(shares).gather(ordered["stratum"])
    kept = ordered.with_columns(share=share).filter(pl.col("place") < pl.col("share"))
    return tuple(
        kept.sort((pl.col("place") + 0.5) / pl.col("share"), "stratum").select("ref", "stratum").iter_rows()
    )


def with_score(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `score`: the probability, or without a model a half for a record that a cue found."""
    by_cue = pl.when(pl.col("cues").is_not_null()).then(0.5).otherwise(0.0)
    return rows.with_columns(score=pl.coalesce("probability", by_cue))


def stratum_of(
    score: pl.Series, cuts: list[float] | tuple[float, ...]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the stratum of each score, for falling cuts."""
    found = np.zeros(len(score), dtype=np.int64)
    for cut in cuts:
        found += (score.to_numpy() < cut).astype(np.int64)
    return found


def place_in_lot(ref: str, seed: int) -> float:
    """Return the number from 0 to 1 that orders a record in its stratum: the same whenever it is asked for."""
    return number_of(f"{seed}/{ref}") / 2**64


def next_record(lot: Round, found: pl.DataFrame, reader: str, second_share: float) -> dict[str, Any] | None:
    """Return what a reader reads next (`record_ref, stratum, probability`), None where nothing is left for them.

    found: standing readings of the marker. A reader is given what nobody has read, and then what one other
    person read, as far as it is among those that two read.
    """
    readers: dict[str, set[str]] = {}
    for ref, who in found.filter(~pl.col("settles")).select("record_ref", "reader").iter_rows():
        readers.setdefault(ref, set()).add(who)
    unread = [one for one in lot.records if one[0] not in readers]
    again = [
        one
        for one in lot.records
        if len(readers.get(one[0], ())) == 1
        and reader not in readers[one[0]]
        and is_read_twice(one[0], lot.seed, second_share)
    ]
    for ref, stratum in (*unread, *again):
        return {"record_ref": ref, "stratum": stratum, "probability": lot.chance(stratum)}
    return None


def is_read_twice(ref: str, seed: int, share: float) -> bool:
    """Say whether a record is among those that a second person reads."""
    return place_in_lot(ref, seed + 1) < share
