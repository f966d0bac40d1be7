"""Officers at once, on both databases: one of several wins, nothing is done twice, and the trail still verifies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

WORKER = Path(__file__).with_name("web_care_worker.py")


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
