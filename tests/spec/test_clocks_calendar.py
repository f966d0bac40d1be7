"""The end of the list of bank holidays: a clock that reaches it stops and says so, and all others go on."""

from __future__ import annotations

from datetime import date

import pytest
from test_clocks_edges import PAUSED, own_policy

from clock_records import clock, clocks, event, victim
from fourfold.home import CouldNotRunError
from fourfold.rules.clock_words import with_words
from fourfold.rules.rulebook import rulebook
from fourfold.rules.working_days import working_day_after
from fourfold.worklists.victims_code import with_due_list


def test_a_year_beyond_the_list_of_bank_holidays_stops_the_clocks_that_reach_it_and_says_how_to_extend_it():
    book = rulebook()
    late = event("2028-12-28 09:00", "arrested", id="LATE")  # Thursday: the fifth working day lies in 2029
    early = event("2028-12-14 09:00", "arrested", id="EARLY")  # Thursday: the fifth is the 21st
    found = clocks(late, early, as_of="2028-12-31", book=book).filter(rule="R06-ARREST")
    stopped, goes_on = (found.filter(start_event_id=id).row(0, named=True) for id in ("LATE", "EARLY"))
    assert (stopped["state"], stopped["reason"]) == ("not_set", "no_calendar")
    assert (stopped["due_on"], stopped["due_standard_on"]) == (None, None)
    assert (goes_on["state"], goes_on["due_on"]) == ("not_recorded", date(2028, 12, 21))
    words = with_words(found.filter(start_event_id="LATE"), book).row(0, named=True)
    assert "the bank holidays of 2029" in words["why"]
    assert "bank_holidays_ew.csv in the force's vocabulary folder" in words["settles"]
    # A limit in calendar days does not need the list.
    parade = event("2028-12-28 09:00", "id_parade_requested", suspect_ref="N1")
    assert clock("ID-VIEW", parade, as_of="2028-12-31")["reason"] == "not_set"


def test_asked_for_by_itself_a_day_beyond_the_list_is_refused():
    with pytest.raises(CouldNotRunError) as refused:
        working_day_after(date(2028, 12, 28), 5)
    assert "reaches into 2029" in str(refused.value)
    assert "Add all bank holidays of 2029" in str(refused.value)


def test_the_day_of_enhanced_rights_is_told_though_the_standard_day_lies_beyond_the_list():
    told = clock(
        "R06-ARREST",
        event("2028-12-28 09:00", "arrested"),
        people=[victim(enhanced_ground="vulnerable")],
        as_of="2028-12-28",
    )
    assert (told["state"], told["due_on"], told["is_enhanced"]) == ("running", date(2028, 12, 29), True)
    assert told["due_standard_on"] is None


def test_a_start_before_the_list_begins_stops_its_own_clock(tmp_path):
    own = own_policy(tmp_path, PAUSED.replace("from: 2021", "from: 1901"), "local_duties")
    told = clock("PCD-SLA", event("1921-06-07 09:00", "pcd_submitted", suspect_ref="N1"), policy=own)
    assert (told["state"], told["reason"]) == ("not_set", "no_calendar")
    assert told["reason_on"] == date(1921, 6, 7)


def test_a_force_that_adds_the_year_has_its_clocks_back(tmp_path):
    days = ("01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26")
    rows = "".join(f"2029-{day},Added,our choice,made up for a test\n" for day in days)
    (tmp_path / "bank_holidays_ew.csv").write_text(f"code,name,status,source\n{rows}")
    book = rulebook(own_vocabulary=tmp_path)
    told = clock("R06-ARREST", event("2028-12-28 09:00", "arrested"), as_of="2028-12-28", book=book)
    assert (told["state"], told["due_on"]) == ("running", date(2029, 1, 5))


@pytest.mark.parametrize(
    ("resumed", "reason", "due"),
    [
        ("2028-12-14 09:00", "not_recorded", date(2028, 12, 28)),  # one day stood still
        ("2029-01-15 09:00", "no_calendar", None),  # who knows how many working days that was
    ],
)
def test_a_pause_that_ends_beyond_the_list_leaves_no_day_to_tell(tmp_path, resumed, reason, due):
    own = own_policy(tmp_path, PAUSED, "local_duties")
    told = clock(
        "PCD-SLA",
        event(
            "2028-12-11 09:00", "pcd_submitted", suspect_ref="N1", id="S"
        ),  # ten days: Wednesday 27 December
        event("2028-12-13 09:00", "pcd_escalated"),
        event(resumed, "suspect_interviewed"),
        policy=own,
        as_of="2029-02-28",
    )
    assert (told["reason"], told["due_on"]) == (reason, due)


def test_what_nobody_can_date_is_still_owed_and_stands_where_nobody_can_tell():
    book = rulebook()
    arrest = event("2028-12-28 09:00", "arrested", id="S")
    told = event("2028-12-29 09:00", "victim_updated", about_event_id="S", victim_ref="V1")
    on = date(2028, 12, 31)
    open_, done = (
        with_due_list(clocks(*events, as_of="2028-12-31", book=book), on).filter(rule="R06-ARREST")
        for events in ((arrest,), (arrest, told))
    )
    assert (open_["due_list"].to_list(), done["due_list"].to_list()) == (["cannot_tell"], [None])
