"""Vehicle crime (source paper, paragraphs 43 to 46)."""

from __future__ import annotations

from fourfold.measures.period import Period
from fourfold.products.board_paper.charting import months_chart
from fourfold.products.board_paper.context import PaperContext, section
from fourfold.products.board_paper.purpose import filled
from fourfold.products.document import Block, Section

TEXT = """
Theft of a motor vehicle and theft from one are different crimes and are counted apart.

{{crime.theft_of_vehicle@now}} thefts of a motor vehicle were recorded in the {now}, against
{{crime.theft_of_vehicle@baseline}} in {baseline_words} ({baseline}): a change of
{{crime.theft_of_vehicle.change@now~baseline}} ({{crime.theft_of_vehicle.change@now~baseline|interval}}). The
comparison crosses lockdowns and is to be read with them in mind.

{{crime.theft_from_vehicle@now}} thefts from a vehicle were recorded in the {now}, against
{{crime.theft_from_vehicle@baseline}} in {baseline_words}: a change of
{{crime.theft_from_vehicle.change@now~baseline}} ({{crime.theft_from_vehicle.change@now~baseline|interval}}), again
across lockdowns.
"""

NOT_LOADED = (
    "No extract of the force's crime system is loaded. Published open data hold theft of and theft from vehicles in "
    "one category, so this paper cannot tell them apart.",
    "",
)


def vehicle(paper: PaperContext) -> Section:
    """Theft of vehicles and theft from vehicles, apart."""
    title = "Vehicle crime"
    if not paper.is_loaded("crime.theft_of_vehicle"):
        return section(paper, "vehicle", title, paper.missing(*NOT_LOADED))
    span = Period(min(paper.baseline.first, paper.before.first), paper.now.last)
    name = paper.name("crime.theft_of_vehicle@now")
    blocks: list[Block] = [
        *paper.write("vehicle", filled(paper, TEXT)),
        months_chart(
            paper,
            "vehicle-months",
            "Thefts of a motor vehicle recorded by month",
            name,
            span,
            "theft_of_vehicle",
        ),
    ]
    return section(paper, "vehicle", title, *blocks)
