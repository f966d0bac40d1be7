"""Topics: told apart by their words, known again when reports come in, and named when they are new."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from fourfold.classify.settings import settings_on
from fourfold.classify.topic_signals import topic_signals
from fourfold.classify.topic_tables import topic_rows
from fourfold.classify.topics import MEMBERS, centres_from_text, centres_of, group
from fourfold.records.topic import Topic, TopicMember

SETTINGS = dataclasses.replace(settings_on(date(2022, 1, 5)), topic_size=15, topics_most=6)
STORIES = {
    "parcel": ["parcel could not be delivered", "fee for redelivery paid", "link in the message", "card details typed"],
    "loan": ["letter about loan", "debt collectors wrote", "credit file shows debt", "never took loan out"],
    "trial": ["free trial signed up", "cannot cancel subscription", "payment taken each month", "firm never answers"],
    "message": ["message from new number", "broken phone bill due", "could not get into banking", "thought it was family"],
}  # fmt: skip
NOTHING_KNOWN = pl.DataFrame(schema=MEMBERS)
NO_CENTRES = pl.DataFrame(schema={"topic": pl.String, "term": pl.String, "weight": pl.Float64})


def texts(first: int, **numbers: int) -> tuple[pl.DataFrame, list[str]]:
    """Return `row, text` of so many reports of each story, rows numbered from `first`, and their stories."""
    rng = np.random.default_rng(first)
    stories = [story for story, number in numbers.items() for _ in range(number)]
    told = [" ".join(rng.permutation(STORIES[story])[:3]) for story in stories]
    return pl.DataFrame({"row": range(first, first + len(told)), "text": told}).cast(
        {"row": pl.Int64}
    ), stories


@pytest.fixture(scope="module")
def first():
    rows, stories = texts(0, parcel=60, loan=45, trial=30)
    return rows, stories, group(rows, NOTHING_KNOWN, NO_CENTRES, "kent/NFIB90", SETTINGS)


def test_each_story_is_one_topic_and_the_largest_is_first(first):
    _, stories, made = first
    by_story = (
        made.members.with_columns(story=pl.Series(stories)).group_by("story").agg(pl.col("topic").unique())
    )
    assert dict(by_story.iter_rows()) == {
        "parcel": ["kent/NFIB90/01"],
        "loan": ["kent/NFIB90/02"],
        "trial": ["kent/NFIB90/03"],
    }


def test_topics_keep_their_names_and_a_new_story_gets_a_new_one(first):
    rows, _, before = first
    more, stories = texts(500, parcel=5, message=40, trial=5)
    after = group(pl.concat([rows, more]), before.members, before.centres, "kent/NFIB90", SETTINGS)
    stood = after.members.filter(pl.col("row") < 500)
    assert stood.select("row", "topic").equals(before.members.select("row", "topic"))
    new = dict(zip(more["row"], stories, strict=True))
    names = {(new[row], topic) for row, topic, _ in after.members.filter(pl.col("row") >= 500).iter_rows()}
    assert names == {("parcel", "kent/NFIB90/01"), ("trial", "kent/NFIB90/03"), ("message", "kent/NFIB90/04")}


def test_a_topic_that_was_lost_is_known_again_by_its_centre(first):
    rows, _, before = first
    again = group(rows, NOTHING_KNOWN, before.centres, "kent/NFIB90", SETTINGS)
    assert set(again.members["topic"].drop_nulls()) == set(before.members["topic"].drop_nulls())


def test_a_narrative_like_no_other_is_in_no_topic(first):
    rows, _, before = first
    odd = pl.DataFrame({"row": [900], "text": ["zebra quagga okapi"]})
    made = group(pl.concat([rows, odd]), before.members, before.centres, "kent/NFIB90", SETTINGS)
    assert made.members.filter(pl.col("row") == 900)["topic"].to_list() == [None]


def test_few_narratives_are_not_grouped():
    rows, _ = texts(0, parcel=10)
    made = group(rows, NOTHING_KNOWN, NO_CENTRES, "kent/NFIB90", SETTINGS)
    assert made.members["topic"].null_count() == 10


def test_one_text_told_many_times_is_one_topic_and_warns_nobody(recwarn):
    rows = pl.DataFrame({"row": range(90), "text": ["parcel could not be delivered"] * 90}).cast(
        {"row": pl.Int64}
    )
    made = group(rows, NOTHING_KNOWN, NO_CENTRES, "kent/NFIB90", SETTINGS)
    assert made.members["topic"].to_list() == ["kent/NFIB90/01"] * 90
    assert [str(one.message) for one in recwarn] == []


def members(months: dict[str, list[int]]) -> pl.DataFrame:
    """Return topic members: reports of each topic in each month from January 2020."""
    made = [
        (
            "fraud_report",
            f"{topic}{month}-{number}",
            "kent",
            date(2020 + month // 12, month % 12 + 1, 5),
            "NFIB90",
            topic,
            0.5,
        )
        for topic, counts in months.items()
        for month, count in enumerate(counts)
        for number in range(count)
    ]
    return pl.DataFrame(made, schema=TopicMember.create_empty().schema, orient="row")


def table_of(rows: pl.DataFrame) -> pl.DataFrame:
    topics = rows["topic"].unique().sort()
    centres = pl.DataFrame({"topic": topics, "term": [f"word{n}" for n in range(len(topics))], "weight": 1.0})
    facts = rows.select(
        "record_ref",
        loss_gbp=pl.lit("100.00").cast(pl.Decimal(12, 2)),
        age=pl.lit(70),
        lsoa_code=pl.lit("E01000001"),
    )
    return topic_rows(rows, facts, centres)


def test_new_and_growing_topics_are_named_and_steady_ones_are_not():
    rows = members(
        {"k/NFIB90/01": [20] * 24, "k/NFIB90/02": [10] * 21 + [40] * 3, "k/NFIB90/03": [0] * 20 + [15] * 4}
    )
    found = topic_signals(rows, table_of(rows), SETTINGS)
    assert dict(found.select("subject_ref", "kind").iter_rows()) == {
        "k/NFIB90/02": "growing_topic",
        "k/NFIB90/03": "new_topic",
    }
    assert found["last_on"].to_list() == [date(2021, 12, 5)] * 2
    assert (found["q_value"] <= 0.05).all()


def test_steady_topics_raise_no_signal_more_often_than_said():
    rng = np.random.default_rng(4)
    alarms = 0
    for _ in range(40):
        rows = members({f"k/NFIB90/{n:02d}": list(rng.poisson(12, 24)) for n in range(6)})
        alarms += topic_signals(rows, table_of(rows), SETTINGS).height > 0
    assert alarms <= 6


def test_the_table_says_size_loss_age_area_and_examples():
    rows = members({"k/NFIB90/01": [3, 2], "k/NFIB90/02": [5]})
    table = Topic.validate(table_of(rows))
    one = table.row(0, named=True)
    assert (one["reports"], one["with_loss"], float(one["loss_gbp"]), one["median_age"]) == (
        5,
        5,
        500.0,
        70.0,
    )
    assert one["share"] == pytest.approx(0.5)
    assert one["areas"] == "E01000001 (5)"
    assert one["last_on"] - one["first_on"] == timedelta(days=31)
    assert centres_from_text(table)["weight"].to_list() == [1.0, 1.0]


def test_a_centre_has_length_one():
    rows, stories = texts(0, parcel=20, loan=20)
    placed = pl.DataFrame({"row": rows["row"], "topic": stories, "likeness": 0.5})
    made = centres_of(rows, placed, SETTINGS)
    lengths = made.group_by("topic").agg((pl.col("weight") ** 2).sum())["weight"].to_list()
    assert lengths == pytest.approx([1.0, 1.0])
