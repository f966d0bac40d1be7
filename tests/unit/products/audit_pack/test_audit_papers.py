"""The audit's papers: what they say, what they must never say, and that they are files that open."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import polars as pl
import pytest

from audit_records import TOLD, example, reading, readings, sample
from fourfold.measures.audit_found import Found, work_out
from fourfold.products.audit_pack import (
    About,
    Action,
    audit_pack,
    findings_report,
    findings_workbook,
    pack_workbook,
)
from fourfold.products.audit_pack.shapes import percent, points, say_share
from fourfold.products.document import Document, MadeFrom, Table, from_json, to_json
from fourfold.products.render import render_all

ABOUT = About(
    force_name="Aldermere Police",
    marking="OFFICIAL",
    made_from=MadeFrom("aldermere", "Aldermere Police", "2021-12", "000001", "p", "v", "c"),
    overlap=(("one", "two", 3),),
    actions=(Action("Make the field mandatory", "Head of Crime", date(2022, 3, 1), "told"),),
)
CRIMES = pl.DataFrame(
    {
        "crime_ref": ["one-1", "two-1", "=1+1"],
        "stratum": ["one", "two", "two"],
        "recorded_on": [date(2021, 10, 4)] * 3,
        "unit": ["Response", None, "CID"],
    }
)
SAMPLE = sample({"one": (400, 3), "two": (50, 2)})


@pytest.fixture
def found() -> Found:
    told = readings(
        reading("one-1", "mm"),
        reading("one-2", "nr", reason="late"),
        reading("one-2", "nm", "second", reason="late"),
        reading("two-1", "ra"),
        reading("two-2", out_of_scope="restricted"),
    )
    return work_out(SAMPLE, told)


def words(document: Document) -> str:
    return render_all(document, ["html"])["html"].decode()


def rows_of(document: Document, caption: str) -> list[list[str]]:
    tables = [
        b
        for s in document.sections
        for b in s.blocks
        if isinstance(b, Table) and b.caption.startswith(caption)
    ]
    return [["".join(run.text for run in cell) for cell in row] for row in tables[0].rows]


def test_the_report_says_shares_with_intervals_and_counts(found):
    report = findings_report(found, ABOUT)
    table = rows_of(report, "The force: share")
    row = found.finding("told")
    assert table[0][0] == "Told"
    assert table[0][2] == say_share(row, "strict")
    assert rows_of(report, "Answers of the crimes read")[0][1:] == ["1", "1", "1", "0", "3"]
    assert rows_of(report, "Told")[0] == ["Not met", "Done late", "1"]
    assert rows_of(report, "Crimes out of scope")[0] == ["Out of scope", "The record is restricted", "1"]


def test_the_report_says_how_the_sample_was_drawn(found):
    report = findings_report(found, ABOUT)
    draw = dict(rows_of(report, "The draw"))
    assert draw["Seed"] == "1"
    assert draw["Hash of the frame (SHA-256)"] == "0" * 64
    assert draw["Data version (manifest)"] == "000001"
    assert rows_of(report, "Groups and chances")[0] == ["One", "400", "3", "0.8%", "0", "400"]
    assert rows_of(report, "Crimes that belong to more")[0] == ["One", "Two", "3"]


def test_what_must_be_known_first_stands_first(found):
    text = words(findings_report(found, ABOUT))
    assert "2 crimes of the sample are still to be read" in text
    assert "Two readers differ on 1 crime and have not settled it" in text
    assert "have not been signed off" in text
    assert "Made-up data" not in text
    made_up = replace(
        ABOUT, made_from=replace(ABOUT.made_from, made_up=True), signed_off="Signed off by B Rowe."
    )
    text = words(findings_report(found, made_up))
    assert "Made-up data" in text
    assert "Signed off by B Rowe." in text


def test_actions_have_owners_and_days(found):
    assert rows_of(findings_report(found, ABOUT), "What is to be done") == [
        ["Make the field mandatory", "Told", "Head of Crime", "1 March 2022", "open"]
    ]
    assert "No actions have been agreed yet" in words(findings_report(found, replace(ABOUT, actions=())))


def test_kappa_that_cannot_be_computed_says_so(found):
    kappa = rows_of(findings_report(found, ABOUT), "Agreement of two readers")
    assert kappa[0][3].startswith("cannot be worked out: both gave one and the same answer")
    nothing = work_out(SAMPLE, readings())
    assert "No crime has been read by a second reader yet" in words(findings_report(nothing, ABOUT))


def test_a_report_of_nothing_read_yet_says_nothing_in_numbers():
    report = findings_report(work_out(SAMPLE, readings()), ABOUT)
    assert rows_of(report, "The force: share")[0][1:] == ["cannot be worked out"] * 4
    assert "Told: nothing can be said yet." in words(report)


def test_change_since_the_audit_before_is_in_points_and_on_bounds(found):
    earlier = sample(
        {"one": (400, 3), "two": (50, 2)}, "s0", period_from=date(2021, 7, 1), period_to=date(2021, 9, 30)
    )
    told = readings(*(reading(ref, "nn", ref="s0") for ref in ("one-1", "one-2", "one-3", "two-1", "two-2")))
    later = work_out(
        SAMPLE,
        readings(reading("one-1", "mm"), reading("two-1", "mm")),
        (earlier, work_out(earlier, told).findings),
    )
    report = findings_report(later, ABOUT)
    row = rows_of(report, "Change since crimes recorded 1 July 2021")[0]
    assert row[:2] == ["Told", "Cannot tell"]  # two crimes read say little, though all of them were met
    assert row[4].startswith("+100.0")
    assert not any(section.key == "change" for section in findings_report(found, ABOUT).sections)


def test_the_report_comes_back_from_json_and_is_the_same_bytes_again(found):
    report = findings_report(found, ABOUT)
    assert from_json(to_json(report)) == report
    assert render_all(report, ["html", "docx"]) == render_all(report, ["html", "docx"])


def test_the_pack_has_a_blank_questionnaire_for_each_crime_and_says_nothing_of_second_readings():
    marked = SAMPLE.crimes.with_columns(second_read=pl.lit(True))
    plain = audit_pack(SAMPLE, CRIMES, ABOUT, "Reader A")
    assert audit_pack(replace(SAMPLE, crimes=marked), CRIMES, ABOUT, "Reader A") == plain
    assert pack_workbook(replace(SAMPLE, crimes=marked), CRIMES, ABOUT) == pack_workbook(
        SAMPLE, CRIMES, ABOUT
    )
    assert rows_of(plain, "one-1, recorded on 4 October 2021, Response")[0][0] == "Told"
    assert rows_of(plain, "two-1, recorded on 4 October 2021")[-1][0] == "Out of scope"
    assert [section.title for section in plain.sections] == ["How to read", "One", "Two"]
    text = words(plain)
    assert "Silence is not proof that nothing was done" in text
    assert "second" not in text.lower().replace("another reader", "")


def test_the_pack_as_a_workbook_offers_answers_to_choose_from_and_runs_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(pack_workbook(SAMPLE, CRIMES, ABOUT)))
    sheet = book["Answers"]
    assert sheet.max_row == 1 + 3 * len(TOLD["questions"])
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists["F2:F7"] == '"Met,Not met,Not recorded,Not applicable,Out of scope"'
    assert sheet["A6"].value == "=1+1"
    assert sheet["A6"].data_type == "s"  # a text, which nothing works out
    assert sheet.oddHeader.center.text == "OFFICIAL"


def test_the_findings_as_a_workbook_have_a_row_for_each_question_and_group(found):
    book = openpyxl.load_workbook(io.BytesIO(findings_workbook(found, ABOUT)))
    rows = list(book["Findings"].iter_rows(values_only=True))
    assert len(rows) == 1 + 2 * 3
    head = {name: at for at, name in enumerate(rows[0])}
    force = next(row for row in rows if row[:2] == ("Was the victim told?", "The force"))
    assert force[head["Drawn"]] == 5
    assert force[head["Strict %"]] == pytest.approx(100 * found.finding("told")["strict_value"], abs=0.01)
    assert {"Findings", "Reasons", "Two readers", "Actions", "About"} == set(book.sheetnames)
    assert ("Seed", "1") in list(book["About"].iter_rows(values_only=True))


def test_a_questionnaire_says_its_own_caveats(found):
    told = replace(
        found, sample=replace(found.sample, questionnaire=example(caveats=["It is indicative only."]))
    )
    assert "It is indicative only." in words(findings_report(told, ABOUT))
    assert "It is indicative only." not in words(findings_report(found, ABOUT))


def test_shares_are_said_with_what_they_rest_on():
    row = {"strict_value": 0.8164, "strict_lower": 0.76, "strict_upper": 0.8625}
    assert say_share(row, "strict").replace("\u00a0", " ") == "81.6% (76.0% to 86.3%)"
    whole = {"strict_value": 0.5, "strict_lower": 0.5, "strict_upper": 0.5}
    assert say_share(whole, "strict").replace("\u00a0", " ") == "50.0% (every crime read)"
    assert (
        say_share({f"strict_{part}": None for part in ("value", "lower", "upper")}, "strict")
        == "cannot be worked out"
    )
    assert (points(0.1234), points(-0.05), percent(0.999)) == ("+12.3", "−5.0", "99.9%")
