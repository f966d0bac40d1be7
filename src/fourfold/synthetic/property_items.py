"""What was stolen in each made-up crime, and what was found again, where, and by which operation.

Makes and models are common ones of British roads; registrations follow no issued pattern and IMEI
numbers start with digits that no maker has.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.cantil import OPERATION, SINCE
from fourfold.synthetic.case_events import END, LAST_DAY
from fourfold.synthetic.crime_levels import THEFT_OF_VEHICLE
from fourfold.synthetic.people import STREETS
from fourfold.synthetic.places import Places
from fourfold.synthetic.streams import stream

Whole = NDArray[np.int64]

STOLEN_SHARE = {
    "home": 0.70,
    "doorstep": 0.7,
    "firm": 0.65,
    "shop robbery": 0.8,
    "street robbery": 0.9,
    "pickpocket": 0.95,
    "car": 1.0,
    "from car": 0.85,
    "shop theft": 0.75,
    "cycle": 1.0,
    "other theft": 0.7,
    "fuel": 0.6,
}
KIND_OF_TARGET = {
    "car keys": ("Vehicle key", 60),
    "jewellery": ("Jewellery", 1400),
    "electrical goods": ("Electrical", 450),
    "cash": ("Cash", 240),
    "power tools": ("Power tools", 520),
    "mixed property": ("Other", 700),
    "bank card": ("Bank card", 0),
    "cigarettes": ("Tobacco", 900),
    "cable and metal": ("Cable", 1100),
    "alcohol": ("Alcohol", 60),
    "computers": ("Computer", 1500),
    "till cash": ("Cash", 380),
    "mobile phone": ("Mobile phone", 420),
    "bag": ("Bag", 90),
    "pedal cycle": ("Bicycle", 480),
    "e-scooter": ("E-scooter", 350),
    "watch": ("Watch", 900),
    "purse": ("Bag", 60),
    "satellite navigation": ("Electrical", 130),
    "number plates": ("Number plate", 30),
    "wheels": ("Vehicle part", 600),
    "loose change": ("Cash", 8),
    "catalytic converter": ("Catalytic converter", 650),
    "meat": ("Meat", 55),
    "baby milk": ("Groceries", 48),
    "cosmetics": ("Other", 70),
    "cheese": ("Groceries", 40),
    "washing powder": ("Groceries", 36),
    "sweets": ("Groceries", 20),
    "parcel": ("Other", 70),
    "garden tools": ("Power tools", 160),
    "fuel": ("Fuel", 45),
    "fare": ("Other", 18),
    "meal": ("Food", 40),
    "vehicle part": ("Vehicle part", 200),
    "car": ("Car", 9500),
    "van": ("Van", 11000),
    "motorcycle": ("Motorcycle", 2400),
}
"""What is written as the kind of property for a target of crime, and its usual value in pounds."""
CARS = (
    ("Ford", "Fiesta"),
    ("Ford", "Focus"),
    ("Ford", "Kuga"),
    ("Vauxhall", "Corsa"),
    ("Vauxhall", "Astra"),
    ("Volkswagen", "Golf"),
    ("Nissan", "Qashqai"),
    ("Audi", "A3"),
    ("BMW", "3 Series"),
    ("Mercedes-Benz", "C Class"),
    ("Land Rover", "Discovery Sport"),
    ("Toyota", "Yaris"),
    ("Kia", "Sportage"),
    ("Hyundai", "Tucson"),
    ("Honda", "Jazz"),
    ("Peugeot", "208"),
)
VANS = (
    ("Ford", "Transit"),
    ("Mercedes-Benz", "Sprinter"),
    ("Vauxhall", "Vivaro"),
    ("Volkswagen", "Transporter"),
)
MOTORCYCLES = (("Honda", "CB125"), ("Yamaha", "MT-07"), ("Piaggio", "Vespa"), ("Lexmoto", "Echo"))
PHONES = (("Apple", "iPhone"), ("Samsung", "Galaxy"), ("Huawei", "P30"), ("Google", "Pixel"))
PLATE_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXYZ"
RECOVERED = 0.34
SITES = 24
"""Places where stolen vehicles are found again and again; some are where they are taken apart."""


def dismantling_sites(places: Places, seed: int) -> list[str]:
    """Return the names of the sites where many vehicles turn up."""
    rng = stream(seed, "sites")
    towns = places.lsoas["district"].gather(rng.integers(0, places.lsoas.height, SITES)).to_list()
    kinds = ("Trading Estate", "Industrial Park", "Yard", "Business Park")
    return [
        f"Unit {rng.integers(1, 40)}, {STREETS[rng.integers(len(STREETS))]} {kinds[k % 4]}, {town}"
        for k, town in enumerate(towns)
    ]


def items_of_quarter(
    crimes: pl.DataFrame, cantil_cars: int, sites: list[str], rng: np.random.Generator
) -> pl.DataFrame:
    """Return the property file's rows (columns of records.Property) of one quarter.

    crimes: crime_ref, ho_code, kind, cancelled, mo_target_true, recorded_on. cantil_cars: vehicles that
    Operation Cantil recovers out of them.
    """
    share = crimes["kind"].replace_strict(STOLEN_SHARE, default=0.0).to_numpy()
    has = (rng.random(crimes.height) < share) & ~crimes["cancelled"].to_numpy()
    car_key = (crimes["mo_target_true"] == "car keys").fill_null(False).to_numpy() & has
    rows = np.concatenate([np.flatnonzero(has), np.flatnonzero(car_key)])
    target = crimes["mo_target_true"].fill_null("mixed property").gather(rows).to_list()
    target[len(rows) - int(car_key.sum()) :] = ["car"] * int(car_key.sum())
    items = pl.DataFrame({"row": rows, "target": target}, schema={"row": pl.Int64, "target": pl.String}).sort(
        "row", maintain_order=True
    )
    items = items.with_columns(
        item_no=pl.int_range(pl.len()).over("row") + 1,
        kind=pl.col("target").replace_strict(
            {key: kind for key, (kind, _) in KIND_OF_TARGET.items()}, default="Other"
        ),
        value=pl.col("target").replace_strict(
            {key: value for key, (_, value) in KIND_OF_TARGET.items()}, default=60
        ),
    )
    told = describe(items, rng)
    found = recoveries(items, crimes, cantil_cars, sites, rng)
    checks = phone_checks(items, crimes, rng)
    value = (items["value"].to_numpy() * rng.lognormal(0.0, 0.6, items.height)).round(2)
    return pl.concat([items.select("item_no", "kind"), told, found, checks], how="horizontal").with_columns(
        crime_ref=crimes["crime_ref"].gather(items["row"]),
        value_gbp=pl.when(pl.Series(rng.random(items.height) < 0.72)).then(pl.Series(value)),
    )


def describe(items: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Return make, model, vrm and imei where the kind of property has them and they were keyed."""
    n, target = items.height, items["target"].to_numpy().astype(str)
    make, model = (np.full(n, None, dtype=object) for _ in range(2))
    for name, choices in (
        ("car", CARS),
        ("van", VANS),
        ("motorcycle", MOTORCYCLES),
        ("mobile phone", PHONES),
    ):
        mine = np.flatnonzero((target == name) & (rng.random(n) < 0.93))
        drawn = (rng.random(len(mine)) ** 1.4 * len(choices)).astype(np.int64)
        for column, part in ((make, 0), (model, 1)):
            column[mine] = np.array([choice[part] for choice in choices], dtype=object)[drawn]
    vehicle, phone = np.isin(target, ("car", "van", "motorcycle")), target == "mobile phone"
    return pl.DataFrame(
        {
            "make": pl.Series(make.tolist(), dtype=pl.String),
            "model": pl.Series(model.tolist(), dtype=pl.String),
            "vrm": plates(n, rng).set(pl.Series(~vehicle | (rng.random(n) < 0.03)), None),
            "imei": imeis(n, rng).set(pl.Series(~phone | (rng.random(n) < 0.45)), None),
        }
    )


