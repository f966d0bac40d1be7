"""What the crimes file tells of each crime, and what it leaves blank, more so since April 2021."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.case_events import LAST_DAY
from fourfold.synthetic.crime_files import is_connect, loose_codes, offence_names
from fourfold.synthetic.crime_levels import HIGH_HARM
from fourfold.synthetic.crime_volumes import Quarter
from fourfold.synthetic.premises_names import as_keyed

TOLD: dict[str, tuple[float, float]] = {
    "mo_text": (0.95, 0.88),
    "mo_entry": (0.86, 0.55),
    "mo_method": (0.84, 0.52),
    "mo_target": (0.82, 0.50),
    "premises_type": (0.78, 0.52),
    "premises_name": (0.72, 0.60),
    "business_yes": (0.60, 0.42),
    "business_no": (0.38, 0.15),
    "at_work_no": (0.25, 0.08),
    "domestic": (0.92, 0.80),
    "hate": (0.85, 0.70),
    "place": (0.985, 0.965),
    "occurred_to": (0.93, 0.86),
}
"""Share of crimes for which an optional field is keyed, before and since the new crime system."""
ALWAYS_TOLD = (
    "crime_ref",
    "recorded_on",
    "reported_at",
    "occurred_from",
    "district",
    "npu",
    "officer_ref",
    "unit",
    "status",
    "cancelled_on",
)
SHOP_WORKER_FIELDS_TOLD = 0.30
DOMESTIC_SHARE, HATE_SHARE = 0.34, 0.025


def blank_fields(crimes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Add fields_told: whether somebody keyed the fields that would show a shop worker as victim."""
    return crimes.with_columns(fields_told=pl.Series(rng.random(crimes.height) < SHOP_WORKER_FIELDS_TOLD))


def told_crimes(crimes: pl.DataFrame, quarter: Quarter, rng: np.random.Generator) -> pl.DataFrame:
    """Return the crimes file's rows (columns of records.Crime), with blanks as real forces leave them."""
    n, connect = crimes.height, is_connect(quarter)

    def keyed(field: str) -> pl.Series:
        return pl.Series(rng.random(n) < TOLD[field][connect])

    violent = pl.col("kind").is_in(["assault", "threat"])
    abusive = violent | (pl.col("kind") == "public order")
    place = keyed("place")
    blanked = {
        name: pl.when(keyed(name)).then(name)
        for name in ("occurred_to", "mo_text", "mo_entry", "mo_method", "mo_target")
    }
    return crimes.select(
        *ALWAYS_TOLD,
        ho_code_raw=loose_codes(crimes["ho_code"], rng),
        offence=pl.col("ho_code").replace_strict(offence_names(), return_dtype=pl.String),
        domestic=pl.when(keyed("domestic")).then(violent & pl.Series(rng.random(n) < DOMESTIC_SHARE)),
        hate=pl.when(keyed("hate")).then(abusive & pl.Series(rng.random(n) < HATE_SHARE)),
        lsoa_code=pl.when(place).then("lsoa_code"),
        easting=pl.when(place).then("easting"),
        northing=pl.when(place).then("northing"),
        **blanked,
        **business_fields(crimes, connect, rng),
    )


def business_fields(crimes: pl.DataFrame, connect: bool, rng: np.random.Generator) -> dict[str, pl.Expr]:
    """Return the fields that show a business crime; of a shop worker's case three in ten, mostly together."""
    n = crimes.height
    worker = crimes["trigger"].is_in(["theft", "covid", "age"]).fill_null(False).to_numpy()
    business = crimes["is_business"].to_numpy() | worker

    def keyed(share: float | NDArray[np.float64]) -> pl.Series:
        own = np.where(crimes["fields_told"].to_numpy(), 0.8, 0.085)
        return pl.Series(rng.random(n) < np.where(worker, own, share))

    said = np.where(business, TOLD["business_yes"][connect], TOLD["business_no"][connect])
    kind = pl.coalesce("premises_type", usual_premises())
    return {
        "business_related": pl.when(keyed(said)).then(pl.Series(business)),
        "premises_type": pl.when(keyed(TOLD["premises_type"][connect])).then(kind),
        "premises_name": pl.when(keyed(TOLD["premises_name"][connect])).then("premises_name"),
        "victim_at_work": pl.when(keyed(TOLD["at_work_no"][connect])).then(pl.Series(worker)),
    }


def with_names_as_keyed(told: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Return the crimes file's rows with premises written as officers write them."""
    return told.with_columns(as_keyed(told["premises_name"], rng))


def usual_premises() -> pl.Expr:
    """Return the kind of premises where crimes of a kind happen, for those without premises of their own."""
    return pl.col("kind").replace_strict(
        {
            "home": "Home",
            "doorstep": "Home",
            "street robbery": "Street",
            "car": "Street",
            "from car": "Street",
            "pickpocket": "Street",
        },
        default=None,
        return_dtype=pl.String,
    )


def assign_officers(crimes: pl.DataFrame, scale: float, rng: np.random.Generator) -> pl.DataFrame:
    """Add officer_ref and unit: High Harm Teams have residential burglary and robbery."""
    n = crimes.height
    number = 4000 + rng.integers(0, max(20, round(900 * scale)), n)
    high = pl.col("ho_code").is_in(HIGH_HARM)
    shop = pl.col("theme") == "shop"
    return crimes.with_columns(
        officer_ref=pl.format("AP{}", pl.Series("officer", number)),
        unit=pl.when(high)
        .then(pl.format("High Harm Team {}", "district"))
        .when(shop)
        .then(pl.format("Neighbourhood Team {}", "npu"))
        .otherwise(pl.format("Response {}", "district")),
    )


def cancel_days(crimes: pl.DataFrame, rng: np.random.Generator) -> pl.Series:
    """Return the day on which each cancelled crime was cancelled, missing for the others."""
    recorded = crimes["recorded_on"].to_numpy().astype("datetime64[D]")
    on: NDArray[np.datetime64] = np.minimum(recorded + 1 + rng.integers(0, 45, len(recorded)), LAST_DAY)
    return pl.Series(
        np.where(crimes["cancelled"].to_numpy(), on, np.datetime64("NaT", "D")).astype("datetime64[D]")
    )
