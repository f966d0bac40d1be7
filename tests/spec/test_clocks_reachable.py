"""Duties outside the Victims' Code stand in lists, compliance, figures and paper like all others, each with its title."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest
from test_clocks_edges import own_policy

from clock_records import clocks, crime, event, frame, victim
from fourfold.measures.victims_code import counted_duties
from fourfold.records import Crime, PersonRole
from fourfold.records.compliance import CrimeGroup
from fourfold.rules.clock_gaps import duties_only
from fourfold.rules.clocks import judge
from fourfold.rules.duties import titles
from fourfold.rules.return_months import return_events
from fourfold.rules.rulebook import Rulebook, rulebook
from fourfold.worklists.victims_code import returns, victims_code

LIMITS = "".join(
    f"{name}:\n  title: A limit of the force\n  values:\n"
    "    - {value: 14, from: 2018-01-01, source: made up, status: made up}\n"
    for name in (
        "charging_decision_due_days",
        "id_parade_request_due_days",
        "id_parade_viewing_due_days",
        "monthly_return_due_days",
    )
)
TODAY = date(2021, 9, 1)
EVENTS = (
    event("2021-06-07 09:00", "contact_plan_agreed", victim_ref="V1"),
    event("2021-06-08 09:00", "pcd_submitted", suspect_ref="N1"),
    event("2021-06-08 09:00", "suspect_identified", suspect_ref="N1"),
    event("2021-07-30 09:00", "id_parade_requested", suspect_ref="N1"),
)
EXPECTED = {
    "CONTACT-PLAN": ("victim", "not_recorded"),
    "PCD-SLA": ("suspect", "not_recorded"),
    "ID-ASK": ("suspect", "met_late"),
    "ID-VIEW": ("suspect", "not_recorded"),
    "RETURN-MONTHLY": ("case", "not_recorded"),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Rulebook:
    return rulebook(own_policy(tmp_path_factory.mktemp("policy"), LIMITS, "local_limits"))


@pytest.fixture(scope="module")
def found(book) -> pl.DataFrame:
    of_case = clocks(*EVENTS, people=[victim(contact_every_days=28)], as_of="2021-09-01", book=book)
    months = pl.DataFrame({"force": ["aldermere"], "month": [date(2021, 6, 1)]})
    sent = pl.DataFrame(schema={"force": pl.String, "month": pl.Date, "sent_at": pl.Datetime("us", "UTC")})
    told = return_events(months, sent)
    reach = pl.DataFrame({"force": ["aldermere"], "as_of": [TODAY]})
    return pl.concat([of_case, judge(frame(Crime, []), frame(PersonRole, []), told, reach, book)])


@pytest.mark.parametrize(("rule", "told"), EXPECTED.items())
def test_each_is_judged_and_counted_under_its_rule(found, book, rule, told):
    subject, state = told
    groups = CrimeGroup.create_empty()
    counted = counted_duties(duties_only(found, book), groups).filter(rule=rule, offence_group="all")
    assert counted["subject"].unique().to_list() == [subject]
    assert counted["judged"].sum() == counted[state].sum() == 1


def test_each_that_is_open_stands_in_a_list_with_its_title(found, book):
    known = titles()
    of_crime, of_returns = victims_code(found, TODAY, book), returns(found, TODAY, book)
    words = [one["words"] for one in json.loads(of_crime.filter(subject_ref="C1")["reasons"][0])]
    for rule in ("CONTACT-PLAN", "PCD-SLA", "ID-VIEW"):
        assert any(told.startswith(f"{known[rule]}: Due by") for told in words), rule
    assert not any(told.startswith(known["ID-ASK"]) for told in words)  # done, though late
    (item,) = of_returns.to_dicts()
    assert (item["worklist"], item["subject"], item["subject_ref"]) == (
        "returns",
        "return",
        "return/aldermere/2021-06",
    )
    assert json.loads(item["reasons"])[0]["words"].startswith(
        f"{known['RETURN-MONTHLY']}: Due by 14 July 2021"
    )


def test_titles_are_all_different():
    told = list(titles().values())
    assert len(set(told)) == len(told)


def test_without_a_limit_of_the_force_each_says_so():
    told = clocks(*EVENTS, people=[victim()], crimes=[crime()], as_of="2021-09-01")
    states = dict(told.filter(pl.col("rule").is_in(list(EXPECTED))).select("rule", "state").iter_rows())
    assert states == dict.fromkeys(("CONTACT-PLAN", "PCD-SLA", "ID-ASK", "ID-VIEW"), "not_set")
