"""Every state of the first page."""

from __future__ import annotations

from every_page import ORDINARY, Desk, Visit

ROLES = (
    "victim-care", "analyst", "offender-manager", "auditor", "performance", "data-protection", "administrator",
)  # fmt: skip

DESK = Desk(
    visits=[
        Visit("today:today", ORDINARY if at == 0 else f"of {role}", role, "/")
        for at, role in enumerate(ROLES)
    ]
)
