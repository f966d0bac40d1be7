"""The trail on SQLite: chained, unchangeable, provable; and the page that reads it."""

from __future__ import annotations

import importlib.util
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import WrongUseError

_spec = importlib.util.spec_from_file_location("trail_checks", Path(__file__).with_name("trail_checks.py"))
assert _spec
assert _spec.loader
checks = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(checks)


@pytest.fixture
def five(register: Any) -> None:
    checks.write_five()


def test_an_untouched_trail_stands(five: None) -> None:
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.trail.verifying import verify

    assert verify() is None
    entries = list(TrailEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert all(after.previous_hash == before.hash for before, after in pairwise(entries))


@pytest.mark.parametrize("statement", checks.FORBIDDEN)
def test_the_database_forbids_change(statement: str, five: None) -> None:
    assert checks.is_forbidden(statement)


def test_sqlite_does_not_replace_a_row_either(five: None) -> None:
    assert checks.is_forbidden(
        checks.COPY.replace("INSERT", "INSERT OR REPLACE").replace("number + 900", "number")
    )
    assert checks.is_forbidden(
        "INSERT OR REPLACE INTO trail_subject (id, number, kind, ref) SELECT id, 6, 'x', 'y' FROM trail_subject LIMIT 1"
    )


@pytest.mark.parametrize("what", checks.TAMPERING)
def test_tampering_is_found_where_it_was_done(what: str, five: None) -> None:
    statements, number = checks.TAMPERING[what]
    fault = checks.fault_after(statements)
    assert fault is not None, what
    assert fault.number == number, fault


def test_an_entry_outside_a_transaction_is_refused(web: Any) -> None:
    from fourfold.web.trail.recording import record

    with pytest.raises(WrongUseError, match="inside the transaction"):
        record("case_seen", by=None)


def test_an_act_that_fails_leaves_no_entry(register: Any) -> None:
    from django.db import transaction

    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.trail.recording import record
    from fourfold.web.trail.verifying import verify

    @transaction.atomic
    def fail() -> None:
        record("case_seen", by=None)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert TrailEntry.objects.count() == 0
    assert verify() is None


def test_who_saw_this_person_and_what_did_this_user_do(browse: Any, make_person: Any) -> None:
    from fourfold.web.accounts.permission import may
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.trail.recording import record

    officer, other = (
        make_person("victim_care", name="Olu Officer"),
        make_person("victim_care", name="Ann Other"),
    )
    record(
        "case_seen",
        by=officer,
        answer=may(officer, "see_victims"),
        subject_kind="person",
        subject_refs=["p-1"],
    )
    record("list_seen", by=other, subject_kind="person", subject_refs=["p-1", "p-2"])
    record("list_seen", by=other, subject_kind="person", subject_refs=["p-12"])
    reader = browse("data_protection")
    shown = reader.get("/trail/?subject=p-1").content.decode()
    assert shown.count("<tr") == 3, "the heading and two entries: p-12 is someone else"
    assert "Olu Officer" in shown
    assert "Ann Other" in shown
    shown = reader.get(f"/trail/?who={officer.pk}").content.decode()
    assert "Case seen" in shown
    assert "p-12" not in shown
    read = TrailEntry.objects.filter(act="trail_read")
    assert [entry.subject_refs for entry in read] == [[], ["p-1"]]
    assert read.first().detail == {"who": str(officer.pk)}
    assert (read.first().role, read.first().unit) == ("data_protection", "first-unit")


def test_days_are_days_in_london_and_both_ends_count(browse: Any, register: Any, monkeypatch: Any) -> None:
    from datetime import UTC, datetime

    from django.utils import timezone

    from fourfold.web.trail.recording import record

    # 23:30 UTC on 30 June is 00:30 on 1 July in London.
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: late)
        record("case_seen", by=None, subject_refs=["p-1"])
    reader = browse("data_protection")
    day = "since_day=1&since_month=7&since_year=2026&until_day=1&until_month=7&until_year=2026"
    assert "1 July 2026 at 12:30am" in reader.get(f"/trail/?{day}").content.decode()
    day = day.replace("day=1", "day=30").replace("month=7", "month=6")
    assert "Nothing in the trail" in reader.get(f"/trail/?{day}").content.decode()


def test_the_trail_is_read_a_page_at_a_time_at_a_fixed_cost(browse: Any, make_person: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from fourfold.web.trail.recording import record

    for number in range(120):
        record("case_seen", by=None, subject_refs=[f"p-{number}"])
    reader = browse("data_protection")
    reader.get("/trail/?act=case_seen")
    with CaptureQueriesContext(connection) as first:
        page = reader.get("/trail/?act=case_seen").content.decode()
    assert page.count("<tr") == 51
    token = page.partition("page=after%3A")[2].partition('"')[0]
    with CaptureQueriesContext(connection) as second:
        later = reader.get(f"/trail/?act=case_seen&page=after%3A{token}").content.decode()
    assert "p-69<" in later
    assert "p-70<" not in later
    assert len(second) <= len(first) + 1, "the second page looks up the row it starts from, and nothing more"
    assert len(first) <= 22


def test_a_seven_day_old_refusal_is_no_line_of_today(browse: Any, make_person: Any, monkeypatch: Any) -> None:
    from django.utils import timezone

    from fourfold.web.trail.recording import record

    real = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: real - timedelta(days=7, minutes=1))
        record("access_denied", by=None)
    reader = browse("data_protection")
    assert "There are none" in reader.get("/").content.decode()
    record("access_denied", by=None)
    assert "Pages refused" in reader.get("/").content.decode()
