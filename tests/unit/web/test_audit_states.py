"""The state maps of a sample and of a crime: every pair of state and step is answered, and nothing is lost in them."""

from __future__ import annotations

import pytest

from fourfold.web.audit.states import (
    CRIME_COLOURS,
    CRIME_REFUSALS,
    CRIME_STEPS,
    CRIME_WORDS,
    LIVE,
    REFUSALS,
    STATE_COLOURS,
    STATE_WORDS,
    STEPS,
    CrimeState,
    CrimeStep,
    State,
    Step,
    StepRefusedError,
    can,
    check_can,
    check_crime,
)

# y may be taken. Columns: planned drawn being_read read approved withdrawn.
SAMPLES = """
plan       y - - - - -
draw       y - - - - -
give       - y y - - -
read       - - y - - -
finish     - - y - - -
approve    - - - y - -
send_back  - - - y - -
act        - - - y y -
withdraw   y y y y - -
"""
# Columns: reserve to_read to_settle read out_of_scope.
CRIMES = """
call_up       y - - - -
give          - y - - -
finish        - y - - -
differ        - y - - -
settle        - - y - -
rule_out      - y y - -
amend         - y - y -
read_again    - - - y -
settle_again  - - - y -
"""


def rows(table: str) -> dict[str, list[str]]:
    return {line.split()[0]: line.split()[1:] for line in table.strip().splitlines()}


def test_every_step_stands_in_its_table() -> None:
    assert set(rows(SAMPLES)) == {step.value for step in Step}
    assert set(rows(CRIMES)) == {step.value for step in CrimeStep}


@pytest.mark.parametrize("step", list(Step))
def test_each_step_of_a_sample_is_answered_in_each_state(step: Step) -> None:
    assert ["y" if can(step, state) else "-" for state in State] == rows(SAMPLES)[step.value]


@pytest.mark.parametrize("step", list(CrimeStep))
def test_each_step_of_a_crime_is_answered_in_each_state(step: CrimeStep) -> None:
    assert ["y" if step in CRIME_STEPS[state] else "-" for state in CrimeState] == rows(CRIMES)[step.value]


@pytest.mark.parametrize("state", list(State))
def test_each_state_of_a_sample_has_words_a_colour_and_a_refusal(state: State) -> None:
    assert state.words == STATE_WORDS[state]
    assert state.colour == STATE_COLOURS[state]
    refused = next(step for step in Step if not can(step, state))
    with pytest.raises(StepRefusedError, match=REFUSALS[state][:20]):
        check_can(refused, state)


@pytest.mark.parametrize("state", list(CrimeState))
def test_each_state_of_a_crime_has_words_a_colour_and_a_refusal(state: CrimeState) -> None:
    assert state.words == CRIME_WORDS[state]
    assert state.colour == CRIME_COLOURS[state]
    refused = next(step for step in CrimeStep if step not in CRIME_STEPS[state])
    with pytest.raises(StepRefusedError, match=CRIME_REFUSALS[state][:20]):
        check_crime(refused, state)


def test_every_state_is_reached_and_only_ends_hold_for_ever() -> None:
    reached = {after for steps in STEPS.values() for after in steps.values()} | {State.PLANNED}
    assert reached == set(State)
    ends = {state for state in State if not set(STEPS[state].values()) - {state}}
    assert ends == {State.APPROVED, State.WITHDRAWN}
    of_crimes = {after for steps in CRIME_STEPS.values() for after in steps.values()}
    assert of_crimes | {CrimeState.RESERVE} == set(CrimeState)
    held = {state for state in CrimeState if not set(CRIME_STEPS[state].values()) - {state}}
    assert held == {CrimeState.OUT_OF_SCOPE}


def test_a_crime_is_live_exactly_while_somebody_must_do_something() -> None:
    assert {state for state in CrimeState if CrimeStep.RULE_OUT in CRIME_STEPS[state]} == set(LIVE)
