"""The made-up crime extract: six files a quarter, as a crime system would send them, and the truth beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic import crime_faults, programmes, series
from fourfold.synthetic.cantil import CantilPlan, plan_cantil
from fourfold.synthetic.case_events import EventLog, finish
from fourfold.synthetic.case_flow import Course, run_cases
from fourfold.synthetic.crime_files import HEADINGS as HEADINGS_OF
from fourfold.synthetic.crime_files import form, headed, is_connect, written
from fourfold.synthetic.crime_levels import theme_of
from fourfold.synthetic.crime_methods import add_methods
from fourfold.synthetic.crime_narratives import add_narratives
from fourfold.synthetic.crime_places import add_places, area_levels, name_places
from fourfold.synthetic.crime_times import add_times
from fourfold.synthetic.crime_truth import TruthFiles
from fourfold.synthetic.crime_volumes import Quarter, quarters, volumes
from fourfold.synthetic.duties import DutyBook
from fourfold.synthetic.groups import Plan, place_groups, plan_groups
from fourfold.synthetic.outcomes import crime_status, endings, outcome_rows, plan_resolved, resolved_by_programme
from fourfold.synthetic.persons import person_rows, roles_of_quarter, victim_refs
from fourfold.synthetic.places import Places
from fourfold.synthetic.premises import Premises, make_premises
from fourfold.synthetic.property_items import dismantling_sites, items_of_quarter
from fourfold.synthetic.roster import Roster, make_roster
from fourfold.synthetic.shop_workers import mark_shop_workers, shop_kinds
from fourfold.synthetic.streams import stream
from fourfold.synthetic.suspects import statuses, suspects_of_quarter
from fourfold.synthetic.told_crimes import assign_officers, blank_fields, cancel_days, told_crimes
from fourfold.synthetic.victims import KEPT_AT_ONCE, Residents, add_victims, find_residents, put_in_premises
from fourfold.synthetic.write import write_table

Bools = NDArray[np.bool_]
RESENT_EACH = 12


@dataclass(frozen=True)
class Ground:
    """What all quarters share: the places, the people who offend, and the plans made ahead."""

    places: Places
    scale: float
    seed: int
    premises: Premises
    roster: Roster
    groups: Plan
    cantil: CantilPlan
    volumes: pl.DataFrame
    levels: dict[str, NDArray[np.float64]]
    resolved: tuple[NDArray[np.int64], NDArray[np.int64]]
    sites: list[str]
    participants: pl.DataFrame
    residents: Residents

    def rng(self, subject: str, quarter: Quarter) -> np.random.Generator:
        return stream(self.seed, subject, quarter.index)

    def residents_of(self, quarter: Quarter) -> Residents:
        """Return who lives where; at national scales each quarter draws on other people."""
        if len(self.residents.people) < KEPT_AT_ONCE // 2:
            return self.residents
        return find_residents(self.places, self.scale, self.seed, quarter.index)


def lay_ground(places: Places, scale: float, seed: int) -> Ground:
    """Make what all quarters share."""
    roster = make_roster(scale, seed)
    return Ground(
        places=places,
        scale=scale,
        seed=seed,
        premises=make_premises(places, scale, seed),
        roster=roster,
        groups=plan_groups(roster, seed),
        cantil=plan_cantil(roster, scale, seed),
        volumes=volumes(scale, seed),
        levels=area_levels(places, seed),
        resolved=plan_resolved(scale, seed),
        sites=dismantling_sites(places, seed),
        participants=programmes.crime_free_cases(roster, scale, seed),
        residents=find_residents(places, scale, seed, 0),
    )


def write_crime_extract(received: Path, truth: Path, places: Places, scale: float, seed: int) -> None:
    """Write crime-extract/*.csv for every quarter, and the truth of it; memory is that of one quarter.

    received, truth: folders. scale: 1.0 makes about 300,000 crimes. The same seed gives the same bytes.
    """
    ground = lay_ground(places, scale, seed)
    files = ExtractFiles(received / "crime-extract", TruthFiles(truth), scale, seed)
    for quarter in quarters():
        files.write_quarter(make_quarter(ground, quarter), quarter)


@dataclass(frozen=True)
class QuarterMade:
    """One quarter's records by kind, under the record's columns, and its truth by name."""

    records: dict[str, pl.DataFrame]
    truth: dict[str, pl.DataFrame]


def make_quarter(ground: Ground, quarter: Quarter) -> QuarterMade:
    """Return everything recorded of the crimes of one quarter, with the truth."""
    crimes, groups, planted = crimes_of_quarter(ground, quarter)
    before = not_yet_joined(ground, quarter)
    suspects = suspects_of_quarter(crimes, groups, ground.cantil, ground.roster, quarter.index, before, ground.rng("suspects", quarter))
    log = EventLog(ground.rng("event lags", quarter))
    course, book = run_cases(crimes, suspects, quarter, log, ground.rng("cases", quarter))
    homes, other = (int(plan[quarter.index]) for plan in ground.resolved)
    resolved = resolved_by_programme(crimes, course, homes, other, ground.rng("resolved", quarter))
    crimes = crimes.with_columns(
        status=crime_status(crimes, course, resolved),
        cancelled_on=cancel_days(crimes, ground.rng("cancelled", quarter)),
        ground=pl.Series(course.ground.tolist(), dtype=pl.String),
    )
    crimes = blank_fields(crimes, ground.rng("fields told", quarter))
    rng = ground.rng("people", quarter)
    roles = roles_of_quarter(crimes, suspects, ground.residents_of(quarter), rng)
    persons = person_rows(roles, crimes, ground.places, ground.premises, ground.seed, rng)
    events = finish(log.events(), crimes, suspects["suspect_ref"], quarter.index)
    outcomes = outcome_rows(crimes, endings(crimes, course, ground.rng("outcomes", quarter)), resolved)
    records = {
        "crimes": told_crimes(crimes, quarter, ground.rng("told", quarter)),
        "persons": persons,
        "case-events": events,
        "suspects": statuses(suspects, course.found, crimes, course.bail, ground.rng("statuses", quarter)),
        "property": items_of_quarter(crimes, int(ground.cantil.cars[quarter.index]), ground.sites, ground.rng("property", quarter)),
        "outcomes": outcomes,
    }
    found = planted | {
        "crime_people": persons.select("crime_ref", "person_ref", "role", "true_person_id"),
        "duties": duty_truth(book, events, crimes),
        "shop_workers": shop_worker_truth(crimes),
        "co_offending_groups": group_truth(groups, suspects, crimes),
    }
    return QuarterMade(records, found)


def crimes_of_quarter(ground: Ground, quarter: Quarter) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, pl.DataFrame]]:
    """Return the crimes with all that is true of them, the groups' part in them, and the planted truth."""
    crimes = mark_shop_workers(one_row_each(ground, quarter), quarter, ground.scale, ground.rng("shop workers", quarter))
    crimes = number_crimes(add_times(crimes, quarter, ground.rng("times", quarter)), ground, quarter)
    crimes = add_places(crimes, ground.places, ground.levels, ground.rng("places", quarter))
    crimes = add_methods(crimes, ground.rng("methods", quarter))
    free = ~crimes["cancelled"].to_numpy() & crimes["trigger"].is_null().to_numpy()
    groups = place_groups(ground.groups.of_quarter(quarter), crimes, free, ground.rng("groups", quarter))
    crimes, pairs = series.plant_near_repeats(crimes, ground.rng("near repeats", quarter))
    free[np.concatenate([pairs["row"].to_numpy(), pairs["earlier_row"].to_numpy()])] = False
    crimes, members = series.plant_series(crimes, free, quarter, ground.scale, ground.rng("series", quarter))
    crimes, risen = series.plant_rises(crimes, free, ground.places, ground.rng("rises", quarter))
    crimes = shop_kinds(put_in_premises(crimes, ground.premises, ground.rng("premises", quarter)))
    crimes = car_key_burglaries(name_places(crimes, ground.places), groups)
    crimes = add_narratives(crimes, ground.rng("words", quarter))
    rng = ground.rng("victims", quarter)
    crimes = add_victims(crimes, ground.residents_of(quarter), ground.premises, rng)
    crimes = crimes.with_columns(victim_ref=victim_refs(crimes, rng), mo_target_true="mo_target")
    crimes = crimes.with_columns(has_victim=pl.col("victim_ref").is_not_null())
    crimes = assign_officers(crimes, ground.scale, ground.rng("officers", quarter))
    ref = crimes["crime_ref"]
    planted = {
        "near_repeats": near_repeat_truth(pairs, crimes),
        "series": members.select("series_id", crime_ref=ref.gather(members["row"])),
        "emerging_rises": risen.select("rise", crime_ref=ref.gather(risen["row"])),
    }
    return crimes, groups, planted


def one_row_each(ground: Ground, quarter: Quarter) -> pl.DataFrame:
    """Return month, ho_code, theme and cancelled, one row a crime."""
    counts = ground.volumes.filter(pl.col("month").is_in(quarter.months))
    repeated = [
        counts.select("month", "ho_code", cancelled=pl.lit(cancelled), each=pl.lit(True).repeat_by(column)).explode("each").drop_nulls("each")
        for column, cancelled in (("crimes", False), ("cancelled", True))
    ]
    return pl.concat(repeated).drop("each").with_columns(theme=pl.col("ho_code").replace_strict(theme_of()))


def number_crimes(crimes: pl.DataFrame, ground: Ground, quarter: Quarter) -> pl.DataFrame:
    """Put the crimes in the order in which they were recorded and give each its reference."""
    earlier = ground.volumes.filter(pl.col("month") < quarter.first_on)
    first = int((earlier["crimes"] + earlier["cancelled"]).sum())
    number = (pl.int_range(pl.len()) + first + 1).cast(pl.String).str.zfill(8)
    return crimes.sort("crime_recorded_at", maintain_order=True).with_columns(
        crime_ref=pl.format("AM/{}/{}", number, pl.lit(str(quarter.year % 100)))
    )


def car_key_burglaries(crimes: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Let the groups' burglaries be for car keys."""
    rows = groups["row"].unique().to_numpy()
    mine = rows[(crimes["ho_code"].gather(rows) == "28E").to_numpy()] if len(rows) else rows
    return series.put(crimes, mine, {"mo_target": ["car keys"] * len(mine)})


def not_yet_joined(ground: Ground, quarter: Quarter) -> NDArray[np.int64]:
    """Return the places in the roster of those whom the Crime Free Programme has yet to take on."""
    block = ground.roster.crime_free
    waiting = (ground.participants["referred_on"] > quarter.last_on).to_numpy()
    joined = np.unique(np.flatnonzero(~waiting) % len(block))
    return np.setdiff1d(block[: min(len(waiting), len(block))], block[joined])


def duty_truth(book: DutyBook, events: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """Return each duty with its references instead of places in the quarter."""
    found = book.duties().join(events.select(start="key", start_event="event_id"), on="start", how="left", maintain_order="left")
    return found.select(
        "duty",
        "rule",
        "start_event",
        "due_on",
        "state",
        crime_ref=crimes["crime_ref"].gather(found["row"]),
        victim_ref=crimes["victim_ref"].gather(found["row"]),
    ).select("crime_ref", "victim_ref", "duty", "rule", "start_event", "due_on", "state")


def shop_worker_truth(crimes: pl.DataFrame) -> pl.DataFrame:
    """Return the crimes against shop workers with what set them off, and the lookalikes (trigger `none`)."""
    return crimes.filter(pl.col("trigger").is_not_null()).select(
        "crime_ref", "trigger", "fields_told", "premises_no", "premises_name", is_shop_worker=pl.col("trigger") != "none"
    )


def group_truth(groups: pl.DataFrame, suspects: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """Return who of which group took part in which crime, and as what."""
    who = suspects.select("row", "offender", "person", "suspect_ref")
    found = groups.join(who, on=["row", "offender"], how="inner", maintain_order="left")
    return found.select(
        "group_id",
        "part",
        "suspect_ref",
        crime_ref=crimes["crime_ref"].gather(found["row"]),
        true_person_id=pl.format("P{}", pl.col("person").cast(pl.String).str.zfill(9)),
    )


def near_repeat_truth(pairs: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs with metres and days between them."""
    def between(name: str) -> pl.Series:
        return crimes[name].gather(pairs["row"]) - crimes[name].gather(pairs["earlier_row"])

    metres = (between("easting") ** 2 + between("northing") ** 2).sqrt().round(0)
    day = crimes["occurred_from"].dt.epoch("d")
    return pairs.select(
        crime_ref=crimes["crime_ref"].gather(pairs["row"]),
        earlier_ref=crimes["crime_ref"].gather(pairs["earlier_row"]),
        metres=metres,
        days=day.gather(pairs["row"]) - day.gather(pairs["earlier_row"]),
    )


@dataclass
class ExtractFiles:
    """Writes the six files of each quarter, with their faults, and the truth."""

    folder: Path
    truth: TruthFiles
    scale: float
    seed: int
    corrections: list[pl.DataFrame] | None = None
    tail: dict[str, pl.DataFrame] | None = None
    tail_connect: bool = False

    def write_quarter(self, made: QuarterMade, quarter: Quarter) -> None:
        """Write one quarter; the last one also puts earlier crimes right."""
        rng = stream(self.seed, "faults", quarter.index)
        last = quarter == quarters()[-1]
        records = dict(made.records)
        if not last:
            records["crimes"], later = crime_faults.corrected_later(records["crimes"], rng)
            self.corrections = [*(self.corrections or []), later]
        tail: dict[str, pl.DataFrame] = {}
        for kind, frame in records.items():
            told = written(frame, kind, quarter)
            bad, rules = crime_faults.bad_rows(told, kind, self.scale, quarter.index, rng)
            parts = [self.again(kind, quarter), told, bad]
            if last and kind == "crimes":
                parts.append(self.put_right(quarter))
            write_table(headed(pl.concat(parts), kind, quarter), self.folder, f"{kind}-{quarter.name}", form(quarter))
            self.truth.add("crime_bad_rows", rules.with_columns(file=pl.lit(f"{kind}-{quarter.name}.csv")))
            tail[kind] = told.tail(max(2, round(RESENT_EACH * min(self.scale, 4.0))))
        self.tail, self.tail_connect = tail, is_connect(quarter)
        for name, frame in made.truth.items():
            self.truth.add(name, frame)

    def again(self, kind: str, quarter: Quarter) -> pl.DataFrame:
        """Return the last rows of the quarter before, which some files send twice; empty across the change of system."""
        empty = pl.DataFrame(schema=dict.fromkeys(HEADINGS_OF[kind], pl.String))
        if self.tail is None or kind not in ("crimes", "case-events") or self.tail_connect != is_connect(quarter):
            return empty
        sent = self.tail[kind]
        ref = "crime_ref" if kind == "crimes" else "event_id"
        self.truth.add("crime_resent", sent.select(ref=ref, file=pl.lit(f"{kind}-{quarter.name}.csv")))
        return sent

    def put_right(self, quarter: Quarter) -> pl.DataFrame:
        """Return the crimes that earlier files told wrongly, as they are."""
        right = pl.concat(self.corrections or [])
        self.truth.add("crime_corrections", right.select("crime_ref", "status", "cancelled_on"))
        return written(right, "crimes", quarter)
