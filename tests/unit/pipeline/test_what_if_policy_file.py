"""A change written into the force's own policy file: earlier values and comments stay, and nothing is half-written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fourfold import policy
from fourfold.home import Home, WrongUseError
from fourfold.pipeline.policy_text import NewValue, text_with
from fourfold.pipeline.rule_change import PolicyChangedError, changed_policy, own_text

DAY = date(2026, 11, 23)
COMMENTED = """# Our own thresholds.

risk_score_at_least:
  title: Risk score from which a victim is referred
  values:
  # set by the chief officer's board
  - value: 60   # sixty of a hundred
    from: &id001 2018-01-01
    source: "Board, 1 January 2018"
    note: >-
      Sixty, until we know better.

# The scale goes with it.
risk_score_scale:
  title: The scale
  values:
    - {value: NFIB 0-100, from: *id001, source: "Board, 1 January 2018"}
"""


def new(key: str = "risk_score_at_least", value: object = 55, on: date = DAY, **facts: str) -> NewValue:
    return NewValue(key, "Its title", value, on, "Rule change 7 of 23 November 2026", **facts)


def home_with(folder: Path, text: str | None) -> Home:
    home = Home(folder)
    home.prepare()
    if text is not None:
        (home.policy / "fraud_triage.yaml").write_text(text, encoding="utf-8", newline="")
    return home


def test_earlier_values_and_comments_stay() -> None:
    made = text_with(COMMENTED, [new(), new("risk_score_scale", "A to Z"), new("age_at_least", 65)])
    kept = [line for line in made.splitlines() if line in COMMENTED.splitlines()]
    changed = [line for line in COMMENTED.splitlines() if line not in made.splitlines()]
    assert changed == ['    - {value: NFIB 0-100, from: *id001, source: "Board, 1 January 2018"}']
    assert len(kept) >= len(COMMENTED.splitlines()) - 1
    assert '    - {value: NFIB 0-100, from: *id001, source: "Board, 1 January 2018", to: 2026-11-22}' in made
    assert "    from: &id001 2018-01-01\n    to: 2026-11-22\n" in made
    assert made.index("Sixty, until") < made.index("- value: 55") < made.index("# The scale goes with it.")


def test_the_new_value_holds_from_its_day_and_the_old_one_until_the_day_before(tmp_path: Path) -> None:
    home = home_with(tmp_path, COMMENTED)
    with changed_policy(home, "fraud_triage", COMMENTED, [new(), new("age_at_least", 65)]):
        pass
    folder = home.policy
    assert policy.value_on("fraud_triage.risk_score_at_least", date(2026, 11, 22), folder).value == 60
    found = policy.value_on("fraud_triage.risk_score_at_least", DAY, folder)
    assert (found.value, found.source, found.status) == (55, "Rule change 7 of 23 November 2026", "local")
    assert (
        policy.value_on("fraud_triage.age_at_least", date(2026, 11, 22), folder).value == 70
    )  # the shipped one
    assert policy.value_on("fraud_triage.age_at_least", DAY, folder).value == 65
    assert [one.name for one in policy.overrides_in(folder) if one.valid_from == DAY] == [
        "fraud_triage.risk_score_at_least",
        "fraud_triage.age_at_least",
    ]


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "# no line end"])
def test_a_file_that_says_nothing_yet_is_begun(tmp_path: Path, text: str | None) -> None:
    home = home_with(tmp_path, text)
    with changed_policy(
        home, "fraud_triage", text or "", [new(value=None), new("risk_score_scale", "A: to #Z 🙂")]
    ):
        pass
    assert policy.value_on("fraud_triage.risk_score_at_least", DAY, home.policy).words == "not used"
    assert policy.value_on("fraud_triage.risk_score_scale", DAY, home.policy).value == "A: to #Z 🙂"
    assert own_text(home.policy, "fraud_triage").startswith(text or "# Values of the force's own")


def test_a_value_already_set_for_later_still_begins_on_its_day(tmp_path: Path) -> None:
    text = (
        "age_at_least:\n  values:\n    - {value: 65, from: 2027-04-01, source: Board}\n"
        "    - {value: 72, from: 2020-01-01, to: 2026-12-31, source: Board}\n"
    )
    home = home_with(tmp_path, text)
    with changed_policy(home, "fraud_triage", text, [new("age_at_least", 60)]):
        pass
    days = (date(2026, 11, 22), DAY, date(2027, 3, 31), date(2027, 4, 1))
    assert [policy.value_on("fraud_triage.age_at_least", day, home.policy).value for day in days] == [
        72,
        60,
        60,
        65,
    ]


def test_two_values_cannot_begin_on_one_day() -> None:
    once = text_with(COMMENTED, [new()])
    with pytest.raises(WrongUseError, match="from 2026-11-23 stands in the file already"):
        text_with(once, [new(value=50)])
    assert "value: 50" in text_with(once, [new(value=50, on=date(2026, 11, 24))])


@pytest.mark.parametrize(
    "text",
    [
        "age_at_least: {values: [{value: 71, from: 2020-01-01, source: Board},]}\n",
        "--- {}\n",
        "- a list\n",
        "age_at_least: [\n",
    ],
)
def test_a_text_that_cannot_be_added_to_safely_is_left_alone(tmp_path: Path, text: str) -> None:
    home = home_with(tmp_path, text)
    with pytest.raises(WrongUseError), changed_policy(home, "fraud_triage", text, [new("age_at_least", 65)]):
        pass
    assert own_text(home.policy, "fraud_triage") == text


def test_a_list_in_one_line_takes_a_value(tmp_path: Path) -> None:
    text = "age_at_least: {values: [{value: 71, from: 2020-01-01, source: Board}]}\n"
    home = home_with(tmp_path, text)
    with changed_policy(home, "fraud_triage", text, [new("age_at_least", 65)]):
        pass
    assert policy.value_on("fraud_triage.age_at_least", date(2026, 11, 22), home.policy).value == 71
    assert policy.value_on("fraud_triage.age_at_least", DAY, home.policy).value == 65


def test_a_file_that_changed_meanwhile_is_refused_with_both_texts(tmp_path: Path) -> None:
    home = home_with(tmp_path, COMMENTED)
    with (
        pytest.raises(PolicyChangedError) as told,
        changed_policy(home, "fraud_triage", "# older\n", [new()]),
    ):
        pass
    assert (told.value.seen, told.value.now) == ("# older\n", COMMENTED)
    assert own_text(home.policy, "fraud_triage") == COMMENTED


@pytest.mark.parametrize("text", [None, COMMENTED])
def test_if_what_follows_fails_the_file_is_as_it_was(tmp_path: Path, text: str | None) -> None:
    home = home_with(tmp_path, text)
    seen = []

    def stopped_half_way() -> None:
        with changed_policy(home, "fraud_triage", text or "", [new()]):
            seen.append(own_text(home.policy, "fraud_triage"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped_half_way()
    assert "value: 55" in seen[0]
    assert own_text(home.policy, "fraud_triage") == (text or "")
    assert (home.policy / "fraud_triage.yaml").exists() == (text is not None)


def test_a_value_of_the_wrong_kind_is_refused_and_nothing_written(tmp_path: Path) -> None:
    home = home_with(tmp_path, COMMENTED)
    with (
        pytest.raises(WrongUseError, match="the value must be"),
        changed_policy(home, "fraud_triage", COMMENTED, [new("age_at_least", "old")]),
    ):
        pass
    assert own_text(home.policy, "fraud_triage") == COMMENTED


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    text = COMMENTED.replace("\n", "\r\n")
    home = home_with(tmp_path, text)
    with changed_policy(home, "fraud_triage", text, [new()]):
        pass
    written = (home.policy / "fraud_triage.yaml").read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    assert policy.value_on("fraud_triage.risk_score_at_least", DAY, home.policy).value == 55
