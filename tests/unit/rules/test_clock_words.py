"""Every reason of a clock has a sentence, and says what would settle it where something would."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from clock_records import clocks, event, victim
from fourfold.rules.clock_gaps import with_not_started
from fourfold.rules.clock_words import SETTLES, WHY, with_words
from fourfold.rules.clocks import REASONS, State
from fourfold.rules.rulebook import rulebook

ARREST = event("2021-06-07 09:00", "arrested", id="S")
UPDATE = event("2021-06-15 10:00", "victim_updated", about_event_id="S", victim_ref="V1")


@pytest.fixture(scope="module")
def book():
    return rulebook()


def words(book, *events: dict, **told) -> dict:
    found = with_words(clocks(*events, book=book, **told), book).filter(pl.col("rule") == "R06-ARREST")
    return found.select("title", "why", "settles").to_dicts()[0]


def test_every_reason_has_words_and_every_unsettled_one_a_way_out():
    assert set(WHY) == set(REASONS) | {"not_started", "not_watched"}
    unsettled = {reason for reason, state in REASONS.items() if state in (State.NOT_RECORDED, State.RUNNING)}
    assert unsettled <= set(SETTLES)
    assert set(SETTLES) <= set(WHY)


def test_what_is_not_recorded_is_said_to_be_neither(book):
    told = words(book, ARREST)
    assert told["title"] == "Tell the victim of an arrest"
    assert told["why"] == (
        "Due by 14 June 2021. Nothing recorded says that it was done, or that it was not, "
        "and nobody vouches for the contact log beyond that day."
    )
    assert told["settles"].startswith("Record it with its day, or record that it was not done")


def test_late_and_enhanced(book):
    people = [victim(enhanced_ground="Hate crime")]
    told = words(book, ARREST, UPDATE, people=people)
    assert told["why"] == (
        "Done on 15 June 2021; it was due by 8 June 2021. "
        "Enhanced rights apply: without them it would be due by 14 June 2021."
    )
    assert told["settles"] == ""


def test_running_though_said_not_done(book):
    denied = event("2021-06-08", "victim_updated", about_event_id="S", victim_ref="V1", result="not_done")
    told = words(book, ARREST, denied, as_of="2021-06-09")
    assert told["why"] == (
        "Due by 14 June 2021. The log says on 8 June 2021 that it had not been done; it still can be."
    )


def test_no_reason_leaves_a_hole_in_its_sentence(book):
    every = pl.DataFrame(
        [
            {
                "rule": "R06-ARREST",
                "reason": reason,
                "is_enhanced": False,
                **{day: date(2021, 6, 14) for day in ("due_on", "done_on", "reason_on", "due_standard_on")},
            }
            for reason in WHY
        ]
    )
    told = with_words(every, book)
    assert not told["why"].str.contains(r"[{}]|unknown").any()
    assert told["why"].str.ends_with(".").all()
    assert not told["why"].is_null().any()


def test_every_duty_in_force_has_an_answer_for_every_victim(book):
    found = clocks(ARREST, UPDATE, book=book, people=[victim("V1"), victim("V2")])
    whole = with_not_started(found, book, "aldermere", date(2022, 6, 30))
    held = {
        d.rule for d in book.duties if d.subject == "victim" and d.holds_on(date(2022, 6, 30)) and not d.force
    }
    for ref in ("V1", "V2"):
        mine = whole.filter(subject_ref=ref)
        assert set(mine["rule"]) == held
        assert mine.filter(rule="R10-EXP")["reason"].to_list() == ["not_watched"]
        assert mine.filter(rule="R06-CHARGE")["reason"].to_list() == ["not_started"]
        assert mine.filter(rule="R06-ARREST").height == 1
    assert not with_words(whole, book)["why"].is_null().any()
