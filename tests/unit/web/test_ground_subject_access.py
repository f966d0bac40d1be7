"""A data-protection officer answers who saw a person, lists included, and hands the answer out."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

ASKED = {"subject": "p-1, r-77", "why": "SAR 2026/118", "kind": "csv"}


@pytest.fixture
def seen(make_person: Any) -> Any:
    """One person seen in a case, in a list with others, and in an export; another seen alone."""
    from fourfold.web.accounts.permission import may
    from fourfold.web.trail.recording import record

    officer = make_person("victim_care", name="=Olu Officer")
    answer = may(officer, "see_victims")
    record(
        "case_seen", by=officer, answer=answer, subject_kind="person", subject_refs=["p-1"], why="Call back"
    )
    record("list_seen", by=officer, subject_kind="person", subject_refs=["p-0", "p-1", "p-2"])
    record("report_seen", by=officer, subject_kind="fraud_report", subject_refs=["r-77"])
    record("case_seen", by=officer, subject_kind="person", subject_refs=["p-12"])
    return officer


def rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_file_holds_what_was_seen_of_the_person_and_of_nobody_else(seen: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    reader = browse("data_protection", name="Dora Data")
    told = rows(reader.post("/trail/subject-access/", ASKED))
    assert told[0] == ["OFFICIAL-SENSITIVE"]
    assert [row[5:] for row in told[2:]] == [
        ["Case seen", "p-1", "Call back"],
        ["List seen", "p-1", ""],
        ["Report seen", "r-77", ""],
    ]
    assert told[2][2:5] == ["'=Olu Officer", "victim care", "first-unit"]
    assert "p-2" not in str(told)
    entry = TrailEntry.objects.get(act="trail_exported")
    assert (entry.who_name, entry.role, entry.why) == ("Dora Data", "data_protection", "SAR 2026/118")
    assert entry.subject_refs == ["p-1", "r-77"]
    assert entry.detail == {"entries": 3, "kind": "csv"}


def test_a_workbook_is_handed_out_too(seen: Any, browse: Any) -> None:
    from openpyxl import load_workbook

    answer = browse("data_protection").post("/trail/subject-access/", ASKED | {"kind": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [row[6].value for row in book["Rows"].iter_rows(min_row=2)] == ["p-1", "p-1", "r-77"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"why": ""}, "Enter the reference of the request"),
        ({"why": "x"}, "4 characters or more"),
        ({"subject": " , "}, "Enter the key of the person"),
        ({"subject": "p-unknown"}, "Nothing in the trail has this key"),
        ({"kind": "exe"}, "There is a problem"),
    ],
)
def test_nothing_leaves_without_key_and_reference(changes: Any, fault: str, seen: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    answer = browse("data_protection").post("/trail/subject-access/", ASKED | changes)
    assert fault in answer.content.decode()
    assert not TrailEntry.objects.filter(act="trail_exported").exists()


def test_the_list_finds_several_keys_and_leads_to_the_export(seen: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    reader = browse("data_protection")
    page = reader.get("/trail/?subject=p-1,+r-77").content.decode()
    assert page.count("<tr") == 4
    assert "/trail/subject-access/?subject=p-1%2C%20r-77" in page
    assert 'href="?subject=p-2"' in page
    assert f'href="?who={seen.pk}"' in page
    assert TrailEntry.objects.filter(act="trail_read").latest("number").subject_refs == ["p-1", "r-77"]
    assert 'value="p-1, r-77"' in reader.get("/trail/subject-access/?subject=p-1%2C%20r-77").content.decode()


@pytest.mark.parametrize("role", ["victim_care", "analyst", "administrator", "auditor"])
def test_nobody_else_hands_the_trail_out(role: str, seen: Any, browse: Any) -> None:
    assert browse(role).post("/trail/subject-access/", ASKED).status_code == 403
