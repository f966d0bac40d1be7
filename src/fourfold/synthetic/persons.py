"""The people file of one quarter: victims, businesses and their contacts, suspects, witnesses."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.crime_volumes import CONNECT_ON
from fourfold.synthetic.people import people_at
from fourfold.synthetic.places import Places
from fourfold.synthetic.premises import Premises
from fourfold.synthetic.roster import nominal_refs, variants
from fourfold.synthetic.shop_workers import OCCUPATIONS
from fourfold.synthetic.telling import tell_person
from fourfold.synthetic.victims import Residents

Whole = NDArray[np.int64]

CONTACT_NAMED, REPORTED_BY_OTHER, WITNESSED = 0.35, 0.08, 0.07
OCCUPATION_TOLD = {False: 0.35, True: 0.16}
"""Share of people whose occupation is keyed, before and since the new crime system."""
SHOP_WORKER_TOLD = 0.30
SELF_DEFINED = {False: 0.48, True: 0.33}
OFFICER_DEFINED = 0.8
OTHER_WORK = (
    "Student",
    "Retired",
    "Unemployed",
    "Teacher",
    "Nurse",
    "Driver",
    "Builder",
    "Carer",
    "Office worker",
    "Chef",
    "Electrician",
    "Warehouse operative",
)
OFFICER_SEES = {"W": "IC1", "M": "IC2", "A": "IC4", "B": "IC3", "O": "IC6", "N": "IC9"}
"""What an officer writes for the first letter of a self-defined code; A4 (Chinese) is IC5."""

ABOUT_PEOPLE = (
    "true_person_id",
    "first_names",
    "last_name",
    "date_of_birth",
    "address",
    "postcode",
    "phone",
    "email",
    "sex",
    "age",
    "ethnicity_self",
    "ethnicity_officer",
    "occupation",
    "enhanced_ground",
)
"""Columns that a business has not."""
ROLE_SCHEMA = {"row": pl.Int64, "role": pl.String, "person": pl.Int64, "person_ref": pl.String}


def victim_refs(crimes: pl.DataFrame, rng: np.random.Generator) -> pl.Series:
    """Return the reference under which each victim stands, missing where nobody is the victim."""
    person, number = crimes["victim"].to_numpy(), crimes["victim_premises"].to_numpy()
    named = nominal_refs(np.maximum(person, 0), variants(len(person), rng))
    firm = pl.lit("B") + pl.lit(pl.Series(number)).cast(pl.String).str.zfill(6)
    return crimes.select(
        victim_ref=pl.when(pl.Series(person >= 0)).then(named).when(pl.Series(number >= 0)).then(firm)
    ).to_series()


def roles_of_quarter(
    crimes: pl.DataFrame, suspects: pl.DataFrame, residents: Residents, rng: np.random.Generator
) -> pl.DataFrame:
    """Return row, role, person (-1 for a business) and person_ref of everybody in the quarter's crimes."""
    n = crimes.height
    kept = ~crimes["cancelled"].to_numpy()
    business = crimes["is_business"].to_numpy()
    area = crimes["area"].to_numpy()
    parts = [
        crimes.with_row_index("row")
        .filter(pl.col("victim_ref").is_not_null())
        .select(
            pl.col("row").cast(pl.Int64), role=pl.lit("victim"), person="victim", person_ref="victim_ref"
        ),
        suspects.select("row", role=pl.lit("suspect"), person="person", person_ref="suspect_ref"),
    ]
    for role, mine in (
        ("business_contact", kept & business & (rng.random(n) < CONTACT_NAMED)),
        ("reporting", kept & (rng.random(n) < REPORTED_BY_OTHER)),
        ("witness", kept & (rng.random(n) < WITNESSED)),
    ):
        rows = np.flatnonzero(mine)
        person = residents.draw(area[rows], rng)
        refs = nominal_refs(person, variants(len(rows), rng))
        parts.append(
            pl.DataFrame(
                {"row": rows, "role": [role] * len(rows), "person": person, "person_ref": refs},
                schema=ROLE_SCHEMA,
            )
        )
    return (
        pl.concat(parts)
        .unique(["row", "role", "person_ref"], keep="first", maintain_order=True)
        .sort("row", maintain_order=True)
    )


