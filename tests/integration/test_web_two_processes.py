"""PostgreSQL under a server of two processes, driven by eight people at once."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from plain_browser import PlainBrowser

SERVE = Path(__file__).parents[1] / "browser" / "serve_home.py"
PEOPLE, ACTIONS = 8, 4


@dataclass
class Served:
    """A home served on PostgreSQL."""

    home: Path
    address: str
    port: int
    env: dict[str, str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, postgresql: str) -> Iterator[Served]:
    yield from serving(tmp_path_factory.mktemp("two") / "home", postgresql)


def serving(home: Path, database: str) -> Iterator[Served]:
    home.mkdir()
    (home / "fourfold.toml").write_text('made_up = true\nforce_name = "Westshire Police (made up)"\n')
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))}
    env = kept | {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "FOURFOLD_DATABASE": database,
    }
    log = home.parent / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, str(SERVE), str(home), str(port)], stdout=out, stderr=out, env=env
        )
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}", log)
        yield Served(home, f"http://127.0.0.1:{port}", port, env)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0, log.read_text()[-3000:]


def wait_until_ready(process: Any, address: str, log: Path) -> None:
    browser, until = PlainBrowser(address), time.monotonic() + 60
    while True:
        assert process.poll() is None, log.read_text()[-3000:]
        assert time.monotonic() < until, log.read_text()[-3000:]
        try:
            browser.get("/health/ready")
        except OSError:
            time.sleep(0.2)
            continue
        if browser.status == 200:
            return
        time.sleep(0.2)


def signed_in(served: Served, role: str = "administrator") -> PlainBrowser:
    browser = PlainBrowser(served.address)
    page = browser.sign_in(f"{role}@demo.example", (served.home / "demo-password").read_text().strip())
    assert browser.status == 200
    assert "Sign out" in page
    return browser


def works(served: Served, person: int) -> list[int]:
    """Sign in, open a page and add units; return the status of each answer."""
    browser, statuses = signed_in(served), []
    for number in range(ACTIONS):
        browser.get("/units/")
        statuses.append(browser.status)
        browser.post("/units/", name=f"Unit {person} {number}")
        statuses.append(browser.status)
    return statuses


def counted(told: str, name: str, **labels: str) -> float:
    """Return the sum of a metric over its samples with these labels."""
    wanted = [f'{key}="{value}"' for key, value in labels.items()]
    samples = [
        line for line in told.splitlines() if line.startswith(name) and all(one in line for one in wanted)
    ]
    return sum(float(line.rpartition(" ")[2]) for line in samples)


def test_eight_people_at_once_lose_nothing(served: Served) -> None:
    with ThreadPoolExecutor(PEOPLE) as pool:
        statuses = [
            status for told in pool.map(lambda one: works(served, one), range(PEOPLE)) for status in told
        ]
    assert set(statuses) == {200}
    page = signed_in(served).get("/units/")
    assert len(set(re.findall(r"Unit \d \d", page))) == PEOPLE * ACTIONS

    # Whichever process answers, the counters of both are added up.
    browser = PlainBrowser(served.address)
    for _ in range(4):
        told = browser.get("/metrics")
        made = counted(told, "fourfold_request_seconds_count", page="accounts:units", status="302")
        assert made == PEOPLE * ACTIONS
    (counters,) = (served.home / "run").glob("metrics-*")
    workers = {path.stem.rpartition("_")[2] for path in counters.glob("histogram_*.db")}
    assert len(workers) == 2, "two processes answered"
    assert counted(told, "fourfold_tasks_oldest_waiting_seconds") >= 0

    checked = subprocess.run(
        [sys.executable, "-m", "fourfold.cli", "doctor", "--trail", "--home", str(served.home)],
        capture_output=True,
        env=served.env,
        timeout=60,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout.decode() + checked.stderr.decode()
    length = int(checked.stdout.decode().split("entries stand")[0].split()[-1].replace(",", ""))
    assert length >= PEOPLE * (ACTIONS + 1)


def test_a_role_taken_in_mid_session_is_gone_at_the_next_page_of_either_process(served: Served) -> None:
    watched, administrator = signed_in(served, "analyst"), signed_in(served)
    people = administrator.get("/people/?q=analyst")
    key = re.search(r"/people/(\d+)/\"", people)
    assert key
    assert "Analyst, Intelligence" in watched.get("/account/")
    taken = re.search(rf"/people/{key[1]}/role/(\d+)/", administrator.get(f"/people/{key[1]}/"))
    assert taken
    administrator.get(taken[0])
    administrator.post(taken[0])
    for _ in range(6):
        watched.get("/exports/")
        assert watched.status == 403
    assert "None yet" in watched.get("/account/")
    administrator.get(f"/people/{key[1]}/change/deactivate/")
    administrator.post(f"/people/{key[1]}/change/deactivate/")
    for _ in range(4):
        assert "Email address" in watched.get("/account/"), "who was stopped is sent to sign in"
