"""The rules desk: trying a rule out, proposing, and deciding by a second person; what is written, and what is not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from rules_desk import RAISED, REASON, TRY, day_fields, filled_lake

from fourfold import policy
from fourfold.home import Home, WrongUseError
from fourfold.pipeline.doctor import policy_items

FILE = "fraud_triage.yaml"
OWN = "# Ours.\nage_at_least:\n  values:\n    - {value: 68, from: 2020-01-01, source: Board}  # for now\n"
RULE = "/rules/fraud_triage/"


@pytest.fixture(scope="module", autouse=True)
def _records(web: Home) -> Iterator[None]:
    with filled_lake(web):
        yield


@pytest.fixture
def desk(register: Home) -> Iterator[Home]:
    """The home with an empty policy folder, left empty."""
    yield register
    for path in register.policy.iterdir():
        path.unlink()


def today() -> date:
    from django.utils import timezone

    found: date = timezone.localdate()
    return found


def proposed(client: Any, asked: dict[str, str] = TRY, on: date | None = None, **more: str) -> Any:
    """Propose as somebody does: open the form, fill it in, send it."""
    from django.utils.http import urlencode

    address = f"{RULE}propose/?{urlencode(asked)}"
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(seen|form_key)" value="([^"]+)"', page))
    return client.post(address, {"reason": REASON, **day_fields(on or today()), **hidden, **more})


def latest() -> Any:
    from fourfold.web.rules.models import RuleProposal

    return RuleProposal.objects.order_by("-id").first()


def decided(client: Any, step: str, version: int = 1, why: str = "Agreed at the meeting of the unit") -> Any:
    return client.post(f"/rules/changes/{latest().pk}/{step}/", {"why": why, "version": version})


def test_a_rule_is_tried_out_and_nothing_is_kept(desk: Home, browse: Callable[..., Any]) -> None:
    from fourfold.web.rules.models import RuleProposal
    from fourfold.web.trail.models import TrailEntry

    client = browse("analyst")
    words = client.get(RULE, TRY).content.decode()
    assert "Age from which a victim is referred, from 70 years to 65 years" in words
    assert re.search(r"more people would have been referred in a week on average", words)
    assert '<svg role="img"' in words
    assert "Not stated" in words
    assert "no working time set" in words
    assert re.search(r"Made from manifest \d{6}, policy [0-9a-f]{12}", words)
    assert not RuleProposal.objects.exists()
    assert list(desk.policy.iterdir()) == []
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.detail["values"]["age_at_least"]) == ("rule_tried", "65")


def test_a_higher_age_is_said_to_leave_people_unseen(desk: Home, browse: Callable[..., Any]) -> None:
    words = browse("analyst").get(RULE, RAISED).content.decode()
    assert re.search(
        r"\d+ people who were referred or listed as cannot tell would have been on no list at all", words
    )


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"age_at_least": "old"}, "must be a whole number from 0 to 120"),
        ({"age_at_least": "121"}, "must be a whole number from 0 to 120"),
        ({"age_at_least": "65.5"}, "must be a whole number from 0 to 120"),
        ({"romance_codes": "NFIB1D, banana"}, "banana is not a code on the list"),
        ({"risk_score_at_least": "60"}, "Enter the scale on which the risk score is read"),
        ({"risk_score_at_least": "nan", "risk_score_scale": "x"}, "must be a number from 0 to"),
        ({"age_at_least": "", "romance_codes": ""}, "Keep at least one criterion"),
        ({"age_at_least": "70"}, "Change at least one value"),
        ({"age_at_least": "<script>"}, "must be a whole number"),
    ],
)
def test_what_cannot_be_tried_is_said_at_its_field(
    typed: dict[str, str], fault: str, desk: Home, browse: Callable[..., Any]
) -> None:
    words = browse("analyst").get(RULE, {**TRY, **typed}).content.decode()
    assert "There is a problem" in words
    assert fault in words
    assert "What the change would have done" not in words
    assert "<script>" not in words.replace('<script type="module"', "").replace("<script nonce", "")


def test_a_change_approved_by_a_second_person_is_written_dated_and_cited(
    desk: Home, browse: Callable[..., Any], django_on_commit: list[Any]
) -> None:
    from fourfold.web.handover.models import OutboxDecision
    from fourfold.web.trail.models import TrailEntry

    (desk.policy / FILE).write_text(OWN, encoding="utf-8")
    proposer, second = browse("analyst"), browse("performance")
    assert proposed(proposer, on=today() + timedelta(days=7)).status_code == 302
    proposal = latest()
    assert (proposal.state, proposal.result["tried"]["values"]["fraud_triage.age_at_least"]) == (
        "proposed",
        "65 years",
    )
    assert policy.value_on("fraud_triage.age_at_least", today() + timedelta(days=7), desk.policy).value == 68
    answer = decided(second, "approve")
    assert answer["Location"] == f"/rules/changes/{proposal.pk}/?done=1"
    found = policy.value_on("fraud_triage.age_at_least", today() + timedelta(days=7), desk.policy)
    assert found.value == 65
    assert found.source == (
        f"Rule change {proposal.pk}, approved {today().isoformat()}: proposed by person {proposer.person.pk} "
        f"(Analyst, First unit), approved by person {second.person.pk} (Performance officer, First unit)"
    )
    assert found.note == REASON
    assert policy.value_on("fraud_triage.age_at_least", today() + timedelta(days=6), desk.policy).value == 68
    assert (
        (desk.policy / FILE)
        .read_text()
        .startswith("# Ours.\nage_at_least:\n  values:\n    - {value: 68, from: 2020-01-01")
    )
    assert "# for now" in (desk.policy / FILE).read_text()
    assert any("fraud_triage.age_at_least: 70 years -> 65 years" in item.words for item in policy_items(desk))
    decision = OutboxDecision.objects.get(kind="rule_change")
    assert (decision.subject, decision.subject_ref, decision.value["state"]) == (
        "rule",
        "fraud_triage",
        "approved",
    )
    assert decision.value["changes"] == {"fraud_triage.age_at_least": 65}
    assert list(TrailEntry.objects.values_list("act", flat=True)[:2]) == [
        "rule_change_approved",
        "rule_change_proposed",
    ]
    assert len(django_on_commit) == 1
    assert "written into the policy" in second.get(answer["Location"]).content.decode()
    words = " ".join(proposer.get(RULE).content.decode().split())
    assert "Already approved, and not yet in force" in words
    assert "Age from which a victim is referred: 65 years from " in words


@pytest.fixture
def django_on_commit(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is to run when the transaction is kept, which in a test it never is."""
    from fourfold.web.rules import actions

    waiting: list[Any] = []
    monkeypatch.setattr(actions.transaction, "on_commit", waiting.append)
    return waiting