def plates(n: int, rng: np.random.Generator) -> pl.Series:
    """Return registrations that begin with ZQ, which no office issues."""
    letters = pl.Series(list(PLATE_LETTERS))
    parts = [letters.gather(rng.integers(0, len(letters), n)).alias(str(k)) for k in range(3)]
    age = pl.Series(rng.choice([*range(8, 22), *range(58, 72)], size=n)).cast(pl.String).str.zfill(2)
    return pl.select(pl.format("ZQ{} {}{}{}", age, *parts)).to_series()


def imeis(n: int, rng: np.random.Generator) -> pl.Series:
    """Return 15-digit IMEI numbers with a right check digit (Luhn) and a first part that begins 00."""
    digits = np.concatenate([np.zeros((n, 2), dtype=np.int64), rng.integers(0, 10, (n, 12))], axis=1)
    doubled = digits.copy()
    doubled[:, 1::2] = digits[:, 1::2] * 2 - 9 * (digits[:, 1::2] > 4)
    check = -doubled.sum(axis=1) % 10
    number = (digits * 10 ** np.arange(13, -1, -1)).sum(axis=1) * 10 + check
    return pl.Series(number).cast(pl.String).str.zfill(15)


def recoveries(
    items: pl.DataFrame, crimes: pl.DataFrame, cantil_cars: int, sites: list[str], rng: np.random.Generator
) -> pl.DataFrame:
    """Return status, recovered_on, site and operation; Cantil finds as many cars as planned."""
    n, row = items.height, items["row"].to_numpy()
    recorded = crimes["recorded_on"].to_numpy().astype("datetime64[D]")[row]
    code = crimes["ho_code"].to_numpy().astype(str)[row]
    vehicle = items["target"].is_in(["car", "van", "motorcycle"]).to_numpy()
    share = np.where(vehicle, RECOVERED, np.where(np.isin(code, ("46", "54")), 0.2, 0.025))
    back = rng.random(n) < share
    soon = recorded >= np.datetime64(SINCE)
    soon &= recorded < LAST_DAY - 12
    able = np.flatnonzero(
        (items["target"] == "car").to_numpy()
        & soon
        & (np.isin(code, THEFT_OF_VEHICLE) | (items["item_no"] > 1).to_numpy())
    )
    cantil = np.zeros(n, dtype=bool)
    cantil[rng.choice(able, size=min(cantil_cars, len(able)), replace=False)] = True
    on = recorded + np.where(cantil, rng.integers(0, 11, n), (rng.exponential(14.0, n)).astype(np.int64))
    back = (back | cantil) & (on <= LAST_DAY)
    known = pl.Series(sites).gather((rng.random(n) ** 2 * len(sites)).astype(np.int64))
    at_site = back & vehicle & (rng.random(n) < np.where(cantil, 0.55, 0.2))
    return pl.select(
        status=pl.when(pl.Series(back)).then(pl.lit("recovered")).otherwise(pl.lit("stolen")),
        recovered_on=pl.when(pl.Series(back)).then(pl.Series(on)),
        site=pl.when(pl.Series(at_site)).then(known),
        operation=pl.when(pl.Series(cantil)).then(pl.lit(OPERATION)),
    )


def phone_checks(items: pl.DataFrame, crimes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Return register_checked_on and register_hit; the register is seldom asked, more often of late."""
    n = items.height
    recorded = crimes["recorded_on"].gather(items["row"])
    checked = (items["target"] == "mobile phone").to_numpy() & (
        rng.random(n) < np.where(recorded.dt.year() >= 2021, 0.22, 0.09)
    )
    on = recorded.dt.offset_by(pl.Series(rng.integers(1, 30, n)).cast(pl.String) + "d")
    checked &= (on <= END.astype(object).date()).to_numpy()
    return pl.select(
        register_checked_on=pl.when(pl.Series(checked)).then(on),
        register_hit=pl.when(pl.Series(checked)).then(pl.Series(rng.random(n) < 0.12)),
    )
