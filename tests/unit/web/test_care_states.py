"""The state map of a case: every pair of state and step is answered, and nobody falls out of it."""

from __future__ import annotations

import pytest

from fourfold.web.victim_care.states import (
    REFUSALS,
    STATE_COLOURS,
    STATE_WORDS,
    STEPS,
    State,
    Step,
    StepRefusedError,
    can,
    check_can,
)

# y may be taken. Columns: cannot_tell new open new_report closed joined.
TABLE = """
note          y y y y y -
assign        y y y y - -
work          - y y - - -
watch         - y y - y -
take_on       y - - - - -
set_aside     y - - - - -
close         - y y - - -
reopen        - - - y y -
leave_closed  - - - y - -
report_again  y y y y y -
become_clear  y y y y y -
join          y y y y y -
part          - - - - - y
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}


def test_every_step_stands_in_the_table() -> None:
    assert set(ROWS) == {step.value for step in Step}


@pytest.mark.parametrize("step", list(Step))
def test_each_step_is_answered_in_each_state(step: Step) -> None:
    assert ["y" if can(step, state) else "-" for state in State] == ROWS[step.value]


@pytest.mark.parametrize("state", list(State))
def test_each_state_has_words_a_colour_and_a_refusal(state: State) -> None:
    assert state.words == STATE_WORDS[state]
    assert STATE_COLOURS[state]
    with pytest.raises(StepRefusedError, match=REFUSALS[state][:20]):
        check_can(Step.PART if state is not State.JOINED else Step.NOTE, state)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {after for steps in STEPS.values() for after in steps.values()} | {State.CANNOT_TELL, State.NEW}
    assert reached == set(State)
    assert all(set(STEPS[state].values()) - {state} for state in State), "no state holds a person for ever"


def test_a_new_report_never_leaves_a_closed_case_closed() -> None:
    assert check_can(Step.REPORT_AGAIN, State.CLOSED) is State.NEW_REPORT
    assert State.NEW_REPORT.is_open
