"""The state map of a paper, whole: every state, every act, and no way round it."""

from __future__ import annotations

import pytest

from fourfold.home import WrongUseError


def every_pair() -> list[tuple[str, str]]:
    states = ("draft", "built", "sent", "sent_back", "approved", "superseded")
    acts = ("write", "build", "send", "approve", "send_back", "supersede")
    return [(state, act) for state in states for act in acts]


LEADS = {
    ("draft", "write"): "draft", ("draft", "build"): "built",
    ("built", "write"): "draft", ("built", "build"): "built", ("built", "send"): "sent",
    ("sent", "approve"): "approved", ("sent", "send_back"): "sent_back",
    ("sent_back", "write"): "draft", ("sent_back", "build"): "built",
    ("approved", "supersede"): "superseded",
    ("draft", "throw_away"): "thrown_away", ("built", "throw_away"): "thrown_away",
}  # fmt: skip


@pytest.mark.parametrize(("state", "act"), every_pair())
def test_every_act_in_every_state_leads_where_the_table_says_or_is_refused_in_words(
    state: str, act: str, register: object
) -> None:
    from fourfold.web.papers.models import Paper, State
    from fourfold.web.papers.states import can, check_can

    paper = Paper(state=state)
    if (state, act) in LEADS:
        assert check_can(act, paper) == LEADS[state, act]
        assert can(act, paper)
        return
    with pytest.raises(WrongUseError) as caught:
        check_can(act, paper)
    assert State(state).label.lower() in caught.value.what
    assert caught.value.next_step.endswith(".")
    assert not can(act, paper)


def test_the_map_names_every_state_and_act_once_and_all_are_reached_from_a_draft(register: object) -> None:
    from fourfold.web.papers.models import State
    from fourfold.web.papers.states import ACTS, COLOURS, MOVES, WHY_NOT

    assert set(MOVES) == set(State) == set(COLOURS)
    assert {act for moves in MOVES.values() for act in moves} == set(ACTS) == set(WHY_NOT)
    reached, ahead = set(), [State.DRAFT]
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead += MOVES[state].values()
    assert reached == set(State)


def test_nothing_but_approval_makes_a_paper_readable_by_all(register: object) -> None:
    from fourfold.web.papers.models import State
    from fourfold.web.papers.states import MOVES, READ_BY_ALL

    ways_in = {
        (state, act)
        for state, moves in MOVES.items()
        if state not in READ_BY_ALL
        for act, to in moves.items()
        if to in READ_BY_ALL
    }
    assert ways_in == {(State.SENT, "approve")}
    assert all(to in READ_BY_ALL for state in READ_BY_ALL for to in MOVES[state].values())


def test_a_paper_with_errors_does_not_go_to_approval(register: object) -> None:
    from fourfold.web.papers.models import Paper
    from fourfold.web.papers.states import can_send, check_can_send

    assert can_send(Paper(state="built", warnings=3))
    assert not can_send(Paper(state="draft"))
    for errors, words in ((1, "1 error"), (1200, "1,200 errors")):
        with pytest.raises(WrongUseError, match=words):
            check_can_send(Paper(state="built", errors=errors))
