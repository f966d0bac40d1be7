"""Business crime and violence against shop workers (source paper, paragraphs 23 to 27)."""

from __future__ import annotations

from fourfold.measures.quality import FIELDS
from fourfold.products.board_paper.context import PaperContext, section
from fourfold.products.board_paper.purpose import filled
from fourfold.products.board_paper.tables import Comparison, Row, comparison
from fourfold.products.document import Block, Heading, Inlines, Section, Table, Text

DEFINITION = """
Business crime is counted by the definition of the National Police Chiefs' Council of June 2019: the victim is
a business, or a person in the course of their work and because of it.

The fields that show it (type of premises, victim at work) are not mandatory in the crime system. A blank is
unknown, never no, so these counts are a floor. The second table shows how often each field is filled in. Shops
were closed for months of lockdown in both years.
"""

OFFENDER_TO_REHAB = """
{{programme.referred[programme=Offender to Rehab]@now}} people were referred to Offender to Rehab in the {now}.
There is no comparison group, so nothing is said here about crime that did not happen.
"""

FIELDS_SHOWN = ("premises_type", "victim_at_work", "business_related")
NOT_LOADED = (
    "No extract of the force's crime system is loaded, so this paper says nothing about business crime. Published "
    "open data do not tell business victims apart.",
    "",
)


def business(paper: PaperContext) -> Section:
    """Counts that are a floor, and how complete the fields they rest on are."""
    title = "Business crime"
    if not paper.is_loaded("business.crimes"):
        return section(paper, "business", title, paper.missing(*NOT_LOADED))
    rows = [
        Row("Business crimes", paper.name("business.crimes@now")),
        Row("Violence and abuse against shop workers", paper.name("business.shop_workers@now")),
    ]
    periods = Comparison(paper.now, paper.before)
    table = comparison(
        paper, "Business crime as far as the fields show it", "Kind", rows, periods, key="business-counts"
    )
    blocks: list[Block] = [*paper.write("business", DEFINITION), table, completeness(paper)]
    if paper.has("programme.referred[programme=Offender to Rehab]@now"):
        text = filled(paper, OFFENDER_TO_REHAB)
        blocks += [Heading("Offender to Rehab"), *paper.write("business-rehab", text)]
    return section(paper, "business", title, *blocks)


def completeness(paper: PaperContext) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    for field in (one for one in FIELDS["crime"] if one in FIELDS_SHOWN):
        cells = [
            paper.cell(paper.name(f"quality.crime.{field}@now").at(period), True)
            for period in (paper.before, paper.now)
        ]
        rows.append(((Text(field.replace("_", " ").capitalize()),), *cells))
    header = ("Field", f"Filled in, {paper.before.words}", f"Filled in, {paper.now.words}")
    note = "Share of all recorded crimes in which the field is not blank, with its 95% interval; counts are in the appendix."
    return Table(
        "How often the fields that show business crime are filled in",
        header,
        tuple(rows),
        "lrr",
        note=note,
        key="business-fields",
    )
