"""The trace of a figure: counts, masked rows, rows, nothing; each column by its sensitivity; each view trailed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

BURGLARY = "/papers/figure/?name=crime.burglary@2021"
FRAUD = "/papers/figure/?name=fraud.reports@2021"
PERSONAL = ("Zebedee", "Quill", "ZE1 9QQ")
SENSITIVE = ("said that the bank had rung", "forced with a crowbar")
DOVER = "crime.burglary[district=Dover,force=kent]@2021"


def entries(act: str) -> list[Any]:
    from fourfold.web.trail.models import TrailEntry

    return list(TrailEntry.objects.filter(act=act))


def give_reason(client: Any, act: str) -> None:
    client.post(f"/reason/?act={act}&next=/", {"why": "Subject access request 12 of 2026"})


@pytest.mark.parametrize("role", ["victim_care", "performance"])
def test_counts_are_told_without_a_row(role: str, desk: Any, browse: Callable[..., Any]) -> None:
    page = browse(role).get(BURGLARY).content.decode()
    assert "<strong>120</strong> in the calendar year 2021" in page
    assert "not the records" in page
    assert "K/2101/0000" not in page
    assert "Crimes recorded in the period" in page
    assert entries("figure_traced") == []


@pytest.mark.parametrize("role", ["analyst", "offender_manager", "auditor", "data_protection"])
def test_rows_are_shown_with_what_is_personal_or_sensitive_masked(
    role: str, desk: Any, browse: Callable[..., Any]
) -> None:
    client = browse(role)
    page = client.get(FRAUD).content.decode()
    assert "NFRC2101000000" in page
    assert [word for word in PERSONAL + SENSITIVE if word in page] == []
    assert "masked" in page
    page = client.get(BURGLARY).content.decode()
    assert [word for word in SENSITIVE if word in page] == []
    first, second = reversed(entries("figure_traced"))
    assert (first.subject_kind, len(first.subject_refs)) == ("fraud_report", 25)
    assert "NFRC2101000000" in first.subject_refs
    assert (second.detail["in_clear"], second.detail["paper"]) == ([], None)


def test_an_administrator_sees_no_trace(desk: Any, browse: Callable[..., Any]) -> None:
    assert browse("administrator").get(BURGLARY).status_code == 403


def test_a_reason_opens_the_columns_it_was_given_for_and_no_others(
    desk: Any, browse: Callable[..., Any]
) -> None:
    client = browse("data_protection")
    assert client.get(FRAUD).content.count(b"Give a reason to see") == 3
    give_reason(client, "see_victims")
    page = client.get(FRAUD).content.decode()
    assert all(word in page for word in ("Zebedee", "ZE1 9QQ"))
    assert SENSITIVE[0] not in page
    give_reason(client, "see_narratives")
    page = client.get(FRAUD).content.decode()
    assert SENSITIVE[0] in page
    assert page.count("Give a reason to see") == 1
    entry = entries("figure_traced")[0]
    assert entry.detail["in_clear"] == ["see_narratives", "see_victims"]
    assert entry.why == "Subject access request 12 of 2026"


def test_a_force_that_narrows_the_matrix_narrows_the_trace(desk: Any, browse: Callable[..., Any]) -> None:
    path = desk.policy / "access.yaml"
    path.write_text("trace_figures: {analyst: counts, auditor: masked}\n", encoding="utf-8")
    try:
        assert b"not the records" in browse("analyst").get(BURGLARY).content
        assert browse("auditor").get(BURGLARY).status_code == 200
    finally:
        path.unlink()


def test_rows_come_a_page_at_a_time_for_either_period(desk: Any, browse: Callable[..., Any]) -> None:
    client = browse("analyst")
    change = "/papers/figure/?name=crime.burglary.change@2021~2020"
    page = client.get(change).content.decode()
    assert "Records 1 to 25 of 120" in page
    assert "K/2101/0000" in page
    last = client.get(f"{change}&of=baseline&from=100").content.decode()
    assert "Records 101 to 120 of 120" in last
    assert "K/2012/0009" in last
    assert "Next page" not in last
    beyond = client.get(f"{change}&from=9999").content.decode()
    assert "no records on this page" in beyond
    assert client.get(f"{change}&from=-1&of=%3Cb%3E").status_code == 200


@pytest.mark.parametrize(
    "name", ["crime.burgalry@2021", "crime.burglary", "crime.burglary[x=y]@2021", "%3Cscript%3E", "a" * 3000]
)
def test_a_name_that_is_none_is_met_with_a_hint_and_kept(
    name: str, desk: Any, browse: Callable[..., Any]
) -> None:
    answer = browse("analyst").get(f"/papers/figure/?name={name}")
    assert answer.status_code == 400
    assert b"There is a problem" in answer.content
    assert b"<script>" not in answer.content


def test_without_a_name_the_page_asks_for_one(desk: Any, browse: Callable[..., Any]) -> None:
    answer = browse("analyst").get("/papers/figure/")
    assert answer.status_code == 200
    assert b"Name of the figure" in answer.content


def test_a_figure_too_small_to_tell_is_told_to_nobody(
    approved: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    paper = approved()
    for client in (browse("analyst"), browse("auditor"), browse("performance")):
        for more in ("", f"&paper={paper.pk}"):
            page = client.get(f"/papers/figure/?name={DOVER}{more}").content.decode()
            assert "too small" in page
            assert "K/21" not in page
            assert "<strong>2</strong>" not in page
            assert client.get(f"/papers/figure/export/csv/?name={DOVER}{more}").status_code in (400, 403)
    assert entries("figure_traced") == []


def test_a_figure_of_a_paper_is_traced_in_the_data_of_that_paper(
    approved: Callable[..., Any], browse: Callable[..., Any], desk: Any
) -> None:
    import polars as pl

    from fourfold.lake import Lake

    paper = approved()
    name = "crime.burglary[force=kent]@2021"
    lake = Lake(desk.lake)
    before = lake.current()
    with lake.load("later") as load:
        load.replace_all("crime", lake.scan("crime").filter(pl.col("crime_ref") != "K/2101/0000").collect())
    try:
        client = browse("analyst")
        now = client.get(f"/papers/figure/?name={name}").content.decode()
        assert "<strong>119</strong>" in now
        then = client.get(f"/papers/figure/?name={name}&paper={paper.pk}").content.decode()
        assert "<strong>120</strong>" in then
        assert "K/2101/0000" in then
        assert before.name in then
        assert entries("figure_traced")[0].detail["manifest"] == paper.manifest
    finally:
        with lake.load("as it was") as load:
            load.replace_all("crime", lake.scan("crime", before).collect())


def test_what_a_paper_hides_for_the_sake_of_another_number_stays_hidden_in_its_traces(
    approved: Callable[..., Any], browse: Callable[..., Any], made: Any
) -> None:
    from dataclasses import replace

    from fourfold.products.board_paper.publishing import hidden
    from fourfold.products.document import to_json
    from fourfold.web.papers.keeping import keep_forms

    paper, name = approved(), "crime.burglary[force=kent]@2021"
    figures = [hidden(one) if one.name == name else one for one in made.document.figures]
    document = replace(made.document, figures=tuple(figures))
    paper.hashes = keep_forms(paper, 1, {"json": to_json(document).encode()})
    paper.save()
    for role in ("analyst", "auditor", "performance"):
        page = browse(role).get(f"/papers/figure/?name={name}&paper={paper.pk}").content.decode()
        assert "too small" in page
        assert "120" not in page.partition("<main")[2]
        assert "K/2101/0000" not in page


def test_a_paper_of_another_version_is_said_to_be_so(
    approved: Callable[..., Any], browse: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.pipeline import opening

    address = f"/papers/figure/?name=crime.burglary[force=kent]@2021&paper={approved().pk}"
    client = browse("analyst")
    assert b"another version of Fourfold" not in client.get(address).content
    monkeypatch.setattr(opening, "__version__", "9.9.9")
    assert b"another version of Fourfold" in client.get(address).content


def test_only_figures_that_the_paper_prints_are_traced_in_it(
    built: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    paper = built()
    other = f"/papers/figure/?paper={paper.pk}&name=crime.robbery[force=kent]@2021"
    answer = browse("analyst").get(other)
    assert answer.status_code == 400
    assert b"prints no figure of that name" in answer.content
    assert browse("victim_care").get(other).status_code == 404, "a draft is not there for readers"
    assert browse("analyst").get("/papers/figure/?paper=x&name=crime.burglary@2021").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("victim_care", 403), ("analyst", 200), ("offender_manager", 403), ("auditor", 403), ("performance", 403),
     ("data_protection", 403), ("administrator", 403)],
)  # fmt: skip
def test_rows_leave_only_as_the_matrix_says(
    role: str, status: int, desk: Any, browse: Callable[..., Any]
) -> None:
    answer = browse(role).get("/papers/figure/export/csv/?name=fraud.reports@2021")
    assert answer.status_code == status
    if status != 200:
        return
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["OFFICIAL-SENSITIVE"]
    assert len(rows) == 2 + 36
    assert [word for word in PERSONAL + SENSITIVE if word in text] == []
    entry = entries("figure_rows_exported")[0]
    assert (entry.detail["rows"], len(entry.subject_refs)) == (36, 36)


def test_an_export_that_is_too_large_is_refused_in_words(
    desk: Any, browse: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.papers import views_trace

    monkeypatch.setattr(views_trace, "MOST_EXPORTED", 35)
    answer = browse("analyst").get("/papers/figure/export/xlsx/?name=fraud.reports@2021")
    assert answer.status_code == 400
    assert b"There are 36 records, and an export holds 35" in answer.content


def test_columns_of_suspects_need_the_act_for_suspects(register: Any) -> None:
    from fourfold.records import FraudReport, PersonRole, ProgrammeCase, SuspectStatus
    from fourfold.web.papers.seeing import Seeing

    columns = ((FraudReport, "last_name"), (FraudReport, "narrative"), (PersonRole, "last_name"),
               (ProgrammeCase, "person_ref"), (SuspectStatus, "circulation_ref"))  # fmt: skip
    table = {
        frozenset(): "-----",
        frozenset({"see_victims"}): "y----",
        frozenset({"see_narratives"}): "-y---",
        frozenset({"see_suspects"}): "---yy",
        frozenset({"see_victims", "see_suspects"}): "y-yyy",
    }
    for acts, expected in table.items():
        sees = Seeing(True, acts)
        assert "".join("y" if sees.shows(*one) else "-" for one in columns) == expected, acts
