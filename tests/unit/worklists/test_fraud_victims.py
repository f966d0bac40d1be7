"""Victims told of again, counted by hand: count, gap, kinds, loss, homes, and recovery fraud that came later."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from fourfold.worklists.fraud_victims import victims_again

DAY = date(2021, 1, 1)
SCHEMA = {
    "report_ref": pl.String, "person_id": pl.String, "force": pl.String, "reported_on": pl.Date, "nfib_code": pl.String,
    "victim_type": pl.String, "loss_gbp": pl.Decimal(12, 2), "address": pl.String, "postcode": pl.String, "lsoa_code": pl.String,
}  # fmt: skip


def report(ref: str, person: str, after: int, **told: Any) -> dict[str, Any]:
    usual = {
        "report_ref": ref, "person_id": person, "force": "kent", "reported_on": DAY + timedelta(after), "nfib_code": "NFIB3A",
        "victim_type": "individual", "loss_gbp": None, "address": None, "postcode": None, "lsoa_code": None,
    }  # fmt: skip
    return usual | told


def found(
    *rows: dict[str, Any],
    marked: list[tuple[str, str]] | None = None,
    listed: list[Any] | None = None,
    handed: list[tuple[str, str]] | None = None,
) -> list[dict[str, Any]]:
    marks = pl.DataFrame(marked or [], schema={"record_ref": pl.String, "by": pl.String}, orient="row")
    items = pl.DataFrame(
        listed or [],
        schema={"person_id": pl.String, "force": pl.String, "reasons": pl.String, "cannot_tell": pl.Boolean},
        orient="row",
    )
    goes = pl.DataFrame(handed or [], schema={"person_id": pl.String, "force": pl.String}, orient="row")
    return victims_again(pl.DataFrame(list(rows), schema=SCHEMA), marks, items, goes, ["NFIB1E"]).to_dicts()


def test_a_victim_of_three_reports_has_count_gap_kinds_and_loss_with_what_is_missing() -> None:
    (one,) = found(
        report("A", "A", 0, loss_gbp=Decimal("10.50")),
        report("B", "A", 10, nfib_code=None),
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


def test_two_people_of_one_home_are_a_home_hit_again_and_one_person_twice_is_none() -> None:
    home = {"address": "Flat 2, 1 Quill Lane", "postcode": "ZE1 9QQ"}
    same = {"address": "FLAT 2 1 QUILL LANE.", "postcode": "ze19qq"}
    rows = found(
        report("A", "A", 0, **home),
        report("B", "B", 9, **same),
        report("C", "C", 9, address="Flat 3, 1 Quill Lane", postcode="ZE1 9QQ"),
        report("D", "D", 1, address="7 Ash Road", postcode="ZE1 1AA"),
        report("E", "D", 2, address="7 Ash Road", postcode="ZE1 1AA"),
        report("F", "F", 3, address="1 Quill Lane"),
        report("G", "G", 3, address="1 Quill Lane"),
    )
    assert [(row["kind"], row["subject_ref"], row["people"], row["reports"]) for row in rows] == [
        ("home", "A", 2, 2),
        ("person", "D", 1, 2),
    ]


def test_recovery_fraud_counts_only_after_another_report_and_says_what_tells_it() -> None:
    first = [report("A", "A", 0, nfib_code="NFIB1E"), report("B", "A", 5)]
    later = [report("C", "C", 0), report("D", "C", 7, nfib_code="NFIB1E"), report("E", "C", 9)]
    by_cue = [report("F", "F", 0), report("G", "F", 3, nfib_code="NFIB90")]
    rows = {
        row["subject_ref"]: row
        for row in found(*first, *later, *by_cue, marked=[("G", "cue"), ("A", "reader")])
    }
    assert rows["A"]["recovery_on"] is None
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
    home = {"address": "1 Quill Lane", "postcode": "ZE1 9QQ"}
    (one,) = found(
        report("A", "A", 0, **home), report("B", "B", 9, **home), listed=[("A", "kent", "[1]", True)]
    )
    assert (one["kind"], one["listed_for"], one["cannot_tell"]) == ("home", None, False)


def test_organisations_are_told_apart_and_no_report_is_no_victim() -> None:
    (one,) = found(*(report(ref, "A", 0, victim_type="organisation") for ref in ("A", "B")))
    assert (one["kind"], one["gap_days"]) == ("organisation", 0.0)
    assert found() == []


def test_only_whom_the_rule_hands_over_goes_to_the_partner_and_no_home_does() -> None:
    home = {"address": "1 Quill Lane", "postcode": "ZE1 9QQ"}
    rows = [
        report("A", "A", 0, **home),
        report("B", "A", 1, **home),
        report("C", "C", 2, **home),
        report("D", "C", 3),
    ]
    told = found(*rows, handed=[("A", "kent")])
    assert {(one["kind"], one["subject_ref"], one["goes_to_partner"]) for one in told} == {
        ("person", "A", True), ("person", "C", False), ("home", "A", False),
    }  # fmt: skip
