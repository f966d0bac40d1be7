"""The made-up fraud reports meet the board paper's figures when read back from their files."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from fourfold.synthetic.faults import BAD_ROWS
from fourfold.synthetic.fraud_seasons import day_weights, days_of


@pytest.fixture(scope="module")
def reports(fraud):
    years = fraud.reports.with_columns(year=pl.col("reported_on").dt.year())
    born, reported = pl.col("date_of_birth"), pl.col("reported_on")
    before_birthday = reported.dt.strftime("%m%d") < born.dt.strftime("%m%d")
    from_birth = reported.dt.year() - born.dt.year() - before_birthday.cast(pl.Int32)
    return years.with_columns(age_from_birth=from_birth)


def by_year(frame, column):
    counts = frame.group_by(column, "year").len().pivot("year", index=column, values="len")
    return {row[column]: (row["2020"] or 0, row["2021"] or 0) for row in counts.iter_rows(named=True)}


def rise(pair):
    return round(100 * (pair[1] / pair[0] - 1))


def test_reports_of_the_two_years(reports):
    assert reports.group_by("year").len().sort("year")["len"].to_list() == [13_331, 15_555]


def test_five_codes_rise_most_and_as_printed(reports):
    codes = by_year(reports.filter(pl.col("nfib_code").is_not_null()), "nfib_code")
    printed = {"NFIB2A": 46, "NFIB1D": 44, "NFIB1G": 43, "NFIB1A": 42, "NFIB3F": 30}
    assert {code: rise(codes[code]) for code in printed} == printed
    others = [rise(pair) for code, pair in codes.items() if code not in printed and pair[0] >= 50]
    assert max(others) < 30


def test_catch_all_code_is_the_most_frequent_in_both_years(reports):
    codes = by_year(reports, "nfib_code")
    assert all(max(codes, key=lambda code: codes[code][year]) == "NFIB90" for year in (0, 1))


def test_unknown_codes_are_kept_without_a_code(reports):
    unknown = reports.filter(pl.col("nfib_code").is_null())
    assert unknown.height == 9
    assert unknown["nfib_code_raw"].str.contains("91").all()


@pytest.mark.parametrize("first", ["age", "age_from_birth"])
def test_age_bands_rise_as_printed_whichever_column_goes_first(reports, first):
    second = {"age": "age_from_birth", "age_from_birth": "age"}[first]
    people = reports.filter(pl.col("victim_type") == "individual")
    age = people.select(pl.coalesce(first, second)).to_series()
    bands = people.with_columns(band=((age - 1) // 10).clip(upper_bound=9)).filter(age.is_not_null())
    found = by_year(bands, "band")
    assert {place: rise(found[place]) for place in (4, 5, 6)} == {4: 24, 5: 36, 6: 24}
    assert all(pair[1] > pair[0] for pair in found.values())
    assert 0 not in found


def test_one_person_in_twenty_has_neither_age_nor_date_of_birth(reports):
    people = reports.filter(pl.col("victim_type") == "individual")
    neither = people.filter(pl.col("age").is_null() & pl.col("date_of_birth").is_null())
    assert neither.height / people.height == pytest.approx(0.05, abs=0.001)
    assert people["age"].is_null().sum() > neither.height
    assert people["date_of_birth"].is_null().sum() > neither.height


def test_organisations_fall_from_eight_percent_to_six(reports):
    firms = by_year(reports, "victim_type")["organisation"]
    assert firms == (1066, 933)


def test_mean_stated_losses_to_the_penny(reports):
    stated = reports.filter(pl.col("loss_gbp") > 0)
    means = stated.group_by("victim_type", "year").agg(pl.col("loss_gbp").cast(pl.Float64).mean())
    found = {(row[0], row[1]): round(row[2], 2) for row in means.iter_rows()}
    assert found == {
        ("individual", 2020): 20_390.76,
        ("individual", 2021): 4_599.00,
        ("organisation", 2020): 32_769.90,
        ("organisation", 2021): 19_801.01,
    }


def test_a_few_very_large_losses_carry_the_mean_of_2020(reports):
    people = reports.filter(
        (pl.col("victim_type") == "individual") & (pl.col("year") == 2020) & (pl.col("loss_gbp") > 0)
    )
    losses = people["loss_gbp"].cast(pl.Float64).sort(descending=True)
    assert losses.median() < 1_000
    assert losses[:9].sum() / losses.sum() > 0.7


def test_losses_are_missing_for_a_quarter_and_nought_for_some(reports):
    assert reports["loss_gbp"].is_null().mean() == pytest.approx(0.25, abs=0.01)
    assert (reports["loss_gbp"] == 0).mean() == pytest.approx(0.10, abs=0.03)


def test_risk_scores_are_missing_for_some_and_have_a_scale(reports):
    assert reports["risk_score"].is_null().mean() == pytest.approx(0.15, abs=0.01)
    assert reports["risk_score"].drop_nulls().is_between(0, 100).all()
    assert (reports["risk_score"].is_null() == reports["risk_score_scale"].is_null()).all()


def test_romance_fraud_rises_around_valentines_day(reports):
    romance = reports.filter((pl.col("nfib_code") == "NFIB1D") & (pl.col("year") == 2021))
    season = romance.filter(pl.col("reported_on").is_between(date(2021, 2, 7), date(2021, 3, 6))).height
    assert season / 28 > 1.6 * (romance.height - season) / (365 - 28)


def test_day_weights_know_weekends_and_seasons():
    days = days_of(2020)
    even, valentine = day_weights(days, "even"), day_weights(days, "valentine")
    sunday, monday = 4, 5
    assert len(days) == 366
    assert even[monday] > even[sunday]
    assert valentine[50] > 2 * even[50]


def test_lists_hold_the_seven_days_before_their_monday(fraud):
    dated = fraud.every.with_columns(
        monday=pl.col("batch_id").str.extract(r"(\d{4}-\d\d-\d\d)").str.to_date()
    )
    ahead = dated.filter(pl.col("reported_on") >= pl.col("monday"))
    assert ahead.is_empty()
    fresh = dated.unique("report_ref", keep="first", maintain_order=True)
    late = fresh.filter(pl.col("reported_on") < pl.col("monday") - pl.duration(days=7))
    assert late.is_empty()


def test_about_six_victims_in_a_hundred_report_again(fraud):
    truth = pl.read_csv(fraud.truth / "fraud_reports.csv", infer_schema_length=None)
    times = truth.filter(pl.col("true_person_id").is_not_null()).group_by("true_person_id").len()["len"]
    assert (times > 1).mean() == pytest.approx(0.06, abs=0.012)
    recovery = truth.filter((pl.col("nfib_code") == "NFIB1E") & pl.col("true_person_id").is_not_null())
    assert (recovery["earlier_reports"] > 0).mean() > 0.3


def test_truth_names_a_victim_for_every_report(fraud):
    truth = pl.read_csv(fraud.truth / "fraud_reports.csv", infer_schema_length=None)
    assert set(truth["report_ref"]) == set(fraud.reports["report_ref"])
    assert (truth["true_person_id"].is_null() ^ truth["organisation_id"].is_null()).all()


def test_courier_fraud_hides_in_two_codes_and_is_mostly_of_the_old(fraud, reports):
    courier = pl.read_csv(fraud.truth / "courier.csv")
    found = reports.join(courier, on="report_ref")
    assert found.group_by("year").len().sort("year")["len"].to_list() == [120, 160]
    assert set(found["nfib_code"]) == {"NFIB90", "NFIB3C"}
    assert found["method"].n_unique() == 5
    age = found.select(pl.coalesce("age", "age_from_birth")).to_series()
    assert (age > 70).mean() > 0.75


def test_courier_fraud_cannot_be_told_by_one_word(fraud, reports):
    courier = pl.read_csv(fraud.truth / "courier.csv")
    told = reports.filter(pl.col("narrative").is_not_null())
    says = told.filter(pl.col("narrative").str.to_lowercase().str.contains("courier"))
    true = says.join(courier, on="report_ref", how="semi").height
    assert true / says.height < 0.5
    assert true < 0.5 * courier.height


def test_narratives_vary(reports):
    told = reports["narrative"].drop_nulls()
    assert told.n_unique() / len(told) > 0.85
    assert reports["narrative"].is_null().mean() == pytest.approx(0.04, abs=0.01)
    assert not told.str.contains(r"[{}]").any()


def test_a_topic_emerges_in_the_catch_all_code(fraud, reports):
    truth = json.loads((fraud.truth / "fraud_emerging.json").read_text(encoding="utf-8"))
    found = reports.filter(pl.col("report_ref").is_in(truth["report_refs"]))
    assert found["reported_on"].min() >= date.fromisoformat(truth["from_on"])
    months = list(truth["reports_by_month"].values())
    assert months[-1] > months[0]
    assert set(found["nfib_code"]) == {"NFIB90"}


def test_every_bad_row_is_quarantined_for_the_rule_the_truth_names(fraud):
    faults = pl.read_csv(fraud.truth / "fraud_faults.csv", infer_schema_length=None)
    bad = faults.filter(pl.col("fault") == "bad").sort("file", "data_row")
    found = fraud.quarantined.sort("file", "file_row")
    assert bad.height == 45
    assert set(bad["rule"]) == {one.rule for one in BAD_ROWS}
    assert found["file"].to_list() == bad["file"].to_list()
    assert found["rule"].to_list() == bad["rule"].to_list()
    # A file's row number counts its headings, a Parquet file has none.
    headings = found["file"].str.ends_with(".parquet").not_().cast(pl.Int64)
    assert (found["file_row"] - headings == bad["data_row"]).all()


def test_rows_sent_again_say_the_same_and_corrections_say_something_else(fraud):
    faults = pl.read_csv(fraud.truth / "fraud_faults.csv", infer_schema_length=None)
    content = [c for c in fraud.every.columns if c not in ("batch_id", "file_row", "told_at")]
    for fault, different in (("resent", 1), ("correction", 2)):
        refs = faults.filter(pl.col("fault") == fault)["report_ref"]
        assert len(refs) > 100
        versions = fraud.every.filter(pl.col("report_ref").is_in(refs.implode()))
        per_report = versions.group_by("report_ref").agg(
            told=pl.len(), versions=pl.struct(content).n_unique()
        )
        assert per_report["told"].to_list() == [2] * len(refs)
        assert per_report["versions"].max() == different
        assert (per_report["versions"] == different).mean() > 0.9


def test_lists_come_in_five_forms(fraud):
    files = pl.read_csv(fraud.truth / "fraud_files.csv")
    assert files.height == 105
    assert set(files["form"]) == {"csv", "csv_bom", "csv_1252", "xlsx", "parquet"}
    assert files["rows_in_file"].sum() == fraud.every.height + fraud.quarantined.height


def test_outcomes_are_of_disseminated_reports_and_come_later(fraud):
    joined = fraud.outcomes.join(
        fraud.reports, left_on="subject_ref", right_on="report_ref", suffix="_of_report"
    )
    assert joined.height == fraud.outcomes.height == 3_882
    assert joined.filter(pl.col("outcome_on") < pl.col("reported_on").dt.offset_by("20d")).is_empty()
    assert joined["dissemination_kind"].unique().to_list() == ["For enforcement"]
    of_2021 = fraud.outcomes.filter(pl.col("outcome_on").dt.year() == 2021)
    assert of_2021.height == 2_582
    raw = dict(of_2021["outcome_raw"].value_counts().iter_rows())
    assert (raw["15"], raw["1A"], raw["1B"], raw["3A"]) == (1_091, 55, 20, 1)


def test_truth_of_calibration_is_what_the_files_say(fraud, reports):
    truth = json.loads((fraud.truth / "fraud_calibration.json").read_text(encoding="utf-8"))
    codes = by_year(reports.filter(pl.col("nfib_code").is_not_null()), "nfib_code")
    for place, year in enumerate(("2020", "2021")):
        told = {code: count for code, count in truth[year]["codes"].items() if code != "NFIB91"}
        assert told == {code: pair[place] for code, pair in codes.items()}
