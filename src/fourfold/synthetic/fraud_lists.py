"""The weekly lists of fraud victims: 105 files in five forms, with the faults of real ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from fourfold.synthetic.faults import BAD_AT_ONE, BAD_ROWS, bad_rows, sent_again
from fourfold.synthetic.fraud_reports import FIRST_LIST, LISTS
from fourfold.synthetic.fraud_rows import told_rows
from fourfold.synthetic.places import Places
from fourfold.synthetic.streams import stream
from fourfold.synthetic.write import write_table

HEADINGS: tuple[tuple[str, str, str], ...] = (
    ("report_ref", "NFRC reference", "Crime reference"),
    ("source", "Source system", "Source"),
    ("reported_on", "Date reported", "Date of report"),
    ("force", "Police force", "Force"),
    ("nfib_code_raw", "NFIB code", "Fraud code"),
    ("victim_type", "Victim type", "Type of victim"),
    ("organisation_name", "Organisation name", "Business name"),
    ("title", "Title", "Title"),
    ("first_names", "First names", "Forename"),
    ("last_name", "Last name", "Surname"),
    ("date_of_birth", "Date of birth", "DOB"),
    ("age", "Age", "Victim age"),
    ("sex", "Sex", "Gender"),
    ("ethnicity", "Ethnicity", "Self-defined ethnicity"),
    ("email", "Email", "E-mail"),
    ("phone", "Phone", "Telephone"),
    ("address", "Address", "Victim address"),
    ("postcode", "Postcode", "Post code"),
    ("lsoa_code", "LSOA code", "LSOA"),
    ("loss_gbp", "Loss (GBP)", "Loss amount"),
    ("contact_method", "Contact method", "How contacted"),
    ("payment_method", "Payment method", "How paid"),
    ("risk_score", "Risk score", "NDM score"),
    ("risk_score_scale", "Risk score scale", "Score scale"),
    ("support_wanted", "Support wanted", "Wants support"),
    ("narrative", "Narrative", "Incident description"),
    ("disseminated_on", "Date disseminated", "Dissemination date"),
    ("dissemination_kind", "Dissemination kind", "Dissemination type"),
)
"""Column, the heading asked for, and another that such files are known to use."""
LEAST_WEEKS_AT_ONCE = 4
DATES = ("reported_on", "date_of_birth", "disseminated_on")


def form_of(week: int) -> str:
    """Return the form of a week's file: most are plain CSV."""
    for every, at, form in ((13, 4, "xlsx"), (11, 6, "csv_1252"), (9, 2, "csv_bom"), (52, 40, "parquet")):
        if week % every == at:
            return form
    return "csv"


def write_lists(
    numbers: pl.DataFrame, folder: Path, places: Places, scale: float, seed: int
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Write the lists some weeks at a time; yield the truth of each part: its reports, and its faults.

    Never more rows are held in words than a force of scale 1.0 has in the two years.
    """
    at_once = max(LEAST_WEEKS_AT_ONCE, min(LISTS, round(LISTS / scale)))
    starts = range(0, LISTS, at_once)
    waiting = pl.DataFrame()
    made = 0
    for chunk, start in enumerate(starts):
        stop = min(start + at_once, LISTS)
        rng = stream(seed, "fraud rows", chunk)
        rows = told_rows(numbers.filter(pl.col("week").is_between(start, stop - 1)), places, seed, rng)
        truth = rows.select("report_ref", "true_person_id", "household_id", "organisation_id", "report_no")
        first, later = sent_again(in_words(rows), LISTS - 1, rng)
        bad = share_of_bad(chunk, len(starts), scale)
        broken = bad_rows(first.filter(pl.col("fault").is_null()), bad, made, rng).with_columns(
            fault=pl.lit("bad")
        )
        made += bad
        sent = pl.concat([waiting, first, later, broken], how="diagonal")
        waiting = sent.filter(pl.col("week") >= stop)
        weeks = ((week, sent.filter(pl.col("week") == week)) for week in range(start, stop))
        # Nobody sends a list without victims; it would be refused as empty.
        faults = [write_week(week, of_week, folder, rng) for week, of_week in weeks if of_week.height]
        yield truth, pl.concat(faults)


def share_of_bad(chunk: int, chunks: int, scale: float) -> int:
    """Return how many bad rows a part has; each kind comes at least once in the whole."""
    total = max(len(BAD_ROWS), round(BAD_AT_ONE * scale))
    return total * (chunk + 1) // chunks - total * chunk // chunks


def in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as text: dates as 2021-03-04, money with two decimals."""
    return rows.select(
        pl.col("week"),
        *[
            pl.col(name).cast(pl.Decimal(12, 2)).cast(pl.String)
            if name == "loss_gbp"
            else pl.col(name).cast(pl.String)
            for name, _, _ in HEADINGS
        ],
    )


def write_week(week: int, rows: pl.DataFrame, folder: Path, rng: np.random.Generator) -> pl.DataFrame:
    """Write one week's list and return its faults: file, form, data_row (from 1), report_ref, fault, rule."""
    monday = FIRST_LIST + dt.timedelta(days=7 * week)
    form = form_of(week)
    shuffled = rows[rng.permutation(rows.height)]
    other = form in ("csv_1252", "xlsx")
    table = foreign(shuffled) if other else shuffled
    headings = {column: (second if other else first) for column, first, second in HEADINGS}
    table = table.select(pl.col(column).alias(heading) for column, heading in headings.items())
    path = write_table(table, folder, f"fraud-victims-{monday.isoformat()}", form)
    return (
        shuffled.with_row_index("data_row", offset=1)
        .select(
            pl.lit(path.name).alias("file"),
            pl.lit(form).alias("form"),
            pl.lit(rows.height).alias("rows_in_file"),
            "data_row",
            "report_ref",
            "fault",
            pl.col("rule") if "rule" in rows.columns else pl.lit(None, dtype=pl.String).alias("rule"),
        )
        .filter(pl.col("fault").is_not_null() | (pl.col("data_row") == 1))
    )


def foreign(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as another system writes them: days first in dates, pounds with sign and commas."""
    days = [pl.col(name).str.replace(r"^(\d{4})-(\d\d)-(\d\d)$", "$3/$2/$1") for name in DATES]
    pounds = pl.col("loss_gbp")
    for _ in range(3):
        pounds = pounds.str.replace(r"^(\d+)(\d{3})([.,]\d*)", "$1,$2$3")
    return rows.with_columns(
        *days,
        loss_gbp=pl.when(pl.col("loss_gbp").str.contains(r"^\d"))
        .then(pl.lit("£") + pounds)
        .otherwise("loss_gbp"),
    )
