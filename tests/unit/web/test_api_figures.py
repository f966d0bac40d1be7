"""Figures and batches as programs read them: page by page, small counts hidden, one read of the lake a manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from api_ground import Program, program_of, small_force

from fourfold.home import Home


@pytest.fixture(scope="module")
def force(web: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return small_force(tmp_path_factory.mktemp("api"))


@pytest.fixture
def analyst(force: Home, make_person: Callable[..., Any]) -> Iterator[Program]:
    from django.test import override_settings

    with override_settings(HOME=force):
        yield program_of(make_person("analyst"))


def test_the_standing_figures_are_listed_page_by_page(analyst: Program) -> None:
    names = [one["name"] for one in analyst.items("/api/figures")]
    assert names == sorted(set(names))
    assert "fraud.reports[force=kent]@2021" in names
    whole = analyst.ask("/api/figures?limit=200").json()
    assert [one["name"] for one in whole["items"]] == names
    assert whole["next"] is None


def test_a_measure_brings_its_changes_and_no_other_measure(analyst: Program) -> None:
    names = [one["name"] for one in analyst.ask("/api/figures?measure=fraud.reports").json()["items"]]
    assert {name.partition("[")[0] for name in names} == {"fraud.reports", "fraud.reports.change"}


def test_a_figure_says_its_value_interval_definition_and_origin(analyst: Program) -> None:
    told = analyst.ask("/api/figures/fraud.reports.change[force=kent]@2021~2020").json()
    assert told["value"] == pytest.approx((33 / 24 - 1) * 100)
    assert told["lower"] < told["value"] < told["upper"]
    assert told["n"] == 57
    assert told["parts"]["now"] == 33
    assert told["definition"]
    assert told["origin"]["manifest"] == analyst.ask("/api/figures").json()["manifest"]
    assert told["made_up"] is True


def test_a_name_without_a_force_means_this_installations_own(analyst: Program) -> None:
    told = analyst.ask("/api/figures/fraud.reports@2021").json()
    assert (told["name"], told["value"]) == ("fraud.reports[force=kent]@2021", 33)


def test_a_small_count_is_hidden_in_the_list_and_by_name(analyst: Program) -> None:
    name = "fraud.unknown_code[force=kent]@2021"
    alone = analyst.ask(f"/api/figures/{quote(name)}").json()
    listed = [one for one in analyst.items("/api/figures") if one["name"].startswith("fraud.unknown_code")]
    assert listed
    for told in (alone, *listed):
        assert told["state"] in ("suppressed", "missing")
        assert (told["value"], told["lower"], told["n"]) == (None, None, None)
    assert alone["parts"] == {}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fraud.report@2021", "Is 'fraud.reports' meant?"),
        ("fraud.reports[distrct=x]@2021", "cannot be sliced by 'distrct'"),
        ("rubbish", "is not a figure's name"),
    ],
)
def test_a_name_that_asks_for_nothing_is_not_found_and_the_near_one_named(
    name: str, words: str, analyst: Program
) -> None:
    answer = analyst.ask(f"/api/figures/{name}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_a_value_that_no_record_has_is_hinted_at(analyst: Program) -> None:
    told = analyst.ask("/api/figures/fraud.reports[nfib_code=NFIB1d]@2021").json()
    assert told["hints"] == ["No record of any period has nfib_code 'NFIB1d'. Is 'NFIB1D' meant?"]


def test_a_second_request_reads_no_record(analyst: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from fourfold.web.api import standing

    first = analyst.ask("/api/figures/fraud.reports@2021").json()
    analyst.ask("/api/figures")
    monkeypatch.setattr(standing, "trace_figure", None)
    assert analyst.ask("/api/figures/fraud.reports@2021").json() == first
    assert analyst.ask("/api/figures").status_code == 200


def test_a_new_load_makes_new_figures(analyst: Program, force: Home, tmp_path: Any) -> None:
    from api_ground import write_list

    from fourfold.pipeline.intake import take_in
    from fourfold.pipeline.refresh import refresh

    before = analyst.ask("/api/figures/fraud.reports[force=kent]@2019").json()
    write_list(tmp_path / "fraud-2019.csv", 24, year=2019, begin=900)
    take_in(force, [tmp_path / "fraud-2019.csv"])
    refresh(force)
    after = analyst.ask("/api/figures/fraud.reports[force=kent]@2019").json()
    assert (before["state"], after["state"], after["value"]) == ("missing", "known", 24)


def test_batches_are_listed_newest_first_and_add_up(analyst: Program) -> None:
    rows = list(analyst.items("/api/batches"))
    assert [row["told_at"] for row in rows] == sorted((row["told_at"] for row in rows), reverse=True)
    assert all(row["accepted"] + row["quarantined"] + row["unchanged"] == row["received"] for row in rows)
    one = rows[0]
    assert analyst.ask(f"/api/batches/{one['id']}").json() == one
    assert {row["state"] for row in analyst.ask("/api/batches?state=refused").json()["items"]} <= {"refused"}
    assert analyst.ask("/api/batches/none.0").status_code == 404


def test_a_cursor_that_leads_nowhere_is_said_to(analyst: Program) -> None:
    for address in ("/api/batches?after=none.0", "/api/figures?after=none"):
        answer = analyst.ask(address)
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:fourfold:problem:not-found")


def test_before_the_first_load_the_lists_are_empty(make_person: Callable[..., Any], tmp_path: Any) -> None:
    from django.test import override_settings

    with override_settings(HOME=Home(tmp_path / "empty")):
        program = program_of(make_person("analyst"))
        assert program.ask("/api/figures").json() == {"manifest": "", "items": [], "next": None}
        assert program.ask("/api/batches").json()["items"] == []
        answer = program.ask("/api/figures/fraud.reports[force=kent]@2021")
        assert (answer.status_code, answer.json()["detail"][:18]) == (404, "Nothing is loaded.")
