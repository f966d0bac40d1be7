"""Who may what: the matrix as shipped, a person's widest answer, and a force's narrowing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fourfold.home import WrongUseError

# The table of the design, in its order of roles; None of it is read from the file under test.
DESIGN = """
see_victims     own_unit  masked       masked       sampled  no       with_reason    no
see_narratives  own_cases yes          no           sampled  no       with_reason    no
see_suspects    no        yes          own_unit     sampled  no       with_reason    no
see_networks    no        named_people named_people no       no       with_reason    no
trace_figures   counts    masked       masked       yes      counts   yes            no
export_rows     own_list  masked       own_list     sampled  returns  subject_access no
approve         no        no           no           findings not_own  no             no
manage_people   no        no           no           no       no       read           yes
change_settings no        no           no           no       no       read           yes
work_batches    no        yes          no           no       no       read           yes
"""
ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)
ROWS = {line.split()[0]: line.split()[1:] for line in DESIGN.strip().splitlines()}


@pytest.mark.parametrize("act", ROWS)
def test_the_shipped_matrix_is_that_of_the_design(act: str) -> None:
    from fourfold.web.accounts.matrix import shipped_matrix

    scopes = shipped_matrix().act(act).scopes
    assert [scopes[role] for role in ROLES] == ROWS[act]


def test_every_answer_names_only_answers_that_exist_and_are_narrower() -> None:
    from fourfold.web.accounts.matrix import shipped_matrix

    scopes = shipped_matrix().scopes
    for scope in scopes.values():
        assert all(scopes[one].rank > scope.rank for one in scope.narrower), scope.key
        assert scope.key == "no" or "no" in scope.narrower


@pytest.mark.parametrize(
    ("roles", "act", "unit", "why", "scope", "allowed", "units"),
    [
        (["victim_care"], "see_victims", None, "", "own_unit", True, {"first-unit"}),
        (["victim_care"], "see_victims", "first-unit", "", "own_unit", True, {"first-unit"}),
        (["victim_care"], "see_victims", "other-unit", "", "no", False, set()),
        # Two units: the desk's query is held to both.
        ([("victim_care", "a"), ("victim_care", "b")], "see_victims", None, "", "own_unit", True, {"a", "b"}),
        # Another unit's case is seen masked by someone who is an analyst too.
        ([("victim_care", "a"), ("analyst", "b")], "see_victims", "b", "", "masked", True, set()),
        ([("victim_care", "a"), ("analyst", "b")], "see_victims", "a", "", "own_unit", True, {"a"}),
        # A reason is asked for, then it opens; it never stands before what needs none.
        (["data_protection"], "see_victims", None, "", "with_reason", False, set()),
        (["data_protection"], "see_victims", None, "Request 12", "with_reason", True, set()),
        (["data_protection"], "see_victims", None, "   ", "with_reason", False, set()),
        ([("data_protection", "a"), ("victim_care", "b")], "see_victims", None, "", "own_unit", True, {"b"}),
        (
            [("victim_care", "b"), ("data_protection", "a")],
            "see_victims",
            "a",
            "Request 12",
            "with_reason",
            True,
            set(),
        ),
        (["administrator"], "see_suspects", None, "", "no", False, set()),
        ([], "see_today", None, "", "no", False, set()),
    ],
)
def test_the_widest_answer_of_a_persons_roles_stands(
    roles: Any,
    act: str,
    unit: str | None,
    why: str,
    scope: str,
    allowed: bool,
    units: set[str],
    make_person: Any,
) -> None:
    from fourfold.web.accounts.permission import may

    answer = may(make_person(*roles), act, unit, why)
    assert (answer.scope, bool(answer), set(answer.units)) == (scope, allowed, units)


def test_someone_inactive_may_nothing(make_person: Any) -> None:
    from fourfold.web.accounts.permission import NotAllowedError, check_may, may

    person = make_person("administrator")
    assert check_may(person, "manage_people").scope == "yes"
    person.is_active = False
    assert not may(person, "manage_people")
    with pytest.raises(NotAllowedError):
        check_may(person, "manage_people")


def test_an_unknown_act_is_refused_in_words(make_person: Any) -> None:
    from fourfold.web.accounts.permission import may

    with pytest.raises(WrongUseError, match="There is no act fly"):
        may(make_person("analyst"), "fly")


@pytest.mark.parametrize(
    ("text", "role", "act", "scope"),
    [
        ("see_narratives: {analyst: no}", "analyst", "see_narratives", "no"),
        ("see_suspects: {analyst: masked}", "analyst", "see_suspects", "masked"),
        ("see_victims: {victim_care: own_cases}", "victim_care", "see_victims", "own_cases"),
        ("see_victims: {analyst: counts}", "analyst", "see_victims", "counts"),
        ("see_victims: {analyst: masked}", "analyst", "see_victims", "masked"),
        ("", "analyst", "see_suspects", "yes"),
    ],
)
def test_a_force_may_narrow(text: str, role: str, act: str, scope: str, tmp_path: Path) -> None:
    from fourfold.web.accounts.matrix import matrix_of

    (tmp_path / "access.yaml").write_text(text)
    assert matrix_of(tmp_path).act(act).scopes[role] == scope


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("see_suspects: {victim_care: yes}", "would widen see_suspects for victim_care from no to yes"),
        ("see_victims: {analyst: own_unit}", "would widen see_victims for analyst from masked to own_unit"),
        ("see_victims: {victim_care: sampled}", "would widen"),
        ("see_victims: {chief: no}", "names the role chief"),
        ("see_victims: {analyst: some}", "gives the answer some"),
        ("fly: {analyst: no}", "access.yaml names the act fly"),
        ("see_victims: no", "must give answers by act and role"),
        ("see_victims: {analyst: no", "cannot be read"),
    ],
)
def test_a_force_may_not_widen_nor_invent(text: str, words: str, tmp_path: Path) -> None:
    from fourfold.web.accounts.matrix import matrix_of

    (tmp_path / "access.yaml").write_text(text)
    with pytest.raises(WrongUseError, match=words):
        matrix_of(tmp_path)


def test_a_narrowing_holds_on_the_pages_at_once(browse: Any, register: Any) -> None:
    client = browse("data_protection")
    path = register.policy / "access.yaml"
    assert client.get("/trail/").status_code == 200
    path.write_text("read_trail: {data_protection: no}")
    try:
        assert client.get("/trail/").status_code == 403
    finally:
        path.unlink()
    assert client.get("/trail/").status_code == 200
