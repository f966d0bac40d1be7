"""Made-up organisations that report fraud: small firms, shops, charities, schools."""

from __future__ import annotations

import numpy as np
import polars as pl

from fourfold.synthetic.draws import Whole, below, uniform
from fourfold.synthetic.names import BRITISH_SURNAMES, listed
from fourfold.synthetic.people import LANDLINE_PREFIX, home_address
from fourfold.synthetic.places import Places

FIRST_WORDS = listed(
    "Heron Alder Beacon Furnace Plover Kestrel Foundry Quince Rowan Teasel Lockside Wharfside Priory "
    "Larkspur Medlar Sorrel Yarrow Bramble Millstone Chainmakers"
)
TRADES = listed(
    "Joinery Motors Foods Logistics Interiors Roofing Electrical Lettings Pharmacy Bakery Printing Plastics "
    "Fasteners Cleaning Catering Textiles Fabrications Travel Opticians Primary_School Community_Centre "
    "Care_Home Housing_Trust Hospice_Shop Golf_Club"
)
FORMS = ("Ltd", "Limited", "& Sons", "(UK) Ltd", "LLP", "", "")
POOL_AT_ONE = 30_000


def organisations_at(places: Places, ids: Whole, seed: int) -> pl.DataFrame:
    """Return organisations by number.

    Columns: organisation_id, organisation_name, address, postcode, lsoa_code, phone, email.
    """
    own = seed ^ 0x0F1
    by_family = uniform(ids, own, "named after a family") < 0.35
    family = np.array(BRITISH_SURNAMES)[below(ids, own, "family", len(BRITISH_SURNAMES))]
    word = np.array(FIRST_WORDS)[below(ids, own, "word", len(FIRST_WORDS))]
    frame = pl.DataFrame(
        {
            "organisation_id": ids,
            "first": np.where(by_family, family, word),
            "trade": np.array(TRADES)[below(ids, own, "trade", len(TRADES))],
            "form": np.array(FORMS)[below(ids, own, "form", len(FORMS))],
            "number": below(ids, own, "telephone", 900_000) + 100_000,
        }
    )
    mail = pl.concat_str(
        pl.lit("accounts@"),
        pl.concat_str("first", "trade").str.to_lowercase().str.replace_all("[^a-z]", ""),
        pl.lit(".example"),
    )
    named = frame.select(
        organisation_id=pl.lit("O") + pl.col("organisation_id").cast(pl.String).str.zfill(9),
        organisation_name=pl.format("{} {} {}", "first", "trade", "form").str.strip_chars(),
        phone=pl.lit(LANDLINE_PREFIX) + pl.col("number").cast(pl.String),
        email=mail,
    )
    return pl.concat([named, home_address(places, ids, own)], how="horizontal")


def choose_organisations(count: int, scale: float, rng: np.random.Generator) -> Whole:
    """Return the organisation behind each of `count` reports; a few report more than once."""
    pool = max(int(POOL_AT_ONE * scale), 200)
    chosen = rng.integers(0, pool, count)
    again = np.flatnonzero((rng.random(count) < 0.05) & (np.arange(count) > 0))
    chosen[again] = chosen[(rng.random(len(again)) * again).astype(np.int64)]
    return np.asarray(chosen, dtype=np.int64)
