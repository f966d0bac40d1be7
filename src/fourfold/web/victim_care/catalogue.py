"""The words that officers choose from and the rules they work by, read from policy as it stands today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from fourfold import policy
from fourfold.web.victim_care.dues import own_policy


def standing(name: str) -> Any:
    """Return the value of a policy entry today, the force's own before the shipped one."""
    return policy.value_on(name, timezone.localdate(), own_policy()).value


def entries(name: str) -> Sequence[Mapping[str, Any]]:
    """Return a list of policy entries, each with at least `key` and `label`."""
    found: Sequence[Mapping[str, Any]] = standing(name)
    return found


def choices(name: str) -> list[tuple[str, str]]:
    """Return (key, label) of a list, to choose from."""
    return [(str(one["key"]), str(one["label"])) for one in entries(name)]


def entry(name: str, key: str) -> Mapping[str, Any]:
    """Return one entry of a list; one that is no longer on it is known by its key alone."""
    return next(
        (one for one in entries(name) if one["key"] == key), {"key": key, "label": key.replace("_", " ")}
    )


def label(name: str, key: str) -> str:
    """Return the label of one entry of a list."""
    return str(entry(name, key)["label"])


TOPICS = "victim_care_advice.topics"
MATERIALS = "victim_care_advice.materials"
CHANNELS = "victim_care.contact_channels"
RESULTS = "victim_care.contact_results"
OUTCOMES = "victim_care.outcomes"
PARTNERS = "victim_care_partners.partners"
GROUNDS = "victim_care_partners.grounds"
LEVELS = "victim_care_assessment.levels"


def level_label(key: str) -> str:
    """Return a level of support in words."""
    return label(LEVELS, key) if key else "Not assessed"


def asks_romance_questions(nfib_codes: Sequence[str]) -> bool:
    """Return whether a person with reports of these codes is asked the romance-fraud questionnaire."""
    return bool(set(standing("victim_care_questionnaire.codes")) & set(nfib_codes))
