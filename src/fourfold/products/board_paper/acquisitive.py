"""Acquisitive crime (source paper, paragraphs 28 to 42)."""

from __future__ import annotations

from fourfold.measures.figure import Figure, FigureName
from fourfold.measures.period import Period
from fourfold.products.board_paper.charting import change_chart, months_chart
from fourfold.products.board_paper.context import PaperContext, section
from fourfold.products.board_paper.open_data import open_acquisitive
from fourfold.products.board_paper.purpose import filled
from fourfold.products.board_paper.tables import Comparison, Row, comparison
from fourfold.products.document import Block, FigureLink, Heading, Inlines, Section, Table, Text

KINDS = (
    ("Neighbourhood crime", "crime.neighbourhood"),
    ("Burglary (homes and businesses)", "crime.burglary"),
    ("Residential burglary", "crime.burglary_residential"),
    ("Robbery", "crime.robbery"),
    ("Theft from the person", "crime.theft_from_person"),
    ("Theft of a motor vehicle", "crime.theft_of_vehicle"),
    ("Theft from a vehicle", "crime.theft_from_vehicle"),
)

WHAT = """
Recorded acquisitive crime in the {now}, set against {baseline_words} ({baseline}) and against the {before}.
Crimes cancelled since are left out.[^neighbourhood]

[^neighbourhood]: Neighbourhood crime has three published definitions. The one used here counts burglary, robbery,
theft from the person and vehicle theft; the appendix gives its source.

Both comparisons hold months of national lockdown ({lockdowns}). A rise on a lockdown year is not, on its own,
a rise in offending.
"""

CANTIL = """
Operation Cantil works against burglary for car keys and the theft of cars. From {since} to the end of the
{now}, {{cantil.arrests@SPAN}} suspects were arrested under it, of whom {{cantil.arrests_car_crime@SPAN}} for
burglary or car theft, and {{cantil.cars@SPAN}} stolen cars were recovered. Arrests and recoveries are
activity; they do not show how far crime fell because of them.
"""

CRIME_FREE = """
From {since} to the end of the {now}, {{crime_free.burglaries_resolved@SPAN}} residential burglaries and
{{crime_free.others_resolved@SPAN}} other offences were taken into consideration on the Crime Free Programme.
Offences admitted to are not arrests and stand apart from other outcomes.

{success}
"""

SUCCESS = """Of {{crime_free.success@SPAN|whole}} people who started the programme and could be followed,
{{crime_free.success@SPAN|part}} succeeded: {{crime_free.success@SPAN}} ({{crime_free.success@SPAN|interval}}).
Success is counted as the definition in the footnote says.[^success] There is no comparison group: the figure does
not say what would have happened without the programme.

[^success]: {definition}
"""

NO_SUCCESS = """No share of successful cases is given: {why}."""

CANTIL_SINCE = Period.parse("2018-09").first
CRIME_FREE_SINCE = Period.parse("2017-11").first


def acquisitive(paper: PaperContext) -> Section:
    """Recorded crime by kind against two baselines, districts, operations and the Crime Free Programme."""
    title = "Acquisitive crime"
    if not paper.is_loaded("crime.all"):
        return section(paper, "acquisitive", title, *open_acquisitive(paper))
    blocks: list[Block] = [*paper.write("acquisitive", filled(paper, WHAT))]
    rows = [Row(words, paper.name(f"{measure}@now")) for words, measure in KINDS]
    against = Comparison(paper.now, paper.baseline, f"{paper.baseline.words} (before Covid)")
    table = comparison(
        paper,
        f"Acquisitive crime against {paper.baseline_words}",
        "Kind",
        rows,
        against,
        key="acquisitive-baseline",
    )
    yearly = Comparison(paper.now, paper.before)
    blocks += [
        table,
        change_chart(
            paper, "acquisitive-change", f"Change against {paper.baseline_words}", rows, against, table
        ),
        comparison(
            paper,
            f"Acquisitive crime against the {paper.before.words}",
            "Kind",
            rows,
            yearly,
            key="acquisitive-before",
        ),
    ]
    span = Period(min(paper.baseline.first, paper.before.first), paper.now.last)
    name = paper.name("crime.neighbourhood@now")
    blocks.append(
        months_chart(
            paper,
            "neighbourhood-months",
            "Neighbourhood crimes recorded by month",
            name,
            span,
            "neighbourhood_crime",
        )
    )
    blocks += [*districts(paper, against), *operations(paper)]
    return section(paper, "acquisitive", title, *blocks)


