"""The whole made-up force: one call, the same bytes each time, every file readable, errors in plain words."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml

from fourfold import policy
from fourfold.home import SETTINGS, WrongUseError
from fourfold.policy.overrides import overrides_in
from fourfold.synthetic.force import make_force


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    return make_force(tmp_path_factory.mktemp("small"), scale=0.01, seed=1)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_same_seed_same_bytes_and_another_seed_others(force, tmp_path):
    again = make_force(tmp_path / "again", scale=0.01, seed=1)
    assert digests(again.received.parent) == digests(force.received.parent)
    other = make_force(tmp_path / "other", scale=0.01, seed=2)
    assert digests(other.received) != digests(force.received)


def test_truth_and_policy_lie_outside_what_is_received(force):
    assert not force.truth.is_relative_to(force.received)
    assert not force.policy.is_relative_to(force.received)
    assert not list(force.received.rglob("*truth*"))
    for file in force.received.rglob("*.csv"):
        headings = file.open("rb").readline().decode("cp1252", errors="replace")
        assert "true_" not in headings


def test_settings_are_known_and_say_that_all_is_made_up(force):
    assert set(force.settings) <= set(SETTINGS)
    assert force.settings["made_up"] == "true"
    told = json.loads((force.truth / "made_with.json").read_text(encoding="utf-8"))
    assert told["scale"] == 0.01


def test_own_files_are_read_whole(force, take_in):
    counts = {}
    for name in ("areas", "protect", "staffing", "partners"):
        for file in sorted((force.received / name).glob("*.csv")):
            intake = take_in(file)
            assert intake.accepted.height == intake.received, (file.name, intake.quarantined["words"][:3])
            counts[intake.contract.source] = counts.get(intake.contract.source, 0) + intake.received
    assert counts["areas"] == 400
    assert counts["population"] == 3 * 400 * 10 * 2
    assert {"protect_activity", "staffing", "partner_series"} <= set(counts)


def test_those_lent_to_homicide_come_from_economic_crime_and_are_back(force, take_in):
    staffing = take_in(force.received / "staffing" / "staffing.csv").accepted
    months = staffing.group_by("month").agg(pl.col("seconded_out_fte").sum(), pl.col("seconded_in_fte").sum())
    assert (months["seconded_out_fte"] == months["seconded_in_fte"]).all()
    assert months["seconded_out_fte"].max() == 8.0
    assert months.filter(pl.col("month") >= date(2021, 11, 1))["seconded_out_fte"].max() == 0.0


def test_made_up_series_say_so_and_published_ones_name_their_source(force, take_in):
    series = take_in(force.received / "partners" / "partner-series.csv").accepted
    made_up = series.filter(pl.col("provider").is_in(["Chainalysis", "National Crime Agency"]))
    assert made_up.height == 48
    assert made_up["series"].str.contains("made up").all()
    courier = series.filter(pl.col("series") == "Courier fraud victims")
    assert courier["value"].to_list() == [3_625.0]
    assert series["revision"].is_not_null().all()


def test_own_policy_is_accepted_dated_and_cited(force):
    found = overrides_in(force.policy)
    written = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in force.policy.glob("*.yaml")]
    assert len(found) == sum(len(entries) for entries in written) > 30
    assert all("Aldermere Police (made up), policy of" in one.new.source for one in found)
    threshold = policy.value_on("fraud_triage.risk_score_at_least", date(2021, 6, 1), force.policy)
    assert threshold.is_set
    assert not policy.value_on("fraud_triage.risk_score_at_least", date(2021, 6, 1)).is_set


def test_small_force_keeps_the_printed_figures_roughly(force):
    told = json.loads((force.truth / "fraud_calibration.json").read_text(encoding="utf-8"))
    assert (told["2020"]["reports"], told["2021"]["reports"]) == (133, 156)
    assert told["2021"]["mean_stated_loss_above_nought_gbp"]["individuals"] == 4_599.00


def test_a_folder_in_use_is_refused(force):
    with pytest.raises(WrongUseError, match="already holds files"):
        make_force(force.received.parent, scale=0.01)


@pytest.mark.parametrize("scale", [0, -1, 1_000])
def test_an_impossible_scale_is_refused(tmp_path, scale):
    with pytest.raises(WrongUseError, match="cannot be made"):
        make_force(tmp_path, scale=scale)


def test_an_impossible_seed_is_refused(tmp_path):
    with pytest.raises(WrongUseError, match="seed"):
        make_force(tmp_path, scale=0.01, seed=-1)