def test_nobody_approves_their_own_change(desk: Home, browse: Callable[..., Any]) -> None:
    client = browse("performance")
    proposed(client)
    assert (
        "You proposed this, so somebody else must decide"
        in client.get(f"/rules/changes/{latest().pk}/").content.decode()
    )
    for step in ("approve", "refuse"):
        assert client.get(f"/rules/changes/{latest().pk}/{step}/").status_code == 403
        assert decided(client, step).status_code == 403
    assert latest().state == "proposed"
    assert list(desk.policy.iterdir()) == []


def test_an_auditor_who_approves_findings_approves_no_rule(desk: Home, browse: Callable[..., Any]) -> None:
    from fourfold.web.accounts.permission import NotAllowedError
    from fourfold.web.rules import actions

    proposed(browse("analyst"))
    with pytest.raises(NotAllowedError):
        actions.approve(proposal=latest(), version=1, why="Well enough", by=browse("auditor").person)


def test_a_refusal_needs_a_reason_and_changes_nothing(desk: Home, browse: Callable[..., Any]) -> None:
    proposed(browse("victim_care"))
    second = browse("performance")
    assert "Enter a reason" in decided(second, "refuse", why="").content.decode()
    assert decided(second, "refuse", why="Too many people for the posts").status_code == 302
    assert (latest().state, latest().decided_why) == ("refused", "Too many people for the posts")
    assert list(desk.policy.iterdir()) == []


def test_only_the_proposer_withdraws(desk: Home, browse: Callable[..., Any]) -> None:
    proposer, other = browse("analyst"), browse("analyst")
    proposed(proposer)
    assert decided(other, "withdraw").status_code == 403
    assert decided(proposer, "withdraw").status_code == 302
    assert latest().state == "withdrawn"


