"""The lists of the Victims' Code: what is due today, this week, late, and what nobody can tell."""

from __future__ import annotations

import json
from datetime import date

import pytest

from clock_records import clocks, crime, event, victim
from fourfold.rules.rulebook import rulebook
from fourfold.worklists.victims_code import victims_code, with_due_list

ARREST = event("2021-06-07 09:00", "arrested", id="S")  # the victim is to be told by Monday 14 June
DENIED = event("2021-06-16", "victim_updated", about_event_id="S", victim_ref="V1", result="not_done")
TOLD = event("2021-06-10", "victim_updated", about_event_id="S", victim_ref="V1")


@pytest.fixture(scope="module")
def book():
    return rulebook()


@pytest.mark.parametrize(
    ("as_of", "today", "events", "expected"),
    [
        ("2021-06-07", "2021-06-07", [], None),
        ("2021-06-08", "2021-06-08", [], "due_this_week"),
        ("2021-06-13", "2021-06-14", [], "due_today"),
        ("2021-06-14", "2021-06-15", [], "late"),  # the records end on the 14th, and today is the 15th
        ("2021-06-15", "2021-06-15", [], "cannot_tell"),
        ("2021-06-18", "2021-06-18", [DENIED], "late"),
        ("2021-06-18", "2021-06-18", [TOLD], None),
    ],
)
def test_the_list_of_one_clock(book, as_of, today, events, expected):
    found = with_due_list(clocks(ARREST, *events, as_of=as_of, book=book), date.fromisoformat(today))
    assert found.filter(rule="R06-ARREST")["due_list"].to_list() == [expected]


def test_one_line_a_crime_late_before_due_before_unknown(book):
    crimes = [crime(crime_ref=ref) for ref in ("C1", "C2", "C3", "C4")]
    people = [victim(ref.replace("C", "V")) | {"crime_ref": ref} for ref in ("C1", "C2", "C3", "C4")]
    events = [
        event("2021-05-03 09:00", "charged", crime="C1"),  # long past, nothing recorded
        event("2021-06-14 09:00", "charged", crime="C2"),  # by 21 June
        event("2021-06-03 09:00", "charged", crime="C3", id="S3"),  # by 10 June, said not done
        event(
            "2021-06-12",
            "victim_updated",
            crime="C3",
            about_event_id="S3",
            victim_ref="V3",
            result="not_done",
        ),
    ]
    found = clocks(*events, crimes=crimes, people=people, as_of="2021-06-16", book=book)
    items = victims_code(found, date(2021, 6, 16), book)
    assert items.select("subject_ref", "due_on", "rank", "cannot_tell").rows() == [
        ("C3", date(2021, 6, 10), 1, False),
        ("C2", date(2021, 6, 21), 2, False),
        ("C1", None, 3, True),
    ]
    (reason,) = json.loads(items["reasons"][0])
    assert (reason["rule"], reason["evidence"]) == ("R06-CHARGE", ["S3"])
    assert reason["words"] == (
        "Tell the victim of charge, no charge or a disposal out of court, with reasons: "
        "Due by 10 June 2021. The log says on 12 June 2021 that it was not done."
    )


def test_nothing_to_see_to_gives_no_line(book):
    found = clocks(ARREST, TOLD, as_of="2021-06-30", book=book)
    assert victims_code(found, date(2021, 6, 30), book).height == 0
