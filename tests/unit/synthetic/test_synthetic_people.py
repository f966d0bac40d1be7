"""The made-up people: the same for the same number, plausible together, told with measured errors."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from fourfold.synthetic.people import ages_on, birth_days, make_people, people_at
from fourfold.synthetic.places import make_places
from fourfold.synthetic.telling import Noise, misspell, tell_person

COUNT = 40_000


@pytest.fixture(scope="module")
def places():
    return make_places(1.0, np.random.default_rng(1))


@pytest.fixture(scope="module")
def people(places):
    return people_at(places, np.arange(COUNT), 7)


def test_a_person_is_the_same_whoever_asks(places, people):
    some = people_at(places, np.array([17, 3, 39_999]), 7)
    assert some.equals(people[[17, 3, 39_999]])
    assert not some.equals(people_at(places, np.array([17, 3, 39_999]), 8))


def test_households_share_home_and_mostly_name(people):
    homes = people.group_by("household_id").agg(
        size=pl.len(), addresses=pl.col("address").n_unique(), names=pl.col("last_name").n_unique()
    )
    assert homes["addresses"].max() == 1
    assert set(homes["size"]) == {1, 2, 3, 4}
    assert (homes.filter(pl.col("size") > 1)["names"] == 1).mean() > 0.75


def test_postcodes_lie_in_their_small_area(places, people):
    known = people.join(places.postcodes, on=["postcode", "lsoa_code"], how="inner")
    assert known.height == COUNT


def test_phones_and_mail_cannot_reach_anybody(people):
    assert people["phone"].drop_nulls().str.contains(r"^(07199|01999) \d{6}$").all()
    assert people["email"].drop_nulls().str.contains(r"^[a-z.0-9]+@example\.(org|net|com)$").all()


def test_names_and_dates_of_birth_tell_most_people_apart(people):
    assert people.select("first_names", "last_name", "date_of_birth").n_unique() > 0.99 * COUNT
    assert people["last_name"].str.contains(r"[-' ]|[À-ž]").mean() > 0.02
    assert people["ethnicity"].n_unique() >= 14


def test_age_counts_birthdays():
    def day(text):
        return np.array([dt.date.fromisoformat(text).toordinal() - dt.date(1970, 1, 1).toordinal()])

    born = day("1950-03-04")
    assert ages_on(born, day("2020-03-03"))[0] == 69
    assert ages_on(born, day("2020-03-04"))[0] == 70
    assert ages_on(day("1952-02-29"), day("2021-02-28"))[0] == 68
    assert ages_on(day("2020-12-31"), day("2021-01-01"))[0] == 0


def test_all_ages_live_here():
    born = birth_days(np.arange(COUNT), 7)
    ages = ages_on(born, np.full(COUNT, 18_600))
    for low, high in ((11, 20), (21, 40), (41, 60), (61, 80), (81, 97)):
        assert ((ages >= low) & (ages <= high)).mean() > 0.02


def test_files_err_about_people_as_often_as_the_noise_says(people):
    told = tell_person(people, np.random.default_rng(3))
    assert (told["true_person_id"] == people["true_person_id"]).all()
    names_differ = (told["first_names"] != people["first_names"]) | (told["last_name"] != people["last_name"])
    # Some errors fall on the same row, and a name the wrong way round may read the same.
    assert names_differ.mean() == pytest.approx(0.08 + 0.05, abs=0.01)
    assert told["date_of_birth"].is_null().mean() == pytest.approx(0.10, abs=0.01)
    assert (told["date_of_birth"] != people["date_of_birth"]).mean() == pytest.approx(0.03, abs=0.006)
    assert (told["address"] != people["address"]).mean() == pytest.approx(0.15, abs=0.01)
    assert told["phone"].is_null().mean() == pytest.approx(
        0.3 + 0.7 * people["phone"].is_null().mean(), abs=0.01
    )
    assert told["email"].is_null().mean() == pytest.approx(
        0.4 + 0.6 * people["email"].is_null().mean(), abs=0.01
    )


def test_without_noise_files_tell_the_truth(people):
    told = tell_person(people[:500], np.random.default_rng(3), Noise(0, 0, 0, 0, 0, 0, 0))
    assert told.equals(people[:500].select(told.columns))


def test_who_moved_takes_address_postcode_and_area_along(people):
    told = tell_person(people, np.random.default_rng(3))
    moved = told["address"] != people["address"]
    assert (told.filter(moved)["postcode"] == people.filter(moved)["moved_postcode"]).all()
    assert (told.filter(moved)["lsoa_code"] == people.filter(moved)["moved_lsoa_code"]).all()


def test_a_slip_of_the_pen_changes_a_name_a_little():
    rng = np.random.default_rng(1)
    slips = {misspell("Catherine", rng) for _ in range(200)}
    assert "Catherine" not in slips
    assert all(8 <= len(slip) <= 10 for slip in slips)
    assert len(slips) > 20


def test_people_of_their_own_are_in_nobody_elses_file(places, people):
    own = make_people(places, 1_000, np.random.default_rng(5))
    assert own.height == 1_000
    together = own.join(people, on=["first_names", "last_name", "date_of_birth"], how="inner")
    assert together.height < 5
