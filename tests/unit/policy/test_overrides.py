"""A force's own values: taken with date and source, refused without, all faults told at once."""

from __future__ import annotations

import os
from datetime import date

import pytest

from fourfold import policy
from fourfold.home import WrongUseError
from fourfold.policy.breaks import breaks_between

GOOD = "age_at_least:\n  values:\n    - {value: 65, from: 2026-04-01, source: Force policy 12}\n"


def test_what_a_force_changed_is_listed_old_beside_new(tmp_path):
    (tmp_path / "fraud_triage.yaml").write_text(GOOD)
    (tmp_path / "local_limits.yaml").write_text(
        "charging_decision_due_days:\n  values:\n"
        "    - {value: 28, from: 2026-04-01, source: Local agreement 2026}\n"
    )
    found = {one.name: one for one in policy.overrides_in(tmp_path)}
    assert [(o.old_value, o.new_value) for o in found.values()] == [(70, 65), (None, 28)]
    line = found["local_limits.charging_decision_due_days"].words
    assert line == (
        "local_limits.charging_decision_due_days: no limit set -> 28 days "
        "(from 2026-04-01; Local agreement 2026; local_limits.yaml)"
    )
    assert policy.value_on("fraud_triage.age_at_least", date(2026, 4, 1), tmp_path).status == "local"


def test_an_empty_or_missing_folder_changes_nothing(tmp_path):
    assert policy.overrides_in(tmp_path) == []
    assert policy.overrides_in(tmp_path / "none") == []
    (tmp_path / "fraud_triage.yaml").write_text("# nothing yet\n")
    policy.check(tmp_path)
    assert policy.value_on("fraud_triage.age_at_least", date(2026, 4, 1), tmp_path).value == 70


def one_value(fields: str) -> str:
    return f"age_at_least:\n  values:\n    - {{{fields}}}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (one_value("value: 65, source: Memo"), "fraud_triage.yaml, age_at_least: it has no date"),
        (one_value("value: 65, from: April 2026, source: Memo"), "it has no date"),
        (one_value("value: 65, from: 2026-04-01"), "fraud_triage.yaml, age_at_least: it has no source"),
        (one_value("value: 65, from: 2026-04-01, source: ''"), "it has no source"),
        (one_value("from: 2026-04-01, source: Memo"), "the value itself is missing"),
        (one_value("value: null, from: 2026-04-01, source: Memo"), "`unset` does not say"),
        (one_value("value: 65, from: 2026-04-01, to: 2026-03-31, source: Memo"), "`to` is before `from`"),
        (one_value("value: 65, from: 2026-04-01, sorce: Memo"), "a value has no field 'sorce'"),
        (one_value("value: seventy, from: 2026-04-01, source: Memo"), "must be a number, and is text"),
        (one_value("value: true, from: 2026-04-01, source: Memo"), "must be a number, and is true or false"),
        ("age_at_least: 65\n", "it needs `values`"),
        (GOOD.replace("least", "lest"), "Did you mean fraud_triage.age_at_least"),
        ("age_at_least: [\n", "fraud_triage.yaml cannot be read"),
        (GOOD + GOOD, "age_at_least is given twice"),
        ("- 65\n", "it must hold names with their values"),
        (GOOD + "    - {value: 60, from: 2026-05-01, source: Memo}\n", "two values hold on 2026-05-01"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_and_key(tmp_path, text, told):
    (tmp_path / "fraud_triage.yaml").write_text(text)
    for use in (
        lambda: policy.check(tmp_path),
        lambda: policy.overrides_in(tmp_path),
        lambda: policy.value_on("audit.sample_size", date(2026, 4, 1), tmp_path),
    ):
        with pytest.raises(WrongUseError) as error:
            use()
        assert told in str(error.value)


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    (tmp_path / "fraud_triage.yaml").write_text(one_value("value: 65"))
    (tmp_path / "audit.yaml").write_text("sample_size:\n  values:\n    - {value: 300, from: 2026-04-01}\n")
    with pytest.raises(WrongUseError) as error:
        policy.check(tmp_path)
    told = str(error.value)
    assert "fraud_triage.yaml, age_at_least: it has no date" in told
    assert "fraud_triage.yaml, age_at_least: it has no source" in told
    assert "audit.yaml, sample_size: it has no source" in told


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "audit.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WrongUseError, match=r"audit\.yaml cannot be read"):
        policy.check(tmp_path)


DUTY = """
OWN-1:
  title: Call the victim back
  new: true
  values:
    - from: 2026-04-01
      source: Force policy 31
      value:
        right: local
        kind: duty
        duty_holder: police
        applies_to: all
        starts_when: crime recorded
        starts: [crime_recorded]
        counted_from: happened_at
        satisfied_by: [victim_updated]
        limit_standard: 3
        limit_enhanced: 1
        unit: working_day
"""


def test_a_force_adds_a_duty_without_code(tmp_path):
    (tmp_path / "victims_code.yaml").write_text(DUTY)
    policy.check(tmp_path)
    found = {value.name for value in policy.entries("victims_code.", date(2026, 4, 1), tmp_path)}
    assert len(found) == 29
    assert "victims_code.OWN-1" in found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("limit_standard: 3", "limit_standrd: 3", "victims_code.yaml, OWN-1: it lacks limit_standard"),
        (
            "limit_standard: 3",
            "limit_standard: three",
            "limit_standard must be a number or empty, and is text",
        ),
        ("starts: [crime_recorded]", "starts: crime_recorded", "starts must be a list, and is text"),
        ("  new: true\n", "", "there is no victims_code.OWN-1 to replace"),
    ],
)
def test_a_duty_of_the_wrong_shape_is_refused(tmp_path, old, new, told):
    (tmp_path / "victims_code.yaml").write_text(DUTY.replace(old, new))
    with pytest.raises(WrongUseError) as error:
        policy.check(tmp_path)
    assert told in str(error.value)


