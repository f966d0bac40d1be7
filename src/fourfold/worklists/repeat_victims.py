"""Victims who are hit again, in fraud reports and crimes together, and the homes of which several people were."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from fourfold.records.repeats import RepeatVictim

TIME: dict[str, Any] = {
    "person_id": pl.String,
    "force": pl.String,
    "kind": pl.String,
    "is_report": pl.Boolean,
    "ref": pl.String,
    "telling": pl.String,
    "on": pl.Date,
    "what": pl.String,
    "loss_gbp": pl.Decimal(12, 2),
    "home": pl.String,
    "recovery": pl.String,
    "is_doubtful": pl.Boolean,
}
"""One row for each time that somebody was told of as a victim: by a fraud report, or by a part in a crime.

`ref` is the report or the crime, `telling` the report or the part; `kind` is person or organisation; `recovery` is
what says that a report is of recovery fraud (code, reader or cue), missing where nothing does.
"""
UNKNOWN = "unknown"


def victims_again(
    told: pl.DataFrame, listed: pl.DataFrame, handed: pl.DataFrame, times_least: int, people_least: int
) -> pl.DataFrame:
    """Return the derived table `repeat_victim`, those of most fraud reports first.

    told: TIME. listed: `person_id, force, reasons, cannot_tell` of the people whom victim care is asked to contact.
    handed: `person_id, force` of those whom a partner is to know of (worklists.trading_standards). times_least: times
    from which somebody is a repeat victim; people_least: people from which a home is hit again.
    """
    people = gathered(told, ["person_id", "force"], times_least)
    of_homes = told.filter(pl.col("home").is_not_null() & (pl.col("kind") == "person"))
    homes = gathered(of_homes, ["home", "force"], 2).filter(pl.col("people") >= max(people_least, 2))
    again = pl.concat(
        [
            people.rename({"person_id": "subject_ref"}),
            homes.with_columns(kind=pl.lit("home"), subject_ref=pl.col("named")).drop("home"),
        ],
        how="diagonal",
    )
    return finished(with_reasons(again, listed, handed))


def gathered(told: pl.DataFrame, by: list[str], times_least: int) -> pl.DataFrame:
    """Return one row a group that was hit so many times, with each time once, oldest first. told: TIME."""
    ordered = told.sort("on", "ref", "telling")
    times = ordered.unique([*by, "is_report", "ref"], keep="first", maintain_order=True)
    again = times.filter(pl.len().over(by) >= max(times_least, 2)).with_columns(
        nth_report=pl.col("is_report").cum_sum().over(by)
    )
    is_report, loss = pl.col("is_report"), pl.col("loss_gbp")
    stated = loss.filter(is_report & (loss > 0))
    # A first report is no coming back, whatever it is of.
    comes_back = is_report & pl.col("recovery").is_not_null() & (pl.col("nth_report") > 1)
    found = again.group_by(by, maintain_order=True).agg(
        pl.col("kind").first(),
        is_report.sum().cast(pl.Int64).alias("reports"),
        (~is_report).sum().cast(pl.Int64).alias("crimes"),
        pl.col("ref").filter(is_report).alias("report_refs"),
        pl.col("ref").filter(~is_report).alias("crime_refs"),
        pl.col("what").fill_null(UNKNOWN).filter(is_report).alias("kinds"),
        pl.col("what").fill_null(UNKNOWN).filter(~is_report).alias("offences"),
        pl.col("on").diff().dt.total_days().median().alias("gap_days"),
        pl.col("on").min().alias("first_on"),
        pl.col("on").max().alias("last_on"),
        pl.when(stated.count() > 0).then(stated.sum()).first().cast(pl.Decimal(12, 2)).alias("loss_gbp"),
        (is_report & loss.is_null()).sum().cast(pl.Int64).alias("loss_missing"),
        pl.col("on").filter(comes_back).first().alias("recovery_on"),
        pl.col("recovery").filter(comes_back).first().alias("recovery_by"),
        pl.coalesce(pl.col("telling").filter(is_report).first(), pl.col("telling").first()).alias("named"),
    )
    whole = ordered.group_by(by).agg(
        pl.col("person_id").n_unique().cast(pl.Int64).alias("people"), pl.col("is_doubtful").any()
    )
    return found.join(whole, on=by, how="left", maintain_order="left")


def with_reasons(again: pl.DataFrame, listed: pl.DataFrame, handed: pl.DataFrame) -> pl.DataFrame:
    """Add why victim care was asked to contact them, and whether the partner is to know of them."""
    known = listed.select("force", subject_ref="person_id", listed_for="reasons", cannot_tell="cannot_tell")
    goes = handed.select("force", subject_ref="person_id", goes_to_partner=pl.lit(True))
    named = again.join(known, on=["subject_ref", "force"], how="left").join(
        goes, on=["subject_ref", "force"], how="left"
    )
    # A home is named after a report, which may be a person of that name too: it is nobody whom the lists name.
    is_one = pl.col("kind") != "home"
    return named.with_columns(
        listed_for=pl.when(is_one & ~pl.col("cannot_tell")).then("listed_for"),
        cannot_tell=is_one & pl.col("cannot_tell").fill_null(False),
        goes_to_partner=is_one & pl.col("goes_to_partner").fill_null(False),
    )


def finished(found: pl.DataFrame) -> pl.DataFrame:
    if not found.height:
        return RepeatVictim.create_empty()
    ordered = found.sort(
        "reports", "crimes", "last_on", "subject_ref", "kind",
        descending=[True, True, True, False, False],
    )  # fmt: skip
    rows = ordered.with_columns(
        *(as_json(ordered[name]) for name in ("report_refs", "crime_refs")),
        *(as_json(ordered[name], tallied=True) for name in ("kinds", "offences")),
    )
    return RepeatVictim.validate(rows.select(RepeatVictim.column_names()))


def as_json(lists: pl.Series, tallied: bool = False) -> pl.Series:
    return pl.Series(
        lists.name,
        [json.dumps(tally(one) if tallied else one, ensure_ascii=False) for one in lists.to_list()],
    )


def tally(codes: list[str]) -> dict[str, int]:
    """Return how often each code was told, the most frequent first."""
    counts = {code: codes.count(code) for code in dict.fromkeys(codes)}
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
