"""What an audit finds: answers in, shares out, worked by hand."""

from __future__ import annotations

import polars as pl
import pytest

from audit_records import reading, readings, sample
from fourfold.measures.audit import agreements, findings, reasons
from fourfold.measures.audit_change import change
from fourfold.measures.audit_found import work_out
from fourfold.measures.audit_sample import differing, out_of_scope
from fourfold.records.audit import AuditFinding


def finding(found: pl.DataFrame, question: str = "told", stratum: str = "") -> dict[str, object]:
    return found.filter(question=question, stratum=stratum).row(0, named=True)


def test_four_answers_give_three_shares_and_the_share_not_recorded():
    # One group of ten, all read: 4 met, 2 not met, 2 not recorded, 2 not applicable
    told = readings(*(reading(f"all-{n}", letter * 2) for n, letter in enumerate("mmmmnnrraa", start=1)))
    row = finding(findings(sample({"all": (10, 10)}), told))
    assert [row[name] for name in ("met", "not_met", "not_recorded", "not_applicable")] == [4, 2, 2, 2]
    assert row["recorded_value"] == pytest.approx(4 / 6)
    assert row["strict_value"] == pytest.approx(4 / 8)
    assert row["best_case_value"] == pytest.approx(6 / 8)
    assert row["not_recorded_value"] == pytest.approx(2 / 8)
    # every crime was read: nothing is left to chance
    assert row["strict_lower"] == row["strict_upper"] == row["strict_value"]


def test_the_force_counts_each_group_by_its_size_and_not_by_what_was_read():
    # 90 crimes of which 2 of 4 read were met, 10 of which 4 of 4: 0.9 x 0.5 + 0.1 x 1 = 0.55, not 6 of 8
    told = readings(
        *(reading(f"large-{n}", letter * 2) for n, letter in enumerate("mmnn", start=1)),
        *(reading(f"small-{n}", "mm") for n in range(1, 5)),
    )
    found = findings(sample({"large": (90, 4), "small": (10, 4)}), told)
    assert finding(found)["strict_value"] == pytest.approx(0.55)
    assert finding(found, stratum="large")["strict_value"] == pytest.approx(0.5)
    assert finding(found, stratum="small")["strict_value"] == 1.0
    assert finding(found, stratum="small")["strict_lower"] < 1.0  # six were not read


def test_a_crime_out_of_scope_shrinks_its_group_and_counts_in_no_share():
    # 100 crimes, 5 looked at, 1 of them out of scope: 80 are thought to be in scope
    told = readings(
        reading("all-1", out_of_scope="restricted"),
        *(reading(f"all-{n}", letter * 2) for n, letter in enumerate("mmmn", start=2)),
    )
    row = finding(findings(sample({"all": (100, 4)}), told))
    assert (row["drawn"], row["read"], row["out_of_scope"], row["population"]) == (4, 4, 1, 100)
    assert row["population_in_scope"] == pytest.approx(80.0)
    assert row["strict_value"] == pytest.approx(3 / 4)


def test_an_answer_out_of_scope_in_one_group_moves_the_weight_to_the_others():
    # Of 50 and 50, half of the first are out of scope: 25 at 0 and 50 at 1 are two thirds
    told = readings(
        *(reading(f"one-{n}", out_of_scope="restricted") for n in (1, 2)),
        *(reading(f"one-{n}", "nn") for n in (3, 4)),
        *(reading(f"two-{n}", "mm") for n in (1, 2)),
    )
    row = finding(findings(sample({"one": (50, 2), "two": (50, 2)}), told))
    assert row["strict_value"] == pytest.approx(2 / 3)
    assert row["population_in_scope"] == pytest.approx(75.0)


def test_second_readings_are_left_out_and_settled_ones_stand():
    told = readings(
        reading("all-1", "nn", "second"),
        reading("all-1", "mm"),
        reading("all-2", "mm"),
        reading("all-2", "nr", "second"),
        reading("all-2", "nr", "settled", later=1),
    )
    found = findings(sample({"all": (2, 2)}), told)
    assert reasons(sample({"all": (2, 2)}), told)["crimes"].sum() == 4  # two crimes, two questions
    assert [finding(found)[name] for name in ("met", "not_met")] == [1, 1]
    assert [finding(found, "asked")[name] for name in ("met", "not_recorded")] == [1, 1]


