"""Series breaks, lockdowns and seasons beside figures, and where every figure comes from."""

import pytest

from fourfold.measures.figure import Origin
from fourfold.measures.registry import REGISTRY, suffixes_of
from fourfold.records import Crime, FraudReport, ProtectActivity, Staffing, StreetCrime
from measure_records import each_month, figures_of, months

SPAN = "2019-01..2023-12"
RECORDS = {
    Crime: each_month(SPAN, "recorded_on", ho_code="28E")
    + each_month(SPAN, "recorded_on", force="west-midlands"),
    FraudReport: each_month("2024-01..2026-06", "reported_on"),
}
FIGURES = figures_of(RECORDS)


def breaks(name):
    return [caveat for caveat in FIGURES.get(name).caveats if caveat.startswith("Series break")]


def lockdowns(name):
    return [caveat.split(",")[0] for caveat in FIGURES.get(name).caveats if caveat.startswith("Lockdown")]


def test_a_comparison_across_a_break_names_it_with_its_month():
    crossing = breaks("crime.burglary_residential.change[force=here]@2023-04..2023-12~2019-04..2019-12")
    assert crossing == [
        "Series break: Counting rules change (April 2023). Fewer crimes are counted where several come from "
        "one report; the principal one stands for them.",
        "Series break: Residential burglary is split (April 2023). Burglary of a home is counted apart from "
        "burglary of an unconnected building.",
    ]


def test_a_break_between_two_periods_counts_and_one_on_the_first_day_of_the_earlier_does_not():
    assert breaks("crime.burglary_residential.change[force=here]@2023-06~2022-06")
    assert not breaks("crime.burglary_residential.change[force=here]@2023-05~2023-04")


def test_a_plain_count_over_a_break_adds_unlike_things_and_says_so():
    assert breaks("crime.burglary_residential[force=here]@2023")
    assert not breaks("crime.burglary_residential[force=here]@2022")


def test_a_break_of_another_force_or_of_another_part_is_none_of_ours():
    assert not breaks("crime.robbery[force=here]@2021")
    assert not any("Residential" in one for one in breaks("crime.robbery.change[force=here]@2023-06~2022-06"))


def test_a_break_whose_day_is_not_public_is_given_the_months_it_lies_between():
    (said,) = breaks("crime.robbery[force=west-midlands]@2021")
    assert "(some time from January 2021 to December 2021)" in said


def test_the_new_reporting_service_is_a_break_of_fraud():
    assert any(
        "Report Fraud" in one
        for one in breaks("fraud.reports.change[force=here]@2026-01..2026-06~2025-01..2025-06")
    )


def test_lockdowns_in_either_period_of_a_comparison_are_named_once():
    assert lockdowns("crime.robbery.change[force=here]@2021~2020") == [
        "Lockdown: Third national lockdown",
        "Lockdown: First national lockdown",
        "Lockdown: Second national lockdown",
    ]
    # The year before Covid holds the first nine days of the first one.
    assert lockdowns("crime.robbery.change[force=here]@2022-04..2023-03~2019-04..2020-03") == [
        "Lockdown: First national lockdown"
    ]
    assert lockdowns("crime.robbery.change[force=here]@2023~2022") == []
    assert lockdowns("crime.robbery[force=here]@2020") == []  # a count compares nothing


def test_reach_and_posts_are_touched_by_no_break():
    rows = {
        ProtectActivity: [{"on": day} for day in months("2025-01..2026-06")],
        Staffing: each_month("2021", "month", force="west-midlands"),
    }
    figures = figures_of(rows)
    for name in (
        "protect.activities[force=here]@2025-06..2026-05",
        "staffing.funded[force=west-midlands]@2021",
    ):
        assert not any("Series break" in caveat for caveat in figures.get(name).caveats)


def test_a_comparison_of_unlike_months_of_the_year_says_that_a_season_can_show():
    season = "The two periods are different months of the year, so a season can show as a change."
    assert season in FIGURES.get("crime.all.change[force=here]@2022-07..2022-12~2022-01..2022-06").caveats
    # A year to December against a year to March: the same twelve months of the year.
    assert season not in FIGURES.get("crime.all.change[force=here]@2021~2019-04..2020-03").caveats


@pytest.mark.parametrize("measure", REGISTRY.values(), ids=lambda measure: measure.name)
def test_every_figure_says_what_it_is_and_what_it_was_made_from(measure):
    names = [f"{measure.name}@2021"] if measure.statistic != "amount" else []
    for suffix in suffixes_of(measure):
        inside = f"[{measure.dimensions[0]}=x]" if suffix == "share" and measure.dimensions else ""
        if suffix != "share" or inside:
            names.append(f"{measure.name}.{suffix}{inside}@2021{'~2020' if suffix == 'change' else ''}")
    for name in names:
        figure = figures_of({StreetCrime: each_month("2020-01..2021-12", "month")}).get(name)
        assert figure.origin == Origin("000007", "p1", "v1", "0.1.0")
        assert figure.definition
        assert figure.source
        assert figure.title
        assert figure.why or figure.value is not None
