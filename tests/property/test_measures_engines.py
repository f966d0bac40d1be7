"""The same measures on two engines: Polars lazy frames and DuckDB relations agree on every figure and row."""

import math
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np

from fourfold.home import WrongUseError
from fourfold.measures.figure import Figure, FigureName, State
from fourfold.measures.measure import SUFFIXES, Statistic
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY, suffixes_of, understand
from fourfold.measures.victims_code import ASIDE, COUNTED, counted_duties
from fourfold.records import (
    Area,
    CaseEvent,
    Crime,
    FraudReport,
    Outcome,
    PersonRole,
    Population,
    ProgrammeCase,
    Property,
    ProtectActivity,
    Staffing,
    StopSearch,
    StreetCrime,
    StreetOutcome,
)
from fourfold.records.audit import AuditFinding
from fourfold.records.compliance import CrimeGroup, DutyCompliance
from fourfold.records.derived import Clock
from measure_records import figures_of, table

START = date(2020, 1, 1)
NOW, BEFORE = "2021-01..2021-06", "2020-01..2020-06"
SUCCESS = (
    "programme_success.crime_free:\n  title: Success\n  values:\n    - from: 2018-01-01\n"
    "      value: {label: no offence in six months, ended_as: [completed], follow_up_months: 6}\n"
    "      source: Here Police\n      status: our choice\n"
)
SLICES = {
    "fraud_reports": "age_band=41 to 50",
    "crimes": "district=North",
    "street_crime": "crime_type=Robbery",
    "duty_clocks": "offence_group=business",
}
MORE = (
    f"duties.open_group[force=here,open_group=hate]@{NOW}",
    f"duties.strict[force=here,offence_group=domestic,rule=R06-ARREST,unit=North CID]@{NOW}",
    f"duties.judged.share[force=here,offence_group=domestic]@{NOW}",
)
"""Questions beside those that every measure is asked."""


class Random:
    """Draws of values of which many are missing."""

    def __init__(self, seed: int) -> None:
        self.generator = np.random.default_rng(seed)

    def one(self, *values, missing=0.4):
        return None if self.generator.random() < missing else values[self.generator.integers(len(values))]

    def day(self, missing=0.0, start=START, days=730):
        return (
            None
            if self.generator.random() < missing
            else start + timedelta(days=int(self.generator.integers(days)))
        )

    def moment(self, missing=0.0):
        day = self.day(missing)
        minute = timedelta(minutes=int(self.generator.integers(1440)))
        return day and datetime(day.year, day.month, day.day, tzinfo=UTC) + minute

    def amount(self):
        return self.one(
            Decimal("0.00"),
            Decimal("12.34"),
            Decimal("99999.99"),
            Decimal(int(self.generator.integers(5000))),
        )

    def number(self):
        return self.one(0, 1, 70, 1234)


def frames(seed: int):
    draw = Random(seed)
    codes = ("28E", "30C", "34A", "39", "48", "37.2", "45", "8N", "9A", "46")
    refs = [f"C{number}" for number in range(400)]
    month = [START + timedelta(days=31 * step) for step in range(24)]
    first = [day.replace(day=1) for day in month]
    return {
        FraudReport: [
            {
                "reported_on": draw.day(),
                "nfib_code": draw.one("NFIB1D", "NFIB90"),
                "victim_type": draw.one("individual", "organisation", missing=0),
                "age": draw.one(0, 10, 41, 50, 91, 120, missing=0.7),
                "date_of_birth": draw.day(0.4, date(1925, 1, 1), 33_000),
                "loss_gbp": draw.amount(),
                "force": draw.one("here", "there", missing=0),
            }
            for _ in range(600)
        ],
        Crime: [
            {
                "crime_ref": ref,
                "recorded_on": draw.day(),
                "ho_code": draw.one(*codes),
                "district": draw.one("North", "South"),
                "premises_type": draw.one("shop", "education", "office"),
                "victim_at_work": draw.one(True, False),
                "business_related": draw.one(True, False),
                "status": draw.one("open", "filed", "cancelled", missing=0),
                "cancelled_on": draw.day(0.9),
            }
            for ref in refs
        ],
        PersonRole: [
            {
                "crime_ref": draw.one(*refs, "elsewhere", missing=0),
                "role": draw.one("victim", "suspect", missing=0),
                "organisation_name": draw.one("Bakery Ltd", "Shop Ltd"),
            }
            for _ in range(200)
        ],
        CaseEvent: [
            {
                "crime_ref": draw.one(*refs, "elsewhere", missing=0),
                "event_type": draw.one("arrested", "bailed"),
                "happened_at": draw.moment(0.2),
                "recorded_at": draw.moment(),
                "suspect_ref": draw.one("A", "B", "C"),
                "operation": draw.one("Cantil", "Guardian"),
            }
            for _ in range(500)
        ],
        Outcome: [
            {
                "subject_ref": draw.one(*refs, "elsewhere", missing=0),
                "subject": draw.one("crime", "fraud_report", missing=0),
                "outcome_type": draw.one("1", "4", "18"),
                "outcome_on": draw.day(),
                "programme": draw.one("Crime Free"),
            }
            for _ in range(300)
        ],
        ProgrammeCase: [
            {
                "programme": draw.one("Crime Free", "Offender to Rehab", missing=0),
                "referred_on": draw.day(0, START, 200),
                "started_on": draw.day(0.3, START, 600),
                "ended_on": draw.day(0.5),
                "ended_as": draw.one("completed", "breached"),
                "reoffended_on": draw.day(0.6),
            }
            for _ in range(120)
        ],
        Property: [
            {
                "kind": draw.one("car", "phone"),
                "status": draw.one("recovered", "stolen", missing=0),
                "recovered_on": draw.day(0.2),
                "operation": draw.one("Cantil"),
            }
            for _ in range(200)
        ],
        ProtectActivity: [
            {"on": draw.day(), **{name: draw.number() for name in ("impressions", "attendance", "materials")}}
            for _ in range(100)
        ],
        Staffing: [
            {
                "month": day,
                "unit": unit,
                "filled_fte": draw.one(1.5, 2.25, 7.0),
                "seconded_out_fte": draw.one(0.5),
            }
            for day in first
            for unit in ("ECU", "ECVCU")
        ],
        StreetCrime: [
            {"month": draw.one(*first, missing=0), "crime_type": draw.one("Burglary", "Robbery", missing=0)}
            for _ in range(200)
        ]
        + [{"month": day} for day in first],
        StreetOutcome: [{"month": day} for day in first],
        StopSearch: [{"month": day, "sex": draw.one("Male", "Female")} for day in first],
        Area: [
            {"lsoa_code": f"E{number}", "district": "North" if number < 3 else "South"} for number in range(5)
        ],
        Population: [
            {"lsoa_code": f"E{number}", "sex": sex, "people": int(draw.generator.integers(900, 2000))}
            for number in range(5)
            for sex in ("all", "female", "male")
        ],
    }


