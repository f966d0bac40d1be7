"""Businesses hit again, and staff who are victims again: how often, how close together, of what, and what followed advice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import polars as pl

from fourfold.records.premises import Premises, StaffVictim

WORKLIST = "premises"
ANY = "any"
"""Beside the definitions of business crime: every crime there."""
KIND_WORDS = {
    "theft": "theft",
    "burglary": "burglary",
    "robbery": "robbery",
    "violence": "violence or abuse",
    "damage": "damage",
    "other": "other crime",
}


@dataclass(frozen=True)
class Window:
    """Over which months crimes are counted, from how many premises are listed, and the days either side of advice."""

    months: int
    hit_least: int
    advice_days: int


def premises_hit_again(
    crimes: pl.DataFrame, told: pl.DataFrame, window: Window, definitions: tuple[str, ...]
) -> pl.DataFrame:
    """Return the derived table `premises`: those hit in the window as often as it says, most hit first.

    crimes: columns of PremisesCrime. told: crime_ref, force, recorded_on, premises_type, district, lsoa_code,
    easting, northing of every crime of the force. The window of a force ends on the last day of which its records
    tell. Crimes that stand alone, with neither name nor place, are no premises.
    """
    ends = told.group_by("force").agg(pl.col("recorded_on").max().alias("as_of"))
    placed = crimes.filter(pl.col("matched_by") != "alone").join(ends, on="force")
    recent = placed.with_columns(
        is_recent=pl.col("recorded_on") > pl.col("as_of").dt.offset_by(f"-{window.months}mo")
    ).sort("recorded_on", "crime_ref")
    listed = (
        recent.filter(pl.col("is_recent"))
        .group_by("premises_id")
        .len()
        .filter(pl.col("len") >= window.hit_least)
    )
    kept = recent.join(listed.select("premises_id"), on="premises_id", how="semi")
    if not kept.height:
        return Premises.create_empty()
    facts = (
        kept.join(told.drop("force", "recorded_on"), on="crime_ref", how="left")
        .group_by("premises_id", "force", maintain_order=True)
        .agg(
            *(most_told(name) for name in ("premises_type", "district", "lsoa_code")),
            most_told("name_as_told").alias("name"),
            pl.col("name_as_told")
            .n_unique()
            .sub(pl.col("name_as_told").has_nulls().cast(pl.UInt32))
            .alias("names_told"),
            pl.col("easting").median(),
            pl.col("northing").median(),
            pl.len().alias("crimes_ever"),
            pl.col("as_of").first(),
        )
    )
    counts = kept.filter(pl.col("is_recent")).group_by("premises_id").agg(*counted(definitions))
    found = facts.join(counts, on="premises_id").join(
        after_advice(kept, window), on="premises_id", how="left"
    )
    return ranked(found, definitions)


def most_told(column: str) -> pl.Expr:
    """Return the value told most often; of those told as often, the first in order."""
    return pl.col(column).drop_nulls().mode().sort().first()


def counted(definitions: tuple[str, ...]) -> list[pl.Expr]:
    gaps = pl.col("recorded_on").diff().dt.total_days()
    of_kind = {kind: (pl.col("kind") == kind).sum() for kind in KIND_WORDS}
    return [
        pl.len().alias("n"),
        *(
            pl.col("definitions").str.contains(f"|{name}|", literal=True).sum().alias(f"n_{name}")
            for name in definitions
        ),
        *(count.alias(f"k_{kind}") for kind, count in of_kind.items()),
        pl.col("recorded_on").min().alias("first_on"),
        pl.col("recorded_on").max().alias("last_on"),
        gaps.median().alias("gap_days"),
        (pl.col("matched_by") == "place").sum().cast(pl.Int64).alias("by_place_alone"),
        (pl.col("on_staff") == "yes").sum().cast(pl.Int64).alias("on_staff"),
        ((pl.col("on_staff") == "not_recorded") & pl.col("trigger").is_not_null())
        .sum()
        .cast(pl.Int64)
        .alias("staff_unclear"),
    ]


def after_advice(crimes: pl.DataFrame, window: Window) -> pl.DataFrame:
    """Return `premises_id, advised_on, advice_days, before_advice, after_advice` of premises that were advised.

    The first advice of the last two windows counts. As many days are looked at before it as after it:
    `advice_days` of the window, or fewer where the records end sooner. The day of the advice is on neither side.
    """
    since = pl.col("as_of").dt.offset_by(f"-{2 * window.months}mo")
    first = (
        crimes.filter(pl.col("advised_on") > since)
        .group_by("premises_id")
        .agg(pl.col("advised_on").min().alias("first_advice"), pl.col("as_of").first().alias("ends_on"))
        .with_columns(
            advice_days=pl.min_horizontal(
                pl.lit(window.advice_days), (pl.col("ends_on") - pl.col("first_advice")).dt.total_days()
            ).cast(pl.Int64)
        )
    )
    days = (pl.col("recorded_on") - pl.col("first_advice")).dt.total_days()
    return (
        crimes.join(first, on="premises_id")
        .group_by("premises_id")
        .agg(
            pl.col("first_advice").first().alias("advised_on"),
            pl.col("advice_days").first(),
            ((days < 0) & (days >= -pl.col("advice_days"))).sum().cast(pl.Int64).alias("before_advice"),
            ((days > 0) & (days <= pl.col("advice_days"))).sum().cast(pl.Int64).alias("after_advice"),
        )
    )


def ranked(found: pl.DataFrame, definitions: tuple[str, ...]) -> pl.DataFrame:
    ordered = found.sort("n", "last_on", "premises_id", descending=[True, True, False]).with_columns(
        rank=pl.int_range(1, pl.len() + 1).over("force")
    )
    rows = ordered.to_dicts()
    worded = ordered.with_columns(
        counts=pl.Series(
            [json.dumps({ANY: row["n"], **{name: row[f"n_{name}"] for name in definitions}}) for row in rows]
        ),
        kinds=pl.Series(
            [json.dumps({kind: row[f"k_{kind}"] for kind in KIND_WORDS if row[f"k_{kind}"]}) for row in rows]
        ),
        reasons=pl.Series([json.dumps(reasons(row), ensure_ascii=False) for row in rows]),
    ).with_columns(pl.col("names_told", "crimes_ever", "rank").cast(pl.Int64))
    return Premises.validate(worded.select(Premises.column_names()))


def reasons(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Say why premises are listed, each reason with its rule."""
    kinds = ", ".join(f"{row[f'k_{kind}']} {words}" for kind, words in KIND_WORDS.items() if row[f"k_{kind}"])
    told = [("hit_again", f"{row['n']} crimes in the window: {kinds}")]
    if row["on_staff"]:
        told.append(("on_staff", f"{row['on_staff']} against somebody at work there"))
    if row["staff_unclear"]:
        told.append(
            (
                "staff_unclear",
                f"{row['staff_unclear']} of violence of which nothing says whether the victim was at work",
            )
        )
    if row["by_place_alone"]:
        told.append(("name_blank", f"{row['by_place_alone']} put here by place alone, the name being blank"))
    return [{"rule": rule, "words": words} for rule, words in told]


