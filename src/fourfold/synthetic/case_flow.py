"""The course of every case of a quarter: contact with the victim, the suspects' way, filing, reviews."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic import duties
from fourfold.synthetic.cantil import OPERATION
from fourfold.synthetic.case_events import END, NONE, EventLog, Instants, Whole, days
from fourfold.synthetic.crime_levels import BURGLARY_OR_CAR_THEFT, HIGH_HARM, ROBBERY
from fourfold.synthetic.crime_volumes import Quarter
from fourfold.synthetic.duties import Care, DutyBook
from fourfold.synthetic.suspects import paths

Bools = NDArray[np.bool_]

VOUCHED = 0.05
ENHANCED_SHARE = 0.045
NEEDS_SUPPORT = {"home": 0.12, "doorstep": 0.5, "assault": 0.14, "threat": 0.16, "street robbery": 0.18}
GROUNDS = ("Domestic abuse", "Hate crime", "Persistently targeted", "Vulnerable: mental disorder", "Vulnerable: physical disability", "Intimidated")
FILED = 0.78
FILING_LOGGED = 0.55
"""Share of filed cases whose log says so; for the others only the outcome does."""
MAXIMISE_FROM = np.datetime64("2021-09-15", "m")


@dataclass(frozen=True)
class Course:
    """What became of the cases of one quarter.

    found: moments by suspect (identified, arrested, interviewed, removed). bail: words by suspect, None
    where none. charged_at, cautioned_at, resolved_at, dropped_at, concluded_at: the first such by crime,
    NaT where none; filed_at likewise. ground: of enhanced rights, by crime.
    """

    found: dict[str, NDArray[np.generic]]
    bail: NDArray[np.object_]
    charged_at: Instants
    cautioned_at: Instants
    resolved_at: Instants
    dropped_at: Instants
    concluded_at: Instants
    filed_at: Instants
    ground: NDArray[np.object_]


def vouch(quarter: Quarter, n: int, victims: Bools, rng: np.random.Generator) -> NDArray[np.datetime64]:
    """Return the day up to which each contact log is vouched complete: the next quarter's audit, or never."""
    audit = np.datetime64(quarter.last_on) + rng.integers(40, 100, n)
    chosen = victims & (rng.random(n) < VOUCHED) & (audit < duties.LAST)
    return np.asarray(np.where(chosen, audit, np.datetime64("NaT", "D")))


def run_cases(crimes: pl.DataFrame, suspects: pl.DataFrame, quarter: Quarter, log: EventLog, rng: np.random.Generator) -> tuple[Course, DutyBook]:
    """Plant every event of a quarter's cases in `log`, and book every duty that falls.

    crimes: ho_code, kind, trigger, cancelled, has_victim, crime_recorded_at. suspects: row, cantil.
    """
    n = crimes.height
    owed = (crimes["has_victim"] & ~crimes["cancelled"]).to_numpy()
    enhanced = owed & (rng.random(n) < ENHANCED_SHARE)
    book = DutyBook(log, rng, vouch(quarter, n, owed, rng), enhanced)
    recorded = crimes["crime_recorded_at"].to_numpy().astype("datetime64[m]")
    keys = log.add("crime_recorded", np.arange(n), recorded)
    first_contact(crimes, book, (np.flatnonzero(owed), keys[owed], recorded[owed]))
    found = paths(suspects, crimes, rng)
    way = suspects_way(suspects, found, crimes, book, owed)
    suspected = np.zeros(n, dtype=bool)
    suspected[suspects["row"].to_numpy()] = True
    filed = file_cases(crimes, book, owed, suspected, way, recorded)
    audited = np.flatnonzero(~np.isnat(book.vouched_to))
    log.add("log_complete_to", audited, book.vouched_to[audited].astype("datetime64[m]") + 1020)
    ground = np.where(enhanced, np.array(GROUNDS, dtype=object)[rng.integers(0, len(GROUNDS), n)], None)
    by_crime = {name: first_by_crime(at, rows, n) for name, (rows, at) in way.items() if name != "bail"}
    return Course(found=found, bail=bail_words(suspects.height, way), filed_at=filed, ground=ground, **by_crime), book