def with_duties(told: dict, seed: int) -> dict:
    """Add clocks in random states, the groups of their crimes, and what a refresh counts of both."""
    draw = Random(seed)
    some = ("|domestic|", "|domestic|business|", "|hate|business|", "|other|")
    groups = [
        {
            "crime_ref": row["crime_ref"],
            "offence_group": draw.one(*some, missing=0.1),
            "open_group": draw.one("|hate|", "|hate|domestic|", missing=0.5),
        }
        for row in told[Crime]
    ]
    clocks = [
        {
            "rule": draw.one("R06-ARREST", "R07-VPS", missing=0),
            "case_ref": draw.one(*(row["crime_ref"] for row in told[Crime]), "unheard of", missing=0),
            "unit": draw.one("North CID", "South CID"),
            "started_on": draw.day(),
            "due_on": draw.day(0.3),
            "state": draw.one(*COUNTED, *ASIDE, missing=0),
            "is_strictest": draw.one(True, False, missing=0),
        }
        for _ in range(3000)
    ]
    finding = {
        "period_from": date(2021, 1, 1),
        "period_to": date(2021, 6, 30),
        "stratum": "",
        "question": "acknowledged",
        **dict.fromkeys(("met", "not_met", "not_recorded", "not_applicable", "drawn", "read"), 40),
        **{
            f"{share}_{part}": value
            for share in ("recorded", "strict", "best_case", "not_recorded")
            for part, value in (("value", 0.4), ("lower", 0.3), ("upper", 0.5))
        },
    }
    told = {**told, AuditFinding: [finding]}
    counted = counted_duties(table(Clock, clocks), table(CrimeGroup, groups))
    return {**told, Clock: clocks, CrimeGroup: groups, DutyCompliance: counted.to_dicts()}


def questions() -> list[str]:
    """Every measure, in every way it can be asked for, whole and sliced."""
    asked = []
    for measure in REGISTRY.values():
        slices = ["force=here", *([f"{SLICES[measure.view]},force=here"] if measure.view in SLICES else [])]
        for inside in slices:
            for suffix in ["", *suffixes_of(measure)]:
                against = f"~{BEFORE}" if suffix and SUFFIXES[suffix].needs_baseline else ""
                asked.append(f"{measure.name}{'.' if suffix else ''}{suffix}[{inside}]@{NOW}{against}")
    return [*(name for name in asked if can_be_asked(name)), *MORE]


def can_be_asked(name: str) -> bool:
    try:
        understand(FigureName.parse(name))
    except WrongUseError:
        return False
    return True


def same(one: Figure, other: Figure) -> bool:
    """Compare two figures, numbers to the last digits that a sum in another order may change."""
    mine, theirs = one.to_json(), other.to_json()
    for key in ("value", "lower", "upper"):
        near(mine.pop(key), theirs.pop(key))
    parts, others = mine.pop("parts"), theirs.pop("parts")
    assert [name for name, _ in parts] == [name for name, _ in others]
    for (_, number), (_, twin) in zip(parts, others, strict=True):
        near(number, twin)
    return mine == theirs