def test_a_second_reading_alone_finds_nothing():
    told = readings(
        reading("all-1", "mm", "second"), reading("all-2", round="second", out_of_scope="restricted")
    )
    row = finding(findings(sample({"all": (2, 2)}), told))
    assert (row["read"], row["out_of_scope"]) == (0, 0)


def test_a_reading_made_again_stands_in_place_of_the_earlier():
    told = readings(reading("all-1", "mm"), reading("all-1", "nn", later=1))
    assert finding(findings(sample({"all": (2, 2)}), told))["not_met"] == 1


def test_readings_of_other_samples_and_of_crimes_not_drawn_change_nothing():
    told = readings(
        reading("all-1", "mm"), reading("all-1", "nn", ref="s2", later=1), reading("else-1", "nn")
    )
    row = finding(findings(sample({"all": (2, 2)}), told))
    assert (row["met"], row["not_met"], row["read"]) == (1, 0, 1)


def test_nothing_is_said_of_the_force_while_a_group_is_unread():
    told = readings(reading("one-1", "mm"), reading("one-2", "mn"))
    found = findings(sample({"one": (50, 2), "two": (50, 2)}), told)
    assert finding(found)["strict_value"] is None
    assert finding(found)["population_in_scope"] is None
    assert finding(found, stratum="one")["strict_value"] == 1.0
    assert finding(found, stratum="two")["read"] == 0


def test_where_a_question_applies_to_nobody_nothing_is_said():
    told = readings(reading("all-1", "am"), reading("all-2", "am"))
    row = finding(findings(sample({"all": (2, 2)}), told))
    assert row["strict_value"] is None
    assert row["not_applicable"] == 2


def test_where_nothing_was_recorded_only_the_bounds_are_known():
    told = readings(reading("all-1", "rm"), reading("all-2", "rm"))
    row = finding(findings(sample({"all": (2, 2)}), told))
    assert row["recorded_value"] is None
    assert (row["strict_value"], row["best_case_value"], row["not_recorded_value"]) == (0.0, 1.0, 1.0)


def test_an_empty_group_does_not_hold_the_force_up():
    told = readings(reading("one-1", "mm"), reading("one-2", "nn"))
    row = finding(findings(sample({"one": (2, 2), "none": (0, 0)}), told))
    assert row["strict_value"] == 0.5


def test_every_question_and_group_has_a_row_before_anything_is_read():
    found = findings(sample({"one": (5, 2), "two": (5, 2)}), readings())
    AuditFinding.validate(found)
    assert found.select("question", "stratum").rows() == [
        (question, stratum) for question in ("told", "asked") for stratum in ("one", "two", "")
    ]
    assert found["read"].sum() == 0


def test_reasons_are_counted_with_their_words_and_those_not_given():
    told = readings(
        reading("all-1", "nr", reason="late"),
        reading("all-2", "nm", reason="late"),
        reading("all-3", "nm"),
        reading("all-4", out_of_scope="restricted"),
    )
    found = reasons(sample({"all": (4, 4)}), told)
    of_told = found.filter(question="told").select("answer", "reason", "label", "crimes").rows()
    assert of_told == [("not_met", "late", "Done late", 2), ("not_met", None, None, 1)]
    scope = found.filter(question="").select("answer", "reason", "label", "crimes").rows()
    assert scope == [("out_of_scope", "restricted", "The record is restricted", 1)]