def first_contact(crimes: pl.DataFrame, book: DutyBook, start: tuple[Whole, Whole, Instants]) -> None:
    """Plant what is owed to every victim from the day the crime is recorded."""
    rows, keys, at = start
    rng, log = book.rng, book.log
    code = crimes["ho_code"].to_numpy().astype(str)[rows]
    kind = crimes["kind"].to_numpy().astype(str)[rows]
    worker = np.char.startswith(kind, "shop worker")
    book.plant("acknowledgement_sent", Care(0.21, 0.0, 0.01, 1.0), start, (duties.ACKNOWLEDGE,))
    high_harm = np.isin(code, HIGH_HARM)
    for mine, care in ((high_harm, Care(0.66, 0.10, 0.04, 2.0)), (~high_harm, Care(0.16, 0.04, 0.01, 3.0))):
        book.plant("officer_named", care, pick(start, mine), (duties.NAME_OFFICER,))
    book.plant("contact_plan_agreed", Care(0.55, 0.0, 0.05, 3.0), pick(start, high_harm), (duties.CONTACT_PLAN,))
    violent = np.isin(kind, ("assault", "threat", "officer assault", "street robbery", "home", "doorstep")) | worker
    book.plant("vps_offered", Care(0.20, 0.0, 0.02, 6.0), pick(start, violent & ~worker), (duties.OFFER_VPS,))
    book.plant("vps_offered", Care(0.70, 0.0, 0.05, 4.0), pick(start, worker), (duties.OFFER_VPS,))
    enhanced = book.enhanced[rows]
    assessed_at = at + 15
    assessed = enhanced | (rng.random(len(rows)) < 0.05)
    assessed_keys = log.add("needs_assessed", rows[assessed], assessed_at[assessed], to_victim=True)
    log.add("enhanced_found", rows[enhanced], assessed_at[enhanced], about=assessed_keys[enhanced[assessed]], to_victim=True)
    share = np.array([NEEDS_SUPPORT.get(name, 0.02) for name in kind])
    need = assessed | (rng.random(len(rows)) < share)
    need &= rng.random(len(rows)) < 0.55
    log.add("support_need_found", rows[need], at[need] + 20, to_victim=True)
    book.plant("support_referred", Care(0.62, 0.12, 0.05, 0.7), pick(start, need), (duties.REFER,))
    declined = ~need & (rng.random(len(rows)) < 0.03)
    log.add("support_declined", rows[declined], at[declined] + days(int(declined.sum()), rng, 1.0), to_victim=True)


def pick(start: tuple[Whole, Whole, Instants], mine: Bools) -> tuple[Whole, Whole, Instants]:
    """Return the starts of some crimes only."""
    rows, keys, at = start
    return rows[mine], keys[mine], at[mine]


def suspects_way(
    suspects: pl.DataFrame, found: dict[str, NDArray[np.generic]], crimes: pl.DataFrame, book: DutyBook, owed: Bools
) -> dict[str, tuple[Whole, Instants]]:
    """Plant arrests, interviews, bail, charge and court, and what the victim was told of each.

    Returns the crime rows (or, under "bail", the suspects) and moments of each kind of ending.
    """
    rng, log = book.rng, book.log
    row, who = suspects["row"].to_numpy(), np.arange(suspects.height)
    starts: dict[str, list[tuple[Whole, Whole, Instants]]] = {}

    def step(event_type: str, mine: Whole, at: Instants, operation: NDArray[np.object_] | None = None, told: bool = True) -> Whole:
        keys = log.add(event_type, row[mine], at, suspect=who[mine], operation=operation, known_days=0.05 if told else 1.0)
        if event_type in duties.STEPS:
            starts.setdefault(event_type, []).append((row[mine], keys, at))
        return keys

    identified, arrested, interviewed = (found[name] for name in ("identified", "arrested", "interviewed"))
    step("suspect_identified", np.flatnonzero(~np.isnat(identified)), identified[~np.isnat(identified)])
    held = np.flatnonzero(~np.isnat(arrested))
    step("arrested", held, arrested[held], operations(suspects, crimes, identified, arrested)[held])
    seen = np.flatnonzero(~np.isnat(interviewed))
    step("suspect_interviewed", seen, interviewed[seen])
    parades(suspects, crimes, identified, log, rng)
    ends = after_interview(held, seen, arrested, interviewed, rng)
    for name, event_type in (("bail", "bailed"), ("rui", "released_under_investigation"), ("free", "released_without_charge")):
        mine, at = ends[name]
        step(event_type, mine, at)
    on_bail, bailed_at = ends["bail"]
    changed = rng.random(len(on_bail)) < 0.10
    step("bail_changed", on_bail[changed], bailed_at[changed] + days(int(changed.sum()), rng, 20.0, 3.0))
    decisions(ends, step, log, row, rng)
    for event_type, parts in starts.items():
        rows, keys, at = (np.concatenate(part) for part in zip(*parts, strict=True))
        told = pick((rows, keys, at), owed[rows])
        done = book.plant("victim_updated", Care(0.50, 0.12, 0.05, 0.6), told, duties.STEPS[event_type], untied=0.0)
        if event_type == "not_charged":
            reviews(book, told, done)
    return {
        "charged_at": (row[ends["charge"][0]], ends["charge"][1]),
        "cautioned_at": (row[ends["caution"][0]], ends["caution"][1]),
        "resolved_at": (row[ends["resolve"][0]], ends["resolve"][1]),
        "dropped_at": (row[ends["drop"][0]], ends["drop"][1]),
        "concluded_at": (row[ends["court"][0]], ends["court"][1]),
        "bail": ends["bail"],
    }


