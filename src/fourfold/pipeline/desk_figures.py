"""The stage of figures that desks show at once: worked out by name, so that each opens its records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from fourfold import policy
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.measures.figure import Figure, FigureName
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY
from fourfold.measures.views import AGE_BANDS, NOT_STATED, OLDEST
from fourfold.pipeline.opening import Opened
from fourfold.policy.definitions import choices
from fourfold.records.desk_figure import DeskFigure

REPORTS, LOSS = "fraud.reports", "fraud.loss"
LOSS_LOOKS = ("stated", "none", "missing", "mean", "median", "trimmed_mean", "largest_share", "total")
BANDS = (*(f"{low} to {high}" for low, high in AGE_BANDS), OLDEST, NOT_STATED)
VICTIM_TYPES = ("individual", "organisation")
ON_STAFF, UNCLEAR = "business.shop_workers", "business.shop_violence_unclear"
FIELDS = ("premises_type", "premises_name", "business_related", "victim_at_work", "mo_text")
"""Optional fields on which the counts of business crime rest."""
QUARTER_MONTHS = 3


@dataclass(frozen=True)
class Span:
    """A period to its last whole month, and what it is compared with by name."""

    name: str
    now: Period
    against: dict[str, Period]


Wanted = tuple[str, str, str, FigureName]
"""Part, value, look, and the figure's name, still without force and period."""


def desk_figures(opened: Opened) -> pl.DataFrame:
    """Return the derived table `desk_figure` for every force that sent records."""
    rows = [row for desk in ("fraud", "business") for row in of_desk(opened, desk)]
    return DeskFigure.validate(pl.DataFrame(rows, schema=DeskFigure.create_empty().schema, orient="row"))


def of_desk(opened: Opened, desk: str) -> Iterator[tuple[str, ...]]:
    measure = REGISTRY[REPORTS if desk == "fraud" else ON_STAFF]
    if not opened.figures.counts.is_loaded(measure):
        return
    this_month = opened.rules.on.replace(day=1)
    for force in opened.figures.counts.forces(measure):
        months = [month for month in opened.figures.counts.months_sent(measure, force) if month < this_month]
        if not months:
            continue
        wanted = list(fraud(opened, force) if desk == "fraud" else business(opened))
        for span in spans(opened, max(months)):
            for part, value, look, name in wanted:
                of_force = name.with_slice(force=force)
                if look != "change":
                    yield row(
                        opened, (desk, force, span.name, ""), (part, value, look), of_force.at(span.now)
                    )
                    continue
                for against, period in span.against.items():
                    where = (desk, force, span.name, against)
                    yield row(opened, where, (part, value, look), of_force.at(span.now, period))


def row(opened: Opened, where: tuple[str, ...], place: tuple[str, ...], name: FigureName) -> tuple[str, ...]:
    figure = opened.figures.get(name)
    return (*where, *place, figure.name, json.dumps(figure.to_json(), ensure_ascii=False))


def spans(opened: Opened, last: date) -> list[Span]:
    """Return the year and the quarter to the last whole month, each against the same months a year before.

    The year also stands against the named pre-Covid baseline, where the two do not share months.
    """
    year = Period.year_to(last)
    quarter = Period(Period.month(last).moved(1 - QUARTER_MONTHS).first, last)
    told = policy.value_on("baselines.pre_covid", opened.rules.on, opened.rules.policy).value
    covid = Period(told["starts_on"], told["ends_on"].replace(day=1))
    against = {"before": year.before()}
    if covid != year.before() and covid.last < year.first and covid.months == year.months:
        against["pre_covid"] = covid
    return [Span("year", year, against), Span("quarter", quarter, {"before": quarter.moved(-12)})]


