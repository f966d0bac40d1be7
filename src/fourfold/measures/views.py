"""The frames that measures read: a table as it is, or with columns worked out or joined from another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from fourfold.records.ages import age_years

Frame = nw.LazyFrame[Any]
Tables = Mapping[str, Frame]

AGE_BANDS = ((0, 10), (11, 20), (21, 30), (31, 40), (41, 50), (51, 60), (61, 70), (71, 80), (81, 90))
OLDEST = "91 and over"
NOT_STATED = "not stated"
LONDON = "Europe/London"


def fraud_reports(tables: Tables) -> Frame:
    """Fraud reports with the age in years (as stated, else from the date of birth) and its ten-year band."""
    frame = tables["fraud_report"]
    aged = frame.with_columns(age_years=age_years("reported_on"))
    return aged.with_columns(
        age_band=banded(nw.col("age_years")),
        code_known=nw.coalesce(nw.col("nfib_code"), nw.lit("unknown")),
    )


def banded(age: nw.Expr) -> nw.Expr:
    """Return the source paper's ten-year age band of an age in years."""
    band = nw.when(age.is_null()).then(nw.lit(NOT_STATED)).otherwise(nw.lit(OLDEST))
    for low, high in AGE_BANDS:
        band = nw.when(age.is_between(low, high)).then(nw.lit(f"{low} to {high}")).otherwise(band)
    return band


def crimes(tables: Tables) -> Frame:
    """Crimes that were not cancelled, with whether a named organisation is a victim."""
    standing = tables["crime"].filter((nw.col("status") != "cancelled") & nw.col("cancelled_on").is_null())
    if "person_role" not in tables:
        return standing.with_columns(victim_is_organisation=nw.lit(None, dtype=nw.Boolean))
    organisations = (
        tables["person_role"]
        .filter((nw.col("role") == "victim") & ~nw.col("organisation_name").is_null())
        .select("crime_ref")
        .unique()
        .with_columns(victim_is_organisation=nw.lit(True))
    )
    return standing.join(organisations, on="crime_ref", how="left")


def arrests(tables: Tables) -> Frame:
    """Arrest events, with the offence class of the crime they belong to."""
    events = tables["case_event"].filter(nw.col("event_type") == "arrested")
    return with_offence(events, tables, "crime_ref")


def crime_outcomes(tables: Tables) -> Frame:
    """Outcomes of crimes, with the offence class."""
    found = tables["outcome"].filter(nw.col("subject") == "crime")
    return with_offence(found, tables, "subject_ref")


def fraud_outcomes(tables: Tables) -> Frame:
    """Outcomes of fraud reports."""
    return tables["outcome"].filter(nw.col("subject") == "fraud_report")


def recovered_property(tables: Tables) -> Frame:
    """Items of property that were recovered."""
    return tables["property"].filter(nw.col("status") == "recovered")


def with_offence(frame: Frame, tables: Tables, reference: str) -> Frame:
    """Add the offence class of the crime a row refers to; missing where the crime is not in the extract."""
    if "crime" not in tables:
        return frame.with_columns(ho_code=nw.lit(None, dtype=nw.String))
    classes = tables["crime"].select(nw.col("crime_ref").alias(reference), "ho_code")
    return frame.join(classes, on=reference, how="left")


def duty_clocks(tables: Tables) -> Frame:
    """Clocks of the duties that compliance counts, with the groups of their crime and the month each is due in.

    Rules that `duty_compliance` does not have are times in which a victim may act: nobody fails them.
    """
    month = nw.coalesce("due_on", "started_on").dt.truncate("1mo")
    clocks = tables["clock"].filter(nw.col("is_strictest")).with_columns(month=month)
    duties = tables["duty_compliance"].select("rule").unique()
    groups = tables["crime_group"].select("offence_group", "open_group", case_ref=nw.col("crime_ref"))
    return clocks.join(duties, on="rule", how="semi").join(groups, on="case_ref", how="left")


def open_groups(tables: Tables) -> Frame:
    """Counts of compliance by the group that blank fields leave open."""
    told = tables["duty_compliance"].with_columns(number=nw.col("open_group"))
    return told.with_columns(open_group=nw.col("offence_group"))


def audit_findings(tables: Tables) -> Frame:
    """Findings of audits; that of the whole force, whose stratum has no name, stands under "all"."""
    stratum = nw.when(nw.col("stratum") == "").then(nw.lit("all")).otherwise(nw.col("stratum"))
    return tables["audit_finding"].with_columns(stratum=stratum)


def calendar_day(frame: Frame, column: str) -> nw.Expr:
    """Return the day of a column: an instant counts on London's calendar.

    Engines that keep the time zone in the session (DuckDB, Spark) must have it set to Europe/London.
    """
    day = nw.col(column)
    if isinstance(frame.collect_schema()[column], nw.Datetime):
        day = day.dt.convert_time_zone(LONDON).dt.date()
    return day


def plain(table: str) -> Callable[[Tables], Frame]:
    """Return the view that is a table as it stands."""

    def view(tables: Tables) -> Frame:
        return tables[table]

    return view


VIEWS: dict[str, tuple[str, Callable[[Tables], Frame]]] = {
    "fraud_reports": ("fraud_report", fraud_reports),
    "crimes": ("crime", crimes),
    "arrests": ("case_event", arrests),
    "crime_outcomes": ("outcome", crime_outcomes),
    "fraud_outcomes": ("outcome", fraud_outcomes),
    "recovered_property": ("property", recovered_property),
    "audit_findings": ("audit_finding", audit_findings),
    "duty_clocks": ("duty_compliance", duty_clocks),
    "open_groups": ("duty_compliance", open_groups),
    **{
        table: (table, plain(table))
        for table in (
            "duty_compliance",
            "programme_case",
            "protect_activity",
            "staffing",
            "street_crime",
            "street_outcome",
            "stop_search",
        )
    },
}
"""Each view with the table that must be loaded for it."""
