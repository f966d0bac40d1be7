"""How the crime extract is written: headings, spellings and date forms of the old crime system and of the new.

Until March 2021 the old system writes days as 04/03/2021 in Windows-1252 or UTF-8; from April 2021 the
new one writes 2021-04-03 in UTF-8 with a mark at the start.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from fourfold.synthetic.crime_volumes import CONNECT_ON, Quarter
from fourfold.vocabulary import load

HEADINGS: dict[str, dict[str, str]] = {
    "crimes": {
        "crime_ref": "Crime number", "recorded_on": "Date recorded", "reported_at": "Reported at", "occurred_from": "Occurred from",
        "occurred_to": "Occurred to", "ho_code_raw": "HO code", "offence": "Offence", "domestic": "Domestic", "hate": "Hate",
        "business_related": "Business related", "premises_type": "Premises type", "premises_name": "Premises name",
        "victim_at_work": "Victim at work", "district": "District", "npu": "NPU", "lsoa_code": "LSOA code", "easting": "Easting",
        "northing": "Northing", "mo_text": "MO text", "mo_entry": "MO entry", "mo_method": "MO method", "mo_target": "MO target",
        "officer_ref": "Officer", "unit": "Unit", "status": "Status", "cancelled_on": "Date cancelled",
    },
    "persons": {
        "crime_ref": "Crime number", "person_ref": "Person ref", "role": "Role", "first_names": "First names", "last_name": "Last name",
        "organisation_name": "Organisation name", "date_of_birth": "Date of birth", "address": "Address", "postcode": "Postcode",
        "phone": "Phone", "email": "Email", "age": "Age", "sex": "Sex", "ethnicity_self": "Ethnicity (self)",
        "ethnicity_officer": "Ethnicity (officer)", "occupation": "Occupation", "enhanced_ground": "Enhanced ground",
        "contact_every_days": "Contact every (days)",
    },
    "case-events": {
        "event_id": "Event ID", "crime_ref": "Crime number", "event_type": "Event type", "about_event_id": "About event ID",
        "victim_ref": "Victim ref", "suspect_ref": "Suspect ref", "happened_at": "Happened at", "known_at": "Known at",
        "recorded_at": "Recorded at", "officer_ref": "Officer", "unit": "Unit", "operation": "Operation", "result": "Result",
    },
    "suspects": {
        "crime_ref": "Crime number", "suspect_ref": "Suspect ref", "identified_on": "Date identified", "reviewed_on": "Date reviewed",
        "evidence_to_arrest": "Evidence to arrest", "circulated_on": "Date circulated", "circulation_ref": "Circulation ref",
        "last_attempt_on": "Last attempt", "bail": "Bail", "limitation_on": "Limitation date", "arrested_on": "Date arrested",
        "removed_on": "Date removed", "removed_reason": "Removed reason", "threat": "Threat", "harm": "Harm", "risk": "Risk",
        "vulnerability": "Vulnerability",
    },
    "property": {
        "crime_ref": "Crime number", "item_no": "Item number", "kind": "Property kind", "make": "Make", "model": "Model", "vrm": "VRM",
        "imei": "IMEI", "value_gbp": "Value (GBP)", "status": "Property status", "recovered_on": "Date recovered", "site": "Recovery site",
        "operation": "Operation", "register_checked_on": "Register checked", "register_hit": "Register hit",
    },
    "outcomes": {
        "subject_ref": "Subject ref", "outcome_no": "Outcome number", "subject": "Subject", "outcome_raw": "Outcome code",
        "outcome_on": "Outcome date", "filed_on": "Date filed", "programme": "Programme",
    },
}  # fmt: skip
OLDER_HEADINGS = {"Crime number": "CRN", "Date recorded": "Recorded date", "MO text": "Modus operandi", "Officer": "OIC"}
"""How the crimes file headed some columns until the end of 2018."""
OLDER_UNTIL = date(2018, 12, 31)
OLD_STATUS = {"open": "Under investigation", "filed": "Closed", "charged": "Charged", "finalised": "Finalised", "cancelled": "No crime"}
LOOSE_SHARE = 0.06


def is_connect(quarter: Quarter) -> bool:
    """Say whether the new crime system held the crimes of a quarter."""
    return quarter.first_on >= CONNECT_ON


def form(quarter: Quarter) -> str:
    """Return the form in which the files of a quarter are written (see write.FORMS)."""
    if is_connect(quarter):
        return "csv_bom"
    return "csv_1252" if quarter.last_on <= OLDER_UNTIL else "csv"


def loose_codes(codes: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Return HO classes as keyed: mostly as listed, now and then 28e, 28/E, HO 28E, 028E or 48.0."""
    n = codes.len()
    number, letter = codes.str.extract(r"^(\d+)"), codes.str.extract(r"([A-Z])$")
    way = pl.Series("way", np.where(rng.random(n) < LOOSE_SHARE, rng.integers(0, 4, n), 9))
    frame = pl.DataFrame({"code": codes, "number": number, "letter": letter, "way": way})
    plain_number = pl.col("letter").is_null() & ~pl.col("code").str.contains(".", literal=True)
    return frame.select(
        pl.when(pl.col("way") == 0)
        .then(pl.format("HO {}", "code"))
        .when(pl.col("letter").is_not_null() & (pl.col("way") == 1))
        .then(pl.col("code").str.to_lowercase())
        .when(pl.col("letter").is_not_null() & (pl.col("way") == 2))
        .then(pl.format("{}/{}", "number", "letter"))
        .when(plain_number & (pl.col("way") == 1))
        .then(pl.col("code") + pl.lit(".0"))
        .when((pl.col("way") == 3) & (pl.col("number").str.len_chars() < 3) & ~pl.col("code").str.contains(".", literal=True))
        .then(pl.lit("0") + pl.col("code"))
        .otherwise("code")
    ).to_series()


