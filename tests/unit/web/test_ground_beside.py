"""What runs beside the server: started again when it ends, told of by readiness, metrics and the log."""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home

LASTING = [sys.executable, "-c", "import time; time.sleep(60)"]
SHORT = [sys.executable, "-c", ""]


def beside(command: list[str], name: str = "worker") -> Any:
    from fourfold.web.beside import Beside

    one = Beside(name)
    one._command = command
    return one


def wait_until(true: Any) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until, "it did not come to be in time"
        time.sleep(0.02)


def test_a_process_that_was_killed_is_started_again(web: Home, tmp_path: Path, monkeypatch: Any) -> None:
    from fourfold.web import beside as module

    monkeypatch.setattr(module, "STATE_WRITTEN_EVERY_SECONDS", 0.02)
    one = beside(LASTING)
    one._rest_seconds = 0.1
    keeper = module.Keeper([one], tmp_path / "state.json")
    keeper.start()
    first = one._process
    first.kill()
    wait_until(lambda: one._process is not first and one.is_alive)
    wait_until(lambda: json.loads((tmp_path / "state.json").read_text())["alive"] == {"worker": True})
    keeper.stop()
    assert not one.is_alive
    assert not (tmp_path / "state.json").exists()


def test_one_that_hangs_counts_as_dead_and_is_started_again(
    web: Home, tmp_path: Path, monkeypatch: Any
) -> None:
    from fourfold.web import beside as module

    monkeypatch.setattr(module, "HUNG_AFTER_SECONDS", 0.3)
    beat = tmp_path / "beat"
    one = module.Beside("watcher", beat=beat)
    one._command, one._rest_seconds = LASTING, 0.1
    one.start()
    first = one._process
    assert one.is_alive, "it has just been started"
    time.sleep(0.4)
    beat.touch()
    assert one.is_alive, "it has just looked round"
    wait_until(lambda: not one.is_alive)
    assert first.poll() is None, "it runs, and does nothing"
    one.start_again_if_dead()
    assert first.poll() is not None
    assert one._process is not first
    one.ask_to_stop()
    one.wait_until_stopped(5)


def test_the_watcher_touches_its_file(tmp_path: Path, monkeypatch: Any) -> None:
    from fourfold.web.handover.management.commands.keep_watch import tell_alive
    from fourfold.web.ui.health import BEAT

    monkeypatch.setenv(BEAT, str(tmp_path / "beat"))
    tell_alive()
    assert time.time() - (tmp_path / "beat").stat().st_mtime < 5


def test_one_that_ends_at_once_rests_longer_each_time(web: Home, monkeypatch: Any) -> None:
    one = beside(SHORT)
    starts = []
    monkeypatch.setattr(one, "start", lambda: starts.append(one._rest_seconds))
    one._started_at = time.monotonic()
    one.start_again_if_dead()
    assert starts == [], "it rests first"
    for _ in range(7):
        one._started_at = time.monotonic() - one._rest_seconds
        one.start_again_if_dead()
    assert starts == [2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
    one._started_at = time.monotonic() - 61
    one.start_again_if_dead()
    assert starts[-1] == 2.0, "one that ran well is started again soon"


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        ({"worker": True, "watcher": True}, {"worker": True, "watcher": True}),
        ({"worker": False, "watcher": True}, {"worker": False, "watcher": True}),
        (None, {"beside": False}),
    ],
)
def test_readiness_says_what_runs(
    told: Any, parts: Any, register: Home, tmp_path: Path, monkeypatch: Any
) -> None:
    from django.test import Client

    state = tmp_path / "beside.json"
    monkeypatch.setenv("FOURFOLD_BESIDE", str(state))
    if told is not None:
        state.write_text(json.dumps({"at": time.time(), "alive": told}))
    answer = Client(SERVER_NAME="localhost").get("/health/ready")
    assert answer.json()["parts"] == {"register": True, **parts}
    assert answer.status_code == (200 if all(parts.values()) else 503)


def test_a_state_that_nobody_writes_any_more_is_not_believed(
    register: Home, tmp_path: Path, monkeypatch: Any
) -> None:
    from django.test import Client

    state = tmp_path / "beside.json"
    state.write_text(json.dumps({"at": time.time() - 21, "alive": {"worker": True}}))
    monkeypatch.setenv("FOURFOLD_BESIDE", str(state))
    assert Client(SERVER_NAME="localhost").get("/health/ready").status_code == 503


def test_tasks_are_counted_and_logged_without_what_they_were_given(register: Home, caplog: Any) -> None:
    from django.test import Client
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.handover.tasks import take_up_lists
    from fourfold.web.ui.logs import JsonLines

    client = Client(SERVER_NAME="localhost")
    take_up_lists.enqueue()
    assert b'fourfold_tasks{state="waiting",task="take_up_lists"} 1.0' in client.get("/metrics").content
    broken = DBTaskResult.objects.get()
    broken.args_kwargs = {"args": ["Mavis Beacon"], "kwargs": {}}
    broken.claim("worker-1")
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=1, worker_id="worker-1", excluded_queue_names=[],
    )  # fmt: skip
    with caplog.at_level(logging.INFO, logger="fourfold.web.tasks"):
        worker.run_task(broken)
    told = [
        json.loads(JsonLines().format(entry))
        for entry in caplog.records
        if entry.name == "fourfold.web.tasks"
    ]
    assert [line["message"] for line in told] == ["task began", "task ended"]
    assert (told[1]["task"], told[1]["state"], told[1]["error"]) == (
        "take_up_lists",
        "failed",
        "builtins.TypeError",
    )
    assert "Mavis" not in json.dumps(told)
    assert b'fourfold_tasks{state="failed",task="take_up_lists"} 1.0' in client.get("/metrics").content


def test_what_an_ended_worker_was_doing_is_set_down_as_failed(register: Home) -> None:
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.handover.tasks import take_up_lists
    from fourfold.web.ui.tasks import give_up_interrupted

    take_up_lists.enqueue()
    DBTaskResult.objects.update(status="RUNNING")
    take_up_lists.enqueue()
    assert give_up_interrupted() == 1
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]


def test_the_register_keeps_where_a_task_failed_and_not_what_it_said(register: Home) -> None:
    from django_tasks.signals import task_finished
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.handover.tasks import take_up_lists

    take_up_lists.enqueue()
    failed = DBTaskResult.objects.get()
    failed.claim("worker-1")
    try:
        raise ValueError("no such victim: Mavis Beacon\n  File says so")
    except ValueError as error:
        failed.set_failed(error)
    assert "Mavis" in failed.traceback
    task_finished.send(sender=object, task_result=failed.task_result)
    failed.refresh_from_db()
    assert "Mavis" not in failed.traceback
    assert "test_ground_beside.py" in failed.traceback


def test_results_of_two_weeks_ago_are_forgotten(register: Home) -> None:
    from datetime import timedelta

    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from fourfold.web.handover.tasks import take_up_lists
    from fourfold.web.ui.tasks import forget_old

    for days in (None, 13, 15):
        enqueued = take_up_lists.enqueue()
        if days is not None:
            ended = timezone.now() - timedelta(days=days)
            DBTaskResult.objects.filter(pk=enqueued.id).update(status="SUCCESSFUL", finished_at=ended)
    assert forget_old() == 1
    assert DBTaskResult.objects.count() == 2
