"""What a decision of a desk must say for the kinds that later stages read again: looked at where it comes in.

A value that nobody can read would stop a refresh, or be passed over in silence; it waits in quarantine with
the rule it broke. Kinds that are not named here are kept as they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from fourfold.link.answers import KIND as LINK_DECISION
from fourfold.link.answers import is_readable

CASE_EVENT, CASE_EVENT_WITHDRAWN = "case_event", "case_event_withdrawn"
AUDIT_DRAWN, AUDIT_READING = "audit_drawn", "audit_reading"
ANSWERS = ("met", "not_met", "not_recorded", "not_applicable")

Broken = tuple[str, str]
NO_PAIR: Broken = (
    "value|no_pair_of_records",
    "a decision on linking must say join (true or false), and left and right as table/reference of two records",
)
NO_EVENT: Broken = (
    "value|no_event",
    "an event must say event_type, and happened_at, where it is told, as a moment with its offset from UTC; the other "
    "parts are text",
)
NO_DECISION: Broken = ("value|no_decision_named", "what is taken back must be named by its decision_id")
NO_SAMPLE: Broken = (
    "value|no_sample",
    "a sample must say its reference, questionnaire, force, period, allocation, seed, frame, strata and crimes",
)
NO_READING: Broken = (
    "value|no_reading",
    f"a reading must say sample_ref and round, and an answer ({', '.join(ANSWERS)}) to each question or why it is out of scope",
)
PARTS_OF_AN_EVENT = ("about_event_id", "victim_ref", "suspect_ref", "result")
PARTS_OF_A_SAMPLE = (
    "sample_ref", "questionnaire", "force", "period_from", "period_to", "allocation", "seed", "frame_hash", "manifest",
    "strata", "crimes",
)  # fmt: skip


def what_is_broken(kind: str | None, value: Mapping[str, Any]) -> Broken | None:
    """Return the rule that a value of this kind breaks, and its words; None where it can be read again."""
    known = KINDS.get(kind or "")
    if known is None:
        return None
    reads, broken = known
    return None if reads(value) else broken


def names_a_pair(value: Mapping[str, Any]) -> bool:
    return is_readable(json.dumps(value))


def tells_an_event(value: Mapping[str, Any]) -> bool:
    moment = value.get("happened_at")
    parts = (value.get(part) for part in PARTS_OF_AN_EVENT)
    return (
        is_text(value.get("event_type"))
        and (moment is None or moment_of(moment) is not None)
        and all(part is None or isinstance(part, str) for part in parts)
    )


def names_a_decision(value: Mapping[str, Any]) -> bool:
    return is_text(value.get("decision_id"))


def tells_a_sample(value: Mapping[str, Any]) -> bool:
    whole = all(value.get(part) is not None for part in PARTS_OF_A_SAMPLE)
    return whole and isinstance(value["questionnaire"], dict) and isinstance(value["crimes"], list)


def tells_a_reading(value: Mapping[str, Any]) -> bool:
    if not is_text(value.get("sample_ref")) or not is_text(value.get("round")):
        return False
    if value.get("out_of_scope") is not None:
        return is_text(value["out_of_scope"])
    answers = value.get("answers")
    return isinstance(answers, dict) and all(
        isinstance(one, dict) and one.get("answer") in ANSWERS for one in answers.values()
    )


def is_text(told: Any) -> bool:
    return isinstance(told, str) and bool(told.strip())


def moment_of(told: Any) -> datetime | None:
    """Return the moment that is told in any form of ISO 8601 with its offset from UTC; None where it is none."""
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):  # the second: a moment of the year 1 that is of the year 0 in UTC
        return None


KINDS: Mapping[str, tuple[Callable[[Mapping[str, Any]], bool], Broken]] = {
    LINK_DECISION: (names_a_pair, NO_PAIR),
    CASE_EVENT: (tells_an_event, NO_EVENT),
    CASE_EVENT_WITHDRAWN: (names_a_decision, NO_DECISION),
    AUDIT_DRAWN: (tells_a_sample, NO_SAMPLE),
    AUDIT_READING: (tells_a_reading, NO_READING),
}
