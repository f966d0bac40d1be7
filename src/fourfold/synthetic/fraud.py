"""The fraud part of the made-up force: weekly lists, outcomes, and the truth of both."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fourfold.synthetic.fraud_kinds import EMERGING_TOPIC, KINDS, TOPICS
from fourfold.synthetic.fraud_lists import write_lists
from fourfold.synthetic.fraud_losses import MEAN_LOSS
from fourfold.synthetic.fraud_outcomes import fraud_outcomes, outcome_rows
from fourfold.synthetic.fraud_plan import BANDS
from fourfold.synthetic.fraud_reports import courier_truth, report_numbers, report_refs
from fourfold.synthetic.places import Places
from fourfold.synthetic.streams import stream
from fourfold.synthetic.truth import write_facts, write_truth
from fourfold.synthetic.write import write_table


def write_fraud(received: Path, truth: Path, places: Places, scale: float, seed: int) -> None:
    """Write `fraud/` under `received`, and its truth: reports, courier frauds, faults, calibration."""
    folder = received / "fraud"
    numbers = report_numbers(scale, seed)
    outcomes = fraud_outcomes(numbers, scale, stream(seed, "fraud outcomes"))
    for year in (2020, 2021):
        rows = outcome_rows(outcomes.filter(pl.col("year") == year))
        write_table(rows, folder, f"fraud-outcomes-{year}")
    people, faults = zip(*write_lists(numbers, folder, places, scale, seed), strict=True)
    write_truth(report_truth(numbers, pl.concat(people)), truth, "fraud_reports")
    write_truth(courier_truth(numbers), truth, "courier")
    every = pl.concat(faults)
    write_truth(every.filter(pl.col("fault").is_not_null()).drop("rows_in_file"), truth, "fraud_faults")
    write_truth(
        every.unique("file", maintain_order=True).select("file", "form", "rows_in_file"), truth, "fraud_files"
    )
    write_facts(calibration(numbers), truth, "fraud_calibration")
    write_facts(emerging(numbers), truth, "fraud_emerging")


def report_truth(numbers: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return who is behind each report, what it is truly about, and the victim's earlier reports."""
    who = pl.coalesce("true_person_id", "organisation_id")
    return (
        numbers.select(
            "report_no",
            "story",
            "courier_method",
            "age",
            nfib_code=pl.col("kind").replace_strict({place: row.code for place, row in enumerate(KINDS)}),
        )
        .join(people, on="report_no", how="left", maintain_order="left")
        .with_columns(earlier_reports=pl.int_range(pl.len()).over(who))
        .select(
            "report_ref",
            "true_person_id",
            "household_id",
            "organisation_id",
            "nfib_code",
            "story",
            "courier_method",
            pl.when(pl.col("age") >= 0).then("age").alias("true_age"),
            "earlier_reports",
        )
    )


def calibration(numbers: pl.DataFrame) -> dict[str, object]:
    """Return what a reader must find in the lists: reports, codes, bands, mean losses by year."""
    found: dict[str, object] = {}
    for (year,), rows in numbers.group_by("year", maintain_order=True):
        codes = rows.group_by("kind").len().sort("kind")
        bands = rows.filter(pl.col("band") >= 0).group_by("band").len().sort("band")
        stated = (
            rows.filter(pl.col("loss") > 0)
            .group_by("organisation")
            .agg(pl.col("loss").mean())
            .sort("organisation")
        )
        found[str(year)] = {
            "reports": rows.height,
            "organisations": int(rows["organisation"].sum()),
            "codes": {KINDS[kind].code: count for kind, count in codes.iter_rows()},
            "age_bands": {band_name(band): count for band, count in bands.iter_rows()},
            "mean_stated_loss_above_nought_gbp": {
                "organisations" if firm else "individuals": round(mean, 2)
                for firm, mean in stated.iter_rows()
            },
            "courier_frauds": rows["courier_method"].count(),
        }
    found["source"] = "2022 board paper, paras 8, 11 and 12; everything else is made up"
    found["mean_loss_asked_for_gbp"] = {
        f"{year} {'organisations' if firm else 'individuals'}": mean
        for (year, firm), mean in MEAN_LOSS.items()
    }
    return found


def emerging(numbers: pl.DataFrame) -> dict[str, object]:
    """Return the topic that is new within the catch-all code, since when, and its reports by month."""
    rows = numbers.filter(pl.col("story") == EMERGING_TOPIC)
    months = rows.group_by(month=pl.from_epoch("day", time_unit="d").dt.strftime("%Y-%m")).len().sort("month")
    return {
        "topic": EMERGING_TOPIC,
        "code": "NFIB90",
        "from_on": next(topic.from_on for topic in TOPICS if topic.name == EMERGING_TOPIC),
        "reports_by_month": dict(months.iter_rows()),
        "report_refs": rows.select(report_refs(rows)).to_series().to_list(),
    }


def band_name(band: int) -> str:
    """Return a band as the vocabulary names it."""
    low, high, _, _ = BANDS[band]
    return f"{low}-and-over" if low == BANDS[-1][0] else f"{low}-{high}"
