"""A contact that many differently named people give tells nobody apart, and makes no work that grows with its square."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from fourfold.link.blocking import KEYS, with_keys
from fourfold.link.contacts import IS_CROWDED, most_names_on, without_crowds
from fourfold.link.people import score_records
from fourfold.link.training import train
from link_records import MODEL, standard

MOST = 20
HOSPITAL = {
    "phone": "01999 555000",
    "email": "desk@hospital.example",
    "address": "1 Infirmary Road",
    "postcode": "ZE9 9ZZ",
}


def people_at_one_place(number):
    return [
        {
            "record_ref": f"{n:03d}",
            "first_names": f"Zeb{chr(97 + n % 26)}{chr(97 + n // 26)}",
            "last_name": f"Quill{chr(97 + n // 26)}{chr(97 + n % 26)}",
            "date_of_birth": date(1930, 1, 1) + timedelta(days=97 * n),
            **HOSPITAL,
        }
        for n in range(number)
    ]


def test_a_phone_of_more_names_than_allowed_counts_as_not_said_and_a_house_brings_nobody_together():
    records = standard(people_at_one_place(MOST + 1))
    found = without_crowds(records, MOST)
    assert found["phone"].to_list() == found["email"].to_list() == [None] * 21
    assert found[IS_CROWDED].all()
    assert found.drop("phone", "email", IS_CROWDED).equals(records.drop("phone", "email"))
    keyed = with_keys(found, "person", MODEL.kinds["person"])
    assert keyed["by_house"].null_count() == 21
    assert with_keys(records, "person", MODEL.kinds["person"])["by_house"].null_count() == 0


def unchanged(records):
    return without_crowds(records, MOST).equals(records.with_columns(pl.lit(False).alias(IS_CROWDED)))


def test_a_contact_of_just_as_many_names_as_allowed_is_kept():
    assert unchanged(standard(people_at_one_place(MOST)))


def test_one_person_of_many_records_is_no_crowd():
    one = people_at_one_place(1)[0]
    assert unchanged(standard([{**one, "record_ref": f"{n:03d}"} for n in range(5 * MOST)]))


def test_other_contacts_than_the_crowded_one_are_kept():
    own = {
        **people_at_one_place(1)[0],
        "record_ref": "own",
        "phone": "01999 123456",
        "address": "9 Mill Lane",
    }
    records = standard([*people_at_one_place(MOST + 1), own])
    last = without_crowds(records, MOST).row(-1, named=True)
    assert (last["phone"], last["email"], last[IS_CROWDED]) == ("1999123456", None, False)


def test_a_crowd_makes_no_pairs_and_hides_nobody_told_of_twice():
    rows = people_at_one_place(200)
    records = standard([*rows, {**rows[7], "record_ref": "again"}])
    compared = score_records(records, None, MODEL, MOST)
    assert joins(compared) == {("007", "again")}
    assert ("007", "199") in joins(score_records(records, None, MODEL)), (
        "what the crowd's contacts would join"
    )
    # The crowd is a crowd to a week's list too, though the list holds two of it.
    week = standard([{**rows[150], "record_ref": "w1"}, {**rows[151], "record_ref": "w2"}])
    found = score_records(week, records, MODEL, MOST)
    assert joins(found) == {("150", "w1"), ("151", "w2")}


def joins(edges):
    return set(edges.filter(pl.col("probability") > 0.95).select("ref_a", "ref_b").iter_rows())


def test_a_crowd_is_not_compared_two_by_two():
    rows = people_at_one_place(200)
    same_day = [{**row, "last_name": f"Other{row['last_name'][5:]}"} for row in people_at_one_place(200)]
    records = standard([*rows, *({**row, "record_ref": f"b{row['record_ref']}"} for row in same_day)])
    assert largest_block(records) == 400
    assert largest_block(without_crowds(records, MOST)) < 100


def largest_block(records):
    keyed = with_keys(records, "person", MODEL.kinds["person"])
    return max(keyed[key].drop_nulls().value_counts()["count"].max() or 0 for key in KEYS["person"])


def test_a_model_is_trained_on_records_without_crowds():
    records = standard(people_at_one_place(3 * MOST))

    def kinds(told, **more):
        rng = np.random.default_rng(1)
        return train(told, "trial", date(2026, 11, 27), "made up", True, rng, random_pairs=500, **more).kinds

    assert kinds(records, most_names=MOST) == kinds(without_crowds(records, MOST)) != kinds(records)


def test_the_limit_is_policy():
    assert most_names_on(date(2026, 11, 27)) == 50


@pytest.mark.parametrize("named", ["phone", "email", "address"])
def test_a_contact_that_nobody_gave_is_no_crowd(named):
    told = {"phone": "phone", "email": "email", "address": IS_CROWDED}
    records = standard([{**row, named: None} for row in people_at_one_place(MOST + 1)])
    found = without_crowds(records, MOST)
    kept = {"phone": records["phone"], "email": records["email"], "address": pl.Series([False] * 21)}[named]
    assert found[told[named]].to_list() == kept.to_list()
