"""Markers in the lake: what is new is scored, a model is adopted by somebody, rounds are read, markers are made."""

from __future__ import annotations

import dataclasses
import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from bench.marker_cases import made_up_reports

from fourfold.home import DataProblemError, Home, WrongUseError
from fourfold.lake import Lake
from fourfold.pipeline import marker_review as desk
from fourfold.pipeline.desk_decisions import take_decisions
from fourfold.pipeline.marker_training import adopt, retrain
from fourfold.pipeline.marking import Marking, open_marking
from fourfold.pipeline.new_marker import switch_on, what_it_would_find
from fourfold.pipeline.opening import open_figures
from fourfold.pipeline.refresh import refresh, stale_stages
from fourfold.policy.marker_definitions import Condition, Cue, marker

DAY = date(2022, 1, 5)
NAME = "courier_fraud"
REPORTS, TRUTH = made_up_reports(0.3, 1)


def opened(home: Home) -> Marking:
    return open_marking(open_figures(home, DAY))


def table(home: Home, name: str = "marker") -> pl.DataFrame:
    return Lake(home.lake).scan(name).collect()


def told(home: Home, frame: pl.DataFrame) -> None:
    with Lake(home.lake).load("test") as load:
        load.upsert(
            "fraud_report",
            frame,
            ["report_ref"],
            [name for name in frame.columns if name not in ("batch_id", "file_row", "told_at")],
        )


