"""Sections made from published open data alone, for a force whose own extract is not loaded."""

from __future__ import annotations

from fourfold.measures.period import Period
from fourfold.products.board_paper.charting import change_chart, months_chart
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.board_paper.purpose import filled
from fourfold.products.board_paper.tables import Comparison, Row, comparison
from fourfold.products.document import Block, Heading

ACQUISITIVE = (
    "Burglary",
    "Robbery",
    "Theft from the person",
    "Vehicle crime",
    "Shoplifting",
    "Bicycle theft",
    "Other theft",
)

WHAT = """
No extract of the force's crime system is loaded. This section rests on what the force publishes on
data.police.uk. Its categories are broad: burglary is homes and businesses together, and vehicle crime is
theft of and theft from vehicles together, so neither can be told apart here.

{{open.crimes@now}} crimes and incidents were published for the {now}, of which
{{open.crimes[crime_type=Anti-social behaviour]@now}} are incidents of anti-social behaviour.
"""

ALL_LOADED = """
Counts of the {now} are set against the {before}.
"""

SOME_MISSING = """
Months that are not loaded are missing, not zero ({why}). So no figure for the whole {before} is given, and
{months_now} is set against {months_before}, the same months of the year.
"""

NO_BASELINE = """
No comparison with {baseline_words} ({baseline}) can be made: {why}.
"""

LOCKDOWN = """
The comparison crosses national lockdowns (the chart shades them), in which far fewer thefts and burglaries were
possible. A rise on such months is not, on its own, a rise in offending.
"""


def open_acquisitive(paper: PaperContext) -> list[Block]:
    """Acquisitive crime by published category, with what is missing stated."""
    if not paper.is_loaded("open.crimes"):
        return [
            paper.missing(
                "No crime records of this force are loaded.", "Hand in its extract, or its open data."
            )
        ]
    periods, blocks = periods_that_compare(paper)
    rows = [Row(kind, paper.name("open.crimes@now").with_slice(crime_type=kind)) for kind in ACQUISITIVE]
    head = list(paper.write("open", filled(paper, WHAT)))
    if periods is not None:
        table = comparison(
            paper, "Published acquisitive crime", "Category", rows, periods, key="open-acquisitive"
        )
        blocks += [
            table,
            change_chart(paper, "open-change", "Change in published acquisitive crime", rows, periods, table),
        ]
        if paper.lockdowns:
            blocks += paper.write("open-lockdown", LOCKDOWN)
    span = Period(paper.before.first, paper.now.last)
    base = paper.name("open.crimes@now")
    for kind in ("Burglary", "Vehicle crime"):
        key, caption = f"open-{kind.split()[0].lower()}", f"{kind} as published, by month"
        blocks.append(months_chart(paper, key, caption, base.with_slice(crime_type=kind), span, kind.lower()))
    return [*head, *blocks, *other_categories(paper)]


def periods_that_compare(paper: PaperContext) -> tuple[Comparison | None, list[Block]]:
    """Return the whole years if they are loaded, else the same months of both, and the words that say so."""
    before = paper.figure("open.crimes@before")
    baseline = paper.figure("open.crimes@baseline")
    blocks: list[Block] = []
    if baseline.value is None:
        blocks += paper.write("open-baseline", filled(paper, NO_BASELINE).replace("{why}", baseline.why))
    if before.value is not None:
        return Comparison(paper.now, paper.before), [
            *paper.write("open-all", filled(paper, ALL_LOADED)),
            *blocks,
        ]
    now = months_in_both(paper)
    if now is None:
        words = f"No comparison with the {paper.before.words} can be made: {before.why}."
        return None, [*paper.write("open-none", words), *blocks]
    earlier = now.moved(-12)
    text = filled(paper, SOME_MISSING).replace("{why}", before.why)
    text = text.replace("{months_now}", now.words).replace("{months_before}", earlier.words)
    return Comparison(now, earlier), [*paper.write("open-some", text), *blocks]


def months_in_both(paper: PaperContext) -> Period | None:
    """Return the longest run of months of the year, up to the last, that is loaded in both years."""
    from fourfold.measures.registry import REGISTRY

    sent = paper.figures.counts.months_sent(REGISTRY["open.crimes"], paper.force)
    run = None
    for first in reversed(paper.now.list_months()):
        earlier = Period.month(first).moved(-12).first
        if first not in sent or earlier not in sent:
            break
        run = Period(first, paper.now.last)
    return run


def other_categories(paper: PaperContext) -> list[Block]:
    """All categories in the year, so that the reader sees what acquisitive crime is part of."""
    from fourfold.measures.registry import REGISTRY
    from fourfold.products.document import Inlines, Table, Text

    cells = paper.figures.counts.cells(REGISTRY["open.crimes"], ("force", "crime_type"))
    kinds = sorted({str(kind) for force, kind in cells if force == paper.force})
    base = paper.name("open.crimes@now")
    rows: list[tuple[Inlines, ...]] = [
        (
            (Text(kind),),
            paper.cell(base.with_slice(crime_type=kind)),
            paper.cell(base.of("open.crimes.share").with_slice(crime_type=kind), True),
        )
        for kind in kinds
    ]
    rows.append(((Text("All"),), paper.cell(base), (Text("100%"),)))
    header = ("Category", "Number", "Share of all (95% interval)")
    return [
        Heading("All published categories"),
        Table(
            f"Published crimes and incidents, {paper.now.words}",
            header,
            tuple(rows),
            "lrr",
            key="open-all-kinds",
        ),
    ]
