"""What people type into the trail's search, and what stands in crafted addresses, is not kept for ever."""

from __future__ import annotations

from typing import Any

import pytest
from care_cases import person, take


@pytest.fixture
def officer(register: Any, browse: Any) -> Any:
    take(register, person("R1"))
    client = browse(("victim_care", "victim-care"))
    client.get("/victim-care/")
    return browse("data_protection")


def kept() -> str:
    from fourfold.web.trail.models import TrailEntry, TrailSubject

    return str([list(TrailSubject.objects.values_list("ref", flat=True)),
                [(one.subject_refs, one.detail) for one in TrailEntry.objects.all()]])  # fmt: skip


def test_a_name_typed_in_place_of_a_key_is_not_kept(officer: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    officer.get("/trail/?subject=Zebedia+Quillfeather+R1")
    assert "Quillfeather" not in kept()
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.subject_refs, entry.detail) == ("trail_read", ["R1"], {"unknown_keys": 2})


def test_nor_in_the_answer_to_a_subject_access_request(officer: Any) -> None:
    told = {"subject": "Quillfeather, R1", "why": "SAR 2026/118", "kind": "csv"}
    answer = officer.post("/trail/subject-access/", told)
    assert b"R1" in b"".join(answer.streaming_content)
    assert "Quillfeather" not in kept()


@pytest.mark.parametrize("odd", ["x" * 900, "a%00b"])
def test_a_crafted_address_is_refused_and_trailed_shortly(register: Any, browse: Any, odd: str) -> None:
    from fourfold.web.trail.models import TrailEntry

    assert browse("auditor").get(f"/intake/batches/{odd}/").status_code == 403
    entry = TrailEntry.objects.first()
    assert entry.act == "access_denied"
    assert all(len(ref) <= 120 and "\x00" not in ref for ref in entry.subject_refs)