def operations(suspects: pl.DataFrame, crimes: pl.DataFrame, identified: Instants, arrested: Instants) -> NDArray[np.object_]:
    """Return the operation of each arrest: Cantil, or Maximise for those long wanted for burglary and robbery."""
    code = crimes["ho_code"].gather(suspects["row"])
    serious = code.is_in([*BURGLARY_OR_CAR_THEFT, *ROBBERY]).to_numpy()
    long_wanted = (arrested - identified).astype(np.int64) > 20 * 1440
    maximise = serious & long_wanted & (arrested >= MAXIMISE_FROM)
    named = np.where(maximise, "Maximise", None)
    return np.asarray(np.where(suspects["cantil"].to_numpy(), OPERATION, named), dtype=object)


def after_interview(held: Whole, seen: Whole, arrested: Instants, interviewed: Instants, rng: np.random.Generator) -> dict[str, tuple[Whole, Instants]]:
    """Return suspects and moments of each way on from custody or interview, and of the decisions that follow."""
    drawn = rng.random(len(held))
    release = arrested[held] + rng.integers(1100, 1430, len(held))
    cut = np.searchsorted([0.24, 0.47, 0.76, 0.93], drawn, side="right")
    now = {name: (held[cut == k], release[cut == k]) for k, name in enumerate(("charge now", "bail", "rui", "free", "caution now"))}
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


def decisions(ends: dict[str, tuple[Whole, Instants]], step: object, log: EventLog, row: Whole, rng: np.random.Generator) -> None:
    """Plant charging advice, the decisions, and the way through court."""
    assert callable(step)
    asked = [np.concatenate(part) for part in zip(ends["charge later"], ends["drop later"], strict=True)]
    mine = rng.random(len(asked[0])) < 0.45
    who, at = asked[0][mine], asked[1][mine]
    waited = days(len(who), rng, 14.0, 1.0)
    submitted = np.minimum(at - 60, at - waited)
    keys = step("pcd_submitted", who, submitted)
    slow = (waited > 28 * 1440) & (rng.random(len(who)) < 0.5)
    log.add("pcd_escalated", row[who[slow]], submitted[slow] + 28 * 1440, suspect=who[slow], about=keys[slow])
    log.add("pcd_returned", row[who], at - 30, suspect=who, about=keys)
    for name, event_type in (("charge", "charged"), ("caution", "cautioned"), ("resolve", "out_of_court"), ("drop", "not_charged")):
        step(event_type, *ends[name])
    charged, at = ends["charge"]
    listed = step("hearing_listed", charged, at + rng.integers(60, 2880, len(charged)), told=False)
    log.add("hearing_held", row[charged], at + days(len(charged), rng, 12.0, 10.0), suspect=charged, about=listed, known_days=1.0)
    step("case_concluded", *ends["court"], told=False)


