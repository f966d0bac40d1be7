"""The force's crime system: crimes, people, events, suspects, property, outcomes, programme register."""

from __future__ import annotations

import polars as pl

from fourfold.records import CaseEvent, Crime, Outcome, PersonRole, ProgrammeCase, Property, SuspectStatus
from fourfold.sources import cells
from fourfold.sources.codes import add_code, add_force, coded_as, event_type
from fourfold.sources.contract import Contract, Field, ReadingContext
from fourfold.vocabulary.offences import normalise_offence
from fourfold.vocabulary.outcomes import normalise_outcome

A_DAY = "a day such as 04/03/2022"
A_MOMENT = "a day and time that London's clocks showed, such as 04/03/2022 16:20"
A_BIRTHDAY = "a day with its whole year, such as 04/03/1949"
YES_NO = "yes or no"

CRIME_REF = Field(
    "crime_ref", ("Crime number", "Crime ref", "Crime reference", "CRN"), cells.words, needed=True
)
FORCE = Field("force_told", ("Force", "Police force"), cells.words)
OPERATION = Field("operation", ("Operation", "Operation name"), cells.words)

CRIME_FIELDS = (
    CRIME_REF,
    FORCE,
    Field("recorded_on", ("Date recorded", "Recorded date", "Created date"), cells.day, A_DAY, needed=True),
    Field("reported_at", ("Reported at", "Date reported", "Reported date"), cells.moment, A_MOMENT),
    Field("occurred_from", ("Occurred from", "Committed from", "Offence start"), cells.moment, A_MOMENT),
    Field("occurred_to", ("Occurred to", "Committed to", "Offence end"), cells.moment, A_MOMENT),
    Field(
        "ho_code_raw", ("HO code", "Home Office code", "HO offence code", "HOOC"), cells.words, needed=True
    ),
    Field("offence", ("Offence", "Offence description", "Crime type"), cells.words, needed=True),
    Field("domestic", ("Domestic", "Domestic abuse", "DA flag"), cells.yes_or_no, YES_NO),
    Field("hate", ("Hate", "Hate crime", "Hate flag"), cells.yes_or_no, YES_NO),
    Field("business_related", ("Business related", "Business crime"), cells.yes_or_no, YES_NO),
    Field("premises_type_raw", ("Premises type", "Location type"), cells.words),
    Field("premises_name", ("Premises name", "Business premises"), cells.words),
    Field("victim_at_work", ("Victim at work", "Victim on duty"), cells.yes_or_no, YES_NO),
    Field("district", ("District", "Local authority"), cells.words),
    Field("npu", ("NPU", "Neighbourhood policing unit"), cells.words),
    Field("lsoa_code", ("LSOA code", "LSOA"), cells.words),
    Field("easting", ("Easting", "X"), cells.number, "metres east on the national grid"),
    Field("northing", ("Northing", "Y"), cells.number, "metres north on the national grid"),
    Field("mo_text", ("MO text", "Modus operandi", "MO"), cells.words),
    Field("mo_entry", ("MO entry", "Point of entry"), cells.words),
    Field("mo_method", ("MO method", "Method"), cells.words),
    Field("mo_target", ("MO target", "Target"), cells.words),
    Field("officer_ref", ("Officer", "OIC", "Officer in the case"), cells.words),
    Field("unit", ("Unit", "Owning unit"), cells.words),
    Field(
        "status",
        ("Status", "Crime status"),
        cells.one_of(
            open=("live", "under investigation"),
            filed=("closed",),
            charged=(),
            finalised=("finalized",),
            cancelled=("no crime", "no-crime", "canceled"),
        ),
        "open, filed, charged, finalised or cancelled",
        needed=True,
    ),
    Field("cancelled_on", ("Date cancelled", "Cancelled date"), cells.day, A_DAY),
)

