"""The data-quality note: what was loaded, what was set aside, and what is missing."""

from __future__ import annotations

from fourfold.measures.period import Period
from fourfold.products.board_paper.context import PaperContext, section
from fourfold.products.document import Block, Bullets, Inlines, Section, Table, Text

LOADED = """
The table counts the rows of every file that was loaded. Rows that broke a rule are kept in quarantine with the
reason, and are in no figure until somebody corrects them; unchanged rows had been told before. For each source,
accepted, quarantined and unchanged rows add up to those received.
"""

FRAUD_NOTE = """
Police figures of fraud have no accredited status, and the crime survey is the better guide to how much there is
(Office for Statistics Regulation, April 2025). Losses left blank make every sum a floor.
"""

QUESTIONS = (
    ("Fraud reports", "fraud.reports"),
    ("Recorded crimes", "crime.all"),
    ("Published open data", "open.crimes"),
    ("Published outcomes", "open.outcomes"),
    ("Stops and searches", "open.searches"),
)


def data_quality(paper: PaperContext) -> Section:
    """What the paper rests on, for the reader who must judge it."""
    blocks: list[Block] = [*paper.write("quality", LOADED), loads_table(paper), missing_months(paper)]
    if paper.is_loaded("fraud.reports"):
        blocks += paper.write("quality-fraud", FRAUD_NOTE)
    return section(paper, "data_quality", "Data quality", *blocks)


def loads_table(paper: PaperContext) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    for load in paper.loads:
        numbers = (load.files, load.received, load.accepted, load.quarantined, load.unchanged)
        cells: list[Inlines] = [(Text(f"{number:,}"),) for number in numbers]
        rows.append(((Text(load.title),), *cells, (Text(span_words(load.first_on, load.last_on)),)))
    header = ("Source", "Files", "Rows received", "Accepted", "Quarantined", "Unchanged", "From and to")
    note = "All files loaded, of every force."
    return Table("Rows loaded by source", header, tuple(rows), "lrrrrrl", note=note, key="loads")


def span_words(first: object, last: object) -> str:
    from datetime import date

    if not isinstance(first, date) or not isinstance(last, date):
        return "not dated"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def missing_months(paper: PaperContext) -> Bullets:
    """Say for each source and period whether it is loaded whole; what is missing is named."""
    from fourfold.measures.evaluate import months_said
    from fourfold.measures.registry import REGISTRY

    items: list[Inlines] = []
    for words, name in QUESTIONS:
        measure = REGISTRY[name]
        loaded = paper.is_loaded(name)
        if not loaded:
            items.append(
                (
                    Text(
                        f"{words}: none loaded for this force. Nothing is said about them; that is not a count of zero."
                    ),
                )
            )
            continue
        spans: list[Period] = [paper.now, paper.before, paper.baseline]
        missing = [
            month
            for span in spans
            for month in paper.figures.counts.months_missing(measure, paper.force, span)
        ]
        said = (
            f"not loaded: {months_said(missing)}" if missing else "every month of all three periods is loaded"
        )
        items.append((Text(f"{words}: {said}."),))
    return Bullets(tuple(items))
