"""Every check by its name, and how all of them are run over one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from fourfold.products.board_paper.checks.averages import check_added_averages
from fourfold.products.board_paper.checks.business_crime import check_old_business_crime_definition
from fourfold.products.board_paper.checks.comparisons import (
    check_change_across_lockdown,
    check_change_across_series_break,
)
from fourfold.products.board_paper.checks.compliance import check_compliance_without_counts
from fourfold.products.board_paper.checks.context import CheckContext
from fourfold.products.board_paper.checks.courier_fraud import check_courier_fraud_code
from fourfold.products.board_paper.checks.decision_model import check_ndm_score
from fourfold.products.board_paper.checks.disclosure import check_suppressed_recoverable
from fourfold.products.board_paper.checks.figures import (
    check_figure_without_interval,
    check_missing_as_zero,
    check_unknown_figure,
)
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.officers import check_named_officer
from fourfold.products.board_paper.checks.paper_text import PaperText
from fourfold.products.board_paper.checks.percentages import check_percentage_without_counts
from fourfold.products.board_paper.checks.period_types import check_period_type_unstated
from fourfold.products.board_paper.checks.reach import check_reach_as_effect
from fourfold.products.board_paper.checks.reading import read_paper
from fourfold.products.board_paper.checks.shares import check_share_read_as_volume
from fourfold.products.board_paper.checks.success import check_success_undefined
from fourfold.products.board_paper.checks.typed_figures import check_typed_figure
from fourfold.products.board_paper.checks.vehicle_theft import check_theft_of_or_from_vehicle
from fourfold.products.board_paper.checks.victims_code import check_five_day_standard
from fourfold.products.document import Document

Check = Callable[[PaperText], Iterator[Finding]]

_ALL: tuple[Check, ...] = (
    check_added_averages,
    check_theft_of_or_from_vehicle,
    check_old_business_crime_definition,
    check_ndm_score,
    check_five_day_standard,
    check_compliance_without_counts,
    check_success_undefined,
    check_share_read_as_volume,
    check_reach_as_effect,
    check_percentage_without_counts,
    check_courier_fraud_code,
    check_named_officer,
    check_period_type_unstated,
    check_change_across_series_break,
    check_change_across_lockdown,
    check_typed_figure,
    check_unknown_figure,
    check_figure_without_interval,
    check_missing_as_zero,
    check_suppressed_recoverable,
)

CHECKS: Mapping[str, Check] = MappingProxyType(
    {check.__name__.removeprefix("check_"): check for check in _ALL}
)
"""Every check by name; the first 13 are the faults found in the board paper of 2022."""

GIVES_WAY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "percentage_without_counts": (
            "compliance_without_counts",
            "success_undefined",
            "share_read_as_volume",
            "courier_fraud_code",
        ),
    }
)
"""A general finding is not raised at a sentence where a more particular one already says it."""


def check_paper(document: Document, context: CheckContext | None = None) -> tuple[Finding, ...]:
    """Run every check over a paper and return the findings in reading order."""
    paper = read_paper(document, context or CheckContext())
    found = [finding for check in CHECKS.values() for finding in check(paper)]
    particular = {(finding.check, finding.order) for finding in found}
    kept = [
        finding
        for finding in found
        if not any((other, finding.order) in particular for other in GIVES_WAY.get(finding.check, ()))
    ]
    names = list(CHECKS)
    return tuple(sorted(dict.fromkeys(kept), key=lambda finding: (finding.order, names.index(finding.check))))
