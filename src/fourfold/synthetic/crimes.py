"""The made-up crime extract: six files a quarter, as a crime system sends them, and the truth beside."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fourfold.synthetic.case_events import EventLog, finish
from fourfold.synthetic.case_flow import run_cases
from fourfold.synthetic.crime_extract_files import ExtractFiles, QuarterMade
from fourfold.synthetic.crime_ground import Ground, lay_ground, not_yet_joined, targets
from fourfold.synthetic.crime_scenes import crimes_of_quarter
from fourfold.synthetic.crime_truth import (
    TruthFiles,
    duty_truth,
    group_truth,
    premises_truth,
    shop_worker_truth,
)
from fourfold.synthetic.crime_volumes import Quarter, quarters
from fourfold.synthetic.outcomes import crime_status, endings, outcome_rows, resolved_by_programme
from fourfold.synthetic.persons import person_rows, roles_of_quarter
from fourfold.synthetic.places import Places
from fourfold.synthetic.property_items import items_of_quarter
from fourfold.synthetic.shop_staff import plant_advice
from fourfold.synthetic.suspects import statuses, suspects_of_quarter
from fourfold.synthetic.told_crimes import blank_fields, cancel_days, told_crimes, with_names_as_keyed
from fourfold.synthetic.truth import write_facts


def write_crime_extract(received: Path, truth: Path, places: Places, scale: float, seed: int) -> None:
    """Write crime-extract/*.csv for every quarter, and the truth of it; memory is that of one quarter.

    received, truth: folders. scale: 1.0 makes about 300,000 crimes. The same seed gives the same bytes.
    """
    ground = lay_ground(places, scale, seed)
    files = ExtractFiles(received / "crime-extract", TruthFiles(truth), scale, seed)
    for quarter in quarters():
        files.write_quarter(make_quarter(ground, quarter), quarter)
    write_facts(targets(ground), truth, "crime_calibration")


def make_quarter(ground: Ground, quarter: Quarter) -> QuarterMade:
    """Return everything recorded of the crimes of one quarter, with the truth."""
    crimes, groups, planted = crimes_of_quarter(ground, quarter)
    before = not_yet_joined(ground, quarter)
    suspects = suspects_of_quarter(
        crimes, groups, ground.cantil, ground.roster, quarter.index, before, ground.rng("suspects", quarter)
    )
    log = EventLog(ground.rng("event lags", quarter))
    course, book = run_cases(crimes, suspects, quarter, log, ground.rng("cases", quarter))
    plant_advice(crimes, log, ground.rng("advice", quarter))
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
        "crimes": with_names_as_keyed(
            told_crimes(crimes, quarter, ground.rng("told", quarter)), ground.rng("names keyed", quarter)
        ),
        "persons": persons,
        "case-events": events,
        "suspects": statuses(suspects, course.found, crimes, course.bail, ground.rng("statuses", quarter)),
        "property": items_of_quarter(
            crimes, int(ground.cantil.cars[quarter.index]), ground.sites, ground.rng("property", quarter)
        ),
        "outcomes": outcomes,
    }
    found = planted | {
        "crime_people": persons.select("crime_ref", "person_ref", "role", "true_person_id"),
        "duties": duty_truth(book, events, crimes, persons),
        "shop_workers": shop_worker_truth(crimes),
        "crime_premises": premises_truth(crimes),
        "co_offending_groups": group_truth(groups, suspects, crimes),
    }
    return QuarterMade(records, found)