def near(one, other):
    assert (one is None) == (other is None)
    assert one is None or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def test_both_engines_say_the_same_of_every_measure_and_list_the_same_rows(tmp_path):
    (tmp_path / "definitions.yaml").write_text(SUCCESS)
    told = with_duties(frames(3), 3)
    polars, duckdb = (figures_of(told, policy=tmp_path, engine=engine) for engine in ("polars", "duckdb"))
    known = 0
    for name in questions():
        ours, theirs = polars.get(name), duckdb.get(name)
        assert same(ours, theirs), name
        known += ours.value is not None
        keys = rows_of(polars, name)
        check_counts(ours, len(keys), name)
        if understand(FigureName.parse(name)).suffix is None:
            assert keys == rows_of(duckdb, name), name
    assert known > 0.8 * len(questions())  # the data are such that nearly everything has a number


def rows_of(figures, name: str) -> list[tuple]:
    """The keys of the rows behind a figure, as its trace lists them."""
    asked = understand(FigureName.parse(name))
    keys = list(asked.measure.record.key)
    periods = [asked.name.period] if asked.name.baseline is None else [asked.name.period, asked.name.baseline]
    found = []
    for period in periods:
        rows = figures.counts.rows(asked.measure, asked.name, period).select(*keys).collect()
        found += [tuple(str(value) for value in row) for row in rows.iter_rows()]
    return sorted(found)


def check_counts(figure: Figure, rows: int, name: str) -> None:
    """The rows that a figure lists are the ones it rests on and those that do not say: none more, none lost."""
    if figure.state is State.MISSING or figure.n is None:
        return
    asked = understand(FigureName.parse(name))
    if asked.measure.statistic is Statistic.ESTIMATE:
        assert rows == 1  # the one finding, which speaks of many crimes
        return
    suffix = asked.suffix.name if asked.suffix else ""
    if asked.measure.statistic is Statistic.AMOUNT:
        of_kind = {"stated": figure.n, "none": figure.n, "missing": figure.n}.get(suffix)
        assert figure.part("all") == rows if of_kind is not None else figure.n + (figure.missing or 0) <= rows
    elif suffix == "share":
        assert figure.part("part") == rows or figure.n == 0
    else:
        assert figure.n + (figure.missing or 0) == rows, name


def test_sums_of_compliance_are_those_of_the_clocks_by_hand():
    told = with_duties(frames(5), 5)
    figures = figures_of(told)
    group = {row["crime_ref"]: row["offence_group"] or "" for row in told[CrimeGroup]}
    due = [row for row in told[Clock] if row["is_strictest"] and row["state"] in COUNTED]
    due = [
        row for row in due if Period.parse(NOW).contains((row["due_on"] or row["started_on"]).replace(day=1))
    ]
    for inside in ("", "domestic", "business", "hate", "other"):
        mine = [row for row in due if not inside or f"|{inside}|" in group.get(row["case_ref"], "")]
        states = Counter(row["state"] for row in mine)
        named = f",offence_group={inside}" if inside else ""
        value = {
            name: figures.get(f"duties.{name}[force=here{named}]@{NOW}").value
            for name in ("judged", "recorded", "strict", "best", "not_recorded")
        }
        met, unknown, judged = states["met_in_time"], states["not_recorded"], len(mine)
        assert value["judged"] == judged > 20
        near(value["recorded"], 100 * met / (judged - unknown))
        near(value["strict"], 100 * met / judged)
        near(value["best"], 100 * (met + unknown) / judged)
        near(value["not_recorded"], 100 * unknown / judged)
        assert value["strict"] <= value["recorded"] <= value["best"]


def test_compliance_has_no_interval_for_nothing_was_drawn():
    figure = figures_of(with_duties(frames(5), 5)).get(f"duties.strict[force=here]@{NOW}")
    assert (figure.lower, figure.upper) == (None, None)
    assert any("none is drawn" in caveat for caveat in figure.caveats)


def test_stated_none_and_missing_are_all_the_reports():
    figures = figures_of(frames(7))
    kinds = [
        figures.get(f"fraud.loss.{kind}[force=here]@{NOW}").value for kind in ("stated", "none", "missing")
    ]
    assert sum(kinds) == figures.get(f"fraud.reports[force=here]@{NOW}").value
    assert all(kinds)


def test_parts_of_a_whole_add_up_month_by_month():
    figures = figures_of(frames(7))
    period = Period.parse(NOW)
    whole = figures.get(f"fraud.reports[force=here]@{NOW}").value
    cells = figures.counts.cells(REGISTRY["fraud.reports"], ("force", "age_band"))
    by_band = [
        sum(count for month, count in counted.items() if period.contains(month))
        for (force, _), counted in cells.items()
        if force == "here"
    ]
    by_month = [
        figures.get(f"fraud.reports[force=here]@{month:%Y-%m}").value for month in period.list_months()
    ]
    assert sum(by_band) == sum(by_month) == whole
