"""Which groups of offences a crime belongs to: all that fit, and the first in the order of policy.

A blank flag is not a no: the crime is grouped by what is known of it, and the groups that a blank field
leaves open are named, so that their number can be reported (2022 board paper, paragraphs 49 and 53).
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import polars as pl

from fourfold.home import WrongUseError
from fourfold.rules import business_crime
from fourfold.rules.offence_groups import OffenceGroup

NO_GROUP = "none"
NFIB = r"(?i)^\s*nfib"
CLASSES = ("ho_code", "ho_code_raw")


def grouped(crimes: pl.DataFrame, groups: Sequence[OffenceGroup]) -> pl.DataFrame:
    """Return `crime_ref, group, flags, flags_unknown`, a row for each crime, in the order of the crimes.

    crimes: columns of the record crime that the groups need (`needs`), and `victim_is_organisation`
    (`with_victim_kind`) where one of them is business crime. group: the first that fits, "none" where
    none does. flags: every group that fits, in the order of policy. flags_unknown: the groups that cannot
    be told from what is filled in. Raises WrongUseError where a column is not there.
    """
    lacking = sorted(set(needs(groups)) - set(crimes.columns))
    if lacking:
        raise WrongUseError(f"Grouping needs the columns {', '.join(lacking)}.")
    told = crimes.select("crime_ref")
    fits: list[pl.Series] = []
    for number, one in enumerate(groups):
        fits.append(nothing_of(fits, crimes.height) if one.rest else fit(crimes, one))
        told = told.with_columns(fits[-1].alias(str(number)))
    numbers = [(str(number), one.group) for number, one in enumerate(groups)]
    return told.select(
        "crime_ref",
        group=pl.coalesce(
            *(pl.when(pl.col(n).fill_null(False)).then(pl.lit(group)) for n, group in numbers),
            pl.lit(NO_GROUP),
        ),
        flags=names_where([(pl.col(n).fill_null(False), group) for n, group in numbers]),
        flags_unknown=names_where([(pl.col(n).is_null(), group) for n, group in numbers]),
    )


def needs(groups: Sequence[OffenceGroup]) -> tuple[str, ...]:
    """Return the columns of a crime that some groups read."""
    found = ["crime_ref", *CLASSES, *(one.flag for one in groups if one.flag)]
    if any(one.business is not None for one in groups):
        found += business_crime.NEEDS
    return tuple(dict.fromkeys(found))


def with_victim_kind(crimes: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Add `victim_is_organisation`: true where a victim is named as one, missing where no victim is told of."""
    victims = people.filter(pl.col("role") == "victim")
    kinds = victims.group_by("crime_ref").agg(
        victim_is_organisation=pl.col("organisation_name").is_not_null().any()
    )
    return crimes.join(kinds, on="crime_ref", how="left", maintain_order="left")


def fit(crimes: pl.DataFrame, one: OffenceGroup) -> pl.Series:
    """Return whether each crime belongs to a group: yes, no, or missing where that cannot be told.

    A crime recorded under a fraud code is of a known class, though the offence list has none for it.
    """
    nfib = pl.col("ho_code").is_null() & pl.col("ho_code_raw").str.contains(NFIB).fill_null(False)
    known = pl.when(pl.col("ho_code").is_not_null() | nfib)
    parts: list[pl.Expr] = []
    if one.codes or one.nfib:
        inside = pl.col("ho_code").is_in(list(one.codes)).fill_null(False) | (nfib & pl.lit(one.nfib))
        parts.append(known.then(inside))
    if one.flag:
        parts.append(pl.col(one.flag))
    if one.business is not None:
        rule = business_crime.is_business(one.business, one.own_vocabulary)
        crimes = nw.from_native(crimes).with_columns(_business=rule).to_native()
        parts.append(pl.col("_business"))
    return crimes.select(pl.any_horizontal(*parts)).to_series()


def nothing_of(fits: Sequence[pl.Series], height: int) -> pl.Series:
    """Return whether a crime is, as far as is known, in none of the groups before."""
    found = pl.Series([False], dtype=pl.Boolean).new_from_index(0, height)
    for one in fits:
        found = found | one.fill_null(False)
    return ~found


def names_where(parts: Sequence[tuple[pl.Expr, str]]) -> pl.Expr:
    """Return the list of the names whose condition holds, in their order."""
    names = [pl.when(holds).then(pl.lit(name)) for holds, name in parts]
    return pl.concat_list(names).list.drop_nulls()