def person_rows(
    roles: pl.DataFrame,
    crimes: pl.DataFrame,
    places: Places,
    premises: Premises,
    seed: int,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Return the people file's rows (columns of records.PersonRole) in the order of `roles`.

    crimes: crime_ref, recorded_on, trigger, kind, ground, victim_premises, fields_told. The rows also
    have true_person_id, which is for the truth alone.
    """
    n, person = roles.height, roles["person"].to_numpy()
    unique, place = np.unique(person[person >= 0], return_inverse=True)
    rows = np.zeros(n, dtype=np.int64)
    rows[person >= 0] = place
    true = people_at(places, unique, seed)[rows]
    row, is_person = roles["row"], pl.Series(person >= 0)
    victim = (roles["role"] == "victim").to_numpy()
    recorded = crimes["recorded_on"].gather(row)
    connect = (recorded >= CONNECT_ON).to_numpy()
    age = (recorded.dt.epoch("d") - true["date_of_birth"].dt.epoch("d")) * 4 // 1461
    firm = premises.frame["premises_name"].gather(crimes["victim_premises"].gather(row).clip(lower_bound=0))
    told = tell_person(true, rng).with_columns(
        age=pl.when(pl.Series(rng.random(n) < 0.75)).then(age),
        occupation=occupations(roles, crimes, connect, rng),
        enhanced_ground=pl.when(pl.Series(victim)).then(crimes["ground"].gather(row)),
        **ethnicities(true["ethnicity"], roles["role"], connect, rng),
    )
    every = pl.Series([7, 14, 28]).gather(rng.integers(0, 3, n))
    return told.select(
        roles["role"],
        roles["person_ref"],
        *(pl.when(is_person).then(name).alias(name) for name in ABOUT_PEOPLE),
        crime_ref=crimes["crime_ref"].gather(row),
        organisation_name=pl.when(~is_person).then(firm),
        contact_every_days=pl.when(pl.Series(victim & (rng.random(n) < 0.10))).then(every),
    )


def ethnicities(
    true: pl.Series, role: pl.Series, connect: NDArray[np.bool_], rng: np.random.Generator
) -> dict[str, pl.Expr]:
    """Return ethnicity_self (asked of some who are not suspects) and ethnicity_officer (of suspects)."""
    suspect = (role == "suspect").to_numpy()
    asked = rng.random(len(true)) < np.where(connect, SELF_DEFINED[True], SELF_DEFINED[False])
    seen = true.str.head(1).replace_strict(OFFICER_SEES, default="IC9").set(true == "A4", "IC5")
    return {
        "ethnicity_self": pl.when(pl.Series(asked & ~suspect)).then(true),
        "ethnicity_officer": pl.when(pl.Series(suspect & (rng.random(len(true)) < OFFICER_DEFINED))).then(
            seen
        ),
    }


def occupations(
    roles: pl.DataFrame, crimes: pl.DataFrame, connect: NDArray[np.bool_], rng: np.random.Generator
) -> pl.Series:
    """Return the occupation of each person as keyed; a shop worker's is blank in seven of ten."""
    n = roles.height
    trigger = crimes["trigger"].gather(roles["row"])
    kind = crimes["kind"].gather(roles["row"])
    victim = (roles["role"] == "victim").to_numpy()
    worker = victim & trigger.is_in(["theft", "covid", "age"]).fill_null(False).to_numpy()
    officer = victim & (kind == "officer assault").to_numpy()
    told = rng.random(n) < np.where(connect, OCCUPATION_TOLD[True], OCCUPATION_TOLD[False]) * 0.6
    told = np.where(worker, crimes["fields_told"].gather(roles["row"]).to_numpy(), told) | officer
    other = pl.Series(OTHER_WORK).gather(rng.integers(0, len(OTHER_WORK), n))
    shop = pl.Series(OCCUPATIONS).gather(rng.integers(0, len(OCCUPATIONS), n))
    return pl.select(
        pl.when(pl.Series(told)).then(
            pl.when(pl.Series(worker))
            .then(shop)
            .when(pl.Series(officer))
            .then(pl.lit("Police officer"))
            .otherwise(other)
        )
    ).to_series()
