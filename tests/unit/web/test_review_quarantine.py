"""A row of quarantine that a form shows again is a row that was seen."""

from __future__ import annotations

from typing import Any

from test_intake_quarantine import desk, digest_of

__all__ = ["desk"]


def test_a_row_shown_after_a_check_is_trailed(desk: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    client, digest = browse("analyst"), digest_of("R1")
    before = TrailEntry.objects.count()
    answer = client.post(f"/intake/quarantine/rows/{digest}/correct/", {"do": "check"})
    assert answer.status_code == 200
    fresh = TrailEntry.objects.filter(number__gt=before)
    assert [(entry.act, entry.subject_refs) for entry in fresh] == [("quarantine_rows_seen", [digest])]
