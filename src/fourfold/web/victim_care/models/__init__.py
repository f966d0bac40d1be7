"""What the victim-care desk keeps in the register."""

from __future__ import annotations

from fourfold.web.victim_care.models.case import FAR_OFF, Case, CaseReport, CaseRule, CaseWord
from fourfold.web.victim_care.models.desk import District, Draft, FormKey, SavedView, Stock, StockMove
from fourfold.web.victim_care.models.work import (
    Assessment,
    CaseEvent,
    CaseTask,
    ContactAttempt,
    SharedReferral,
)

__all__ = [
    "FAR_OFF",
    "Assessment",
    "Case",
    "CaseEvent",
    "CaseReport",
    "CaseRule",
    "CaseTask",
    "CaseWord",
    "ContactAttempt",
    "District",
    "Draft",
    "FormKey",
    "SavedView",
    "SharedReferral",
    "Stock",
    "StockMove",
]
