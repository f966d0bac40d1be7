"""What holds of clocks whatever the case: one state each, no order of rows, no heed of what does not concern them."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from clock_records import FORCE, frame, victim
from fourfold.records import CaseEvent, Crime, PersonRole
from fourfold.rules.clocks import REASONS, State, judge
from fourfold.rules.rulebook import Rulebook, rulebook

BOOK = rulebook()
FIRST = datetime(2021, 4, 2, 6, tzinfo=UTC)
REACH = pl.DataFrame({"force": [FORCE], "as_of": [date(2021, 7, 31)]})
TYPES = (
    "crime_recorded",
    "arrested",
    "suspect_interviewed",
    "charged",
    "bailed",
    "hearing_listed",
    "hearing_held",
    "case_concluded",
    "victim_updated",
    "victim_updated",
    "acknowledgement_sent",
    "needs_assessed",
    "support_need_found",
    "support_referred",
    "support_declined",
    "contact_plan_agreed",
    "officer_named",
    "vps_offered",
    "enhanced_found",
    "enhanced_lost",
    "filed",
    "reopened",
    "log_complete_to",
    "not_charged",
    "review_requested",
    "review_extended",
    "review_completed",
)
UNRELATED = ("id_parade_held", "pcd_returned", "pcd_escalated")
"""Events that neither start nor answer any duty to a victim, and end nothing."""


@st.composite
def events(draw: st.DrawFn, crimes: int = 2) -> list[dict]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        crime = draw(st.integers(1, crimes))
        at = FIRST + timedelta(hours=draw(st.integers(0, 24 * 100)))
        earlier = [row["event_id"] for row in found if row["crime_ref"] == f"C{crime}"]
        found.append(
            {
                "event_id": f"E{number}",
                "crime_ref": f"C{crime}",
                "force": FORCE,
                "event_type": draw(st.sampled_from(TYPES)),
                "about_event_id": draw(st.sampled_from([None, None, *earlier])),
                "victim_ref": draw(st.sampled_from([None, "V1", "V1", "V2"])),
                "suspect_ref": draw(st.sampled_from([None, "N1"])),
                "happened_at": draw(st.sampled_from([at, at, None])),
                "recorded_at": at + timedelta(hours=draw(st.integers(0, 200))),
                "result": draw(st.sampled_from([None, "done", "not_done"])),
            }
        )
    return found


@st.composite
def people(draw: st.DrawFn) -> list[dict]:
    found = []
    for crime in (1, 2):
        for ref in draw(st.sampled_from([["V1"], ["V1", "V2"]])):
            ground = draw(st.sampled_from([None, None, "Hate crime"]))
            every = draw(st.sampled_from([None, 7]))
            found.append(
                {
                    **victim(ref),
                    "crime_ref": f"C{crime}",
                    "enhanced_ground": ground,
                    "contact_every_days": every,
                }
            )
    return found


@st.composite
def crimes(draw: st.DrawFn) -> list[dict]:
    usual = {"force": FORCE, "recorded_on": date(2021, 4, 2), "offence": "Assault", "ho_code": "8N"}
    return [
        {
            **usual,
            "crime_ref": f"C{n}",
            "status": draw(st.sampled_from(["open", "charged", "filed", "cancelled"])),
        }
        for n in (1, 2)
    ]


MORE = int(os.environ.get("FOURFOLD_EXAMPLES", "0"))
"""How many examples of each law to try in a longer run: FOURFOLD_EXAMPLES=150 pytest tests/property."""
KEY = ["case_ref", "rule", "subject_ref", "start_event_id"]


def judged(crimes: list[dict], people: list[dict], events: list[dict], book: Rulebook = BOOK) -> pl.DataFrame:
    found = judge(frame(Crime, crimes), frame(PersonRole, people), frame(CaseEvent, events), REACH, book)
    return found.sort(KEY)


def shuffled(rows: list[dict], seed: int) -> list[dict]:
    order = pl.DataFrame({"place": range(len(rows))}).sample(fraction=1.0, shuffle=True, seed=seed)
    return [rows[place] for place in order["place"]]


@settings(max_examples=MORE or 40, deadline=None)
@given(crimes(), people(), events())
def test_exactly_one_state_with_a_reason_that_gives_it(crimes, people, events):
    found = judged(crimes, people, events)
    assert found.select(KEY).is_duplicated().sum() == 0
    assert set(found["state"]) <= set(State)
    for state, reason in found.select("state", "reason").iter_rows():
        assert REASONS[reason] == state
    late = found.filter(pl.col("state") == "met_late")
    assert (late["done_on"] > late["due_on"]).all()
    unknown = found.filter(pl.col("state").is_in(["not_recorded", "not_met", "running"]))
    assert unknown["done_on"].is_null().all()
    assert (found["due_on"] <= found["due_standard_on"]).fill_null(True).all()


@settings(max_examples=MORE or 30, deadline=None)
@given(crimes(), people(), events(), st.integers(0, 2**30))
def test_the_order_of_rows_changes_nothing(crimes, people, events, seed):
    found = judged(crimes, people, events)
    again = judged(shuffled(crimes, seed), shuffled(people, seed), shuffled(events, seed))
    assert found.equals(again)


@settings(max_examples=MORE or 30, deadline=None)
@given(crimes(), people(), events(), st.sampled_from(UNRELATED), st.integers(0, 2400))
def test_an_unrelated_event_changes_nothing(crimes, people, events, event_type, hours):
    at = FIRST + timedelta(hours=hours)
    more = {
        "event_id": "EX",
        "crime_ref": "C1",
        "force": FORCE,
        "event_type": event_type,
        "victim_ref": "V1",
        "suspect_ref": "N1",
        "happened_at": at,
        "recorded_at": at,
    }
    quiet = [{**one, "contact_every_days": None} for one in people]
    to_victims = pl.col("subject") == "victim"
    before = judged(crimes, quiet, events).filter(to_victims)
    assert before.equals(judged(crimes, quiet, [*events, more]).filter(to_victims))


@settings(max_examples=MORE or 30, deadline=None)
@given(crimes(), people(), events(), events())
def test_what_happens_in_one_crime_changes_nothing_in_another(crimes, people, events, others):
    second = [
        {**row, "event_id": f"X{row['event_id']}", "crime_ref": "C2", "about_event_id": None}
        for row in others
    ]
    mine = pl.col("case_ref") == "C1"
    first = [row for row in events if row["crime_ref"] == "C1"]
    assert (
        judged(crimes, people, first)
        .filter(mine)
        .equals(judged(crimes, people, [*first, *second]).filter(mine))
    )


@settings(max_examples=MORE or 25, deadline=None)
@given(crimes(), people(), events(), st.integers(1, 5))
def test_a_shorter_limit_never_ends_later(crimes, people, events, cut):
    rules = BOOK.rules.with_columns(
        (pl.col(name) - cut).clip(lower_bound=1) for name in ("limit_standard", "limit_enhanced")
    )
    shorter = Rulebook(**{**BOOK.__dict__, "rules": rules})
    before, after = (judged(crimes, people, events, book) for book in (BOOK, shorter))
    both = before.join(after, on=KEY, suffix="_shorter")
    assert both.height == before.height == after.height
    assert (both["due_on_shorter"] <= both["due_on"]).fill_null(True).all()
    passed = both.filter((pl.col("state_shorter") == "met_in_time") & pl.col("due_on").is_not_null())
    assert set(passed["state"]) <= {"met_in_time"}


@settings(max_examples=MORE or 25, deadline=None)
@given(crimes(), people(), events())
def test_recording_what_was_missing_makes_no_other_duty_worse(crimes, people, events):
    found = judged(crimes, people, events)
    open_ones = found.filter((pl.col("state") == "not_recorded") & (pl.col("rule") == "R06-ARREST"))
    if not open_ones.height:
        return
    row = open_ones.to_dicts()[0]
    done = {
        "event_id": "EX",
        "crime_ref": row["case_ref"],
        "force": FORCE,
        "event_type": "victim_updated",
        "about_event_id": row["start_event_id"],
        "victim_ref": row["subject_ref"],
        "happened_at": datetime.combine(row["due_on"], datetime.min.time(), UTC) + timedelta(hours=12),
        "recorded_at": datetime(2021, 7, 30, tzinfo=UTC),
    }
    quiet = [{**one, "contact_every_days": None} for one in people]
    after = judged(crimes, quiet, [*events, done])
    mine = after.filter(
        (pl.col("rule") == "R06-ARREST")
        & (pl.col("start_event_id") == row["start_event_id"])
        & (pl.col("subject_ref") == row["subject_ref"])
    )
    assert mine["state"].to_list() == ["met_in_time"]
    before = judged(crimes, quiet, events).join(after, on=KEY, suffix="_after")
    worse = before.filter(
        (pl.col("state") != pl.col("state_after")) & (pl.col("state_after") != "met_in_time")
    )
    assert worse.height == 0
