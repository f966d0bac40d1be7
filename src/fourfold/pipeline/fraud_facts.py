"""What the fraud desk asks of the lake: topics, the rows of a marker, one record to read, and who a victim is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from fourfold.classify.scope import CODES, SCHEMAS
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.records import FraudReport
from fourfold.records.linkage import LinkRecord, LinkReview
from fourfold.records.marker import Marker
from fourfold.records.repeats import RepeatVictim
from fourfold.records.topic import Topic, TopicSignal

PERSON_COLUMNS = (
    "report_ref", "force", "reported_on", "nfib_code", "loss_gbp", "title", "first_names", "last_name",
    "organisation_name", "date_of_birth", "phone", "email", "address", "postcode",
)  # fmt: skip
"""What a victim is known by; read a page at a time, by those who may see it."""
KEYS = {
    "fraud_report": ("report_ref", "reported_on", "narrative"),
    "crime": ("crime_ref", "recorded_on", "mo_text"),
}
"""The columns of each record: its reference, its day and its text."""
SHOWN = {
    "fraud_report": ("nfib_code", "victim_type", "contact_method", "payment_method", "loss_gbp"),
    "crime": ("ho_code", "offence", "premises_type", "victim_at_work", "mo_entry", "mo_method", "mo_target"),
}
"""Fields that stand beside a text while it is reviewed: nobody's name, age, sex or ethnicity."""


def scan(home: Home, table: str) -> pl.LazyFrame | None:
    lake = Lake(home.lake)
    return lake.scan(table, lake.current())


def rows_of(home: Home, table: str, *where: pl.Expr) -> list[dict[str, Any]]:
    frame = scan(home, table)
    return [] if frame is None else frame.filter(*where).collect().to_dicts()


def topics_of(home: Home, force: str) -> list[dict[str, Any]]:
    """Return the topics of one force, the largest first within each code, with their signals if there are any."""
    signals = {row["subject_ref"]: row for row in rows_of(home, TopicSignal.table, pl.col("force") == force)}
    found = rows_of(home, Topic.table, pl.col("force") == force)
    for row in found:
        row["signal"] = signals.get(row["topic"])
        row["examples"] = json.loads(row["examples"])
    return sorted(found, key=lambda row: (row["code"], -row["reports"], row["topic"]))


def signals_of(home: Home) -> list[dict[str, Any]]:
    """Return the topics that are new or growing."""
    return rows_of(home, TopicSignal.table)


def texts_of(home: Home, record: str, refs: Sequence[str]) -> list[dict[str, Any]]:
    """Return `ref, on, text` and the fields that stand beside it, in the order asked. The caller trails who read them."""
    frame = scan(home, SCHEMAS[record].table)
    if frame is None:
        return []
    ref, on, text = KEYS[record]
    wanted = frame.filter(pl.col(ref).is_in(list(refs))).select(
        "force", *SHOWN[record], ref=ref, on=on, text=text
    )
    by_ref = {row["ref"]: row for row in wanted.collect().to_dicts()}
    return [by_ref[one] for one in refs if one in by_ref]


def marker_rows(home: Home, marker: str) -> pl.DataFrame:
    """Return the rows of a marker as the last refresh made them."""
    frame = scan(home, Marker.table)
    told = Marker.create_empty().lazy() if frame is None else frame
    return told.filter(pl.col("marker") == marker).collect()


def marker_row(home: Home, marker: str, ref: str) -> dict[str, Any] | None:
    """Return what the model and the cues say of one record; None where it is not in the marker's scope."""
    found = rows_of(home, Marker.table, pl.col("marker") == marker, pl.col("record_ref") == ref)
    return found[0] if found else None


def fields_of(home: Home, record: str, columns: Sequence[str], refs: pl.Series) -> pl.DataFrame:
    """Return these columns of records, without any text; the reference under its own name."""
    frame = scan(home, SCHEMAS[record].table)
    told = SCHEMAS[record].create_empty().lazy() if frame is None else frame
    key = KEYS[record][0]
    return told.filter(pl.col(key).is_in(refs.implode())).select(sorted({key, *columns})).collect()


def codes_in(home: Home, record: str) -> list[str]:
    """Return the offence codes that records of a kind carry."""
    frame = scan(home, SCHEMAS[record].table)
    if frame is None:
        return []
    found = frame.select(pl.col(CODES[record]).drop_nulls().unique()).collect().to_series()
    return sorted(found.to_list())


def repeat_rows(home: Home) -> list[dict[str, Any]]:
    """Return the rows of the derived table `repeat_victim` with a fraud report among them, for the desk to take up."""
    return rows_of(home, RepeatVictim.table, pl.col("reports") > 0)


def reports_of(home: Home, refs: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return PERSON_COLUMNS of these fraud reports by reference. The caller trails who saw them."""
    frame = scan(home, FraudReport.table)
    if frame is None:
        return {}
    found = frame.filter(pl.col("report_ref").is_in(list(refs))).select(PERSON_COLUMNS).collect()
    return {row["report_ref"]: row for row in found.to_dicts()}


LINK_COLUMNS = ("names", "born_on", "born_from", "born_to", "street", "postcode", "phone", "email")
"""What two records of one person are compared by, standardised; shown to those who may see names."""


def pairs_to_look_at(home: Home) -> list[dict[str, Any]]:
    """Return the pairs of records that somebody should look at, the most useful first; no name is among it."""
    return sorted(rows_of(home, LinkReview.table), key=lambda row: int(row["rank"]))


def compared(home: Home, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the standardised records of these (table, reference) pairs. The caller trails who saw them."""
    found = rows_of(home, LinkRecord.table, pl.col("record_ref").is_in([ref for _, ref in keys]))
    return {
        (row["record"], row["record_ref"]): row
        for row in found
        if (row["record"], row["record_ref"]) in set(keys)
    }
