"""The legal section: bounds and shares from the clocks, findings of the audit, and what it says where there are none."""

from __future__ import annotations

from datetime import date

import pytest
from paper_in_small import paper_of, said, words

from fourfold.measures.victims_code import counted_duties
from fourfold.products.board_paper.implications import legal
from fourfold.products.board_paper.publishing import made_safe
from fourfold.products.document import Bullets, Notice, Paragraph, Section, Table
from fourfold.records.audit import AuditFinding
from fourfold.records.compliance import CrimeGroup, DutyCompliance
from fourfold.records.derived import Clock
from measure_records import each_month, table


def tables_of(*told: tuple[str, str, str | None, int], open_group: str | None = None, **more) -> dict:
    """Clocks as (rule, state, groups of the crime, how many), all due in June 2021, each of a crime of its own.

    Windows that nobody used stand in every month of the year, so that the records reach over the whole of it.
    """
    clocks = each_month("2021", "due_on", rule="R07-VPS", state="not_applicable", started_on=date(2021, 1, 1))
    groups: list[dict] = []
    for rule, state, group, number in told:
        for _ in range(number):
            ref = f"C{len(clocks)}"
            clocks.append(
                {"rule": rule, "state": state, "case_ref": ref, "due_on": date(2021, 6, 7), "unit": "CID"}
                | {"started_on": date(2021, 6, 1), **more}
            )
            groups.append({"crime_ref": ref, "offence_group": group, "open_group": open_group})
    counted = counted_duties(table(Clock, clocks), table(CrimeGroup, groups))
    return {Clock: clocks, CrimeGroup: groups, DutyCompliance: counted.to_dicts()}


def text_of(section: Section) -> str:
    parts = [block for block in section.blocks if isinstance(block, Paragraph)]
    return " ".join("".join(said(one) for one in part.content) for part in parts)


def table_of(section: Section, key: str) -> list[list[str]]:
    return words(next(one for one in section.blocks if isinstance(one, Table) and one.key == key))


def test_without_clocks_and_without_an_audit_it_says_so_of_each():
    told = text_of(legal(paper_of({})))
    assert "not reported from the crime system" in told
    assert "not worked out for the whole" in told
    assert "No findings of an audit" in told
    assert "%" not in told


def test_a_year_that_the_records_do_not_reach_over_has_no_compliance():
    told = tables_of(("R06-ARREST", "met_in_time", "|other|", 60))
    told[Clock] = told[Clock][12:]
    told[DutyCompliance] = [row for row in told[DutyCompliance] if row["judged"]]
    section = legal(paper_of(told))
    assert "not worked out for the whole of the calendar year 2021" in text_of(section)
    assert not [block for block in section.blocks if isinstance(block, Table)]
    notice = next(block for block in section.blocks if isinstance(block, Notice))
    assert "Not loaded: January 2021 to May 2021, July 2021 to December 2021" in said(notice.content[0])


TOLD = (
    ("R06-ARREST", "met_in_time", "|other|business|", 60),
    ("R06-ARREST", "met_late", "|other|", 10),
    ("R06-ARREST", "not_met", "|other|business|", 20),
    ("R06-ARREST", "not_recorded", "|other|business|acquisitive|", 110),
    ("R07-VPS", "not_recorded", "|domestic|", 200),
    ("R07-VPS", "running", "|domestic|", 50),
)


def test_compliance_stands_between_its_bounds_with_its_counts():
    section = legal(paper_of(tables_of(*TOLD)))
    told = text_of(section)
    assert "400 duties to victims fell due" in told
    assert "77.5% are not recorded" in told
    assert "15.0% of the 400 met in time, taken as met 92.5%" in told
    assert "Of the duties that are recorded, 66.7% were met in time" in told
    duties = {row[0]: row[1:] for row in table_of(section, "duties")}
    assert duties["All duties to victims"] == ["400", "15.0%", "92.5%"]
    assert duties["Tell the victim of an arrest (R06-ARREST)"] == ["200", "30.0%", "85.0%"]


