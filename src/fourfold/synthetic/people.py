"""The made-up people: who they are, whom they live with, and where. What files say of them is in telling.py.

A person is a number. Households come in blocks of 20 people with fixed sizes, so that a person's
household, and all else, follows from the number and the seed; nobody has to be kept in memory.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.draws import Floats, Whole, below, by_weight, falling, uniform
from fourfold.synthetic.names import COMMUNITIES, listed
from fourfold.synthetic.places import Places

POOL_AT_ONE = 400_000
"""How many different people the files of scale 1.0 draw from."""
TODAY = dt.date(2022, 1, 1)

HOUSEHOLD_SIZES = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4)
"""Sizes of the households in a block of 20 people (our own round choice)."""
BLOCK = sum(HOUSEHOLD_SIZES)
HOME_OF = np.repeat(np.arange(len(HOUSEHOLD_SIZES)), HOUSEHOLD_SIZES)
PLACE_IN_HOME = np.concatenate([np.arange(size) for size in HOUSEHOLD_SIZES])
SIZE_OF_HOME = np.repeat(HOUSEHOLD_SIZES, HOUSEHOLD_SIZES)

HEAD_AGES = ((18, 30, 0.18), (30, 45, 0.28), (45, 60, 0.25), (60, 75, 0.18), (75, 96, 0.11))
"""Ages of the first adult of a household: from, to, share."""
MOBILE_PREFIX = "07199 "
"""No mobile range of 071 is allocated to anyone, so no number here can ring."""
LANDLINE_PREFIX = "01999 "
"""No place has the area code 01999."""
MAIL_DOMAINS = ("example.org", "example.net", "example.com")
"""Reserved for documentation (RFC 2606)."""

STREETS = listed(
    "Alder Birch Chapel Orchard Mill Furnace Foundry Chain Lock Wharf Canal Windmill Beacon Quarry Kiln "
    "Heron Kestrel Plover Damson Medlar Quince Bramble Hazel Rowan Juniper Teasel Sorrel Tansy Yarrow "
    "Larkspur Station Victoria Albert Coronation Jubilee Queen's King's St_Swithin's Priory Abbot's"
)
KINDS = listed("Road Street Avenue Close Lane Drive Grove Crescent Way Gardens Court Terrace")


def pool_size(scale: float) -> int:
    """Return how many people the files of a scale draw from."""
    return max(int(POOL_AT_ONE * scale), 2_000)


def make_people(places: Places, n: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return `n` people of their own, who are in nobody else's file (see `people_at` for shared ones)."""
    return people_at(places, np.arange(n), int(rng.integers(2**62)))


def people_at(places: Places, ids: NDArray[np.integer], seed: int) -> pl.DataFrame:
    """Return the people with these numbers, in this order; the same number and seed give the same person.

    ids: shape (n,), from 0; numbers below `pool_size(scale)` are the people whom all files share.
    Columns: true_person_id, household_id, title, first_names, last_name, date_of_birth, sex, ethnicity
    (16+1 code), address, postcode, lsoa_code, phone, email, and the address each would move to
    (moved_address, moved_postcode, moved_lsoa_code).
    """
    numbers = np.asarray(ids, dtype=np.int64)
    home = households(numbers)
    born = birth_days(numbers, seed)
    woman = is_woman(numbers, seed)
    community = by_weight(home, seed, "community", [c.share for c in COMMUNITIES])
    first, last, ethnicity = person_names(numbers, home, community, woman, born, seed)
    here = home_address(places, home, seed)
    there = home_address(places, numbers, seed ^ 0x5EED)
    frame = pl.DataFrame(
        {
            "true_person_id": numbers,
            "household_id": home,
            "first_names": pl.Series(first.tolist(), dtype=pl.String),
            "last_name": pl.Series(last.tolist(), dtype=pl.String),
            "date_of_birth": born.astype("datetime64[D]"),
            "sex": np.where(woman, "female", "male"),
            "ethnicity": pl.Series(ethnicity.tolist(), dtype=pl.String),
        }
    )
    frame = pl.concat(
        [frame, here, there.rename({name: f"moved_{name}" for name in there.columns})], how="horizontal"
    )
    age = (np.datetime64(TODAY) - born.astype("datetime64[D]")).astype(int) / 365.25
    return frame.with_columns(
        true_person_id=label("P", "true_person_id"),
        household_id=label("H", "household_id"),
        title=pl.Series(titles(numbers, woman, age, seed).tolist(), dtype=pl.String),
        phone=phones(numbers, home, age, seed),
        email=emails(frame, numbers, age, seed),
    )


