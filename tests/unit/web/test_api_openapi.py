"""The description of the API is OpenAPI 3.1, and what is asked by it finds no answer that it does not describe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ALWAYS = {"401", "403", "404", "422", "429", "500", "503"}


@pytest.fixture
def told(register: Any) -> dict[str, Any]:
    from django.test import Client

    answer = Client(SERVER_NAME="localhost").get("/api/openapi.json")
    return dict(answer.json())


def test_the_description_is_valid_openapi_3_1(told: dict[str, Any]) -> None:
    from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

    assert told["openapi"].startswith("3.1.")
    OPENAPI_31_VALIDATOR.validate(told)


def test_every_operation_says_its_token_and_its_problems(told: dict[str, Any]) -> None:
    from fourfold.web.api.gathering import gathered

    operations = [one for methods in told["paths"].values() for one in methods.values()]
    assert {one["operationId"] for one in operations} == set(gathered().access)
    for one in operations:
        act = gathered().access[one["operationId"]].act
        assert one["security"] == [{"token": [act]}]
        assert f"(`{act}`)" in one["description"]
        assert set(one["responses"]) >= ALWAYS
    for answer in told["components"]["responses"].values():
        assert list(answer["content"]) == ["application/problem+json"]


def test_every_problem_is_described_in_the_documentation() -> None:
    from fourfold.web.api.problems import KINDS

    page = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    missing = [kind.slug for kind in KINDS.values() if f"| {int(kind.status)} | `{kind.slug}` |" not in page]
    assert missing == []


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    """Every phase of it, within one process and from a fixed seed; `api_schemathesis.py` says how."""
    program = Path(__file__).with_name("api_schemathesis.py")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path), "15"],
        capture_output=True,
        text=True,
        env=kept | {"PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["found"] == []
    asked = told["asked"]
    for phase in ("COVERAGE", "FUZZING", "STATEFUL_TESTING"):
        assert sum(count for what, count in asked.items() if what.startswith(phase)) > 30
    assert any(
        " 200" in what for what in asked if what.startswith("STATEFUL_TESTING GET /api/referrals/{id}")
    )
