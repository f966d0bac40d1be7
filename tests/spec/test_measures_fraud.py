"""Fraud and cyber reports: records in, figures out (source paper, paragraphs 8 to 12)."""

from datetime import date

import pytest

from fourfold.measures.figure import State
from fourfold.records import FraudReport
from measure_records import each_month, figures_of

BOTH_YEARS = each_month("2020-01..2021-12", "reported_on", nfib_code="NFIB90")


def reports(*rows):
    """Figures over these reports, beside one NFIB90 report a month so that all of 2020 and 2021 was sent."""
    return figures_of({FraudReport: [*BOTH_YEARS, *rows]})


def on(day, **also):
    return {"reported_on": day, **also}


def test_reports_are_counted_by_the_day_of_the_report_and_by_code():
    figures = reports(
        on(date(2021, 12, 31), nfib_code="NFIB1D"),
        on(date(2021, 1, 1), nfib_code="NFIB1D"),
        on(date(2020, 12, 31), nfib_code="NFIB1D"),
        on(date(2021, 6, 1), nfib_code="NFIB1D", force="elsewhere"),
    )
    assert figures.get("fraud.reports[force=here,nfib_code=NFIB1D]@2021").value == 2
    assert figures.get("fraud.reports[force=here,nfib_code=NFIB1D]@2020").value == 1
    assert figures.get("fraud.reports[force=here]@2021").value == 14


def test_a_report_whose_code_is_on_no_list_is_in_the_total_and_counted_apart():
    figures = reports(on(date(2021, 3, 1), nfib_code=None, nfib_code_raw="XX"), on(date(2021, 4, 1)))
    assert figures.get("fraud.unknown_code[force=here]@2021").value == 2
    assert figures.get("fraud.reports[force=here]@2021").value == 14


@pytest.mark.parametrize(
    ("born", "reported", "band"),
    [
        (date(1950, 12, 31), date(2021, 12, 30), "61 to 70"),  # 70 until the birthday
        (date(1950, 12, 31), date(2021, 12, 31), "71 to 80"),  # 71 on it
        (date(1950, 3, 20), date(2021, 12, 1), "71 to 80"),  # months that differ by many
        (date(1951, 12, 20), date(2021, 3, 31), "61 to 70"),
        (date(1980, 2, 29), date(2021, 2, 28), "31 to 40"),  # born on a leap day: 40 still
        (date(1980, 2, 29), date(2021, 3, 1), "41 to 50"),  # and 41 on 1 March
        (date(1980, 2, 29), date(2020, 2, 29), "31 to 40"),  # 40 on the leap day itself
        (date(1979, 2, 28), date(2020, 2, 29), "41 to 50"),
        (date(2021, 5, 1), date(2021, 5, 1), "0 to 10"),
        (date(1930, 1, 1), date(2021, 1, 1), "91 and over"),
    ],
)
def test_age_band_from_the_date_of_birth_on_the_day_of_the_report(born, reported, band):
    name = f"fraud.reports[age_band={band},force=here]@{reported:%Y-%m}"
    assert reports(on(reported, date_of_birth=born)).get(name).value == 1


def test_the_age_as_stated_goes_before_the_date_of_birth_and_neither_is_not_stated():
    figures = reports(
        on(date(2021, 5, 1), age=70, date_of_birth=date(1999, 1, 1)),
        on(date(2021, 5, 2), age=0),
        on(date(2021, 5, 3)),
    )
    by_band = {
        band: figures.get(f"fraud.reports[age_band={band},force=here]@2021-05").value
        for band in ("61 to 70", "0 to 10", "21 to 30", "not stated")
    }
    assert by_band == {"61 to 70": 1, "0 to 10": 1, "21 to 30": 0, "not stated": 2}  # one is the monthly one


def test_a_share_is_shown_with_both_counts_and_wilsons_or_the_exact_interval():
    # 3 of 15: small, so Clopper and Pearson 1934; 4.3% and 48.1% are in their tables.
    figures = reports(*(on(date(2021, 2, 2), victim_type="organisation") for _ in range(3)))
    share = figures.get("fraud.reports.share[force=here,victim_type=organisation]@2021")
    assert (share.value, share.part("part"), share.part("whole"), share.n) == (pytest.approx(20), 3, 15, 15)
    assert (share.lower, share.upper) == (pytest.approx(4.331, abs=1e-3), pytest.approx(48.089, abs=1e-3))


def test_a_share_of_no_records_at_all_is_not_stated():
    figures = figures_of({FraudReport: each_month("2021", "reported_on", force="elsewhere") + BOTH_YEARS})
    none = figures.get("fraud.reports.share[force=nowhere,victim_type=organisation]@2021")
    assert none.state is State.MISSING
    assert none.value is None


def test_the_paper_s_fall_in_share_is_a_fall_in_number_too():
    # Paragraph 12 reads 8% of 13,331 and 6% of 15,555 as a fall in reporting: 1,066 to 933 is -12.5%.
    rows = [on(date(2020, 6, 1), victim_type="organisation")] * 1066
    rows += [on(date(2021, 6, 1), victim_type="organisation")] * 933
    change = reports(*rows).get("fraud.reports.change[force=here,victim_type=organisation]@2021~2020")
    assert change.words == "-12.5%"
    assert (change.part("now"), change.part("before"), change.n) == (933, 1066, 1999)


def test_reports_that_fall_in_one_month_widen_the_interval_beyond_chance():
    spread = reports(
        *[on(day, nfib_code="NFIB1D") for day in (date(2020, 3, 1), date(2021, 3, 1)) for _ in range(20)]
    )
    lumped = reports(
        *[on(date(2020, 3, 1), nfib_code="NFIB1D") for _ in range(20)],
        *[on(date(2021, 9, 1), nfib_code="NFIB1D") for _ in range(20)],
    )
    name = "fraud.reports.change[force=here,nfib_code=NFIB1D]@2021~2020"
    even, uneven = spread.get(name), lumped.get(name)
    assert even.value == uneven.value == 0
    # The same month of both years: a season they share. Clopper and Pearson: 20 of 40 is 33.80% to 66.20%, as odds.
    assert even.part("dispersion") is None
    assert (even.lower, even.upper) == (pytest.approx(-48.94, abs=0.01), pytest.approx(95.84, abs=0.01))
    assert uneven.part("dispersion") == pytest.approx(
        40
    )  # (4 x 10^2 / 10) over 2 months that have any, less 1
    assert uneven.upper > 10 * even.upper


def test_a_change_from_none_has_no_percentage_and_keeps_both_counts():
    figures = reports(on(date(2021, 2, 2), nfib_code="NFIB2A"))
    change = figures.get("fraud.reports.change[force=here,nfib_code=NFIB2A]@2021~2020")
    assert change.state is State.NOT_STATED
    assert "none before" in change.why
    assert (change.part("now"), change.part("before")) == (1, 0)


def test_a_fall_to_none_is_minus_100_with_the_limit_that_is_known():
    figures = reports(*[on(date(2020, 2, 2), nfib_code="NFIB2A")] * 4)
    change = figures.get("fraud.reports.change[force=here,nfib_code=NFIB2A]@2021-02~2020-02")
    assert change.words == "-100.0%"
    assert change.lower == -100
    # 0 against 4, exact: (1 - 0.025^(1/4)) / 0.025^(1/4) = 1.515
    assert change.upper == pytest.approx(51.49, abs=0.01)
    assert any("chance alone" in caveat for caveat in change.caveats)