def label(letter: str, column: str) -> pl.Expr:
    return pl.lit(letter) + pl.col(column).cast(pl.String).str.zfill(9)


def households(ids: Whole) -> Whole:
    """Return the number of each person's household."""
    return np.asarray(ids // BLOCK * len(HOUSEHOLD_SIZES) + HOME_OF[ids % BLOCK], dtype=np.int64)


def birth_days(ids: Whole, seed: int) -> Whole:
    """Return each person's day of birth in days from 1970: head, partner, then children or lodgers."""
    home, nth = households(ids), PLACE_IN_HOME[ids % BLOCK]
    size = SIZE_OF_HOME[ids % BLOCK]
    group = by_weight(home, seed, "age of head", [share for _, _, share in HEAD_AGES])
    low = np.array([row[0] for row in HEAD_AGES], dtype=np.float64)[group]
    high = np.array([row[1] for row in HEAD_AGES], dtype=np.float64)[group]
    head = low + (high - low) * uniform(home, seed, "head")
    # Those past 62 do not live with their children any more: such a household has a younger head.
    head = np.where((size >= 3) & (head > 62), head - 34, head)
    partner = head + 8 * uniform(ids, seed, "partner") - 5
    partner = np.where(partner < 18, 18 + 5 * uniform(ids, seed, "young partner"), partner)
    child = np.maximum(head - 20 - 18 * uniform(ids, seed, "child"), 17 * uniform(ids, seed, "young child"))
    age = np.where(nth == 0, head, np.where(nth == 1, partner, child))
    days = np.datetime64(TODAY).astype(int) - age * 365.25
    return np.asarray(days, dtype=np.int64)


def is_woman(ids: Whole, seed: int) -> NDArray[np.bool_]:
    """Return who is a woman: in nine couples of ten the two differ."""
    home, nth = households(ids), PLACE_IN_HOME[ids % BLOCK]
    head = uniform(home, seed, "sex of head") < 0.53
    other = np.where(uniform(home, seed, "same sex") < 0.1, head, ~head)
    return np.asarray(
        np.where(nth == 0, head, np.where(nth == 1, other, uniform(ids, seed, "sex") < 0.5)), dtype=np.bool_
    )


def person_names(
    ids: Whole, home: Whole, community: Whole, woman: NDArray[np.bool_], born: Whole, seed: int
) -> tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.object_]]:
    """Return first names, last names and self-defined ethnicity codes, shape (n,) each."""
    first, last, ethnicity = (np.empty(len(ids), dtype=object) for _ in range(3))
    elder = born < np.datetime64("1958-01-01").astype(int)
    own_name = (uniform(ids, seed, "own surname") < 0.12) & (PLACE_IN_HOME[ids % BLOCK] > 0)
    family = np.where(own_name, ids + 2**40, home)
    for number, group in enumerate(COMMUNITIES):
        mine = community == number
        surnames = np.array(group.surnames, dtype=object)
        codes = np.array(group.ethnicity, dtype=object)
        last[mine] = surnames[by_weight(family[mine], seed, "surname", falling(len(surnames)))]
        ethnicity[mine] = codes[below(home[mine], seed, "ethnicity", len(codes))]
        for is_female, is_elder, choice in (
            (True, False, group.female),
            (False, False, group.male),
            (True, True, group.female_elder or group.female),
            (False, True, group.male_elder or group.male),
        ):
            who = mine & (woman == is_female) & (elder == is_elder)
            first[who] = np.array(choice, dtype=object)[
                by_weight(ids[who], seed, "first name", falling(len(choice), 0.4))
            ]
    ethnicity[uniform(ids, seed, "not stated") < 0.06] = "NS"
    return first, last, ethnicity


