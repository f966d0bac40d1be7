"""Values that later stages read again are looked at where they come in; a broken one waits and stops nothing."""

from __future__ import annotations

from typing import Any

import pytest

from fourfold.rules import questionnaires
from fourfold.sources import decision_values
from fourfold.sources.decision_values import PARTS_OF_A_SAMPLE, what_is_broken

SAMPLE = dict.fromkeys(PARTS_OF_A_SAMPLE, "told") | {"questionnaire": {}, "crimes": [], "strata": []}
READING = {"sample_ref": "A1", "round": "first", "out_of_scope": None, "answers": {"q": {"answer": "met"}}}
PAIR = {"join": True, "left": "fraud_report/A", "right": "fraud_report/B"}
GOOD: list[tuple[str, dict[str, Any]]] = [
    ("case_event", {"event_type": "victim_updated", "happened_at": "2026-03-29T01:30:15+00:00"}),
    ("case_event", {"event_type": "victim_updated", "happened_at": None}),
    ("case_event_withdrawn", {"decision_id": "a" * 32}),
    ("audit_drawn", SAMPLE),
    ("audit_reading", READING),
    ("audit_reading", READING | {"out_of_scope": "no_victim", "answers": {}}),
    ("link_decision", PAIR),
    ("link_decision", PAIR | {"join": None}),
    ("assessment", {"whatever": 1}),
]
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("case_event", {"event_type": "victim_updated", "happened_at": "29 March"}, "value|no_event"),
    ("case_event", {"event_type": "victim_updated", "happened_at": "2026-03-29T01:30:15"}, "value|no_event"),
    ("case_event", {"event_type": "victim_updated", "happened_at": 5}, "value|no_event"),
    (
        "case_event",
        {"event_type": "victim_updated", "happened_at": "0001-01-01T00:00+14:00"},
        "value|no_event",
    ),
    ("case_event", {"happened_at": "2026-03-29T01:30:15+00:00"}, "value|no_event"),
    ("case_event", {"event_type": "victim_updated", "result": ["told"]}, "value|no_event"),
    ("case_event", {"event_type": "victim_updated", "victim_ref": {"ref": "V1"}}, "value|no_event"),
    ("case_event_withdrawn", {}, "value|no_decision_named"),
    ("audit_drawn", {key: told for key, told in SAMPLE.items() if key != "seed"}, "value|no_sample"),
    ("audit_drawn", SAMPLE | {"crimes": "K1"}, "value|no_sample"),
    ("audit_reading", READING | {"sample_ref": ""}, "value|no_reading"),
    ("audit_reading", READING | {"answers": {"q": {"answer": "perhaps"}}}, "value|no_reading"),
    ("audit_reading", READING | {"answers": None}, "value|no_reading"),
    ("link_decision", PAIR | {"join": "yes"}, "value|no_pair_of_records"),
]


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_what_can_be_read_again_comes_in(kind: str, value: dict[str, Any]) -> None:
    assert what_is_broken(kind, value) is None


@pytest.mark.parametrize(("kind", "value", "rule"), BAD)
def test_what_nobody_could_read_again_says_the_rule_it_broke(
    kind: str, value: dict[str, Any], rule: str
) -> None:
    found = what_is_broken(kind, value)
    assert found is not None
    assert found[0] == rule


def test_an_audit_has_the_same_four_answers_at_the_door_and_at_the_desk() -> None:
    assert decision_values.ANSWERS == questionnaires.ANSWERS
