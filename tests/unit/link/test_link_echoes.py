"""Records that say the very same are compared with the first alone, and the people that come of it are the same."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from bench.linkage_sets import made_up

from fourfold.link import people as module
from fourfold.link.echoes import first_keys, with_first
from fourfold.link.people import score_records
from link_records import MODEL, named, people_of, standard

ADA = {
    "first_names": "Ada",
    "last_name": "Quillfeather",
    "date_of_birth": date(1950, 2, 3),
    "phone": "01999 123456",
    "postcode": "ZE1 9QQ",
    "address": "4 Mill Lane",
}
SHOP = {
    "kind": "organisation",
    "organisation_name": "Quillmart Stores Ltd",
    "address": "1 High Street",
    "phone": "01999 123456",
    "postcode": "ZE1 1AA",
}


def everything_compared(records, monkeypatch):
    """Return the edges as they are where no record is taken for an echo."""
    none = pl.int_range(pl.len(), dtype=pl.Int64).alias("echoes")
    with monkeypatch.context() as here:
        here.setattr(module, "with_first", lambda records, stood=None: records.with_columns(none))
        return score_records(records, None, MODEL)


def test_the_first_is_the_one_known_first_of_those_that_stood():
    records = standard([{"record_ref": ref, **ADA} for ref in "abc"]).with_columns(
        first_linked=pl.Series([2, 1, 3])
    )
    assert with_first(records)["echoes"].to_list() == [1, 1, 1]
    assert with_first(records, pl.Series([False, False, True]))["echoes"].to_list() == [2, 2, 2]
    assert first_keys(records).to_list() == ["fraud_report/b"] * 3


@pytest.mark.parametrize(
    "other",
    [
        {"first_names": "Adah"},
        {"last_name": "Quill"},
        {"date_of_birth": date(1950, 2, 4)},
        {"date_of_birth": None},
        {"phone": None},
        {"email": "ada@example.org"},
        {"postcode": "ZE1 9QR"},
        {"address": "5 Mill Lane"},
        {"force": "another"},
        {"kind": "organisation"},
    ],
    ids=str,
)
def test_a_record_that_says_anything_else_is_no_echo(other):
    records = standard([{"record_ref": "a", **ADA}, {"record_ref": "b", **ADA, **other}])
    assert with_first(records)["echoes"].to_list() == [0, 1]


def test_people_are_the_same_as_where_every_two_are_compared(monkeypatch):
    records, _ = made_up(2_000, 500, 5)
    rng = pl.Series(range(records.height)) % 7
    again = records.filter(rng == 3).with_columns(
        record_ref=pl.concat_str(pl.lit("again-"), "record_ref"), first_linked=pl.lit(2, pl.Int64)
    )
    both = pl.concat(
        [records, again, again.with_columns(record_ref=pl.concat_str(pl.lit("and-"), "record_ref"))]
    )
    edges, every = score_records(both, None, MODEL), everything_compared(both, monkeypatch)
    assert edges.height < 0.8 * every.height
    assert people_of(named(both, edges)) == people_of(named(both, every))


def test_a_shop_of_a_thousand_crimes_makes_a_thousand_pairs():
    records = standard([{"record_ref": f"{n:04d}", **SHOP, "date_of_birth": None} for n in range(1_000)])
    edges = score_records(records, None, MODEL)
    assert edges.height == 999
    assert set(people_of(named(records, edges)).values()) == {"0000"}


def test_echoes_that_one_source_knows_as_one_need_no_pair():
    records = standard([{"record_ref": f"{n}", **ADA, "known_as": "N1"} for n in range(4)])
    edges = score_records(records, None, MODEL)
    assert edges.height == 0
    assert set(people_of(named(records, edges)).values()) == {"0"}


def test_a_week_of_echoes_is_paired_with_what_stood():
    before = standard([{"record_ref": "m", **ADA}])
    week = standard([{"record_ref": ref, **ADA} for ref in ("a", "z")])
    edges = score_records(week, before, MODEL)
    assert set(edges.select("ref_a", "ref_b").iter_rows()) == {("a", "m"), ("m", "z")}
    assert edges["probability"].min() > 0.99


def test_what_tells_two_births_apart_takes_no_echo_from_its_first():
    """The first was joined to one of another date of birth by its telephone; its echo goes where it goes."""
    other = {**ADA, "date_of_birth": date(1981, 7, 19), "email": "ada@example.org"}
    rows = [{"record_ref": "1", **ADA, "email": "ada@example.org"}, {"record_ref": "2", **other}]
    rows += [{**row, "record_ref": f"{row['record_ref']}e"} for row in rows]
    records = standard(rows)
    schema = score_records(records, None, MODEL).schema
    edges = pl.DataFrame(
        [("fraud_report", "1", "fraud_report", "2", "person", "540444", 6.0, 0.98),
         ("fraud_report", "1", "fraud_report", "1e", "person", "544444", 30.0, 1.0),
         ("fraud_report", "2", "fraud_report", "2e", "person", "544444", 30.0, 1.0)],
        schema=schema, orient="row",
    )  # fmt: skip
    assert people_of(named(records, edges)) == {"1": "1", "1e": "1", "2": "1", "2e": "1"}