def offence_names() -> dict[str, str]:
    """Return the name of each HO class."""
    return {row.code: row.name for row in load("offence_groups").rows}


def event_names() -> dict[str, str]:
    """Return the name of each event type, as the new crime system writes it."""
    return {row.code: row.name for row in load("case_events").rows}


def written(frame: pl.DataFrame, kind: str, quarter: Quarter) -> pl.DataFrame:
    """Return one file's rows as text under the record's column names, in the way of the quarter's system."""
    connect = is_connect(quarter)
    day, moment = ("%Y-%m-%d", "%Y-%m-%d %H:%M") if connect else ("%d/%m/%Y", "%d/%m/%Y %H:%M")
    yes, no = ("Yes", "No") if connect else ("Y", "N")
    told = frame.select(*HEADINGS[kind])
    cells = []
    for name, dtype in told.schema.items():
        if dtype == pl.Date:
            cells.append(pl.col(name).dt.strftime(day))
        elif dtype.is_temporal():
            cells.append(pl.col(name).dt.strftime(moment))
        elif dtype == pl.Boolean:
            cells.append(pl.when(name).then(pl.lit(yes)).when(~pl.col(name)).then(pl.lit(no)).alias(name))
        elif name in ("easting", "northing"):
            cells.append(pl.col(name).cast(pl.Int64).cast(pl.String))
        else:
            cells.append(pl.col(name).cast(pl.String))
    told = told.select(cells)
    if kind == "crimes" and not connect:
        told = told.with_columns(pl.col("status").replace(OLD_STATUS))
    if kind == "case-events" and connect:
        told = told.with_columns(pl.col("event_type").replace(event_names()))
    if kind == "persons":
        told = told.with_columns(pl.col("role").str.replace("_", " ").str.to_titlecase())
    return told


def headed(told: pl.DataFrame, kind: str, quarter: Quarter) -> pl.DataFrame:
    """Return one file's rows under the headings of its time."""
    headings = HEADINGS[kind]
    if kind == "crimes" and quarter.last_on <= OLDER_UNTIL:
        headings = {column: OLDER_HEADINGS.get(heading, heading) for column, heading in headings.items()}
    return told.select(*headings).rename(headings)
