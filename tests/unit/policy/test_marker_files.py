"""Marker files: one folder, one family of names, and a force's own over the shipped ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from fourfold import policy
from fourfold.home import Home, WrongUseError
from fourfold.pipeline.doctor import examine
from fourfold.pipeline.paper import override_files
from fourfold.policy.marker_definitions import as_policy, definition_of, marker, markers

DAY = date(2022, 1, 5)


def own(
    folder: Path, name: str = "courier_fraud", drop: str = "", new: bool = False, **parts: object
) -> Path:
    """Write a force's own marker: the shipped courier fraud with parts changed, from 2021."""
    value = as_policy(marker("courier_fraud", DAY)) | parts
    value.pop(drop, None)
    entry = {
        "title": "Own",
        "values": [{"value": value, "from": date(2021, 1, 1), "source": "Force order 7"}],
    }
    path = folder / "markers" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({name: entry | ({"new": True} if new else {})}), encoding="utf-8")
    return path


def test_the_seven_shipped_markers_are_there_by_name():
    assert [one.name for one in markers(DAY)] == [
        "car_key_burglary",
        "courier_fraud",
        "crash_for_cash",
        "keyless_theft",
        "recovery_fraud",
        "remote_access_fraud",
        "shop_worker_violence",
    ]


def test_a_forces_own_goes_before_the_shipped_one_from_its_day(tmp_path):
    own(tmp_path, owner="Somebody else")
    assert marker("courier_fraud", DAY, tmp_path).owner == "Somebody else"
    assert marker("courier_fraud", date(2020, 12, 31), tmp_path).owner == marker("courier_fraud", DAY).owner


def test_what_finds_records_makes_another_version_and_who_owns_it_does_not(tmp_path):
    shipped = marker("courier_fraud", date(2021, 1, 1))
    own(tmp_path, fields=["nfib_code"])
    changed = marker("courier_fraud", DAY, tmp_path)
    assert changed.version.rpartition("/")[2] != shipped.version.rpartition("/")[2]
    own(tmp_path, owner="Somebody else")
    assert (
        marker("courier_fraud", DAY, tmp_path).version.rpartition("/")[2]
        == shipped.version.rpartition("/")[2]
    )


def test_a_new_marker_of_a_forces_own_stands_among_the_others(tmp_path):
    own(tmp_path, "local_thing", new=True)
    assert "local_thing" in [one.name for one in markers(DAY, tmp_path)]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"drop": "owner"}, "it lacks owner"),
        ({"cues": "courier"}, "cues must be a list, and is text"),
        (
            {"name": "courier_frauds"},
            "there is no markers.courier_frauds to replace. Did you mean markers.courier_fraud",
        ),
    ],
)
def test_a_marker_of_another_shape_is_refused_with_what_is_wrong(tmp_path, told, words):
    own(tmp_path, **told)
    with pytest.raises(WrongUseError, match=words):
        policy.check(tmp_path)


def test_a_text_column_that_is_not_the_records_own_is_refused(tmp_path):
    own(tmp_path, text="mo_text")
    with pytest.raises(WrongUseError, match="record and text must be fraud_report with narrative"):
        markers(DAY, tmp_path)


def test_policys_version_changes_with_a_marker(tmp_path):
    before = policy.version(tmp_path)
    own(tmp_path, owner="Somebody else")
    assert policy.version(tmp_path) != before


def test_a_paper_keeps_a_forces_own_markers(home: Home):
    home.prepare()
    path = own(home.policy, owner="Somebody else")
    assert dict(override_files(home))["policy/markers/courier_fraud.yaml"] == path.read_text(encoding="utf-8")


def test_a_definition_written_as_policy_is_read_as_it_was():
    for one in markers(DAY):
        value = policy.value_on(f"markers.{one.name}", DAY)
        again = definition_of(type(value)(**{**value.__dict__, "value": as_policy(one)}), DAY)
        assert again.cues == one.cues
        assert again.scope == one.scope
        assert again.what_it_is_not == one.what_it_is_not


def test_the_definition_of_business_crime_must_exist():
    with pytest.raises(WrongUseError, match=r"no policy value definitions\.business_crime\.acpo_2013"):
        marker("shop_worker_violence", DAY, by="acpo_2013")


def test_doctor_names_a_marker_that_weighs_what_it_may_not(home: Home):
    home.prepare()
    own(home.policy, fields=["ethnicity"])
    wrong = [item for item in examine(home) if item.subject == "policy" and item.state == "wrong"]
    assert ["ethnicity may not be weighed" in item.words for item in wrong] == [True]
