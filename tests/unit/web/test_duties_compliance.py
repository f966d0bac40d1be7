"""The page of compliance: bounds that hold the truth, what would narrow them, changes, and small counts hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from duty_cases import UNIT_CODE

from fourfold.lake import Lake
from fourfold.measures.compliance_counts import STATES

PAGE = "/victims-code/compliance/"


def counts(
    month: str,
    unit: str = "Response North",
    rule: str = "R06-ARREST",
    group: str = "violence_with_injury",
    **told: int,
) -> dict[str, Any]:
    """One row of counts."""
    return {
        "force": "aldermere", "rule": rule, "unit": unit, "offence_group": group, "month": f"{month}-01",
        "is_enhanced": False, **dict.fromkeys(STATES, 0), **told,
    }  # fmt: skip


@pytest.fixture
def told(duties: Any) -> Callable[..., None]:
    """Put counts into the lake, as the stage does: each in its group, and once among all."""

    def tell(*rows: dict[str, Any], more: tuple[dict[str, Any], ...] = ()) -> None:
        every = [*rows, *({**row, "offence_group": "all"} for row in rows), *more]
        frame = pl.DataFrame(every).with_columns(pl.col("month").str.to_date())
        with Lake(duties.lake).load("counts") as load:
            load.replace_all("duty_compliance", frame)

    return tell


def cells(client: Any, query: str = "") -> dict[str, list[str]]:
    """The exported table: each row by its name."""
    answer = client.get(f"{PAGE}export/csv/?{query}")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[2:]
    return {line.split(",")[0].strip('"'): line.split(",")[-4:] for line in lines}


def test_shares_and_bounds_come_from_the_counts(told: Any, browse: Any) -> None:
    told(counts("2021-10", met_in_time=6, met_late=1, not_met=1, not_recorded=2, running=5))
    client = browse("auditor")
    assert cells(client)["Tell the victim of an arrest"] == ["75.0", "60.0", "80.0", "20.0"]
    page = client.get(PAGE).content.decode()
    for words in ("January 2021 to December 2021", "75.0%", "60.0%", "80.0%", "Victim updated", "<svg"):
        assert words in page, words


def test_only_the_units_of_whoever_sees_their_own_are_counted(told: Any, browse: Any) -> None:
    told(counts("2021-10", met_in_time=6), counts("2021-10", "Response South", met_in_time=1, not_met=1))
    own = cells(browse(("offender_manager", UNIT_CODE)), "by=unit")
    assert set(own) == {"Response North", "All together"}
    assert own["All together"] == ["100.0", "100.0", "100.0", "0.0"]
    assert set(cells(browse("analyst"), "by=unit")) == {"Response North", "Response South", "All together"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("by=month", {"October 2021", "November 2021", "All together"}),
        ("by=offence_group", {"Violence with injury", "Fraud", "All together"}),
        ("by=unit&group=fraud", {"Response South", "All together"}),
        ("by=unit&unit=response-north", {"Response North", "All together"}),
        ("by=month&first=2021-11", {"November 2021", "All together"}),
        ("by=month&last=2021-10", {"October 2021", "All together"}),
        ("by=rule&rule=R06-BAIL", set()),
        ("by=rule&enhanced=yes", set()),
    ],
)
def test_it_is_shown_by_what_is_asked_for(query: str, expected: set[str], told: Any, browse: Any) -> None:
    told(counts("2021-10", met_in_time=6), counts("2021-11", "Response South", group="fraud", met_in_time=6))
    assert set(cells(browse("auditor"), query)) == expected


def test_a_duty_counts_once_in_the_whole_whatever_groups_its_crime_belongs_to(told: Any, browse: Any) -> None:
    one = counts("2021-10", met_in_time=6, not_met=2)
    told(one, more=({**one, "offence_group": "business"},))
    for query in ("", "by=unit", "by=offence_group", "by=offence_group&group=business"):
        lines = browse("auditor").get(f"{PAGE}export/csv/?{query}")
        whole = b"".join(lines.streaming_content).decode("utf-8-sig").splitlines()[-1].split(",")
        assert whole[:4] == ["All together", "6", "0", "2"], query
    assert set(cells(browse("auditor"), "by=offence_group")) == {
        "Violence with injury", "Business crime", "All together",
    }  # fmt: skip


def test_it_rose_or_fell_only_where_the_bounds_do_not_touch(told: Any, browse: Any) -> None:
    told(
        counts("2021-10", met_in_time=1, not_met=9), counts("2021-11", met_in_time=9, not_met=1),
        counts("2021-10", rule="R06-IVUC", met_in_time=9, not_met=1),
        counts("2021-11", rule="R06-IVUC", met_in_time=1, not_met=9),
        counts("2021-10", rule="R06-BAIL", met_in_time=1, not_met=1, not_recorded=8),
        counts("2021-11", rule="R06-BAIL", met_in_time=9, not_met=1),
    )  # fmt: skip
    page = browse("auditor").get(f"{PAGE}?first=2021-11&last=2021-11").content.decode()
    told_of = page.split("Change between the periods")[2]
    rows = {row.split("</th>")[0].rsplit(">", 1)[1]: row for row in told_of.split("<tr")[2:]}
    assert "Rose" in rows["Tell the victim of an arrest"]
    assert "Fell" in rows["Tell the victim of an interview under caution"]
    assert "Cannot tell" in next(row for name, row in rows.items() if "bail" in name)


def test_small_counts_are_hidden_from_whoever_gets_counts_alone(told: Any, browse: Any) -> None:
    told(
        counts("2021-10", met_in_time=40, not_met=3, not_recorded=30),
        counts("2021-10", "Response South", met_in_time=50, not_met=20, not_recorded=25),
        counts("2021-10", "Response West", met_in_time=60, not_met=30, not_recorded=35),
    )
    hidden = cells(browse("performance"), "by=unit")
    assert hidden["Response North"] == ["hidden"] * 4
    # One more row is hidden, or the small count could be worked out from the whole.
    assert sum(row[0] == "hidden" for row in hidden.values()) == 2
    page = browse("performance").get(f"{PAGE}?by=unit").content.decode()
    assert "Small counts, and what would give them away, are hidden" in page
    assert "Changes are not shown" in page
    assert cells(browse("auditor"), "by=unit")["Response North"][0] != "hidden"


def test_before_anything_was_counted_the_page_says_what_fills_it(
    register: Any, browse: Any, tmp_path: Any, monkeypatch: Any
) -> None:
    from django.conf import settings

    from fourfold.home import Home

    home = Home(tmp_path / "empty")
    home.prepare()
    monkeypatch.setattr(settings, "HOME", home)
    client = browse("performance")
    assert "Compliance appears here once" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}export/csv/").status_code == 302


def test_months_the_wrong_way_round_are_refused(told: Any, browse: Any) -> None:
    told(counts("2021-10", met_in_time=6), counts("2021-11", met_in_time=6))
    page = browse("auditor").get(f"{PAGE}?first=2021-11&last=2021-10").content.decode()
    assert "From month must not be after to month" in page


def test_monthly_returns_and_times_to_act_do_not_count(told: Any, browse: Any) -> None:
    told(
        counts("2021-10", met_in_time=6), counts("2021-10", rule="RETURN-MONTHLY", not_met=6),
        counts("2021-10", rule="R06-VRR-REQ", not_recorded=6),
    )  # fmt: skip
    assert set(cells(browse("auditor"))) == {"Tell the victim of an arrest", "All together"}