def test_kappa_is_of_what_two_readers_said_apart():
    told = readings(
        *(reading(f"all-{n}", letter + "m") for n, letter in enumerate("mmnn", start=1)),
        *(reading(f"all-{n}", letter + "m", "second") for n, letter in enumerate("mmnm", start=1)),
        reading("all-4", "nm", "settled", later=1),
    )
    found = agreements(sample({"all": (10, 4)}), told)
    # 3 of 4 agree; by chance 0.5 x 0.75 + 0.5 x 0.25 = 0.5: kappa (0.75 - 0.5) / 0.5 = 0.5
    assert found["told"].kappa.value == pytest.approx(0.5)
    assert (found["told"].read, found["told"].agreed) == (4, 3)
    assert "one and the same answer" in found["asked"].why
    assert found[""].read == 8


def test_what_two_readers_have_not_settled_is_named():
    told = readings(
        reading("all-1", "mm"),
        reading("all-1", "mn", "second"),
        reading("all-2", "mm"),
        reading("all-2", "nn", "second"),
        reading("all-2", "nm", "settled", later=1),
        reading("all-3", "mm"),
        reading("all-3", round="second", out_of_scope="restricted"),
        reading("all-4", "mm"),
    )
    apart = differing(sample({"all": (9, 4)}), told)
    assert apart.filter(crime_ref="all-1").rows() == [("all-1", "asked", "met", "not_met")]
    assert apart.filter(crime_ref="all-2").height == apart.filter(crime_ref="all-4").height == 0
    assert ("all-3", None, None, "out_of_scope") in apart.rows()


def test_crimes_out_of_scope_are_listed_in_the_order_found():
    told = readings(
        reading("all-3", out_of_scope="restricted"),
        reading("all-1", out_of_scope="restricted", later=2),
        reading("all-2", out_of_scope="restricted", later=1),
        reading("all-2", "mm", "settled", later=3),
    )
    assert out_of_scope(sample({"all": (9, 4)}), told) == ["all-3", "all-1"]


def year(letters: str, ref: str) -> tuple[object, pl.DataFrame]:
    told = readings(*(reading(f"all-{n}", one * 2, ref=ref) for n, one in enumerate(letters, start=1)))
    mine = sample({"all": (5_000, len(letters))}, ref)
    return mine, findings(mine, told)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("m" * 20 + "n" * 80, "m" * 80 + "n" * 20, "rose"),
        ("m" * 80 + "n" * 20, "m" * 20 + "n" * 80, "fell"),
        # recorded compliance rises from 40 to 80 %, but so much was not recorded that compliance may have fallen
        ("m" * 20 + "n" * 30 + "r" * 50, "m" * 60 + "n" * 15 + "r" * 25, "cannot_tell"),
        ("m" * 50 + "n" * 50, "m" * 55 + "n" * 45, "cannot_tell"),
    ],
)
def test_compliance_rose_or_fell_only_where_the_bounds_say_so(before, after, expected):
    (_, earlier), (_, later) = year(before, "s1"), year(after, "s2")
    row = change(earlier, later).row(0, named=True)
    assert row["change"] == expected


def test_the_difference_is_worked_out_from_both_intervals():
    (_, earlier), (_, later) = year("m" * 20 + "n" * 80, "s1"), year("m" * 80 + "n" * 20, "s2")
    row, was, now = (
        change(earlier, later).row(0, named=True),
        earlier.row(0, named=True),
        later.row(0, named=True),
    )
    assert row["recorded_value"] == pytest.approx(0.6)
    below = (
        (now["recorded_value"] - now["recorded_lower"]) ** 2
        + (was["recorded_upper"] - was["recorded_value"]) ** 2
    ) ** 0.5
    assert row["recorded_lower"] == pytest.approx(0.6 - below)


def test_what_one_audit_cannot_say_has_no_difference():
    (first, earlier), (_, later) = year("r" * 10, "s1"), year("m" * 10, "s2")
    row = change(earlier, later).row(0, named=True)
    assert row["recorded_value"] is None
    assert row["change"] == "cannot_tell"
    again = readings(*(reading(f"all-{n}", "mm", ref="s2") for n in range(1, 11)))
    found = work_out(sample({"all": (5_000, 10)}, "s2"), again, (first, earlier))
    assert found.change is not None
    assert found.earlier is first
    assert found.read == 10
