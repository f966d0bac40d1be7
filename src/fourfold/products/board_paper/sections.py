"""The paper's sections in their order: functions of one signature. A new one takes its place here."""

from __future__ import annotations

from collections.abc import Callable

from fourfold.products.board_paper.acquisitive import acquisitive
from fourfold.products.board_paper.business import business
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.board_paper.data_quality import data_quality
from fourfold.products.board_paper.fraud import fraud
from fourfold.products.board_paper.implications import equality, financial, legal, next_steps
from fourfold.products.board_paper.purpose import background, purpose
from fourfold.products.board_paper.vehicle import vehicle
from fourfold.products.document import Section

SECTIONS: dict[str, Callable[[PaperContext], Section]] = {
    "purpose": purpose,
    "background": background,
    "fraud": fraud,
    "business": business,
    "acquisitive": acquisitive,
    "vehicle": vehicle,
    "financial": financial,
    "legal": legal,
    "equality": equality,
    "data_quality": data_quality,
    "next_steps": next_steps,
}