PERSON_FIELDS = (
    CRIME_REF,
    Field(
        "person_ref", ("Person ref", "Person reference", "Nominal ref", "Nominal"), cells.words, needed=True
    ),
    Field(
        "role",
        ("Role", "Person role"),
        cells.one_of(
            victim=("vic", "aggrieved", "ip"),
            suspect=("offender", "sus"),
            reporting=("informant", "reporting person"),
            witness=("wit",),
            business_contact=("business contact", "contact"),
        ),
        "victim, suspect, reporting, witness or business contact",
        needed=True,
    ),
    FORCE,
    Field("first_names", ("First names", "Forename", "Forenames"), cells.words),
    Field("last_name", ("Last name", "Surname"), cells.words),
    Field("organisation_name", ("Organisation name", "Business name"), cells.words),
    Field("date_of_birth", ("Date of birth", "DOB"), cells.birthday, A_BIRTHDAY),
    Field("address", ("Address",), cells.words),
    Field("postcode", ("Postcode",), cells.postcode),
    Field("phone", ("Phone", "Telephone", "Mobile"), cells.words),
    Field("email", ("Email", "E-mail"), cells.words),
    Field("age", ("Age", "Age at offence"), cells.whole_number, "a whole number of years"),
    Field("sex", ("Sex", "Gender"), cells.SEX, "female, male, other or not stated"),
    Field("ethnicity_self", ("Ethnicity (self)", "Self-defined ethnicity"), cells.words),
    Field("ethnicity_officer", ("Ethnicity (officer)", "Officer-defined ethnicity"), cells.words),
    Field("occupation", ("Occupation",), cells.words),
    Field("enhanced_ground", ("Enhanced ground", "Enhanced rights ground"), cells.words),
    Field(
        "contact_every_days",
        ("Contact every (days)", "Contact interval"),
        cells.whole_number,
        "a whole number of days",
    ),
)

EVENT_FIELDS = (
    Field("event_id", ("Event ID", "Event ref", "Log ID"), cells.words, needed=True),
    CRIME_REF,
    FORCE,
    Field("event_type_raw", ("Event type", "Event", "Log type"), cells.words, needed=True),
    Field("about_event_id", ("About event ID", "About event"), cells.words),
    Field("victim_ref", ("Victim ref", "Victim"), cells.words),
    Field("suspect_ref", ("Suspect ref", "Suspect"), cells.words),
    Field("happened_at", ("Happened at", "Event time"), cells.moment, A_MOMENT),
    Field("known_at", ("Known at", "Police learnt at"), cells.moment, A_MOMENT),
    Field("recorded_at", ("Recorded at", "Logged at", "Entered at"), cells.moment, A_MOMENT, needed=True),
    Field("officer_ref", ("Officer", "Logged by"), cells.words),
    Field("unit", ("Unit",), cells.words),
    OPERATION,
    Field(
        "result",
        ("Result",),
        cells.one_of(done=("yes", "y", "completed"), not_done=("not done", "no", "n", "not completed")),
        "done or not done",
    ),
)

SUSPECT_FIELDS = (
    CRIME_REF,
    Field("suspect_ref", ("Suspect ref", "Suspect", "Nominal ref"), cells.words, needed=True),
    FORCE,
    Field("identified_on", ("Date identified", "Identified"), cells.day, A_DAY, needed=True),
    Field("reviewed_on", ("Date reviewed", "Supervisor review"), cells.day, A_DAY),
    Field("evidence_to_arrest", ("Evidence to arrest",), cells.yes_or_no, YES_NO),
    Field("circulated_on", ("Date circulated", "PNC circulated"), cells.day, A_DAY),
    Field("circulation_ref", ("Circulation ref", "PNC ref"), cells.words),
    Field("last_attempt_on", ("Last attempt", "Last arrest attempt"), cells.day, A_DAY),
    Field("bail", ("Bail", "Bail status"), cells.words),
    Field("limitation_on", ("Limitation date",), cells.day, A_DAY),
    Field("arrested_on", ("Date arrested",), cells.day, A_DAY),
    Field("removed_on", ("Date removed",), cells.day, A_DAY),
    Field("removed_reason", ("Removed reason", "Reason removed"), cells.words),
    Field("threat", ("Threat",), cells.words),
    Field("harm", ("Harm",), cells.words),
    Field("risk", ("Risk",), cells.words),
    Field("vulnerability", ("Vulnerability",), cells.words),
)

