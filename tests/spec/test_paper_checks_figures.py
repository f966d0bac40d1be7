"""The checks over papers whose numbers are figures: what the pipeline makes, well and badly."""

from __future__ import annotations

from datetime import date

import pytest
from paper_examples import BURGLARY, CONTEXT, LOCKDOWN, change, document, figure, names, paragraph

from fourfold.measures.figure import Figure, State
from fourfold.products.board_paper.checks import CheckContext, Lockdown, SeriesBreak, check_paper
from fourfold.products.document import Bullets, Document, FigureLink, Footnote, NoteMark, Table, Text

NOW = figure()
BEFORE = figure("fraud.reports@2020", 13331.0, period="2020", period_words="calendar year 2020")
RISE = change()
FIGURES = (NOW, BEFORE, RISE)
YEARS = " in the calendar year 2021"


def link(of: Figure, words: str | None = None) -> FigureLink:
    return FigureLink(of.name, words if words is not None else of.words)


def found(
    *blocks: object, figures: tuple[Figure, ...] = FIGURES, context: CheckContext | None = None
) -> list[str]:
    return names(check_paper(document(*blocks, figures=figures), context))  # type: ignore[arg-type]


# Percentages and their counts


def test_a_change_with_both_counts_in_its_paragraph_is_sound() -> None:
    text = paragraph("Reports went from ", link(BEFORE), " to ", link(NOW), YEARS, ": ", link(RISE), ".")
    assert found(text) == []


def test_a_change_alone_lacks_its_counts_and_the_finding_names_them() -> None:
    text = paragraph("Reports rose by ", link(RISE), YEARS, ".")
    findings = check_paper(document(text, figures=FIGURES))
    assert names(findings) == ["percentage_without_counts"]
    assert findings[0].figure == RISE.name
    assert "now 15,555, before 13,331" in findings[0].next_step


def test_one_of_the_two_counts_of_a_change_is_not_enough() -> None:
    assert found(paragraph("Reports rose by ", link(RISE), " to ", link(NOW), YEARS, ".")) == [
        "percentage_without_counts"
    ]


@pytest.mark.parametrize("where", ["footnote", "table", "bullet"])
def test_counts_may_stand_in_the_footnote_the_table_or_the_same_bullet(where: str) -> None:
    said = (Text("Reports rose by "), link(RISE), Text(YEARS))
    counts = (link(BEFORE), Text(" and "), link(NOW))
    table = Table(
        "Reports, calendar years", ("", "Before", "Now"), (((Text("All"),), (counts[0],), (counts[2],)),)
    )
    papers: dict[str, Document] = {
        "footnote": document(
            paragraph(*said, NoteMark("1")),
            figures=FIGURES,
            notes=(Footnote("1", (Text("Reports: "), *counts)),),
        ),
        "table": document(paragraph(*said), table, figures=FIGURES),
        "bullet": document(
            paragraph("The rises were:"), Bullets(((*said, Text(" ("), *counts, Text(")")),)), figures=FIGURES
        ),
    }
    assert names(check_paper(papers[where])) == []


def test_the_counts_of_one_bullet_do_not_serve_the_next() -> None:
    other = change(
        "fraud.reports.change[nfib_code=NFIB1D]@2021~2020",
        value=44.0,
        parts=(("now", 360.0), ("before", 250.0)),
    )
    bullets = Bullets(
        (
            (Text("All: "), link(RISE), Text(" from "), link(BEFORE), Text(" to "), link(NOW)),
            (Text("Dating scam: "), link(other)),
        )
    )
    assert found(paragraph("The rises were:"), bullets, figures=(*FIGURES, other)) == [
        "percentage_without_counts"
    ]


