"""National tables of small areas as they are published: look-ups of 2011 and 2021, and population by single year of age.

The population table is wide (one column a year of age); it is read as one row an area and age.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from fourfold.records import Area, AreaLink, Population
from fourfold.sources import cells
from fourfold.sources.contract import Contract, Field, ReadingContext
from fourfold.sources.received import RefusalError
from fourfold.sources.text_table import TextTable

DISTRICT = ("LAD name", "lad_name", "ladnm", "LAD11NM", "LAD20NM", "LAD21NM", "LAD22NM", "LAD23NM", "LAD24NM")
LSOA_2011 = ("LSOA11CD", "lsoa11_code")
LSOA_2021 = ("LSOA21CD", "lsoa21_code")

NAME_AND_PLACE = (
    Field("district", DISTRICT, cells.words, needed=True),
    Field("longitude", ("long", "Longitude"), cells.coordinate, "degrees east"),
    Field("latitude", ("lat", "Latitude"), cells.coordinate, "degrees north"),
)
AREAS_2011 = (
    Field("lsoa_code", LSOA_2011, cells.words, needed=True),
    Field("name", ("LSOA11NM", "lsoa11_name"), cells.words, needed=True),
    *NAME_AND_PLACE,
)
AREAS_2021 = (
    Field("lsoa_code", LSOA_2021, cells.words, needed=True),
    Field("name", ("LSOA21NM", "lsoa21_name"), cells.words, needed=True),
    *NAME_AND_PLACE,
)
CHANGES = cells.one_of(unchanged=("u",), split=("s",), merged=("m",), irregular=("x",))
LINKS = (
    Field("lsoa11_code", LSOA_2011, cells.words, needed=True),
    Field("lsoa21_code", LSOA_2021, cells.words, needed=True),
    Field("change", ("CHGIND", "CHNGIND", "Change"), CHANGES, "U, S, M or X", needed=True),
    Field("district", DISTRICT, cells.words, needed=True),
)

OLDEST = "90+"
SINGLE_YEARS = (
    Field("lsoa_code", (*LSOA_2011, *LSOA_2021), cells.words, needed=True),
    *(Field(f"age_{age}", (age,), cells.whole_number, needed=True) for age in ("0", "1", "45", OLDEST)),
)
LONG_HEADINGS = ("LSOA code", "Edition", "Year", "Age band", "Sex", "Ethnic group", "People")


def of_edition(edition: str) -> Callable[[pl.DataFrame, ReadingContext], pl.DataFrame]:
    """Return what adds the edition, the force the file was handed in for, and the columns it does not have."""

    def derive(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
        absent = [pl.lit(None, dtype=pl.String).alias(name) for name in ("npu", "polygon_file")]
        force = pl.lit(context.force, dtype=pl.String).alias("force")
        return frame.with_columns(pl.lit(edition).alias("edition"), force, *absent)

    return derive


def one_row_an_age(table: TextTable, file_name: str) -> TextTable:
    """Turn a population table of single years of age into one row an area and age.

    The year is in the file's name only. Raises RefusalError where the name does not say it.
    """
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", file_name)
    year_named = year.group() if year else None
    short = re.search(r"(?i)(?:mid|pop)[-_ ]?((?:19|20)\d\d)", file_name)
    year_named = short.group(1) if short else year_named
    if year_named is None:
        raise RefusalError(
            "its headings are those of a population table, and no year stands in its name.",
            "Put the year of the estimate into the file's name (population-2020.csv).",
        )
    places = {heading.strip().casefold(): place for place, heading in enumerate(table.headings)}
    code = next(places[name.casefold()] for name in (*LSOA_2011, *LSOA_2021) if name.casefold() in places)
    edition = "2011" if any(name.casefold() in places for name in LSOA_2011) else "2021"
    ages = {
        f"c{place}": heading for heading, place in places.items() if re.fullmatch(r"\d{1,2}|90\+", heading)
    }
    long = table.cells.select(pl.col(f"c{code}").alias("code"), *ages).unpivot(
        index="code", variable_name="age", value_name="people"
    )
    rows = long.select(
        pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("file_row"),
        pl.col("code").alias("c0"),
        pl.lit(edition).alias("c1"),
        pl.lit(year_named).alias("c2"),
        pl.col("age").replace_strict(ages).alias("c3"),
        pl.lit("all").alias("c4"),
        pl.lit("all").alias("c5"),
        pl.col("people").str.replace(r"\.0+$", "").alias("c6"),
    )
    return TextTable(LONG_HEADINGS, rows, table.odd, table.sheet)


CONTRACTS = (
    Contract("areas", "Small areas of 2011 (national look-up)", Area, AREAS_2011, of_edition("2011")),
    Contract("areas", "Small areas of 2021 (national look-up)", Area, AREAS_2021, of_edition("2021")),
    Contract("area_links", "Small areas of 2011 and 2021 (national look-up)", AreaLink, LINKS),
    Contract(
        "population", "Population by single year of age", Population, SINGLE_YEARS, reshape=one_row_an_age
    ),
)