PROPERTY_FIELDS = (
    CRIME_REF,
    Field("item_no", ("Item number", "Item no"), cells.whole_number, "a whole number", needed=True),
    FORCE,
    Field("kind_raw", ("Property kind", "Property type", "Kind"), cells.words, needed=True),
    Field("make", ("Make",), cells.words),
    Field("model", ("Model",), cells.words),
    Field("vrm", ("VRM", "Registration"), cells.words),
    Field("imei", ("IMEI",), cells.words),
    Field("value_gbp", ("Value (GBP)", "Value"), cells.pounds, "pounds and pence such as £4,599.00"),
    Field(
        "status",
        ("Property status", "Status"),
        cells.one_of(stolen=(), recovered=("found",), seized=()),
        "stolen, recovered or seized",
        needed=True,
    ),
    Field("recovered_on", ("Date recovered",), cells.day, A_DAY),
    Field("site", ("Recovery site", "Site"), cells.words),
    OPERATION,
    Field("register_checked_on", ("Register checked", "Date register checked"), cells.day, A_DAY),
    Field("register_hit", ("Register hit",), cells.yes_or_no, YES_NO),
)

OUTCOME_FIELDS = (
    Field("subject_ref", ("Subject ref", "Crime or report ref"), cells.words, needed=True),
    Field("outcome_no", ("Outcome number", "Outcome no"), cells.whole_number, "a whole number", needed=True),
    FORCE,
    Field(
        "subject",
        ("Subject", "Outcome of"),
        cells.one_of(crime=(), fraud_report=("fraud report", "fraud")),
        "crime or fraud report",
        needed=True,
    ),
    Field("outcome_raw", ("Outcome code", "HO outcome", "Outcome"), cells.words, needed=True),
    Field("outcome_on", ("Outcome date", "Date of outcome"), cells.day, A_DAY, needed=True),
    Field("filed_on", ("Date filed",), cells.day, A_DAY),
    Field("programme", ("Programme",), cells.words),
)

PROGRAMME_FIELDS = (
    Field("programme", ("Programme",), cells.words, needed=True),
    Field("case_ref", ("Case ref", "Participant ref"), cells.words, needed=True),
    FORCE,
    Field("person_ref", ("Person ref", "Nominal ref"), cells.words),
    Field("referred_on", ("Date referred",), cells.day, A_DAY, needed=True),
    Field("assessed_on", ("Date assessed",), cells.day, A_DAY),
    Field("started_on", ("Date started", "Order made"), cells.day, A_DAY),
    Field("ended_on", ("Date ended",), cells.day, A_DAY),
    Field(
        "ended_as",
        ("Ended as", "How ended"),
        cells.one_of(
            completed=(),
            breached=("breach",),
            withdrew=("withdrawn",),
            removed=(),
            died=(),
            **{"moved away": ("moved",)},
        ),
        "completed, breached, withdrew, removed, died or moved away",
    ),
    Field("reoffended_on", ("Date reoffended", "First reoffence"), cells.day, A_DAY),
)


def derive_crime(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    frame = add_code(frame, "ho_code_raw", "ho_code", normalise_offence, context)
    frame = add_code(frame, "premises_type_raw", "premises_type", coded_as("premises_types"), context)
    return add_force(frame, context)


def derive_property(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Add the kind of property and the force."""
    return add_force(add_code(frame, "kind_raw", "kind", coded_as("property_kinds"), context), context)


def derive_event(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    return add_force(add_code(frame, "event_type_raw", "event_type", event_type, context), context)


def derive_outcome(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    return add_force(add_code(frame, "outcome_raw", "outcome_type", normalise_outcome, context), context)


CONTRACTS = (
    Contract("crimes", "Crime extract: crimes", Crime, CRIME_FIELDS, derive_crime),
    Contract(
        "persons",
        "Crime extract: people in their roles",
        PersonRole,
        PERSON_FIELDS,
        add_force,
    ),
    Contract("case_events", "Crime extract: case events", CaseEvent, EVENT_FIELDS, derive_event),
    Contract("suspects", "Crime extract: suspects", SuspectStatus, SUSPECT_FIELDS, add_force),
    Contract("property", "Crime extract: property", Property, PROPERTY_FIELDS, derive_property),
    Contract("outcomes", "Crime extract: outcomes", Outcome, OUTCOME_FIELDS, derive_outcome),
    Contract("programme_cases", "Programme register", ProgrammeCase, PROGRAMME_FIELDS, add_force),
)