def parades(suspects: pl.DataFrame, crimes: pl.DataFrame, identified: Instants, log: EventLog, rng: np.random.Generator) -> None:
    """Plant identification parades in robberies; the wait for them shortens over the years."""
    code = crimes["ho_code"].gather(suspects["row"])
    mine = np.flatnonzero(code.is_in(ROBBERY).to_numpy() & (rng.random(suspects.height) < 0.45) & ~np.isnat(identified))
    year = identified[mine].astype("datetime64[Y]").astype(int) + 1970
    asked = identified[mine] + (rng.exponential(1.0, len(mine)) * np.interp(year, [2017, 2021], [13.0, 7.0]) * 1440).astype(np.int64) + 60
    keys = log.add("id_parade_requested", suspects["row"].to_numpy()[mine], asked, suspect=mine)
    held = (keys != NONE) & (rng.random(len(mine)) < 0.8)
    log.add("id_parade_held", suspects["row"].to_numpy()[mine][held], asked[held] + days(int(held.sum()), rng, 8.0, 3.0), suspect=mine[held], about=keys[held])


def reviews(book: DutyBook, told: tuple[Whole, Whole, Instants], done: Instants) -> None:
    """Plant requests to review a decision not to charge, from some of the victims who were told of it."""
    rows, _, _ = (part[told[1] != NONE] for part in told)
    asks = ~np.isnat(done) & (book.rng.random(len(rows)) < 0.06)
    at = done[asks] + days(int(asks.sum()), book.rng, 20.0, 1.0)
    keys = book.log.add("review_requested", rows[asks], at, to_victim=True)
    start = (rows[asks], keys, at)
    book.plant("review_acknowledged", Care(0.75, 0.12, 0.02, 4.0), start, (duties.ACKNOWLEDGE_REVIEW,), untied=0.0)
    book.plant("review_completed", Care(0.60, 0.22, 0.03, 18.0), start, (duties.COMPLETE_REVIEW,), untied=0.0)


def file_cases(
    crimes: pl.DataFrame, book: DutyBook, owed: Bools, suspected: Bools, way: dict[str, tuple[Whole, Instants]], recorded: Instants
) -> Instants:
    """Plant decisions not to investigate, filings and what the victim was told; return when filed (NaT)."""
    n, rng, log = crimes.height, book.rng, book.log
    ended = np.zeros(n, dtype=bool)
    for name in ("charged_at", "cautioned_at", "resolved_at"):
        ended[way[name][0]] = True
    code = crimes["ho_code"].to_numpy().astype(str)
    none = owed & np.isin(code, ("44", "45", "49", "46", "126")) & (rng.random(n) < 0.07) & ~suspected
    at = recorded + days(n, rng, 0.6, 0.1)
    rows = np.flatnonzero(none)
    keys = log.add("not_investigated", rows, at[rows])
    book.plant("victim_updated", Care(0.55, 0.10, 0.04, 1.0), (rows, keys, at[rows]), (duties.TELL_NO_INQUIRY,), untied=0.3)
    dropped = first_by_crime(way["dropped_at"][1], way["dropped_at"][0], n)
    closes = np.where(np.isnat(dropped), recorded + days(n, rng, 22.0, 0.3), dropped + days(n, rng, 6.0, 0.5))
    closes = np.where(none, at + days(n, rng, 2.0, 0.1), closes)
    filed = ~ended & ~crimes["cancelled"].to_numpy() & (closes <= END) & (rng.random(n) < FILED)
    rows = np.flatnonzero(filed & (rng.random(n) < FILING_LOGGED))
    keys = log.add("filed", rows, closes[rows])
    mine = owed[rows]
    high = np.isin(code[rows], HIGH_HARM)
    for some, care in ((mine & high, Care(0.62, 0.0, 0.06, 2.0)), (mine & ~high, Care(0.14, 0.0, 0.01, 2.0))):
        book.plant("filing_told", care, (rows[some], keys[some], closes[rows][some]), (duties.TELL_FILING,))
    return np.asarray(np.where(filed, closes, np.datetime64("NaT", "m")))


def first_by_crime(at: Instants, rows: Whole, n: int) -> Instants:
    """Return the first moment at each of `n` crimes, NaT where there is none."""
    found = np.full(n, np.datetime64("NaT", "m"))
    order = np.argsort(at, kind="stable")[::-1]
    found[rows[order]] = at[order]
    return found


def bail_words(n: int, way: dict[str, tuple[Whole, Instants]]) -> NDArray[np.object_]:
    """Return "police bail" for suspects who were bailed."""
    words = np.full(n, None, dtype=object)
    words[way["bail"][0]] = "police bail"
    return words
