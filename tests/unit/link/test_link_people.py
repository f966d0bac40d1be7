"""People across files on made-up people: what reviewers decide, names that stay, and weeks that add up to the whole."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from bench.linkage import quality
from bench.linkage_others import exact_keys
from bench.linkage_sets import as_told, made_up

from fourfold.link.answers import ANSWER_SCHEMA
from fourfold.link.people import aliases, link_people, person_links, score_records
from fourfold.link.review import pairs_to_review
from fourfold.link.standard import standardise
from link_records import COSTS, MODEL, NONE, named, people_of

OF_ONE_HOME = {
    "first_names": "Zebedee",
    "last_name": "Quillfeather",
    "address": "4 Mill Lane",
    "postcode": "ZE1 9QQ",
}


@pytest.fixture(scope="module")
def told():
    return made_up(4_000, 1_000, 21)


@pytest.fixture(scope="module")
def edges(told):
    return score_records(told[0], None, MODEL)


def answer(join, *pairs):
    return pl.DataFrame(
        [("fraud_report", min(pair), "fraud_report", max(pair), join) for pair in pairs],
        schema=ANSWER_SCHEMA,
        orient="row",
    )


def test_people_told_with_the_noise_of_files_are_found_again(told, edges):
    records, truth = told
    found = quality(named(records, edges), truth)
    assert found.f1 > 0.97
    assert found.precision > 0.99
    exact = quality(exact_keys(records), truth)
    assert exact.f1 < 0.85
    assert found.people_recall > exact.people_recall + 0.05


def test_people_of_one_home_are_not_joined(told, edges):
    records, truth = told
    links = named(records, edges).join(truth, on="record_ref")
    mixed = links.group_by("person_id").agg(pl.col("truth").n_unique(), pl.col("household").n_unique())
    of_one_home = mixed.filter((pl.col("truth") > 1) & (pl.col("household") == 1)).height
    assert of_one_home < 0.01 * links["person_id"].n_unique()


def test_weeks_one_after_the_other_give_what_all_at_once_gives(told, edges):
    records, _ = told
    full = named(records, edges)
    weeks = [records.head(4_200), records.slice(4_200, 500), records.slice(4_700, 300)]
    stood, scored = None, []
    for week in weeks:
        scored.append(score_records(week, stood, MODEL))
        stood = week if stood is None else pl.concat([stood, week])
    by_week = pl.concat(scored)
    key = ["record_a", "ref_a", "record_b", "ref_b"]
    assert by_week.sort(key).equals(edges.sort(key))
    assert named(stood, by_week).equals(full)


def test_a_later_record_takes_no_earlier_one_away_from_its_person():
    rows = pl.DataFrame(
        [
            {"record_ref": "1", **OF_ONE_HOME, "date_of_birth": date(1950, 2, 3), "phone": None},
            {"record_ref": "2", **OF_ONE_HOME, "date_of_birth": None, "phone": "01999 123456"},
            {"record_ref": "3", **OF_ONE_HOME, "date_of_birth": date(1981, 7, 19), "phone": "01999 123456"},
        ],
        schema_overrides={"date_of_birth": pl.Date, "phone": pl.String},
    )
    records = standardise(as_told(rows))
    edges = score_records(records, None, MODEL)
    at_once = people_of(named(records, edges))
    assert at_once["2"] == at_once["3"] != at_once["1"], "heard together, the telephone tells more"
    later = records.with_columns(
        first_linked=pl.when(pl.col("record_ref") == "3").then(pl.lit(2, pl.Int64)).otherwise("first_linked")
    )
    now = people_of(named(later, edges))
    assert now["1"] == now["2"] != now["3"]


def test_a_person_known_before_keeps_the_name_whatever_comes_later(told):
    records, _ = told
    first = records.head(4_500)
    kept = score_records(first, None, MODEL)
    before = named(first, kept)
    # What comes later is of an earlier day, and still renames nobody.
    week = records.tail(500).with_columns(first_linked=pl.lit(2, pl.Int64), on=pl.lit(date(2001, 1, 1)))
    now = named(pl.concat([first, week]), pl.concat([kept, score_records(week, first, MODEL)]))
    gone = set(before["person_id"]) - set(now["person_id"])
    led = aliases(before, pl.DataFrame(schema={"alias": pl.String, "alias_of": pl.String}), now)
    assert set(led["alias"]) == gone
    places = people_of(now)
    for old, new in people_of(before).items():
        assert places[old] == new or new in gone
    for alias, person in led.iter_rows():
        assert places[alias] == person
        assert person in set(before["person_id"]), "the older name stays"


def test_reviewers_joins_and_partings_hold_and_are_said(told, edges):
    records, _ = told
    plain = people_of(named(records, edges))
    together = next((ref, person) for ref, person in plain.items() if ref != person)
    alone = [ref for ref in plain if list(plain.values()).count(plain[ref]) == 1][:2]
    answers = pl.concat([answer(False, together), answer(True, tuple(alone))])
    links = named(records, edges, answers)
    places = people_of(links)
    assert places[together[0]] != places[together[1]]
    assert places[alone[0]] == places[alone[1]] == min(alone)
    said = links.filter(record_ref=max(alone))["evidence"].item()
    assert said == f"joined by a reviewer (with {min(alone)})"


def test_the_review_asks_the_most_useful_first_and_never_what_was_answered(told, edges):
    records, _ = told
    people = link_people(records, edges, NONE, COSTS)
    asked = pairs_to_review(people, edges, NONE, COSTS)
    assert asked.height > 10
    assert asked["saved"].is_sorted(descending=True)
    assert asked["saved"].min() > 0
    assert set(asked["stands"]) == {"joined", "parted"}
    assert asked.filter(pl.col("probability").is_between(COSTS.looks_from, COSTS.looks_to)).height > 0
    first = asked.row(0, named=True)
    for join in (True, False):
        answers = answer(join, (first["ref_a"], first["ref_b"]))
        again = pairs_to_review(link_people(records, edges, answers, COSTS), edges, answers, COSTS)
        pairs = set(again.select("ref_a", "ref_b").iter_rows())
        assert (first["ref_a"], first["ref_b"]) not in pairs


def test_answers_that_cannot_all_hold_come_to_review_first(told, edges):
    records, _ = told
    one, two, three = sorted(records["record_ref"])[:3]
    answers = pl.concat([answer(True, (one, two), (two, three)), answer(False, (one, three))])
    people = link_people(records, edges, answers, COSTS)
    first = pairs_to_review(people, edges, answers, COSTS).row(0, named=True)
    assert first["why"] == "contradiction"
    places = people_of(person_links(people))
    assert places[one] != places[three]


def test_records_of_two_forces_are_never_joined():
    row = {
        "first_names": "Zebedee",
        "last_name": "Quill",
        "date_of_birth": date(1950, 2, 3),
        "phone": "01999 123456",
    }
    rows = pl.DataFrame([{"record_ref": "1", **row}, {"record_ref": "2", **row}])
    records = standardise(as_told(rows))
    other = records.with_columns(
        force=pl.when(pl.col("record_ref") == "2").then(pl.lit("g")).otherwise("force")
    )
    assert len(set(people_of(named(records, score_records(records, None, MODEL))).values())) == 1
    assert score_records(other, None, MODEL).height == 0


def test_a_record_without_a_date_of_birth_does_not_join_father_and_son():
    rows = pl.DataFrame(
        [
            {"record_ref": "1", **OF_ONE_HOME, "date_of_birth": date(1950, 2, 3)},
            {"record_ref": "2", **OF_ONE_HOME, "date_of_birth": date(1981, 7, 19)},
            {"record_ref": "3", **OF_ONE_HOME, "date_of_birth": None},
        ],
        schema_overrides={"date_of_birth": pl.Date},
    )
    records = standardise(as_told(rows))
    edges = pl.DataFrame(
        [("fraud_report", "1", "fraud_report", "3", "person", "54xxx4", 6.0, 0.98),
         ("fraud_report", "2", "fraud_report", "3", "person", "54xxx4", 5.9, 0.98)],
        schema=score_records(records, None, MODEL).schema, orient="row",
    )  # fmt: skip
    assert people_of(named(records, edges)) == {"1": "1", "2": "2", "3": "1"}
