"""The checks over whole papers: a faulty one, the same one corrected, ten clean ones, and the paper of 2022."""

from __future__ import annotations

import pytest
from paper_examples import CONTEXT, FAULTS, PAPERS, check_text, names, source_paper

from fourfold.products.board_paper.checks import CHECKS, CheckContext

WHERE = {
    "period_type_unstated": [4],
    "percentage_without_counts": [5],
    "share_read_as_volume": [6],
    "added_averages": [7],
    "courier_fraud_code": [8],
    "ndm_score": [9],
    "reach_as_effect": [10],
    "compliance_without_counts": [11],
    "old_business_crime_definition": [12],
    "success_undefined": [14],
    "five_day_standard": [15],
    "theft_of_or_from_vehicle": [2, 16],
    "named_officer": [17],
}

IN_2022 = {
    "added_averages": 12,
    "theft_of_or_from_vehicle": 29,
    "old_business_crime_definition": 23,
    "ndm_score": 15,
    "five_day_standard": 42,
    "compliance_without_counts": 19,
    "success_undefined": 41,
    "share_read_as_volume": 12,
    "reach_as_effect": 21,
    "percentage_without_counts": 11,
    "courier_fraud_code": 10,
    "named_officer": 51,
    "period_type_unstated": 8,
}


def test_each_of_the_thirteen_faults_has_a_check_of_its_name() -> None:
    assert tuple(CHECKS)[:13] == FAULTS


@pytest.mark.parametrize("check", FAULTS)
def test_a_fault_is_found_at_its_paragraph_and_nowhere_else(check: str) -> None:
    findings = check_text((PAPERS / "faulty.md").read_text(encoding="utf-8"))
    assert [finding.paragraph for finding in findings if finding.check == check] == WHERE[check]


def test_no_paragraph_of_the_faulty_paper_raises_the_fault_of_another() -> None:
    findings = check_text((PAPERS / "faulty.md").read_text(encoding="utf-8"), CONTEXT)
    found = sorted((finding.paragraph, finding.check) for finding in findings)
    assert found == sorted((number, check) for check, numbers in WHERE.items() for number in numbers)


def test_every_finding_says_where_what_and_what_to_do() -> None:
    for finding in check_text((PAPERS / "faulty.md").read_text(encoding="utf-8")):
        assert finding.place.startswith(f"paragraph {finding.paragraph}")
        assert finding.words.endswith(".")
        assert finding.next_step.endswith(".") or finding.next_step.endswith(")")
        assert finding.quote


CLEAN = ("corrected", *(f"clean-{number:02}" for number in range(1, 11)))


@pytest.mark.parametrize("paper", CLEAN)
def test_a_clean_paper_raises_nothing(paper: str) -> None:
    assert check_text((PAPERS / f"{paper}.md").read_text(encoding="utf-8"), CONTEXT) == ()


@pytest.mark.parametrize("check", FAULTS)
def test_each_fault_of_the_paper_of_2022_is_found(check: str) -> None:
    findings = check_text(source_paper())
    assert IN_2022[check] in [finding.paragraph for finding in findings if finding.check == check]


def test_the_paper_of_2022_raises_no_check_where_it_has_no_fault() -> None:
    findings = check_text(source_paper(), CheckContext(lockdowns=CONTEXT.lockdowns))
    assert {finding.paragraph for finding in findings} == {
        3,
        8,
        10,
        11,
        12,
        13,
        15,
        19,
        21,
        23,
        29,
        41,
        42,
        51,
    }


def test_reach_that_is_only_reported_as_performance_is_a_warning() -> None:
    findings = [finding for finding in check_text(source_paper()) if finding.check == "reach_as_effect"]
    assert [finding.severity for finding in findings] == ["warning"]


def test_findings_come_in_reading_order() -> None:
    places = [finding.paragraph or 0 for finding in check_text(source_paper())]
    assert places == sorted(places)


def test_an_empty_paper_raises_nothing() -> None:
    assert names(check_text("")) == []
