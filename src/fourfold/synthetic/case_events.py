"""The log of what happened in the cases of one quarter, and the events of the suspects' side of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.crime_times import instants

Whole = NDArray[np.int64]
Instants = NDArray[np.datetime64]

END = np.datetime64("2021-12-31T23:59", "m")
"""Nothing after this moment had happened, or been written down, when the files were sent."""
LAST_DAY = END.astype("datetime64[D]")
NONE = -1
KEYED_LATE = 0.12
"""Share of events written down a day or more after they happened."""

EVENT_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "key": pl.Int64,
    "row": pl.Int64,
    "event_type": pl.String,
    "happened": pl.Datetime("ms"),
    "known": pl.Datetime("ms"),
    "recorded": pl.Datetime("ms"),
    "about": pl.Int64,
    "suspect": pl.Int64,
    "to_victim": pl.Boolean,
    "not_done": pl.Boolean,
    "operation": pl.String,
}


@dataclass
class EventLog:
    """Events as they are planted; `key` ties one to another until the event ids are given."""

    rng: np.random.Generator
    parts: list[dict[str, NDArray[np.generic]]] = field(default_factory=list)
    next_key: int = 0

    def add(
        self,
        event_type: str,
        rows: Whole,
        at: Instants,
        *,
        about: Whole | None = None,
        suspect: Whole | None = None,
        to_victim: bool = False,
        not_done: bool = False,
        operation: NDArray[np.object_] | None = None,
        known_days: float = 0.0,
    ) -> Whole:
        """Plant one event for each crime row; return its key, or -1 where it would lie after the end.

        rows, about, suspect: shape (n,), -1 where none. at: shape (n,), London clock time, minutes.
        known_days: mean days until the force learnt of it, 0 where it was there itself.
        """
        n = len(rows)
        kept = at <= END
        keys = np.where(kept, self.next_key + np.arange(n), NONE)
        self.next_key += n
        known = np.minimum(at + (self.rng.exponential(max(known_days, 1e-9), n) * 1440).astype(np.int64), END)
        late = np.where(self.rng.random(n) < KEYED_LATE, self.rng.integers(600, 7000, n), 0)
        recorded = np.minimum(known + self.rng.integers(0, 40, n) + late, END)
        none = np.full(n, NONE)
        columns: dict[str, NDArray[np.generic]] = {
            "key": keys,
            "row": rows,
            "event_type": np.full(n, event_type, dtype=object),
            "happened": at,
            "known": known,
            "recorded": recorded,
            "about": none if about is None else about,
            "suspect": none if suspect is None else suspect,
            "to_victim": np.full(n, to_victim),
            "not_done": np.full(n, not_done),
            "operation": np.full(n, None, dtype=object) if operation is None else operation,
        }
        self.parts.append({name: values[kept] for name, values in columns.items()})
        return keys

    def events(self) -> pl.DataFrame:
        """Return every event, in the order of crimes and of time."""
        whole: dict[str, list[object] | NDArray[np.generic]] = {}
        for name in EVENT_SCHEMA:
            values = np.concatenate([part[name] for part in self.parts])
            if values.dtype == object:
                whole[name] = values.tolist()
            else:
                whole[name] = values.astype("datetime64[ms]") if values.dtype.kind == "M" else values
        return pl.DataFrame(whole, schema=EVENT_SCHEMA).sort("row", "happened", "key")


def days(n: int, rng: np.random.Generator, mean: float, least: float = 0.0) -> Whole:
    """Return `n` spells in minutes, exponential with a mean and a least value in days."""
    return np.asarray((least + rng.exponential(mean, n)) * 1440, dtype=np.int64)


def in_hours(at: Instants, rng: np.random.Generator) -> Instants:
    """Return moments of contact moved into the hours from 8 to 21 of their day."""
    day = at.astype("datetime64[D]").astype("datetime64[m]")
    minute = (at - day).astype(np.int64)
    other = 480 + rng.integers(0, 780, len(at))
    return np.asarray(day + np.where((minute < 480) | (minute >= 1260), other, minute))


def finish(events: pl.DataFrame, crimes: pl.DataFrame, suspect_refs: pl.Series, quarter: int) -> pl.DataFrame:
    """Return the events with their ids, references and London clock times.

    crimes: crime_ref, victim_ref, officer_ref, unit, one row a crime in the order of `row`.
    """
    ids = pl.format("E{}{}", pl.lit(f"{quarter:02d}"), pl.int_range(pl.len()).cast(pl.String).str.zfill(8))
    named = events.with_columns(event_id=ids)
    tied = named.select(about="key", about_event_id="event_id")
    told = named.join(tied, on="about", how="left", maintain_order="left")
    about_people = pl.col("to_victim")
    return told.select(
        "key",
        "row",
        "event_id",
        "event_type",
        "about_event_id",
        "operation",
        crime_ref=crimes["crime_ref"].gather(told["row"]),
        victim_ref=pl.when(about_people).then(crimes["victim_ref"].gather(told["row"])),
        suspect_ref=pl.when(pl.col("suspect") >= 0).then(
            suspect_refs.gather(told["suspect"].clip(lower_bound=0)) if len(suspect_refs) else None
        ),
        happened_at=instants(told["happened"].to_numpy()),
        known_at=pl.when(pl.col("known") > pl.col("happened")).then(instants(told["known"].to_numpy())),
        recorded_at=instants(told["recorded"].to_numpy()),
        officer_ref=crimes["officer_ref"].gather(told["row"]),
        unit=crimes["unit"].gather(told["row"]),
        result=pl.when(pl.col("not_done"))
        .then(pl.lit("not_done"))
        .otherwise(pl.when(about_people).then(pl.lit("done"))),
    )


def only_words(words: NDArray[np.object_] | str, holds: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Return the words where it holds, None elsewhere."""
    found = np.full(len(holds), None, dtype=object)
    found[holds] = words if isinstance(words, str) else words[holds]
    return found


def first_by_crime(at: Instants, rows: Whole, n: int) -> Instants:
    """Return the first moment at each of `n` crimes, NaT where there is none."""
    found = np.full(n, np.datetime64("NaT", "m"))
    order = np.argsort(at, kind="stable")[::-1]
    found[rows[order]] = at[order]
    return found
