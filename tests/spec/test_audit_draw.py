"""How a sample of crimes is drawn: by hand, small enough to check."""

from __future__ import annotations

import hashlib

import numpy as np
import polars as pl
import pytest

from fourfold.rules import audit_sample
from fourfold.statistics import allocation

FRAME = pl.DataFrame(
    {
        "crime_ref": [f"C{number:02}" for number in range(1, 21)],
        "stratum": ["domestic"] * 4 + ["hate"] * 2 + ["other"] * 14,
        "flags": [["domestic", "hate"]] + [["domestic"]] * 3 + [["hate"]] * 2 + [["other"]] * 14,
    }
)
DRAW = {"domestic": 2, "hate": 2, "other": 4}


@pytest.mark.parametrize(
    ("n", "sizes", "expected"),
    [
        (250, [5_000, 3_000, 900, 700, 9_000], [50, 50, 50, 50, 50]),
        (250, [5_000, 20, 900, 700, 9_000], [58, 20, 58, 57, 57]),  # what 20 cannot take goes to the others
        (7, [10, 10, 10], [3, 2, 2]),  # the odd one goes to the first
        (100, [10, 20, 30], [10, 20, 30]),  # no more than there are
        (4, [1, 0, 90], [1, 0, 3]),
    ],
)
def test_equal_shares(n, sizes, expected):
    assert allocation.equal(n, sizes).tolist() == expected


@pytest.mark.parametrize(
    ("n", "sizes", "expected"),
    [
        (100, [5_000, 3_000, 2_000], [50, 30, 20]),
        (100, [9_990, 5, 5], [96, 2, 2]),  # two at least, taken from those that have more
        (10, [333, 333, 334], [3, 3, 4]),
    ],
)
def test_proportional_shares(n, sizes, expected):
    assert allocation.proportional(n, sizes).tolist() == expected


def test_neyman_gives_more_where_answers_vary_more():
    # 1,000 x sqrt(0.5 x 0.5) = 500 and 1,000 x sqrt(0.9 x 0.1) = 300: five to three
    assert allocation.neyman(80, [1_000, 1_000], [0.5, 0.9]).tolist() == [50, 30]
    # a group in which no answer differs gets its two all the same
    assert allocation.neyman(80, [1_000, 1_000], [0.5, 1.0]).tolist() == [78, 2]
    # and all of what the other cannot take
    assert allocation.neyman(80, [60, 1_000], [0.5, 1.0]).tolist() == [60, 20]


def test_too_few_to_go_round_are_refused():
    with pytest.raises(ValueError, match="5 records do not reach: 6 are the fewest"):
        allocation.equal(5, [10, 10, 10])


def test_margins_are_those_of_the_reference_notes():
    # 50 of a large group at 50 %: 1.96 x sqrt(0.25 / 50) = 13.9 points; 250 of a large force: 6.2 points
    told = allocation.margins([100_000] * 5, [50] * 5)
    assert np.round(100 * told.strata, 1).tolist() == [13.9] * 5
    assert round(100 * told.whole, 1) == 6.2


def test_margin_of_a_group_read_whole_is_nothing_and_of_one_not_drawn_unknown():
    told = allocation.margins([20, 100, 100], [20, 0, 10], 0.5)
    assert told.strata[0] == 0.0
    assert np.isnan(told.strata[1])
    assert np.isnan(told.whole)
    # 100 crimes, 10 drawn, 80 % met: 1.96 x sqrt(90/99 x 0.16 / 10) = 23.6 points
    assert round(100 * float(allocation.margins([100], [10], 0.8).strata[0]), 1) == 23.6


def test_each_crime_is_drawn_once_with_its_chance():
    drawn = audit_sample.draw(FRAME, DRAW, seed=7)
    assert sorted(drawn["crime_ref"]) == FRAME["crime_ref"].to_list()
    for stratum, n in DRAW.items():
        mine = drawn.filter(stratum=stratum)
        assert mine["place"].to_list() == list(range(1, mine.height + 1))
        assert mine["is_sample"].sum() == n
        assert mine["inclusion_probability"].unique().to_list() == [n / mine.height]


def test_the_same_seed_draws_the_same_whatever_the_order_of_rows():
    drawn = audit_sample.draw(FRAME, DRAW, seed=7, second_read_share=0.25)
    for mixed in (FRAME.reverse(), FRAME.sample(fraction=1.0, shuffle=True, seed=3)):
        assert audit_sample.draw(mixed, DRAW, seed=7, second_read_share=0.25).equals(drawn)
        assert audit_sample.frame_hash(mixed) == audit_sample.frame_hash(FRAME)
    assert not audit_sample.draw(FRAME, DRAW, seed=8).drop("second_read").equals(drawn.drop("second_read"))


