"""Decisions leave in the transaction that takes them and reach the lake once; lists are taken up once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import CouldNotRunError, Home, WrongUseError
from fourfold.lake import Lake
from fourfold.records import DeskDecision


@pytest.fixture
def take_decision(make_person: Callable[..., Any]) -> Callable[..., Any]:
    from fourfold.web.accounts.permission import check_may
    from fourfold.web.handover.deciding import decide

    officer = make_person(("victim_care", "victim-care"))

    def take(ref: str = "NFRC-1", **told: Any) -> Any:
        return decide(
            "assessment",
            subject="person",
            subject_ref=ref,
            value={"level": "high"},
            by=officer,
            answer=check_may(officer, "work_cases"),
            **told,
        )

    return take


def in_lake(home: Home) -> list[dict[str, Any]]:
    frame = Lake(home.lake).scan(DeskDecision.table)
    return [] if frame is None else frame.collect().to_dicts()


def test_a_decision_keeps_who_in_which_role_and_unit(take_decision: Callable[..., Any]) -> None:
    row = take_decision(reason="  as asked ")
    assert (row.role, row.unit, row.reason) == ("victim_care", "victim-care", "as asked")
    assert row.carried_at is None


def test_a_decision_that_is_taken_back_leaves_nothing(take_decision: Callable[..., Any]) -> None:
    from django.db import transaction

    from fourfold.web.handover.models import OutboxDecision

    with transaction.atomic():
        take_decision()
        transaction.set_rollback(True)
    assert not OutboxDecision.objects.exists()


def test_no_decision_stands_outside_a_transaction(web: Home) -> None:
    from fourfold.web.handover.deciding import decide

    with pytest.raises(WrongUseError, match="inside the transaction"):
        decide("assessment", subject="person", subject_ref="1", value={}, by=None, answer=None)  # type: ignore[arg-type]


def test_carried_decisions_are_in_the_lake_and_no_longer_on_their_way(
    take_decision: Callable[..., Any], tmp_path: Path
) -> None:
    from fourfold.web.handover.carrying import carry
    from fourfold.web.handover.deciding import is_on_its_way

    home = Home(tmp_path / "home")
    ids = {take_decision().decision_id, take_decision("NFRC-2").decision_id}
    assert is_on_its_way("person", "NFRC-1")
    assert carry(home) == 2
    assert {row["decision_id"] for row in in_lake(home)} == ids
    assert not is_on_its_way("person", "NFRC-1")
    assert carry(home) == 0


def test_a_carrier_that_dies_before_marking_carries_again_and_changes_nothing(
    take_decision: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    from fourfold.web.handover import carrying

    home = Home(tmp_path / "home")
    take_decision()

    def died() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", died)
        with pytest.raises(KeyboardInterrupt):
            carrying.carry(home)
    take_decision("NFRC-2")
    assert carrying.carry(home) == 2
    assert len(in_lake(home)) == 2


def test_a_lake_that_is_being_loaded_leaves_the_decisions_waiting(
    take_decision: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.handover import carrying
    from fourfold.web.handover.models import OutboxDecision

    def held(*_: Any) -> None:
        raise CouldNotRunError("The lake is being loaded by process 1.")

    monkeypatch.setattr(carrying, "take_decisions", held)
    take_decision()
    with pytest.raises(CouldNotRunError):
        carrying.carry(Home(tmp_path / "home"))
    assert OutboxDecision.objects.filter(carried_at__isnull=True).count() == 1


def test_decisions_gather_for_a_while_before_they_are_due(take_decision: Callable[..., Any]) -> None:
    from fourfold.web.handover.carrying import GATHERING, is_due

    row = take_decision()
    assert not is_due()
    row.made_at -= GATHERING + timedelta(seconds=1)
    row.save()
    assert is_due()


def test_a_task_waits_once_and_rests_after_a_failure(register: Home) -> None:
    from django.utils import timezone
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.handover.tasks import carry_outbox, enqueue_once

    assert enqueue_once(carry_outbox)
    assert not enqueue_once(carry_outbox)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    assert enqueue_once(carry_outbox), "one that runs may have looked before the work came"
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    assert not enqueue_once(carry_outbox)
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(minutes=2))
    assert enqueue_once(carry_outbox)
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())
    assert enqueue_once(carry_outbox), "one that did its work is no reason to wait"


def test_each_desk_takes_up_a_manifest_once(
    register: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.apps import apps

    from fourfold.pipeline.desk_decisions import take_decisions
    from fourfold.web.handover.models import TakenUp
    from fourfold.web.handover.taking_up import take_up, waiting_desks

    home, seen = Home(tmp_path / "home"), []
    monkeypatch.setattr(apps.get_app_config("handover"), "takers", {"some_desk": seen.append})
    assert waiting_desks(home) == [], "nothing is loaded"
    take_decisions(home, [])
    assert take_up(home) == ["some_desk"]
    assert take_up(home) == []
    assert seen == [home]
    assert TakenUp.objects.get(desk="some_desk").manifest == Lake(home.lake).current().name


def test_a_watch_that_fails_does_not_stop_the_others(
    register: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.apps import apps

    from fourfold.web.handover.watching import look

    seen: list[str] = []

    def fails(home: Home) -> None:
        raise OSError("a folder with a name in it")

    watches = {"first": fails, "second": lambda home: seen.append("looked")}
    monkeypatch.setattr(apps.get_app_config("handover"), "watches", watches)
    monkeypatch.setattr(
        "fourfold.web.handover.watching.connection", type("Kept", (), {"close": lambda: None})
    )
    look(Home(tmp_path / "home"))
    assert seen == ["looked"]
