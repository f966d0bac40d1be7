"""Made-up shops and other business premises: few of them suffer most of the theft and the abuse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.crime_places import points_within
from fourfold.synthetic.draws import falling
from fourfold.synthetic.people import STREETS
from fourfold.synthetic.places import Places
from fourfold.synthetic.streams import stream

Whole = NDArray[np.int64]

OWNERS = (
    "Fennimart",
    "Larkwell",
    "Tansley & Rook",
    "Bexmoor",
    "Ottergate",
    "Pennyfold",
    "Quillmart",
    "Harrowdene",
    "Saffronby",
    "Thistlewick",
    "Marlowick",
    "Dovekey",
    "Brackenshaw",
    "Pellworth",
    "Nettlecombe",
    "Osperley",
)
"""Invented names; none is known as a retailer."""
KINDS: tuple[tuple[str, str, str, float], ...] = (
    ("supermarket", "Supermarket", "shop", 0.10),
    ("convenience_store", "Convenience store", "shop", 0.34),
    ("petrol_station", "Petrol station", "shop", 0.07),
    ("shop", "Other shop", "shop", 0.24),
    ("licensed_premises", "Pub, bar or club", "other", 0.07),
    ("food_outlet", "Restaurant, cafe or takeaway", "other", 0.05),
    ("industrial", "Warehouse, factory or industrial unit", "business", 0.06),
    ("office", "Office", "business", 0.04),
    ("building_site", "Building site", "business", 0.03),
)
"""Code of vocabulary premises_types, the words the crime system writes, what it is for, its share."""
SUFFIX = {
    "supermarket": "Superstore",
    "convenience_store": "Local",
    "petrol_station": "Service Station",
    "shop": "Stores",
    "licensed_premises": "Arms",
    "food_outlet": "Kitchen",
    "industrial": "Works",
    "office": "House",
    "building_site": "Site",
}


@dataclass(frozen=True)
class Premises:
    """The premises and, for shops and for other businesses, who is drawn how often.

    frame: premises_no, name, kind (words), area (row of places.lsoas), easting, northing.
    """

    frame: pl.DataFrame
    shops: Whole
    shop_share: NDArray[np.float64]
    businesses: Whole

    def draw_shops(self, n: int, rng: np.random.Generator) -> Whole:
        """Return the premises_no of the shop of each of `n` crimes; a few shops have most of them."""
        return np.asarray(rng.choice(self.shops, size=n, p=self.shop_share), dtype=np.int64)

    def draw_businesses(self, n: int, rng: np.random.Generator) -> Whole:
        """Return the premises_no of the business of each of `n` crimes."""
        return np.asarray(rng.choice(self.businesses, size=n), dtype=np.int64)


def make_premises(places: Places, scale: float, seed: int) -> Premises:
    """Return the premises: some 1,500 at scale 1, never fewer than 120 nor more than 6,000."""
    rng = stream(seed, "premises")
    n = int(np.clip(round(1500 * scale), 120, 6000))
    shares = np.array([share for *_, share in KINDS])
    kind = rng.choice(len(KINDS), size=n, p=shares / shares.sum())
    area = rng.choice(places.lsoas.height, size=n, p=places.lsoas["weight"].to_numpy())
    east, north = points_within(places, area, rng)
    owner = np.array(OWNERS, dtype=object)[rng.integers(0, len(OWNERS), n)]
    suffix = np.array([SUFFIX[code] for code, *_ in KINDS], dtype=object)[kind]
    street = np.array(STREETS, dtype=object)[rng.integers(0, len(STREETS), n)]
    frame = pl.DataFrame(
        {
            "premises_no": np.arange(n),
            "kind": np.array([words for _, words, _, _ in KINDS], dtype=object)[kind],
            "area": area,
            "premises_easting": east,
            "premises_northing": north,
            "owner": owner,
            "suffix": suffix,
            "street": street,
            "number": np.arange(n) % 97 * 3 + 1,
        }
    ).with_columns(premises_name=pl.format("{} {}, {} {} Road", "owner", "suffix", "number", "street"))
    use = np.array([use for _, _, use, _ in KINDS])[kind]
    shops = np.flatnonzero(use == "shop")
    share = falling(len(shops), 0.75)
    return Premises(frame, rng.permutation(shops), share / share.sum(), np.flatnonzero(use == "business"))
