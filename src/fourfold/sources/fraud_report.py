"""The weekly national list of fraud victims: Action Fraud to 3 December 2025, Report Fraud after."""

from __future__ import annotations

import polars as pl

from fourfold.records import FraudReport
from fourfold.sources import cells
from fourfold.sources.codes import add_code, add_force, services_by_day
from fourfold.sources.contract import Contract, Field, ReadingContext
from fourfold.vocabulary.nfib import normalise_nfib

SOURCE_SYSTEM = cells.one_of(
    action_fraud=("action fraud", "af", "nfrc", "nfib"),
    report_fraud=("report fraud", "rf", "n-cas", "ncas"),
    local=("force", "call for service", "local report"),
)

A_BIRTHDAY = "a day with its whole year, such as 04/03/1949"

FIELDS = (
    Field(
        "report_ref",
        ("NFRC reference", "NFRC ref", "Crime reference", "Report reference", "Report Fraud reference"),
        cells.words,
        needed=True,
    ),
    Field(
        "source_told",
        ("Source system", "Source", "Reported to"),
        SOURCE_SYSTEM,
        "Action Fraud, Report Fraud or local",
    ),
    Field(
        "reported_on",
        ("Date reported", "Report date", "Reported date", "Date of report"),
        cells.day,
        "a day such as 04/03/2022",
        needed=True,
    ),
    Field("force_told", ("Police force", "Force"), cells.words),
    Field(
        "nfib_code_raw",
        ("NFIB code", "Fraud code", "Fraud type code", "NFIB category", "Fraud type"),
        cells.words,
        needed=True,
    ),
    Field(
        "victim_type",
        ("Victim type", "Type of victim"),
        cells.one_of(
            individual=("person", "ind", "personal", "i"),
            organisation=("business", "organization", "org", "company", "o"),
        ),
        "individual or organisation",
        needed=True,
    ),
    Field("organisation_name", ("Organisation name", "Business name", "Company name"), cells.words),
    Field("title", ("Title",), cells.words),
    Field("first_names", ("First names", "Forename", "Forenames", "First name"), cells.words),
    Field("last_name", ("Last name", "Surname", "Family name"), cells.words),
    Field("date_of_birth", ("Date of birth", "DOB"), cells.birthday, A_BIRTHDAY),
    Field("age", ("Age", "Victim age", "Age at report"), cells.whole_number, "a whole number of years"),
    Field("sex", ("Sex", "Gender"), cells.SEX, "female, male, other or not stated"),
    Field("ethnicity", ("Ethnicity", "Self-defined ethnicity", "Ethnic group"), cells.words),
    Field("email", ("Email", "E-mail", "Email address"), cells.words),
    Field("phone", ("Phone", "Telephone", "Mobile", "Contact number"), cells.words),
    Field("address", ("Address", "Victim address"), cells.words),
    Field("postcode", ("Postcode", "Post code"), cells.postcode),
    Field("lsoa_code", ("LSOA code", "LSOA"), cells.words),
    Field(
        "loss_gbp",
        ("Loss (GBP)", "Loss", "Loss amount", "Total loss", "Financial loss"),
        cells.pounds,
        "pounds and pence such as £4,599.00",
    ),
    Field("contact_method", ("Contact method", "How contacted", "First contact"), cells.words),
    Field("payment_method", ("Payment method", "How paid"), cells.words),
    Field(
        "risk_score",
        ("Risk score", "Vulnerability score", "NDM score", "Victim risk score"),
        cells.number,
        "a number",
    ),
    Field("risk_score_scale", ("Risk score scale", "Score scale"), cells.words),
    Field(
        "support_wanted",
        ("Support wanted", "Wants support", "Consent to support"),
        cells.yes_or_no,
        "yes or no",
    ),
    Field("narrative", ("Narrative", "Incident description", "What happened", "Free text"), cells.words),
    Field(
        "disseminated_on", ("Date disseminated", "Dissemination date"), cells.day, "a day such as 04/03/2022"
    ),
    Field("dissemination_kind", ("Dissemination kind", "Dissemination type"), cells.words),
)


def derive(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Add the code beside its raw text, the force, and the reporting service of the day."""
    frame = add_code(frame, "nfib_code_raw", "nfib_code", normalise_nfib, context)
    frame = add_force(frame, context)
    by_day = pl.lit(None, dtype=pl.String)
    for service, first, last in services_by_day(context):
        by_day = (
            pl.when(pl.col("reported_on").is_between(first, last)).then(pl.lit(service)).otherwise(by_day)
        )
    return frame.with_columns(source=pl.coalesce("source_told", by_day)).drop("source_told")


CONTRACT = Contract(
    source="fraud_list",
    title="Weekly list of fraud victims",
    record=FraudReport,
    fields=FIELDS,
    derive=derive,
)
