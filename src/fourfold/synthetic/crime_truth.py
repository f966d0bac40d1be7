"""The truth of the crime extract, written quarter by quarter so that it is never held whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from fourfold.synthetic.duties import REFER, DutyBook
from fourfold.synthetic.people import label


@dataclass
class TruthFiles:
    """CSV files in one folder that grow with each quarter; `rows` counts what went into each."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, frame: pl.DataFrame) -> None:
        """Put a quarter's rows at the end of `name`.csv; the first ones bring the headings."""
        self.folder.mkdir(parents=True, exist_ok=True)
        first = name not in self.rows
        with (self.folder / f"{name}.csv").open("wb" if first else "ab") as file:
            frame.write_csv(file, include_header=first)
        self.rows[name] = self.rows.get(name, 0) + frame.height


UNDER_WAY = ("open", "charged")


def duty_truth(
    book: DutyBook, events: pl.DataFrame, crimes: pl.DataFrame, persons: pl.DataFrame
) -> pl.DataFrame:
    """Return each duty with its references instead of places in the quarter.

    A business that names no contact is owed none of them. Where no limit is stated, what is not done is
    running until the case has ended.
    """
    contacts = persons.filter(pl.col("role") == "business_contact")["crime_ref"].unique()
    # A need found after the last moment was never written down, and starts nothing.
    needing = events.filter(pl.col("event_type") == "support_need_found")["row"].unique()
    told = (pl.col("rule") != REFER.rule) | pl.col("row").is_in(needing.implode())
    is_owed = ~crimes["is_business"] | crimes["crime_ref"].is_in(contacts.implode())
    under_way = crimes["status"].is_in(UNDER_WAY)
    found = book.duties().join(
        events.select(start="key", start_event="event_id"), on="start", how="left", maintain_order="left"
    )
    found = found.filter(told)
    return found.select(
        "duty",
        "rule",
        "start_event",
        "due_on",
        state=pl.when(~is_owed.gather(found["row"]))
        .then(pl.lit("not_applicable"))
        .when(
            under_way.gather(found["row"])
            & pl.col("due_on").is_null()
            & pl.col("state").is_in(["missed", "unrecorded"])
        )
        .then(pl.lit("running"))
        .otherwise("state"),
        crime_ref=crimes["crime_ref"].gather(found["row"]),
        victim_ref=crimes["victim_ref"].gather(found["row"]),
    ).select("crime_ref", "victim_ref", "duty", "rule", "start_event", "due_on", "state")


def shop_worker_truth(crimes: pl.DataFrame) -> pl.DataFrame:
    """Return the crimes against shop workers with what set them off, and the lookalikes (trigger `none`)."""
    return crimes.filter(pl.col("trigger").is_not_null()).select(
        "crime_ref",
        "trigger",
        "fields_told",
        "premises_no",
        "premises_name",
        is_shop_worker=pl.col("trigger") != "none",
    )


def premises_truth(crimes: pl.DataFrame) -> pl.DataFrame:
    """Return which premises each crime in premises happened at, however its name was keyed."""
    inside = crimes.filter(pl.col("premises_no") >= 0)
    return inside.select("crime_ref", "premises_no", "premises_name", "easting", "northing")


def group_truth(groups: pl.DataFrame, suspects: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """Return who of which group took part in which crime, and as what."""
    who = suspects.select("row", "offender", "person", "suspect_ref")
    found = groups.join(who, on=["row", "offender"], how="inner", maintain_order="left")
    return found.select(
        "group_id",
        "part",
        "suspect_ref",
        crime_ref=crimes["crime_ref"].gather(found["row"]),
        true_person_id=label("P", "person"),
    )


def near_repeat_truth(pairs: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs with metres and days between them."""

    def between(name: str) -> pl.Series:
        return crimes[name].gather(pairs["row"]) - crimes[name].gather(pairs["earlier_row"])

    metres = (between("easting") ** 2 + between("northing") ** 2).sqrt().round(0)
    day = crimes["occurred_from"].dt.epoch("d")
    return pairs.select(
        crime_ref=crimes["crime_ref"].gather(pairs["row"]),
        earlier_ref=crimes["crime_ref"].gather(pairs["earlier_row"]),
        metres=metres,
        days=day.gather(pairs["row"]) - day.gather(pairs["earlier_row"]),
    )