def test_one_group_does_not_change_the_order_of_another():
    without = FRAME.filter(pl.col("stratum") != "hate")
    drawn, fewer = (
        audit_sample.draw(FRAME, DRAW, seed=7),
        audit_sample.draw(without, {"domestic": 3, "other": 1}, seed=7),
    )
    for stratum in ("domestic", "other"):
        both = (frame.filter(stratum=stratum)["crime_ref"].to_list() for frame in (drawn, fewer))
        assert next(both) == next(both)


def test_the_hash_of_the_frame_can_be_made_by_hand():
    frame = pl.DataFrame({"crime_ref": ["B", "A"], "stratum": ["other", "hate"]})
    assert audit_sample.frame_hash(frame) == hashlib.sha256(b"A\thate\nB\tother\n").hexdigest()


def test_a_quarter_of_the_sample_is_read_twice_rounded_up():
    drawn = audit_sample.draw(FRAME, DRAW, seed=7, second_read_share=0.3)
    assert drawn["second_read"].sum() == 3  # 0.3 x 8 = 2.4
    assert drawn.filter("second_read")["is_sample"].all()


def test_a_crime_out_of_scope_gives_its_place_and_its_second_reader_to_the_next_in_order():
    drawn = audit_sample.draw(FRAME, DRAW, seed=7, second_read_share=0.99)
    other = drawn.filter(stratum="other")["crime_ref"].to_list()
    now = audit_sample.to_read(drawn, [other[1]])
    mine = now.filter(stratum="other")
    assert mine["crime_ref"].to_list() == [other[0], other[2], other[3], other[4]]
    taker = mine.filter(crime_ref=other[4]).row(0, named=True)
    assert taker["replaces"] == other[1]
    assert taker["second_read"]
    # the replacement is out of scope as well: the next takes the place, and it is still read twice
    again = audit_sample.to_read(drawn, [other[1], other[4]]).filter(stratum="other")
    assert again["crime_ref"].to_list() == [other[0], other[2], other[3], other[5]]
    assert again.row(3, named=True)["replaces"] == other[4]
    assert again.row(3, named=True)["second_read"]


def test_what_was_replaced_before_stays_when_another_falls_out():
    drawn = audit_sample.draw(FRAME, DRAW, seed=7)
    other = drawn.filter(stratum="other")["crime_ref"].to_list()
    one = audit_sample.to_read(drawn, [other[3]])
    two = audit_sample.to_read(drawn, [other[3], other[0]])
    assert one.filter(replaces=other[3])["crime_ref"].to_list() == [other[4]]
    assert two.filter(replaces=other[3])["crime_ref"].to_list() == [other[4]]
    assert two.filter(replaces=other[0])["crime_ref"].to_list() == [other[5]]


def test_a_group_without_replacements_reads_fewer():
    drawn = audit_sample.draw(FRAME, DRAW, seed=7)
    hate = drawn.filter(stratum="hate")["crime_ref"].to_list()
    assert audit_sample.to_read(drawn, hate[:1]).filter(stratum="hate")["crime_ref"].to_list() == hate[1:]


def test_overlap_counts_crimes_that_other_groups_would_have_too():
    assert audit_sample.overlap(FRAME, DRAW).rows() == [("domestic", "hate", 1)]


def test_a_crime_twice_in_the_frame_or_in_no_group_is_refused():
    grouped = pl.DataFrame({"crime_ref": ["A", "A"], "group": ["x", "x"], "flags": [["x"], ["x"]]})
    with pytest.raises(ValueError, match="1 crimes stand twice in the frame, the first A"):
        audit_sample.in_strata(grouped)
    with pytest.raises(ValueError, match="fit no group"):
        audit_sample.in_strata(pl.DataFrame({"crime_ref": ["A"], "group": [None], "flags": [[]]}))
    with pytest.raises(ValueError, match="how many to draw from other"):
        audit_sample.draw(FRAME, {"domestic": 2, "hate": 1}, seed=1)
    with pytest.raises(ValueError, match="hate has 2 crimes: 3 cannot be drawn"):
        audit_sample.draw(FRAME, {"domestic": 2, "hate": 3, "other": 1}, seed=1)
