"""The shape of each record, and how it misleads. One class a record, one file a subject."""

from __future__ import annotations

from fourfold.records.area import Area, AreaLink, Population
from fourfold.records.base import Record
from fourfold.records.case_event import CaseEvent
from fourfold.records.crime import Crime
from fourfold.records.desk_decision import DeskDecision
from fourfold.records.fraud_report import FraudReport
from fourfold.records.outcome import Outcome
from fourfold.records.partner_series import PartnerSeries
from fourfold.records.person_role import PersonRole
from fourfold.records.programme_case import ProgrammeCase
from fourfold.records.property import Property
from fourfold.records.protect_activity import ProtectActivity
from fourfold.records.provenance import Batch, Quarantined
from fourfold.records.staffing import Staffing
from fourfold.records.street_crime import StopSearch, StreetCrime, StreetOutcome
from fourfold.records.suspect_status import SuspectStatus

RECORDS: tuple[type[Record], ...] = (
    FraudReport,
    Crime,
    PersonRole,
    CaseEvent,
    SuspectStatus,
    Property,
    Outcome,
    ProgrammeCase,
    ProtectActivity,
    Staffing,
    PartnerSeries,
    Area,
    AreaLink,
    Population,
    StreetCrime,
    StreetOutcome,
    StopSearch,
    DeskDecision,
    Batch,
    Quarantined,
)
"""Every record the lake can hold."""

__all__ = [
    "RECORDS",
    "Area",
    "AreaLink",
    "Batch",
    "CaseEvent",
    "Crime",
    "DeskDecision",
    "FraudReport",
    "Outcome",
    "PartnerSeries",
    "PersonRole",
    "Population",
    "ProgrammeCase",
    "Property",
    "ProtectActivity",
    "Quarantined",
    "Record",
    "Staffing",
    "StopSearch",
    "StreetCrime",
    "StreetOutcome",
    "SuspectStatus",
]
