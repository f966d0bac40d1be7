"""Figures and papers that the tests of the paper's checks share."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from fourfold.measures.figure import Figure, State
from fourfold.products.board_paper.checks import CheckContext, Finding, Lockdown, SeriesBreak, check_paper
from fourfold.products.board_paper.markdown import parse_paper
from fourfold.products.document import Block, Document, Footnote, MadeFrom, Paragraph, Section, Text

PAPERS = Path(__file__).parent / "papers"

FAULTS = (
    "added_averages",
    "theft_of_or_from_vehicle",
    "old_business_crime_definition",
    "ndm_score",
    "five_day_standard",
    "compliance_without_counts",
    "success_undefined",
    "share_read_as_volume",
    "reach_as_effect",
    "percentage_without_counts",
    "courier_fraud_code",
    "named_officer",
    "period_type_unstated",
)

LOCKDOWN = Lockdown(date(2020, 3, 23), date(2021, 7, 18), "national lockdowns")
CONNECT = SeriesBreak(
    date(2021, 4, 12), "the crime system was replaced", ("crime", "burglary", "robbery"), ("Connect",)
)
BURGLARY = SeriesBreak(
    date(2023, 4, 1), "residential burglary was split", ("burglary",), ("classes changed",)
)
CONTEXT = CheckContext(breaks=(CONNECT, BURGLARY), lockdowns=(LOCKDOWN,))


def figure(name: str = "fraud.reports@2021", value: float | None = 15555.0, **more: object) -> Figure:
    """A figure of reports in calendar year 2021, changed as asked."""
    plain: dict[str, object] = {
        "title": "Fraud reports",
        "state": State.KNOWN if value is not None else State.MISSING,
        "unit": "reports",
        "period": "2021",
        "period_words": "calendar year 2021",
        "definition": "Fraud reports by victims of the force's area, by the day they were made.",
    }
    return Figure(name=name, value=value, **{**plain, **more})  # type: ignore[arg-type]


def change(name: str = "fraud.reports.change@2021~2020", **more: object) -> Figure:
    """The change of fraud reports from 13,331 to 15,555, with its interval."""
    plain: dict[str, object] = {
        "value": 16.7,
        "unit": "percent_change",
        "lower": 14.2,
        "upper": 19.2,
        "decimals": 1,
        "baseline": "2020",
        "parts": (("now", 15555.0), ("before", 13331.0)),
    }
    return figure(name, **{**plain, **more})


def document(*blocks: Block, figures: tuple[Figure, ...] = (), notes: tuple[Footnote, ...] = ()) -> Document:
    made_from = MadeFrom("west-midlands", "West Midlands Police", "2021-12", "1", "1", "1", "1")
    sections = (Section("fraud", "Fraud", tuple(blocks)),)
    return Document("Paper", "", "OFFICIAL", "en-GB", made_from, sections, notes, figures)


def paragraph(*content: object, number: int = 1) -> Paragraph:
    inlines = tuple(Text(part) if isinstance(part, str) else part for part in content)
    return Paragraph(inlines, number)  # type: ignore[arg-type]


def resolve(name: str) -> Figure | None:
    """Answer every figure that the clean papers name, in financial year 2024/25."""
    measure, _, at = name.partition("@")
    period = {"period": "2024-04..2025-03", "period_words": "financial year 2024/25"}
    if ".change" in measure:
        parts = (("now", 4210.0), ("before", 3960.0))
        return change(
            name, value=6.3, lower=2.0, upper=11.0, baseline="2023-04..2024-03", parts=parts, **period
        )
    if ".loss.me" in measure:
        return figure(
            name, 410.0, unit="GBP", lower=390.0, upper=440.0, decimals=2, title="Median loss", **period
        )
    if measure.startswith(("fraud.", "marker.")):
        return figure(name, 3960.0 if at == "before" else 4210.0, **period)
    return None


def check_text(text: str, context: CheckContext | None = None) -> tuple[Finding, ...]:
    return check_paper(parse_paper(text, resolve), context)


def names(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.check for finding in findings]


def source_paper() -> str:
    """The board paper of 2022 as Markdown, read in place; skips where the reference data are not at hand."""
    told = os.environ.get("FOURFOLD_REFERENCE_DATA")
    path = Path(told) / ".." / "source" / "board-paper-2022.txt" if told else None
    if path is None or not path.exists():
        pytest.skip("FOURFOLD_REFERENCE_DATA is not set: the source paper stands in the folder beside it")
    return paper_as_markdown(path.read_text(encoding="utf-8"))


def paper_as_markdown(text: str) -> str:
    """Turn the text of a PDF into Markdown by its paragraph numbers, bullets and footnotes."""
    out: list[str] = []
    notes: list[str] = []
    last, in_note = 0, False
    for raw in text.split("\n"):
        line = raw.strip()
        numbered = re.match(r"(\d{1,2})\.\s+(.*)", line)
        noted = re.match(r"(\d)\s+(?=[A-Z‘])(.*)", line)
        row = re.match(r"(Individuals|Organisations|Total) (£\S+) (£\S+)$", line)
        if not line or re.fullmatch(r"[─-]{10,}|\d{1,2}", line):
            continue
        if numbered and int(numbered.group(1)) == last + 1:
            last, in_note = last + 1, False
            out.append(f"\n{last}. {numbered.group(2)}")
        elif noted and int(noted.group(1)) == len(notes) + 1:
            notes.append(noted.group(2))
            in_note = True
        elif in_note and not raw.startswith(" "):
            notes[-1] += " " + line
        elif line == "2020 2021":
            out.append("\n| | 2020 | 2021 |\n|---|---|---|")
        elif row:
            out.append(f"| {' | '.join(row.groups())} |")
        else:
            in_note = False
            out.append("\n- " + line[1:].strip() if line.startswith("•") else f"   {line}")
    told = "\n".join(f"[^{key}]: {words}" for key, words in enumerate(notes, start=1))
    return "\n".join(out) + "\n\n" + told
