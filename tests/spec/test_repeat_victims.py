"""Victims hit again, counted by hand: count, gap, kinds, loss, crimes beside frauds, homes, recovery fraud that came later."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from fourfold.worklists.repeat_victims import TIME, victims_again

DAY = date(2021, 1, 1)
PEOPLE = {"person_id": pl.String, "force": pl.String}
LANE = "1 quill, ZE19QQ"


def report(ref: str, person: str, after: int, **told: Any) -> dict[str, Any]:
    usual = {
        "ref": ref, "telling": ref, "person_id": person, "force": "kent", "on": DAY + timedelta(after), "what": "NFIB3A",
        "kind": "person", "is_report": True, "loss_gbp": None, "home": None, "recovery": None, "is_doubtful": False,
    }  # fmt: skip
    return usual | told


def crime(ref: str, person: str, after: int, **told: Any) -> dict[str, Any]:
    same = {"telling": f"{ref}/{person}/victim", "what": "Burglary", "is_report": False}
    return report(ref, person, after, **(same | told))


def found(
    *rows: dict[str, Any],
    listed: list[Any] | None = None,
    handed: list[tuple[str, str]] | None = None,
    times_least: int = 2,
    people_least: int = 2,
) -> list[dict[str, Any]]:
    items = pl.DataFrame(
        listed or [], schema=PEOPLE | {"reasons": pl.String, "cannot_tell": pl.Boolean}, orient="row"
    )
    goes = pl.DataFrame(handed or [], schema=PEOPLE, orient="row")
    told = pl.DataFrame(list(rows), schema=TIME)
    return victims_again(told, items, goes, times_least, people_least).to_dicts()


def test_a_victim_of_three_reports_has_count_gap_kinds_and_loss_with_what_is_missing() -> None:
    (one,) = found(
        report("A", "A", 0, loss_gbp=Decimal("10.50")),
        report("B", "A", 10, what=None),
        report("C", "A", 40, loss_gbp=Decimal("0.00")),
        report("D", "D", 5),
    )
    assert (one["kind"], one["subject_ref"], one["reports"], one["gap_days"]) == ("person", "A", 3, 20.0)
    assert json.loads(one["kinds"]) == {"NFIB3A": 2, "unknown": 1}
    assert (one["loss_gbp"], one["loss_missing"]) == (Decimal("10.50"), 1)
    assert json.loads(one["report_refs"]) == ["A", "B", "C"]


def test_no_stated_loss_is_not_a_loss_of_nought() -> None:
    (one,) = found(report("A", "A", 0), report("B", "A", 1, loss_gbp=Decimal("0")))
    assert (one["loss_gbp"], one["loss_missing"]) == (None, 1)


def test_one_fraud_and_one_crime_make_a_repeat_victim_and_the_crime_states_no_loss() -> None:
    (one,) = found(
        crime("K1", "A", 0),
        report("A", "A", 30, loss_gbp=Decimal("5.00")),
        crime("K1", "A", 0, telling="again"),
    )
    assert (one["reports"], one["crimes"], one["gap_days"]) == (1, 1, 30.0)
    assert (one["first_on"], one["last_on"]) == (DAY, DAY + timedelta(30))
    assert (json.loads(one["crime_refs"]), json.loads(one["offences"])) == (["K1"], {"Burglary": 1})
    assert (one["loss_gbp"], one["loss_missing"]) == (Decimal("5.00"), 0)


def test_two_crimes_without_any_fraud_are_a_repeat_victim_too() -> None:
    (one,) = found(crime("K1", "P", 0), crime("K2", "P", 4, what=None))
    assert (one["subject_ref"], one["reports"], one["crimes"]) == ("P", 0, 2)
    assert json.loads(one["offences"]) == {"Burglary": 1, "unknown": 1}


def test_how_many_times_make_a_repeat_victim_is_asked_of_policy_and_never_fewer_than_two() -> None:
    rows = [report("A", "A", 0), report("B", "A", 1)]
    assert len(found(*rows, times_least=2)) == len(found(*rows, times_least=1)) == 1
    assert found(*rows, times_least=3) == []


def test_two_people_of_one_home_are_a_home_hit_again_and_one_person_twice_is_none() -> None:
    rows = found(
        report("A", "A", 0, home=LANE),
        report("B", "B", 9, home=LANE),
        report("C", "C", 9, home="3 1 quill, ZE19QQ"),
        report("D", "D", 1, home="7 ash, ZE11AA"),
        report("E", "D", 2, home="7 ash, ZE11AA"),
        report("F", "F", 3),
        report("G", "G", 3),
    )
    assert [(row["kind"], row["subject_ref"], row["people"], row["reports"]) for row in rows] == [
        ("home", "A", 2, 2),
        ("person", "D", 1, 2),
    ]
    assert found(report("A", "A", 0, home=LANE), report("B", "B", 9, home=LANE), people_least=3) == []


def test_one_crime_against_two_of_a_home_is_one_time_and_makes_no_home_hit_again() -> None:
    both = [crime("K1", "A", 0, home=LANE), crime("K1", "B", 0, home=LANE)]
    assert found(*both) == []
    (home,) = found(*both, report("R", "C", 5, home=LANE))
    assert (home["kind"], home["people"], home["crimes"], home["reports"], home["gap_days"]) == (
        "home", 3, 1, 1, 5.0,
    )  # fmt: skip
    assert home["subject_ref"] == "R", "a home is named after its oldest report"


def test_two_homes_of_one_crime_have_names_of_their_own() -> None:
    rows = []
    for home, people in ((LANE, "AB"), ("7 ash, ZE11AA", "CD")):
        rows += [crime("K1", people[0], 0, home=home), crime(f"K-{people}", people[1], 3, home=home)]
    assert sorted(row["subject_ref"] for row in found(*rows)) == ["K1/A/victim", "K1/C/victim"]


def test_recovery_fraud_counts_only_after_another_report_and_says_what_tells_it() -> None:
    first = [report("A", "A", 0, recovery="code"), report("B", "A", 5)]
    later = [report("C", "C", 0), report("D", "C", 7, recovery="code"), report("E", "C", 9)]
    by_cue = [report("F", "F", 0), report("G", "F", 3, recovery="cue")]
    after_a_crime = [crime("K", "H", 0), report("H", "H", 2, recovery="code")]
    rows = {row["subject_ref"]: row for row in found(*first, *later, *by_cue, *after_a_crime)}
    assert rows["A"]["recovery_on"] is None
    assert rows["H"]["recovery_on"] is None, "a burglary promises no money back"
    assert (rows["C"]["recovery_on"], rows["C"]["recovery_by"]) == (DAY + timedelta(7), "code")
    assert (rows["F"]["recovery_on"], rows["F"]["recovery_by"]) == (DAY + timedelta(3), "cue")


def test_who_is_listed_for_victim_care_is_told_with_reasons_and_who_cannot_be_judged_apart() -> None:
    pairs = [
        report(ref, ref[0], day)
        for ref, day in (("A", 0), ("A2", 1), ("B", 0), ("B2", 1), ("C", 0), ("C2", 1))
    ]
    listed = [("A", "kent", "[1]", False), ("B", "kent", "[2]", True)]
    rows = {
        row["subject_ref"]: (row["listed_for"], row["cannot_tell"]) for row in found(*pairs, listed=listed)
    }
    assert rows == {"A": ("[1]", False), "B": (None, True), "C": (None, False)}


def test_a_home_is_not_taken_for_the_person_after_whom_it_is_named() -> None:
    (one,) = found(
        report("A", "A", 0, home=LANE),
        report("B", "B", 9, home=LANE),
        listed=[("A", "kent", "[1]", True)],
    )
    assert (one["kind"], one["listed_for"], one["cannot_tell"]) == ("home", None, False)


def test_organisations_are_told_apart_and_have_no_home_and_no_report_is_no_victim() -> None:
    firm = {"kind": "organisation", "home": LANE}
    (one,) = found(*(report(ref, "A", 0, **firm) for ref in ("A", "B")), report("C", "C", 0, **firm))
    assert (one["kind"], one["gap_days"]) == ("organisation", 0.0)
    assert found() == []


def test_a_join_still_to_be_looked_at_is_said() -> None:
    rows = found(
        report("A", "A", 0, is_doubtful=True), report("B", "A", 1), *(report(r, "C", 0) for r in "CD")
    )
    assert {row["subject_ref"]: row["is_doubtful"] for row in rows} == {"A": True, "C": False}


def test_only_whom_the_rule_hands_over_goes_to_the_partner_and_no_home_does() -> None:
    rows = [
        report("A", "A", 0, home=LANE),
        report("B", "A", 1, home=LANE),
        report("C", "C", 2, home=LANE),
        report("D", "C", 3),
    ]
    told = found(*rows, handed=[("A", "kent")])
    assert {(one["kind"], one["subject_ref"], one["goes_to_partner"]) for one in told} == {
        ("person", "A", True), ("person", "C", False), ("home", "A", False),
    }  # fmt: skip
