"""Reading a value on a date, at the edges of its time and of its name."""

from __future__ import annotations

from datetime import date

import pytest

from fourfold import policy
from fourfold.home import WrongUseError
from fourfold.policy.store import shipped_entries

STATUSES = {"confirmed", "partial", "unconfirmed", "from general knowledge", "our choice", "local"}


def test_every_shipped_value_has_title_source_status_and_date():
    for name in policy.names():
        for value in policy.history(name):
            assert value.title, name
            assert value.source, name
            assert value.status in STATUSES or value.status.startswith("confirmed "), (name, value.status)
            assert value.is_set or value.unset, name


def test_every_shipped_part_is_a_word():
    # YAML reads a bare `on` or `yes` as true; such a part could never be found again.
    for entry in shipped_entries().values():
        for value in entry.values:
            parts = value.value if isinstance(value.value, list) else [value.value]
            for part in parts:
                assert not isinstance(part, dict) or all(isinstance(key, str) for key in part), entry.name
            assert not any(isinstance(part, bool) for part in parts if isinstance(value.value, list)), (
                entry.name
            )


TWO_VALUES = """
age_at_least:
  values:
    - {value: 65, from: 2024-04-01, to: 2025-03-31, source: Force policy 7}
    - {value: 60, from: 2025-04-01, source: Force policy 9}
"""


@pytest.mark.parametrize(
    ("on", "value", "overridden"),
    [
        (date(2018, 1, 1), 70, False),
        (date(2024, 3, 31), 70, False),
        (date(2024, 4, 1), 65, True),
        (date(2025, 3, 31), 65, True),
        (date(2025, 4, 1), 60, True),
        (date(2026, 11, 23), 60, True),
    ],
)
def test_the_value_of_each_day(tmp_path, on, value, overridden):
    (tmp_path / "fraud_triage.yaml").write_text(TWO_VALUES)
    found = policy.value_on("fraud_triage.age_at_least", on, tmp_path)
    assert (found.value, found.overridden) == (value, overridden)


def test_a_day_before_the_first_value_is_told_with_when_it_begins():
    with pytest.raises(WrongUseError, match="on 31 December 2017: it holds from 1 January 2018"):
        policy.value_on("fraud_triage.age_at_least", date(2017, 12, 31))


@pytest.mark.parametrize("name", ["fraud_triage.age_at_lest", "age_at_least", "fraud.age_at_least"])
def test_an_unknown_name_suggests_the_nearest(name):
    with pytest.raises(WrongUseError, match=r"Did you mean fraud_triage\.age_at_least\?"):
        policy.value_on(name, date(2022, 1, 1))


def test_a_name_like_none_is_told_without_a_suggestion():
    with pytest.raises(WrongUseError, match=r"There is no policy value zzz\. `fourfold"):
        policy.value_on("zzz", date(2022, 1, 1))


def test_entries_leave_out_what_does_not_hold_yet():
    before = {value.name for value in policy.entries("lockdowns.", date(2020, 12, 31))}
    assert before == {"lockdowns.first", "lockdowns.second"}


def test_a_value_handed_out_can_be_changed_without_changing_the_policy():
    found = policy.value_on("fraud_triage.romance_codes", date(2022, 1, 1))
    found.value.append("NFIB1A")
    assert policy.value_on("fraud_triage.romance_codes", date(2022, 1, 1)).value == ["NFIB1D"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fraud_triage.age_at_least", "70 years"),
        ("fraud_triage.romance_codes", "NFIB1D"),
        ("disclosure.secondary_suppression", "yes"),
        ("paper.average_of_averages_allowed", "no"),
        ("definitions.default_neighbourhood_crime", "national"),
    ],
)
def test_a_value_in_words(name, words):
    assert policy.value_on(name, date(2022, 1, 1)).words == words
