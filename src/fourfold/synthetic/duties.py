"""Duties to victims as planted: which fall, what was done, and the state that a right clock must find.

Limits are written out here and not read from policy: the truth must not follow a mistake made there.
Sources: Code of Practice for Victims of Crime (2020), rights 3, 4, 6, 7, 8 and 9; 2022 board paper, para 42.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.case_events import END, LAST_DAY, NONE, EventLog, Instants, Whole, in_hours
from fourfold.vocabulary.bank_holidays import bank_holidays

Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Limit:
    """One duty as a clock knows it: `rule` is its entry in policy; days None where no limit is stated."""

    duty: str
    rule: str
    days: int | None = None
    enhanced_days: int | None = None
    working: bool = False


ACKNOWLEDGE = Limit("acknowledgement", "R03-ACK")
ASSESS = Limit("needs assessed", "R04-NEEDS")
REFER = Limit("support referral", "R04-REFER", 2, 2, working=True)
OFFER_VPS = Limit("statement offered", "R07-VPS")
NAME_OFFICER = Limit("officer named", "WMP-2", 7, 7)
CONTACT_PLAN = Limit("contact plan", "WMP-3")
TELL_FILING = Limit("filing told", "WMP-1")
TELL_STEP_FORCE = Limit("told of arrest, charge or caution", "WMP-4", 5, 5)
TELL_ARREST = Limit("told of arrest", "R06-ARREST", 5, 1, working=True)
TELL_INTERVIEW = Limit("told of interview", "R06-IVUC", 5, 1, working=True)
TELL_RELEASE = Limit("told of release without charge", "R06-RWC", 5, 1, working=True)
TELL_BAIL = Limit("told of bail or release under investigation", "R06-BAIL", 5, 1, working=True)
TELL_CHARGE = Limit("told of charge or disposal", "R06-CHARGE", 5, 1, working=True)
TELL_NO_INQUIRY = Limit("told that nothing is investigated", "R06-NOINV", 5, 1, working=True)
ACKNOWLEDGE_REVIEW = Limit("review acknowledged", "R06-VRR-ACK", 10, 10, working=True)
COMPLETE_REVIEW = Limit("review completed", "R06-VRR-DONE", 30, 30, working=True)

STEPS: dict[str, tuple[Limit, ...]] = {
    "arrested": (TELL_ARREST, TELL_STEP_FORCE),
    "suspect_interviewed": (TELL_INTERVIEW,),
    "released_without_charge": (TELL_RELEASE,),
    "bailed": (TELL_BAIL,),
    "released_under_investigation": (TELL_BAIL,),
    "bail_changed": (TELL_BAIL,),
    "charged": (TELL_CHARGE, TELL_STEP_FORCE),
    "cautioned": (TELL_CHARGE, TELL_STEP_FORCE),
    "out_of_court": (TELL_CHARGE,),
    "not_charged": (TELL_CHARGE,),
    "not_investigated": (TELL_NO_INQUIRY,),
}
"""Which duties each step in a case starts."""


@dataclass(frozen=True)
class Care:
    """How well a duty is kept: shares in time, late and said not to be done; the rest is not recorded."""

    in_time: float
    late: float
    not_done: float
    typical_days: float = 1.0


@dataclass
class DutyBook:
    """Every duty that falls, with what was done about it. `row` is the crime's place in its quarter.

    vouched_to: shape (crimes,), the day up to which the contact log is vouched complete, NaT where it is
    not. enhanced: shape (crimes,), True where the victim is owed enhanced rights throughout.
    """

    log: EventLog
    rng: np.random.Generator
    vouched_to: Days
    enhanced: Bools
    parts: list[tuple[Limit, Whole, Whole, Days, NDArray[np.str_]]] = field(default_factory=list)

    def plant(
        self,
        event_type: str,
        care: Care,
        start: tuple[Whole, Whole, Instants],
        limits: tuple[Limit, ...],
        untied: float = 0.5,
    ) -> Instants:
        """Plant what satisfies a duty, in time, late or not at all; return when it was done (NaT where not).

        start: rows, keys and moments of the events that start the clock. untied: share of events that do
        not say which event they answer, where that is certain anyway.
        """
        rows, keys, at = (part[start[1] != NONE] for part in start)
        due = [self.due_on(limit, rows, at) for limit in limits]
        done, denied = self.draw(care, rows, at, due)
        tied = np.where(self.rng.random(len(rows)) < untied, NONE, keys)
        held, refused = ~np.isnat(done), ~np.isnat(denied)
        self.log.add(event_type, rows[held], done[held], about=tied[held], to_victim=True)
        self.log.add(
            event_type, rows[refused], denied[refused], about=keys[refused], to_victim=True, not_done=True
        )
        for limit, day in zip(limits, due, strict=True):
            self.book(limit, rows, keys, day, self.states(day, rows, done, denied))
        return done

    def due_on(self, limit: Limit, rows: Whole, at: Instants) -> Days:
        """Return the last day of each duty, NaT where no limit is stated; the start's own day is day 0."""
        day = at.astype("datetime64[D]")
        if limit.days is None or limit.enhanced_days is None:
            return np.full(len(rows), np.datetime64("NaT", "D"))
        count = np.where(self.enhanced[rows], limit.enhanced_days, limit.days)
        return working_days_after(day, count) if limit.working else np.asarray(day + count)

    def draw(self, care: Care, rows: Whole, at: Instants, due: list[Days]) -> tuple[Instants, Instants]:
        """Return when each duty was done and when it was written down as not done (NaT where not)."""
        n, nothing = len(rows), np.datetime64("NaT", "m")
        drawn = self.rng.random(n)
        first, last = np.fmin.reduce(due), np.fmax.reduce(due)
        no_limit = np.isnat(last)
        vouched = ~np.isnat(self.vouched_to[rows])
        soon = at + np.maximum((self.rng.exponential(care.typical_days, n) * 1440).astype(np.int64), 20)
        latest = np.where(no_limit, soon, first.astype("datetime64[m]") + 1200)
        in_time = np.maximum(at + 10, np.minimum(in_hours(np.minimum(soon, latest), self.rng), latest))
        late = (last + self.rng.integers(1, 15, n)).astype("datetime64[m]") + self.rng.integers(480, 1260, n)
        late = np.where(no_limit, in_time, late)
        denied = np.where(no_limit, at + self.rng.integers(1440, 20 * 1440, n), late)
        edges = np.cumsum([care.in_time, care.late, care.not_done])
        # Where the log is vouched complete and no limit is stated, silence would have no plain state.
        says_no = (drawn >= edges[1]) & (drawn < edges[2]) & ~vouched | (
            (drawn >= edges[1]) & vouched & no_limit
        )
        done = np.where(drawn < edges[0], in_time, np.where(drawn < edges[1], late, nothing))
        denied = np.where(says_no, denied, nothing)
        return tuple(np.asarray(np.where(moment <= END, moment, nothing)) for moment in (done, denied))  # type: ignore[return-value]

    def states(self, due: Days, rows: Whole, done: Instants, denied: Instants) -> NDArray[np.str_]:
        """Return in_time, late, missed, unrecorded or running, as it stands at the end of the extract."""
        done_on, vouched = done.astype("datetime64[D]"), self.vouched_to[rows]
        limit, is_done, is_denied = ~np.isnat(due), ~np.isnat(done), ~np.isnat(denied)
        in_time = is_done & (~limit | (done_on <= due))
        missed = ~is_done & (is_denied | (limit & (vouched > due)))
        running = ~is_done & ~missed & limit & (due >= LAST_DAY)
        return np.select(
            [in_time, is_done, missed, running], ["in_time", "late", "missed", "running"], "unrecorded"
        )

    def book(self, limit: Limit, rows: Whole, keys: Whole, due: Days, states: NDArray[np.str_]) -> None:
        self.parts.append((limit, rows, keys, due, states))

    def duties(self) -> pl.DataFrame:
        """Return every duty that fell: row, start (event key), duty, rule, due_on, state."""
        sizes = [len(rows) for _, rows, _, _, _ in self.parts]
        kind = np.repeat(np.arange(len(sizes)), sizes)
        rows, keys, due, states = (
            np.concatenate(column) for column in list(zip(*self.parts, strict=True))[1:]
        )
        limits = [part[0] for part in self.parts]
        return (
            pl.DataFrame({"row": rows, "start": keys, "due_on": due, "state": states})
            .select(
                "row",
                "start",
                pl.Series("duty", [limit.duty for limit in limits]).gather(kind),
                pl.Series("rule", [limit.rule for limit in limits]).gather(kind),
                "due_on",
                "state",
            )
            .sort("row", "start", "rule")
        )


@lru_cache(maxsize=1)
def closed_days() -> Days:
    """Return the bank holidays that any due date of the extract can meet."""
    return np.array([day for year in range(2017, 2024) for day in bank_holidays(year)], dtype="datetime64[D]")


def working_days_after(day: Days, count: NDArray[np.integer]) -> Days:
    """Return the day `count` working days on: the first working day after the start is day 1."""
    return np.asarray(
        np.busday_offset(day, count, roll="backward", holidays=closed_days()), dtype="datetime64[D]"
    )


def pick(start: tuple[Whole, Whole, Instants], mine: Bools) -> tuple[Whole, Whole, Instants]:
    """Return the starts of some crimes only."""
    rows, keys, at = start
    return rows[mine], keys[mine], at[mine]
