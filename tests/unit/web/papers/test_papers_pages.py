"""The pages of a paper: who sees which, what is handed out, and what the trail says of it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest


def entries(act: str) -> list[Any]:
    from fourfold.web.trail.models import TrailEntry

    return list(TrailEntry.objects.filter(act=act))


@pytest.mark.parametrize("page", ["", "read/", "checks/", "figures/", "download/pdf/", "figures/export/csv/"])
def test_a_paper_that_nobody_approved_is_not_there_for_readers(
    page: str, built: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    paper = built()
    reader, builder, approver = browse("victim_care"), browse("analyst"), browse("performance")
    assert reader.get(f"/papers/{paper.pk}/{page}").status_code == 404
    refused = entries("paper_refused")
    assert [one.subject_refs for one in refused] == [[str(paper.pk)]]
    assert reader.get("/papers/99999/").status_code == 404
    assert len(entries("paper_refused")) == 1, "a paper that is not there is no refusal"
    assert builder.get(f"/papers/{paper.pk}/{page}").status_code == 200
    assert approver.get(f"/papers/{paper.pk}/{page}").status_code == 200


def test_an_approved_paper_is_read_by_all_who_read_papers(
    approved: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    paper = approved()
    page = browse("offender_manager").get(f"/papers/{paper.pk}/read/")
    body = page.content.decode()
    assert f'href="/papers/figure/?paper={paper.pk}&amp;name=crime.burglary[force=kent]@2021"' in body
    assert "made up" in body
    assert "style=" not in body
    assert "<style" not in body
    assert entries("paper_read")[0].detail == {"version": 1, "build": 1}
    listed = browse("auditor").get("/papers/").content.decode()
    assert "Approved" in listed
    assert "Start a paper" not in listed
    assert "What happened" not in browse("auditor").get(f"/papers/{paper.pk}/").content.decode()


def test_the_list_is_filtered_sorted_and_handed_out_without_formulas(
    built: Callable[..., Any], make_person: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    from datetime import date

    built(by=make_person("analyst", name='=HYPERLINK("http://evil")'), findings=(("error", "a", "b", "c"),))
    built(by=make_person("analyst", name="Ada"), to=date(2021, 11, 1))
    client = browse("performance")
    page = client.get("/papers/?q=ada&state=built").content.decode()
    assert "November 2021" in page
    assert "Calendar year 2021" not in page
    assert "Take off" in page
    assert "Calendar year 2021" in client.get("/papers/?checks=errors").content.decode()
    assert "No paper is like that" in client.get("/papers/?checks=warnings").content.decode()
    assert "four digits" in client.get("/papers/?year=20x1").content.decode()
    answer = client.get("/papers/export/csv/?sort=to")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0] == ["OFFICIAL"]
    assert [row[1] for row in rows[2:]] == ["year to November 2021", "calendar year 2021"]
    assert rows[3][6] == '\'=HYPERLINK("http://evil")'
    book = client.get("/papers/export/xlsx/")
    assert "<f>" not in zipfile.ZipFile(io.BytesIO(book.getvalue())).read("xl/worksheets/sheet1.xml").decode()
    assert client.get("/papers/export/exe/").status_code == 404
    assert [one.detail for one in entries("papers_exported")] == [
        {"form": form, "rows": 2} for form in ("xlsx", "csv")
    ]


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "json"])
def test_a_download_is_named_for_what_it_is_and_trailed_with_its_hash(
    form: str, built: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    paper = built()
    client = browse("analyst")
    answer = client.get(f"/papers/{paper.pk}/download/{form}/")
    name = f"made-up-board-paper-kent-2021-12-v1-not-approved.{form}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    entry = entries("paper_downloaded")[0]
    assert (entry.detail["sha256"], entry.detail["form"]) == (paper.hashes[form], form)
    assert client.get(f"/papers/{paper.pk}/download/page/").status_code == 404


def test_a_damaged_paper_is_said_to_be_so(built: Callable[..., Any], browse: Callable[..., Any]) -> None:
    from fourfold.web.papers.keeping import folder_of

    paper = built()
    for form in ("page", "pdf"):
        (folder_of(paper, 1) / f"board-paper.{form}").write_bytes(b"<script>alert(1)</script>")
    client = browse("analyst")
    for address in ("read/", "download/pdf/"):
        answer = client.get(f"/papers/{paper.pk}/{address}")
        assert answer.status_code == 409
        assert b"not the one that was built" in answer.content
        assert b"alert(1)" not in answer.content


def test_text_typed_is_kept_whatever_goes_wrong_and_findings_are_shown_before_saving(
    start: Callable[..., Any], browse: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.papers.writing import save_text, standing_texts

    paper, client = start(), browse("analyst")
    address = f"/papers/{paper.pk}/text/legal/"
    typed = "Theft fell by 12%. <b>bold</b> مرحبا {{no.such@now}} {{crime.burglary@now}}"
    shown = client.post(address, {"text": typed, "based_on": "0", "do": "save"})
    page = shown.content.decode()
    assert "typed by hand" in page
    assert "no.such@now" in page
    assert "Theft fell by 12%. &lt;b&gt;bold&lt;/b&gt; مرحبا" in page
    assert "<b>bold" not in page
    assert f"/papers/figure/?{'name=crime.burglary%5Bforce%3Dkent%5D%402021'}" in page
    assert standing_texts(paper) == {}
    checked = page.partition('name="checked" value="')[2].partition('"')[0]
    other = client.post(address, {"text": typed + " more", "based_on": "0", "checked": checked})
    assert other.status_code == 200, "other words are looked at again before they are saved"
    saved = client.post(address, {"text": typed, "based_on": "0", "checked": checked, "do": "save"})
    assert saved["Location"] == f"/papers/{paper.pk}/text/"
    assert standing_texts(paper)["legal"].text == typed
    save_text(
        paper=paper, section="legal", text="By another.", based_on=1, by=make_person("analyst", name="Ada")
    )
    both = client.post(address, {"text": "Mine, no numbers.", "based_on": "1", "do": "save"})
    assert both.status_code == 409
    page = both.content.decode()
    assert "By another." in page
    assert "Ada" in page
    assert "Mine, no numbers.</textarea>" in page
    assert 'name="based_on" value="2"' in page
    assert client.get(f"{address}1/").status_code == 200
    assert client.get(f"{address}9/").status_code == 404
    assert client.get(f"/papers/{paper.pk}/text/no-such/").status_code == 404


def test_figures_are_found_by_words_and_added_without_scripts(
    built: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    client = browse("analyst")
    address = f"/papers/{built().pk}/text/legal/"
    page = client.post(address, {"text": "Kept.", "words": "burglary change", "do": "find"}).content.decode()
    assert "Kept.</textarea>" in page
    assert 'value="add:{{crime.burglary.change@now~before}}"' in page
    assert 'value="add:{{crime.burglary.change@now~baseline}}"' in page
    added = client.post(address, {"text": "Kept.", "do": "add:{{crime.burglary@now}}"}).content.decode()
    assert "Kept. {{crime.burglary@now}}</textarea>" in added
    none = client.post(address, {"text": "Kept.", "words": "zzz", "do": "find"}).content.decode()
    assert "No figure has these words" in none


def test_starting_twice_opens_the_paper_that_is_there(desk: Any, browse: Callable[..., Any]) -> None:
    client = browse("analyst")
    page = client.get("/papers/start/").content.decode()
    assert 'value="2021"' in page, "the last whole month loaded is offered"
    told = {"force": "kent", "month": "12", "year": "2021"}
    first = client.post("/papers/start/", told)
    second = client.post("/papers/start/", told)
    assert first["Location"] == second["Location"]
    assert b"must be a number" in client.post("/papers/start/", told | {"year": "soon"}).content
    assert b"has not ended" in client.post("/papers/start/", told | {"year": "2099"}).content


def test_building_shows_how_far_it_has_come(start: Callable[..., Any], browse: Callable[..., Any]) -> None:
    paper, client = start(), browse("analyst")
    assert client.get(f"/papers/{paper.pk}/build/").status_code == 405
    first = client.post(f"/papers/{paper.pk}/build/")
    second = client.post(f"/papers/{paper.pk}/build/")
    assert first["Location"] == second["Location"] == f"/papers/{paper.pk}/work/"
    assert paper.runs.count() == 1
    assert b"Waiting to start" in client.get(f"/papers/{paper.pk}/work/").content
    state = client.get(f"/papers/{paper.pk}/work/state/").json()
    assert state == {"run": paper.runs.get().pk, "stage": "waiting", "step": 0, "words": ""}
    assert b"being built" in client.get(f"/papers/{paper.pk}/").content


def test_the_whole_way_by_pages(built: Callable[..., Any], browse: Callable[..., Any]) -> None:
    builder, approver = browse("performance", name="Bea"), browse("performance", name="Ada")
    warning = ("warning", "typed_figure", "paragraph 1", "12: typed by hand.")
    paper = built(by=builder.person, findings=(warning,))
    page = f"/papers/{paper.pk}"
    found = re.search(rf"{page}/checks/([0-9a-f]{{16}})/", builder.get(f"{page}/checks/").content.decode())
    assert found is not None
    digest = found[1]
    assert b"10 characters or more" in builder.post(f"{page}/checks/{digest}/", {"words": "no"}).content
    assert builder.post(f"{page}/checks/{digest}/", {"words": "It is a target."}).status_code == 302
    assert builder.get(f"{page}/checks/{'0' * 16}/").status_code == 404
    seen = {"seen": paper.hashes["json"]}
    assert b"was built again since" in builder.post(f"{page}/send/", {"seen": "x"}).content
    assert builder.post(f"{page}/send/", seen).status_code == 302
    assert builder.post(f"{page}/send/", seen).status_code == 302, "sent twice does no harm"
    assert b"to approve" not in builder.get("/").content.lower()
    assert b"Papers that await your approval" in approver.get("/").content
    assert b"You made this paper" in builder.post(f"{page}/decide/", seen | {"decision": "approve"}).content
    told = approver.get(f"{page}/decide/").content.decode()
    assert "It is a target." in told
    assert "Choose whether" in approver.post(f"{page}/decide/", seen).content.decode()
    back = approver.post(f"{page}/decide/", seen | {"decision": "send_back", "words": "no"}).content.decode()
    assert "Say in 10 characters or more" in back
    assert approver.post(f"{page}/decide/", seen | {"decision": "approve"}).status_code == 302
    paper.refresh_from_db()
    assert (paper.state, paper.decided_by) == ("approved", approver.person)
    again = approver.post(f"{page}/decide/", seen | {"decision": "approve"})
    assert b"It cannot be approved" in again.content
    made = builder.post(f"{page}/next-version/")
    assert made["Location"] == builder.post(f"{page}/next-version/")["Location"] != f"{page}/"


@pytest.mark.parametrize(
    ("address", "most"), [("/papers/", 9), ("/papers/{}/", 22), ("/papers/{}/figures/", 9)]
)
def test_pages_ask_the_register_a_fixed_number_of_questions(
    address: str, most: int, built: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    from datetime import date

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse("performance")
    paper = built()
    counts = []
    client.get(address.format(paper.pk))  # the first page of a session asks what later ones know
    for month in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address.format(paper.pk)).status_code == 200
        counts.append(len(asked))
        for year in (2019, 2020):
            built(to=date(year, month, 1))
    assert counts[0] == counts[1] <= most
