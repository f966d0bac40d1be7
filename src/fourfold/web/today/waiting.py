"""What an empty first page says to each role: what would fill it."""

from __future__ import annotations

WAITING: dict[str, str] = {
    "victim_care": "New referrals, calls that are due and cases without an officer appear here once a weekly "
    "list of fraud victims has been taken in.",
    "analyst": "What is rising, what waits in quarantine and which records await a look appear here once a "
    "refresh has run.",
    "offender_manager": "Outstanding suspects and overdue steps appear here once the crime-system extract has "
    "been taken in.",
    "auditor": "Clocks about to run out and the quarterly sample appear here once case events have been taken in.",
    "performance": "Returns that are due and papers that await approval appear here once a paper or a return "
    "has been built.",
    "data_protection": "Reasons given, exports and refusals appear here as people work.",
    "administrator": "People to add, batches that failed and settings that are missing appear here.",
}
