"""One row of a weekly list for each report, in the words and with the gaps such lists have."""

from __future__ import annotations

import numpy as np
import polars as pl

from fourfold.synthetic.draws import Whole
from fourfold.synthetic.fraud_kinds import CONTACTS, KINDS, PAYMENTS
from fourfold.synthetic.fraud_narratives import narratives
from fourfold.synthetic.fraud_plan import BANDS
from fourfold.synthetic.fraud_reports import report_refs
from fourfold.synthetic.organisations import organisations_at
from fourfold.synthetic.people import ages_on, people_at
from fourfold.synthetic.places import FORCE_NAME, Places
from fourfold.synthetic.telling import Noise, tell_person

RISK_SCALE = "NFIB 0-100"
LOOSE_CODES = 0.05
"""Share of codes written in another way than the national list does."""
AGE_GIVEN = 0.72
"""Share of people with a date of birth whose age stands beside it."""


def told_rows(numbers: pl.DataFrame, places: Places, seed: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return the rows as told, with `true_person_id`, `household_id` and `week` for the truth.

    numbers: rows of `report_numbers`.
    """
    people = numbers.filter(~pl.col("organisation"))
    firms = numbers.filter(pl.col("organisation"))
    rows = pl.concat(
        [told_people(people, places, seed, rng), told_firms(firms, places, seed, rng)], how="diagonal"
    ).sort("report_no")
    numbers = numbers.sort("report_no")
    # Words have a stream of their own, so that another way to say something moves nothing else.
    words = np.random.default_rng(rng.integers(2**62))
    kind = numbers["kind"].to_numpy()
    return rows.with_columns(
        numbers["week"],
        report_ref=numbers.select(report_refs(numbers)).to_series(),
        source=pl.lit("Action Fraud"),
        reported_on=pl.from_epoch(numbers["day"], time_unit="d"),
        force=pl.lit(FORCE_NAME),
        nfib_code_raw=pl.Series(raw_codes(kind, rng)),
        victim_type=pl.Series(np.where(numbers["organisation"], "Organisation", "Individual")),
        loss_gbp=numbers["loss"].round(2),
        contact_method=pl.Series(ways(kind, "contact", CONTACTS, 0.1, rng), dtype=pl.String),
        payment_method=pl.Series(ways(kind, "payment", PAYMENTS, 0.2, rng), dtype=pl.String).set(
            (numbers["loss"].fill_null(0.0) == 0), None
        ),
        risk_score=numbers["risk"].cast(pl.Int64),
        risk_score_scale=pl.Series([RISK_SCALE] * numbers.height).set(numbers["risk"].is_null(), None),
        support_wanted=pl.Series(rng.choice(["Yes", "No", ""], numbers.height, p=[0.34, 0.38, 0.28])).replace(
            "", None
        ),
        narrative=narratives(numbers["story"], numbers["organisation"], numbers["loss"], words),
        disseminated_on=pl.from_epoch(numbers["sent"], time_unit="d"),
        dissemination_kind=numbers["sent_for"],
    )


def told_people(numbers: pl.DataFrame, places: Places, seed: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return who reports as the list tells of them: age, date of birth, both or neither."""
    day = numbers["day"].to_numpy()
    # Blank dates of birth are drawn below, because a list gives the age in their place.
    people = people_at(places, numbers["victim"].to_numpy(), seed)
    told = tell_person(people, rng, Noise(birth_missing=0.0))
    born = kept_in_band(told["date_of_birth"], people["date_of_birth"], numbers)
    true_born = people["date_of_birth"].cast(pl.Int32).to_numpy().astype(np.int64)
    age = pl.Series(ages_on(true_born, day))
    ageless = numbers["band"] < 0
    only_age = pl.Series(rng.random(numbers.height) < Noise().birth_missing)
    no_age = ageless | (~only_age & pl.Series(rng.random(numbers.height) > AGE_GIVEN))
    sex = told["sex"].set(pl.Series(rng.random(numbers.height) < 0.04), "not stated")
    ethnicity = told["ethnicity"].set(pl.Series(rng.random(numbers.height) < 0.2), None)
    return told.with_columns(
        numbers["report_no"],
        sex.str.to_titlecase().alias("sex"),
        ethnicity,
        date_of_birth=born.set(ageless | only_age, None),
        age=age.set(no_age, None),
        lsoa_code=told["lsoa_code"].set(pl.Series(rng.random(numbers.height) < 0.12), None),
    )


def kept_in_band(told: pl.Series, true: pl.Series, numbers: pl.DataFrame) -> pl.Series:
    """Return the dates of birth told, but the true one where a slip would move somebody to another age band.

    The age bands are calibrated, and a reader may take the age from either column.
    """
    day, band = numbers["day"].to_numpy(), numbers["band"].to_numpy()
    low, high = (np.array([row[end] for row in BANDS] + [(0, 130)[end]])[band] for end in (0, 1))
    age = ages_on(told.cast(pl.Int32).to_numpy().astype(np.int64), day)
    return told.zip_with(pl.Series((age >= low) & (age <= high), dtype=pl.Boolean), true)


def told_firms(numbers: pl.DataFrame, places: Places, seed: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return the organisations that report; two in five name somebody to speak to."""
    firms = organisations_at(places, numbers["organisation_no"].to_numpy(), seed)
    contact = people_at(places, numbers["organisation_no"].to_numpy() + 10**9, seed)
    named = pl.Series(rng.random(numbers.height) < 0.4)
    return firms.with_columns(
        numbers["report_no"],
        first_names=contact["first_names"].set(~named, None),
        last_name=contact["last_name"].set(~named, None),
        email=firms["email"].set(pl.Series(rng.random(numbers.height) < 0.2), None),
        phone=firms["phone"].set(pl.Series(rng.random(numbers.height) < 0.15), None),
    )


def raw_codes(kind: Whole, rng: np.random.Generator) -> list[str]:
    """Return the codes as written: a few as "NFIB 90", "nfib1d", "90 - Other" and the like."""
    codes = np.array([row.code for row in KINDS], dtype=object)
    style = np.where(rng.random(len(kind)) < LOOSE_CODES, rng.integers(1, 6, len(kind)), 0)
    bare = np.array([code.removeprefix("NFIB") for code in codes], dtype=object)
    written = (
        codes,
        "NFIB " + bare,
        bare,
        np.array([code.lower() for code in codes], dtype=object),
        codes + np.where(codes == "NFIB90", " - Other", " -").astype(object),
        "NFIB-" + bare,
    )
    return [str(code) for code in np.stack(written)[style, kind]]


def ways(
    kind: Whole, which: str, words: dict[str, str], missing: float, rng: np.random.Generator
) -> list[str | None]:
    """Return how each victim was reached, or paid, by the habits of the code; missing for some."""
    drawn = rng.random(len(kind))
    gone = rng.random(len(kind)) < missing
    found = np.empty(len(kind), dtype=object)
    for place, row in enumerate(KINDS):
        mine = kind == place
        habits = np.array([words[letter] for letter in getattr(row, which)], dtype=object)
        found[mine] = habits[(drawn[mine] * len(habits)).astype(np.int64)]
    found[gone] = None
    return list(found)