def test_a_figure_may_print_its_own_parts() -> None:
    share = figure(
        "fraud.reports.share@2021",
        6.0,
        unit="percent",
        lower=5.6,
        upper=6.4,
        decimals=1,
        parts=(("part", 933.0), ("whole", 15555.0)),
    )
    text = paragraph(
        link(share),
        " of reports (",
        link(share, "933"),
        " of ",
        link(share, "15,555"),
        "; ",
        link(share, "5.6% to 6.4%"),
        ").",
    )
    assert found(text, figures=(share,)) == []


# Averages


def mean(kind: str, value: float) -> Figure:
    name = f"fraud.loss.mean[victim_type={kind}]@2021"
    return figure(name, value, unit="GBP", decimals=2, title=f"Mean loss, {kind}", lower=1.0, upper=2 * value)


def losses(total: float) -> tuple[Table, tuple[Figure, ...]]:
    means = (mean("individual", 4599.0), mean("organisation", 19801.01), mean("all", total))
    labels = ("Individuals", "Organisations", "Total")
    rows = tuple(((Text(label),), (link(one),)) for label, one in zip(labels, means, strict=True))
    return Table("Loss", ("Victim", "Calendar year 2021"), rows), means


def test_a_total_row_of_means_that_is_their_sum_is_refused() -> None:
    table, means = losses(24400.01)
    findings = check_paper(document(paragraph("Losses are below."), table, figures=means))
    assert names(findings) == ["added_averages"]
    assert findings[0].place == "paragraph 1, table 'Loss'"
    assert findings[0].figure == "fraud.loss.mean[victim_type=all]@2021"


def test_a_total_row_that_is_the_mean_of_all_is_sound() -> None:
    table, means = losses(5511.12)
    assert found(paragraph("Losses are below."), table, figures=means) == []


def test_counts_may_be_added_in_a_total_row_of_the_same_table() -> None:
    counts = [
        figure(f"fraud.reports[victim_type={kind}]@2021", value)
        for kind, value in (("a", 933.0), ("b", 14622.0))
    ]
    rows = (
        ((Text("Organisations"),), (link(counts[0]),)),
        ((Text("Individuals"),), (link(counts[1]),)),
        ((Text("Total"),), (link(NOW),)),
    )
    table = Table("Reports and average loss", ("", "Calendar year 2021"), rows)
    assert found(paragraph("See below."), table, figures=(*counts, NOW)) == []


def test_a_figure_titled_as_a_total_of_averages_is_refused() -> None:
    wrong = figure(
        "fraud.loss.sum@2021", 24400.01, unit="GBP", title="Total average loss", lower=1.0, upper=2.0
    )
    assert found(paragraph("Victims lost ", link(wrong), YEARS, "."), figures=(wrong,)) == ["added_averages"]


# Which offence, which code


def test_a_figure_of_theft_of_vehicles_does_not_prove_theft_from_them() -> None:
    wrong = figure("crime.theft_of_motor_vehicle@2021", 9920.0, title="Theft of motor vehicle")
    assert found(
        paragraph("Theft from motor vehicle came to ", link(wrong), YEARS, "."), figures=(wrong,)
    ) == ["theft_of_or_from_vehicle"]


def test_courier_fraud_is_not_counted_by_a_code() -> None:
    coded = figure("fraud.reports[nfib_code=NFIB3C]@2021", 41.0, title="Door to door sales")
    marked = figure(
        "marker.courier_fraud@2021", 41.0, title="Courier fraud, by marker", lower=33.0, upper=52.0
    )
    said = (" reports of courier fraud were made", YEARS, ".")
    assert found(paragraph(link(coded), *said), figures=(coded,)) == ["courier_fraud_code"]
    assert found(paragraph(link(marked), *said), figures=(marked,)) == []


# Series breaks and lockdowns