def test_two_who_decide_at_once_see_both_versions(desk: Home, browse: Callable[..., Any]) -> None:
    proposed(browse("analyst"))
    first, second = browse("performance"), browse("performance")
    assert decided(first, "refuse").status_code == 302
    late = decided(second, "approve", why="I would rather have it")
    assert late.status_code == 409
    words = late.content.decode()
    assert "Agreed at the meeting of the unit" in words
    assert "I would rather have it" in words
    assert latest().state == "refused"
    assert list(desk.policy.iterdir()) == []


def test_who_comes_a_moment_too_late_writes_nothing(desk: Home, browse: Callable[..., Any]) -> None:
    from fourfold.web.rules import actions
    from fourfold.web.rules.models import RuleProposal

    proposed(browse("analyst"))
    as_read = latest()
    RuleProposal.objects.filter(pk=as_read.pk).update(state="refused", version=2)
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.approve(
            proposal=as_read, version=1, why="Agreed by the unit", by=browse("performance").person
        )
    assert list(desk.policy.iterdir()) == []


def test_a_policy_file_changed_meanwhile_stops_the_approval(desk: Home, browse: Callable[..., Any]) -> None:
    (desk.policy / FILE).write_text(OWN, encoding="utf-8")
    proposed(browse("analyst"))
    (desk.policy / FILE).write_text(OWN.replace("68", "69"), encoding="utf-8")
    answer = decided(browse("performance"), "approve")
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "{value: 68, from" in words
    assert "{value: 69, from" in words
    assert latest().state == "proposed"
    assert (desk.policy / FILE).read_text() == OWN.replace("68", "69")