def staff_hurt_again(crimes: pl.DataFrame, victims: pl.DataFrame) -> pl.DataFrame:
    """Return the derived table `staff_victim`: people who were victims of violence at shops more than once.

    crimes: columns of PremisesCrime. victims: crime_ref, person_id of the people, no businesses, who are
    victims. Somebody of whom every crime says that they were not at work is left out.
    """
    hurt = (
        victims.unique()
        .join(crimes.filter(pl.col("trigger").is_not_null()), on="crime_ref")
        .filter(pl.col("on_staff") != "no")
        .sort("recorded_on", "crime_ref")
    )
    again = hurt.group_by("person_id", "force").agg(
        pl.col("crime_ref").alias("refs"),
        pl.col("premises_id").unique(maintain_order=True).alias("places"),
        pl.len().cast(pl.Int64).alias("crimes"),
        (pl.col("on_staff") == "yes").sum().cast(pl.Int64).alias("on_staff"),
        (pl.col("on_staff") == "not_recorded").sum().cast(pl.Int64).alias("unclear"),
        pl.col("recorded_on").diff().dt.total_days().median().alias("gap_days"),
        pl.col("recorded_on").min().alias("first_on"),
        pl.col("recorded_on").max().alias("last_on"),
    )
    repeated = again.filter(pl.col("crimes") >= 2).sort(
        "crimes", "last_on", "person_id", descending=[True, True, False]
    )
    if not repeated.height:
        return StaffVictim.create_empty()
    found = repeated.with_columns(
        crime_refs=pl.Series([json.dumps(refs) for refs in repeated["refs"].to_list()]),
        premises_ids=pl.Series([json.dumps(ids) for ids in repeated["places"].to_list()]),
    )
    return StaffVictim.validate(found.select(StaffVictim.column_names()))
