"""Small areas and the people who live in them."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import Record, choice, text


class Area(Record):
    """One small area (LSOA) of one edition (2011 or 2021) with the district it lies in.

    Comes from the national look-ups and from the force's own list of policing units.
    What is missing: the policing unit, where the force gave none.
    How it misleads: editions differ; an LSOA of 2011 and one of 2021 with the same code are usually,
    not always, the same ground.
    """

    table: ClassVar[str] = "area"
    key: ClassVar[tuple[str, ...]] = ("lsoa_code", "edition")

    lsoa_code = text(nullable=False)
    edition = choice("2011", "2021", nullable=False)
    name = text()
    district = text(nullable=False)
    npu = text()
    force = text()
    longitude = dy.Float64(nullable=True, min=-9, max=3)
    latitude = dy.Float64(nullable=True, min=49, max=62)
    polygon_file = text()


class AreaLink(Record):
    """One small area of 2011 with one of 2021 that covers the same ground, wholly or in part.

    Comes from the national look-up of the two editions.
    What is missing: how much of the one lies in the other, where areas were split or merged.
    How it misleads: a count of 2011 areas cannot be split over their parts by this table alone.
    """

    table: ClassVar[str] = "area_link"
    key: ClassVar[tuple[str, ...]] = ("lsoa11_code", "lsoa21_code")

    lsoa11_code = text(nullable=False)
    lsoa21_code = text(nullable=False)
    change = choice("unchanged", "split", "merged", "irregular")
    district = text()


class Population(Record):
    """People living in one small area in one year, by age band, sex and ethnic group.

    Comes from the national mid-year estimates and the census.
    What is missing: a dimension that the table does not divide by is written `all`.
    How it misleads: residents are a poor base for crimes against visitors; the year of the estimate
    is part of every rate.
    """

    table: ClassVar[str] = "population"
    key: ClassVar[tuple[str, ...]] = ("lsoa_code", "edition", "year", "age_band", "sex", "ethnic_group")

    lsoa_code = text(nullable=False)
    edition = choice("2011", "2021", nullable=False)
    year = dy.Int64(nullable=False, min=1991, max=2100)
    age_band = text(nullable=False)
    sex = text(nullable=False)
    ethnic_group = text(nullable=False)
    people = dy.Int64(nullable=False, min=0)