@pytest.fixture(scope="module")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with half a year less than all reports, marked, and a model of courier fraud trained from cues."""
    home = Home(tmp_path_factory.mktemp("markers") / "home")
    home.prepare()
    home.write_settings({"force": "aldermere", "made_up": "true"})
    told(home, REPORTS.filter(pl.col("reported_on") < date(2021, 7, 1)))
    refresh(home)
    adopt(home, retrain(opened(home), NAME), by="a.analyst", reason="the first, from cues")
    refresh(home)
    return home.path


@pytest.fixture
def trained(trained_once: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(trained_once, tmp_path / "home")))


def read_round(home: Home, seed: int = 3, reader: str = "one") -> None:
    take_decisions(home, [desk.new_round(opened(home), NAME, seed, "a.analyst")])
    marking = opened(home)
    lot = desk.current_round(marking, NAME)
    take_decisions(
        home,
        [desk.answer(marking, NAME, ref, "yes" if ref in TRUTH else "no", reader) for ref, _ in lot.records],
    )


def test_every_record_in_scope_stands_with_a_score_and_no_code_is_changed(trained):
    rows = table(trained).filter(pl.col("marker") == NAME)
    assert set(rows["state"]) == {"scored"}
    assert rows["probability"].null_count() == 0
    assert not rows["calibrated"].any()
    codes = table(trained, "fraud_report").select("report_ref", "nfib_code")
    assert codes.sort("report_ref").equals(
        REPORTS.filter(pl.col("reported_on") < date(2021, 7, 1))
        .select("report_ref", "nfib_code")
        .sort("report_ref")
    )


def test_without_a_model_a_marker_has_its_cues_alone(trained):
    rows = table(trained).filter(pl.col("marker") == "remote_access_fraud")
    assert set(rows["state"]) == {"cue_only", "not_scored"}
    assert rows["model"].null_count() == rows.height


def test_a_refresh_scores_what_is_new_and_leaves_the_rest(trained, monkeypatch):
    import fourfold.classify.markers as module

    scored: list[int] = []
    real = module.scored
    monkeypatch.setattr(
        module, "scored", lambda records, *rest: scored.append(records.height) or real(records, *rest)
    )
    before = table(trained)
    later = REPORTS.filter(pl.col("reported_on") >= date(2021, 7, 1)).with_columns(batch_id=pl.lit("later"))
    again = (
        REPORTS.filter(pl.col("reported_on") < date(2021, 7, 1))
        .head(1)
        .with_columns(
            batch_id=pl.lit("later"),
            narrative=pl.lit("A courier came to collect my card and PIN for the police."),
        )
    )
    told(trained, pl.concat([later, again]))
    assert "Markers" in stale_stages(trained)
    refresh(trained)
    after = table(trained)
    in_later = after.filter(pl.col("told_by").str.starts_with("later"))
    assert sum(scored) == in_later.height
    stood = after.join(in_later.select("record_ref"), on="record_ref", how="anti")
    assert stood.equals(
        before.join(in_later.select("record_ref"), on="record_ref", how="anti").select(stood.columns)
    )
    assert stale_stages(trained) == []


def test_scoring_again_from_nothing_gives_the_same_rows(trained):
    before = table(trained)
    with Lake(trained.lake).load("test") as load:
        load.replace_all("marker", before.clear())
        load.derived["marker"] = {}
    refresh(trained)
    assert table(trained).sort("marker", "record_ref").equals(before.sort("marker", "record_ref"))


def test_a_model_needs_a_person_and_a_reason_and_leaves_a_decision(trained):
    found = retrain(opened(trained), NAME)
    with pytest.raises(WrongUseError, match="by somebody, for a reason"):
        adopt(trained, found, by="a.analyst", reason=" ")
    decision = table(trained, "desk_decision").filter(pl.col("kind") == "marker_model")
    assert decision.select("subject_ref", "made_by", "reason").rows() == [
        (NAME, "a.analyst", "the first, from cues")
    ]
    assert found.model.name not in set(table(trained, "marker_model")["model"])


def test_a_round_that_is_read_trains_a_better_model_whose_effect_is_shown_first(trained):
    read_round(trained)
    marking = opened(trained)
    assert desk.next_to_read(marking, NAME, "one") is None
    assert desk.next_to_read(marking, NAME, "two") is not None
    counted = desk.counts(marking, NAME)
    assert counted.read == 300
    assert counted.confirmed + counted.rejected == 300
    true = len(TRUTH & set(table(trained).filter(pl.col("marker") == NAME)["record_ref"]))
    assert counted.estimate.lower <= true <= counted.estimate.upper
    standing = table(trained, "marker_model")["model"].unique().to_list()
    found = retrain(marking, NAME)
    assert found.effect.precision > found.effect.precision_before
    assert table(trained, "marker_model")["model"].unique().to_list() == standing
    adopt(trained, found, by="a.analyst", reason="after the first round")
    refresh(trained)
    rows = table(trained).filter(pl.col("marker") == NAME)
    assert rows["calibrated"].all()
    assert rows.filter(pl.col("state") == "confirmed").height == counted.confirmed
    assert desk.counts(opened(trained), NAME).estimate is not None


def test_an_answer_is_undone_by_a_later_one_and_a_second_reader_gives_kappa(trained):
    read_round(trained)
    marking = opened(trained)
    lot = desk.current_round(marking, NAME)
    ref = next(ref for ref, _ in lot.records if ref in TRUTH)
    take_decisions(trained, [desk.answer(marking, NAME, ref, "undone", "one")])
    marking = opened(trained)
    assert desk.next_to_read(marking, NAME, "one")["record_ref"] == ref
    take_decisions(
        trained,
        [
            desk.answer(marking, NAME, other, "yes" if other in TRUTH else "no", "two")
            for other, _ in lot.records[:40]
        ],
    )
    marking = opened(trained)
    agreed = desk.agreement(marking, NAME)
    assert agreed.read in (39, 40)
    assert agreed.kappa.floats()[0] == pytest.approx(1.0)
    assert table(trained, "desk_decision").filter(pl.col("subject_ref") == ref).height >= 2


def test_decisions_that_are_not_in_the_lake_yet_count_already(trained):
    take_decisions(trained, [desk.new_round(opened(trained), NAME, 3, "a.analyst")])
    marking = opened(trained)
    first = desk.next_to_read(marking, NAME, "one")
    made = desk.answer(marking, NAME, first["record_ref"], "no", "one")
    pending = pl.DataFrame([{**made, "value": json.dumps(made["value"])}]).with_columns(
        batch_id=pl.lit("register"), file_row=pl.lit(1), told_at=pl.col("made_at")
    )
    with_it = open_marking(open_figures(trained, DAY), pending)
    assert desk.next_to_read(with_it, NAME, "one")["record_ref"] != first["record_ref"]


def test_where_it_hides_and_how_it_moves(trained):
    read_round(trained)
    marking = opened(trained)
    places = {place.title: count for place, count in desk.hiding_places(marking, NAME)}
    other = places["Other fraud (NFIB90)"]
    rows = table(trained).filter(pl.col("marker") == NAME)
    codes = REPORTS.select(record_ref="report_ref", code="nfib_code")
    assert other.in_scope == rows.join(codes, on="record_ref").filter(pl.col("code") == "NFIB90").height
    moved = desk.change(
        marking, NAME, (date(2021, 1, 1), date(2021, 6, 30)), (date(2020, 1, 1), date(2020, 6, 30))
    )
    assert moved.lower <= moved.value <= moved.upper
    months = desk.months(marking, NAME)
    assert months.height == 18
    assert months["estimate"].sum() == pytest.approx(float(desk.counts(marking, NAME).estimate.value))


def test_too_few_to_learn_from_is_said(trained):
    with pytest.raises(DataProblemError, match="Too few records carry crash for cash"):
        retrain(opened(trained), "crash_for_cash")


def family_message():
    told = REPORTS.filter(pl.col("narrative").str.to_lowercase().str.contains("hi (mum|dad)")).filter(
        (pl.col("nfib_code") == "NFIB90") & (pl.col("victim_type") == "individual")
    )
    cue = Cue("a relation with a new number", (Condition("narrative", r"\bhi (mum|dad)\b"),))
    definition = dataclasses.replace(
        marker(NAME, DAY),
        name="family_message",
        title="Message from a relation in need",
        label="Message from a relation in need",
        what_it_is="Somebody poses as a son, daughter or friend with a new number who needs a bill paid.",
        cues=(cue,),
    )
    return definition, told["report_ref"].sort().head(10).to_list()


@pytest.fixture
def with_all(trained: Home) -> Home:
    told(trained, REPORTS.filter(pl.col("reported_on") >= date(2021, 7, 1)))
    return trained


def test_a_new_marker_shows_what_it_would_find_and_is_then_switched_on(with_all):
    definition, examples = family_message()
    found = what_it_would_find(opened(with_all), definition, examples)
    stories = found.found.join(REPORTS, left_on="record_ref", right_on="report_ref")
    assert found.by_likeness > found.by_cue >= 10
    assert set(found.by_month["month"].dt.year()) == {2021}
    assert stories.filter(pl.col("is_example")).height == 10
    assert found.missed_examples == ()
    assert (
        not list((with_all.policy / "markers").glob("*")) if (with_all.policy / "markers").exists() else True
    )
    made = switch_on(with_all, definition, date(2021, 9, 1), "Fraud desk, note of 5 January 2022")
    assert made.path.is_file()
    refresh(with_all)
    rows = table(with_all).filter(pl.col("marker") == "family_message")
    assert rows["cues"].is_not_null().sum() == found.by_cue
    with pytest.raises(WrongUseError, match="already"):
        switch_on(with_all, definition, date(2021, 9, 1), "again")


def test_a_new_marker_needs_its_examples_in_scope_and_enough_of_them(with_all):
    definition, examples = family_message()
    with pytest.raises(WrongUseError, match="needs 10 examples: got 3"):
        what_it_would_find(opened(with_all), definition, examples[:3])
    with pytest.raises(WrongUseError, match="NFRC-none cannot be an example"):
        what_it_would_find(opened(with_all), definition, [*examples[:9], "NFRC-none"])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"fields": ("sex",)}, "sex may not be weighed"),
        ({"fields": ("colour",)}, "has no column colour"),
        ({"cues": (Cue("broken", (Condition("narrative", "(unclosed"),)),)}, "cannot be read"),
        ({"cues": ()}, "it has no cue"),
    ],
)
def test_a_definition_that_cannot_be_used_is_refused_with_what_is_wrong(trained, changed, words):
    definition, _ = family_message()
    with pytest.raises(WrongUseError, match=words):
        switch_on(trained, dataclasses.replace(definition, **changed), DAY, "a note")
    assert not (trained.policy / "markers" / "family_message.yaml").exists()
