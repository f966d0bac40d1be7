"""A paper is made again from what it recorded, byte for byte, whatever has changed in the home since."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from fourfold.home import DataProblemError, Home
from fourfold.lake import Lake
from fourfold.pipeline import paper as module
from fourfold.pipeline.paper import FILE, STAFF_TEXT, make_paper, rebuild
from fourfold.pipeline.refresh import refresh
from fourfold.products.document import to_json

FORCE, LAST_MONTH = "aldermere", date(2021, 12, 1)
STAFF_WORDS = "The board is asked to note the report."
OWN_THRESHOLD = """
threshold_public:
  values:
    - value: {value}
      from: 2018-01-01
      source: policy of the made-up force
      status: local
"""


@pytest.fixture(scope="module")
def made(small_force: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with own policy and staff text, and a paper made from it in `paper`."""
    folder = Path(shutil.copytree(small_force, tmp_path_factory.mktemp("made") / "home"))
    home = Home(folder)
    (home.policy / "disclosure.yaml").write_text(OWN_THRESHOLD.format(value=6), encoding="utf-8")
    (home.papers / STAFF_TEXT).mkdir(parents=True)
    (home.papers / STAFF_TEXT / "purpose.md").write_text(STAFF_WORDS, encoding="utf-8")
    (folder / "paper").mkdir()
    (folder / "paper" / f"{FILE}.json").write_text(
        to_json(make_paper(home, FORCE, LAST_MONTH)), encoding="utf-8"
    )
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(made, tmp_path / "home")))


def paper(home: Home) -> Path:
    return home.path / "paper" / f"{FILE}.json"


def assert_same(home: Home) -> None:
    again = rebuild(home, paper(home))
    assert again.differences == ()
    assert again.same
    assert to_json(again.document) == paper(home).read_text(encoding="utf-8")


def test_a_paper_is_the_same_at_once_and_holds_all_it_was_made_from(home):
    told = json.loads(paper(home).read_text(encoding="utf-8"))["made_from"]
    assert told["manifest"] == Lake(home.lake).current().name
    assert dict(told["staff_text"]) == {"purpose": STAFF_WORDS}
    assert "policy/disclosure.yaml" in dict(told["overrides"])
    assert_same(home)


def test_a_paper_is_the_same_after_later_loads_and_a_refresh(home):
    lake = Lake(home.lake)
    with lake.load("later") as load:
        crimes = lake.scan("crime").collect()
        load.upsert(
            "crime",
            crimes.with_columns(status=pl.lit("cancelled"), cancelled_on=date(2022, 1, 1)),
            ["crime_ref"],
            ["status", "cancelled_on"],
        )
        load.replace_all("fraud_report", lake.scan("fraud_report").collect().head(5))
    refresh(home)
    other = make_paper(home, FORCE, LAST_MONTH)
    assert to_json(other) != paper(home).read_text(encoding="utf-8"), "the loads changed nothing"
    assert_same(home)


def change_policy(home: Home) -> None:
    (home.policy / "disclosure.yaml").write_text(OWN_THRESHOLD.format(value=50), encoding="utf-8")


def delete_policy(home: Home) -> None:
    shutil.rmtree(home.policy)
    shutil.rmtree(home.vocabulary)


def break_policy(home: Home) -> None:
    (home.policy / "disclosure.yaml").write_text("threshold_public: 5", encoding="utf-8")


def change_staff_text(home: Home) -> None:
    (home.papers / STAFF_TEXT / "purpose.md").write_text("Other words.", encoding="utf-8")


def delete_staff_text(home: Home) -> None:
    shutil.rmtree(home.papers)


def change_settings(home: Home) -> None:
    home.settings_file.write_text('force = "kent"\nmade_up = false', encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [change_policy, delete_policy, break_policy, change_staff_text, delete_staff_text, change_settings],
    ids=lambda change: change.__name__,
)
def test_a_paper_is_the_same_whatever_changed_in_the_home(home, change):
    change(home)
    assert_same(Home(home.path))


@pytest.mark.parametrize(
    ("what", "patched", "value"),
    [
        ("code", "__version__", "9.9.9"),
        ("policy", "policy.version", lambda folder=None: "newpolicy000"),
        ("vocabulary", "vocabulary.version", lambda folder=None: "newvocab0000"),
    ],
)
def test_another_version_is_named_and_not_passed_over(home, monkeypatch, what, patched, value):
    here = value if isinstance(value, str) else value()
    told = json.loads(paper(home).read_text(encoding="utf-8"))["made_from"]
    owner, _, name = patched.rpartition(".")
    monkeypatch.setattr(getattr(module, owner) if owner else module, name, value)
    with pytest.raises(DataProblemError) as caught:
        rebuild(home, paper(home))
    assert f"another version: {what} {told[what]} (here {here})" in caught.value.what


def test_a_paper_that_somebody_changed_is_found_and_the_change_is_shown(home):
    text = paper(home).read_text(encoding="utf-8")
    changed = text.replace(STAFF_WORDS, "The board is asked to rejoice.", 1)
    paper(home).write_text(changed, encoding="utf-8")
    again = rebuild(home, paper(home))
    assert not again.same
    assert any("rejoice" in line for line in again.differences)


def test_a_rebuild_changes_nothing_in_the_home(home):
    before = {path: path.stat().st_mtime_ns for path in home.path.rglob("*") if path.is_file()}
    assert_same(home)
    assert {path: path.stat().st_mtime_ns for path in home.path.rglob("*") if path.is_file()} == before


def test_a_paper_of_a_manifest_that_is_not_here_is_refused_in_words(home, small_force):
    told = json.loads(paper(home).read_text(encoding="utf-8"))
    told["made_from"]["manifest"] = "000099"
    paper(home).write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(Exception, match="There is no manifest 000099"):
        rebuild(home, paper(home))
