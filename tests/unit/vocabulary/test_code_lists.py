"""The lists themselves: what each holds, and that they agree with each other."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from fourfold import vocabulary
from fourfold.home import CouldNotRunError, WrongUseError
from fourfold.vocabulary import Code, CodeList
from fourfold.vocabulary.ages import age_band, age_bands
from fourfold.vocabulary.bank_holidays import bank_holidays, first_year, last_year

STATUSES = {
    "confirmed",
    "partial",
    "unconfirmed",
    "from general knowledge",
    "our choice",
    "confirmed as a local WMP label",
    "confirmed in 2007 counting rules",
    "confirmed (split); code unconfirmed",
}


@pytest.mark.parametrize("name", vocabulary.names())
def test_every_row_has_a_name_a_status_and_a_source(name):
    rows = vocabulary.load(name).rows
    assert rows
    for row in rows:
        assert row.name, row
        assert row.source, row
        assert row.status in STATUSES, row


@pytest.mark.parametrize("name", vocabulary.names())
def test_no_code_stands_twice(name):
    codes = [row.code for row in vocabulary.load(name).rows if row.can_be_looked_up]
    assert len(codes) == len(set(codes))


def test_the_sizes_are_those_of_the_published_lists():
    sizes = {name: len(vocabulary.load(name).codes()) for name in vocabulary.names()}
    assert sizes["nfib_codes"] == 56
    assert sizes["ho_outcomes"] == 29
    territorial = [r for r in vocabulary.load("forces").rows if r.attributes["kind"] == "territorial"]
    assert len(territorial) == 43
    assert len({row.attributes["ons_code"] for row in territorial}) == 43


def test_an_unknown_column_suggests_the_near_one():
    codes = vocabulary.load("nfib_codes")
    assert codes.attribute("NFIB1D", "parent_group") == "Advance fee payments"
    assert codes.attribute("NFIB99", "parent_group") is None
    with pytest.raises(WrongUseError, match="Did you mean parent_group"):
        codes.attribute("NFIB1D", "parent_groop")


def test_an_unknown_list_suggests_the_near_one():
    with pytest.raises(WrongUseError, match="Did you mean nfib_codes"):
        vocabulary.load("nfib_code")


def test_the_crime_types_of_the_offences_are_those_of_the_map():
    types = vocabulary.load("police_uk_crime_types")
    now = [row.name for row in types.rows if row.attributes["current"] == "Y"]
    assert len(now) == 14
    used = {row.attributes["police_uk_category"] for row in vocabulary.load("offence_groups").rows}
    assert {text for text in used if not text.startswith("(")} <= set(types.codes())


def test_the_older_violent_crime_is_not_the_present_type():
    types = vocabulary.load("police_uk_crime_types")
    assert types.normalise("Violent crime") == "violent-crime-to-2013-04"
    assert types.normalise("violent-crime") == "violent-crime"
    assert types.normalise("Violence and sexual offences") == "violent-crime"
    split = types.attribute("public-disorder-weapons", "compares_with")
    assert split == "public-order|possession-of-weapons"


def test_events_answer_events_of_the_list():
    events = vocabulary.load("case_events")
    for row in events.rows:
        assert row.attributes["about"] in {"crime", "victim", "suspect", "log"}
        answered = [event for event in row.attributes["answers"].split("|") if event]
        assert set(answered) <= set(events.codes()), row.code


def test_the_outcomes_of_the_map_name_home_office_types():
    types = set(vocabulary.load("ho_outcomes").codes())
    for row in vocabulary.load("police_uk_outcomes").rows:
        assert {one for one in row.attributes["ho_outcomes"].split("|") if one} <= types


def test_a_service_ends_the_day_before_the_next_begins():
    services = vocabulary.load("source_systems")
    for before, after in (
        ("action_fraud", "report_fraud"),
        ("nfib", "n_cas"),
        ("necvcu", "report_fraud_victim_service"),
    ):
        assert services.attribute(before, "followed_by") == after
        assert services.get(before).valid_to == date(2025, 12, 3)
        assert services.get(after).valid_from == date(2025, 12, 4)
    assert services.get("action_fraud").was_in_use(date(2025, 12, 3))
    assert not services.get("action_fraud").was_in_use(date(2025, 12, 4))


@pytest.mark.parametrize("scheme", ["ten_year", "police_uk"])
def test_every_age_is_in_one_band(scheme):
    bands = age_bands(scheme)
    for before, after in itertools.pairwise(bands):
        assert int(before.attributes["high"]) + 1 == int(after.attributes["low"])
    assert all(age_band(age, scheme) for age in range(121))


def test_ages_at_the_edges_of_the_paper_s_bands():
    ages = [0, 10, 11, 40, 41, 50, 51, 60, 61, 70, 71, 90, 91, 104]
    bands = [age_band(age) for age in ages]
    assert bands[:2] == ["0 to 10", "0 to 10"]
    assert bands[3:10] == ["31 to 40", "41 to 50", "41 to 50", "51 to 60", "51 to 60", "61 to 70", "61 to 70"]
    assert bands[-2:] == ["91 and over", "91 and over"]


def test_a_missing_age_has_no_band():
    assert age_band(None) is None
    assert age_band(-1) is None


def test_not_stated_is_missing_and_no_group():
    groups = vocabulary.load("ethnic_groups")
    assert groups.normalise("Other ethnic group - Not stated") == "NS"
    assert groups.attribute("NS", "broad_group") is None
    assert groups.attribute("NS", "stated") == "N"


def test_bank_holidays_of_a_year_with_two_extra_days():
    assert len(bank_holidays(2022)) == 10
    assert date(2022, 6, 3) in bank_holidays(2022)
    assert date(2022, 9, 19) in bank_holidays(2022)


def test_a_year_past_the_list_is_an_error():
    assert (first_year(), last_year()) == (2012, 2028)
    for year in (2011, 2029):
        with pytest.raises(CouldNotRunError, match=f"{year} are not in the list"):
            bank_holidays(year)


def made_up(*rows: tuple[str, str, str]) -> CodeList:
    return CodeList(
        "made_up", "2026", tuple(Code(c, n, {"aliases": a}, "our choice", "Made up") for c, n, a in rows)
    )


def test_a_text_that_fits_two_codes_is_not_guessed():
    codes = made_up(("A", "Car", "Vehicle|Auto"), ("B", "Van", "Vehicle"), ("C", "Lorry", "Car"))
    assert codes.normalise("vehicle") is None
    assert codes.normalise("auto") == "A"
    # A name goes before another row's alias.
    assert codes.normalise("CAR") == "A"
    assert codes.normalise("car.") == "A"


def test_a_code_to_the_letter_goes_before_a_like_one():
    codes = made_up(("A-1", "First", ""), ("A 1", "Second", ""))
    assert [codes.normalise(text) for text in ("A-1", "A 1", "a.1")] == ["A-1", "A 1", None]