def districts(paper: PaperContext, against: Comparison) -> list[Block]:
    from fourfold.measures.registry import REGISTRY

    cells = paper.figures.counts.cells(REGISTRY["crime.neighbourhood"], ("force", "district"))
    names = sorted(
        {str(district) for force, district in cells if force == paper.force and district is not None}
    )
    if not names:
        return []
    base = paper.name("crime.neighbourhood@now")
    rows = [Row(district, base.with_slice(district=district)) for district in names]
    table = comparison(
        paper, "Neighbourhood crime by district", "District", rows, against, key="acquisitive-districts"
    )
    return [Heading("Where"), table, *rates(paper, names)]


def rates(paper: PaperContext, names: list[str]) -> list[Block]:
    """Rates of residents, where a population is loaded; its year is in each figure's definition."""
    base = paper.name("crime.neighbourhood.rate@now") if paper.figures.counts.people_by_area else None
    if base is None:
        return []
    rows: list[tuple[Inlines, ...]] = []
    for district in names:
        figure = paper.figure(base.with_slice(district=district))
        year = figure.part("population_year")
        rows.append(
            (
                (Text(district),),
                rate_cell(figure),
                (Text(f"{year:.0f}" if year else "none"),),
            )
        )
    header = ("District", "Per 1,000 residents (95% interval)", "Population of")
    note = "Residents are a poor base where many crimes are against visitors."
    return [
        Table(
            f"Neighbourhood crime per 1,000 residents, {paper.now.words}",
            header,
            tuple(rows),
            "lrr",
            note=note,
            key="acquisitive-rates",
        )
    ]


def rate_cell(figure: Figure) -> Inlines:
    """Return a rate and its interval without their unit, which stands in the column's head."""
    if figure.value is None or figure.lower is None or figure.upper is None:
        return (FigureLink(figure.name, figure.words),)
    interval = f" ({figure.lower:,.1f} to {figure.upper:,.1f})"
    return (FigureLink(figure.name, f"{figure.value:,.1f}"), Text(interval))


def operations(paper: PaperContext) -> list[Block]:
    blocks: list[Block] = []
    cantil = since(paper, CANTIL, CANTIL_SINCE, "cantil.arrests")
    if cantil:
        blocks += [Heading("Operation Cantil"), *paper.write("cantil", cantil)]
    crime_free = since(paper, CRIME_FREE, CRIME_FREE_SINCE, "crime_free.burglaries_resolved")
    if crime_free:
        blocks += [
            Heading("Crime Free Programme"),
            *paper.write("crime-free", with_success(paper, crime_free)),
        ]
    return blocks


def since(paper: PaperContext, text: str, first: object, measure: str) -> str:
    """Fill a text whose figures run from a start to the end of the paper's year; nothing without records."""
    from datetime import date

    from fourfold.measures.period import month_words

    assert isinstance(first, date)
    span = Period(first, paper.now.last)
    figure = paper.figures.get(FigureName(measure, span).with_slice(force=paper.force))
    if figure.value is None or not figure.value:
        return ""
    return filled(paper, text.replace("{since}", month_words(first))).replace("SPAN", str(span))


def with_success(paper: PaperContext, text: str) -> str:
    span = Period(CRIME_FREE_SINCE, paper.now.last)
    figure = paper.figure(FigureName("crime_free.success", span).with_slice(force=paper.force))
    if figure.value is None:
        return text.replace("{success}", NO_SUCCESS.replace("{why}", figure.why))
    return text.replace(
        "{success}", SUCCESS.replace("{definition}", figure.definition).replace("SPAN", str(span))
    )
