"""The values that the board paper and the national rules give, as worked examples."""

from __future__ import annotations

from datetime import date

import pytest

from fourfold import policy, vocabulary
from fourfold.home import WrongUseError
from fourfold.policy.definitions import (
    business_crime,
    choices,
    judicial_outcome,
    neighbourhood_crime,
    positive_outcome,
)

DAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("fraud_triage.romance_codes", ["NFIB1D"], "confirmed"),
        ("fraud_triage.age_at_least", 70, "confirmed"),
        ("audit.sample_size", 250, "confirmed"),
        ("audit.second_read_share", 0.1, "our choice"),
        ("disclosure.threshold_public", 5, "our choice"),
        ("disclosure.secondary_suppression", True, "our choice"),
        ("disclosure.police_uk_addresses_a_point", 8, "confirmed"),
        ("paper.minimum_base_for_percentage", 20, "our choice"),
    ],
)
def test_a_value_with_its_status(name, value, status):
    found = policy.value_on(name, DAY)
    assert (found.value, found.status) == (value, status)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fraud_triage.risk_score_at_least", "no threshold set"),
        ("fraud_triage.risk_score_scale", "no scale named"),
        ("local_limits.charging_decision_due_days", "no limit set"),
        ("local_limits.id_parade_request_due_days", "no limit set"),
        ("local_limits.victim_care_officer_hours_a_week", "no capacity set"),
        ("disclosure.threshold_internal", "no threshold"),
        ("disclosure.rounding_base", "no rounding"),
        ("definitions.programme_success.crime_free", "success is not defined"),
    ],
)
def test_what_nobody_published_is_unset_and_says_so(name, words):
    found = policy.value_on(name, DAY)
    assert (found.is_set, found.words) == (False, words)


def test_the_audit_groups_stand_in_the_order_in_which_a_crime_is_given_to_one():
    groups = policy.value_on("audit.groups", DAY).value
    assert [one["group"] for one in groups] == [
        "domestic",
        "hate",
        "violence_with_injury",
        "burglary_and_robbery",
        "other",
    ]


def test_the_baseline_before_covid_is_the_financial_year():
    value = policy.value_on("baselines.pre_covid", DAY).value
    assert (value["starts_on"], value["ends_on"]) == (date(2019, 4, 1), date(2020, 3, 31))


#   class  what it is                       national  Beating Crime Plan  inspectorate
MEMBERS = [
    ("28E", "residential burglary", True, True, True),
    ("30C", "business burglary", True, False, False),
    ("34A", "business robbery", True, False, False),
    ("34B", "personal robbery", True, True, True),
    ("39", "theft from the person", True, True, True),
    ("48", "theft of a vehicle", True, True, True),
    ("45", "theft from a vehicle", True, True, True),
    ("37.2", "aggravated vehicle taking", True, True, False),
    ("126", "vehicle interference", False, False, False),
    ("46", "shoplifting", False, False, False),
]


@pytest.mark.parametrize(("code", "what", "national", "plan", "inspectorate"), MEMBERS)
def test_the_three_definitions_of_neighbourhood_crime(code, what, national, plan, inspectorate):
    members = [
        code in neighbourhood_crime(name, DAY).codes
        for name in ("national", "beating_crime_plan", "hmicfrs_serious_acquisitive")
    ]
    assert members == [national, plan, inspectorate], what


def test_definitions_count_classes_of_the_list_and_of_their_subgroups():
    offences = vocabulary.load("offence_groups")
    for name in choices("neighbourhood_crime", DAY):
        found = neighbourhood_crime(name, DAY)
        assert set(found.all_codes) <= set(offences.codes())
        assert {offences.attribute(code, "ho_subgroup") for code in found.codes} == set(found.subgroups)
        assert {offences.attribute(code, "ho_subgroup") for code in found.older_codes} == {"pre-2017"}
        assert set(found.disputed_codes) <= set(found.codes)


def test_the_wording_of_the_national_measure_leaves_theft_from_vehicles_open():
    assert neighbourhood_crime("national", DAY).disputed_codes == ("45",)


def test_the_default_definitions():
    assert neighbourhood_crime(None, DAY).name == "national"
    assert business_crime(None, DAY).name == "definitions.business_crime.npcc_2019"
    assert positive_outcome(None, DAY).name == "charge_and_out_of_court"


def test_a_definition_nobody_made_suggests_the_near_one():
    with pytest.raises(WrongUseError, match=r"Did you mean definitions\.neighbourhood_crime\.national"):
        neighbourhood_crime("nationale", DAY)


def test_business_crime_of_2019_leaves_out_what_that_of_2014_takes_in():
    new, old = business_crime("npcc_2019", DAY).value, business_crime("acpo_2014", DAY).value
    assert {"public_sector", "place_of_worship"} <= set(new["leaves_out"])
    assert (new["anything_on_business_premises"], old["anything_on_business_premises"]) == (False, True)
    assert old["replaced_on"] == date(2019, 6, 1)


def test_outcome_definitions_name_main_types_and_only_one_counts_offences_taken_into_consideration():
    types = vocabulary.load("ho_outcomes")
    for name in choices("positive_outcome", DAY):
        assert set(positive_outcome(name, DAY).outcome_types) <= set(types.codes())
    assert "4" not in positive_outcome("charge_and_out_of_court", DAY).outcome_types
    assert "4" in positive_outcome("with_taken_into_consideration", DAY).outcome_types
    # The list itself says which types belong: Y, or N with a remark.
    told = {
        row.code for row in types.rows if row.attributes["positive_oocd_def"] == "Y" and row.code.isdigit()
    }
    assert set(positive_outcome("charge_and_out_of_court", DAY).outcome_types) == told


def test_the_judicial_types_of_fraud_are_unconfirmed_and_those_in_doubt_are_named():
    found = judicial_outcome(DAY)
    rows = [row for row in vocabulary.load("ho_outcomes").rows if row.code.isdigit()]
    told = {row.code: row.attributes["judicial_nfib_def"] for row in rows}
    assert set(found.outcome_types) == {code for code, text in told.items() if text.startswith("Y")}
    assert set(found.disputed_types) == {code for code, text in told.items() if text == "Y (unconfirmed)"}
    assert found.status == "unconfirmed"


def test_the_triage_codes_are_codes():
    assert set(policy.value_on("fraud_triage.romance_codes", DAY).value) <= set(
        vocabulary.load("nfib_codes").codes()
    )
