"""Whatever goes wrong is said as a problem (RFC 9457), without what was sent and without how it broke."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from api_ground import Program, program_of


@pytest.fixture
def analyst(make_person: Callable[..., Any]) -> Program:
    return program_of(make_person("analyst"))


def problem(answer: Any, status: int, slug: str) -> dict[str, Any]:
    told = answer.json()
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer
    assert (told["type"], told["status"]) == (f"urn:fourfold:problem:{slug}", status)
    assert told["title"]
    assert told["detail"]
    return dict(told)


@pytest.mark.parametrize(
    "address", ["/api/", "/api/nothing", "/api/figures/", "/api/batches/a/b", "/api/%00"]
)
def test_an_address_that_is_none(address: str, analyst: Program) -> None:
    problem(analyst.ask(address), 404, "not-found")


def test_no_token_and_a_token_nobody_made(register: Any) -> None:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    problem(client.get("/api/figures"), 401, "no-token")
    for offered in ("Basic Zm9vOmJhcg==", "Bearer", "token"):
        told = client.get("/api/figures", headers={"Authorization": offered})
        assert told.status_code == 401
    problem(Program("fourfold_nobody").ask("/api/figures"), 401, "token-refused")
    problem(Program("zażółć\udce9").ask("/api/figures"), 401, "token-refused")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_method_that_is_not_allowed_says_which_are(method: str, analyst: Program) -> None:
    answer = analyst.ask("/api/figures", method)
    problem(answer, 405, "method-not-allowed")
    assert answer["Allow"] == "GET"


@pytest.mark.parametrize(
    ("query", "where", "words"),
    [
        ("limit=0", "query.limit", "greater than or equal to 1"),
        ("limit=soon", "query.limit", "valid integer"),
        ("measure=fraud.report", "query.measure", "Is 'fraud.reports' meant?"),
        ("mesure=fraud.reports", "query", "Is measure meant? There are: measure, after, limit."),
        ("limit=1&limit=2", "query.limit", "It stands twice"),
        ("after=%00", "query.after", "U+0000"),
    ],
)
def test_a_parameter_that_is_wrong(query: str, where: str, words: str, analyst: Program) -> None:
    told = problem(analyst.ask(f"/api/figures?{query}"), 422, "not-valid")
    (fault,) = told["errors"]
    assert fault["where"] == where
    assert words in fault["what"]


def test_a_fault_of_ours_says_neither_how_nor_where_and_is_logged(
    analyst: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from fourfold.web.api import figure_endpoints

    def break_down(home: Any) -> None:
        raise RuntimeError("Zebedee Quillfeather, 9 July 1931")

    monkeypatch.setattr(figure_endpoints, "standing_figures", break_down)
    answer = analyst.ask("/api/figures")
    problem(answer, 500, "went-wrong")
    assert b"Zebedee" not in answer.content
    (line,) = [one for one in caplog.records if one.name == "fourfold.web.api"]
    assert (line.error, line.page) == ("RuntimeError", "api:list_figures")
    assert "Zebedee" not in str(line.__dict__)


def test_a_lake_that_cannot_be_read_is_not_available(
    analyst: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.home import CouldNotRunError
    from fourfold.web.api import figure_endpoints

    def gone(home: Any) -> None:
        raise CouldNotRunError("The lake is damaged.", "Restore it from a backup.")

    monkeypatch.setattr(figure_endpoints, "standing_figures", gone)
    told = problem(analyst.ask("/api/figures"), 503, "not-available")
    assert told["detail"] == "The lake is damaged. Restore it from a backup."


def test_a_refusal_is_trailed_with_the_token(make_person: Callable[..., Any]) -> None:
    from fourfold.web.trail.models import TrailEntry

    officer = make_person("victim_care", "analyst")
    program = program_of(officer, "work_batches")
    officer.memberships.filter(role="analyst").delete()
    problem(program.ask("/api/batches/x.0"), 403, "not-allowed")
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.who_id, entry.subject_refs) == ("access_denied", str(officer.pk), ["x.0"])
    assert entry.detail["page"] == "api:get_batch"
