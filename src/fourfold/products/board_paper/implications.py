"""Financial, legal and equality implications, and next steps (source paper, paragraphs 47 to 57)."""

from __future__ import annotations

from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY
from fourfold.products.board_paper.audit import findings
from fourfold.products.board_paper.context import PaperContext, section
from fourfold.products.board_paper.purpose import filled
from fourfold.products.board_paper.victims_code import compliance
from fourfold.products.document import Block, Inlines, Section, Table, Text

EQUALITY = """
The Equality Act 2010, section 149, asks the force to have due regard to three aims: to end unlawful
discrimination, to advance equality of opportunity, and to foster good relations. The duty is met initiative by
initiative; where no equality impact assessment of one was made, the paper that reports it should say so.

No protected characteristic is a weight in anything this paper reports. Age is shown because the victim care
unit's referral rule names an age; that rule orders care and refuses nobody.
"""

NEXT_STEPS = """
The board is asked to take note of this report, and of what it says is missing.
"""

STAFF_COLUMNS = (
    ("staffing.funded", "Funded"),
    ("staffing.filled", "Filled"),
    ("staffing.seconded_out", "Lent to others"),
    ("staffing.seconded_in", "Lent from others"),
)


def financial(paper: PaperContext) -> Section:
    """Posts funded, filled and lent, beside the demand that the other sections show."""
    title = "Financial implications"
    if not paper.is_loaded("staffing.funded"):
        blocks: tuple[Block, ...] = (
            paper.missing("No figures of posts are loaded.", "They come from the workforce plan."),
        )
        return section(paper, "financial", title, *blocks)
    cells = paper.figures.counts.cells(REGISTRY["staffing.funded"], ("force", "unit"))
    units = sorted({str(unit) for force, unit in cells if force == paper.force})
    rows: list[tuple[Inlines, ...]] = []
    for unit in units:
        for month in (paper.before.last, paper.now.last):
            at = Period.month(month)
            names = [
                paper.name(f"{measure}@now").at(at).with_slice(unit=unit) for measure, _ in STAFF_COLUMNS
            ]
            rows.append(((Text(f"{unit}, {at.words}"),), *(paper.cell(name) for name in names)))
    header = ("Unit and month", *(words for _, words in STAFF_COLUMNS))
    table = Table("Posts in full-time equivalents", header, tuple(rows), "lrrrr", key="posts")
    text = (
        "Posts funded and filled in the last month of each year, with those lent between units. "
        "A filled post that is lent out does not work at home."
    )
    return section(paper, "financial", title, *paper.write("financial", text), table)


def legal(paper: PaperContext) -> Section:
    """Compliance with the Victims' Code: as the clocks have it, and as the audit found it, each between its bounds."""
    return section(paper, "legal", "Legal implications", *compliance(paper), *findings(paper))


def equality(paper: PaperContext) -> Section:
    """The equality duty, and how complete the fields are that a disparity would rest on."""
    blocks: list[Block] = [*paper.write("equality", filled(paper, EQUALITY))]
    return section(paper, "equality", "Equality implications", *blocks)


def next_steps(paper: PaperContext) -> Section:
    return section(paper, "next_steps", "Next steps", *paper.write("next-steps", filled(paper, NEXT_STEPS)))