def fraud(opened: Opened, force: str) -> Iterator[Wanted]:
    """Name the fraud desk's figures: total, codes, ages, victim types, losses."""
    reports, loss = plain(REPORTS), plain(LOSS)
    yield from counted("total", "", reports)
    for code in codes_of(opened, force):
        yield from counted("code", code, reports.with_slice(nfib_code=code))
    for part, dimension, values in (("age", "age_band", BANDS), ("victim", "victim_type", VICTIM_TYPES)):
        for value in values:
            sliced = reports.with_slice(**{dimension: value})
            yield from counted(part, value, sliced)
            yield part, value, "share", sliced.of(f"{REPORTS}.share")
    for value in ("", *VICTIM_TYPES):
        sliced = loss.with_slice(victim_type=value) if value else loss
        yield from (("loss", value, look, sliced.of(f"{LOSS}.{look}")) for look in LOSS_LOOKS)
    yield "unknown", "", "count", plain("fraud.unknown_code")


def codes_of(opened: Opened, force: str) -> list[str]:
    cells = opened.figures.counts.cells(REGISTRY[REPORTS], ("force", "nfib_code"))
    return sorted({str(code) for of, code in cells if of == force and code is not None})


def business(opened: Opened) -> Iterator[Wanted]:
    """Name the business crime page's figures: each definition, staff, and how far the optional fields are filled."""
    for name in choices("business_crime", opened.rules.on, opened.rules.policy):
        if f"business.crimes.{name}" in REGISTRY:
            yield from counted("definition", name, plain(f"business.crimes.{name}"))
    yield from counted("staff", "yes", plain(ON_STAFF))
    yield from counted("staff", "not_recorded", plain(UNCLEAR))
    for field in FIELDS:
        yield "field", field, "share", plain(f"quality.crime.{field}")


def plain(measure: str) -> FigureName:
    return FigureName(measure, Period(date(2000, 1, 1), date(2000, 1, 1)))


def counted(part: str, value: str, name: FigureName) -> Iterator[Wanted]:
    yield part, value, "count", name
    yield part, value, "change", name.of(f"{name.measure}.change")


@dataclass(frozen=True)
class Standing:
    """The figures of a desk's page: by part, value and look, with the manifest they are of."""

    figures: dict[tuple[str, str, str], Figure]
    manifest: str

    def get(self, part: str, value: str, look: str) -> Figure | None:
        return self.figures.get((part, value, look))

    def values(self, part: str) -> list[str]:
        """Return the values of a part in their order on the page."""
        return list(dict.fromkeys(value for of, value, _ in self.figures if of == part))


def standing_figures_of(home: Home, desk: str, force: str, span: str, against: str = "before") -> Standing:
    """Return the figures of a desk for one force and span; changes are those against the named baseline."""
    lake = Lake(home.lake)
    manifest = lake.current()
    table = lake.scan(DeskFigure.table, manifest)
    if table is None:
        return Standing({}, manifest.name)
    kept = (pl.col("desk") == desk) & (pl.col("force") == force) & (pl.col("span") == span)
    rows = table.filter(kept & pl.col("against").is_in(["", against])).select(
        "part", "value", "look", "figure"
    )
    found = {
        (part, value, look): Figure.from_json(json.loads(told))
        for part, value, look, told in rows.collect().iter_rows()
    }
    return Standing(found, manifest.name)


def forces_shown(home: Home, desk: str) -> list[str]:
    """Return the forces of which a desk has figures."""
    lake = Lake(home.lake)
    table = lake.scan(DeskFigure.table, lake.current())
    if table is None:
        return []
    return sorted(table.filter(pl.col("desk") == desk).select("force").unique().collect()["force"])


def months_of(home: Home, measure: str, force: str, before: date) -> list[tuple[date, float]]:
    """Return a measure's count by month for one force up to a day, in order; a month that was not sent is not there."""
    lake = Lake(home.lake)
    table = lake.scan("monthly_series", lake.current())
    if table is None:
        return []
    mine = (pl.col("measure") == measure) & (pl.col("force") == force) & pl.col("dimension").is_null()
    return list(
        table.filter(mine, pl.col("month") < before)
        .select("month", "count")
        .sort("month")
        .collect()
        .iter_rows()
    )
