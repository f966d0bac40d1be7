"""The same papers as workbooks: a questionnaire to fill in with lists to choose from, and findings as rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from fourfold.measures.audit import FORCE, SHARES, columns_of
from fourfold.measures.audit_found import Found
from fourfold.measures.audit_sample import Sample
from fourfold.products.audit_pack.shapes import (
    ALLOCATION_WORDS,
    ANSWER_WORDS,
    SHARE_WORDS,
    About,
    period_words,
)
from fourfold.rules.questionnaires import ANSWERS, OUT_OF_SCOPE

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
EMPTY = (None, "")


def pack_workbook(sample: Sample, crimes: pl.DataFrame, about: About) -> bytes:
    """Return the pack of one reader as a workbook: a row a crime and question, answers chosen from lists.

    crimes: `crime_ref, stratum, recorded_on, unit`, in the order to read them. The workbook holds no names and
    does not say which crimes are read twice.
    """
    labels = {one.stratum: one.label for one in sample.strata}
    rows = [
        (
            row["crime_ref"],
            labels[row["stratum"]],
            row.get("recorded_on"),
            row.get("unit"),
            question.label,
            "",
            "",
            "",
        )
        for row in crimes.iter_rows(named=True)
        for question in sample.questionnaire.questions
    ]
    headings = ("Crime", "Group", "Recorded on", "Unit", "Question", "Answer", "Reason", "Evidence")
    reasons = [
        (ANSWER_WORDS[answer], label)
        for answer, known in sample.questionnaire.reasons.items()
        for label in known.values()
    ]
    book = _Book(about.marking)
    sheet = book.sheet("Answers", headings, rows, (16, 22, 16, 22, 60, 16, 36, 50))
    answers = [ANSWER_WORDS[answer] for answer in (*ANSWERS, OUT_OF_SCOPE)]
    if rows:
        sheet.data_validation(1, 5, len(rows), 5, {"validate": "list", "source": answers})
        span = f"=Reasons!$B$2:$B${len(reasons) + 1}"
        sheet.data_validation(
            1, 6, len(rows), 6, {"validate": "list", "source": span, "error_type": "warning"}
        )
    book.sheet("Reasons", ("Answer", "Reason"), reasons, (20, 60))
    hints = [(one.label, one.hint) for one in sample.questionnaire.questions]
    book.sheet("Questions", ("Question", "What to look for"), hints, (60, 90))
    book.sheet("About", ("What", "Which"), about_rows(sample, about), (30, 90))
    return book.close()


def findings_workbook(found: Found, about: About) -> bytes:
    """Return the findings as a workbook: a row a question and group, shares in percent, reasons, change, design."""
    sample = found.sample
    labels = {one.question: one.label for one in sample.questionnaire.questions}
    groups = {one.stratum: one.label for one in sample.strata} | {FORCE: "The force"}
    counts = ("population", "drawn", "read", "out_of_scope", *ANSWERS)
    headings = (
        "Question",
        "Group",
        *("In the frame", "Drawn", "Read", "Out of scope"),
        *(ANSWER_WORDS[answer] for answer in ANSWERS),
        *(f"{SHARE_WORDS[share]} %{limit}" for share in SHARES for limit in ("", ", from", ", to")),
    )
    rows = [
        (
            labels[row["question"]],
            groups[row["stratum"]],
            *(row[name] for name in counts),
            *(
                None if row[c] is None else round(100 * row[c], 2)
                for share in SHARES
                for c in columns_of(share)
            ),
        )
        for row in found.findings.iter_rows(named=True)
    ]
    book = _Book(about.marking)
    book.sheet("Findings", headings, rows, (60, 22, *(13 for _ in headings[2:])))
    given = [
        (labels.get(q, "Out of scope"), groups[s], ANSWER_WORDS[a], label or "No reason given", n)
        for q, s, a, _, label, n in found.reasons.iter_rows()
    ]
    book.sheet("Reasons", ("Question", "Group", "Answer", "Reason", "Crimes"), given, (60, 22, 16, 44, 10))
    book.sheet("Two readers", KAPPA, kappa_rows(found, labels), (60, 16, 12, 12, 12, 12, 60))
    if found.change is not None:
        book.sheet(
            "Change", CHANGE_HEADS, change_rows(found, labels, groups), (60, 22, 16, *(16 for _ in range(12)))
        )
    actions = [
        (one.words, labels.get(one.question, ""), one.owner, one.due_on, one.state) for one in about.actions
    ]
    book.sheet("Actions", ("Action", "About", "Owner", "By", "State"), actions, (60, 50, 24, 16, 12))
    book.sheet("About", ("What", "Which"), about_rows(sample, about), (30, 90))
    return book.close()


KAPPA = ("Question", "Answers by both", "Agreed", "Kappa", "From", "To", "Why not")
CHANGE_HEADS = (
    "Question",
    "Group",
    "Compliance",
    *(
        f"{name}, points{limit}"
        for name in ("Least", "Most", "Recorded", "Not recorded")
        for limit in ("", ", from", ", to")
    ),
)


def kappa_rows(found: Found, labels: dict[str, str]) -> Iterable[Sequence[Any]]:
    for question, one in found.agreements.items():
        numbers = (None, None, None) if one.why else tuple(round(part, 3) for part in one.kappa.floats())
        yield (labels.get(question, "All questions"), one.read, one.agreed, *numbers, one.why)


def change_rows(found: Found, labels: dict[str, str], groups: dict[str, str]) -> Iterable[Sequence[Any]]:
    if found.change is None:
        return
    for question, stratum, said, *numbers in found.change.iter_rows():
        points = (None if value is None else round(100 * value, 2) for value in numbers)
        yield (labels.get(question, question), groups.get(stratum, stratum), said.replace("_", " "), *points)


def about_rows(sample: Sample, about: About) -> list[tuple[str, str]]:
    return [
        ("Force", about.force_name),
        ("Marking", about.marking),
        ("Questionnaire", f"{sample.questionnaire.title}, version {sample.questionnaire.version}"),
        ("Crimes recorded", period_words(sample)),
        ("Sample", sample.sample_ref),
        ("Allocation", ALLOCATION_WORDS.get(sample.allocation, sample.allocation)),
        ("Seed", str(sample.seed)),
        ("Hash of the frame (SHA-256)", sample.frame_hash),
        ("Data version (manifest)", sample.manifest),
        (
            "Data",
            "made up, for demonstration only" if about.made_from.made_up else "as received by the force",
        ),
        ("Signed off", about.signed_off or "not signed off"),
    ]


class _Book:
    """A workbook whose texts are texts, whatever they begin with, and whose pages bear the marking."""

    def __init__(self, marking: str) -> None:
        import xlsxwriter

        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, OPTIONS)
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrap = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.day = self.book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"})
        self.marking = marking.replace("&", "&&")

    def sheet(
        self, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]
    ) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_header(f"&C{self.marking}")
        sheet.set_footer(f"&C{self.marking}&RPage &P of &N")
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self.bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self.write(sheet, last, column, value)
        sheet.autofilter(0, 0, last, len(headings) - 1)
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if value in EMPTY:
            sheet.write_blank(row, column, None, self.wrap)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.wrap)
        elif hasattr(value, "isoformat"):
            sheet.write_datetime(row, column, value, self.day)
        else:
            sheet.write_string(row, column, str(value), self.wrap)

    def close(self) -> bytes:
        self.book.close()
        return self.out.getvalue()