def test_a_change_into_a_lockdown_is_warned_of_until_the_paragraph_or_its_note_names_it() -> None:
    said = ("Reports went from ", link(BEFORE), " to ", link(NOW), YEARS, " (", link(RISE), ").")
    context = CheckContext(lockdowns=(LOCKDOWN,))
    assert found(paragraph(*said), context=context) == ["change_across_lockdown"]
    assert found(paragraph(*said, " Both years hold lockdowns."), context=context) == []
    noted = document(
        paragraph(*said, NoteMark("1")),
        figures=FIGURES,
        notes=(Footnote("1", (Text("The pandemic bent both years."),)),),
    )
    assert names(check_paper(noted, context)) == []
    pointing = (
        paragraph(*said, " See paragraph 2."),
        paragraph("Lockdowns bent 2020 and early 2021.", number=2),
    )
    assert found(*pointing, context=context) == []


def test_nine_days_of_lockdown_do_not_bend_a_year() -> None:
    rise = change("x.change", period="2018-04..2019-03", baseline="2019-04..2020-03")
    said = paragraph("From ", link(BEFORE), " to ", link(NOW), ": ", link(rise), ".")
    assert found(said, figures=(NOW, BEFORE, rise), context=CheckContext(lockdowns=(LOCKDOWN,))) == []


def burglary(baseline: str, period: str) -> Figure:
    return change("crime.burglary.change@x~y", title="Burglary", period=period, baseline=baseline)


@pytest.mark.parametrize(
    ("baseline", "period", "crossed"),
    [
        ("2022", "2023", True),
        ("2019-04..2020-03", "2023-04..2024-03", True),
        ("2023-04..2024-03", "2024-04..2025-03", False),
        ("2021", "2022", False),
    ],
)
def test_a_break_matters_only_between_the_two_periods(baseline: str, period: str, crossed: bool) -> None:
    rise = burglary(baseline, period)
    said = paragraph("From ", link(BEFORE), " to ", link(NOW), ": ", link(rise), ".")
    checks = found(said, figures=(NOW, BEFORE, rise), context=CheckContext(breaks=(BURGLARY,)))
    assert checks == (["change_across_series_break"] if crossed else [])


def test_a_break_is_cleared_by_its_name_or_its_month_and_touches_its_own_series_only() -> None:
    rise = burglary("2022", "2023")
    said = ("From ", link(BEFORE), " to ", link(NOW), ": ", link(rise), ".")
    context, figures = CheckContext(breaks=(BURGLARY,)), (NOW, BEFORE, rise)
    assert found(paragraph(*said, " The classes changed."), figures=figures, context=context) == []
    assert (
        found(paragraph(*said, " Counting is other since April 2023."), figures=figures, context=context)
        == []
    )
    robbery = change("crime.robbery.change@x~y", title="Robbery", period="2023", baseline="2022")
    said = ("From ", link(BEFORE), " to ", link(NOW), ": ", link(robbery), ".")
    assert found(paragraph(*said), figures=(NOW, BEFORE, robbery), context=context) == []


def test_a_comparison_in_words_is_read_by_its_years() -> None:
    text = paragraph("Burglary fell from 1,000 to 810 offences between financial years 2022/23 and 2024/25.")
    assert found(text, figures=(), context=CONTEXT) == ["change_across_series_break"]
    later = CheckContext(
        breaks=(SeriesBreak(date(2025, 12, 4), "new service", ("fraud",)),),
        lockdowns=(Lockdown(date(2020, 3, 23), date(2020, 5, 31), "the first lockdown"),),
    )
    assert found(text, figures=(), context=later) == []


# Figures that are unknown, unsure or absent


def test_a_name_that_is_no_figure_is_an_error_and_so_is_an_unlisted_one() -> None:
    assert found(paragraph("There were {{fraud.report@now}} reports.")) == ["unknown_figure"]
    assert found(paragraph(link(NOW), " reports came", YEARS, "."), figures=()) == ["unknown_figure"]


