"""Nothing that a paper prints gives a small count away: each known way in, and an attack on whole papers."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from paper_in_small import BEFORE, NOW, numbers_printed, paper_of, words

from fourfold.measures.figure import Figure, FigureName, State
from fourfold.measures.period import Period
from fourfold.products.board_paper.charting import months_chart
from fourfold.products.board_paper.publishing import hidden, hidden_rows, made_safe, published
from fourfold.products.board_paper.tables import Comparison, Row, comparison
from fourfold.records import Area, Crime, FraudReport, Population
from measure_records import each_month, months

PERIODS = Comparison(NOW, BEFORE)


def figure(**more):
    plain = {"name": "crime.all@2021", "title": "x", "state": State.KNOWN, "unit": "count", "period": "2021"}
    return Figure(**{**plain, "period_words": "2021", "definition": "x", **more})


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({"value": 4.0, "n": 4}, False),
        ({"value": 5.0, "n": 5}, True),
        ({"value": 0.0, "n": 0}, True),
        (
            {"value": 10.0, "unit": "percent_change", "n": 44, "parts": (("now", 40.0), ("before", 4.0))},
            False,
        ),
        (
            {"value": -100.0, "unit": "percent_change", "n": 40, "parts": (("now", 0.0), ("before", 40.0))},
            True,
        ),
        ({"value": 97.0, "unit": "percent", "n": 100, "parts": (("part", 97.0), ("whole", 100.0))}, False),
        ({"value": 100.0, "unit": "percent", "n": 100, "parts": (("part", 100.0), ("whole", 100.0))}, True),
        (
            {"value": 0.1, "unit": "per 1,000 residents", "n": 3, "parts": (("count", 3.0), ("people", 3e4))},
            False,
        ),
        ({"value": 900.0, "unit": "GBP", "n": 3}, False),
        ({"value": 900.0, "unit": "GBP", "n": 30}, True),
        # It has no percentage, and the counts that are told instead are small.
        ({"state": State.NOT_STATED, "n": 3, "parts": (("now", 3.0), ("before", 0.0))}, False),
        ({"state": State.NOT_STATED, "n": 30, "parts": (("now", 30.0), ("before", 0.0))}, True),
    ],
)
def test_a_figure_alone(told, shown):
    found = published(figure(**told), 5, already_public=False)
    assert (found.state is not State.SUPPRESSED) == shown
    assert published(figure(**told), None, already_public=False).state is not State.SUPPRESSED
    assert published(figure(**told), 5, already_public=True).state is not State.SUPPRESSED


def test_nothing_is_left_of_a_hidden_figure():
    found = hidden(figure(value=3.0, lower=1.0, upper=9.0, n=3, missing=2, parts=(("now", 3.0),)))
    assert (found.value, found.lower, found.upper, found.n, found.missing, found.parts) == (None,) * 5 + ((),)
    assert found.words == "too few to publish"
    assert "recognised" in found.why


def test_the_largest_loss_and_the_number_of_blanks_are_not_printed_beside_an_average():
    share = figure(value=80.0, unit="percent", n=40, missing=2, parts=(("largest", 8e5), ("total", 1e6)))
    found = published(share, 5, already_public=False)
    assert (found.value, found.n, found.missing, found.parts) == (80.0, 40, None, ())
    assert "a figure of its own" in found.caveats[-1]


def test_rows_to_hide_for_a_printed_total():
    counts = [figure(value=float(value)) for value in (3, 60, 80, 0)]
    assert hidden_rows(counts, 5) == [True, True, False, False]
    assert hidden_rows(counts, None) == [False] * 4
    assert hidden_rows([figure(state=State.MISSING), figure(value=3.0)], 5) == [True, False]


def reports(**counts):
    """Fraud reports of 2021 by kind of victim, age and stated loss, one NFIB90 report a month beside them."""
    rows = each_month("2020-01..2021-12", "reported_on", age=45)
    for more in counts.values():
        rows += more
    return rows


def many(number, **also):
    day = also.pop("on", date(2021, 6, 1))
    return [{"reported_on": day, **also}] * number


def printed(paper, *names):
    """Print figures in a text, one after the other, and make the paper safe."""
    return made_safe(paper, lambda: [paper.figure(paper.name(name)).words for name in names])


HIDDEN = "too few to publish"


def test_the_text_below_does_not_give_away_what_the_table_above_hides():
    rows = reports(old=many(30, age=65), firms=many(3, victim_type="organisation"))
    paper = paper_of({FraudReport: rows})

    def make():
        base = paper.name("fraud.reports[victim_type=individual]@now")
        bands = [Row(band, base.with_slice(age_band=band)) for band in ("41 to 50", "61 to 70")]
        table = comparison(paper, "Ages", "Age", bands, PERIODS, Row("All individuals", base))
        names = ("fraud.reports@now", "fraud.reports[victim_type=organisation]@now")
        return words(table), [paper.figure(paper.name(name)).words for name in names]

    table, (everybody, firms) = make()
    assert (everybody, firms, table[-1][2]) == ("45", HIDDEN, "42")  # 45 - 42 = 3: the leak
    table, (everybody, firms) = made_safe(paper, make)
    assert (everybody, firms) == ("45", HIDDEN)
    assert table[-1][2] == HIDDEN
    assert HIDDEN in (table[0][2], table[1][2])  # or else the ages would add up to the total


def test_a_row_hidden_further_down_is_hidden_from_the_first_line_on():
    crimes = each_month("2020-01..2021-12", "recorded_on", ho_code="46", district="Elsewhere")
    for district, number in (("North", 3), ("South", 60), ("West", 80)):
        crimes += [{"recorded_on": date(2021, 5, 5), "ho_code": "39", "district": district}] * number

    def make(paper):
        base = paper.name("crime.theft_from_person@now")
        above = paper.figure(base.with_slice(district="South")).words
        rows = [Row(one, base.with_slice(district=one)) for one in ("North", "South", "West")]
        return above, words(comparison(paper, "x", "x", rows, PERIODS, Row("All", base)))

    assert make(paper_of({Crime: crimes}))[0] == "60"
    paper = paper_of({Crime: crimes})
    assert made_safe(paper, lambda: make(paper))[0] == HIDDEN


def test_a_hidden_month_does_not_follow_from_the_year_and_the_other_months():
    rows = [
        {"recorded_on": month, "ho_code": "48"}
        for month in months("2020-01..2021-12")
        for _ in range(3 if month == date(2021, 4, 1) else 10)
    ]
    paper = paper_of({Crime: rows})
    name = paper.name("crime.theft_of_vehicle@now")

    def make():
        chart = months_chart(paper, "k", "Thefts", name, Period(BEFORE.first, NOW.last), "theft_of_vehicle")
        return [row[1] for row in words(chart.table)], paper.figure(name).words

    before = make()[0]
    assert before.count(HIDDEN) == 1
    after, year = made_safe(paper, make)
    assert year == "113"
    assert after[12:].count(HIDDEN) == 2
    assert after[:12].count(HIDDEN) == 0
    assert after[15] == HIDDEN  # April


def test_kinds_that_make_up_a_total_printed_among_them():
    # Neighbourhood crime is burglary, robbery, theft from the person and vehicle theft.
    crimes = each_month("2020-01..2021-12", "recorded_on", ho_code="46")
    for code, number in (("28E", 70), ("34B", 2), ("39", 40), ("48", 30), ("45", 20)):
        crimes += [{"recorded_on": date(2021, 5, 5), "ho_code": code}] * number
    paper = paper_of({Crime: crimes})
    kinds = (
        "neighbourhood",
        "burglary",
        "robbery",
        "theft_from_person",
        "theft_of_vehicle",
        "theft_from_vehicle",
    )
    found = printed(paper, *(f"crime.{kind}@now" for kind in kinds))
    assert found == ["162", "70", HIDDEN, "40", "30", HIDDEN]


def test_business_burglary_does_not_follow_from_all_burglary_and_the_residential():
    crimes = each_month("2020-01..2021-12", "recorded_on", ho_code="46")
    for code, number in (("28E", 70), ("30C", 3)):
        crimes += [{"recorded_on": date(2021, 5, 5), "ho_code": code}] * number
    found = printed(paper_of({Crime: crimes}), "crime.burglary@now", "crime.burglary_residential@now")
    assert found == ["73", HIDDEN]


def test_a_rate_does_not_give_away_a_count_hidden_for_another_s_sake():
    crimes = each_month("2020-01..2021-12", "recorded_on", ho_code="46", district="North")
    for district, number in (("North", 3), ("South", 60)):
        crimes += [{"recorded_on": date(2021, 5, 5), "ho_code": "39", "district": district}] * number
    areas = [{"lsoa_code": one, "district": one} for one in ("North", "South")]
    people = [{"lsoa_code": one, "people": 10_000} for one in ("North", "South")]
    paper = paper_of({Crime: crimes, Area: areas, Population: people})
    name = "crime.theft_from_person"
    names = [
        f"{name}@now",
        f"{name}[district=North]@now",
        f"{name}.rate[district=South]@now",
        f"{name}.rate@now",
    ]
    assert printed(paper, *names) == ["63", HIDDEN, HIDDEN, "3.2 per 1,000 residents"]


def test_losses_of_all_less_those_of_individuals_are_not_those_of_a_few_organisations():
    rows = reports(
        people=many(30, loss_gbp=Decimal("100")),
        firms=many(3, loss_gbp=Decimal("90000"), victim_type="organisation"),
        silent=many(20, victim_type="organisation"),
    )
    names = [
        f"fraud.loss.{suffix}{inside}@now"
        for suffix in ("mean", "stated")
        for inside in ("[victim_type=individual]", "[victim_type=organisation]", "")
    ]
    found = dict(zip(names, printed(paper_of({FraudReport: rows}), *names), strict=True))
    assert found["fraud.loss.mean[victim_type=organisation]@now"] == HIDDEN
    both = (found["fraud.loss.mean@now"], found["fraud.loss.mean[victim_type=individual]@now"])
    assert HIDDEN in both  # mean times number of the one, less the other, would be the organisations'


def test_the_few_that_do_not_say_take_only_those_counts_with_them_that_give_them_away():
    rows = reports(
        people=many(30, loss_gbp=Decimal("100")),
        firms=many(20, loss_gbp=Decimal("900"), victim_type="organisation"),
        silent=many(3, victim_type="organisation"),
    )
    names = [
        f"fraud.loss.{suffix}{inside}@now"
        for inside in ("[victim_type=individual]", "[victim_type=organisation]", "")
        for suffix in ("missing", "mean")
    ]
    # 15 do not say, of whom 12 individuals; 65 reports, of which 42, and none states nought. The counts of
    # those that do not say must go, and no mean with them.
    found = printed(paper_of({FraudReport: rows}), *names)
    assert found == [HIDDEN, "£100.00", HIDDEN, "£900.00", HIDDEN, "£420.00"]


def test_the_denominator_of_a_share_is_a_total_too():
    rows = reports(firms=many(3, victim_type="organisation"), romance=many(20, nfib_code="NFIB1D"))
    names = (
        "fraud.reports.share[nfib_code=NFIB1D]@now",  # of 35
        "fraud.reports[victim_type=individual]@now",  # 32
        "fraud.reports[victim_type=organisation]@now",
    )
    assert printed(paper_of({FraudReport: rows}), *names) == ["57.1%", HIDDEN, HIDDEN]


def test_the_completeness_of_a_field_tells_how_many_crimes_there_were():
    # 96 of 99 crimes were burglaries, and the share filled in is of all 99.
    crimes = each_month("2020-01..2021-12", "recorded_on", ho_code="28E")
    for code, number in (("28E", 84), ("46", 3)):
        crimes += [{"recorded_on": date(2021, 5, 5), "ho_code": code}] * number
    paper = paper_of({Crime: crimes})
    found = printed(paper, "quality.crime.ho_code@now", "crime.burglary@now", "crime.burglary@before")
    assert found == ["100.0%", HIDDEN, "12"]


def test_an_internal_paper_is_made_once_and_hides_nothing():
    passes = []
    paper = paper_of({FraudReport: reports(firms=many(3, victim_type="organisation"))}, threshold=None)
    name = paper.name("fraud.reports[victim_type=organisation]@now")
    assert made_safe(paper, lambda: passes.append(1) or paper.figure(name).words) == "3"
    assert len(passes) == 1


def test_a_paper_of_large_counts_is_made_once():
    passes = []
    paper = paper_of({FraudReport: reports(people=many(300))})
    made_safe(paper, lambda: passes.append(1) or paper.figure(paper.name("fraud.reports@now")))
    assert len(passes) == 1


# An attack that knows nothing of the code above: the records are laid out cell by cell, every number
# printed is an equation in those cells, and no small number that is hidden may follow from the others.

BANDS = ("41 to 50", "61 to 70", "not stated")
KINDS = ("individual", "organisation")


def random_paper(seed):
    generator = np.random.default_rng(seed)
    rows = each_month("2020-01..2021-12", "reported_on", age=45, nfib_code="NFIB90")
    for month in months("2020-01..2021-12"):
        for _ in range(int(generator.poisson(3))):
            rows.append(
                {
                    "reported_on": month,
                    "age": [45, 65, None][generator.choice(3, p=[0.7, 0.2, 0.1])],
                    "victim_type": KINDS[int(generator.random() < 0.08)],
                    "nfib_code": ["NFIB1D", "NFIB90", "NFIB3A"][generator.choice(3, p=[0.3, 0.65, 0.05])],
                }
            )
    return rows


def print_everything(paper):
    base = paper.name("fraud.reports@now")
    people = base.with_slice(victim_type="individual")
    bands = [Row(band, people.with_slice(age_band=band)) for band in BANDS]
    comparison(paper, "Ages", "Age", bands, PERIODS, Row("All individuals", people))
    codes = [Row(code, base.with_slice(nfib_code=code)) for code in ("NFIB1D", "NFIB90", "NFIB3A")]
    comparison(paper, "Codes", "Code", codes, PERIODS)
    months_chart(paper, "k", "Reports", base, Period(BEFORE.first, NOW.last), "fraud")
    months_chart(paper, "l", "Romance", base.with_slice(nfib_code="NFIB1D"), NOW, "fraud")
    for kind in KINDS:
        for when in ("now", "before"):
            paper.figure(paper.name(f"fraud.reports[victim_type={kind}]@{when}"))
            paper.figure(paper.name(f"fraud.reports.share[victim_type={kind}]@{when}"))
    for when in ("now", "before"):
        paper.figure(paper.name(f"fraud.reports@{when}"))


def cells_counted(rows, name: FigureName, period: Period):
    """Which records a count is of, one by one: 1 for each that it counts."""
    bands = {45: "41 to 50", 65: "61 to 70", None: "not stated"}
    told = name.slices
    return np.array(
        [
            period.contains(row["reported_on"])
            and told.get("victim_type", row.get("victim_type", "individual"))
            == row.get("victim_type", "individual")
            and told.get("nfib_code", row["nfib_code"]) == row["nfib_code"]
            and told.get("age_band", bands[row["age"]]) == bands[row["age"]]
            for row in rows
        ],
        dtype=float,
    )


def equations(rows, printed_figures):
    """Every number of records that the printed figures tell: in value, n and parts."""
    for text, one in printed_figures.items():
        name = FigureName.parse(text)
        base = name.of("fraud.reports")
        yield cells_counted(rows, base, name.period), first_told(one.part("now"), one.part("part"), one.n)
        if name.baseline:
            yield cells_counted(rows, base, name.baseline), one.part("before")
        if one.part("whole") is not None:
            whole = FigureName("fraud.reports", name.period)
            yield cells_counted(rows, whole, name.period), one.part("whole")


def first_told(*numbers):
    return next(number for number in numbers if number is not None)


@pytest.mark.parametrize("seed", range(4))
def test_no_hidden_small_count_follows_from_all_that_is_printed(seed):
    rows = random_paper(seed)
    paper = paper_of({FraudReport: rows})
    made_safe(paper, lambda: print_everything(paper))
    told = list(equations(rows, numbers_printed(paper)))
    known = np.array([cells for cells, _ in told])
    for cells, number in told:
        assert number is None or cells.sum() == number  # the attack reads the prints aright
    checked = 0
    for text, one in paper.figures_used.items():
        name = FigureName.parse(text)
        if one.state is not State.SUPPRESSED or name.measure != "fraud.reports":
            continue
        cells = cells_counted(rows, name, name.period)
        if 0 < cells.sum() < 5:
            checked += 1
            solution, *_ = np.linalg.lstsq(known.T, cells, rcond=None)
            assert np.abs(known.T @ solution - cells).max() > 1e-6, text
    assert checked
    assert len(known) > 20  # and there is still a paper to read
