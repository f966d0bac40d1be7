"""The suspects' way through a case: arrest, bail, decision, court, and what the victim hears of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic import duties
from fourfold.synthetic.cantil import OPERATION
from fourfold.synthetic.case_events import END, NONE, EventLog, Instants, Whole, days, only_words
from fourfold.synthetic.crime_levels import BURGLARY_OR_CAR_THEFT, ROBBERY
from fourfold.synthetic.duties import Care, DutyBook, pick

Bools = NDArray[np.bool_]

MAXIMISE_FROM = np.datetime64("2021-09-15", "m")
"""When the made-up force begins its own drive on wanted suspects."""
RELEASES = {
    "bail": "bailed",
    "rui": "released_under_investigation",
    "free": "released_without_charge",
}
"""Ways out of custody and their events."""
DECISIONS = {
    "charge": "charged",
    "caution": "cautioned",
    "resolve": "out_of_court",
    "drop": "not_charged",
}
"""Decisions on a suspect and their events."""
ENDINGS = {
    "charge": "charged",
    "caution": "cautioned",
    "resolve": "resolved",
    "drop": "dropped",
    "court": "concluded",
}
"""Ways in which a suspect's case ends, and the word for them in a crime's course."""


@dataclass
class Steps:
    """Plants the steps of suspects' cases and remembers which of them the victim is to be told of.

    row: shape (suspects,), the crime of each. starts: rows, keys and moments by event type.
    """

    log: EventLog
    row: Whole
    starts: dict[str, list[tuple[Whole, Whole, Instants]]] = field(default_factory=dict)

    def add(
        self,
        event_type: str,
        who: Whole,
        at: Instants,
        operation: NDArray[np.object_] | None = None,
        known_days: float = 0.05,
    ) -> Whole:
        """Plant one step for each of some suspects (places in the quarter's list); return the keys."""
        rows = self.row[who]
        keys = self.log.add(event_type, rows, at, suspect=who, operation=operation, known_days=known_days)
        if event_type in duties.STEPS:
            self.starts.setdefault(event_type, []).append((rows, keys, at))
        return keys


def suspects_way(
    suspects: pl.DataFrame, found: dict[str, Instants], crimes: pl.DataFrame, book: DutyBook, owed: Bools
) -> dict[str, tuple[Whole, Instants]]:
    """Plant arrests, interviews, bail, charge and court, and what the victim was told of each.

    Returns the crime rows (or, under "bail", the suspects) and moments of each kind of ending.
    """
    rng = book.rng
    steps = Steps(book.log, suspects["row"].to_numpy())
    identified, arrested, interviewed = (found[name] for name in ("identified", "arrested", "interviewed"))
    steps.add("suspect_identified", np.flatnonzero(~np.isnat(identified)), identified[~np.isnat(identified)])
    held, seen = np.flatnonzero(~np.isnat(arrested)), np.flatnonzero(~np.isnat(interviewed))
    steps.add("arrested", held, arrested[held], operations(suspects, crimes, identified, arrested)[held])
    steps.add("suspect_interviewed", seen, interviewed[seen])
    parades(suspects, crimes, identified, book.log, rng)
    ends = after_interview(held, seen, arrested, interviewed, rng)
    for name, event_type in RELEASES.items():
        steps.add(event_type, *ends[name])
    on_bail, bailed_at = ends["bail"]
    changed = rng.random(len(on_bail)) < 0.10
    later = bailed_at[changed] + days(int(changed.sum()), rng, 20.0, 3.0)
    steps.add("bail_changed", on_bail[changed], later)
    decisions(ends, steps, rng)
    tell_victims(steps, book, owed)
    by_crime = {f"{said}_at": (steps.row[ends[name][0]], ends[name][1]) for name, said in ENDINGS.items()}
    return by_crime | {"bail": ends["bail"]}


def tell_victims(steps: Steps, book: DutyBook, owed: Bools) -> None:
    """Plant what victims were told of each step, tied to it, and the reviews that some then asked for."""
    for event_type, parts in steps.starts.items():
        rows, keys, at = (np.concatenate(part) for part in zip(*parts, strict=True))
        start = pick((rows, keys, at), owed[rows])
        care = Care(0.50, 0.12, 0.05, 0.6)
        done = book.plant("victim_updated", care, start, duties.STEPS[event_type], untied=0.0)
        if event_type == "not_charged":
            reviews(book, start, done)


def operations(
    suspects: pl.DataFrame, crimes: pl.DataFrame, identified: Instants, arrested: Instants
) -> NDArray[np.object_]:
    """Return each arrest's operation: Cantil, or Maximise for those long wanted for burglary or robbery."""
    code = crimes["ho_code"].gather(suspects["row"])
    serious = code.is_in([*BURGLARY_OR_CAR_THEFT, *ROBBERY]).to_numpy()
    long_wanted = (arrested - identified).astype(np.int64) > 20 * 1440
    maximise = serious & long_wanted & (arrested >= MAXIMISE_FROM)
    named = only_words("Maximise", maximise)
    return np.asarray(np.where(suspects["cantil"].to_numpy(), OPERATION, named), dtype=object)


def after_interview(
    held: Whole, seen: Whole, arrested: Instants, interviewed: Instants, rng: np.random.Generator
) -> dict[str, tuple[Whole, Instants]]:
    """Return suspects and moments of each way on from custody or interview, and of what is decided."""
    drawn = rng.random(len(held))
    release = arrested[held] + rng.integers(1100, 1430, len(held))
    cut = np.searchsorted([0.24, 0.47, 0.76, 0.93], drawn, side="right")
    now = {
        name: (held[cut == k], release[cut == k])
        for k, name in enumerate(("charge now", "bail", "rui", "free", "caution now"))
    }
    waiting = np.concatenate([now["bail"][0], now["rui"][0], np.setdiff1d(seen, held)])
    since = np.concatenate([now["bail"][1], now["rui"][1], interviewed[np.setdiff1d(seen, held)]])
    decided = since + days(len(waiting), rng, 65.0, 6.0)
    later = rng.choice(5, size=len(waiting), p=[0.22, 0.05, 0.16, 0.42, 0.15])
    due = (decided <= END) & (later < 4)
    ends = {name: now[name] for name in ("bail", "rui", "free")}
    for k, name in enumerate(("charge", "caution", "resolve", "drop")):
        mine = due & (later == k)
        early = now.get(f"{name} now", (np.zeros(0, dtype=np.int64), np.zeros(0, dtype="datetime64[m]")))
        ends[name] = (np.concatenate([early[0], waiting[mine]]), np.concatenate([early[1], decided[mine]]))
        ends[f"{name} later"] = (waiting[mine], decided[mine])
    charged, at = ends["charge"]
    over = at + days(len(charged), rng, 110.0, 25.0)
    ends["court"] = (charged[over <= END], over[over <= END])
    return ends


def decisions(ends: dict[str, tuple[Whole, Instants]], steps: Steps, rng: np.random.Generator) -> None:
    """Plant charging advice, the decisions, and the way through court."""
    log, row = steps.log, steps.row
    asked = [np.concatenate(part) for part in zip(ends["charge later"], ends["drop later"], strict=True)]
    mine = rng.random(len(asked[0])) < 0.45
    who, at = asked[0][mine], asked[1][mine]
    waited = days(len(who), rng, 14.0, 1.0)
    submitted = np.minimum(at - 60, at - waited)
    keys = steps.add("pcd_submitted", who, submitted)
    slow = (waited > 28 * 1440) & (rng.random(len(who)) < 0.5)
    escalated = submitted[slow] + 28 * 1440
    log.add("pcd_escalated", row[who[slow]], escalated, suspect=who[slow], about=keys[slow])
    log.add("pcd_returned", row[who], at - 30, suspect=who, about=keys)
    for name, event_type in DECISIONS.items():
        steps.add(event_type, *ends[name])
    charged, at = ends["charge"]
    listed = steps.add("hearing_listed", charged, at + rng.integers(60, 2880, len(charged)), known_days=1.0)
    first = at + days(len(charged), rng, 12.0, 10.0)
    log.add("hearing_held", row[charged], first, suspect=charged, about=listed, known_days=1.0)
    steps.add("case_concluded", *ends["court"], known_days=1.0)


def parades(
    suspects: pl.DataFrame,
    crimes: pl.DataFrame,
    identified: Instants,
    log: EventLog,
    rng: np.random.Generator,
) -> None:
    """Plant identification parades in robberies; the wait for them shortens over the years."""
    code = crimes["ho_code"].gather(suspects["row"])
    mine = np.flatnonzero(
        code.is_in(ROBBERY).to_numpy() & (rng.random(suspects.height) < 0.45) & ~np.isnat(identified)
    )
    year = identified[mine].astype("datetime64[Y]").astype(int) + 1970
    asked = (
        identified[mine]
        + (rng.exponential(1.0, len(mine)) * np.interp(year, [2017, 2021], [13.0, 7.0]) * 1440).astype(
            np.int64
        )
        + 60
    )
    keys = log.add("id_parade_requested", suspects["row"].to_numpy()[mine], asked, suspect=mine)
    held = (keys != NONE) & (rng.random(len(mine)) < 0.8)
    log.add(
        "id_parade_held",
        suspects["row"].to_numpy()[mine][held],
        asked[held] + days(int(held.sum()), rng, 8.0, 3.0),
        suspect=mine[held],
        about=keys[held],
    )


def reviews(book: DutyBook, told: tuple[Whole, Whole, Instants], done: Instants) -> None:
    """Plant requests to review a decision not to charge, from some of the victims who were told of it."""
    rows, _, _ = (part[told[1] != NONE] for part in told)
    asks = ~np.isnat(done) & (book.rng.random(len(rows)) < 0.06)
    at = done[asks] + days(int(asks.sum()), book.rng, 20.0, 1.0)
    keys = book.log.add("review_requested", rows[asks], at, to_victim=True)
    start = (rows[asks], keys, at)
    book.plant(
        "review_acknowledged", Care(0.75, 0.12, 0.02, 4.0), start, (duties.ACKNOWLEDGE_REVIEW,), untied=0.0
    )
    book.plant("review_completed", Care(0.60, 0.22, 0.03, 18.0), start, (duties.COMPLETE_REVIEW,), untied=0.0)
