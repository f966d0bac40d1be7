"""Officers at once, on both databases: one of several wins, nothing is done twice, and the trail still verifies."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

WORKER = Path(__file__).with_name("web_care_worker.py")
DEFAULT_SERVER = "postgresql://root@127.0.0.1:5432/test"


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of a database of its own, dropped at the end."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (the extra postgres)")
    server = os.environ.get("FOURFOLD_TEST_DATABASE", DEFAULT_SERVER)
    name = f"fourfold_care_{secrets.token_hex(4)}"
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL is reached at FOURFOLD_TEST_DATABASE or 127.0.0.1:5432")
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of every race on one database."""
    address = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))}
    env = kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    if address:
        env["FOURFOLD_DATABASE"] = address
    home = tmp_path_factory.mktemp("care") / "home"
    ran = subprocess.run(
        [sys.executable, str(WORKER), str(home)], capture_output=True, env=env, timeout=240, check=False
    )
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    answer: dict[str, Any] = json.loads(ran.stdout.decode().splitlines()[-1])
    return answer


def test_a_list_taken_up_by_several_at_once_opens_each_case_once(told: dict[str, Any]) -> None:
    assert (told["took"], told["cases"], told["reports"]) == ({"done": 6}, 20, 20)


def test_the_last_two_of_a_stock_go_to_two(told: dict[str, Any]) -> None:
    assert (told["given"], told["left"]) == ({"done": 2, "WrongUseError": 4}, 0)


def test_one_form_sent_by_several_presses_at_once_is_saved_once(told: dict[str, Any]) -> None:
    assert (told["twice"], told["attempts"]) == ({"done": 1, "SavedAlreadyError": 5}, 1)


def test_of_officers_who_close_one_case_at_once_one_does(told: dict[str, Any]) -> None:
    assert (told["closed"], told["closings"]) == ({"done": 1, "ChangedMeanwhileError": 5}, 1)


def test_the_trail_verifies_after_all_of_it(told: dict[str, Any]) -> None:
    assert told["fault"] == ""
