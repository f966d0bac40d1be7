"""Findings for programs: the same as on the page, for the same people, and not before they are there."""

from __future__ import annotations

from typing import Any

import pytest
from api_ground import program_of
from audit_ground import drawn, give_all, read_everything


@pytest.fixture
def read(make_person: Any, monkeypatch: Any) -> Any:
    ada = make_person(("auditor", "audit"))
    make_person(("auditor", "audit"))
    sample = drawn(ada, monkeypatch, size=10, twice=[])
    give_all(sample, ada)
    return sample


def test_findings_are_there_once_everything_is_read_and_for_others_once_they_are_signed(
    read: Any, make_person: Any
) -> None:
    from fourfold.web.audit.actions.signing import approve
    from fourfold.web.audit.finding import findings_of
    from fourfold.web.trail.models import TrailEntry

    signer = make_person(("auditor", "audit"))
    auditor, analyst = program_of(signer), program_of(make_person("analyst"))
    where = f"/api/audits/{read.pk}/findings"
    assert auditor.ask("/api/audits").json() == {"items": [], "next": None}
    assert auditor.ask(where).status_code == 404
    read_everything(read)
    assert [one["is_approved"] for one in auditor.ask("/api/audits").json()["items"]] == [False]
    assert analyst.ask("/api/audits").json()["items"] == []
    assert analyst.ask(where).status_code == 404
    approve(sample=read.pk, findings=findings_of(read), by=signer, seen=read.version)
    told = analyst.ask(where).json()
    assert told["is_approved"]
    assert told["seed"] == read.seed
    row = next(one for one in told["findings"] if (one["question"], one["stratum"]) == ("updated", ""))
    assert (row["population"], row["drawn"], row["met"], row["strict_value"]) == (60, 10, 10, 1.0)
    assert row["strict_lower"] < 1.0
    assert {one["question"] for one in told["agreements"]} == {
        "",
        *(one["question"] for one in told["findings"]),
    }
    entry = TrailEntry.objects.filter(act="audit_findings_opened").first()
    assert (entry.subject_refs, "token" in entry.detail) == ([read.ref], True)


def test_pages_of_audits_lead_on_by_their_key(read: Any, make_person: Any) -> None:
    read_everything(read)
    program = program_of(make_person(("auditor", "audit")))
    assert program.ask("/api/audits?limit=1").json()["next"] is None
    assert program.ask("/api/audits?after=999999").status_code == 404
    assert program.ask("/api/audits?limit=0").status_code == 422