BREAK = """
west_midlands_connect:
  title: Connect
  values:
    - from: 2021-04-12
      source: Force change log
      value: {kind: break, day: 2021-04-12, subjects: [police_recorded_crime], offence_groups: [],
              forces: [west-midlands], changed: A new crime system.}
"""


def test_a_force_that_knows_the_day_of_a_break_narrows_it(tmp_path):
    start, end = date(2021, 6, 1), date(2021, 12, 31)
    assert len(breaks_between(start, end, "robbery", "west-midlands")) == 1
    (tmp_path / "series_breaks.yaml").write_text(BREAK)
    assert breaks_between(start, end, "robbery", "west-midlands", tmp_path) == []
    assert breaks_between(date(2021, 1, 1), end, "robbery", "west-midlands", tmp_path)[0].day_is_known


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("police_recorded_crime", "police_crime", "unknown: police_crime"),
        ("day: 2021-04-12", "day: null", "it needs not_before and not_after"),
        ("day: 2021-04-12", "on: 2021-04-12", "it lacks day"),
        ("kind: break", "kind: brake", "kind is break or gap"),
    ],
)
def test_a_break_that_could_never_match_is_refused(tmp_path, old, new, told):
    (tmp_path / "series_breaks.yaml").write_text(BREAK.replace(old, new))
    with pytest.raises(WrongUseError) as error:
        policy.check(tmp_path)
    assert told in str(error.value)


def test_the_version_follows_the_force_s_own_values(tmp_path):
    shipped = policy.version()
    assert policy.version(tmp_path) == shipped == policy.version()
    (tmp_path / "fraud_triage.yaml").write_text(GOOD)
    assert policy.version(tmp_path) != shipped


def test_a_file_that_changed_is_read_again(tmp_path):
    path = tmp_path / "fraud_triage.yaml"
    path.write_text(GOOD)
    assert policy.value_on("fraud_triage.age_at_least", date(2026, 4, 1), tmp_path).value == 65
    path.write_text(GOOD.replace("65", "60"))
    os.utime(path, ns=(1, 1))
    assert policy.value_on("fraud_triage.age_at_least", date(2026, 4, 1), tmp_path).value == 60