def test_fraud_business_and_acquisitive_crime_have_rows_of_their_own():
    told = tables_of(*TOLD, open_group="|hate|")
    groups = {row[0]: row[1:] for row in table_of(legal(paper_of(told)), "duties-groups")}
    assert groups["Business crime"] == ["190", "31.6%", "89.5%", "57.9%", "0"]
    assert groups["Acquisitive crime"] == ["110", "0.0%", "100.0%", "100.0%", "0"]
    assert groups["Fraud"] == ["0", "not stated", "not stated", "not stated", "0"]
    assert groups["Hate crime"][-1] == "400"


def test_what_recording_would_narrow_most_comes_first():
    bullets = next(one for one in legal(paper_of(tables_of(*TOLD))).blocks if isinstance(one, Bullets))
    lines = ["".join(said(one) for one in item) for item in bullets.items]
    assert [line.split(":")[0] for line in lines] == [
        "Offer a personal statement, or an impact statement to a business",
        "Tell the victim of an arrest",
    ]
    assert lines[0].endswith("100.0% of 200 not recorded")


def test_a_small_group_is_hidden_and_cannot_be_worked_out_from_the_others():
    told = tables_of(
        ("R06-ARREST", "met_in_time", "|domestic|", 40),
        ("R06-ARREST", "met_in_time", "|other|business|", 30),
        ("R06-ARREST", "met_in_time", "|hate|", 3),
    )
    paper = paper_of(told)
    section = made_safe(paper, lambda: legal(paper))
    due = {row[0]: row[1] for row in table_of(section, "duties-groups")}
    assert due["Hate crime"] == "too few to publish"
    # 73 less 40 less 30 would be 3: business crime lies wholly in Other, so both go, or the total or the rest does.
    shown = {name for name in ("Domestic violence", "Other") if due[name] != "too few to publish"}
    whole = table_of(section, "duties")[0][1]
    assert len(shown) < 2 or whole == "too few to publish"


FOUND = {
    "sample_ref": "VC-2021-3",
    "questionnaire": "victims_code",
    "version": "1",
    "period_from": date(2021, 7, 1),
    "period_to": date(2021, 9, 30),
    "question": "acknowledged",
    "stratum": "",
    "population": 1000,
    "population_in_scope": 1000.0,
    "drawn": 250,
    "read": 248,
    "out_of_scope": 2,
    "met": 100,
    "not_met": 50,
    "not_recorded": 88,
    "not_applicable": 10,
    **{f"recorded_{part}": share for part, share in (("value", 0.6), ("lower", 0.5), ("upper", 0.7))},
    **{f"strict_{part}": share for part, share in (("value", 0.4), ("lower", 0.3), ("upper", 0.5))},
    **{f"best_case_{part}": share for part, share in (("value", 0.8), ("lower", 0.7), ("upper", 0.9))},
    **{f"not_recorded_{part}": share for part, share in (("value", 0.4), ("lower", 0.35), ("upper", 0.45))},
}


def test_the_newest_audit_of_the_year_is_shown_with_intervals_and_numbers_read():
    older = {
        **FOUND,
        "sample_ref": "VC-2021-2",
        "period_from": date(2021, 4, 1),
        "period_to": date(2021, 6, 30),
    }
    next_year = {**FOUND, "sample_ref": "X", "period_from": date(2022, 1, 1), "period_to": date(2022, 3, 31)}
    group = {**FOUND, "stratum": "hate", "read": 48}
    section = legal(paper_of({AuditFinding: [older, FOUND, group, next_year]}))
    assert "July to September 2021: 250 crimes were drawn" in text_of(section)
    assert table_of(section, "audit-victims_code") == [
        [
            "Acknowledgement sent",
            "248",
            "60.0% (50.0% to 70.0%)",
            "40.0% (30.0% to 50.0%)",
            "80.0% (70.0% to 90.0%)",
            "40.0% (35.0% to 45.0%)",
        ]
    ]


@pytest.mark.parametrize(("read", "value"), [(3, "too few to publish"), (0, "not stated")])
def test_an_audit_of_which_little_is_read_tells_little(read, value):
    few = {**FOUND, "met": read, "not_met": 0, "not_recorded": 0, "read": read}
    if not read:
        few |= {name: None for name in few if name.endswith(("_value", "_lower", "_upper"))}
    row = table_of(legal(paper_of({AuditFinding: [few]})), "audit-victims_code")[0]
    assert row[2] == value
