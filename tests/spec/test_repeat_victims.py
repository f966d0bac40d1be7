"""Who is a repeat victim, which homes are hit again, whom a fraudster came back to, and who is handed on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl

from fourfold.worklists.repeat_victims import (
    VICTIMISATION,
    hit_households,
    recovery_targets,
    repeat_victims,
    vulnerable_repeats,
)


def told(*rows):
    base = {"force": "f", "kind": "person", "record": "fraud_report", "is_doubtful": False}
    return pl.DataFrame([{**base, **row} for row in rows], schema=VICTIMISATION)


ONE = {"person_id": "A", "ref": "A1", "on": date(2021, 1, 1), "what": "NFIB1D", "loss_gbp": Decimal("100.00")}
TWO = {"person_id": "A", "ref": "A2", "on": date(2021, 1, 11), "what": "NFIB3A", "loss_gbp": None}
THREE = {"person_id": "A", "ref": "A3", "on": date(2021, 3, 2), "what": "NFIB3A", "loss_gbp": Decimal("5.50")}


def test_count_gap_kinds_and_loss():
    row = repeat_victims(told(THREE, ONE, TWO, {**ONE, "person_id": "B", "ref": "B1"}), 2).row(0, named=True)
    assert (row["person_id"], row["times"], row["fraud_reports"], row["crimes"]) == ("A", 3, 3, 0)
    assert (row["first_on"], row["last_on"]) == (date(2021, 1, 1), date(2021, 3, 2))
    assert (row["shortest_gap_days"], row["median_gap_days"]) == (10, 30)
    assert row["kinds"] == "NFIB1D; NFIB3A"
    assert (row["loss_gbp"], row["losses_stated"]) == (Decimal("105.50"), 2)


def test_who_is_told_of_once_is_no_repeat_victim_and_a_loss_nobody_stated_is_not_nought():
    assert repeat_victims(told(ONE), 2).height == 0
    silent = repeat_victims(told({**ONE, "loss_gbp": None}, TWO), 2)
    assert silent["loss_gbp"].item() is None
    assert silent["losses_stated"].item() == 0


def test_a_home_is_hit_again_where_two_of_it_were_victims():
    home = {"home": "4 mill, ZE19QQ"}
    other = {**ONE, "person_id": "B", "ref": "B1", **home}
    assert hit_households(told({**ONE, **home}, {**TWO, **home}), 2).height == 0
    found = hit_households(told({**ONE, **home}, {**TWO, **home}, other), 2).row(0, named=True)
    assert (found["people"], found["times"], found["person_ids"]) == (2, 3, "A; B")


def test_a_recovery_fraud_counts_with_the_last_fraud_before_it():
    recovery = {**THREE, "ref": "A4", "what": "NFIB1E"}
    row = recovery_targets(told(ONE, TWO, recovery), ["NFIB1E"]).row(0, named=True)
    assert (row["first_ref"], row["recovery_ref"], row["gap_days"]) == ("A2", "A4", 50)
    # Nobody is a target whose fraud came after, or who only ever met the recovery fraud.
    assert recovery_targets(told(recovery, {**ONE, "on": date(2021, 4, 1)}), ["NFIB1E"]).height == 0


def judged(*rows):
    schema = {"report_ref": pl.String, "reported_on": pl.Date, "force": pl.String, "loss_gbp": pl.Decimal(12, 2),
              "aged": pl.String}  # fmt: skip
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def test_the_hand_over_names_vulnerable_repeats_within_the_days_and_nobody_on_a_guess():
    rows = judged(
        ("A1", date(2020, 1, 1), "f", None, "met"),
        ("A2", date(2021, 1, 2), "f", None, "met"),
        ("B1", date(2021, 1, 1), "f", Decimal("10.00"), "not_met"),
        ("B2", date(2021, 6, 1), "f", None, "met"),
        ("C1", date(2021, 1, 1), "f", None, "cannot_tell"),
        ("C2", date(2021, 2, 1), "f", None, "not_met"),
    )
    links = pl.DataFrame({"record_ref": rows["report_ref"], "person_id": ["A", "A", "B", "B", "C", "C"]})
    found = vulnerable_repeats(rows, links, ["aged"], 2, 365)
    assert found["person_id"].to_list() == ["B"], "A's reports lie 367 days apart; of C nobody can tell"
    assert found["loss_gbp"].to_list() == [Decimal("10.00")]
