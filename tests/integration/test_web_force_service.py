"""Sign-in by the force's own service, against a provider of the test's own: who comes in, and who does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
NOT_VOUCHED = "did not vouch for you"
FAILED = ["sign_in_failed", "", {"by": "the force's service"}]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))}
    done = subprocess.run(
        [
            sys.executable,
            str(HERE / "force_service_worker.py"),
            str(tmp_path_factory.mktemp("oidc") / "home"),
        ],
        capture_output=True,
        env=kept | {"PYTHONPATH": os.pathsep.join([str(HERE), *(path for path in sys.path if path)])},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return json.loads(done.stdout)


def test_a_person_who_was_added_comes_in_by_the_service_alone(told: Any) -> None:
    assert "Sign in with Westshire sign-in" in told["page"]
    came = told["added"]
    assert (came["status"], came["to"], came["account"]) == (302, "/account/", 200)
    assert came["trail"] == [["signed_in", "Ada", {"with": ["socialaccount"]}]]


def test_after_the_first_time_the_services_key_for_a_person_counts_not_the_address(told: Any) -> None:
    came = told["same subject, another address"]
    assert came["trail"][0][:2] == ["signed_in", "Ada"], "Bob's address does not make her Bob"


def test_a_stranger_is_refused_in_words_and_trailed(told: Any) -> None:
    came = told["stranger"]
    assert "You are not on the list of people" in came["page"]
    assert came["account"] == 302
    because = {"by": "the force's service", "because": "not on the list of people"}
    assert came["trail"] == [["sign_in_refused", "", because]]


def test_a_person_who_was_stopped_is_refused(told: Any) -> None:
    came = told["stopped"]
    assert came["to"] == "/sign-in/inactive/"
    assert came["account"] == 302
    assert [entry[0] for entry in came["trail"]] == ["sign_in_refused"]
    assert came["trail"][0][2]["because"] == "may not sign in"


def test_an_address_that_the_service_does_not_vouch_for_opens_nothing(told: Any) -> None:
    came = told["not vouched for"]
    assert (came["status"], came["account"]) == (403, 302)
    assert NOT_VOUCHED in came["page"]
    assert came["trail"][0][0] == "sign_in_refused"


@pytest.mark.parametrize(
    "what",
    ["two people", "for another", "too old", "of another service", "forged", "signed with a secret", "not signed",
     "service away"],
)  # fmt: skip
def test_an_answer_that_is_not_the_services_own_opens_nothing(what: str, told: Any) -> None:
    came = told[what]
    assert NOT_VOUCHED in came["page"]
    assert came["account"] == 302
    assert came["trail"] == [FAILED]


def test_an_answer_nobody_asked_for_and_a_service_nobody_set_up(told: Any) -> None:
    assert NOT_VOUCHED in told["no state"]["page"]
    assert told["other service"] == 404