def home_address(places: Places, home: Whole, seed: int) -> pl.DataFrame:
    """Return address, postcode and lsoa_code of each household; a postcode lies in one street."""
    area = by_weight(home, seed, "area", places.lsoas["weight"].to_numpy())
    each = places.postcodes.height // places.lsoas.height
    row = area * each + below(home, seed, "postcode", each)
    chosen = places.postcodes[row].with_columns(district=places.lsoas["district"].gather(area))
    street, kind = below(row, 7, "street", len(STREETS)), below(row, 7, "kind of street", len(KINDS))
    flat = below(home, seed, "flat", 12) + 1
    number = below(home, seed, "house number", 140) + 1
    parts = pl.DataFrame(
        {
            "street": np.array(STREETS)[street],
            "kind": np.array(KINDS)[kind],
            "number": number,
            "flat": np.where(uniform(home, seed, "lives in a flat") < 0.14, flat, 0),
        }
    )
    return pl.concat([chosen, parts], how="horizontal").select(
        address=pl.when(pl.col("flat") > 0).then(pl.format("Flat {}, ", "flat")).otherwise(pl.lit(""))
        + pl.format("{} {} {}, {}", "number", "street", "kind", "district"),
        postcode="postcode",
        lsoa_code="lsoa_code",
    )


def titles(ids: Whole, woman: NDArray[np.bool_], age: Floats, seed: int) -> NDArray[np.object_]:
    """Return a title each: mostly Mr, Mrs, Ms or Miss, now and then Dr or Rev."""
    drawn = uniform(ids, seed, "title")
    of_women = np.where(
        drawn < 0.12 + 0.006 * np.clip(age, 0, 90), "Mrs", np.where(drawn < 0.75, "Miss", "Ms")
    )
    plain = np.where(woman, of_women, np.where(age < 16, "Master", "Mr"))
    special = np.where(uniform(ids, seed, "kind of title") < 0.85, "Dr", "Rev")
    return np.asarray(np.where((drawn > 0.98) & (age > 25), special, plain), dtype=object)


def phones(ids: Whole, home: Whole, age: Floats, seed: int) -> pl.Series:
    """Return a phone number each: older people more often give the household's landline; children none."""
    shared = uniform(ids, seed, "gives landline") < np.clip((age - 30) / 70, 0.03, 0.7)
    digits = (
        np.where(shared, below(home, seed, "landline", 900_000), below(ids, seed, "mobile", 900_000))
        + 100_000
    )
    numbers = pl.Series(digits).cast(pl.String)
    prefix = pl.Series(np.where(shared, LANDLINE_PREFIX, MOBILE_PREFIX))
    return (prefix + numbers).set(pl.Series(age < 11), None)


def emails(frame: pl.DataFrame, ids: Whole, age: Floats, seed: int) -> pl.Series:
    """Return an e-mail address each; one in ten adults and most people over 85 have none."""
    none = (uniform(ids, seed, "no mail") < np.where(age > 85, 0.6, 0.1)) | (age < 11)
    plain = [
        pl.col(name).str.normalize("NFKD").str.to_lowercase().str.replace_all("[^a-z]", "")
        for name in ("first_names", "last_name")
    ]
    style = pl.Series("style", below(ids, seed, "mail style", 3))
    extra = pl.Series("extra", below(ids, seed, "mail number", 99) + 1)
    domain = pl.Series("domain", np.array(MAIL_DOMAINS)[below(ids, seed, "mail domain", 3)])
    made = frame.with_columns(style, extra, domain).select(
        pl.when(pl.col("style") == 0)
        .then(pl.format("{}.{}{}@{}", *plain, "extra", "domain"))
        .when(pl.col("style") == 1)
        .then(pl.format("{}{}{}@{}", plain[0].str.head(1), plain[1], "extra", "domain"))
        .otherwise(pl.format("{}{}@{}", plain[0], pl.col("extra") + pl.lit(1900), "domain"))
    )
    return made.to_series().set(pl.Series(none), None)


def ages_on(born: Whole, day: Whole) -> Whole:
    """Return whole years of age on a day, both in days from 1 January 1970, as a birthday counts them."""
    birth, now = born.astype("datetime64[D]"), day.astype("datetime64[D]")
    years = now.astype("datetime64[Y]").astype(int) - birth.astype("datetime64[Y]").astype(int)
    birth_in_year = day_of_year_key(birth)
    return np.asarray(years - (day_of_year_key(now) < birth_in_year), dtype=np.int64)


def day_of_year_key(days: NDArray[np.datetime64]) -> Whole:
    """Return month times 100 plus day, so that two days compare within their years."""
    month = days.astype("datetime64[M]")
    return np.asarray(
        (month.astype(int) % 12 + 1) * 100 + (days - month.astype("datetime64[D]")).astype(int) + 1,
        dtype=np.int64,
    )
