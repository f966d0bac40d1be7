"""A home with a small hand-written force, and papers of it: built once, put into the register for each test."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.paper import make_paper
from fourfold.products.board_paper.sections import SECTIONS
from fourfold.products.document import Document, to_json

FORCE, TO = "kent", date(2021, 12, 1)
STAFF_NAME = "Zoë Ødegård"
SHORT = ("purpose", "background", "legal", "next_steps")
"""The sections that a unit test's paper has: those without charts, so that it is made in a moment."""
TEXT = """
{{crime.burglary@now}} burglaries, a change of {{crime.burglary.change@now~before}} from {{crime.burglary@before}};
{{crime.burglary[district=Dover]@now}} in Dover. Victims made {{fraud.reports@now}} reports of fraud.
"""
CRIMES = ["Crime number", "Date recorded", "HO code", "Offence", "District", "LSOA code", "MO text", "Status"]
REPORTS = ["NFRC reference", "Date reported", "NFIB code", "Victim type", "First names", "Last name", "Postcode",
           "Loss (GBP)", "Narrative"]  # fmt: skip


def write(path: Path, headings: list[str], rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)


def crimes(a_month: int, first: date = date(2020, 1, 1), months: int = 24) -> list[dict[str, str]]:
    """Burglaries of two years, every tenth of them in Thanet; one district has too few to be told."""
    rows = []
    for step in range(months):
        month = date(first.year + (first.month + step - 1) // 12, (first.month + step - 1) % 12 + 1, 1)
        for number in range(a_month):
            district = (
                "Dover" if (step, number) in ((13, 1), (14, 1)) else "Thanet" if number == 0 else "Ashford"
            )
            rows.append({
                "Crime number": f"K/{month:%y%m}/{number:04d}",
                "Date recorded": f"{month + timedelta(days=number % 27):%d/%m/%Y}",
                "HO code": "28E", "Offence": "Burglary residential", "District": district,
                "LSOA code": "E01000001", "MO text": "forced with a crowbar", "Status": "Open",
            })  # fmt: skip
    return rows


def reports(a_month: int) -> list[dict[str, str]]:
    """Fraud reports by one much-named victim, the last name like a formula."""
    return [
        {
            "NFRC reference": f"NFRC{year % 100}{month:02d}{n:06d}", "Date reported": f"{1 + n % 28:02d}/{month:02d}/{year}",
            "NFIB code": "NFIB1D", "Victim type": "Individual", "First names": "Zebedee", "Last name": "=1+1|Quill",
            "Postcode": "ZE1 9QQ", "Loss (GBP)": f"{100 + n}", "Narrative": "said that the bank had rung",
        }
        for year in (2020, 2021) for month in range(1, 13) for n in range(a_month)
    ]  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A home, and the paper made from it once."""

    home: Path
    document: Document


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("papers")
    home = Home(folder / "home")
    home.prepare()
    home.write_settings({"force": FORCE, "force_name": "Kent (made up)", "made_up": "true"})
    write(folder / "received" / "crimes.csv", CRIMES, crimes(10))
    write(folder / "received" / "fraud.csv", REPORTS, reports(3))
    report = take_in(home, [folder / "received"])
    assert not report.has_problems, [one.refused or one.note for one in report.files]
    (folder / "text").mkdir()
    (folder / "text" / "background.md").write_text(TEXT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        shorten(patch)
        return Made(home.path, make_paper(home, FORCE, TO, folder / "text"))


def shorten(patch: pytest.MonkeyPatch) -> None:
    """Leave out of the paper the sections that take long to make."""
    for section in set(SECTIONS) - set(SHORT):
        patch.delitem(SECTIONS, section)


@pytest.fixture
def desk(register: Home, made: Made, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The home with the small force in the place of the empty one."""
    from django.conf import settings

    home = Home(made.home)
    monkeypatch.setattr(settings, "HOME", home)
    shorten(monkeypatch)
    return home


@pytest.fixture
def start(desk: Home, make_person: Callable[..., Any]) -> Callable[..., Any]:
    """Start a paper."""
    from fourfold.web.papers.starting import start_paper

    def make(by: Any = None, to: date = TO) -> Any:
        return start_paper(force=FORCE, to=to, by=by or make_person("analyst", name=STAFF_NAME))

    return make


@pytest.fixture
def built(start: Callable[..., Any], made: Made) -> Callable[..., Any]:
    """A paper that stands as built, its forms kept; what a worker does is tested on its own."""
    from django.utils import timezone

    from fourfold.products.render import RENDERERS
    from fourfold.products.render.page import render_page
    from fourfold.web.papers.keeping import PAGE, keep_forms
    from fourfold.web.papers.models import State

    def put(by: Any = None, findings: tuple[tuple[str, str, str, str], ...] = (), to: date = TO) -> Any:
        paper = start(by, to)
        document = replace(made.document, findings=findings)
        forms = {
            "json": to_json(document).encode(),
            PAGE: render_page(
                document, lambda name: f"/papers/figure/?paper={paper.pk}&name={name}"
            ).encode(),
            "html": RENDERERS["html"](document),
            "pdf": b"%PDF-1.7 a stand-in",
            "docx": b"PK a stand-in",
        }
        paper.build, paper.hashes, paper.state = 1, keep_forms(paper, 1, forms), State.BUILT
        paper.built_by, paper.built_at, paper.made_up = paper.started_by, timezone.now(), True
        paper.manifest, paper.findings = document.made_from.manifest, [list(one) for one in findings]
        paper.errors = sum(one[0] == "error" for one in findings)
        paper.warnings = len(findings) - paper.errors
        paper.save()
        return paper

    return put


@pytest.fixture
def sent(built: Callable[..., Any]) -> Callable[..., Any]:
    """A paper that was sent for approval by who built it."""
    from fourfold.web.papers.approving import send

    def put(**facts: Any) -> Any:
        paper = built(**facts)
        return send(paper=paper, seen=paper.hashes["json"], by=paper.built_by)

    return put


@pytest.fixture
def approved(sent: Callable[..., Any], make_person: Callable[..., Any]) -> Callable[..., Any]:
    """A paper that somebody else approved."""
    from fourfold.web.papers.approving import approve

    def put(**facts: Any) -> Any:
        paper = sent(**facts)
        return approve(paper=paper, seen=paper.hashes["json"], words="", by=make_person("performance"))

    return put
