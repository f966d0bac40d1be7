"""The made-up force's own policy values: what no force publishes, so that every rule can be seen at work."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from fourfold.synthetic.fraud_rows import RISK_SCALE

SOURCE = "Aldermere Police (made up), policy of 1 January 2018"
FROM = dt.date(2018, 1, 1)
NOTE = "Made up, so that the rule can be shown; it is no force's limit."

VALUES: dict[str, dict[str, tuple[str, Any]]] = {
    "fraud_triage": {
        "risk_score_at_least": ("Risk score from which a victim is referred", 60),
        "risk_score_scale": ("The scale on which the threshold is read", RISK_SCALE),
    },
    "local_limits": {
        "charging_decision_due_days": ("Days in which the prosecutor is to answer a charging request", 28),
        "id_parade_request_due_days": (
            "Days from naming a suspect to asking for an identification parade",
            5,
        ),
        "id_parade_viewing_due_days": ("Days from asking for an identification parade to its viewing", 14),
        "victim_care_officer_hours_a_week": ("Hours of contact that one care officer can give in a week", 22),
        "victim_care_hours_a_referral": ("Hours of work that one referral takes", 1.5),
        "outstanding_suspect_attempt_every_days": ("Days within which another attempt to arrest is due", 14),
    },
    "victim_care": {
        "first_contact_due_days": ("Days from opening a case to the first attempt to reach the victim", 5),
        "watch_days": ("Days for which a person is watched for being targeted again", 180),
    },
    "definitions": {
        "programme_success.crime_free": (
            "What counts as success on the Crime Free Programme",
            {
                "label": (
                    "completed or still on the programme twelve months after starting, "
                    "with no offence recorded in those twelve months; of all who started"
                ),
                "ended_as": ["completed"],
                "follow_up_months": 12,
            },
        ),
    },
}
"""File, entry, and its title with its value."""


def write_policy(folder: Path) -> None:
    """Write the force's own values as the YAML files that go before the shipped ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, entries in VALUES.items():
        content = {
            key: {
                "title": title,
                "values": [
                    {"value": value, "from": FROM, "source": SOURCE, "status": "made up", "note": NOTE}
                ],
            }
            for key, (title, value) in entries.items()
        }
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
        (folder / f"{file}.yaml").write_text(f"# {SOURCE}. {NOTE}\n\n{text}", encoding="utf-8")