@pytest.mark.parametrize(
    "bare",
    [
        change(lower=None, upper=None),
        figure("a@2021", 6.0, unit="percent", parts=(("part", 13331.0),)),
        figure("fraud.loss.mean@2021", 4599.0, unit="GBP", title="Mean loss"),
        figure("b@2021", 4.6, unit="per 1,000 residents"),
    ],
)
def test_a_change_share_mean_or_rate_wants_an_interval(bare: Figure) -> None:
    text = paragraph(link(BEFORE), ", ", link(NOW), YEARS, ", ", link(bare), ".")
    assert found(text, figures=(NOW, BEFORE, bare)) == ["figure_without_interval"]


def test_a_count_wants_no_interval_nor_does_a_figure_that_says_why_it_has_none() -> None:
    reasoned = change(lower=None, upper=None, caveats=("No interval: all records are counted.",))
    text = paragraph(link(BEFORE), ", ", link(NOW), YEARS, ", ", link(reasoned), ".")
    assert found(text, figures=(NOW, BEFORE, reasoned)) == []


@pytest.mark.parametrize("printed", ["0", "no", "£0.00", "nil"])
def test_a_missing_figure_is_not_printed_as_nought(printed: str) -> None:
    gone = figure("crime.burglary@2021", None, title="Burglary")
    assert found(paragraph("There were ", link(gone, printed), " on record."), figures=(gone,)) == [
        "missing_as_zero"
    ]


def test_a_missing_figure_in_its_own_words_is_sound_but_not_with_no_crimes_beside_it() -> None:
    gone = figure("crime.burglary@2021", None, title="Burglary")
    assert found(paragraph("Burglary: ", link(gone), "."), figures=(gone,)) == []
    said = paragraph("Burglary: ", link(gone), ", so no burglaries were recorded.")
    assert found(said, figures=(gone,)) == ["missing_as_zero"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The return was not received, therefore there were no offences.", True),
        ("Missing values are treated as zero.", True),
        ("Where the field is blank it is counted as no.", True),
        ("Missing values are never treated as zero.", False),
        ("No data were received for June, and nothing is said about it.", False),
        ("There were no offences in June; every file was loaded.", False),
    ],
)
def test_absence_is_not_told_as_nought_in_words(text: str, wrong: bool) -> None:
    assert found(paragraph(text), figures=()) == (["missing_as_zero"] if wrong else [])


# Suppressed cells


def table_of(*values: float | None, total: float) -> tuple[Table, tuple[Figure, ...]]:
    figures = [
        figure(f"x[age={n}]@2021", value, state=State.SUPPRESSED if value is None else State.KNOWN)
        for n, value in enumerate((*values, total))
    ]
    labels = [*(f"Group {chr(65 + n)}" for n in range(len(values))), "Total"]
    rows = tuple(((Text(label),), (link(one),)) for label, one in zip(labels, figures, strict=True))
    return Table("Victims", ("Age", "Victims"), rows), tuple(figures)


def test_one_hidden_cell_beside_a_total_is_given_away() -> None:
    table, figures = table_of(None, 41.0, 37.0, total=81.0)
    findings = check_paper(document(paragraph("See below."), table, figures=figures))
    assert names(findings) == ["suppressed_recoverable"]
    assert findings[0].figure == "x[age=0]@2021"


@pytest.mark.parametrize(
    ("values", "total"), [((None, None, 37.0), 81.0), ((None, 40.0, 35.0), 80.0), ((4.0, 41.0, 37.0), 82.0)]
)
def test_two_hidden_cells_rounded_cells_and_full_tables_are_sound(
    values: tuple[float | None, ...], total: float
) -> None:
    table, figures = table_of(*values, total=total)
    assert found(paragraph("See below."), table, figures=figures) == []


def test_a_typed_star_beside_a_total_is_given_away_too() -> None:
    rows = tuple(
        tuple((Text(cell),) for cell in row)
        for row in (("North", "*", "12"), ("South", "31", "9"), ("Total", "34", "21"))
    )
    table = Table("Victims", ("District", "Men", "Women"), rows)
    assert found(paragraph("See below."), table, figures=()) == ["suppressed_recoverable"]
