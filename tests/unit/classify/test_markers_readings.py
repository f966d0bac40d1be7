"""Readers' answers: the last one stands, an undone one is gone, two that differ settle nothing by themselves."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from fourfold.classify.readings import pairs, readings, review_value, verdicts
from fourfold.records import DeskDecision

START = datetime(2022, 1, 5, 9, tzinfo=UTC)


def decisions(
    *told: tuple[str, str, str], lot: tuple[str, int, float] | None = ("r/1", 0, 0.5), settles: str = ""
) -> pl.DataFrame:
    """Return desk decisions from (record, reader, answer), a minute apart; those of the reader `settles` settle."""
    rows = [
        {
            "decision_id": f"d{number:03d}",
            "kind": "marker_review",
            "subject": "fraud_report",
            "subject_ref": ref,
            "value": json.dumps(review_value("courier_fraud", answer, reader, lot, reader == settles)),
            "made_by": reader,
            "made_at": START + timedelta(minutes=number),
        }
        for number, (ref, reader, answer) in enumerate(told)
    ]
    empty = DeskDecision.create_empty()
    schema = {name: empty.schema[name] for name in rows[0]}
    return pl.concat([empty, pl.DataFrame(rows, schema=schema)], how="diagonal")


def states(*told: tuple[str, str, str], **also: str) -> dict[str, str]:
    said = verdicts(readings(decisions(*told, **also)))
    return dict(said.select("record_ref", "state").iter_rows())


def test_the_last_answer_of_a_reader_stands():
    assert states(("A", "one", "yes"), ("A", "one", "no")) == {"A": "rejected"}


def test_an_undone_answer_is_gone_and_may_be_given_again():
    assert states(("A", "one", "yes"), ("A", "one", "undone")) == {}
    assert states(("A", "one", "yes"), ("A", "one", "undone"), ("A", "one", "no")) == {"A": "rejected"}


def test_two_who_differ_leave_it_disputed_until_it_is_settled():
    told = (("A", "one", "yes"), ("A", "two", "no"))
    assert states(*told) == {"A": "disputed"}
    assert states(*told, ("A", "three", "no"), settles="three") == {"A": "rejected"}


def test_that_somebody_could_not_tell_is_no_no():
    said = verdicts(readings(decisions(("A", "one", "cannot_tell"))))
    assert said["state"].to_list() == ["cannot_tell"]
    assert said["is_marked"].to_list() == [None]


def test_kappa_is_of_what_two_said_apart_and_not_of_the_settling():
    found = readings(
        decisions(
            ("A", "one", "yes"),
            ("A", "two", "no"),
            ("A", "three", "no"),
            ("B", "one", "yes"),
            settles="three",
        )
    )
    assert pairs(found, "courier_fraud").rows() == [("A", "yes", "no")]


def test_a_record_that_somebody_chose_has_no_chance():
    said = verdicts(readings(decisions(("A", "one", "yes"), lot=None)))
    assert said["probability"].to_list() == [None]
    assert said["is_marked"].to_list() == [True]


def test_an_answer_is_one_of_four():
    with pytest.raises(ValueError, match="yes, no, cannot_tell, undone"):
        review_value("courier_fraud", "maybe", "one")
