"""The made-up force's own policy values: what no force publishes, so that every rule can be seen at work."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from fourfold import policy
from fourfold.synthetic.crime_levels import HIGH_HARM
from fourfold.synthetic.fraud_rows import RISK_SCALE

SOURCE = "Aldermere Police (made up), policy of 1 October 2017"
FROM = dt.date(2017, 10, 1)
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
        "high_harm_ho_codes": (
            "Home Office classes of the offences that count as High Harm",
            list(HIGH_HARM),
        ),
        "monthly_return_due_days": ("Days after the end of a month in which its outcome return is due", 10),
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


LAST_BEFORE_CODE = dt.date(2021, 3, 31)
OF_FORCE = "aldermere"
HIGH_HARM_ONLY = ("WMP-3", "WMP-5")


def duties() -> dict[str, dict[str, Any]]:
    """Return the duties as the made-up force keeps them: the limits of the Code of 2020 from the first day.

    So its whole extract can be judged by one rule. It keeps the five steps too, agreeing a contact plan
    and giving details of support for High Harm cases, and the others for every victim.
    """
    found = {}
    for name in policy.names():
        file, _, rule = name.partition(".")
        if file != "victims_code":
            continue
        shipped = policy.history(name)[0]
        is_local = shipped.value["right"] == "local"
        if shipped.valid_from <= FROM:
            continue
        value = dict(shipped.value)
        if is_local:
            value |= {"force": OF_FORCE, "duty_holder": "Aldermere Police"}
            if rule not in HIGH_HARM_ONLY:
                del value["only_codes_of"]
                value["applies_to"] = "all victims"
        dated = {"value": value, "from": FROM, "source": SOURCE, "status": "made up", "note": NOTE}
        found[rule] = {
            "title": shipped.title,
            "values": [dated if is_local else {**dated, "to": LAST_BEFORE_CODE}],
        }
    return found


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
        write_yaml(folder / f"{file}.yaml", content)
    write_yaml(folder / "victims_code.yaml", duties())


def write_yaml(path: Path, content: dict[str, Any]) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(f"# {SOURCE}. {NOTE}\n\n{text}", encoding="utf-8")