def test_if_the_register_cannot_keep_it_the_file_is_as_it_was(
    desk: Home, browse: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.rules import actions

    (desk.policy / FILE).write_text(OWN, encoding="utf-8")
    proposed(browse("analyst"))

    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(actions, "record", fails)
    with pytest.raises(RuntimeError):
        actions.approve(
            proposal=latest(), version=1, why="Agreed by the unit", by=browse("performance").person
        )
    assert latest().state == "proposed"
    assert (desk.policy / FILE).read_text() == OWN


def test_a_double_press_proposes_once(desk: Home, browse: Callable[..., Any]) -> None:
    from fourfold.web.rules.models import RuleProposal

    client = browse("analyst")
    first = proposed(client, form_key="same-key")
    second = proposed(client, form_key="same-key")
    assert first["Location"] == second["Location"]
    assert RuleProposal.objects.count() == 1


def test_the_same_form_at_one_moment_proposes_once(
    desk: Home, browse: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.rules import views
    from fourfold.web.rules.models import RuleProposal

    client = browse("analyst")
    first = proposed(client, form_key="same-key")
    # Neither of two at one moment sees the other's proposal yet.
    monkeypatch.setattr(views, "already_proposed", lambda request: None)
    assert proposed(client, form_key="same-key")["Location"] == first["Location"]
    assert RuleProposal.objects.count() == 1


def test_a_past_day_must_be_said_to_be_one(desk: Home, browse: Callable[..., Any]) -> None:
    client, past = browse("analyst"), today() - timedelta(days=3)
    assert "has passed" in proposed(client, on=past).content.decode()
    assert "The day has not passed" in proposed(client, is_backdated="on").content.decode()
    assert latest() is None
    assert proposed(client, on=past, is_backdated="on").status_code == 302
    decided(browse("performance"), "approve")
    assert latest().held_from == past
    assert policy.value_on("fraud_triage.age_at_least", past, desk.policy).source.endswith(", backdated")


def test_a_day_that_passed_while_the_change_waited_is_not_backdated(
    desk: Home, browse: Callable[..., Any]
) -> None:
    proposed(browse("analyst"))
    proposal = latest()
    proposal.holds_from = today() - timedelta(days=2)
    proposal.save()
    second = browse("performance")
    assert (
        "Approved now, the change holds from today"
        in second.get(f"/rules/changes/{proposal.pk}/approve/").content.decode()
    )
    decided(second, "approve")
    assert latest().held_from == today()
    assert policy.value_on("fraud_triage.age_at_least", today() - timedelta(days=1), desk.policy).value == 70


def test_a_second_change_from_the_same_day_is_refused_at_proposing(
    desk: Home, browse: Callable[..., Any]
) -> None:
    proposer = browse("analyst")
    proposed(proposer)
    decided(browse("performance"), "approve")
    assert "stands in the file already" in proposed(proposer, RAISED).content.decode()
    assert proposed(proposer, RAISED, on=today() + timedelta(days=1)).status_code == 302


def test_figures_that_changed_while_writing_are_shown_again(desk: Home, browse: Callable[..., Any]) -> None:
    words = proposed(browse("analyst"), seen="000000/none/2020-01-01").content.decode()
    assert "The records or the policy changed while you were writing" in words
    assert REASON in words
    assert latest() is None


@pytest.mark.parametrize(
    "path", ["nothing/", "nothing/propose/", "changes/999/", "changes/999/approve/", "changes/export.exe"]
)
def test_what_does_not_exist_is_not_found(path: str, desk: Home, browse: Callable[..., Any]) -> None:
    assert browse("performance").get(f"/rules/{path}").status_code == 404


def test_the_history_filters_sorts_and_exports(desk: Home, browse: Callable[..., Any]) -> None:
    client = browse("analyst")
    for place in range(3):
        proposed(
            client, on=today() + timedelta(days=3 - place), reason=f"={place} a reason that a sheet might run"
        )
    decided(client, "withdraw")
    words = client.get("/rules/changes/", {"state": "withdrawn"}).content.decode()
    assert "Take off </span>State: Withdrawn" in words
    assert words.count('<th scope="row"') == 1
    by_day = client.get("/rules/changes/", {"sort": "holds_from"}).content.decode()
    listed = [int(number) for number in re.findall(r">Rule change (\d+)</a>", by_day)]
    assert listed == sorted(listed, reverse=True)
    assert "No change is like that" in client.get("/rules/changes/", {"q": "nothing at all"}).content.decode()
    told = b"".join(client.get("/rules/changes/export.csv", {"state": "proposed"}).streaming_content).decode(
        "utf-8-sig"
    )
    rows = list(csv.reader(io.StringIO(told)))
    assert rows[1][:3] == ["Number", "Rule", "Change"]
    assert [row[6] for row in rows[2:]] == [
        f"'={place} a reason that a sheet might run" for place in range(2)
    ]
    assert client.get("/rules/changes/export.xlsx").status_code == 200


def test_today_says_what_awaits_whom(desk: Home, browse: Callable[..., Any]) -> None:
    proposer, second = browse("victim_care"), browse("performance")
    assert "Rule changes that you propose" in proposer.get("/").content.decode()
    proposed(proposer)
    assert f"Your proposed rule change {latest().pk}" in proposer.get("/").content.decode()
    waiting = second.get("/").content.decode()
    assert "Rule change that awaits approval" in waiting
    decided(second, "approve")
    assert "Rule change that awaits approval" not in second.get("/").content.decode()
    assert "Approved" in proposer.get("/").content.decode()


def test_lists_ask_the_register_a_fixed_number_of_times(
    desk: Home, browse: Callable[..., Any], django_queries: Callable[[], int]
) -> None:
    client = browse("analyst")
    client.get("/rules/changes/")
    counted = []
    for _ in range(2):
        proposed(client)
        before = django_queries()
        client.get("/rules/changes/")
        counted.append(django_queries() - before)
    assert counted[0] == counted[1] <= 9


@pytest.fixture
def django_queries() -> Iterator[Callable[[], int]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as told:
        yield lambda: len(told)


def test_every_pair_of_state_and_step_has_its_answer() -> None:
    from fourfold.web.rules.states import NEXT, STATES, STEPS, can_step, state_after

    assert set(NEXT) == set(STATES)
    for state in STATES:
        for step in STEPS:
            if can_step(state, step):
                assert state_after(state, step) in STATES
            else:
                with pytest.raises(WrongUseError):
                    state_after(state, step)
    reached = {"proposed"} | {end for steps in NEXT.values() for end in steps.values()}
    assert reached == set(STATES)
    assert [state for state in STATES if not NEXT[state]] == ["approved", "refused", "withdrawn"]
    assert set(NEXT["proposed"]) == set(STEPS)
